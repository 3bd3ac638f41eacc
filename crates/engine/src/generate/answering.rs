//! A request on its way: its prompt, as far as it is read, and its candidates.

use std::time::Instant;

use super::tail::Tail;
use super::{CHUNK, EndReason, Event, Figures, Full, Listener, Request, Session};
use crate::decoder::{Cancel, Run, Want};
use crate::draft::Drafter;
use crate::error::{Error, Result};
use crate::grammar::Guide;
use crate::kv::{Cache, SequenceId};
use crate::model::Model;

/// One request under way, from [`Session::begin`] to [`Session::end`].
pub struct Answering {
    request: Request,
    cancel: Cancel,
    stage: Stage,
    /// Holds the prompt, as far as it is read; none before it begins to be.
    held: Option<SequenceId>,
    /// At the beginning of an answer.
    guide: Option<Guide>,
    tails: Vec<Tail>,
    /// The first token of each candidate that has one, where they are to be distinct.
    opened: Vec<(usize, u32)>,
    figures: Figures,
    started: Instant,
}

enum Stage {
    /// Nothing was told yet.
    Begun,
    /// So many tokens of the prompt are held.
    Reading(usize),
    Drawing {
        since: Instant,
    },
    Over(Result<()>),
}

/// What a pass reads of one candidate: what its sequence does not hold, then guesses at what comes next.
pub(super) struct Row {
    tail: usize,
    sequence: SequenceId,
    pub tokens: Vec<u32>,
    /// How many of the tokens are guesses.
    pub guesses: usize,
}

impl Row {
    /// With logits after what is certain and after each guess.
    pub fn run(&self) -> Run<'_> {
        let certain = self.tokens.len() - self.guesses;
        let logits = Want::At((certain - 1..self.tokens.len()).collect());
        Run { sequence: self.sequence, tokens: &self.tokens, logits }
    }
}

