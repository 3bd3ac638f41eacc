//! `foolscap prompts`: prompts as documents, in versions and as files.

pub mod args;
mod edit;
mod render;

use std::path::PathBuf;

use foolscap_app::Bench;
use foolscap_app::api::{Fate, PromptShelf, PromptSummary, PromptVersion};

use crate::Failure;
use crate::library::args::Of;
use crate::library::{as_json, open_to_read, place};
use crate::look::print;
use crate::text;
use args::PromptsCommand;
pub(crate) use render::variables;

/// `foolscap prompts …`.
pub fn run(command: &PromptsCommand) -> Result<(), Failure> {
    match command {
        PromptsCommand::List { all, of } => list(*all, of),
        PromptsCommand::Show { label, of } => {
            let bench = bench(of);
            let text = bench.prompt_text(&latest(&bench, label)?)?;
            if of.json { as_json(&text) } else { print(text.source.trim_end()) }
        }
        PromptsCommand::New { name, from, action, of } => {
            let bench = bench(of);
            let from = from.as_deref().or(action.as_deref()).unwrap_or_default();
            made(&bench.fork_prompt(&latest(&bench, from)?, name)?, of)
        }
        PromptsCommand::Edit { label, file, message, of } => {
            let bench = bench(of);
            let label = latest(&bench, label)?;
            let (version, is_new) = edit::edit(&bench, &label, file.as_deref(), message)?;
            if !is_new {
                eprintln!("nothing changed: this is {}", version.label);
            }
            made(&version, of)
        }
        PromptsCommand::Diff { before, after, of } => diff(before, after, of),
        PromptsCommand::Use { label, project, no_longer, of } => {
            let bench = bench(of);
            let label = latest(&bench, label)?;
            let shelf = bench.prompt_shelf()?;
            let of_label = |prompt: &&PromptSummary| prompt.versions.iter().any(|v| v.label == label);
            let action = shelf.prompts.iter().find(of_label).map(|prompt| prompt.action);
            let action = action.ok_or_else(|| Failure::Usage(format!("there is no version {label}")))?;
            let project = project.as_deref().map(|name| open_to_read(of)?.find(name).map_err(Failure::from));
            let project = project.transpose()?.map(|project| project.id);
            bench.use_prompt(action, project, Some(label.as_str()).filter(|_| !no_longer))?;
            if of.json { as_json(&bench.prompt_shelf()?.in_use) } else { Ok(()) }
        }
        PromptsCommand::Render(render) => render::render(render),
        PromptsCommand::Check { files, json } => check(files, *json),
        PromptsCommand::Export { folder, names, of } => {
            let files = bench(of).export_prompts(names, folder)?;
            if of.json {
                return as_json(&files);
            }
            files.iter().try_for_each(|file| print(&file.display().to_string()))
        }
        PromptsCommand::Import { files, of } => {
            let came = bench(of).import_prompts(files)?;
            if of.json {
                return as_json(&came);
            }
            came.iter().try_for_each(|version| print(&version.label))
        }
        PromptsCommand::Archive { name, back, of } => Ok(bench(of).archive_prompt(name, !back)?),
    }
}

/// The workbench beside the library.
pub(crate) fn bench(of: &Of) -> Bench {
    let library = place(of);
    Bench::of(library.parent().unwrap_or(std::path::Path::new(".")))
}

/// A label as it is, or the latest version of the prompt of that name.
pub(crate) fn latest(bench: &Bench, written: &str) -> Result<String, Failure> {
    Ok(bench.label_of(written)?)
}

fn list(all: bool, of: &Of) -> Result<(), Failure> {
    let mut shelf = bench(of).prompt_shelf()?;
    shelf.prompts.retain(|prompt| all || !prompt.archived);
    if of.json {
        return as_json(&shelf);
    }
    for prompt in &shelf.prompts {
        let kind = if prompt.built_in { "came with Foolscap" } else { "yours" };
        let away = if prompt.archived { ", put away" } else { "" };
        print(&format!("{}  ({}, {kind}{away})", prompt.name, prompt.action.name()))?;
        print(&format!("    {}", prompt.purpose))?;
        for version in &prompt.versions {
            print(format!("    {}{}  {}", version.label, used(&shelf, version), version.message).trim_end())?;
        }
    }
    Ok(())
}

fn used(shelf: &PromptShelf, version: &PromptVersion) -> String {
    let uses = shelf.in_use.iter().filter(|used| used.label == version.label);
    let places: Vec<String> = uses
        .map(|used| match used.project {
            Some(project) => format!("in project {project}"),
            None => "everywhere".to_owned(),
        })
        .collect();
    if places.is_empty() { String::new() } else { format!("  [in use {}]", places.join(", ")) }
}

fn made(version: &PromptVersion, of: &Of) -> Result<(), Failure> {
    if of.json { as_json(version) } else { print(&version.label) }
}

fn diff(before: &str, after: &str, of: &Of) -> Result<(), Failure> {
    let bench = bench(of);
    let lines = bench.compare_prompts(&latest(&bench, before)?, &latest(&bench, after)?)?;
    if of.json {
        as_json(&lines)?;
    } else {
        for line in &lines {
            let sign = match line.fate {
                Fate::Kept => ' ',
                Fate::Removed => '-',
                Fate::Added => '+',
            };
            print(&format!("{sign} {}", line.text))?;
        }
    }
    if lines.iter().all(|line| line.fate == Fate::Kept) { Ok(()) } else { Err(Failure::Differs) }
}

fn check(files: &[PathBuf], json: bool) -> Result<(), Failure> {
    let mut wrong = 0;
    let mut told = Vec::new();
    for file in files {
        let checked = Bench::check_prompt(&text::read(file)?);
        if let Some(problem) = &checked.problem {
            wrong += 1;
            if !json {
                let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
                print(&format!("{}{line}: {}", file.display(), problem.message))?;
            }
        }
        told.push(serde_json::json!({ "file": file, "checked": checked }));
    }
    if json {
        as_json(&told)?;
    }
    if wrong == 0 { Ok(()) } else { Err(Failure::Wrong { count: wrong, of: files.len() }) }
}
