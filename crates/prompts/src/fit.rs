//! Fits a draft into the tokens there are. The story has a guaranteed share; what the project tells has the rest. What is
//! cut, and what is chosen, changes by steps, so that of a text that is being written on almost the same beginning is
//! sent each time, and what a model has read of it need not be read again.

use crate::choice::Choice;
use crate::counted::step;
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::item::Context;
use crate::plan::Sent;
use crate::report::Report;
use crate::texts::Counts;

/// Of the room for text and project, what the text has in any case: 3 in 5, and 1 in 4 where the writer has switched
/// things on.
const STORY: (usize, usize) = (3, 5);
const STORY_LEAST: (usize, usize) = (1, 4);
/// Below this the passage would be useless.
const LEAST_ROOM: usize = 16;

/// What is sent, and what it is made of.
pub(crate) struct Fitted {
    pub tokens: Vec<u32>,
    pub sent: Sent,
    pub report: Report,
    /// What was kept of the text before the cursor, where its beginning was left out.
    pub begins: Option<String>,
}

/// Fits a draft.
///
/// # Errors
/// [`Error::TooLong`] when what must go in whole does not fit.
pub(crate) fn fit(draft: &Draft<'_>, context: &Context, reserved: usize) -> Result<Fitted> {
    let tokenizer = draft.target.tokenizer;
    let probe = draft.probe(context)?;
    let counts = Counts::new(draft, &probe);
    let limit = draft.target.context.saturating_sub(reserved);
    let nothing = Context::default();
    let bare = draft.tokens(counts.whole(), &Choice::new(tokenizer, &nothing), false)?.len();
    let Some(room) = limit.checked_sub(bare).filter(|&room| room >= LEAST_ROOM) else {
        return Err(Error::TooLong {
            what: if counts.whole().selection.is_empty() {
                "the prompt"
            } else {
                "the selection with its prompt"
            },
            tokens: bare,
            room: limit.saturating_sub(LEAST_ROOM),
            way_out: "select less, or choose a model that sees more",
        });
    };

    // What the text has in any case; by steps, so that the rest does not change with every word.
    let wanted = counts.wanted();
    let share = |(of, parts): (usize, usize)| wanted.next_multiple_of(step(room)).min(room * of / parts);
    let mut choice = Choice::new(tokenizer, context);
    choice.unused(|i| probe.item(i).is_some());
    // Names count in all of the text that could go in; below, when it is known, in what does.
    choice.name(&counts.stretch(&counts.cut(room), room));
    choice.choose(room - share(STORY), room - share(STORY_LEAST));
    let apart = probe.recent().is_some();
    let least = wanted.min(share(if choice.forces() { STORY_LEAST } else { STORY }));
    let story_room = loop {
        let room = limit.saturating_sub(draft.tokens(counts.whole(), &choice, apart)?.len());
        if room >= least || !choice.give_way() {
            break room;
        }
    };
    let mut cut = counts.cut(story_room);
    choice.name(&counts.stretch(&cut, room));

    let (sent, tokens) = loop {
        let sent = draft.sent(counts.kept(&cut), &choice, apart)?;
        let tokens = draft.encoded(&sent)?;
        let excess = tokens.len().saturating_sub(limit);
        if excess == 0 {
            break (sent, tokens);
        }
        // Joined, texts may take a token more than apart.
        match counts.less(&cut, excess) {
            Some(less) => cut = less,
            None if choice.give_way() => {}
            None => break (sent, tokens),
        }
    };
    let place = |i: usize, recent: bool| {
        let place = if recent && apart { probe.recent() } else { probe.item(i) };
        place.unwrap_or(usize::MAX)
    };
    let mut report = Report {
        used: tokens.len(),
        limit: draft.target.context,
        reserved,
        parts: counts.parts(draft, &probe, &cut),
        items: choice.reports(place),
    };
    report.arrange(|part| probe.part(part), &choice.places(place));
    report.settle();
    let kept = counts.kept(&cut).before;
    let begins = (kept.len() < draft.before.len() && !kept.is_empty()).then(|| kept.to_owned());
    Ok(Fitted { tokens, sent, report, begins })
}
