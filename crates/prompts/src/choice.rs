//! Which of the things that a project could tell go in, and in which form, when there is not room for all of them. What
//! matters most is given its short form first, then long forms as far as there is room; only then are things cut. The same
//! items in the same room are always chosen alike, so that the beginning of a prompt stays as it is.

use std::cmp::Reverse;

use foolscap_engine::Tokenizer;

use crate::counted::Counted;
use crate::item::{Context, Item, ItemReport, Kind, LeftOut, SentAs, Told};
use crate::texts::Stretch;

/// Tokens that a line takes besides its words.
const LINE: usize = 3;
/// A part of fewer tokens says nothing.
const LEAST_CUT: usize = 24;

/// All items of a request, as they stand.
pub(crate) struct Choice<'a> {
    tokenizer: &'a Tokenizer,
    items: Vec<Chosen<'a>>,
}

/// An item and what becomes of it.
struct Chosen<'a> {
    /// Its number among the items of the request.
    index: usize,
    item: &'a Item,
    /// Tokens of its long form, and of its short one if that is shorter.
    long: usize,
    short: Option<usize>,
    switched: Option<bool>,
    named: Option<String>,
    /// Named only where the text is still in motion.
    recent: bool,
    why: Option<LeftOut>,
    sent: Option<Sent>,
}

/// How an item goes in.
struct Sent {
    form: SentAs,
    text: String,
    tokens: usize,
}

impl<'a> Choice<'a> {
    pub fn new(tokenizer: &'a Tokenizer, context: &'a Context) -> Self {
        let holds = |ids: &[String], item: &Item| ids.contains(&item.id);
        let tokens = |item: &Item, text: &str| tokenizer.encode(&format!("{}{text}", head(item))).len();
        let chosen = |(index, item): (usize, &'a Item)| {
            let long = tokens(item, &item.long);
            let short = Some(&item.short).filter(|s| !s.trim().is_empty()).map(|s| tokens(item, s));
            let switched = match (holds(&context.off, item), holds(&context.on, item)) {
                (true, _) => Some(false),
                (_, true) => Some(true),
                _ => None,
            };
            let why = match (switched, &item.told) {
                (Some(false), _) => Some(LeftOut::SwitchedOff),
                (None, Told::Not(why)) => Some(*why),
                _ => None,
            };
            let short = short.filter(|&short| short < long || item.long.trim().is_empty());
            Chosen { index, item, long, short, switched, named: None, recent: false, why, sent: None }
        };
        let told = |(_, item): &(usize, &Item)| !item.long.trim().is_empty() || !item.short.trim().is_empty();
        Self { tokenizer, items: context.items.iter().enumerate().filter(told).map(chosen).collect() }
    }

    /// Leaves out what the prompt has no place for.
    pub fn unused(&mut self, has_place: impl Fn(usize) -> bool) {
        for chosen in &mut self.items {
            if chosen.why.is_none() && !has_place(chosen.index) {
                chosen.why = Some(LeftOut::NotUsed);
            }
        }
    }

    /// Finds the names that count; what was sent and is not named goes out.
    pub fn name(&mut self, stretch: &Stretch) {
        for chosen in &mut self.items {
            let Told::Named(mentions) = &chosen.item.told else { continue };
            if !matches!(chosen.why, None | Some(LeftOut::NotNamed | LeftOut::NoRoom)) {
                continue;
            }
            let within = || mentions.iter().filter(|mention| stretch.has(mention));
            chosen.named = within().next_back().map(|mention| mention.name.clone());
            chosen.recent = !within().any(|mention| stretch.is_settled(mention));
            if chosen.named.is_none() && chosen.switched != Some(true) {
                (chosen.why, chosen.sent) = (Some(LeftOut::NotNamed), None);
            } else if chosen.why == Some(LeftOut::NotNamed) {
                chosen.why = None;
            }
        }
    }

