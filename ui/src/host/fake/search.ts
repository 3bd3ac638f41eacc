// Finding and replacing for the fake host, by the pages as they are kept.
import type { FoundPlace, FoundPlaces, SearchHost, SearchPattern } from "../host";
import { keep } from "./history";
import { all, step, written } from "./library";
import { blocksOf, documentOf, replaced, textOf } from "./pages";
import { type FakeScene, projectIn, read, refuse, sceneIn } from "./shelf";

const AROUND = 40;
/** The same of a scene that is looked up. */
const LOOKED_UP = 60;

export class FakeSearch {
  /** Searches that were asked for. */
  asked: SearchPattern[] = [];
  #latest = 0;

  host(): SearchHost {
    return {
      find: async (project, scene, pattern, replacement, limit) => {
        const number = ++this.#latest;
        this.asked.push(pattern);
        const expression = compiled(pattern);
        await Promise.resolve();
        if (number !== this.#latest) return null;
        const found: FoundPlaces = { places: [], total: 0, scenes: 0, unread: [] };
        for (const one of scenesOf(project).filter(({ id }) => scene === null || id === scene)) {
          const places = placesIn(one, expression, pattern, replacement);
          found.total += places.length;
          found.scenes += places.length ? 1 : 0;
          found.places.push(...places.slice(0, Math.max(0, limit - found.places.length)));
        }
        return found;
      },
      replace: async (project, chosen) => {
        const ids = [...new Set(chosen.map(({ at }) => at.scene))];
        const done = step(project, (shelf) => {
          const saved = ids.map((id) => {
            const scene = sceneIn(shelf, id);
            const places = chosen.filter(({ at }) => at.scene === id);
            if (places.some(({ at }) => at.version !== scene.version))
              refuse("conflict", "The scene was changed elsewhere.");
            keep(shelf, scene, "replace");
            const doc = documentOf(scene);
            for (const { at, with: words } of places.sort((a, b) => b.at.start - a.at.start)) {
              const block = blocksOf(doc)[at.block]!;
              block.content.splice(0, block.content.length, ...replaced(block, at.start, at.end, words));
            }
            return written(shelf, scene, JSON.stringify(doc), textOf(doc));
          });
          return { saved };
        });
        return { places: chosen.length, step: done };
      },
      lookUp: async (project, words) => {
        const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
        const scenes = read().scenes.filter((one) => project === null || one.project === project);
        return scenes
          .filter(({ text }) => wanted.every((word) => text.toLowerCase().includes(word)))
          .map((one) => {
            const at = one.text.toLowerCase().indexOf(wanted[0] ?? "");
            const from = Math.max(0, at - LOOKED_UP);
            const snippet = one.text
              .slice(from, from + 2 * LOOKED_UP)
              .replace(/\s+/g, " ")
              .trim();
            return { scene: one.id, project: one.project, title: one.title, snippet };
          });
      },
    };
  }
}

function scenesOf(project: number): FakeScene[] {
  const shelf = read();
  const items = all(projectIn(shelf, project).items).filter(({ kind }) => kind === "scene");
  return items.map(({ id }) => sceneIn(shelf, id));
}

function compiled({ text, match_case, regex, whole_words }: SearchPattern): RegExp {
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  try {
    return new RegExp(
      whole_words ? `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])` : source,
      match_case ? "gu" : "giu",
    );
  } catch {
    return refuse(
      "bad_request",
      "the search pattern cannot be used: unclosed group; change it and search again",
    );
  }
}

function placesIn(
  scene: FakeScene,
  expression: RegExp,
  { notes, regex }: SearchPattern,
  replacement: string | null,
): FoundPlace[] {
  return blocksOf(documentOf(scene)).flatMap((block, index) => {
    if (block.note && !notes) return [];
    return [...block.text.matchAll(expression)].flatMap((match) => {
      const [start, end] = [match.index, match.index + match[0].length];
      if (start === end) return [];
      const words = (replacement ?? "").replace(/\$(\d)/g, (sign, group: string) =>
        regex ? (match[Number(group)] ?? "") : sign,
      );
      return {
        at: { scene: scene.id, version: scene.version, block: index, start, end },
        from: block.start + start,
        to: block.start + end,
        in_note: block.note,
        text: match[0],
        before: block.text.slice(Math.max(0, start - AROUND), start),
        after: block.text.slice(end, end + AROUND),
        with: replacement === null ? "" : words,
      };
    });
  });
}
