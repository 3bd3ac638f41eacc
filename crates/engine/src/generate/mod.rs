//! The loop: read the prompt, draw tokens, give text. Synchronous, on the caller's thread; it reports through
//! a callback that can end it, and stops within one token when it is cancelled from another.

mod bans;
mod request;
mod shelf;
mod tail;

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use crate::decoder::{Cancel, Run, Want};
use crate::draft::{self, Costs, Drafter};
use crate::error::{Error, Result};
use crate::grammar::Guide;
use crate::kv::{Cache, SequenceId};
use crate::model::Model;
pub use request::{Alternative, Draft, EndReason, Event, Figures, Full, Request};
use shelf::Shelf;
use tail::Tail;

/// Tokens of a prompt that are read in one call: enough to fill the processor, few enough for memory and for
/// telling how far it is.
pub const CHUNK: usize = 256;

/// Bytes that a session keeps of what it has read, unless it is told otherwise.
pub const MEMORY: usize = 1 << 30;

/// A model at work, with what it has read so far. What the next prompt shares with any of the last costs nothing.
pub struct Session<'m> {
    model: &'m Model,
    cache: Cache,
    shelf: Shelf,
    costs: Costs,
}

impl<'m> Session<'m> {
    /// A session that has read nothing.
    pub fn new(model: &'m Model) -> Self {
        let cache = model.decoder().cache();
        Self { model, cache, shelf: Shelf::new(MEMORY), costs: Costs::default() }
    }

    /// From now on keeps so many bytes of what it has read, besides the last prompt.
    pub fn set_memory(&mut self, bytes: usize) {
        self.shelf.bytes = bytes;
    }

    /// Bytes that are kept of what was read.
    pub fn memory(&self) -> usize {
        self.cache.bytes()
    }

    /// Bytes that [`Session::save`] would keep, about.
    pub fn kept_bytes(&self) -> usize {
        let tokens = self.shelf.last().map_or(0, |last| self.cache.len(last));
        self.model.config().kv_bytes(tokens, self.model.decoder().keys()) as usize
    }

    /// Keeps what was read of the last prompt in a file, for [`Session::restore`].
    ///
    /// # Errors
    /// As [`Cache::save`]; [`Error::Invalid`] before the first prompt.
    pub fn save(&self, path: &Path) -> Result<()> {
        let last = self.shelf.last().ok_or_else(|| Error::Invalid("nothing was read yet".into()))?;
        self.cache.save(last, &self.model.gguf().fingerprint(), path)
    }

    /// Takes up what a file holds: a prompt that begins like it is read from where it differs.
    ///
    /// # Errors
    /// As [`Cache::restore`]; then nothing has changed.
    pub fn restore(&mut self, path: &Path) -> Result<()> {
        let restored = self.cache.restore(&self.model.gguf().fingerprint(), None, path)?;
        self.shelf.put(&mut self.cache, restored);
        Ok(())
    }

    /// Generates. `on_event` may end a candidate by breaking on its `Text`, and everything by breaking on
    /// `Reading`. Cancelled work is no error: what came is given, and the candidates end as `Cancelled`.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a prompt or candidates, [`Error::ContextFull`] for a prompt that leaves no
    /// room, [`Error::Grammar`], and what [`crate::Decoder::forward`] says.
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
        let guide = request.grammar.map(|grammar| self.model.guide(grammar)).transpose()?;
        let figures = Figures {
            prompt_tokens: request.prompt.len(),
            candidates: request.candidates.len(),
            ..Figures::default()
        };
        let (on_event, started) = (&mut on_event, Instant::now());
        let held = self.shelf.take(&mut self.cache, request.prompt)?;
        let mut tails = Vec::new();
        let work = Work {
            session: self,
            held,
            request,
            cancel,
            on_event,
            figures,
            started,
            guide,
            opened: Vec::new(),
        };
        let result = work.run(&mut tails);
        // An answer that is taken is a part of the next prompt.
        for sequence in tails.iter().map(|tail| tail.sequence).chain([held]) {
            self.shelf.put(&mut self.cache, sequence);
        }
        result
    }
}

/// One request under way.
struct Work<'w, 'm, 'r, F> {
    session: &'w mut Session<'m>,
    /// Holds the prompt, as far as it is read.
    held: SequenceId,
    request: &'w Request<'r>,
    cancel: &'w Cancel,
    on_event: &'w mut F,
    figures: Figures,
    started: Instant,
    /// At the beginning of an answer.
    guide: Option<Guide>,
    /// The first token of each candidate that has one, where they are to be distinct.
    opened: Vec<(usize, u32)>,
}

