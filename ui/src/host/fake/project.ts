// What an author says of a project, how much was written, and summaries, for the fake host.
import type { Goals, ProjectHost, StyleSample, Summary, WritingDay } from "../host";
import { change, found, projectIn, read, sceneIn, type Shelf } from "./shelf";

interface About {
  synopsis: string;
  authors_note: string;
  author: string;
  samples: (StyleSample & { away?: boolean })[];
  words: string[];
  goals: Goals;
  /** The latest first. */
  days: WritingDay[];
}

export function fakeProject(): ProjectHost {
  const samples = (project: number, away: boolean) =>
    about(read(), project)
      .samples.filter((one) => !!one.away === away)
      .map(({ id, title, text, in_use }) => ({ id, title, text, in_use }));
  return {
    brief: async (project) => {
      const { synopsis, authors_note, author } = about(read(), project);
      const { language, direction } = projectIn(read(), project);
      return { synopsis, authors_note, author, language, direction };
    },
    setBrief: async (project, { language, direction, ...said }) =>
      change((shelf) => {
        Object.assign(projectIn(shelf, project), { language, direction });
        Object.assign(about(shelf, project), said);
      }),
    styleSamples: async (project) => samples(project, false),
    archivedStyleSamples: async (project) => samples(project, true),
    addStyleSample: async (project, title, text) =>
      change((shelf) => {
        const all = Object.values(abouts(shelf)).flatMap((one) => one.samples);
        const sample = { id: 1 + Math.max(0, ...all.map(({ id }) => id)), title, text, in_use: true };
        about(shelf, project).samples.push(sample);
        return sample;
      }),
    setStyleSample: async (sample) => change((shelf) => Object.assign(sampleIn(shelf, sample.id), sample)),
    archiveStyleSample: async (id, archived) => change((shelf) => void (sampleIn(shelf, id).away = archived)),
    rightWords: async (project) => about(read(), project).words,
    setRightWord: async (project, word, right) =>
      change((shelf) => {
        const of = about(shelf, project);
        const others = of.words.filter((one) => one !== word.trim());
        of.words = (right ? [...others, word.trim()] : others).sort();
      }),
    progress: async (project) => {
      const shelf = read();
      const { goals, days } = about(shelf, project);
      const today = days.find(({ day }) => day === dayOf(new Date()))?.words ?? 0;
      const words = shelf.scenes
        .filter((scene) => scene.project === project)
        .reduce((sum, scene) => sum + scene.words, 0);
      return { goals, words, today, session: days.length ? today : null };
    },
    setGoals: async (project, goals) => change((shelf) => void (about(shelf, project).goals = goals)),
    writingDays: async (project, atMost) => {
      const { days } = about(read(), project);
      return { days: days.slice(0, atMost), streak: days.filter(({ words }) => words > 0).length };
    },
    summaries: async (project) => {
      const shelf = read();
      return summaries(shelf)
        .filter(({ scene, text }) => text && sceneIn(shelf, scene).project === project)
        .map((one) => ({ ...one, stale: one.version !== sceneIn(shelf, one.scene).version }));
    },
    setSummary: async (scene, version, text, model) =>
      change((shelf) => {
        const of = version ?? sceneIn(shelf, scene).version;
        const updated_at = new Date().toISOString();
        const stale = of !== sceneIn(shelf, scene).version;
        const made = { scene, version: of, text: text.trim(), model, stale, updated_at };
        shelf.more.summaries = [...summaries(shelf).filter((one) => one.scene !== scene), made];
        return made;
      }),
    sceneText: async (scene) => {
      const { project, title, text, version, words } = sceneIn(read(), scene);
      return { scene, project, title, text, version, words };
    },
  };
}

/** Counts what a save adds to today. */
export function count(shelf: Shelf, project: number, words: number): void {
  const { days } = about(shelf, project);
  const day = dayOf(new Date());
  const today = days.find((one) => one.day === day);
  if (today) today.words += words;
  else if (words) days.unshift({ day, words });
}

function abouts(shelf: Shelf): Record<number, About> {
  return (shelf.more.projects ??= {}) as Record<number, About>;
}

export function about(shelf: Shelf, project: number): About {
  return (abouts(shelf)[project] ??= {
    synopsis: "",
    authors_note: "",
    author: "",
    samples: [],
    words: [],
    goals: { words: null, by: null, day: null, session: null },
    days: [],
  });
}

function sampleIn(shelf: Shelf, id: number) {
  const all = Object.values(abouts(shelf)).flatMap((one) => one.samples);
  return found(all.find((one) => one.id === id));
}

function summaries(shelf: Shelf): Summary[] {
  return (shelf.more.summaries as Summary[] | undefined) ?? [];
}

/** `YYYY-MM-DD`, in the calendar of this machine. */
function dayOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
