//! A prompt that is being fitted: its templates with all that stays the same from one try to the next. Before anything is
//! fitted it is filled in once with marks in the places of texts, which tells what it has a place for, and in which order.

use std::collections::BTreeMap;

use foolscap_engine::chat::{Message, Role};
use foolscap_engine::tokenizer::Piece;

use crate::choice::Choice;
use crate::error::Result;
use crate::head::{Lead, Variant};
use crate::item::{Context, Kind};
use crate::language;
use crate::place::{Ask, Place};
use crate::plan::{Form, Sent, Target};
use crate::prompt::{Prompt, Section};
use crate::quotes;
use crate::report::PartName;
use crate::variables::{Entry, Variables};

/// Words of the text's end that begin the answer in a chat.
const OPENING_WORDS: usize = 60;
/// Characters of a private plane that enclose a mark.
const OPEN: char = '\u{F8FF2}';
const CLOSE: char = '\u{F8FF3}';

/// A prompt that is being fitted.
pub(crate) struct Draft<'a> {
    pub prompt: &'a Prompt,
    pub target: &'a Target<'a>,
    pub form: Form,
    pub place: &'a Place<'a>,
    /// Text before, without the spaces at its end: models are trained on words with their space before them, and a
    /// space at the end of a prompt leads astray.
    pub before: &'a str,
    pub instruction: &'a str,
    /// What the model is given of the answer.
    pub lead: String,
    /// All that does not depend on what fits.
    fixed: Variables,
}

/// What goes in of the texts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Texts<'t> {
    pub before: &'t str,
    pub selection: &'t str,
    pub after: &'t str,
}

/// What a prompt has a place for.
pub(crate) struct Probe {
    text: String,
}

impl<'a> Draft<'a> {
    pub fn new(
        prompt: &'a Prompt,
        variant: Option<&Variant>,
        target: &'a Target<'a>,
        form: Form,
        place: &'a Place<'a>,
        ask: &Ask<'a>,
        words: u32,
    ) -> Result<Self> {
        let before = place.before.trim_end_matches(' ');
        let whole = || [&*place.before, &*place.selection, &*place.after].concat();
        let language = match ask.language.trim() {
            "" => language::of_text(&whole()),
            said => language::name(said),
        };
        // What leads a base model into a variant is English.
        let english = language.is_empty() || language.starts_with("English");
        let mut fixed = Variables {
            before: before.to_owned(),
            selection: place.selection.to_string(),
            subject: place.subject.clone(),
            after: place.after.to_string(),
            instruction: ask.instruction.trim().trim_end_matches('.').to_owned(),
            variant: variant.map(|v| v.title.to_lowercase()).unwrap_or_default(),
            language,
            into: language::name(ask.into),
            quote: quotes::opening(&whole()).to_owned(),
            words,
            examples: prompt
                .head
                .examples
                .iter()
                .map(|example| Entry { title: example.user.clone(), text: example.answer.clone() })
                .collect(),
            own: prompt.head.own(ask.variables.unwrap_or(&BTreeMap::new()))?,
            ..Variables::default()
        };
        let mut lead = &prompt.head.lead;
        if let Some(variant) = variant {
            fixed.manner = prompt.fill("manner", &variant.manner, &fixed)?;
            if english {
                fixed.cue = prompt.fill("cue", &variant.cue, &fixed)?;
                lead = variant.lead.as_ref().unwrap_or(lead);
            }
        }
        let Lead { chat, completion } = lead;
        let lead = prompt.fill("lead", if form == Form::Chat { chat } else { completion }, &fixed)?;
        let instruction = ask.instruction.trim();
        let mut draft = Self { prompt, target, form, place, before, instruction, lead, fixed };
        if draft.begins_line() {
            draft.lead = draft.lead.trim_start().to_owned();
        }
        Ok(draft)
    }

    /// Whether the answer is a text of its own, or the text before it ends with the space that it would begin with.
    pub fn begins_afresh(&self) -> bool {
        !self.goes_on() || self.before.is_empty() || self.before.len() < self.place.before.len()
    }

    /// What is shown of what the model is given of the answer.
    pub fn shown_lead(&self) -> String {
        match self.begins_afresh() {
            true => self.lead.trim_start().to_owned(),
            false => self.lead.clone(),
        }
    }

