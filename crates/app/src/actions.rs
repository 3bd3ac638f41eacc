//! One action on a loaded model, from request to last event: plan, generate, watch for the end, tell.

use std::ops::ControlFlow;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use foolscap_engine::generate::{self, Alternative, Draft, Event};
use foolscap_engine::grammar::Grammar;
use foolscap_engine::{Cancel, Session, Tokenizer};
use foolscap_prompts::{ActionKind, Ending, Form, PartName, Passage, Prompt, Verdict, built_in, plan};

use crate::api::{
    Action, ActionEvent, ActionRequest, AnswerForm, ContextPart, ContextReport, EndReason, Figures, Problem,
    ProblemCode, TokenChance,
};
use crate::engine::Ready;

/// Words are gathered for this long before they are told, so that a fast model does not flood its shell.
const COALESCE: Duration = Duration::from_millis(30);
/// No request needs more; a list of that many is no help to a writer either.
const MOST_CANDIDATES: u32 = 16;
/// Likeliest tokens that are told with each.
const MOST_PROBABILITIES: u32 = 100;

/// Hears events. Breaking (a closed window, for one) stops the work.
pub type Hear<'a> = &'a mut dyn FnMut(ActionEvent) -> ControlFlow<()>;

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
    if !(1..=MOST_CANDIDATES).contains(&count) {
        let message =
            format!("{count} candidates were asked for; between 1 and {MOST_CANDIDATES} can be made");
        return Err(Problem::new(ProblemCode::BadRequest, message));
    }
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
    let texts = vec![ending; count as usize].into_iter().map(Buffer::new).collect();
    let mut telling = Telling { hear, cancel, tokenizer: target.tokenizer, texts };
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
    let _ = (telling.hear)(ActionEvent::Finished { figures: figures_of(&figures) });
    Ok(())
}

fn grammar(form: &AnswerForm) -> Grammar {
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
    settings.seed = u64::from(seed) << 32 | u64::from(candidate);
    if let Some(temperature) = request.temperature {
        settings.temperature = temperature;
    }
    settings
}

/// A seed from the clock: it need not be secret, only seldom the same.
fn fresh_seed() -> u32 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (now.as_nanos() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[..4]
        .iter()
        .fold(0, |n, &b| n << 8 | u32::from(b))
}

/// Passes events on: words only in whole, wanted and gathered pieces.
struct Telling<'a> {
    hear: Hear<'a>,
    cancel: &'a Cancel,
    tokenizer: &'a Tokenizer,
    texts: Vec<Buffer>,
}

struct Buffer {
    ending: Ending,
    text: String,
    told: Option<Instant>,
}

impl Buffer {
    fn new(ending: Ending) -> Self {
        Self { ending, text: String::new(), told: None }
    }
}

impl Telling<'_> {
    fn on(&mut self, event: Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Reading { done, total } => {
                self.tell(ActionEvent::Reading { read: done as u32, of: total as u32 });
                ControlFlow::Continue(())
            }
            Event::Text { candidate, text } => {
                let buffer = &mut self.texts[candidate];
                let (text, flow) = match buffer.ending.push(text) {
                    Verdict::Show(text) => (text, ControlFlow::Continue(())),
                    Verdict::End(text) => (text, ControlFlow::Break(())),
                };
                buffer.text.push_str(&text);
                if buffer.told.is_none_or(|at| at.elapsed() >= COALESCE) {
                    self.flush(candidate);
                }
                flow
            }
            Event::Token { candidate, token, alternatives } => {
                let told = |a: &Alternative| TokenChance {
                    id: a.token,
                    text: String::from_utf8_lossy(&self.tokenizer.bytes(a.token)).into_owned(),
                    probability: a.probability,
                };
                // The drawn token is told last where it is none of the likeliest.
                if let Some(drawn) = alternatives.iter().find(|a| a.token == token) {
                    let likeliest = alternatives.iter().map(told).collect();
                    self.tell(ActionEvent::Token {
                        candidate: candidate as u32,
                        drawn: told(drawn),
                        likeliest,
                    });
                }
                ControlFlow::Continue(())
            }
            Event::Allowed { .. } | Event::Slid { .. } => ControlFlow::Continue(()),
            Event::End { candidate, reason } => {
                self.flush(candidate);
                self.tell(ActionEvent::CandidateDone { candidate: candidate as u32, reason: reason.into() });
                ControlFlow::Continue(())
            }
        }
    }

    fn flush(&mut self, candidate: usize) {
        let buffer = &mut self.texts[candidate];
        if !buffer.text.is_empty() {
            buffer.told = Some(Instant::now());
            let text = std::mem::take(&mut buffer.text);
            self.tell(ActionEvent::Text { candidate: candidate as u32, text });
        }
    }

    fn tell(&mut self, event: ActionEvent) {
        if (self.hear)(event).is_break() {
            self.cancel.cancel();
        }
    }
}

impl From<generate::EndReason> for EndReason {
    fn from(reason: generate::EndReason) -> Self {
        match reason {
            generate::EndReason::EndOfText => Self::EndOfText,
            generate::EndReason::Stop => Self::Stop,
            generate::EndReason::Length => Self::Length,
            generate::EndReason::Cancelled => Self::Cancelled,
            generate::EndReason::ContextFull => Self::ContextFull,
        }
    }
}

fn figures_of(f: &generate::Figures) -> Figures {
    Figures {
        prompt_tokens: f.prompt_tokens as u32,
        reused_tokens: f.reused_tokens as u32,
        generated_tokens: f.generated_tokens as u32,
        first_token_s: f.first_token.as_secs_f64(),
        prefill_tok_s: f.prefill_rate(),
        decode_tok_s: f.decode_rate(),
    }
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
