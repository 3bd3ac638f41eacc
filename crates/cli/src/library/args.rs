//! What can be typed about the library of manuscripts.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

/// Which library, and how it answers.
#[derive(Debug, Args)]
pub struct Of {
    /// The library [default: the one of the window]
    #[arg(long, value_name = "PATH", env = "FOOLSCAP_LIBRARY")]
    pub library: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `foolscap new`.
#[derive(Debug, Args)]
pub struct New {
    /// What the project is called
    pub title: String,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap list`.
#[derive(Debug, Args)]
pub struct List {
    /// A project, by its title or number: its parts, chapters and scenes
    pub project: Option<String>,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The scene's number, as `foolscap list PROJECT` tells it
    #[arg(value_name = "SCENE")]
    pub scene: u32,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Files or folders: Markdown, text, HTML, DOCX, ODT, RTF, EPUB, Scrivener projects (also zipped)
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The project they go into, made if there is none [default: one for each file, called as it is]
    #[arg(long, value_name = "NAME")]
    pub project: Option<String>,
    /// One book of all files, in this order
    #[arg(long)]
    pub together: bool,
    /// Only tell what would be made, and what would not come along
    #[arg(long)]
    pub preview: bool,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The project, by its title or number
    pub project: String,
    /// The format [default: by the file's ending]
    #[arg(long, value_parser = PossibleValuesParser::new(foolscap_app::formats()))]
    pub format: Option<String>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Who wrote it
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Standard manuscript format (DOCX, PDF)
    #[arg(long)]
    pub manuscript: bool,
    /// Let readers see the titles of scenes
    #[arg(long)]
    pub scene_titles: bool,
    /// Number the chapters
    #[arg(long)]
    pub numbers: bool,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap report`.
#[derive(Debug, Args)]
pub struct Report {
    /// The project, by its title or number
    pub project: String,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap search`.
#[derive(Debug, Args)]
pub struct Search {
    /// Words that a scene must have, the last of them at least in part
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Only in this project
    #[arg(long, value_name = "NAME")]
    pub project: Option<String>,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap lore`.
#[derive(Debug, Args)]
pub struct Lore {
    #[command(subcommand)]
    pub command: LoreCommand,
}

/// What to do with lore.
#[derive(Debug, Subcommand)]
pub enum LoreCommand {
    /// Tell what a project has
    #[command(after_help = "Example:\n  foolscap lore list \"The Lighthouse\"")]
    List {
        /// The project, by its title or number
        project: String,
        #[command(flatten)]
        of: Of,
    },
    /// Add a person, place, thing or fact
    #[command(after_help = "Examples:
  foolscap lore add \"The Lighthouse\" Ada --also \"the keeper\" --short \"keeper of the light, 60, dry\"
  foolscap lore add \"The Lighthouse\" \"The lamp\" --kind thing --told always --long - < lamp.txt")]
    Add {
        /// The project, by its title or number
        project: String,
        /// What it is called
        name: String,
        /// What it is
        #[arg(long, default_value = "person", value_parser = ["person", "place", "thing", "fact"])]
        kind: String,
        /// Another name; can be given again
        #[arg(long, value_name = "NAME")]
        also: Vec<String>,
        /// When a model is told of it
        #[arg(long, default_value = "named", value_parser = ["named", "always", "never"])]
        told: String,
        /// In a few words
        #[arg(long, default_value = "")]
        short: String,
        /// All there is to say; -: from standard input
        #[arg(long, default_value = "")]
        long: String,
        #[command(flatten)]
        of: Of,
    },
    /// Put an entry away
    #[command(after_help = "Example:\n  foolscap lore archive 3")]
    Archive {
        /// Its number, as `foolscap lore list` tells it
        entry: u32,
        #[command(flatten)]
        of: Of,
    },
}
