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
        let figures = Figures {
            prompt_tokens: request.prompt.len(),
            candidates: request.candidates.len(),
            ..Figures::default()
        };
        Work { session: self, request, cancel, on_event: &mut on_event, figures, started: Instant::now() }
            .run()
    }
}

/// One request under way.
struct Work<'w, 'm, 'r, F> {
    session: &'w mut Session<'m>,
    request: &'w Request<'r>,
    cancel: &'w Cancel,
    on_event: &'w mut F,
    figures: Figures,
    started: Instant,
}

impl<F: FnMut(Event<'_>) -> ControlFlow<()>> Work<'_, '_, '_, F> {
    fn run(mut self) -> Result<Figures> {
        let Some(logits) = self.prefill()? else {
            for candidate in 0..self.request.candidates.len() {
                let _ = (self.on_event)(Event::End { candidate, reason: EndReason::Cancelled });
            }
            return Ok(self.figures);
        };
        self.figures.prefill = self.started.elapsed();

        let mut tails = Vec::new();
        for (index, settings) in self.request.candidates.iter().enumerate() {
            let sequence = self.session.cache.fork(self.session.held)?;
            tails.push(Tail::new(index, sequence, settings, self.request));
        }
        let drawing = Instant::now();
        let result = self.decode(&logits, &mut tails);
        self.figures.decode = drawing.elapsed();
        for tail in &tails {
            self.session.cache.free(tail.sequence);
        }
        result.map(|()| self.figures)
    }

    /// Reads what of the prompt is not held. Gives the logits after it, or none when it was stopped.
    fn prefill(&mut self) -> Result<Option<Vec<f32>>> {
        let Session { model, cache, held: sequence } = &mut *self.session;
        let prompt = self.request.prompt;
        let held = cache.tokens(*sequence)?;
        let shared = held.iter().zip(prompt).take_while(|(a, b)| a == b).count();
        // The last token is read again for its logits.
        let mut done = shared.min(prompt.len() - 1);
        done = cache.truncate(*sequence, done)?;
        self.figures.reused_tokens = done;
        loop {
            let stop = (self.on_event)(Event::Reading { done, total: prompt.len() }).is_break();
            if stop || self.cancel.is_cancelled() {
                return Ok(None);
            }
            let end = (done + CHUNK).min(prompt.len());
            let logits = if end == prompt.len() { Want::Last } else { Want::None };
            let run = Run { sequence: *sequence, tokens: &prompt[done..end], logits };
            match model.decoder().forward(cache, &[run], self.cancel) {
                Err(Error::Cancelled) => return Ok(None),
                Err(e) => return Err(e),
                Ok(logits) if end == prompt.len() => return Ok(Some(logits.row(0).to_vec())),
                Ok(_) => done = end,
            }
        }
    }

    /// Draws from `first`, the logits after the prompt, and on until every candidate has ended.
    fn decode(&mut self, first: &[f32], tails: &mut [Tail<'_>]) -> Result<()> {
        let mut opened: Vec<u32> = Vec::new();
        for tail in tails.iter_mut() {
            let token = self.draw(tail, first, &opened);
            if self.request.distinct {
                opened.push(token);
            }
        }
        self.figures.first_token = self.started.elapsed();
        loop {
            let mut drawing: Vec<&mut Tail<'_>> = tails.iter_mut().filter(|t| t.end.is_none()).collect();
            if drawing.is_empty() {
                return Ok(());
            }
            let next: Vec<_> = drawing.iter().map(|t| (t.sequence, [t.next])).collect();
            let runs: Vec<Run<'_>> = next
                .iter()
                .map(|(sequence, token)| Run { sequence: *sequence, tokens: token, logits: Want::Last })
                .collect();
            let result = match self.cancel.is_cancelled() {
                true => Err(Error::Cancelled),
                false => self.session.model.decoder().forward(&mut self.session.cache, &runs, self.cancel),
            };
            match result {
                Ok(logits) => {
                    for (row, tail) in drawing.into_iter().enumerate() {
                        self.draw(tail, logits.row(row), &[]);
                    }
                }
                Err(Error::Cancelled) => {
                    drawing.iter_mut().for_each(|tail| tail.finish(EndReason::Cancelled, self.on_event));
                    return Ok(());
                }
                Err(e) => return Err(e),
            }
        }
    }

    /// Draws a candidate's next token, gives its text, and ends the candidate where it is time.
    fn draw(&mut self, tail: &mut Tail<'_>, logits: &[f32], barred: &[u32]) -> u32 {
        let tokenizer = self.session.model.tokenizer();
        let token = tail.sampler.sample(logits, barred);
        tail.next = token;
        tail.drawn += 1;
        self.figures.generated_tokens += 1;
        if tokenizer.vocabulary().ends(token) {
            tail.finish(EndReason::EndOfText, self.on_event);
            return token;
        }
        let text = tail.detokenizer.push(tokenizer, token);
        tail.give(&text, self.on_event);
        if tail.end.is_none() && tail.drawn >= self.request.max_tokens {
            tail.finish(EndReason::Length, self.on_event);
        } else if tail.end.is_none()
            && self.request.prompt.len() + tail.drawn >= self.session.model.config().context
        {
            tail.finish(EndReason::ContextFull, self.on_event);
        }
        token
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
