import { describe, expect, it, vi } from "vitest";
import { type AuthorshipHost, HostError, type WordOrigin } from "../host/host";
import { Authorship } from "./authorship.svelte";
import type { Tree } from "./tree.svelte";

const origin: WordOrigin = {
  action: "continue",
  model: "Harbour 4B",
  model_id: "x",
  prompt: "continue",
  prompt_version: "2",
  settings: [],
  seed: 7,
  text: " and then it rained.",
  created_at: "2026-11-28T09:30:00.250Z",
};
const report = {
  title: "Story",
  made_at: origin.created_at,
  words: { human: 1, machine: 0, machine_edited: 0 },
  lines: [],
  sources: [],
};

function opened(
  host: Partial<AuthorshipHost>,
  stretches: { made: null | { request: string; candidate: number }; text: string }[] = [],
) {
  const around = {
    flushed: vi.fn(async () => true),
    makers: () => stretches,
    answers: () => stretches.flatMap(({ made }) => made ?? []),
    know: vi.fn(),
    mention: vi.fn(),
  };
  const tree = { project: 1, scene: 2 } as unknown as Tree;
  return { authorship: new Authorship(host as AuthorshipHost, tree, around), around };
}

describe("who wrote what", () => {
  it("is told for each maker, also where it was not recorded", async () => {
    const wordOrigin = vi.fn(async (_: number, request: string) => {
      if (request === "gone") throw new HostError({ code: "not_found", message: "" });
      return origin;
    });
    const made = (request: string) => ({ made: { request, candidate: 0 }, text: request });
    const { authorship } = opened({ wordOrigin }, [{ made: null, text: "Mine" }, made("a"), made("gone")]);
    await authorship.ask();
    expect(authorship.told?.map(({ own, origin }) => [own, origin?.model ?? null])).toEqual([
      [true, null],
      [false, "Harbour 4B"],
      [false, null],
    ]);
  });

  it("is told to a page that is opened, once for each answer", async () => {
    const wordOrigin = vi.fn(async (_: number, request: string) => {
      if (request === "gone") throw new HostError({ code: "not_found", message: "" });
      return origin;
    });
    const made = (request: string) => ({ made: { request, candidate: 0 }, text: request });
    const { authorship, around } = opened({ wordOrigin }, [made("a"), made("gone")]);
    await authorship.turned();
    await authorship.turned();
    const { model, text } = origin;
    expect(around.know.mock.calls).toEqual([[[{ request: "a", candidate: 0, model, text }]]]);
    expect(wordOrigin).toHaveBeenCalledTimes(2);
  });

  it("is counted from what is on the page, and a failure is told", async () => {
    const counted = vi.fn().mockRejectedValueOnce(new Error("gone")).mockResolvedValue(report);
    const { authorship, around } = opened({ authorship: counted });
    await authorship.count();
    expect([authorship.report, authorship.problem?.message]).toEqual([null, "gone"]);
    await authorship.count();
    expect([authorship.report, authorship.problem]).toEqual([report, null]);
    expect(around.flushed).toHaveBeenCalledBefore(counted);
  });

  it("is saved where the writer says, or not at all", async () => {
    const saveReport = vi.fn(async () => {});
    const chooseReportFile = vi.fn().mockResolvedValueOnce(null).mockResolvedValue("/r.json");
    const { authorship, around } = opened({ authorship: async () => report, chooseReportFile, saveReport });
    await authorship.count();
    await authorship.save("json");
    expect(saveReport).not.toHaveBeenCalled();
    await authorship.save("json");
    expect(saveReport).toHaveBeenCalledWith(1, "json", "/r.json");
    expect(around.mention).toHaveBeenCalledWith(expect.stringContaining("/r.json"));
  });
});
