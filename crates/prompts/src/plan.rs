//! From an action on a passage to the tokens that are sent: chooses the form the model understands (its chat
//! template, filling a gap, or plain text to go on from), fits the passage into the context, and reports it.

use foolscap_engine::chat::{ChatTemplate, Message, Role};
use foolscap_engine::tokenizer::Piece;
use foolscap_engine::{Model, Tokenizer};

use crate::budget::{Counted, Part, PartName, Report};
use crate::error::{Error, Result};
use crate::prompt::{ActionKind, Prompt, Variables};
use crate::words;

/// Of the room for the passage, what follows the cursor gets this part (one in …), and more where the text
/// before it is short.
const AFTER_SHARE: usize = 4;
/// Words of the text's end that begin the answer in a chat.
const OPENING_WORDS: usize = 60;
/// Below this the passage would be useless.
const LEAST_ROOM: usize = 16;

/// What a plan needs to know of a model.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Its tokenizer.
    pub tokenizer: &'a Tokenizer,
    /// Its chat template; none for a base model.
    pub template: Option<&'a ChatTemplate>,
    /// Tokens it can see at once.
    pub context: usize,
}

impl<'a> From<&'a Model> for Target<'a> {
    fn from(model: &'a Model) -> Self {
        Self { tokenizer: model.tokenizer(), template: model.template(), context: model.config().context }
    }
}

/// Where in which text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Passage<'a> {
    /// Text before the cursor or selection.
    pub before: &'a str,
    /// The selection; empty when there is none.
    pub selection: &'a str,
    /// Text after the cursor or selection.
    pub after: &'a str,
    /// What the writer asks for, in the writer's words.
    pub instruction: &'a str,
}

/// How the model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Through its chat template.
    Chat,
    /// As a gap between two texts, by its fill-in-the-middle tokens.
    Fill,
    /// As a text to go on from.
    Completion,
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The tokens.
    pub tokens: Vec<u32>,
    /// How the model is asked.
    pub form: Form,
    /// What went in and what did not.
    pub report: Report,
    /// About how many words the answer should have before it is ended; none: the model ends it.
    pub end_after: Option<u32>,
    /// The most tokens the answer may have.
    pub max_tokens: usize,
    /// Whether the answer's leading space is already in the text.
    pub trim_start: bool,
}

/// Plans an action. `words`: about how many are wanted; none: the prompt's own measure.
///
/// # Errors
/// [`Error::Missing`] when there is nothing to rewrite or no instruction, [`Error::TooLong`] when the selection
/// does not fit, and what templates say.
pub fn plan(prompt: &Prompt, target: &Target<'_>, passage: &Passage<'_>, words: Option<u32>) -> Result<Plan> {
    if prompt.head.action == ActionKind::Rewrite {
        if passage.selection.trim().is_empty() {
            return Err(Error::Missing("nothing is selected; select the words to rewrite"));
        }
        if passage.instruction.trim().is_empty() {
            return Err(Error::Missing("say how to rewrite it: shorter, livelier, in the past tense …"));
        }
    }
    let words = words.or(prompt.head.words).unwrap_or_else(|| measure(passage)).max(1);
    // English takes about 1.4 tokens a word with a large vocabulary and 1.6 with a small one; some languages
    // take twice that. A rewrite may grow to twice the passage. Half the context is the most in any case.
    let selected = target.tokenizer.encode(passage.selection).len();
    let max_tokens = (words as usize * 3 + 24).max(selected * 2 + 24).min(target.context / 2);
    let form = form(prompt, target, passage);
    // A model that was told what to rewrite knows itself when it has.
    let end_after = (prompt.head.action != ActionKind::Rewrite || form != Form::Chat).then_some(words);
    // Models are trained on words with their space before them: a space at the end of a prompt leads astray.
    let before = passage.before.trim_end_matches(' ');
    let answers_afresh = match (prompt.head.action, form) {
        (ActionKind::Continue, _) | (_, Form::Fill) => false,
        (ActionKind::Brainstorm, form) => form == Form::Chat,
        (ActionKind::Rewrite, _) => true,
    };
    let trim_start = answers_afresh || before.is_empty() || before.len() < passage.before.len();
    let draft = Draft { prompt, target, form, passage: Passage { before, ..*passage }, words };
    let (tokens, report) = draft.fit(max_tokens)?;
    Ok(Plan { tokens, form, report, end_after, max_tokens, trim_start })
}

