//! What is done with models, apart from working with one: which are here, which can be had and fit, how they come and go.
//! The window and the command line ask the same.

mod arrivals;
mod facts;
mod hub;
mod names;
mod take;

use std::path::{Path, PathBuf};

use foolscap_models::catalog::{Catalog, Recommended};
use foolscap_models::found::{Held, Places};
use foolscap_models::hub::default_cache;
use foolscap_models::machine::{self, Machine, Rates};
use foolscap_models::settings::SETTINGS;
use foolscap_models::shelf::{Shelf, Shelved, Speed};
use foolscap_models::{Choice, STARTER};

use crate::Selected;
use crate::api::{
    Fact, FitFacts, FitVerdict, MachineFacts, ModelHere, ModelSetting, Nearest, Offer, Problem, ProblemCode,
};
use crate::bench::Measured;
use crate::inspect;
use arrivals::Arrivals;
pub use arrivals::ArrivalsWatcher;
pub use take::{Import, Importing};

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

    /// The same with another folder that models are fetched to than the hub's own programs use.
    #[must_use]
    pub fn with_cache(self, cache: &Path) -> Self {
        Self { cache: cache.to_owned(), ..self }
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
        let shelf = self.shelf()?;
        let set = shelf.settings(&Choice::Starter);
        let starter = facts::here(&Choice::Starter, &set, &machine, rates.as_ref());
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
            if offer.fit.verdict != FitVerdict::TooLarge {
                nearest = Some(Nearest { name: entry.id.clone(), title: entry.name.clone() });
            }
            offer
        });
        let all: Vec<Offer> = all.collect();
        let wanted: Vec<&str> = Catalog::kept().search(words).map(|entry| entry.id.as_str()).collect();
        Ok(all.into_iter().filter(|offer| wanted.contains(&offer.id.as_str())).collect())
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
        let keys = self.selected(choice.clone()).settings.keys();
        facts::by_header(choice.open()?.header(), (context, keys), &machine, rates.as_ref(), 0, None)
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
}

/// What the catalogue says of how to draw from a model.
fn recommended(shelf: &Shelf, choice: &Choice) -> Recommended {
    let Choice::File(path) = choice else { return Recommended::default() };
    shelf.by_path(path).and_then(names::entry_of).map(|entry| entry.sampling).unwrap_or_default()
}
