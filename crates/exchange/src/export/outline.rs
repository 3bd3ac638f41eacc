//! A book as one run of headings, breaks and blocks, which every format writes in its own way. What is exported, how deep
//! a heading lies, what a chapter is called and where a break stands is decided here, once.

use foolscap_manuscript::{Block, Document, Inline, Paragraph};

use crate::book::Book;
use crate::export::{Numbering, Options};
use crate::import::split::{names_a_chapter, names_an_end};

/// What comes next in a book.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item<'a> {
    /// A part begins.
    Part(String),
    /// A chapter begins, with or without a heading.
    Chapter(Option<String>),
    /// A scene begins under a title that readers see.
    Scene(String),
    /// A new scene, or a break in one.
    Break,
    /// A heading on a page; 1 lies right below a scene's title.
    Heading(u8, &'a [Inline]),
    Paragraph(&'a Paragraph),
    Quote(&'a [Paragraph]),
}

/// How deep headings lie; 1 is the highest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Depths {
    pub chapter: u8,
}

impl Depths {
    pub fn of(book: &Book) -> Self {
        Self { chapter: if book.has_parts() { 2 } else { 1 } }
    }

    pub fn scene(self) -> u8 {
        self.chapter + 1
    }

    /// Of a heading on a page; no format goes deeper than 6.
    pub fn heading(self, level: u8) -> u8 {
        (self.scene() + level).min(6)
    }
}

/// The book from beginning to end.
pub(crate) fn outline<'a>(book: &'a Book, options: &Options) -> Vec<Item<'a>> {
    let mut items = Items::default();
    let mut number = 0;
    for part in &book.parts {
        if let Some(title) = &part.title {
            items.push(Item::Part(one_line(title)));
        }
        for (i, chapter) in part.chapters.iter().enumerate() {
            let opens = items.list.is_empty() || (i == 0 && part.title.is_some());
            let is_numbered = chapter.title.as_deref().map_or(!opens, |title| !names_an_end(title));
            number += usize::from(is_numbered);
            items.push(Item::Chapter(heading(chapter.title.as_deref(), opens, number, &options.numbering)));
            for scene in &chapter.scenes {
                match scene.title.as_deref().filter(|_| options.scene_titles) {
                    Some(title) => items.push(Item::Scene(one_line(title))),
                    None => items.push(Item::Break),
                }
                for block in &scene.document.blocks {
                    items.block(block);
                }
            }
        }
    }
    items.list
}

/// One page from top to bottom.
pub(crate) fn blocks(document: &Document) -> Vec<Item<'_>> {
    let mut items = Items::default();
    document.blocks.iter().for_each(|block| items.block(block));
    items.list
}

/// What a chapter's heading says; a chapter without a title needs one where another precedes it.
fn heading(title: Option<&str>, opens: bool, number: usize, numbering: &Numbering) -> Option<String> {
    let title = title.map(one_line).filter(|title| !title.is_empty());
    let label = match numbering {
        Numbering::Titles | Numbering::Numbers => number.to_string(),
        Numbering::Named(word) => format!("{word} {number}"),
    };
    match (title, numbering) {
        (None, _) if opens => None,
        (None, _) => Some(label),
        (Some(title), Numbering::Titles) => Some(title),
        (Some(title), _) if names_an_end(&title) || names_a_chapter(&title) => Some(title),
        (Some(title), Numbering::Numbers) => Some(format!("{label}. {title}")),
        (Some(title), Numbering::Named(_)) => Some(format!("{label}: {title}")),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Debug, Default)]
struct Items<'a> {
    list: Vec<Item<'a>>,
    /// A break that stands only if something follows it.
    waiting: bool,
}

impl<'a> Items<'a> {
    fn push(&mut self, item: Item<'a>) {
        let between =
            matches!(self.list.last(), Some(Item::Paragraph(_) | Item::Quote(_) | Item::Heading(..)));
        match item {
            Item::Break => self.waiting = between,
            Item::Part(_) | Item::Chapter(_) | Item::Scene(_) => {
                self.waiting = false;
                self.list.push(item);
            }
            Item::Heading(..) | Item::Paragraph(_) | Item::Quote(_) => {
                if std::mem::take(&mut self.waiting) {
                    self.list.push(Item::Break);
                }
                self.list.push(item);
            }
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph(paragraph) if is_blank(&paragraph.content) => {}
            Block::Paragraph(paragraph) => self.push(Item::Paragraph(paragraph)),
            Block::Heading { content, .. } if is_blank(content) => {}
            Block::Heading { level, content } => self.push(Item::Heading(level.number(), content)),
            Block::SceneBreak => self.push(Item::Break),
            Block::Blockquote(paragraphs) if paragraphs.iter().all(|p| is_blank(&p.content)) => {}
            Block::Blockquote(paragraphs) => self.push(Item::Quote(paragraphs)),
            Block::Note(_) => {}
        }
    }
}

