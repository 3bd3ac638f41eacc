//! The library of manuscripts from the command line: the same projects that the window shows. While a window has the
//! library open it can be read; whoever would change it is told.

pub mod args;

use std::io::Read;
use std::path::PathBuf;

use foolscap_app::api::{
    ExportOptions, ImportPreview, ItemKind, LoreEntry, LoreKind, LoreText, LoreTold, OutlineItem,
    ProjectSummary, RecoveryReport, ReportFormat,
};
use foolscap_app::{Studio, data_folder, preview_import};
use serde::Serialize;
use serde_json::json;

use crate::Failure;
use crate::look::print;
use args::{Export, Import, List, Lore, LoreCommand, New, Of, Report, Search, Show};

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
    let scene = open_to_read(&c.of)?.scene(c.scene)?;
    if c.of.json {
        return as_json(&scene);
    }
    print(&scene.text)
}

/// `foolscap import`.
pub fn import(c: &Import) -> Result<(), Failure> {
    let groups: Vec<&[PathBuf]> = if c.together { vec![&c.files] } else { c.files.chunks(1).collect() };
    if c.preview {
        return groups.into_iter().try_for_each(|files| preview(files, c.of.json));
    }
    let mut studio = open(&c.of)?;
    for files in groups {
        let imported = studio.import_all(files, c.project.as_deref())?;
        if c.of.json {
            print(&json!(imported).to_string())?;
            continue;
        }
        for scene in &imported.scenes {
            print(&format!("{}", scene.scene))?;
        }
        let words: u32 = imported.scenes.iter().map(|scene| scene.words).sum();
        eprintln!(
            "{}: {} scenes, {words} words, in project {}",
            imported.file,
            imported.scenes.len(),
            imported.project
        );
        imported.left_out.iter().for_each(|left| eprintln!("  {}", left.sentence));
    }
    Ok(())
}

/// What an import would make.
fn preview(files: &[PathBuf], json: bool) -> Result<(), Failure> {
    let found = preview_import(files)?;
    if json {
        return print(&json!(found).to_string());
    }
    let author = found.author.as_ref().map(|author| format!(" by {author}")).unwrap_or_default();
    let ImportPreview { title, parts, chapters, scenes, words, .. } = &found;
    let parts = if *parts > 0 { format!("{}, ", counted(*parts, "part")) } else { String::new() };
    let (chapters, scenes) = (counted(*chapters, "chapter"), counted(*scenes, "scene"));
    print(&format!("{title}{author}: {parts}{chapters}, {scenes}, {}", counted(*words, "word")))?;
    for part in &found.outline {
        if let Some(title) = &part.title {
            print(&format!("  {title}"))?;
        }
        for chapter in &part.chapters {
            let indent = if part.title.is_some() { "    " } else { "  " };
            let title = chapter.title.as_deref().unwrap_or("(in no chapter)");
            let (scenes, words) = (counted(chapter.scenes, "scene"), counted(chapter.words, "word"));
            print(&format!("{indent}{title} ({scenes}, {words})"))?;
        }
    }
    found.left_out.iter().for_each(|left| eprintln!("  {}", left.sentence));
    Ok(())
}

/// `foolscap export`.
pub fn export(c: &Export) -> Result<(), Failure> {
    let by_name = || c.out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let format = c.format.clone().or_else(by_name).ok_or_else(|| {
        Failure::Usage(format!("{} has no ending that names a format; name one by --format", c.out.display()))
    })?;
    let studio = open_to_read(&c.of)?;
    let options = ExportOptions {
        author: c.author.clone(),
        manuscript: c.manuscript,
        scene_titles: c.scene_titles,
        numbers: c.numbers,
    };
    let exported = studio.export(studio.find(&c.project)?.id, &format, &options, &c.out)?;
    if c.of.json {
        return as_json(&exported);
    }
    print(&exported.file)?;
    eprintln!("{} words, {} bytes", exported.words, exported.bytes);
    exported.left_out.iter().for_each(|left| eprintln!("  {}", left.sentence));
    Ok(())
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
    let mut studio = open_to_read(&c.of)?;
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

/// `foolscap lore`.
pub fn lore(c: &Lore) -> Result<(), Failure> {
    match &c.command {
        LoreCommand::List { project, of } => {
            let studio = open_to_read(of)?;
            let all = studio.lore(studio.find(project)?.id)?;
            if of.json { as_json(&all) } else { all.iter().try_for_each(|entry| print(&told(entry))) }
        }
        LoreCommand::Add { project, name, kind, also, told: when, short, long, of } => {
            let mut studio = open(of)?;
            let what = LoreText {
                kind: match kind.as_str() {
                    "place" => LoreKind::Place,
                    "thing" => LoreKind::Thing,
                    "fact" => LoreKind::Fact,
                    _ => LoreKind::Person,
                },
                name: name.clone(),
                aliases: also.clone(),
                told: match when.as_str() {
                    "always" => LoreTold::Always,
                    "never" => LoreTold::Never,
                    _ => LoreTold::Named,
                },
                match_case: false,
                short: short.clone(),
                long: if long == "-" { standard_input()? } else { long.clone() },
                from: None,
                to: None,
            };
            let entry = studio.add_lore(studio.find(project)?.id, &what)?;
            if of.json { as_json(&entry) } else { print(&told(&entry)) }
        }
        LoreCommand::Archive { entry, of } => {
            open(of)?.archive_lore(*entry, true)?;
            if of.json { as_json(&json!({ "archived": entry })) } else { Ok(()) }
        }
    }
}

fn counted(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Where the library is.
pub(crate) fn place(of: &Of) -> PathBuf {
    of.library.clone().unwrap_or_else(|| data_folder().join("library.foolscap"))
}

pub(crate) fn open(of: &Of) -> Result<Studio, Failure> {
    Ok(said(Studio::open(&place(of))?))
}

pub(crate) fn open_to_read(of: &Of) -> Result<Studio, Failure> {
    Ok(said(Studio::open_to_read(&place(of))?))
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

fn told(entry: &LoreEntry) -> String {
    let names = [std::slice::from_ref(&entry.what.name), &entry.what.aliases].concat().join(", ");
    format!(
        "{:>6}  {names}: {}",
        entry.id,
        if entry.what.short.is_empty() { &entry.what.long } else { &entry.what.short }
    )
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
