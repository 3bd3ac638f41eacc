//! When it is time for a backup: on opening when the last one is of another day, and every few hours of use. Nothing
//! that has not changed is copied again, so that copies that differ are not pushed out by copies that do not.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::{Backup, beside};
use crate::error::Error;
use crate::library::Library;

/// The key of the settings that it is kept under.
const SETTING: &str = "backups";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What its author wants of backups; kept in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// Hours of use between two; 0: none are made by themselves.
    pub hours: u32,
    /// How many are kept.
    pub keep: u32,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { hours: 4, keep: 20 }
    }
}

/// How things stand at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// How long ago the last backup was made; none if there is none.
    pub backup: Option<Duration>,
    /// How long the library was open since the last backup, or since it was opened.
    pub in_use: Duration,
    /// Whether it was just opened.
    pub opening: bool,
    /// Whether it has changed since the last backup.
    pub changed: bool,
}

impl Schedule {
    /// Whether it is time.
    pub fn is_due(&self, since: &Since) -> bool {
        let Some(last) = since.backup else { return self.hours > 0 && since.changed };
        let hours = Duration::from_secs(3600).saturating_mul(self.hours);
        self.hours > 0 && since.changed && (since.opening && last >= DAY || since.in_use >= hours)
    }
}

impl Since {
    /// How things stand for a library, from its files and the last of its backups. A clock that was set back makes a
    /// backup of the future, which counts as none.
    pub fn of(library: &Path, last: Option<&Backup>, in_use: Duration, opening: bool) -> Self {
        let last = last.and_then(Backup::time).filter(|made| *made <= SystemTime::now());
        let changed = ["", "-wal"]
            .iter()
            .filter_map(|log| fs::metadata(beside(library, log)).and_then(|file| file.modified()).ok())
            .max();
        Self {
            backup: last.map(|made| made.elapsed().unwrap_or_default()),
            in_use,
            opening,
            changed: last.zip(changed).is_none_or(|(made, changed)| changed > made),
        }
    }
}

impl Library {
    /// What its author wants of backups.
    pub fn schedule(&self) -> Result<Schedule, Error> {
        // What another version wrote and this one cannot read is no reason to go without backups.
        Ok(self.setting(SETTING)?.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    /// Keeps what its author wants of backups.
    pub fn set_schedule(&mut self, schedule: &Schedule) -> Result<(), Error> {
        let json = serde_json::json!(schedule).to_string();
        self.set_setting(SETTING, &json)
    }
}

impl Backup {
    /// When it was made.
    pub fn time(&self) -> Option<SystemTime> {
        let number = |range: std::ops::Range<usize>| self.made_at.get(range)?.parse::<u64>().ok();
        let days = days(number(0..4)?, number(4..6)?, number(6..8)?)?;
        let seconds = ((days * 24 + number(9..11)?) * 60 + number(11..13)?) * 60 + number(13..15)?;
        Some(UNIX_EPOCH + Duration::from_millis(seconds * 1000 + number(16..19)?))
    }
}

/// Days from 1970 to a day of the Gregorian calendar.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that a leap day is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let leaps = year / 4 - year / 100 + year / 400;
    (year * 365 + leaps + (month * 153 + 2) / 5 + day).checked_sub(719_469)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_backup_is_due_on_another_day_and_after_hours_of_use() {
        let schedule = Schedule { hours: 4, keep: 3 };
        let since = |backup: Option<u32>, in_use: u32, opening, changed| Since {
            backup: backup.map(|hours| HOUR * hours),
            in_use: HOUR * in_use,
            opening,
            changed,
        };
        for (moment, due) in [
            (since(None, 0, true, true), true),
            (since(None, 0, true, false), false),
            (since(Some(23), 0, true, true), false),
            (since(Some(24), 0, true, true), true),
            (since(Some(240), 0, true, false), false),
            // A machine that slept for days was not in use.
            (since(Some(240), 3, false, true), false),
            (since(Some(4), 4, false, true), true),
            (since(Some(4), 4, false, false), false),
        ] {
            assert_eq!(schedule.is_due(&moment), due, "{moment:?}");
            assert!(!Schedule { hours: 0, ..schedule }.is_due(&moment), "{moment:?}");
        }
    }

    #[test]
    fn a_backup_tells_when_it_was_made() {
        let at = |made_at: &str| {
            let backup = Backup { path: "x".into(), made_at: made_at.into(), bytes: 0 };
            backup.time().map(|time| time.duration_since(UNIX_EPOCH).unwrap().as_millis())
        };
        assert_eq!(at("19700101T000000.000Z"), Some(0));
        assert_eq!(at("20000229T235959.999Z"), Some(951_868_799_999));
        assert_eq!(at("20261128T031500.250Z"), Some(1_795_835_700_250));
        assert_eq!(at("20261328T031500.250Z"), None);
        assert_eq!(at("today"), None);
    }

    #[test]
    fn what_has_not_changed_since_the_last_backup_is_not_copied_again() {
        let library = Temporary::new();
        let last = Backup { path: "x".into(), made_at: "20261128T031500.250Z".into(), bytes: 0 };
        let made = last.time().unwrap();
        let touch = |log: &str, at: SystemTime| {
            let file = fs::File::options().append(true).open(beside(library.path(), log)).unwrap();
            file.set_modified(at).unwrap();
        };
        let changed = |last| Since::of(library.path(), last, HOUR, false).changed;
        touch("", made - HOUR);
        touch("-wal", made - HOUR);
        assert!(!changed(Some(&last)) && changed(None));
        touch("-wal", made + HOUR);
        assert!(changed(Some(&last)));
    }

    #[test]
    fn what_is_wanted_of_backups_is_kept() {
        let mut library = Temporary::new();
        assert_eq!(library.schedule().unwrap(), Schedule::default());
        let schedule = Schedule { hours: 1, keep: 5 };
        library.set_schedule(&schedule).unwrap();
        assert_eq!(library.schedule().unwrap(), schedule);
        library.set_setting("backups", r#"{"hours":2}"#).unwrap();
        assert_eq!(library.schedule().unwrap(), Schedule { hours: 2, ..Schedule::default() });
        library.set_setting("backups", "[]").unwrap();
        assert_eq!(library.schedule().unwrap(), Schedule::default());
    }
}
