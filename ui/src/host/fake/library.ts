// Projects, scenes and trees for the fake host. A step's undo is what the project was before it.
import type { ItemKind, LibraryHost, OpenProject, OutlineItem, SaveScene, TreeHost, TreeStep } from "../host";
import type { ItemPlace, ItemRef, LibraryState, Outline } from "../host";
import { keepBeforeSave } from "./history";
import { count } from "./project";
import {
  change,
  type FakeProject,
  type FakeScene,
  found,
  projectIn,
  read,
  refOf,
  refuse,
  remember,
  same,
  sceneIn,
  type Shelf,
  wordsOf,
} from "./shelf";

const FULL = "The library at ~/Foolscap could not be written: the disk is full. Free some space.";

export class FakeLibrary {
  /** Fails this many of the next saves. */
  failSaves = 0;
  /** Fails this many of the next saves of a scene's card. */
  failCards = 0;
  saves: SaveScene[] = [];
  /** Opens no scene before this. */
  opening: Promise<void> | null = null;
  state: LibraryState = { path: "~/Foolscap/library.foolscap", read_only: false, recovery: null };

  /** Saves the first scene of a project as another window would. */
  saveElsewhere(project: number): void {
    change((shelf) => void shelf.scenes.find((scene) => scene.project === project)!.version++);
  }

  host(): LibraryHost & TreeHost {
    return {
      libraryState: async () => this.state,
      recoveryTold: async () => void (this.state = { ...this.state, recovery: null }),
      listProjects: async () => read().projects.filter((one) => !one.away),
      archivedProjects: async () => read().projects.filter((one) => one.away),
      createProject: async (title, text) => create(title, text ?? ""),
      openProject: async (id) => open(id),
      openScene: async (id) => {
        await this.opening;
        return open(sceneIn(read(), id).project, id);
      },
      renameProject: async (id, title) =>
        change((shelf) => Object.assign(projectIn(shelf, id), { title: title.trim() || "Untitled" })),
      archiveProject: async (id, archived) => change((shelf) => void (projectIn(shelf, id).away = archived)),
      saveScene: async (save) => this.#save(save),
      sceneCard: async (id) => sceneIn(read(), id).card,
      setSceneCard: async (id, card) => {
        if (this.failCards > 0) {
          this.failCards--;
          refuse("library", FULL);
        }
        change((shelf) => {
          const scene = sceneIn(shelf, id);
          scene.card = card;
          const item = place(projectIn(shelf, scene.project).items, { scene: id }).item;
          Object.assign(item, { synopsis: card.synopsis, status: card.status });
        });
      },
      outline: async (project) => outline(read(), project),
      addItem: async (project, kind, title, where) =>
        step(project, (shelf) => add(shelf, project, kind, title, where)),
      renameItem: async (item, title) =>
        step(owner(item), (shelf) => {
          place(projectIn(shelf, owner(item)).items, item).item.title = title.trim();
          if (item.scene !== undefined) sceneIn(shelf, item.scene).title = title.trim();
        }),
      moveItem: async (item, where) =>
        step(owner(item), (shelf) => {
          const { items } = projectIn(shelf, owner(item));
          const { list, at } = place(items, item);
          put(items, list.splice(at, 1)[0]!, where);
        }),
      duplicateItem: async (item) =>
        step(owner(item), (shelf) => {
          const project = projectIn(shelf, owner(item));
          const { list, at } = place(project.items, item);
          const copy = copied(shelf, list[at]!);
          list.splice(at + 1, 0, copy);
          return refOf(copy);
        }),
      archiveItem: async (item) =>
        step(owner(item), (shelf) => {
          const project = projectIn(shelf, owner(item));
          const { list, at } = place(project.items, item);
          project.archived.unshift({ item: list.splice(at, 1)[0]!, at: new Date().toISOString() });
        }),
      unarchiveItem: async (item) =>
        step(owner(item), (shelf) => {
          const project = projectIn(shelf, owner(item));
          const at = project.archived.findIndex((one) => same(refOf(one.item), item));
          project.items.push(found(project.archived.splice(at, 1)[0]).item);
          return item;
        }),
      archivedItems: async (project) => {
        const shelf = read();
        return projectIn(shelf, project).archived.map(({ item, at }) => ({
          item: refOf(item),
          title: item.title,
          beginning: drawn(shelf, [item])[0]!.beginning,
          words: drawn(shelf, [item])[0]!.words,
          archived_at: at,
        }));
      },
      splitScene: async (scene, base, position, title) => split(scene, base, position, title),
      mergeScene: async (scene, base) => merge(scene, base),
      setChapterSynopsis: async (chapter, synopsis) =>
        change((shelf) => {
          for (const project of shelf.projects) {
            const item = all(project.items).find((one) => one.kind !== "scene" && one.id === chapter);
            if (item) item.synopsis = synopsis;
          }
        }),
      undoStep: async (project, undo) =>
        step(project, (shelf) => {
          const before = JSON.parse(undo) as { project: FakeProject; scenes: FakeScene[] };
          Object.assign(projectIn(shelf, project), before.project);
          const kept = new Map(before.scenes.map((scene) => [scene.id, scene]));
          const saved: TreeStep["saved"] = [];
          for (const scene of shelf.scenes) {
            const was = kept.get(scene.id);
            if (was && was.text !== scene.text) saved.push(written(shelf, scene, was.document, was.text));
          }
          return { saved };
        }),
    };
  }

