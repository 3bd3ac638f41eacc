//! One action for a loaded model: planned, and made ready for the engine's loop. The plan alone can be had as well.

mod info;
mod report;

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use foolscap_engine::generate::{self, Draft};
use foolscap_engine::grammar::Grammar;
use foolscap_engine::sampler;
use foolscap_prompts::{self as prompts, Ask, Context, End, Ending, Form, Plan, Prompt, Target, built_in};
use serde_json::{Map, Value};

use crate::api::{
    ActionEvent, ActionKind, ActionRequest, AnswerForm, ContextPlan, Draw, Problem, ProblemCode,
    TrialSettings,
};
use crate::context::Background;
use crate::engine::{Planner, Selected};
use crate::prepared::Prepared;
use crate::telling::Manner;
pub use info::actions;
pub(crate) use info::info;

/// No request needs more; a list of that many is no help to a writer either.
const MOST_CANDIDATES: u32 = 16;
/// Characters of a text by which its place is found.
const CUT_MARK: usize = 60;
/// Likeliest tokens that are told with each.
pub(crate) const MOST_PROBABILITIES: u32 = 100;

/// Makes a request ready. With `draws` there is a candidate for each of them, drawn as it says.
pub(crate) fn prepare(
    planner: &Planner,
    request: &ActionRequest,
    told: &Background,
    draws: &[Draw],
) -> Result<Prepared, Problem> {
    let (prompt, plan) = planned(planner, request, told)?;
    let count = match draws {
        [] => request.candidates.unwrap_or(plan.candidates),
        draws => draws.len() as u32,
    };
    check_count(count)?;
    let seed = request.seed.unwrap_or_else(fresh_seed);
    let form = request.form.clone().or(plan.schema.clone().map(AnswerForm::JsonSchema));
    let grammar = form.as_ref().map(grammar);
    // Who compares answers is to see what the model says, and its checks tell; a writer wants the text.
    let for_writer = plan.form == Form::Chat && grammar.is_none() && draws.is_empty();
    let mut stop = if grammar.is_some() { Vec::new() } else { plan.stop.clone() };
    // A text with a form ends where the form does.
    let (ending, lead) = match grammar {
        Some(_) => (Ending::new(End::Never, false), String::new()),
        None => (ending(&plan, &mut stop, for_writer), plan.lead.clone()),
    };
    let drawing = |candidate| {
        let mut settings = planner.sampling(&plan.sampling);
        settings.seed = seed_of(seed, candidate);
        settings.temperature = request.temperature.unwrap_or(settings.temperature);
        let settings = match &request.settings {
            Some(set) => tried(settings, set),
            None => settings,
        };
        match draws.get(candidate as usize) {
            // A draw is the same alone and beside others.
            Some(draw) => {
                sampler::Settings { seed: seed_of(draw.seed, 0), ..tried(settings, &draw.settings) }
            }
            None => settings,
        }
    };
    let candidates: Vec<sampler::Settings> = (0..count).map(drawing).collect();
    let started = ActionEvent::Started {
        request: request.request.clone(),
        candidates: count,
        seed,
        model: planner.name.clone(),
        prompt: prompt.label(),
        variant: plan.variant.clone(),
        sampling: match draws {
            [] => candidates.first().and_then(told_of).map(|settings| settings.to_string()),
            _ => Some(Value::from(candidates.iter().filter_map(told_of).collect::<Vec<_>>()).to_string()),
        },
        context: report::report(&plan),
    };
    Ok(Prepared {
        started,
        manner: Manner { count, lead, ending, without_asides: for_writer },
        request: generate::Request {
            candidates,
            max_tokens: plan.max_tokens,
            stop,
            // Answers that are compared are drawn each by its own seed alone.
            distinct: plan.distinct && draws.is_empty(),
            hide_thoughts: plan.form == Form::Chat,
            grammar,
            // A rewrite follows its passage, word for word where nothing needs to change.
            draft: plan.follows.map_or(Draft::Lookup, Draft::Text),
            alternatives: request.probabilities.unwrap_or(0).min(MOST_PROBABILITIES) as usize,
            prompt: plan.tokens,
            ..generate::Request::default()
        },
    })
}

/// When an answer ends besides at `stop`. One that ends with its line may have a preamble above it for a writer, which is
/// no line of it.
pub(crate) fn ending(plan: &Plan, stop: &mut Vec<String>, for_writer: bool) -> Ending {
    let ending = Ending::new(plan.end, plan.trim_start);
    let before = stop.len();
    if for_writer {
        stop.retain(|text| text != "\n");
    }
    if stop.len() < before { ending.in_one_line() } else { ending }
}

/// What would be sent with a request.
///
/// # Errors
/// As [`prepare`].
pub(crate) fn plan(
    planner: &Planner,
    request: &ActionRequest,
    told: &Background,
) -> Result<ContextPlan, Problem> {
    let (prompt, plan) = planned(planner, request, told)?;
    let candidates = request.candidates.unwrap_or(plan.candidates);
    check_count(candidates)?;
    let text = plan.text(planner.target().tokenizer);
    Ok(ContextPlan {
        model: planner.name.clone(),
        prompt: prompt.label(),
        variant: plan.variant.clone(),
        candidates,
        words: plan.words,
        context: report::report(&plan),
        cut: plan.begins.as_deref().and_then(|begins| cut(&text, begins)),
        text,
    })
}

/// What would be sent to a model with a request, by its file alone: no weights are read.
///
/// # Errors
/// [`ProblemCode::ModelUnusable`], and as the request itself.
pub fn plan_for(
    selected: &Selected,
    request: &ActionRequest,
    told: &Background,
) -> Result<ContextPlan, Problem> {
    plan(&Planner::of_file(selected)?, request, told)
}

