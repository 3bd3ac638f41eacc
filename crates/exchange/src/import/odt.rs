//! ODT, as LibreOffice writes it. The automatic styles at the beginning of the text say which spans are slanted; named
//! styles, which paragraphs are headings, quotations or the title.

use std::collections::HashMap;
use std::path::Path;

use crate::archive::Archive;
use crate::book::Direction;
use crate::error::Error;
use crate::import::Parsed;
use crate::import::flow::{Flow, Look, Style};
use crate::import::split::Hints;
use crate::left_out::What;
use crate::markup::{self, Attributes, Fields, Handler};

/// Reads a document.
pub(crate) fn read(path: &Path) -> Result<Parsed, Error> {
    let mut archive = Archive::open(path, "ODT")?;
    if let Some(manifest) = archive.find("META-INF/manifest.xml")?
        && String::from_utf8_lossy(&manifest).contains("encryption-data")
    {
        let way_out = "open it in LibreOffice, save it without the password, and import that";
        return Err(Error::Protected { path: path.to_owned(), by: "a password", way_out });
    }
    let mut meta = Fields::default();
    let mut body = Body::default();
    if let Some(bytes) = archive.find("meta.xml")? {
        markup::read_xml(&bytes, &mut meta)
            .map_err(|problem| archive.damaged(format!("meta.xml: {problem}")))?;
    }
    if let Some(bytes) = archive.find("styles.xml")? {
        markup::read_xml(&bytes, &mut body.styles)
            .map_err(|problem| archive.damaged(format!("styles.xml: {problem}")))?;
    }
    let bytes = archive.read("content.xml")?;
    body.title = meta.get("title");
    markup::read_xml(&bytes, &mut body)
        .map_err(|problem| archive.damaged(format!("content.xml: {problem}")))?;
    for name in archive.names() {
        // Pictures that nothing shows are not missed; headers and footers lie in the styles.
        if name.starts_with("Object ") && name.ends_with("content.xml") {
            body.flow.leave_out(What::Picture);
        }
    }
    Ok(Parsed {
        author: body.author.or_else(|| meta.get("initial-creator")).or_else(|| meta.get("creator")),
        language: meta.get("language").or(body.styles.language.take()),
        direction: body.styles.right_to_left.then_some(Direction::RightToLeft),
        hints: Hints { title: body.title, parts: None },
        flow: body.flow,
        ..Parsed::default()
    })
}

/// How far a style may rest on others.
const CHAIN: usize = 12;

#[derive(Debug, Default)]
struct Styles {
    /// By family and name.
    styles: HashMap<(String, String), Sheet>,
    current: Option<(String, String)>,
    language: Option<String>,
    right_to_left: bool,
    in_default: bool,
}

#[derive(Debug, Default)]
struct Sheet {
    display: Option<String>,
    parent: Option<String>,
    em: Option<bool>,
    strong: Option<bool>,
    hidden: bool,
    styled: bool,
}

impl Styles {
    fn chain<'a>(
        &'a self,
        family: &'a str,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Sheet)> + use<'a> {
        let find = move |name: &'a str| {
            self.styles.get(&(family.to_owned(), name.to_owned())).map(|sheet| (name, sheet))
        };
        std::iter::successors(find(name), move |(_, sheet)| sheet.parent.as_deref().and_then(find))
            .take(CHAIN)
    }

    fn look(&self, family: &str, name: &str) -> (Option<bool>, Option<bool>) {
        let em = self.chain(family, name).find_map(|(_, sheet)| sheet.em);
        (em, self.chain(family, name).find_map(|(_, sheet)| sheet.strong))
    }

    /// The names of a paragraph's style and of all it rests on, in lower case.
    fn names(&self, name: &str) -> Vec<String> {
        let decoded = |name: &str| name.replace("_20_", " ").to_lowercase();
        let mut names = vec![decoded(name)];
        for (name, sheet) in self.chain("paragraph", name) {
            names.push(decoded(name));
            names.extend(sheet.display.as_deref().map(decoded));
            names.extend(sheet.parent.as_deref().map(decoded));
        }
        names
    }
}

