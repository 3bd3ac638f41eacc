//! The answers of an experiment, each with all that is needed to have it again. One is kept as soon as it is whole, so that
//! whatever ends the work ends it between two answers.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, params};

use crate::Workbench;
use crate::design::{Arm, Cell};
use crate::error::{Error, Result};
use crate::experiments::ExperimentId;

/// An answer, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Names it.
    pub id: u32,
    /// Of which experiment.
    pub experiment: ExperimentId,
    /// Its place in it.
    pub cell: Cell,
    /// Where its draw began.
    pub seed: u32,
    /// What was answered.
    pub text: String,
    /// Why there is none; empty: there is.
    pub problem: String,
    /// All that was sent.
    pub rendered: String,
    /// The model.
    pub model_name: String,
    /// SHA-256 of its file, or the address it was asked at.
    pub model_hash: String,
    /// What it cost, as whoever made it wrote it.
    pub figures: String,
    /// The writer's rating, from 1 to 5.
    pub stars: Option<u32>,
    /// The writer's note.
    pub note: String,
    /// UTC, RFC 3339.
    pub created_at: String,
}

/// An answer to be.
#[derive(Debug, Clone, Copy)]
pub struct NewAnswer<'a> {
    /// Its place.
    pub cell: Cell,
    /// Where its draw began.
    pub seed: u32,
    /// What was answered.
    pub text: &'a str,
    /// Why there is none; empty: there is.
    pub problem: &'a str,
    /// All that was sent.
    pub rendered: &'a str,
    /// The model.
    pub model_name: &'a str,
    /// SHA-256 of its file, or the address it was asked at.
    pub model_hash: &'a str,
    /// What it cost.
    pub figures: &'a str,
}

const COLUMNS: &str =
    "SELECT id, experiment, prompt, model, setting, passage, repeat, seed, text, problem, rendered,
    model_name, model_hash, figures, stars, note, created_at FROM answer";

impl Workbench {
    /// Keeps an answer. One that is there stays as it is, unless it failed: two programs may have worked on the same.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn keep_answer(&mut self, experiment: ExperimentId, new: NewAnswer<'_>) -> Result<()> {
        let Cell { arm: Arm { prompt, model, setting }, passage, repeat } = new.cell;
        self.write(|db| {
            db.prepare_cached(
                "INSERT INTO answer (experiment, prompt, model, setting, passage, repeat, seed, text, problem, rendered,
                     model_name, model_hash, figures)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 ON CONFLICT DO UPDATE SET text = excluded.text, problem = excluded.problem,
                     rendered = excluded.rendered, model_name = excluded.model_name,
                     model_hash = excluded.model_hash, figures = excluded.figures
                 WHERE answer.problem <> ''",
            )?
            .execute(params![
                experiment,
                prompt,
                model,
                setting,
                passage,
                repeat,
                new.seed,
                new.text,
                new.problem,
                new.rendered,
                new.model_name,
                new.model_hash,
                new.figures
            ])?;
            Ok(())
        })
    }

    /// Keeps what an answer cost, which is known a little later than what it says.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn set_figures(&mut self, experiment: ExperimentId, cell: Cell, figures: &str) -> Result<()> {
        let Cell { arm: Arm { prompt, model, setting }, passage, repeat } = cell;
        self.write(|db| {
            db.prepare_cached(
                "UPDATE answer SET figures = ?7 WHERE experiment = ?1 AND prompt = ?2 AND model = ?3
                 AND setting = ?4 AND passage = ?5 AND repeat = ?6",
            )?
            .execute(params![experiment, prompt, model, setting, passage, repeat, figures])?;
            Ok(())
        })
    }

    /// The places that have an answer; those that failed are told apart.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn answered(&self, experiment: ExperimentId) -> Result<(HashSet<Cell>, HashSet<Cell>)> {
        let all: Vec<(Cell, bool)> = self.read(|db| {
            let sql = "SELECT prompt, model, setting, passage, repeat, problem <> '' FROM answer WHERE experiment = ?1";
            db.prepare_cached(sql)?.query_map([experiment], |row| Ok((cell(row, 0)?, row.get(5)?)))?.collect()
        })?;
        let (failed, good): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, failed)| *failed);
        let cells = |of: Vec<(Cell, bool)>| of.into_iter().map(|(cell, _)| cell).collect();
        Ok((cells(good), cells(failed)))
    }

    /// How many answers there are, and how many failed.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn count_answers(&self, experiment: ExperimentId) -> Result<(u32, u32)> {
        self.read(|db| {
            let sql = "SELECT count(*), count(nullif(problem, '')) FROM answer WHERE experiment = ?1";
            let (all, failed): (u32, u32) =
                db.prepare_cached(sql)?.query_row([experiment], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok((all - failed, failed))
        })
    }

    /// All answers, in the order of their places.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn answers(&self, experiment: ExperimentId) -> Result<Vec<Answer>> {
        let sql = format!("{COLUMNS} WHERE experiment = ?1 ORDER BY passage, repeat, prompt, model, setting");
        self.read(|db| db.prepare(&sql)?.query_map([experiment], answer)?.collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn answer(&self, id: u32) -> Result<Answer> {
        let sql = format!("{COLUMNS} WHERE id = ?1");
        self.read(|db| db.query_row(&sql, [id], answer).optional())?.ok_or_else(|| none(id))
    }

    /// Keeps what the writer thinks of an answer.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn rate(&mut self, id: u32, stars: Option<u32>, note: &str) -> Result<()> {
        let stars = stars.map(|stars| stars.clamp(1, 5));
        let sql = "UPDATE answer SET stars = ?2, note = ?3 WHERE id = ?1";
        if self.write(|db| db.execute(sql, params![id, stars, note]))? == 0 { Err(none(id)) } else { Ok(()) }
    }
}

