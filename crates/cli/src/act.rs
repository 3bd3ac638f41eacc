//! The actions on files.

use std::path::Path;

use foolscap_app::api::{Action, ActionKind, ActionRequest, AnswerForm};
use foolscap_app::{Background, Engine, Memory};

use crate::answer::answer;
use crate::args::{Brainstorm, Common, Continue, Form, Rewrite};
use crate::place::At;
use crate::{Failure, text};

const REQUEST: &str = "command line";

/// `foolscap continue`.
pub fn go_on(c: &Continue) -> Result<(), Failure> {
    let text = read(&c.common.file)?;
    let (before, after) = split(&text, c.at)?;
    run(&c.common, request(&c.common, Action::new(ActionKind::Continue), [before, "", after], None)?)
}

/// `foolscap brainstorm`.
pub fn brainstorm(c: &Brainstorm) -> Result<(), Failure> {
    let text = read(&c.common.file)?;
    let (before, after) = split(&text, c.at)?;
    let action = Action::new(ActionKind::Brainstorm).instructed(c.instruction.as_str());
    run(&c.common, request(&c.common, action, [before, "", after], c.candidates)?)
}

/// `foolscap rewrite`.
pub fn rewrite(c: &Rewrite) -> Result<(), Failure> {
    let text = read(&c.common.file)?;
    let range = match c.select {
        Some(span) => span.find(&text).map_err(Failure::Usage)?,
        None => 0..text.trim_end().len(),
    };
    let action = Action::new(ActionKind::Rewrite).instructed(c.instruction.as_str());
    let parts = [&text[..range.start], &text[range.clone()], &text[range.end..]];
    run(&c.common, request(&c.common, action, parts, None)?)
}

/// The text, without the line end that editors put after the last line.
fn read(file: &Path) -> Result<String, Failure> {
    let mut text = text::read(file)?;
    if text.ends_with('\n') && !text.ends_with("\n\n") && !text.ends_with("\n\r\n") {
        text.pop();
        text.truncate(text.strip_suffix('\r').unwrap_or(&text).len());
    }
    Ok(text)
}

fn split(text: &str, at: Option<At>) -> Result<(&str, &str), Failure> {
    let at = at.map_or(Ok(text.len()), |at| at.find(text)).map_err(Failure::Usage)?;
    Ok(text.split_at(at))
}

fn request(
    common: &Common,
    action: Action,
    parts: [&str; 3],
    candidates: Option<u32>,
) -> Result<ActionRequest, Failure> {
    // Places were counted in the text as it is; models know one kind of line end.
    let [before, selection, after] = parts.map(|part| part.replace("\r\n", "\n"));
    Ok(ActionRequest {
        before,
        selection,
        after,
        words: common.words,
        candidates,
        seed: common.seed,
        temperature: common.temperature,
        form: form(&common.form)?,
        probabilities: common.probabilities,
        ..ActionRequest::new(REQUEST, action)
    })
}

fn form(form: &Form) -> Result<Option<AnswerForm>, Failure> {
    Ok(match form {
        Form { json_schema: Some(file), .. } => Some(AnswerForm::JsonSchema(text::read(file)?)),
        Form { regex: Some(pattern), .. } => Some(AnswerForm::Regex(pattern.clone())),
        Form { lark: Some(file), .. } => Some(AnswerForm::Lark(text::read(file)?)),
        _ => None,
    })
}

fn run(common: &Common, request: ActionRequest) -> Result<(), Failure> {
    // One request, and the process ends: there is nothing to remember it for.
    let selected = crate::models::selected(common.model.as_deref(), &common.loading)?;
    let engine = Engine::start(selected, Memory::default())?;
    answer(&engine, request, Background::default(), common.json)?.ended()
}
