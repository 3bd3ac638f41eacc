//! Prompts as documents: each has versions, which never change, and an action uses one of them: in one project, or in all.

use std::fmt::Write as _;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::Workbench;
use crate::error::{Error, Result};
use crate::labels::{Label, key};

/// A prompt of the writer's own, with its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// As it was first written.
    pub name: String,
    /// What it is for.
    pub action: String,
    /// Put away.
    pub archived: bool,
    /// The latest first.
    pub versions: Vec<Version>,
}

/// A version of a prompt. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Names it.
    pub label: Label,
    /// The label of what it was made of.
    pub parent: Option<String>,
    /// What its author said of it.
    pub message: String,
    /// All of its text.
    pub source: String,
    /// SHA-256 of the text, in hexadecimal.
    pub hash: String,
    /// UTC, RFC 3339.
    pub created_at: String,
}

/// A version to be.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    /// Of which prompt; one that is not there is made.
    pub name: &'a str,
    /// What it is for.
    pub action: &'a str,
    /// The label of what it is made of.
    pub parent: Option<&'a str>,
    /// What its author says of it.
    pub message: &'a str,
    /// Whether any version of the same text will do; else only the latest, so that an earlier one can come back.
    pub known: bool,
}

/// Which version an action uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUse {
    /// Of which action.
    pub action: String,
    /// In which project; none: in all that have none of their own.
    pub project: Option<u32>,
    /// The version.
    pub label: String,
}

impl Workbench {
    /// All prompts, by name.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn prompts(&self) -> Result<Vec<Prompt>> {
        self.read(|db| {
            let mut statement = db.prepare("SELECT id, name, action, archived FROM prompt ORDER BY key")?;
            let rows = statement.query_map([], |row| {
                let prompt = Prompt {
                    name: row.get(1)?,
                    action: row.get(2)?,
                    archived: row.get(3)?,
                    versions: Vec::new(),
                };
                Ok((row.get::<_, i64>(0)?, prompt))
            })?;
            rows.map(|row| {
                let (id, prompt) = row?;
                Ok(Prompt { versions: versions(db, id)?, ..prompt })
            })
            .collect()
        })
    }

    /// A version; none where there is none of that label.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn version(&self, label: &Label) -> Result<Option<Version>> {
        self.read(|db| {
            let sql = format!("{VERSION} WHERE prompt.key = ?1 AND number = ?2");
            db.query_row(&sql, params![label.name, label.number], version).optional()
        })
    }

    /// Keeps a text as the next version of a prompt. `write` gives the text with a number in it: a text that is already
    /// there under another number (see [`NewVersion::known`]) makes no version, and that one is the answer.
    ///
    /// # Errors
    /// [`Error::OtherAction`], [`Error::Database`].
    pub fn save_version(&mut self, new: NewVersion<'_>, write: impl Fn(u32) -> String) -> Result<Version> {
        let content = digest(write(0));
        self.attempt(|db| {
            let known = "SELECT id, name, action FROM prompt WHERE key = ?1";
            let known: Option<(i64, String, String)> = db
                .query_row(known, [key(new.name)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let id = match known {
                Some((_, name, action)) if action != new.action => {
                    return Ok(Err(Error::OtherAction { name, action, other: new.action.to_owned() }));
                }
                Some((id, ..)) => id,
                None => {
                    let sql = "INSERT INTO prompt (name, key, action) VALUES (?1, ?2, ?3)";
                    db.execute(sql, params![new.name.trim(), key(new.name), new.action])?;
                    db.last_insert_rowid()
                }
            };
            // Whoever writes in it wants to see it.
            db.execute("UPDATE prompt SET archived = 0 WHERE id = ?1", [id])?;
            let same = format!("{VERSION} WHERE prompt.id = ?1 AND content = ?2 ORDER BY number DESC");
            let there = db.query_row(&same, params![id, content], version).optional()?;
            let last = "SELECT coalesce(max(number), 0) FROM prompt_version WHERE prompt = ?1";
            let number = db.query_row(last, [id], |row| row.get::<_, u32>(0))? + 1;
            if let Some(there) = there.filter(|there| new.known || there.label.number + 1 == number) {
                return Ok(Ok(there));
            }
            let source = write(number);
            db.execute(
                "INSERT INTO prompt_version (prompt, number, parent, message, source, hash, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![id, number, new.parent, new.message.trim(), source, digest(&source), content],
            )?;
            let made = format!("{VERSION} WHERE prompt_version.id = ?1");
            Ok(Ok(db.query_row(&made, [db.last_insert_rowid()], version)?))
        })?
    }

    /// Puts a prompt away, or brings it back. What is in use stays in use.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn archive_prompt(&mut self, name: &str, archived: bool) -> Result<()> {
        let found = self.write(|db| {
            db.execute("UPDATE prompt SET archived = ?2 WHERE key = ?1", params![key(name), archived])
        })?;
        let way_out = "a prompt that came with Foolscap cannot be put away";
        let none = || Error::NotFound { what: format!("prompt of your own called {name:?}"), way_out };
        if found == 0 { Err(none()) } else { Ok(()) }
    }

    /// Which versions are in use.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn in_use(&self) -> Result<Vec<InUse>> {
        self.read(|db| {
            let sql = "SELECT action, project, label FROM prompt_in_use ORDER BY action, project";
            db.prepare(sql)?
                .query_map([], |row| {
                    let project = row.get::<_, u32>(1)?;
                    let project = (project > 0).then_some(project);
                    Ok(InUse { action: row.get(0)?, project, label: row.get(2)? })
                })?
                .collect()
        })
    }

    /// The label of the version that an action uses in a project; none: that which came with the program.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn used(&self, action: &str, project: Option<u32>) -> Result<Option<String>> {
        self.read(|db| {
            // The project's own comes first.
            let sql = "SELECT label FROM prompt_in_use WHERE action = ?1 AND project IN (0, ?2) ORDER BY project DESC";
            db.query_row(sql, params![action, project.unwrap_or(0)], |row| row.get(0)).optional()
        })
    }

    /// Uses a version from now on; none: what came with the program, or in a project what is used in all.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn use_version(&mut self, action: &str, project: Option<u32>, label: Option<&str>) -> Result<()> {
        let project = project.unwrap_or(0);
        self.write(|db| {
            match label {
                Some(label) => db.execute(
                    "INSERT INTO prompt_in_use (action, project, label) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET label = excluded.label",
                    params![action, project, label],
                )?,
                None => db.execute(
                    "DELETE FROM prompt_in_use WHERE action = ?1 AND project = ?2",
                    params![action, project],
                )?,
            };
            Ok(())
        })
    }
}

