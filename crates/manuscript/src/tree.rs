//! The tree of a project: parts hold chapters and scenes, chapters hold scenes, and all of one parent stand
//! in one order. What is taken out of the tree is archived with all it holds, and can be put back.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::scenes::{self, SceneStatus, SceneSummary, check_document};
use crate::words::{count_characters, count_words};
use crate::{ChapterId, ProjectId, SceneId, projects};

mod change;
mod cut;

pub use change::Place;
pub(crate) use change::{archive, move_before, rename, unarchive};
pub use cut::{Joint, Merged, Split};
pub(crate) use cut::{kept, replace};

/// Something in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// A part or chapter.
    Chapter(ChapterId),
    /// A scene.
    Scene(SceneId),
}

/// What a chapter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChapterKind {
    /// A part of the book: holds chapters and scenes, and stands at the top.
    Part,
    /// A chapter: holds scenes, and stands at the top or in a part.
    Chapter,
}

/// A project's parts, chapters and scenes in the order they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// What stands at the top.
    pub items: Vec<TreeItem>,
}

/// A part, chapter or scene in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TreeItem {
    /// A part or chapter with what is in it.
    Chapter(Chapter),
    /// A scene, without its text.
    Scene(SceneSummary),
}

/// A part or chapter with what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its identity in the library.
    pub id: ChapterId,
    /// What it is.
    pub kind: ChapterKind,
    /// Empty for one that was given none.
    pub title: String,
    /// What is to happen in it, as its author put it.
    pub synopsis: String,
    /// Words of all its scenes.
    pub words: u32,
    /// Characters of all its scenes.
    pub characters: u32,
    /// What is in it.
    pub items: Vec<TreeItem>,
}

/// A scene to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewScene {
    /// May be empty.
    pub title: String,
    /// What is to happen in it.
    pub synopsis: String,
    /// Notes to self about the whole scene.
    pub notes: String,
    /// How far it is.
    pub status: SceneStatus,
    /// ProseMirror JSON; empty for a page nobody has written on.
    pub document: String,
    /// The document as plain text.
    pub text: String,
}

/// A part, chapter or scene to be made, with all it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewItem {
    /// A part or chapter.
    Chapter {
        /// What it is.
        kind: ChapterKind,
        /// May be empty.
        title: String,
        /// What is to happen in it.
        synopsis: String,
        /// What is in it.
        items: Vec<NewItem>,
    },
    /// A scene.
    Scene(NewScene),
}

/// Something that was put away, as a list of such things shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// What it is.
    pub node: Node,
    /// Its title; may be empty.
    pub title: String,
    /// The beginning of a scene's text, for those without a title.
    pub beginning: String,
    /// Words in it, and in what was put away with it.
    pub words: u32,
    /// When; UTC, RFC 3339.
    pub archived_at: String,
}

impl Library {
    /// The tree of a project, without what is archived.
    pub fn tree(&self, project: ProjectId) -> Result<Tree, Error> {
        self.read(|db| read(db, project))
    }

