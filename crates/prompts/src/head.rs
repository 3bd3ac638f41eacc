//! What a prompt says of itself in its front matter: what it is for, what it works on, how its answers are drawn, and the
//! flavours it comes in.

use std::collections::{BTreeMap, BTreeSet};

use foolscap_engine::sampler::Settings;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::own::{Example, OwnVariable};
use crate::variables::{OwnValue, VARIABLES};

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Carry the text on.
    Continue,
    /// Several short ideas.
    Brainstorm,
    /// Other words for a passage.
    Rewrite,
    /// What the senses have of something.
    Describe,
    /// Carry the text on in dialogue.
    Dialogue,
    /// Lead from what stands before to what stands after.
    Bridge,
    /// Sum up.
    Summarise,
    /// A numbered list of beats.
    Outline,
    /// Put it into another language.
    Translate,
    /// Notes on passages of it.
    Critique,
    /// Hold it against what is known.
    Check,
}

/// What an action works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorksOn {
    /// The place of the cursor; a selection is part of the text before it, and what the action is about.
    Cursor,
    /// The selection, which must not be empty and goes in whole.
    Selection,
    /// The selection, or all of the text where nothing is selected; the beginning of what is too long is left out.
    SelectionOrText,
}

/// What an answer is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// Words that go in at the cursor.
    Passage,
    /// Words for the place of the selection.
    Replacement,
    /// Something about the text.
    Remark,
    /// One short item: a name, a title.
    Item,
    /// Numbered lines.
    List,
    /// Notes on passages of the text, as JSON.
    Notes,
}

/// The front matter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// For people.
    pub name: String,
    /// What it is for.
    pub action: ActionKind,
    /// Counts changes.
    pub version: u32,
    /// What it does, in a sentence.
    pub purpose: String,
    /// What it works on.
    pub works_on: WorksOn,
    /// What its answers are good for.
    pub gives: Gives,
    /// Whether a variant or an instruction must be given.
    #[serde(default)]
    pub must_say_how: bool,
    /// Whether there must be a text after the cursor.
    #[serde(default)]
    pub needs_after: bool,
    /// Whether a language to translate into must be given.
    #[serde(default)]
    pub needs_language: bool,
    /// Whether only a model that follows instructions can do it.
    #[serde(default)]
    pub needs_instructions: bool,
    /// Whether a model that follows instructions ends its answer itself; else it is ended after about `words`.
    #[serde(default)]
    pub own_end: bool,
    /// Whether an answer is likely to have the words of the selection where nothing needs to change.
    #[serde(default)]
    pub follows: bool,
    /// About how many words an answer has; none: as many as what it works on, times `length`.
    #[serde(default)]
    pub words: Option<u32>,
    /// See `words`.
    #[serde(default = "same_length")]
    pub length: f32,
    /// How many candidates.
    pub candidates: u32,
    /// Whether each candidate begins with another token.
    #[serde(default)]
    pub distinct: bool,
    /// Texts that end an answer.
    #[serde(default)]
    pub stop: Vec<String>,
    /// Texts that end it where a model carries a text on.
    #[serde(default)]
    pub completion_stop: Vec<String>,
    /// The variant that is meant when none is named.
    #[serde(default)]
    pub variant: Option<String>,
    /// How every answer begins.
    #[serde(default)]
    pub lead: Lead,
    /// How tokens are drawn; what is not given is the engine's default.
    pub sampling: Settings,
    /// Its flavours.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// Variables of its own.
    #[serde(default)]
    pub variables: Vec<OwnVariable>,
    /// What was asked and well answered before: turns of a conversation, and the variable `examples`.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// What its answers are held against; whoever checks them knows what these say.
    #[serde(default)]
    pub checks: Vec<toml::Table>,
    /// What its author wants to remember of it.
    #[serde(default)]
    pub notes: String,
}

fn same_length() -> f32 {
    1.1
}

/// How an answer begins: words of the answer that the model is given (templates).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lead {
    /// For a model that follows instructions.
    pub chat: String,
    /// For one that fills a gap or carries a text on.
    pub completion: String,
}

/// A flavour of a prompt. What it says takes the place of what the prompt says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Names it in requests.
    pub id: String,
    /// For people.
    pub title: String,
    /// What it asks for, in a sentence (a template): the variable `manner`.
    pub manner: String,
    /// The same for a model that carries a text on: a beginning, in English, of what is wanted (a template): the variable `cue`.
    #[serde(default)]
    pub cue: String,
    /// How its answers begin, in English.
    #[serde(default)]
    pub lead: Option<Lead>,
    /// See [`Head::words`].
    #[serde(default)]
    pub words: Option<u32>,
    /// See [`Head::length`].
    #[serde(default)]
    pub length: Option<f32>,
    /// See [`Head::candidates`].
    #[serde(default)]
    pub candidates: Option<u32>,
    /// Texts that end its answers where a model carries a text on, besides the prompt's.
    #[serde(default)]
    pub completion_stop: Vec<String>,
    /// See [`Head::gives`].
    #[serde(default)]
    pub gives: Option<Gives>,
    /// See [`Head::sampling`].
    #[serde(default)]
    pub temperature: Option<f32>,
}

