//! Moving, renaming and archiving what is in the tree. Each step returns what undoes it.

use rusqlite::{Connection, params};

use super::{ChapterKind, NewItem, Node, Standing, children, cut::next_of, in_order, insert_items, standing};
use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::projects::touch_project;
use crate::undo::{Step, Undo};
use crate::{ChapterId, ProjectId, SceneId, projects};

/// A place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Just before something.
    Before(Node),
    /// Just after something.
    After(Node),
    /// The last in a part or chapter, or at the top.
    In(Option<ChapterId>),
}

impl Library {
    /// Makes a part, chapter or scene with all it holds, at a place of a project. Returns every scene and chapter made, each
    /// chapter before what is in it, and what undoes it.
    pub fn add_item_at(
        &mut self,
        project: ProjectId,
        new: &NewItem,
        place: Place,
    ) -> Result<(Vec<Node>, Undo), Error> {
        self.write(|db| {
            projects::find(db, project)?;
            let now = now(db)?;
            let beside = match place {
                Place::Before(node) | Place::After(node) => standing(db, node)?.parent,
                Place::In(parent) => parent,
            };
            let mut made = Vec::new();
            insert_items(db, project, beside, std::slice::from_ref(new), &now, &mut made)?;
            let Some(&first) = made.first() else { return Ok((made, Undo::of(Vec::new()))) };
            let (parent, before) = resolve(db, &standing(db, first)?, first, place)?;
            move_before(db, first, parent, before, &now)?;
            touch_project(db, project, &now)?;
            let undo = Undo::of_making(&[first]);
            Ok((made, undo))
        })
    }

    /// The project that something belongs to.
    pub fn project_of(&self, node: Node) -> Result<ProjectId, Error> {
        self.read(|db| Ok(standing(db, node)?.project))
    }

    /// The scene that comes right after one in the same part or chapter; none if it is the last, or a chapter follows.
    pub fn scene_after(&self, id: SceneId) -> Result<Option<SceneId>, Error> {
        self.read(|db| {
            Ok(match next_of(db, Node::Scene(id))? {
                Some(Node::Scene(next)) => Some(next),
                _ => None,
            })
        })
    }

    /// Gives a part, chapter or scene another title, which is trimmed and may be empty.
    pub fn rename(&mut self, node: Node, title: &str) -> Result<Undo, Error> {
        self.step(node, |db, now| Ok(vec![rename(db, node, title, now)?]))
    }

    /// Says what is to happen in a part or chapter.
    pub fn set_chapter_synopsis(&mut self, id: ChapterId, synopsis: &str) -> Result<(), Error> {
        self.step(Node::Chapter(id), |db, now| {
            db.prepare_cached("UPDATE chapter SET synopsis = ?2, updated_at = ?3 WHERE id = ?1")?
                .execute(params![id, synopsis, now])?;
            Ok(Vec::new())
        })?;
        Ok(())
    }

    /// Puts a part, chapter or scene, with all it holds, to another place of the same project.
    pub fn move_to(&mut self, node: Node, place: Place) -> Result<Undo, Error> {
        self.step(node, |db, now| {
            let here = standing(db, node)?;
            let (parent, before) = resolve(db, &here, node, place)?;
            Ok(vec![move_before(db, node, parent, before, now)?])
        })
    }

    /// Puts a part, chapter or scene away with all it holds. Nothing is deleted: see [`Library::archived`].
    pub fn archive(&mut self, node: Node) -> Result<Undo, Error> {
        self.step(node, |db, now| Ok(archive(db, node, now)?.into_iter().collect()))
    }

    /// Takes back what was put away, with what went with it, to where it was; if the part or chapter it was
    /// in is still put away, to the end of the nearest that is not.
    pub fn unarchive(&mut self, node: Node) -> Result<Undo, Error> {
        self.step(node, |db, _| Ok(unarchive(db, node)?.into_iter().collect()))
    }

    fn step(
        &mut self,
        node: Node,
        work: impl FnOnce(&Connection, &str) -> Result<Vec<Step>, Stop>,
    ) -> Result<Undo, Error> {
        self.write(|db| {
            let project = standing(db, node)?.project;
            let now = now(db)?;
            let steps = work(db, &now)?;
            touch_project(db, project, &now)?;
            Ok(Undo::of(steps))
        })
    }
}

/// Renames, and returns the step that undoes it.
pub(crate) fn rename(db: &Connection, node: Node, title: &str, now: &str) -> Result<Step, Stop> {
    let before = standing(db, node)?.title;
    match node {
        Node::Chapter(id) => db
            .prepare_cached("UPDATE chapter SET title = ?2, updated_at = ?3 WHERE id = ?1")?
            .execute(params![id, title.trim(), now])?,
        Node::Scene(id) => db
            .prepare_cached("UPDATE scene SET title = ?2, indexed = NULL WHERE id = ?1")?
            .execute(params![id, title.trim()])?,
    };
    Ok(Step::Rename { node, title: before })
}

/// Moves `node` into `parent`, before one that stands there or, if none is named or it is there no longer,
/// after all of them. Returns the step that undoes it.
pub(crate) fn move_before(
    db: &Connection,
    node: Node,
    parent: Option<ChapterId>,
    before: Option<Node>,
    now: &str,
) -> Result<Step, Stop> {
    let here = standing(db, node)?;
    if here.archived {
        let reason = "it is archived".to_owned();
        return Err(Error::BadPlace { reason }.into());
    }
    check_parent(db, here.project, parent, here.kind)?;
    let siblings = in_order(db, here.project, here.parent, true)?;
    let next = siblings.iter().skip_while(|other| **other != node).nth(1).copied();

    match node {
        Node::Chapter(id) => db
            .prepare_cached("UPDATE chapter SET parent = ?2, updated_at = ?3 WHERE id = ?1")?
            .execute(params![id, parent, now])?,
        Node::Scene(id) => {
            db.prepare_cached("UPDATE scene SET chapter = ?2 WHERE id = ?1")?.execute(params![id, parent])?
        }
    };
    let mut order = in_order(db, here.project, parent, true)?;
    order.retain(|other| *other != node);
    let at = before.and_then(|before| order.iter().position(|other| *other == before)).unwrap_or(order.len());
    order.insert(at, node);
    number(db, &order)?;
    Ok(Step::Move { node, parent: here.parent, before: next })
}

