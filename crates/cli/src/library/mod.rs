//! The library of manuscripts from the command line: the same projects that the window shows. While a window has the
//! library open it can be read; whoever would change it is told.

pub mod args;
mod files;
mod lore;
mod pipes;

use std::io::Read;
use std::path::PathBuf;

use foolscap_app::api::{
    EarlierRequest, ItemKind, OutlineItem, ProjectSummary, RecoveryReport, ReportFormat,
};
use foolscap_app::{Studio, data_folder};
use serde::Serialize;
use serde_json::json;

use crate::Failure;
use crate::look::print;
use args::{List, New, Of, Report, Search, Show};
pub use files::{export, import};
pub use lore::lore;

/// `foolscap new`.
pub fn new(c: &New) -> Result<(), Failure> {
    let made = open(&c.of)?.create(&c.title)?;
    if c.of.json {
        return as_json(&made);
    }
    let page = made.items.first().map_or(String::new(), |page| format!(", with the empty scene {}", page.id));
    print(&format!("{} is project {}{page}", made.project.title, made.project.id))
}

/// `foolscap list`.
pub fn list(c: &List) -> Result<(), Failure> {
    let studio = open_to_read(&c.of)?;
    let Some(project) = &c.project else {
        let projects = studio.projects()?;
        if c.of.json {
            return as_json(&projects);
        }
        if projects.is_empty() {
            eprintln!("there is no project yet; `foolscap new TITLE` or `foolscap import FILE` makes one");
        }
        let line = |p: &ProjectSummary| {
            format!("{:>6}  {}  ({} words, {})", p.id, p.title, p.words, day(&p.updated_at))
        };
        return projects.iter().try_for_each(|project| print(&line(project)));
    };
    let outline = studio.outline(studio.find(project)?.id)?;
    if c.of.json {
        return as_json(&outline);
    }
    print(&format!("{} ({} words)", outline.project.title, outline.project.words))?;
    outline.items.iter().try_for_each(|item| line_of(item, 1))
}

/// `foolscap show`.
pub fn show(c: &Show) -> Result<(), Failure> {
    let studio = open_to_read(&c.of)?;
    if c.suggestions {
        let requests = studio.suggestions(c.scene)?;
        if c.of.json {
            return as_json(&requests);
        }
        if requests.is_empty() {
            eprintln!("nothing was suggested for this scene yet; `foolscap ask continue {}` asks", c.scene);
        }
        return requests.iter().try_for_each(suggested);
    }
    let scene = studio.scene(c.scene)?;
    if c.of.json {
        return as_json(&scene);
    }
    print(&scene.text)
}

/// A request with its candidates, each after its number; `*`: words of it are in the text.
fn suggested(request: &EarlierRequest) -> Result<(), Failure> {
    let EarlierRequest { action, model, prompt, asked_at, candidates, .. } = request;
    let how: Vec<&str> = [action.variant.as_deref(), Some(action.instruction.as_str())]
        .into_iter()
        .flatten()
        .filter(|how| !how.is_empty())
        .collect();
    let how = if how.is_empty() { String::new() } else { format!(" ({})", how.join(", ")) };
    print(&format!("{asked_at}  {}{how}, {model}, {prompt}", action.kind.name()))?;
    for one in candidates {
        let mark = if one.taken.is_empty() { ' ' } else { '*' };
        print(&format!("{mark}{:>2}  {}", one.candidate + 1, one.text.trim().replace('\n', "\n     ")))?;
    }
    print("")
}

/// `foolscap report`.
pub fn report(c: &Report) -> Result<(), Failure> {
    let studio = open_to_read(&c.of)?;
    let project = studio.find(&c.project)?.id;
    let format = if c.of.json { ReportFormat::Json } else { ReportFormat::Text };
    match &c.out {
        Some(file) => {
            studio.save_disclosure(project, format, file)?;
            print(&file.display().to_string())
        }
        None => print(studio.disclosure(project, format)?.trim_end()),
    }
}

/// `foolscap search`.
pub fn search(c: &Search) -> Result<(), Failure> {
    // Whoever can write brings the index up to date for the next who looks.
    let mut studio = said(Studio::open_to_read(&place(&c.of))?);
    let project = c.project.as_deref().map(|name| studio.find(name)).transpose()?;
    let found = studio.search(project.map(|project| project.id), &c.words.join(" "))?;
    if c.of.json {
        return as_json(&found);
    }
    found.iter().try_for_each(|scene| {
        let title = if scene.title.is_empty() { String::new() } else { format!("{}: ", scene.title) };
        print(&format!("{:>6}  {title}{}", scene.scene, scene.snippet.replace('\n', " ")))
    })
}

/// Where the library is.
pub(crate) fn place(of: &Of) -> PathBuf {
    of.library.clone().unwrap_or_else(|| data_folder().join("library.foolscap"))
}

pub(crate) fn open(of: &Of) -> Result<Studio, Failure> {
    Ok(said(Studio::open(&place(of))?))
}

pub(crate) fn open_to_read(of: &Of) -> Result<Studio, Failure> {
    Ok(said(Studio::open_read_only(&place(of))?))
}

/// Says what had to be done to open a library. The window says it once more: nobody may read what a script prints.
pub(crate) fn said(studio: Studio) -> Studio {
    if let Some(recovery) = studio.recovered() {
        let library = studio.state().path;
        let RecoveryReport { reason, damaged, backup, made_at } = recovery;
        match damaged {
            Some(damaged) => {
                eprintln!("foolscap: {library} was damaged ({reason}); it is now {damaged}, unchanged")
            }
            None => eprintln!("foolscap: {library} was not there"),
        }
        eprintln!("foolscap: in its place is the backup of {made_at}, {backup}");
    }
    studio
}

pub(crate) fn as_json(what: &impl Serialize) -> Result<(), Failure> {
    print(&format!("{:#}", json!(what)))
}

fn line_of(item: &OutlineItem, depth: usize) -> Result<(), Failure> {
    let title = if item.title.is_empty() { "(untitled)" } else { &item.title };
    let number = match item.kind {
        ItemKind::Scene => format!("{:>6}", item.id),
        ItemKind::Part | ItemKind::Chapter => " ".repeat(6),
    };
    print(&format!("{number}{}{title} ({} words)", "  ".repeat(depth), item.words))?;
    item.items.iter().try_for_each(|item| line_of(item, depth + 1))
}

fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|source| Failure::Read { what: "standard input".into(), source })?;
    Ok(text)
}
