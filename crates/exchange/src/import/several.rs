//! Several files as one book, in the order they are given: each goes on where the one before ends.

use std::path::PathBuf;

use crate::book::Book;
use crate::error::Error;
use crate::import::{Imported, Kind, folder, import};
use crate::left_out::Tally;

/// Reads files or folders as one book, in the order given; it is called as the first of them is. A file without chapters of
/// its own is a chapter that is called as the file is.
pub fn import_all(paths: &[PathBuf]) -> Result<Imported, Error> {
    if let [path] = paths {
        return import(path);
    }
    let mut whole = Book::default();
    let mut left_out = Tally::default();
    let mut kind = Kind::Folder;
    for (i, path) in paths.iter().enumerate() {
        let imported = import(path)?;
        if i == 0 {
            kind = imported.kind;
            whole.title = imported.book.title.clone();
            whole.direction = imported.book.direction;
        }
        imported.left_out.into_iter().for_each(|entry| left_out.merge(entry));
        append(&mut whole, imported.book);
    }
    if whole.parts.is_empty() {
        return Err(Error::Empty { path: PathBuf::from("no file") });
    }
    Ok(Imported { book: whole, kind, left_out: left_out.into_list() })
}

fn append(whole: &mut Book, mut next: Book) {
    whole.author = whole.author.take().or(next.author.take());
    whole.language = whole.language.take().or(next.language.take());
    if next.has_parts() {
        whole.parts.append(&mut next.parts);
        return;
    }
    let mut chapters: Vec<_> = next.parts.into_iter().flat_map(|part| part.chapters).collect();
    if let Some(first) = chapters.first_mut().filter(|first| first.title.is_none()) {
        first.title = Some(next.title).filter(|title| !title.is_empty());
    }
    folder::loose(&mut whole.parts).append(&mut chapters);
}