    /// Chooses within so many tokens; what is switched on may take up to `forced`.
    pub fn choose(&mut self, room: usize, forced: usize) {
        let mut order: Vec<usize> = (0..self.items.len()).filter(|&i| self.items[i].why.is_none()).collect();
        order.sort_by_key(|&i| self.rank(i));
        let (on, by_themselves): (Vec<usize>, Vec<usize>) =
            order.iter().partition(|&&i| self.items[i].switched == Some(true));
        let mut left = Room { all: forced, of_kind: None };
        self.fill(&on, &mut left);
        let taken = forced - left.all;
        let room = room.saturating_sub(taken);
        let mut left = Room { all: room, of_kind: Some([room / 2; KINDS]) };
        self.fill(&by_themselves, &mut left);
        // What one kind has left, others may have.
        left.of_kind = None;
        self.fill(&by_themselves, &mut left);
        for &i in &order {
            let chosen = &mut self.items[i];
            chosen.why = match &chosen.sent {
                Some(Sent { form: SentAs::Long, .. }) => None,
                Some(_) => Some(LeftOut::NoRoom),
                None if chosen.least() + LINE
                    > room.max(if chosen.switched.is_some() { forced } else { 0 }) =>
                {
                    Some(LeftOut::ModelTooSmall)
                }
                None => Some(LeftOut::NoRoom),
            };
        }
    }

    /// First the least of each, then long forms, then parts of what is still out.
    fn fill(&mut self, order: &[usize], left: &mut Room) {
        for &i in order {
            let chosen = &mut self.items[i];
            if chosen.sent.is_none() && left.has(chosen.item.kind, chosen.least() + LINE) {
                left.take(chosen.item.kind, chosen.least() + LINE);
                chosen.sent = Some(match chosen.short {
                    Some(tokens) => {
                        Sent { form: chosen.least_form(), text: chosen.item.short.clone(), tokens }
                    }
                    None => Sent { form: SentAs::Long, text: chosen.item.long.clone(), tokens: chosen.long },
                });
            }
        }
        for &i in order {
            let chosen = &mut self.items[i];
            if let Some(sent) = chosen.sent.as_mut().filter(|sent| sent.form == SentAs::Short)
                && left.has(chosen.item.kind, chosen.long.saturating_sub(sent.tokens))
            {
                left.take(chosen.item.kind, chosen.long.saturating_sub(sent.tokens));
                *sent = Sent { form: SentAs::Long, text: chosen.item.long.clone(), tokens: chosen.long };
            }
        }
        // A limit for a kind is no reason to cut.
        for &i in if left.of_kind.is_none() { order } else { &[] } {
            let chosen = &mut self.items[i];
            if chosen.sent.is_none() && left.all >= LEAST_CUT + LINE {
                chosen.sent = part(self.tokenizer, chosen.item, left.all - LINE);
                left.all -= chosen.sent.as_ref().map_or(0, |sent| (sent.tokens + LINE).min(left.all));
            }
        }
    }

    /// What goes in: of which item, and whether its name is only in what still moves.
    pub fn sent(&self) -> impl Iterator<Item = (&'a Item, &str, bool)> {
        self.items
            .iter()
            .filter_map(|chosen| Some((chosen.item, chosen.sent.as_ref()?.text.as_str(), chosen.recent)))
    }

    /// Whether something goes in because the writer has switched it on.
    pub fn forces(&self) -> bool {
        self.items.iter().any(|chosen| chosen.switched == Some(true) && chosen.sent.is_some())
    }

    /// Takes out what matters least; false where nothing is left to take.
    pub fn give_way(&mut self) -> bool {
        let sent = (0..self.items.len()).filter(|&i| self.items[i].sent.is_some());
        let Some(last) = sent.max_by_key(|&i| (Reverse(self.items[i].switched == Some(true)), self.rank(i)))
        else {
            return false;
        };
        (self.items[last].sent, self.items[last].why) = (None, Some(LeftOut::NoRoom));
        true
    }

    /// What matters most comes first: what is to be kept in mind, what the scene is about, what is always so, what the text
    /// names (that named last first), how the scene before ended, what happened (the latest first), how it is to sound.
    fn rank(&self, i: usize) -> (u8, Reverse<usize>, usize) {
        let chosen = &self.items[i];
        let last = match &chosen.item.told {
            Told::Named(mentions) => {
                mentions.iter().map(|m| m.at.as_ref().map_or(usize::MAX, |at| at.end)).max()
            }
            _ => None,
        };
        match (chosen.item.kind, &chosen.item.told) {
            (Kind::Note, _) => (0, Reverse(0), i),
            // Those nearer to the text come later.
            (Kind::Synopsis, _) => (1, Reverse(i), i),
            (Kind::Lore, Told::Named(_)) => (3, Reverse(last.unwrap_or(0)), i),
            (Kind::Lore, _) => (2, Reverse(0), i),
            (Kind::Previous, _) => (4, Reverse(0), i),
            (Kind::Summary, _) => (5, Reverse(i), i),
            (Kind::Style, _) => (6, Reverse(0), i),
        }
    }

