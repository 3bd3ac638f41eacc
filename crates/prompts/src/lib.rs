//! Prompts and what goes into them: templates that can be read and changed, a budget of tokens that says what
//! was left out and why, and the measure by which an answer is long enough. This crate knows the engine's
//! tokenizer and templates, and nothing of projects or windows.

mod budget;
mod ending;
mod error;
mod library;
mod plan;
mod prompt;
mod words;

pub use budget::{Part, PartName, Report};
pub use ending::{Ending, Verdict};
pub use error::{Error, Result};
pub use library::{built_in, library};
pub use plan::{Form, Passage, Plan, Target, plan};
pub use prompt::{ActionKind, Prompt};
