//! How to choose, as prompts and users say it, and the chain that this makes.

use serde::{Deserialize, Serialize};

use super::dry::{Breakers, Dry};
use super::stages::{Penalties, Stage, Temperature};
use crate::tokenizer::Tokenizer;

/// How to choose. The defaults are mild; 0 as temperature is greedy. Prompts say it in their front matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Divides the logits: 0 always takes the likeliest, 1 leaves the model's distribution as it is.
    pub temperature: f32,
    /// How far the temperature may go to either side, lower where the model is sure (arXiv 2309.02772); 0: it stays.
    pub temperature_range: f32,
    /// The power of the entropy that says where in that range.
    pub temperature_exponent: f32,
    /// Only so many of the likeliest; 0: all.
    pub top_k: usize,
    /// Only the likeliest that together reach this probability (arXiv 1904.09751); 1: all.
    pub top_p: f32,
    /// Only those at least so likely as this part of the likeliest (arXiv 2407.01082); 0: all.
    pub min_p: f32,
    /// Only those about as surprising as is to be expected (arXiv 2202.00666); 1: all.
    pub typical_p: f32,
    /// Only those within so many standard deviations of the highest logit (arXiv 2411.07641); 0: all.
    pub top_n_sigma: f32,
    /// How often the likeliest are dropped (XTC); 0: never.
    pub xtc_probability: f32,
    /// From which probability on they count as likely; above 0.5 nothing is dropped.
    pub xtc_threshold: f32,
    /// Makes tokens of the recent past less likely (arXiv 1909.05858); 1: not.
    pub repetition_penalty: f32,
    /// Makes them less likely by this for every time they came; 0: not.
    pub frequency_penalty: f32,
    /// Makes them less likely by this if they came at all; 0: not.
    pub presence_penalty: f32,
    /// How many tokens the recent past has.
    pub repetition_window: usize,
    /// Makes what carries on a repetition less likely (DRY); 0: not.
    pub dry_multiplier: f32,
    /// By what that grows with each token more.
    pub dry_base: f32,
    /// Tokens that may be repeated freely.
    pub dry_allowed_length: usize,
    /// How far back repetitions are looked for.
    pub dry_window: usize,
    /// Texts that no repetition reaches across.
    pub dry_breakers: Vec<String>,
    /// Keeps surprise near this many bits (mirostat 2, arXiv 2007.14966), in place of the stages that drop tokens;
    /// 0: not.
    pub mirostat: f32,
    /// How fast mirostat follows.
    pub mirostat_rate: f32,
    /// Added to the logits of single tokens.
    pub logit_bias: Vec<(u32, f32)>,
    /// The order of the stages; those that are not named are left out.
    pub order: Vec<StageName>,
    /// Where the draw begins.
    pub seed: u64,
}

/// No context is longer.
const MOST_PAST: usize = 1 << 24;

/// A stage by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are those of the settings")]
pub enum StageName {
    LogitBias,
    Penalties,
    Dry,
    TopNSigma,
    TopK,
    TypicalP,
    TopP,
    MinP,
    Xtc,
    Temperature,
}

/// llama.cpp's order.
pub const ORDER: &[StageName] = &[
    StageName::LogitBias,
    StageName::Penalties,
    StageName::Dry,
    StageName::TopNSigma,
    StageName::TopK,
    StageName::TypicalP,
    StageName::TopP,
    StageName::MinP,
    StageName::Xtc,
    StageName::Temperature,
];

impl Default for Settings {
    fn default() -> Self {
        Self {
            temperature: 0.8,
            temperature_range: 0.0,
            temperature_exponent: 1.0,
            top_k: 40,
            top_p: 0.95,
            min_p: 0.05,
            typical_p: 1.0,
            top_n_sigma: 0.0,
            xtc_probability: 0.0,
            xtc_threshold: 0.1,
            repetition_penalty: 1.0,
            frequency_penalty: 0.0,
            presence_penalty: 0.0,
            repetition_window: 64,
            dry_multiplier: 0.0,
            dry_base: 1.75,
            dry_allowed_length: 2,
            dry_window: 1024,
            dry_breakers: ["\n", ":", "\"", "*"].map(str::to_owned).to_vec(),
            mirostat: 0.0,
            mirostat_rate: 0.1,
            logit_bias: Vec::new(),
            order: ORDER.to_vec(),
            seed: 0,
        }
    }
}

impl Settings {
    /// Whether the likeliest token is always taken.
    pub fn is_greedy(&self) -> bool {
        self.temperature <= 0.0
    }

    /// How many past tokens the stages look at.
    pub fn window(&self) -> usize {
        let dry = if self.dry_multiplier > 0.0 { self.dry_window } else { 0 };
        self.repetition_window.max(dry).min(MOST_PAST)
    }

    /// The stages these settings ask for, in their order.
    pub fn stages(&self, tokenizer: &Tokenizer) -> Vec<Stage> {
        self.order.iter().filter_map(|&name| self.stage(name, tokenizer)).collect()
    }

    /// None where the settings do not ask for it.
    fn stage(&self, name: StageName, tokenizer: &Tokenizer) -> Option<Stage> {
        // The likeliest is the likeliest, whatever the others are.
        let shapes = matches!(name, StageName::LogitBias | StageName::Penalties | StageName::Dry);
        if self.is_greedy() && !shapes {
            return None;
        }
        let drops = !shapes && name != StageName::Temperature;
        if self.mirostat > 0.0 && drops {
            return None;
        }
        match name {
            StageName::LogitBias => {
                (!self.logit_bias.is_empty()).then(|| Stage::LogitBias(self.logit_bias.clone()))
            }
            StageName::Penalties => {
                let penalties = Penalties {
                    repetition: self.repetition_penalty,
                    frequency: self.frequency_penalty,
                    presence: self.presence_penalty,
                    window: self.repetition_window,
                };
                let none = Penalties { repetition: 1.0, frequency: 0.0, presence: 0.0, ..penalties };
                (penalties != none && penalties.window > 0).then_some(Stage::Penalties(penalties))
            }
            StageName::Dry => (self.dry_multiplier > 0.0).then(|| {
                Stage::Dry(Dry {
                    multiplier: self.dry_multiplier,
                    base: self.dry_base,
                    allowed_length: self.dry_allowed_length,
                    window: self.dry_window,
                    breakers: Breakers::new(&self.dry_breakers, tokenizer),
                })
            }),
            StageName::TopNSigma => (self.top_n_sigma > 0.0).then_some(Stage::TopNSigma(self.top_n_sigma)),
            StageName::TopK => Some(Stage::TopK(self.top_k)),
            StageName::TypicalP => (self.typical_p < 1.0).then_some(Stage::Typical(self.typical_p)),
            StageName::TopP => Some(Stage::TopP(self.top_p)),
            StageName::MinP => Some(Stage::MinP(self.min_p)),
            StageName::Xtc => (self.xtc_probability > 0.0)
                .then_some(Stage::Xtc { probability: self.xtc_probability, threshold: self.xtc_threshold }),
            StageName::Temperature => Some(Stage::Temperature(Temperature {
                middle: self.temperature,
                range: self.temperature_range,
                exponent: self.temperature_exponent,
            })),
        }
    }
}
