//! Answers one by one, and choices made blind.

use foolscap_judging::{Known, claims, disagreement};
use foolscap_workbench::{Choice, Vote};

use super::Bench;
use super::plan::title;
use super::results::{Everything, case, wanted};
use super::work::HowItCame;
use crate::api::{
    Answer, AnswerLine, AnswerPage, AnswerQuery, BlindPair, CheckFinding, ExperimentId, Flag, Preference,
    Problem, ProblemCode,
};

/// Answers to one passage from which on it says something that one stands alone.
const LEAST_SEEDS: usize = 3;

impl Bench {
    /// Answers of an experiment, in a line each.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn answers(
        &self,
        id: ExperimentId,
        query: AnswerQuery,
        lore: &[Known],
    ) -> Result<AnswerPage, Problem> {
        let all = self.all(id, lore)?;
        let of_arm =
            |at: &usize| query.arm.is_none_or(|arm| all.design.number(all.answers[*at].cell.arm) == arm);
        let asked = |at: &usize| {
            let number = all.answers[*at].cell.passage;
            let language = || wanted(&all.kept.plan.passages[number as usize]);
            query.passage.is_none_or(|passage| number == passage)
                && query.language.as_ref().is_none_or(|of| *of == language())
        };
        let failed = |at: &usize| {
            let found = |check: u32| all.found(*at).get(check as usize).and_then(|found| found.passed);
            query.failed.is_none_or(|check| found(check) == Some(false))
        };
        let meant: Vec<usize> = (0..all.answers.len()).filter(of_arm).filter(asked).filter(failed).collect();
        let shown = meant.iter().skip(query.from as usize).take(query.most.unwrap_or(u32::MAX) as usize);
        Ok(AnswerPage { total: meant.len() as u32, lines: shown.map(|&at| line(&all, at)).collect() })
    }

    /// All of an answer.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn answer(&self, id: u32, lore: &[Known]) -> Result<Answer, Problem> {
        let experiment = self.with(|store| store.answer(id))?.experiment;
        let all = self.all(experiment, lore)?;
        let none = || Problem::new(ProblemCode::NotFound, format!("there is no answer {id}"));
        let at = all.answers.iter().position(|answer| answer.id == id).ok_or_else(none)?;
        Ok(whole(&all, at))
    }

    /// The experiment that an answer belongs to.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn experiment_of(&self, answer: u32) -> Result<ExperimentId, Problem> {
        Ok(self.with(|store| store.answer(answer))?.experiment)
    }

    /// Keeps a rating from 1 to 5, and a note.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn rate(&self, answer: u32, stars: Option<u32>, note: &str) -> Result<(), Problem> {
        self.with(|store| store.rate(answer, stars, note))
    }

    /// What to choose between next; none: all was chosen, or there is nothing to choose between.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn next_pair(&self, id: ExperimentId) -> Result<Option<BlindPair>, Problem> {
        let Some(pair) = self.with(|store| store.next_pair(id, ""))? else { return Ok(None) };
        let all = self.all(id, &[])?;
        let number = pair.left.cell.passage as usize;
        let passage = all.kept.plan.passages[number].clone();
        let votes = all.votes.iter().filter(|vote| vote.voter.is_empty()).count() as u32;
        Ok(Some(BlindPair {
            pair: format!("{id}:{}:{}", pair.left.id, pair.right.id),
            title: title(&passage, number),
            passage,
            left: pair.left.text,
            right: pair.right.text,
            votes,
            more_votes: if votes > 0 { all.fit().more_votes_needed() } else { None },
        }))
    }

    /// Keeps a choice between the two of a pair.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for what is no pair, or not the one that is to be chosen of now (another window may have
    /// chosen); [`ProblemCode::Library`].
    pub fn vote(&self, pair: &str, preference: Preference) -> Result<(), Problem> {
        let refused = || {
            let message = "this pair is not the one to choose of now; look at the next one";
            Problem::new(ProblemCode::BadRequest, message)
        };
        let numbers: Vec<u32> = pair.split(':').filter_map(|part| part.parse().ok()).collect();
        let [id, left, right] = numbers[..] else { return Err(refused()) };
        let next = self.with(|store| store.next_pair(id, ""))?;
        if next.is_none_or(|next| (next.left.id, next.right.id) != (left, right)) {
            return Err(refused());
        }
        let choice = match preference {
            Preference::Left => Choice::Left,
            Preference::Right => Choice::Right,
            Preference::Tie => Choice::Tie,
        };
        let (voter, reason) = (String::new(), String::new());
        self.with(|store| store.vote(id, &Vote { left, right, voter, choice: Some(choice), reason }))
    }

    /// Takes the last choice back; gives whether there was one.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn undo_vote(&self, id: ExperimentId) -> Result<bool, Problem> {
        self.with(|store| store.undo_vote(id))
    }
}

