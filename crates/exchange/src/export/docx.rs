//! DOCX, plain or in standard manuscript format. Written here and not by a library: the one at hand cannot say who wrote a
//! book, what it is called or in which language.

use crate::book::Book;
use crate::error::Error;
use crate::export::Options;
use crate::export::docx_parts::{self, R, W, XML, style};
use crate::export::manuscript;
use crate::export::outline::{Depths, Item, Run, filled, outline, runs};
use crate::export::zipped::{Zipped, escape};

/// The file's bytes.
pub(crate) fn write(book: &Book, options: &Options) -> Result<Vec<u8>, Error> {
    let header = options.manuscript.is_some();
    let mut zip = Zipped::new("DOCX");
    zip.add("[Content_Types].xml", &docx_parts::content_types(header))?;
    zip.add("_rels/.rels", &docx_parts::relationships())?;
    zip.add("docProps/core.xml", &docx_parts::core(book))?;
    zip.add("docProps/app.xml", &docx_parts::app())?;
    zip.add("word/document.xml", &document(book, options))?;
    zip.add("word/_rels/document.xml.rels", &docx_parts::document_relationships(header))?;
    zip.add("word/styles.xml", &docx_parts::styles(book, options))?;
    if header {
        zip.add("word/header1.xml", &docx_parts::header(book))?;
    }
    zip.finish()
}

fn document(book: &Book, options: &Options) -> String {
    let mut body = Body { text: String::new(), first: true, page: true };
    body.title_page(book, options);
    let depths = Depths::of(book);
    for item in outline(book, options) {
        body.item(&item, depths, options);
    }
    let section = docx_parts::section(book, options.manuscript.is_some());
    format!("{XML}<w:document {W} {R}><w:body>{}{section}</w:body></w:document>", body.text)
}

struct Body {
    text: String,
    /// Whether the next paragraph is the first below a heading or a break.
    first: bool,
    /// Whether the next heading of a chapter begins a page.
    page: bool,
}

impl Body {
    fn title_page(&mut self, book: &Book, options: &Options) {
        let line = |text: &str| [Run::Text { text: text.to_owned(), em: false, strong: false }];
        if options.manuscript.is_some() {
            let name = book.author.iter().map(String::as_str);
            for contact in name.chain(options.contact.iter().map(String::as_str)) {
                self.paragraph(style::DETAILS, "", &line(contact));
            }
            self.paragraph(
                style::DETAILS,
                "<w:jc w:val=\"right\"/>",
                &line(&manuscript::about_words(book.words())),
            );
        }
        if !book.title.is_empty() {
            self.paragraph(style::TITLE, "", &line(&book.title));
            if let Some(author) = &book.author {
                self.paragraph(style::AUTHOR, "", &line(author));
            }
        }
        self.page = !self.text.is_empty();
    }

    fn item(&mut self, item: &Item<'_>, depths: Depths, options: &Options) {
        let plain = |text: &str| [Run::Text { text: text.to_owned(), em: false, strong: false }];
        match item {
            Item::Part(title) => self.heading(style::PART, true, &plain(title)),
            Item::Chapter(Some(title)) => {
                self.heading(&format!("Heading{}", depths.chapter), true, &plain(title));
            }
            Item::Chapter(None) => {
                self.first = true;
                // Only the first text has no heading; a title page stands apart from it.
                self.page = !self.text.is_empty();
            }
            Item::Scene(title) => self.heading(&format!("Heading{}", depths.scene()), false, &plain(title)),
            Item::Heading(level, content) => {
                self.heading(&format!("Heading{}", depths.heading(*level)), false, &runs(content));
            }
            Item::Break => {
                let sign = if options.manuscript.is_some() { "#" } else { "* * *" };
                self.paragraph(style::BREAK, "", &plain(sign));
                self.first = true;
            }
            Item::Paragraph(paragraph) => {
                let style = if self.first && options.manuscript.is_none() { style::FIRST } else { "" };
                let page = if std::mem::take(&mut self.page) { "<w:pageBreakBefore/>" } else { "" };
                self.paragraph(style, page, &runs(&paragraph.content));
                self.first = false;
            }
            Item::Quote(paragraphs) => {
                for paragraph in filled(paragraphs) {
                    self.paragraph(style::QUOTE, "", &runs(&paragraph.content));
                }
                self.first = true;
            }
        }
    }

    fn heading(&mut self, style: &str, begins_page: bool, runs: &[Run]) {
        let page = if begins_page && !self.text.is_empty() { "<w:pageBreakBefore/>" } else { "" };
        self.paragraph(style, page, runs);
        self.first = true;
        self.page = false;
    }

    fn paragraph(&mut self, style: &str, properties: &str, runs: &[Run]) {
        let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
        self.text.push_str(&format!("<w:p><w:pPr>{style}{properties}</w:pPr>"));
        for run in runs {
            match run {
                Run::Break => self.text.push_str("<w:r><w:br/></w:r>"),
                Run::Text { text, em, strong } => {
                    let strong = if *strong { "<w:b/><w:bCs/>" } else { "" };
                    let em = if *em { "<w:i/><w:iCs/>" } else { "" };
                    let look = format!("{strong}{em}");
                    let look = if look.is_empty() { look } else { format!("<w:rPr>{look}</w:rPr>") };
                    let text = escape(text);
                    self.text.push_str(&format!("<w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>"));
                }
            }
        }
        self.text.push_str("</w:p>");
    }
}
