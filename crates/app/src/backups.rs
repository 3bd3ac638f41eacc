//! Copies of the library: those there are, one now, and one whenever it is time. They are made beside whoever writes; the
//! library is held only to read what is wanted, and to let go of old states, for some milliseconds at a time.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use foolscap_manuscript::{Backup, Library, Since, back_up, backups, put_aside, restore_backup};
use foolscap_workbench::Workbench;

use crate::api::{AsideFile, BackupFile, Problem, ProblemCode};
use crate::lock::{Lent, lock};
use crate::studio::Studio;

/// The folder of the backups, beside the library.
const FOLDER: &str = "backups";
/// How often it is looked whether it is time.
const LOOK: Duration = Duration::from_secs(60);
/// How long after a backup that failed the next is tried.
const AGAIN: Duration = Duration::from_secs(3600);

/// The backups of a library, which may be open or not.
#[derive(Debug, Clone)]
pub struct Backups {
    library: PathBuf,
    folder: PathBuf,
}

impl Backups {
    /// Those of the library at a path, in the folder `backups` beside it.
    pub fn of(library: &Path) -> Self {
        let folder = library.parent().unwrap_or(Path::new(".")).join(FOLDER);
        Self { library: library.to_owned(), folder }
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Those there are, the latest first.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn files(&self) -> Result<Vec<BackupFile>, Problem> {
        Ok(backups(&self.library, &self.folder)?.into_iter().map(file).collect())
    }

    /// Libraries that were put aside, when a backup came back or one could not be read; the latest first.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn aside(&self) -> Result<Vec<AsideFile>, Problem> {
        let told = |aside: Backup| AsideFile {
            damaged: !self.is_aside(&aside.path),
            file: aside.path.display().to_string(),
            at: rfc3339(&aside.made_at),
            bytes: aside.bytes as f64,
        };
        Ok(put_aside(&self.library)?.into_iter().map(told).collect())
    }

    /// Makes one now, and lets go of the oldest beyond `keep`; none: beyond what the library's author wants kept. The
    /// library may be open, and is written on meanwhile.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn make(&self, keep: Option<u32>) -> Result<BackupFile, Problem> {
        let keep = match keep {
            Some(keep) => keep,
            None => Library::open_read_only(&self.library)?.schedule()?.keep,
        };
        Ok(file(self.copy(keep)?))
    }

    /// A copy of the library, and of the workbench beside it.
    fn copy(&self, keep: u32) -> Result<Backup, Problem> {
        let made = back_up(&self.library, &self.folder, keep as usize)?;
        let bench = self.library.with_file_name(Workbench::FILE);
        if bench.exists() {
            Workbench::back_up(&bench, &self.folder, keep as usize)?;
        }
        Ok(made)
    }

    /// Goes back to a backup of a library that nobody has open, or that cannot be opened. Returns the file that what was
    /// there before is kept in, if there was one.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] when there is no such backup, [`ProblemCode::Library`].
    pub fn restore_closed(&self, backup: &str) -> Result<Option<String>, Problem> {
        let backup = self.find(backup)?;
        Ok(restore_backup(&self.library, &backup)?.map(|aside| aside.display().to_string()))
    }

    /// The backup of a file, or of a time; or what was put aside when one came back, which undoes that. A path from outside
    /// opens nothing else.
    pub(crate) fn find(&self, name: &str) -> Result<PathBuf, Problem> {
        if self.is_aside(Path::new(name)) {
            return Ok(name.into());
        }
        let named = |backup: &Backup| backup.path == Path::new(name) || rfc3339(&backup.made_at) == name;
        let known = backups(&self.library, &self.folder)?.into_iter().find(named);
        known.map(|backup| backup.path).ok_or_else(|| {
            let message = format!("there is no backup {name} in {}", self.folder.display());
            Problem::new(ProblemCode::NotFound, message)
        })
    }

    /// Whether a file is what a restored backup has replaced.
    fn is_aside(&self, file: &Path) -> bool {
        let Some(library) = self.library.file_name().map(OsStr::to_string_lossy) else { return false };
        let name = file.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        let ours = name.strip_prefix(&*library).is_some_and(|ending| ending.starts_with(".replaced-"));
        ours && file.parent() == self.library.parent() && file.is_file()
    }
}

