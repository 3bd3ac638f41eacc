// What the page needs from whatever runs it. The real window answers through Tauri (`tauri.ts`), browser
// tests and `npm run dev` through a fake (`fake.ts`); nothing outside this folder knows which.
import type * as contract from "./bindings";

export type {
  Action,
  ActionEvent,
  ActionRequest,
  ContextPart,
  ContextReport,
  EndReason,
  Figures,
  ModelInfo,
  ModelState,
  OpenProject,
  Outcome,
  Problem,
  ProblemCode,
  ProjectSummary,
  Sample,
  Saved,
  SaveScene,
  Scene,
  Theme,
} from "./bindings";

/** The writer's settings, every one of them present. */
export type Settings = Required<contract.Settings>;

/** Every method rejects with a `HostError` when the other side refuses. */
export interface Host {
  listProjects(): Promise<contract.ProjectSummary[]>;
  /** With `text`, the new manuscript begins with it. */
  createProject(title: string, text?: string): Promise<contract.OpenProject>;
  openProject(id: number): Promise<contract.OpenProject>;
  renameProject(id: number, title: string): Promise<contract.ProjectSummary>;
  saveScene(save: contract.SaveScene): Promise<contract.Saved>;
  samples(): Promise<contract.Sample[]>;

  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;

  /** Tells the present state at once, then every change. */
  watchModel(heard: (state: contract.ModelState) => void): Promise<void>;
  /** `null` is the starter model. */
  useModel(path: string | null): Promise<void>;
  /** Asks the writer for a file; `null` when they thought better of it. */
  chooseModelFile(): Promise<string | null>;

  /** Resolves when the request is accepted; what happens then is told to `heard`. */
  startAction(request: contract.ActionRequest, heard: (event: contract.ActionEvent) => void): Promise<void>;
  cancelAction(request: string): Promise<void>;
  recordOutcome(outcome: contract.Outcome): Promise<void>;

  /** `settle` runs before the window closes; when it answers false the window stays open. */
  beforeClose(settle: () => Promise<boolean>): Promise<void>;
}

/** A `Problem` as an exception. */
export class HostError extends Error {
  constructor(readonly problem: contract.Problem) {
    super(problem.message);
  }
}

/** The problem in anything thrown; an unforeseen error counts as the library's, so that saving is retried. */
export function problemOf(thrown: unknown): contract.Problem {
  if (thrown instanceof HostError) return thrown.problem;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "library", message };
}
