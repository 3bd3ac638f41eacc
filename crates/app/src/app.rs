//! The window's side of things: a library of manuscripts and a model, brought together.

mod planning;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use foolscap_manuscript::{Library, ProjectId, SceneId};
use foolscap_models::Choice;
use foolscap_models::shelf::Speed;

use crate::api::{
    Action, ActionEvent, ActionKind, ActionRequest, ModelState, OpenProject, Outcome, Problem, ProblemCode,
    ProjectSummary, RequestId, SaveScene, Saved, Scene, Settings, Verdict,
};
use crate::context::{Background, gather};
use crate::engine::{Engine, Sink, Watcher};
use crate::lock::lock;
use crate::memory::Memory;
use crate::models::Models;
use crate::provenance::Origin;
use crate::samples::samples;
use crate::studio::summary;

pub(crate) const SETTINGS: &str = "settings";
/// Words of a trial: two sentences or so.
const TRIAL_WORDS: u32 = 40;

/// An open library and a model.
pub struct App {
    library: Arc<Mutex<Library>>,
    /// Of each request that is under way, the outcomes that are known already: a writer may take words before
    /// the candidate is complete and recorded.
    early: Arc<Mutex<HashMap<RequestId, Vec<Outcome>>>>,
    memory: Memory,
    engine: Engine,
    models: Models,
}

/// Beside the library: what models have read.
const MEMORY: &str = "read";

impl App {
    /// Opens a library (a new one where there is none) and begins to load the model it was last used with.
    ///
    /// # Errors
    /// [`ProblemCode::Library`] when the library cannot be opened.
    pub fn open(library: &Path) -> Result<Self, Problem> {
        let folder = library.parent().unwrap_or(Path::new(".")).to_owned();
        let library = Library::open(library)?;
        let settings = settings_of(&library)?;
        let memory = Memory::on_disk(settings.memory(), folder.join(MEMORY));
        let patience = settings.patience();
        let models = Models::of(&folder, &[]);
        let library = Arc::new(Mutex::new(library));
        let engine = Engine::start(models.selected(in_use(settings.model)), memory.clone())?;
        engine.set_patience(patience);
        Ok(Self { library, early: Arc::default(), memory, engine, models })
    }

