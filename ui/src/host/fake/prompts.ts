// The prompts of the fake host: versions that never change, which is in use, and what a text would send.
import type {
  ActionKind,
  ContextPlan,
  PromptChecked,
  PromptChoice,
  PromptInUse,
  PromptLine,
  PromptProblem,
  PromptsHost,
  PromptSummary,
  PromptText,
  PromptVersion,
  Trial,
} from "../host";
import { diffLines } from "diff";
import { ACTIONS } from "./actions";
import { reportOf } from "./context";
import { LESSONS } from "./lessons";
import type { FakeMachine } from "./machine";
import { builtIn, VOCABULARY } from "./prompt-texts";
import { change, read, refuse, type Shelf } from "./shelf";
import { answers } from "./words";

export interface FakePrompt {
  name: string;
  action: ActionKind;
  purpose: string;
  archived: boolean;
  /** The latest first. */
  versions: (PromptVersion & { source: string })[];
}

interface Kept {
  own: FakePrompt[];
  in_use: PromptInUse[];
}

const kept = (shelf: Shelf): Kept => (shelf.more.prompts ??= { own: [], in_use: [] }) as Kept;

export class FakePrompts {
  /** Folders that were written to. */
  exported: { names: string[]; folder: string }[] = [];

  constructor(
    private readonly machine: FakeMachine,
    private readonly context: () => number,
  ) {}

  host(): PromptsHost {
    return {
      promptShelf: async () => ({ prompts: all().map(summary), in_use: kept(read()).in_use }),
      promptText: async (label) => textOf(label),
      promptVocabulary: async () => VOCABULARY,
      checkPrompt: async (source) => checked(source),
      savePrompt: async (source, parent, message) => saved(source, parent, message),
      archivePrompt: async (name, archived) =>
        change((shelf) => void (kept(shelf).own.find((one) => one.name === name)!.archived = archived)),
      usePrompt: async (action, project, label) =>
        change((shelf) => {
          const uses = kept(shelf);
          uses.in_use = uses.in_use.filter((one) => one.action !== action || one.project !== project);
          if (label) uses.in_use.push({ action, project, label });
        }),
      comparePrompts: async (before, after) => compared(textOf(before).source, textOf(after).source),
      planTrial: async (trial) => this.#plan(trial),
      startTrial: async (trial, heard) => {
        const plan = this.#plan(trial);
        if (trial.model?.includes("broken"))
          refuse(
            "model_unusable",
            "broken.gguf is cut short: its tensors end past the file. Download it again.",
          );
        const { prompt, context } = plan;
        const said = trial.draws.map(({ seed, settings }) =>
          answer(trial.prompt, trial.passage.selection, seed + Math.round((settings.temperature ?? 0) * 10)),
        );
        const seed = trial.draws[0]?.seed ?? 0;
        this.machine.tell(trial.request, said, { seed, prompt, variant: null, context }, heard);
      },
      choosePromptFolder: async () => "/home/ada/prompts",
      exportPrompts: async (names, folder) => {
        this.exported.push({ names, folder });
        return names.length;
      },
      importPrompts: async () => [
        saved(renamed(builtIn("dialogue"), "Sharp tongues"), null, "From a friend"),
      ],
      lessons: async () => LESSONS,
    };
  }

  #plan({ prompt, passage, request }: Trial): ContextPlan {
    const source = sourceOf(prompt);
    const { problem, action } = checked(source);
    if (problem) refuse("bad_request", problem.message);
    const limit = this.context();
    if (limit === 0) refuse("not_ready", "The model is still loading.");
    const { before, selection, after } = passage;
    const asked = { request, action: { kind: action!, variant: null, instruction: "" } };
    const context = reportOf({ ...asked, before, selection, after, scene: null }, limit, false);
    const left = context.parts.find(({ name }) => name === "before")?.left_out ?? 0;
    const tail = before.slice(left * 4);
    const text = rendered(source, { ...passage, before: tail });
    return {
      model: "Foolscap Starter",
      prompt: prompt.kind === "version" ? prompt.label : "draft",
      variant: passage.variant,
      candidates: 1,
      words: 60,
      context,
      text,
      cut: left ? text.indexOf(tail) : null,
    };
  }
}

/** The text that is meant. */
export function sourceOf(prompt: PromptChoice): string {
  return prompt.kind === "draft" ? prompt.source : textOf(prompt.label).source;
}

/** What the fake model answers: the same for the same prompt and seed. */
export function answer(prompt: PromptChoice, selection: string, seed: number): string {
  const kind = checked(sourceOf(prompt)).action ?? "continue";
  const turn = [...JSON.stringify(prompt)].reduce((sum, sign) => sum + sign.charCodeAt(0), seed);
  return answers(kind, null, selection, 1, turn % 997)[0]!;
}

export function textOf(label: string): PromptText {
  for (const { name, versions } of all()) {
    const found = versions.find((one) => one.label === label);
    if (!found) continue;
    const { source, ...version } = found;
    return { name, version, source };
  }
  return refuse("not_found", `There is no prompt ${label}.`);
}

