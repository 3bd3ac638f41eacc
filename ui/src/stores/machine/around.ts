// What the machine's stores need of the page and of the desk around them.
import type { Offers, Origin, Place } from "../../editor/page";
import type { Action, ActionRequest, Gives, Problem } from "../../host/host";
import type { Asked, Home } from "./asked.svelte";
import type { SaveBefore } from "./outcomes";

/** The page as far as words are offered on it. */
export interface Sheet {
  place(from: number, to: number): Place;
  cursor(look?: boolean): Place;
  know(origins: Origin[]): void;
  offers: Pick<
    Offers,
    | "suggestion"
    | "show"
    | "grow"
    | "compare"
    | "take"
    | "takeNext"
    | "leave"
    | "bringBack"
    | "insert"
    | "note"
    | "spot"
    | "name"
    | "nameAll"
    | "findRange"
    | "findPoint"
    | "paragraph"
    | "bookmark"
    | "reopen"
  >;
}

/** What a session needs of those around it. */
export interface Around {
  sheet(): Sheet;
  home(): Home;
  /** Where an action works, at the cursor or the selection of this moment. */
  placeFor(action: Action): Place;
  request(action: Action, place: Place): ActionRequest;
  gives(action: Action): Gives;
  /** Done when the prompts in use have told what their actions give. */
  described(): Promise<void>;
  /** Whether words can go into the text; where they cannot, the writer is told. */
  writable(): boolean;
  saveBefore: SaveBefore;
  /** How many candidates are likely to come. */
  count(request: ActionRequest): number;
  /** Something came to its end in a scene that is not open. */
  ended(asked: Asked): void;
  trouble(problem: Problem): void;
}
