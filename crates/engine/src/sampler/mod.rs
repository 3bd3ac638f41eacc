//! Which token comes next: a chain of stages, each narrowing or reshaping the logits, and a draw at the end.
//! The same seed gives the same text.

mod candidates;
mod dry;
mod random;
mod settings;
mod stages;

pub use candidates::{Candidate, Candidates};
pub use dry::{Breakers, Dry};
pub use random::Random;
pub use settings::{ORDER, Settings, StageName};
pub use stages::{Penalties, Stage, Temperature};

use crate::tokenizer::Tokenizer;

/// Draws tokens of one sequence.
#[derive(Debug, Clone)]
pub struct Sampler {
    stages: Vec<Stage>,
    greedy: bool,
    mirostat: Option<Mirostat>,
    random: Random,
    window: usize,
    past: Vec<u32>,
}

/// Keeps the surprise of a text near a target (Basu et al. 2020, arXiv 2007.14966, the second algorithm).
#[derive(Debug, Clone)]
struct Mirostat {
    target: f32,
    rate: f32,
    /// Bits of surprise above which nothing is drawn.
    most: f32,
}

impl Sampler {
    /// A sampler that has drawn nothing yet.
    pub fn new(settings: &Settings, tokenizer: &Tokenizer) -> Self {
        let (target, rate) = (settings.mirostat, settings.mirostat_rate);
        let mirostat = (target > 0.0).then_some(Mirostat { target, rate, most: 2.0 * target });
        Self {
            stages: settings.stages(tokenizer),
            greedy: settings.is_greedy(),
            mirostat,
            random: Random::new(settings.seed),
            window: settings.window(),
            past: Vec::new(),
        }
    }

    /// Counts a token as past (of the prompt, or drawn elsewhere).
    pub fn accept(&mut self, token: u32) {
        self.past.push(token);
        if self.past.len() > 4 * self.window.max(64) {
            self.past.drain(..self.past.len() - 2 * self.window.max(64));
        }
    }

    /// Takes the last `n` tokens back. What chance has given since is not given again.
    pub fn take_back(&mut self, n: usize) {
        self.past.truncate(self.past.len().saturating_sub(n));
    }

    /// Draws a token from logits `[vocab]`, none of `barred`, and counts it as past.
    pub fn sample(&mut self, logits: &[f32], barred: &[u32]) -> u32 {
        let mut candidates = Candidates::new(logits, barred);
        for stage in &self.stages {
            stage.apply(&mut candidates, &self.past, &mut self.random);
        }
        let token = match &mut self.mirostat {
            _ if self.greedy => candidates.likeliest(),
            Some(mirostat) => mirostat.draw(&mut candidates, &mut self.random),
            None => candidates.draw(self.random.unit()),
        };
        self.accept(token);
        token
    }
}

impl Mirostat {
    fn draw(&mut self, candidates: &mut Candidates, random: &mut Random) -> u32 {
        candidates.sort();
        let expected = candidates.probabilities().iter().take_while(|p| -p.log2() <= self.most).count();
        candidates.keep(expected);
        let token = candidates.draw(random.unit());
        let chosen = candidates.iter().zip(candidates.probabilities()).find(|(c, _)| c.token == token);
        let surprise = chosen.map_or(0.0, |(_, p)| -p.log2());
        self.most -= self.rate * (surprise - self.target);
        token
    }
}

#[cfg(test)]
mod tests;
