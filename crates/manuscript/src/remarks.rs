//! Notes on passages of a scene. A note knows the words it is about and where they stood, so that it finds its passage
//! again in a text that has changed. Nothing is deleted: a note that is dismissed, or whose review was asked anew, stays.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::projects::last_id;
use crate::settings::check_json;
use crate::{RemarkId, SceneId, scenes};

/// A note to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRemark {
    /// The words it is about, as the scene has them.
    pub quote: String,
    /// Where they stand, in UTF-16 code units of the scene's text.
    pub place: u32,
    /// What is said; JSON, whose form belongs to whoever asks.
    pub what: String,
}

/// A note on a passage of a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its identity in the library.
    pub id: RemarkId,
    /// The scene.
    pub scene: SceneId,
    /// What was asked: `critique`, `check`.
    pub action: String,
    /// The request that it came with.
    pub request: String,
    /// What it says.
    pub remark: NewRemark,
    /// When it came; UTC, RFC 3339.
    pub created_at: String,
}

const COLUMNS: &str = "id, scene, action, request, quote, place, what, created_at";

impl Library {
    /// Keeps what came of a review, in the place of what came of the same action on the scene before.
    pub fn put_remarks(
        &mut self,
        scene: SceneId,
        action: &str,
        request: &str,
        new: &[NewRemark],
    ) -> Result<Vec<Remark>, Error> {
        for remark in new {
            check_json("remark", &remark.what)?;
        }
        self.write(|db| {
            scenes::find(db, scene)?;
            let now = now(db)?;
            db.prepare_cached(
                "UPDATE remark SET replaced_at = ?3 WHERE scene = ?1 AND action = ?2 AND replaced_at IS NULL",
            )?
            .execute(params![scene, action, now])?;
            let mut kept = Vec::new();
            for remark in new {
                let NewRemark { quote, place, what } = remark;
                db.prepare_cached(
                    "INSERT INTO remark (scene, action, request, quote, place, what, created_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![scene, action, request, quote, place, what, now])?;
                kept.push(find(db, RemarkId(last_id(db)?))?);
            }
            Ok(kept)
        })
    }

    /// The notes on a scene that are neither dismissed nor replaced, in the order of its text.
    pub fn remarks(&self, scene: SceneId) -> Result<Vec<Remark>, Error> {
        self.read(|db| {
            scenes::find(db, scene)?;
            let mut query = db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM remark
                 WHERE scene = ?1 AND dismissed_at IS NULL AND replaced_at IS NULL ORDER BY place, id"
            ))?;
            let found = query.query_map([scene], read)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Puts a note away, or brings it back.
    pub fn dismiss_remark(&mut self, remark: RemarkId, dismissed: bool) -> Result<(), Error> {
        self.write(|db| {
            find(db, remark)?;
            let at = if dismissed { Some(now(db)?) } else { None };
            db.prepare_cached("UPDATE remark SET dismissed_at = ?2 WHERE id = ?1")?
                .execute(params![remark, at])?;
            Ok(())
        })
    }

    /// Tells where the passages of notes stand now, and in which words: their author has written on. One that is gone
    /// from the library is passed over.
    pub fn move_remarks(&mut self, moved: &[(RemarkId, u32, String)]) -> Result<(), Error> {
        self.write(|db| {
            for (remark, place, quote) in moved {
                db.prepare_cached("UPDATE remark SET place = ?2, quote = ?3 WHERE id = ?1")?
                    .execute(params![remark, place, quote])?;
            }
            Ok(())
        })
    }
}

fn find(db: &Connection, remark: RemarkId) -> Result<Remark, Stop> {
    let found = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM remark WHERE id = ?1"))?
        .query_row([remark], read)
        .optional()?;
    Ok(found.ok_or(Error::NoRemark(remark))?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Remark> {
    Ok(Remark {
        id: row.get(0)?,
        scene: row.get(1)?,
        action: row.get(2)?,
        request: row.get(3)?,
        remark: NewRemark { quote: row.get(4)?, place: row.get(5)?, what: row.get(6)? },
        created_at: row.get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    fn new(quote: &str, place: u32) -> NewRemark {
        NewRemark { quote: quote.into(), place, what: r#"{"says":"x"}"#.into() }
    }

    fn quotes(library: &Library, scene: SceneId) -> Vec<String> {
        library.remarks(scene).unwrap().into_iter().map(|kept| kept.remark.quote).collect()
    }

    #[test]
    fn notes_are_kept_in_the_order_of_the_text_and_asked_anew_they_are_others() {
        let mut library = Temporary::new();
        let scene = library.scene_with("One. Two. Three.").id;
        library.put_remarks(scene, "critique", "a", &[new("Three", 10), new("One", 0)]).unwrap();
        library.put_remarks(scene, "check", "b", &[new("Two", 5)]).unwrap();
        assert_eq!(quotes(&library, scene), ["One", "Two", "Three"]);
        library.put_remarks(scene, "critique", "c", &[new("Three", 10)]).unwrap();
        assert_eq!(quotes(&library, scene), ["Two", "Three"]);
        library.put_remarks(scene, "check", "d", &[]).unwrap();
        assert_eq!(quotes(&library, scene), ["Three"]);
    }

    #[test]
    fn a_note_that_is_dismissed_comes_back() {
        let mut library = Temporary::new();
        let scene = library.scene_with("One. Two.").id;
        let kept = library.put_remarks(scene, "critique", "a", &[new("One", 0), new("Two", 5)]).unwrap();
        library.dismiss_remark(kept[0].id, true).unwrap();
        assert_eq!(quotes(&library, scene), ["Two"]);
        library.dismiss_remark(kept[0].id, false).unwrap();
        assert_eq!(library.remarks(scene).unwrap(), kept);
        assert!(matches!(library.dismiss_remark(RemarkId(9), true), Err(Error::NoRemark(_))));
    }

    #[test]
    fn a_note_follows_its_passage() {
        let mut library = Temporary::new();
        let scene = library.scene_with("One. Two.").id;
        let kept = library.put_remarks(scene, "critique", "a", &[new("Two", 5)]).unwrap().remove(0);
        library
            .move_remarks(&[(kept.id, 12, "Two and a half".into()), (RemarkId(9), 1, String::new())])
            .unwrap();
        let found = library.remarks(scene).unwrap().remove(0).remark;
        assert_eq!((found.place, found.quote.as_str()), (12, "Two and a half"));
    }

    #[test]
    fn what_is_no_note_is_refused_and_those_before_stay() {
        let mut library = Temporary::new();
        let scene = library.scene_with("One.").id;
        library.put_remarks(scene, "critique", "a", &[new("One", 0)]).unwrap();
        let broken = NewRemark { what: "no JSON".into(), ..new("One", 0) };
        assert!(library.put_remarks(scene, "critique", "b", &[broken]).is_err());
        assert!(library.put_remarks(SceneId(7), "critique", "b", &[]).is_err());
        assert_eq!(quotes(&library, scene), ["One"]);
    }
}