fn form(prompt: &Prompt, target: &Target<'_>, passage: &Passage<'_>) -> Form {
    let after = !passage.after.trim().is_empty();
    let gap = match prompt.head.action {
        // A gap with nothing around it says nothing; then the passage itself is shown.
        ActionKind::Rewrite => after || !passage.before.trim().is_empty(),
        _ => after,
    };
    if target.template.is_some() {
        Form::Chat
    } else if gap && target.tokenizer.vocabulary().fills_gaps() {
        Form::Fill
    } else {
        Form::Completion
    }
}

/// How long a rewrite should be: as long as the passage, less or more if the instruction says so.
fn measure(passage: &Passage<'_>) -> u32 {
    let words = words::count(passage.selection) as f32;
    let asks = |stems: &[&str]| stems.iter().any(|s| passage.instruction.to_lowercase().contains(s));
    let factor = if asks(&["short", "brief", "concise", "tight", "trim"]) {
        0.7
    } else if asks(&["long", "expand", "more detail", "describe"]) {
        1.6
    } else {
        1.1
    };
    (words * factor).ceil() as u32
}

/// A plan that is being fitted.
struct Draft<'a> {
    prompt: &'a Prompt,
    target: &'a Target<'a>,
    form: Form,
    passage: Passage<'a>,
    words: u32,
}

impl<'a> Draft<'a> {
    fn fit(&self, reserved: usize) -> Result<(Vec<u32>, Report)> {
        let tokenizer = self.target.tokenizer;
        let Passage { before, selection, after, instruction } = self.passage;
        let [before, selection, after, instruction] =
            [before, selection, after, instruction].map(|text| Counted::new(tokenizer, text));
        let used = |text: &Counted<'_>, variable| if self.uses(variable) { text.len() } else { 0 };
        let limit = self.target.context - reserved;
        let selected = used(&selection, "selection");
        let fixed = self.assemble("", "")?.len();
        let room = limit.saturating_sub(fixed);
        if fixed > limit || (before.len() > 0 && room < LEAST_ROOM) {
            return Err(Error::TooLong {
                what: if selected > 0 { "the selection with its prompt" } else { "the prompt" },
                tokens: fixed,
                room: limit.saturating_sub(LEAST_ROOM),
                way_out: "select less, or choose a model that sees more",
            });
        }
        let before_all = used(&before, "before");
        let after_all = used(&after, "after");
        let mut after_room = after_all.min((room / AFTER_SHARE).max(room.saturating_sub(before_all)));
        let mut before_room = room - after_room;
        let (tokens, sent) = loop {
            let kept_before = before.keep_end(tokenizer, before_room);
            let kept_after = after.keep_start(tokenizer, after_room);
            let tokens = self.assemble(kept_before, kept_after)?;
            let excess = tokens.len().saturating_sub(limit);
            if excess == 0 || (before_room == 0 && after_room == 0) {
                let count = |text: &str| tokenizer.encode(text).len();
                let kept = [count(kept_before).min(before_all), count(kept_after).min(after_all)];
                break (tokens, [kept[0], selected, kept[1], used(&instruction, "instruction")]);
            }
            // Joined, texts may take a token more than apart.
            let from_before = excess.min(before_room);
            before_room -= from_before;
            after_room = after_room.saturating_sub(excess - from_before);
        };
        let report = self.report(tokens.len(), reserved, [before, selection, after, instruction], sent);
        Ok((tokens, report))
    }

