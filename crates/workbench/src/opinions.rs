//! What models that judge say of single answers, and which of them are still to be asked.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, params};

use crate::Workbench;
use crate::error::Result;
use crate::experiments::ExperimentId;

/// What a judge says of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// The answer.
    pub answer: u32,
    /// The model that judged.
    pub judge: String,
    /// What it was asked.
    pub task: String,
    /// More is better; none: what it said could not be used.
    pub score: Option<f64>,
    /// What it said, as whoever asked wrote it.
    pub said: String,
    /// Why, or why it could not be used.
    pub reason: String,
}

/// A model that is to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// Names it.
    pub id: u32,
    /// Which experiment.
    pub experiment: ExperimentId,
    /// The model, as whoever asked wrote it.
    pub judge: String,
    /// What it is to be asked.
    pub task: String,
}

impl Workbench {
    /// Keeps what a judge says, in the place of what it said before.
    ///
    /// # Errors
    /// [`crate::Error::Database`], also where there is no such answer.
    pub fn keep_opinion(&mut self, opinion: &Opinion) -> Result<()> {
        let Opinion { answer, judge, task, score, said, reason } = opinion;
        self.write(|db| {
            db.execute(
                "INSERT OR REPLACE INTO opinion (answer, judge, task, score, said, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![answer, judge, task, score, said, reason],
            )?;
            Ok(())
        })
    }

