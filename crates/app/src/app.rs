//! The window's side of things: a library of manuscripts and a model, brought together.

mod planning;
mod reviewing;
mod trying;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use foolscap_manuscript::{Cause, Library, SceneId};
use foolscap_models::Choice;
use foolscap_models::shelf::Speed;

use crate::api::{
    Action, ActionEvent, ActionKind, ActionRequest, BackupFile, BackupList, ModelState, Outcome, Problem,
    ProblemCode, RequestId, Settings, Verdict,
};
use crate::backups::{Backups, Keeper};
use crate::context::{Background, gather};
use crate::engine::{Engine, Sink, Watcher};
use crate::lock::{Lent, lock};
use crate::looking::Latest;
use crate::memory::Memory;
use crate::models::Models;
use crate::provenance::Origin;
use crate::samples::samples;
use crate::spelling::Spelling;
use crate::studio::Studio;
use crate::workbench::{Bench, Hold, Loader, Runner};
pub use reviewing::ReviewSink;
pub use trying::known;

/// Words of a trial: two sentences or so.
const TRIAL_WORDS: u32 = 40;

/// An open library and a model.
pub struct App {
    /// Ends first: it works with all the others.
    runner: Runner,
    /// Ends before the library is let go of, so that this closes it.
    keeper: Keeper,
    studio: Arc<Mutex<Studio>>,
    /// Of each request that is under way, the outcomes that are known already: a writer may take words before
    /// the candidate is complete and recorded.
    early: Arc<Mutex<HashMap<RequestId, Early>>>,
    memory: Memory,
    engine: Arc<Engine>,
    /// Models that are tried beside the one in use.
    beside: Mutex<Vec<trying::Beside>>,
    bench: Bench,
    hold: Hold,
    models: Models,
    spelling: Spelling,
    backups: Backups,
    pub(crate) finds: Latest,
}

/// Beside the library: what models have read.
const MEMORY: &str = "read";

impl App {
    /// Opens a library (a new one where there is none) and begins to load the model it was last used with. One that another
    /// process writes is opened to read.
    ///
    /// # Errors
    /// [`ProblemCode::Library`] when the library cannot be opened.
    pub fn open(library: &Path) -> Result<Self, Problem> {
        let folder = library.parent().unwrap_or(Path::new(".")).to_owned();
        let studio = Studio::open_to_read(library)?;
        let settings = studio.settings()?;
        let memory = Memory::on_disk(settings.memory(), folder.join(MEMORY));
        let patience = settings.patience();
        let models = Models::of(&folder, &[]);
        let studio = Arc::new(Mutex::new(studio));
        let engine = Arc::new(Engine::start(models.selected(in_use(settings.model)), memory.clone())?);
        engine.set_patience(patience);
        let (bench, hold) = (Bench::of(&folder), Hold::default());
        let runner = start_runner(&bench, &hold, &models, &studio, &engine)?;
        let (spelling, backups) = (Spelling::of(&folder), Backups::of(library));
        let keeper = Keeper::start(backups.clone(), Lent::new(&studio));
        let finds = Latest::default();
        let (early, beside) = (Arc::default(), Mutex::default());
        Ok(Self {
            studio,
            early,
            memory,
            engine,
            beside,
            bench,
            hold,
            runner,
            models,
            spelling,
            backups,
            keeper,
            finds,
        })
    }

