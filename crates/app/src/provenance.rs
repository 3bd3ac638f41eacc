//! What is kept of a candidate: all that is needed to say how it was made, and to make it again.

use std::collections::HashMap;

use foolscap_manuscript::{NewSuggestion, SceneId};

use crate::api::{ActionEvent, ActionRequest};

/// Where the words of a request come from.
pub(crate) struct Origin {
    model: String,
    prompt: String,
    variant: Option<String>,
    seed: u32,
    /// The items of the context that went in, in their order.
    context: Vec<String>,
    /// What has come of each candidate.
    pub texts: HashMap<u32, String>,
}

impl Origin {
    /// As the first event of a request tells it; none for another event.
    pub fn of(event: &ActionEvent) -> Option<Self> {
        let ActionEvent::Started { model, prompt, variant, seed, context, .. } = event else { return None };
        let sent = context.items.iter().filter(|item| item.sent.is_some());
        Some(Self {
            model: model.clone(),
            prompt: prompt.clone(),
            variant: variant.clone(),
            seed: *seed,
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
            settings: serde_json::json!({
                "variant": self.variant,
                "instruction": request.action.instruction,
                "language": request.action.language,
                "words": request.words,
                "candidates": request.candidates,
                "temperature": request.temperature,
                "off": request.off,
                "on": request.on,
                "context": self.context,
            })
            .to_string(),
            seed: self.seed,
            text,
        }
    }
}