    /// All that was said of an experiment's answers, by answer, judge and task.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn opinions(&self, experiment: ExperimentId) -> Result<Vec<Opinion>> {
        self.read(|db| {
            let sql = "SELECT answer, judge, task, score, said, opinion.reason FROM opinion
                JOIN answer ON answer.id = opinion.answer WHERE experiment = ?1 ORDER BY answer, judge, task";
            db.prepare_cached(sql)?
                .query_map([experiment], |row| {
                    Ok(Opinion {
                        answer: row.get(0)?,
                        judge: row.get(1)?,
                        task: row.get(2)?,
                        score: row.get(3)?,
                        said: row.get(4)?,
                        reason: row.get(5)?,
                    })
                })?
                .collect()
        })
    }

    /// The answers of an experiment that a judge has said something of, for a task.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn judged(&self, experiment: ExperimentId, judge: &str, task: &str) -> Result<HashSet<u32>> {
        self.read(|db| {
            let sql = "SELECT answer FROM opinion JOIN answer ON answer.id = opinion.answer
                WHERE experiment = ?1 AND judge = ?2 AND task = ?3";
            db.prepare_cached(sql)?.query_map(params![experiment, judge, task], |row| row.get(0))?.collect()
        })
    }

    /// Puts a judge at the end of the queue; one that waits there already stays where it is.
    ///
    /// # Errors
    /// [`crate::Error::Database`], also where there is no such experiment.
    pub fn add_errand(&mut self, experiment: ExperimentId, judge: &str, task: &str) -> Result<()> {
        let sql = "INSERT INTO errand (experiment, judge, task) VALUES (?1, ?2, ?3)
            ON CONFLICT (experiment, judge, task) DO NOTHING";
        self.write(|db| db.execute(sql, params![experiment, judge, task]).map(drop))
    }

    /// The judge that has waited longest, of an experiment that is not put away.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn next_errand(&self) -> Result<Option<Errand>> {
        self.read(|db| {
            let sql = "SELECT errand.id, experiment, judge, task FROM errand
                JOIN experiment ON experiment.id = experiment WHERE NOT archived ORDER BY errand.id LIMIT 1";
            db.prepare_cached(sql)?
                .query_row([], |row| {
                    Ok(Errand {
                        id: row.get(0)?,
                        experiment: row.get(1)?,
                        judge: row.get(2)?,
                        task: row.get(3)?,
                    })
                })
                .optional()
        })
    }

    /// How many judges wait, or are at work, for an experiment.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn count_errands(&self, experiment: ExperimentId) -> Result<u32> {
        let sql = "SELECT count(*) FROM errand WHERE experiment = ?1";
        self.read(|db| db.prepare_cached(sql)?.query_row([experiment], |row| row.get(0)))
    }

    /// Takes a judge out of the queue: it has done what it was to do, or it cannot.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn end_errand(&mut self, id: u32) -> Result<()> {
        self.write(|db| db.execute("DELETE FROM errand WHERE id = ?1", [id]).map(drop))
    }

    /// Takes all judges of an experiment out of the queue.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn end_errands(&mut self, experiment: ExperimentId) -> Result<()> {
        self.write(|db| db.execute("DELETE FROM errand WHERE experiment = ?1", [experiment]).map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::NewAnswer;
    use crate::design::Design;
    use crate::experiments::NewExperiment;
    use crate::testing::Temporary;

    const DESIGN: Design = Design { prompts: 1, models: 1, settings: 1, passages: 2, repeats: 1, seed: 7 };

    fn bench() -> (Temporary, ExperimentId, Vec<u32>) {
        let mut bench = Temporary::new();
        let id = bench.new_experiment(NewExperiment { name: "x", plan: "", design: DESIGN }).unwrap();
        for cell in DESIGN.left(&HashSet::new()).into_iter().flat_map(|batch| batch.cells) {
            let (text, rendered, model_name, model_hash, figures, problem) = ("said", "", "", "", "", "");
            let new = NewAnswer { cell, seed: 0, text, problem, rendered, model_name, model_hash, figures };
            bench.keep_answer(id, new).unwrap();
        }
        let answers = bench.answers(id).unwrap().into_iter().map(|answer| answer.id).collect();
        (bench, id, answers)
    }

    #[test]
    fn an_opinion_is_kept_for_each_judge_and_task() {
        let (mut bench, id, answers) = bench();
        let opinion = |answer, judge: &str, task: &str, score| Opinion {
            answer,
            judge: judge.into(),
            task: task.into(),
            score,
            said: "{}".into(),
            reason: "because".into(),
        };
        let all = [
            opinion(answers[0], "a", "facts", None),
            opinion(answers[0], "a", "rubric", Some(3.5)),
            opinion(answers[1], "b", "rubric", Some(2.0)),
        ];
        for one in &all {
            bench.keep_opinion(one).unwrap();
        }
        let mut again = bench.again();
        assert_eq!(again.opinions(id).unwrap(), all);
        assert_eq!(again.judged(id, "a", "rubric").unwrap(), HashSet::from([answers[0]]));
        assert!(again.judged(id, "b", "facts").unwrap().is_empty());
        let other = opinion(answers[0], "a", "facts", Some(1.0));
        again.keep_opinion(&other).unwrap();
        assert_eq!(bench.opinions(id).unwrap()[0], other);
        assert!(bench.keep_opinion(&opinion(99, "a", "facts", None)).is_err(), "there is no such answer");
    }

    #[test]
    fn judges_wait_in_their_order_also_over_a_restart() {
        let (mut bench, id, _) = bench();
        bench.add_errand(id, "a", "pairs").unwrap();
        bench.add_errand(id, "b", "rubric").unwrap();
        bench.add_errand(id, "a", "pairs").unwrap();
        let mut bench = bench.again();
        assert_eq!(bench.count_errands(id).unwrap(), 2);
        let first = bench.next_errand().unwrap().unwrap();
        assert_eq!((first.experiment, first.judge.as_str(), first.task.as_str()), (id, "a", "pairs"));
        bench.end_errand(first.id).unwrap();
        assert_eq!(bench.next_errand().unwrap().unwrap().judge, "b");
        bench.archive_experiment(id, true).unwrap();
        assert_eq!(bench.next_errand().unwrap(), None, "nobody waits for what is put away");
        bench.end_errands(id).unwrap();
        assert_eq!(bench.count_errands(id).unwrap(), 0);
        assert!(bench.add_errand(99, "a", "pairs").is_err());
    }
}