    /// `sent`: how many tokens of each of the texts (before, selection, after, instruction).
    fn report(&self, used: usize, reserved: usize, texts: [Counted<'_>; 4], sent: [usize; 4]) -> Report {
        let room = "the model sees no more at once";
        let own = used.saturating_sub(sent.iter().sum());
        let mut parts =
            vec![Part { name: PartName::Prompt, tokens: own, left_out: 0, reason: String::new() }];
        let names = [
            (PartName::Before, "before"),
            (PartName::Selection, "selection"),
            (PartName::After, "after"),
            (PartName::Instruction, "instruction"),
        ];
        for (((name, variable), text), tokens) in names.into_iter().zip(texts).zip(sent) {
            let left_out = text.len().saturating_sub(tokens);
            let reason = match (left_out, self.uses(variable), name) {
                (0, ..) => String::new(),
                (_, false, PartName::Selection) => "the model fills the gap from the words around it".into(),
                (_, false, PartName::Instruction) => {
                    "this model carries text on and follows no instructions".into()
                }
                (_, false, _) => format!("this prompt does not use the text {variable} the place"),
                (_, true, PartName::Before) => format!("{room}, so the beginning is left out"),
                (_, true, _) => format!("{room}, so the end is left out"),
            };
            if !text.text().is_empty() {
                parts.push(Part { name, tokens, left_out, reason });
            }
        }
        Report { used, limit: self.target.context, reserved, parts }
    }

    /// Whether the form sends this part of the passage.
    fn uses(&self, variable: &str) -> bool {
        match self.form {
            Form::Fill => variable == "before" || variable == "after",
            Form::Chat if variable == "before" => {
                ["before", "story"].iter().any(|v| self.prompt.uses(v, true))
            }
            Form::Chat => self.prompt.uses(variable, true),
            Form::Completion => self.prompt.uses(variable, false),
        }
    }

    /// The tokens for so much of the text before and after.
    fn assemble(&self, before: &str, after: &str) -> Result<Vec<u32>> {
        let tokenizer = self.target.tokenizer;
        let (story, opening) = split_opening(before);
        let Passage { selection, instruction, .. } = self.passage;
        let instruction = instruction.trim().trim_end_matches('.');
        let words = self.words;
        let variables = Variables { before, story, opening, selection, after, instruction, words };
        let special = tokenizer.vocabulary().special();
        let mut tokens = match (self.form, self.target.template) {
            (Form::Chat, Some(template)) => {
                let turns = self.prompt.turns(&variables)?;
                let messages: Vec<Message> = [
                    Message::new(Role::System, turns.system),
                    Message::new(Role::User, turns.user),
                    Message::new(Role::Assistant, turns.answer),
                ]
                .into_iter()
                .filter(|m| !m.content.is_empty())
                .collect();
                tokenizer.encode_pieces(&template.render(&messages)?.pieces())
            }
            (Form::Fill, _) => {
                let mark = |id: Option<u32>| id.map_or(Piece::Text(""), Piece::Token);
                tokenizer.encode_pieces(&[
                    mark(special.fim_prefix),
                    Piece::Text(before),
                    mark(special.fim_suffix),
                    Piece::Text(after),
                    mark(special.fim_middle),
                ])
            }
            _ => tokenizer.encode(&self.prompt.completion(&variables)?),
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
}

/// Parts the end of the text, from where an answer goes on, from what precedes it: the last words, at most
/// those of the last paragraph that has any.
fn split_opening(before: &str) -> (&str, &str) {
    let written = before.trim_end();
    let paragraph = written.rfind("\n\n").map_or(0, |at| at + 2);
    let words = written[paragraph..].rmatch_indices(' ').map(|(at, _)| paragraph + at + 1);
    let start =
        words.take(OPENING_WORDS).last().filter(|_| written[paragraph..].split(' ').count() > OPENING_WORDS);
    before.split_at(start.unwrap_or(paragraph))
}

#[cfg(test)]
pub(crate) mod tests;
