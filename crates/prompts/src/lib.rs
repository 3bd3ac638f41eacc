//! Prompts and what goes into them: templates that can be read and changed, a budget of tokens that says what
//! was left out and why, and the measure by which an answer is long enough. This crate knows the engine's
//! tokenizer and templates, and nothing of projects or windows.

mod body;
mod choice;
mod consistency;
mod counted;
mod critique;
mod draft;
mod ending;
mod error;
mod evidence;
mod fit;
mod head;
mod item;
mod json_schema;
mod language;
mod library;
mod own;
mod place;
mod plan;
mod prompt;
mod quotes;
mod report;
mod template;
#[cfg(test)]
mod testing;
mod texts;
pub mod unstick;
mod variables;
mod words;

pub use body::headings;
pub use consistency::{Finding, Findings, Label, Source, covers};
pub use critique::{Concern, Critique, Note};
pub use ending::{End, Ending, Verdict};
pub use error::{Error, Result};
pub use head::{ActionKind, Gives, Head, Lead, Variant, WorksOn, impossible};
pub use item::{Context, Item, ItemReport, Kind, LeftOut, Mention, SentAs, Told};
pub use language::code as language_code;
pub use library::{built_in, library};
pub use own::{Example, OwnKind, OwnVariable};
pub use place::Ask;
pub use plan::{Form, Plan, Sent, Target, plan};
pub use prompt::{Prompt, Section};
pub use report::{Part, PartName, Report};
pub use template::{FILTERS, includes};
pub use variables::{Entry, OwnValue, VARIABLES, Variables};
