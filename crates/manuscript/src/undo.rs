//! Taking back a step on the tree or on many scenes at once. A step returns an [`Undo`]; undoing returns
//! another, which redoes. Nothing here deletes: words go back to a kept revision, and what was made is
//! archived.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::document::Document;
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
    /// Give a scene, if it is still at `version`, the text it had at the version `to`.
    Text {
        scene: SceneId,
        version: u32,
        /// Nothing for a page nobody had written on.
        to: Option<u32>,
    },
    /// Go no further if this was written on since, lest that be put away.
    Unwritten { scene: SceneId, version: u32 },
    Archive { node: Node },
    Unarchive { node: Node },
    Move { node: Node, parent: Option<ChapterId>, before: Option<Node> },
    Rename { node: Node, title: String },
}

impl Undo {
    pub(crate) fn of(steps: Vec<Step>) -> Self {
        Self { steps }
    }

    /// Whether there is nothing to undo.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
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
            let now = scenes::find(db, *scene)?;
            if now.version != *version {
                return Err(written_over(&now, *version).into());
            }
            Some(step.clone())
        }
        Step::Archive { node } => tree::archive(db, *node, now)?,
        Step::Unarchive { node } => tree::unarchive(db, *node)?,
        Step::Move { node, parent, before } => Some(tree::move_before(db, *node, *parent, *before, now)?),
        Step::Rename { node, title } => Some(tree::rename(db, *node, title, now)?),
    })
}

fn set_back(
    db: &Connection,
    id: SceneId,
    version: u32,
    to: Option<u32>,
    now: &str,
) -> Result<Step, Stop> {
    let before = scenes::find(db, id)?;
    if before.version != version {
        return Err(written_over(&before, version).into());
    }
    revisions::keep(db, id, Cause::Restore, now)?;
    let (document, text) = match to {
        None => (Document::from_json("").map(|page| page.to_json()).unwrap_or_default(), String::new()),
        Some(to) => db
            .prepare_cached("SELECT document, text FROM revision WHERE scene = ?1 AND version = ?2")?
            .query_row(params![id, to], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or_else(|| Error::NotUndoable { reason: format!("version {to} of scene {id} was not kept") })?,
    };
    let saved = scenes::put(db, &before, &document, &text, now)?;
    Ok(Step::Text { scene: id, version: saved.version, to: tree::kept(&before) })
}

fn written_over(scene: &Scene, version: u32) -> Error {
    let reason = format!("scene {} is at version {} by now, and was at {version}", scene.id, scene.version);
    Error::NotUndoable { reason }
}
