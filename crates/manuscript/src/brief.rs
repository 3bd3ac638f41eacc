//! What holds for a whole project: what it is about, what every request is to keep in mind, its language, the
//! words that are right in it, and the findings its author means so.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params};

use crate::error::Error;
use crate::library::{Library, now};
use crate::{ProjectId, projects};

/// What its author says of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brief {
    /// What it is about.
    pub synopsis: String,
    /// What every request is to keep in mind.
    pub authors_note: String,
    /// The language it is written in, as BCP 47 has it (`pt-BR`); empty if not said.
    pub language: String,
    /// The way it is written.
    pub direction: Direction,
}

/// The way lines run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As each paragraph's first letter says.
    #[default]
    Auto,
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// A finding of a check that its author means so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended {
    /// What names the finding from one check to the next; its form belongs to whoever checks.
    pub finding: String,
    /// Why it is meant so.
    pub reason: String,
    /// When it was said; UTC, RFC 3339.
    pub created_at: String,
}

impl Library {
    /// What its author says of a project.
    pub fn brief(&self, project: ProjectId) -> Result<Brief, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let brief = db
                .prepare_cached(
                    "SELECT synopsis, authors_note, language, direction FROM project WHERE id = ?1",
                )?
                .query_row([project], |row| {
                    Ok(Brief {
                        synopsis: row.get(0)?,
                        authors_note: row.get(1)?,
                        language: row.get(2)?,
                        direction: row.get(3)?,
                    })
                })?;
            Ok(brief)
        })
    }

    /// Replaces what its author says of a project.
    pub fn set_brief(&mut self, project: ProjectId, brief: &Brief) -> Result<(), Error> {
        self.write(|db| {
            projects::find(db, project)?;
            put(db, project, brief)?;
            Ok(projects::touch_project(db, project, &now(db)?)?)
        })
    }

    /// The words that are right in a project, whatever a spelling checker says.
    pub fn dictionary(&self, project: ProjectId) -> Result<Vec<String>, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let mut query =
                db.prepare_cached("SELECT word FROM dictionary WHERE project = ?1 ORDER BY word")?;
            Ok(query.query_map([project], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Says that a word is right in a project, or no longer.
    pub fn set_word(&mut self, project: ProjectId, word: &str, right: bool) -> Result<(), Error> {
        self.write(|db| {
            projects::find(db, project)?;
            let sql = if right {
                "INSERT INTO dictionary (project, word) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
            } else {
                "DELETE FROM dictionary WHERE project = ?1 AND word = ?2"
            };
            db.prepare_cached(sql)?.execute(params![project, word.trim()])?;
            Ok(())
        })
    }

    /// The findings that are meant so, the last first.
    pub fn intended(&self, project: ProjectId) -> Result<Vec<Intended>, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let mut query = db.prepare_cached(
                "SELECT finding, reason, created_at FROM intended WHERE project = ?1
                 ORDER BY created_at DESC, finding",
            )?;
            let found = query.query_map([project], |row| {
                Ok(Intended { finding: row.get(0)?, reason: row.get(1)?, created_at: row.get(2)? })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Says why a finding is meant so, or, without a reason, that it is not.
    pub fn set_intended(
        &mut self,
        project: ProjectId,
        finding: &str,
        reason: Option<&str>,
    ) -> Result<(), Error> {
        self.write(|db| {
            projects::find(db, project)?;
            match reason {
                Some(reason) => db
                    .prepare_cached(
                        "INSERT INTO intended (project, finding, reason, created_at) VALUES (?1, ?2, ?3, ?4)
                         ON CONFLICT DO UPDATE SET reason = excluded.reason, created_at = excluded.created_at",
                    )?
                    .execute(params![project, finding, reason, now(db)?])?,
                None => db
                    .prepare_cached("DELETE FROM intended WHERE project = ?1 AND finding = ?2")?
                    .execute(params![project, finding])?,
            };
            Ok(())
        })
    }
}

/// Puts what an author says of a project that is there.
pub(crate) fn put(db: &Connection, project: ProjectId, brief: &Brief) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE project SET synopsis = ?2, authors_note = ?3, language = ?4, direction = ?5 WHERE id = ?1",
    )?
    .execute(params![
        project,
        brief.synopsis,
        brief.authors_note,
        brief.language.trim(),
        brief.direction
    ])?;
    Ok(())
}

impl ToSql for Direction {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Auto => "auto",
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
        .into())
    }
}

impl FromSql for Direction {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "auto" => Ok(Self::Auto),
            "ltr" => Ok(Self::LeftToRight),
            "rtl" => Ok(Self::RightToLeft),
            other => Err(FromSqlError::Other(format!("unknown direction {other}").into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    #[test]
    fn what_is_said_of_a_project_is_kept() {
        let mut library = Temporary::new();
        let project = library.scene_with("").project;
        assert_eq!(library.brief(project).unwrap(), Brief::default());
        let brief = Brief {
            synopsis: "A lamp.".into(),
            authors_note: "No magic.".into(),
            language: "ar".into(),
            direction: Direction::RightToLeft,
        };
        library.set_brief(project, &brief).unwrap();
        assert_eq!(library.brief(project).unwrap(), brief);
        assert!(matches!(library.set_brief(ProjectId(9), &brief), Err(Error::NoProject(ProjectId(9)))));
    }

    #[test]
    fn a_word_is_right_once_and_until_it_is_not() {
        let mut library = Temporary::new();
        let project = library.scene_with("").project;
        for word in ["Foolscap", "grue", " grue "] {
            library.set_word(project, word, true).unwrap();
        }
        assert_eq!(library.dictionary(project).unwrap(), ["Foolscap", "grue"]);
        library.set_word(project, "grue", false).unwrap();
        assert_eq!(library.dictionary(project).unwrap(), ["Foolscap"]);
    }

    #[test]
    fn what_is_meant_so_is_remembered_with_its_reason() {
        let mut library = Temporary::new();
        let project = library.scene_with("").project;
        library.set_intended(project, "eyes:Anna", Some("she lies")).unwrap();
        library.set_intended(project, "eyes:Anna", Some("she wears lenses")).unwrap();
        let found = library.intended(project).unwrap();
        assert_eq!((found.len(), found[0].reason.as_str()), (1, "she wears lenses"));
        library.set_intended(project, "eyes:Anna", None).unwrap();
        assert_eq!(library.intended(project).unwrap(), []);
    }
}