impl Answering {
    /// Whether all its candidates have ended.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over(_))
    }

    /// What was asked.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What stops it.
    pub fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    pub(super) fn new(request: Request, cancel: Cancel, guide: Option<Guide>) -> Self {
        let figures = Figures {
            prompt_tokens: request.prompt.len(),
            candidates: request.candidates.len(),
            ..Figures::default()
        };
        Self {
            request,
            cancel,
            stage: Stage::Begun,
            held: None,
            guide,
            tails: Vec::new(),
            opened: Vec::new(),
            figures,
            started: Instant::now(),
        }
    }

    /// Whether its prompt is not read yet.
    pub(super) fn reads(&self) -> bool {
        matches!(self.stage, Stage::Begun | Stage::Reading(_))
    }

    /// Whether its candidates are on their way.
    pub(super) fn draws(&self) -> bool {
        matches!(self.stage, Stage::Drawing { .. })
    }

    /// Counts others as carried on beside it.
    pub(super) fn has_company(&mut self) {
        self.figures.beside = true;
    }

    /// Its sequences, the prompt's last: an answer that is taken is a part of the next prompt.
    pub(super) fn sequences(&self) -> impl Iterator<Item = SequenceId> {
        self.tails.iter().map(|tail| tail.sequence).chain(self.held)
    }

    /// Its sequences, the prompt's last; and what it cost, or why it failed.
    pub(super) fn into_parts(self) -> (Vec<SequenceId>, Result<Figures>) {
        let sequences = self.sequences().collect();
        let result = match self.stage {
            Stage::Over(Err(error)) => Err(error),
            _ => Ok(self.figures),
        };
        (sequences, result)
    }

    /// Reads a chunk of what of the prompt is not held. After the last the first token of each candidate is drawn. `lent`:
    /// sequences of others, which may begin as the prompt does.
    pub(super) fn read(
        &mut self,
        session: &mut Session<'_>,
        chunk: usize,
        lent: &[SequenceId],
        listener: &mut dyn Listener,
    ) {
        let read = self.try_read(session, chunk, lent, listener);
        self.heed(read, listener);
    }

    fn try_read(
        &mut self,
        session: &mut Session<'_>,
        chunk: usize,
        lent: &[SequenceId],
        listener: &mut dyn Listener,
    ) -> Result<()> {
        let prompt = self.request.prompt.len();
        let (sequence, done) = match (self.held, &self.stage) {
            (Some(held), Stage::Reading(done)) => (held, *done),
            _ => {
                let sequence = session.shelf.take(&mut session.cache, &self.request.prompt, lent)?;
                self.held = Some(sequence);
                // The last token is read again for its logits.
                let held = session.cache.len(sequence).min(prompt - 1);
                self.figures.reused_tokens = session.cache.truncate(sequence, held)?;
                (sequence, self.figures.reused_tokens)
            }
        };
        if listener.hear(Event::Reading { done, total: prompt }).is_break() || self.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let end = (done + chunk).min(prompt);
        let logits = if end == prompt { Want::Last } else { Want::None };
        let run = Run { sequence, tokens: &self.request.prompt[done..end], logits };
        let logits = session.model.decoder().forward(&mut session.cache, &[run], &self.cancel)?;
        if end == prompt {
            return self.open(session, sequence, logits.row(0), listener);
        }
        self.stage = Stage::Reading(end);
        Ok(())
    }

    /// What went wrong with this request alone is its end; being cancelled is nothing wrong.
    fn heed(&mut self, result: Result<()>, listener: &mut dyn Listener) {
        match result {
            Ok(()) => {}
            Err(Error::Cancelled) => self.stop(listener),
            Err(error) => self.stage = Stage::Over(Err(error)),
        }
    }

    /// Begins every candidate from the logits after the prompt.
    fn open(
        &mut self,
        session: &mut Session<'_>,
        held: SequenceId,
        logits: &[f32],
        listener: &mut dyn Listener,
    ) -> Result<()> {
        self.figures.prefill = self.started.elapsed();
        self.stage = Stage::Drawing { since: Instant::now() };
        let model = session.model;
        for (index, settings) in self.request.candidates.iter().enumerate() {
            let sequence = session.cache.fork(held)?;
            let (guide, drafter) = (self.guide.clone(), self.drafter(model));
            self.tails.push(Tail::new(
                index,
                sequence,
                settings,
                &self.request,
                guide,
                drafter,
                model.tokenizer(),
            ));
        }
        for index in 0..self.tails.len() {
            match self.request.max_tokens {
                0 => self.tails[index].finish(EndReason::Length, listener),
                _ => self.draw(index, model, logits, listener)?,
            }
        }
        self.figures.first_token = self.started.elapsed();
        self.settle();
        Ok(())
    }

    fn drafter(&self, model: &Model) -> Option<Drafter> {
        use super::Draft;
        match &self.request.draft {
            _ if model.config().is_recurrent() => None,
            Draft::None => None,
            Draft::Lookup => Some(Drafter::looking_up(self.request.prompt.clone())),
            Draft::Text(text) => Some(Drafter::following(text.clone())),
        }
    }

    /// What the sequences of its candidates do not hold of their contexts; nothing when it is over.
    pub(super) fn rows(&mut self, session: &mut Session<'_>, listener: &mut dyn Listener) -> Vec<Row> {
        let mut rows = Vec::new();
        for tail in 0..self.tails.len() {
            if self.tails[tail].end.is_some() {
                continue;
            }
            match self.unread(tail, session, listener) {
                Ok(tokens) => {
                    rows.push(Row { tail, sequence: self.tails[tail].sequence, tokens, guesses: 0 });
                }
                Err(error) => {
                    self.heed(Err(error), listener);
                    return Vec::new();
                }
            }
        }
        rows
    }

    /// What a candidate's sequence does not hold of its context: one token, mostly. More after it went back or its
    /// context slid; then all but a chunk is read here.
    fn unread(
        &mut self,
        tail: usize,
        session: &mut Session<'_>,
        listener: &mut dyn Listener,
    ) -> Result<Vec<u32>> {
        let Session { model, cache, .. } = session;
        let tail = &mut self.tails[tail];
        if let (Full::Slide { keep }, true) = (self.request.full, tail.context.len() > model.config().context)
        {
            let keep = keep.min(tail.context.len() / 2);
            let dropped = (tail.context.len() - keep) / 2;
            tail.context.drain(keep..keep + dropped);
            let held = self.held.ok_or_else(|| Error::Invalid("a candidate has no prompt".into()))?;
            cache.free(tail.sequence);
            tail.sequence = cache.fork(held)?;
            cache.truncate(tail.sequence, keep.min(cache.len(held)))?;
            let _ = listener.hear(Event::Slid { candidate: tail.index, dropped });
        }
        // The last token is read again when all is held, for its logits.
        let mut held = cache.len(tail.sequence).min(tail.context.len() - 1);
        held = cache.truncate(tail.sequence, held)?;
        while tail.context.len() - held > CHUNK {
            let tokens = &tail.context[held..held + CHUNK];
            let run = Run { sequence: tail.sequence, tokens, logits: Want::None };
            model.decoder().forward(cache, &[run], &self.cancel)?;
            held += CHUNK;
        }
        Ok(tail.context[held..].to_vec())
    }

    /// Puts what may come next into a row: at most `most` tokens, and of these as many as are `worth` it.
    pub(super) fn guess(
        &mut self,
        row: &mut Row,
        context: usize,
        most: usize,
        worth: impl FnOnce(&mut Drafter, usize) -> usize,
    ) {
        let tail = &mut self.tails[row.tail];
        // The last token that may come needs no guess after it.
        let room =
            (self.request.max_tokens - tail.drawn.len()).min(context.saturating_sub(tail.context.len()));
        let Some(drafter) = &mut tail.drafter else { return };
        let most = drafter.guess(most.min(room.saturating_sub(1))).len();
        let worth = worth(drafter, most);
        let guess = drafter.guess(worth);
        row.tokens.extend_from_slice(guess);
        row.guesses = guess.len();
    }

    /// Draws after what was read, and on while the guesses are what is drawn. What was guessed wrong is given up. `logits`:
    /// after what was certain, then after each guess.
    pub(super) fn verify<'l>(
        &mut self,
        row: &Row,
        model: &Model,
        cache: &mut Cache,
        logits: impl Fn(usize) -> &'l [f32],
        listener: &mut dyn Listener,
    ) {
        if self.draws() {
            let verified = self.try_verify(row, model, cache, logits, listener);
            self.heed(verified, listener);
            self.settle();
        }
    }

    fn try_verify<'l>(
        &mut self,
        row: &Row,
        model: &Model,
        cache: &mut Cache,
        logits: impl Fn(usize) -> &'l [f32],
        listener: &mut dyn Listener,
    ) -> Result<()> {
        let guess = &row.tokens[row.tokens.len() - row.guesses..];
        let read = self.tails[row.tail].context.len();
        let mut right = 0;
        loop {
            self.draw(row.tail, model, logits(right), listener)?;
            let tail = &self.tails[row.tail];
            let grown = tail.context.len() == read + right + 1;
            let drawn = tail.context.last().copied().filter(|_| grown);
            if tail.end.is_some() || right == guess.len() || drawn != Some(guess[right]) {
                break;
            }
            right += 1;
        }
        self.figures.guessed_tokens += guess.len();
        self.figures.right_tokens += right;
        if right < guess.len() {
            cache.truncate(row.sequence, read + right)?;
        }
        Ok(())
    }

    /// Draws a candidate's next token, gives its text, and ends the candidate where it is time.
    fn draw(
        &mut self,
        tail: usize,
        model: &Model,
        logits: &[f32],
        listener: &mut dyn Listener,
    ) -> Result<()> {
        let Self { tails, request, opened, .. } = self;
        let tail = &mut tails[tail];
        let first = request.distinct && tail.drawn.is_empty();
        let others = opened.iter().filter(|&&(index, _)| first && index != tail.index);
        let barred: Vec<u32> = others.map(|&(_, token)| token).collect();
        let Some(token) = tail.draw(model.tokenizer(), logits, &barred, request, listener)? else {
            return Ok(());
        };
        if first {
            opened.retain(|&(index, _)| index != tail.index);
            opened.push((tail.index, token));
        }
        self.figures.generated_tokens += 1;
        if tail.end.is_none() && tail.drawn.len() >= request.max_tokens {
            tail.finish(EndReason::Length, listener);
        } else if tail.end.is_none()
            && request.full == Full::Stop
            && tail.context.len() >= model.config().context
        {
            tail.finish(EndReason::ContextFull, listener);
        }
        Ok(())
    }

    /// Ends it where it is: what came is given.
    pub(super) fn stop(&mut self, listener: &mut dyn Listener) {
        if self.tails.is_empty() {
            for candidate in 0..self.request.candidates.len() {
                let _ = listener.hear(Event::End { candidate, reason: EndReason::Cancelled });
            }
            self.stage = Stage::Over(Ok(()));
            return;
        }
        for tail in self.tails.iter_mut().filter(|tail| tail.end.is_none()) {
            tail.finish(EndReason::Cancelled, listener);
        }
        self.settle();
    }

    /// It is over when all its candidates are.
    fn settle(&mut self) {
        if let Stage::Drawing { since } = self.stage
            && self.tails.iter().all(|tail| tail.end.is_some())
        {
            self.figures.decode = since.elapsed();
            self.stage = Stage::Over(Ok(()));
        }
    }
}
