//! What the author has yet to be told of a recovery. It is kept in the library itself, since who opens it first may be a
//! script that nobody reads.

use std::path::Path;

use rusqlite::{Connection, params};

use super::Recovery;
use crate::error::{Error, Stop};
use crate::library::{Library, now};

/// The key of the settings that it is kept under.
const SETTING: &str = "recovery";

impl Library {
    /// What was done to recover it, as long as nobody has said that the author was told.
    pub fn untold_recovery(&self) -> Result<Option<Recovery>, Error> {
        Ok(self.setting(SETTING)?.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// The author has been told.
    pub fn recovery_told(&mut self) -> Result<(), Error> {
        self.write(|db| {
            db.execute("DELETE FROM setting WHERE key = ?1", [SETTING])?;
            Ok(())
        })
    }
}

/// Writes it into a library that nobody has open, of whatever schema.
pub(super) fn write(recovery: &Recovery, library: &Path) -> Result<(), Error> {
    let json = serde_json::json!(recovery).to_string();
    let written = Connection::open(library).and_then(|db| {
        db.execute(
            "INSERT INTO setting (key, value, updated_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
            params![SETTING, json, now(&db)?],
        )
    });
    written.map(|_| ()).map_err(|e| Stop::from(e).at(library))
}
