// Who wrote what for the fake host: by the marks on the pages, and the requests that were made since the page was opened.
import type { ActionRequest, AuthorshipHost, AuthorshipLine, OutlineItem, WordShares } from "../host";
import { blocksOf, documentOf } from "./pages";
import { found, projectIn, read, refOf, sceneIn, type Shelf, wordsOf } from "./shelf";

export class FakeAuthorship {
  /** What was written for whom, as the model wrote it. */
  made: { request: ActionRequest; candidate: number; text: string; at: string }[] = [];
  /** Files that were written. */
  files: { file: string; format: string }[] = [];
  /** Where the writer says a report is to go; `null`: nowhere. */
  chosen: string | null = "/home/ada/who wrote what.json";

  host(): AuthorshipHost {
    return {
      authorship: async (project) => {
        const shelf = read();
        const { title, items } = projectIn(shelf, project);
        const sources = new Map<string, number>();
        const lines = items.flatMap((item) => linesOf(shelf, item, 0, sources));
        const top = lines.filter(({ depth }) => depth === 0).map(({ words }) => words);
        return {
          title,
          made_at: new Date().toISOString(),
          words: top.reduce(and, NONE),
          lines,
          sources: [...sources].map(([model, words]) => ({
            model,
            prompt: "continue",
            prompt_version: "1",
            words,
          })),
        };
      },
      wordOrigin: async (_, request, candidate) => {
        const one = found(
          this.made.find((one) => one.request.request === request && one.candidate === candidate),
        );
        return {
          action: one.request.action.kind,
          model: "Foolscap Starter",
          model_id: "starter",
          prompt: one.request.action.kind,
          prompt_version: "1",
          settings: [{ name: "words", value: String(one.request.words ?? 60) }],
          seed: 7,
          text: one.text,
          created_at: one.at,
        };
      },
      chooseReportFile: async () => this.chosen,
      saveReport: async (_, format, file) => void this.files.push({ file, format }),
    };
  }
}

const NONE: WordShares = { human: 0, machine: 0, machine_edited: 0 };

function and(a: WordShares, b: WordShares): WordShares {
  return {
    human: a.human + b.human,
    machine: a.machine + b.machine,
    machine_edited: a.machine_edited + b.machine_edited,
  };
}

function linesOf(
  shelf: Shelf,
  item: OutlineItem,
  depth: number,
  sources: Map<string, number>,
): AuthorshipLine[] {
  const line = (words: WordShares) => ({
    item: refOf(item),
    kind: item.kind,
    title: item.title,
    depth,
    words,
    unread: false,
  });
  if (item.kind !== "scene") {
    const inner = item.items.flatMap((one) => linesOf(shelf, one, depth + 1, sources));
    const words = inner.filter((one) => one.depth === depth + 1).map((one) => one.words);
    return [line(words.reduce(and, NONE)), ...inner];
  }
  const words = { ...NONE };
  for (const block of blocksOf(documentOf(sceneIn(shelf, item.id)))) {
    for (const { text, marks } of block.note ? [] : block.content) {
      const count = wordsOf(text ?? "");
      const made = marks?.some(({ type }) => type === "machine");
      if (made) {
        words.machine += count;
        sources.set("Foolscap Starter", (sources.get("Foolscap Starter") ?? 0) + count);
      } else words.human += count;
    }
  }
  return [line(words)];
}
