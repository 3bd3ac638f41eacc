// What the page needs from whatever runs it. The real window answers through Tauri (`tauri.ts`), browser
// tests and `npm run dev` through a fake (`fake.ts`); nothing outside this folder knows which.
import type * as contract from "./bindings";

export type {
  Action,
  ActionEvent,
  ActionInfo,
  ActionKind,
  ActionRequest,
  ArchivedItem,
  Arrival,
  ContextItem,
  ContextKind,
  ContextPart,
  ContextPlan,
  ContextReport,
  EndReason,
  Fact,
  Figures,
  FitFacts,
  Gives,
  Focus,
  Goals,
  HubFile,
  HubModel,
  HubSettings,
  ItemKind,
  ItemPlace,
  ItemRef,
  LeftOut,
  LibraryState,
  Look,
  LoreEntry,
  LoreKind,
  LorePassage,
  LorePassages,
  LoreText,
  LoreTold,
  MachineFacts,
  ModelHere,
  ModelInfo,
  ModelSetting,
  ModelState,
  MovedRemark,
  Offer,
  OpenProject,
  Outcome,
  Outline,
  OutlineItem,
  PageDirection,
  Problem,
  ProblemCode,
  Progress,
  ProjectBrief,
  ProjectSummary,
  Remark,
  RemarkWhat,
  Review,
  ReviewEvent,
  Sample,
  Saved,
  SaveScene,
  Scene,
  SceneCard,
  SceneStatus,
  SceneText,
  Situation,
  Stuck,
  StuckAnswer,
  StuckBecause,
  StyleSample,
  Summary,
  Theme,
  TreeStep,
  Typeface,
  UnstickStep,
  VariantInfo,
  WorksOn,
  WritingDay,
  WritingDays,
} from "./bindings";

/** The writer's settings, every one of them present. */
export type Settings = Required<Omit<contract.Settings, "page">> & { page: PageSettings };

export type PageSettings = Required<contract.PageSettings>;

/** Projects and scenes. */
export interface LibraryHost {
  libraryState(): Promise<contract.LibraryState>;
  listProjects(): Promise<contract.ProjectSummary[]>;
  archivedProjects(): Promise<contract.ProjectSummary[]>;
  /** With `text`, the new manuscript begins with it. */
  createProject(title: string, text?: string): Promise<contract.OpenProject>;
  /** With the scene that was open last in it. */
  openProject(id: number): Promise<contract.OpenProject>;
  openScene(id: number): Promise<contract.OpenProject>;
  renameProject(id: number, title: string): Promise<contract.ProjectSummary>;
  archiveProject(id: number, archived: boolean): Promise<void>;
  saveScene(save: contract.SaveScene): Promise<contract.Saved>;
  sceneCard(scene: number): Promise<contract.SceneCard>;
  setSceneCard(scene: number, card: contract.SceneCard): Promise<void>;
}

/** The tree of a project. Every step answers with the tree as it is then, and with what undoes it. */
export interface TreeHost {
  outline(project: number): Promise<contract.Outline>;
  addItem(
    project: number,
    kind: contract.ItemKind,
    title: string,
    place: contract.ItemPlace,
  ): Promise<contract.TreeStep>;
  renameItem(item: contract.ItemRef, title: string): Promise<contract.TreeStep>;
  moveItem(item: contract.ItemRef, place: contract.ItemPlace): Promise<contract.TreeStep>;
  duplicateItem(item: contract.ItemRef): Promise<contract.TreeStep>;
  archiveItem(item: contract.ItemRef): Promise<contract.TreeStep>;
  unarchiveItem(item: contract.ItemRef): Promise<contract.TreeStep>;
  archivedItems(project: number): Promise<contract.ArchivedItem[]>;
  /** `position`: of the editor. */
  splitScene(scene: number, base: number, position: number, title: string): Promise<contract.TreeStep>;
  mergeScene(scene: number, base: number): Promise<contract.TreeStep>;
  setChapterSynopsis(chapter: number, synopsis: string): Promise<void>;
  undoStep(project: number, undo: string): Promise<contract.TreeStep>;
}

/** The people, places, things and facts of a story. */
export interface LoreHost {
  /** By name. */
  lore(project: number): Promise<contract.LoreEntry[]>;
  archivedLore(project: number): Promise<contract.LoreEntry[]>;
  addLore(project: number, what: contract.LoreText): Promise<contract.LoreEntry>;
  setLore(id: number, what: contract.LoreText): Promise<contract.LoreEntry>;
  archiveLore(id: number, archived: boolean): Promise<void>;
  /** Goes through the whole manuscript. */
  lorePassages(id: number): Promise<contract.LorePassages>;
  /** The entry that is named between the texts before and after a cursor. */
  loreAt(project: number, before: string, after: string): Promise<contract.LoreEntry | null>;
}