/// Makes backups when it is time, and lets go of old states afterwards, as long as it lives.
pub(crate) struct Keeper {
    problem: Arc<Mutex<Option<Problem>>>,
    studio: Lent<Studio>,
    /// Dropped, it ends the thread.
    _stop: Sender<()>,
}

/// From then on the thread holds no library: its owner closes it by letting it go.
impl Drop for Keeper {
    fn drop(&mut self) {
        self.studio.take_back();
    }
}

impl Keeper {
    /// Begins. Whoever owns the library may let it go at any time.
    pub(crate) fn start(backups: Backups, studio: Lent<Studio>) -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        let problem = Arc::new(Mutex::new(None));
        let (told, lent) = (problem.clone(), studio.clone());
        let work = move || {
            let mut keeping = Keeping::begin(backups, Instant::now());
            loop {
                match keeping.look(&lent, Instant::now()) {
                    Ok(None) => {}
                    Ok(Some(_)) => *lock(&told) = None,
                    Err(problem) => *lock(&told) = Some(problem),
                }
                if stopped.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        if let Err(e) = thread::Builder::new().name("backups".to_owned()).spawn(work) {
            let message = format!("no backups are made by themselves: the system gives no thread ({e})");
            *lock(&problem) = Some(Problem::new(ProblemCode::Library, message));
        }
        Self { problem, studio, _stop: stop }
    }

    /// Why the last backup that was due could not be made; none if it was.
    pub(crate) fn problem(&self) -> Option<Problem> {
        lock(&self.problem).clone()
    }
}

/// Where a keeper stands.
struct Keeping {
    backups: Backups,
    /// When the library was opened, or its last backup made.
    since: Instant,
    opening: bool,
    /// When it may be tried again.
    quiet_until: Option<Instant>,
}

impl Keeping {
    fn begin(backups: Backups, now: Instant) -> Self {
        Self { backups, since: now, opening: true, quiet_until: None }
    }

    /// Makes a backup if it is time. The library is not held while it is copied: whoever closes it meanwhile need not wait.
    fn look(&mut self, studio: &Lent<Studio>, now: Instant) -> Result<Option<BackupFile>, Problem> {
        if self.quiet_until.is_some_and(|until| now < until) {
            return Ok(None);
        }
        let made = self.make(studio, now);
        self.quiet_until = made.is_err().then(|| now + AGAIN);
        self.opening = false;
        made
    }

