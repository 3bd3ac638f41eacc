//! What an experiment compares: every prompt with every model and setting on every passage, so many times. All are numbers
//! here; whoever made the experiment knows what they stand for.

use std::collections::{BTreeMap, HashSet};

/// How many of each there are, and where draws begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// Versions of prompts.
    pub prompts: u32,
    /// Models.
    pub models: u32,
    /// Ways to draw.
    pub settings: u32,
    /// Passages.
    pub passages: u32,
    /// Answers to each.
    pub repeats: u32,
    /// Where all draws begin.
    pub seed: u32,
}

/// One prompt with one model and setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arm {
    /// Number of the prompt, from 0.
    pub prompt: u32,
    /// Number of the model.
    pub model: u32,
    /// Number of the setting.
    pub setting: u32,
}

/// One answer that is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// By whom.
    pub arm: Arm,
    /// To what.
    pub passage: u32,
    /// Which of several.
    pub repeat: u32,
}

/// Answers that one model makes to one prompt on one passage: they share all that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Number of the model.
    pub model: u32,
    /// Number of the passage.
    pub passage: u32,
    /// Number of the prompt.
    pub prompt: u32,
    /// What is to be made.
    pub cells: Vec<Cell>,
}

impl Design {
    /// So many answers.
    pub fn cells(&self) -> u64 {
        [self.prompts, self.models, self.settings, self.passages, self.repeats]
            .iter()
            .fold(1, |all: u64, &n| all.saturating_mul(u64::from(n)))
    }

    /// All arms, in their order.
    pub fn arms(&self) -> Vec<Arm> {
        let prompts = 0..self.prompts;
        prompts
            .flat_map(|prompt| (0..self.models).map(move |model| (prompt, model)))
            .flat_map(|(prompt, model)| (0..self.settings).map(move |setting| Arm { prompt, model, setting }))
            .collect()
    }

    /// The number of an arm among them.
    pub fn number(&self, arm: Arm) -> u32 {
        (arm.prompt * self.models + arm.model) * self.settings + arm.setting
    }

    /// What is still to be made, so that each model is loaded once and what it reads is shared: model by model, passage by
    /// passage, prompt by prompt.
    pub fn left(&self, done: &HashSet<Cell>) -> Vec<Batch> {
        let mut batches: BTreeMap<(u32, u32, u32), Vec<Cell>> = BTreeMap::new();
        for arm in self.arms() {
            for passage in 0..self.passages {
                let cells = (0..self.repeats).map(|repeat| Cell { arm, passage, repeat });
                let left: Vec<Cell> = cells.filter(|cell| !done.contains(cell)).collect();
                if !left.is_empty() {
                    batches.entry((arm.model, passage, arm.prompt)).or_default().extend(left);
                }
            }
        }
        batches
            .into_iter()
            .map(|((model, passage, prompt), cells)| Batch { model, passage, prompt, cells })
            .collect()
    }

    /// Where the draw of an answer begins: the same for all arms, so that chance favours none. Repeats count on from one
    /// another, and of the first passage from the design's own seed: what was tried on one passage comes again as it was.
    pub fn seed_of(&self, passage: u32, repeat: u32) -> u32 {
        let first = match passage {
            0 => self.seed,
            _ => (mix(u64::from(self.seed) ^ mix(u64::from(passage))) >> 32) as u32,
        };
        first.wrapping_add(repeat)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): numbers that look like chance, the same for the same beginning.
pub(crate) fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SMALL: Design = Design { prompts: 3, models: 2, settings: 2, passages: 5, repeats: 2, seed: 7 };

    #[test]
    fn each_model_is_loaded_once_and_each_prompt_read_once() {
        let batches = SMALL.left(&HashSet::new());
        assert_eq!(batches.len(), 2 * 5 * 3);
        assert_eq!(batches.iter().map(|batch| batch.cells.len() as u64).sum::<u64>(), SMALL.cells());
        let models: Vec<u32> = batches.iter().map(|batch| batch.model).collect();
        assert!(models.is_sorted(), "{models:?}");
    }

    #[test]
    fn chance_favours_no_arm() {
        assert_eq!(SMALL.seed_of(1, 0), Design { prompts: 9, settings: 1, ..SMALL }.seed_of(1, 0));
        assert_eq!([0, 1].map(|repeat| SMALL.seed_of(0, repeat)), [7, 8], "as the playground draws");
        assert_eq!(Design { seed: u32::MAX, ..SMALL }.seed_of(0, 1), 0);
        let seeds: HashSet<u32> =
            (0..5).flat_map(|passage| (0..2).map(move |repeat| SMALL.seed_of(passage, repeat))).collect();
        assert_eq!(seeds.len(), 10);
    }

    proptest! {
        #[test]
        fn what_is_left_and_what_is_done_is_all(
            sizes in proptest::array::uniform5(1u32..4), done in proptest::collection::vec(any::<prop::sample::Index>(), 0..30)
        ) {
            let [prompts, models, settings, passages, repeats] = sizes;
            let design = Design { prompts, models, settings, passages, repeats, seed: 1 };
            let all: Vec<Cell> = design.left(&HashSet::new()).into_iter().flat_map(|batch| batch.cells).collect();
            let done: HashSet<Cell> = done.iter().map(|index| *index.get(&all)).collect();
            let left: HashSet<Cell> = design.left(&done).into_iter().flat_map(|batch| batch.cells).collect();
            prop_assert!(left.is_disjoint(&done));
            prop_assert_eq!((left.len() + done.len()) as u64, design.cells());
            for (number, arm) in design.arms().into_iter().enumerate() {
                prop_assert_eq!(design.number(arm) as usize, number);
            }
        }
    }
}
