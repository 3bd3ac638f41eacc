//! What models that judge say of an experiment, and how far each agrees with the writer. A judge of single answers agrees with a
//! blind choice where the answer that was chosen has more points.

use std::collections::{BTreeMap, BTreeSet};

use foolscap_judging::{Outcome, agreement, distribution};
use foolscap_workbench::{Answer, Opinion, Vote};

use super::judges::Said;
use super::results::{Everything, outcome};
use crate::api::{ArmJudged, CriterionPoints, JudgeOpinion, JudgeResult, JudgeTask, Problem};

/// Points that two answers may differ by and still be alike.
const ALIKE: f64 = 0.05;

/// Of fewer answers the same can be right.
const OF_ONE_MIND: usize = 10;

/// Two answers, the lower number first.
type Place = (u32, u32);

impl Everything<'_> {
    /// What each judge says of all.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::BadRequest`] for a rubric that cannot be read.
    pub fn judges(&self) -> Result<Vec<JudgeResult>, Problem> {
        let writers = self.chosen("");
        let voters: BTreeSet<&str> =
            self.votes.iter().map(|vote| vote.voter.as_str()).filter(|voter| !voter.is_empty()).collect();
        let mut all: Vec<JudgeResult> =
            voters.into_iter().map(|judge| self.judge_of_pairs(judge, &writers)).collect();
        let judges: BTreeSet<(&str, &str)> =
            self.opinions.iter().map(|opinion| (opinion.judge.as_str(), opinion.task.as_str())).collect();
        for (judge, task) in judges {
            // One that a later program asked for tells nothing here.
            if let Some(task) = JudgeTask::named(task) {
                all.push(self.judge_of_answers(judge, task, &writers)?);
            }
        }
        Ok(all)
    }

    /// What each judge says of one answer.
    pub fn opinions_of(&self, answer: &Answer) -> Vec<JudgeOpinion> {
        let of_it = self.opinions.iter().filter(|opinion| opinion.answer == answer.id);
        let told = |opinion: &Opinion| {
            let said = said(opinion);
            let points = |(name, points): (String, f64)| CriterionPoints { name, points };
            Some(JudgeOpinion {
                judge: opinion.judge.clone(),
                task: JudgeTask::named(&opinion.task)?,
                score: opinion.score,
                criteria: said.criteria.into_iter().map(points).collect(),
                verdict: said.verdict,
                quote: said.quote,
                reason: opinion.reason.clone(),
            })
        };
        of_it.filter_map(told).collect()
    }

    /// Of each pair, whichever way it was shown, what somebody chose.
    fn chosen(&self, voter: &str) -> BTreeMap<Place, Outcome> {
        let votes = self.votes.iter().filter(|vote| vote.voter == voter);
        votes.filter_map(|vote| Some(ordered(vote, outcome(vote.choice?)))).collect()
    }

    fn judge_of_pairs(&self, judge: &str, writers: &BTreeMap<Place, Outcome>) -> JudgeResult {
        let votes: Vec<&Vote> = self.votes.iter().filter(|vote| vote.voter == judge).collect();
        let usable = votes.iter().filter(|vote| vote.choice.is_some()).count();
        let chosen = self.chosen(judge);
        let arms = self.arms_by_answer();
        let mut won = vec![(0_u32, 0.0); self.design.arms().len()];
        for ((low, high), chosen) in &chosen {
            let shares = match chosen {
                Outcome::Left => [1.0, 0.0],
                Outcome::Right => [0.0, 1.0],
                Outcome::Tie => [0.5, 0.5],
            };
            for (answer, share) in [low, high].into_iter().zip(shares) {
                if let Some(&arm) = arms.get(answer) {
                    won[arm].0 += 1;
                    won[arm].1 += share;
                }
            }
        }
        let arm = |(verdicts, won): (u32, f64)| ArmJudged {
            verdicts,
            score: (verdicts > 0).then(|| won / f64::from(verdicts)),
            criteria: Vec::new(),
        };
        JudgeResult {
            verdicts: usable as u32,
            of: self.pairs() as u32,
            unusable: (votes.len() - usable) as u32,
            arms: won.into_iter().map(arm).collect(),
            ..agreeing(judge, JudgeTask::Pairs, writers, |place| chosen.get(&place).copied())
        }
    }

    fn judge_of_answers(
        &self,
        judge: &str,
        task: JudgeTask,
        writers: &BTreeMap<Place, Outcome>,
    ) -> Result<JudgeResult, Problem> {
        let by_it = |opinion: &&Opinion| opinion.judge == judge && opinion.task == task.name();
        let all: Vec<&Opinion> = self.opinions.iter().filter(by_it).collect();
        let scores: BTreeMap<u32, f64> =
            all.iter().filter_map(|opinion| Some((opinion.answer, opinion.score?))).collect();
        let names: Vec<String> = match task {
            JudgeTask::Rubric => self.kept.rubric()?.into_iter().map(|criterion| criterion.name).collect(),
            _ => Vec::new(),
        };
        let arms = self.arms_by_answer();
        let arm = |number: usize| {
            let usable =
                |opinion: &&&Opinion| arms.get(&opinion.answer) == Some(&number) && opinion.score.is_some();
            let of_arm: Vec<&Opinion> = all.iter().filter(usable).copied().collect();
            let scores: Vec<f64> = of_arm.iter().filter_map(|opinion| opinion.score).collect();
            let said: Vec<Said> = of_arm.iter().copied().map(said).collect();
            let points = |name: &String| {
                let points: Vec<f64> =
                    said.iter().filter_map(|said| said.criteria.get(name)).copied().collect();
                distribution::mean(&points)
            };
            ArmJudged {
                verdicts: of_arm.len() as u32,
                score: distribution::mean(&scores),
                criteria: names.iter().filter_map(points).collect(),
            }
        };
        let better = |(low, high): Place| {
            let (low, high) = (scores.get(&low)?, scores.get(&high)?);
            Some(match low - high {
                more if more > ALIKE => Outcome::Left,
                less if less < -ALIKE => Outcome::Right,
                _ => Outcome::Tie,
            })
        };
        let mut agreeing = agreeing(judge, task, writers, better);
        if let Some(reason) = of_one_mind(scores.values().copied()) {
            (agreeing.trusted, agreeing.reason) = (false, reason);
        }
        Ok(JudgeResult {
            verdicts: scores.len() as u32,
            of: self.answers.iter().filter(|answer| self.kept.can_be_judged(task, answer)).count() as u32,
            unusable: (all.len() - scores.len()) as u32,
            arms: (0..self.design.arms().len()).map(arm).collect(),
            criteria: names,
            ..agreeing
        })
    }

    /// Pairs there are to choose of.
    fn pairs(&self) -> usize {
        let mut places: BTreeMap<(u32, u32), Vec<&str>> = BTreeMap::new();
        for answer in self.answers.iter().filter(|answer| answer.problem.is_empty()) {
            places.entry((answer.cell.passage, answer.cell.repeat)).or_default().push(answer.text.trim());
        }
        let differ = |texts: Vec<&str>| {
            let after =
                |(i, one): (usize, &&str)| texts[i + 1..].iter().filter(|other| *other != one).count();
            texts.iter().enumerate().map(after).sum::<usize>()
        };
        places.into_values().map(differ).sum()
    }
}

