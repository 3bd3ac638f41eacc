//! Which two answers are shown next: of the two arms that were compared least, to a passage on which they were not compared
//! yet, on sides drawn by chance. The same until a choice is made, so that nobody can ask for another pair.

use std::collections::{HashMap, HashSet};

use crate::Workbench;
use crate::answers::Answer;
use crate::design::{Arm, Design, mix};
use crate::error::Result;
use crate::experiments::ExperimentId;
use crate::votes::Vote;

/// Two answers to the same passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// To be shown on the left.
    pub left: Answer,
    /// To be shown on the right.
    pub right: Answer,
}

impl Workbench {
    /// What a voter is shown next; none: all was chosen, or there is nothing to choose yet.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`], [`crate::Error::Database`].
    pub fn next_pair(&self, experiment: ExperimentId, voter: &str) -> Result<Option<Pair>> {
        let design = self.experiment(experiment)?.design;
        let answers = self.answers(experiment)?;
        let votes: Vec<Vote> =
            self.votes(experiment)?.into_iter().filter(|vote| vote.voter == voter).collect();
        Ok(next(&design, &answers, &votes))
    }

    /// All pairs that a voter has not seen, in the order they would come.
    ///
    /// # Errors
    /// As [`Workbench::next_pair`].
    pub fn pairs_left(&self, experiment: ExperimentId, voter: &str, most: usize) -> Result<Vec<Pair>> {
        let design = self.experiment(experiment)?.design;
        let answers = self.answers(experiment)?;
        let mut votes: Vec<Vote> =
            self.votes(experiment)?.into_iter().filter(|vote| vote.voter == voter).collect();
        let mut pairs = Vec::new();
        while pairs.len() < most
            && let Some(pair) = next(&design, &answers, &votes)
        {
            votes.push(Vote {
                left: pair.left.id,
                right: pair.right.id,
                voter: voter.to_owned(),
                choice: None,
                reason: String::new(),
            });
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

fn next(design: &Design, answers: &[Answer], votes: &[Vote]) -> Option<Pair> {
    let by_id: HashMap<u32, &Answer> = answers.iter().map(|answer| (answer.id, answer)).collect();
    let mut compared: HashMap<(Arm, Arm), u32> = HashMap::new();
    let mut seen: HashSet<(u32, u32)> = HashSet::new();
    for vote in votes {
        if let (Some(left), Some(right)) = (by_id.get(&vote.left), by_id.get(&vote.right)) {
            *compared.entry(ordered(left.cell.arm, right.cell.arm)).or_default() += 1;
            seen.insert(ordered(left.id, right.id));
        }
    }
    let chance = |of: u64| mix(u64::from(design.seed) ^ mix(votes.len() as u64) ^ of);
    let mut places: HashMap<(u32, u32), Vec<&Answer>> = HashMap::new();
    for answer in answers.iter().filter(|answer| answer.problem.is_empty()) {
        places.entry((answer.cell.passage, answer.cell.repeat)).or_default().push(answer);
    }
    let pairs = places.values().flat_map(|there| {
        let firsts = there.iter().enumerate();
        firsts.flat_map(|(i, &one)| there[i + 1..].iter().map(move |&other| (one, other)))
    });
    let (one, other) = pairs
        .filter(|(one, other)| !seen.contains(&ordered(one.id, other.id)))
        // Between the same words there is nothing to choose.
        .filter(|(one, other)| one.text.trim() != other.text.trim())
        .min_by_key(|(one, other)| {
            let times = compared.get(&ordered(one.cell.arm, other.cell.arm)).copied().unwrap_or(0);
            let (low, high) = ordered(one.id, other.id);
            (times, chance(u64::from(low) << 32 | u64::from(high)), low, high)
        })?;
    let (low, high) = if one.id < other.id { (one, other) } else { (other, one) };
    let turned = chance(u64::MAX) & 1 == 1;
    let (left, right) = if turned { (high, low) } else { (low, high) };
    Some(Pair { left: left.clone(), right: right.clone() })
}

fn ordered<T: Ord>(one: T, other: T) -> (T, T) {
    if one <= other { (one, other) } else { (other, one) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::NewAnswer;
    use crate::experiments::NewExperiment;
    use crate::testing::Temporary;
    use crate::votes::Choice;

    const DESIGN: Design = Design { prompts: 3, models: 1, settings: 1, passages: 4, repeats: 2, seed: 11 };

    fn bench(text: impl Fn(u32, u32) -> String) -> (Temporary, ExperimentId) {
        let mut bench = Temporary::new();
        let id = bench.new_experiment(NewExperiment { name: "x", plan: "", design: DESIGN }).unwrap();
        for cell in DESIGN.left(&HashSet::new()).into_iter().flat_map(|batch| batch.cells) {
            let text = text(cell.arm.prompt, cell.passage * 2 + cell.repeat);
            let (rendered, model_name, model_hash, figures, problem) = ("", "", "", "", "");
            let new =
                NewAnswer { cell, seed: 0, text: &text, problem, rendered, model_name, model_hash, figures };
            bench.keep_answer(id, new).unwrap();
        }
        (bench, id)
    }

    fn choose(bench: &mut Temporary, id: ExperimentId, pair: &Pair) {
        let (left, right) = (pair.left.id, pair.right.id);
        let (voter, choice, reason) = (String::new(), Some(Choice::Left), String::new());
        bench.vote(id, &Vote { left, right, voter, choice, reason }).unwrap();
    }

    #[test]
    fn every_pair_comes_once_and_arms_are_compared_alike() {
        let (mut bench, id) = bench(|prompt, place| format!("{prompt} {place}"));
        let (mut seen, mut compared, mut lefts) = (HashSet::new(), HashMap::<_, u32>::new(), 0);
        while let Some(pair) = bench.next_pair(id, "").unwrap() {
            assert_eq!(
                bench.next_pair(id, "").unwrap(),
                Some(pair.clone()),
                "it stays until a choice is made"
            );
            let (left, right) = (pair.left.cell, pair.right.cell);
            assert_eq!((left.passage, left.repeat), (right.passage, right.repeat));
            assert!(seen.insert(ordered(pair.left.id, pair.right.id)));
            *compared.entry(ordered(left.arm, right.arm)).or_default() += 1;
            lefts += u32::from(left.arm < right.arm);
            let (least, most) = (compared.values().min().unwrap(), compared.values().max().unwrap());
            assert!(compared.len() < 3 || most - least <= 1, "{compared:?}");
            choose(&mut bench, id, &pair);
        }
        assert_eq!(seen.len(), 3 * 8);
        assert!((4..=20).contains(&lefts), "sides are drawn by chance: {lefts}");
        assert_eq!(bench.pairs_left(id, "a judge", 100).unwrap().len(), 24, "who judges has seen none");
    }

    #[test]
    fn between_the_same_words_nobody_has_to_choose() {
        let (bench, id) = bench(|_, place| place.to_string());
        assert_eq!(bench.next_pair(id, "").unwrap(), None);
    }

    #[test]
    fn the_last_choice_is_taken_back() {
        let (mut bench, id) = bench(|prompt, place| format!("{prompt} {place}"));
        let first = bench.next_pair(id, "").unwrap().unwrap();
        choose(&mut bench, id, &first);
        assert_eq!(bench.count_votes(id).unwrap(), 1);
        assert_ne!(bench.next_pair(id, "").unwrap().unwrap(), first);
        assert!(bench.undo_vote(id).unwrap());
        assert_eq!(bench.next_pair(id, "").unwrap().unwrap(), first);
        assert_eq!((bench.undo_vote(id).unwrap(), bench.count_votes(id).unwrap()), (false, 0));
    }
}
