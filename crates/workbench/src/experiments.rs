//! Experiments: what each compares, and whether it is to be worked on.

use rusqlite::{OptionalExtension, Row, params};

use crate::Workbench;
use crate::design::Design;
use crate::error::{Error, Result};

/// Names an experiment.
pub type ExperimentId = u32;

/// More answers than that nobody looks at.
const MOST: u64 = 100_000;

/// An experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    /// Names it.
    pub id: ExperimentId,
    /// For people.
    pub name: String,
    /// What it compares, as whoever made it wrote it.
    pub plan: String,
    /// The same in numbers.
    pub design: Design,
    /// Whether it is to be worked on, now or after a restart.
    pub wanted: bool,
    /// Whether it was put away.
    pub archived: bool,
    /// UTC, RFC 3339.
    pub created_at: String,
}

/// An experiment to be.
#[derive(Debug, Clone, Copy)]
pub struct NewExperiment<'a> {
    /// For people.
    pub name: &'a str,
    /// What it compares.
    pub plan: &'a str,
    /// The same in numbers.
    pub design: Design,
}

const COLUMNS: &str =
    "SELECT id, name, plan, prompts, models, settings, passages, repeats, seed, wanted, archived, created_at
    FROM experiment";

impl Workbench {
    /// Makes an experiment. Nobody works on it yet.
    ///
    /// # Errors
    /// [`Error::Size`], [`Error::Database`].
    pub fn new_experiment(&mut self, new: NewExperiment<'_>) -> Result<ExperimentId> {
        let Design { prompts, models, settings, passages, repeats, seed } = new.design;
        let cells = new.design.cells();
        if cells == 0 || cells > MOST {
            return Err(Error::Size { cells, most: MOST });
        }
        self.write(|db| {
            db.execute(
                "INSERT INTO experiment (name, plan, prompts, models, settings, passages, repeats, seed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![new.name.trim(), new.plan, prompts, models, settings, passages, repeats, seed],
            )?;
            Ok(u32::try_from(db.last_insert_rowid()).unwrap_or_default())
        })
    }

    /// All of them, the latest first.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn experiments(&self) -> Result<Vec<Experiment>> {
        let sql = format!("{COLUMNS} ORDER BY id DESC");
        self.read(|db| db.prepare(&sql)?.query_map([], experiment)?.collect())
    }

    /// One of them, put away or not.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn experiment(&self, id: ExperimentId) -> Result<Experiment> {
        let sql = format!("{COLUMNS} WHERE id = ?1");
        self.read(|db| db.query_row(&sql, [id], experiment).optional())?.ok_or_else(|| none(id))
    }

    /// Says whether it is to be worked on.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn want_experiment(&mut self, id: ExperimentId, wanted: bool) -> Result<()> {
        self.set(id, "UPDATE experiment SET wanted = ?2 WHERE id = ?1", wanted)
    }

    /// Puts it away, or brings it back. One that is put away is not worked on.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn archive_experiment(&mut self, id: ExperimentId, archived: bool) -> Result<()> {
        self.set(
            id,
            "UPDATE experiment SET archived = ?2, wanted = wanted AND NOT ?2 WHERE id = ?1",
            archived,
        )
    }

    fn set(&mut self, id: ExperimentId, sql: &str, value: bool) -> Result<()> {
        if self.write(|db| db.execute(sql, params![id, value]))? == 0 { Err(none(id)) } else { Ok(()) }
    }
}

fn none(id: ExperimentId) -> Error {
    Error::NotFound { what: format!("experiment {id}"), way_out: "choose one of those that are listed" }
}

fn experiment(row: &Row<'_>) -> rusqlite::Result<Experiment> {
    Ok(Experiment {
        id: row.get(0)?,
        name: row.get(1)?,
        plan: row.get(2)?,
        design: Design {
            prompts: row.get(3)?,
            models: row.get(4)?,
            settings: row.get(5)?,
            passages: row.get(6)?,
            repeats: row.get(7)?,
            seed: row.get(8)?,
        },
        wanted: row.get(9)?,
        archived: row.get(10)?,
        created_at: row.get(11)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    const DESIGN: Design = Design { prompts: 1, models: 1, settings: 1, passages: 2, repeats: 1, seed: 7 };

    #[test]
    fn what_is_wanted_is_known_after_a_restart() {
        let mut bench = Temporary::new();
        let id = bench.new_experiment(NewExperiment { name: " One ", plan: "{}", design: DESIGN }).unwrap();
        assert!(!bench.experiment(id).unwrap().wanted);
        bench.want_experiment(id, true).unwrap();
        let again = bench.again().experiments().unwrap();
        assert!(again[0].wanted && again[0].design == DESIGN && again[0].name == "One");
        bench.archive_experiment(id, true).unwrap();
        let away = bench.experiments().unwrap().remove(0);
        assert!(away.archived && !away.wanted);
        assert!(bench.want_experiment(99, true).is_err());
    }

    #[test]
    fn an_experiment_has_something_to_do_and_an_end() {
        let mut bench = Temporary::new();
        for design in
            [Design { passages: 0, ..DESIGN }, Design { prompts: u32::MAX, repeats: u32::MAX, ..DESIGN }]
        {
            let refused = bench.new_experiment(NewExperiment { name: "", plan: "", design });
            assert!(matches!(refused, Err(Error::Size { .. })), "{refused:?}");
        }
    }
}
