// The real host: the generated bindings, with their results turned into promises that reject.
import { Channel } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { commands } from "./bindings";
import {
  type ExperimentSummary,
  type ExportOptions,
  HostError,
  type Host,
  type Problem,
  type Settings,
} from "./host";

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Problem };

async function open<T>(answer: Promise<Answer<T>>): Promise<T> {
  const result = await answer;
  if (result.status === "error") throw new HostError(result.error);
  return result.data;
}

async function done(answer: Promise<Answer<null>>): Promise<void> {
  await open(answer);
}

/** The same for what may be left out on the way there and never is on the way back. */
function whole<Kept>(answer: Promise<Answer<unknown>>): Promise<Kept> {
  return open(answer) as Promise<Kept>;
}

export function tauriHost(): Host {
  return {
    libraryState: () => open(commands.libraryState()),
    recoveryTold: () => done(commands.recoveryTold()),
    listProjects: () => open(commands.listProjects()),
    archivedProjects: () => open(commands.archivedProjects()),
    createProject: (title, text) => open(commands.createProject(title, text ?? null)),
    openProject: (id) => open(commands.openProject(id)),
    openScene: (id) => open(commands.openScene(id)),
    renameProject: (id, title) => open(commands.renameProject(id, title)),
    archiveProject: (id, archived) => done(commands.archiveProject(id, archived)),
    saveScene: (save) => open(commands.saveScene(save)),
    sceneCard: (scene) => open(commands.sceneCard(scene)),
    setSceneCard: (scene, card) => done(commands.setSceneCard(scene, card)),

    outline: (project) => open(commands.outline(project)),
    addItem: (project, kind, title, place) => open(commands.addItem(project, kind, title, place)),
    renameItem: (item, title) => open(commands.renameItem(item, title)),
    moveItem: (item, place) => open(commands.moveItem(item, place)),
    duplicateItem: (item) => open(commands.duplicateItem(item)),
    archiveItem: (item) => open(commands.archiveItem(item)),
    unarchiveItem: (item) => open(commands.unarchiveItem(item)),
    archivedItems: (project) => open(commands.archivedItems(project)),
    splitScene: (scene, base, position, title) => open(commands.splitScene(scene, base, position, title)),
    mergeScene: (scene, base) => open(commands.mergeScene(scene, base)),
    setChapterSynopsis: (chapter, synopsis) => done(commands.setChapterSynopsis(chapter, synopsis)),
    undoStep: (project, undo) => open(commands.undoStep(project, undo)),

    revisions: (scene) => open(commands.revisions(scene)),
    revision: (id) => open(commands.revision(id)),
    compare: (before, after) => open(commands.compareRevisions(before, after)),
    snapshot: (scene, name) => open(commands.snapshotScene(scene, name)),
    snapshotProject: (project, name) => open(commands.snapshotProject(project, name)),
    nameRevision: (id, name) => open(commands.nameRevision(id, name)),
    restoreRevision: (id, base) => open(commands.restoreRevision(id, base)),

    find: (project, scene, pattern, replacement, limit) =>
      open(commands.findPlaces(project, scene, pattern, replacement, limit)),
    replace: (project, chosen) => open(commands.replacePlaces(project, chosen)),
    lookUp: (project, words) => open(commands.lookUp(project, words)),

    authorship: (project) => open(commands.authorship(project)),
    wordOrigin: (scene, request, candidate) => open(commands.wordOrigin(scene, request, candidate)),
    chooseReportFile: (title, format) => open(commands.chooseReportFile(title, format)),
    saveReport: (project, format, file) => done(commands.saveReport(project, format, file)),

    spellingLanguages: () => open(commands.spellingLanguages()),
    checkSpelling: (project, language, paragraphs) =>
      open(commands.checkSpelling(project, language, paragraphs)),
    suggestSpelling: (project, language, word) => open(commands.suggestSpelling(project, language, word)),
    showDictionaries: () => done(commands.showDictionaries()),

    backups: () => open(commands.backups()),
    backUp: () => open(commands.backUp()),
    setBackupSchedule: (schedule) => done(commands.setBackupSchedule(schedule)),
    restoreBackup: (file) => open(commands.restoreBackup(file)),
    showBackups: () => done(commands.showBackups()),

    chooseImportFiles: (title, manuscripts) => open(commands.chooseImportFiles(title, manuscripts)),
    chooseImportFolder: (title) => open(commands.chooseImportFolder(title)),
    previewImport: (files) => open(commands.previewImport(files)),
    importFiles: (files, project, title) => open(commands.importFiles(files, project, title)),
    sortDropped: (paths) => open(commands.sortDropped(paths)),
    exportChoice: async (project) => {
      const { format, options } = await open(commands.exportChoice(project));
      return { format, options: options as ExportOptions };
    },
    exportPlace: (project, format) => open(commands.exportPlace(project, format)),
    chooseExportFile: (format, proposed) => open(commands.chooseExportFile(format, proposed)),
    exportProject: (project, format, options, file) =>
      open(commands.exportProject(project, format, options, file)),
    showFile: (file) => done(commands.showFile(file)),
    lore: (project) => open(commands.lore(project)),
    archivedLore: (project) => open(commands.archivedLore(project)),
    addLore: (project, what) => open(commands.addLore(project, what)),
    setLore: (id, what) => open(commands.setLore(id, what)),
    archiveLore: (id, archived) => done(commands.archiveLore(id, archived)),
    lorePassages: (id) => open(commands.lorePassages(id)),
    loreAt: (project, before, after) => open(commands.loreAt(project, before, after)),

    brief: (project) => open(commands.brief(project)),
    setBrief: (project, brief) => done(commands.setBrief(project, brief)),
    styleSamples: (project) => open(commands.styleSamples(project)),
    archivedStyleSamples: (project) => open(commands.archivedStyleSamples(project)),
    addStyleSample: (project, title, text) => open(commands.addStyleSample(project, title, text)),
    setStyleSample: (sample) => open(commands.setStyleSample(sample)),
    archiveStyleSample: (id, archived) => done(commands.archiveStyleSample(id, archived)),
    rightWords: (project) => open(commands.rightWords(project)),
    setRightWord: (project, word, right) => done(commands.setRightWord(project, word, right)),
    progress: (project) => open(commands.progress(project)),
    setGoals: (project, goals) => done(commands.setGoals(project, goals)),
    writingDays: (project, atMost) => open(commands.writingDays(project, atMost)),
    summaries: (project) => open(commands.summaries(project)),
    setSummary: (scene, version, text, model) => open(commands.setSummary(scene, version, text, model)),
    sceneText: (scene) => open(commands.sceneText(scene)),

    samples: () => open(commands.samples()),

    settings: async () => (await open(commands.settings())) as Settings,
    saveSettings: (settings) => done(commands.saveSettings(settings)),

    watchModel: (heard) => done(commands.watchModel(new Channel(heard))),
    useModel: (path) => done(commands.useModel(path)),
    chooseModelFile: (title) => open(commands.chooseModelFile(title)),
    chooseModelFolder: (title) => open(commands.chooseModelFolder(title)),
    cancelLoading: () => done(commands.cancelLoading()),

    machine: () => open(commands.machine()),
    measureMachine: () => open(commands.measureMachine()),
    modelsHere: () => open(commands.modelsHere()),
    modelsFound: () => open(commands.modelsFound()),
    offers: (words, context) => open(commands.offers(words, context)),
    searchHub: (words) => open(commands.searchHub(words)),
    hubFiles: (repo) => open(commands.hubFiles(repo)),
    startArrival: (name, forced) => done(commands.startArrival(name, forced)),
    pauseArrival: (name) => done(commands.pauseArrival(name)),
    dropArrival: (name) => done(commands.dropArrival(name)),
    watchArrivals: (heard) => done(commands.watchArrivals(new Channel(heard))),
    importModel: (path, copy) => open(commands.importModel(path, copy)),
    removeModel: (id) => done(commands.removeModel(id)),
    modelFacts: (id) => open(commands.modelFacts(id)),
    modelSettings: (id) => open(commands.modelSettings(id)),
    setModel: (id, name, value) => done(commands.setModel(id, name, value)),
    resetModel: (id) => done(commands.resetModel(id)),
    hubSettings: () => open(commands.hubSettings()),
    setEndpoints: (endpoints) => done(commands.setEndpoints(endpoints)),
    setToken: (token) => done(commands.setToken(token)),
    tryModel: (request, heard) => done(commands.tryModel(request, new Channel(heard))),
    watchDrops: async (heard) => {
      await getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === "drop") heard(payload.paths);
      });
    },

    actions: (project) => open(commands.actions(project)),
    planAction: (request) => open(commands.planAction(request)),
    startAction: (request, heard) => done(commands.startAction(request, new Channel(heard))),
    cancelAction: (request) => done(commands.cancelAction(request)),
    recordOutcome: (outcome) => done(commands.recordOutcome(outcome)),
    suggestions: (scene) => open(commands.suggestions(scene)),

    startReview: (request, heard) => done(commands.startReview(request, new Channel(heard))),
    remarks: (scene) => open(commands.remarks(scene)),
    dismissRemark: (remark, dismissed) => done(commands.dismissRemark(remark, dismissed)),
    moveRemarks: (moved) => done(commands.moveRemarks(moved)),
    setIntended: (project, key, reason) => done(commands.setIntended(project, key, reason)),
    unstick: (situation, answers, overruled) => open(commands.unstick(situation, answers, overruled)),

    promptShelf: () => whole(commands.promptShelf()),
    promptText: (label) => whole(commands.promptText(label)),
    promptVocabulary: () => open(commands.promptVocabulary()),
    checkPrompt: (source) => whole(commands.checkPrompt(source)),
    savePrompt: (source, parent, message) => whole(commands.savePrompt(source, parent, message)),
    archivePrompt: (name, archived) => done(commands.archivePrompt(name, archived)),
    usePrompt: (action, project, label) => done(commands.usePrompt(action, project, label)),
    comparePrompts: (before, after) => open(commands.comparePrompts(before, after)),
    planTrial: (trial) => open(commands.planTrial(trial)),
    startTrial: (trial, heard) => done(commands.startTrial(trial, new Channel(heard))),
    choosePromptFolder: (title) => open(commands.choosePromptFolder(title)),
    exportPrompts: (names, folder) => open(commands.exportPrompts(names, folder)),
    importPrompts: (folder) => whole(commands.importPrompts(folder)),
    lessons: (language) => whole(commands.lessons(language)),

    testSets: () => open(commands.testSets()),
    testSet: (id) => whole(commands.testSet(id)),
    saveTestSet: (id, name, passages) => open(commands.saveTestSet(id, name, passages)),
    archiveTestSet: (id, archived) => done(commands.archiveTestSet(id, archived)),
    choosePassagesFile: (title) => open(commands.choosePassagesFile(title)),
    readPassages: (file) => whole(commands.readPassages(file)),

    watchExperiments: (heard) =>
      done(commands.watchExperiments(new Channel((all) => heard(all as ExperimentSummary[])))),
    newExperiment: (plan) => whole(commands.newExperiment(plan)),
    sampleExperiment: () => whole(commands.sampleExperiment()),
    experimentPlan: (id) => whole(commands.experimentPlan(id)),
    startExperiment: (id) => done(commands.startExperiment(id)),
    pauseExperiment: (id) => done(commands.pauseExperiment(id)),
    archiveExperiment: (id, archived) => done(commands.archiveExperiment(id, archived)),
    experimentResults: (id) => whole(commands.experimentResults(id)),
    experimentAnswers: (id, query) => whole(commands.experimentAnswers(id, query)),
    experimentAnswer: (answer) => whole(commands.experimentAnswer(answer)),
    nextPair: (id) => whole(commands.nextPair(id)),
    vote: (pair, preference) => done(commands.vote(pair, preference)),
    undoVote: (id) => open(commands.undoVote(id)),
    rateAnswer: (answer, stars, note) => done(commands.rateAnswer(answer, stars, note)),
    judgeExperiment: (id, model, task) => done(commands.judgeExperiment(id, model, task)),
    chooseResultsFile: (name, format) => open(commands.chooseResultsFile(name, format)),
    saveResults: (id, format, file) => done(commands.saveResults(id, format, file)),

    beforeClose: async (settle) => {
      await getCurrentWindow().onCloseRequested(async (event) => {
        if (!(await settle())) event.preventDefault();
      });
    },
  };
}
