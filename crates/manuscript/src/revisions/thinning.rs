//! Letting go of states that nobody will look for: of yesterday's typing one an hour is enough, of last year's one a
//! week. What has a name stays for good. Which go is decided by a function of times alone; they go a few at a
//! time, so that no save waits for it.

use std::collections::HashSet;

use rusqlite::Connection;

use super::Cause;
use crate::error::Error;
use crate::library::Library;
use crate::{RevisionId, SceneId};

/// The last ones of each scene stay, however old they are.
const LAST: usize = 50;
/// How many go at once: a transaction that takes some milliseconds.
const AT_ONCE: usize = 50;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
const QUARTER: i64 = 91 * DAY;
const YEAR: i64 = 365 * DAY;

/// A kept state, as far as it matters for how long.
#[derive(Debug, Clone)]
struct State {
    id: RevisionId,
    scene: SceneId,
    version: u32,
    named: bool,
    /// Kept because of something else than that time had passed.
    deliberate: bool,
    /// When it was kept, in seconds.
    kept_at: i64,
}

impl Library {
    /// Lets go of some of the kept states that are old and close to others, and tells how many; nothing is left to let go
    /// of when it is none. What is written down for each scene:
    ///
    /// - for good: what has a name;
    /// - for a year: what was kept because something was about to be done to it, and after that one a week;
    /// - of what was kept since some minutes had passed: all of the last day, then one an hour for a week, one a day
    ///   for a quarter, and one a week;
    /// - in any case the last fifty, and all that was kept since the library was opened, so that what can be undone
    ///   stays so.
    pub fn thin_revisions(&mut self) -> Result<usize, Error> {
        let opened = self.opened_at;
        let gone = self.read(|db| {
            let now = db.query_row("SELECT unixepoch('now')", [], |row| row.get(0))?;
            Ok(surplus(states(db)?, now, opened))
        })?;
        if gone.is_empty() {
            return Ok(0);
        }
        self.write(|db| {
            let mut delete = db.prepare_cached("DELETE FROM revision WHERE id = ?1 AND name IS NULL")?;
            let mut count = 0;
            for id in gone.iter().take(AT_ONCE) {
                count += delete.execute([id])?;
            }
            Ok(count)
        })
    }
}

fn states(db: &Connection) -> rusqlite::Result<Vec<State>> {
    let mut query = db.prepare_cached(
        "SELECT id, scene, version, name IS NOT NULL, cause, unixepoch(created_at)
         FROM revision INDEXED BY revision_shown ORDER BY scene, created_at",
    )?;
    let found = query.query_map([], |row| {
        let cause: Cause = row.get(4)?;
        Ok(State {
            id: row.get(0)?,
            scene: row.get(1)?,
            version: row.get(2)?,
            named: row.get(3)?,
            deliberate: cause != Cause::Typing,
            // A time that nobody can read is none to judge by.
            kept_at: row.get::<_, Option<i64>>(5)?.unwrap_or(i64::MAX),
        })
    })?;
    found.collect()
}

/// The states that are let go of. Times are seconds; what was kept from `opened` on stays.
fn surplus(mut states: Vec<State>, now: i64, opened: i64) -> Vec<RevisionId> {
    // The latest of a stretch is the fullest, so it is the one that stands for it.
    states.sort_by_key(|state| (state.scene, std::cmp::Reverse(state.version)));
    let mut stretches: HashSet<(SceneId, bool, i64, i64)> = HashSet::new();
    let mut place = 0;
    let mut scene = None;
    let mut gone = Vec::new();
    for state in states {
        place = if scene == Some(state.scene) { place + 1 } else { 0 };
        scene = Some(state.scene);
        let Some(stretch) = stretch(&state, now).filter(|_| !state.named) else { continue };
        let first =
            stretches.insert((state.scene, state.deliberate, stretch, state.kept_at.div_euclid(stretch)));
        if !first && place >= LAST && state.kept_at < opened {
            gone.push(state.id);
        }
    }
    gone
}

