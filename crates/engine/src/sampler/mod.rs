//! Which token comes next: a chain of stages, each narrowing or reshaping the logits, and a draw at the end.
//! The same seed gives the same text.

mod candidates;
mod random;
mod stages;

pub use candidates::{Candidate, Candidates};
pub use random::Random;
pub use stages::Stage;

/// How to choose. The defaults are mild; 0 as temperature is greedy. Prompts say it in their front matter.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Divides the logits: 0 always takes the likeliest, 1 leaves the model's distribution as it is.
    pub temperature: f32,
    /// Only so many of the likeliest; 0: all.
    pub top_k: usize,
    /// Only the likeliest that together reach this probability (arXiv 1904.09751); 1: all.
    pub top_p: f32,
    /// Only those at least so likely as this part of the likeliest (arXiv 2407.01082); 0: all.
    pub min_p: f32,
    /// Makes tokens of the recent past less likely (arXiv 1909.05858); 1: not.
    pub repetition_penalty: f32,
    /// How many tokens the recent past has.
    pub repetition_window: usize,
    /// Where the draw begins.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            temperature: 0.8,
            top_k: 40,
            top_p: 0.95,
            min_p: 0.05,
            repetition_penalty: 1.0,
            repetition_window: 64,
            seed: 0,
        }
    }
}

impl Settings {
    /// The stages these settings ask for, in order: repetition, top-k, top-p, min-p, temperature (llama.cpp's
    /// order for these).
    pub fn stages(&self) -> Vec<Stage> {
        let mut stages = Vec::new();
        if self.repetition_penalty != 1.0 && self.repetition_window > 0 {
            stages
                .push(Stage::Repetition { penalty: self.repetition_penalty, window: self.repetition_window });
        }
        if self.temperature > 0.0 {
            stages.extend([
                Stage::TopK(self.top_k),
                Stage::TopP(self.top_p),
                Stage::MinP(self.min_p),
                Stage::Temperature(self.temperature),
            ]);
        }
        stages
    }
}

/// Draws tokens of one sequence.
#[derive(Debug, Clone)]
pub struct Sampler {
    stages: Vec<Stage>,
    greedy: bool,
    random: Random,
    window: usize,
    past: Vec<u32>,
}

impl Sampler {
    /// A sampler that has drawn nothing yet.
    pub fn new(settings: &Settings) -> Self {
        Self {
            stages: settings.stages(),
            greedy: settings.temperature <= 0.0,
            random: Random::new(settings.seed),
            window: settings.repetition_window,
            past: Vec::new(),
        }
    }

    /// Counts a token as past (of the prompt, or drawn elsewhere).
    pub fn accept(&mut self, token: u32) {
        self.past.push(token);
        if self.past.len() > 2 * self.window.max(1) {
            self.past.drain(..self.past.len() - self.window);
        }
    }

    /// Draws a token from logits `[vocab]`, none of `barred`, and counts it as past.
    pub fn sample(&mut self, logits: &[f32], barred: &[u32]) -> u32 {
        let mut candidates = Candidates::new(logits, barred);
        for stage in &self.stages {
            stage.apply(&mut candidates, &self.past);
        }
        let token = if self.greedy { candidates.likeliest() } else { candidates.draw(self.random.unit()) };
        self.accept(token);
        token
    }
}

#[cfg(test)]
mod tests;
