//! Guesses at the next tokens, to be verified several at once: reading eight tokens costs little more than reading one.
//! For a rewrite the draft is the passage itself, found again after each departure; for a text that goes on, what
//! followed the same words before (Saxena 2023, prompt lookup decoding). A guess decides nothing: each token is drawn
//! from the model's logits as ever and only compared, so the text is the same with and without.

use std::collections::HashMap;

/// Tokens that are guessed at once, at most.
pub const MOST: usize = 15;
/// Equal tokens after which a text is looked up.
const GRAM: usize = 3;

/// What departures from a text cost. To leave words out is the cheapest: they are many at a time, and the words after
/// them are the same again.
const REPLACED: u32 = 2;
const PUT_IN: u32 = 2;
const LEFT_OUT: u32 = 1;

/// Where guesses come from.
#[derive(Debug, Clone)]
pub enum Drafter {
    /// A text that the answer follows, more or less.
    Aligned(Aligned),
    /// The text so far.
    Lookup(Lookup),
}

impl Drafter {
    /// Counts a token as drawn.
    pub fn push(&mut self, token: u32) {
        match self {
            Self::Aligned(aligned) => aligned.push(token),
            Self::Lookup(lookup) => lookup.push(token),
        }
    }

    /// Up to `n` next tokens; none when there is nothing to go by.
    pub fn guess(&self, n: usize) -> &[u32] {
        match self {
            Self::Aligned(aligned) => aligned.guess(n),
            Self::Lookup(lookup) => lookup.guess(n),
        }
    }
}

/// The place of an answer in the text that it follows: by the least number of tokens left out, put in or put in the place
/// of another (Levenshtein 1966), one row of the table for each token drawn. So a place is found again after any
/// departure, also where no word is the same for a while.
#[derive(Debug, Clone)]
pub struct Aligned {
    text: Vec<u32>,
    /// For each place in the text, what it costs to have come there; and whether the last token is the same.
    costs: Vec<(u32, bool)>,
}

impl Aligned {
    /// Nothing is drawn yet.
    pub fn new(text: Vec<u32>) -> Self {
        let costs = (0..=text.len()).map(|left_out| (left_out as u32 * LEFT_OUT, false)).collect();
        Self { text, costs }
    }

    /// Counts a token as drawn.
    pub fn push(&mut self, token: u32) {
        let (mut before, first) = (self.costs[0], self.costs[0].0 + PUT_IN);
        self.costs[0] = (first, false);
        for at in 1..self.costs.len() {
            let same = self.text[at - 1] == token;
            let replaced = (before.0 + if same { 0 } else { REPLACED }, same);
            let put_in = (self.costs[at].0 + PUT_IN, false);
            let left_out = (self.costs[at - 1].0 + LEFT_OUT, false);
            before = self.costs[at];
            self.costs[at] =
                [put_in, left_out].into_iter().fold(replaced, |a, b| if b.0 < a.0 { b } else { a });
        }
    }

    /// What follows in the text: from the likeliest place, where of equal ones that counts which has the same token, then
    /// the furthest.
    pub fn guess(&self, n: usize) -> &[u32] {
        let best =
            self.costs.iter().enumerate().min_by_key(|&(at, &(cost, same))| (cost, !same, usize::MAX - at));
        let at = best.map_or(self.text.len(), |(at, _)| at);
        &self.text[at..(at + n).min(self.text.len())]
    }
}

/// What followed the last tokens when they came before.
#[derive(Debug, Clone)]
pub struct Lookup {
    text: Vec<u32>,
    /// Where what follows three tokens begins, the last time they came but for the end.
    places: HashMap<[u32; GRAM], usize>,
    found: Option<usize>,
}

impl Lookup {
    /// After a text.
    pub fn new(text: Vec<u32>) -> Self {
        let mut lookup = Self { text: Vec::with_capacity(text.len()), places: HashMap::new(), found: None };
        text.into_iter().for_each(|token| lookup.push(token));
        lookup
    }

    /// Counts a token as drawn.
    pub fn push(&mut self, token: u32) {
        self.text.push(token);
        if let Some(&gram) = self.text.last_chunk::<GRAM>() {
            self.found = self.places.insert(gram, self.text.len());
        }
    }

