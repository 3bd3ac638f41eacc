//! XML (and, beside it, HTML) as one stream of openings, texts and closings, so that a reader of DOCX, ODT or a chapter of an EPUB is
//! a small machine over it. Depth is bounded, entities of a document's own are never expanded, nothing outside is fetched.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::limits;

/// What reads a stream. Names come without their namespace's prefix.
pub(crate) trait Handler {
    fn open(&mut self, name: &str, attributes: &Attributes);
    fn text(&mut self, text: &str);
    fn close(&mut self, name: &str);
}

/// The attributes of an element; names come with their prefix.
#[derive(Debug, Default)]
pub(crate) struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// Names with their prefixes, and values.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The attribute of this name, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        let named = |(full, _): &&(String, String)| local(full) == name;
        self.0.iter().find(named).map(|(_, value)| value.as_str())
    }

    /// The attribute with exactly this prefix and name.
    pub fn exact(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(full, _)| full == name).map(|(_, value)| value.as_str())
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Reads XML. Errs with what is wrong and where.
pub(crate) fn read_xml(bytes: &[u8], handler: &mut impl Handler) -> Result<(), String> {
    let text = xml_text(bytes);
    let mut reader = Reader::from_str(&text);
    // A reference stands between two texts; `&` alone is an error here, and a fall-back for HTML above.
    let mut depth = 0usize;
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|problem| format!("at byte {at}: {problem}"))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > limits::DEPTH {
                    return Err(format!("at byte {at}: elements lie more than {} deep", limits::DEPTH));
                }
                handler.open(start.local_name().as_ref(), &attributes(&start));
            }
            Event::Empty(start) => {
                handler.open(start.local_name().as_ref(), &attributes(&start));
                handler.close(start.local_name().as_ref());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                handler.close(end.local_name().as_ref());
            }
            Event::Text(text) => handler.text(&text.xml10_content()),
            Event::CData(text) => handler.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character =
                    reference.resolve_char_ref().map_err(|problem| format!("at byte {at}: {problem}"))?;
                match character {
                    Some(c) => handler.text(c.encode_utf8(&mut [0; 4])),
                    None => handler.text(entity(&reference.xml10_content(), at)?),
                }
            }
            Event::Eof if depth > 0 => return Err("it ends in the middle of an element".into()),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::DocType(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

/// XML names its own encoding; all that occurs is UTF-8 and UTF-16, and single bytes in old files.
fn xml_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, start)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[start..]).0;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let named = head.split_once("encoding=").filter(|(before, _)| before.trim_start().starts_with("<?xml"));
    let label = named.map(|(_, after)| after.trim_start_matches(['"', '\'']));
    let label = label.and_then(|label| label.split(['"', '\'', '?']).next()).unwrap_or_default();
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    encoding.decode_without_bom_handling(bytes).0
}

fn attributes(start: &BytesStart<'_>) -> Attributes {
    let mut all = start.html_attributes();
    let pairs = all.with_checks(false).flatten().map(|attribute| {
        let name = attribute.key.as_ref().to_owned();
        let value = unescaped(&attribute.value);
        (name, value)
    });
    Attributes(pairs.collect())
}

fn unescaped(value: &str) -> String {
    match quick_xml::escape::unescape_with(value, known_entity) {
        Ok(text) => text.into_owned(),
        Err(_) => value.to_owned(),
    }
}

fn known_entity(name: &str) -> Option<&'static str> {
    quick_xml::escape::resolve_html5_entity(name)
}

fn entity(name: &str, at: u64) -> Result<&'static str, String> {
    known_entity(name).ok_or_else(|| format!("at byte {at}: nobody knows the entity &{name};"))
}

/// All text of the elements of these names, by name: for the small files that say what a book is called.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    open: Vec<String>,
    /// Names and texts in the order of the file.
    pub found: Vec<(String, String)>,
}

impl Fields {
    /// The first text under this name that is not empty.
    pub fn get(&self, name: &str) -> Option<String> {
        let texts = self.found.iter().filter(|(found, _)| found == name).map(|(_, text)| text.trim());
        texts
            .filter(|text| !text.is_empty())
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
            .next()
    }

    /// All texts under this name, with commas between them.
    pub fn all(&self, name: &str) -> Option<String> {
        let texts = self.found.iter().filter(|(found, _)| found == name).map(|(_, text)| text.trim());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }
}

impl Handler for Fields {
    fn open(&mut self, name: &str, _: &Attributes) {
        self.open.push(name.to_owned());
        self.found.push((name.to_owned(), String::new()));
    }

    fn text(&mut self, text: &str) {
        let Some(innermost) = self.open.last() else { return };
        if let Some((_, found)) = self.found.iter_mut().rev().find(|(name, _)| name == innermost) {
            found.push_str(text);
        }
    }

    fn close(&mut self, _: &str) {
        self.open.pop();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Default)]
    struct Heard(String);

    impl Handler for Heard {
        fn open(&mut self, name: &str, _: &Attributes) {
            self.0.push_str(&format!("<{name}>"));
        }
        fn text(&mut self, text: &str) {
            self.0.push_str(text);
        }
        fn close(&mut self, name: &str) {
            self.0.push_str(&format!("</{name}>"));
        }
    }

    fn heard(xml: &str) -> Result<String, String> {
        let mut heard = Heard::default();
        read_xml(xml.as_bytes(), &mut heard).map(|()| heard.0)
    }

    #[test]
    fn prefixes_are_dropped_and_entities_become_characters() {
        assert_eq!(
            heard("<w:p a='1'>x &amp; &#233;&nbsp;<w:br/></w:p>").unwrap(),
            "<p>x & é\u{a0}<br></br></p>"
        );
        assert!(heard("<p>&unheard;</p>").unwrap_err().contains("unheard"));
    }

    #[test]
    fn an_encoding_that_xml_names_is_followed() {
        let mut heard = Heard::default();
        read_xml(b"<?xml version='1.0' encoding='ISO-8859-1'?><p>caf\xe9</p>", &mut heard).unwrap();
        assert_eq!(heard.0, "<p>café</p>");
    }

    #[test]
    fn entities_of_a_documents_own_are_never_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><p>&b;</p>";
        assert!(heard(bomb).unwrap_err().contains("&b;"));
    }

    #[test]
    fn depth_is_bounded_and_a_torn_document_is_told() {
        assert!(heard(&"<p>".repeat(100_000)).unwrap_err().contains("deep"));
        assert!(heard("<p>torn").unwrap_err().contains("middle"));
        assert!(heard("<p></q>").is_err());
    }

    proptest! {
        #[test]
        fn nothing_that_looks_like_markup_breaks_a_reader(text in "[<>/a-c&;=\"' !\\[\\]-]{0,80}") {
            let _ = heard(&text);
        }
    }
}
