// What the workbench needs of the desk.
import type { Notices } from "../notices.svelte";

/** A place on the page, as a prompt is tried on it. */
export interface PagePlace {
  title: string;
  before: string;
  selection: string;
  after: string;
}

export interface Around {
  notices: Notices;
  /** The open manuscript and scene. */
  project(): number | null;
  scene(): number | null;
  /** The open manuscript's title. */
  title(): string;
  /** Where the writer is on the page; null where no page is open. */
  place(): PagePlace | null;
  /** The id of the model in use. */
  model(): string;
  /** BCP 47, of the manuscript; empty: not said. */
  language(): string;
  /** Whether the workbench is what the writer is at. */
  here(): boolean;
  /** Other prompts are in use now. */
  used(): void;
  /** Goes to the workbench. */
  go(): void;
  /** Whether anything can be changed; tells when it cannot. */
  writable(): boolean;
}