  #save(save: SaveScene) {
    if (this.failSaves > 0) {
      this.failSaves--;
      refuse("library", FULL);
    }
    this.saves.push(save);
    return change((shelf) => {
      const scene = sceneIn(shelf, save.scene);
      if (scene.version !== save.base_version) refuse("conflict", "The scene was changed elsewhere.");
      keepBeforeSave(shelf, scene, save.text);
      count(shelf, scene.project, wordsOf(save.text) - scene.words);
      return written(shelf, scene, save.document, save.text);
    });
  }
}

/** Gives a scene its next version. */
export function written(shelf: Shelf, scene: FakeScene, document: string, text: string) {
  const words = wordsOf(text);
  const updated_at = new Date().toISOString();
  const version = scene.version + 1;
  Object.assign(scene, { document, text, version, words, updated_at });
  const project = projectIn(shelf, scene.project);
  project.updated_at = updated_at;
  project.words = sum(drawn(shelf, project.items));
  return { scene: scene.id, version, words, updated_at };
}

export function create(title: string, text: string): OpenProject {
  const id = change((shelf) => {
    const id = 1 + Math.max(0, ...shelf.projects.map((project) => project.id));
    const updated_at = new Date().toISOString();
    shelf.projects.unshift({
      id,
      title: title.trim() || "Untitled",
      words: wordsOf(text),
      updated_at,
      items: [],
      archived: [],
      language: "",
      direction: "auto",
      last_scene: null,
    });
    shelf.projects[0]!.items.push(addScene(shelf, id, "", text));
    return id;
  });
  return open(id);
}

function open(id: number, scene?: number): OpenProject {
  return remember((shelf) => {
    const project = projectIn(shelf, id);
    const scenes = all(project.items).filter((item) => item.kind === "scene");
    if (!scenes.length) project.items.push(addScene(shelf, id, "", ""));
    const last = scenes.find((item) => item.id === (scene ?? project.last_scene)) ?? all(project.items)[0]!;
    project.last_scene = last.id;
    shelf.settings.last_project = id;
    const { title, words, updated_at, language, direction } = project;
    const summary = { id, title, words, updated_at };
    const items = drawn(shelf, project.items);
    return { project: summary, items, scene: sceneIn(shelf, last.id), language, direction };
  });
}

/** Makes a scene, which stands nowhere yet. */
export function addScene(
  shelf: Shelf,
  project: number,
  title: string,
  text: string,
  document = "",
): OutlineItem {
  const id = 1 + Math.max(0, ...shelf.scenes.map((scene) => scene.id));
  const updated_at = new Date().toISOString();
  const card = { synopsis: "", notes: "", status: "draft" as const };
  shelf.scenes.push({
    id,
    project,
    title,
    document,
    text,
    version: 0,
    words: wordsOf(text),
    updated_at,
    card,
  });
  return { kind: "scene", id, title, beginning: "", synopsis: "", status: "draft", words: 0, items: [] };
}

function add(shelf: Shelf, id: number, kind: ItemKind, title: string, where: ItemPlace): ItemRef {
  const project = projectIn(shelf, id);
  if (kind === "scene") {
    const scene = addScene(shelf, id, title, "");
    put(project.items, scene, where);
    return refOf(scene);
  }
  const scene = addScene(shelf, id, "", "");
  const next = 1 + Math.max(0, ...all(project.items).map((item) => (item.kind === "scene" ? 0 : item.id)));
  const of = { kind, id: next, title, beginning: "", synopsis: "", status: null, words: 0, items: [scene] };
  put(project.items, of, where);
  return refOf(scene);
}

function copied(shelf: Shelf, item: OutlineItem): OutlineItem {
  if (item.kind === "scene") {
    const { project, title, text, document } = sceneIn(shelf, item.id);
    return { ...item, ...addScene(shelf, project, title, text, document) };
  }
  const id = 900 + Math.floor(Math.random() * 1e6);
  return { ...item, id, items: item.items.map((one) => copied(shelf, one)) };
}

