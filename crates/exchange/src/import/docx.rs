//! DOCX, as Word, LibreOffice, Google Docs and Pages write it: a zip with the text in one XML file, its styles in another.
//! Tracked changes are read as accepted; notes come into the text where they are called.

use std::collections::HashMap;
use std::path::Path;

use crate::archive::{Archive, resolve};
use crate::book::Direction;
use crate::error::Error;
use crate::import::Parsed;
use crate::import::docx_styles::{Role, Styles, is_on};
use crate::import::flow::{Flow, Look, Style};
use crate::import::front::Front;
use crate::import::split::{Hints, own};
use crate::left_out::What;
use crate::markup::{self, Attributes, Fields, Handler};

/// Reads a document.
pub(crate) fn read(path: &Path) -> Result<Parsed, Error> {
    let mut archive = Archive::open(path, "DOCX")?;
    let main = main_part(&mut archive)?;
    let mut part = |name: &str, handler: &mut dyn FnMut(&[u8]) -> Result<(), String>| -> Result<(), Error> {
        let Some(bytes) = archive.find(name)? else { return Ok(()) };
        handler(&bytes).map_err(|problem| archive.damaged(format!("{name}: {problem}")))
    };
    let mut core = Fields::default();
    part("docProps/core.xml", &mut |bytes| markup::read_xml(bytes, &mut core))?;
    let mut app = Fields::default();
    part("docProps/app.xml", &mut |bytes| markup::read_xml(bytes, &mut app))?;
    let mut styles = Styles::default();
    part(&resolve(&main, "styles.xml"), &mut |bytes| markup::read_xml(bytes, &mut styles))?;
    let (mut footnotes, mut endnotes) = (Notes::default(), Notes::default());
    part(&resolve(&main, "footnotes.xml"), &mut |bytes| markup::read_xml(bytes, &mut footnotes))?;
    part(&resolve(&main, "endnotes.xml"), &mut |bytes| markup::read_xml(bytes, &mut endnotes))?;
    let bytes = archive.read(&main)?;
    let language = core.get("language").or(styles.language.take());
    let mut body = Body::new(styles, footnotes.found, endnotes.found);
    body.front.title = core.get("title");
    markup::read_xml(&bytes, &mut body).map_err(|problem| archive.damaged(format!("{main}: {problem}")))?;
    for name in archive.names() {
        if name.starts_with("word/header") || name.starts_with("word/footer") {
            body.flow.leave_out(What::TitlePage);
        }
    }
    let right_to_left = body.section_right_to_left || body.right_to_left * 2 > body.paragraphs;
    let direction = right_to_left.then_some(Direction::RightToLeft);
    Ok(Parsed {
        author: body.front.author.or_else(|| core.get("creator")),
        language,
        direction,
        hints: Hints { title: body.front.title, parts: own(app.get("Application").as_deref()) },
        flow: body.flow,
        ..Parsed::default()
    })
}

/// The entry with the text: what the package's relationships say, or where it has always been.
fn main_part(archive: &mut Archive) -> Result<String, Error> {
    struct Relationships(Option<String>);
    impl Handler for Relationships {
        fn open(&mut self, _: &str, attributes: &Attributes) {
            if attributes.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                self.0 = attributes.get("Target").map(|target| resolve("", target));
            }
        }
        fn text(&mut self, _: &str) {}
        fn close(&mut self, _: &str) {}
    }
    let mut found = Relationships(None);
    if let Some(bytes) = archive.find("_rels/.rels")? {
        markup::read_xml(&bytes, &mut found)
            .map_err(|problem| archive.damaged(format!("_rels/.rels: {problem}")))?;
    }
    Ok(found.0.unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// The words of footnotes or endnotes, by their number.
#[derive(Debug, Default)]
struct Notes {
    found: HashMap<String, String>,
    id: String,
    in_text: bool,
}

impl Handler for Notes {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "footnote" | "endnote" => self.id = attributes.get("id").unwrap_or_default().to_owned(),
            "p" | "tab" | "br" => self.found.entry(self.id.clone()).or_default().push(' '),
            _ => {}
        }
        self.in_text = name == "t";
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.found.entry(self.id.clone()).or_default().push_str(text);
        }
    }

    fn close(&mut self, _: &str) {
        self.in_text = false;
    }
}

#[derive(Debug, Default)]
struct Body {
    flow: Flow,
    styles: Styles,
    footnotes: HashMap<String, String>,
    endnotes: HashMap<String, String>,
    front: Front,
    /// The elements that are open, from outside to inside.
    open: Vec<String>,
    /// How many of them are to be passed over with all they hold.
    skipped: usize,
    /// The paragraphs that are open: a text box lies in another's paragraph.
    stack: Vec<Open>,
    run: Run,
    paragraphs: usize,
    right_to_left: usize,
    section_right_to_left: bool,
}

/// What is known of an open paragraph.
#[derive(Debug, Default)]
struct Open {
    style: Option<String>,
    outline: Option<u8>,
    listed: bool,
    right_to_left: bool,
}

/// What is known of an open run.
#[derive(Debug, Default)]
struct Run {
    em: Option<bool>,
    strong: Option<bool>,
    style: Option<String>,
    hidden: bool,
    styled: bool,
}

impl Body {
    fn new(styles: Styles, footnotes: HashMap<String, String>, endnotes: HashMap<String, String>) -> Self {
        Self { styles, footnotes, endnotes, ..Self::default() }
    }

