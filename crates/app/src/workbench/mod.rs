//! The workbench: prompts read, versioned, tried, compared and judged. The window and the command line ask the same; several
//! may at once, since its file is written by all of them in turn.

mod asking;
mod charts;
mod hold;
mod judged;
mod judges;
mod judging;
mod lessons;
mod loader;
mod passages;
mod plan;
mod prompt_files;
mod prompts;
mod remote;
mod report;
mod results;
mod runner;
mod summaries;
mod work;

pub use hold::{Hold, Writer};
pub use lessons::lessons;
pub use loader::Loader;
pub use passages::read_passages;
pub use prompts::action_of;
pub use runner::{ExperimentsWatcher, Runner};
pub use work::Surroundings;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use foolscap_workbench::{Design, Workbench};

use crate::api::{ExperimentId, Problem, ProblemCode};
use crate::lock::lock;

/// The workbench of a folder. Nothing is made there before something is to be kept.
#[derive(Clone)]
pub struct Bench(Arc<Shared>);

struct Shared {
    path: PathBuf,
    store: Mutex<Option<Workbench>>,
    /// Of experiments that somebody asked about.
    plans: Mutex<HashMap<ExperimentId, (Arc<plan::Kept>, Design)>>,
    /// What checks found in answers.
    found: Arc<results::FoundBefore>,
}

impl Bench {
    /// That of a folder.
    pub fn of(folder: &Path) -> Self {
        Self(Arc::new(Shared {
            path: folder.join(Workbench::FILE),
            store: Mutex::default(),
            plans: Mutex::default(),
            found: Arc::default(),
        }))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Works with the store, which is made if it is not there.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut Workbench) -> foolscap_workbench::Result<T>,
    ) -> Result<T, Problem> {
        let mut store = lock(&self.0.store);
        let open = match store.take() {
            Some(open) => store.insert(open),
            None => store.insert(Workbench::open(&self.0.path)?),
        };
        Ok(work(open)?)
    }

    /// Works with the store; none where there is none yet.
    pub(crate) fn look<T>(
        &self,
        work: impl FnOnce(&Workbench) -> foolscap_workbench::Result<T>,
    ) -> Result<Option<T>, Problem> {
        if lock(&self.0.store).is_none() && !self.0.path.exists() {
            return Ok(None);
        }
        self.with(|store| work(store)).map(Some)
    }
}

impl From<foolscap_workbench::Error> for Problem {
    fn from(e: foolscap_workbench::Error) -> Self {
        use foolscap_workbench::Error as E;
        let code = match e {
            E::NotFound { .. } => ProblemCode::NotFound,
            E::OtherAction { .. } | E::Size { .. } => ProblemCode::BadRequest,
            _ => ProblemCode::Library,
        };
        Self::new(code, e.to_string())
    }
}
