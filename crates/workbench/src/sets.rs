//! Passages to try prompts on, gathered under a name.

use rusqlite::params;

use crate::Workbench;
use crate::error::{Error, Result};

/// Names a test set.
pub type TestSetId = u32;

/// Passages under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSet {
    /// Names it.
    pub id: TestSetId,
    /// For people.
    pub name: String,
    /// As whoever made it wrote them.
    pub passages: Vec<String>,
}

/// A set in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSummary {
    /// Names it.
    pub id: TestSetId,
    /// For people.
    pub name: String,
    /// How many passages.
    pub passages: u32,
    /// Whether it was put away.
    pub archived: bool,
}

impl Workbench {
    /// All of them, by name.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn test_sets(&self) -> Result<Vec<SetSummary>> {
        self.read(|db| {
            db.prepare(
                "SELECT id, name, (SELECT count(*) FROM test_passage WHERE test_set = id), archived
                 FROM test_set ORDER BY name, id",
            )?
            .query_map([], |row| {
                Ok(SetSummary {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    passages: row.get(2)?,
                    archived: row.get(3)?,
                })
            })?
            .collect()
        })
    }

    /// One of them, put away or not.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn test_set(&self, id: TestSetId) -> Result<TestSet> {
        let passages = "SELECT passage FROM test_passage WHERE test_set = ?1 ORDER BY number";
        let passages = self.read(|db| db.prepare(passages)?.query_map([id], |row| row.get(0))?.collect())?;
        let name = "SELECT name FROM test_set WHERE id = ?1";
        let name = self.read(|db| db.prepare(name)?.query_map([id], |row| row.get(0))?.next().transpose())?;
        name.map(|name| TestSet { id, name, passages }).ok_or_else(|| none(id))
    }

    /// Makes a set, or puts other passages under the name of one that is there.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn save_test_set(
        &mut self,
        id: Option<TestSetId>,
        name: &str,
        passages: &[String],
    ) -> Result<TestSetId> {
        self.attempt(|db| {
            let id = match id {
                Some(id) => {
                    let sql = "UPDATE test_set SET name = ?2, archived = 0 WHERE id = ?1";
                    if db.execute(sql, params![id, name.trim()])? == 0 {
                        return Ok(Err(none(id)));
                    }
                    db.execute("DELETE FROM test_passage WHERE test_set = ?1", [id])?;
                    id
                }
                None => {
                    db.execute("INSERT INTO test_set (name) VALUES (?1)", [name.trim()])?;
                    u32::try_from(db.last_insert_rowid()).unwrap_or_default()
                }
            };
            let mut add =
                db.prepare("INSERT INTO test_passage (test_set, number, passage) VALUES (?1, ?2, ?3)")?;
            for (number, passage) in (0_u32..).zip(passages) {
                add.execute(params![id, number, passage])?;
            }
            Ok(Ok(id))
        })?
    }

    /// Puts a set away, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn archive_test_set(&mut self, id: TestSetId, archived: bool) -> Result<()> {
        let sql = "UPDATE test_set SET archived = ?2 WHERE id = ?1";
        let found = self.write(|db| db.execute(sql, params![id, archived]))?;
        if found == 0 { Err(none(id)) } else { Ok(()) }
    }
}

fn none(id: TestSetId) -> Error {
    Error::NotFound { what: format!("test set {id}"), way_out: "choose one of those that are listed" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    #[test]
    fn a_set_keeps_its_passages_in_their_order() {
        let mut bench = Temporary::new();
        let id = bench.save_test_set(None, " Openings ", &["b".into(), "a".into()]).unwrap();
        bench.save_test_set(Some(id), "Endings", &["c".into(), "b".into(), "a".into()]).unwrap();
        let set = bench.again().test_set(id).unwrap();
        assert_eq!((set.name.as_str(), set.passages.concat()), ("Endings", "cba".into()));
        let listed = |archived| [SetSummary { id, name: "Endings".into(), passages: 3, archived }];
        assert_eq!(bench.test_sets().unwrap(), listed(false));
        bench.archive_test_set(id, true).unwrap();
        assert_eq!(bench.test_sets().unwrap(), listed(true));
        assert!(bench.test_set(id).is_ok());
        assert!(bench.test_set(id + 1).is_err() && bench.save_test_set(Some(99), "x", &[]).is_err());
    }
}
