//! Style samples: passages, of the author's own or another's, that show how the story is to sound.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::projects::last_id;
use crate::{ProjectId, StyleSampleId, projects};

/// A passage that shows how the story is to sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleSample {
    /// Its identity in the library.
    pub id: StyleSampleId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// May be empty.
    pub title: String,
    /// The passage.
    pub text: String,
    /// Whether models are shown it.
    pub in_use: bool,
    /// Last change; UTC, RFC 3339.
    pub updated_at: String,
}

impl Library {
    /// The samples of a project in the order they were added, without what is archived.
    pub fn style_samples(&self, project: ProjectId) -> Result<Vec<StyleSample>, Error> {
        self.read(|db| list(db, project, false))
    }

    /// The samples of a project that were put away.
    pub fn archived_style_samples(&self, project: ProjectId) -> Result<Vec<StyleSample>, Error> {
        self.read(|db| list(db, project, true))
    }

    /// Adds a sample, which is in use.
    pub fn add_style_sample(
        &mut self,
        project: ProjectId,
        title: &str,
        text: &str,
    ) -> Result<StyleSample, Error> {
        self.write(|db| {
            projects::find(db, project)?;
            db.prepare_cached(
                "INSERT INTO style_sample (project, title, text, in_use, created_at, updated_at)
                 VALUES (?1, ?2, ?3, TRUE, ?4, ?4)",
            )?
            .execute(params![project, title.trim(), text, now(db)?])?;
            find(db, last_id(db)?)
        })
    }

    /// Changes a sample.
    pub fn set_style_sample(
        &mut self,
        id: StyleSampleId,
        title: &str,
        text: &str,
        in_use: bool,
    ) -> Result<StyleSample, Error> {
        self.write(|db| {
            db.prepare_cached(
                "UPDATE style_sample SET title = ?2, text = ?3, in_use = ?4, updated_at = ?5 WHERE id = ?1",
            )?
            .execute(params![id, title.trim(), text, in_use, now(db)?])?;
            find(db, id)
        })
    }

    /// Puts a sample away, or takes it back.
    pub fn archive_style_sample(&mut self, id: StyleSampleId, archived: bool) -> Result<(), Error> {
        self.write(|db| {
            find(db, id)?;
            let at = archived.then(|| now(db)).transpose()?;
            db.prepare_cached("UPDATE style_sample SET archived_at = ?2 WHERE id = ?1")?
                .execute(params![id, at])?;
            Ok(())
        })
    }
}

const SAMPLE: &str = "SELECT id, project, title, text, in_use, updated_at FROM style_sample";

fn list(db: &Connection, project: ProjectId, archived: bool) -> Result<Vec<StyleSample>, Stop> {
    projects::find(db, project)?;
    let sql = format!("{SAMPLE} WHERE project = ?1 AND (archived_at IS NOT NULL) = ?2 ORDER BY id");
    Ok(db.prepare_cached(&sql)?.query_map(params![project, archived], sample)?.collect::<Result<_, _>>()?)
}

fn find(db: &Connection, id: StyleSampleId) -> Result<StyleSample, Stop> {
    let found = db.prepare_cached(&format!("{SAMPLE} WHERE id = ?1"))?.query_row([id], sample).optional()?;
    Ok(found.ok_or(Error::NoStyleSample(id))?)
}

fn sample(row: &Row<'_>) -> rusqlite::Result<StyleSample> {
    Ok(StyleSample {
        id: row.get(0)?,
        project: row.get(1)?,
        title: row.get(2)?,
        text: row.get(3)?,
        in_use: row.get(4)?,
        updated_at: row.get(5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    #[test]
    fn samples_are_added_changed_put_away_and_taken_back() {
        let mut library = Temporary::new();
        let project = library.scene_with("").project;
        let sample = library.add_style_sample(project, " Mine ", "Short. Dry.").unwrap();
        assert_eq!((sample.title.as_str(), sample.in_use), ("Mine", true));
        let changed = library.set_style_sample(sample.id, "Mine", "Longer.", false).unwrap();
        assert_eq!((changed.text.as_str(), changed.in_use), ("Longer.", false));
        library.archive_style_sample(sample.id, true).unwrap();
        assert_eq!(library.style_samples(project).unwrap(), []);
        assert_eq!(library.archived_style_samples(project).unwrap(), std::slice::from_ref(&changed));
        library.archive_style_sample(sample.id, false).unwrap();
        assert_eq!(library.style_samples(project).unwrap(), [changed]);
        let missing = library.set_style_sample(StyleSampleId(9), "", "", true);
        assert!(matches!(missing, Err(Error::NoStyleSample(StyleSampleId(9)))));
    }
}
