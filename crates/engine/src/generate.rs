//! The loop: read the prompt, draw tokens, give text. Synchronous, on the caller's thread; it reports through
//! a callback that can end it, and stops within one token when it is cancelled from another.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::decoder::{Cancel, Run, Want};
use crate::error::{Error, Result};
use crate::kv::{Cache, SequenceId};
use crate::model::Model;
use crate::sampler::{Sampler, Settings};
use crate::stop::StopStrings;
use crate::tokenizer::Detokenizer;

/// Tokens of a prompt that are read in one call: enough to fill the processor, few enough for memory and for
/// telling how far it is.
pub const CHUNK: usize = 256;

/// A model at work, with what it has read so far. What the next prompt shares with the last costs nothing.
pub struct Session<'m> {
    model: &'m Model,
    cache: Cache,
    /// The last prompt.
    held: SequenceId,
}

/// What to generate.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Tokens to go on from.
    pub prompt: &'a [u32],
    /// One for each candidate. They share the prompt and are decoded side by side.
    pub candidates: Vec<Settings>,
    /// The most tokens a candidate may have.
    pub max_tokens: usize,
    /// Texts that end a candidate once it has a visible character; they are not part of it.
    pub stop: &'a [String],
    /// Each candidate begins with another token than those before it.
    pub distinct: bool,
}

/// What happens on the way.
#[derive(Debug, Clone, PartialEq)]
pub enum Event<'a> {
    /// So many tokens of the prompt are read.
    Reading {
        /// Read so far, with those that were held.
        done: usize,
        /// All of the prompt.
        total: usize,
    },
    /// More text of a candidate.
    Text {
        /// Which.
        candidate: usize,
        /// In whole characters.
        text: &'a str,
    },
    /// A candidate is done.
    End {
        /// Which.
        candidate: usize,
        /// Why.
        reason: EndReason,
    },
}

/// Why a candidate ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// The model said that it was done.
    EndOfText,
    /// A stop string came, or the callback ended it.
    Stop,
    /// It has as many tokens as it may.
    Length,
    /// All was cancelled.
    Cancelled,
    /// The context is full.
    ContextFull,
}

/// What the work cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Of these, tokens that were held.
    pub reused_tokens: usize,
    /// Candidates.
    pub candidates: usize,
    /// Tokens drawn, all candidates together.
    pub generated_tokens: usize,
    /// From the start to the first token.
    pub first_token: Duration,
    /// Reading the prompt.
    pub prefill: Duration,
    /// Drawing.
    pub decode: Duration,
}

impl Figures {
    /// Tokens of the prompt read in a second.
    pub fn prefill_rate(&self) -> f64 {
        rate(self.prompt_tokens - self.reused_tokens, self.prefill)
    }

    /// Tokens drawn in a second after the first of each candidate (which the prompt's reading gives).
    pub fn decode_rate(&self) -> f64 {
        rate(self.generated_tokens.saturating_sub(self.candidates), self.decode)
    }
}

fn rate(n: usize, time: Duration) -> f64 {
    if time.is_zero() { 0.0 } else { n as f64 / time.as_secs_f64() }
}

impl<'m> Session<'m> {
    /// A session that has read nothing.
    pub fn new(model: &'m Model) -> Self {
        let mut cache = Cache::new(model.config(), model.decoder().device());
        let held = cache.start();
        Self { model, cache, held }
    }

