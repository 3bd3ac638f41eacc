//! What of a file did not come along as it was, and what was made of it instead. Counted kind by kind, so that an author
//! reads a few sentences and not a log.

use std::fmt;

/// A kind of thing that a page cannot hold, or that was read by a guess.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// Pictures, drawings, charts, sound and film.
    Picture,
    /// Tables: their words are kept, a paragraph a cell.
    Table,
    /// Footnotes and endnotes: their words are kept, in brackets where they were called.
    Footnote,
    /// Lists: their items are kept as paragraphs.
    List,
    /// Comments of readers and editors.
    Comment,
    /// Tracked deletions: what was struck is left out, what was inserted is kept.
    Deletion,
    /// Addresses of links: the words are kept.
    Link,
    /// Underlining, strike-through, colour, small capitals …: the words are kept.
    Formatting,
    /// Hidden text.
    Hidden,
    /// Tables of contents and indexes, which are made anew at export.
    Contents,
    /// The address block and word count of a manuscript's first page, and running headers.
    TitlePage,
    /// Code blocks, raw HTML and mathematics: the words are kept where they are words.
    Code,
    /// Headings deeper than three levels: kept as headings of the third level.
    DeepHeading,
    /// Symbols of special fonts.
    Symbol,
    /// A text that is neither UTF-8 nor UTF-16 and was read as Windows-1252.
    Encoding,
    /// Characters no text may hold (control characters, bytes that are no character).
    Character,
    /// A file of a folder, or of an archive, that was not read.
    File,
    /// XML or HTML that is not well-formed and was read as a browser would.
    Markup,
    /// A note to oneself, which is never exported.
    Note,
    /// What a file says about itself and a book does not hold (publisher, subject, date …).
    Metadata,
    /// Annotations and comments of a Scrivener project: kept among the notes of their scene.
    Annotation,
    /// Documents of a Scrivener project that are not meant for the book: kept as notes to oneself.
    NotCompiled,
    /// Documents of a Scrivener project that lie outside its draft.
    OutsideDraft,
    /// Characters that no font of this machine has.
    Letter,
    /// Labels, keywords and other marks of scenes.
    Tag,
    /// A title that a file states of itself, where the author gave another.
    Title,
    /// Titles of scenes, where the author did not ask that readers see them.
    SceneTitle,
}

impl What {
    /// Its name for a program: `picture`, `deep_heading` and so on.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Table => "table",
            Self::Footnote => "footnote",
            Self::List => "list",
            Self::Comment => "comment",
            Self::Deletion => "deletion",
            Self::Link => "link",
            Self::Formatting => "formatting",
            Self::Hidden => "hidden",
            Self::Contents => "contents",
            Self::TitlePage => "title_page",
            Self::Code => "code",
            Self::DeepHeading => "deep_heading",
            Self::Symbol => "symbol",
            Self::Encoding => "encoding",
            Self::Character => "character",
            Self::File => "file",
            Self::Markup => "markup",
            Self::Note => "note",
            Self::Metadata => "metadata",
            Self::Annotation => "annotation",
            Self::NotCompiled => "not_compiled",
            Self::OutsideDraft => "outside_draft",
            Self::Letter => "letter",
            Self::Tag => "tag",
            Self::Title => "title",
            Self::SceneTitle => "scene_title",
        }
    }
}

