//! What the engine says on its way, as shells hear it: words in whole, wanted and gathered pieces.

#[cfg(test)]
mod recorded;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use foolscap_engine::generate::{self, Alternative, Event, Listener};
use foolscap_engine::{Cancel, Tokenizer};
use foolscap_judging::aside::{Beginning, Closing, beginning, closing};
use foolscap_prompts::{Ending, Verdict};

use crate::api::{ActionEvent, EndReason, Figures, Problem, TokenChance};

/// Words are gathered for this long before they are told, so that a fast model does not flood its shell.
const COALESCE: Duration = Duration::from_millis(30);

/// Hears events. Breaking (a closed window, for one) stops the work.
pub type Hear<'a> = Box<dyn FnMut(ActionEvent) -> ControlFlow<()> + Send + 'a>;

/// How an answer is told.
pub(crate) struct Manner {
    /// Its candidates.
    pub count: u32,
    /// What they begin with, which the model was given.
    pub lead: String,
    /// Where they end.
    pub ending: Ending,
    /// Whether what a model says to its user before the text and after it is left out.
    pub without_asides: bool,
}

/// Passes events on: words only in whole, wanted and gathered pieces.
pub(crate) struct Telling<'a> {
    hear: Hear<'a>,
    cancel: Cancel,
    tokenizer: &'a Tokenizer,
    texts: Vec<Buffer>,
}

struct Buffer {
    /// What came of an answer that may begin with a preamble; none once that is told.
    begun: Option<String>,
    /// The line that is coming, which may be said to the writer after the answer; none where that is not looked for.
    line: Option<Line>,
    ending: Ending,
    /// The beginning of the answer that the model was given; told with its first words.
    lead: String,
    text: String,
    told: Option<Instant>,
}

/// A line that is coming.
#[derive(Default)]
struct Line {
    /// What is held back of it.
    held: String,
    /// Whether its beginning was shown.
    begun: bool,
}

impl<'a> Telling<'a> {
    /// Tells of all candidates in this manner.
    pub fn new(hear: Hear<'a>, cancel: Cancel, tokenizer: &'a Tokenizer, manner: &Manner) -> Self {
        let buffer = |_| Buffer {
            begun: manner.without_asides.then(String::new),
            line: manner.without_asides.then(Line::default),
            ending: manner.ending.clone(),
            lead: manner.lead.clone(),
            text: String::new(),
            told: None,
        };
        Self { hear, cancel, tokenizer, texts: (0..manner.count).map(buffer).collect() }
    }

    fn flush(&mut self, candidate: usize) {
        let buffer = &mut self.texts[candidate];
        if !buffer.text.is_empty() {
            buffer.told = Some(Instant::now());
            let text = std::mem::take(&mut buffer.text);
            self.tell(ActionEvent::Text { candidate: candidate as u32, text });
        }
    }

    /// The last word: what it cost.
    pub fn finish(&mut self, figures: &generate::Figures) {
        let _ = (self.hear)(ActionEvent::Finished { figures: figures_of(figures) });
    }

    /// The last word on what went wrong.
    pub fn fail(&mut self, problem: Problem) {
        let _ = (self.hear)(ActionEvent::Failed { problem });
    }

    /// Tells of something else.
    pub fn tell(&mut self, event: ActionEvent) {
        if (self.hear)(event).is_break() {
            self.cancel.cancel();
        }
    }
}

impl Listener for Telling<'_> {
    fn hear(&mut self, event: Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Reading { done, total } => {
                self.tell(ActionEvent::Reading { read: done as u32, of: total as u32 });
                ControlFlow::Continue(())
            }
            Event::Text { candidate, text } => {
                let buffer = &mut self.texts[candidate];
                let flow = buffer.push(text);
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
                self.texts[candidate].end();
                self.flush(candidate);
                self.tell(ActionEvent::CandidateDone { candidate: candidate as u32, reason: reason.into() });
                ControlFlow::Continue(())
            }
        }
    }
}

impl Buffer {
    /// Takes the next words; breaks where the answer is long enough.
    fn push(&mut self, text: &str) -> ControlFlow<()> {
        let Some(mut begun) = self.begun.take() else { return self.go_on(text) };
        begun.push_str(text);
        let (lead, came) = (self.lead.trim(), begun.trim_start());
        if lead.len() > came.len() && lead.starts_with(came) {
            self.begun = Some(begun);
            return ControlFlow::Continue(());
        }
        // A model may say again what it was given of its answer.
        if !lead.is_empty() && came.starts_with(lead) {
            self.lead.clear();
        }
        match beginning(&begun) {
            Beginning::Text => self.go_on(&begun),
            // Where the answer goes on in a line, something stands between the two; elsewhere it is trimmed.
            Beginning::After(at) => self.go_on(&format!(" {}", &begun[at..])),
            Beginning::Perhaps => {
                self.begun = Some(begun);
                ControlFlow::Continue(())
            }
        }
    }

    /// Shows all lines but one that may be none of the answer.
    fn go_on(&mut self, text: &str) -> ControlFlow<()> {
        let Some(line) = &mut self.line else { return self.show(text) };
        line.held.push_str(text);
        let coming = std::mem::take(&mut line.held);
        let first = (!line.begun).then_some(0);
        let mut starts = first.into_iter().chain(coming.match_indices('\n').map(|(at, _)| at + 1));
        let held = starts.find(|&at| closing(&coming[at..]) != Closing::Text);
        line.begun = held.is_none();
        let (shown, held) = coming.split_at(held.unwrap_or(coming.len()));
        line.held = held.to_owned();
        self.show(shown)
    }

    /// No more will come.
    fn end(&mut self) {
        if let Some(begun) = self.begun.take() {
            let _ = self.go_on(&begun);
        }
        if let Some(line) = self.line.take().filter(|line| closing(&line.held) != Closing::Aside) {
            let _ = self.show(&line.held);
        }
    }

    fn show(&mut self, text: &str) -> ControlFlow<()> {
        let (text, flow) = match self.ending.push(text) {
            Verdict::Show(text) => (text, ControlFlow::Continue(())),
            Verdict::End(text) => (text, ControlFlow::Break(())),
        };
        if !text.is_empty() {
            self.text.push_str(&std::mem::take(&mut self.lead));
        }
        self.text.push_str(&text);
        if flow.is_break() {
            // What is held back came after the end.
            (self.begun, self.line) = (None, None);
        }
        flow
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
        beside: f.beside,
        first_token_s: f.first_token.as_secs_f64(),
        prefill_tok_s: f.prefill_rate(),
        decode_tok_s: f.decode_rate(),
    }
}
