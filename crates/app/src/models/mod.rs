//! What is done with models, apart from working with one: which are here, which can be had and fit, how they come and go.
//! The window and the command line ask the same.

mod arrivals;
mod facts;
mod names;

use std::path::{Path, PathBuf};

use foolscap_engine::{Cancel, Gguf, Model};
use foolscap_models::catalog::{Catalog, Recommended};
use foolscap_models::convert::{self, Form, Plan};
use foolscap_models::download::{Outcome, Progress, Wanted};
use foolscap_models::found::{Held, Places};
use foolscap_models::hub::{Hub, Options, Policy, Repo, default_cache};
use foolscap_models::machine::{self, Machine, Rates};
use foolscap_models::settings::SETTINGS;
use foolscap_models::shelf::{Shelf, Shelved, Source, Speed};
use foolscap_models::token::Token;
use foolscap_models::{Choice, STARTER, import};

use crate::Selected;
use crate::api::{
    Fact, FitFacts, HubFile, HubModel, MachineFacts, ModelHere, ModelSetting, Offer, Problem, ProblemCode,
};
use crate::bench::Measured;
use crate::inspect;
use arrivals::Arrivals;
pub use arrivals::ArrivalsWatcher;
use names::Wish;

/// Tokens that a need is told for where nobody says otherwise: as many as a chapter with its notes.
pub const CONTEXT: u32 = 8192;

/// Where models are and come from.
#[derive(Clone)]
pub struct Models {
    /// Of the program's own: the list, copies, and what this machine can do.
    folder: PathBuf,
    endpoints: Vec<String>,
    cache: PathBuf,
    arrivals: Arrivals,
}

/// How a model is taken onto the list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Import {
    /// Into Foolscap's own folder, rather than used where it lies.
    pub copy: bool,
    /// What weights that are converted are stored as.
    pub form: Form,
}

/// How far a copy or a conversion is.
#[derive(Debug, Clone, Copy)]
pub struct Importing<'a> {
    /// The file, or the tensor, at hand.
    pub what: &'a str,
    /// Bytes that are written.
    pub done: u64,
    /// Bytes of all.
    pub total: u64,
}

/// The folder where everything of Foolscap's own is kept: that of the library (`FOOLSCAP_LIBRARY`), or one in the user's
/// data folder, the same for the window and the command line.
pub fn data_folder() -> PathBuf {
    let library = std::env::var_os("FOOLSCAP_LIBRARY").map(PathBuf::from);
    let beside = library.and_then(|library| library.parent().map(Path::to_owned));
    beside.unwrap_or_else(|| dirs::data_dir().unwrap_or_default().join("app.foolscap.desktop"))
}

impl Models {
    /// Those of a folder. `endpoints`: where the hub is, and its mirrors; none: where it always is. Nobody is asked, and
    /// nothing is opened yet.
    pub fn of(folder: &Path, endpoints: &[String]) -> Self {
        Self {
            folder: folder.to_owned(),
            endpoints: endpoints.to_vec(),
            cache: default_cache(),
            arrivals: Arrivals::default(),
        }
    }

    /// What this machine has, and can do as far as it was measured.
    pub fn machine(&self) -> MachineFacts {
        let machine = Machine::look();
        let rates = self.rates(&machine);
        facts::machine(&machine, rates, machine::room(&self.cache))
    }

    /// Measures what this machine can do: up to 20 seconds, with all of it.
    ///
    /// # Errors
    /// [`ProblemCode::Models`] when it cannot be kept.
    pub fn measure(&self) -> Result<MachineFacts, Problem> {
        let kept = machine::kept_rates(&self.folder);
        let failed = |e| Problem::new(ProblemCode::Models, format!("{}: {e}", kept.display()));
        Machine::look().measure(&kept).map_err(failed)?;
        Ok(self.machine())
    }

