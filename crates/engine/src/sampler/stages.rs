//! The stages of the chain. Each has the distribution of llama.cpp's stage of the same name.

use std::collections::BTreeSet;

use super::candidates::Candidates;

/// One step of the chain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stage {
    /// Divides the logits of recent tokens by `penalty` where they are positive, multiplies where negative.
    Repetition {
        /// Above 1 makes them less likely.
        penalty: f32,
        /// How many tokens count as recent.
        window: usize,
    },
    /// Keeps so many of the likeliest; 0 keeps all.
    TopK(usize),
    /// Keeps the likeliest until their probabilities together reach this.
    TopP(f32),
    /// Keeps those at least so likely as this part of the likeliest.
    MinP(f32),
    /// Divides all logits.
    Temperature(f32),
}

impl Stage {
    /// Narrows or reshapes the candidates; `past` are the tokens so far.
    pub fn apply(&self, candidates: &mut Candidates, past: &[u32]) {
        match *self {
            Self::Repetition { penalty, window } => {
                let recent: BTreeSet<u32> =
                    past[past.len().saturating_sub(window)..].iter().copied().collect();
                let less = |logit: f32| if logit > 0.0 { logit / penalty } else { logit * penalty };
                recent.into_iter().for_each(|token| candidates.change(token, less));
            }
            Self::TopK(0) => {}
            Self::TopK(k) => candidates.keep(k),
            Self::TopP(p) => {
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
            Self::MinP(p) => {
                if p <= 0.0 {
                    return;
                }
                let most = candidates.iter().map(|c| c.logit).fold(f32::NEG_INFINITY, f32::max);
                let least = most + p.ln();
                candidates.retain(|c| c.logit >= least);
            }
            Self::Temperature(t) => {
                // From the likeliest down, so that the smallest temperature cannot overflow.
                let most = candidates.iter().map(|c| c.logit).fold(f32::NEG_INFINITY, f32::max);
                candidates.scale(|logit| (logit - most) / t);
            }
        }
    }
}