fn is_blank(content: &[Inline]) -> bool {
    content.iter().all(|inline| inline.text().trim().is_empty())
}

/// The paragraphs of a quotation that hold something.
pub(crate) fn filled(paragraphs: &[Paragraph]) -> impl Iterator<Item = &Paragraph> {
    paragraphs.iter().filter(|paragraph| !is_blank(&paragraph.content))
}

/// Words that look the same, or a line break.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Run {
    Text { text: String, em: bool, strong: bool },
    Break,
}

/// The words of a paragraph by their looks alone: who wrote them is not exported.
pub(crate) fn runs(content: &[Inline]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for inline in content {
        let Inline::Text { text, marks } = inline else {
            runs.push(Run::Break);
            continue;
        };
        let new: String = text.chars().filter(|c| crate::text::is_text(*c)).collect();
        let new = new.replace(['\n', '\r'], " ");
        match runs.last_mut() {
            Some(Run::Text { text, em, strong }) if (*em, *strong) == (marks.em, marks.strong) => {
                text.push_str(&new)
            }
            _ if new.is_empty() => {}
            _ => runs.push(Run::Text { text: new, em: marks.em, strong: marks.strong }),
        }
    }
    runs
}

/// The words of a heading, in one line.
pub(crate) fn plain(content: &[Inline]) -> String {
    one_line(&content.iter().map(Inline::text).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Chapter, Part, Scene};

    fn told(chapters: &[(Option<&str>, &[&str])], options: &Options) -> Vec<String> {
        let scene = |text: &&str| Scene {
            title: Some("S".into()),
            document: Document::from_plain_text(text),
            ..Scene::default()
        };
        let chapter = |(title, scenes): &(Option<&str>, &[&str])| Chapter {
            title: title.map(str::to_owned),
            scenes: scenes.iter().map(scene).collect(),
            ..Chapter::default()
        };
        let part = Part { chapters: chapters.iter().map(chapter).collect(), ..Part::default() };
        let book = Book { parts: vec![part], ..Book::default() };
        let show = |item: &Item<'_>| match item {
            Item::Chapter(title) => format!("# {}", title.clone().unwrap_or_default()),
            Item::Scene(title) => format!("## {title}"),
            Item::Break => "***".into(),
            Item::Paragraph(paragraph) => plain(&paragraph.content),
            other => format!("{other:?}"),
        };
        outline(&book, options).iter().map(show).collect()
    }

    #[test]
    fn breaks_stand_between_scenes_only() {
        let scenes: &[&str] = &["***\n\none", "two\n\n***", "", "three\n\n***\n\n***\n\nfour"];
        let shown = told(&[(Some("A"), scenes), (Some("B"), &["five"])], &Options::default());
        assert_eq!(shown, ["# A", "one", "***", "two", "***", "three", "***", "four", "# B", "five"]);
    }

    #[test]
    fn chapters_are_numbered_as_asked_but_for_those_that_are_none() {
        let chapters: &[(Option<&str>, &[&str])] =
            &[(Some("Prologue"), &[]), (Some("Fire"), &[]), (None, &[]), (Some("Chapter 9"), &[])];
        let with = |numbering| told(chapters, &Options { numbering, ..Options::default() });
        assert_eq!(with(Numbering::Titles), ["# Prologue", "# Fire", "# 2", "# Chapter 9"]);
        assert_eq!(with(Numbering::Numbers), ["# Prologue", "# 1. Fire", "# 2", "# Chapter 9"]);
        let named = with(Numbering::Named("Chapter".into()));
        assert_eq!(named, ["# Prologue", "# Chapter 1: Fire", "# Chapter 2", "# Chapter 9"]);
    }

    #[test]
    fn scene_titles_are_shown_when_asked_for() {
        let options = Options { scene_titles: true, ..Options::default() };
        assert_eq!(told(&[(None, &["one", "two"])], &options), ["# ", "## S", "one", "## S", "two"]);
    }
}
