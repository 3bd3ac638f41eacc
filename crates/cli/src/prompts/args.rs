//! What can be typed about prompts.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use foolscap_app::api::ActionKind;

use crate::args::Loading;
use crate::library::args::Of;
use crate::place::{At, Span};

/// `foolscap prompts …`.
#[derive(Debug, Subcommand)]
pub enum PromptsCommand {
    /// Tell which prompts there are, and which are in use
    List {
        /// Those that were put away too
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        of: Of,
    },
    /// Print a version's text
    Show {
        /// Its label, or a prompt's name: the latest version
        #[arg(value_name = "VERSION")]
        label: String,
        #[command(flatten)]
        of: Of,
    },
    /// Begin a prompt with the text of another one
    New {
        /// What it is called
        name: String,
        /// The version it begins with [default: the one that came with Foolscap]
        #[arg(long, value_name = "VERSION", required_unless_present = "action")]
        from: Option<String>,
        /// What it is for
        #[arg(long, value_parser = PossibleValuesParser::new(ActionKind::ALL.map(ActionKind::name)))]
        action: Option<String>,
        #[command(flatten)]
        of: Of,
    },
    /// Write a prompt's next version, in $VISUAL or $EDITOR, or from a file
    Edit {
        /// The prompt, or the version to begin with
        #[arg(value_name = "VERSION")]
        label: String,
        /// The text comes from a file; -: from standard input
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// What to remember of this version
        #[arg(long, short, default_value = "", value_name = "WORDS")]
        message: String,
        #[command(flatten)]
        of: Of,
    },
    /// Tell what changed from one version to another; exit code 1 when something did
    Diff {
        /// The earlier one
        before: String,
        /// The later one
        after: String,
        #[command(flatten)]
        of: Of,
    },
    /// Use a version from now on
    Use {
        /// Its label; what came with Foolscap is used again with its own (`continue`)
        #[arg(value_name = "VERSION")]
        label: String,
        /// In one project only, by its title or number
        #[arg(long, value_name = "NAME")]
        project: Option<String>,
        /// Take back what was chosen for the version's action
        #[arg(long)]
        no_longer: bool,
        #[command(flatten)]
        of: Of,
    },
    /// Print what would be sent, as the model reads it
    Render(Box<Render>),
    /// Tell what is wrong with prompt files; exit code 1 when something is
    Check {
        /// Files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the latest versions into a folder, a file each
    Export {
        /// The folder
        folder: PathBuf,
        /// Prompts [default: all of your own]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
        #[command(flatten)]
        of: Of,
    },
    /// Read prompts from files and folders; what is new becomes a version
    Import {
        /// Files or folders
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        of: Of,
    },
    /// Put a prompt away
    Archive {
        /// Which
        name: String,
        /// Bring it back instead
        #[arg(long)]
        back: bool,
        #[command(flatten)]
        of: Of,
    },
}

/// `foolscap prompts render`.
#[derive(Debug, Args)]
pub struct Render {
    /// A label, a prompt's name, or a file
    #[arg(value_name = "VERSION")]
    pub label: String,
    /// The scene's number; -: the text comes from standard input
    #[arg(value_name = "SCENE", default_value = "-")]
    pub scene: String,
    /// Where the cursor is [default: the end]
    #[arg(long, value_name = "PLACE")]
    pub at: Option<At>,
    /// What is selected, in characters from 0
    #[arg(long, value_name = "A..B", conflicts_with = "at")]
    pub select: Option<Span>,
    /// In which flavour
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// What to heed besides
    #[arg(long, default_value = "", value_name = "WORDS")]
    pub instruction: String,
    /// The language to translate into
    #[arg(long, value_name = "LANGUAGE")]
    pub into: Option<String>,
    /// The value of a variable of the prompt's own; can be given again
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub variables: Vec<String>,
    /// A model of `foolscap models list`, or a GGUF file [default: the window's]
    #[arg(long, value_name = "MODEL")]
    pub model: Option<PathBuf>,
    #[command(flatten)]
    pub loading: Loading,
    #[command(flatten)]
    pub of: Of,
}