    /// What an author does without a model. It is locked as long as it is held: hold it for one step.
    pub fn studio(&self) -> MutexGuard<'_, Studio> {
        lock(&self.studio)
    }

    /// Keeps the writer's settings. The model and the last project are kept by what changes them.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn save_settings(&self, settings: &Settings) -> Result<(), Problem> {
        self.studio().save_settings(settings)?;
        self.memory.set(settings.memory());
        self.engine.set_patience(settings.patience());
        Ok(())
    }

    /// The dictionaries there are; what is known of a project's words is [`Studio::project_words`].
    pub fn spelling(&self) -> &Spelling {
        &self.spelling
    }

    /// The backups there are, what is wanted of them, and whether the last one was made.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn backups(&self) -> Result<BackupList, Problem> {
        let list = self.studio().backups()?;
        Ok(BackupList { problem: self.keeper.problem(), ..list })
    }

    /// Makes a backup now; writing goes on meanwhile.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn back_up(&self) -> Result<BackupFile, Problem> {
        let keep = self.studio().backups()?.schedule.keep;
        self.backups.make(Some(keep))
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
        self.studio().change_settings(|settings| settings.model = path.clone())?;
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
        if choice == in_use(self.studio().settings()?.model) {
            self.engine.load(self.models.selected(choice));
        }
        Ok(())
    }

    /// Takes a request; its events go to `sink`, and its candidates into the library with their provenance.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] when a request of this name is under way.
    pub fn start_action(&self, request: ActionRequest, mut sink: Sink) -> Result<(), Problem> {
        let (model_id, told) = {
            let mut studio = self.studio();
            let model = studio.settings()?.model.unwrap_or_else(|| Choice::Starter.id());
            (model, self.told(&mut studio, &request)?)
        };
        let writer = self.hold.writer();
        let mut provenance = Provenance {
            studio: self.studio.clone(),
            early: self.early.clone(),
            model_id,
            of: None,
            request: request.clone(),
        };
        // An early outcome is kept from here on; a name that is taken is refused by the engine below.
        let early = Early { scene: request.scene, outcomes: Vec::new() };
        lock(&self.early).entry(request.request.clone()).or_insert(early);
        let mut over = false;
        self.engine.act(
            request,
            told,
            Box::new(move |event| {
                // What experiments ask waits as long as this sink lives.
                let _ = &writer;
                match provenance.note(&event) {
                    // Words whose origin cannot be kept are not shown: the library is full or gone.
                    Err(problem) if !over => {
                        over = true;
                        let _ = sink(ActionEvent::Failed { problem });
                        ControlFlow::Break(())
                    }
                    _ if over => ControlFlow::Break(()),
                    _ => sink(event),
                }
            }),
        )
    }

    /// Has the model in use carry a sample on: how it writes, and how fast it is here, which is kept with it. Nothing of it
    /// goes into the library.
    ///
    /// # Errors
    /// As [`App::start_action`].
    pub fn try_model(&self, request: RequestId, mut sink: Sink) -> Result<(), Problem> {
        let (choice, models) = (in_use(self.studio().settings()?.model), self.models.clone());
        let sample = samples().into_iter().max_by_key(|sample| sample.text.len());
        let asked = ActionRequest {
            before: sample.map_or_else(String::new, |sample| sample.text),
            words: Some(TRIAL_WORDS),
            candidates: Some(1),
            ..ActionRequest::new(request, Action::new(ActionKind::Continue))
        };
        let writer = self.hold.writer();
        let act = move |event: ActionEvent| {
            let _ = &writer;
            // Where the sample was still known from the last time, reading it took no time that says anything; and beside
            // others both took longer.
            if let ActionEvent::Finished { figures } = &event
                && figures.reused_tokens == 0
                && !figures.beside
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
        self.cancel_trial(request);
    }

    /// Keeps what became of a candidate; of one that is not complete yet, as soon as it is. The state of the scene before the
    /// first of its words is kept at once.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn record_outcome(&self, outcome: &Outcome) -> Result<(), Problem> {
        let early = lock(&self.early).get_mut(&outcome.request).map(|known| {
            known.outcomes.push(outcome.clone());
            known.scene
        });
        match early {
            None => keep_outcome(self.studio().library(), outcome),
            Some(Some(scene)) if outcome.verdict == Verdict::Accepted => {
                Ok(self.studio().library().keep_revision(SceneId(scene), Cause::Machine)?)
            }
            Some(_) => Ok(()),
        }
    }

    /// How the model stands now.
    pub fn model(&self) -> ModelState {
        self.engine.state()
    }
}

/// What is known of a request that is not over.
#[derive(Default)]
struct Early {
    scene: Option<u32>,
    outcomes: Vec<Outcome>,
}

/// Gathers what a request makes, and keeps each candidate when it is done.
struct Provenance {
    studio: Arc<Mutex<Studio>>,
    early: Arc<Mutex<HashMap<RequestId, Early>>>,
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
                let mut studio = lock(&self.studio);
                return known.outcomes.iter().fold(kept, |all, outcome| {
                    match keep_outcome(studio.library(), outcome) {
                        // A candidate that ended without a word was not recorded, and nothing became of it.
                        Err(problem) if problem.code == ProblemCode::NotFound => all,
                        kept => all.and(kept),
                    }
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
            lock(&self.studio).library().record_suggestion(&new)?;
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

/// The queue of experiments: it shares the model in use with the writer.
fn start_runner(
    bench: &Bench,
    hold: &Hold,
    models: &Models,
    studio: &Arc<Mutex<Studio>>,
    engine: &Arc<Engine>,
) -> Result<Runner, Problem> {
    let engine = Arc::downgrade(engine);
    let resume = !lock(studio).state().read_only;
    let (models, studio) = (models.clone(), Arc::downgrade(studio));
    Runner::start(bench.clone(), hold.clone(), resume, move || {
        let of = studio.clone();
        let used = move || {
            let model = lock(&*of.upgrade()?).settings().ok()?.model;
            Some((in_use(model), engine.upgrade()?))
        };
        let told = move |request: &ActionRequest| match studio.upgrade() {
            Some(studio) => gather(lock(&studio).library(), request),
            None => Ok(Background::default()),
        };
        Loader::new(models, Box::new(used), Box::new(told), Box::new(|_, _| ()))
    })
}

/// The model that settings name.
fn in_use(path: Option<String>) -> Choice {
    path.map(|path| Choice::File(PathBuf::from(path))).unwrap_or_default()
}