/// How far a judge agrees with the writer, on the pairs of which both have something to say.
fn agreeing(
    judge: &str,
    task: JudgeTask,
    writers: &BTreeMap<Place, Outcome>,
    judges: impl Fn(Place) -> Option<Outcome>,
) -> JudgeResult {
    let shared: Vec<(Outcome, Outcome)> =
        writers.iter().filter_map(|(&place, &chosen)| Some((chosen, judges(place)?))).collect();
    let told = agreement(&shared);
    JudgeResult {
        judge: judge.to_owned(),
        task,
        verdicts: 0,
        of: 0,
        unusable: 0,
        shared: shared.len() as u32,
        same: told.same,
        kappa: told.kappa,
        trusted: told.trusted,
        reason: told.reason,
        criteria: Vec::new(),
        arms: Vec::new(),
    }
}

/// What is to be said of one who gives all answers the same, where they are enough to say so.
fn of_one_mind(scores: impl Iterator<Item = f64>) -> Option<String> {
    let scores: Vec<f64> = scores.collect();
    let same = scores.iter().all(|score| (score - scores[0]).abs() < ALIKE);
    let many = scores.len();
    let reason = || format!("it says the same of all {many} answers, and so tells none from another");
    (same && many >= OF_ONE_MIND).then(reason)
}

fn said(opinion: &Opinion) -> Said {
    serde_json::from_str(&opinion.said).unwrap_or_default()
}

/// A pair with its lower number on the left, and the outcome as it is then.
fn ordered(vote: &Vote, outcome: Outcome) -> (Place, Outcome) {
    match (vote.left <= vote.right, outcome) {
        (true, outcome) => ((vote.left, vote.right), outcome),
        (false, Outcome::Left) => ((vote.right, vote.left), Outcome::Right),
        (false, Outcome::Right) => ((vote.right, vote.left), Outcome::Left),
        (false, Outcome::Tie) => ((vote.right, vote.left), Outcome::Tie),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_the_same_of_all_is_told_so() {
        assert!(of_one_mind([1.0; 10].into_iter()).is_some_and(|why| why.contains("all 10 answers")));
        assert_eq!(of_one_mind([1.0; 9].into_iter()), None);
        assert_eq!(of_one_mind([1.0; 10].into_iter().chain([2.0])), None);
        assert_eq!(of_one_mind(std::iter::empty()), None);
    }
}