export function saved(source: string, parent: string | null, message: string): PromptVersion {
  const { problem, name, action } = checked(source);
  if (problem || !name || !action) return refuse("bad_request", problem?.message ?? "It has no name.");
  const there = all().find((one) => one.name.toLowerCase() === name.toLowerCase());
  const [latest] = there?.versions ?? [];
  if (latest?.source === source) return latest;
  if (there && there.versions[0]?.created_at === "")
    return refuse(
      "conflict",
      `“${there.name}” came with Foolscap. Give yours another name in its first lines.`,
    );
  return change((shelf) => {
    const { own } = kept(shelf);
    let prompt = own.find((one) => one.name === there?.name);
    if (!prompt) own.push((prompt = { name, action, purpose: "", archived: false, versions: [] }));
    prompt.purpose = /^purpose = "(.*)"$/m.exec(source)?.[1] ?? "";
    const number = (prompt.versions[0]?.number ?? 0) + 1;
    const label = `${name.toLowerCase()} v${number}`;
    const version = {
      number,
      label,
      message,
      parent,
      hash: hash(source),
      created_at: new Date().toISOString(),
    };
    prompt.versions.unshift({ ...version, source });
    return version;
  });
}

export function renamed(source: string, name: string): string {
  return source.replace(/^name = ".*"$/m, `name = "${name}"`);
}

function all(): (FakePrompt & { built_in: boolean })[] {
  const came = ACTIONS.map(({ kind, title, purpose }) => {
    const source = builtIn(kind);
    const version = { number: 2, label: `${kind} v2`, message: "", created_at: "", parent: null };
    const versions = [{ ...version, hash: hash(source), source }];
    return { name: title, action: kind, purpose, archived: false, built_in: true, versions };
  });
  return [...came, ...kept(read()).own.map((one) => ({ ...one, built_in: false }))];
}

function summary({ versions, ...prompt }: FakePrompt & { built_in: boolean }): PromptSummary {
  return { ...prompt, versions: versions.map(({ source: _, ...version }) => version) };
}

function checked(source: string): PromptChecked {
  const lines = source.split("\n");
  const name = /^name = "(.+)"$/m.exec(source)?.[1] ?? null;
  const kind = /^action = "(.+)"$/m.exec(source)?.[1] ?? null;
  const action = ACTIONS.find((one) => one.kind === kind)?.kind ?? null;
  const named = [...source.matchAll(/\{\{-? *(\w+)/g)].map(([, variable]) => variable!);
  const told = { name, action, variables: [...new Set(named)] };
  const at = (line: number, message: string) => ({ problem: { line, message } as PromptProblem, ...told });
  if (lines[0] !== "+++") return at(1, "The first line is not “+++”: a prompt begins with its front matter.");
  if (!name) return at(2, 'It has no name: write name = "…" in its first lines.');
  if (!action)
    return at(lines.findIndex((line) => line.startsWith("action")) + 1 || 3, `There is no action “${kind}”.`);
  const known = new Set([...VOCABULARY.variables.map((one) => one.name), ...Object.keys(ownOf(source))]);
  for (const [index, line] of lines.entries()) {
    if (line.split("{{").length !== line.split("}}").length)
      return at(index + 1, "“{{” is not closed by “}}”.");
    const heading = /^# (.*)$/.exec(line)?.[1];
    if (heading && !VOCABULARY.sections.some((one) => one.name === heading))
      return at(index + 1, `There is no section “${heading}”.`);
    for (const [, variable] of line.matchAll(/\{\{-? *(\w+)/g))
      if (!known.has(variable!)) return at(index + 1, `There is no variable “${variable}”.`);
  }
  return { problem: null, ...told };
}

function compared(before: string, after: string): PromptLine[] {
  return diffLines(before, after).flatMap(({ value, added, removed }) => {
    const fate = added ? "added" : removed ? "removed" : "kept";
    return value
      .replace(/\n$/, "")
      .split("\n")
      .map((text): PromptLine => ({ fate, text }));
  });
}

/** A prompt with a passage put in, roughly as the model reads it. */
export function rendered(source: string, passage: Trial["passage"]): string {
  const sections = new Map<string, string>();
  const body = source.replace(/^\+\+\+\n.*?\n\+\+\+\n/s, "");
  for (const [, name, text] of body.matchAll(/^# (\w+)\n(.*?)(?=^# |\s*$(?![\s\S]))/gms))
    sections.set(name!, text!.trim());
  const values: Record<string, unknown> = { ...passage, ...ownOf(source), ...passage.variables };
  const fill = (text = "") =>
    text
      .replace(/\{#.*?#\}/gs, "")
      .replace(/\{% include "story" -?%\}/g, `${passage.before}\n`)
      .replace(/\{%-? .*? -?%\}/g, "")
      .replace(/\{\{ (\w+).*? \}\}/g, (_, name: string) =>
        name === "words" ? "60" : String(values[name] ?? ""),
      )
      .trim();
  const turn = (role: string, text: string) => `<|im_start|>${role}\n${text}<|im_end|>\n`;
  return `${turn("system", fill(sections.get("System")))}${turn("user", fill(sections.get("User")))}<|im_start|>assistant\n${fill(sections.get("Answer"))}`;
}

export function hash(text: string): string {
  let sum = 7;
  for (const sign of text) sum = (sum * 31 + sign.charCodeAt(0)) >>> 0;
  return sum.toString(16).padStart(8, "0").repeat(8);
}

/** The variables of a prompt's own, each with what it usually is: of tables that say no more than that, in any order. */
function ownOf(source: string): Record<string, string> {
  const tables = source.split("[[variables]]").slice(1);
  const told = (table: string, key: string) =>
    new RegExp(`^${key}\\s*=\\s*"(.*)"`, "m").exec(table)?.[1] ?? "";
  const named = tables.map((table) => [told(table, "name"), told(table, "default")] as const);
  return Object.fromEntries(named.filter(([name]) => name));
}