    /// What is asked for besides: by the variant, and in words.
    pub fn asked(&self) -> String {
        [self.fixed.manner.as_str(), self.instruction].join(" ").trim().to_owned()
    }

    fn begins_line(&self) -> bool {
        !self.goes_on() || self.before.is_empty() || self.before.ends_with('\n')
    }

    /// Whether the answer goes on where the text before it ends.
    fn goes_on(&self) -> bool {
        let marks = [mark("opening"), mark("before"), mark("story")];
        let probe = self.probe(&Context::default()).map(|probe| probe.text).unwrap_or_default();
        marks.iter().any(|mark| probe.trim_end().ends_with(mark))
    }

    /// Fills the prompt in with marks, where there is something to mark.
    pub fn probe(&self, context: &Context) -> Result<Probe> {
        let marked = |name: &str, text: &str| if text.is_empty() { String::new() } else { mark(name) };
        let (story, opening) = self.split(self.before);
        let mut variables = Variables {
            before: marked("before", self.before),
            story: marked("story", story),
            opening: marked("opening", opening),
            selection: marked("selection", &self.place.selection),
            after: marked("after", &self.place.after),
            instruction: marked("asked", &self.fixed.instruction),
            manner: marked("asked", &self.fixed.manner),
            variant: marked("asked", &self.fixed.variant),
            cue: marked("asked", &self.fixed.cue),
            ..self.fixed.clone()
        };
        for (i, item) in context.items.iter().enumerate() {
            add(
                &mut variables,
                item.kind,
                false,
                Entry { title: item.title.clone(), text: mark(&format!("item {i}")) },
            );
        }
        if !variables.lore.is_empty() {
            variables.recent_lore = vec![Entry { title: String::new(), text: mark("recent") }];
        }
        let [first, user, answer] = self.written(&variables)?;
        let turns = match self.form {
            Form::Chat => self.prompt.turns(&variables)?,
            Form::Fill | Form::Completion => Vec::new(),
        };
        let turns: String = turns.into_iter().map(|turn| turn.content).collect();
        Ok(Probe { text: [first, turns, user, answer].concat() })
    }

    /// The tokens for so much of the texts, with what is chosen of the items.
    pub fn tokens(&self, texts: Texts<'_>, choice: &Choice<'_>, recent_apart: bool) -> Result<Vec<u32>> {
        self.encoded(&self.sent(texts, choice, recent_apart)?)
    }

    /// The same in words.
    pub fn sent(&self, texts: Texts<'_>, choice: &Choice<'_>, recent_apart: bool) -> Result<Sent> {
        let (story, opening) = self.split(texts.before);
        let mut variables = Variables {
            before: texts.before.to_owned(),
            story: story.to_owned(),
            opening: opening.to_owned(),
            selection: texts.selection.to_owned(),
            after: texts.after.to_owned(),
            ..self.fixed.clone()
        };
        for (item, text, recent) in choice.sent() {
            let entry = Entry { title: item.title.clone(), text: text.to_owned() };
            add(&mut variables, item.kind, recent && recent_apart, entry);
        }
        let [first, user, answer] = self.written(&variables)?;
        Ok(match self.form {
            Form::Chat => {
                let asked = Message::new(Role::User, user);
                let answer = Message::new(Role::Assistant, answer + &self.lead);
                // Where nothing is asked, an answer's beginning would go on in the last of the turns.
                let turns = match asked.content.is_empty() {
                    true => Vec::new(),
                    false => self.prompt.turns(&variables)?,
                };
                let turns = turns.into_iter().filter(|turn| !turn.content.trim().is_empty());
                let turns = turns.skip_while(|turn| turn.role == Role::Assistant).chain([asked, answer]);
                Sent::Turns(alternating(std::iter::once(Message::new(Role::System, first)).chain(turns)))
            }
            Form::Fill => Sent::Gap { before: first, after: texts.after.to_owned(), lead: self.lead.clone() },
            Form::Completion => Sent::Text(first + &self.lead),
        })
    }