    /// All projects, the one changed last first.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn projects(&self) -> Result<Vec<ProjectSummary>, Problem> {
        Ok(self.library().projects()?.into_iter().map(summary).collect())
    }

    /// A new project, with an empty page or one that begins with `text`.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn create_project(&self, title: &str, text: Option<&str>) -> Result<OpenProject, Problem> {
        let project = self.library().create_project(title, "", text.unwrap_or_default())?;
        self.open_project(project.id.0)
    }

    /// A project with its scene; it is the one that opens next time.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn open_project(&self, id: u32) -> Result<OpenProject, Problem> {
        let mut library = self.library();
        let project = library.project(ProjectId(id))?;
        let scene = library.scenes(project.id)?.into_iter().next();
        let scene = scene.ok_or_else(|| {
            Problem::new(ProblemCode::NotFound, format!("{} has no page to open", project.title))
        })?;
        let scene = library.scene(scene.id)?;
        let mut settings = settings_of(&library)?;
        settings.last_project = Some(id);
        keep_settings(&mut library, &settings)?;
        let scene = Scene {
            id: scene.id.0,
            project: scene.project.0,
            document: scene.document,
            text: scene.text,
            version: scene.version,
            words: scene.words,
            updated_at: scene.updated_at,
        };
        Ok(OpenProject { project: summary(project), scene })
    }

    /// Gives a project another title.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn rename_project(&self, id: u32, title: &str) -> Result<ProjectSummary, Problem> {
        Ok(summary(self.library().rename_project(ProjectId(id), title)?))
    }

    /// Saves a scene; when this returns, it is on disk.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] when it was saved elsewhere since, [`ProblemCode::Library`].
    pub fn save_scene(&self, save: &SaveScene) -> Result<Saved, Problem> {
        let saved =
            self.library().save_scene(SceneId(save.scene), save.base_version, &save.document, &save.text)?;
        Ok(Saved {
            scene: saved.scene.0,
            version: saved.version,
            words: saved.words,
            updated_at: saved.updated_at,
        })
    }

    /// The writer's settings.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn settings(&self) -> Result<Settings, Problem> {
        settings_of(&self.library())
    }

    /// Keeps the writer's settings. The model and the last project are kept by what changes them.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn save_settings(&self, settings: &Settings) -> Result<(), Problem> {
        let mut library = self.library();
        let Settings { model, last_project, .. } = settings_of(&library)?;
        keep_settings(&mut library, &Settings { model, last_project, ..settings.clone() })?;
        self.memory.set(settings.memory());
        self.engine.set_patience(settings.patience());
        Ok(())
    }

    /// Tells how the model stands now and whenever that changes.
    pub fn watch_model(&self, watcher: Watcher) {
        self.engine.watch(watcher);
    }

    /// Loads another model and keeps the choice; none: the starter.
    ///
    /// # Errors
    /// [`ProblemCode::Library`] when the choice cannot be kept.
    pub fn use_model(&self, path: Option<String>) -> Result<(), Problem> {
        {
            let mut library = self.library();
            let settings = Settings { model: path.clone(), ..settings_of(&library)? };
            keep_settings(&mut library, &settings)?;
        }
        self.engine.load(self.models.selected(in_use(path)));
        Ok(())
    }

    /// Stops loading; the model rests until something is asked of it.
    pub fn cancel_loading(&self) {
        self.engine.cancel_loading();
    }

    /// Which models there are, and how they come and go.
    pub fn models(&self) -> &Models {
        &self.models
    }

    /// Sets something for a model, and loads it anew if it is the one in use; an empty value takes it back.
    ///
    /// # Errors
    /// As [`Models::set`].
    pub fn set_model(&self, id: &str, setting: &str, value: &str) -> Result<(), Problem> {
        self.models.set(id, setting, value)?;
        self.reload_if_in_use(id)
    }

    /// Takes back all that is set for a model, and loads it anew if it is the one in use.
    ///
    /// # Errors
    /// As [`Models::reset`].
    pub fn reset_model(&self, id: &str) -> Result<(), Problem> {
        self.models.reset(id)?;
        self.reload_if_in_use(id)
    }

    fn reload_if_in_use(&self, id: &str) -> Result<(), Problem> {
        let choice = self.models.choose(Path::new(id))?;
        if choice == in_use(self.settings()?.model) {
            self.engine.load(self.models.selected(choice));
        }
        Ok(())
    }

    /// Takes a request; its events go to `sink`, and its candidates into the library with their provenance.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] when a request of this name is under way.
    pub fn start_action(&self, request: ActionRequest, mut sink: Sink) -> Result<(), Problem> {
        let model_id = self.settings()?.model.unwrap_or_else(|| Choice::Starter.id());
        let told = gather(&self.library(), &request)?;
        let mut provenance = Provenance {
            library: self.library.clone(),
            early: self.early.clone(),
            model_id,
            of: None,
            request: request.clone(),
        };
        // An early outcome is kept from here on; a name that is taken is refused by the engine below.
        lock(&self.early).entry(request.request.clone()).or_default();
        let mut over = false;
        self.engine.act(
            request,
            told,
            Box::new(move |event| match provenance.note(&event) {
                // Words whose origin cannot be kept are not shown: the library is full or gone.
                Err(problem) if !over => {
                    over = true;
                    let _ = sink(ActionEvent::Failed { problem });
                    ControlFlow::Break(())
                }
                _ if over => ControlFlow::Break(()),
                _ => sink(event),
            }),
        )
    }

    /// Has the model in use carry a sample on: how it writes, and how fast it is here, which is kept with it. Nothing of it
    /// goes into the library.
    ///
    /// # Errors
    /// As [`App::start_action`].
    pub fn try_model(&self, request: RequestId, mut sink: Sink) -> Result<(), Problem> {
        let (choice, models) = (in_use(self.settings()?.model), self.models.clone());
        let sample = samples().into_iter().max_by_key(|sample| sample.text.len());
        let asked = ActionRequest {
            before: sample.map_or_else(String::new, |sample| sample.text),
            words: Some(TRIAL_WORDS),
            candidates: Some(1),
            ..ActionRequest::new(request, Action::new(ActionKind::Continue))
        };
        let act = move |event: ActionEvent| {
            // Where the sample was still known from the last time, reading it took no time that says anything.
            if let ActionEvent::Finished { figures } = &event
                && figures.reused_tokens == 0
            {
                let (prefill, decode) = (figures.prefill_tok_s, figures.decode_tok_s);
                // It is a help: what cannot be kept is measured again.
                let _ = models.keep_speed(&choice, Speed { prefill, decode, memory: None });
            }
            sink(event)
        };
        self.engine.act(asked, Background::default(), Box::new(act))
    }

    /// Stops a request; what came stays.
    pub fn cancel_action(&self, request: &str) {
        self.engine.cancel(request);
    }

    /// Keeps what became of a candidate; of one that is not complete yet, as soon as it is.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn record_outcome(&self, outcome: &Outcome) -> Result<(), Problem> {
        if let Some(known) = lock(&self.early).get_mut(&outcome.request) {
            known.push(outcome.clone());
            return Ok(());
        }
        keep_outcome(&mut self.library(), outcome)
    }

    /// How the model stands now.
    pub fn model(&self) -> ModelState {
        self.engine.state()
    }

    fn library(&self) -> MutexGuard<'_, Library> {
        lock(&self.library)
    }
}

