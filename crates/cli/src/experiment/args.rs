//! What can be typed about experiments.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::library::args::Of;

/// `foolscap experiment …`.
#[derive(Debug, Subcommand)]
pub enum ExperimentCommand {
    /// Work on an experiment until all is answered; what was begun is gone on with
    Run(Run),
    /// Tell which experiments there are
    List {
        #[command(flatten)]
        of: Of,
    },
    /// Choose between answers without seeing whose they are
    Judge {
        /// Its number or name [default: the latest]
        experiment: Option<String>,
        #[command(flatten)]
        of: Of,
    },
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
