//! The stages of the chain. Each has the distribution of llama.cpp's stage of the same name.

use std::collections::BTreeMap;

use super::candidates::{Candidate, Candidates};
use super::dry::Dry;
use super::random::Random;

/// One step of the chain.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Adds to the logits of single tokens.
    LogitBias(Vec<(u32, f32)>),
    /// Makes recent tokens less likely.
    Penalties(Penalties),
    /// Makes long repetitions less likely.
    Dry(Dry),
    /// Keeps those whose logit is at most so many standard deviations below the highest (arXiv 2411.07641).
    TopNSigma(f32),
    /// Keeps so many of the likeliest; 0 keeps all.
    TopK(usize),
    /// Keeps those whose surprise is nearest to the expected one, until their probabilities together exceed this
    /// (arXiv 2202.00666).
    Typical(f32),
    /// Keeps the likeliest until their probabilities together reach this.
    TopP(f32),
    /// Keeps those at least so likely as this part of the likeliest.
    MinP(f32),
    /// With this probability, drops all that are likely but the least likely of them: says the unusual on purpose.
    Xtc {
        /// How often.
        probability: f32,
        /// What counts as likely.
        threshold: f32,
    },
    /// Divides all logits.
    Temperature(Temperature),
}

/// Makes recent tokens less likely (arXiv 1909.05858, and the two of OpenAI's interface).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Penalties {
    /// Divides the logits of recent tokens where they are positive, multiplies them where negative; 1: not.
    pub repetition: f32,
    /// Taken from the logit for every time a token was there.
    pub frequency: f32,
    /// Taken from the logit of a token that was there at all.
    pub presence: f32,
    /// How many tokens count as recent.
    pub window: usize,
}

/// Divides all logits, by more the less sure the model is when there is a range (arXiv 2309.02772).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Temperature {
    /// The middle.
    pub middle: f32,
    /// How far it may go to either side; 0: it stays.
    pub range: f32,
    /// The power of the normalised entropy that says where between.
    pub exponent: f32,
}

impl Stage {
    /// Narrows or reshapes the candidates; `past` are the tokens so far.
    pub fn apply(&self, candidates: &mut Candidates, past: &[u32], random: &mut Random) {
        match self {
            Self::LogitBias(bias) => {
                bias.iter().for_each(|&(token, more)| candidates.change(token, |logit| logit + more));
            }
            Self::Penalties(penalties) => penalties.apply(candidates, past),
            Self::Dry(dry) => dry.apply(candidates, past),
            Self::TopNSigma(n) => top_n_sigma(candidates, *n),
            Self::TopK(0) => {}
            Self::TopK(k) => candidates.keep(*k),
            Self::Typical(p) => typical(candidates, *p),
            Self::TopP(p) => top_p(candidates, *p),
            Self::MinP(p) => {
                if *p > 0.0 {
                    let least = highest(candidates) + p.ln();
                    candidates.retain(|c| c.logit >= least);
                }
            }
            Self::Xtc { probability, threshold } => {
                // Drawn also where it comes to nothing, so that a seed draws the same further on.
                let chance = random.unit();
                if *probability > 0.0 && *threshold <= 0.5 && chance <= *probability {
                    drop_the_likely(candidates, *threshold);
                }
            }
            Self::Temperature(temperature) => temperature.apply(candidates),
        }
    }
}

impl Penalties {
    fn apply(&self, candidates: &mut Candidates, past: &[u32]) {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for &token in &past[past.len().saturating_sub(self.window)..] {
            *counts.entry(token).or_default() += 1;
        }
        for (token, count) in counts {
            candidates.change(token, |logit| {
                let less = if logit > 0.0 { logit / self.repetition } else { logit * self.repetition };
                less - count as f32 * self.frequency - self.presence
            });
        }
    }
}

impl Temperature {
    fn apply(&self, candidates: &mut Candidates) {
        let mut t = self.middle;
        let n = candidates.iter().count();
        if self.range > 0.0 {
            if n <= 1 {
                return;
            }
            let entropy: f32 =
                -candidates.probabilities().iter().filter(|&&p| p > 0.0).map(|p| p * p.ln()).sum::<f32>();
            let sure = (entropy / (n as f32).ln()).powf(self.exponent);
            let (low, high) = ((t - self.range).max(0.0), t + self.range);
            t = low + (high - low) * sure;
        }
        if t <= 0.0 {
            candidates.keep(1);
            return;
        }
        // From the likeliest down, so that the smallest temperature cannot overflow.
        let most = highest(candidates);
        candidates.scale(|logit| (logit - most) / t);
    }
}

fn top_p(candidates: &mut Candidates, p: f32) {
    if p >= 1.0 {
        return;
    }
    candidates.sort();
    let mut sum = 0.0;
    let reached = candidates.probabilities().iter().position(|q| {
        sum += q;
        sum >= p
    });
    if let Some(last) = reached {
        candidates.keep(last + 1);
    }
}

fn top_n_sigma(candidates: &mut Candidates, n: f32) {
    let finite = || candidates.iter().map(|c| c.logit).filter(|l| l.is_finite());
    let count = finite().count() as f32;
    if n <= 0.0 || count <= 1.0 {
        return;
    }
    let mean = finite().sum::<f32>() / count;
    let deviation = (finite().map(|l| (l - mean).powi(2)).sum::<f32>() / count).sqrt();
    let least = highest(candidates) - n * deviation;
    candidates.retain(|c| c.logit >= least);
}

fn typical(candidates: &mut Candidates, p: f32) {
    if p >= 1.0 {
        return;
    }
    candidates.sort();
    let probabilities = candidates.probabilities();
    let surprise = |p: f32| -p.ln();
    let entropy: f32 = probabilities.iter().filter(|&&p| p > 0.0).map(|&p| p * surprise(p)).sum();
    let mut order: Vec<(f32, Candidate)> =
        probabilities.iter().copied().zip(candidates.iter().copied()).collect();
    order.sort_by(|a, b| {
        let distance = |p: f32| (surprise(p) - entropy).abs();
        distance(a.0).total_cmp(&distance(b.0))
    });
    let mut sum = 0.0;
    let reached = order.iter().position(|(q, _)| {
        sum += q;
        sum > p
    });
    let kept = reached.map_or(order.len(), |last| last + 1);
    candidates.replace(order.into_iter().take(kept).map(|(_, c)| c).collect());
}

/// Drops the likely but for the least likely of them.
fn drop_the_likely(candidates: &mut Candidates, threshold: f32) {
    candidates.sort();
    let likely = candidates.probabilities().iter().take_while(|&&p| p >= threshold).count();
    if likely > 1 {
        let rest = candidates.iter().skip(likely - 1).copied().collect();
        candidates.replace(rest);
    }
}

fn highest(candidates: &Candidates) -> f32 {
    candidates.iter().map(|c| c.logit).fold(f32::NEG_INFINITY, f32::max)
}
