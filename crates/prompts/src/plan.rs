//! From an action on a place to the tokens that are sent: chooses the form the model understands (its chat template,
//! filling a gap, or plain text to go on from), fits the text and what the project tells into the context, and reports it.

use foolscap_engine::chat::{ChatTemplate, Message};
use foolscap_engine::sampler::Settings;
use foolscap_engine::{Model, Tokenizer};

use crate::draft::Draft;
use crate::ending::End;
use crate::error::{Error, Result};
use crate::fit;
use crate::head::{Gives, Variant};
use crate::item::Context;
use crate::place::{Ask, Place};
use crate::prompt::{Prompt, Section};
use crate::report::Report;

/// What a plan needs to know of a model.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Its tokenizer.
    pub tokenizer: &'a Tokenizer,
    /// Its chat template; none for a base model.
    pub template: Option<&'a ChatTemplate>,
    /// Tokens it can see at once.
    pub context: usize,
}

impl<'a> From<&'a Model> for Target<'a> {
    fn from(model: &'a Model) -> Self {
        Self {
            tokenizer: model.tokenizer(),
            template: model.template().map(AsRef::as_ref),
            context: model.config().context,
        }
    }
}

/// How the model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Through its chat template.
    Chat,
    /// As a gap between two texts, by its fill-in-the-middle tokens.
    Fill,
    /// As a text to go on from.
    Completion,
}

impl Form {
    /// The sections of a prompt that it uses.
    pub fn sections(self) -> &'static [Section] {
        match self {
            Self::Chat => &[Section::System, Section::User, Section::Answer],
            Self::Fill => &[Section::Fill],
            Self::Completion => &[Section::Completion],
        }
    }
}

/// What is sent, in words.
#[derive(Debug, Clone)]
pub enum Sent {
    /// A conversation; if its last turn is the model's own, it goes on in it.
    Turns(Vec<Message>),
    /// Two texts with a gap between them.
    Gap {
        /// What stands before the gap.
        before: String,
        /// What stands after it.
        after: String,
        /// How the gap's text begins.
        lead: String,
    },
    /// A text to go on from.
    Text(String),
}

/// What is sent, and how the answer is drawn.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The tokens.
    pub tokens: Vec<u32>,
    /// The same in words.
    pub sent: Sent,
    /// What was kept of the text before the cursor, where its beginning was left out.
    pub begins: Option<String>,
    /// How the model is asked.
    pub form: Form,
    /// What went in and what did not.
    pub report: Report,
    /// The variant that is meant.
    pub variant: Option<String>,
    /// About how many words the answer should have.
    pub words: u32,
    /// When the answer is ended, if the model does not end it.
    pub end: End,
    /// The most tokens the answer may have.
    pub max_tokens: usize,
    /// Whether the white space before the answer's first word is none of it.
    pub trim_start: bool,
    /// The beginning of the answer, which the model was given: it is shown before what the model says.
    pub lead: String,
    /// Texts that end an answer.
    pub stop: Vec<String>,
    /// How tokens are drawn.
    pub sampling: Settings,
    /// How many candidates, unless the writer says otherwise.
    pub candidates: u32,
    /// Whether each candidate begins with another token.
    pub distinct: bool,
    /// Tokens that the answer is likely to follow, if it is.
    pub follows: Option<Vec<u32>>,
    /// The JSON Schema that the answer keeps to, if it is no prose.
    pub schema: Option<String>,
}

