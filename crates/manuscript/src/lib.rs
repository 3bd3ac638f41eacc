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

mod backup;
mod brief;
mod diff;
mod document;
mod error;
mod goals;
mod ids;
mod library;
mod lookup;
mod lore;
mod mentions;
mod projects;
mod provenance;
mod remarks;
mod revisions;
mod samples;
mod scenes;
mod schema;
mod search;
mod settings;
mod suggestions;
mod summaries;
#[cfg(test)]
mod testing;
mod tree;
mod undo;
mod words;

pub use backup::{Backup, Opened, Recovery, Schedule, Since, back_up, backups, put_aside, restore_backup};
pub use brief::{Brief, Direction, Intended};
pub use diff::{Change, Fate, diff};
pub use document::{
    Block, BlockKind, Document, DocumentError, Inline, Level, Machine, Marks, Paragraph, Replacement, Run,
    TextRange, Textblock,
};
pub use error::Error;
pub use goals::{Day, Goals, Progress, Written};
pub use ids::{ChapterId, LoreId, ProjectId, RemarkId, RevisionId, SceneId, StyleSampleId, SuggestionId};
pub use library::Library;
pub use lookup::Lookup;
pub use lore::{Belonging, Considered, Lore, LoreKind, NewLore, Told};
pub use mentions::{Mention, Mentions};
pub use projects::Project;
pub use provenance::{ChapterReport, Report, ReportItem, Request, SceneReport, Shares, Source};
pub use remarks::{NewRemark, Remark};
pub use revisions::{Cause, Restored, Revision, RevisionSummary};
pub use samples::StyleSample;
pub use scenes::{Saved, Scene, SceneCard, SceneStatus, SceneSummary};
pub use search::{Chosen, Found, Hit, Matcher, Pattern, Proposal, Replaced};
pub use suggestions::{NewSuggestion, Outcome, Suggestion, Verdict};
pub use summaries::Summary;
pub use tree::{
    Archived, Chapter, ChapterKind, Joint, Merged, NewItem, NewScene, Node, Place, Split, Tree, TreeItem,
};
pub use undo::Undo;
pub use words::{count_characters, count_words};