    /// The models that are here, the starter first.
    ///
    /// # Errors
    /// [`ProblemCode::Models`].
    pub fn here(&self) -> Result<Vec<ModelHere>, Problem> {
        let machine = Machine::look();
        let rates = self.rates(&machine);
        let starter = facts::here(&Choice::Starter, &machine, rates.as_ref());
        let shelf = self.shelf()?;
        let others = shelf.models().iter().map(|model| facts::shelved(model, &machine, rates.as_ref()));
        Ok(std::iter::once(starter).chain(others).collect())
    }

    /// Models that other programs hold and that are not on the list.
    ///
    /// # Errors
    /// [`ProblemCode::Models`].
    pub fn found(&self) -> Result<Vec<ModelHere>, Problem> {
        let shelf = self.shelf()?;
        let held = Places::here(&self.cache).find().into_iter();
        Ok(held
            .filter(|held| shelf.by_path(&held.path).is_none())
            .map(|held: Held| facts::held(&held))
            .collect())
    }

    /// Models of the catalogue that have all these words, smallest first, each with whether it fits.
    ///
    /// # Errors
    /// [`ProblemCode::Models`].
    pub fn offers(&self, words: &str, context: u32) -> Result<Vec<Offer>, Problem> {
        let machine = Machine::look();
        let (rates, room) = (self.rates(&machine), machine::room(&self.cache));
        let shelf = self.shelf()?;
        let mut nearest = None;
        // All of them, so that the nearest is known; then those that are asked for.
        let all = Catalog::kept().models.iter().map(|entry| {
            let here = shelf.models().iter().find(|model| names::is_entry(model, entry));
            let offer = facts::offer(entry, context, &machine, rates.as_ref(), room, here, nearest.clone());
            if offer.fit.verdict != crate::api::FitVerdict::TooLarge {
                nearest = Some(entry.name.clone());
            }
            offer
        });
        let all: Vec<Offer> = all.collect();
        let wanted: Vec<&str> = Catalog::kept().search(words).map(|entry| entry.id.as_str()).collect();
        Ok(all.into_iter().filter(|offer| wanted.contains(&offer.id.as_str())).collect())
    }

    /// Repositories on the hub with GGUF files that have these words. Asks the hub.
    ///
    /// # Errors
    /// [`ProblemCode::Hub`].
    pub fn search_hub(&self, words: &str) -> Result<Vec<HubModel>, Problem> {
        let found = self.hub()?.search(words, 30)?;
        Ok(found
            .into_iter()
            .map(|f| HubModel { repo: f.repo, downloads: f.downloads as f64, gated: f.gated })
            .collect())
    }

    /// GGUF files of a repository, smallest first. Asks the hub.
    ///
    /// # Errors
    /// [`ProblemCode::Hub`], [`ProblemCode::NotFound`], [`ProblemCode::Gated`], [`ProblemCode::BadRequest`].
    pub fn hub_files(&self, repo: &str) -> Result<Vec<HubFile>, Problem> {
        let repo: Repo = repo.parse()?;
        let files = self.hub()?.files(&repo, None)?;
        let machine = Machine::look();
        let (rates, room) = (self.rates(&machine), machine::room(&self.cache));
        let is_model = |path: &str| foolscap_models::found::is_model(Path::new(path));
        let models = files.into_iter().filter(|file| is_model(&file.path));
        let mut all: Vec<HubFile> = models
            .map(|file| HubFile {
                name: format!("{repo}:{}", file.path),
                fit: facts::by_size(file.size, CONTEXT, &machine, rates.as_ref(), room),
                size: file.size as f64,
                path: file.path,
            })
            .collect();
        all.sort_by(|a, b| a.size.total_cmp(&b.size));
        Ok(all)
    }

    /// What a model needs, from its header, which is read from the hub before anything else is. Asks the hub.
    ///
    /// # Errors
    /// As [`Models::hub_files`]; [`ProblemCode::ModelUnusable`] for what the engine does not run.
    pub fn look(&self, name: &str, context: u32) -> Result<FitFacts, Problem> {
        let wish = self.wish(name)?;
        let hub = self.hub()?;
        let (header, said) = hub.header(&wish.repo, wish.revision.as_deref(), &wish.file)?;
        let machine = Machine::look();
        let rates = self.rates(&machine);
        facts::by_header(&header, context, &machine, rates.as_ref(), said.size, machine::room(&self.cache))
    }

