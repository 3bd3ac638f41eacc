//! A book as the blocks that its pages are made of.

use std::ops::Range;

use crate::book::Book;
use crate::export::outline::{Item, Run, filled, outline, runs};
use crate::export::{Options, manuscript};

/// What a block is, and so how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// A line of the author's address, and the length of a manuscript.
    Contact,
    Length,
    Title,
    Author,
    Part,
    Chapter,
    Scene,
    Heading,
    Break,
    /// A paragraph at the beginning, or after a heading or a break.
    First,
    Paragraph,
    Quote,
    /// A paragraph of a quotation after its first.
    QuoteMore,
}

/// Words that are set together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub look: Look,
    pub text: String,
    /// Stretches of the text that are slanted or heavy, in bytes.
    pub looks: Vec<(Range<usize>, Emphasis)>,
    /// Begins a page.
    pub page: bool,
    /// How deep it lies in the file's outline; `None` for what is not in it.
    pub depth: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Emphasis {
    pub em: bool,
    pub strong: bool,
}

/// All blocks of a book, from its title on.
pub(super) fn blocks(book: &Book, options: &Options) -> Vec<Block> {
    let mut blocks = Blocks { list: Vec::new(), first: true, page: false, parts: book.has_parts() };
    blocks.front(book, options);
    for item in outline(book, options) {
        blocks.item(&item, options);
    }
    blocks.list
}

struct Blocks {
    list: Vec<Block>,
    /// The next paragraph is a first one.
    first: bool,
    /// The next block begins a page.
    page: bool,
    parts: bool,
}

impl Blocks {
    fn front(&mut self, book: &Book, options: &Options) {
        if options.manuscript.is_some() {
            for line in book.author.iter().chain(&options.contact) {
                self.push(Look::Contact, &plain(line));
            }
            self.push(Look::Length, &plain(&manuscript::about_words(book.words())));
        }
        if !book.title.is_empty() {
            self.push(Look::Title, &plain(&book.title));
            if let Some(author) = &book.author {
                self.push(Look::Author, &plain(author));
            }
        }
        self.page = !self.list.is_empty();
    }

    fn item(&mut self, item: &Item<'_>, options: &Options) {
        match item {
            Item::Part(title) => self.opens(Look::Part, title, 0),
            Item::Chapter(Some(title)) => self.opens(Look::Chapter, title, u8::from(self.parts)),
            Item::Chapter(None) => self.first = true,
            Item::Scene(title) => self.heading(Look::Scene, &plain(title)),
            Item::Heading(_, content) => self.heading(Look::Heading, &runs(content)),
            Item::Break => {
                let sign = if options.manuscript.is_some() { "#" } else { "* * *" };
                self.heading(Look::Break, &plain(sign));
            }
            Item::Paragraph(paragraph) => {
                let look = if std::mem::take(&mut self.first) { Look::First } else { Look::Paragraph };
                self.push(look, &runs(&paragraph.content));
            }
            Item::Quote(paragraphs) => {
                for (i, paragraph) in filled(paragraphs).enumerate() {
                    self.push(if i == 0 { Look::Quote } else { Look::QuoteMore }, &runs(&paragraph.content));
                }
                self.first = true;
            }
        }
    }

    /// What begins a page and stands in the outline.
    fn opens(&mut self, look: Look, title: &str, depth: u8) {
        self.page = !self.list.is_empty();
        self.heading(look, &plain(title));
        if let Some(block) = self.list.last_mut() {
            block.depth = Some(depth);
        }
    }

    fn heading(&mut self, look: Look, runs: &[Run]) {
        self.push(look, runs);
        self.first = true;
    }

    fn push(&mut self, look: Look, runs: &[Run]) {
        let mut block = Block {
            look,
            text: String::new(),
            looks: Vec::new(),
            page: std::mem::take(&mut self.page),
            depth: None,
        };
        for run in runs {
            match run {
                Run::Break => block.text.push('\n'),
                Run::Text { text, em, strong } => {
                    let start = block.text.len();
                    block.text.push_str(text);
                    if *em || *strong {
                        let emphasis = Emphasis { em: *em, strong: *strong };
                        block.looks.push((start..block.text.len(), emphasis));
                    }
                }
            }
        }
        self.list.push(block);
    }
}

fn plain(text: &str) -> [Run; 1] {
    [Run::Text { text: text.to_owned(), em: false, strong: false }]
}