    fn within(&self, name: &str) -> bool {
        self.open.iter().rev().take_while(|open| *open != "p").any(|open| open == name)
    }

    fn look(&self) -> Look {
        let paragraph = self.stack.last().and_then(|open| open.style.as_deref());
        let from = |id: Option<&str>| id.map(|id| self.styles.look(id)).unwrap_or_default();
        let heading = matches!(self.role(), Role::Heading { .. } | Role::Title | Role::Quote);
        let paragraph = if heading { (None, None) } else { from(paragraph) };
        let run = from(self.run.style.as_deref());
        Look {
            em: self.run.em.or(run.0).or(paragraph.0).unwrap_or(false),
            strong: self.run.strong.or(run.1).or(paragraph.1).unwrap_or(false),
        }
    }

    fn role(&self) -> Role {
        let Some(open) = self.stack.last() else { return Role::Body };
        match open.outline {
            Some(level) if level < 9 => Role::Heading { level: level + 1, part: false },
            _ => open.style.as_deref().map_or(Role::Body, |id| self.styles.role(id)),
        }
    }

    fn write(&mut self, text: &str) {
        if self.run.hidden {
            return;
        }
        let look = self.look();
        self.flow.text(text, look);
    }

    fn note(&mut self, id: Option<&str>, at_end: bool) {
        let notes = if at_end { &self.endnotes } else { &self.footnotes };
        let Some(text) = id.and_then(|id| notes.get(id)) else { return };
        let text = format!("[{}]", text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.flow.leave_out(What::Footnote);
        self.flow.text(&text, Look::default());
    }

    /// Ends a paragraph by what it turned out to be.
    fn end(&mut self) {
        let role = self.role();
        let listed = self.stack.last().is_some_and(|open| open.listed);
        if self.flow.is_blank() {
            return self.flow.end(Style::Body);
        }
        self.paragraphs += 1;
        self.right_to_left += usize::from(self.stack.last().is_some_and(|open| open.right_to_left));
        self.front.end(&mut self.flow, role, listed);
    }

    fn property(&mut self, name: &str, attributes: &Attributes) {
        let on = is_on(attributes);
        let value = attributes.get("val");
        if self.within("pPr") {
            // What stands in the properties of the paragraph mark says nothing about words.
            let Some(open) =
                self.stack.last_mut().filter(|_| !self.open.iter().rev().any(|open| open == "rPr"))
            else {
                return;
            };
            match name {
                "pStyle" => open.style = value.map(str::to_owned),
                "outlineLvl" => open.outline = value.and_then(|level| level.parse().ok()),
                "numId" => open.listed = value != Some("0"),
                "bidi" => open.right_to_left = on,
                _ => {}
            }
        } else if self.within("rPr") {
            match name {
                "b" => self.run.strong = Some(on),
                "i" => self.run.em = Some(on),
                "rStyle" => self.run.style = value.map(str::to_owned),
                "vanish" => self.run.hidden = on,
                "u" => self.run.styled |= value != Some("none"),
                "strike" | "dstrike" | "smallCaps" | "caps" => self.run.styled |= on,
                "highlight" | "vertAlign" => self.run.styled |= !matches!(value, Some("none" | "baseline")),
                _ => {}
            }
        }
    }
}

impl Handler for Body {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let in_properties = self.within("pPr") || self.within("rPr");
        if self.skipped > 0 {
            self.skipped += 1;
        } else if in_properties {
            self.property(name, attributes);
        } else {
            match name {
                "p" => self.stack.push(Open::default()),
                // Of a section: its columns run from the right.
                "bidi" if self.within("sectPr") => self.section_right_to_left = is_on(attributes),
                "r" => self.run = Run::default(),
                // The words of a deletion are delText; those that were moved away stand where they went, too.
                "del" | "moveFrom" | "Fallback" => {
                    if name == "del" {
                        self.flow.leave_out(What::Deletion);
                    }
                    self.skipped = 1;
                }
                "drawing" | "pict" | "object" => self.flow.leave_out(What::Picture),
                "txbxContent" => self.end(),
                "tbl" => self.flow.leave_out(What::Table),
                "hyperlink" if attributes.exact("r:id").is_some() => self.flow.leave_out(What::Link),
                "footnoteReference" => self.note(attributes.get("id"), false),
                "endnoteReference" => self.note(attributes.get("id"), true),
                "commentReference" => self.flow.leave_out(What::Comment),
                "sym" => self.flow.leave_out(What::Symbol),
                "tab" | "ptab" => self.write(" "),
                "noBreakHyphen" => self.write("\u{2011}"),
                "br" if matches!(attributes.get("type"), Some("page" | "column")) => {}
                "br" | "cr" => self.write("\n"),
                _ => {}
            }
        }
        self.open.push(name.to_owned());
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.open.last().is_some_and(|open| open == "t") {
            self.write(&text.replace('\n', " "));
        }
    }

    fn close(&mut self, name: &str) {
        self.open.pop();
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if self.within("pPr") || self.within("rPr") {
            return;
        }
        match name {
            "p" => {
                self.end();
                self.stack.pop();
            }
            "r" => {
                if self.run.hidden {
                    self.flow.leave_out(What::Hidden);
                } else if self.run.styled {
                    self.flow.leave_out(What::Formatting);
                }
                self.run = Run::default();
            }
            _ => {}
        }
    }
}
