//! Strengths of players from choices between pairs of them: which prompt, model or setting a writer likes best, how sure that
//! is, and how many more votes would make it sure.
//!
//! By Bradley and Terry (1952) player a is chosen over b with the probability 1 / (1 + exp(sᵦ − sₐ)), where s is the log-strength.

mod matrix;

use serde::{Deserialize, Serialize};

use crate::distribution::Z;
use matrix::Matrix;

/// Players at most; those beyond are left out. Each step costs the square of their number, the intervals its cube.
pub const MOST_PLAYERS: usize = 256;
/// Pseudo-ties of each player, spread evenly over all others. Of two players each has half a win more, which is the
/// correction of Haldane and Anscombe for odds; so strengths and intervals are finite whatever was voted.
pub const PRIOR: f64 = 1.0;
/// Log-strengths and ends of intervals stay within this of the mean, also where without a prior they have no bound.
pub const FARTHEST: f64 = 30.0;
/// What [`Fit::more_votes_needed`] says at most: so many, or more.
pub const MOST_VOTES: u32 = 10_000;

/// Steps at most, and the change of a log-strength from which on there are no more.
const STEPS: usize = 10_000;
const STILL: f64 = 1e-12;

/// What was chosen of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// Neither is better: half a win to each.
    Tie,
}

/// One vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The player on the left, counted from 0.
    pub left: usize,
    /// The player on the right.
    pub right: usize,
    /// What was chosen.
    pub outcome: Outcome,
}

/// What is known of one player.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Strength {
    /// The log-strength; the mean of all players is 0.
    pub strength: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end of its 95 % interval.
    pub high: f64,
    /// Votes for it; a tie is half a vote.
    pub wins: f64,
    /// Votes for another; a tie is half a vote.
    pub losses: f64,
    /// Votes for neither.
    pub ties: u32,
    /// All of its votes.
    pub votes: u32,
}

/// How much stronger one player is than another, as a difference of log-strengths.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The difference.
    pub difference: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end of its 95 % interval.
    pub high: f64,
}

/// Strengths that make the votes likeliest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The players, in their order.
    pub players: Vec<Strength>,
    /// Votes that were left out, since they name a player that is not there, or one against itself.
    pub ignored: usize,
    /// Whether the strengths had come to rest; without a prior they need not.
    pub converged: bool,
    /// Covariance of the log-strengths; none where some players are not compared with the others, even by way of third ones.
    covariance: Option<Matrix>,
}

/// Fits strengths to votes, with the prior [`PRIOR`]: see [`fit_with`].
pub fn fit(players: usize, comparisons: &[Comparison]) -> Fit {
    fit_with(players, comparisons, PRIOR)
}

/// Fits strengths to votes with `prior` pseudo-ties for each player, spread evenly over all others; 0 is plain maximum likelihood
/// (what is no number, or less, counts as 0).
///
/// Strengths are found by the minorisation–maximisation algorithm of Hunter ("MM algorithms for generalized Bradley–Terry
/// models", 2004): sᵢ ← log(Wᵢ / Σⱼ nᵢⱼ / (exp sᵢ + exp sⱼ)), with Wᵢ the wins and nᵢⱼ the votes between two. Without a prior they
/// agree with the Python package choix (`mm_pairwise`) and R's BradleyTerry2.
///
/// Intervals are s ± 1.96 √Cᵢᵢ. C is the pseudo-inverse of the observed information I, which has −nᵢⱼpᵢⱼpⱼᵢ beside the
/// diagonal and Σⱼ nᵢⱼpᵢⱼpⱼᵢ on it, p being the fitted probabilities: the covariance of strengths whose mean is held at 0.
///
/// Time: the votes, and the square of the players (at most [`MOST_PLAYERS`]) for each of at most 10,000 steps.
pub fn fit_with(players: usize, comparisons: &[Comparison], prior: f64) -> Fit {
    let players = players.min(MOST_PLAYERS);
    let prior = if prior.is_finite() { prior.clamp(0.0, 1e6) } else { 0.0 };
    let mut tally = Tally::new(players);
    let ignored = comparisons.iter().filter(|comparison| !tally.add(comparison)).count();
    let counts = tally.with_prior(prior);
    let (strengths, converged) = maximise(&counts);
    let covariance = counts.information(&strengths).pseudo_inverse();
    let players = tally
        .players
        .into_iter()
        .zip(&strengths)
        .enumerate()
        .map(|(i, (player, strength))| {
            let half =
                covariance.as_ref().map_or(2.0 * FARTHEST, |matrix| Z * matrix.at(i, i).max(0.0).sqrt());
            let (low, high) = ((strength - half).max(-FARTHEST), (strength + half).min(FARTHEST));
            Strength { strength: *strength, low, high, ..player }
        })
        .collect();
    Fit { players, ignored, converged, covariance }
}

