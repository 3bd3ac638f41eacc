//! Spelling: the languages there are dictionaries for, what is misspelt, and what it may have been meant to be.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The dictionaries that there are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SpellingLanguages {
    pub languages: Vec<SpellingLanguage>,
    /// Where to put a dictionary for another language: `de_AT.aff` and `de_AT.dic`.
    pub folder: String,
}

/// A language that texts can be checked in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SpellingLanguage {
    /// As BCP 47 has it: `de-AT`.
    pub tag: String,
    /// The word list; none for a dictionary that comes with Foolscap.
    pub file: Option<String>,
}

/// What is misspelt in some paragraphs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SpellingReport {
    /// The language of the dictionary that was asked: the nearest there is to the one that was wanted.
    pub language: String,
    /// Of each paragraph, in the order they came.
    pub paragraphs: Vec<Vec<MisspeltWord>>,
}

/// A word that neither the dictionary nor the project knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MisspeltWord {
    /// Its place in the paragraph, in UTF-16 code units, as the page counts.
    pub from: u32,
    pub to: u32,
    pub word: String,
    /// Whether it may be a name: it has a capital where no sentence begins.
    pub name: bool,
}
