//! What the window can ask, asked from the command line: on a scene of the library, with all that its project tells. The
//! library is only read for it; what came is kept at the end, if nobody else writes the library then.

pub mod args;
mod review;
mod unstick;

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use foolscap_app::api::{Action, ActionInfo, ActionKind, ActionRequest, VariantInfo, WorksOn};
use foolscap_app::{Background, Engine, Memory, Reviewing, Selected, Studio, actions, plan_for};
use serde_json::json;

use crate::answer::{answer, answer_with};
use crate::library::{as_json, open_to_read, place, said};
use crate::look::print;
use crate::prompts::{bench, variables};
use crate::{Failure, models, plan, text};
use args::Ask;

/// `foolscap ask`.
pub fn ask(c: &Ask) -> Result<(), Failure> {
    let all = actions()?;
    if c.list {
        return list(&all, c.of.json);
    }
    let stuck = c.action.as_deref() == Some(unstick::NAME);
    check(c, stuck)?;
    let page = Page::read(c)?;
    let found = if stuck {
        let Some(found) = unstick::find(c, &page)? else { return Ok(()) };
        unstick::tell(&found);
        Some(found)
    } else {
        None
    };
    let wanted = found.as_ref().map_or(c.action.as_deref(), |found| Some(found.action.kind.name()));
    let info = all.iter().find(|info| Some(info.kind.name()) == wanted);
    let info =
        info.ok_or_else(|| Failure::Usage("there is no such action; --list tells which there are".into()))?;
    let action = found.as_ref().map_or_else(|| action(c, info.kind), |found| found.action.clone());
    let asked = Asked::of(page, c, info, action)?;
    if c.plan || c.prompt {
        let planned = plan_for(&asked.selected, &asked.request, &asked.told)?;
        return match (c.prompt, c.of.json) {
            (true, _) => print(&planned.text),
            (_, true) => as_json(&planned),
            _ => print(&plan::table(&planned)),
        };
    }
    let model_id = asked.selected.choice.id();
    if let Some(reviewing) = asked.reviewing {
        // A model that cannot do it is told before it is loaded.
        plan_for(&asked.selected, &asked.request, &asked.told)
            .map_err(|problem| review::with_way_out(problem, &models::of(&[]), info.kind))?;
        let text = [asked.request.before.as_str(), &asked.request.selection, &asked.request.after].concat();
        let engine = Engine::start(asked.selected, Memory::default())?;
        let reviewed = review::review(&engine, asked.request.clone(), asked.told, reviewing)?;
        reviewed.show(&text, c.of.json)?;
        if asked.request.scene.is_some() {
            let kept = Studio::open(&place(&c.of)).map(said).and_then(|mut studio| {
                let (started, answer) = (&reviewed.started, reviewed.answer.clone());
                studio.keep_answers(&asked.request, &model_id, started, answer)?;
                studio.keep_review(&asked.request, reviewed.review.clone())
            });
            if let Err(problem) = kept {
                eprintln!("not kept in the library: {problem}");
            }
        }
        return reviewed.ended();
    }
    let engine = Engine::start(asked.selected, Memory::default())?;
    let answer = match &found {
        Some(found) if c.of.json => {
            answer_with(&engine, asked.request.clone(), asked.told, json!({ "unstick": found.step }))?
        }
        _ => answer(&engine, asked.request.clone(), asked.told, c.of.json)?,
    };
    if let (Some(_), Some(started)) = (asked.request.scene, answer.started()) {
        let kept = Studio::open(&place(&c.of))
            .map(said)
            .and_then(|mut studio| studio.keep_answers(&asked.request, &model_id, started, answer.texts()));
        if let Err(problem) = kept {
            eprintln!("not kept in the library: {problem}");
        }
    }
    answer.ended()
}

/// What was typed, with what the library has to say to it.
struct Asked {
    request: ActionRequest,
    told: Background,
    selected: Selected,
    /// For what gives notes.
    reviewing: Option<Reviewing>,
}

/// What is asked about, and where it stands.
struct Page {
    studio: Option<Studio>,
    scene: Option<u32>,
    project: Option<u32>,
    text: String,
}

impl Page {
    fn read(c: &Ask) -> Result<Self, Failure> {
        let scene = match c.scene.as_str() {
            "-" => None,
            number => Some(number.parse::<u32>().map_err(|_| {
                let message = format!(
                    "{number} is no scene; `foolscap list PROJECT` tells their numbers, - is standard input"
                );
                Failure::Usage(message)
            })?),
        };
        let library = place(&c.of);
        // Without a library there is nothing to tell, and a text from standard input needs none.
        let needs = scene.is_some() || c.project.is_some();
        let studio = if needs || library.exists() { Some(open_to_read(&c.of)?) } else { None };
        let (project, text) = match (&studio, scene) {
            (Some(studio), Some(scene)) => {
                let scene = studio.scene(scene)?;
                (Some(scene.project), scene.text)
            }
            (Some(studio), None) => {
                let project = c.project.as_deref().map(|name| studio.find(name)).transpose()?;
                (project.map(|project| project.id), standard_input()?)
            }
            (None, _) => (None, standard_input()?),
        };
        Ok(Self { studio, scene, project, text })
    }
}

