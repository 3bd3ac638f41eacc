//! Cutting scenes in two, putting two together, copying them. What they were before is kept as revisions, so
//! that each of these can be undone at once or found again years later.

use rusqlite::{Connection, params};

use super::{Node, change, children, insert_scene, standing};
use crate::document::{Block, Document};
use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::projects::touch_project;
use crate::revisions::{self, Cause};
use crate::scenes::{self, Saved, Scene};
use crate::tree::{ChapterKind, NewScene};
use crate::undo::{Step, Undo};
use crate::{ChapterId, SceneId};

/// A scene that was cut in two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The scene, which has the first part.
    pub first: Saved,
    /// The new scene after it, which has the second.
    pub second: SceneId,
    /// Undoes it.
    pub undo: Undo,
}

/// Two scenes that were put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The first of them, which has all the words now.
    pub scene: Saved,
    /// The second, which is archived as it was.
    pub archived: SceneId,
    /// Undoes it.
    pub undo: Undo,
}

/// What comes between two scenes that are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Nothing.
    Plain,
    /// A scene break.
    SceneBreak,
}

impl Library {
    /// Cuts a scene in two at a position of the editor; a scene break at the cut is taken out. The new scene
    /// comes right after it and may have a title of its own. `base_version` as in [`Library::save_scene`].
    pub fn split_scene(
        &mut self,
        id: SceneId,
        base_version: u32,
        position: usize,
        title: &str,
    ) -> Result<Split, Error> {
        self.write(|db| {
            let before = scenes::find(db, id)?;
            scenes::check_version(&before, base_version)?;
            let here = standing(db, Node::Scene(id))?;
            if here.archived {
                return Err(Error::BadPlace { reason: "the scene is archived".to_owned() }.into());
            }
            let (mut first, mut second) = scenes::page(&before)?.split_at(position);
            first.blocks.pop_if(|last| *last == Block::SceneBreak);
            if second.blocks.first() == Some(&Block::SceneBreak) {
                second.blocks.remove(0);
            }
            let now = now(db)?;
            let saved = replace(db, &before, &first.tidied(), Cause::Split, &now)?;
            let second = second.tidied();
            let new = NewScene {
                title: title.to_owned(),
                document: second.to_json(),
                text: second.plain_text(),
                ..NewScene::default()
            };
            let new = insert_scene(db, before.project, here.parent, &new, &now)?;
            let next = next_of(db, Node::Scene(id))?;
            change::move_before(db, Node::Scene(new), here.parent, next, &now)?;
            let undo = Undo::of(vec![
                Step::Unwritten { scene: new, version: 0 },
                Step::Archive { node: Node::Scene(new) },
                Step::Text { scene: id, version: saved.version, to: kept(&before) },
            ]);
            Ok(Split { first: saved, second: new, undo })
        })
    }

    /// Puts the scene that comes next in the same part or chapter at the end of this one. Versions are what
    /// both were seen at, so that nothing written since is moved unseen.
    pub fn merge_with_next(
        &mut self,
        id: SceneId,
        base_version: u32,
        next_version: u32,
        joint: Joint,
    ) -> Result<Merged, Error> {
        self.write(|db| {
            let first = scenes::find(db, id)?;
            scenes::check_version(&first, base_version)?;
            let Some(Node::Scene(next)) = next_of(db, Node::Scene(id))? else {
                let reason = "no scene comes after it in its chapter".to_owned();
                return Err(Error::BadPlace { reason }.into());
            };
            let second = scenes::find(db, next)?;
            scenes::check_version(&second, next_version)?;
            let mut page = scenes::page(&first)?;
            let below = scenes::page(&second)?;
            let joined = !page.is_blank() && !below.is_blank();
            if page.is_blank() {
                page.blocks.clear();
            }
            if joined && joint == Joint::SceneBreak {
                page.blocks.push(Block::SceneBreak);
            }
            if !below.is_blank() {
                page.append(below);
            }
            let now = now(db)?;
            let saved = replace(db, &first, &page.tidied(), Cause::Merge, &now)?;
            let archived = change::archive(db, Node::Scene(next), &now)?;
            let text = Step::Text { scene: id, version: saved.version, to: kept(&first) };
            let undo = Undo::of(archived.into_iter().chain([text]).collect());
            Ok(Merged { scene: saved, archived: next, undo })
        })
    }

    /// Copies a part, chapter or scene with all it holds, right after it. Revisions and what models wrote
    /// stay with the original; who wrote which words is in the copy as well. To undo it, archive the copy.
    pub fn duplicate(&mut self, node: Node) -> Result<Node, Error> {
        self.write(|db| {
            let here = standing(db, node)?;
            let now = now(db)?;
            let copy = copy(db, node, here.parent, &now)?;
            if !here.archived {
                let next = next_of(db, node)?;
                change::move_before(db, copy, here.parent, next, &now)?;
            }
            touch_project(db, here.project, &now)?;
            Ok(copy)
        })
    }
}

/// Gives a scene another page, after what it is now was kept.
pub(crate) fn replace(
    db: &Connection,
    before: &Scene,
    page: &Document,
    cause: Cause,
    now: &str,
) -> Result<Saved, Stop> {
    revisions::keep(db, before.id, cause, now)?;
    Ok(scenes::put(db, before, &page.to_json(), &page.plain_text(), now)?)
}

/// The version under which [`revisions::keep`] has a scene; nothing for a page nobody has written on.
pub(crate) fn kept(scene: &Scene) -> Option<u32> {
    let written = !scene.document.is_empty() || !scene.text.is_empty();
    written.then_some(scene.version)
}

pub(super) fn next_of(db: &Connection, node: Node) -> Result<Option<Node>, Stop> {
    let here = standing(db, node)?;
    let siblings = children(db, here.project, here.parent)?;
    Ok(siblings.into_iter().skip_while(|other| *other != node).nth(1))
}

fn copy(db: &Connection, node: Node, parent: Option<ChapterId>, now: &str) -> Result<Node, Stop> {
    let project = standing(db, node)?.project;
    match node {
        Node::Scene(id) => {
            let scene = scenes::find(db, id)?;
            let new = NewScene {
                title: scene.title,
                document: scene.document,
                text: scene.text,
                ..NewScene::default()
            };
            let copied = insert_scene(db, project, parent, &new, now)?;
            db.prepare_cached(
                "UPDATE scene SET (synopsis, notes, status) =
                     (SELECT synopsis, notes, status FROM scene WHERE id = ?1) WHERE id = ?2",
            )?
            .execute(params![id, copied])?;
            Ok(Node::Scene(copied))
        }
        Node::Chapter(id) => {
            let here = standing(db, node)?;
            let kind = here.kind.unwrap_or(ChapterKind::Chapter);
            let copied = super::insert_chapter(db, project, parent, kind, &here.title, "", now)?;
            db.prepare_cached(
                "UPDATE chapter SET synopsis = (SELECT synopsis FROM chapter WHERE id = ?1) WHERE id = ?2",
            )?
            .execute(params![id, copied])?;
            for inner in children(db, project, Some(id))? {
                copy(db, inner, Some(copied), now)?;
            }
            Ok(Node::Chapter(copied))
        }
    }
}