    /// What of a project was put away, the last first. What went with a part or chapter is not listed on its
    /// own: it comes back with it.
    pub fn archived(&self, project: ProjectId) -> Result<Vec<Archived>, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let mut query = db.prepare_cached(
                "SELECT 'chapter', id, title, '', coalesce((SELECT sum(words) FROM scene
                     WHERE archived_with = chapter.id), 0), archived_at
                 FROM chapter WHERE project = ?1 AND archived_at IS NOT NULL AND archived_with IS NULL
                 UNION ALL
                 SELECT 'scene', id, title, substr(text, 1, 80), words, archived_at
                 FROM scene WHERE project = ?1 AND archived_at IS NOT NULL AND archived_with IS NULL
                 ORDER BY 6 DESC, 2 DESC",
            )?;
            let found = query.query_map([project], |row| {
                Ok(Archived {
                    node: node(row)?,
                    title: row.get(2)?,
                    beginning: row.get(3)?,
                    words: row.get(4)?,
                    archived_at: row.get(5)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Makes parts, chapters and scenes with all they hold, at the end of a part or chapter or of the
    /// project, in one step: all of them or, after an error, none. Returns every scene and chapter made, in
    /// the order given, each chapter before what is in it. To undo it, archive what was made at the top.
    pub fn add_items(
        &mut self,
        project: ProjectId,
        parent: Option<ChapterId>,
        items: &[NewItem],
    ) -> Result<Vec<Node>, Error> {
        self.write(|db| {
            projects::find(db, project)?;
            let now = now(db)?;
            let mut made = Vec::new();
            insert_items(db, project, parent, items, &now, &mut made)?;
            projects::touch_project(db, project, &now)?;
            Ok(made)
        })
    }
}

impl Tree {
    /// All scenes in the order they are read.
    pub fn into_scenes(self) -> Vec<SceneSummary> {
        let mut scenes = Vec::new();
        fn gather(items: Vec<TreeItem>, scenes: &mut Vec<SceneSummary>) {
            for item in items {
                match item {
                    TreeItem::Chapter(chapter) => gather(chapter.items, scenes),
                    TreeItem::Scene(scene) => scenes.push(scene),
                }
            }
        }
        gather(self.items, &mut scenes);
        scenes
    }

    /// Everything in it in the order it is read, a chapter before what it holds.
    pub fn nodes(&self) -> Vec<Node> {
        fn gather(items: &[TreeItem], nodes: &mut Vec<Node>) {
            for item in items {
                nodes.push(item.node());
                if let TreeItem::Chapter(chapter) = item {
                    gather(&chapter.items, nodes);
                }
            }
        }
        let mut nodes = Vec::new();
        gather(&self.items, &mut nodes);
        nodes
    }
}

impl TreeItem {
    /// What it is.
    pub fn node(&self) -> Node {
        match self {
            Self::Chapter(chapter) => Node::Chapter(chapter.id),
            Self::Scene(scene) => Node::Scene(scene.id),
        }
    }

    fn count(&self) -> (u32, u32) {
        match self {
            Self::Chapter(chapter) => (chapter.words, chapter.characters),
            Self::Scene(scene) => (scene.words, scene.characters),
        }
    }
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub project: ProjectId,
    pub parent: Option<ChapterId>,
    pub kind: Option<ChapterKind>,
    pub title: String,
    pub archived: bool,
}

/// Where a part, chapter or scene stands, or the error that names it.
pub(crate) fn standing(db: &Connection, node: Node) -> Result<Standing, Stop> {
    let found = match node {
        Node::Chapter(id) => db
            .prepare_cached(
                "SELECT project, parent, kind, title, archived_at IS NOT NULL FROM chapter WHERE id = ?1",
            )?
            .query_row([id], |row| {
                Ok(Standing {
                    project: row.get(0)?,
                    parent: row.get(1)?,
                    kind: row.get(2)?,
                    title: row.get(3)?,
                    archived: row.get(4)?,
                })
            })
            .optional()?
            .ok_or(Error::NoChapter(id))?,
        Node::Scene(id) => db
            .prepare_cached(
                "SELECT project, chapter, title, archived_at IS NOT NULL FROM scene WHERE id = ?1",
            )?
            .query_row([id], |row| {
                Ok(Standing {
                    project: row.get(0)?,
                    parent: row.get(1)?,
                    kind: None,
                    title: row.get(2)?,
                    archived: row.get(3)?,
                })
            })
            .optional()?
            .ok_or(Error::NoScene(id))?,
    };
    Ok(found)
}

/// What stands in a part or chapter, or at the top, in order.
pub(crate) fn children(
    db: &Connection,
    project: ProjectId,
    parent: Option<ChapterId>,
) -> rusqlite::Result<Vec<Node>> {
    in_order(db, project, parent, false)
}

/// The same with what is archived, which keeps its place among the others.
fn in_order(
    db: &Connection,
    project: ProjectId,
    parent: Option<ChapterId>,
    archived: bool,
) -> rusqlite::Result<Vec<Node>> {
    db.prepare_cached(
        "SELECT 'chapter', id, position FROM chapter
             WHERE project = ?1 AND parent IS ?2 AND (?3 OR archived_at IS NULL)
         UNION ALL
         SELECT 'scene', id, position FROM scene
             WHERE project = ?1 AND chapter IS ?2 AND (?3 OR archived_at IS NULL)
         ORDER BY 3, 1, 2",
    )?
    .query_map(params![project, parent, archived], node)?
    .collect()
}

/// The tree of a project.
pub(crate) fn read(db: &Connection, project: ProjectId) -> Result<Tree, Stop> {
    projects::find(db, project)?;
    let sql =
        format!("SELECT {}, position FROM scene WHERE project = ?1 AND archived_at IS NULL", scenes::SUMMARY);
    let mut items: Vec<(Option<ChapterId>, u32, TreeItem)> = db
        .prepare_cached(&sql)?
        .query_map([project], |row| {
            let scene = scenes::summary(row)?;
            Ok((scene.chapter, row.get("position")?, TreeItem::Scene(scene)))
        })?
        .collect::<Result<_, _>>()?;
    let chapters: Vec<(Option<ChapterId>, u32, TreeItem)> = db
        .prepare_cached(
            "SELECT id, kind, title, synopsis, parent, position FROM chapter
             WHERE project = ?1 AND archived_at IS NULL",
        )?
        .query_map([project], |row| {
            let chapter = Chapter {
                id: row.get(0)?,
                kind: row.get(1)?,
                title: row.get(2)?,
                synopsis: row.get(3)?,
                words: 0,
                characters: 0,
                items: Vec::new(),
            };
            Ok((row.get(4)?, row.get(5)?, TreeItem::Chapter(chapter)))
        })?
        .collect::<Result<_, _>>()?;
    items.extend(chapters);
    items.sort_by_key(|(_, position, item)| (*position, rank(item.node())));
    Ok(Tree { items: grow(None, &mut items) })
}

/// Takes what stands in `parent` out of the heap, and for each of it what stands in that.
fn grow(parent: Option<ChapterId>, heap: &mut Vec<(Option<ChapterId>, u32, TreeItem)>) -> Vec<TreeItem> {
    let taken = std::mem::take(heap);
    let (here, elsewhere): (Vec<_>, Vec<_>) = taken.into_iter().partition(|(of, ..)| *of == parent);
    *heap = elsewhere;
    let mut items: Vec<TreeItem> = here.into_iter().map(|(_, _, item)| item).collect();
    for item in &mut items {
        if let TreeItem::Chapter(chapter) = item {
            chapter.items = grow(Some(chapter.id), heap);
            for (words, characters) in chapter.items.iter().map(TreeItem::count) {
                chapter.words = chapter.words.saturating_add(words);
                chapter.characters = chapter.characters.saturating_add(characters);
            }
        }
    }
    items
}

/// Order among those of one position: as in the SQL of [`children`].
fn rank(node: Node) -> (u8, u32) {
    match node {
        Node::Chapter(id) => (0, id.0),
        Node::Scene(id) => (1, id.0),
    }
}

pub(crate) fn insert_items(
    db: &Connection,
    project: ProjectId,
    parent: Option<ChapterId>,
    items: &[NewItem],
    now: &str,
    made: &mut Vec<Node>,
) -> Result<(), Stop> {
    for item in items {
        match item {
            NewItem::Scene(scene) => {
                if !scene.document.is_empty() {
                    check_document(&scene.document)?;
                }
                change::check_parent(db, project, parent, None)?;
                made.push(Node::Scene(insert_scene(db, project, parent, scene, now)?));
            }
            NewItem::Chapter { kind, title, synopsis, items } => {
                change::check_parent(db, project, parent, Some(*kind))?;
                let id = insert_chapter(db, project, parent, *kind, title, synopsis, now)?;
                made.push(Node::Chapter(id));
                insert_items(db, project, Some(id), items, now, made)?;
            }
        }
    }
    Ok(())
}

/// A scene after all that stands in `parent`.
pub(crate) fn insert_scene(
    db: &Connection,
    project: ProjectId,
    parent: Option<ChapterId>,
    new: &NewScene,
    now: &str,
) -> rusqlite::Result<SceneId> {
    let NewScene { title, synopsis, notes, status, document, text } = new;
    let position = next_position(db, project, parent)?;
    db.prepare_cached(
        "INSERT INTO scene (project, chapter, position, title, synopsis, notes, status, document, text, version,
             words, characters, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12, ?12)",
    )?
    .execute(params![
        project,
        parent,
        position,
        title.trim(),
        synopsis,
        notes,
        status,
        document,
        text,
        count_words(text),
        count_characters(text),
        now
    ])?;
    projects::last_id(db)
}

/// A part or chapter after all that stands in `parent`.
fn insert_chapter(
    db: &Connection,
    project: ProjectId,
    parent: Option<ChapterId>,
    kind: ChapterKind,
    title: &str,
    synopsis: &str,
    now: &str,
) -> rusqlite::Result<ChapterId> {
    let position = next_position(db, project, parent)?;
    db.prepare_cached(
        "INSERT INTO chapter (project, parent, kind, position, title, synopsis, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
    )?
    .execute(params![project, parent, kind, position, title.trim(), synopsis, now])?;
    projects::last_id(db)
}

/// Past everything in `parent`, archived things too.
fn next_position(db: &Connection, project: ProjectId, parent: Option<ChapterId>) -> rusqlite::Result<u32> {
    db.prepare_cached(
        "SELECT max(coalesce((SELECT max(position) + 1 FROM scene WHERE project = ?1 AND chapter IS ?2), 0),
                    coalesce((SELECT max(position) + 1 FROM chapter WHERE project = ?1 AND parent IS ?2), 0))",
    )?
    .query_row(params![project, parent], |row| row.get(0))
}

/// Reads a kind and an id from the first two columns.
fn node(row: &Row<'_>) -> rusqlite::Result<Node> {
    let kind: String = row.get(0)?;
    Ok(if kind == "chapter" { Node::Chapter(row.get(1)?) } else { Node::Scene(row.get(1)?) })
}

impl ToSql for ChapterKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Part => "part",
            Self::Chapter => "chapter",
        }
        .into())
    }
}

impl FromSql for ChapterKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "part" => Ok(Self::Part),
            "chapter" => Ok(Self::Chapter),
            other => Err(FromSqlError::Other(format!("unknown kind of chapter {other}").into())),
        }
    }
}

#[cfg(test)]
mod tests;
