//! The texts of a place, counted: how much of each goes in, and which names count because they stand in what does.

use foolscap_engine::Tokenizer;

use crate::counted::{Counted, step};
use crate::draft::{Draft, Probe, Texts};
use crate::item::Mention;
use crate::plan::Form;
use crate::report::{Part, PartName};

/// What is cut of a text that is too long, in words.
const BEGINNING: &str = "so the beginning is left out";
const END: &str = "so the end is left out";

/// Of the room for the text, what follows the cursor gets this part (one in …), and more where the text before it is
/// short.
const AFTER_SHARE: usize = 4;

/// The texts of a place.
pub(crate) struct Counts<'a> {
    tokenizer: &'a Tokenizer,
    before: Counted<'a>,
    selection: Counted<'a>,
    after: Counted<'a>,
    /// Which of them the prompt has a place for.
    uses: Uses,
    /// Whether of the selection the end is enough.
    pub cuttable: bool,
    /// Where the selection begins in the text.
    selected_at: usize,
}

#[derive(Clone, Copy)]
struct Uses {
    before: bool,
    selection: bool,
    after: bool,
}

/// How much of them goes in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    room: Rooms,
    before_from: usize,
    selection_from: usize,
    after_to: usize,
}

/// Tokens for each.
#[derive(Debug, Clone, Copy)]
struct Rooms {
    before: usize,
    selection: usize,
    after: usize,
}

/// What goes in, in bytes of the whole text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    from: usize,
    /// Up to where the text stays as it is for a while.
    settled: usize,
    before_to: usize,
    selection_from: usize,
    to: usize,
}

impl<'a> Counts<'a> {
    pub fn new(draft: &Draft<'a>, probe: &Probe) -> Self {
        let (tokenizer, place) = (draft.target.tokenizer, draft.place);
        let uses = Uses {
            before: ["before", "story", "opening"].iter().any(|name| probe.has(name)),
            selection: probe.has("selection"),
            after: draft.form == Form::Fill || probe.has("after"),
        };
        Self {
            tokenizer,
            before: Counted::new(tokenizer, draft.before),
            selection: Counted::new(tokenizer, &place.selection),
            after: Counted::new(tokenizer, &place.after),
            uses,
            cuttable: place.cuttable,
            selected_at: place.before.len(),
        }
    }

