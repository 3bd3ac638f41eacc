//! How much was written: today, in this session, in all, beside what the author set out to write. Only saves
//! from writing count; a scene that is cut in two, restored or imported is not words written today.

use std::cmp::Ordering;

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Error;
use crate::library::{Library, now};
use crate::scenes::Scene;
use crate::words::{count_characters, count_words};
use crate::{ProjectId, projects};

/// A session ends when nothing was written for this long.
const PAUSE_MINUTES: u32 = 30;

/// What an author set out to write; each in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goals {
    /// In the whole project.
    pub project: Option<u32>,
    /// The day by which, as `YYYY-MM-DD`.
    pub by: Option<String>,
    /// Each day.
    pub day: Option<u32>,
    /// Each session.
    pub session: Option<u32>,
}

/// By how much a project grew, or shrank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Words added less words taken out.
    pub words: i64,
    /// Characters likewise.
    pub characters: i64,
}

/// What was written on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// `YYYY-MM-DD`, in the calendar of this machine.
    pub day: String,
    /// How much.
    pub written: Written,
}

/// Where an author stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What they set out to write.
    pub goals: Goals,
    /// Words of all scenes that are not archived.
    pub words: u32,
    /// Their characters.
    pub characters: u32,
    /// Written today.
    pub today: Written,
    /// Written in the present session; nothing when the last one is over.
    pub session: Option<Written>,
}

impl Library {
    /// Sets what is to be written, in the place of what was set before.
    pub fn set_goals(&mut self, project: ProjectId, goals: &Goals) -> Result<(), Error> {
        self.write(|db| {
            projects::find(db, project)?;
            db.prepare_cached(
                "UPDATE project SET goal_words = ?2, goal_by = ?3, goal_day = ?4, goal_session = ?5 WHERE id = ?1",
            )?
            .execute(params![project, goals.project, goals.by, goals.day, goals.session])?;
            Ok(())
        })
    }

    /// Where the author stands with a project.
    pub fn progress(&self, project: ProjectId) -> Result<Progress, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let goals = db
                .prepare_cached(
                    "SELECT goal_words, goal_by, goal_day, goal_session FROM project WHERE id = ?1",
                )?
                .query_row([project], |row| {
                    Ok(Goals {
                        project: row.get(0)?,
                        by: row.get(1)?,
                        day: row.get(2)?,
                        session: row.get(3)?,
                    })
                })?;
            let (words, characters) = db
                .prepare_cached(
                    "SELECT coalesce(sum(words), 0), coalesce(sum(characters), 0) FROM scene
                     WHERE project = ?1 AND archived_at IS NULL",
                )?
                .query_row([project], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let now = now(db)?;
            let today = db
                .prepare_cached(
                    "SELECT words, characters FROM writing_day
                     WHERE project = ?1 AND day = date(?2, 'localtime')",
                )?
                .query_row(params![project, now], |row| written(row, 0))
                .optional()?;
            let session = match session(db, project, &now)? {
                None => None,
                Some(id) => Some(
                    db.prepare_cached("SELECT words, characters FROM writing_session WHERE id = ?1")?
                        .query_row([id], |row| written(row, 0))?,
                ),
            };
            Ok(Progress { goals, words, characters, today: today.unwrap_or_default(), session })
        })
    }

    /// What was written on each day, the latest first; days without writing are left out.
    pub fn days(&self, project: ProjectId) -> Result<Vec<Day>, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let mut query = db.prepare_cached(
                "SELECT day, words, characters FROM writing_day WHERE project = ?1 ORDER BY day DESC",
            )?;
            let days =
                query.query_map([project], |row| Ok(Day { day: row.get(0)?, written: written(row, 1)? }))?;
            Ok(days.collect::<Result<_, _>>()?)
        })
    }

    /// Days in a row on which as much was written as the goal of a day says, or anything where there is none. They go up to
    /// today, or while today's words are not written yet, up to yesterday.
    pub fn streak(&self, project: ProjectId) -> Result<u32, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let (today, goal): (i64, Option<i64>) = db
                .prepare_cached(
                    "SELECT CAST(julianday(date(?2, 'localtime')) AS INTEGER), goal_day FROM project WHERE id = ?1",
                )?
                .query_row(params![project, now(db)?], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut query = db.prepare_cached(
                "SELECT CAST(julianday(day) AS INTEGER) FROM writing_day WHERE project = ?1 AND words >= ?2
                 ORDER BY day DESC",
            )?;
            let days = query.query_map(params![project, goal.unwrap_or(1).max(1)], |row| row.get(0))?;
            let (mut streak, mut next) = (0, today);
            for day in days {
                let day: i64 = day?;
                if streak == 0 && day == today - 1 {
                    next = day;
                }
                match day.cmp(&next) {
                    // Written while the clock was ahead.
                    Ordering::Greater => continue,
                    Ordering::Equal => (streak, next) = (streak + 1, next - 1),
                    Ordering::Less => break,
                }
            }
            Ok(streak)
        })
    }
}

