//! What the engine says on its way, as shells hear it: words in whole, wanted and gathered pieces.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use foolscap_engine::generate::{self, Alternative, Event};
use foolscap_engine::{Cancel, Tokenizer};
use foolscap_prompts::{Ending, Verdict};

use crate::api::{ActionEvent, EndReason, Figures, TokenChance};

/// Words are gathered for this long before they are told, so that a fast model does not flood its shell.
const COALESCE: Duration = Duration::from_millis(30);

/// Hears events. Breaking (a closed window, for one) stops the work.
pub type Hear<'a> = &'a mut dyn FnMut(ActionEvent) -> ControlFlow<()>;

/// Passes events on: words only in whole, wanted and gathered pieces.
pub(crate) struct Telling<'a> {
    hear: Hear<'a>,
    cancel: &'a Cancel,
    tokenizer: &'a Tokenizer,
    texts: Vec<Buffer>,
}

struct Buffer {
    ending: Ending,
    /// The beginning of the answer that the model was given; told with its first words.
    lead: String,
    text: String,
    told: Option<Instant>,
}

impl<'a> Telling<'a> {
    /// Tells of `count` candidates, which begin with `lead` and end as `ending` says.
    pub fn new(
        hear: Hear<'a>,
        cancel: &'a Cancel,
        tokenizer: &'a Tokenizer,
        ending: &Ending,
        lead: &str,
        count: u32,
    ) -> Self {
        let buffer =
            |_| Buffer { ending: ending.clone(), lead: lead.to_owned(), text: String::new(), told: None };
        let texts = (0..count).map(buffer).collect();
        Self { hear, cancel, tokenizer, texts }
    }

    /// What the engine says next.
    pub fn on(&mut self, event: Event<'_>) -> ControlFlow<()> {
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
                if !text.is_empty() {
                    buffer.text.push_str(&std::mem::take(&mut buffer.lead));
                }
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

    /// The last word: what it cost.
    pub fn finish(&mut self, figures: &generate::Figures) {
        let _ = (self.hear)(ActionEvent::Finished { figures: figures_of(figures) });
    }

    /// Tells of something else.
    pub fn tell(&mut self, event: ActionEvent) {
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
