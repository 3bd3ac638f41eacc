//! Where the workbench keeps what it knows: prompts in versions that never change, which of them is in use, passages to try
//! them on, experiments with all their answers, and what was chosen blind. One SQLite file beside the library, so that
//! thousands of answers do not weigh on the manuscripts and their backups, and so that a command line can work on an
//! experiment while the window writes the library. What a prompt, a passage or a plan says is text to it.

mod answers;
mod backup;
mod bench;
mod design;
mod error;
mod experiments;
mod labels;
mod opinions;
mod pairs;
mod prompts;
mod schema;
mod sets;
#[cfg(test)]
mod testing;
mod votes;

pub use answers::{Answer, NewAnswer};
pub use bench::Workbench;
pub use design::{Arm, Batch, Cell, Design};
pub use error::{Error, Result};
pub use experiments::{Experiment, ExperimentId, NewExperiment};
pub use labels::Label;
pub use opinions::{Errand, Opinion};
pub use pairs::Pair;
pub use prompts::{InUse, NewVersion, Prompt, Version, digest};
pub use sets::{SetSummary, TestSet, TestSetId};
pub use votes::{Choice, Vote};
