//! Guesses at the next tokens, to be verified several at once: reading eight tokens costs little more than reading one.
//! For a rewrite the draft is the passage itself, found again after each departure; for a text that goes on, what
//! followed the same words before (Saxena 2023, prompt lookup decoding). A guess decides nothing: each token is drawn
//! from the model's logits as ever and only compared, so the text is the same with and without.

use std::collections::HashMap;

/// Tokens that are guessed at once, at most.
pub const MOST: usize = 15;
/// Equal tokens after which a text is looked up.
const GRAM: usize = 3;

/// How often a guess is taken to be right before any was made: from a text that is followed, and from one looked up.
const FOLLOWED: f64 = 0.7;
const LOOKED_UP: f64 = 0.3;
/// So many right guesses one after the other are told apart from more.
const RUN: usize = 16;
/// How many guesses what is expected counts for.
const PRIOR: f64 = 4.0;
/// What a guess counts for after one more.
const FADING: f64 = 0.97;

/// What departures from a text cost. To leave words out is the cheapest: they are many at a time, and the words after
/// them are the same again.
const REPLACED: u32 = 2;
const PUT_IN: u32 = 2;
const LEFT_OUT: u32 = 1;

/// Guesses at what comes next in one answer.
#[derive(Debug, Clone)]
pub struct Drafter {
    source: Source,
    sure: Sureness,
    plan: Plan,
}

#[derive(Debug, Clone)]
enum Source {
    Aligned(Aligned),
    Lookup(Lookup),
}

impl Drafter {
    /// For an answer that follows a text, more or less.
    pub fn following(text: Vec<u32>) -> Self {
        Self {
            source: Source::Aligned(Aligned::new(text)),
            sure: Sureness::new(FOLLOWED),
            plan: Plan::default(),
        }
    }

    /// For an answer that may repeat what stands in the text so far.
    pub fn looking_up(text: Vec<u32>) -> Self {
        Self {
            source: Source::Lookup(Lookup::new(text)),
            sure: Sureness::new(LOOKED_UP),
            plan: Plan::default(),
        }
    }

    /// Counts a token as drawn.
    pub fn push(&mut self, token: u32) {
        self.sure.learn(self.guess(1).first().map(|&guess| guess == token));
        match &mut self.source {
            Source::Aligned(aligned) => aligned.push(token),
            Source::Lookup(lookup) => lookup.push(token),
        }
    }

    /// Up to `n` next tokens; none when there is nothing to go by.
    pub fn guess(&self, n: usize) -> &[u32] {
        match &self.source {
            Source::Aligned(aligned) => aligned.guess(n),
            Source::Lookup(lookup) => lookup.guess(n),
        }
    }

    /// How many of `most` guesses are worth trying, where calls cost so much. `others`: rows that are read besides, for
    /// `answers` in all.
    pub fn worth(&mut self, costs: &Costs, others: usize, answers: usize, most: usize) -> usize {
        let shared = costs.of(others) * (1.0 - 1.0 / answers.max(1) as f64);
        let most = most.min(MOST);
        let cost: [f64; MOST + 1] =
            std::array::from_fn(|n| if n <= most { costs.of(others + n) - shared } else { f64::INFINITY });
        self.plan.think(&self.sure, &cost[..=most])
    }
}

/// How often a guess was right, by how many were right one after the other before it: an answer that follows a text departs
/// from it now and then, and what comes after a departure is surer than what comes late.
#[derive(Debug, Clone)]
struct Sureness {
    /// Right since the last that was wrong.
    right: usize,
    /// For each such number, how many were right then and how many there were; older ones count less.
    runs: [Rate; RUN],
    all: Rate,
}

/// Guesses that were right, of so many.
#[derive(Debug, Clone, Copy, Default)]
struct Rate {
    right: f64,
    of: f64,
}

impl Rate {
    /// Counts one more, with those before `fading`.
    fn count(&mut self, right: bool, fading: f64) {
        self.right = self.right * fading + f64::from(u8::from(right));
        self.of = self.of * fading + 1.0;
    }

