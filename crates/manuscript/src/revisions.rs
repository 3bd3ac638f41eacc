//! Earlier states of a scene. The last state is always in the scene itself; what a save replaces is kept
//! here when there is reason to want it back, so that a bad hour, a slip of the hand and a machine's rewrite
//! can all be undone long after the editor's own undo is gone.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::error::Error;
use crate::library::{Library, now};
use crate::scenes::{self, Scene};
use crate::{RevisionId, SceneId};

/// While typing, a state is kept when the last one kept is older than this.
const MINUTES: u32 = 5;

/// A save that takes out more than this many bytes at once keeps what was there: about forty English words,
/// more than is ever deleted by hand in the second between two saves.
const MUCH: usize = 200;

/// Why a state was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// Some minutes of writing had passed.
    Typing,
    /// The next save took much out, or put something else in its place.
    Removal,
    /// Words of a machine were about to come in.
    Machine,
}

/// A kept state without its text, as a history shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionSummary {
    /// Its identity in the library.
    pub id: RevisionId,
    /// The scene it is a state of.
    pub scene: SceneId,
    /// The version that the scene had.
    pub version: u32,
    /// Words of its text.
    pub words: u32,
    /// Why it was kept.
    pub cause: Cause,
    /// When the scene was saved in this state; UTC, RFC 3339.
    pub written_at: String,
    /// When it was kept, because the scene was about to change; UTC, RFC 3339.
    pub created_at: String,
}

/// A kept state with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// What a history shows of it.
    pub summary: RevisionSummary,
    /// ProseMirror JSON; empty if the scene had none.
    pub document: String,
    /// The document as plain text.
    pub text: String,
}

impl Library {
    /// The kept states of a scene, the latest first. A state is kept when it is about to be replaced and the
    /// last one kept is more than five minutes old, when a save takes much out at once, and before words of
    /// a machine come in ([`Library::record_outcome`]); none is kept twice.
    pub fn revisions(&self, scene: SceneId) -> Result<Vec<RevisionSummary>, Error> {
        self.read(|db| {
            scenes::find(db, scene)?;
            let sql = format!("SELECT {SUMMARY} FROM revision WHERE scene = ?1 ORDER BY version DESC");
            let kept = db.prepare_cached(&sql)?.query_map([scene], summary)?.collect::<Result<_, _>>()?;
            Ok(kept)
        })
    }

    /// One kept state with its text. To go back to it, save its document and text as the scene's next
    /// version.
    pub fn revision(&self, id: RevisionId) -> Result<Revision, Error> {
        self.read(|db| {
            let sql = format!("SELECT {SUMMARY}, document, text FROM revision WHERE id = ?1");
            let found = db
                .prepare_cached(&sql)?
                .query_row([id], |row| {
                    Ok(Revision { summary: summary(row)?, document: row.get(7)?, text: row.get(8)? })
                })
                .optional()?;
            Ok(found.ok_or(Error::NoRevision(id))?)
        })
    }

    /// Keeps a scene as it is now, before something is done to it that its author may want undone.
    pub fn keep_revision(&mut self, scene: SceneId, cause: Cause) -> Result<(), Error> {
        self.write(|db| {
            scenes::find(db, scene)?;
            Ok(keep(db, scene, cause, &now(db)?)?)
        })
    }
}

/// Keeps what is about to be replaced, if there is reason to.
pub(crate) fn keep_before_save(
    db: &Connection,
    before: &Scene,
    text: &str,
    now: &str,
) -> rusqlite::Result<()> {
    if removed(&before.text, text) > MUCH {
        keep(db, before.id, Cause::Removal, now)
    } else if !kept_lately(db, before.id, now)? {
        keep(db, before.id, Cause::Typing, now)
    } else {
        Ok(())
    }
}

/// Keeps a scene as it is, unless this version is kept already or nothing was ever written in it.
pub(crate) fn keep(db: &Connection, scene: SceneId, cause: Cause, now: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO revision (scene, version, document, text, words, cause, written_at, created_at)
         SELECT id, version, document, text, words, ?2, updated_at, ?3
         FROM scene WHERE id = ?1 AND (document <> '' OR text <> '')
         ON CONFLICT (scene, version) DO NOTHING",
    )?
    .execute(params![scene, cause, now])?;
    Ok(())
}

/// Whether a state was kept within the last minutes. One from the future, after the clock was set back, does
/// not count: it would keep revisions from being made until then.
fn kept_lately(db: &Connection, scene: SceneId, now: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM revision WHERE scene = ?1
            AND created_at BETWEEN strftime('%Y-%m-%dT%H:%M:%fZ', ?2, ?3) AND ?2)",
    )?
    .query_row(params![scene, now, format!("-{MINUTES} minutes")], |row| row.get(0))
}

/// How many bytes of `before` are not in `after`, if the change was made in one place.
fn removed(before: &str, after: &str) -> usize {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let prefix = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (before, after) = (&before[prefix..], &after[prefix..]);
    let suffix = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    before.len() - suffix
}

const SUMMARY: &str = "id, scene, version, words, cause, written_at, created_at";

fn summary(row: &Row<'_>) -> rusqlite::Result<RevisionSummary> {
    Ok(RevisionSummary {
        id: row.get(0)?,
        scene: row.get(1)?,
        version: row.get(2)?,
        words: row.get(3)?,
        cause: row.get(4)?,
        written_at: row.get(5)?,
        created_at: row.get(6)?,
    })
}

impl ToSql for Cause {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Typing => "typing",
            Self::Removal => "removal",
            Self::Machine => "machine",
        }
        .into())
    }
}

impl FromSql for Cause {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "typing" => Ok(Self::Typing),
            "removal" => Ok(Self::Removal),
            "machine" => Ok(Self::Machine),
            other => Err(FromSqlError::Other(format!("unknown cause {other}").into())),
        }
    }
}

#[cfg(test)]
mod tests;
