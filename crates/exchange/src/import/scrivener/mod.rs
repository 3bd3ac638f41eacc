//! Scrivener projects, of versions 3 and 2, as folders and zipped: the draft becomes parts, chapters and scenes in the
//! binder's order, with synopses, notes and statuses. No crate reads them (searched in autumn 2026: there are programs that
//! do and one reader of their RTF); the form is an XML and an RTF for each document.

mod binder;
mod markers;
pub(crate) mod store;

use std::collections::HashMap;
use std::path::Path;

use foolscap_manuscript::{Block, Document, Paragraph, SceneStatus};

use crate::book::{Book, Chapter, Direction, Part, Scene};
use crate::error::Error;
use crate::import::flow::{Flow, Piece};
use crate::import::split::{names_a_chapter, names_a_part, page};
use crate::import::{folder, rtf};
use crate::left_out::{Tally, What};
use crate::markup::{self, Attributes, Handler};
use binder::{Item, Kind};
use store::Store;

/// Reads a project.
pub(crate) fn read(path: &Path, left_out: &mut Tally) -> Result<Book, Error> {
    let (mut store, name) = Store::open(path)?;
    let bytes = store.find(&name)?.ok_or_else(|| store.damaged(format!("{name} cannot be read")))?;
    let binder = binder::read(&bytes).map_err(|problem| store.damaged(format!("{name}: {problem}")))?;
    let (draft, elsewhere) = divided(binder.items);
    for item in elsewhere {
        let inside: usize = item.items.iter().map(Item::count).sum();
        let own = usize::from(matches!(item.kind, Kind::Text | Kind::Other));
        left_out.counted(What::OutsideDraft, &item.title, inside + own);
    }
    if store.has_folder("Snapshots") {
        left_out.named(What::File, "Snapshots");
    }
    let mut reader = Reader {
        store,
        statuses: binder.statuses,
        // Where nothing at all says that it is meant for the book, the file is not one that says so.
        all_compiled: !draft.iter().any(Item::any_compiled),
        left_out: std::mem::take(left_out),
        texts: 0,
        right_to_left: 0,
    };
    let parts = reader.parts(&draft);
    *left_out = std::mem::take(&mut reader.left_out);
    let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Book {
        title: binder.title.unwrap_or(stem),
        author: binder.author.filter(|author| !author.trim().is_empty()),
        language: None,
        direction: match reader.right_to_left * 2 > reader.texts {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        },
        parts: parts?,
    })
}

/// What stands in the draft, and what stands beside it.
fn divided(items: Vec<Item>) -> (Vec<Item>, Vec<Item>) {
    let is_draft = |item: &Item| item.kind == Kind::Draft;
    if items.iter().any(is_draft) {
        let (draft, elsewhere): (Vec<Item>, Vec<Item>) = items.into_iter().partition(is_draft);
        return (draft.into_iter().flat_map(|draft| draft.items).collect(), elsewhere);
    }
    // Other programs write projects without one.
    items.into_iter().partition(|item| matches!(item.kind, Kind::Folder | Kind::Text))
}

struct Reader {
    store: Store,
    statuses: HashMap<String, String>,
    all_compiled: bool,
    left_out: Tally,
    /// Texts that were read, and those whose lines run from the right.
    texts: usize,
    right_to_left: usize,
}

impl Reader {
    fn parts(&mut self, draft: &[Item]) -> Result<Vec<Part>, Error> {
        let mut parts: Vec<Part> = Vec::new();
        for item in draft {
            if !is_part(item) {
                let chapter = self.chapter(item)?;
                folder::loose(&mut parts).extend(chapter);
                continue;
            }
            let own = self.scene(item)?;
            let mut part = Part { title: title(item), synopsis: own.synopsis.clone(), ..Part::default() };
            if has_text(&own) {
                let scene = Scene { title: None, synopsis: String::new(), ..own };
                part.chapters.push(Chapter { scenes: vec![scene], ..Chapter::default() });
            }
            for item in &item.items {
                let chapter = self.chapter(item)?;
                part.chapters.extend(chapter);
            }
            parts.push(part);
        }
        Ok(parts)
    }