    /// The part that was right; as long as there were few, near what was `expected`.
    fn part(&self, expected: f64) -> f64 {
        (self.right + PRIOR * expected) / (self.of + PRIOR)
    }
}

impl Sureness {
    /// So often guesses are taken to be right until they were tried.
    fn new(expected: f64) -> Self {
        let all = Rate { right: PRIOR * expected, of: PRIOR };
        Self { right: 0, runs: [Rate::default(); RUN], all }
    }

    /// The next token was guessed, right or not; or none was.
    fn learn(&mut self, right: Option<bool>) {
        if let Some(right) = right {
            self.runs[self.right.min(RUN - 1)].count(right, FADING);
            self.all.count(right, FADING);
        }
        self.right = if right == Some(true) { self.right + 1 } else { 0 };
    }

    /// How likely the next is right after so many that were.
    fn after(&self, right: usize) -> f64 {
        self.runs[right.min(RUN - 1)].part(self.all.right / self.all.of)
    }
}

/// How many guesses to try so that most tokens come of a second in the long run: a decision process whose states are how many
/// guesses were right since the last that was wrong (Howard 1960). To ask for most tokens a second of one call alone would
/// try too few where much is right, since the end of a stretch then takes a call of its own.
#[derive(Debug, Clone, Default)]
struct Plan {
    /// Tokens that come of a second.
    rate: f64,
    /// What it is worth, in tokens, to be where so many were right, against where none was.
    worth: [f64; RUN],
}

/// How often the worth of all states is formed anew in a call: it changes little from one to the next.
const SWEEPS: usize = 3;

impl Plan {
    /// How many to try; `cost`: seconds of a call with 0, 1 … of them.
    fn think(&mut self, sure: &Sureness, cost: &[f64]) -> usize {
        if self.rate == 0.0 {
            self.rate = 1.0 / cost[0];
        }
        for _ in 0..SWEEPS {
            let (tried, none) = self.best(sure, 0, cost);
            // By a good plan nothing is gained over its own rate.
            self.rate += 0.5 * none / cost[tried];
            let worth: [f64; RUN] = std::array::from_fn(|right| self.best(sure, right, cost).1 - none);
            self.worth = worth;
        }
        self.best(sure, sure.right, cost).0
    }

