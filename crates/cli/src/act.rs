//! The three actions: words as they come, figures afterwards.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::channel;

use foolscap_app::api::{
    Action, ActionEvent, ActionRequest, AnswerForm, ContextReport, EndReason, Figures, TokenChance,
};
use foolscap_app::{Engine, Memory};
use serde::Serialize;
use serde_json::json;

use crate::args::{Brainstorm, Common, Continue, Form, Rewrite};
use crate::place::At;
use crate::{Failure, text};

const REQUEST: &str = "command line";

/// `foolscap continue`.
pub fn go_on(c: &Continue) -> Result<(), Failure> {
    let text = read(&c.common.file)?;
    let (before, after) = split(&text, c.at)?;
    run(&c.common, request(&c.common, Action::Continue, [before, "", after], None)?)
}

/// `foolscap brainstorm`.
pub fn brainstorm(c: &Brainstorm) -> Result<(), Failure> {
    let text = read(&c.common.file)?;
    let (before, after) = split(&text, c.at)?;
    let action = Action::Brainstorm { instruction: c.instruction.clone() };
    run(&c.common, request(&c.common, action, [before, "", after], c.candidates)?)
}

/// `foolscap rewrite`.
pub fn rewrite(c: &Rewrite) -> Result<(), Failure> {
    let text = read(&c.common.file)?;
    let range = match c.select {
        Some(span) => span.find(&text).map_err(Failure::Usage)?,
        None => 0..text.trim_end().len(),
    };
    let action = Action::Rewrite { instruction: c.instruction.clone() };
    let parts = [&text[..range.start], &text[range.clone()], &text[range.end..]];
    run(&c.common, request(&c.common, action, parts, None)?)
}

/// The text, without the line end that editors put after the last line.
fn read(file: &Path) -> Result<String, Failure> {
    let mut text = text::read(file)?;
    if text.ends_with('\n') && !text.ends_with("\n\n") && !text.ends_with("\n\r\n") {
        text.pop();
        text.truncate(text.strip_suffix('\r').unwrap_or(&text).len());
    }
    Ok(text)
}

fn split(text: &str, at: Option<At>) -> Result<(&str, &str), Failure> {
    let at = at.map_or(Ok(text.len()), |at| at.find(text)).map_err(Failure::Usage)?;
    Ok(text.split_at(at))
}

fn request(
    common: &Common,
    action: Action,
    parts: [&str; 3],
    candidates: Option<u32>,
) -> Result<ActionRequest, Failure> {
    // Places were counted in the text as it is; models know one kind of line end.
    let [before, selection, after] = parts.map(|part| part.replace("\r\n", "\n"));
    Ok(ActionRequest {
        request: REQUEST.into(),
        action,
        scene: None,
        before,
        selection,
        after,
        words: common.words,
        candidates,
        seed: common.seed,
        temperature: common.temperature,
        form: form(&common.form)?,
        probabilities: common.probabilities,
    })
}

fn form(form: &Form) -> Result<Option<AnswerForm>, Failure> {
    Ok(match form {
        Form { json_schema: Some(file), .. } => Some(AnswerForm::JsonSchema(text::read(file)?)),
        Form { regex: Some(pattern), .. } => Some(AnswerForm::Regex(pattern.clone())),
        Form { lark: Some(file), .. } => Some(AnswerForm::Lark(text::read(file)?)),
        _ => None,
    })
}

/// What came of a request.
#[derive(Default)]
struct Answer {
    seed: u32,
    model: String,
    prompt: String,
    context: Option<ContextReport>,
    candidates: Vec<Candidate>,
    figures: Option<Figures>,
}

#[derive(Default, Clone)]
struct Candidate {
    text: String,
    shown: usize,
    end: Option<EndReason>,
    tokens: Vec<Token>,
}

/// What was drawn, and what could have been.
#[derive(Clone, Serialize)]
struct Token {
    #[serde(flatten)]
    drawn: TokenChance,
    likeliest: Vec<TokenChance>,
}

