//! How long a novel takes: `cargo xtask novel [TEXT]`. 120,000 words come in as Markdown through the use cases of every shell,
//! are opened and searched, and go out in every format; what was written comes in again, and must have as many words. Times
//! are printed. The text is the file that is named, or the first novel of that length in the corpus that FOOLSCAP_CORPUS
//! names (a JSON object a line, packed by xz); without either it is made up, which is said.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use foolscap_app::api::{ExportOptions, ItemKind, OutlineItem};
use foolscap_app::{Studio, preview_import};
use foolscap_manuscript::{Library, Pattern, ProjectId, count_words};

const WORDS: usize = 120_000;
const AUTHOR: &str = "Ada Writer";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let dir = tempfile::tempdir()?;
    let (source, library) = (dir.path().join("novel.md"), dir.path().join("library.foolscap"));
    let name = novel(&source)?;
    let found = preview_import(std::slice::from_ref(&source))?;
    println!("{name}: {} words, {} chapters, {} scenes\n", found.words, found.chapters, found.scenes);
    println!("{:<34} {:>9}", "", "ms");
    let mut studio = Studio::open(&library)?;
    let (imported, time) = timed(|| studio.import(&source, Some(&name)));
    let imported = imported?;
    tell("imported from Markdown", time, "on disk");
    let stored = imported.scenes.iter().map(|scene| scene.words).sum();
    same("what is stored", found.words, stored)?;
    drop(studio);
    let (studio, time) = timed(|| Studio::open(&library));
    let mut studio = studio?;
    tell("library opened, every page checked", time, "");
    let (outline, time) = timed(|| studio.outline(imported.project));
    let outline = outline?;
    tell("outline of the project", time, &format!("{} words", outline.project.words));
    same("the outline", found.words, outline.project.words)?;
    let last = last_scene(&outline.items).ok_or("there is no scene")?;
    let (scene, time) = timed(|| studio.scene(last));
    tell("a scene opened", time, &format!("{} words", scene?.words));
    for (what, words) in
        [("looked up, index made anew", "night rain"), ("looked up, index there", "morning light")]
    {
        let (found, time) = timed(|| studio.search(Some(imported.project), words));
        tell(what, time, &format!("{} scenes", found?.len()));
    }
    searched(&Library::open_read_only(&library)?, ProjectId(imported.project))?;
    as_files(&studio, imported.project, &name, found.words, dir.path())
}

/// Every place of a pattern, as the window looks for them.
fn searched(library: &Library, project: ProjectId) -> Result<(), Failure> {
    let expression = r"\bnever\b.{0,40}\bagain\b|\b(I|we) (?:had|have)n.t\b";
    for (what, text, regex) in [
        ("searched, a common word", "the", false),
        ("searched, a rare word", "lighthouse", false),
        ("searched, an expression", expression, true),
    ] {
        let pattern = Pattern { text: text.into(), whole_words: !regex, regex, ..Pattern::default() };
        let (found, time) = timed(|| library.search(project, &pattern));
        tell(what, time, &format!("{} places", found?.hits.len()));
    }
    Ok(())
}

/// Writes the book in every format and reads what can be read.
fn as_files(studio: &Studio, project: u32, title: &str, words: u32, dir: &Path) -> Result<(), Failure> {
    let plain = ExportOptions { author: Some(AUTHOR.into()), ..ExportOptions::default() };
    let manuscript = ExportOptions { manuscript: true, ..plain.clone() };
    println!("\n{:<34} {:>9} {:>9} {:>9} {:>9}", "", "kB", "out, ms", "in, ms", "words");
    for (name, format, options) in [
        ("Markdown", "md", &plain),
        ("text", "txt", &plain),
        ("HTML", "html", &plain),
        ("DOCX", "docx", &plain),
        ("DOCX, standard manuscript", "docx", &manuscript),
        ("EPUB", "epub", &plain),
        ("folder of Markdown", "folder", &plain),
        ("PDF", "pdf", &plain),
        ("PDF, standard manuscript", "pdf", &manuscript),
    ] {
        let path = dir.join(format!("{name}.{format}"));
        let (exported, out) = timed(|| studio.export(project, format, options, &path));
        let exported = exported?;
        same(name, words, exported.words)?;
        let (size, out) = (exported.bytes / 1000.0, out.as_millis());
        if format == "pdf" {
            // What is printed does not come in again.
            println!("{name:<34} {size:>9.0} {out:>9}");
            continue;
        }
        let (back, time) = timed(|| preview_import(std::slice::from_ref(&path)));
        let back = back?.words;
        println!("{name:<34} {size:>9.0} {out:>9} {:>9} {back:>9}", time.as_millis());
        // Plain text does not say which of its first lines are title and author: they come in as words.
        let above = if format == "txt" { count_words(title) + count_words(AUTHOR) } else { 0 };
        same(&format!("{name}, read again"), words + above, back)?;
    }
    Ok(())
}