    /// Fetches a model and puts it on the list; none when it was asked to stop. `name`: an entry of the catalogue, or
    /// `owner/name:file`.
    ///
    /// # Errors
    /// As [`Hub::fetch`]; [`ProblemCode::BadRequest`] for a name that names no file.
    pub fn get(
        &self,
        name: &str,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<Option<ModelHere>, Problem> {
        match self.fetch(&self.wish(name)?, cancel, on)? {
            Fetched::Here(model) => Ok(Some(model)),
            Fetched::Stopped(_) => Ok(None),
        }
    }

    fn fetch(
        &self,
        wish: &Wish,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<Fetched, Problem> {
        let hub = self.hub()?;
        let revision = wish.revision.as_deref();
        let wanted = Wanted { repo: &wish.repo, file: &wish.file, revision, sha256: wish.sha256.as_deref() };
        let (path, said) = match hub.fetch(&wanted, cancel, on)? {
            Outcome::Done { path, facts } => (path, facts),
            Outcome::Stopped { part } => return Ok(Fetched::Stopped(part)),
        };
        let source =
            Source::Hub { repo: wish.repo.to_string(), file: wish.file.clone(), commit: said.commit };
        let model = self.shelf()?.put(&wish.id, &path, source, said.sha256)?;
        Ok(Fetched::Here(self.facts_of(&model)))
    }

    /// Takes a file, or all models of a folder, onto the list: where they lie, or copied into Foolscap's own folder. A folder
    /// with weights as their maker published them (`config.json`, safetensors) is converted to one GGUF there. What the
    /// engine does not run is told, and not taken. `on` hears how far a copy or a conversion is.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] when none of them can be used, [`ProblemCode::Models`].
    pub fn import(
        &self,
        path: &Path,
        how: Import,
        cancel: &Cancel,
        on: &mut dyn FnMut(&Importing<'_>),
    ) -> Result<Vec<ModelHere>, Problem> {
        if convert::is_source(path) {
            return Ok(self.convert(path, how.form, cancel, on)?.into_iter().collect());
        }
        let files = import::models(path).map_err(|e| Problem::new(ProblemCode::NotFound, e.to_string()))?;
        let mut taken = Vec::new();
        let mut refused = None;
        for file in files {
            let usable = Gguf::open(&file).and_then(|gguf| Model::check(&gguf));
            if let Err(e) = usable {
                refused = refused.or(Some(Problem::from(e)));
                continue;
            }
            let label = Choice::File(file.clone()).label();
            let (file, source) = match how.copy {
                false => (file, Source::File),
                true => {
                    let failed = |e: import::ImportError| Problem::new(ProblemCode::Models, e.to_string());
                    let total = std::fs::metadata(&file).map_or(0, |m| m.len());
                    let what = file.file_name().unwrap_or_default().to_string_lossy();
                    let mut on = |done| on(&Importing { what: &what, done, total });
                    let copied = import::copy(&file, &self.own(), cancel, &mut on).map_err(failed)?;
                    let Some(copied) = copied else { break };
                    (copied, Source::Copy)
                }
            };
            let model = self.shelf()?.put(&label, &file, source, None)?;
            taken.push(self.facts_of(&model));
        }
        match refused {
            Some(problem) if taken.is_empty() && !cancel.is_cancelled() => Err(problem),
            _ => Ok(taken),
        }
    }

    /// None when stopped.
    fn convert(
        &self,
        folder: &Path,
        form: Form,
        cancel: &Cancel,
        on: &mut dyn FnMut(&Importing<'_>),
    ) -> Result<Option<ModelHere>, Problem> {
        let mut on = |p: &convert::Progress<'_>| {
            on(&Importing { what: p.tensor, done: p.done, total: p.total });
        };
        let made = Plan::of(folder, form)?.write(&self.own(), cancel, &mut on)?;
        let Some(path) = made else { return Ok(None) };
        let label = Choice::File(path.clone()).label();
        let model = self.shelf()?.put(&label, &path, Source::Copy, None)?;
        Ok(Some(self.facts_of(&model)))
    }

    /// Takes a model off the list, and from the disk if Foolscap has put it there.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Models`].
    pub fn remove(&self, name: &str) -> Result<ModelHere, Problem> {
        let mut shelf = self.shelf()?;
        let id = self.known(&shelf, name)?.id.clone();
        Ok(facts::gone(&shelf.remove(&id)?))
    }

    /// Whether a model's file is still what it was: its digest, where one is known, and its header. Gives what was checked,
    /// in words; none when stopped.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] when it is not, [`ProblemCode::NotFound`].
    pub fn verify(
        &self,
        name: &str,
        cancel: &Cancel,
        on: &mut dyn FnMut(u64),
    ) -> Result<Option<String>, Problem> {
        let shelf = self.shelf()?;
        let model = self.known(&shelf, name)?.clone();
        let failed = |e: import::ImportError| Problem::new(ProblemCode::Models, e.to_string());
        let Some(found) = import::sha256(&model.path, cancel, on).map_err(failed)? else { return Ok(None) };
        if let Some(expected) =
            model.sha256.as_ref().filter(|expected| !expected.eq_ignore_ascii_case(&found))
        {
            let message = format!(
                "{} is not what it was: its SHA-256 is {found} and was {expected}; remove it and get it again",
                model.path.display()
            );
            return Err(Problem::new(ProblemCode::ModelUnusable, message));
        }
        Gguf::open(&model.path).and_then(|gguf| Model::check(&gguf))?;
        Ok(Some(match model.sha256 {
            Some(_) => format!("whole: SHA-256 {found}"),
            None => format!("readable; SHA-256 {found}, and none is known to hold it against"),
        }))
    }

    /// The model that a name names: `starter`, a model of the list, or a file.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] for what is none of these, with the way to get it where it is in the catalogue.
    pub fn choose(&self, name: &Path) -> Result<Choice, Problem> {
        let text = name.to_string_lossy();
        if text == STARTER {
            return Ok(Choice::Starter);
        }
        if let Some(model) = self.shelf()?.find(&text) {
            return Ok(Choice::File(model.path.clone()));
        }
        let is_path =
            name.exists() || name.components().count() > 1 || text.to_lowercase().ends_with(".gguf");
        if is_path {
            return Ok(Choice::File(name.to_owned()));
        }
        let way = match Catalog::kept().find(&text) {
            Some(entry) => format!("get it first: foolscap models get {}", entry.id),
            None => "`foolscap models list` tells which there are, `foolscap models search` which can be had"
                .into(),
        };
        Err(Problem::new(ProblemCode::NotFound, format!("there is no model {text:?} here; {way}")))
    }

    /// What a model that is here needs for a text of so many tokens.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] for what is no model that runs.
    pub fn fit(&self, choice: &Choice, context: u32) -> Result<FitFacts, Problem> {
        let machine = Machine::look();
        let rates = self.rates(&machine);
        facts::by_header(choice.open()?.header(), context, &machine, rates.as_ref(), 0, None)
    }

    /// What a model's file says.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::ModelUnusable`] for what is no model.
    pub fn facts(&self, name: &str) -> Result<Vec<Fact>, Problem> {
        Ok(inspect::inspect(&self.choose(Path::new(name))?)?.facts())
    }

    /// A model with what is set for it. A list that cannot be read keeps nobody from writing.
    pub fn selected(&self, choice: Choice) -> Selected {
        let Ok(shelf) = self.shelf() else { return choice.into() };
        let settings = shelf.settings(&choice);
        let recommended = recommended(&shelf, &choice);
        Selected { choice, settings, recommended }
    }

    /// What is set for a model, and what holds where nothing is.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::ModelUnusable`].
    pub fn settings(&self, name: &str) -> Result<Vec<ModelSetting>, Problem> {
        let choice = self.choose(Path::new(name))?;
        let shelf = self.shelf()?;
        facts::settings(&choice, &shelf.settings(&choice), recommended(&shelf, &choice))
    }

    /// Sets something for a model; an empty value takes it back.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for what cannot be, [`ProblemCode::NotFound`].
    pub fn set(&self, name: &str, setting: &str, value: &str) -> Result<(), Problem> {
        let choice = self.choose(Path::new(name))?;
        let mut shelf = self.shelf()?;
        let mut settings = shelf.settings(&choice);
        settings.set(setting, value)?;
        Ok(shelf.set(&choice, settings)?)
    }

    /// Takes back all that is set for a model.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub fn reset(&self, name: &str) -> Result<(), Problem> {
        let choice = self.choose(Path::new(name))?;
        Ok(self.shelf()?.set(&choice, Default::default())?)
    }

    /// Names of what can be set.
    pub fn setting_names() -> impl Iterator<Item = &'static str> {
        SETTINGS.iter().map(|(name, _)| *name)
    }

    /// Keeps how fast a model was; for one that is not on the list it is not kept.
    ///
    /// # Errors
    /// [`ProblemCode::Models`].
    pub fn keep_measured(&self, choice: &Choice, measured: &Measured) -> Result<(), Problem> {
        let memory = measured.peak_rss_mb.map(|mb| (mb * f64::from(1 << 20)) as u64);
        let speed = Speed { prefill: measured.prefill_tok_s, decode: measured.decode_tok_s, memory };
        self.keep_speed(choice, speed)
    }

    /// As [`Models::keep_measured`].
    pub(crate) fn keep_speed(&self, choice: &Choice, speed: Speed) -> Result<(), Problem> {
        let mut shelf = self.shelf()?;
        let Choice::File(path) = choice else { return Ok(()) };
        let Some(id) = shelf.by_path(path).map(|model| model.id.clone()) else { return Ok(()) };
        Ok(shelf.measured(&id, speed)?)
    }

    /// Keeps the token for repositories with conditions in the system's keyring; none takes it out.
    ///
    /// # Errors
    /// [`ProblemCode::Models`].
    pub fn set_token(token: Option<&str>) -> Result<(), Problem> {
        match token {
            Some(text) => Ok(Token::new(text)?.keep()?),
            None => Ok(Token::forget()?),
        }
    }

    /// Foolscap's own folder of models.
    fn own(&self) -> PathBuf {
        self.folder.join("models")
    }

    pub(crate) fn shelf(&self) -> Result<Shelf, Problem> {
        Ok(Shelf::open(&self.folder)?)
    }

    fn known<'s>(&self, shelf: &'s Shelf, name: &str) -> Result<&'s Shelved, Problem> {
        let found = shelf.find(name);
        found.ok_or_else(|| foolscap_models::shelf::ShelfError::Unknown(name.to_owned()).into())
    }

    fn facts_of(&self, model: &Shelved) -> ModelHere {
        let machine = Machine::look();
        facts::shelved(model, &machine, self.rates(&machine).as_ref())
    }

    fn rates(&self, machine: &Machine) -> Option<Rates> {
        machine.rates(&machine::kept_rates(&self.folder))
    }

    fn wish(&self, name: &str) -> Result<Wish, Problem> {
        Wish::of(name, |repo| Ok(self.hub_files(repo)?.into_iter().map(|file| file.path).collect()))
    }

    /// With the token, if there is one: the network is only asked when the user asks.
    fn hub(&self) -> Result<Hub, Problem> {
        let (token, cache) = (Token::find(), Some(self.cache.clone()));
        let endpoints = self.endpoints.clone();
        Ok(Hub::open(Options { endpoints, token, cache, policy: Policy::default() })?)
    }
}

/// What came of fetching.
enum Fetched {
    Here(ModelHere),
    /// With what came so far.
    Stopped(Option<PathBuf>),
}

/// What the catalogue says of how to draw from a model.
fn recommended(shelf: &Shelf, choice: &Choice) -> Recommended {
    let Choice::File(path) = choice else { return Recommended::default() };
    let model = shelf.by_path(path);
    let entry = model.and_then(|model| Catalog::kept().models.iter().find(|e| names::is_entry(model, e)));
    entry.map(|entry| entry.sampling).unwrap_or_default()
}
