//! What an answer should be like, as an author writes it in a file: a list of checks, each with figures of its own. Every one
//! is a pure function of the answer and what it was asked for, and says where it cannot tell.
//!
//! ```
//! use foolscap_judging::{Case, Spec};
//!
//! #[derive(serde::Deserialize)]
//! struct File {
//!     checks: Vec<Spec>,
//! }
//! let file: File = toml::from_str("[[checks]]\nkind = \"length\"\nmin = 2\nmax = 3\nunit = \"words\"")?;
//! let found = file.checks[0].check(&Case { answer: "Not so short.", ..Case::default() });
//! assert_eq!((found.passed, found.figure), (Some(true), Some(3.0)));
//! # Ok::<(), toml::de::Error>(())
//! ```

mod leak;
mod likeness;
mod phrases;
mod size;
mod spec;
mod style;
mod who;
mod wording;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Case, Flag};

pub(crate) use who::new_names;

/// A check, with what people call it and how often it must pass.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spec {
    /// What people call it; a short description of the check where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The share of answers that must pass, 0 to 1; where there is none the check is only reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// What is checked.
    #[serde(flatten)]
    pub check: Check,
}

/// What is checked. Bounds that are not given do not hold; both ends are allowed. An answer of nothing but white space fails
/// every check but those of length, where the bounds say what may be, and [`Check::Regex`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// All of some texts stand in the answer. The figure is how many do.
    Contains {
        /// The texts.
        texts: Vec<String>,
        /// Whether capitals do not matter.
        #[serde(default)]
        ignore_case: bool,
    },
    /// None of some texts stands in the answer. The figure is in how many places one does.
    NotContains {
        /// The texts.
        texts: Vec<String>,
        /// Whether capitals do not matter.
        #[serde(default)]
        ignore_case: bool,
    },
    /// A regular expression matches somewhere. The figure is how often.
    Regex {
        /// The pattern, in the syntax of Rust's regex.
        pattern: String,
    },
    /// A regular expression matches nowhere. The figure is how often it does.
    NotRegex {
        /// The pattern.
        pattern: String,
    },
    /// How long the answer is.
    Length {
        /// What is counted.
        unit: LengthUnit,
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    /// How many times as many words the answer has as another text.
    LengthRatio {
        /// The other text.
        #[serde(default)]
        to: Against,
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    /// How easily the answer is read. For English by Flesch's reading ease (Flesch 1948), where more is easier:
    /// 206.835 − 1.015 words/sentences − 84.6 syllables/words, with syllables estimated from groups of vowels. For other languages
    /// by LIX (Björnsson 1968), where more is harder: words/sentences + 100 · words of more than six letters / words.
    Readability {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    /// The share of n-grams of words that stood before in the answer, 1 − distinct / all (seq-rep-n of Welleck et al. 2020). A run of
    /// words that comes three times or more, one right after the other, fails whatever the share (four times for a single word).
    Repetition {
        /// Words of an n-gram, 1 to 20.
        #[serde(default = "three")]
        n: usize,
        /// The share at most.
        #[serde(default = "tenth")]
        max: f64,
    },
    /// Clichés and the stock phrases of machines, from a kept list (English) and some more.
    Phrases {
        /// More phrases; `*` stands for any one word.
        #[serde(default)]
        also: Vec<String>,
        /// How many there may be.
        #[serde(default)]
        max: usize,
    },
    /// Who tells, by the pronouns outside dialogue (English and German). First person is told where at least a fifth of
    /// all personal pronouns are, second where at least three tenths are. The figure is the share of the wanted person.
    PointOfView {
        /// The person.
        is: Person,
    },
    /// In which tense is told, by the forms of verbs outside dialogue (English). The figure is the share of the wanted tense among
    /// verbs that show one.
    Tense {
        /// The tense.
        is: Tense,
    },
    /// The share of words that are spoken: in quotation marks, or after a dash.
    Dialogue {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    /// The language of the answer.
    Language {
        /// A tag of BCP 47, `same` for that of the passage, or `into` for the one that was to be translated into.
        is: String,
    },
    /// Nothing that is said to the user rather than written for him: thoughts, preambles, offers, headings, marks of a template.
    Leak {},
    /// The answer is JSON.
    Json {
        /// Keys that the outermost object must have.
        #[serde(default)]
        required: Vec<String>,
    },
    /// Proper names that stand neither in the passage nor in what is known. Only for languages that write names, and not all nouns,
    /// with a capital.
    Names {
        /// How many there may be.
        #[serde(default)]
        max: usize,
    },
    /// The share of the names of the selection that stand in the answer. Where names cannot be told, those of the lore.
    NamesKept {
        /// At least.
        #[serde(default = "all")]
        min: f64,
    },
    /// The share of n-grams of words that stand in the selection, or in the text before or after; the longest run of them is flagged.
    Copied {
        /// Words of an n-gram, 1 to 20.
        #[serde(default = "eight")]
        n: usize,
        /// The share at most.
        #[serde(default = "fifth")]
        max: f64,
    },
    /// How near the answer is to the reference, 0 to 100.
    Similarity {
        /// The measure.
        metric: Metric,
        /// At least.
        min: f64,
    },
    /// How surprising the answer is to a model; the figure comes with the case.
    Perplexity {
        /// At most.
        max: f64,
    },
    /// As many paragraphs as the selection has, and as many with dialogue. The figure is the number of paragraphs.
    Structure {},
}

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LengthUnit {
    /// Words by Unicode.
    Words,
    /// Sentences that have a word.
    Sentences,
    /// Characters (Unicode scalar values), white space among them.
    Characters,
    /// Paragraphs that are not empty.
    Paragraphs,
}

/// What a length is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The passage that was worked on.
    #[default]
    Selection,
    /// The text that a good answer is like.
    Reference,
}

/// Who tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Person {
    /// I, we.
    First,
    /// You.
    Second,
    /// He, she, they.
    Third,
}

/// When it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tense {
    /// It happened.
    Past,
    /// It happens.
    Present,
}

