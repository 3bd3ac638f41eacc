//! Plain text: a paragraph a line, a blank line between paragraphs, and room above a chapter, by which it is found again.

use crate::book::Book;
use crate::export::Options;
use crate::export::outline::{Item, Run, filled, outline, plain, runs};

/// The whole text.
pub(crate) fn write(book: &Book, options: &Options) -> String {
    let mut text = String::new();
    for line in
        [Some(&book.title), book.author.as_ref()].into_iter().flatten().filter(|line| !line.is_empty())
    {
        text.push_str(line);
        text.push_str("\n\n");
    }
    for item in outline(book, options) {
        match item {
            Item::Part(title) | Item::Chapter(Some(title)) => text.push_str(&format!("\n\n\n{title}\n\n\n")),
            Item::Chapter(None) => text.push('\n'),
            Item::Scene(title) => text.push_str(&format!("\n{title}\n\n")),
            Item::Break => text.push_str("* * *\n\n"),
            Item::Heading(_, content) => text.push_str(&format!("{}\n\n", plain(content))),
            Item::Paragraph(paragraph) => {
                text.push_str(&format!("{}\n\n", lines(&runs(&paragraph.content), "")))
            }
            Item::Quote(paragraphs) => {
                for paragraph in filled(paragraphs) {
                    text.push_str(&format!("{}\n\n", lines(&runs(&paragraph.content), "    ")));
                }
            }
        }
    }
    let end = text.trim_end().len();
    text.truncate(end);
    text.push('\n');
    text.trim_start().to_owned()
}

fn lines(runs: &[Run], indent: &str) -> String {
    let mut text = indent.to_owned();
    for run in runs {
        match run {
            Run::Text { text: words, .. } => text.push_str(words),
            Run::Break => text.push_str(&format!("\n{indent}")),
        }
    }
    text
}
