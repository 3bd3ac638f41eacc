//! A folder of texts: its files in the order of their names are chapters or scenes, its folders parts or chapters. What
//! the texts themselves have for headings counts for more than names of files; and a folder that export made says in its
//! `about.md` what it is, so that nothing of it is guessed.

use std::path::{Path, PathBuf};

use crate::book::{Book, Chapter, Direction, Part, Scene};
use crate::error::Error;
use crate::import::nest::{as_chapters, as_scenes, first_scene, name_beginning, under_title};
use crate::import::split::{Split, names_a_part, page, split};
use crate::import::{Parsed, flow::Flow, markdown, txt};
use crate::left_out::{Tally, What};
use crate::limits;

/// Reads a folder, with title and author where a text in it says so.
pub(crate) fn read(path: &Path, left_out: &mut Tally) -> Result<Book, Error> {
    let mut count = 0;
    let folder = list(path, 0, &mut count, left_out)?;
    let mut book = Book::default();
    let mut total = 0;
    let mut reader = Reader { root: path, book: &mut book, left_out, total: &mut total };
    let parts = reader.parts(&folder)?;
    book.parts = parts;
    if let Some(about) = folder.about {
        book.title = about.title.unwrap_or_default();
        book.author = about.author.or(book.author);
        book.language = about.language.or(book.language);
        book.direction = about.direction.unwrap_or_default();
    }
    Ok(book)
}

/// A folder's texts and folders, both in the order of their names.
#[derive(Debug, Default)]
struct Folder {
    name: String,
    about: Option<About>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
enum Entry {
    Text(PathBuf),
    Folder(Folder),
}

/// The name of the file that says what a folder is.
pub(crate) const ABOUT: &str = "about.md";

/// What a folder that export made says of itself.
#[derive(Debug)]
struct About {
    is_part: bool,
    title: Option<String>,
    synopsis: String,
    author: Option<String>,
    language: Option<String>,
    direction: Option<Direction>,
}

impl About {
    /// None for any other text, also one of that name that is about the author.
    fn read(path: &Path, name: &str) -> Result<Option<Self>, Error> {
        if name != ABOUT {
            return Ok(None);
        }
        let text = crate::text::decode(&super::bytes(path)?, &mut Tally::default());
        let front = markdown::entries(markdown::front_matter(&text).0);
        let get = |name: &str| {
            let found = front.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
            found.filter(|value| !value.is_empty())
        };
        let is_part = match get("kind").as_deref() {
            Some("part") => true,
            Some("book" | "chapter") => false,
            _ => return Ok(None),
        };
        Ok(Some(Self {
            is_part,
            title: get("title"),
            synopsis: get("synopsis").unwrap_or_default(),
            author: get("author"),
            language: get("lang"),
            direction: get("dir").map(|dir| Direction::of_tag(&dir)),
        }))
    }
}

fn list(path: &Path, depth: usize, count: &mut usize, left_out: &mut Tally) -> Result<Folder, Error> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(Error::read(path))? {
        names.push(entry.map_err(Error::read(path))?.path());
        *count += 1;
        if *count > limits::ENTRIES {
            let part = format!("the folder with its {} files", limits::ENTRIES);
            return Err(Error::TooLarge { path: path.to_owned(), part, limit: limits::ARCHIVE });
        }
    }
    names.sort_by_cached_key(|path| natural(&name_of(path)));
    let mut folder = Folder { name: name_of(path), ..Folder::default() };
    for path in names {
        let name = name_of(&path);
        // A link may lead anywhere, a circle too.
        let is_link = path.symlink_metadata().map_err(Error::read(&path))?.is_symlink();
        if name.starts_with('.') || is_link {
            left_out.named(What::File, &name);
        } else if path.is_dir() {
            if depth >= limits::FOLDERS {
                left_out.named(What::File, &name);
                continue;
            }
            let inner = list(&path, depth + 1, count, left_out)?;
            if !inner.entries.is_empty() || inner.about.is_some() {
                folder.entries.push(Entry::Folder(inner));
            }
        } else if let Some(about) = About::read(&path, &name)? {
            folder.about = Some(about);
        } else if is_text(&path) {
            folder.entries.push(Entry::Text(path));
        } else {
            left_out.named(What::File, &name);
        }
    }
    Ok(folder)
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd" | "txt" | "text")
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A key that orders names as people do: 2 before 10. Of each stretch: whether it is text, its number, its letters.
fn natural(name: &str) -> Vec<(bool, u64, String)> {
    let mut key: Vec<(bool, u64, String)> = Vec::new();
    for c in name.to_lowercase().chars() {
        let digit = c.to_digit(10);
        if key.last().is_none_or(|(is_text, ..)| *is_text == digit.is_some()) {
            key.push((digit.is_none(), 0, String::new()));
        }
        if let Some((_, number, text)) = key.last_mut() {
            match digit {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                None => text.push(c),
            }
        }
    }
    key
}

/// A file's name as a title: without its extension, and the number that only orders it.
fn title(name: &str, extension: bool) -> Option<String> {
    let stem = if extension { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name };
    let bare = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare =
        if bare.len() < stem.len() { bare.trim_start_matches([' ', '-', '_', '.', ')']) } else { stem };
    let title = if bare.is_empty() { stem } else { bare };
    let title = if title.contains(' ') { title.to_owned() } else { title.replace(['_', '-'], " ") };
    Some(title.trim().to_owned()).filter(|title| !title.is_empty())
}

struct Reader<'a> {
    root: &'a Path,
    book: &'a mut Book,
    left_out: &'a mut Tally,
    /// Bytes read so far.
    total: &'a mut u64,
}