fn line(all: &Everything<'_>, at: usize) -> AnswerLine {
    let answer = &all.answers[at];
    AnswerLine {
        id: answer.id,
        arm: all.design.number(answer.cell.arm),
        passage: answer.cell.passage,
        repeat: answer.cell.repeat,
        text: answer.text.clone(),
        problem: Some(answer.problem.clone()).filter(|problem| !problem.is_empty()),
        checks: all.found(at).iter().map(|found| found.passed).collect(),
        rating: answer.stars,
    }
}

/// What an answer states and others from the same arm to the same passage, drawn by other seeds, do not.
fn apart(all: &Everything<'_>, at: usize) -> Vec<foolscap_judging::Flag> {
    let place = |i: usize| (all.answers[i].cell.arm, all.answers[i].cell.passage);
    let good = |i: &usize| all.answers[*i].problem.is_empty();
    let same: Vec<usize> = (0..all.answers.len()).filter(|&i| place(i) == place(at)).filter(good).collect();
    let texts: Vec<&str> = same.iter().map(|&i| all.answers[i].text.as_str()).collect();
    // Of two answers each is alone with what it says: that tells nothing.
    if texts.len() < LEAST_SEEDS {
        return Vec::new();
    }
    let flags = disagreement(&texts).flags.into_iter();
    flags.filter(|found| same.get(found.answer) == Some(&at)).map(|found| found.flag).collect()
}

pub(crate) fn whole(all: &Everything<'_>, at: usize) -> Answer {
    let (answer, plan) = (&all.answers[at], &all.kept.plan);
    let arm = answer.cell.arm;
    let passage = plan.passages[answer.cell.passage as usize].clone();
    let how: HowItCame = serde_json::from_str(&answer.figures).unwrap_or_default();
    let flag = |flag: &foolscap_judging::Flag| Flag { quote: flag.quote.clone(), why: flag.why.clone() };
    let findings = all.check_names().into_iter().zip(all.found(at)).map(|(name, found)| CheckFinding {
        name,
        passed: found.passed,
        figure: found.figure,
        unit: found.unit.to_string(),
        reason: found.reason.clone().unwrap_or_default(),
        flags: found.flags.iter().map(flag).collect(),
    });
    Answer {
        line: line(all, at),
        title: all.title(arm),
        prompt: plan.prompts[arm.prompt as usize].clone(),
        source: all.kept.sources[arm.prompt as usize].clone(),
        model: answer.model_name.clone(),
        model_hash: answer.model_hash.clone(),
        elsewhere: plan.models[arm.model as usize].endpoint.is_some(),
        settings: plan.settings[arm.setting as usize].clone(),
        seed: answer.seed,
        rendered: answer.rendered.clone(),
        drawn: how.drawn.map(|drawn| drawn.to_string()),
        figures: how.figures,
        findings: findings.collect(),
        claims: claims(&case(&answer.text, &passage, all.lore))
            .iter()
            .map(flag)
            .chain(apart(all, at).iter().map(flag))
            .collect(),
        opinions: all.opinions_of(answer),
        passage,
        note: answer.note.clone(),
        created_at: answer.created_at.clone(),
    }
}
