//! What can be typed about experiments.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::library::args::Of;

/// `foolscap experiment …`.
#[derive(Debug, Subcommand)]
pub enum ExperimentCommand {
    /// Work on an experiment until all is answered; what was begun is gone on with. A window that is open beside it is not
    /// waited for: its own queue is, which yields to the writer
    Run(Run),
    /// Tell which experiments there are
    List {
        /// Those that were put away too
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        of: Of,
    },
    /// Choose between answers without seeing whose they are, or let a model judge them
    #[command(after_help = "Examples:
  foolscap experiment judge
  foolscap experiment judge 3 --model qwen3-4b-instruct.gguf
  foolscap experiment judge 3 --model qwen3-4b-instruct.gguf --task rubric
  foolscap experiment judge 3 --model qwen3-4b-instruct.gguf --task facts --json

A model's verdicts count for nothing before `foolscap experiment report` says how far they agree with yours.")]
    Judge(Judge),
    /// Tell what came of an experiment
    Report(Report),
}

/// `foolscap experiment run`.
#[derive(Debug, Args)]
pub struct Run {
    /// A TOML file, or the number or name of an experiment that is there
    #[arg(value_name = "FILE")]
    pub experiment: String,
    /// Begin anew, although the same was done before
    #[arg(long)]
    pub again: bool,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap experiment judge`.
#[derive(Debug, Args)]
pub struct Judge {
    /// Its number or name [default: the latest]
    pub experiment: Option<String>,
    /// A model of this machine that judges in your place: one that follows instructions
    #[arg(long, value_name = "MODEL")]
    pub model: Option<String>,
    /// What the model is asked
    #[arg(long, requires = "model", default_value = "pairs")]
    pub task: Task,
    #[command(flatten)]
    pub of: Of,
}

/// What a model that judges is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Task {
    /// Which of two answers is better
    Pairs,
    /// How far each answer meets the criteria of the plan's rubric, or the usual ones, from 1 to 5
    Rubric,
    /// Whether each answer agrees with its passage's reference
    Facts,
}

/// `foolscap experiment report`.
#[derive(Debug, Args)]
pub struct Report {
    /// Its number or name [default: the latest]
    pub experiment: Option<String>,
    /// What kind of report [default: as the file's name ends, else text]
    #[arg(long)]
    pub format: Option<Format>,
    /// Where to
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub of: Of,
}

/// Kinds of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page of its own, for a browser
    Html,
    /// A line an answer, for a spreadsheet
    Csv,
    /// An object an answer, with all that is known of it
    Jsonl,
    /// A table
    Text,
}
