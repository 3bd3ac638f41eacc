//! What an author does without a model: projects and their trees, scenes, files in and out, searching, lore, settings. The
//! window reaches it through [`crate::App`], the command line opens one of its own.

mod asking;
mod authorship;
mod backups;
mod brief;
mod exporting;
mod files;
mod history;
mod lore;
mod progress;
mod projects;
mod remarks;
mod replace;
mod scenes;
mod settings;
mod spelling;
mod suggestions;
mod summaries;
mod tree;

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use foolscap_manuscript::{Error, Library, Opened, ProjectId, Recovery};

use crate::Backups;
use crate::api::{FoundScene, LibraryState, Problem, RecoveryReport};

pub use exporting::file_name;
pub(crate) use files::{Destination, format_of, written};
pub use files::{formats, preview_import};

/// How many scenes a search gives at most.
const FOUND: u32 = 200;

/// How long to wait for a script that writes the library: for whoever must write, and for whoever can read it instead.
const PATIENCE: Duration = Duration::from_secs(1);
const MOMENT: Duration = Duration::from_millis(500);
const AGAIN: Duration = Duration::from_millis(20);

/// An open library.
pub struct Studio {
    library: Library,
    recovery: Option<Recovery>,
}

fn opened_within(patience: Duration, library: &Path) -> Result<Opened, Error> {
    let until = Instant::now() + patience;
    loop {
        match Library::open_or_recover(library, Backups::of(library).folder()) {
            Err(Error::InUse { .. }) if Instant::now() < until => sleep(AGAIN),
            opened => return opened,
        }
    }
}

impl Studio {
    /// Opens a library, a new one where there is none. One that does not hold together is put aside, and its latest sound
    /// backup opened in its place: [`Studio::state`] tells so.
    ///
    /// # Errors
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library); also while another process has it open for long.
    pub fn open(library: &Path) -> Result<Self, Problem> {
        let opened = opened_within(PATIENCE, library)?;
        Ok(Self { library: opened.library, recovery: opened.recovery })
    }

    /// Opens a library to read it alone, which keeps nobody from writing it meanwhile. One that has to be made, mended,
    /// recovered or brought up to date first is opened as by [`Studio::open_to_read`].
    ///
    /// # Errors
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn open_read_only(library: &Path) -> Result<Self, Problem> {
        match Library::open_sound(library) {
            Ok(library) => Ok(Self { library, recovery: None }),
            Err(_) => Self::open_to_read(library),
        }
    }

    /// The same as [`Studio::open`], and while another process has it open, only to read: what that has saved is seen.
    ///
    /// # Errors
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn open_to_read(library: &Path) -> Result<Self, Problem> {
        let opened = match opened_within(MOMENT, library) {
            Err(Error::InUse { .. }) => {
                return Ok(Self { library: Library::open_read_only(library)?, recovery: None });
            }
            opened => opened?,
        };
        Ok(Self { library: opened.library, recovery: opened.recovery })
    }

    /// How the library was opened, and what its author has not been told yet: perhaps a script opened it before.
    pub fn state(&self) -> LibraryState {
        LibraryState {
            path: self.library.path().display().to_string(),
            read_only: self.library.is_read_only(),
            recovery: self.library.untold_recovery().ok().flatten().map(report),
        }
    }

    /// What had to be done to open the library this time, for a shell that cannot wait for an answer.
    pub fn recovered(&self) -> Option<RecoveryReport> {
        self.recovery.clone().map(report)
    }

    /// The author has been told of the recovery that [`Studio::state`] tells.
    ///
    /// # Errors
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn recovery_told(&mut self) -> Result<(), Problem> {
        // Whoever writes it tells it as well.
        if self.library.is_read_only() {
            return Ok(());
        }
        Ok(self.library.recovery_told()?)
    }

    /// Scenes that have all the words, the best first; of one project or of all.
    ///
    /// # Errors
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn search(&mut self, project: Option<u32>, words: &str) -> Result<Vec<FoundScene>, Problem> {
        let found = self.library.look_up(project.map(ProjectId), words, FOUND)?;
        Ok(found
            .into_iter()
            .map(|found| FoundScene {
                scene: found.scene.0,
                project: found.project.0,
                title: found.title,
                snippet: found.snippet,
            })
            .collect())
    }

    /// For what a model writes, which is recorded as it comes.
    pub(crate) fn library(&mut self) -> &mut Library {
        &mut self.library
    }
}

fn report(recovery: Recovery) -> RecoveryReport {
    RecoveryReport {
        reason: recovery.reason,
        damaged: recovery.damaged.map(|damaged| damaged.display().to_string()),
        backup: recovery.from.path.display().to_string(),
        made_at: recovery.from.made_at,
    }
}
