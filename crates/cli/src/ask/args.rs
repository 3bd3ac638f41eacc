//! What can be typed to ask about a scene.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use foolscap_app::api::ActionKind;

use super::unstick;
use crate::args::{Loading, temperature};
use crate::library::args::Of;
use crate::place::{At, Span};

/// `foolscap ask`.
#[derive(Debug, Args)]
pub struct Ask {
    /// What is asked for
    #[arg(required_unless_present = "list", value_parser = PossibleValuesParser::new(ActionKind::ALL.map(ActionKind::name).into_iter().chain([unstick::NAME])))]
    pub action: Option<String>,
    /// The scene's number, as `foolscap list PROJECT` tells it; -: the text comes from standard input
    #[arg(value_name = "SCENE", default_value = "-")]
    pub scene: String,
    /// Tell which actions there are, and in which variants
    #[arg(long)]
    pub list: bool,
    /// The project that a text from standard input belongs to, by its title or number
    #[arg(long, value_name = "NAME")]
    pub project: Option<String>,
    /// Where the cursor is: line and column from 1, a number of characters, or end [default: the end]
    #[arg(long, value_name = "PLACE")]
    pub at: Option<At>,
    /// What is selected, in characters from 0
    #[arg(long, value_name = "A..B", conflicts_with = "at")]
    pub select: Option<Span>,
    /// In which flavour (--list tells which there are)
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// What to heed besides
    #[arg(long, default_value = "", value_name = "WORDS")]
    pub instruction: String,
    /// The language to translate into
    #[arg(long, value_name = "LANGUAGE")]
    pub into: Option<String>,
    /// An answer to what unstick asks; the next one answers what it asks then
    #[arg(long = "answer", value_name = "WORD")]
    pub answers: Vec<String>,
    /// The kind of stuck it is, in the place of what unstick finds
    #[arg(long, value_name = "KIND", value_parser = unstick::KINDS)]
    pub stuck: Option<String>,
    /// About how many words are wanted
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub words: Option<u32>,
    /// How many candidates
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=16))]
    pub candidates: Option<u32>,
    /// The same seed gives the same text
    #[arg(long, value_name = "N")]
    pub seed: Option<u32>,
    /// How freely to write: 0 always takes the likeliest word
    #[arg(long, value_name = "T", value_parser = temperature)]
    pub temperature: Option<f32>,
    /// By another version of a prompt than the one in use (`foolscap prompts list`)
    #[arg(long = "by", value_name = "VERSION")]
    pub prompt_version: Option<String>,
    /// The value of a variable of the prompt's own; can be given again
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub variables: Vec<String>,
    /// Leave out something that the project tells (lore:3, note …); can be given again
    #[arg(long, value_name = "ITEM")]
    pub off: Vec<String>,
    /// Tell something that would be left out; can be given again
    #[arg(long, value_name = "ITEM")]
    pub on: Vec<String>,
    /// Tell what would go in and what would not, and why; nothing is written
    #[arg(long)]
    pub plan: bool,
    /// Print all that would be sent, as the model reads it; nothing is written
    #[arg(long, conflicts_with_all = ["plan", "json"])]
    pub prompt: bool,
    /// A model of `foolscap models list`, or a GGUF file [default: the window's]
    #[arg(long, value_name = "MODEL")]
    pub model: Option<PathBuf>,
    #[command(flatten)]
    pub loading: Loading,
    #[command(flatten)]
    pub of: Of,
}
