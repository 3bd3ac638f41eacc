//! An answer with all that it is held against, and what was found in it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::language;

/// Bytes of an answer that are quoted at most; a longer stretch is quoted by its beginning.
const LONGEST_QUOTE: usize = 300;
/// Flags of one kind at most: who has to read more has read enough.
pub(crate) const MOST_FLAGS: usize = 100;

/// Something that is known of the story: a person, a place, a thing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Known {
    /// What it is called.
    pub name: String,
    /// What else it is called.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What is known of it.
    #[serde(default)]
    pub text: String,
}

/// An answer, and what it was asked for. What does not apply is empty.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Case<'a> {
    /// What the model wrote.
    pub answer: &'a str,
    /// The text before the selection or the cursor.
    pub before: &'a str,
    /// The passage that was worked on.
    pub selection: &'a str,
    /// The text after it.
    pub after: &'a str,
    /// What is known of the story.
    pub lore: &'a [Known],
    /// A text that a good answer is like.
    pub reference: Option<&'a str>,
    /// The language of the passage by BCP 47; empty where nobody has said it.
    pub language: &'a str,
    /// The language that was to be translated into by BCP 47; empty where none was.
    pub into: &'a str,
    /// How surprising the answer is to a model, from 1; whoever has the model gives it.
    pub perplexity: Option<f64>,
}

/// A place in an answer that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// The words of the answer, or their beginning.
    pub quote: String,
    /// Where they stand, in bytes of the answer; none for what is missing from it.
    pub at: Option<Range<usize>>,
    /// What is the matter, in a few words.
    pub why: String,
}

impl Flag {
    pub(crate) fn at(text: &str, at: Range<usize>, why: impl Into<String>) -> Self {
        Self { quote: shortened(text.get(at.clone()).unwrap_or_default()), at: Some(at), why: why.into() }
    }

    pub(crate) fn missing(quote: &str, why: impl Into<String>) -> Self {
        Self { quote: shortened(quote), at: None, why: why.into() }
    }
}

impl<'a> Case<'a> {
    /// The language that the answer should be in, or is; none where that cannot be told.
    pub(crate) fn written_in(&self) -> Option<String> {
        language::primary(self.into).or_else(|| language::of(self.language, self.answer))
    }

    /// Everything that an answer may draw on: the passage with what is around it, and the lore.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let lore = self.lore.iter().flat_map(|known| {
            let names = known.aliases.iter().chain([&known.name]);
            names.map(String::as_str).chain([known.text.as_str()])
        });
        [self.before, self.selection, self.after].into_iter().chain(lore)
    }
}

pub(crate) fn shortened(text: &str) -> String {
    if text.len() <= LONGEST_QUOTE {
        return text.to_owned();
    }
    let end = (0..=LONGEST_QUOTE).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}…", text.get(..end).unwrap_or_default())
}