impl Fit {
    /// The probability that `a` is chosen over `b`; ½ for a player that is not there.
    pub fn probability(&self, a: usize, b: usize) -> f64 {
        match (self.players.get(a), self.players.get(b)) {
            (Some(a), Some(b)) => logistic(a.strength - b.strength),
            _ => 0.5,
        }
    }

    /// The strongest player, the first of several that are the same; none without votes.
    pub fn leader(&self) -> Option<usize> {
        self.ranked().first().copied()
    }

    /// The second strongest; none where there is no leader.
    pub fn runner_up(&self) -> Option<usize> {
        self.ranked().get(1).copied()
    }

    /// How much stronger `a` is than `b`; the interval is from Cₐₐ + Cᵦᵦ − 2Cₐᵦ, since the two are not independent. None for players
    /// that are not there.
    pub fn difference(&self, a: usize, b: usize) -> Option<Difference> {
        let difference = self.players.get(a)?.strength - self.players.get(b)?.strength;
        let half = if a == b { 0.0 } else { self.variance(a, b).map_or(2.0 * FARTHEST, |v| Z * v.sqrt()) };
        let bound = 2.0 * FARTHEST;
        Some(Difference {
            difference,
            low: (difference - half).max(-bound),
            high: (difference + half).min(bound),
        })
    }

    /// Whether the leader is surely stronger than the runner-up: the 95 % interval of their difference is above 0.
    pub fn separated(&self) -> bool {
        let pair = self.leader().zip(self.runner_up());
        pair.and_then(|(a, b)| self.difference(a, b)).is_some_and(|found| found.low > 0.0)
    }

    /// About how many more votes between the leader and the runner-up would separate them, if choices go on as they went, at most
    /// [`MOST_VOTES`]. None when they are separated, when nothing is known of one of them, and when they are the same so far.
    ///
    /// Each vote between the two adds p(1 − p) to the precision 1 / var of their difference d; it has to reach (1.96 / d)².
    pub fn more_votes_needed(&self) -> Option<u32> {
        let (a, b) = self.leader().zip(self.runner_up())?;
        let known = |i: usize| self.players.get(i).is_some_and(|player| player.votes > 0);
        if self.separated() || !known(a) || !known(b) {
            return None;
        }
        let difference = self.difference(a, b)?.difference;
        if difference <= STILL.sqrt() {
            return None;
        }
        let p = self.probability(a, b);
        let now = self.variance(a, b).map_or(0.0, |variance| 1.0 / variance);
        let votes = ((Z / difference).powi(2) - now) / (p * (1.0 - p));
        // Rounding may leave no vote to be needed of two that are just not separated.
        Some(votes.ceil().clamp(1.0, f64::from(MOST_VOTES)) as u32)
    }

    /// Players from the strongest to the weakest; none without votes.
    pub fn ranked(&self) -> Vec<usize> {
        if self.players.iter().all(|player| player.votes == 0) {
            return Vec::new();
        }
        let mut ranked: Vec<(usize, f64)> =
            self.players.iter().map(|player| player.strength).enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.into_iter().map(|(i, _)| i).collect()
    }

