// Kept states for the fake host: one before much is removed, before some minutes of writing, and when it is asked for.
import type { Comparison, HistoryHost, RevisionCause, RevisionSummary, TextChange } from "../host";
import { step, written } from "./library";
import { change, type FakeScene, found, read, refuse, sceneIn, type Shelf, wordsOf } from "./shelf";

interface Kept {
  summary: RevisionSummary;
  document: string;
  text: string;
}

/** Characters that are not removed by hand between two saves, and minutes between states kept while typing. */
const MUCH = 200;
const MINUTES = 5;

const kept = (shelf: Shelf) => (shelf.more.history ??= []) as Kept[];

/** Keeps a scene as it is, unless this version is kept already or nothing was written in it. */
export function keep(
  shelf: Shelf,
  scene: FakeScene,
  cause: RevisionCause,
  name: string | null = null,
): Kept | null {
  const all = kept(shelf);
  const known = all.find(({ summary }) => summary.scene === scene.id && summary.version === scene.version);
  if (known) {
    if (name) known.summary.name = name;
    return known;
  }
  if (!scene.text && !scene.document) return null;
  const { version, words, document, text, updated_at } = scene;
  const summary = {
    id: 1 + Math.max(0, ...all.map((one) => one.summary.id)),
    scene: scene.id,
    version,
    words,
    cause,
    name,
    written_at: updated_at,
    created_at: new Date().toISOString(),
  };
  const fresh = { summary, document, text };
  all.push(fresh);
  return fresh;
}

/** What a save replaces, where there is reason to want it back. */
export function keepBeforeSave(shelf: Shelf, scene: FakeScene, text: string): void {
  const last = kept(shelf)
    .filter(({ summary }) => summary.scene === scene.id)
    .at(-1);
  const since = last ? Date.now() - Date.parse(last.summary.created_at) : Infinity;
  if (scene.text.length - text.length > MUCH) keep(shelf, scene, "removal");
  else if (scene.text && since > MINUTES * 60_000) keep(shelf, scene, "typing");
}

export class FakeHistory {
  /** A state as it was kept some time ago. */
  past(scene: number, text: string, minutes: number, cause: RevisionCause = "typing", document = ""): void {
    change((shelf) => {
      const at = new Date(Date.now() - minutes * 60_000).toISOString();
      const id = 1 + Math.max(0, ...kept(shelf).map((one) => one.summary.id));
      const times = { written_at: at, created_at: at };
      const summary = { id, scene, version: -minutes, words: wordsOf(text), cause, name: null, ...times };
      kept(shelf).push({ summary, document, text });
    });
  }

  host(): HistoryHost {
    return {
      revisions: async (scene) =>
        kept(read())
          .map(({ summary }) => summary)
          .filter((one) => one.scene === scene)
          .sort((a, b) => b.version - a.version),
      revision: async (id) => stateOf(read(), id),
      compare: async (before, after) => {
        const shelf = read();
        const from = stateOf(shelf, before);
        return compared(from, after === null ? sceneIn(shelf, from.summary.scene) : stateOf(shelf, after));
      },
      snapshot: async (scene, name) =>
        change((shelf) => keep(shelf, sceneIn(shelf, scene), "snapshot", name)?.summary ?? null),
      snapshotProject: async (project, name) =>
        change((shelf) => {
          const scenes = shelf.scenes.filter((scene) => scene.project === project);
          return scenes.filter((scene) => keep(shelf, scene, "snapshot", name)).length;
        }),
      nameRevision: async (id, name) =>
        change((shelf) => Object.assign(stateOf(shelf, id).summary, { name })),
      restoreRevision: async (id, base) => {
        const { summary, document, text } = stateOf(read(), id);
        return step(sceneIn(read(), summary.scene).project, (shelf) => {
          const scene = sceneIn(shelf, summary.scene);
          if (scene.version !== base) refuse("conflict", "The scene was changed elsewhere.");
          keep(shelf, scene, "restore");
          return { saved: [written(shelf, scene, document, text)] };
        });
      },
    };
  }
}

function stateOf(shelf: Shelf, id: number): Kept {
  return found(kept(shelf).find(({ summary }) => summary.id === id));
}

function compared(
  before: Pick<Kept, "document" | "text">,
  after: Pick<Kept, "document" | "text">,
): Comparison {
  const changes = difference(before.text, after.text);
  const words = (fate: TextChange["fate"]) =>
    changes.filter((one) => one.fate === fate).reduce((sum, { text }) => sum + wordsOf(text), 0);
  const [added, removed] = [words("added"), words("removed")];
  const same = before.text === after.text;
  return {
    changes,
    added,
    removed,
    only_looks: same && before.document !== after.document && !!before.document,
  };
}

/** The longest common words stay; made for the few hundred words of a test. */
function difference(before: string, after: string): TextChange[] {
  const wordsIn = (text: string): string[] => text.match(/\w+|\s|[^\w\s]/gu) ?? [];
  const [a, b] = [wordsIn(before), wordsIn(after)];
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const changes: TextChange[] = [];
  const add = (fate: TextChange["fate"], text: string) => {
    const last = changes.at(-1);
    if (last?.fate === fate) last.text += text;
    else changes.push({ fate, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = (add("kept", a[i]!), [i + 1, j + 1]);
    else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!))
      add("removed", a[i++]!);
    else add("added", b[j++]!);
  }
  return changes;
}