    /// What followed.
    pub fn guess(&self, n: usize) -> &[u32] {
        self.found.map_or(&[], |at| &self.text[at..(at + n).min(self.text.len())])
    }
}

/// Guesses that are not decided yet: each is held against what is drawn to its first wrong token, also where only its
/// beginning was tried or none of it.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// Each with how many of its tokens were drawn.
    open: Vec<(Vec<u32>, usize)>,
}

impl Watch {
    /// A guess was made, of all that could be tried.
    pub fn guessed(&mut self, guess: &[u32]) {
        if !guess.is_empty() {
            self.open.push((guess.to_vec(), 0));
        }
    }

    /// Counts a token as drawn, and tells `lengths` of what is decided by it.
    pub fn push(&mut self, token: u32, lengths: &mut Lengths) {
        self.open.retain_mut(|(guess, right)| {
            let hit = guess[*right] == token;
            *right += usize::from(hit);
            let open = hit && *right < guess.len();
            if !open {
                lengths.was(guess.len(), *right);
            }
            open
        });
    }

    /// What was drawn is given up.
    pub fn clear(&mut self) {
        self.open.clear();
    }
}

/// How many tokens to guess: what reading so many rows has cost so far, and how far guesses were right.
#[derive(Debug, Clone)]
pub struct Lengths {
    /// Seconds that a call with so many rows took, smoothed; 0: not measured yet.
    costs: [f64; MOST + 2],
    /// How often each token of a guess was right where those before it were, smoothed. (The first after a departure is
    /// right less often than those within a word or a sentence that goes on.)
    right: [f64; MOST],
}

impl Default for Lengths {
    fn default() -> Self {
        Self { costs: [0.0; MOST + 2], right: [0.7; MOST] }
    }
}

impl Lengths {
    /// Another text begins; so often its guesses are taken to be right until they were tried.
    pub fn begin(&mut self, right: f64) {
        self.right = [right; MOST];
    }

    /// A call that read `rows` rows took so many seconds.
    pub fn took(&mut self, rows: usize, seconds: f64) {
        if let Some(cost) = self.costs.get_mut(rows) {
            *cost = if *cost == 0.0 { seconds } else { 0.8 * *cost + 0.2 * seconds };
        }
    }

    /// Of `guessed` tokens the first `right` were.
    pub fn was(&mut self, guessed: usize, right: usize) {
        // Each right one, and the first wrong one, is a trial; those after it are none.
        for (trial, rate) in self.right.iter_mut().take(guessed.min(right + 1)).enumerate() {
            let hit = if trial < right { 1.0 } else { 0.0 };
            *rate = 0.9 * *rate + 0.1 * hit;
        }
    }

    /// The number of guesses, up to `most`, that gives most tokens a second. `others`: rows that are read besides.
    pub fn best(&self, others: usize, most: usize) -> usize {
        // The expected number of tokens: those that are right, and the one after them.
        let (mut sure, mut tokens) = (1.0, [1.0; MOST + 1]);
        for n in 1..tokens.len() {
            sure *= self.right[n - 1];
            tokens[n] = tokens[n - 1] + sure;
        }
        let rate = |n: usize| tokens[n] / self.cost(others + n);
        (0..=most.min(MOST)).max_by(|&a, &b| rate(a).total_cmp(&rate(b))).unwrap_or(0)
    }

