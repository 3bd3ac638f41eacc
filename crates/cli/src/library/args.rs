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
    /// What a machine suggested for it when it was asked to, the latest 60 requests, and which words were taken
    #[arg(long)]
    pub suggestions: bool,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Files or folders: Markdown, text, HTML, DOCX, ODT, RTF, EPUB, Scrivener projects (also zipped); -: standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What comes through standard input
    #[arg(long, value_parser = ["md", "txt", "html", "docx", "odt", "rtf", "epub"])]
    pub format: Option<String>,
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
    /// The file to write; -: standard output
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Who wrote it
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Standard manuscript format (DOCX, PDF)
    #[arg(long)]
    pub manuscript: bool,
    /// A line below the author's name on a manuscript's first page; can be given again, or with \n between lines
    #[arg(long, value_name = "TEXT", requires = "manuscript")]
    pub contact: Vec<String>,
    /// A manuscript in Courier instead of Times
    #[arg(long, requires = "manuscript")]
    pub courier: bool,
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
        /// What was put away
        #[arg(long)]
        archived: bool,
        #[command(flatten)]
        of: Of,
    },
    /// Tell all that an entry says
    #[command(after_help = "Example:\n  foolscap lore show 3")]
    Show {
        /// Its number, as `foolscap lore list` tells it
        entry: u32,
        #[command(flatten)]
        of: Of,
    },
    /// Add a person, place, thing or fact
    #[command(after_help = "Examples:
  foolscap lore add \"The Lighthouse\" Ada --also \"the keeper\" --short \"keeper of the light, 60, dry\"
  foolscap lore add \"The Lighthouse\" \"The lamp\" --kind thing --told always --long - < lamp.txt
  foolscap lore add \"The Lighthouse\" Rose --match-case --from \"The Storm\" --to \"The Calm\"")]
    Add {
        /// The project, by its title or number
        project: String,
        /// What it is called
        name: String,
        #[command(flatten)]
        fields: LoreFields,
        #[command(flatten)]
        of: Of,
    },
    /// Change what an entry says; what is not named stays as it is
    #[command(after_help = "Examples:
  foolscap lore set 3 --name \"Ada Penhale\" --also Ada --also \"the keeper\"
  foolscap lore set 3 --from \"The Storm\" --to \"\" --match-case=false")]
    Set {
        /// Its number, as `foolscap lore list` tells it
        entry: u32,
        /// What it is called
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: LoreFields,
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
    /// Take an entry back that was put away
    #[command(after_help = "Example:\n  foolscap lore unarchive 3")]
    Unarchive {
        /// Its number, as `foolscap lore list --archived` tells it
        entry: u32,
        #[command(flatten)]
        of: Of,
    },
}

/// What an entry of the lore says besides its name.
#[derive(Debug, Args)]
pub struct LoreFields {
    /// What it is [person, unless it is said]
    #[arg(long, value_parser = ["person", "place", "thing", "fact"])]
    pub kind: Option<String>,
    /// Another name, in the place of all it had; can be given again
    #[arg(long, value_name = "NAME")]
    pub also: Vec<String>,
    /// When a model is told of it [where it is named, unless it is said]
    #[arg(long, value_parser = ["named", "always", "never"])]
    pub told: Option<String>,
    /// Find its names only as they are written: for a Rose that is not a rose
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub match_case: Option<bool>,
    /// In a few words
    #[arg(long)]
    pub short: Option<String>,
    /// All there is to say; -: from standard input
    #[arg(long)]
    pub long: Option<String>,
    /// The first part or chapter it holds for, by its title or number; "": from the beginning
    #[arg(long, value_name = "CHAPTER")]
    pub from: Option<String>,
    /// The last; "": to the end
    #[arg(long, value_name = "CHAPTER")]
    pub to: Option<String>,
}