    /// Generates. `on_event` may end a candidate by breaking on its `Text`, and everything by breaking on
    /// `Reading`. Cancelled work is no error: what came is given, and the candidates end as `Cancelled`.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a prompt or candidates, [`Error::ContextFull`] for a prompt that leaves no
    /// room, and what [`crate::Decoder::forward`] says.
    pub fn generate(
        &mut self,
        request: &Request<'_>,
        cancel: &Cancel,
        mut on_event: impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<Figures> {
        let context = self.model.config().context;
        if request.prompt.is_empty() || request.candidates.is_empty() {
            return Err(Error::Invalid("there is nothing to generate from".into()));
        }
        if request.prompt.len() >= context {
            return Err(Error::ContextFull { tokens: request.prompt.len() + 1, context });
        }
        let started = Instant::now();
        let (prompt_tokens, candidates) = (request.prompt.len(), request.candidates.len());
        let mut figures = Figures { prompt_tokens, candidates, ..Figures::default() };
        let Some(logits) = self.prefill(request.prompt, cancel, &mut figures, &mut on_event)? else {
            for candidate in 0..request.candidates.len() {
                let _ = on_event(Event::End { candidate, reason: EndReason::Cancelled });
            }
            return Ok(figures);
        };
        figures.prefill = started.elapsed();

        let mut tails = Vec::new();
        for (index, settings) in request.candidates.iter().enumerate() {
            let sequence = self.cache.fork(self.held)?;
            tails.push(Tail::new(index, sequence, settings, request));
        }
        let result = self.decode(request, &logits, &mut tails, cancel, &mut figures, started, &mut on_event);
        for tail in &tails {
            self.cache.free(tail.sequence);
        }
        result.map(|()| figures)
    }

    /// Reads what of the prompt is not held. Gives the logits after it, or none when it was stopped.
    fn prefill(
        &mut self,
        prompt: &[u32],
        cancel: &Cancel,
        figures: &mut Figures,
        on_event: &mut impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<Option<Vec<f32>>> {
        let held = self.cache.tokens(self.held)?;
        let shared = held.iter().zip(prompt).take_while(|(a, b)| a == b).count();
        // The last token is read again for its logits.
        let mut done = shared.min(prompt.len() - 1);
        self.cache.truncate(self.held, done)?;
        figures.reused_tokens = done;
        loop {
            if on_event(Event::Reading { done, total: prompt.len() }).is_break() || cancel.is_cancelled() {
                return Ok(None);
            }
            let end = (done + CHUNK).min(prompt.len());
            let logits = if end == prompt.len() { Want::Last } else { Want::None };
            let run = Run { sequence: self.held, tokens: &prompt[done..end], logits };
            match self.model.decoder().forward(&mut self.cache, &[run], cancel) {
                Err(Error::Cancelled) => return Ok(None),
                Err(e) => return Err(e),
                Ok(logits) if end == prompt.len() => return Ok(Some(logits.row(0).to_vec())),
                Ok(_) => done = end,
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the second half of generate, parted from it for reading")]
    fn decode(
        &mut self,
        request: &Request<'_>,
        first: &[f32],
        tails: &mut [Tail<'_>],
        cancel: &Cancel,
        figures: &mut Figures,
        started: Instant,
        on_event: &mut impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        let vocabulary = self.model.tokenizer().vocabulary();
        let context = self.model.config().context;
        let mut opened: Vec<u32> = Vec::new();
        let mut logits = None;
        let mut drawing = Instant::now();
        loop {
            for (row, tail) in tails.iter_mut().filter(|t| t.end.is_none()).enumerate() {
                let (values, barred) = match &logits {
                    None => (first, opened.as_slice()),
                    Some(logits) => (crate::Logits::row(logits, row), [].as_slice()),
                };
                let token = tail.sampler.sample(values, barred);
                if request.distinct && logits.is_none() {
                    opened.push(token);
                }
                tail.next = token;
                tail.drawn += 1;
                figures.generated_tokens += 1;
                if vocabulary.ends(token) {
                    tail.finish(EndReason::EndOfText, on_event);
                    continue;
                }
                let text = tail.detokenizer.push(self.model.tokenizer(), token);
                tail.give(&text, on_event);
                if tail.end.is_none() && tail.drawn >= request.max_tokens {
                    tail.finish(EndReason::Length, on_event);
                } else if tail.end.is_none() && request.prompt.len() + tail.drawn >= context {
                    tail.finish(EndReason::ContextFull, on_event);
                }
            }
            if logits.is_none() {
                figures.first_token = started.elapsed();
                drawing = Instant::now();
            }
            if cancel.is_cancelled() {
                return self.cancelled(tails, figures, drawing, on_event);
            }
            let runs: Vec<Run<'_>> = tails
                .iter()
                .filter(|t| t.end.is_none())
                .map(|t| Run {
                    sequence: t.sequence,
                    tokens: std::slice::from_ref(&t.next),
                    logits: Want::Last,
                })
                .collect();
            if runs.is_empty() {
                figures.decode = drawing.elapsed();
                return Ok(());
            }
            match self.model.decoder().forward(&mut self.cache, &runs, cancel) {
                Ok(next) => logits = Some(next),
                Err(Error::Cancelled) => return self.cancelled(tails, figures, drawing, on_event),
                Err(e) => return Err(e),
            }
        }
    }

    fn cancelled(
        &self,
        tails: &mut [Tail<'_>],
        figures: &mut Figures,
        drawing: Instant,
        on_event: &mut impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        figures.decode = drawing.elapsed();
        for tail in tails.iter_mut().filter(|t| t.end.is_none()) {
            tail.finish(EndReason::Cancelled, on_event);
        }
        Ok(())
    }
}

/// A candidate on its way.
struct Tail<'a> {
    index: usize,
    sequence: SequenceId,
    sampler: Sampler,
    detokenizer: Detokenizer,
    stop: StopStrings<'a>,
    next: u32,
    drawn: usize,
    end: Option<EndReason>,
}

impl<'a> Tail<'a> {
    fn new(index: usize, sequence: SequenceId, settings: &Settings, request: &Request<'a>) -> Self {
        let mut sampler = Sampler::new(settings);
        let recent = request.prompt.len().saturating_sub(settings.repetition_window);
        request.prompt[recent..].iter().for_each(|&t| sampler.accept(t));
        Self {
            index,
            sequence,
            sampler,
            detokenizer: Detokenizer::new(),
            stop: StopStrings::new(request.stop),
            next: 0,
            drawn: 0,
            end: None,
        }
    }

    /// Gives text that is not held back for a stop string.
    fn give(&mut self, text: &str, on_event: &mut impl FnMut(Event<'_>) -> ControlFlow<()>) {
        let (text, stopped) = self.stop.push(text);
        let broken =
            !text.is_empty() && on_event(Event::Text { candidate: self.index, text: &text }).is_break();
        if stopped || broken {
            self.end = Some(EndReason::Stop);
            let _ = on_event(Event::End { candidate: self.index, reason: EndReason::Stop });
        }
    }

    /// Gives what is held back, then the end.
    fn finish(&mut self, reason: EndReason, on_event: &mut impl FnMut(Event<'_>) -> ControlFlow<()>) {
        // Half a character, where the end cut one in two, is dropped.
        let text = self.stop.finish();
        if !text.is_empty() {
            let _ = on_event(Event::Text { candidate: self.index, text: &text });
        }
        self.end = Some(reason);
        let _ = on_event(Event::End { candidate: self.index, reason });
    }
}
