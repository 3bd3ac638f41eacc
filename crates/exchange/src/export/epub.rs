//! EPUB 3: a page of XHTML for each chapter, and the files that say what order they come in. Written here and not by a
//! library: those at hand give language and author the same id, which epubcheck refuses.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::book::{Book, Direction};
use crate::error::Error;
use crate::export::Options;
use crate::export::html::{STYLE, title_page, write_item};
use crate::export::outline::{Depths, Item, outline};
use crate::export::zipped::{GENERATOR, Zipped, escape};

/// A page of the book.
struct Page {
    id: String,
    /// What the table of contents calls it; None for one that goes on from the page before.
    name: Option<String>,
    part: bool,
    body: String,
}

/// The file's bytes.
pub(crate) fn write(book: &Book, options: &Options) -> Result<Vec<u8>, Error> {
    let pages = pages(book, options);
    let title = if book.title.is_empty() { "Untitled" } else { &book.title };
    let identifier = identifier(book);
    let mut zip = Zipped::new("EPUB");
    zip.stored("mimetype", "application/epub+zip")?;
    zip.add("META-INF/container.xml", CONTAINER)?;
    zip.add("OEBPS/book.opf", &package(book, title, &identifier, &pages))?;
    zip.add("OEBPS/nav.xhtml", &navigation(book, title, &pages))?;
    zip.add("OEBPS/toc.ncx", &ncx(title, &identifier, &pages))?;
    zip.add("OEBPS/book.css", STYLE)?;
    let front =
        format!("<section epub:type=\"titlepage\" class=\"titlepage\">\n{}</section>\n", title_page(book));
    zip.add("OEBPS/title.xhtml", &page(book, title, &front))?;
    for Page { id, name, part, body } in &pages {
        let kind = if *part { "part" } else { "chapter" };
        let body = format!("<section epub:type=\"{kind}\">\n{body}</section>\n");
        zip.add(&format!("OEBPS/{id}.xhtml"), &page(book, name.as_deref().unwrap_or(title), &body))?;
    }
    zip.finish()
}

fn pages(book: &Book, options: &Options) -> Vec<Page> {
    let depths = Depths::of(book);
    let mut pages: Vec<Page> = Vec::new();
    for item in outline(book, options) {
        let begun = match &item {
            Item::Part(title) => Some((Some(title.clone()), true)),
            Item::Chapter(title) => Some((title.clone(), false)),
            _ if pages.is_empty() => Some((None, false)),
            _ => None,
        };
        if let Some((name, part)) = begun {
            pages.push(Page { id: format!("page-{:04}", pages.len() + 1), name, part, body: String::new() });
        }
        if let Some(page) = pages.last_mut() {
            write_item(&item, depths, &mut page.body);
        }
    }
    pages.retain(|page| !page.body.is_empty());
    pages
}

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
    <rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

fn language(book: &Book) -> String {
    escape(book.language.as_deref().filter(|tag| !tag.is_empty()).unwrap_or("und"))
}

fn page(book: &Book, title: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" xml:lang=\"{language}\" lang=\"{language}\" dir=\"{}\">\n<head>\n\
         <title>{}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/>\n</head>\n<body>\n{body}\
         </body>\n</html>\n",
        book.direction.tag(),
        escape(title),
        language = language(book),
    )
}

fn package(book: &Book, title: &str, identifier: &str, pages: &[Page]) -> String {
    let creator = book.author.as_ref().filter(|author| !author.trim().is_empty());
    let creator =
        creator.map(|author| format!("<dc:creator>{}</dc:creator>\n", escape(author))).unwrap_or_default();
    let direction = match book.direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let item = |page: &Page| {
        format!("<item id=\"{0}\" href=\"{0}.xhtml\" media-type=\"application/xhtml+xml\"/>\n", page.id)
    };
    let items: String = pages.iter().map(item).collect();
    let spine: String = pages.iter().map(|page| format!("<itemref idref=\"{}\"/>\n", page.id)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"book-id\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"book-id\">{identifier}</dc:identifier>\n<dc:title>{}</dc:title>\n\
         <dc:language>{}</dc:language>\n{creator}<meta property=\"dcterms:modified\">{}</meta>\n<meta name=\"generator\" content=\"{GENERATOR}\"/>\n</metadata>\n<manifest>\n\
         <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\n\
         <item id=\"css\" href=\"book.css\" media-type=\"text/css\"/>\n\
         <item id=\"title\" href=\"title.xhtml\" media-type=\"application/xhtml+xml\"/>\n{items}</manifest>\n\
         <spine toc=\"ncx\" page-progression-direction=\"{direction}\">\n<itemref idref=\"title\"/>\n{spine}</spine>\n\
         </package>\n",
        escape(title),
        language(book),
        now(),
    )
}

