// Has the model sum up one text. What is longer than the model sees is summed up in halves: nothing of it is left out. It
// knows the host and no store.
import { type ActionEvent, type ActionRequest, type Host, HostError } from "../host/host";
import { wordsIn } from "../editor/counting";

type Engine = Pick<Host, "startAction" | "cancelAction">;

/** A summary as the model wrote it. */
export interface Summed {
  text: string;
  model: string;
  /** In how many pieces the text was read. */
  pieces: number;
}

/** What is heard while it is at work. */
export interface Heard {
  /** How much of the text is read, from 0 to 1. */
  read(part: number): void;
  /** All words so far. */
  text(text: string): void;
}

/** It was stopped; what came is let go of. */
export class Stopped extends Error {}

/** Characters from which on a text is worth cutting in two. */
const SHORTEST = 400;

/** Words from which on the summaries of pieces are summed up themselves. */
const LONGEST = 200;

export class Summing {
  readonly #host: Engine;
  #request: string | null = null;
  #stopped = false;

  constructor(host: Engine) {
    this.#host = host;
  }

  /** Sums up a text of a scene. Rejects with `Stopped`, or with the problem that the model has. */
  async sumUp(scene: number, text: string, heard: Heard): Promise<Summed> {
    try {
      return await this.#ask(scene, text, heard);
    } catch (thrown) {
      const halves = tooLong(thrown) ? halvesOf(text) : null;
      if (!halves) throw thrown;
      const first = await this.sumUp(scene, halves[0], heard);
      const second = await this.sumUp(scene, halves[1], heard);
      const both = `${first.text} ${second.text}`;
      const pieces = first.pieces + second.pieces;
      if (wordsIn(both) <= LONGEST) return { text: both, model: second.model, pieces };
      return { ...(await this.sumUp(scene, both, heard)), pieces };
    }
  }

  stop(): void {
    this.#stopped = true;
    // One that is over, or that was lost, needs no stopping.
    if (this.#request) this.#host.cancelAction(this.#request).catch(() => undefined);
  }

  #ask(scene: number, selection: string, heard: Heard): Promise<Summed> {
    if (this.#stopped) return Promise.reject(new Stopped());
    const request = `sum-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    this.#request = request;
    return new Promise<Summed>((resolve, reject) => {
      let [text, model] = ["", ""];
      const hear = (event: ActionEvent) => {
        if (event.event === "started") model = event.model;
        else if (event.event === "reading") heard.read(event.of ? event.read / event.of : 0);
        else if (event.event === "text") heard.text((text += event.text).trim());
        else if (event.event === "failed") reject(new HostError(event.problem));
        else if (event.event === "finished") {
          if (this.#stopped) reject(new Stopped());
          else resolve({ text: text.trim(), model, pieces: 1 });
        }
      };
      this.#host.startAction(requestOf(request, scene, selection), hear).catch(reject);
    }).finally(() => (this.#request = null));
  }
}

function requestOf(request: string, scene: number, selection: string): ActionRequest {
  return {
    request,
    action: { kind: "summarise", instruction: "" },
    scene,
    before: "",
    selection,
    after: "",
    words: null,
    candidates: 1,
    seed: null,
    temperature: null,
    off: [],
    on: [],
  };
}

function tooLong(thrown: unknown): boolean {
  return thrown instanceof HostError && thrown.problem.code === "too_long";
}

/** A text in two, cut between paragraphs, or else sentences, nearest to its middle; none for one that is short. */
export function halvesOf(text: string): [string, string] | null {
  if (text.length < SHORTEST) return null;
  for (const edge of [/\n\n+/g, /[.!?…。！？]["”’»)]*\s+|\s*\n/g, /\s+/g]) {
    const cuts = [...text.matchAll(edge)].map(({ index, 0: found }) => ({
      index,
      end: index + found.length,
    }));
    const middle = text.length / 2;
    const inside = cuts.filter(({ index, end }) => index > 0 && end < text.length);
    const [best] = inside.sort((a, b) => Math.abs(a.end - middle) - Math.abs(b.end - middle));
    if (best) return [text.slice(0, best.end).trim(), text.slice(best.end).trim()];
  }
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}
