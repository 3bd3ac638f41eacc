//! Files into a project and a project into files: the tree of a library on one side, a book on the other.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use foolscap_exchange::{
    self as exchange, Book, Chapter, Direction, Format, Imported, Numbering, Options, Part, Scene, export,
    import_all,
};
use foolscap_manuscript::{
    self as manuscript, Brief, ChapterKind, Document, NewItem, NewScene, Node, ProjectId, SceneSummary,
    TreeItem,
};

use super::Studio;
use crate::api::{
    ExportOptions, ExportedFile, ImportPreview, ImportedFile, ManuscriptTypeface, NotCarried, PreviewChapter,
    PreviewPart, Problem, ProblemCode, StoredScene,
};

const FORMATS: &[(&str, Format)] = &[
    ("md", Format::Markdown),
    ("txt", Format::Text),
    ("html", Format::Html),
    ("docx", Format::Docx),
    ("epub", Format::Epub),
    ("pdf", Format::Pdf),
    ("folder", Format::Folder),
];

/// The names of the formats that [`Studio::export`] knows, which are the endings of their files; `folder` is a new folder of
/// Markdown.
pub fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|(name, _)| *name)
}

/// What an import of these files, in this order, would make. Nothing is stored.
///
/// # Errors
/// [`ProblemCode::NotFound`], [`ProblemCode::File`] for a file that cannot be read.
pub fn preview_import(files: &[PathBuf]) -> Result<ImportPreview, Problem> {
    let found = exchange::preview(files)?;
    let chapter = |chapter: exchange::ChapterPreview| PreviewChapter {
        title: chapter.title,
        scenes: count(chapter.scenes),
        words: chapter.words,
    };
    let part = |part: exchange::PartPreview| PreviewPart {
        title: part.title,
        chapters: part.chapters.into_iter().map(chapter).collect(),
    };
    Ok(ImportPreview {
        title: found.title,
        author: found.author,
        language: found.language,
        parts: count(found.parts),
        chapters: count(found.chapters),
        scenes: count(found.scenes),
        words: found.words,
        outline: found.outline.into_iter().map(part).collect(),
        left_out: found.left_out.iter().map(NotCarried::from).collect(),
    })
}

/// Where imported words go.
pub(crate) enum Destination<'a> {
    /// To the end of this project.
    Project(u32),
    /// Into a project of their own, which is called so or else as they say.
    New(Option<&'a str>),
}

/// The format of a name.
///
/// # Errors
/// [`ProblemCode::BadRequest`].
pub(crate) fn format_of(name: &str) -> Result<Format, Problem> {
    let known = FORMATS.iter().find(|(known, _)| *known == name);
    known.map(|(_, format)| *format).ok_or_else(|| {
        let names: Vec<&str> = formats().collect();
        let message = format!("there is no format {name:?}; formats are {}", names.join(", "));
        Problem::new(ProblemCode::BadRequest, message)
    })
}

/// Writes a book into a file.
///
/// # Errors
/// [`ProblemCode::File`].
pub(crate) fn written(
    book: &Book,
    format: Format,
    options: &ExportOptions,
    file: &Path,
) -> Result<ExportedFile, Problem> {
    let typeface = match options.typeface {
        ManuscriptTypeface::Times => exchange::Typeface::Times,
        ManuscriptTypeface::Courier => exchange::Typeface::Courier,
    };
    let lines = options.contact.iter().map(|line| line.trim());
    let options = Options {
        manuscript: options.manuscript.then_some(typeface),
        contact: lines.filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        scene_titles: options.scene_titles,
        numbering: if options.numbers { Numbering::Numbers } else { Numbering::Titles },
    };
    let exported = export(book, format, &options, file)?;
    Ok(ExportedFile {
        file: file.display().to_string(),
        bytes: exported.bytes as f64,
        words: exported.words,
        left_out: exported.left_out.iter().map(NotCarried::from).collect(),
    })
}

