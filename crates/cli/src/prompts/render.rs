//! What a prompt would send for a place in a text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foolscap_app::api::{Action, ActionRequest, PromptChoice};
use foolscap_app::{Background, action_of, plan_for};

use super::args::Render;
use super::{bench, latest};
use crate::Failure;
use crate::library::{as_json, open_to_read, place};
use crate::look::print;
use crate::{models, text};

/// `foolscap prompts render`.
pub fn render(c: &Render) -> Result<(), Failure> {
    let bench = bench(&c.of);
    let file = Path::new(&c.label);
    let choice = match file.is_file() {
        true => PromptChoice::Draft { source: text::read(file)? },
        false => PromptChoice::Version { label: latest(&bench, &c.label)? },
    };
    let prompt = bench.prompt(&choice)?;
    let studio = if place(&c.of).exists() { Some(open_to_read(&c.of)?) } else { None };
    let scene = match c.scene.as_str() {
        "-" => None,
        number => Some(number.parse::<u32>().map_err(|_| {
            Failure::Usage(format!("{number} is no scene; `foolscap list PROJECT` tells their numbers"))
        })?),
    };
    let page = match (&studio, scene) {
        (Some(studio), Some(scene)) => studio.scene(scene)?.text,
        (None, Some(_)) => return Err(Failure::Usage("there is no library, and so no scene".into())),
        (_, None) => text::read(Path::new("-"))?,
    };
    let range = match (c.select, c.at) {
        (Some(span), _) => span.find(&page).map_err(Failure::Usage)?,
        (None, at) => {
            let at = at.map_or(Ok(page.trim_end_matches('\n').len()), |at| at.find(&page));
            let at = at.map_err(Failure::Usage)?;
            at..at
        }
    };
    let action = Action {
        kind: action_of(&prompt),
        variant: c.variant.clone(),
        instruction: c.instruction.clone(),
        language: c.into.clone(),
    };
    let request = ActionRequest {
        scene,
        variables: variables(&c.variables)?,
        before: page[..range.start].to_owned(),
        selection: page[range.clone()].to_owned(),
        after: page[range.end..].trim_end_matches('\n').to_owned(),
        ..ActionRequest::new("render", action)
    };
    let told = match &studio {
        Some(studio) => studio.background(&request)?,
        None => Background::default(),
    };
    let in_use = studio.map(|studio| studio.model_in_use()).transpose()?.flatten().map(PathBuf::from);
    let selected = models::selected(c.model.as_deref().or(in_use.as_deref()), &c.loading)?;
    let planned = plan_for(&selected, &request, &told.by(Some(Arc::clone(&prompt))))?;
    if c.of.json {
        return as_json(&planned);
    }
    print(&planned.text)?;
    let context = &planned.context;
    eprintln!("{} · {}: {} of {} tokens", planned.prompt, planned.model, context.used, context.limit);
    for part in context.parts.iter().filter(|part| part.left_out > 0) {
        eprintln!("left out: {} tokens of the text {} ({})", part.left_out, part.name, part.reason);
    }
    Ok(())
}

pub(crate) fn variables(given: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let pair = |given: &String| {
        let (name, value) = given.split_once('=').ok_or_else(|| {
            Failure::Usage(format!("{given:?} sets nothing; a variable is set like mood=calm"))
        })?;
        Ok((name.trim().to_owned(), value.to_owned()))
    };
    given.iter().map(pair).collect()
}