function split(id: number, base: number, position: number, title: string): TreeStep {
  const scene = sceneIn(read(), id);
  const doc = JSON.parse(scene.document) as { content: { content?: { text?: string }[] }[] };
  let at = 0;
  const before = doc.content.filter((block) => {
    const here = at + 1 < position;
    at += 2 + (block.content ?? []).reduce((size, inline) => size + (inline.text?.length ?? 1), 0);
    return here;
  });
  const after = doc.content.slice(before.length);
  const parts = scene.text.split("\n\n");
  return step(scene.project, (shelf) => {
    const first = sceneIn(shelf, id);
    if (first.version !== base) refuse("conflict", "The scene was changed elsewhere.");
    const second = JSON.stringify({ type: "doc", content: after.length ? after : [{ type: "paragraph" }] });
    const item = addScene(shelf, scene.project, title, parts.slice(before.length).join("\n\n"), second);
    put(projectIn(shelf, scene.project).items, item, { after: { scene: id } });
    const saved = written(
      shelf,
      first,
      JSON.stringify({ type: "doc", content: before }),
      parts.slice(0, before.length).join("\n\n"),
    );
    return { made: refOf(item), saved: [saved] };
  });
}

function merge(id: number, base: number): TreeStep {
  const { project } = sceneIn(read(), id);
  return step(project, (shelf) => {
    const first = sceneIn(shelf, id);
    if (first.version !== base) refuse("conflict", "The scene was changed elsewhere.");
    const { list, at } = place(projectIn(shelf, project).items, { scene: id });
    const next = list[at + 1];
    if (next?.kind !== "scene") refuse("bad_request", "no scene comes after this one in its chapter");
    list.splice(at + 1, 1);
    projectIn(shelf, project).archived.unshift({ item: next, at: new Date().toISOString() });
    const second = sceneIn(shelf, next.id);
    const blocks = (scene: FakeScene) => (JSON.parse(scene.document) as { content: unknown[] }).content;
    const content = [...blocks(first), { type: "scene_break" }, ...blocks(second)];
    const saved = written(
      shelf,
      first,
      JSON.stringify({ type: "doc", content }),
      `${first.text}\n\n***\n\n${second.text}`,
    );
    return { saved: [saved] };
  });
}

type Made = ItemRef | { made?: ItemRef; saved?: TreeStep["saved"] } | undefined | void;

/** Does something to a project that its undo takes back. */
export function step(id: number, work: (shelf: Shelf) => Made): TreeStep {
  const before = read();
  const undo = JSON.stringify({
    project: projectIn(before, id),
    scenes: before.scenes.filter((scene) => scene.project === id),
  });
  const done = change(work) ?? {};
  const { made, saved } = "scene" in done || "chapter" in done ? { made: done, saved: [] } : done;
  return { outline: outline(read(), id), undo, made: made ?? null, saved: saved ?? [] };
}

function outline(shelf: Shelf, id: number): Outline {
  const { title, updated_at, items } = projectIn(shelf, id);
  const tree = drawn(shelf, items);
  return { project: { id, title, words: sum(tree), updated_at }, items: tree };
}

/** Items with their words and beginnings as they are now. */
function drawn(shelf: Shelf, items: OutlineItem[]): OutlineItem[] {
  return items.map((item) => {
    if (item.kind === "scene") {
      const { text, words } = sceneIn(shelf, item.id);
      return { ...item, words, beginning: item.title ? "" : text.slice(0, 80) };
    }
    const inner = drawn(shelf, item.items);
    return { ...item, items: inner, words: sum(inner) };
  });
}

function sum(items: OutlineItem[]): number {
  return items.reduce((words, item) => words + item.words, 0);
}

export function all(items: OutlineItem[]): OutlineItem[] {
  return items.flatMap((item) => [item, ...all(item.items)]);
}

function owner(item: ItemRef): number {
  const shelf = read();
  if (item.scene !== undefined) return sceneIn(shelf, item.scene).project;
  const has = (project: FakeProject) =>
    [...all(project.items), ...all(project.archived.map((one) => one.item))].some((one) =>
      same(refOf(one), item),
    );
  return found(shelf.projects.find(has)).id;
}

/** The list something stands in, and where. */
function place(items: OutlineItem[], item: ItemRef): { list: OutlineItem[]; at: number; item: OutlineItem } {
  const lists = [items, ...all(items).map((one) => one.items)];
  for (const list of lists) {
    const at = list.findIndex((one) => same(refOf(one), item));
    if (at >= 0) return { list, at, item: list[at]! };
  }
  return refuse("not_found", "There is no such thing in the tree.");
}

function put(items: OutlineItem[], item: OutlineItem, where: ItemPlace): void {
  if (where.in !== undefined) {
    const list = where.in === null ? items : place(items, { chapter: where.in }).item.items;
    list.push(item);
    return;
  }
  const { list, at } = place(items, where.before ?? where.after!);
  list.splice(where.before !== undefined ? at : at + 1, 0, item);
}