impl Handler for Styles {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let text = |name: &str| attributes.exact(name).map(str::to_owned);
        match name {
            "default-style" => self.in_default = attributes.exact("style:family") == Some("paragraph"),
            "style" => {
                let key = (text("style:family").unwrap_or_default(), text("style:name").unwrap_or_default());
                let sheet = Sheet {
                    display: text("style:display-name"),
                    parent: text("style:parent-style-name"),
                    ..Sheet::default()
                };
                self.styles.insert(key.clone(), sheet);
                self.current = Some(key);
            }
            "paragraph-properties" if self.in_default => {
                self.right_to_left |=
                    attributes.exact("style:writing-mode").is_some_and(|mode| mode.starts_with("rl"));
            }
            "text-properties" => {
                if self.in_default {
                    let language = text("fo:language").filter(|language| language != "none");
                    let country = text("fo:country").filter(|country| country != "none");
                    self.language = language.map(|language| match country {
                        Some(country) => format!("{language}-{country}"),
                        None => language,
                    });
                }
                let Some(sheet) = self.current.as_ref().and_then(|key| self.styles.get_mut(key)) else {
                    return;
                };
                let slant = attributes.exact("fo:font-style");
                sheet.em = slant.map(|slant| matches!(slant, "italic" | "oblique"));
                let weight = attributes.exact("fo:font-weight");
                sheet.strong =
                    weight.map(|weight| weight == "bold" || weight.parse().is_ok_and(|w: u32| w >= 600));
                sheet.hidden = attributes.exact("text:display") == Some("none");
                let set = |name: &str| {
                    attributes.exact(name).is_some_and(|value| !matches!(value, "none" | "normal"))
                };
                sheet.styled = set("style:text-underline-style")
                    || set("style:text-line-through-style")
                    || set("fo:font-variant")
                    || set("style:text-position");
            }
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn close(&mut self, name: &str) {
        match name {
            "style" => self.current = None,
            "default-style" => self.in_default = false,
            _ => {}
        }
    }
}

#[derive(Debug, Default)]
struct Body {
    flow: Flow,
    styles: Styles,
    title: Option<String>,
    author: Option<String>,
    has_title: bool,
    has_heading: bool,
    in_text: bool,
    skipped: usize,
    /// The paragraphs that are open: a text box lies in another's paragraph.
    paragraphs: Vec<Open>,
    /// The spans that are open, innermost last.
    looks: Vec<Look>,
    notes: usize,
    listed: usize,
}

#[derive(Debug, Clone, Default)]
struct Open {
    style: String,
    level: Option<u8>,
}

impl Body {
    fn look(&self) -> Look {
        self.looks.last().copied().unwrap_or_default()
    }

    fn end(&mut self) {
        if self.flow.is_blank() {
            return self.flow.end(Style::Body);
        }
        let open = self.paragraphs.last().cloned().unwrap_or_default();
        let names = self.styles.names(&open.style);
        let named = |wanted: &str| names.iter().any(|name| name == wanted);
        let heading = names.iter().find_map(|name| name.strip_prefix("heading ")?.parse::<u8>().ok());
        if let Some(level) = open.level.or(heading) {
            self.has_heading = true;
            self.flow.end(Style::Heading { level: level.clamp(1, 10), part: named("part heading") });
        } else if named("title") && !self.has_title && !self.has_heading {
            self.has_title = true;
            self.title = self.flow.take_line().or(self.title.take());
        } else if named("title") || named("part heading") {
            self.has_heading = true;
            self.flow.end(Style::Heading { level: 1, part: named("part heading") });
        } else if named("author") {
            self.author = self.flow.take_line().map(|name| name.trim_start_matches("by ").to_owned());
        } else if named("manuscript details") {
            self.flow.leave_out(What::TitlePage);
            drop(self.flow.take_line());
        } else if names.iter().any(|name| name.contains("quot") || name == "block text") {
            self.flow.end(Style::Quote);
        } else {
            if self.listed > 0 {
                self.flow.leave_out(What::List);
            }
            self.flow.end(Style::Body);
        }
    }

    fn begin(&mut self, name: &str, attributes: &Attributes) {
        let style = attributes.exact("text:style-name").unwrap_or_default().to_owned();
        let level = attributes.exact("text:outline-level").and_then(|level| level.parse().ok());
        let open = Open { level: level.filter(|_| name == "h"), style };
        let names = self.styles.names(&open.style);
        let has_own_look =
            |name: &String| name.contains("quot") || name.contains("heading") || name == "title";
        let look = if name == "h" || names.iter().any(has_own_look) {
            (None, None)
        } else {
            self.styles.look("paragraph", &open.style)
        };
        self.paragraphs.push(open);
        self.looks.push(Look { em: look.0.unwrap_or(false), strong: look.1.unwrap_or(false) });
    }