impl Plan {
    /// All that is sent, as the model reads it: control tokens stand there by their names.
    pub fn text(&self, tokenizer: &Tokenizer) -> String {
        let bytes: Vec<u8> = self
            .tokens
            .iter()
            .flat_map(|&id| match tokenizer.bytes(id) {
                control if control.is_empty() => tokenizer.vocabulary().bytes(id).to_vec(),
                bytes => bytes,
            })
            .collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Plans what is asked, with what the project tells.
///
/// # Errors
/// [`Error::NoInstructions`] for a model that cannot do it, [`Error::Missing`] when there is nothing to work on or it is not said how, [`Error::NoVariant`],
/// [`Error::TooLong`] when what must go in whole does not fit, and what templates say.
pub fn plan(prompt: &Prompt, target: &Target<'_>, ask: &Ask<'_>, context: &Context) -> Result<Plan> {
    let head = &prompt.head;
    if head.needs_instructions && target.template.is_none() {
        return Err(Error::NoInstructions { prompt: head.name.clone() });
    }
    let variant = prompt.variant(ask.variant)?;
    let place = Place::of(ask, head)?;
    let form = form(prompt, target, &place);
    let words = ask.words.or(variant.and_then(|v| v.words)).or(head.words);
    let words = words.unwrap_or_else(|| measure(prompt, variant, &place, ask.instruction)).max(1);
    let gives = variant.and_then(|v| v.gives).unwrap_or(head.gives);
    let schema = Some(prompt.section(Section::Schema)).filter(|schema| !schema.is_empty()).map(str::to_owned);
    // English takes about 1.4 tokens a word with a large vocabulary and 1.6 with a small one; some languages take twice
    // that. A rewrite may grow to twice the passage, a translation to three times. Half the context is the most in any case.
    let selected = match gives {
        Gives::Replacement => target.tokenizer.encode(&place.selection),
        _ => Vec::new(),
    };
    let growth = if head.needs_language { 3 } else { 2 };
    let max_tokens = (words as usize * 3 + 24).max(selected.len() * growth + 24).min(target.context / 2);
    let draft = Draft::new(prompt, variant, target, form, &place, ask, words)?;
    let fit::Fitted { tokens, sent, report, begins } = fit::fit(&draft, context, max_tokens)?;
    let told = head.own_end && form == Form::Chat;
    let end = match gives {
        _ if schema.is_some() => End::Never,
        Gives::Item => End::Item,
        _ if told => End::Never,
        Gives::List => End::Line(words),
        _ => End::Sentence(words),
    };
    let mut stop = head.stop.clone();
    if form != Form::Chat {
        stop.extend(
            head.completion_stop.iter().chain(variant.iter().flat_map(|v| &v.completion_stop)).cloned(),
        );
    }
    let mut sampling = head.sampling.clone();
    sampling.temperature = variant.and_then(|v| v.temperature).unwrap_or(sampling.temperature);
    Ok(Plan {
        tokens,
        sent,
        begins,
        form,
        report,
        variant: variant.map(|v| v.id.clone()),
        words,
        end,
        max_tokens,
        trim_start: draft.lead.is_empty() && draft.begins_afresh(),
        lead: draft.shown_lead(),
        stop,
        sampling,
        candidates: variant.and_then(|v| v.candidates).unwrap_or(head.candidates),
        distinct: head.distinct,
        follows: (head.follows && !selected.is_empty()).then_some(selected),
        schema,
    })
}

fn form(prompt: &Prompt, target: &Target<'_>, place: &Place<'_>) -> Form {
    let around = |text: &str| !text.trim().is_empty();
    // A gap with nothing around it says nothing; then the passage itself is shown.
    let gap = around(&place.after) || !place.selection.is_empty() && around(&place.before);
    if target.template.is_some() {
        Form::Chat
    } else if gap && !prompt.section(Section::Fill).is_empty() && target.tokenizer.vocabulary().fills_gaps() {
        Form::Fill
    } else {
        Form::Completion
    }
}

/// How long an answer should be: as long as what it works on, less or more if the variant or the instruction says so.
fn measure(prompt: &Prompt, variant: Option<&Variant>, place: &Place<'_>, instruction: &str) -> u32 {
    let asks = |stems: &[&str]| stems.iter().any(|s| instruction.to_lowercase().contains(s));
    let length = match variant.and_then(|v| v.length) {
        Some(length) => length,
        None if asks(&["short", "brief", "concise", "tight", "trim"]) => 0.7,
        None if asks(&["long", "expand", "more detail", "describe"]) => 1.6,
        None => prompt.head.length,
    };
    (place.words() as f32 * length).ceil() as u32
}

#[cfg(test)]
mod tests;