impl Reader<'_> {
    fn parts(&mut self, folder: &Folder) -> Result<Vec<Part>, Error> {
        let holds_folders = |entry: &Entry| match entry {
            Entry::Folder(folder) => folder.entries.iter().any(|entry| matches!(entry, Entry::Folder(_))),
            Entry::Text(_) => false,
        };
        let three_deep = folder.entries.iter().any(holds_folders);
        let mut parts: Vec<Part> = Vec::new();
        for entry in &folder.entries {
            match entry {
                Entry::Folder(inner) if inner.is_part(three_deep) => {
                    let mut part =
                        Part { title: inner.title(), synopsis: inner.synopsis(), ..Part::default() };
                    for entry in &inner.entries {
                        match entry {
                            Entry::Folder(chapter) => part.chapters.push(self.chapter(chapter)?),
                            Entry::Text(path) => part.chapters.extend(as_chapters(self.text(path)?)),
                        }
                    }
                    parts.push(part);
                }
                Entry::Folder(inner) => {
                    let chapter = self.chapter(inner)?;
                    loose(&mut parts).push(chapter);
                }
                Entry::Text(path) => {
                    let mut text = self.text(path)?;
                    if text.iter().any(|part| part.title.is_some()) {
                        parts.append(&mut text);
                    } else {
                        loose(&mut parts).extend(as_chapters(text));
                    }
                }
            }
        }
        Ok(parts)
    }

    /// A folder that is a chapter: its texts are scenes.
    fn chapter(&mut self, folder: &Folder) -> Result<Chapter, Error> {
        let mut chapter =
            Chapter { title: folder.title(), synopsis: folder.synopsis(), ..Chapter::default() };
        for entry in &folder.entries {
            match entry {
                Entry::Text(path) if folder.about.is_some() => chapter.scenes.push(self.scene(path)?),
                Entry::Folder(inner) => chapter.scenes.extend(self.chapter(inner)?.scenes),
                Entry::Text(path) => chapter.scenes.extend(as_scenes(as_chapters(self.text(path)?))),
            }
        }
        if chapter.scenes.is_empty() {
            chapter.scenes.push(Scene::default());
        }
        Ok(chapter)
    }

    /// A text that is a scene, whatever is on its page.
    fn scene(&mut self, path: &Path) -> Result<Scene, Error> {
        let Parsed { flow, hints, card, .. } = self.parsed(path)?;
        let (pieces, left_out) = flow.finish();
        *self.left_out = left_out;
        let mut scene = Scene { title: hints.title, ..Scene::default() };
        scene.document = page(pieces, self.left_out);
        card.onto(&mut scene);
        Ok(scene)
    }

    /// A text under the title that it has; where it has none, the beginning is called as the file is.
    fn text(&mut self, path: &Path) -> Result<Vec<Part>, Error> {
        let Parsed { flow, hints, author, language, card, .. } = self.parsed(path)?;
        self.book.author = self.book.author.take().or(author);
        self.book.language = self.book.language.take().or(language);
        let (pieces, left_out) = flow.finish();
        *self.left_out = left_out;
        let Split { title: own, mut parts, .. } = split(pieces, &hints, self.left_out);
        if !card.is_blank() {
            card.onto(first_scene(&mut parts));
        }
        if let Some(own) = own {
            return Ok(under_title(parts, own));
        }
        name_beginning(&mut parts, title(&name_of(path), true));
        Ok(parts)
    }

    fn parsed(&mut self, path: &Path) -> Result<Parsed, Error> {
        let bytes = super::bytes(path)?;
        *self.total += bytes.len() as u64;
        if *self.total > limits::ARCHIVE {
            let part = "all its texts together".to_owned();
            return Err(Error::TooLarge { path: self.root.to_owned(), part, limit: limits::ARCHIVE });
        }
        let mut flow = Flow::default();
        flow.left_out = std::mem::take(self.left_out);
        let text = crate::text::decode(&bytes, &mut flow.left_out);
        let plain = path
            .extension()
            .is_some_and(|extension| extension.to_string_lossy().to_lowercase().starts_with('t'));
        Ok(if plain { txt::parse(&text, flow) } else { markdown::parse(&text, flow) })
    }
}

impl Folder {
    /// `three_deep`: where folders lie in folders, the upper ones are parts.
    fn is_part(&self, three_deep: bool) -> bool {
        match &self.about {
            Some(about) => about.is_part,
            None => three_deep || title(&self.name, false).is_some_and(|title| names_a_part(&title)),
        }
    }

    fn title(&self) -> Option<String> {
        match &self.about {
            Some(about) => about.title.clone(),
            None => title(&self.name, false),
        }
    }

    fn synopsis(&self) -> String {
        self.about.as_ref().map(|about| about.synopsis.clone()).unwrap_or_default()
    }
}

/// The chapters of the last part, if it has no title; of a new one otherwise.
pub(crate) fn loose(parts: &mut Vec<Part>) -> &mut Vec<Chapter> {
    if parts.last().is_none_or(|part| part.title.is_some()) {
        parts.push(Part::default());
    }
    let last = parts.len() - 1;
    &mut parts[last].chapters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_people_order_them() {
        let mut names = ["10 b", "2 a", "Chapter 11", "00 c", "chapter 2", "1"];
        names.sort_by_cached_key(|name| natural(name));
        assert_eq!(names, ["00 c", "1", "2 a", "10 b", "chapter 2", "Chapter 11"]);
    }

    #[test]
    fn a_files_name_is_a_title_without_the_number_that_orders_it() {
        let told = |name: &str| title(name, true).unwrap();
        assert_eq!(told("01 - The Storm.md"), "The Storm");
        assert_eq!(told("the_storm.md"), "the storm");
        assert_eq!(told("12.md"), "12");
        assert_eq!(told("2. A well-known place.txt"), "A well-known place");
    }
}
