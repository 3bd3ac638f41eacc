import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionEvent } from "../../host/host";
import { Gathered } from "./gathered";

const says = (text: string, candidate = 0): ActionEvent => ({ event: "text", candidate, text });

describe("words that come", () => {
  let gathered: Gathered;
  let heard: ActionEvent[];
  const tell = (event: ActionEvent) => void heard.push(event);
  const hear = (event: ActionEvent) => gathered.hear(event, tell);

  beforeEach(() => {
    vi.useFakeTimers();
    gathered = new Gathered();
    heard = [];
  });
  afterEach(() => vi.useRealTimers());

  it("are told at once while nobody types, and again when the writer pauses", () => {
    hear(says("So"));
    gathered.typed();
    hear(says(" it"));
    expect(heard).toEqual([says("So")]);
    vi.advanceTimersByTime(600);
    hear(says(" was"));
    expect(heard).toEqual([says("So"), says(" it"), says(" was")]);
  });

  it("are told some times a second while the writer types, those of a candidate together", () => {
    for (let key = 0; key < 20; key++) {
      gathered.typed();
      hear(says("a"));
      hear(says("b", 1));
      vi.advanceTimersByTime(50);
    }
    expect(heard).toEqual([..."1234"].flatMap(() => [says("aaaaa"), says("bbbbb", 1)]));
  });

  it("are told before what comes after them, each request to its own", () => {
    const other: ActionEvent[] = [];
    gathered.typed();
    hear(says("one"));
    gathered.hear(says("two"), (event) => void other.push(event));
    hear({ event: "candidate_done", candidate: 0, reason: "stop" });
    expect(heard.map(({ event }) => event)).toEqual(["text", "candidate_done"]);
    expect(other).toEqual([says("two")]);
    vi.advanceTimersByTime(1000);
    expect(heard).toHaveLength(2);
  });
});
