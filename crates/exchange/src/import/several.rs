//! Several files as one book, in the order they are given: each goes on where the one before ends.

use std::path::PathBuf;

use crate::book::Book;
use crate::error::Error;
use crate::import::nest::{as_chapters, name_beginning, under_title};
use crate::import::{Imported, Kind, Titled, folder, import};
use crate::left_out::Tally;

/// Reads files or folders as one book, in the order given; it is called as the first of them is. A file with
/// chapters and a heading above them is a part; one without chapters of its own is a chapter that is called as the file is.
pub fn import_all(paths: &[PathBuf]) -> Result<Imported, Error> {
    if let [path] = paths {
        return import(path);
    }
    let mut whole = Book::default();
    let mut left_out = Tally::default();
    let mut kind = Kind::Folder;
    let mut titled = Titled::Otherwise;
    for (i, path) in paths.iter().enumerate() {
        let mut imported = import(path)?;
        if i == 0 {
            kind = imported.kind;
            titled = imported.titled;
            whole.title = imported.book.title.clone();
            whole.direction = imported.book.direction;
        }
        // What a file only says of itself is often about the whole; where its chapters have titles it names none of them.
        let parts = &imported.book.parts;
        let first = parts.iter().flat_map(|part| &part.chapters).next();
        let is_named = parts.iter().any(|part| part.title.is_some())
            || first.is_some_and(|chapter| chapter.title.is_some());
        if i > 0 && imported.titled == Titled::Beside && is_named {
            imported = imported.called(&whole.title);
        }
        imported.left_out.into_iter().for_each(|entry| left_out.merge(entry));
        let is_own = imported.titled == Titled::InText;
        append(&mut whole, imported.book, is_own);
    }
    if whole.parts.is_empty() {
        return Err(Error::Empty { path: PathBuf::from("no file") });
    }
    // A heading stands above its own file's text again.
    let titled = if titled == Titled::InText { Titled::Otherwise } else { titled };
    Ok(Imported { book: whole, kind, titled, left_out: left_out.into_list() })
}

fn append(whole: &mut Book, mut next: Book, is_own_title: bool) {
    whole.author = whole.author.take().or(next.author.take());
    whole.language = whole.language.take().or(next.language.take());
    if is_own_title {
        next.parts = under_title(next.parts, next.title);
    } else {
        name_beginning(&mut next.parts, Some(next.title).filter(|title| !title.is_empty()));
    }
    if next.parts.iter().any(|part| part.title.is_some()) {
        whole.parts.append(&mut next.parts);
    } else {
        folder::loose(&mut whole.parts).append(&mut as_chapters(next.parts));
    }
}
