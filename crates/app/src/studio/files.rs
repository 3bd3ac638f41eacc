//! Files into a project and a project into files: the tree of a library on one side, a book on the other.

use std::collections::HashSet;
use std::path::Path;

use foolscap_exchange::{
    Book, Chapter, Direction, Format, Numbering, Options, Part, Scene, Typeface, export, import,
};
use foolscap_manuscript::{
    self as manuscript, Brief, ChapterKind, Document, NewItem, NewScene, Node, ProjectId, SceneSummary,
    TreeItem,
};

use super::Studio;
use crate::api::{ExportOptions, ExportedFile, ImportedFile, Problem, ProblemCode, StoredScene};

const FORMATS: &[(&str, Format)] = &[
    ("md", Format::Markdown),
    ("txt", Format::Text),
    ("html", Format::Html),
    ("docx", Format::Docx),
    ("epub", Format::Epub),
];

/// The names of the formats that [`Studio::export`] knows, which are the endings of their files.
pub fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|(name, _)| *name)
}

impl Studio {
    /// Puts all of a file or folder at the end of a project, or into a new one that is called as `project` says or else as
    /// the file does. When this returns, it is on disk; after an error nothing of it is there.
    ///
    /// # Errors
    /// [`ProblemCode::File`] for a file that cannot be read, [`ProblemCode::Library`].
    pub fn import(&mut self, file: &Path, project: Option<&str>) -> Result<ImportedFile, Problem> {
        let imported = import(file)?;
        let found = project.map(|name| self.look_for(name)).transpose()?.flatten();
        let items = items_of(&imported.book);
        let (id, made) = match found {
            Some(project) => {
                let id = ProjectId(project.id);
                (id, self.library.add_items(id, None, &items)?)
            }
            None => {
                let title = project.unwrap_or(&imported.book.title);
                let (project, made) =
                    self.library.create_project_of(title, &brief_of(&imported.book), &items)?;
                if let Some(author) = &imported.book.author {
                    // The book is on disk, and stays there whether its author can be noted or not.
                    let _ = self.set_author(project.id.0, author);
                }
                (project.id, made)
            }
        };
        let made: HashSet<Node> = made.into_iter().collect();
        let scenes = self.library.scenes(id)?.into_iter().filter(|s| made.contains(&Node::Scene(s.id)));
        let stored = |s: SceneSummary| StoredScene { scene: s.id.0, title: s.title, words: s.words };
        Ok(ImportedFile {
            file: file.display().to_string(),
            project: id.0,
            scenes: scenes.map(stored).collect(),
            left_out: imported.left_out.iter().map(ToString::to_string).collect(),
        })
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
        let known = FORMATS.iter().find(|(name, _)| *name == format);
        let &(_, format) = known.ok_or_else(|| {
            let names: Vec<&str> = formats().collect();
            let message = format!("there is no format {format:?}; formats are {}", names.join(", "));
            Problem::new(ProblemCode::BadRequest, message)
        })?;
        let author = match &options.author {
            Some(author) => author.clone(),
            None => self.author(project)?,
        };
        let book = self.book(ProjectId(project), Some(author).filter(|author| !author.is_empty()))?;
        let options = Options {
            manuscript: options.manuscript.then_some(Typeface::Times),
            contact: Vec::new(),
            scene_titles: options.scene_titles,
            numbering: if options.numbers { Numbering::Numbers } else { Numbering::Titles },
        };
        let exported = export(&book, format, &options, file)?;
        Ok(ExportedFile {
            file: file.display().to_string(),
            bytes: exported.bytes as f64,
            words: exported.words,
            left_out: exported.left_out.iter().map(ToString::to_string).collect(),
        })
    }

    /// A project as a book. What stands in no part or chapter is read in its place, under no heading.
    fn book(&self, project: ProjectId, author: Option<String>) -> Result<Book, Problem> {
        let brief = self.library.brief(project)?;
        let mut parts: Vec<Part> = Vec::new();
        for item in self.library.tree(project)?.items {
            match item {
                TreeItem::Chapter(part) if part.kind == ChapterKind::Part => {
                    let mut into = Part { title: Some(part.title), chapters: Vec::new() };
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
                let mut into =
                    Chapter { title: Some(chapter.title).filter(|t| !t.is_empty()), scenes: Vec::new() };
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
                    _ => chapters.push(Chapter { title: None, scenes: vec![page] }),
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
        Ok(Scene { title: Some(scene.title).filter(|title| !title.is_empty()), document })
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
            document: scene.document.to_json(),
            text: scene.document.plain_text(),
            ..NewScene::default()
        })
    });
    match &chapter.title {
        Some(title) => {
            let items = scenes.collect();
            vec![NewItem::Chapter { kind: ChapterKind::Chapter, title: title.clone(), items }]
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
