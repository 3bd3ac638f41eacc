//! What is needed to plan a request for a model: how it reads, in which form it is asked, how much it sees, how it is drawn
//! from. It is shared out of the engine's thread, and holds no weights: a plan neither waits for an answer that is under way
//! nor wakes a model that rests.

use std::sync::Arc;

use foolscap_engine::chat::BUILTIN;
use foolscap_engine::gguf::Metadata;
use foolscap_engine::{ChatTemplate, Gguf, Model, Tokenizer, sampler};
use foolscap_models::catalog::{Kind, Recommended};
use foolscap_models::settings::ModelSettings;
use foolscap_prompts::Target;

use super::recommended;
use super::selected::Selected;
use crate::api::{Problem, ProblemCode};

/// A model as prompts are made for it.
pub(crate) struct Planner {
    /// The model's name.
    pub name: String,
    tokenizer: Arc<Tokenizer>,
    template: Option<Arc<ChatTemplate>>,
    context: usize,
    /// What its maker says, and what is set.
    recommended: Recommended,
    sampling: Recommended,
    /// Of which model, set how.
    pub selected: Selected,
}

impl Planner {
    /// Of a model that is loaded, which can see so many tokens here.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] for a template that cannot be read.
    pub fn of_model(model: &Model, selected: &Selected, context: usize) -> Result<Self, Problem> {
        let context = model.config().context.min(context);
        let (tokenizer, template) = (model.tokenizer().clone(), model.template().cloned());
        Self::new(model.name(), model.gguf().metadata(), tokenizer, template, selected, context)
    }

    /// Of a model's file, without reading a weight.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] for a file that is none, or has no room here.
    pub fn of_file(selected: &Selected) -> Result<Self, Problem> {
        let gguf: Gguf = selected.choice.open()?;
        Model::check(&gguf)?;
        let metadata = gguf.metadata();
        let tokenizer = Arc::new(Tokenizer::from_metadata(metadata)?);
        let template = ChatTemplate::from_metadata(metadata, &tokenizer)?.map(Arc::new);
        let context = selected.foresee(&gguf)?.context;
        let name = metadata.text("general.name").map(str::trim).filter(|name| !name.is_empty());
        Self::new(name, metadata, tokenizer, template, selected, context)
    }

    fn new(
        name: Option<&str>,
        metadata: &Metadata,
        tokenizer: Arc<Tokenizer>,
        own: Option<Arc<ChatTemplate>>,
        selected: &Selected,
        context: usize,
    ) -> Result<Self, Problem> {
        let template = match selected.settings.style {
            Some(Kind::Base) => None,
            _ => set_template(&selected.settings, &tokenizer)?.or(own),
        };
        Ok(Self {
            name: name.map_or_else(|| selected.choice.label(), str::to_owned),
            tokenizer,
            template,
            context,
            recommended: recommended::either(recommended::of_file(metadata), selected.recommended),
            sampling: selected.settings.sampling,
            selected: selected.clone(),
        })
    }

    /// Whether it is asked as one that follows instructions.
    pub fn is_chat(&self) -> bool {
        self.template.is_some()
    }

    /// As prompts are made for it.
    pub fn target(&self) -> Target<'_> {
        Target { tokenizer: &self.tokenizer, template: self.template.as_deref(), context: self.context }
    }

    /// A prompt's sampling with what is set for the model, or its maker recommends, in its place.
    pub fn sampling(&self, of_prompt: &sampler::Settings) -> sampler::Settings {
        recommended::sampling(of_prompt, self.recommended, self.sampling)
    }
}

/// The template that is set in the place of the model's own.
fn set_template(
    settings: &ModelSettings,
    tokenizer: &Tokenizer,
) -> Result<Option<Arc<ChatTemplate>>, Problem> {
    let Some(text) = settings.template.as_deref() else { return Ok(None) };
    let template = match BUILTIN.iter().any(|builtin| builtin.name == text) {
        true => ChatTemplate::builtin(text, tokenizer),
        false => ChatTemplate::of_source(text, tokenizer),
    };
    template.map(|template| Some(Arc::new(template))).map_err(|e| {
        let message = format!("the template that is set for this model: {e}");
        Problem::new(ProblemCode::ModelUnusable, message)
    })
}

#[cfg(test)]
mod tests {
    use foolscap_models::Choice;

    use super::*;

    fn planner(settings: &ModelSettings) -> Result<Planner, Problem> {
        Planner::of_file(&Selected { settings: settings.clone(), ..Selected::default() })
    }

    #[test]
    fn nothing_set_is_as_the_model_is_and_the_file_tells_what_the_model_does() {
        let selected = Selected::default();
        let gguf = selected.choice.open().unwrap();
        let foreseen = selected.foresee(&gguf).unwrap();
        let model =
            Model::load(gguf, &foreseen.placed.options, &foolscap_engine::Cancel::new(), |_| ()).unwrap();
        let of_model = Planner::of_model(&model, &selected, foreseen.context).unwrap();
        let of_file = Planner::of_file(&selected).unwrap();
        for planner in [of_model, of_file] {
            assert_eq!(planner.target().context, Target::from(&model).context);
            assert_eq!((planner.is_chat(), planner.name.as_str()), (false, model.name().unwrap()));
        }
    }

    #[test]
    fn context_template_style_and_sampling_are_as_set() {
        let mut settings = ModelSettings::default();
        for (name, value) in [("context", "300"), ("template", "{{ messages }}"), ("top_k", "7")] {
            settings.set(name, value).unwrap();
        }
        let set = planner(&settings).unwrap();
        assert!(set.is_chat() && set.target().context == 300);
        assert_eq!(set.sampling(&sampler::Settings::default()).top_k, 7);
        settings.set("style", "base").unwrap();
        assert!(!planner(&settings).unwrap().is_chat());
    }

    #[test]
    fn a_template_that_cannot_be_read_is_told() {
        let settings = ModelSettings { template: Some("{% if".into()), ..ModelSettings::default() };
        assert_eq!(planner(&settings).err().unwrap().code, ProblemCode::ModelUnusable);
        let missing = Selected::from(Choice::File("no-such.gguf".into()));
        assert_eq!(Planner::of_file(&missing).err().unwrap().code, ProblemCode::ModelUnusable);
    }
}
