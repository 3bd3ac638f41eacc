// What a view of the window is to those who go through all of them.
import type { Desk } from "../desk";

export interface View {
  /** The picture's name. */
  name: string;
  /** What the fake host is told in the address. */
  query?: string;
  open(desk: Desk): Promise<void>;
}