/// The table of contents: chapters, within their parts where there are any.
fn navigation(book: &Book, title: &str, pages: &[Page]) -> String {
    let mut list = String::new();
    let mut in_part = false;
    for Entry { page, part, name } in entries(title, pages) {
        let link = format!("<a href=\"{page}.xhtml\">{}</a>", escape(name));
        if part {
            if in_part {
                list.push_str("</ol></li>\n");
            }
            list.push_str(&format!("<li>{link}<ol>\n"));
            in_part = true;
        } else {
            list.push_str(&format!("<li>{link}</li>\n"));
        }
    }
    if in_part {
        list.push_str("</ol></li>\n");
    }
    // A part without named chapters has no list below it.
    let list = list.replace("<ol>\n</ol>", "");
    page(
        book,
        title,
        &format!(
            "<nav epub:type=\"toc\" id=\"toc\">\n<h1>{}</h1>\n<ol>\n{list}</ol>\n</nav>\n",
            escape(title)
        ),
    )
}

/// What the table of contents says of a page.
struct Entry<'a> {
    page: &'a str,
    part: bool,
    name: &'a str,
}

/// An entry for each page with a name; a book without any has one, for its beginning, which is its title page where it has
/// no other.
fn entries<'a>(title: &'a str, pages: &'a [Page]) -> Vec<Entry<'a>> {
    let entry = |page: &'a Page| Some(Entry { page: &page.id, part: page.part, name: page.name.as_deref()? });
    let mut entries: Vec<_> = pages.iter().filter_map(entry).collect();
    if entries.is_empty() {
        let page = pages.first().map_or("title", |page| page.id.as_str());
        entries.push(Entry { page, part: false, name: title });
    }
    entries
}

/// The table of contents for readers of EPUB 2.
fn ncx(title: &str, identifier: &str, pages: &[Page]) -> String {
    let point = |(i, Entry { page, name, .. }): (usize, Entry<'_>)| {
        format!(
            "<navPoint id=\"point-{0}\" playOrder=\"{0}\"><navLabel><text>{1}</text></navLabel>\
             <content src=\"{page}.xhtml\"/></navPoint>\n",
            i + 1,
            escape(name),
        )
    };
    let points: String = entries(title, pages).into_iter().enumerate().map(point).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\">\n\
         <head><meta name=\"dtb:uid\" content=\"{identifier}\"/></head>\n<docTitle><text>{}</text></docTitle>\n<navMap>\n\
         {points}</navMap>\n</ncx>\n",
        escape(title)
    )
}

/// The same for every export of a book, so that a reader's device takes a new one for the same book.
fn identifier(book: &Book) -> String {
    // FNV-1a, 128 bits.
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in book.title.bytes().chain([0]).chain(book.author.iter().flat_map(|author| author.bytes())) {
        hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    // Version 8 of RFC 9562: made by a way of one's own.
    let hash = (hash & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{hash:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Now, in UTC, as EPUB wants it.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    time_of(seconds)
}

/// Seconds since 1970 as a date: days are counted in eras of 400 years that begin in March, after the leap day.
fn time_of(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = era * 400 + year + next;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_right_around_leap_days() {
        assert_eq!(time_of(0), "1970-01-01T00:00:00Z");
        assert_eq!(time_of(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(time_of(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(time_of(1_767_225_599), "2025-12-31T23:59:59Z");
    }

    #[test]
    fn a_book_keeps_its_identifier_and_another_has_another() {
        let book = |title: &str| Book { title: title.into(), ..Book::default() };
        assert_eq!(identifier(&book("a")), identifier(&book("a")));
        assert_ne!(identifier(&book("a")), identifier(&book("b")));
        assert_eq!(identifier(&book("a")).len(), "urn:uuid:00000000-0000-8000-8000-000000000000".len());
    }
}