/// Archives, and returns the step that undoes it; nothing if it is archived already.
pub(crate) fn archive(db: &Connection, node: Node, now: &str) -> Result<Option<Step>, Stop> {
    if standing(db, node)?.archived {
        return Ok(None);
    }
    match node {
        Node::Scene(id) => {
            db.prepare_cached("UPDATE scene SET archived_at = ?2 WHERE id = ?1")?
                .execute(params![id, now])?;
        }
        Node::Chapter(id) => {
            db.prepare_cached("UPDATE chapter SET archived_at = ?2 WHERE id = ?1")?
                .execute(params![id, now])?;
            for table in ["scene", "chapter"] {
                let parent = if table == "scene" { "chapter" } else { "parent" };
                let sql = format!(
                    "WITH RECURSIVE within (id) AS (
                         VALUES (?1) UNION ALL SELECT chapter.id FROM chapter JOIN within ON parent = within.id)
                     UPDATE {table} SET archived_at = ?2, archived_with = ?1
                     WHERE {parent} IN (SELECT id FROM within) AND archived_at IS NULL"
                );
                db.prepare_cached(&sql)?.execute(params![id, now])?;
            }
        }
    }
    Ok(Some(Step::Unarchive { node }))
}

/// Takes back, and returns the step that undoes it; nothing if it is not archived.
pub(crate) fn unarchive(db: &Connection, node: Node) -> Result<Option<Step>, Stop> {
    let here = standing(db, node)?;
    if !here.archived {
        return Ok(None);
    }
    let mut parent = here.parent;
    while let Some(id) = parent {
        let above = standing(db, Node::Chapter(id))?;
        if !above.archived {
            break;
        }
        parent = above.parent;
    }
    match node {
        Node::Scene(id) => {
            db.prepare_cached(
                "UPDATE scene SET archived_at = NULL, archived_with = NULL, chapter = ?2 WHERE id = ?1",
            )?
            .execute(params![id, parent])?;
        }
        Node::Chapter(id) => {
            db.prepare_cached(
                "UPDATE chapter SET archived_at = NULL, archived_with = NULL, parent = ?2 WHERE id = ?1",
            )?
            .execute(params![id, parent])?;
            for table in ["scene", "chapter"] {
                let sql = format!(
                    "UPDATE {table} SET archived_at = NULL, archived_with = NULL WHERE archived_with = ?1"
                );
                db.prepare_cached(&sql)?.execute([id])?;
            }
        }
    }
    if parent != here.parent {
        let mut order = in_order(db, here.project, parent, true)?;
        order.retain(|other| *other != node);
        order.push(node);
        number(db, &order)?;
    }
    Ok(Some(Step::Archive { node }))
}

/// Refuses what cannot stand in a parent: one of another project, archived, or not made to hold it. A scene
/// has no kind.
pub(super) fn check_parent(
    db: &Connection,
    project: ProjectId,
    parent: Option<ChapterId>,
    kind: Option<ChapterKind>,
) -> Result<(), Stop> {
    let refused = |reason: &str| Err(Error::BadPlace { reason: reason.to_owned() }.into());
    let Some(id) = parent else { return Ok(()) };
    let above = standing(db, Node::Chapter(id))?;
    match (kind, above.kind) {
        _ if above.project != project => refused("it belongs to another project"),
        _ if above.archived => refused("the chapter is archived"),
        (Some(ChapterKind::Part), _) => refused("a part stands at the top"),
        (Some(ChapterKind::Chapter), Some(ChapterKind::Chapter)) => refused("a chapter holds only scenes"),
        _ => Ok(()),
    }
}

/// The parent that a place is in, and what comes after it there.
fn resolve(
    db: &Connection,
    here: &Standing,
    node: Node,
    place: Place,
) -> Result<(Option<ChapterId>, Option<Node>), Stop> {
    let refused = |reason: &str| Stop::from(Error::BadPlace { reason: reason.to_owned() });
    let beside = match place {
        Place::In(parent) => return Ok((parent, None)),
        Place::Before(beside) | Place::After(beside) => beside,
    };
    if beside == node {
        return Err(refused("nothing stands beside itself"));
    }
    let there = standing(db, beside)?;
    if there.project != here.project {
        return Err(refused("it belongs to another project"));
    }
    if there.archived {
        return Err(refused("what it was to stand beside is archived"));
    }
    let siblings = children(db, here.project, there.parent)?;
    let mut from = siblings.into_iter().filter(|other| *other != node).skip_while(|other| *other != beside);
    let before = if matches!(place, Place::Before(_)) { from.next() } else { from.nth(1) };
    Ok((there.parent, before))
}

/// Writes an order down.
fn number(db: &Connection, order: &[Node]) -> rusqlite::Result<()> {
    for (position, node) in order.iter().enumerate() {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        match node {
            Node::Chapter(id) => db
                .prepare_cached("UPDATE chapter SET position = ?2 WHERE id = ?1 AND position <> ?2")?
                .execute(params![id, position])?,
            Node::Scene(id) => db
                .prepare_cached("UPDATE scene SET position = ?2 WHERE id = ?1 AND position <> ?2")?
                .execute(params![id, position])?,
        };
    }
    Ok(())
}