fn run(common: &Common, request: ActionRequest) -> Result<(), Failure> {
    // One request, and the process ends: there is nothing to remember it for.
    let selected = crate::models::selected(common.model.as_deref(), &common.loading)?;
    let engine = Engine::start(selected, Memory::default())?;
    let (events, inbox) = channel();
    let told = events.clone();
    // A second Ctrl-C ends the process as if this handler were not there.
    let _ = ctrlc::set_handler(move || {
        if told.send(None).is_err() {
            std::process::exit(130);
        }
    });
    engine.act(
        request,
        Box::new(move |event| match events.send(Some(event)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }),
    )?;
    let mut answer = Answer::default();
    let mut interrupted = false;
    let mut show = Show { json: common.json, current: 0, first: true };
    for event in inbox {
        match event {
            // While the model loads, nothing came that could be kept.
            None if interrupted || answer.context.is_none() => return Err(Failure::Interrupted),
            None => {
                interrupted = true;
                engine.cancel(REQUEST);
            }
            Some(ActionEvent::Failed { problem }) => return Err(problem.into()),
            Some(ActionEvent::Finished { figures }) => {
                answer.figures = Some(figures);
                break;
            }
            Some(event) => {
                answer.note(event);
                show.update(&mut answer.candidates)?;
            }
        }
    }
    show.finish(&answer)?;
    if interrupted { Err(Failure::Interrupted) } else { Ok(()) }
}

impl Answer {
    fn note(&mut self, event: ActionEvent) {
        match event {
            ActionEvent::Started { candidates, seed, model, prompt, context, .. } => {
                (self.seed, self.model, self.prompt, self.context) = (seed, model, prompt, Some(context));
                self.candidates = vec![Candidate::default(); candidates as usize];
            }
            ActionEvent::Text { candidate, text } => self.candidates[candidate as usize].text.push_str(&text),
            ActionEvent::Token { candidate, drawn, likeliest } => {
                self.candidates[candidate as usize].tokens.push(Token { drawn, likeliest });
            }
            ActionEvent::CandidateDone { candidate, reason } => {
                self.candidates[candidate as usize].end = Some(reason);
            }
            _ => {}
        }
    }
}

/// Shows the candidates one after the other: the first as it comes, the others when it is their turn.
struct Show {
    json: bool,
    current: usize,
    first: bool,
}

impl Show {
    fn update(&mut self, candidates: &mut [Candidate]) -> Result<(), Failure> {
        if self.json {
            return Ok(());
        }
        let several = candidates.len() > 1;
        let mut out = io::stdout().lock();
        let failed = |source| Failure::Write { what: "standard output".into(), source };
        while let Some(candidate) = candidates.get_mut(self.current) {
            if std::mem::take(&mut self.first) && several {
                write!(out, "{}. ", self.current + 1).map_err(failed)?;
            }
            write!(out, "{}", &candidate.text[candidate.shown..]).map_err(failed)?;
            candidate.shown = candidate.text.len();
            if candidate.end.is_none() {
                break;
            }
            writeln!(out).map_err(failed)?;
            self.current += 1;
            self.first = true;
        }
        out.flush().map_err(failed)
    }

    fn finish(&self, answer: &Answer) -> Result<(), Failure> {
        if self.json {
            let one = |c: &Candidate| match c.tokens.is_empty() {
                true => json!({ "text": c.text, "end": c.end }),
                false => json!({ "text": c.text, "end": c.end, "tokens": c.tokens }),
            };
            let candidates: Vec<_> = answer.candidates.iter().map(one).collect();
            let all = json!({
                "seed": answer.seed,
                "model": answer.model,
                "prompt": answer.prompt,
                "context": answer.context,
                "candidates": candidates,
                "figures": answer.figures,
            });
            return writeln!(io::stdout(), "{all:#}")
                .map_err(|source| Failure::Write { what: "standard output".into(), source });
        }
        if let Some(context) = &answer.context {
            for part in context.parts.iter().filter(|p| p.left_out > 0) {
                eprintln!("left out: {} tokens of the text {} ({})", part.left_out, part.name, part.reason);
            }
        }
        if let Some(f) = &answer.figures {
            eprintln!(
                "{} · seed {} · {} tokens read ({:.0} tokens/s) · first word {:.2} s · {} tokens written ({:.1} tokens/s)",
                answer.model,
                answer.seed,
                f.prompt_tokens,
                f.prefill_tok_s,
                f.first_token_s,
                f.generated_tokens,
                f.decode_tok_s
            );
        }
        Ok(())
    }
}
