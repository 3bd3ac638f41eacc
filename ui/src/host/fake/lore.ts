// Lore for the fake host, and where its manuscripts name it.
import type { LoreEntry, LoreHost, LorePassage, LoreText, OutlineItem } from "../host";
import { change, found, projectIn, read, sceneIn, type Shelf } from "./shelf";

type Row = LoreEntry & { away?: boolean };

export function fakeLore(): LoreHost {
  const listed = (project: number, away: boolean) =>
    rows(read())
      .filter((one) => one.project === project && !!one.away === away)
      .sort((a, b) => a.name.localeCompare(b.name));
  return {
    lore: async (project) => listed(project, false),
    archivedLore: async (project) => listed(project, true),
    addLore: async (project, what) =>
      change((shelf) => {
        const id = 1 + Math.max(0, ...rows(shelf).map((one) => one.id));
        const entry = { id, project, ...tidied(what) };
        shelf.more.lore = [...rows(shelf), entry];
        return entry;
      }),
    setLore: async (id, what) =>
      change((shelf) => Object.assign(found(rows(shelf).find((one) => one.id === id)), tidied(what))),
    archiveLore: async (id, archived) =>
      change((shelf) => void (found(rows(shelf).find((one) => one.id === id)).away = archived)),
    lorePassages: async (id) => passages(id),
    loreAt: async (project, before, after) => {
      const [text, at] = [before + after, before.length];
      const here = listed(project, false).flatMap((entry) =>
        [...mentions(entry, text)]
          .filter(({ from, to }) => from <= at && at <= to)
          .map(({ from, to }) => ({ entry, size: to - from })),
      );
      return here.sort((a, b) => b.size - a.size)[0]?.entry ?? null;
    },
  };
}

function rows(shelf: Shelf): Row[] {
  return ((shelf.more.lore as Row[] | undefined) ?? []) satisfies Row[];
}

function tidied({ name, aliases, ...what }: LoreText): LoreText {
  const { kind, told, match_case, short, long, from, to } = what;
  const others = aliases.map((one) => one.trim()).filter(Boolean);
  return { kind, name: name.trim(), aliases: others, told, match_case, short, long, from, to };
}

/** What the manuscript of a scene knows, and whether it holds in that scene. */
export function loreFor(scene: number): (LoreEntry & { holds: boolean })[] {
  const shelf = read();
  const { project } = sceneIn(shelf, scene);
  return rows(shelf)
    .filter((one) => one.project === project && !one.away)
    .map((one) => ({ ...one, holds: holdsIn(shelf, one, scene) }));
}

/** Whether an entry holds in a scene: it may from one chapter on, and to the end of another. */
function holdsIn(shelf: Shelf, { project, from, to }: LoreEntry, scene: number): boolean {
  const flat = (items: OutlineItem[]): OutlineItem[] => items.flatMap((item) => [item, ...flat(item.items)]);
  const order = flat(projectIn(shelf, project).items);
  const chapter = (id?: number | null) => order.findIndex((item) => item.kind !== "scene" && item.id === id);
  const here = order.findIndex((item) => item.kind === "scene" && item.id === scene);
  const last = chapter(to);
  return chapter(from) <= here && (last < 0 || here <= last + flat(order[last]!.items).length);
}

/** What names an entry in a text; none where it has no name. */
export function named(entry: LoreText): RegExp | undefined {
  const names = [entry.name, ...entry.aliases].filter(Boolean).sort((a, b) => b.length - a.length);
  if (!names.length) return undefined;
  const any = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, entry.match_case ? "gu" : "giu");
}

/** Where a text names an entry, in characters. */
function* mentions(entry: LoreText, text: string): Generator<{ from: number; to: number }> {
  const whole = named(entry);
  if (!whole) return;
  for (const { index, 0: name } of text.matchAll(whole)) yield { from: index, to: index + name.length };
}

/** The places of an entry; positions are right for pages of plain paragraphs. */
function passages(id: number) {
  const shelf = read();
  const entry = found(rows(shelf).find((one) => one.id === id));
  const scenes = projectIn(shelf, entry.project).items.flatMap(function ids(item): number[] {
    return item.kind === "scene" ? [item.id] : item.items.flatMap(ids);
  });
  const places = scenes.flatMap((scene): LorePassage[] => {
    let start = 1;
    return sceneIn(shelf, scene)
      .text.split("\n\n")
      .flatMap((text) => {
        const here = [...mentions(entry, text)].map(({ from, to }) => ({
          scene,
          from: start + from,
          to: start + to,
          before: text.slice(Math.max(0, from - 40), from),
          name: text.slice(from, to),
          after: text.slice(to, to + 40),
          holds: holdsIn(shelf, entry, scene),
        }));
        start += text.length + 2;
        return here;
      });
  });
  const last = places.at(-1)?.scene ?? null;
  const count = new Set(places.map((place) => place.scene)).size;
  return { count: places.length, scenes: count, last, passages: places, unread: 0 };
}
