//! The styles of a DOCX: what a paragraph of each is to a manuscript, and how its words look. A style may rest on another,
//! and is then whatever that one is.

use std::collections::HashMap;

use crate::markup::{Attributes, Handler};

/// What a paragraph is to a manuscript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Body,
    Heading {
        level: u8,
        part: bool,
    },
    Quote,
    /// The title of the whole.
    Title,
    Author,
    /// Address and word count of a title page.
    Details,
    /// A line of a table of contents or an index.
    Contents,
}

/// The names of the styles that export makes and Word does not know.
pub(crate) const PART: &str = "Part Heading";
pub(crate) const AUTHOR: &str = "Author";
pub(crate) const DETAILS: &str = "Manuscript Details";

/// How far a style may rest on others.
const CHAIN: usize = 12;

/// All styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: HashMap<String, Sheet>,
    /// The language of the whole.
    pub language: Option<String>,
    current: Option<String>,
    in_run: bool,
}

#[derive(Debug, Default)]
struct Sheet {
    name: String,
    parent: Option<String>,
    outline: Option<u8>,
    em: Option<bool>,
    strong: Option<bool>,
}

impl Styles {
    /// What a paragraph of this style is.
    pub fn role(&self, id: &str) -> Role {
        let roles = self.chain(id).map(role_of);
        // A document without styles.xml still names the usual ones.
        let unknown = role_by_name(id).filter(|_| !self.styles.contains_key(id));
        roles.flatten().next().or(unknown).unwrap_or(Role::Body)
    }

    /// Whether words of this style are slanted and strong, where it says so.
    pub fn look(&self, id: &str) -> (Option<bool>, Option<bool>) {
        (self.chain(id).find_map(|style| style.em), self.chain(id).find_map(|style| style.strong))
    }

    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Sheet> + use<'a> {
        let parent = |style: &&'a Sheet| style.parent.as_deref().and_then(|id| self.styles.get(id));
        std::iter::successors(self.styles.get(id), parent).take(CHAIN)
    }
}

fn role_of(style: &Sheet) -> Option<Role> {
    let outline = style.outline.filter(|level| *level < 9);
    role_by_name(&style.name).or(outline.map(|level| Role::Heading { level: level + 1, part: false }))
}

/// What a style's name says.
pub(crate) fn role_by_name(name: &str) -> Option<Role> {
    let name: String = name.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let own = |own: &str| name == own.to_lowercase().replace(' ', "");
    let heading = name.strip_prefix("heading").and_then(|level| level.parse::<u8>().ok());
    if let Some(level) = heading.filter(|level| (1..=9).contains(level)) {
        Some(Role::Heading { level, part: false })
    } else if own(PART) {
        Some(Role::Heading { level: 1, part: true })
    } else if name == "title" {
        Some(Role::Title)
    } else if own(AUTHOR) {
        Some(Role::Author)
    } else if own(DETAILS) {
        Some(Role::Details)
    } else if name.contains("quot") || name == "blocktext" {
        Some(Role::Quote)
    } else if name.strip_prefix("toc").is_some_and(|level| level == "heading" || level.parse::<u8>().is_ok())
    {
        Some(Role::Contents)
    } else {
        None
    }
}

/// Whether a property that is on when it is named is on.
pub(crate) fn is_on(attributes: &Attributes) -> bool {
    !matches!(attributes.get("val"), Some("0" | "false" | "off" | "none"))
}

impl Handler for Styles {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let value = || attributes.get("val").map(str::to_owned);
        match name {
            "style" => {
                let id = attributes.get("styleId").unwrap_or_default().to_owned();
                self.styles.insert(id.clone(), Sheet::default());
                self.current = Some(id);
            }
            "rPr" => self.in_run = true,
            "lang" if self.current.is_none() => self.language = self.language.take().or_else(value),
            _ => {}
        }
        let in_run = self.in_run;
        let Some(style) = self.current.as_ref().and_then(|id| self.styles.get_mut(id)) else { return };
        match name {
            "name" => style.name = value().unwrap_or_default(),
            "basedOn" => style.parent = value(),
            "outlineLvl" => style.outline = value().and_then(|level| level.parse().ok()),
            "b" if in_run => style.strong = Some(is_on(attributes)),
            "i" if in_run => style.em = Some(is_on(attributes)),
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn close(&mut self, name: &str) {
        match name {
            "style" => self.current = None,
            "rPr" => self.in_run = false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_what_it_rests_on_and_circles_end() {
        let mut styles = Styles::default();
        let xml = "<styles><style styleId='a'><name val='Chapter Title'/><basedOn val='b'/></style>\
            <style styleId='b'><name val='heading 1'/><rPr><b/><i val='0'/></rPr></style>\
            <style styleId='c'><name val='x'/><basedOn val='d'/></style><style styleId='d'><basedOn val='c'/></style></styles>";
        crate::markup::read_xml(xml.as_bytes(), &mut styles).unwrap();
        assert_eq!(styles.role("a"), Role::Heading { level: 1, part: false });
        assert_eq!(styles.look("a"), (Some(false), Some(true)));
        assert_eq!(styles.role("c"), Role::Body);
        assert_eq!(styles.role("Heading2"), Role::Heading { level: 2, part: false });
    }
}
