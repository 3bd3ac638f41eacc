//! PDF, set by Typst as a library: hyphenation, justified lines, running heads, bookmarks and tags are its own. The words
//! reach it as strings of a dictionary and never as its markup, so that a manuscript can hold anything.

mod fonts;
mod look;
mod world;

use typst::foundations::{Array, Dict, IntoValue, Value, array, dict};

use crate::book::{Book, Direction};
use crate::error::Error;
use crate::export::Options;
use crate::export::outline::{Depths, Item, Run, filled, outline, plain, runs};
use crate::left_out::{Tally, What};
use look::Look;
use world::Press;

/// How much stack setting a page may need.
const STACK: usize = 16 << 20;

/// The file's bytes. Counts the letters that no font has.
pub(crate) fn write(book: &Book, options: &Options, left_out: &mut Tally) -> Result<Vec<u8>, Error> {
    let look = Look::of(book, options);
    let items = items(book, options, look.curly);
    let inputs = dict! {
        "book" => about(book, look.curly),
        "look" => look.values(book, options),
        "items" => items.clone(),
    };
    let letters = letters(&[inputs.clone().into_value()]);
    let families = look.families;
    // On a thread of its own: a stack of known size, and a panic in it ends there.
    let work = move || {
        let fonts = fonts::for_letters(&letters, families);
        let missing = fonts::missing(&fonts.book, &letters);
        Press::new(inputs, fonts).print().map(|bytes| (bytes, missing))
    };
    let problem = |problem: String| Error::Format { format: "PDF", problem };
    let thread = std::thread::Builder::new().name("pdf".into()).stack_size(STACK);
    let running = thread.spawn(work).map_err(|source| problem(source.to_string()))?;
    let done = running.join().map_err(|_| problem("Typst stopped".to_owned()))?;
    let (bytes, missing) = done.map_err(problem)?;
    missing.iter().for_each(|letter| left_out.named(What::Letter, &letter.to_string()));
    Ok(bytes)
}

/// What the file says of the book, and what its title page and the heads of its pages do.
fn about(book: &Book, curly: bool) -> Dict {
    let (lang, region) = language(book.language.as_deref());
    let author = book.author.as_deref().map(one_line).filter(|author| !author.is_empty());
    let title = line(&book.title, curly);
    dict! {
        "title" => one_line(&book.title),
        "shown-title" => title.clone(),
        "authors" => author.iter().map(|author| author.as_str().into_value()).collect::<Array>(),
        "lang" => lang,
        "region" => region.map_or(Value::None, IntoValue::into_value),
        "rtl" => book.direction == Direction::RightToLeft,
        "verso" => author.as_deref().map_or_else(|| title.clone(), |author| line(author, false)),
        "recto" => title,
    }
}

/// A language and, where it is told, a region, as Typst knows them: `pt-BR` is `pt` and `BR`.
fn language(tag: Option<&str>) -> (String, Option<String>) {
    let mut parts = tag.unwrap_or_default().split(['-', '_']);
    let is_language =
        |part: &&str| matches!(part.len(), 2 | 3) && part.chars().all(|c| c.is_ascii_alphabetic());
    let is_region = |part: &&str| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic());
    match parts.next().filter(is_language) {
        Some(language) => (language.to_ascii_lowercase(), parts.find(is_region).map(str::to_ascii_uppercase)),
        // Typst's own; where a word may be broken is not asked of it then.
        None => ("en".to_owned(), None),
    }
}

/// The book as arrays: what each thing is, and its words.
fn items(book: &Book, options: &Options, curly: bool) -> Array {
    let depths = Depths::of(book);
    let items = outline(book, options).into_iter().map(|item| match item {
        Item::Part(title) => array!["part", line(&title, curly)],
        Item::Chapter(None) => array!["chapter", Value::None],
        Item::Chapter(Some(title)) => array!["chapter", line(&title, curly)],
        Item::Scene(title) => array!["scene", line(&title, curly)],
        Item::Break => array!["break", Value::None],
        Item::Heading(level, content) => {
            let level = depths.heading(level) - depths.scene();
            array!["heading", words(&heading(content), curly), i64::from(level)]
        }
        Item::Paragraph(paragraph) => array!["paragraph", words(&runs(&paragraph.content), curly)],
        Item::Quote(paragraphs) => {
            let all =
                filled(paragraphs).map(|paragraph| words(&runs(&paragraph.content), curly).into_value());
            array!["quote", all.collect::<Array>()]
        }
    });
    items.map(IntoValue::into_value).collect()
}

/// Words in one line, without marks.
fn line(text: &str, curly: bool) -> Array {
    words(&[Run::Text { text: one_line(text), em: false, strong: false }], curly)
}

/// A heading in one line.
fn heading(content: &[foolscap_manuscript::Inline]) -> Vec<Run> {
    match runs(content) {
        runs if runs.contains(&Run::Break) => {
            vec![Run::Text { text: plain(content), em: false, strong: false }]
        }
        runs => runs,
    }
}

/// Words with their marks. Straight quotes become signs of their own where they are to be curly.
fn words(runs: &[Run], curly: bool) -> Array {
    let mut words = Array::new();
    let mut push = |what: Value, em: bool, strong: bool| words.push(array![what, em, strong].into_value());
    for run in runs {
        match run {
            Run::Break => push(Value::None, false, false),
            Run::Text { text, em, strong } if curly => {
                let mut rest = text.as_str();
                while let Some(at) = rest.find(['"', '\'']) {
                    if at > 0 {
                        push(rest[..at].into_value(), *em, *strong);
                    }
                    push(rest[at..].starts_with('"').into_value(), *em, *strong);
                    rest = &rest[at + 1..];
                }
                if !rest.is_empty() {
                    push(rest.into_value(), *em, *strong);
                }
            }
            Run::Text { text, em, strong } => push(text.as_str().into_value(), *em, *strong),
        }
    }
    words
}

/// Every letter in all strings, once, in their order.
fn letters(values: &[Value]) -> Vec<char> {
    fn gather(value: &Value, found: &mut std::collections::BTreeSet<char>) {
        match value {
            Value::Str(text) => found.extend(text.chars()),
            Value::Array(array) => array.iter().for_each(|value| gather(value, found)),
            Value::Dict(dict) => dict.iter().for_each(|(_, value)| gather(value, found)),
            _ => {}
        }
    }
    let mut found = std::collections::BTreeSet::new();
    values.iter().for_each(|value| gather(value, &mut found));
    found.into_iter().collect()
}

fn one_line(text: &str) -> String {
    let clean: String = text.chars().filter(|c| crate::text::is_text(*c)).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
