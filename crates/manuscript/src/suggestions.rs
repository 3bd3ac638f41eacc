//! Provenance: what a model wrote, with all that is needed to say how, and what became of it. It is recorded
//! when it is generated, not when it is taken, so that the record does not depend on what happens next.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::projects::last_id;
use crate::revisions::{self, Cause};
use crate::settings::check_json;
use crate::{Machine, SceneId, SuggestionId, scenes};

/// One candidate that a model wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSuggestion {
    /// The request it answers, as the shell named it; unique while that runs.
    pub request: String,
    /// Its number among the candidates of the request.
    pub candidate: u32,
    /// The scene it was written for, if that is kept in the library.
    pub scene: Option<SceneId>,
    /// What was asked: `continue`, `brainstorm`, `rewrite`.
    pub action: String,
    /// The model's name.
    pub model: String,
    /// The model's file: its hash, or its path.
    pub model_id: String,
    /// The prompt's name.
    pub prompt: String,
    /// The prompt's version.
    pub prompt_version: String,
    /// Sampling and whatever else decided the words; JSON.
    pub settings: String,
    /// Seed of the sampler.
    pub seed: u32,
    /// The words, all of them.
    pub text: String,
    /// Where they were to go; JSON, whose form belongs to the shell. None: nobody is to find them again there.
    pub place: Option<String>,
}

/// A recorded candidate and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its identity in the library.
    pub id: SuggestionId,
    /// What was recorded when it was generated.
    pub what: NewSuggestion,
    /// When it was recorded; UTC, RFC 3339.
    pub created_at: String,
    /// What became of it, in order: it can be taken in pieces, or undone and taken again. Empty as long as
    /// nobody has said.
    pub outcomes: Vec<Outcome>,
}

/// What became of a candidate at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Taken or not.
    pub verdict: Verdict,
    /// The words that went into the manuscript.
    pub text: String,
    /// When; UTC, RFC 3339.
    pub created_at: String,
}

/// Whether a candidate was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Taken, whole or in part.
    Accepted,
    /// Turned away.
    Rejected,
}

impl Library {
    /// Records what a model wrote. A request's name may come again in a later session; it then means the
    /// later one.
    pub fn record_suggestion(&mut self, new: &NewSuggestion) -> Result<SuggestionId, Error> {
        check_json("settings", &new.settings)?;
        new.place.as_deref().map_or(Ok(()), |place| check_json("place", place))?;
        self.write(|db| {
            if let Some(scene) = new.scene {
                scenes::find(db, scene)?;
            }
            db.prepare_cached(
                "INSERT INTO suggestion (request, candidate, scene, action, model, model_id, prompt,
                     prompt_version, settings, seed, text, place, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                new.request,
                new.candidate,
                new.scene,
                new.action,
                new.model,
                new.model_id,
                new.prompt,
                new.prompt_version,
                new.settings,
                new.seed,
                new.text,
                new.place,
                now(db)?,
            ])?;
            Ok(last_id(db)?)
        })
    }

    /// Records what became of a candidate; `text_taken` is what went into the manuscript. When one is
    /// accepted, its scene is first kept as a revision in the state last saved, which is the author's own as
    /// long as the shell tells the outcome before it saves the document with the machine's words in it.
    pub fn record_outcome(
        &mut self,
        request: &str,
        candidate: u32,
        verdict: Verdict,
        text_taken: &str,
    ) -> Result<(), Error> {
        self.write(|db| {
            let (id, scene) = latest(db, request, candidate)?;
            let now = now(db)?;
            if let (Verdict::Accepted, Some(scene)) = (verdict, scene) {
                revisions::keep(db, scene, Cause::Machine, &now)?;
            }
            db.prepare_cached(
                "INSERT INTO outcome (suggestion, verdict, text, created_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, verdict, text_taken, now])?;
            Ok(())
        })
    }

    /// What models wrote for places of a scene, the earliest first: all candidates of the latest `most` requests.
    pub fn suggestions(&self, scene: SceneId, most: u32) -> Result<Vec<Suggestion>, Error> {
        self.read(|db| {
            scenes::find(db, scene)?;
            let mut query = db.prepare_cached(&format!(
                "SELECT {SUGGESTION} FROM suggestion WHERE scene = ?1 AND place IS NOT NULL AND request IN (
                     SELECT request FROM suggestion WHERE scene = ?1 AND place IS NOT NULL
                     GROUP BY request ORDER BY max(id) DESC LIMIT ?2)
                 ORDER BY id"
            ))?;
            let found = query.query_map(params![scene, most], |row| suggestion(db, row))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// What is recorded of the words a page has marked as a machine's. A request's name may have come again: that of
    /// the same scene is meant, or else the latest.
    pub fn made_by(&self, machine: &Machine, scene: SceneId) -> Result<Suggestion, Error> {
        self.read(|db| {
            let sql = format!(
                "SELECT {SUGGESTION} FROM suggestion WHERE request = ?1 AND candidate = ?2
                 ORDER BY scene IS ?3 DESC, id DESC LIMIT 1"
            );
            let found = db
                .prepare_cached(&sql)?
                .query_row(params![machine.request, machine.candidate, scene], |row| suggestion(db, row))
                .optional()?;
            let Machine { request, candidate } = machine.clone();
            Ok(found.ok_or(Error::NoSuggestion { request, candidate })?)
        })
    }
}

/// The columns that [`suggestion`] reads.
const SUGGESTION: &str =
    "id, request, candidate, scene, action, model, model_id, prompt, prompt_version, settings, seed,
     text, place, created_at";

fn suggestion(db: &Connection, row: &Row<'_>) -> rusqlite::Result<Suggestion> {
    let id = row.get(0)?;
    Ok(Suggestion {
        id,
        what: NewSuggestion {
            request: row.get(1)?,
            candidate: row.get(2)?,
            scene: row.get(3)?,
            action: row.get(4)?,
            model: row.get(5)?,
            model_id: row.get(6)?,
            prompt: row.get(7)?,
            prompt_version: row.get(8)?,
            settings: row.get(9)?,
            seed: row.get(10)?,
            text: row.get(11)?,
            place: row.get(12)?,
        },
        created_at: row.get(13)?,
        outcomes: outcomes(db, id)?,
    })
}

fn latest(db: &Connection, request: &str, candidate: u32) -> Result<(SuggestionId, Option<SceneId>), Stop> {
    let found = db
        .prepare_cached(
            "SELECT id, scene FROM suggestion WHERE request = ?1 AND candidate = ?2 ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![request, candidate], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.ok_or_else(|| Error::NoSuggestion { request: request.to_owned(), candidate })?)
}

fn outcomes(db: &Connection, suggestion: SuggestionId) -> rusqlite::Result<Vec<Outcome>> {
    db.prepare_cached("SELECT verdict, text, created_at FROM outcome WHERE suggestion = ?1 ORDER BY id")?
        .query_map([suggestion], |row| {
            Ok(Outcome { verdict: row.get(0)?, text: row.get(1)?, created_at: row.get(2)? })
        })?
        .collect()
}

impl ToSql for Verdict {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
        .into())
    }
}

impl FromSql for Verdict {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "accepted" => Ok(Self::Accepted),
            "rejected" => Ok(Self::Rejected),
            other => Err(FromSqlError::Other(format!("unknown verdict {other}").into())),
        }
    }
}

#[cfg(test)]
mod tests;