/// The seconds out of which one state is enough; none if each is to stay.
fn stretch(state: &State, now: i64) -> Option<i64> {
    let age = now.saturating_sub(state.kept_at);
    let steps: &[(i64, Option<i64>)] = if state.deliberate {
        &[(YEAR, None), (i64::MAX, Some(WEEK))]
    } else {
        &[(DAY, None), (WEEK, Some(HOUR)), (QUARTER, Some(DAY)), (i64::MAX, Some(WEEK))]
    };
    steps.iter().find(|(until, _)| age < *until).and_then(|(_, stretch)| *stretch)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::Temporary;

    const NOW: i64 = 2_000_000_000;

    fn typed(id: u32, age: i64) -> State {
        State {
            id: RevisionId(id),
            scene: SceneId(1),
            version: id,
            named: false,
            deliberate: false,
            kept_at: NOW - age,
        }
    }

    /// What is left of typing for so many days, a state every six minutes, the last one just now.
    fn left_after(days: i64) -> Vec<i64> {
        let count = days * 240;
        let states: Vec<State> =
            (0..count).map(|n| typed(u32::try_from(n).unwrap(), (count - 1 - n) * 360)).collect();
        let gone: HashSet<RevisionId> = surplus(states.clone(), NOW, i64::MAX).into_iter().collect();
        states.iter().filter(|state| !gone.contains(&state.id)).map(|state| NOW - state.kept_at).collect()
    }

    #[test]
    fn typing_is_kept_ever_more_sparsely() {
        let left = left_after(365);
        let between = |from: i64, to: i64| left.iter().filter(|age| (from..to).contains(*age)).count();
        assert_eq!(between(0, DAY), 240);
        assert!((6 * 24..=6 * 24 + 1).contains(&between(DAY, WEEK)), "{}", between(DAY, WEEK));
        assert!((84..=85).contains(&between(WEEK, QUARTER)), "{}", between(WEEK, QUARTER));
        assert!((39..=41).contains(&between(QUARTER, YEAR)), "{}", between(QUARTER, YEAR));
    }

    #[test]
    fn states_before_something_was_done_stay_for_a_year() {
        let deliberate = |id: u32, age| State { deliberate: true, ..typed(id, age) };
        let old = (0..200).map(|n| deliberate(n, 2 * YEAR - i64::from(n)));
        let young = (200..400).map(|n| deliberate(n, YEAR - 1000 + i64::from(n)));
        let gone = surplus(old.chain(young).collect(), NOW, i64::MAX);
        assert!(gone.len() >= 198 && gone.iter().all(|id| id.0 < 200), "{gone:?}");
    }

    #[test]
    fn a_step_of_this_session_can_be_undone_after_thinning() {
        let mut library = Temporary::new();
        let project = library.create_project("A project", "", "Once upon a time there was a lamp.").unwrap();
        let scene = library.scenes(project.id).unwrap()[0].id;
        let undo = library.split_scene(scene, 0, 5, "").unwrap().undo;
        library.keep_revision(scene, Cause::Typing).unwrap();
        let halved = library.scene(scene).unwrap();
        for version in 1..80 {
            library.save_scene(scene, version, "{}", &version.to_string()).unwrap();
            library.keep_revision(scene, Cause::Typing).unwrap();
        }
        library.save_scene(scene, 80, &halved.document, &halved.text).unwrap();
        let begun = library.open_since(YEAR);
        library.age("-300 days");
        assert_eq!(library.thin_revisions().unwrap(), 0);
        library.undo(&undo).unwrap();
        assert_eq!(library.scene(scene).unwrap().text, "Once upon a time there was a lamp.");
        // In the next session they are as good as others.
        library.open_since(-begun);
        assert!(library.thin_revisions().unwrap() > 20);
    }

    fn state() -> impl Strategy<Value = (u32, bool, u8, i64)> {
        // Scene, whether it has a name, cause, seconds since the one before.
        let gap = prop_oneof![0..600i64, 0..2 * DAY, 0..2 * WEEK];
        (1..3u32, prop::bool::weighted(0.05), 0..9u8, gap)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_named_is_lost_and_only_so_much_is_kept(
            history in proptest::collection::vec(state(), 0..600),
            ahead in -DAY..YEAR,
        ) {
            let span: i64 = history.iter().map(|(.., gap)| gap).sum();
            let mut at = NOW - span;
            let states: Vec<State> = history.iter().zip(0..).map(|(&(scene, named, cause, gap), n)| {
                at += gap;
                let scene = SceneId(scene);
                State { id: RevisionId(n), scene, version: n, named, deliberate: cause == 0, kept_at: at }
            }).collect();
            let now = NOW + ahead;
            let gone: HashSet<RevisionId> = surplus(states.clone(), now, i64::MAX).into_iter().collect();
            for scene in [SceneId(1), SceneId(2)] {
                let all: Vec<&State> = states.iter().filter(|state| state.scene == scene).collect();
                let left = || all.iter().filter(|state| !gone.contains(&state.id));
                prop_assert!(all.iter().all(|state| !state.named || !gone.contains(&state.id)));
                prop_assert!(all.iter().rev().take(LAST).all(|state| !gone.contains(&state.id)));
                let age = |state: &State| now - state.kept_at;
                let stays = |state: &State| age(state) < DAY || state.deliberate && age(state) < YEAR;
                prop_assert!(all.iter().all(|state| !stays(state) || !gone.contains(&state.id)));
                // Each stretch that had a state has one still.
                for state in all.iter().filter(|state| gone.contains(&state.id)) {
                    let stretch = stretch(state, now).unwrap();
                    prop_assert!(left().any(|other| other.version > state.version
                        && other.kept_at.div_euclid(stretch) == state.kept_at.div_euclid(stretch)));
                }
                let bounded = left().filter(|state| !state.named && !stays(state)).count();
                let weeks = usize::try_from((span + ahead.max(0)) / WEEK).unwrap() + 2;
                prop_assert!(bounded <= LAST + (7 * 24 + 1) + (91 + 1) + 2 * weeks, "{bounded}");
            }
            // What is left is thinned already.
            let left: Vec<State> = states.into_iter().filter(|state| !gone.contains(&state.id)).collect();
            prop_assert_eq!(surplus(left, now, i64::MAX), []);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_state_that_is_kept_loads(names in proptest::collection::vec(prop::bool::weighted(0.1), 60..150)) {
            let mut library = Temporary::new();
            let scene = library.scene_with("0").id;
            for (named, version) in names.iter().zip(0..) {
                if *named {
                    library.snapshot(scene, &version.to_string()).unwrap();
                } else {
                    library.keep_revision(scene, Cause::Typing).unwrap();
                }
                library.save_scene(scene, version, "{}", &(version + 1).to_string()).unwrap();
                library.age("-7 minutes");
            }
            library.age("-400 days");
            while library.thin_revisions().unwrap() > 0 {}
            let kept = library.revisions(scene).unwrap();
            prop_assert!(kept.len() >= LAST);
            for state in &kept {
                prop_assert_eq!(library.revision(state.id).unwrap().text, state.version.to_string());
            }
            let left: Vec<u32> = kept.iter().filter(|kept| kept.name.is_some()).map(|kept| kept.version).collect();
            let named: Vec<u32> =
                names.iter().enumerate().filter(|(_, named)| **named).map(|(version, _)| version as u32).rev().collect();
            prop_assert_eq!(left, named);
        }
    }
}
