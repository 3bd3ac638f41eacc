//! Files into a project and a project into files, from the command line; also through pipes.

use std::path::{Path, PathBuf};

use foolscap_app::api::{ExportOptions, ImportPreview, ManuscriptTypeface};
use foolscap_app::preview_import;
use serde_json::json;

use super::args::{Export, Import};
use super::pipes::{Sources, is_pipe, to_standard_output};
use super::{as_json, open, open_to_read};
use crate::Failure;
use crate::look::print;

/// `foolscap import`.
pub fn import(c: &Import) -> Result<(), Failure> {
    let sources = Sources::read(&c.files, c.format.as_deref())?;
    let files = &sources.files;
    let groups: Vec<&[PathBuf]> = if c.together { vec![files] } else { files.chunks(1).collect() };
    if c.preview {
        return groups.into_iter().try_for_each(|files| preview(&sources, files, c.of.json));
    }
    let mut studio = open(&c.of)?;
    for files in groups {
        let imported = studio.import_all(files, c.project.as_deref());
        let mut imported = imported.map_err(|problem| sources.problem(problem))?;
        imported.file = sources.named(&imported.file);
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
fn preview(sources: &Sources, files: &[PathBuf], json: bool) -> Result<(), Failure> {
    let found = preview_import(files).map_err(|problem| sources.problem(problem))?;
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
    let pipe = is_pipe(&c.out);
    let by_name = || c.out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let format = c.format.clone().or_else(by_name).ok_or_else(|| {
        let out = if pipe { "standard output".to_owned() } else { c.out.display().to_string() };
        Failure::Usage(format!("{out} has no ending that names a format; name one by --format"))
    })?;
    if pipe && c.of.json {
        let message = "the book itself goes to standard output; --json goes with a file (--out FILE)";
        return Err(Failure::Usage(message.into()));
    }
    let studio = open_to_read(&c.of)?;
    let options = ExportOptions {
        author: c.author.clone(),
        manuscript: c.manuscript,
        typeface: if c.courier { ManuscriptTypeface::Courier } else { ManuscriptTypeface::Times },
        contact: c.contact.iter().flat_map(|text| lines(text)).collect(),
        scene_titles: c.scene_titles,
        numbers: c.numbers,
    };
    let project = studio.find(&c.project)?.id;
    let write = |file: &Path| Ok(studio.export(project, &format, &options, file)?);
    let exported = if pipe { to_standard_output(&format, write)? } else { write(&c.out)? };
    if c.of.json {
        return as_json(&exported);
    }
    if !pipe {
        print(&exported.file)?;
    }
    eprintln!("{} words, {} bytes", exported.words, exported.bytes);
    exported.left_out.iter().for_each(|left| eprintln!("  {}", left.sentence));
    Ok(())
}

/// The lines of a text, also where a shell gives `\n` as it was typed.
fn lines(text: &str) -> Vec<String> {
    text.replace("\\n", "\n").lines().map(str::to_owned).collect()
}

fn counted(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
