//! The parts of a DOCX that are the same for every book, or nearly: styles, relationships, what kind of file each is, and
//! what stands above each page.

use crate::book::{Book, Direction};
use crate::export::zipped::{GENERATOR, escape};
use crate::export::{Options, Typeface, manuscript};
use crate::import::docx_styles::{AUTHOR, DETAILS, PART};

pub(crate) const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
pub(crate) const R: &str = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
pub(crate) const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The ids of styles.
pub(crate) mod style {
    pub const TITLE: &str = "Title";
    pub const AUTHOR: &str = "Author";
    pub const DETAILS: &str = "ManuscriptDetails";
    pub const PART: &str = "PartHeading";
    pub const FIRST: &str = "FirstParagraph";
    pub const QUOTE: &str = "Quote";
    pub const BREAK: &str = "SceneBreak";
    pub const HEADER: &str = "Header";
}

pub(crate) fn content_types(header: bool) -> String {
    let part = |name: &str, kind: &str| {
        format!(
            "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        )
    };
    let header = if header { part("word/header1.xml", "header") } else { String::new() };
    format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{header}\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>\
         </Types>",
        part("word/document.xml", "document.main"),
        part("word/styles.xml", "styles"),
    )
}

pub(crate) fn relationships() -> String {
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
         </Relationships>"
    )
}

pub(crate) fn document_relationships(header: bool) -> String {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let header = if header {
        format!("<Relationship Id=\"rId2\" Type=\"{office}/header\" Target=\"header1.xml\"/>")
    } else {
        String::new()
    };
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{office}/styles\" Target=\"styles.xml\"/>{header}</Relationships>"
    )
}

pub(crate) fn app() -> String {
    format!(
        "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>{GENERATOR}</Application></Properties>"
    )
}

pub(crate) fn core(book: &Book) -> String {
    let entry = |name: &str, value: Option<&String>| {
        value.map(|value| format!("<dc:{name}>{}</dc:{name}>", escape(value))).unwrap_or_default()
    };
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{}{}{}</cp:coreProperties>",
        entry("title", Some(&book.title)),
        entry("creator", book.author.as_ref()),
        entry("language", book.language.as_ref()),
    )
}

/// "Surname / TITLE / page", as editors want it on every page but the first.
pub(crate) fn header(book: &Book) -> String {
    let before = escape(&manuscript::head(book));
    format!(
        "{XML}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{before}</w:t></w:r>\
         <w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:hdr>",
        style::HEADER
    )
}

/// The page: Letter where that is the custom, A4 elsewhere, with margins of an inch.
pub(crate) fn section(book: &Book, header: bool) -> String {
    let letter = manuscript::wants_letter(book);
    let (width, height) = if letter { (12_240, 15_840) } else { (11_906, 16_838) };
    let reference = if header { "<w:headerReference w:type=\"default\" r:id=\"rId2\"/>" } else { "" };
    let first = if header { "<w:titlePg/>" } else { "" };
    let direction = if book.direction == Direction::RightToLeft { "<w:bidi/>" } else { "" };
    format!(
        "<w:sectPr>{reference}<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" \
         w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/>{first}{direction}</w:sectPr>"
    )
}

/// Styles by the names that Word knows, so that its navigation, and every program that reads headings, finds them.
pub(crate) fn styles(book: &Book, options: &Options) -> String {
    let manuscript = options.manuscript.is_some();
    let font = match options.manuscript {
        Some(Typeface::Courier) => "Courier New",
        _ => "Times New Roman",
    };
    let language = book.language.as_ref().map(|tag| {
        let tag = escape(tag);
        match book.direction {
            Direction::LeftToRight => format!("<w:lang w:val=\"{tag}\"/>"),
            Direction::RightToLeft => format!("<w:lang w:val=\"{tag}\" w:bidi=\"{tag}\"/>"),
        }
    });
    let right_to_left = book.direction == Direction::RightToLeft;
    let (bidi, rtl) = if right_to_left { ("<w:bidi/>", "<w:rtl/>") } else { ("", "") };
    // In twentieths of a point: double space and half an inch for editors, less for readers.
    let (line, indent) = if manuscript { (480, 720) } else { (320, 360) };
    let body =
        format!("{bidi}<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"auto\"/>");
    let mut sheet = format!(
        "{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>\
         <w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>{rtl}{}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{body}<w:ind w:firstLine=\"{indent}\"/></w:pPr></w:style>",
        language.unwrap_or_default()
    );
    let mut add = |id: &str, name: &str, parent: &str, paragraph: &str, run: &str| {
        sheet.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{parent}\"/>\
             <w:next w:val=\"Normal\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        ));
    };
    let flush = "<w:ind w:firstLine=\"0\"/>";
    let centred = format!("{flush}<w:jc w:val=\"center\"/>");
    for level in 1..=6u8 {
        // A manuscript's chapters begin a third down the page, in the type of all the rest.
        let before = if manuscript && level <= 2 { 2880 } else { 480 };
        let size = if manuscript { 24 } else { [36, 32, 28, 26, 24, 24][usize::from(level) - 1] };
        add(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            "Normal",
            &format!(
                "<w:keepNext/><w:spacing w:before=\"{before}\" w:after=\"240\"/>{centred}<w:outlineLvl w:val=\"{}\"/>",
                level - 1
            ),
            &format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"),
        );
    }
    add(style::PART, PART, "Heading1", "", "");
    let above_title = if manuscript { 4320 } else { 2400 };
    let title_size = if manuscript { "" } else { "<w:sz w:val=\"48\"/><w:szCs w:val=\"48\"/>" };
    add(
        style::TITLE,
        "Title",
        "Normal",
        &format!("<w:spacing w:before=\"{above_title}\"/>{centred}"),
        title_size,
    );
    add(style::AUTHOR, AUTHOR, "Normal", &centred, "");
    add(
        style::DETAILS,
        DETAILS,
        "Normal",
        &format!("<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>{flush}"),
        "",
    );
    add(style::FIRST, "First Paragraph", "Normal", flush, "");
    add(style::QUOTE, "Quote", "Normal", "<w:ind w:left=\"720\" w:right=\"720\" w:firstLine=\"0\"/>", "");
    add(style::BREAK, "Scene Break", "Normal", &centred, "");
    let header = format!("<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>{flush}<w:jc w:val=\"right\"/>");
    add(style::HEADER, "header", "Normal", &header, "");
    sheet.push_str("</w:styles>");
    sheet
}
