//! Pages as ProseMirror writes them. Everything goes through one loose node type, so that what a page cannot
//! hold is told by its name and not by a parser's position.

use serde::{Deserialize, Serialize};

use super::{Block, Document, DocumentError, Inline, Level, Machine, Marks, Paragraph};

/// Any node. The order of the fields is the order in which ProseMirror writes them.
#[derive(Serialize, Deserialize, Default)]
struct Node {
    #[serde(rename = "type")]
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attrs: Option<Attrs>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    content: Vec<Node>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Mark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Mark {
    #[serde(rename = "type")]
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attrs: Option<Attrs>,
}

/// Attributes of all nodes and marks that have any, in ProseMirror's order.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Attrs {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    request: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    candidate: Option<u32>,
}

pub(super) fn read(json: &str) -> Result<Document, DocumentError> {
    if json.is_empty() {
        return Ok(Document::default().tidied());
    }
    let node: Node = serde_json::from_str(json).map_err(|e| DocumentError(e.to_string()))?;
    if node.name != "doc" {
        return Err(DocumentError(format!("it begins with a {} where a doc belongs", named(&node.name))));
    }
    let blocks = node.content.into_iter().map(block).collect::<Result<_, _>>()?;
    Ok(Document { blocks }.tidied())
}

pub(super) fn write(document: &Document) -> String {
    let tidied = document.clone().tidied();
    let content = tidied.blocks.into_iter().map(Node::from).collect();
    let doc = Node { name: "doc".to_owned(), content, ..Node::default() };
    // A string, numbers and lists: nothing in a node can fail to be written.
    serde_json::to_string(&doc).unwrap_or_default()
}

fn block(node: Node) -> Result<Block, DocumentError> {
    Ok(match node.name.as_str() {
        "paragraph" => Block::Paragraph(paragraph(node)?),
        "heading" => {
            let number = node.attrs.and_then(|attrs| attrs.level).unwrap_or(1);
            let level = Level::new(number).ok_or_else(|| {
                DocumentError(format!("a heading has the level {number}; there are 1 to 3"))
            })?;
            Block::Heading { level, content: inlines(node.content)? }
        }
        "scene_break" => Block::SceneBreak,
        "blockquote" => Block::Blockquote(paragraphs(node.content, "blockquote")?),
        "note" => Block::Note(paragraphs(node.content, "note")?),
        other => return Err(DocumentError(format!("a page has no block {}", named(other)))),
    })
}

fn paragraphs(nodes: Vec<Node>, within: &str) -> Result<Vec<Paragraph>, DocumentError> {
    let each = nodes.into_iter().map(|node| match node.name.as_str() {
        "paragraph" => paragraph(node),
        other => {
            Err(DocumentError(format!("a {within} holds a {}, and may hold only paragraphs", named(other))))
        }
    });
    each.collect()
}

fn paragraph(node: Node) -> Result<Paragraph, DocumentError> {
    Ok(Paragraph { content: inlines(node.content)? })
}

fn inlines(nodes: Vec<Node>) -> Result<Vec<Inline>, DocumentError> {
    nodes.into_iter().map(inline).collect()
}

fn inline(node: Node) -> Result<Inline, DocumentError> {
    let marks = marks(node.marks)?;
    match node.name.as_str() {
        "text" => Ok(Inline::Text { text: node.text.unwrap_or_default(), marks }),
        "line_break" => Ok(Inline::LineBreak { marks }),
        other => Err(DocumentError(format!("a line has no {}", named(other)))),
    }
}

fn marks(given: Vec<Mark>) -> Result<Marks, DocumentError> {
    let mut marks = Marks::default();
    for mark in given {
        match mark.name.as_str() {
            "em" => marks.em = true,
            "strong" => marks.strong = true,
            "machine" => {
                let Some(Attrs { request: Some(request), candidate, .. }) = mark.attrs else {
                    return Err(DocumentError("a machine mark names no request".to_owned()));
                };
                marks.machine = Some(Machine { request, candidate: candidate.unwrap_or(0) });
            }
            other => return Err(DocumentError(format!("words cannot have the mark {}", named(other)))),
        }
    }
    Ok(marks)
}

/// A name from outside in a message: quoted, and not without end.
fn named(name: &str) -> String {
    let shown: String = name.chars().take(40).collect();
    format!("{shown:?}")
}

impl From<Block> for Node {
    fn from(block: Block) -> Self {
        let (name, attrs, content) = match block {
            Block::Paragraph(paragraph) => return paragraph.into(),
            Block::Heading { level, content } => {
                let attrs = Attrs { level: Some(level.number()), ..Attrs::default() };
                ("heading", Some(attrs), content.into_iter().map(Self::from).collect())
            }
            Block::SceneBreak => ("scene_break", None, Vec::new()),
            Block::Blockquote(inner) => ("blockquote", None, inner.into_iter().map(Self::from).collect()),
            Block::Note(inner) => ("note", None, inner.into_iter().map(Self::from).collect()),
        };
        Self { name: name.to_owned(), attrs, content, ..Self::default() }
    }
}

impl From<Paragraph> for Node {
    fn from(paragraph: Paragraph) -> Self {
        let content = paragraph.content.into_iter().map(Self::from).collect();
        Self { name: "paragraph".to_owned(), content, ..Self::default() }
    }
}

impl From<Inline> for Node {
    fn from(inline: Inline) -> Self {
        let (name, text, marks) = match inline {
            Inline::Text { text, marks } => ("text", Some(text), marks),
            Inline::LineBreak { marks } => ("line_break", None, marks),
        };
        Self { name: name.to_owned(), marks: marks.into(), text, ..Self::default() }
    }
}

impl From<Marks> for Vec<Mark> {
    /// In the order of the schema, as ProseMirror sorts them.
    fn from(marks: Marks) -> Self {
        let plain = |name: &str| Mark { name: name.to_owned(), attrs: None };
        let em = marks.em.then(|| plain("em"));
        let strong = marks.strong.then(|| plain("strong"));
        let machine = marks.machine.map(|Machine { request, candidate }| Mark {
            name: "machine".to_owned(),
            attrs: Some(Attrs { request: Some(request), candidate: Some(candidate), ..Attrs::default() }),
        });
        em.into_iter().chain(strong).chain(machine).collect()
    }
}
