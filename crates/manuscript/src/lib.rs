//! Projects, scenes, their revisions and the provenance of machine-made words, in one SQLite file.
//!
//! A [`Library`] is the only door to that file. Everything here is synchronous and, once it has returned
//! `Ok`, is on disk: an acknowledged word survives a killed process and a power cut. The crate knows no
//! window, no model and no prompt; whoever calls it tells it what was written and by whom.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! use foolscap_manuscript::Library;
//!
//! let mut library = Library::open(folder.path().join("library.foolscap"))?;
//! let project = library.create_project("The Lighthouse", "", "")?;
//! let scene = &library.scenes(project.id)?[0];
//! let saved = library.save_scene(scene.id, scene.version, r#"{"type":"doc"}"#, "It was dark.")?;
//! assert_eq!((saved.version, saved.words), (1, 3));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod document;
mod error;
mod ids;
mod library;
mod projects;
mod revisions;
mod scenes;
mod schema;
mod settings;
mod suggestions;
#[cfg(test)]
mod testing;
mod words;

pub use document::{
    Block, BlockKind, Document, DocumentError, Inline, Level, Machine, Marks, Paragraph, Replacement, Run, TextRange,
    Textblock,
};
pub use error::Error;
pub use ids::{ProjectId, RevisionId, SceneId, SuggestionId};
pub use library::Library;
pub use projects::Project;
pub use revisions::{Cause, Revision, RevisionSummary};
pub use scenes::{Saved, Scene, SceneSummary};
pub use suggestions::{NewSuggestion, Outcome, Suggestion, Verdict};
pub use words::count_words;
