// What the page needs from whatever runs it. The real window answers through Tauri (`tauri.ts`), browser
// tests and `npm run dev` through a fake (`fake.ts`); nothing outside this folder knows which.
import type * as contract from "./bindings";
import type { WorkbenchHost } from "./workbench";

export type * from "./workbench";

export type {
  Action,
  ActionEvent,
  ActionInfo,
  ActionKind,
  ActionRequest,
  ArchivedItem,
  Arrival,
  AuthorshipLine,
  AuthorshipReport,
  BackupFile,
  BackupList,
  BackupSchedule,
  ChosenPlace,
  Comparison,
  ContextItem,
  ContextKind,
  ContextPart,
  ContextPlan,
  ContextReport,
  DroppedFiles,
  EarlierRequest,
  EndReason,
  ExportedFile,
  ExportPlace,
  Fact,
  Fate,
  Figures,
  FitFacts,
  FoundPlace,
  FoundPlaces,
  FoundScene,
  Gives,
  Focus,
  Goals,
  HubFile,
  HubModel,
  HubSettings,
  ImportedFile,
  ImportPreview,
  ImportStep,
  ItemKind,
  ItemPlace,
  ItemRef,
  LeftOut,
  NotCarried,
  LibraryState,
  Look,
  LoreEntry,
  LoreKind,
  LorePassage,
  LorePassages,
  LoreText,
  LoreTold,
  ManuscriptTypeface,
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
  ReportFormat,
  Review,
  ReviewEvent,
  Revision,
  RevisionCause,
  RevisionSummary,
  Sample,
  Saved,
  SaveScene,
  Scene,
  SceneCard,
  SceneStatus,
  SceneText,
  SearchPattern,
  Situation,
  SpellingLanguages,
  SpellingReport,
  Stuck,
  StuckAnswer,
  StuckBecause,
  StyleSample,
  Summary,
  TextChange,
  Theme,
  TreeStep,
  Typeface,
  UnstickStep,
  VariantInfo,
  WordOrigin,
  WordShares,
  WordSource,
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
  /** The author has been told what was done to recover the library. */
  recoveryTold(): Promise<void>;
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

/** Earlier states of a scene. */
export interface HistoryHost {
  /** The latest first. */
  revisions(scene: number): Promise<contract.RevisionSummary[]>;
  revision(id: number): Promise<contract.Revision>;
  /** From a kept state to another one; `null`: to what its scene is now. */
  compare(before: number, after: number | null): Promise<contract.Comparison>;
  /** `null` for a page that nobody has written on. */
  snapshot(scene: number, name: string): Promise<contract.RevisionSummary | null>;
  /** Answers how many scenes were kept. */
  snapshotProject(project: number, name: string): Promise<number>;
  nameRevision(id: number, name: string | null): Promise<contract.RevisionSummary>;
  restoreRevision(id: number, base: number): Promise<contract.TreeStep>;
}

/** Finding in a project, and replacing. */
export interface SearchHost {
  /** In one scene, or where `scene` is `null` in all; `null` when another search was asked for meanwhile. */
  find(
    project: number,
    scene: number | null,
    pattern: contract.SearchPattern,
    replacement: string | null,
    limit: number,
  ): Promise<contract.FoundPlaces | null>;
  replace(project: number, chosen: contract.ChosenPlace[]): Promise<contract.ReplacedPlaces>;
  /** Scenes that have all the words, the best first. */
  lookUp(project: number | null, words: string): Promise<contract.FoundScene[]>;
}

/** Who wrote what. */
export interface AuthorshipHost {
  authorship(project: number): Promise<contract.AuthorshipReport>;
  wordOrigin(scene: number, request: string, candidate: number): Promise<contract.WordOrigin>;
  /** Asks the writer for a file that may be written; `null` when they thought better of it. */
  chooseReportFile(title: string, format: contract.ReportFormat): Promise<string | null>;
  saveReport(project: number, format: contract.ReportFormat, file: string): Promise<void>;
}

/** How a project is exported, all of it said. */
export type ExportOptions = Required<contract.ExportOptions>;

/** Files in and out. */
export interface FilesHost {
  /**
   * Asks the writer; empty when they thought better of it. Titles of the system's dialogs, and what files are called in
   * them, are in the language of the page.
   */
  chooseImportFiles(title: string, manuscripts: string): Promise<string[]>;
  chooseImportFolder(title: string): Promise<string | null>;
  /** What an import would make; nothing is stored. */
  previewImport(files: string[]): Promise<contract.ImportPreview>;
  /** Into a project; `null`: into a new one, called as `title` says or else as the files do. */
  importFiles(files: string[], project: number | null, title: string | null): Promise<contract.ImportStep>;
  sortDropped(paths: string[]): Promise<contract.DroppedFiles>;
  /** How it was exported last, or would be the first time. */
  exportChoice(project: number): Promise<{ format: string; options: ExportOptions }>;
  exportPlace(project: number, format: string): Promise<contract.ExportPlace>;
  /** Asks the writer for another place; `null` when they thought better of it. */
  chooseExportFile(format: string, proposed: string): Promise<string | null>;
  exportProject(
    project: number,
    format: string,
    options: ExportOptions,
    file: string,
  ): Promise<contract.ExportedFile>;
  /** Shows a file that was written in the system's file manager. */
  showFile(file: string): Promise<void>;
}

/** Spelling. */
export interface SpellingHost {
  spellingLanguages(): Promise<contract.SpellingLanguages>;
  /** In the language that is given; `null`: in the project's, or the one the text seems to be in. */
  checkSpelling(
    project: number,
    language: string | null,
    paragraphs: string[],
  ): Promise<contract.SpellingReport>;
  /** What a word may have been meant to be, the likeliest first. */
  suggestSpelling(project: number, language: string, word: string): Promise<string[]>;
  /** Shows the folder of the author's own dictionaries. */
  showDictionaries(): Promise<void>;
}

/** Backups of the library. */
export interface BackupsHost {
  backups(): Promise<contract.BackupList>;
  backUp(): Promise<contract.BackupFile>;
  setBackupSchedule(schedule: contract.BackupSchedule): Promise<void>;
  /** Answers with the file that what was there before is kept in; everything is to be read anew then. */
  restoreBackup(file: string): Promise<string>;
  /** Shows their folder in the system's file manager. */
  showBackups(): Promise<void>;
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
  /** As the prompts in use in a project describe them. */
  actions(project: number | null): Promise<contract.ActionInfo[]>;
  /** What would be sent; `not_ready` while the model is loading. */
  planAction(request: contract.ActionRequest): Promise<contract.ContextPlan>;
  /** Resolves when the request is accepted; what happens then is told to `heard`. */
  startAction(request: contract.ActionRequest, heard: (event: contract.ActionEvent) => void): Promise<void>;
  cancelAction(request: string): Promise<void>;
  recordOutcome(outcome: contract.Outcome): Promise<void>;
  /** What was asked for places of a scene with all that came of it, the earliest first. */
  suggestions(scene: number): Promise<contract.EarlierRequest[]>;
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
  extends
    LibraryHost,
    TreeHost,
    LoreHost,
    ProjectHost,
    HistoryHost,
    SearchHost,
    SpellingHost,
    AuthorshipHost,
    BackupsHost,
    FilesHost,
    ModelsHost,
    MachineHost,
    ReviewHost,
    WorkbenchHost {
  samples(): Promise<contract.Sample[]>;

  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;

  /** Tells the present state at once, then every change. */
  watchModel(heard: (state: contract.ModelState) => void): Promise<void>;
  /** `null` is the starter model. */
  useModel(path: string | null): Promise<void>;
  /** Asks the writer for a file; `null` when they thought better of it. */
  chooseModelFile(title: string): Promise<string | null>;
  chooseModelFolder(title: string): Promise<string | null>;
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