/// No request needs more; a list of that many is no help to a writer either.
const MOST_CANDIDATES: u32 = 16;
const TEMPERATURE: &str = "a temperature is a number from 0 to 10";

fn is_temperature(t: f32) -> bool {
    (0.0..=10.0).contains(&t)
}

/// A setting that no token can be drawn by, and why.
pub fn impossible(settings: &Settings) -> Option<(&'static str, &'static str)> {
    let Settings { temperature, top_p, min_p, repetition_penalty, .. } = settings;
    let checks = [
        ("temperature", is_temperature(*temperature), TEMPERATURE),
        ("top_p", (0.0..=1.0).contains(top_p), "top_p is a part: from 0 to 1"),
        ("min_p", (0.0..=1.0).contains(min_p), "min_p is a part: from 0 to 1"),
        (
            "repetition_penalty",
            *repetition_penalty > 0.0 && *repetition_penalty <= 10.0,
            "a repetition penalty is a number above 0, at most 10; 1 is none",
        ),
    ];
    checks.into_iter().find(|(_, possible, _)| !possible).map(|(name, _, reason)| (name, reason))
}

impl Head {
    /// The values of its own variables: those that are given, and the usual ones.
    ///
    /// # Errors
    /// [`Error::Missing`] for a value that is not of its kind.
    pub(crate) fn own(&self, given: &BTreeMap<String, String>) -> Result<BTreeMap<String, OwnValue>> {
        let value = |variable: &OwnVariable| {
            let text = given.get(&variable.name).unwrap_or(&variable.default);
            Ok((variable.name.clone(), variable.value(text).map_err(|reason| Error::Missing(reason.into()))?))
        };
        self.variables.iter().map(value).collect()
    }

    /// # Errors
    /// What cannot be, in words, with the way to it in the front matter.
    pub(crate) fn check_values(&self) -> Result<(), (Vec<String>, String)> {
        let wrong = |way: &[&str], reason: &str| {
            Err((way.iter().map(|name| (*name).to_owned()).collect(), reason.to_owned()))
        };
        if self.name.trim().is_empty() {
            return wrong(&["name"], "it needs a name");
        }
        let (count, length) = (1..=MOST_CANDIDATES, |length: f32| length.is_finite() && length > 0.0);
        let counts = "between 1 and 16 candidates can be made";
        let lengths = "a length is a number above 0";
        if !count.contains(&self.candidates) {
            return wrong(&["candidates"], counts);
        }
        if !length(self.length) {
            return wrong(&["length"], lengths);
        }
        if let Some((name, reason)) = impossible(&self.sampling) {
            return wrong(&["sampling", name], reason);
        }
        for (at, variant) in self.variants.iter().enumerate() {
            let at = at.to_string();
            if variant.candidates.is_some_and(|candidates| !count.contains(&candidates)) {
                return wrong(&["variants", &at, "candidates"], counts);
            }
            if variant.length.is_some_and(|variant| !length(variant)) {
                return wrong(&["variants", &at, "length"], lengths);
            }
            if variant.temperature.is_some_and(|t| !is_temperature(t)) {
                return wrong(&["variants", &at, "temperature"], TEMPERATURE);
            }
        }
        Ok(())
    }

    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn check(&self) -> Result<(), String> {
        let ids: BTreeSet<&str> = self.variants.iter().map(|variant| variant.id.as_str()).collect();
        if ids.len() < self.variants.len() {
            return Err("two of its variants have the same id".into());
        }
        for (i, variable) in self.variables.iter().enumerate() {
            let name = &variable.name;
            let word = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !word(name) || name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(format!(
                    "a variable cannot be called {name:?}; letters, digits and _ make a name"
                ));
            }
            if VARIABLES.iter().any(|(known, _)| known == name)
                || self.variables[..i].iter().any(|other| other.name == *name)
            {
                return Err(format!("there are two variables {name}; give this one another name"));
            }
            variable.value(&variable.default)?;
        }
        match &self.variant {
            Some(usual) if !ids.contains(usual.as_str()) => {
                Err(format!("its usual variant is {usual:?}, and there is none of that id"))
            }
            _ => Ok(()),
        }
    }
}
