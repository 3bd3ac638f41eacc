//! Experiments in a line.

use foolscap_workbench::Experiment;

use super::Bench;
use crate::api::{ExperimentId, ExperimentState, ExperimentSummary, Problem, ProblemCode};

impl Bench {
    /// All experiments, the latest first, each with whether it is wanted.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::Library`].
    pub(crate) fn summaries(&self) -> Result<Vec<(bool, ExperimentSummary)>, Problem> {
        let all = self.look(|store| store.experiments())?.unwrap_or_default();
        let summary = |experiment: Experiment| {
            let summary = match self.summary(experiment.id) {
                // One that a later program made, say, does not hide the others.
                Err(problem) if problem.code == ProblemCode::Library => unreadable(&experiment, problem),
                summary => summary?,
            };
            Ok((experiment.wanted, summary))
        };
        all.into_iter().map(summary).collect()
    }

    /// All experiments, the latest first; nobody works on them, as far as is known here.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::Library`].
    pub fn experiments(&self) -> Result<Vec<ExperimentSummary>, Problem> {
        Ok(self.summaries()?.into_iter().map(|(_, summary)| summary).collect())
    }

    /// One of them; nobody works on it, as far as is known here.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn summary(&self, id: ExperimentId) -> Result<ExperimentSummary, Problem> {
        let (kept, design) = self.kept(id)?;
        let (experiment, (good, failed), votes, judges) = self.with(|store| {
            let counted = (store.count_answers(id)?, store.count_votes(id)?, store.count_errands(id)?);
            Ok((store.experiment(id)?, counted.0, counted.1, counted.2))
        })?;
        let total = u32::try_from(design.cells()).unwrap_or(u32::MAX);
        let done = good + failed;
        Ok(ExperimentSummary {
            id,
            name: experiment.name,
            // What failed can be asked for again.
            state: if good >= total { ExperimentState::Done } else { ExperimentState::Paused },
            done,
            total,
            failed,
            seconds_left: None,
            elsewhere: kept.plan.models.iter().any(|model| model.endpoint.is_some()),
            votes,
            judges,
            archived: experiment.archived,
            created_at: experiment.created_at,
            problem: None,
        })
    }

    /// Puts an experiment away, or brings it back.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn archive_experiment(&self, id: ExperimentId, archived: bool) -> Result<(), Problem> {
        self.with(|store| store.archive_experiment(id, archived))
    }
}

/// One whose plan cannot be read.
fn unreadable(experiment: &Experiment, problem: Problem) -> ExperimentSummary {
    ExperimentSummary {
        id: experiment.id,
        name: experiment.name.clone(),
        state: ExperimentState::Paused,
        done: 0,
        total: 0,
        failed: 0,
        seconds_left: None,
        elsewhere: false,
        votes: 0,
        judges: 0,
        archived: experiment.archived,
        created_at: experiment.created_at.clone(),
        problem: Some(problem),
    }
}
