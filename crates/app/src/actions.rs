//! One action on a loaded model, from request to last event: plan, generate, watch for the end, tell.

use std::time::{SystemTime, UNIX_EPOCH};

use foolscap_engine::generate::{self, Draft};
use foolscap_engine::grammar::Grammar;
use foolscap_engine::{Cancel, Session};
use foolscap_prompts::{ActionKind, Ending, Form, PartName, Passage, Prompt, built_in, plan};

use crate::api::{
    Action, ActionEvent, ActionRequest, AnswerForm, ContextPart, ContextReport, Problem, ProblemCode,
};
use crate::engine::Ready;
use crate::telling::{Hear, Telling};

/// No request needs more; a list of that many is no help to a writer either.
const MOST_CANDIDATES: u32 = 16;
/// Likeliest tokens that are told with each.
pub(crate) const MOST_PROBABILITIES: u32 = 100;

/// Runs a request. The last event is `Finished`; a failure is returned instead.
pub(crate) fn run(
    session: &mut Session<'_>,
    model: &str,
    ready: &Ready<'_>,
    request: &ActionRequest,
    cancel: &Cancel,
    hear: Hear<'_>,
) -> Result<(), Problem> {
    let (prompt, target) = (built_in(kind(&request.action))?, ready.target());
    let passage = Passage {
        before: &request.before,
        selection: &request.selection,
        after: &request.after,
        instruction: request.action.instruction(),
    };
    let count = request.candidates.unwrap_or(prompt.head.candidates);
    check_count(count)?;
    let plan = plan(prompt, &target, &passage, request.words)?;
    let seed = request.seed.unwrap_or_else(fresh_seed);
    if hear(ActionEvent::Started {
        request: request.request.clone(),
        candidates: count,
        seed,
        model: model.to_owned(),
        prompt: prompt.label(),
        context: report(&plan.report),
    })
    .is_break()
    {
        cancel.cancel();
    }
    // A rewrite follows its passage, word for word where nothing needs to change.
    let passage_tokens = target.tokenizer.encode(&request.selection);
    let grammar = request.form.as_ref().map(grammar);
    // A text with a form ends where the form does.
    let ending = match grammar {
        Some(_) => Ending::new(None, false),
        None => Ending::new(plan.end_after, plan.trim_start),
    };
    let mut telling = Telling::new(hear, cancel, target.tokenizer, &ending, count);
    let figures = session.generate(
        &generate::Request {
            prompt: &plan.tokens,
            candidates: (0..count).map(|i| sampling(ready, prompt, request, seed, i)).collect(),
            max_tokens: plan.max_tokens,
            stop: if grammar.is_some() { &[] } else { &prompt.head.stop },
            distinct: prompt.head.distinct,
            hide_thoughts: plan.form == Form::Chat,
            grammar: grammar.as_ref(),
            draft: match kind(&request.action) {
                ActionKind::Rewrite => Draft::Text(&passage_tokens),
                ActionKind::Continue | ActionKind::Brainstorm => Draft::Lookup,
            },
            alternatives: request.probabilities.unwrap_or(0).min(MOST_PROBABILITIES) as usize,
            ..generate::Request::default()
        },
        cancel,
        |event| telling.on(event),
    )?;
    telling.finish(&figures);
    Ok(())
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
fn kind(action: &Action) -> ActionKind {
    match action {
        Action::Continue => ActionKind::Continue,
        Action::Brainstorm { .. } => ActionKind::Brainstorm,
        Action::Rewrite { .. } => ActionKind::Rewrite,
    }
}

fn sampling(
    ready: &Ready<'_>,
    prompt: &Prompt,
    request: &ActionRequest,
    seed: u32,
    candidate: u32,
) -> foolscap_engine::sampler::Settings {
    let mut settings = ready.sampling(&prompt.head.sampling);
    settings.seed = seed_of(seed, candidate);
    if let Some(temperature) = request.temperature {
        settings.temperature = temperature;
    }
    settings
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

fn report(report: &foolscap_prompts::Report) -> ContextReport {
    let name = |name| match name {
        PartName::Prompt => "prompt",
        PartName::Before => "before",
        PartName::Selection => "selection",
        PartName::After => "after",
        PartName::Instruction => "instruction",
    };
    ContextReport {
        used: report.used as u32,
        limit: report.limit as u32,
        reserved: report.reserved as u32,
        parts: report
            .parts
            .iter()
            .map(|p| ContextPart {
                name: name(p.name).into(),
                tokens: p.tokens as u32,
                left_out: p.left_out as u32,
                reason: p.reason.clone(),
            })
            .collect(),
    }
}
