//! A candidate on its way: what its sequence is to hold, what was drawn, and what of it was given.

use std::collections::VecDeque;

use super::bans::{Bans, Verdict};
use super::{Alternative, EndReason, Event, Listener, Request};
use crate::draft::Drafter;
use crate::error::Result;
use crate::grammar::Guide;
use crate::kv::SequenceId;
use crate::sampler::{Sampler, Settings};
use crate::stop::StopStrings;
use crate::think::{self, Thoughts};
use crate::tokenizer::{Detokenizer, Tokenizer};

pub(super) struct Tail {
    pub index: usize,
    pub sequence: SequenceId,
    /// Prompt and answer, as far as they are to be seen: what the sequence does not hold of it is read next.
    pub context: Vec<u32>,
    /// Tokens of the answer.
    pub drawn: Vec<u32>,
    pub end: Option<EndReason>,
    /// What guesses at what comes next; as it was before the answer, for when it goes back.
    pub drafter: Option<Drafter>,
    drafter_before: Option<Drafter>,
    sampler: Sampler,
    detokenizer: Detokenizer,
    /// As it is before the answer, and as it is now; none where thoughts are not hidden.
    thoughts: Option<(Thoughts, Thoughts)>,
    stop: StopStrings,
    bans: Option<Bans>,
    /// What watches over the form, and at which token of the answer it began to: a thought before has none.
    guide: Option<Guide>,
    guided_from: usize,
    /// Tokens that are told when their text is certain, and how many were.
    untold: VecDeque<(u32, Vec<Alternative>)>,
    told: usize,
}

impl Tail {
    pub fn new(
        index: usize,
        sequence: SequenceId,
        settings: &Settings,
        request: &Request,
        guide: Option<Guide>,
        drafter: Option<Drafter>,
        tokenizer: &Tokenizer,
    ) -> Self {
        let mut sampler = Sampler::new(settings, tokenizer);
        let recent = request.prompt.len().saturating_sub(settings.window());
        request.prompt[recent..].iter().for_each(|&t| sampler.accept(t));
        let thoughts = || Thoughts::after(&raw_end(&request.prompt, tokenizer));
        Self {
            thoughts: request.hide_thoughts.then(|| (thoughts(), thoughts())),
            index,
            sequence,
            context: request.prompt.to_vec(),
            drawn: Vec::new(),
            end: None,
            drafter_before: drafter.clone().filter(|_| !request.banned.is_empty()),
            drafter,
            sampler,
            detokenizer: Detokenizer::new(),
            stop: StopStrings::new(request.stop.clone()),
            bans: Bans::new(&request.banned),
            guide,
            guided_from: usize::MAX,
            untold: VecDeque::new(),
            told: 0,
        }
    }

    /// Draws the next token, none of `barred` if there is another, and gives what text is certain. None when nothing
    /// may come any more.
    ///
    /// # Errors
    /// As [`Guide::narrow`].
    pub fn draw(
        &mut self,
        tokenizer: &Tokenizer,
        logits: &[f32],
        barred: &[u32],
        request: &Request,
        listener: &mut dyn Listener,
    ) -> Result<Option<u32>> {
        let banned = self.bans.as_ref().map_or(&[][..], |b| b.barred(self.drawn.len()));
        let barred = [barred, banned].concat();
        let thinks = self.thoughts.as_ref().is_some_and(|(_, now)| now.is_inside());
        let mut whole = false;
        let token = match self.guide.as_mut().filter(|_| !thinks) {
            None => self.sampler.sample(logits, &barred),
            Some(guide) => {
                let Some(narrowed) = guide.narrow(logits)? else {
                    self.finish(EndReason::EndOfText, listener);
                    return Ok(None);
                };
                let token = self.sampler.sample(&narrowed, &barred);
                whole = guide.take(token)?;
                self.guided_from = self.guided_from.min(self.drawn.len());
                token
            }
        };
        self.context.push(token);
        self.drawn.push(token);
        if let Some(drafter) = &mut self.drafter {
            drafter.push(token);
        }
        if request.alternatives > 0 {
            self.untold.push_back((token, likeliest(logits, token, request.alternatives)));
        }
        if tokenizer.vocabulary().ends(token) {
            self.finish(EndReason::EndOfText, listener);
            return Ok(Some(token));
        }
        let text = self.text_of(token, tokenizer);
        match self.bans.as_mut().map(|b| b.push(&text, &self.drawn)) {
            None => self.give(&text, listener),
            Some(Verdict::Give(text)) => self.give(&text, listener),
            Some(Verdict::Allow(phrase, text)) => {
                let _ = listener.hear(Event::Allowed { candidate: self.index, phrase: &phrase });
                self.give(&text, listener);
            }
            Some(Verdict::Back(n)) => {
                self.go_back(n, tokenizer)?;
                whole = false;
            }
        }
        if whole && self.end.is_none() {
            self.finish(EndReason::EndOfText, listener);
        }
        Ok(Some(token))
    }

