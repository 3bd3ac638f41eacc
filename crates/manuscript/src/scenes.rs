//! Scenes: where the words are. A save names the version it was made on, so that of two windows on one scene
//! neither overwrites what the other wrote; it is refused instead, and both texts still exist.

use rusqlite::{Connection, OptionalExtension, params};
use serde::de::IgnoredAny;

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::projects::touch_project_of;
use crate::revisions::keep_before_save;
use crate::words::count_words;
use crate::{ProjectId, SceneId};

/// A scene without its text, as an outline shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneSummary {
    /// Its identity in the library.
    pub id: SceneId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// Empty for a scene that was given none.
    pub title: String,
    /// Counts saves.
    pub version: u32,
    /// Words of its text.
    pub words: u32,
    /// Last save; UTC, RFC 3339.
    pub updated_at: String,
}

/// A scene with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// Its identity in the library.
    pub id: SceneId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// Empty for a scene that was given none.
    pub title: String,
    /// ProseMirror JSON; empty for a scene that was never written in.
    pub document: String,
    /// The document as plain text.
    pub text: String,
    /// Counts saves; a save names the version it was made on.
    pub version: u32,
    /// Words of its text.
    pub words: u32,
    /// Last save; UTC, RFC 3339.
    pub updated_at: String,
}

/// The answer to a save: it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The scene.
    pub scene: SceneId,
    /// Its version now, which the next save is made on.
    pub version: u32,
    /// Words of its text now.
    pub words: u32,
    /// When; UTC, RFC 3339.
    pub updated_at: String,
}

impl Library {
    /// The scenes of a project, in order.
    pub fn scenes(&self, project: ProjectId) -> Result<Vec<SceneSummary>, Error> {
        self.project(project)?;
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT id, project, title, version, words, updated_at FROM scene
                 WHERE project = ?1 AND archived_at IS NULL ORDER BY position, id",
            )?;
            let scenes = query.query_map([project], |row| {
                Ok(SceneSummary {
                    id: row.get(0)?,
                    project: row.get(1)?,
                    title: row.get(2)?,
                    version: row.get(3)?,
                    words: row.get(4)?,
                    updated_at: row.get(5)?,
                })
            })?;
            Ok(scenes.collect::<Result<_, _>>()?)
        })
    }

    /// One scene with its text.
    pub fn scene(&self, id: SceneId) -> Result<Scene, Error> {
        self.read(|db| find(db, id))
    }

    /// Saves a scene: the document for the editor and its plain text, in one transaction. `base_version` is
    /// the version the document was made from; if the scene has moved on since, nothing is written and
    /// [`Error::Conflict`] tells both versions. What the save replaces may be kept as a revision first, see
    /// [`Library::revisions`].
    pub fn save_scene(
        &mut self,
        id: SceneId,
        base_version: u32,
        document: &str,
        text: &str,
    ) -> Result<Saved, Error> {
        check_document(document)?;
        let words = count_words(text);
        self.write(|db| {
            let before = find(db, id)?;
            if before.version != base_version {
                return Err(Error::Conflict { scene: id, base: base_version, current: before.version }.into());
            }
            let now = now(db)?;
            keep_before_save(db, &before, text, &now)?;
            let version = db
                .prepare_cached(
                    "UPDATE scene SET document = ?2, text = ?3, words = ?4, updated_at = ?5, version = version + 1
                     WHERE id = ?1 RETURNING version",
                )?
                .query_row(params![id, document, text, words, now], |row| row.get(0))?;
            touch_project_of(db, id, &now)?;
            Ok(Saved { scene: id, version, words, updated_at: now })
        })
    }
}

/// Refuses what is not a JSON object. Its inside is not built: that would limit the depth and refuse the
/// halved surrogates (`\ud83d`) which a page can write, and a save must not fail for either.
pub(crate) fn check_document(document: &str) -> Result<(), Error> {
    let reason = match serde_json::from_str::<IgnoredAny>(document) {
        Err(error) => error.to_string(),
        Ok(_) if document.trim_start().starts_with('{') => return Ok(()),
        Ok(_) => "it is another kind of value".to_owned(),
    };
    Err(Error::BadDocument { reason })
}

/// One scene, or the error that names it.
pub(crate) fn find(db: &Connection, id: SceneId) -> Result<Scene, Stop> {
    let mut query = db.prepare_cached(
        "SELECT id, project, title, document, text, version, words, updated_at FROM scene WHERE id = ?1",
    )?;
    let found = query
        .query_row([id], |row| {
            Ok(Scene {
                id: row.get(0)?,
                project: row.get(1)?,
                title: row.get(2)?,
                document: row.get(3)?,
                text: row.get(4)?,
                version: row.get(5)?,
                words: row.get(6)?,
                updated_at: row.get(7)?,
            })
        })
        .optional()?;
    Ok(found.ok_or(Error::NoScene(id))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    #[test]
    fn a_save_counts_up_and_is_what_is_read_next() {
        let mut library = Temporary::new();
        let scene = library.scene_with("It was");
        let saved = library.save_scene(scene.id, 0, r#"{"v":1}"#, "It was dark.").unwrap();
        assert_eq!((saved.scene, saved.version, saved.words), (scene.id, 1, 3));
        let read = library.scene(scene.id).unwrap();
        assert_eq!((read.document.as_str(), read.text.as_str()), (r#"{"v":1}"#, "It was dark."));
        assert_eq!((read.version, read.words, read.updated_at), (1, 3, saved.updated_at));
    }

    #[test]
    fn a_save_on_an_old_version_changes_nothing_and_tells_both() {
        let mut library = Temporary::new();
        let scene = library.scene_with("first");
        library.save_scene(scene.id, 0, "{}", "second").unwrap();
        for base in [0, 2] {
            let refused = library.save_scene(scene.id, base, "{}", "third");
            let Err(Error::Conflict { scene: of, base: told, current }) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!((of, told, current), (scene.id, base, 1));
        }
        assert_eq!(library.scene(scene.id).unwrap().text, "second");
    }

    #[test]
    fn what_is_not_a_json_object_is_not_saved() {
        let mut library = Temporary::new();
        let scene = library.scene_with("kept");
        for bad in ["", "[]", "null", "\"{}\"", "{", "{}{}", "{\"a\":}", "words"] {
            let refused = library.save_scene(scene.id, 0, bad, "lost?");
            assert!(matches!(refused, Err(Error::BadDocument { .. })), "{bad}: {refused:?}");
        }
        assert_eq!(library.scene(scene.id).unwrap(), scene);
    }

    #[test]
    fn a_deep_document_or_half_a_character_does_not_stop_a_save() {
        let mut library = Temporary::new();
        let scene = library.scene_with("");
        let deep = format!("{}1{}", r#"{"content":["#.repeat(10_000), "]}".repeat(10_000));
        library.save_scene(scene.id, 0, &deep, "deep").unwrap();
        library.save_scene(scene.id, 1, " {\"text\":\"\\ud83d\"}", "half").unwrap();
    }

    #[test]
    fn a_missing_scene_is_named() {
        let mut library = Temporary::new();
        assert!(matches!(library.scene(SceneId(9)), Err(Error::NoScene(SceneId(9)))));
        assert!(matches!(library.save_scene(SceneId(9), 0, "{}", ""), Err(Error::NoScene(SceneId(9)))));
    }
}