/// A measure of likeness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Metric {
    /// [`crate::chrf::chrf`].
    #[serde(rename = "chrf")]
    Chrf,
    /// [`crate::chrf::chrf_plus_plus`].
    #[serde(rename = "chrf++")]
    ChrfPlusPlus,
    /// The F1 of [`crate::rouge::rouge_l`] where the reference is in Latin letters, of [`crate::rouge::rouge_l_unicode`] where it is
    /// in others, times 100. The unit says which.
    #[serde(rename = "rouge_l")]
    RougeL,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Whether the answer passes; none where that cannot be told.
    pub passed: Option<bool>,
    /// The figure that was held against the bounds, if there is one.
    pub figure: Option<f64>,
    /// What the figure counts; empty where there is none.
    pub unit: Cow<'static, str>,
    /// Where to look, at most a hundred places.
    pub flags: Vec<Flag>,
    /// Why it cannot be told, or why it fails where the figure does not say so.
    pub reason: Option<String>,
}

impl Check {
    /// What prose should hold to, whatever it is about: no leaks, loops, stock phrases, copies or strangers, and the language of the
    /// passage. None has a threshold, so all are only reported.
    pub fn usual() -> Vec<Spec> {
        [
            Self::Leak {},
            Self::Repetition { n: three(), max: tenth() },
            Self::Phrases { also: Vec::new(), max: 0 },
            Self::Copied { n: eight(), max: fifth() },
            Self::Names { max: 0 },
            Self::Language { is: "same".to_owned() },
        ]
        .map(|check| Spec { name: None, threshold: None, check })
        .into()
    }

    /// What besides tells how a prompt does from language to language: whether a passage keeps its names, its length and its
    /// paragraphs. Only of prompts that work on a passage.
    pub fn usual_across_languages() -> Vec<Spec> {
        [
            Self::NamesKept { min: 1.0 },
            Self::LengthRatio { to: Against::Selection, min: Some(0.5), max: Some(2.0) },
            Self::Structure {},
        ]
        .map(|check| Spec { name: None, threshold: None, check })
        .into()
    }
}

