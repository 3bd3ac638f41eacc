//! What is kept of a candidate: all that is needed to say how it was made, and to make it again.

use std::collections::HashMap;

use foolscap_manuscript::{NewSuggestion, SceneId};
use serde_json::{Map, Value, json};

use crate::api::{ActionEvent, ActionRequest};

/// Where the words of a request come from.
pub(crate) struct Origin {
    model: String,
    prompt: String,
    variant: Option<String>,
    seed: u32,
    /// How it was drawn.
    sampling: Map<String, Value>,
    /// The items of the context that went in, in their order.
    context: Vec<String>,
    /// What has come of each candidate.
    pub texts: HashMap<u32, String>,
}

impl Origin {
    /// As the first event of a request tells it; none for another event.
    pub fn of(event: &ActionEvent) -> Option<Self> {
        let ActionEvent::Started { model, prompt, variant, seed, sampling, context, .. } = event else {
            return None;
        };
        let sent = context.items.iter().filter(|item| item.sent.is_some());
        Some(Self {
            model: model.clone(),
            prompt: prompt.clone(),
            variant: variant.clone(),
            seed: *seed,
            sampling: sampling
                .as_deref()
                .and_then(|json| serde_json::from_str(json).ok())
                .unwrap_or_default(),
            context: sent.map(|item| item.id.clone()).collect(),
            texts: HashMap::new(),
        })
    }

    /// A candidate as the library records it.
    pub fn suggestion(
        &self,
        request: &ActionRequest,
        model_id: &str,
        candidate: u32,
        text: String,
    ) -> NewSuggestion {
        let mut settings = self.sampling.clone();
        for (name, value) in [
            ("variant", json!(self.variant)),
            ("instruction", json!(request.action.instruction)),
            ("language", json!(request.action.language)),
            ("words", json!(request.words)),
            ("candidates", json!(request.candidates)),
            ("off", json!(request.off)),
            ("on", json!(request.on)),
            ("context", json!(self.context)),
        ] {
            settings.insert(name.to_owned(), value);
        }
        let (prompt, version) = self.prompt.rsplit_once(" v").unwrap_or((&self.prompt, ""));
        NewSuggestion {
            request: request.request.clone(),
            candidate,
            scene: request.scene.map(SceneId),
            action: request.action.kind.name().into(),
            model: self.model.clone(),
            model_id: model_id.into(),
            prompt: prompt.into(),
            prompt_version: version.into(),
            settings: Value::Object(settings).to_string(),
            seed: self.seed,
            text,
        }
    }
}