impl Asked {
    fn of(page: Page, c: &Ask, info: &ActionInfo, action: Action) -> Result<Self, Failure> {
        let Page { studio, scene, project, text } = page;
        let [before, selection, after] = parts(c, info.works_on, &text)?;
        let request = ActionRequest {
            project,
            scene,
            before,
            selection,
            after,
            words: c.words,
            candidates: c.candidates,
            seed: c.seed,
            temperature: c.temperature,
            prompt: c.prompt_version.clone(),
            variables: variables(&c.variables)?,
            off: c.off.clone(),
            on: c.on.clone(),
            ..ActionRequest::new(name(), action)
        };
        let told = studio.as_ref().map(|studio| studio.background(&request)).transpose()?.unwrap_or_default();
        let told = told.by(bench(&c.of).prompt_for(info.kind, project, request.prompt.as_deref())?);
        unknown(c, &told)?;
        let reviewing = match (info.kind.is_review(), &studio) {
            (false, _) => None,
            (true, Some(studio)) => Some(studio.reviewing(&request, &told)?),
            (true, None) => Some(Reviewing::new(&request, &told, Vec::new())?),
        };
        let in_use = studio.map(|studio| studio.model_in_use()).transpose()?.flatten().map(PathBuf::from);
        let selected = models::selected(c.model.as_deref().or(in_use.as_deref()), &c.loading)?;
        Ok(Self { request, told, selected, reviewing })
    }
}

/// The text before, in and after what is selected, or where the cursor is.
fn parts(c: &Ask, works_on: WorksOn, page: &str) -> Result<[String; 3], Failure> {
    let range = match (c.select, c.at) {
        (Some(span), _) => span.find(page).map_err(Failure::Usage)?,
        (None, Some(at)) => {
            let at = at.find(page).map_err(Failure::Usage)?;
            at..at
        }
        (None, None) if works_on == WorksOn::Selection => 0..page.trim_end().len(),
        (None, None) => page.len()..page.len(),
    };
    let parts = [&page[..range.start], &page[range.clone()], &page[range.end..]];
    Ok(parts.map(|part| part.replace("\r\n", "\n")))
}

fn action(c: &Ask, kind: ActionKind) -> Action {
    Action { kind, variant: c.variant.clone(), instruction: c.instruction.clone(), language: c.into.clone() }
}

/// # Errors
/// [`Failure::Usage`] for something switched that is not there: a slip of the pen would go unnoticed else.
fn unknown(c: &Ask, told: &Background) -> Result<(), Failure> {
    let ids = told.ids();
    let unknown = c.off.iter().chain(&c.on).find(|id| !ids.contains(&id.as_str()));
    unknown.map_or(Ok(()), |id| {
        let known = if ids.is_empty() { "nothing".into() } else { ids.join(", ") };
        Err(Failure::Usage(format!("there is no {id} to switch; there is {known}")))
    })
}

/// A name that no other request in the library has.
fn name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("ask-{}", now.as_nanos())
}

fn standard_input() -> Result<String, Failure> {
    let mut page = text::read(Path::new("-"))?;
    // The line end that editors and `echo` put after the last line.
    if page.ends_with('\n') && !page.ends_with("\n\n") {
        page.pop();
    }
    Ok(page)
}

/// All actions, and what finds the one that helps.
fn list(all: &[ActionInfo], json: bool) -> Result<(), Failure> {
    if json {
        let stuck = json!({ "kind": unstick::NAME, "purpose": unstick::PURPOSE });
        return as_json(&all.iter().map(|info| json!(info)).chain([stuck]).collect::<Vec<_>>());
    }
    for info in all {
        print(&format!("{:<12}{}", info.kind.name(), info.purpose))?;
        let line = |variant: &VariantInfo| print(&format!("    {:<12}{}", variant.id, variant.title));
        info.variants.iter().try_for_each(line)?;
    }
    print(&format!("{:<12}{}", unstick::NAME, unstick::PURPOSE))
}

/// # Errors
/// [`Failure::Usage`] for what would be passed over.
fn check(c: &Ask, stuck: bool) -> Result<(), Failure> {
    let own =
        c.variant.is_some() || !c.instruction.is_empty() || c.into.is_some() || c.prompt_version.is_some();
    match (stuck, own, c.stuck.is_some() || !c.answers.is_empty()) {
        (true, true, _) => Err(Failure::Usage(
            "unstick finds the action with its variant and instruction; ask for an action by its name to choose them"
                .into(),
        )),
        (false, _, true) => Err(Failure::Usage("--answer and --stuck belong to unstick".into())),
        _ => Ok(()),
    }
}