    /// A folder with its documents, or a document that is a chapter of its own.
    fn chapter(&mut self, item: &Item) -> Result<Option<Chapter>, Error> {
        if item.kind == Kind::Other && item.items.is_empty() {
            self.left_out.named(What::File, &item.title);
            return Ok(None);
        }
        let own = self.scene(item)?;
        let mut chapter = Chapter { title: title(item), ..Chapter::default() };
        if item.items.is_empty() {
            chapter.scenes.push(Scene { title: None, ..own });
            return Ok(Some(chapter));
        }
        chapter.synopsis = own.synopsis.clone();
        if has_text(&own) {
            chapter.scenes.push(Scene { title: None, synopsis: String::new(), ..own });
        }
        for item in &item.items {
            self.scenes(item, &mut chapter.scenes)?;
        }
        Ok(Some(chapter))
    }

    /// A document with all that lies below it.
    fn scenes(&mut self, item: &Item, scenes: &mut Vec<Scene>) -> Result<(), Error> {
        if item.kind == Kind::Other && item.items.is_empty() {
            self.left_out.named(What::File, &item.title);
            return Ok(());
        }
        let own = self.scene(item)?;
        if item.items.is_empty() || has_text(&own) || !own.synopsis.is_empty() {
            scenes.push(own);
        }
        item.items.iter().try_for_each(|item| self.scenes(item, scenes))
    }

    fn scene(&mut self, item: &Item) -> Result<Scene, Error> {
        let Some(files) = Files::of(item) else {
            self.left_out.named(What::File, &item.title);
            return Ok(Scene { title: title(item), ..Scene::default() });
        };
        let mut scene = Scene { title: title(item), ..Scene::default() };
        let (footnotes, mut beside) = self.comments(&files, item)?;
        let mut document = Document::default();
        if let Some(bytes) = self.store.find(&files.text)? {
            let pieces = self.pieces(&bytes, &footnotes, item)?;
            let mut flow = Flow::default();
            flow.left_out = std::mem::take(&mut self.left_out);
            beside.extend(markers::clean(pieces, &mut flow));
            let (pieces, left_out) = flow.finish();
            self.left_out = left_out;
            document = page(pieces, &mut self.left_out);
        }
        self.left_out.count(What::Annotation, beside.len());
        if let Some(bytes) = self.store.find(&files.notes)? {
            let pieces = self.pieces(&bytes, &HashMap::new(), item)?;
            beside.insert(0, text_of(&pieces));
        }
        beside.retain(|text| !text.is_empty());
        scene.notes = beside.join("\n\n");
        scene.synopsis = match self.store.find(&files.synopsis)? {
            Some(bytes) => crate::text::decode(&bytes, &mut self.left_out).trim().to_owned(),
            None => item.synopsis.clone(),
        };
        scene.status = self.status(item);
        self.left_out.count(What::Tag, item.tags);
        if !(item.compiled || self.all_compiled || document.is_blank()) {
            self.left_out.named(What::NotCompiled, &item.title);
            document = as_note(document);
        }
        scene.document = document;
        Ok(scene)
    }

    fn pieces(
        &mut self,
        rtf: &[u8],
        notes: &HashMap<String, String>,
        item: &Item,
    ) -> Result<Vec<Piece>, Error> {
        let mut flow = Flow::default();
        flow.left_out = std::mem::take(&mut self.left_out);
        let read = rtf::parse_part(rtf, notes, flow);
        let parsed = read.map_err(|problem| self.store.damaged(format!("{}: {problem}", item.title)))?;
        self.texts += 1;
        self.right_to_left += usize::from(parsed.direction == Some(Direction::RightToLeft));
        let (pieces, left_out) = parsed.flow.finish();
        self.left_out = left_out;
        Ok(pieces)
    }

    /// Footnotes by the address that calls each, and the words of comments.
    fn comments(
        &mut self,
        files: &Files,
        item: &Item,
    ) -> Result<(HashMap<String, String>, Vec<String>), Error> {
        let mut found = Comments::default();
        if let Some(bytes) = self.store.find(&files.comments)? {
            markup::read_xml(&bytes, &mut found)
                .map_err(|problem| self.store.damaged(format!("comments of {}: {problem}", item.title)))?;
        }
        let (mut footnotes, mut comments) = (HashMap::new(), Vec::new());
        for comment in found.found {
            let pieces = self.pieces(comment.rtf.trim().as_bytes(), &HashMap::new(), item)?;
            let text = text_of(&pieces).split_whitespace().collect::<Vec<_>>().join(" ");
            match comment.is_footnote {
                true => drop(footnotes.insert(format!("{}{}", rtf::COMMENT, comment.id), text)),
                false => comments.push(text),
            }
        }
        Ok((footnotes, comments))
    }