fn same(what: &str, wanted: u32, found: u32) -> Result<(), Failure> {
    if wanted == found {
        return Ok(());
    }
    Err(format!("{what} has {found} words, and the novel {wanted}").into())
}

fn last_scene(items: &[OutlineItem]) -> Option<u32> {
    items.iter().rev().find_map(|item| match item.kind {
        ItemKind::Scene => Some(item.id),
        ItemKind::Part | ItemKind::Chapter => last_scene(&item.items),
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn tell(what: &str, time: Duration, found: &str) {
    println!("{what:<34} {:>9.1}   {found}", time.as_secs_f64() * 1000.0);
}

/// Writes the first 120,000 words of a novel; tells its name.
fn novel(path: &Path) -> Result<String, Failure> {
    let (name, text) = match (std::env::args().nth(1), std::env::var_os("FOOLSCAP_CORPUS")) {
        (Some(file), _) => (file.clone(), std::fs::read_to_string(file)?),
        (None, Some(corpus)) => of_the_corpus(Path::new(&corpus))?,
        (None, None) => {
            println!("SKIPPED: FOOLSCAP_CORPUS names no corpus, so the words are made up");
            ("A Novel".to_owned(), made_up())
        }
    };
    let mut words = 0;
    let paragraphs = text.split("\n\n").take_while(|paragraph| {
        let go_on = words < WORDS;
        words += paragraph.split_whitespace().count();
        go_on
    });
    std::fs::write(path, paragraphs.collect::<Vec<_>>().join("\n\n"))?;
    Ok(name)
}

/// The first book that is long enough.
fn of_the_corpus(corpus: &Path) -> Result<(String, String), Failure> {
    let mut unpacked = Command::new("xz").arg("-dc").arg(corpus).stdout(Stdio::piped()).spawn()?;
    let lines = BufReader::new(unpacked.stdout.take().ok_or("xz gives nothing")?).lines();
    for line in lines {
        let entry: serde_json::Value = serde_json::from_str(&line?)?;
        let (title, text) = (entry["title"].as_str(), entry["text"].as_str());
        if let (Some(title), Some(text)) = (title, text)
            && entry["words"].as_u64() >= Some(WORDS as u64 * 21 / 20)
        {
            unpacked.kill()?;
            unpacked.wait()?;
            return Ok((title.to_owned(), text.to_owned()));
        }
    }
    Err(format!("{} has no book of {WORDS} words", corpus.display()).into())
}

/// Sentences of the lengths that sentences have, in chapters of some 4,000 words and scenes of some 1,300.
fn made_up() -> String {
    const WORD: [&str; 16] = [
        "the",
        "night",
        "was",
        "over",
        "her",
        "shoulder",
        "and",
        "nobody",
        "said",
        "anything",
        "of",
        "it",
        "until",
        "rain",
        "came",
        "“softly”",
    ];
    let mut text = String::new();
    for i in 0..WORDS + WORDS / 8 {
        match (i % 3_960, i % 1_320) {
            (0, _) => text.push_str(&format!("# The Chapter of {}\n\n", i / 3_960 + 1)),
            (_, 0) => text.push_str("***\n\n"),
            _ => {}
        }
        text.push_str(WORD[(i * 7 + i / 11) % WORD.len()]);
        text.push_str(if i % 60 == 59 {
            ".\n\n"
        } else if i % 13 == 12 {
            ". "
        } else {
            " "
        });
    }
    text
}
