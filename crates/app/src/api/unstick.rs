//! “Unstick me”: what is seen, what is asked, what helps.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Action;

/// What a shell sees without asking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Situation {
    /// Words of the scene.
    pub words: u32,
    /// Words before the cursor in the scene.
    pub words_before: u32,
    /// Words after the cursor in the scene.
    pub words_after: u32,
    /// Words that are selected.
    pub selected: u32,
    /// Words taken out in the last ten minutes.
    pub removed: u32,
    /// Words put in in the last ten minutes.
    pub added: u32,
    /// Whole days since the project was written on before this session.
    pub days_away: u32,
}

/// Kinds of stuck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Stuck {
    /// There is no first sentence.
    BlankPage,
    /// It is not known what happens next.
    WhatNext,
    /// It is known, and the words do not come.
    HowToSayIt,
    /// All of it at once is too much.
    TooMuch,
    /// It is no longer known where this was going.
    LostThread,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "answer", content = "with", rename_all = "snake_case")]
pub enum StuckAnswer {
    /// What is missing.
    Missing(Stuck),
    /// Words for the page are wanted.
    Words,
    /// Ideas to choose from are wanted.
    Ideas,
    /// What it should say, roughly; may be empty.
    Says(String),
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StuckQuestion {
    /// One of the kinds of stuck that are possible here.
    WhatIsMissing,
    WordsOrIdeas,
    /// Answered in the writer's own words.
    WhatShouldItSay,
}

/// What a diagnosis follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StuckBecause {
    PageIsBlank,
    WordsAreSelected,
    /// Much was written and taken out again.
    SentenceIsFoughtOver,
    TextGoesOnAfter,
    LongAway,
    YouSaidSo,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum UnstickStep {
    Ask {
        question: StuckQuestion,
        /// The answers that make sense for [`StuckQuestion::WhatIsMissing`], the likeliest first; none for the others.
        kinds: Vec<Stuck>,
    },
    Known {
        stuck: Stuck,
        /// Never empty.
        because: Vec<StuckBecause>,
        /// What helps.
        action: Action,
    },
}