    /// What is sent, as the model reads it.
    pub fn encoded(&self, sent: &Sent) -> Result<Vec<u32>> {
        let tokenizer = self.target.tokenizer;
        let special = tokenizer.vocabulary().special();
        let mut tokens = match (sent, self.target.template) {
            (Sent::Turns(turns), Some(template)) => {
                tokenizer.encode_pieces(&template.render(turns)?.pieces())
            }
            // Without a template nothing is asked in turns.
            (Sent::Turns(_), None) => Vec::new(),
            (Sent::Gap { before, after, lead }, _) => {
                let sign = |id: Option<u32>| id.map_or(Piece::Text(""), Piece::Token);
                tokenizer.encode_pieces(&[
                    sign(special.fim_prefix),
                    Piece::Text(before),
                    sign(special.fim_suffix),
                    Piece::Text(after),
                    sign(special.fim_middle),
                    Piece::Text(lead),
                ])
            }
            (Sent::Text(text), _) => tokenizer.encode(text),
        };
        if let Some(bos) = tokenizer.beginning()
            && tokens.first() != Some(&bos)
        {
            tokens.insert(0, bos);
        }
        if tokens.is_empty() {
            // A blank page and a model that begins with nothing: what ends a text also comes before one.
            tokens.extend(special.bos.or(special.eos).or(Some(0)));
        }
        Ok(tokens)
    }

    /// The sections of the form, filled in.
    fn written(&self, variables: &Variables) -> Result<[String; 3]> {
        let render = |section| self.prompt.render(section, variables);
        Ok(match self.form {
            Form::Chat => [render(Section::System)?, render(Section::User)?, render(Section::Answer)?],
            Form::Fill => [render(Section::Fill)?, String::new(), String::new()],
            Form::Completion => [render(Section::Completion)?, String::new(), String::new()],
        })
    }

    /// Parts the end of the text from what precedes it: in a chat the words from where the answer goes on; elsewhere the
    /// last paragraph, before which a note can stand.
    fn split<'t>(&self, before: &'t str) -> (&'t str, &'t str) {
        let written = before.trim_end();
        let paragraph = written.rfind("\n\n").map_or(0, |at| at + 2);
        if self.form != Form::Chat {
            return before.split_at(paragraph);
        }
        let words = written[paragraph..].rmatch_indices(' ').map(|(at, _)| paragraph + at + 1);
        let many = written[paragraph..].split(' ').count() > OPENING_WORDS;
        let start = words.take(OPENING_WORDS).last().filter(|_| many);
        before.split_at(start.unwrap_or(paragraph))
    }
}

impl Probe {
    /// Whether a text has a place.
    pub fn has(&self, name: &str) -> bool {
        self.text.contains(&mark(name))
    }

    /// Where an item has its place; none: it has none.
    pub fn item(&self, i: usize) -> Option<usize> {
        self.text.find(&mark(&format!("item {i}")))
    }

    /// Where a part begins; behind all else where the prompt has no place of its own for it.
    pub fn part(&self, name: PartName) -> usize {
        let marks: &[&str] = match name {
            PartName::Prompt => return 0,
            PartName::Before => &["before", "story", "opening"],
            PartName::Selection => &["selection"],
            PartName::After => &["after"],
            PartName::Instruction => &["asked"],
        };
        marks.iter().filter_map(|name| self.text.find(&mark(name))).min().unwrap_or(usize::MAX)
    }

    /// Where those that were named lately have theirs.
    pub fn recent(&self) -> Option<usize> {
        self.text.find(&mark("recent"))
    }
}

/// Without what is empty; what then follows on one of the same role goes on with it, since many chat templates insist that
/// roles take turns.
fn alternating(turns: impl Iterator<Item = Message>) -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    for turn in turns.filter(|turn| !turn.content.is_empty()) {
        match all.last_mut() {
            Some(last) if last.role == turn.role => {
                last.content.truncate(last.content.trim_end().len());
                last.content.push_str("\n\n");
                last.content.push_str(&turn.content);
            }
            _ => all.push(turn),
        }
    }
    all
}

fn mark(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// Puts an entry into the variable of its kind.
fn add(variables: &mut Variables, kind: Kind, recent: bool, entry: Entry) {
    let append = |text: &mut String| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&entry.text);
    };
    match kind {
        Kind::Note => append(&mut variables.note),
        Kind::Previous => append(&mut variables.previous),
        Kind::Synopsis => variables.synopsis.push(entry),
        Kind::Style => variables.style.push(entry),
        Kind::Summary => variables.summaries.push(entry),
        Kind::Lore if recent => variables.recent_lore.push(entry),
        Kind::Lore => variables.lore.push(entry),
    }
}