/// Things of one kind that were left out or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What.
    pub what: What,
    /// How many.
    pub count: usize,
    /// The first ones by name, where they have names.
    pub names: Vec<String>,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, many, fate) = match self.what {
            What::Picture => ("picture", "pictures", "left out: a page holds words only"),
            What::Table => ("table", "tables", "taken apart: each cell is a paragraph"),
            What::Footnote => ("footnote", "footnotes", "put into the text, in brackets"),
            What::List => (
                "list item",
                "list items",
                "made paragraphs, without bullets or numbers that are not part of the text",
            ),
            What::Comment => ("comment", "comments", "left out: they belong to readers, not to the text"),
            What::Deletion => ("tracked deletion", "tracked deletions", "carried out"),
            What::Link => ("link", "links", "kept as words, without the address"),
            What::Formatting => {
                ("passage", "passages", "kept without underlining, strike-through or other style")
            }
            What::Hidden => ("hidden passage", "hidden passages", "left out"),
            What::Contents => ("table of contents", "tables of contents", "left out: export makes a new one"),
            What::TitlePage => (
                "title page line or running head",
                "title page lines or running heads",
                "left out: export makes them anew",
            ),
            What::Code => (
                "piece of code or markup",
                "pieces of code or markup",
                "kept as plain words, or left out if it has none",
            ),
            What::DeepHeading => ("deep heading", "deep headings", "made a heading of the third level"),
            What::Symbol => {
                ("symbol of a special font", "symbols of a special font", "left out: no other font has it")
            }
            What::Encoding => (
                "text",
                "texts",
                "neither UTF-8 nor UTF-16, so read as Windows-1252; look at its accents and quotes",
            ),
            What::Character => ("character", "characters", "left out or replaced: no text can hold it"),
            What::File => ("file", "files", "not read"),
            What::Markup => ("part", "parts", "not well-formed, so read as a browser would"),
            What::Note => ("note to oneself", "notes to oneself", "left out: notes are never exported"),
            What::Metadata => (
                "entry about the file",
                "entries about the file",
                "left out: a book keeps title, author and language",
            ),
            What::Annotation => {
                ("annotation or comment", "annotations or comments", "kept among the notes of its scene")
            }
            What::NotCompiled => (
                "document that is not compiled",
                "documents that are not compiled",
                "kept as notes to oneself, which are never exported",
            ),
            What::OutsideDraft => (
                "document outside the draft",
                "documents outside the draft",
                "not read: research, templates and trash stay in the project",
            ),
            What::Letter => (
                "character",
                "characters",
                "shown as an empty box: no font of this machine has them; install one that does",
            ),
            What::Tag => (
                "label, keyword or status",
                "labels, keywords or statuses",
                "left out: a scene keeps synopsis, notes and how far it is",
            ),
            What::Title => ("title of a file", "titles of files", "left out: the project has its own"),
            What::SceneTitle => (
                "scene title",
                "scene titles",
                "left out: ask for scene titles (--scene-titles) to let readers see them",
            ),
        };
        write!(f, "{} {}: {fate}", self.count, if self.count == 1 { one } else { many })?;
        if !self.names.is_empty() {
            write!(
                f,
                " ({}{})",
                self.names.join(", "),
                if self.names.len() < self.count { ", …" } else { "" }
            )?;
        }
        Ok(())
    }
}

/// How many names are kept of each kind.
const NAMES: usize = 5;

/// Counts what is left out, in the order in which kinds are met.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally(Vec<LeftOut>);

impl Tally {
    pub fn add(&mut self, what: What) {
        self.count(what, 1);
    }

    pub fn count(&mut self, what: What, count: usize) {
        if count > 0 {
            self.entry(what).count += count;
        }
    }

    pub fn named(&mut self, what: What, name: &str) {
        let entry = self.entry(what);
        entry.count += 1;
        if entry.names.len() < NAMES {
            entry.names.push(name.chars().take(80).collect());
        }
    }

    /// Many of one name.
    pub fn counted(&mut self, what: What, name: &str, count: usize) {
        if count > 0 {
            self.named(what.clone(), name);
            self.entry(what).count += count - 1;
        }
    }

    /// What was left out of another file.
    pub fn merge(&mut self, other: LeftOut) {
        let entry = self.entry(other.what);
        entry.count += other.count;
        entry.names.extend(other.names);
        entry.names.truncate(NAMES);
    }

    pub fn into_list(self) -> Vec<LeftOut> {
        self.0
    }

    fn entry(&mut self, what: What) -> &mut LeftOut {
        let at = self.0.iter().position(|entry| entry.what == what).unwrap_or(self.0.len());
        if at == self.0.len() {
            self.0.push(LeftOut { what, count: 0, names: Vec::new() });
        }
        &mut self.0[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_told_in_a_sentence_a_kind() {
        let mut tally = Tally::default();
        tally.add(What::Picture);
        tally.add(What::Picture);
        for name in ["a.xls", "b", "c", "d", "e", "f"] {
            tally.named(What::File, name);
        }
        let told: Vec<String> = tally.into_list().iter().map(LeftOut::to_string).collect();
        assert_eq!(told[0], "2 pictures: left out: a page holds words only");
        assert_eq!(told[1], "6 files: not read (a.xls, b, c, d, e, …)");
    }
}
