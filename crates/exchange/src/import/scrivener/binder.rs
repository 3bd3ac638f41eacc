//! A project's `.scrivx`: the binder with its documents in their order, and what the project says of itself. Version 3
//! calls documents by UUID, versions 1 and 2 by number.

use std::collections::HashMap;

use crate::markup::{self, Attributes, Handler};

/// What a project's file says.
#[derive(Debug, Default)]
pub(crate) struct Binder {
    /// What stands at the top: the draft, research, trash, and whatever the author made.
    pub items: Vec<Item>,
    pub title: Option<String>,
    pub author: Option<String>,
    /// What its author calls each state of a document, by number.
    pub statuses: HashMap<String, String>,
}

/// A document or folder.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// Its UUID, or its number in version 2; it comes from outside and may be anything.
    pub id: String,
    /// Whether that is a UUID.
    pub by_uuid: bool,
    pub kind: Kind,
    pub title: String,
    /// Whether it is meant for the book. It is not when the file does not say so.
    pub compiled: bool,
    pub status: Option<String>,
    pub synopsis: String,
    /// Labels, keywords and fields of the author's own.
    pub tags: usize,
    pub items: Vec<Item>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// The book.
    Draft,
    Folder,
    Text,
    /// Research, trash, and the like.
    Elsewhere,
    /// A picture, a PDF, a web page.
    #[default]
    Other,
}

impl Item {
    /// It and all in it.
    pub fn count(&self) -> usize {
        1 + self.items.iter().map(Item::count).sum::<usize>()
    }

    /// Whether it or anything in it is meant for the book.
    pub fn any_compiled(&self) -> bool {
        self.compiled || self.items.iter().any(Item::any_compiled)
    }
}

/// Reads a `.scrivx`. Errs with what is wrong.
pub(crate) fn read(bytes: &[u8]) -> Result<Binder, String> {
    let mut reader = Reader::default();
    markup::read_xml(bytes, &mut reader)?;
    if !reader.is_project {
        return Err("it tells of no Scrivener project".to_owned());
    }
    Ok(reader.binder)
}

#[derive(Debug, Default)]
struct Reader {
    binder: Binder,
    is_project: bool,
    /// The items that are open, from outside to inside.
    stack: Vec<Item>,
    /// The elements that are open.
    open: Vec<String>,
    text: String,
    /// The number of the status that is being named.
    status: String,
}

impl Handler for Reader {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let get = |name: &str| attributes.exact(name).map(str::to_owned);
        match name {
            "ScrivenerProject" => {
                self.is_project = true;
                self.binder.author = get("Author");
            }
            "BinderItem" => {
                let uuid = get("UUID");
                self.stack.push(Item {
                    by_uuid: uuid.is_some(),
                    id: uuid.or_else(|| get("ID")).unwrap_or_default(),
                    kind: kind(attributes.exact("Type").unwrap_or_default()),
                    ..Item::default()
                });
            }
            "Status" => self.status = get("ID").unwrap_or_default(),
            _ => {}
        }
        self.text.clear();
        self.open.push(name.to_owned());
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn close(&mut self, name: &str) {
        self.open.pop();
        let text = self.text.trim().to_owned();
        self.text.clear();
        let parent = self.open.last().map(String::as_str);
        if name == "BinderItem" {
            if let Some(item) = self.stack.pop() {
                let siblings =
                    self.stack.last_mut().map_or(&mut self.binder.items, |parent| &mut parent.items);
                siblings.push(item);
            }
        } else if let Some(item) = self.stack.last_mut() {
            match (name, parent) {
                ("Title", Some("BinderItem")) => item.title = text,
                ("Synopsis", _) => item.synopsis = text,
                ("IncludeInCompile", _) => item.compiled = text.eq_ignore_ascii_case("yes"),
                ("StatusID", _) => item.status = Some(text),
                ("LabelID", _) => item.tags += usize::from(text != "-1" && !text.is_empty()),
                ("KeywordID" | "MetaDataItem", _) => item.tags += 1,
                _ => {}
            }
        } else if !text.is_empty() {
            match name {
                "ProjectTitle" => self.binder.title = Some(text),
                "FullName" => self.binder.author = Some(text),
                "Status" => drop(self.binder.statuses.insert(std::mem::take(&mut self.status), text)),
                _ => {}
            }
        }
    }
}

fn kind(name: &str) -> Kind {
    match name {
        "DraftFolder" => Kind::Draft,
        "Folder" => Kind::Folder,
        "Text" => Kind::Text,
        name if name.ends_with("Folder") => Kind::Elsewhere,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_stand_in_their_order_with_what_is_said_of_each() {
        let xml = "<?xml version='1.0'?><ScrivenerProject Version='2.0' Author='A'><Binder>\
            <BinderItem UUID='D' Type='DraftFolder'><Title>Draft</Title><Children>\
            <BinderItem UUID='1' Type='Folder'><Title>One &amp; only</Title><MetaData><LabelID>2</LabelID>\
            <StatusID>1</StatusID><IncludeInCompile>Yes</IncludeInCompile></MetaData><Children>\
            <BinderItem UUID='2' Type='Text'><Title>Two</Title></BinderItem></Children></BinderItem></Children>\
            </BinderItem><BinderItem UUID='R' Type='ResearchFolder'><Title>R</Title></BinderItem></Binder>\
            <Collections><Collection><Title>No</Title></Collection></Collections>\
            <StatusSettings><Title>Status</Title><StatusItems><Status ID='1'>First Draft</Status></StatusItems>\
            </StatusSettings><ProjectProperties><ProjectTitle>Gale</ProjectTitle><FullName>Ada Writer</FullName>\
            </ProjectProperties></ScrivenerProject>";
        let binder = read(xml.as_bytes()).unwrap();
        let draft = &binder.items[0];
        assert_eq!((draft.kind, draft.count(), draft.any_compiled()), (Kind::Draft, 3, true));
        let one = &draft.items[0];
        assert_eq!((one.title.as_str(), one.tags, one.compiled), ("One & only", 1, true));
        assert_eq!(one.status.as_deref().and_then(|id| binder.statuses.get(id)).unwrap(), "First Draft");
        assert_eq!((one.items[0].title.as_str(), one.items[0].compiled), ("Two", false));
        assert_eq!(binder.items[1].kind, Kind::Elsewhere);
        assert_eq!((binder.title.as_deref(), binder.author.as_deref()), (Some("Gale"), Some("Ada Writer")));
    }

    #[test]
    fn what_is_no_project_is_refused() {
        assert!(read(b"<html/>").is_err());
        assert!(read(b"<ScrivenerProject><Binder><BinderItem>").is_err());
        let deep = format!("<ScrivenerProject>{}", "<BinderItem ID='1'><Children>".repeat(10_000));
        assert!(read(deep.as_bytes()).unwrap_err().contains("deep"));
    }
}
