//! A model as the user has set it, and what is known of it before it is loaded: where it computes, and how much it may see in
//! the memory there is.

use foolscap_engine::arch::Config;
use foolscap_engine::graphics::Graphics;
use foolscap_engine::{Gguf, Need};
use foolscap_models::catalog::Recommended;
use foolscap_models::machine::Machine;
use foolscap_models::settings::ModelSettings;
use foolscap_models::{Choice, fit, words};

use super::placed::{Placed, place};
use crate::api::{Problem, ProblemCode};

/// A model and what is set for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Selected {
    /// Which one.
    pub choice: Choice,
    /// What is set.
    pub settings: ModelSettings,
    /// What the catalogue says of how to draw from it.
    pub recommended: Recommended,
}

impl From<Choice> for Selected {
    fn from(choice: Choice) -> Self {
        Self { choice, ..Self::default() }
    }
}

/// What is known before a model is loaded.
#[derive(Debug, Clone)]
pub(crate) struct Foreseen {
    /// Tokens that it can see.
    pub context: usize,
    pub placed: Placed,
}

/// With less than this nothing can be written.
const LEAST: usize = 1024;
/// Tokens that keys and values on a graphics card are planned for, where no context is set.
const ON_CARD: usize = 8192;

impl Selected {
    /// Where it computes, and how many tokens it can see in the memory that is free now.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] when not even a short text has room: that is told before anything is loaded.
    pub(crate) fn foresee(&self, gguf: &Gguf) -> Result<Foreseen, Problem> {
        let config = Config::from_header(gguf.header())?;
        let set = self.settings.context.map(|n| n as usize);
        let planned = config.context.min(set.unwrap_or(ON_CARD));
        let placed = place(&self.settings, gguf.header(), &config, planned, Graphics::find);
        let most = match placed.options.placement.layers_there(config.layers.len()) {
            0 => config.context.min(set.unwrap_or(usize::MAX)),
            _ => planned,
        };
        let machine = Machine::look();
        let need = |context| Need::of(gguf.header(), &config, context, &placed.options);
        let least = need(most.min(LEAST)).total();
        if least > machine.memory_free {
            let message = format!(
                "{} needs {} of memory and {} are free; close other programs, or choose a smaller model",
                self.choice.label(),
                words::bytes(least),
                words::bytes(machine.memory_free),
            );
            return Err(Problem::new(ProblemCode::ModelUnusable, message));
        }
        let context = fit::longest_context(need, &machine, most).unwrap_or(most.min(LEAST));
        Ok(Foreseen { context, placed })
    }
}
