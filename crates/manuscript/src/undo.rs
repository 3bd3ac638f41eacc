//! Taking back a step on the tree or on many scenes at once. A step returns an [`Undo`]; undoing returns
//! another, which redoes. Nothing here deletes: words go back to a kept revision, and what was made is
//! archived.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::revisions::{self, Cause};
use crate::scenes::{self, Scene};
use crate::tree::{self, Node};
use crate::{ChapterId, SceneId};

/// What undoes a step. It can be kept as JSON; what is in it is nobody else's concern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Undo {
    steps: Vec<Step>,
}

/// One thing to do. Those of an [`Undo`] are done in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// Give a scene, if it still says what it said at `version`, the text it had at the version `to`.
    Text {
        scene: SceneId,
        version: u32,
        /// Nothing for a page nobody had written on.
        to: Option<u32>,
    },
    /// Go no further if this was written on since, lest that be put away.
    Unwritten {
        scene: SceneId,
        version: u32,
    },
    Archive {
        node: Node,
    },
    Unarchive {
        node: Node,
    },
    Move {
        node: Node,
        parent: Option<ChapterId>,
        before: Option<Node>,
    },
    Rename {
        node: Node,
        title: String,
    },
}

impl Undo {
    pub(crate) fn of(steps: Vec<Step>) -> Self {
        Self { steps }
    }

    /// What undoes making these, each with all it holds: they are put away.
    pub fn of_making(nodes: &[Node]) -> Self {
        Self::of(nodes.iter().map(|&node| Step::Archive { node }).collect())
    }

    /// Whether there is nothing to undo.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The scenes whose text it sets back.
    pub fn scenes(&self) -> Vec<SceneId> {
        let text = |step: &Step| match step {
            Step::Text { scene, .. } => Some(*scene),
            _ => None,
        };
        self.steps.iter().filter_map(text).collect()
    }
}

impl Library {
    /// Undoes a step, wholly or, if something has been written over it since, not at all
    /// ([`Error::NotUndoable`]). Returns what redoes it.
    pub fn undo(&mut self, undo: &Undo) -> Result<Undo, Error> {
        self.write(|db| {
            let now = now(db)?;
            let mut redo = Vec::new();
            for step in &undo.steps {
                redo.extend(apply(db, step, &now)?);
            }
            redo.reverse();
            Ok(Undo::of(redo))
        })
    }
}

/// Does a step and returns the one that undoes it, unless there was nothing to do.
fn apply(db: &Connection, step: &Step, now: &str) -> Result<Option<Step>, Stop> {
    Ok(match step {
        Step::Text { scene, version, to } => Some(set_back(db, *scene, *version, *to, now)?),
        Step::Unwritten { scene, version } => {
            unwritten(db, *scene, *version)?;
            Some(step.clone())
        }
        Step::Archive { node } => tree::archive(db, *node, now)?,
        Step::Unarchive { node } => tree::unarchive(db, *node)?,
        Step::Move { node, parent, before } => Some(tree::move_before(db, *node, *parent, *before, now)?),
        Step::Rename { node, title } => Some(tree::rename(db, *node, title, now)?),
    })
}

fn set_back(db: &Connection, id: SceneId, version: u32, to: Option<u32>, now: &str) -> Result<Step, Stop> {
    let before = unwritten(db, id, version)?;
    let (document, text) = match to {
        None => (String::new(), String::new()),
        Some(to) => kept_at(db, id, to)?.ok_or_else(|| Error::NotUndoable {
            reason: format!("version {to} of scene {id} was not kept"),
        })?,
    };
    revisions::keep(db, id, Cause::Restore, now)?;
    let saved = scenes::put(db, &before, &document, &text, now)?;
    Ok(Step::Text { scene: id, version: saved.version, to: tree::kept(&before) })
}

/// The scene, if it says what it said at `version`: it is still at that, or was brought back to it by undoing
/// what came after.
fn unwritten(db: &Connection, id: SceneId, version: u32) -> Result<Scene, Stop> {
    let scene = scenes::find(db, id)?;
    if scene.version != version {
        // What was never written on is not kept.
        let (document, text) = kept_at(db, id, version)?.unwrap_or_default();
        if (&scene.document, &scene.text) != (&document, &text) {
            let reason = format!("scene {id} is at version {} by now, and was at {version}", scene.version);
            return Err(Error::NotUndoable { reason }.into());
        }
    }
    Ok(scene)
}

fn kept_at(db: &Connection, id: SceneId, version: u32) -> rusqlite::Result<Option<(String, String)>> {
    db.prepare_cached("SELECT document, text FROM revision WHERE scene = ?1 AND version = ?2")?
        .query_row(params![id, version], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}