    /// Measured, or between what was measured on both sides; beyond, a tenth of the first row for each more.
    fn cost(&self, rows: usize) -> f64 {
        let rows = rows.clamp(1, MOST + 1);
        let known = |mut range: std::ops::RangeInclusive<usize>| range.find(|&r| self.costs[r] > 0.0);
        let below = (1..=rows).rev().find(|&r| self.costs[r] > 0.0);
        let above = known(rows..=MOST + 1);
        match (below, above) {
            (Some(low), Some(high)) if low < high => {
                let part = (rows - low) as f64 / (high - low) as f64;
                self.costs[low] + (self.costs[high] - self.costs[low]) * part
            }
            (Some(low), _) => {
                self.costs[low] * (1.0 + 0.1 * (rows - low) as f64 / (1.0 + 0.1 * (low - 1) as f64))
            }
            (None, Some(high)) => self.costs[high] * (1.0 - 0.05 * (high - rows) as f64),
            (None, None) => 1.0 + 0.1 * (rows - 1) as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn after(text: &[u32], drawn: &[u32]) -> Vec<u32> {
        let mut aligned = Aligned::new(text.to_vec());
        drawn.iter().for_each(|&t| aligned.push(t));
        aligned.guess(3).to_vec()
    }

    #[test]
    fn the_place_in_a_text_is_found_again_after_each_departure() {
        let text: Vec<u32> = (0..20).collect();
        assert_eq!(after(&text, &[]), [0, 1, 2]);
        assert_eq!(after(&text, &[0, 1, 2]), [3, 4, 5]);
        assert_eq!(after(&text, &[0, 1, 99]), [3, 4, 5], "one for another");
        assert_eq!(after(&text, &[0, 1, 98, 99, 2]), [3, 4, 5], "two put in");
        assert_eq!(after(&text, &[0, 1, 5, 6]), [7, 8, 9], "three left out");
        assert_eq!(after(&text, &[97, 98, 99]), [3, 4, 5], "all others, as many");
        assert!(after(&text, &text).is_empty(), "at the end there is nothing left");
    }

    #[test]
    fn what_followed_the_same_words_is_guessed() {
        let mut lookup = Lookup::new(vec![1, 2, 3, 4, 5, 9, 1, 2]);
        assert!(lookup.guess(2).is_empty());
        lookup.push(3);
        assert_eq!(lookup.guess(2), [4, 5]);
        lookup.push(7);
        assert!(lookup.guess(2).is_empty());
    }

    #[test]
    fn more_is_guessed_the_surer_and_the_cheaper_it_is() {
        let mut lengths = Lengths::default();
        (1..=9).for_each(|rows| lengths.took(rows, 1.0 + 0.05 * (rows - 1) as f64));
        lengths.begin(0.95);
        let sure = lengths.best(1, 8);
        lengths.begin(0.3);
        let unsure = lengths.best(1, 8);
        assert!(sure >= 6 && unsure < sure, "{sure} {unsure}");
        // Where each row costs as much as the first, guessing only wastes.
        let mut dear = Lengths::default();
        (1..=9).for_each(|rows| dear.took(rows, rows as f64));
        assert_eq!(dear.best(1, 8), 0);
        // What is never right is not guessed any more.
        (0..100).for_each(|_| lengths.was(4, 0));
        assert_eq!(lengths.best(1, 8), 0);
    }

    #[test]
    fn a_guess_is_watched_beyond_what_was_tried() {
        let (mut lengths, mut watch) = (Lengths::default(), Watch::default());
        (1..=9).for_each(|rows| lengths.took(rows, 1.0 + 0.2 * (rows - 1) as f64));
        // Again and again three are right and the fourth is not, whatever is tried.
        for _ in 0..50 {
            watch.guessed(&[1, 2, 3, 4, 5, 6]);
            [1, 2, 3, 9].into_iter().for_each(|token| watch.push(token, &mut lengths));
        }
        assert_eq!(lengths.best(1, 8), 3);
        watch.guessed(&[1, 2]);
        watch.clear();
        let before = lengths.right;
        watch.push(1, &mut lengths);
        assert_eq!(before, lengths.right);
    }

    proptest! {
        #[test]
        fn a_guess_is_always_a_part_of_the_text(
            text in prop::collection::vec(0u32..6, 0..40),
            drawn in prop::collection::vec(0u32..6, 0..60),
            n in 0usize..9,
        ) {
            let mut aligned = Drafter::Aligned(Aligned::new(text.clone()));
            let mut lookup = Drafter::Lookup(Lookup::new(text.clone()));
            for &token in &drawn {
                aligned.push(token);
                lookup.push(token);
            }
            let all = [text.clone(), drawn].concat();
            for (guess, of) in [(aligned.guess(n), &text), (lookup.guess(n), &all)] {
                prop_assert!(guess.len() <= n);
                prop_assert!(guess.is_empty() || of.windows(guess.len()).any(|w| w == guess));
            }
        }
    }
}