const VERSION: &str = "SELECT prompt.name, number, parent, message, source, hash, created_at
    FROM prompt_version JOIN prompt ON prompt.id = prompt_version.prompt";

fn versions(db: &Connection, prompt: i64) -> rusqlite::Result<Vec<Version>> {
    let sql = format!("{VERSION} WHERE prompt.id = ?1 ORDER BY number DESC");
    db.prepare_cached(&sql)?.query_map([prompt], version)?.collect()
}

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        label: Label::new(&row.get::<_, String>(0)?, row.get(1)?),
        parent: row.get(2)?,
        message: row.get(3)?,
        source: row.get(4)?,
        hash: row.get(5)?,
        created_at: row.get(6)?,
    })
}

/// SHA-256 in hexadecimal.
pub fn digest(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    fn new<'a>(name: &'a str, message: &'a str) -> NewVersion<'a> {
        NewVersion { name, action: "continue", parent: None, message, known: true }
    }

    #[test]
    fn versions_count_and_a_text_that_is_there_makes_none() {
        let mut bench = Temporary::new();
        let text = |body: &'static str| move |number: u32| format!("{number}: {body}");
        let first = bench.save_version(new("My Continue", "first"), text("a")).unwrap();
        let second = bench.save_version(new("my  continue", "second"), text("b")).unwrap();
        let again = bench.save_version(new("MY CONTINUE", "again"), text("a")).unwrap();
        assert_eq!((first.label.to_string(), first.source.as_str()), ("my continue v1".into(), "1: a"));
        assert_eq!((second.label.number, second.message.as_str()), (2, "second"));
        assert_eq!(again, first);
        let back = NewVersion { known: false, ..new("my continue", "back to the first") };
        let back = bench.save_version(back, text("a")).unwrap();
        assert_eq!((back.label.number, back.source.as_str()), (3, "3: a"));
        let latest = NewVersion { known: false, ..new("my continue", "") };
        assert_eq!(bench.save_version(latest, text("a")).unwrap(), back);
        let prompts = bench.again().prompts().unwrap();
        assert_eq!((prompts.len(), prompts[0].name.as_str()), (1, "My Continue"));
        assert_eq!(prompts[0].versions.iter().map(|v| v.label.number).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(bench.version(&first.label).unwrap(), Some(first));
    }

    #[test]
    fn a_version_never_changes() {
        let mut bench = Temporary::new();
        bench.save_version(new("One", ""), |n| n.to_string()).unwrap();
        for sql in ["UPDATE prompt_version SET source = 'x'", "DELETE FROM prompt_version"] {
            let refused = bench.write(|db| db.execute(sql, [])).unwrap_err().to_string();
            assert!(refused.contains("never"), "{refused}");
        }
    }

    #[test]
    fn a_name_is_for_one_action() {
        let mut bench = Temporary::new();
        bench.save_version(new("One", ""), |n| n.to_string()).unwrap();
        let other = NewVersion { action: "rewrite", ..new("one", "") };
        assert!(matches!(bench.save_version(other, |n| n.to_string()), Err(Error::OtherAction { .. })));
        bench.archive_prompt("ONE", true).unwrap();
        assert!(bench.prompts().unwrap()[0].archived);
        // To write in it brings it back.
        bench.save_version(new("One", ""), |n| format!("{n} more")).unwrap();
        assert!(!bench.prompts().unwrap()[0].archived);
        assert!(bench.archive_prompt("Two", true).is_err());
    }

    #[test]
    fn a_projects_own_choice_comes_before_the_one_for_all() {
        let mut bench = Temporary::new();
        assert_eq!(bench.used("continue", Some(3)).unwrap(), None);
        bench.use_version("continue", None, Some("one v1")).unwrap();
        bench.use_version("continue", Some(3), Some("one v2")).unwrap();
        let used = |bench: &Temporary, project| bench.used("continue", project).unwrap().unwrap();
        assert_eq!(
            [used(&bench, None), used(&bench, Some(2)), used(&bench, Some(3))],
            ["one v1", "one v1", "one v2"]
        );
        assert_eq!(bench.in_use().unwrap().len(), 2);
        bench.use_version("continue", Some(3), None).unwrap();
        assert_eq!(used(&bench, Some(3)), "one v1");
        bench.use_version("continue", None, None).unwrap();
        assert_eq!(bench.used("continue", Some(3)).unwrap(), None);
    }
}
