//! Scenes: where the words are. A save names the version it was made on, so that of two windows on one scene
//! neither overwrites what the other wrote; it is refused instead, and both texts still exist.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde::de::IgnoredAny;

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::projects::touch_project_of;
use crate::revisions::keep_before_save;
use crate::words::{count_characters, count_words};
use crate::{ChapterId, Document, ProjectId, SceneId, goals};

/// A scene without its text, as an outline shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneSummary {
    /// Its identity in the library.
    pub id: SceneId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// The part or chapter it is in, if any.
    pub chapter: Option<ChapterId>,
    /// Empty for a scene that was given none.
    pub title: String,
    /// The first characters of its text, where there is no title to call it by.
    pub beginning: String,
    /// What is to happen in it, as its author put it.
    pub synopsis: String,
    /// How far it is.
    pub status: SceneStatus,
    /// Counts saves.
    pub version: u32,
    /// Words of its text.
    pub words: u32,
    /// Characters of its text, see [`count_characters`](crate::count_characters).
    pub characters: u32,
    /// Last save; UTC, RFC 3339.
    pub updated_at: String,
}

/// How far a scene is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SceneStatus {
    /// To be written.
    Planned,
    /// Being written.
    #[default]
    Draft,
    /// Gone over.
    Revised,
    /// As it is to stay.
    Done,
}

/// What an author keeps beside a scene's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneCard {
    /// What is to happen in it.
    pub synopsis: String,
    /// Notes to self about the whole scene.
    pub notes: String,
    /// How far it is.
    pub status: SceneStatus,
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
    /// The scenes of a project in the order they are read, whatever parts and chapters they are in.
    pub fn scenes(&self, project: ProjectId) -> Result<Vec<SceneSummary>, Error> {
        Ok(self.tree(project)?.into_scenes())
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
        self.write(|db| {
            let before = find(db, id)?;
            check_version(&before, base_version)?;
            let now = now(db)?;
            keep_before_save(db, &before, text, &now)?;
            let saved = put(db, &before, document, text, &now)?;
            goals::count(db, &before, text, &now)?;
            Ok(saved)
        })
    }

    /// What is kept beside a scene's text.
    pub fn scene_card(&self, id: SceneId) -> Result<SceneCard, Error> {
        self.read(|db| {
            let mut query = db.prepare_cached("SELECT synopsis, notes, status FROM scene WHERE id = ?1")?;
            let found = query
                .query_row([id], |row| {
                    Ok(SceneCard { synopsis: row.get(0)?, notes: row.get(1)?, status: row.get(2)? })
                })
                .optional()?;
            Ok(found.ok_or(Error::NoScene(id))?)
        })
    }

    /// Replaces what is kept beside a scene's text. The text, its version and its revisions stay.
    pub fn set_scene_card(&mut self, id: SceneId, card: &SceneCard) -> Result<(), Error> {
        self.write(|db| {
            find(db, id)?;
            db.prepare_cached(
                "UPDATE scene SET synopsis = ?2, notes = ?3, status = ?4, indexed = NULL WHERE id = ?1",
            )?
            .execute(params![id, card.synopsis, card.notes, card.status])?;
            Ok(touch_project_of(db, id, &now(db)?)?)
        })
    }
}

/// Gives a scene its next version. Whoever calls this has seen to what is kept of the one before.
pub(crate) fn put(
    db: &Connection,
    before: &Scene,
    document: &str,
    text: &str,
    now: &str,
) -> rusqlite::Result<Saved> {
    let words = count_words(text);
    let version = db
        .prepare_cached(
            "UPDATE scene SET document = ?2, text = ?3, words = ?4, characters = ?5, updated_at = ?6,
                 version = version + 1
             WHERE id = ?1 RETURNING version",
        )?
        .query_row(params![before.id, document, text, words, count_characters(text), now], |row| {
            row.get(0)
        })?;
    touch_project_of(db, before.id, now)?;
    Ok(Saved { scene: before.id, version, words, updated_at: now.to_owned() })
}

/// The scene's page as blocks and marks. One that was never given a document is what its text is.
pub(crate) fn page(scene: &Scene) -> Result<Document, Error> {
    if scene.document.is_empty() {
        return Ok(Document::from_plain_text(&scene.text));
    }
    Document::from_json(&scene.document)
        .map_err(|e| Error::UnknownContent { scene: scene.id, reason: e.to_string() })
}

/// Refuses a save that was made on another version than the present one.
pub(crate) fn check_version(scene: &Scene, base: u32) -> Result<(), Error> {
    if scene.version == base {
        return Ok(());
    }
    Err(Error::Conflict { scene: scene.id, base, current: scene.version })
}

/// The columns that [`summary`] reads.
pub(crate) const SUMMARY: &str =
    "id, project, chapter, title, synopsis, status, version, words, characters, updated_at,
     CASE title WHEN '' THEN substr(text, 1, 80) ELSE '' END";

pub(crate) fn summary(row: &Row<'_>) -> rusqlite::Result<SceneSummary> {
    Ok(SceneSummary {
        id: row.get(0)?,
        project: row.get(1)?,
        chapter: row.get(2)?,
        title: row.get(3)?,
        synopsis: row.get(4)?,
        status: row.get(5)?,
        version: row.get(6)?,
        words: row.get(7)?,
        characters: row.get(8)?,
        updated_at: row.get(9)?,
        beginning: row.get(10)?,
    })
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

impl ToSql for SceneStatus {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Planned => "planned",
            Self::Draft => "draft",
            Self::Revised => "revised",
            Self::Done => "done",
        }
        .into())
    }
}

impl FromSql for SceneStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "planned" => Ok(Self::Planned),
            "draft" => Ok(Self::Draft),
            "revised" => Ok(Self::Revised),
            "done" => Ok(Self::Done),
            other => Err(FromSqlError::Other(format!("unknown status {other}").into())),
        }
    }
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
    fn a_card_is_kept_beside_the_text_and_leaves_it_alone() {
        let mut library = Temporary::new();
        let scene = library.scene_with("kept");
        let empty = SceneCard { synopsis: String::new(), notes: String::new(), status: SceneStatus::Draft };
        assert_eq!(library.scene_card(scene.id).unwrap(), empty);
        let card = SceneCard {
            synopsis: "They meet.".to_owned(),
            notes: "At night?".to_owned(),
            status: SceneStatus::Planned,
        };
        library.set_scene_card(scene.id, &card).unwrap();
        assert_eq!(library.scene_card(scene.id).unwrap(), card);
        assert_eq!(library.scene(scene.id).unwrap(), scene);
        let summary = library.scenes(scene.project).unwrap().remove(0);
        assert_eq!((summary.synopsis.as_str(), summary.status), ("They meet.", SceneStatus::Planned));
        assert!(matches!(library.set_scene_card(SceneId(9), &card), Err(Error::NoScene(SceneId(9)))));
    }

    #[test]
    fn a_missing_scene_is_named() {
        let mut library = Temporary::new();
        assert!(matches!(library.scene(SceneId(9)), Err(Error::NoScene(SceneId(9)))));
        assert!(matches!(library.save_scene(SceneId(9), 0, "{}", ""), Err(Error::NoScene(SceneId(9)))));
    }
}