    /// Where those that went in stand.
    pub fn places(&self, place: impl Fn(usize, bool) -> usize) -> Vec<usize> {
        let sent = self.items.iter().filter(|item| item.sent.is_some());
        sent.map(|item| place(item.index, item.recent)).collect()
    }

    /// What became of each, in the order that `place` gives those that went in.
    pub fn reports(&self, place: impl Fn(usize, bool) -> usize) -> Vec<ItemReport> {
        let mut sent: Vec<usize> = (0..self.items.len()).filter(|&i| self.items[i].sent.is_some()).collect();
        sent.sort_by_key(|&i| (place(self.items[i].index, self.items[i].recent), i));
        let out = (0..self.items.len()).filter(|&i| self.items[i].sent.is_none());
        let ordered: Vec<(usize, Option<usize>)> =
            sent.iter().copied().zip((1..).map(Some)).chain(out.map(|i| (i, None))).collect();
        ordered.into_iter().map(|(i, order)| self.items[i].report(order)).collect()
    }
}

impl Chosen<'_> {
    fn least(&self) -> usize {
        self.short.unwrap_or(self.long)
    }

    fn least_form(&self) -> SentAs {
        // An entry that has only a short form has said all.
        if self.item.long.trim().is_empty() { SentAs::Long } else { SentAs::Short }
    }

    fn report(&self, order: Option<usize>) -> ItemReport {
        let tokens = self.sent.as_ref().map_or(0, |sent| sent.tokens);
        let all = if self.item.long.trim().is_empty() { self.least() } else { self.long };
        ItemReport {
            id: self.item.id.clone(),
            kind: self.item.kind,
            title: self.item.title.clone(),
            order,
            sent: self.sent.as_ref().map(|sent| sent.form),
            tokens,
            left_out: all.saturating_sub(tokens),
            why: self.why.or(self.sent.is_none().then_some(LeftOut::NoRoom)),
            named: self.named.clone(),
            stale: self.item.stale,
            switched: self.switched,
        }
    }
}

/// A part of an item: its beginning, or the end of a scene. A note is heeded whole or not at all, and so is a summary.
fn part(tokenizer: &Tokenizer, item: &Item, room: usize) -> Option<Sent> {
    if matches!(item.kind, Kind::Note | Kind::Summary) {
        return None;
    }
    let title = tokenizer.encode(&head(item)).len();
    let counted = Counted::new(tokenizer, &item.long);
    let room = room.checked_sub(title).filter(|&room| room >= LEAST_CUT)?;
    let text = match item.kind {
        Kind::Previous => counted.keep_end(tokenizer, room),
        _ => counted.keep_start(tokenizer, room),
    };
    let text = text.trim();
    let tokens = tokenizer.encode(text).len() + title;
    (!text.is_empty()).then(|| Sent { form: SentAs::Cut, text: text.to_owned(), tokens })
}

/// What stands before an item's text. A note, a passage and the end of a scene speak for themselves.
fn head(item: &Item) -> String {
    let titled = matches!(item.kind, Kind::Synopsis | Kind::Summary | Kind::Lore) && !item.title.is_empty();
    if titled { format!("{}: ", item.title) } else { String::new() }
}

const KINDS: usize = 6;

/// Tokens that are left.
struct Room {
    all: usize,
    /// Of each kind, so that none takes all.
    of_kind: Option<[usize; KINDS]>,
}

impl Room {
    fn has(&self, kind: Kind, tokens: usize) -> bool {
        self.all >= tokens && self.of_kind.is_none_or(|of_kind| of_kind[kind as usize] >= tokens)
    }

    fn take(&mut self, kind: Kind, tokens: usize) {
        self.all = self.all.saturating_sub(tokens);
        if let Some(of_kind) = &mut self.of_kind {
            of_kind[kind as usize] = of_kind[kind as usize].saturating_sub(tokens);
        }
    }
}