impl From<&exchange::LeftOut> for NotCarried {
    fn from(left: &exchange::LeftOut) -> Self {
        Self {
            what: left.what.name().to_owned(),
            count: count(left.count),
            names: left.names.clone(),
            sentence: left.to_string(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Studio {
    /// Puts all of a file or folder at the end of a project, or into a new one that is called as `project` says or else as
    /// the file does. When this returns, it is on disk; after an error nothing of it is there.
    ///
    /// # Errors
    /// [`ProblemCode::File`] for a file that cannot be read, [`ProblemCode::Library`].
    pub fn import(&mut self, file: &Path, project: Option<&str>) -> Result<ImportedFile, Problem> {
        self.import_all(&[file.to_owned()], project)
    }

    /// The same with several files or folders, in the order given, as one book: all of them or, after an error, none.
    ///
    /// # Errors
    /// As [`Studio::import`].
    pub fn import_all(&mut self, files: &[PathBuf], project: Option<&str>) -> Result<ImportedFile, Problem> {
        let imported = import_all(files)?;
        let found = project.map(|name| self.look_for(name)).transpose()?.flatten();
        let into = match found {
            Some(project) => Destination::Project(project.id),
            None => Destination::New(project),
        };
        Ok(self.store(files, imported, into)?.0)
    }

    /// Stores what was read of some files, and tells what stands at the top of it. A title that gives way to the project's is
    /// kept among the text's headings, or told.
    pub(crate) fn store(
        &mut self,
        files: &[PathBuf],
        imported: Imported,
        into: Destination<'_>,
    ) -> Result<(ImportedFile, Vec<Node>), Problem> {
        let imported = match into {
            Destination::Project(id) => imported.called(&self.library.project(ProjectId(id))?.title),
            Destination::New(Some(title)) => imported.called(title),
            Destination::New(None) => imported,
        };
        let items = items_of(&imported.book);
        let (id, made) = match into {
            Destination::Project(id) => (ProjectId(id), self.library.add_items(ProjectId(id), None, &items)?),
            Destination::New(title) => {
                let title = title.unwrap_or(&imported.book.title);
                let (project, made) =
                    self.library.create_project_of(title, &brief_of(&imported.book), &items)?;
                if let Some(author) = &imported.book.author {
                    // The book is on disk, and stays there whether its author can be noted or not.
                    let _ = self.set_author(project.id.0, author);
                }
                (project.id, made)
            }
        };
        let all: HashSet<&Node> = made.iter().collect();
        let scenes = self.library.scenes(id)?.into_iter().filter(|s| all.contains(&Node::Scene(s.id)));
        let stored = |s: SceneSummary| StoredScene { scene: s.id.0, title: s.title, words: s.words };
        let told = ImportedFile {
            file: files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", "),
            project: id.0,
            scenes: scenes.map(stored).collect(),
            left_out: imported.left_out.iter().map(NotCarried::from).collect(),
        };
        Ok((told, made))
    }

    /// Writes a project into a file, which is there whole or not at all. `format`: one of [`formats`].
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::BadRequest`] for an unknown format, [`ProblemCode::File`] when it cannot be
    /// written, [`ProblemCode::Library`].
    pub fn export(
        &self,
        project: u32,
        format: &str,
        options: &ExportOptions,
        file: &Path,
    ) -> Result<ExportedFile, Problem> {
        let format = format_of(format)?;
        written(&self.book(project, options)?, format, options, file)
    }

    /// A project as a book. What stands in no part or chapter is read in its place, under no heading.
    pub(crate) fn book(&self, project: u32, options: &ExportOptions) -> Result<Book, Problem> {
        let author = match &options.author {
            Some(author) => author.clone(),
            None => self.author(project)?,
        };
        let (project, author) = (ProjectId(project), Some(author).filter(|author| !author.is_empty()));
        let brief = self.library.brief(project)?;
        let mut parts: Vec<Part> = Vec::new();
        for item in self.library.tree(project)?.items {
            match item {
                TreeItem::Chapter(part) if part.kind == ChapterKind::Part => {
                    let mut into =
                        Part { title: Some(part.title), synopsis: part.synopsis, chapters: Vec::new() };
                    for item in part.items {
                        self.chapter(item, &mut into.chapters)?;
                    }
                    parts.push(into);
                }
                item => {
                    if parts.last().is_none_or(|part| part.title.is_some()) {
                        parts.push(Part::default());
                    }
                    if let Some(part) = parts.last_mut() {
                        self.chapter(item, &mut part.chapters)?;
                    }
                }
            }
        }
        Ok(Book {
            title: self.library.project(project)?.title,
            author,
            language: Some(brief.language).filter(|tag| !tag.is_empty()),
            direction: match brief.direction {
                manuscript::Direction::RightToLeft => Direction::RightToLeft,
                _ => Direction::LeftToRight,
            },
            parts,
        })
    }

    fn chapter(&self, item: TreeItem, chapters: &mut Vec<Chapter>) -> Result<(), Problem> {
        match item {
            TreeItem::Chapter(chapter) => {
                let title = Some(chapter.title).filter(|title| !title.is_empty());
                let mut into = Chapter { title, synopsis: chapter.synopsis, scenes: Vec::new() };
                let scenes = manuscript::Tree { items: chapter.items }.into_scenes();
                for scene in scenes {
                    into.scenes.push(self.page(scene.id)?);
                }
                chapters.push(into);
            }
            TreeItem::Scene(scene) => {
                let page = self.page(scene.id)?;
                match chapters.last_mut() {
                    Some(last) if last.title.is_none() => last.scenes.push(page),
                    _ => chapters.push(Chapter { scenes: vec![page], ..Chapter::default() }),
                }
            }
        }
        Ok(())
    }

    fn page(&self, id: manuscript::SceneId) -> Result<Scene, Problem> {
        let scene = self.library.scene(id)?;
        // A page that nobody opened in the editor yet has a text only.
        let document = match scene.document.as_str() {
            "" => Document::from_plain_text(&scene.text),
            json => Document::from_json(json).map_err(|e| {
                let message = format!("scene {id} cannot be exported: {e}");
                Problem::new(ProblemCode::Library, message)
            })?,
        };
        let card = self.library.scene_card(id)?;
        Ok(Scene {
            title: Some(scene.title).filter(|title| !title.is_empty()),
            synopsis: card.synopsis,
            notes: card.notes,
            status: Some(card.status),
            document,
        })
    }
}

/// A book as it stands in a tree. Parts and chapters without a title are no chapters there: what is in them stands in their
/// place.
fn items_of(book: &Book) -> Vec<NewItem> {
    let mut top = Vec::new();
    for part in &book.parts {
        let chapters = part.chapters.iter().flat_map(chapter);
        match &part.title {
            Some(title) => top.push(NewItem::Chapter {
                kind: ChapterKind::Part,
                title: title.clone(),
                synopsis: part.synopsis.clone(),
                items: chapters.collect(),
            }),
            None => top.extend(chapters),
        }
    }
    top
}

fn chapter(chapter: &Chapter) -> Vec<NewItem> {
    let scenes = chapter.scenes.iter().map(|scene| {
        NewItem::Scene(NewScene {
            title: scene.title.clone().unwrap_or_default(),
            synopsis: scene.synopsis.clone(),
            notes: scene.notes.clone(),
            status: scene.status.unwrap_or_default(),
            document: scene.document.to_json(),
            text: scene.document.plain_text(),
        })
    });
    match &chapter.title {
        Some(title) => {
            let items = scenes.collect();
            let (title, synopsis) = (title.clone(), chapter.synopsis.clone());
            vec![NewItem::Chapter { kind: ChapterKind::Chapter, title, synopsis, items }]
        }
        None => scenes.collect(),
    }
}

fn brief_of(book: &Book) -> Brief {
    Brief {
        language: book.language.clone().unwrap_or_default(),
        direction: match book.direction {
            Direction::RightToLeft => manuscript::Direction::RightToLeft,
            Direction::LeftToRight => manuscript::Direction::Auto,
        },
        ..Brief::default()
    }
}