    /// How many to try where so many were right, and what is gained by it over what the seconds bring on the whole.
    fn best(&self, sure: &Sureness, right: usize, cost: &[f64]) -> (usize, f64) {
        // The expected number of tokens: those that are right, and the one after them.
        let (mut chance, mut tokens) = (1.0, 1.0);
        let mut best = (0, f64::NEG_INFINITY);
        for (n, seconds) in cost.iter().enumerate() {
            tokens += if n > 0 { chance } else { 0.0 };
            chance *= sure.after(right + n);
            let gain = tokens - self.rate * seconds + chance * self.worth[(right + n + 1).min(RUN - 1)];
            if gain > best.1 {
                best = (n, gain);
            }
        }
        best
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

/// What calls cost, by the rows that they read: a line through what they have cost of late. (A number for each count of rows
/// would be noise: one that was dear once, by chance, would not be tried again.)
#[derive(Debug, Clone, Copy, Default)]
pub struct Costs {
    /// Of calls, older ones counting less: how many, their rows and seconds, and the products of those.
    calls: f64,
    rows: f64,
    seconds: f64,
    rows_rows: f64,
    rows_seconds: f64,
}

/// What a row more is taken to cost before any was read, of the first.
const ROW: f64 = 0.1;
/// What a call counts for after one more.
const AGING: f64 = 0.95;
/// A call that takes so many times as long as was expected was disturbed, and is taken to have taken no longer than that.
const DISTURBED: f64 = 2.0;

impl Costs {
    /// A call that read `rows` rows took so many seconds.
    pub fn took(&mut self, rows: usize, seconds: f64) {
        if self.calls == 0.0 {
            // Two that nobody has made, so that a line has a slope.
            let first = seconds / (1.0 + ROW * (rows.max(1) - 1) as f64);
            for rows in [1, MOST + 1] {
                self.count(rows, first * (1.0 + ROW * (rows - 1) as f64));
            }
        }
        self.count(rows, seconds.min(DISTURBED * self.of(rows)));
    }

    fn count(&mut self, rows: usize, seconds: f64) {
        let (x, y) = (rows as f64, seconds);
        for (sum, more) in [
            (&mut self.calls, 1.0),
            (&mut self.rows, x),
            (&mut self.seconds, y),
            (&mut self.rows_rows, x * x),
            (&mut self.rows_seconds, x * y),
        ] {
            *sum = *sum * AGING + more;
        }
    }

    /// Seconds of a call with so many rows.
    fn of(&self, rows: usize) -> f64 {
        if self.calls == 0.0 {
            return 1.0 + ROW * (rows.max(1) - 1) as f64;
        }
        let (x, y) = (self.rows / self.calls, self.seconds / self.calls);
        // Where all have had as many rows, what was taken for granted before any.
        let spread = self.rows_rows / self.calls - x * x;
        let usual = ROW * y / (1.0 + ROW * (x - 1.0));
        let slope = match spread > 0.01 {
            true => (self.rows_seconds / self.calls - x * y) / spread,
            false => usual,
        };
        // More rows never cost less, and a row no more than a call of its own.
        let slope = slope.clamp(0.1 * usual, y / x);
        y + slope * (rows as f64 - x)
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

    /// Where each row more costs so much of the first.
    fn costs(more: f64) -> Costs {
        let mut costs = Costs::default();
        for rows in (1..=MOST + 1).cycle().take(10 * MOST) {
            costs.took(rows, 0.02 * (1.0 + more * (rows - 1) as f64));
        }
        costs
    }

    /// Follows 0, 1, 2 … with every `nth` token another, and tells how many guesses are made then.
    fn departing(nth: u32, costs: &Costs) -> (Drafter, usize) {
        let mut drafter = Drafter::following((0..400).collect());
        let mut worth = 0;
        for t in 0..200 {
            worth = drafter.worth(costs, 1, 1, MOST);
            drafter.push(if t % nth == nth - 1 { 1000 + t } else { t });
        }
        worth = if nth == 1 { worth } else { drafter.worth(costs, 1, 1, MOST) };
        (drafter, worth)
    }

    #[test]
    fn more_is_guessed_the_surer_and_the_cheaper_it_is() {
        assert_eq!(departing(u32::MAX, &costs(0.05)).1, MOST, "nothing departs");
        assert_eq!(departing(1, &costs(0.05)).1, 0, "nothing is right");
        let untried = |costs: Costs| Drafter::following(vec![0; 99]).worth(&costs, 1, 1, MOST);
        assert_eq!(untried(costs(1.0)), 0, "each row costs as much as the first");
        assert!(untried(costs(0.1)) > 0);
        assert!(departing(2, &costs(0.5)).1 <= departing(2, &costs(0.1)).1);
    }

    #[test]
    fn as_many_are_guessed_as_are_left_of_a_stretch() {
        let costs = costs(0.1);
        let (mut drafter, worth) = departing(5, &costs);
        assert_eq!(worth, 4);
        (200..202).for_each(|token| drafter.push(token));
        assert_eq!(drafter.worth(&costs, 1, 1, MOST), 2);
    }

    proptest! {
        #[test]
        fn a_guess_is_always_a_part_of_the_text(
            text in prop::collection::vec(0u32..6, 0..40),
            drawn in prop::collection::vec(0u32..6, 0..60),
            n in 0usize..9,
        ) {
            let mut aligned = Drafter::following(text.clone());
            let mut lookup = Drafter::looking_up(text.clone());
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
