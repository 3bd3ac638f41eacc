//! How long a novel takes: `cargo run --release -p foolscap-exchange --example novel [TEXT]`. 120,000 words come in as
//! Markdown, go into a library, which is opened and searched, and out in every format; what was written comes in again.
//! Times are printed. The text is the file that is named, or the first novel of that length in the corpus that
//! FOOLSCAP_CORPUS names (a JSON object a line, packed by xz); without either it is made up, which is said.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use foolscap_exchange::{Book, Chapter, Format, Options, Typeface, export, import};
use foolscap_manuscript::{Brief, ChapterKind, Library, NewItem, NewScene, Pattern, ProjectId};

const WORDS: usize = 120_000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("novel.md");
    let name = novel(&path)?;
    let (imported, time) = timed(|| import(&path));
    let mut book = imported?.book;
    book.title = name;
    book.author = book.author.or(Some("Ada Writer".into()));
    book.language = Some("en-GB".into());
    let (chapters, scenes) = (book.chapters().count(), book.scenes().count());
    println!("{}: {} words, {chapters} chapters, {scenes} scenes\n", book.title, book.words());
    println!("{:<34} {:>9}", "", "ms");
    tell("imported from Markdown", time, "");
    in_a_library(&book, &dir.path().join("library.foolscap"))?;
    as_files(&book, dir.path())
}

/// Stores, opens and searches the book.
fn in_a_library(book: &Book, path: &Path) -> Result<(), Failure> {
    let items: Vec<NewItem> = book.chapters().map(item).collect();
    let mut library = Library::open(path)?;
    let (made, time) = timed(|| library.create_project_of(&book.title, &Brief::default(), &items));
    let project = made?.0.id;
    tell("stored", time, "on disk");
    drop(library);
    let (library, time) = timed(|| Library::open(path));
    let mut library = library?;
    tell("library opened", time, "");
    let (tree, time) = timed(|| library.tree(project));
    let scenes = tree?.into_scenes();
    tell("tree of the project", time, &format!("{} scenes", scenes.len()));
    let last = scenes.last().ok_or("there is no scene")?.id;
    let (scene, time) = timed(|| library.scene(last));
    tell("a scene opened", time, &format!("{} words", scene?.words));
    search(&library, project, "searched, a common word", "the", false)?;
    search(&library, project, "searched, a rare word", "lighthouse", false)?;
    search(
        &library,
        project,
        "searched, an expression",
        r"\bnever\b.{0,40}\bagain\b|\b(I|we) (?:had|have)n.t\b",
        true,
    )?;
    for (what, words) in
        [("looked up, index made anew", "night rain"), ("looked up, index there", "morning light")]
    {
        let (found, time) = timed(|| library.look_up(Some(project), words, 200));
        tell(what, time, &format!("{} scenes", found?.len()));
    }
    Ok(())
}

fn search(library: &Library, project: ProjectId, what: &str, text: &str, regex: bool) -> Result<(), Failure> {
    let pattern = Pattern { text: text.into(), whole_words: !regex, regex, ..Pattern::default() };
    let (found, time) = timed(|| library.search(project, &pattern));
    tell(what, time, &format!("{} places", found?.hits.len()));
    Ok(())
}

/// Writes the book in every format and reads what can be read.
fn as_files(book: &Book, dir: &Path) -> Result<(), Failure> {
    let manuscript = Options { manuscript: Some(Typeface::Times), ..Options::default() };
    let plain = Options::default();
    let ways = [
        ("Markdown", Format::Markdown, &plain, "md"),
        ("text", Format::Text, &plain, "txt"),
        ("HTML", Format::Html, &plain, "html"),
        ("DOCX", Format::Docx, &plain, "docx"),
        ("DOCX, standard manuscript", Format::Docx, &manuscript, "manuscript.docx"),
        ("EPUB", Format::Epub, &plain, "epub"),
    ];
    println!("\n{:<34} {:>9} {:>9} {:>9} {:>9}", "", "kB", "out, ms", "in, ms", "words");
    for (name, format, options, extension) in ways {
        let path = dir.join(format!("out.{extension}"));
        let (exported, out) = timed(|| export(book, format, options, &path));
        let (size, out) = (exported?.bytes / 1000, out.as_millis());
        let (back, time) = timed(|| import(&path));
        println!("{name:<34} {size:>9} {out:>9} {:>9} {:>9}", time.as_millis(), back?.book.words());
    }
    Ok(())
}

fn item(chapter: &Chapter) -> NewItem {
    let scenes = chapter.scenes.iter().map(|scene| {
        NewItem::Scene(NewScene {
            title: scene.title.clone().unwrap_or_default(),
            document: scene.document.to_json(),
            text: scene.document.plain_text(),
            ..NewScene::default()
        })
    });
    NewItem::Chapter {
        kind: ChapterKind::Chapter,
        title: chapter.title.clone().unwrap_or_default(),
        synopsis: chapter.synopsis.clone(),
        items: scenes.collect(),
    }
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
