//! Earlier states of a scene. The last state is always in the scene itself; what a save replaces is kept
//! here when there is reason to want it back, so that a bad hour, a slip of the hand and a machine's rewrite
//! can all be undone long after the editor's own undo is gone.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::scenes::{self, Saved, Scene};
use crate::undo::{Step, Undo};
use crate::{ProjectId, RevisionId, SceneId, tree};

mod thinning;

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
    /// Its author gave this state a name.
    Snapshot,
    /// An earlier state was about to come back.
    Restore,
    /// The scene was about to be cut in two.
    Split,
    /// Another scene was about to be put at its end.
    Merge,
    /// Words were about to be replaced in many places.
    Replace,
    /// Words from a file were about to come in.
    Import,
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
    /// The name its author gave it, if any.
    pub name: Option<String>,
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

/// A kept state that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The scene, at its next version.
    pub scene: Saved,
    /// Undoes it.
    pub undo: Undo,
}

impl Library {
    /// The kept states of a scene, the latest first. A state is kept when it is about to be replaced and the
    /// last one kept is more than five minutes old, when a save takes much out at once, and before words of
    /// a machine come in ([`Library::record_outcome`]); none is kept twice.
    pub fn revisions(&self, scene: SceneId) -> Result<Vec<RevisionSummary>, Error> {
        self.read(|db| {
            scenes::find(db, scene)?;
            let sql = format!("SELECT {SUMMARY} FROM revision INDEXED BY revision_shown WHERE scene = ?1 ORDER BY version DESC");
            let kept = db.prepare_cached(&sql)?.query_map([scene], summary)?.collect::<Result<_, _>>()?;
            Ok(kept)
        })
    }

    /// One kept state with its text.
    pub fn revision(&self, id: RevisionId) -> Result<Revision, Error> {
        self.read(|db| {
            let sql = format!("SELECT {SUMMARY}, document, text FROM revision WHERE id = ?1");
            let found = db
                .prepare_cached(&sql)?
                .query_row([id], |row| {
                    Ok(Revision { summary: summary(row)?, document: row.get(8)?, text: row.get(9)? })
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

    /// Keeps a scene as it is now, under a name. A state has one name: another one takes its place. A page
    /// nobody has written on is not kept, and nothing is returned.
    pub fn snapshot(&mut self, scene: SceneId, name: &str) -> Result<Option<RevisionSummary>, Error> {
        self.write(|db| snapshot(db, scene, name, &now(db)?))
    }

    /// Keeps every scene of a project as it is now, under one name. Returns how many there were.
    pub fn snapshot_project(&mut self, project: ProjectId, name: &str) -> Result<u32, Error> {
        self.write(|db| {
            let now = now(db)?;
            let mut kept = 0;
            for scene in tree::read(db, project)?.into_scenes() {
                kept += u32::from(snapshot(db, scene.id, name, &now)?.is_some());
            }
            Ok(kept)
        })
    }

    /// Gives a kept state a name, or takes it away. One with a name is never let go of.
    pub fn name_revision(&mut self, id: RevisionId, name: Option<&str>) -> Result<RevisionSummary, Error> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        self.write(|db| {
            let sql = format!("UPDATE revision SET name = ?2 WHERE id = ?1 RETURNING {SUMMARY}");
            let named = db.prepare_cached(&sql)?.query_row(params![id, name], summary).optional()?;
            Ok(named.ok_or(Error::NoRevision(id))?)
        })
    }

    /// Brings a kept state back as the scene's next version; what the scene is now is kept first. The
    /// `base_version` is as in [`Library::save_scene`].
    pub fn restore_revision(&mut self, id: RevisionId, base_version: u32) -> Result<Restored, Error> {
        let revision = self.revision(id)?;
        self.write(|db| {
            let before = scenes::find(db, revision.summary.scene)?;
            scenes::check_version(&before, base_version)?;
            let now = now(db)?;
            keep(db, before.id, Cause::Restore, &now)?;
            let saved = scenes::put(db, &before, &revision.document, &revision.text, &now)?;
            let back = Step::Text { scene: before.id, version: saved.version, to: tree::kept(&before) };
            Ok(Restored { scene: saved, undo: Undo::of(vec![back]) })
        })
    }
}

fn snapshot(db: &Connection, scene: SceneId, name: &str, now: &str) -> Result<Option<RevisionSummary>, Stop> {
    let version = scenes::find(db, scene)?.version;
    keep(db, scene, Cause::Snapshot, now)?;
    db.prepare_cached("UPDATE revision SET name = ?3 WHERE scene = ?1 AND version = ?2")?
        .execute(params![scene, version, name.trim()])?;
    let sql = format!("SELECT {SUMMARY} FROM revision WHERE scene = ?1 AND version = ?2");
    Ok(db.prepare_cached(&sql)?.query_row(params![scene, version], summary).optional()?)
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

const SUMMARY: &str = "id, scene, version, words, cause, written_at, created_at, name";

fn summary(row: &Row<'_>) -> rusqlite::Result<RevisionSummary> {
    Ok(RevisionSummary {
        id: row.get(0)?,
        scene: row.get(1)?,
        version: row.get(2)?,
        words: row.get(3)?,
        cause: row.get(4)?,
        written_at: row.get(5)?,
        created_at: row.get(6)?,
        name: row.get(7)?,
    })
}

impl ToSql for Cause {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Typing => "typing",
            Self::Removal => "removal",
            Self::Machine => "machine",
            Self::Snapshot => "snapshot",
            Self::Restore => "restore",
            Self::Split => "split",
            Self::Merge => "merge",
            Self::Replace => "replace",
            Self::Import => "import",
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
            "snapshot" => Ok(Self::Snapshot),
            "restore" => Ok(Self::Restore),
            "split" => Ok(Self::Split),
            "merge" => Ok(Self::Merge),
            "replace" => Ok(Self::Replace),
            "import" => Ok(Self::Import),
            other => Err(FromSqlError::Other(format!("unknown cause {other}").into())),
        }
    }
}

#[cfg(test)]
mod tests;