    /// The text that is whole with this token, without thoughts.
    fn text_of(&mut self, token: u32, tokenizer: &Tokenizer) -> String {
        let text = self.detokenizer.push(tokenizer, token);
        let Some((_, thoughts)) = &mut self.thoughts else { return text };
        // The marks are control tokens in some vocabularies, and no text.
        let raw = tokenizer.vocabulary().text(token);
        let mark = think::MARKS.iter().any(|&(open, close)| raw == open || raw == close);
        thoughts.push(if mark && text.is_empty() { &raw } else { &text })
    }

    /// Gives text that is not held back for a stop string.
    fn give(&mut self, text: &str, listener: &mut dyn Listener) {
        if text.is_empty() && (self.bans.is_some() || self.thoughts.is_some()) {
            return;
        }
        self.tell(self.bans.as_ref().map_or(usize::MAX, Bans::certain), listener);
        let (text, stopped) = self.stop.push(text);
        let broken =
            !text.is_empty() && listener.hear(Event::Text { candidate: self.index, text: &text }).is_break();
        if stopped || broken {
            self.end = Some(EndReason::Stop);
            let _ = listener.hear(Event::End { candidate: self.index, reason: EndReason::Stop });
        }
    }

    /// Tells the first `n` tokens of the answer, as far as they were not told.
    fn tell(&mut self, n: usize, listener: &mut dyn Listener) {
        while self.told < n {
            let Some((token, alternatives)) = self.untold.pop_front() else { return };
            self.told += 1;
            let _ = listener.hear(Event::Token { candidate: self.index, token, alternatives: &alternatives });
        }
    }

    /// Forgets the answer from its `n`-th token on.
    fn go_back(&mut self, n: usize, tokenizer: &Tokenizer) -> Result<()> {
        let dropped = self.drawn.len() - n;
        if let Some(guide) = &mut self.guide {
            guide.take_back(self.drawn.len().saturating_sub(n.max(self.guided_from)))?;
        }
        self.context.truncate(self.context.len() - dropped);
        self.drawn.truncate(n);
        self.drafter = self.drafter_before.clone();
        if let Some(drafter) = &mut self.drafter {
            self.drawn.iter().for_each(|&token| drafter.push(token));
        }
        self.sampler.take_back(dropped);
        self.untold.truncate(n.saturating_sub(self.told));
        self.detokenizer = Detokenizer::new();
        if let Some((before, now)) = &mut self.thoughts {
            now.clone_from(before);
        }
        for token in self.drawn.clone() {
            self.text_of(token, tokenizer);
        }
        Ok(())
    }

    /// Gives what is held back, then the end.
    pub fn finish(&mut self, reason: EndReason, listener: &mut dyn Listener) {
        let mut rest = self.bans.as_mut().map(Bans::finish).unwrap_or_default();
        if let Some((_, thoughts)) = &mut self.thoughts {
            rest.push_str(&thoughts.finish());
        }
        if !rest.is_empty() {
            self.give(&rest, listener);
        }
        self.tell(usize::MAX, listener);
        if self.end.is_some() {
            return;
        }
        // Half a character, where the end cut one in two, is dropped.
        let text = self.stop.finish();
        if !text.is_empty() {
            let _ = listener.hear(Event::Text { candidate: self.index, text: &text });
        }
        self.end = Some(reason);
        let _ = listener.hear(Event::End { candidate: self.index, reason });
    }
}

/// The end of a prompt as it was written, control tokens and all.
fn raw_end(prompt: &[u32], tokenizer: &Tokenizer) -> String {
    let last = &prompt[prompt.len().saturating_sub(8)..];
    let raw = |&id: &u32| match tokenizer.bytes(id) {
        bytes if bytes.is_empty() => tokenizer.vocabulary().text(id).into_owned(),
        bytes => String::from_utf8_lossy(&bytes).into_owned(),
    };
    last.iter().map(raw).collect()
}

/// The `n` likeliest tokens, and the drawn one when it is none of them, with their probabilities.
fn likeliest(logits: &[f32], drawn: u32, n: usize) -> Vec<Alternative> {
    let most = logits.iter().copied().filter(|l| !l.is_nan()).fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = logits.iter().filter(|l| !l.is_nan()).map(|l| (l - most).exp()).sum();
    let mut order: Vec<u32> = (0..logits.len() as u32).filter(|&i| !logits[i as usize].is_nan()).collect();
    let by_logit = |a: &u32, b: &u32| logits[*b as usize].total_cmp(&logits[*a as usize]);
    if n < order.len() {
        order.select_nth_unstable_by(n, by_logit);
        order.truncate(n);
    }
    order.sort_by(by_logit);
    if !order.contains(&drawn) {
        order.push(drawn);
    }
    let of = |&token: &u32| {
        let probability = (logits[token as usize] - most).exp() / sum;
        Alternative { token, probability }
    };
    order.iter().map(of).collect()
}
