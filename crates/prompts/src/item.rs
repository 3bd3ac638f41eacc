//! What a project could tell a model besides the text, and what became of each of these items in a plan.

use std::fmt;
use std::ops::Range;

/// What a request could tell, and what its writer has switched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// All that there is; of one kind in the order it should be read.
    pub items: Vec<Item>,
    /// Ids of items that are not to go in.
    pub off: Vec<String>,
    /// Ids of items that are to go in whatever speaks against it, as far as there is room.
    pub on: Vec<String>,
}

/// Something that a request could tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The same from one request to the next.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// May be empty.
    pub title: String,
    /// All there is to say.
    pub long: String,
    /// The same in a few words; empty if there is no such form.
    pub short: String,
    /// When it belongs to a request.
    pub told: Told,
    /// A summary of a scene that has changed since.
    pub stale: bool,
}

/// What an item is, and the variable that it comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What project, chapter or scene are about: `synopsis`.
    Synopsis,
    /// What every request is to keep in mind: `note`.
    Note,
    /// A passage that shows how the text is to sound: `style`.
    Style,
    /// An earlier scene in short: `summaries`.
    Summary,
    /// A person, place, thing or fact: `lore`, `recent_lore`.
    Lore,
    /// The end of the scene before: `previous`.
    Previous,
}

/// When an item belongs to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Always.
    Always,
    /// Where the text that goes in names it.
    Named(Vec<Mention>),
    /// Only when its writer says so.
    Not(LeftOut),
}

/// Where a text names an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The name.
    pub name: String,
    /// The paragraph, in bytes of what precedes the cursor, what is selected and what follows as one text; none: the
    /// name stands in the instruction.
    pub at: Option<Range<usize>>,
}

/// How much of an item went in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentAs {
    /// All of it.
    Long,
    /// Its short form.
    Short,
    /// A part of it.
    Cut,
}

/// Why an item, or a part of it, did not go in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeftOut {
    /// The writer has switched it off.
    SwitchedOff,
    /// Others took the room.
    NoRoom,
    /// The model sees too little for it, whatever else goes in.
    ModelTooSmall,
    /// The prompt has no place for it.
    NotUsed,
    /// None of its names stands in the text that went in.
    NotNamed,
    /// It holds in other chapters only.
    OtherChapters,
    /// It is for the author alone.
    Never,
    /// Its scene has changed since it was summed up.
    Stale,
    /// The text before the cursor is long enough without.
    FarFromStart,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SwitchedOff => "it is switched off",
            Self::NoRoom => "other things took the room",
            Self::ModelTooSmall => "the model sees too little for it",
            Self::NotUsed => "this prompt has no place for it",
            Self::NotNamed => "none of its names stands in the text that went in",
            Self::OtherChapters => "it holds in other chapters only",
            Self::Never => "it is for the author alone",
            Self::Stale => "its scene has changed since it was summed up",
            Self::FarFromStart => "the text before the cursor is long enough without it",
        })
    }
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemReport {
    /// Which.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// May be empty.
    pub title: String,
    /// Its place among those that went in, from 1; none: left out.
    pub order: Option<usize>,
    /// How much of it went in; none: nothing.
    pub sent: Option<SentAs>,
    /// Tokens that went in.
    pub tokens: usize,
    /// Tokens of its long form that did not.
    pub left_out: usize,
    /// Why.
    pub why: Option<LeftOut>,
    /// The name in the text for which it belongs here.
    pub named: Option<String>,
    /// A summary of a scene that has changed since.
    pub stale: bool,
    /// What the writer has switched; none: nothing.
    pub switched: Option<bool>,
}

impl ItemReport {
    /// Why it did not go in, or not all of it, in a sentence; empty when all of it went in.
    pub fn reason(&self) -> String {
        match (self.why, self.sent) {
            (None, _) => String::new(),
            (Some(why), None) => why.to_string(),
            (Some(_), Some(SentAs::Short)) => "there was room for its short form only".into(),
            (Some(_), Some(_)) => "there was room for a part of it only".into(),
        }
    }
}