    /// What a status is here, by what Scrivener calls its own.
    fn status(&mut self, item: &Item) -> Option<SceneStatus> {
        let id = item.status.as_deref().filter(|id| *id != "-1")?;
        let name = self.statuses.get(id)?.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["no status"]) {
            None
        } else if has(&["to do", "todo", "planned", "outline", "idea"]) {
            Some(SceneStatus::Planned)
        } else if has(&["revised", "revision", "edited", "final draft", "second draft"]) {
            Some(SceneStatus::Revised)
        } else if has(&["done", "final", "finished", "complete"]) {
            Some(SceneStatus::Done)
        } else if has(&["draft", "progress", "writing"]) {
            Some(SceneStatus::Draft)
        } else {
            self.left_out.add(What::Tag);
            None
        }
    }
}

/// The names of a document's files.
struct Files {
    text: String,
    synopsis: String,
    notes: String,
    comments: String,
}

impl Files {
    /// None when it is called by what no file of a project is.
    fn of(item: &Item) -> Option<Self> {
        let id = &item.id;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if id.is_empty() || id.len() > 64 || !id.chars().all(is_name) {
            return None;
        }
        Some(if item.by_uuid {
            let of = |name: &str| format!("Files/Data/{id}/{name}");
            Self {
                text: of("content.rtf"),
                synopsis: of("synopsis.txt"),
                notes: of("notes.rtf"),
                comments: of("content.comments"),
            }
        } else {
            let of = |end: &str| format!("Files/Docs/{id}{end}");
            Self {
                text: of(".rtf"),
                synopsis: of("_synopsis.txt"),
                notes: of("_notes.rtf"),
                comments: of(".comments"),
            }
        })
    }
}

/// The comments beside a text; each is an RTF of its own.
#[derive(Default)]
struct Comments {
    found: Vec<Comment>,
}

#[derive(Default)]
struct Comment {
    id: String,
    is_footnote: bool,
    rtf: String,
}

impl Handler for Comments {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        if name == "Comment" {
            self.found.push(Comment {
                id: attributes.exact("ID").unwrap_or_default().to_owned(),
                is_footnote: attributes.exact("Footnote").is_some_and(|is| is.eq_ignore_ascii_case("yes")),
                rtf: String::new(),
            });
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(comment) = self.found.last_mut() {
            comment.rtf.push_str(text);
        }
    }

    fn close(&mut self, _: &str) {}
}

/// A folder of folders, or one that is called so; a chapter may have folders for its scenes.
fn is_part(item: &Item) -> bool {
    let holds_folders = item.items.iter().any(|item| item.kind == Kind::Folder);
    !item.items.is_empty()
        && (names_a_part(&item.title)
            || holds_folders && item.kind == Kind::Folder && !names_a_chapter(&item.title))
}

fn title(item: &Item) -> Option<String> {
    Some(item.title.clone()).filter(|title| !title.is_empty())
}

fn has_text(scene: &Scene) -> bool {
    !scene.document.is_blank() || !scene.notes.is_empty()
}

fn text_of(pieces: &[Piece]) -> String {
    pieces.iter().map(Piece::text).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// What is not meant for the book, as notes to oneself, which are never exported either.
fn as_note(document: Document) -> Document {
    let mut paragraphs = Vec::new();
    for block in document.blocks {
        match block {
            Block::Paragraph(paragraph) => paragraphs.push(paragraph),
            Block::Heading { content, .. } => paragraphs.push(Paragraph { content }),
            Block::SceneBreak => paragraphs.push(Paragraph::plain("* * *")),
            Block::Blockquote(inner) | Block::Note(inner) => paragraphs.extend(inner),
        }
    }
    Document { blocks: vec![Block::Note(paragraphs)] }.tidied()
}