/// Settings as they are told and kept, without the seed, which is the request's and the candidate's. By way of text, in which
/// 0.8 is 0.8 and not the nearest number that has more digits.
fn told_of(settings: &sampler::Settings) -> Option<Value> {
    // By way of its text, which has a number as it was set and not as it is between two others.
    let mut all: Map<String, Value> = serde_json::from_str(&serde_json::to_string(settings).ok()?).ok()?;
    all.remove("seed");
    Some(Value::Object(all))
}

/// A candidate's settings, with what is tried in their place.
pub(crate) fn tried(settings: sampler::Settings, set: &TrialSettings) -> sampler::Settings {
    sampler::Settings {
        temperature: set.temperature.unwrap_or(settings.temperature),
        top_p: set.top_p.unwrap_or(settings.top_p),
        top_k: set.top_k.map_or(settings.top_k, |k| k as usize),
        min_p: set.min_p.unwrap_or(settings.min_p),
        repetition_penalty: set.repetition_penalty.unwrap_or(settings.repetition_penalty),
        ..settings
    }
}

/// Where a text begins that was kept, in UTF-16 units; its beginning is enough to find it by.
fn cut(text: &str, begins: &str) -> Option<u32> {
    let end = begins.char_indices().nth(CUT_MARK).map_or(begins.len(), |(at, _)| at);
    let at = text.find(&begins[..end])?;
    u32::try_from(text[..at].encode_utf16().count()).ok()
}

fn planned(
    planner: &Planner,
    request: &ActionRequest,
    told: &Background,
) -> Result<(Arc<Prompt>, Plan), Problem> {
    planned_for(&planner.target(), request, told)
}

/// What is sent to a model that reads like this.
pub(crate) fn planned_for(
    target: &Target<'_>,
    request: &ActionRequest,
    told: &Background,
) -> Result<(Arc<Prompt>, Plan), Problem> {
    let action = &request.action;
    let prompt = match &told.prompt {
        Some(prompt) => prompt.clone(),
        None => Arc::new(built_in(kind(action.kind))?.clone()),
    };
    let ask = Ask {
        before: &request.before,
        selection: &request.selection,
        after: &request.after,
        instruction: &action.instruction,
        variant: action.variant.as_deref(),
        language: &told.language,
        into: action.language.as_deref().unwrap_or_default(),
        words: request.words,
        variables: Some(&request.variables),
    };
    let context = Context { items: told.items.clone(), off: request.off.clone(), on: request.on.clone() };
    let plan = prompts::plan(&prompt, target, &ask, &context)?;
    Ok((prompt, plan))
}

/// # Errors
/// [`ProblemCode::BadRequest`] for none or too many.
pub(crate) fn check_count(candidates: u32) -> Result<(), Problem> {
    if (1..=MOST_CANDIDATES).contains(&candidates) {
        return Ok(());
    }
    let message =
        format!("{candidates} candidates were asked for; between 1 and {MOST_CANDIDATES} can be made");
    Err(Problem::new(ProblemCode::BadRequest, message))
}

/// The form of an answer, as the engine takes it.
pub(crate) fn grammar(form: &AnswerForm) -> Grammar {
    match form.clone() {
        AnswerForm::JsonSchema(schema) => Grammar::JsonSchema(schema),
        AnswerForm::Regex(pattern) => Grammar::Regex(pattern),
        AnswerForm::Lark(text) => Grammar::Lark(text),
    }
}

/// Which prompt an action uses.
pub(crate) fn kind(kind: ActionKind) -> prompts::ActionKind {
    match kind {
        ActionKind::Continue => prompts::ActionKind::Continue,
        ActionKind::Brainstorm => prompts::ActionKind::Brainstorm,
        ActionKind::Rewrite => prompts::ActionKind::Rewrite,
        ActionKind::Describe => prompts::ActionKind::Describe,
        ActionKind::Dialogue => prompts::ActionKind::Dialogue,
        ActionKind::Bridge => prompts::ActionKind::Bridge,
        ActionKind::Summarise => prompts::ActionKind::Summarise,
        ActionKind::Outline => prompts::ActionKind::Outline,
        ActionKind::Translate => prompts::ActionKind::Translate,
        ActionKind::Critique => prompts::ActionKind::Critique,
        ActionKind::Check => prompts::ActionKind::Check,
    }
}

/// Which action a prompt is for.
pub(crate) fn action(kind: prompts::ActionKind) -> ActionKind {
    match kind {
        prompts::ActionKind::Continue => ActionKind::Continue,
        prompts::ActionKind::Brainstorm => ActionKind::Brainstorm,
        prompts::ActionKind::Rewrite => ActionKind::Rewrite,
        prompts::ActionKind::Describe => ActionKind::Describe,
        prompts::ActionKind::Dialogue => ActionKind::Dialogue,
        prompts::ActionKind::Bridge => ActionKind::Bridge,
        prompts::ActionKind::Summarise => ActionKind::Summarise,
        prompts::ActionKind::Outline => ActionKind::Outline,
        prompts::ActionKind::Translate => ActionKind::Translate,
        prompts::ActionKind::Critique => ActionKind::Critique,
        prompts::ActionKind::Check => ActionKind::Check,
    }
}

/// Where the draw of a candidate begins.
pub(crate) fn seed_of(seed: u32, candidate: u32) -> u64 {
    u64::from(seed) << 32 | u64::from(candidate)
}

/// A seed from the clock: it need not be secret, only seldom the same.
pub(crate) fn fresh_seed() -> u32 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (now.as_nanos() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[..4]
        .iter()
        .fold(0, |n, &b| n << 8 | u32::from(b))
}
