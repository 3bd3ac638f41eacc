//! Summaries of scenes, for the scenes that come after them. A summary knows the version it was made of, so
//! that one of a scene that has changed since is told apart and never taken for what the story says.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::{ProjectId, SceneId, scenes, tree};

/// What happens in a scene, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The scene.
    pub scene: SceneId,
    /// The summary.
    pub text: String,
    /// The version of the scene that was summed up.
    pub version: u32,
    /// The model's name; empty if the author wrote it.
    pub model: String,
    /// Whether the scene has changed since.
    pub stale: bool,
    /// When it was written; UTC, RFC 3339.
    pub updated_at: String,
}

impl Library {
    /// Sums up a scene as it was at `version`, in the place of an earlier summary. `model` is empty if the
    /// author wrote it. A summary of a version that is not there yet is a conflict.
    pub fn set_summary(
        &mut self,
        scene: SceneId,
        version: u32,
        text: &str,
        model: &str,
    ) -> Result<(), Error> {
        self.write(|db| {
            let current = scenes::find(db, scene)?.version;
            if version > current {
                return Err(Error::Conflict { scene, base: version, current }.into());
            }
            db.prepare_cached(
                "INSERT INTO summary (scene, text, version, model, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (scene) DO UPDATE SET text = excluded.text, version = excluded.version,
                     model = excluded.model, updated_at = excluded.updated_at",
            )?
            .execute(params![scene, text, version, model, now(db)?])?;
            Ok(())
        })
    }

    /// The summary of a scene, if there is one.
    pub fn summary(&self, scene: SceneId) -> Result<Option<Summary>, Error> {
        self.read(|db| {
            scenes::find(db, scene)?;
            of(db, scene)
        })
    }

    /// The summaries of a project in the order its scenes are read; scenes without one are left out. With
    /// `before`, only those of the scenes that are read before it.
    pub fn summaries(&self, project: ProjectId, before: Option<SceneId>) -> Result<Vec<Summary>, Error> {
        self.read(|db| {
            let scenes = tree::read(db, project)?.into_scenes();
            let earlier = scenes.into_iter().take_while(|scene| Some(scene.id) != before);
            let mut found = Vec::new();
            for scene in earlier {
                found.extend(of(db, scene.id)?);
            }
            Ok(found)
        })
    }
}

fn of(db: &Connection, scene: SceneId) -> Result<Option<Summary>, Stop> {
    let found = db
        .prepare_cached(
            "SELECT scene, summary.text, summary.version, model, summary.version <> scene.version,
                 summary.updated_at
             FROM summary JOIN scene ON scene.id = summary.scene WHERE scene = ?1",
        )?
        .query_row([scene], read)
        .optional()?;
    Ok(found)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Summary> {
    Ok(Summary {
        scene: row.get(0)?,
        text: row.get(1)?,
        version: row.get(2)?,
        model: row.get(3)?,
        stale: row.get(4)?,
        updated_at: row.get(5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;
    use crate::{NewItem, NewScene};

    #[test]
    fn a_summary_is_stale_once_its_scene_has_changed() {
        let mut library = Temporary::new();
        let scene = library.scene_with("Anna goes.").id;
        assert_eq!(library.summary(scene).unwrap(), None);
        library.set_summary(scene, 0, "Anna leaves.", "starter").unwrap();
        let summary = library.summary(scene).unwrap().unwrap();
        assert_eq!(
            (summary.text.as_str(), summary.stale, summary.model.as_str()),
            ("Anna leaves.", false, "starter")
        );
        library.save_scene(scene, 0, "{}", "Anna stays.").unwrap();
        assert!(library.summary(scene).unwrap().unwrap().stale);
        library.set_summary(scene, 1, "Anna remains.", "").unwrap();
        assert!(!library.summary(scene).unwrap().unwrap().stale);
        assert!(matches!(library.set_summary(scene, 7, "", ""), Err(Error::Conflict { .. })));
    }

    #[test]
    fn a_scene_is_told_of_those_before_it() {
        let mut library = Temporary::new();
        let project = library.scene_with("1").project;
        library.add_items(project, None, &vec![NewItem::Scene(NewScene::default()); 3]).unwrap();
        let scenes: Vec<SceneId> = library.scenes(project).unwrap().iter().map(|scene| scene.id).collect();
        for (at, scene) in scenes.iter().enumerate().filter(|(at, _)| *at != 1) {
            library.set_summary(*scene, 0, &at.to_string(), "").unwrap();
        }
        let told = |before| {
            let found = library.summaries(project, before).unwrap();
            found.into_iter().map(|summary| summary.text).collect::<Vec<_>>()
        };
        assert_eq!(told(None), ["0", "2", "3"]);
        assert_eq!(told(Some(scenes[3])), ["0", "2"]);
        assert_eq!(told(Some(scenes[0])), Vec::<String>::new());
    }
}