impl<'r, F: FnMut(Event<'_>) -> ControlFlow<()>> Work<'_, '_, 'r, F> {
    /// Draws into `tails`.
    fn run(mut self, tails: &mut Vec<Tail<'r>>) -> Result<Figures> {
        let Some(logits) = self.prefill()? else {
            for candidate in 0..self.request.candidates.len() {
                let _ = (self.on_event)(Event::End { candidate, reason: EndReason::Cancelled });
            }
            return Ok(self.figures);
        };
        self.figures.prefill = self.started.elapsed();

        for (index, settings) in self.request.candidates.iter().enumerate() {
            let sequence = self.session.cache.fork(self.held)?;
            let tokenizer = self.session.model.tokenizer();
            let guide = self.guide.clone();
            let drafter = self.drafter();
            tails.push(Tail::new(index, sequence, settings, self.request, guide, drafter, tokenizer));
        }
        let drawing = Instant::now();
        let result = self.decode(&logits, tails);
        self.figures.decode = drawing.elapsed();
        result.map(|()| self.figures)
    }

    fn drafter(&self) -> Option<Drafter> {
        let recurrent = self.session.model.config().is_recurrent();
        match self.request.draft {
            _ if recurrent => None,
            Draft::None => None,
            Draft::Lookup => Some(Drafter::looking_up(self.request.prompt.to_vec())),
            Draft::Text(text) => Some(Drafter::following(text.to_vec())),
        }
    }

    /// Reads what of the prompt is not held. Gives the logits after it, or none when it was stopped.
    fn prefill(&mut self) -> Result<Option<Vec<f32>>> {
        let Session { model, cache, .. } = &mut *self.session;
        let (prompt, sequence) = (self.request.prompt, self.held);
        // The last token is read again for its logits.
        let mut done = cache.len(sequence).min(prompt.len() - 1);
        done = cache.truncate(sequence, done)?;
        self.figures.reused_tokens = done;
        loop {
            let stop = (self.on_event)(Event::Reading { done, total: prompt.len() }).is_break();
            if stop || self.cancel.is_cancelled() {
                return Ok(None);
            }
            let end = (done + CHUNK).min(prompt.len());
            let logits = if end == prompt.len() { Want::Last } else { Want::None };
            let run = Run { sequence, tokens: &prompt[done..end], logits };
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
        for tail in tails.iter_mut() {
            match self.request.max_tokens {
                0 => tail.finish(EndReason::Length, self.on_event),
                _ => self.draw(tail, first)?,
            }
        }
        self.figures.first_token = self.started.elapsed();
        loop {
            let mut drawing: Vec<&mut Tail<'_>> = tails.iter_mut().filter(|t| t.end.is_none()).collect();
            if drawing.is_empty() {
                return Ok(());
            }
            match self.step(&mut drawing) {
                Ok(()) => {}
                Err(Error::Cancelled) => {
                    let left = drawing.iter_mut().filter(|t| t.end.is_none());
                    left.for_each(|tail| tail.finish(EndReason::Cancelled, self.on_event));
                    return Ok(());
                }
                Err(e) => return Err(e),
            }
        }
    }

    /// Reads what each candidate's sequence does not hold yet with guesses at what comes next, and draws a token of each
    /// and one more for every guess that was right.
    fn step(&mut self, drawing: &mut [&mut Tail<'_>]) -> Result<()> {
        if self.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let mut read = Vec::with_capacity(drawing.len());
        for tail in drawing.iter_mut() {
            read.push(self.unread(tail)?);
        }
        let unread: Vec<usize> = read.iter().map(Vec::len).collect();
        let guesses = self.guesses(drawing, unread.iter().sum());
        let mut runs = Vec::with_capacity(drawing.len());
        for ((tail, tokens), guess) in drawing.iter().zip(&mut read).zip(&guesses) {
            let last = tokens.len() - 1;
            tokens.extend_from_slice(guess);
            let logits = Want::At((last..tokens.len()).collect());
            runs.push(Run { sequence: tail.sequence, tokens, logits });
        }
        let (model, began) = (self.session.model, Instant::now());
        let logits = model.decoder().forward(&mut self.session.cache, &runs, self.cancel)?;
        let rows = runs.iter().map(|run| run.tokens.len()).sum();
        self.session.costs.took(rows, began.elapsed().as_secs_f64());
        let mut row = 0;
        for (tail, guess) in drawing.iter_mut().zip(&guesses) {
            self.verify(tail, guess, |i| logits.row(row + i))?;
            row += guess.len() + 1;
        }
        Ok(())
    }

    /// What may come next in each candidate, for as many rows as are worth it; `others` are read besides.
    fn guesses(&self, drawing: &mut [&mut Tail<'_>], others: usize) -> Vec<Vec<u32>> {
        let most = (draft::MOST + 1).saturating_sub(others) / drawing.len();
        let context = self.session.model.config().context;
        let answers = drawing.len();
        let guess = |tail: &mut &mut Tail<'_>| {
            // The last token that may come needs no guess after it.
            let room = (self.request.max_tokens - tail.drawn.len()).min(context - tail.context.len());
            let Some(drafter) = &mut tail.drafter else { return Vec::new() };
            let most = drafter.guess(most.min(room.saturating_sub(1))).len();
            let worth = drafter.worth(&self.session.costs, others, answers, most);
            drafter.guess(worth).to_vec()
        };
        drawing.iter_mut().map(guess).collect()
    }

    /// Draws after what was read, and on while the guesses are what is drawn. What was guessed wrong is given up.
    fn verify<'l>(
        &mut self,
        tail: &mut Tail<'_>,
        guess: &[u32],
        logits: impl Fn(usize) -> &'l [f32],
    ) -> Result<()> {
        let read = tail.context.len();
        let mut right = 0;
        loop {
            self.draw(tail, logits(right))?;
            let drawn =
                tail.context.get(read + right).copied().filter(|_| tail.context.len() == read + right + 1);
            if tail.end.is_some() || right == guess.len() || drawn != Some(guess[right]) {
                break;
            }
            right += 1;
        }
        self.figures.guessed_tokens += guess.len();
        self.figures.right_tokens += right;
        if right < guess.len() {
            self.session.cache.truncate(tail.sequence, read + right)?;
        }
        Ok(())
    }

    /// What a candidate's sequence does not hold of its context: one token, mostly. More after it went back or its
    /// context slid; then all but a chunk is read here.
    fn unread(&mut self, tail: &mut Tail<'_>) -> Result<Vec<u32>> {
        let Session { model, cache, .. } = &mut *self.session;
        if let (Full::Slide { keep }, true) = (self.request.full, tail.context.len() > model.config().context)
        {
            let keep = keep.min(tail.context.len() / 2);
            let dropped = (tail.context.len() - keep) / 2;
            tail.context.drain(keep..keep + dropped);
            cache.free(tail.sequence);
            tail.sequence = cache.fork(self.held)?;
            cache.truncate(tail.sequence, keep.min(cache.len(self.held)))?;
            let _ = (self.on_event)(Event::Slid { candidate: tail.index, dropped });
        }
        // The last token is read again when all is held, for its logits.
        let mut held = cache.len(tail.sequence).min(tail.context.len() - 1);
        held = cache.truncate(tail.sequence, held)?;
        while tail.context.len() - held > CHUNK {
            let tokens = &tail.context[held..held + CHUNK];
            let run = Run { sequence: tail.sequence, tokens, logits: Want::None };
            model.decoder().forward(cache, &[run], self.cancel)?;
            held += CHUNK;
        }
        Ok(tail.context[held..].to_vec())
    }

    /// Draws a candidate's next token, gives its text, and ends the candidate where it is time.
    fn draw(&mut self, tail: &mut Tail<'_>, logits: &[f32]) -> Result<()> {
        let model = self.session.model;
        let first = self.request.distinct && tail.drawn.is_empty();
        let others = self.opened.iter().filter(|&&(index, _)| first && index != tail.index);
        let barred: Vec<u32> = others.map(|&(_, token)| token).collect();
        let token = tail.draw(model.tokenizer(), logits, &barred, self.request, self.on_event)?;
        let Some(token) = token else { return Ok(()) };
        if first {
            self.opened.retain(|&(index, _)| index != tail.index);
            self.opened.push((tail.index, token));
        }
        self.figures.generated_tokens += 1;
        if tail.end.is_none() && tail.drawn.len() >= self.request.max_tokens {
            tail.finish(EndReason::Length, self.on_event);
        } else if tail.end.is_none()
            && self.request.full == Full::Stop
            && tail.context.len() >= model.config().context
        {
            tail.finish(EndReason::ContextFull, self.on_event);
        }
        Ok(())
    }
}
