//! What was chosen of two answers: by the writer, or by a model that judges.

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{ToSql, params};

use crate::Workbench;
use crate::error::Result;
use crate::experiments::ExperimentId;

/// Which of two was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    /// The one on the left.
    Left,
    /// The one on the right.
    Right,
    /// Neither is better.
    Tie,
}

/// A choice between two answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The answer on the left.
    pub left: u32,
    /// The answer on the right.
    pub right: u32,
    /// Empty: the writer; else the model that judged.
    pub voter: String,
    /// None: the judge's answer could not be used.
    pub choice: Option<Choice>,
    /// Why, where it was said.
    pub reason: String,
}

impl Workbench {
    /// Keeps a choice.
    ///
    /// # Errors
    /// [`crate::Error::Database`], also where there are no such answers.
    pub fn vote(&mut self, experiment: ExperimentId, vote: &Vote) -> Result<()> {
        self.write(|db| {
            db.execute(
                "INSERT INTO vote (experiment, left_answer, right_answer, voter, choice, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![experiment, vote.left, vote.right, vote.voter, vote.choice, vote.reason],
            )?;
            Ok(())
        })
    }

    /// All choices, in the order they were made.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn votes(&self, experiment: ExperimentId) -> Result<Vec<Vote>> {
        self.read(|db| {
            let sql = "SELECT left_answer, right_answer, voter, choice, reason FROM vote
                WHERE experiment = ?1 ORDER BY id";
            db.prepare_cached(sql)?
                .query_map([experiment], |row| {
                    Ok(Vote {
                        left: row.get(0)?,
                        right: row.get(1)?,
                        voter: row.get(2)?,
                        choice: row.get(3)?,
                        reason: row.get(4)?,
                    })
                })?
                .collect()
        })
    }

    /// How many choices the writer has made.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn count_votes(&self, experiment: ExperimentId) -> Result<u32> {
        let sql = "SELECT count(*) FROM vote WHERE experiment = ?1 AND voter = ''";
        self.read(|db| db.prepare_cached(sql)?.query_row([experiment], |row| row.get(0)))
    }

    /// Takes the writer's last choice back; gives whether there was one.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn undo_vote(&mut self, experiment: ExperimentId) -> Result<bool> {
        let sql =
            "DELETE FROM vote WHERE id = (SELECT max(id) FROM vote WHERE experiment = ?1 AND voter = '')";
        Ok(self.write(|db| db.execute(sql, [experiment]))? > 0)
    }
}

impl ToSql for Choice {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Tie => "tie",
        }))
    }
}

impl FromSql for Choice {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "left" => Ok(Self::Left),
            "right" => Ok(Self::Right),
            _ => Ok(Self::Tie),
        }
    }
}
