//! A model as the user has set it: how much it may see in the memory there is, in which form it is asked, how it is drawn.

use foolscap_engine::arch::Config;
use foolscap_engine::chat::BUILTIN;
use foolscap_engine::graphics::Graphics;
use foolscap_engine::{ChatTemplate, Gguf, Model, Need, sampler};
use foolscap_models::catalog::{Kind, Recommended};
use foolscap_models::machine::Machine;
use foolscap_models::settings::ModelSettings;
use foolscap_models::{Choice, fit, words};
use foolscap_prompts::Target;

use super::placed::{Placed, place};
use super::recommended;
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

/// A model that is loaded, and how it is worked with.
pub(crate) struct Ready<'m> {
    pub model: &'m Model,
    /// In the place of the model's own.
    template: Option<ChatTemplate>,
    style: Option<Kind>,
    /// What its maker says, and what is set.
    recommended: Recommended,
    sampling: Recommended,
    context: usize,
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

impl<'m> Ready<'m> {
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] for a template that cannot be read.
    pub fn new(model: &'m Model, selected: &Selected, context: usize) -> Result<Self, Problem> {
        let settings = &selected.settings;
        let template = settings.template.as_deref().map(|text| {
            let known = BUILTIN.iter().any(|builtin| builtin.name == text);
            match known {
                true => ChatTemplate::builtin(text, model.tokenizer()),
                false => ChatTemplate::of_source(text, model.tokenizer()),
            }
        });
        let template = template.transpose().map_err(|e| {
            Problem::new(ProblemCode::ModelUnusable, format!("the template that is set for this model: {e}"))
        })?;
        let recommended =
            recommended::either(recommended::of_file(model.gguf().metadata()), selected.recommended);
        let (style, sampling) = (settings.style, settings.sampling);
        Ok(Self { model, template, style, recommended, sampling, context })
    }

    /// Whether it is asked as one that follows instructions.
    pub fn is_chat(&self) -> bool {
        self.target().template.is_some()
    }

    /// As prompts are made for it.
    pub fn target(&self) -> Target<'_> {
        let own = Target::from(self.model);
        let template = match self.style {
            Some(Kind::Base) => None,
            _ => self.template.as_ref().or(own.template),
        };
        Target { template, context: own.context.min(self.context), ..own }
    }

    /// A prompt's sampling with what is set for the model, or its maker recommends, in its place.
    pub fn sampling(&self, of_prompt: &sampler::Settings) -> sampler::Settings {
        recommended::sampling(of_prompt, self.recommended, self.sampling)
    }
}

#[cfg(test)]
mod tests {
    use foolscap_engine::{Cancel, LoadOptions};

    use super::*;

    fn ready<T>(settings: &ModelSettings, with: impl FnOnce(&Ready<'_>) -> T) -> T {
        let selected = Selected { settings: settings.clone(), ..Selected::default() };
        let gguf = selected.choice.open().unwrap();
        let foreseen = selected.foresee(&gguf).unwrap();
        let model = Model::load(gguf, &foreseen.placed.options, &Cancel::new(), |_| ()).unwrap();
        with(&Ready::new(&model, &selected, foreseen.context).unwrap())
    }

    #[test]
    fn nothing_set_is_as_the_model_is() {
        ready(&ModelSettings::default(), |ready| {
            let own = Target::from(ready.model);
            assert_eq!(ready.target().context, own.context);
            assert_eq!(ready.is_chat(), own.template.is_some());
        });
    }

    #[test]
    fn context_template_style_and_sampling_are_as_set() {
        let mut settings = ModelSettings::default();
        for (name, value) in [("context", "300"), ("template", "{{ messages }}"), ("top_k", "7")] {
            settings.set(name, value).unwrap();
        }
        ready(&settings, |ready| {
            assert!(ready.is_chat() && ready.target().context == 300);
            assert_eq!(ready.sampling(&sampler::Settings::default()).top_k, 7);
        });
        settings.set("style", "base").unwrap();
        ready(&settings, |ready| assert!(!ready.is_chat()));
    }

    #[test]
    fn a_template_that_cannot_be_read_is_told() {
        let settings = ModelSettings { template: Some("{% if".into()), ..ModelSettings::default() };
        let gguf = Choice::Starter.open().unwrap();
        let model = Model::load(gguf, &LoadOptions::default(), &Cancel::new(), |_| ()).unwrap();
        let selected = Selected { settings, ..Selected::default() };
        let problem = Ready::new(&model, &selected, 512).err().unwrap();
        assert_eq!(problem.code, ProblemCode::ModelUnusable);
    }
}
