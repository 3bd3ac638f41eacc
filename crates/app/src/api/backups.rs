//! Backups of the library, and when they are made.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Problem;

/// A copy of the whole library, made at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct BackupFile {
    pub file: String,
    /// UTC, RFC 3339.
    pub made_at: String,
    pub bytes: f64,
}

/// A library that something else took the place of; it lies beside that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct AsideFile {
    pub file: String,
    /// When it was put aside; UTC, RFC 3339.
    pub at: String,
    pub bytes: f64,
    /// It could not be read whole; else a backup came back in its place, which going back to it undoes.
    pub damaged: bool,
}

/// The backups there are, and what is wanted of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct BackupList {
    /// The latest first.
    pub backups: Vec<BackupFile>,
    /// Libraries that were put aside, the latest first.
    pub aside: Vec<AsideFile>,
    pub folder: String,
    pub schedule: BackupSchedule,
    /// Why the last one that was due could not be made; none if it was.
    pub problem: Option<Problem>,
}

/// When backups are made by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupSchedule {
    /// Hours of use between two; 0: none are made by themselves.
    pub hours: u32,
    /// How many are kept; the oldest go first.
    pub keep: u32,
}