/// Counts what a save adds to its day and session.
pub(crate) fn count(db: &Connection, before: &Scene, text: &str, now: &str) -> rusqlite::Result<()> {
    let words = i64::from(count_words(text)) - i64::from(before.words);
    let characters = i64::from(count_characters(text)) - i64::from(count_characters(&before.text));
    if characters == 0 && words == 0 {
        return Ok(());
    }
    db.prepare_cached(
        "INSERT INTO writing_day (project, day, words, characters)
         VALUES (?1, date(?2, 'localtime'), ?3, ?4)
         ON CONFLICT (project, day) DO UPDATE SET
             words = words + excluded.words, characters = characters + excluded.characters",
    )?
    .execute(params![before.project, now, words, characters])?;
    match session(db, before.project, now)? {
        Some(id) => db
            .prepare_cached(
                "UPDATE writing_session SET last_at = ?2, words = words + ?3, characters = characters + ?4
                 WHERE id = ?1",
            )?
            .execute(params![id, now, words, characters])?,
        None => db
            .prepare_cached(
                "INSERT INTO writing_session (project, started_at, last_at, words, characters)
                 VALUES (?1, ?2, ?2, ?3, ?4)",
            )?
            .execute(params![before.project, now, words, characters])?,
    };
    Ok(())
}

/// The session that is not over yet. One from the future, after the clock was set back, is over.
fn session(db: &Connection, project: ProjectId, now: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT id FROM writing_session WHERE project = ?1
            AND last_at BETWEEN strftime('%Y-%m-%dT%H:%M:%fZ', ?2, ?3) AND ?2
         ORDER BY last_at DESC LIMIT 1",
    )?
    .query_row(params![project, now, format!("-{PAUSE_MINUTES} minutes")], |row| row.get(0))
    .optional()
}

fn written(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Written> {
    Ok(Written { words: row.get(first)?, characters: row.get(first + 1)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cause;
    use crate::testing::Temporary;

    #[test]
    fn what_is_written_counts_for_today_and_for_the_session() {
        let mut library = Temporary::new();
        let scene = library.scene_with("It was dark.");
        assert_eq!(library.progress(scene.project).unwrap().session, None);
        library.save_scene(scene.id, 0, "{}", "It was very very dark.").unwrap();
        library.save_scene(scene.id, 1, "{}", "It was very dark.").unwrap();
        let progress = library.progress(scene.project).unwrap();
        let grown = Written { words: 1, characters: 5 };
        assert_eq!((progress.today, progress.session), (grown, Some(grown)));
        assert_eq!((progress.words, progress.characters), (4, 17));
        assert_eq!(library.days(scene.project).unwrap()[0].written, grown);
    }

    #[test]
    fn a_long_pause_ends_a_session_but_not_the_day() {
        let mut library = Temporary::new();
        let scene = library.scene_with("");
        library.save_scene(scene.id, 0, "{}", "one two").unwrap();
        library
            .write(|db| {
                Ok(db.execute(
                    "UPDATE writing_session SET last_at = strftime('%Y-%m-%dT%H:%M:%fZ', last_at, '-31 minutes')",
                    [],
                )?)
            })
            .unwrap();
        assert_eq!(library.progress(scene.project).unwrap().session, None);
        library.save_scene(scene.id, 1, "{}", "one two three").unwrap();
        let progress = library.progress(scene.project).unwrap();
        assert_eq!((progress.session.unwrap().words, progress.today.words), (1, 3));
    }

    #[test]
    fn restored_words_were_not_written_today() {
        let mut library = Temporary::new();
        let scene = library.scene_with("It was dark.");
        library.keep_revision(scene.id, Cause::Snapshot).unwrap();
        library.save_scene(scene.id, 0, "{}", "").unwrap();
        let kept = library.revisions(scene.id).unwrap()[0].id;
        library.restore_revision(kept, 1).unwrap();
        assert_eq!(library.progress(scene.project).unwrap().today.words, -3);
    }

    #[test]
    fn a_streak_goes_back_from_today_or_yesterday_over_days_that_reached_their_goal() {
        let mut library = Temporary::new();
        let project = library.scene_with("").project;
        let mut wrote = |days_ago: i32, words: i64| {
            library
                .write(|db| {
                    Ok(db.execute(
                        "INSERT INTO writing_day (project, day, words, characters)
                         VALUES (?1, date('now', 'localtime', ?2), ?3, 0)",
                        params![project, format!("{} days", -days_ago), words],
                    )?)
                })
                .unwrap();
            library.streak(project).unwrap()
        };
        assert_eq!(wrote(3, 100), 0);
        assert_eq!(wrote(1, 400), 1);
        assert_eq!(wrote(2, 300), 3);
        assert_eq!(wrote(5, 300), 3);
        assert_eq!(wrote(-1, 300), 3);
        assert_eq!(wrote(0, 10), 4);
        let day = |words| Goals { day: Some(words), ..Goals::default() };
        library.set_goals(project, &day(300)).unwrap();
        assert_eq!(library.streak(project).unwrap(), 2);
        library.set_goals(project, &day(500)).unwrap();
        assert_eq!(library.streak(project).unwrap(), 0);
    }

    #[test]
    fn goals_are_kept() {
        let mut library = Temporary::new();
        let project = library.scene_with("one").project;
        assert_eq!(library.progress(project).unwrap().goals, Goals::default());
        let goals =
            Goals { project: Some(80_000), by: Some("2027-03-01".to_owned()), day: Some(500), session: None };
        library.set_goals(project, &goals).unwrap();
        assert_eq!(library.progress(project).unwrap().goals, goals);
        let missing = library.set_goals(ProjectId(9), &goals);
        assert!(matches!(missing, Err(Error::NoProject(ProjectId(9)))));
    }
}
