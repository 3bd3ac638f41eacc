//! A folder of Markdown, a file a scene, with what is kept beside each above its text: the whole book in a form that needs
//! no program. What each folder is stands in its `about.md`, so that it comes in again as it was.

use std::path::{Path, PathBuf};

use crate::book::{Book, Chapter, Direction, Part, Scene};
use crate::error::Error;
use crate::export::markdown;
use crate::import::folder::ABOUT;
use crate::import::markdown::STATUSES;

/// Writes the folder, whole or not at all. Returns how large its files are together.
pub(crate) fn write(book: &Book, path: &Path) -> Result<u64, Error> {
    let is_taken = || std::fs::read_dir(path).map_or(path.exists(), |mut entries| entries.next().is_some());
    if is_taken() {
        return Err(Error::Taken { path: path.to_owned() });
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made = tempfile::Builder::new()
        .prefix(".foolscap-export-")
        .tempdir_in(parent)
        .map_err(Error::write(path))?;
    let mut writer = Writer { path, bytes: 0 };
    let root = made.path().join("book");
    writer.book(book, &root)?;
    std::fs::rename(&root, path).map_err(Error::write(path))?;
    Ok(writer.bytes)
}

struct Writer<'a> {
    /// Where all will be, for messages.
    path: &'a Path,
    bytes: u64,
}

impl Writer<'_> {
    fn book(&mut self, book: &Book, root: &Path) -> Result<(), Error> {
        let direction = (book.direction == Direction::RightToLeft).then_some("rtl");
        self.folder(
            root,
            &[
                ("kind", Some("book")),
                ("title", Some(&book.title)),
                ("author", book.author.as_deref()),
                ("lang", book.language.as_deref()),
                ("dir", direction),
            ],
        )?;
        let mut number = 0;
        for part in &book.parts {
            match &part.title {
                Some(title) => {
                    number += 1;
                    self.part(part, &root.join(name(number, Some(title))))?;
                }
                None => self.chapters(&part.chapters, root, &mut number)?,
            }
        }
        Ok(())
    }

    fn part(&mut self, part: &Part, folder: &Path) -> Result<(), Error> {
        let about = [
            ("kind", Some("part")),
            ("title", part.title.as_deref()),
            ("synopsis", Some(part.synopsis.as_str())),
        ];
        self.folder(folder, &about)?;
        self.chapters(&part.chapters, folder, &mut 0)
    }

    fn chapters(&mut self, chapters: &[Chapter], folder: &Path, number: &mut usize) -> Result<(), Error> {
        for chapter in chapters {
            *number += 1;
            let folder = folder.join(name(*number, chapter.title.as_deref()));
            self.folder(
                &folder,
                &[
                    ("kind", Some("chapter")),
                    ("title", chapter.title.as_deref()),
                    ("synopsis", Some(&chapter.synopsis)),
                ],
            )?;
            for (i, scene) in chapter.scenes.iter().enumerate() {
                let name = format!("{}.md", name(i + 1, scene.title.as_deref()));
                self.file(folder.join(name), &text(scene))?;
            }
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Path, about: &[(&str, Option<&str>)]) -> Result<(), Error> {
        std::fs::create_dir(folder).map_err(Error::write(self.path))?;
        self.file(folder.join(ABOUT), &front_matter(about))
    }

    fn file(&mut self, path: PathBuf, text: &str) -> Result<(), Error> {
        self.bytes += text.len() as u64;
        std::fs::write(path, text).map_err(Error::write(self.path))
    }
}

fn text(scene: &Scene) -> String {
    let named = |status| STATUSES.iter().find(|(_, known)| *known == status).map(|(name, _)| *name);
    let about = front_matter(&[
        ("title", scene.title.as_deref()),
        ("status", scene.status.and_then(named)),
        ("synopsis", Some(&scene.synopsis)),
        ("notes", Some(&scene.notes)),
    ]);
    format!("{about}\n{}", markdown::page(&scene.document))
}

/// Entries that say something, between their lines of dashes.
fn front_matter(entries: &[(&str, Option<&str>)]) -> String {
    let said = entries.iter().filter_map(|(key, value)| value.map(|value| (key, value)));
    let lines = said.filter(|(_, value)| !value.is_empty()).map(|(key, value)| {
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "");
        format!("{key}: \"{quoted}\"\n")
    });
    let lines: String = lines.collect();
    // Without any there must be one, or the text's own first line might be taken for one.
    let lines = if lines.is_empty() { "title:\n".to_owned() } else { lines };
    format!("---\n{lines}---\n")
}

/// A name that every file system takes: the number that orders it, and as much of the title as can be.
fn name(number: usize, title: Option<&str>) -> String {
    let may_be = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c };
    let title: String = title.unwrap_or_default().chars().map(may_be).take(50).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_end_matches(['.', ' ']);
    if title.is_empty() { number.to_string() } else { format!("{number} {title}") }
}
