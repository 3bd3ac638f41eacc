//! Projects, their trees, and what comes into and goes out of them.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ProjectSummary, Saved};

/// A project with its tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Outline {
    pub project: ProjectSummary,
    /// What stands at the top, in the order it is read.
    pub items: Vec<OutlineItem>,
}

/// A part, chapter or scene in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct OutlineItem {
    pub kind: ItemKind,
    /// Parts and chapters have numbers of their own, beside those of scenes.
    pub id: u32,
    /// May be empty.
    pub title: String,
    /// The first characters of a scene without a title.
    pub beginning: String,
    /// What is to happen in it; may be empty.
    pub synopsis: String,
    /// How far a scene is; none for parts and chapters.
    pub status: Option<SceneStatus>,
    /// Of all that is in it.
    pub words: u32,
    /// Empty for a scene.
    pub items: Vec<OutlineItem>,
}

/// What stands in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    Part,
    Chapter,
    Scene,
}

/// Names something in a tree. Parts and chapters have numbers of their own, beside those of scenes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ItemRef {
    /// A part or chapter.
    Chapter(u32),
    Scene(u32),
}

/// A place in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ItemPlace {
    Before(ItemRef),
    After(ItemRef),
    /// The last in a part or chapter, or at the top.
    In(Option<u32>),
}

/// What a step on a tree has made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct TreeStep {
    pub outline: Outline,
    /// Undoes the step, given to `undo_step`; what is in it is nobody else's concern.
    pub undo: String,
    /// What was made or came back, if anything: a scene that can be opened where there is one.
    pub made: Option<ItemRef>,
    /// Scenes whose text the step has changed.
    pub saved: Vec<Saved>,
}

/// Something that was put away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ArchivedItem {
    pub item: ItemRef,
    /// May be empty.
    pub title: String,
    /// The beginning of a scene's text.
    pub beginning: String,
    /// Of all that went with it.
    pub words: u32,
    /// UTC, RFC 3339.
    pub archived_at: String,
}

/// How far a scene is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SceneStatus {
    Planned,
    Draft,
    Revised,
    Done,
}

/// What an author keeps beside a scene's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SceneCard {
    /// What is to happen in it.
    pub synopsis: String,
    /// Notes to self about the whole scene.
    pub notes: String,
    pub status: SceneStatus,
}

/// How a library was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LibraryState {
    pub path: String,
    /// Another program writes it: nothing can be changed here.
    pub read_only: bool,
    /// It was damaged or gone, a backup is open in its place, and the author has not been told yet.
    pub recovery: Option<RecoveryReport>,
}

/// What was done about a library that was damaged or gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RecoveryReport {
    /// What was found wrong.
    pub reason: String,
    /// The damaged file under its new name; nothing in it was changed. None if there was no file.
    pub damaged: Option<String>,
    /// The backup that is open now.
    pub backup: String,
    /// When that was made: UTC, as `20261001T093000.250Z`.
    pub made_at: String,
}

/// A scene's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SceneText {
    pub scene: u32,
    pub project: u32,
    pub title: String,
    pub text: String,
    pub version: u32,
    pub words: u32,
}

/// A scene that is safely stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct StoredScene {
    pub scene: u32,
    /// May be empty.
    pub title: String,
    pub words: u32,
}

/// A file that came into a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ImportedFile {
    pub file: String,
    pub project: u32,
    pub scenes: Vec<StoredScene>,
    /// What did not come along as it was.
    pub left_out: Vec<NotCarried>,
}

/// Things of one kind that were left out or changed on the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct NotCarried {
    /// The kind: `picture`, `footnote` and so on.
    pub what: String,
    pub count: u32,
    /// The first ones by name, where they have names.
    pub names: Vec<String>,
    /// What became of them, in English.
    pub sentence: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ExportedFile {
    pub file: String,
    pub bytes: f64,
    pub words: u32,
    /// What the format leaves out.
    pub left_out: Vec<NotCarried>,
}

/// How a project is exported.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ExportOptions {
    /// None: the author that the project names.
    pub author: Option<String>,
    /// Standard manuscript format (DOCX, PDF).
    pub manuscript: bool,
    /// The typeface of a manuscript.
    pub typeface: ManuscriptTypeface,
    /// Lines below the author's name on a manuscript's first page: address, telephone, mail.
    pub contact: Vec<String>,
    /// Whether readers see the titles of scenes.
    pub scene_titles: bool,
    /// Whether chapters have their number before their title.
    pub numbers: bool,
}

/// The typeface of a manuscript.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ManuscriptTypeface {
    /// Times New Roman.
    #[default]
    Times,
    /// Courier New.
    Courier,
}

/// What an import would make. Nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ImportPreview {
    pub title: String,
    /// Where the files say so.
    pub author: Option<String>,
    /// A BCP 47 tag, where the files say so.
    pub language: Option<String>,
    /// Those with a title.
    pub parts: u32,
    /// Those with a title.
    pub chapters: u32,
    pub scenes: u32,
    pub words: u32,
    /// Parts and chapters in their order; what stands in none is under none.
    pub outline: Vec<PreviewPart>,
    /// What would not come along as it is.
    pub left_out: Vec<NotCarried>,
}

/// A part that an import would make, or the chapters that stand in none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PreviewPart {
    pub title: Option<String>,
    pub chapters: Vec<PreviewChapter>,
}

/// A chapter that an import would make, or the scenes that stand in none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct PreviewChapter {
    pub title: Option<String>,
    pub scenes: u32,
    pub words: u32,
}

/// A scene that has the words that were looked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct FoundScene {
    pub scene: u32,
    pub project: u32,
    pub title: String,
    /// A piece of its text.
    pub snippet: String,
}