    fn span(&mut self, attributes: &Attributes) -> Look {
        let name = attributes.exact("text:style-name").unwrap_or_default();
        let (em, strong) = self.styles.look("text", name);
        let first = self.styles.chain("text", name).next();
        let (hidden, styled) = first.map(|(_, sheet)| (sheet.hidden, sheet.styled)).unwrap_or_default();
        if hidden {
            self.skipped = 1;
            self.flow.leave_out(What::Hidden);
        } else if styled {
            self.flow.leave_out(What::Formatting);
        }
        let outer = self.look();
        // Programs that know the styles Emphasis and Strong need not spell out what they look like.
        let named = |wanted: &str| name.starts_with(wanted);
        Look {
            em: em.unwrap_or(outer.em || named("Emphasis")),
            strong: strong.unwrap_or(outer.strong || named("Strong")),
        }
    }
}

impl Handler for Body {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        if !self.in_text {
            self.in_text =
                name == "text" && attributes.exact("text:global").is_none_or(|global| global == "false");
            return self.styles.open(name, attributes);
        }
        match name {
            "p" | "h" if self.notes > 0 => self.flow.text(" ", Look::default()),
            "p" | "h" => self.begin(name, attributes),
            "span" => {
                let look = self.span(attributes);
                if self.skipped == 0 {
                    self.looks.push(look);
                }
            }
            "s" => {
                let count = attributes.exact("text:c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                self.flow.text(&" ".repeat(count.min(80)), self.look());
            }
            "tab" => self.flow.text(" ", self.look()),
            "line-break" => self.flow.line_break(self.look()),
            "note" => {
                self.flow.leave_out(What::Footnote);
                self.flow.text("[", Look::default());
                self.notes += 1;
            }
            "a" => self.flow.leave_out(What::Link),
            "frame" => self.flow.leave_out(What::Picture),
            "text-box" => self.end(),
            "table" => self.flow.leave_out(What::Table),
            "list-item" | "list-header" => self.listed += 1,
            "annotation" | "tracked-changes" | "note-citation" | "hidden-text" | "hidden-paragraph"
            | "forms" | "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index"
            | "object-index" | "user-index" | "bibliography" | "desc" | "title" | "sequence-decls"
            | "variable-decls" | "user-field-decls" => {
                match name {
                    "annotation" => self.flow.leave_out(What::Comment),
                    "tracked-changes" => self.flow.leave_out(What::Deletion),
                    "hidden-text" | "hidden-paragraph" => self.flow.leave_out(What::Hidden),
                    "table-of-content" | "alphabetical-index" => self.flow.leave_out(What::Contents),
                    _ => {}
                }
                self.skipped = 1;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.in_text && !self.paragraphs.is_empty() {
            let look = self.look();
            self.flow.collapsed(text, look);
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if !self.in_text {
            return self.styles.close(name);
        }
        match name {
            "p" | "h" if self.notes > 0 => {}
            "p" | "h" => {
                self.end();
                self.paragraphs.pop();
                self.looks.pop();
            }
            "span" => drop(self.looks.pop()),
            "note" => {
                self.notes = self.notes.saturating_sub(1);
                self.flow.text("]", Look::default());
            }
            "text-box" => self.end(),
            "list-item" | "list-header" => self.listed = self.listed.saturating_sub(1),
            "text" => self.in_text = false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_body(automatic: &str, text: &str) -> (Vec<String>, Body) {
        let xml = format!(
            "<office:document-content><office:automatic-styles>{automatic}</office:automatic-styles><office:body>\
             <office:text>{text}</office:text></office:body></office:document-content>"
        );
        let mut body = Body::default();
        markup::read_xml(xml.as_bytes(), &mut body).unwrap();
        let pieces = std::mem::take(&mut body.flow).finish().0;
        (pieces.iter().map(crate::import::flow::Piece::text).collect(), body)
    }

    #[test]
    fn spaces_notes_and_spans_keep_their_words() {
        let text = "<text:p>one<text:s text:c=\"2\"/>two<text:tab/>three<text:note><text:note-citation>1</text:note-citation>\
            <text:note-body><text:p>a note</text:p></text:note-body></text:note>.</text:p>\
            <text:p><text:span text:style-name=\"T1\">slanted</text:span><text:line-break/>plain</text:p>";
        let italic = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:font-style=\"italic\"/></style:style>";
        let (texts, _) = read_body(italic, text);
        assert_eq!(texts, ["one  two three[ a note].", "slanted\nplain"]);
    }

    #[test]
    fn headings_and_titles_are_told_by_level_and_style() {
        let text = "<text:p text:style-name=\"P1\">The Book</text:p><text:h text:outline-level=\"2\">One</text:h>\
            <text:p text:style-name=\"Heading_20_1\">Two</text:p>";
        let style =
            "<style:style style:name=\"P1\" style:family=\"paragraph\" style:parent-style-name=\"Title\"/>";
        let (texts, body) = read_body(style, text);
        assert_eq!(texts, ["One", "Two"]);
        assert_eq!(body.title.as_deref(), Some("The Book"));
    }

    #[test]
    fn comments_and_what_was_struck_are_left_out_and_told() {
        let text = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>\
            </text:changed-region></text:tracked-changes><text:p>kept<office:annotation><text:p>why?</text:p></office:annotation></text:p>";
        assert_eq!(read_body("", text).0, ["kept"]);
    }
}
