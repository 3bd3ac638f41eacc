//! The loop: read the prompt, draw tokens, give text. Synchronous, on the caller's thread; it reports to a listener that
//! can end it, and stops within one token when it is cancelled from another. Several requests are carried on side by side:
//! each step draws the next token of all their candidates in one pass, and one that comes later joins between two steps
//! (Yu and others 2022, Orca: iteration-level scheduling).

mod answering;
mod bans;
mod request;
mod shelf;
mod tail;

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

pub use answering::Answering;
use answering::Row;

use crate::decoder::{Cancel, Run};
use crate::draft::{self, Costs, Drafter};
use crate::error::{Error, Result};
use crate::kv::{Cache, SequenceId};
use crate::model::Model;
pub use request::{Alternative, Draft, EndReason, Event, Figures, Full, Request};
use shelf::Shelf;

/// Tokens of a prompt that are read in one call: enough to fill the processor, few enough for memory and for
/// telling how far it is.
pub const CHUNK: usize = 256;

/// The same while others draw, who wait as long for their next token.
const CHUNK_BESIDE: usize = 64;

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

    /// Bytes that a request may need at most, about, if nothing of it is held yet.
    pub fn need_of(&self, request: &Request) -> u64 {
        let keys = self.model.decoder().keys();
        let tokens = request.prompt.len() + request.candidates.len() * request.max_tokens;
        let states = (1 + request.candidates.len()) * self.cache.state_bytes();
        self.model.config().kv_bytes(tokens, keys).saturating_add(states as u64)
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
    /// As [`Session::begin`] and [`Session::advance`]; [`Error::Grammar`].
    pub fn generate(
        &mut self,
        request: Request,
        cancel: &Cancel,
        mut on_event: impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<Figures> {
        let mut answering = self.begin(request, cancel.clone())?;
        while !answering.is_over() {
            if let Err(error) = self.advance([(&mut answering, &mut on_event as &mut dyn Listener)]) {
                let _ = self.end(answering);
                return Err(error);
            }
        }
        self.end(answering)
    }

    /// Takes a request up, for [`Session::advance`] to carry on and [`Session::end`] to close.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a prompt or candidates or for a token that there is none, [`Error::ContextFull`] for a
    /// prompt that leaves no room, [`Error::Grammar`].
    pub fn begin(&mut self, request: Request, cancel: Cancel) -> Result<Answering> {
        let context = self.model.config().context;
        if request.prompt.is_empty() || request.candidates.is_empty() {
            return Err(Error::Invalid("there is nothing to generate from".into()));
        }
        if request.prompt.len() >= context {
            return Err(Error::ContextFull { tokens: request.prompt.len() + 1, context });
        }
        let vocab = self.model.config().vocab;
        if let Some(token) = request.prompt.iter().find(|&&token| token as usize >= vocab) {
            return Err(Error::Invalid(format!("there is no token {token}: the vocabulary has {vocab}")));
        }
        let guide = request.grammar.as_ref().map(|grammar| self.model.guide(grammar)).transpose()?;
        Ok(Answering::new(request, cancel, guide))
    }

    /// Carries requests on, each with who hears of it: reads a chunk of the first prompt that is not read yet, and draws the
    /// next token of every candidate that is on its way, all in one pass. What a candidate says does not depend on who is
    /// carried on beside it. A request that was cancelled, or that something of its own is wrong with, is over and the
    /// others go on.
    ///
    /// # Errors
    /// What [`crate::Decoder::forward`] says of a pass for all of them; then none can be carried on.
    pub fn advance<'a>(
        &mut self,
        under_way: impl IntoIterator<Item = (&'a mut Answering, &'a mut dyn Listener)>,
    ) -> Result<()> {
        let mut all: Vec<_> = under_way.into_iter().collect();
        // What one that is over has read is of use to the next all the same.
        let lent: Vec<SequenceId> = match all.iter().any(|(answering, _)| answering.reads()) {
            true => all.iter().flat_map(|(answering, _)| answering.sequences()).collect(),
            false => Vec::new(),
        };
        for (answering, listener) in &mut all {
            if answering.cancel().is_cancelled() && !answering.is_over() {
                answering.stop(*listener);
            }
        }
        all.retain(|(answering, _)| !answering.is_over());
        if all.len() > 1 {
            all.iter_mut().for_each(|(answering, _)| answering.has_company());
        }
        let others_draw = all.iter().any(|(answering, _)| answering.draws());
        if let Some((reading, listener)) = all.iter_mut().find(|(answering, _)| answering.reads()) {
            reading.read(self, if others_draw { CHUNK_BESIDE } else { CHUNK }, &lent, *listener);
        }
        all.retain(|(answering, _)| answering.draws());
        self.draw(&mut all)
    }

    /// Closes a request, over or not: what was read for it is kept for the next. Gives what it cost.
    ///
    /// # Errors
    /// [`Error::Grammar`] where its answer could not have its form, and what went wrong with its prompt.
    pub fn end(&mut self, answering: Answering) -> Result<Figures> {
        let (sequences, result) = answering.into_parts();
        for sequence in sequences {
            self.shelf.put(&mut self.cache, sequence);
        }
        result
    }

    /// Reads what each candidate's sequence does not hold yet with guesses at what comes next, and draws a token of each
    /// and one more for every guess that was right.
    fn draw(&mut self, drawing: &mut [(&mut Answering, &mut dyn Listener)]) -> Result<()> {
        let mut rows: Vec<(usize, Row)> = Vec::new();
        for (of, (answering, listener)) in drawing.iter_mut().enumerate() {
            rows.extend(answering.rows(self, *listener).into_iter().map(|row| (of, row)));
        }
        let Some(&(first, _)) = rows.first() else { return Ok(()) };
        let (answers, others) = (rows.len(), rows.iter().map(|(_, row)| row.tokens.len()).sum());
        let most = (draft::MOST + 1).saturating_sub(others) / answers;
        let (context, costs) = (self.model.config().context, &self.costs);
        for (of, row) in &mut rows {
            let worth = |drafter: &mut Drafter, most| drafter.worth(costs, others, answers, most);
            drawing[*of].0.guess(row, context, most, worth);
        }
        let runs: Vec<Run<'_>> = rows.iter().map(|(_, row)| row.run()).collect();
        // A pass for several is not broken off for one of them, who is stopped before the next.
        let alone = rows.iter().all(|&(of, _)| of == first);
        let cancel = if alone { drawing[first].0.cancel().clone() } else { Cancel::new() };
        let began = Instant::now();
        let logits = match self.model.decoder().forward(&mut self.cache, &runs, &cancel) {
            Err(Error::Cancelled) => {
                let (answering, listener) = &mut drawing[first];
                answering.stop(*listener);
                return Ok(());
            }
            logits => logits?,
        };
        self.costs.took(runs.iter().map(|run| run.tokens.len()).sum(), began.elapsed().as_secs_f64());
        let mut at = 0;
        for (of, row) in &rows {
            let (answering, listener) = &mut drawing[*of];
            answering.verify(row, self.model, &mut self.cache, |i| logits.row(at + i), *listener);
            at += row.guesses + 1;
        }
        Ok(())
    }
}

/// Hears what happens on the way of a request.
pub trait Listener {
    /// Hears the next. Breaking on a `Text` ends its candidate, on `Reading` everything.
    fn hear(&mut self, event: Event<'_>) -> ControlFlow<()>;
}

impl<F: FnMut(Event<'_>) -> ControlFlow<()>> Listener for F {
    fn hear(&mut self, event: Event<'_>) -> ControlFlow<()> {
        self(event)
    }
}