impl Spec {
    /// Holds an answer against the check. Time is about n log n in the texts, for a pattern its size (which is limited) times the
    /// text, for ROUGE-L see [`crate::rouge`].
    pub fn check(&self, case: &Case<'_>) -> Found {
        let found = self.held(case);
        if case.answer.trim().is_empty() { found.of_nothing(&self.check) } else { found }
    }

    fn held(&self, case: &Case<'_>) -> Found {
        match &self.check {
            Check::Contains { texts, ignore_case } => wording::contains(case, texts, *ignore_case),
            Check::NotContains { texts, ignore_case } => wording::not_contains(case, texts, *ignore_case),
            Check::Regex { pattern } => wording::regex(case, pattern),
            Check::NotRegex { pattern } => wording::not_regex(case, pattern),
            Check::Length { unit, min, max } => size::length(case, *unit, (*min, *max)),
            Check::LengthRatio { to, min, max } => size::ratio(case, *to, (*min, *max)),
            Check::Readability { min, max } => size::readability(case, (*min, *max)),
            Check::Repetition { n, max } => likeness::repetition(case, *n, *max),
            Check::Phrases { also, max } => phrases::phrases(case, also, *max),
            Check::PointOfView { is } => style::point_of_view(case, *is),
            Check::Tense { is } => style::tense(case, *is),
            Check::Dialogue { min, max } => size::dialogue(case, (*min, *max)),
            Check::Language { is } => who::language(case, is),
            Check::Leak {} => leak::leak(case),
            Check::Json { required } => wording::json(case, required),
            Check::Names { max } => who::names(case, *max),
            Check::NamesKept { min } => who::names_kept(case, *min),
            Check::Copied { n, max } => likeness::copied(case, *n, *max),
            Check::Similarity { metric, min } => likeness::similarity(case, *metric, *min),
            Check::Perplexity { max } => likeness::perplexity(case, *max),
            Check::Structure {} => size::structure(case),
        }
    }
}

impl Found {
    fn told(passed: bool, figure: f64, unit: &'static str) -> Self {
        Self {
            passed: Some(passed),
            figure: Some(figure),
            unit: unit.into(),
            flags: Vec::new(),
            reason: None,
        }
    }

    fn untold(reason: impl Into<String>) -> Self {
        Self { passed: None, figure: None, unit: "".into(), flags: Vec::new(), reason: Some(reason.into()) }
    }

    /// The same of an empty answer, which passes nothing but what its author bounds by length, or writes a pattern for.
    fn of_nothing(self, check: &Check) -> Self {
        let reason = "the answer is empty";
        match check {
            Check::Length { .. } | Check::LengthRatio { .. } | Check::Regex { .. } => self,
            // Their figure is the least there is; of all others it would praise that nothing is there.
            Check::Contains { .. } | Check::NamesKept { .. } | Check::Similarity { .. } => {
                Self { passed: Some(false), reason: Some(reason.to_owned()), ..self }
            }
            _ => Self { passed: Some(false), ..Self::untold(reason) },
        }
    }

    fn flagged(self, mut flags: Vec<Flag>) -> Self {
        flags.truncate(crate::case::MOST_FLAGS);
        Self { flags, ..self }
    }

    fn because(self, reason: Option<String>) -> Self {
        Self { reason, ..self }
    }
}

/// A least and a largest figure, both allowed.
type Bounds = (Option<f64>, Option<f64>);

fn holds(figure: f64, (min, max): Bounds) -> bool {
    min.is_none_or(|min| figure >= min) && max.is_none_or(|max| figure <= max)
}

fn three() -> usize {
    3
}

fn eight() -> usize {
    8
}

fn tenth() -> f64 {
    0.1
}

fn fifth() -> f64 {
    0.2
}

fn all() -> f64 {
    1.0
}

#[cfg(test)]
mod tests;