    fn variance(&self, a: usize, b: usize) -> Option<f64> {
        let matrix = self.covariance.as_ref()?;
        let variance = matrix.at(a, a) + matrix.at(b, b) - 2.0 * matrix.at(a, b);
        (variance > 0.0).then_some(variance)
    }
}

/// Votes as they are counted.
struct Tally {
    players: Vec<Strength>,
    votes: Matrix,
}

impl Tally {
    fn new(players: usize) -> Self {
        let none = Strength { strength: 0.0, low: 0.0, high: 0.0, wins: 0.0, losses: 0.0, ties: 0, votes: 0 };
        Self { players: vec![none; players], votes: Matrix::zero(players) }
    }

    /// Whether the vote counts.
    fn add(&mut self, comparison: &Comparison) -> bool {
        let Comparison { left, right, outcome } = *comparison;
        if left == right || left.max(right) >= self.players.len() {
            return false;
        }
        let won = match outcome {
            Outcome::Left => 1.0,
            Outcome::Tie => 0.5,
            Outcome::Right => 0.0,
        };
        for (player, won) in [(left, won), (right, 1.0 - won)] {
            if let Some(player) = self.players.get_mut(player) {
                player.wins += won;
                player.losses += 1.0 - won;
                player.votes = player.votes.saturating_add(1);
                player.ties = player.ties.saturating_add(u32::from(outcome == Outcome::Tie));
            }
        }
        self.votes.add(left, right, 1.0);
        self.votes.add(right, left, 1.0);
        true
    }

    fn with_prior(&self, prior: f64) -> Counts {
        let n = self.players.len();
        let mut votes = self.votes.clone();
        if n > 1 {
            let each = prior / (n - 1) as f64;
            (0..n)
                .flat_map(|i| (0..n).map(move |j| (i, j)))
                .filter(|(i, j)| i != j)
                .for_each(|(i, j)| votes.add(i, j, each));
        }
        let prior = if n > 1 { prior } else { 0.0 };
        Counts { wins: self.players.iter().map(|player| player.wins + prior / 2.0).collect(), votes }
    }
}

/// Wins of each player and votes between two, pseudo-ties among them.
struct Counts {
    wins: Vec<f64>,
    votes: Matrix,
}

impl Counts {
    fn information(&self, strengths: &[f64]) -> Matrix {
        let mut information = Matrix::zero(strengths.len());
        for (i, a) in strengths.iter().enumerate() {
            for (j, b) in strengths.iter().enumerate() {
                let p = logistic(a - b);
                let weight = self.votes.at(i, j) * p * (1.0 - p);
                if i != j {
                    information.add(i, j, -weight);
                    information.add(i, i, weight);
                }
            }
        }
        information
    }
}

/// Log-strengths, and whether they came to rest.
fn maximise(counts: &Counts) -> (Vec<f64>, bool) {
    let mut strengths = vec![0.0; counts.wins.len()];
    for _ in 0..STEPS {
        let powers: Vec<f64> = strengths.iter().map(|strength: &f64| strength.exp()).collect();
        let mut next: Vec<f64> = counts
            .wins
            .iter()
            .enumerate()
            .map(|(i, wins)| {
                let own = powers.get(i).copied().unwrap_or(1.0);
                let met: f64 =
                    counts.votes.row(i).iter().zip(&powers).map(|(votes, power)| votes / (own + power)).sum();
                // Who never met anybody stays where they are.
                if met > 0.0 { (wins / met).ln().clamp(-FARTHEST, FARTHEST) } else { own.ln() }
            })
            .collect();
        let mean = next.iter().sum::<f64>() / next.len() as f64;
        for strength in &mut next {
            *strength = (*strength - mean).clamp(-FARTHEST, FARTHEST);
        }
        let change = next.iter().zip(&strengths).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        strengths = next;
        if change < STILL {
            return (strengths, true);
        }
    }
    (strengths, false)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests;