fn none(id: u32) -> Error {
    Error::NotFound { what: format!("answer {id}"), way_out: "choose one of those that are listed" }
}

/// The five columns from `first` on.
fn cell(row: &Row<'_>, first: usize) -> rusqlite::Result<Cell> {
    let number = |at| row.get::<_, u32>(first + at);
    let arm = Arm { prompt: number(0)?, model: number(1)?, setting: number(2)? };
    Ok(Cell { arm, passage: number(3)?, repeat: number(4)? })
}

fn answer(row: &Row<'_>) -> rusqlite::Result<Answer> {
    Ok(Answer {
        id: row.get(0)?,
        experiment: row.get(1)?,
        cell: cell(row, 2)?,
        seed: row.get(7)?,
        text: row.get(8)?,
        problem: row.get(9)?,
        rendered: row.get(10)?,
        model_name: row.get(11)?,
        model_hash: row.get(12)?,
        figures: row.get(13)?,
        stars: row.get(14)?,
        note: row.get(15)?,
        created_at: row.get(16)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::experiments::NewExperiment;
    use crate::testing::Temporary;

    pub const DESIGN: Design =
        Design { prompts: 2, models: 1, settings: 1, passages: 2, repeats: 1, seed: 7 };

    fn new(cell: Cell, text: &'static str, problem: &'static str) -> NewAnswer<'static> {
        let (rendered, model_name, model_hash, figures) = ("sent", "m", "hash", "{}");
        NewAnswer { cell, seed: 1, text, problem, rendered, model_name, model_hash, figures }
    }

    #[test]
    fn an_answer_stays_and_a_failure_gives_way() {
        let mut bench = Temporary::new();
        let id = bench.new_experiment(NewExperiment { name: "x", plan: "", design: DESIGN }).unwrap();
        let all: Vec<Cell> = DESIGN.left(&HashSet::new()).into_iter().flat_map(|batch| batch.cells).collect();
        bench.keep_answer(id, new(all[0], "first", "")).unwrap();
        bench.keep_answer(id, new(all[1], "", "no room")).unwrap();
        // Another program had worked on the same.
        let mut other = bench.again();
        other.keep_answer(id, new(all[0], "second", "")).unwrap();
        let (good, failed) = bench.answered(id).unwrap();
        assert_eq!((good, failed), (HashSet::from([all[0]]), HashSet::from([all[1]])));
        assert_eq!(bench.count_answers(id).unwrap(), (1, 1));
        other.keep_answer(id, new(all[1], "now", "")).unwrap();
        let texts: Vec<String> = bench.answers(id).unwrap().into_iter().map(|a| a.text).collect();
        assert_eq!(texts, ["first", "now"]);
    }

    #[test]
    fn a_rating_is_kept_with_its_answer() {
        let mut bench = Temporary::new();
        let id = bench.new_experiment(NewExperiment { name: "x", plan: "", design: DESIGN }).unwrap();
        let cell = DESIGN.left(&HashSet::new())[0].cells[0];
        bench.keep_answer(id, new(cell, "text", "")).unwrap();
        let answer = bench.answers(id).unwrap()[0].id;
        bench.rate(answer, Some(9), "flat").unwrap();
        let kept = bench.answer(answer).unwrap();
        assert_eq!((kept.stars, kept.note.as_str(), kept.cell), (Some(5), "flat", cell));
        assert!(bench.rate(answer + 1, None, "").is_err() && bench.answer(answer + 1).is_err());
    }
}
