//! What is kept of a candidate: all that is needed to say how it was made, and to make it again.

use std::collections::HashMap;

use foolscap_manuscript::{NewSuggestion, SceneId, Suggestion, Verdict};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::api::{
    Action, ActionEvent, ActionKind, ActionRequest, AskedPlace, EarlierCandidate, EarlierRequest,
};

/// As much of the text around a place is kept to find it again, in characters.
const AROUND: usize = 120;

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
            place: findable(request).then(|| json!(place_of(request)).to_string()),
        }
    }
}

/// Recorded candidates by their requests, in the order of these. What a later program recorded in a form that this one
/// does not know is left out.
pub(crate) fn earlier(recorded: Vec<Suggestion>) -> Vec<EarlierRequest> {
    let mut found: Vec<EarlierRequest> = Vec::new();
    for suggestion in recorded {
        let candidate = EarlierCandidate {
            candidate: suggestion.what.candidate,
            text: suggestion.what.text.clone(),
            taken: match suggestion.outcomes.last() {
                Some(outcome) if outcome.verdict == Verdict::Accepted => outcome.text.clone(),
                _ => String::new(),
            },
        };
        match found.iter_mut().find(|one| one.request == suggestion.what.request) {
            Some(known) => known.candidates.push(candidate),
            None => found.extend(request_of(suggestion, candidate)),
        }
    }
    for request in &mut found {
        request.candidates.sort_by_key(|one| one.candidate);
    }
    found
}

fn request_of(suggestion: Suggestion, first: EarlierCandidate) -> Option<EarlierRequest> {
    /// What of an action is kept among the settings.
    #[derive(Deserialize)]
    struct Asked {
        variant: Option<String>,
        #[serde(default)]
        instruction: String,
        language: Option<String>,
    }
    let Suggestion { what, created_at, .. } = suggestion;
    let kind = ActionKind::ALL.into_iter().find(|kind| kind.name() == what.action)?;
    let Asked { variant, instruction, language } = serde_json::from_str(&what.settings).ok()?;
    Some(EarlierRequest {
        request: what.request,
        action: Action { kind, variant, instruction, language },
        place: serde_json::from_str(&what.place?).ok()?,
        model: what.model,
        prompt: format!("{} v{}", what.prompt, what.prompt_version),
        seed: what.seed,
        asked_at: created_at,
        candidates: vec![first],
    })
}

/// Whether what comes of a request is to be found again at its place.
fn findable(request: &ActionRequest) -> bool {
    request.scene.is_some() && !request.unasked && !request.action.kind.is_review()
}

fn place_of(request: &ActionRequest) -> AskedPlace {
    let ActionRequest { before, selection, after, .. } = request;
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    AskedPlace {
        at: u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX),
        before: before[from..].to_owned(),
        selection: selection.clone(),
        after: after.chars().take(AROUND).collect(),
    }
}
