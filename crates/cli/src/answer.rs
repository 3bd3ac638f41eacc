//! A request, and its answer as it comes: words to standard output, figures to standard error.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, channel};

use foolscap_app::api::{ActionEvent, ActionRequest, EndReason, Figures, TokenChance};
use foolscap_app::{Background, Engine};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Failure;

/// What came of a request.
#[derive(Default)]
pub struct Answer {
    started: Option<ActionEvent>,
    candidates: Vec<Candidate>,
    figures: Option<Figures>,
    interrupted: bool,
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

/// Begins a request, and gives what comes of it; `None`: the user wants it to stop.
pub fn begin(
    engine: &Engine,
    request: ActionRequest,
    told: Background,
) -> Result<Receiver<Option<ActionEvent>>, Failure> {
    let (events, inbox) = channel();
    let stop = events.clone();
    // A second Ctrl-C ends the process as if this handler were not there.
    let _ = ctrlc::set_handler(move || {
        if stop.send(None).is_err() {
            std::process::exit(130);
        }
    });
    engine.act(
        request,
        told,
        Box::new(move |event| match events.send(Some(event)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }),
    )?;
    Ok(inbox)
}

/// Asks, and shows what comes. What came before an interruption is given; [`Answer::ended`] tells of it.
pub fn answer(
    engine: &Engine,
    request: ActionRequest,
    told: Background,
    json: bool,
) -> Result<Answer, Failure> {
    shown(engine, request, told, Show { json, besides: json!({}), current: 0, first: true })
}

/// The same as JSON, with the fields of `besides` as well.
pub fn answer_with(
    engine: &Engine,
    request: ActionRequest,
    told: Background,
    besides: Value,
) -> Result<Answer, Failure> {
    shown(engine, request, told, Show { json: true, besides, current: 0, first: true })
}

fn shown(
    engine: &Engine,
    request: ActionRequest,
    told: Background,
    mut show: Show,
) -> Result<Answer, Failure> {
    let name = request.request.clone();
    let inbox = begin(engine, request, told)?;
    let mut answer = Answer::default();
    for event in inbox {
        match event {
            // While the model loads, nothing came that could be kept.
            None if answer.interrupted || answer.started.is_none() => return Err(Failure::Interrupted),
            None => {
                answer.interrupted = true;
                engine.cancel(&name);
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
    Ok(answer)
}

impl Answer {
    /// Its first event.
    pub fn started(&self) -> Option<&ActionEvent> {
        self.started.as_ref()
    }

    /// What came of each candidate.
    pub fn texts(&self) -> BTreeMap<u32, String> {
        (0..).zip(self.candidates.iter().map(|candidate| candidate.text.clone())).collect()
    }

    /// # Errors
    /// [`Failure::Interrupted`] if it was.
    pub fn ended(&self) -> Result<(), Failure> {
        if self.interrupted { Err(Failure::Interrupted) } else { Ok(()) }
    }

    fn note(&mut self, event: ActionEvent) {
        match event {
            ActionEvent::Started { candidates, .. } => {
                self.candidates = vec![Candidate::default(); candidates as usize];
                self.started = Some(event);
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
    /// Of an object that JSON is told beside the answer.
    besides: Value,
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
            let Some(ActionEvent::Started { seed, model, prompt, variant, context, .. }) = &answer.started
            else {
                return Ok(());
            };
            let mut all = json!({
                "seed": seed,
                "model": model,
                "prompt": prompt,
                "variant": variant,
                "context": context,
                "candidates": candidates,
                "figures": answer.figures,
            });
            if let (Some(all), Some(besides)) = (all.as_object_mut(), self.besides.as_object()) {
                all.extend(besides.clone());
            }
            return writeln!(io::stdout(), "{all:#}")
                .map_err(|source| Failure::Write { what: "standard output".into(), source });
        }
        let Some(ActionEvent::Started { seed, model, context, .. }) = &answer.started else { return Ok(()) };
        for part in context.parts.iter().filter(|p| p.left_out > 0) {
            let what =
                if part.name == "instruction" { "instruction" } else { &format!("text {}", part.name) };
            eprintln!("left out: {} tokens of the {what} ({})", part.left_out, part.reason);
        }
        let told = context.items.iter().filter(|item| item.sent.is_some()).count();
        if !context.items.is_empty() {
            eprintln!(
                "told: {told} of {} things that the project knows (--plan tells which)",
                context.items.len()
            );
        }
        if let Some(f) = &answer.figures {
            eprintln!(
                "{model} · seed {seed} · {} tokens read ({:.0} tokens/s) · first word {:.2} s · {} tokens written ({:.1} tokens/s)",
                f.prompt_tokens, f.prefill_tok_s, f.first_token_s, f.generated_tokens, f.decode_tok_s
            );
        }
        Ok(())
    }
}