/// Gathers what a request makes, and keeps each candidate when it is done.
struct Provenance {
    library: Arc<Mutex<Library>>,
    early: Arc<Mutex<HashMap<RequestId, Vec<Outcome>>>>,
    model_id: String,
    request: ActionRequest,
    of: Option<Origin>,
}

impl Provenance {
    fn note(&mut self, event: &ActionEvent) -> Result<(), Problem> {
        match event {
            ActionEvent::Started { .. } => self.of = Origin::of(event),
            ActionEvent::Text { candidate, text } => {
                if let Some(origin) = &mut self.of {
                    origin.texts.entry(*candidate).or_default().push_str(text);
                }
            }
            ActionEvent::CandidateDone { candidate, .. } => {
                self.keep(*candidate)?;
            }
            ActionEvent::Finished { .. } | ActionEvent::Failed { .. } => {
                // After a failure, candidates that were not done: their words may have been taken.
                let open: Vec<u32> = self.of.iter().flat_map(|of| of.texts.keys().copied()).collect();
                let kept = open.into_iter().try_for_each(|candidate| self.keep(candidate));
                let known = lock(&self.early).remove(&self.request.request).unwrap_or_default();
                let mut library = lock(&self.library);
                return known.iter().fold(kept, |all, outcome| match keep_outcome(&mut library, outcome) {
                    // A candidate that ended without a word was not recorded, and nothing became of it.
                    Err(problem) if problem.code == ProblemCode::NotFound => all,
                    kept => all.and(kept),
                });
            }
            ActionEvent::Reading { .. } | ActionEvent::Token { .. } => {}
        }
        Ok(())
    }

    /// Records a candidate that has words.
    fn keep(&mut self, candidate: u32) -> Result<(), Problem> {
        if let Some(origin) = &mut self.of
            && let Some(text) = origin.texts.remove(&candidate)
        {
            let new = origin.suggestion(&self.request, &self.model_id, candidate, text);
            lock(&self.library).record_suggestion(&new)?;
        }
        Ok(())
    }
}

fn keep_outcome(library: &mut Library, outcome: &Outcome) -> Result<(), Problem> {
    let verdict = match outcome.verdict {
        Verdict::Accepted => foolscap_manuscript::Verdict::Accepted,
        Verdict::Rejected => foolscap_manuscript::Verdict::Rejected,
    };
    Ok(library.record_outcome(&outcome.request, outcome.candidate, verdict, &outcome.text)?)
}

/// The model that settings name.
fn in_use(path: Option<String>) -> Choice {
    path.map(|path| Choice::File(PathBuf::from(path))).unwrap_or_default()
}

fn settings_of(library: &Library) -> Result<Settings, Problem> {
    let json = library.setting(SETTINGS)?;
    // Settings of another version that do not read are settings anew, not a reason to stay shut.
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

fn keep_settings(library: &mut Library, settings: &Settings) -> Result<(), Problem> {
    let json = serde_json::to_string(settings)
        .map_err(|e| Problem::new(ProblemCode::Library, format!("the settings cannot be written: {e}")))?;
    Ok(library.set_setting(SETTINGS, &json)?)
}