/** What an author says of a whole project, how much of it is written, and its summaries. */
export interface ProjectHost {
  brief(project: number): Promise<contract.ProjectBrief>;
  setBrief(project: number, brief: contract.ProjectBrief): Promise<void>;
  styleSamples(project: number): Promise<contract.StyleSample[]>;
  archivedStyleSamples(project: number): Promise<contract.StyleSample[]>;
  addStyleSample(project: number, title: string, text: string): Promise<contract.StyleSample>;
  setStyleSample(sample: contract.StyleSample): Promise<contract.StyleSample>;
  archiveStyleSample(id: number, archived: boolean): Promise<void>;
  /** Words that are right whatever a spelling checker says. */
  rightWords(project: number): Promise<string[]>;
  setRightWord(project: number, word: string, right: boolean): Promise<void>;
  progress(project: number): Promise<contract.Progress>;
  setGoals(project: number, goals: contract.Goals): Promise<void>;
  writingDays(project: number, atMost: number): Promise<contract.WritingDays>;
  /** In the order the scenes are read; scenes without one are left out. */
  summaries(project: number): Promise<contract.Summary[]>;
  /** Of the scene as it was at `version`, or `null`: as it is. An empty text takes the summary away; `model` is empty for the author. */
  setSummary(scene: number, version: number | null, text: string, model: string): Promise<contract.Summary>;
  sceneText(scene: number): Promise<contract.SceneText>;
}

/** What can be asked about models. */
export interface ModelsHost {
  machine(): Promise<contract.MachineFacts>;
  /** Takes up to 20 seconds. */
  measureMachine(): Promise<contract.MachineFacts>;
  modelsHere(): Promise<contract.ModelHere[]>;
  /** What other programs hold. */
  modelsFound(): Promise<contract.ModelHere[]>;
  offers(words: string, context: number): Promise<contract.Offer[]>;
  /** Asks the hub. */
  searchHub(words: string): Promise<contract.HubModel[]>;
  /** Asks the hub. */
  hubFiles(repo: string): Promise<contract.HubFile[]>;
  /** Asks the hub, for an entry of the catalogue or `owner/name:file`; what does not fit comes only when forced. */
  startArrival(name: string, forced: boolean): Promise<void>;
  pauseArrival(name: string): Promise<void>;
  dropArrival(name: string): Promise<void>;
  /** Tells all at once, then every change. */
  watchArrivals(heard: (arrivals: contract.Arrival[]) => void): Promise<void>;
  /** A file or a folder; one that has to be converted is told among the arrivals, and nothing of it is here yet. */
  importModel(path: string, copy: boolean): Promise<contract.ModelHere[]>;
  removeModel(id: string): Promise<void>;
  modelFacts(id: string): Promise<contract.Fact[]>;
  modelSettings(id: string): Promise<contract.ModelSetting[]>;
  setModel(id: string, name: string, value: string): Promise<void>;
  resetModel(id: string): Promise<void>;
  /** Asks the system's keyring, which may ask its user. */
  hubSettings(): Promise<contract.HubSettings>;
  setEndpoints(endpoints: string[]): Promise<void>;
  /** `null` forgets it. */
  setToken(token: string | null): Promise<void>;
  /** The model in use carries a sample on; told as an action is, and stopped as one. */
  tryModel(request: string, heard: (event: contract.ActionEvent) => void): Promise<void>;
}

/** What the machine is asked at the writer's side. */
export interface MachineHost {
  actions(): Promise<contract.ActionInfo[]>;
  /** What would be sent; `not_ready` while the model is loading. */
  planAction(request: contract.ActionRequest): Promise<contract.ContextPlan>;
  /** Resolves when the request is accepted; what happens then is told to `heard`. */
  startAction(request: contract.ActionRequest, heard: (event: contract.ActionEvent) => void): Promise<void>;
  cancelAction(request: string): Promise<void>;
  recordOutcome(outcome: contract.Outcome): Promise<void>;
}

/** What is said of a scene, passage by passage, and what helps a writer who is stuck. */
export interface ReviewHost {
  /** For an action that gives notes; stopped as an action is. */
  startReview(request: contract.ActionRequest, heard: (event: contract.ReviewEvent) => void): Promise<void>;
  /** Those that are kept with a scene. */
  remarks(scene: number): Promise<contract.Remark[]>;
  dismissRemark(remark: number, dismissed: boolean): Promise<void>;
  /** Where passages stand after their author wrote on. */
  moveRemarks(moved: contract.MovedRemark[]): Promise<void>;
  /** Why a finding is meant so; `null`: it is not. */
  setIntended(project: number, key: string, reason: string | null): Promise<void>;
  /** The next question or the diagnosis; no model is asked. */
  unstick(
    situation: contract.Situation,
    answers: contract.StuckAnswer[],
    overruled: contract.Stuck | null,
  ): Promise<contract.UnstickStep>;
}

/** Every method rejects with a `HostError` when the other side refuses. */
export interface Host
  extends LibraryHost, TreeHost, LoreHost, ProjectHost, ModelsHost, MachineHost, ReviewHost {
  samples(): Promise<contract.Sample[]>;

  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;

  /** Tells the present state at once, then every change. */
  watchModel(heard: (state: contract.ModelState) => void): Promise<void>;
  /** `null` is the starter model. */
  useModel(path: string | null): Promise<void>;
  /** Asks the writer for a file; `null` when they thought better of it. */
  chooseModelFile(): Promise<string | null>;
  chooseModelFolder(): Promise<string | null>;
  cancelLoading(): Promise<void>;

  /** Files that are dropped on the window. */
  watchDrops(heard: (paths: string[]) => void): Promise<void>;

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
