//! Projects, their trees, and what comes into and goes out of them.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::ProjectSummary;

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
    /// What did not come along as it was, in sentences.
    pub left_out: Vec<String>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ExportedFile {
    pub file: String,
    pub bytes: f64,
    pub words: u32,
    /// What the format leaves out, in sentences.
    pub left_out: Vec<String>,
}

/// How a project is exported.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ExportOptions {
    pub author: Option<String>,
    /// Standard manuscript format (DOCX and PDF).
    pub manuscript: bool,
    /// Whether readers see the titles of scenes.
    pub scene_titles: bool,
    /// Whether chapters have their number before their title.
    pub numbers: bool,
    /// The pages of a PDF; none: those that books of its language have.
    pub paper: Option<PaperSize>,
    /// Where a chapter begins in a PDF.
    pub chapters: ChapterStart,
    /// Whether straight quotes stay so in a PDF; else they become the curly ones of its language.
    pub straight_quotes: bool,
}

/// The size of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    A5,
    A4,
    Letter,
    /// 6 × 9 inches.
    SixByNine,
}

/// Where a chapter begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChapterStart {
    #[default]
    NewPage,
    /// On the next right-hand page.
    RightHand,
    /// Below the end of the one before.
    RunOn,
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
    /// What would not come along as it is, in sentences.
    pub left_out: Vec<String>,
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

/// What an entry of the lore says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LoreText {
    pub kind: LoreKind,
    pub name: String,
    pub aliases: Vec<String>,
    pub told: LoreTold,
    /// In a few words.
    pub short: String,
    /// All there is to say.
    pub long: String,
}

/// An entry of a project's lore.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct LoreEntry {
    pub id: u32,
    pub project: u32,
    #[serde(flatten)]
    pub what: LoreText,
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LoreKind {
    Person,
    Place,
    Thing,
    Fact,
}

/// When a model is told of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LoreTold {
    /// Where one of its names stands in the text.
    Named,
    Always,
    Never,
}