    fn make(&mut self, studio: &Lent<Studio>, now: Instant) -> Result<Option<BackupFile>, Problem> {
        // Of a library that another process writes, that makes the backups.
        let schedule = studio.with(|open| open.schedule()).transpose()?.flatten();
        let Some(schedule) = schedule else { return Ok(None) };
        let Backups { library: path, folder } = &self.backups;
        let last = backups(path, folder)?.into_iter().next();
        let since = Since::of(path, last.as_ref(), now.duration_since(self.since), self.opening);
        if !schedule.is_due(&since) {
            return Ok(None);
        }
        let made = self.backups.copy(schedule.keep)?;
        self.since = now;
        // What goes is in the backup still.
        while studio.with(Studio::thin).transpose()?.is_some_and(|thinned| thinned > 0) {}
        Ok(Some(file(made)))
    }
}

fn file(backup: Backup) -> BackupFile {
    BackupFile {
        file: backup.path.display().to_string(),
        made_at: rfc3339(&backup.made_at),
        bytes: backup.bytes as f64,
    }
}

/// `20261001T093000.250Z` as times are told elsewhere.
fn rfc3339(made_at: &str) -> String {
    let part = |range: std::ops::Range<usize>| made_at.get(range).unwrap_or_default();
    format!("{}-{}-{}T{}:{}:{}", part(0..4), part(4..6), part(6..8), part(9..11), part(11..13), part(13..20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::BackupSchedule;

    struct Desk {
        studio: Arc<Mutex<Studio>>,
        backups: Backups,
        _folder: tempfile::TempDir,
    }

    fn desk() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library.foolscap");
        let mut studio = Studio::open(&library).unwrap();
        studio.create("Night").unwrap();
        Desk { studio: Arc::new(Mutex::new(studio)), backups: Backups::of(&library), _folder: folder }
    }

    fn title(studio: &Studio) -> String {
        studio.projects().unwrap()[0].title.clone()
    }

    #[test]
    fn a_backup_is_made_when_it_is_time_and_not_before() {
        let desk = desk();
        let hour = |hours: u32| Duration::from_secs(3600) * hours;
        let (begun, studio) = (Instant::now(), Lent::new(&desk.studio));
        let mut keeping = Keeping::begin(desk.backups.clone(), begun);
        assert!(keeping.look(&studio, begun).unwrap().is_some());
        assert_eq!(keeping.look(&studio, begun + hour(1)).unwrap(), None);
        lock(&desk.studio).create("Day").unwrap();
        // The workbench goes with it, once there is one.
        assert!(Workbench::copies(&desk.backups.folder).unwrap().is_empty());
        let bench = desk.backups.library.with_file_name(Workbench::FILE);
        Workbench::open(&bench).unwrap().save_test_set(None, "Openings", &[]).unwrap();
        assert!(keeping.look(&studio, begun + hour(5)).unwrap().is_some());
        let mut studio = lock(&desk.studio);
        assert_eq!(studio.backups().unwrap().backups.len(), 2);
        assert_eq!(Workbench::copies(&desk.backups.folder).unwrap().len(), 1);
        let wanted = BackupSchedule { hours: 0, keep: 7 };
        studio.set_backup_schedule(wanted).unwrap();
        assert_eq!(studio.backups().unwrap().schedule, wanted);
    }

    #[test]
    fn a_backup_that_fails_is_told_and_tried_again_later() {
        let desk = desk();
        std::fs::write(&desk.backups.folder, "in the way").unwrap();
        let (begun, studio) = (Instant::now(), Lent::new(&desk.studio));
        let mut keeping = Keeping::begin(desk.backups.clone(), begun);
        assert_eq!(keeping.look(&studio, begun).unwrap_err().code, ProblemCode::Library);
        assert_eq!(keeping.look(&studio, begun + AGAIN / 2).unwrap(), None);
        std::fs::remove_file(&desk.backups.folder).unwrap();
        assert!(keeping.look(&studio, begun + AGAIN).unwrap().is_some());
    }

    #[test]
    fn a_library_that_is_closed_or_only_read_gets_no_backup() {
        let desk = desk();
        let mut keeping = Keeping::begin(desk.backups.clone(), Instant::now());
        let reading = Studio::open_to_read(&desk.backups.library).unwrap();
        let reading = Arc::new(Mutex::new(reading));
        assert_eq!(keeping.look(&Lent::new(&reading), Instant::now()).unwrap(), None);
        let studio = Lent::new(&desk.studio);
        drop(desk.studio);
        assert_eq!(keeping.look(&studio, Instant::now()).unwrap(), None);
        assert_eq!(desk.backups.files().unwrap(), []);
    }

    #[test]
    fn the_way_back_keeps_what_was_there() {
        let desk = desk();
        let made = desk.backups.make(Some(3)).unwrap();
        assert_eq!(made.made_at.len(), "2026-10-01T09:30:00.250Z".len());
        let mut studio = lock(&desk.studio);
        studio.create("Later").unwrap();
        assert_eq!(title(&studio), "Later");
        let missing = studio.restore_backup("/etc/passwd").unwrap_err();
        assert_eq!(missing.code, ProblemCode::NotFound);
        let aside = studio.restore_backup(&made.made_at).unwrap();
        assert_eq!(title(&studio), "Night");
        assert_eq!(title(&Studio::open(Path::new(&aside)).unwrap()), "Later");
        // What was put aside undoes it.
        let listed = studio.backups().unwrap().aside;
        assert_eq!(listed.iter().map(|one| (&one.file, one.damaged)).collect::<Vec<_>>(), [(&aside, false)]);
        assert_eq!(listed[0].at.len(), "2026-10-01T09:30:00.250Z".len());
        studio.restore_backup(&aside).unwrap();
        assert_eq!(title(&studio), "Later");
        assert_eq!(studio.backups().unwrap().aside.len(), 2);
        std::fs::copy(&aside, aside.replace(".replaced-", ".damaged-")).unwrap();
        let damaged = studio.backups().unwrap().aside.into_iter().filter(|one| one.damaged);
        assert_eq!(damaged.count(), 1);
        assert_eq!(desk.backups.restore_closed(&made.file).unwrap_err().code, ProblemCode::Library);
    }
}
