//! Files that are torn, lie about themselves or were made to do harm: an error that names the file and the way out, soon,
//! and never a panic.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::Write;
use std::path::{Path, PathBuf};

use foolscap_exchange::{Format, Options, What, export, import};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

mod common;

fn zip(path: &Path, entries: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
}

fn refused(path: &Path) -> String {
    let error = import(path).unwrap_err().to_string();
    assert!(error.contains(&*path.file_name().unwrap().to_string_lossy()), "it names the file: {error}");
    error
}

fn file(dir: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn a_zip_made_to_fill_memory_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bomb.docx");
    let spaces = vec![b' '; 140_000_000];
    zip(&path, &[("word/document.xml", &spaces)]);
    assert!(std::fs::metadata(&path).unwrap().len() < 1_000_000);
    assert!(refused(&path).contains("holds more than"));
}

#[test]
fn deep_xml_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for (name, entry) in [("deep.docx", "word/document.xml"), ("deep.odt", "content.xml")] {
        let path = dir.path().join(name);
        let deep = format!("<w:document>{}", "<w:p>".repeat(500_000));
        let mimetype: &[u8] = b"application/vnd.oasis.opendocument.text";
        let first = if name.ends_with("odt") { ("mimetype", mimetype) } else { ("x", b"" as &[u8]) };
        zip(&path, &[first, (entry, deep.as_bytes())]);
        assert!(refused(&path).contains("deep"));
    }
}

#[test]
fn rtf_that_nests_or_lies_about_its_length_is_refused_or_read() {
    let dir = tempfile::tempdir().unwrap();
    let deep = format!("{{\\rtf1 {}", "{\\b ".repeat(1_000_000));
    assert!(refused(&file(dir.path(), "deep.rtf", deep.as_bytes())).contains("deep"));
    let lying = b"{\\rtf1 words {\\pict\\bin2000000000 x";
    let imported = import(&file(dir.path(), "lying.rtf", lying)).unwrap();
    assert_eq!(imported.book.words(), 1);
    assert!(imported.left_out.iter().any(|entry| entry.what == What::Markup), "it is torn, which is told");
}

#[test]
fn names_in_an_archive_lead_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    file(dir.path(), "secret.xhtml", b"<p>secret</p>");
    let path = dir.path().join("escape.epub");
    let container = b"<container><rootfile full-path=\"../../book.opf\"/></container>";
    let package = b"<package><manifest><item id=\"a\" href=\"../../../../secret.xhtml\" media-type=\"application/xhtml+xml\"/>\
        </manifest><spine><itemref idref=\"a\"/></spine></package>";
    zip(
        &path,
        &[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", container),
            ("book.opf", package),
        ],
    );
    assert!(refused(&path).contains("missing"));
    let names: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing was unpacked");
}

#[test]
fn what_cannot_be_read_says_what_it_is_and_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let cases: [(&str, &[u8], &str); 7] = [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX"),
        ("a.pdf", b"%PDF-1.7", "the document it was made from"),
        ("blank.rtf", b"{\\rtf1\\par }", "no text"),
        ("a.bin", b"\x00\x01\x02\x03\x00\x00\x05", "can be imported"),
        ("empty.md", b"", "no text"),
        ("torn.docx", b"PK\x03\x04 torn", "damaged"),
        ("blank.txt", b"\n \n\t\n", "no text"),
    ];
    for (name, content, says) in cases {
        let error = refused(&file(dir.path(), name, content));
        assert!(error.contains(says), "{error}");
    }
    std::fs::create_dir(dir.path().join("novel.scriv")).unwrap();
    assert!(refused(&dir.path().join("novel.scriv")).contains("no .scrivx"));
    let other = dir.path().join("a.zip");
    zip(&other, &[("readme", b"x")]);
    assert!(refused(&other).contains("Unpack"));
    let protected = dir.path().join("drm.epub");
    let encryption = b"<encryption><CipherReference URI=\"OEBPS/a.xhtml\"/></encryption>";
    zip(&protected, &[("mimetype", b"application/epub+zip"), ("META-INF/encryption.xml", encryption)]);
    assert!(refused(&protected).contains("DRM"));
}

#[test]
fn an_old_text_is_read_by_a_guess_that_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let imported = import(&file(dir.path(), "old.txt", b"caf\xe9 \x93x\x94")).unwrap();
    assert_eq!(imported.book.scenes().next().unwrap().document.plain_text(), "café “x”");
    assert!(imported.left_out[0].to_string().contains("Windows-1252"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_never_panics(at in 0.0f64..1.0, byte: u8, cut: bool, which in 0usize..2) {
        let dir = tempfile::tempdir().unwrap();
        let (format, name) = [(Format::Docx, "book.docx"), (Format::Epub, "book.epub")][which];
        let path = dir.path().join(name);
        export(&common::book(&[("One", "some words")]), format, &Options::default(), &path).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        let place = (bytes.len() as f64 * at) as usize;
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        std::fs::write(&path, &bytes).unwrap();
        let _ = import(&path);
    }

    #[test]
    fn any_document_xml_is_read_or_refused(xml in "(<w:(p|r|t|del|tbl|pPr|rPr|i|txbxContent|footnoteReference)( w:val=\"0\")?/?>|</w:(p|r|t|del|pPr|rPr)>|[a-z ]{1,5}|&amp;|&x;){0,30}") {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("any.docx");
        zip(&path, &[("word/document.xml", xml.as_bytes())]);
        let _ = import(&path);
    }

    #[test]
    fn any_page_of_an_epub_is_read(html in "(<(p|i|b|h1|div|table|blockquote|pre|svg|aside class=\"footnote\"|section class=\"titlepage\")>|</(p|i|div|svg|pre|blockquote)>|<br/>|[a-z ]{1,5}|&nbsp;|&x;|<){0,30}") {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("any.epub");
        let container = b"<container><rootfile full-path=\"book.opf\"/></container>";
        let package = b"<package><metadata><title>T</title></metadata><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest>\
            <spine><itemref idref=\"a\"/></spine></package>";
        let page = format!("<html><body>{html} words</body></html>");
        zip(&path, &[("META-INF/container.xml", container), ("book.opf", package), ("a.xhtml", page.as_bytes())]);
        let _ = import(&path);
    }
}
