//! Backups from the command line: also for a library that the window has open, or that no longer opens.

use clap::{Args, Subcommand};
use foolscap_app::Backups;
use foolscap_app::api::BackupFile;
use serde_json::json;

use crate::Failure;
use crate::library::args::Of;
use crate::library::{as_json, place};
use crate::look::print;

/// `foolscap backup`.
#[derive(Debug, Args)]
pub struct Backup {
    #[command(subcommand)]
    pub command: BackupCommand,
}

/// What to do with backups.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Tell which there are, the latest first
    #[command(after_help = "Examples:\n  foolscap backup list\n  foolscap backup list --aside")]
    List {
        /// Libraries that were put aside instead: when a backup came back, or one could not be read
        #[arg(long)]
        aside: bool,
        #[command(flatten)]
        of: Of,
    },
    /// Make one now; the window may have the library open
    #[command(after_help = "Example:\n  foolscap backup make")]
    Make {
        /// How many are kept; the oldest go first [default: as many as the window keeps]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        keep: Option<u32>,
        #[command(flatten)]
        of: Of,
    },
    /// Go back to one; what is there now is kept beside the library
    #[command(after_help = "Examples:
  foolscap backup restore 2026-11-28T09:30:00.250Z
  foolscap backup restore ~/.local/share/app.foolscap.desktop/backups/library-20261128T093000.250Z.foolscap

The window has to be closed meanwhile.")]
    Restore {
        /// Its time or its file, as `foolscap backup list` tells them
        backup: String,
        #[command(flatten)]
        of: Of,
    },
}

/// `foolscap backup`.
pub fn backup(command: &BackupCommand) -> Result<(), Failure> {
    match command {
        BackupCommand::List { aside: true, of } => {
            let all = Backups::of(&place(of)).aside()?;
            if of.json {
                return as_json(&all);
            }
            all.iter().try_for_each(|one| {
                let why = if one.damaged { "  damaged" } else { "" };
                print(&format!("{}  {:>8.1} MB  {}{why}", one.at, one.bytes / 1e6, one.file))
            })
        }
        BackupCommand::List { aside: false, of } => {
            let all = Backups::of(&place(of)).files()?;
            if of.json {
                return as_json(&all);
            }
            if all.is_empty() {
                eprintln!("there is no backup yet; `foolscap backup make` makes one");
            }
            all.iter().try_for_each(|backup| print(&line(backup)))
        }
        BackupCommand::Make { keep, of } => {
            let made = Backups::of(&place(of)).make(*keep)?;
            if of.json { as_json(&made) } else { print(&line(&made)) }
        }
        BackupCommand::Restore { backup, of } => {
            let aside = Backups::of(&place(of)).restore_closed(backup)?;
            if of.json {
                return as_json(&json!({ "replaced": aside }));
            }
            let aside =
                aside.map(|aside| format!("; what was there until now is {aside}")).unwrap_or_default();
            print(&format!("the library is as it was then{aside}"))
        }
    }
}

fn line(backup: &BackupFile) -> String {
    format!("{}  {:>8.1} MB  {}", backup.made_at, backup.bytes / 1e6, backup.file)
}