    /// What goes in whole.
    pub fn whole(&self) -> Texts<'a> {
        let selection = if self.cuttable { "" } else { self.selection.text() };
        Texts { selection, ..Texts::default() }
    }

    /// What goes in when it is cut so.
    pub fn kept(&self, cut: &Cut) -> Texts<'a> {
        Texts {
            before: &self.before.text()[cut.before_from..],
            selection: &self.selection.text()[cut.selection_from..],
            after: &self.after.text()[..cut.after_to],
        }
    }

    /// Tokens that may be cut, those of all together.
    pub fn wanted(&self) -> usize {
        let all = self.wanted_each();
        all.before + all.selection + all.after
    }

    fn wanted_each(&self) -> Rooms {
        let of = |counted: &Counted<'_>, wanted: bool| if wanted { counted.len() } else { 0 };
        Rooms {
            before: of(&self.before, self.uses.before),
            selection: of(&self.selection, self.uses.selection && self.cuttable),
            after: of(&self.after, self.uses.after),
        }
    }

    /// How much goes in, in so many tokens.
    pub fn cut(&self, room: usize) -> Cut {
        let all = self.wanted_each();
        let selection = all.selection.min(room);
        let room = room - selection;
        let mut after = all.after.min((room / AFTER_SHARE).max(room.saturating_sub(all.before)));
        if after < all.after && after >= step(room) {
            after -= after % step(room);
        }
        let mut before = room - after;
        // Small differences (another length that is asked for, a name more) are none here.
        let quantum = (step(room) / 2).max(1);
        if before < all.before && before >= quantum {
            before -= before % quantum;
        }
        self.at(Rooms { before, selection, after })
    }

    /// The same with so many tokens less; none when there is nothing left to cut.
    pub fn less(&self, cut: &Cut, excess: usize) -> Option<Cut> {
        let mut room = Rooms {
            before: cut.room.before.min(self.before.len()),
            selection: cut.room.selection,
            after: cut.room.after.min(self.after.len()),
        };
        let mut excess = excess;
        for part in [&mut room.before, &mut room.selection, &mut room.after] {
            let taken = excess.min(*part);
            *part -= taken;
            excess -= taken;
        }
        let something = room.before + room.selection + room.after
            < cut.room.before.min(self.before.len())
                + cut.room.selection
                + cut.room.after.min(self.after.len());
        something.then(|| self.at(room))
    }

    fn at(&self, room: Rooms) -> Cut {
        let tokenizer = self.tokenizer;
        let end_from = |counted: &Counted<'_>, used: bool, room: usize| match used {
            true => counted.end_from(tokenizer, room),
            false => counted.text().len(),
        };
        Cut {
            room,
            before_from: end_from(&self.before, self.uses.before, room.before),
            selection_from: match self.cuttable {
                true => end_from(&self.selection, self.uses.selection, room.selection),
                false => 0,
            },
            after_to: match self.uses.after {
                true => self.after.keep_start(tokenizer, room.after).len(),
                false => 0,
            },
        }
    }

    /// What goes in when it is cut so. `room`: for all of the texts, if nothing is cut.
    pub fn stretch(&self, cut: &Cut, room: usize) -> Stretch {
        let before = if cut.before_from > 0 { cut.room.before } else { room };
        let after_at = self.selected_at + self.selection.text().len();
        Stretch {
            from: cut.before_from,
            settled: self.before.settled(self.tokenizer, before),
            before_to: self.before.text().len(),
            selection_from: self.selected_at + cut.selection_from,
            to: after_at + cut.after_to,
        }
    }

    /// The parts of a report; the prompt's own words have what the others leave.
    pub fn parts(&self, draft: &Draft<'_>, probe: &Probe, cut: &Cut) -> Vec<Part> {
        let kept = self.kept(cut);
        let count = |text: &str, all: usize| self.tokenizer.encode(text).len().min(all);
        let room = "the model sees no more at once";
        let fills = draft.form == Form::Fill;
        let reason = |left_out: usize, used: bool, cut: &str, unused: &str| match (left_out, used) {
            (0, _) => String::new(),
            (_, true) => format!("{room}, {cut}"),
            (_, false) => unused.to_owned(),
        };
        let part = |name, counted: &Counted<'_>, used: bool, kept: &str, cut: &str, unused: &str| {
            let tokens = if used { count(kept, counted.len()) } else { 0 };
            let left_out = counted.len() - tokens;
            Part { name, tokens, left_out, reason: reason(left_out, used, cut, unused), behind: 0 }
        };
        let asked = draft.asked();
        let heeded = probe.has("asked");
        let asked = Counted::new(self.tokenizer, &asked);
        let selection = match fills {
            true => "the model fills the gap from the words around it",
            false => "this prompt does not use what is selected",
        };
        let follows = match draft.target.template {
            None => "this model carries text on and follows no instructions",
            Some(_) => "this prompt has no place for it",
        };
        let [before, after] =
            ["before", "after"].map(|name| format!("this prompt does not use the text {name} the place"));
        let mut parts = vec![
            Part { name: PartName::Prompt, tokens: 0, left_out: 0, reason: String::new(), behind: 0 },
            part(PartName::Before, &self.before, self.uses.before, kept.before, BEGINNING, &before),
            part(
                PartName::Selection,
                &self.selection,
                self.uses.selection,
                kept.selection,
                BEGINNING,
                selection,
            ),
            part(PartName::After, &self.after, self.uses.after, kept.after, END, &after),
            part(PartName::Instruction, &asked, heeded, asked.text(), "", follows),
        ];
        parts.retain(|part| part.name == PartName::Prompt || part.tokens + part.left_out > 0);
        parts
    }
}

impl Stretch {
    /// Whether a name stands in what goes in.
    pub fn has(&self, mention: &Mention) -> bool {
        mention.at.as_ref().is_none_or(|at| {
            let meets = |from: usize, to: usize| at.start < to && from < at.end;
            meets(self.from, self.before_to) || meets(self.selection_from, self.to)
        })
    }

    /// Whether it stands where the text stays as it is for a while.
    pub fn is_settled(&self, mention: &Mention) -> bool {
        mention.at.as_ref().is_some_and(|at| self.from < at.end && at.end <= self.settled)
    }
}
