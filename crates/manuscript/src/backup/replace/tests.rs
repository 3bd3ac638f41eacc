use tempfile::TempDir;

use super::*;
use crate::backup::tests::{backed_up, spoil, text_of};
use crate::{Library, restore_backup};

/// A library as a killed process leaves it: its last words are in the log alone. Its backup says "old", it says "new".
fn killed() -> (PathBuf, PathBuf, TempDir) {
    let (path, folder, temporary) = backed_up("old");
    let mut library = Library::open(&path).unwrap();
    let scene = library.scenes(library.projects().unwrap()[0].id).unwrap()[0].id;
    library.save_scene(scene, 0, "{}", "new").unwrap();
    let (left, log) = (temporary.path().join("left"), beside(&path, "-wal"));
    fs::copy(&path, &left).unwrap();
    fs::copy(&log, beside(&left, "-wal")).unwrap();
    drop(library);
    fs::rename(&left, &path).unwrap();
    fs::rename(beside(&left, "-wal"), log).unwrap();
    (path, folder, temporary)
}

fn backup_of(path: &Path, folder: &Path) -> PathBuf {
    crate::backups(path, folder).unwrap().remove(0).path
}

/// Does so many steps of a replacement, as if the process ended then.
fn steps(path: &Path, backup: &Path, why: &str, done: usize) -> Replacement {
    let replacement = Replacement::begin(path, why).unwrap();
    type Step<'a> = &'a dyn Fn(&Replacement) -> Result<(), Error>;
    let all: [Step; 6] = [
        &|it| fs::write(&it.part, "half a co").map_err(|e| refused_by_system(&it.part, e)),
        &|it| fs::remove_file(&it.part).map_or(Ok(()), |()| it.copy(backup, None)),
        &Replacement::move_library,
        &|it| rename(&beside(&it.path, "-wal"), &beside(&it.aside, "-wal")),
        &Replacement::move_logs,
        &Replacement::put_in_place,
    ];
    all[..done].iter().for_each(|step| step(&replacement).unwrap());
    replacement
}

const ALL: usize = 6;

fn parts(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().contains(PART)).count()
}

#[test]
fn a_restore_that_is_killed_between_any_two_steps_loses_no_word() {
    for done in 0..=ALL {
        let (path, folder, temporary) = killed();
        let replacement = steps(&path, &backup_of(&path, &folder), "replaced", done);
        let opened = Library::open_or_recover(&path, &folder).unwrap();
        assert_eq!(opened.recovery, None, "after {done} steps");
        if done < ALL {
            assert_eq!(text_of(&opened.library), "new", "after {done} steps");
            assert!(!replacement.aside.exists(), "after {done} steps");
        } else {
            assert_eq!(text_of(&opened.library), "old");
            assert_eq!(text_of(&Library::open_read_only(&replacement.aside).unwrap()), "new");
        }
        assert_eq!(parts(temporary.path()), 0, "after {done} steps");
    }
}

#[test]
fn a_recovery_that_is_killed_between_any_two_steps_is_done_again_and_told() {
    for done in 0..ALL {
        let (path, folder, _temporary) = killed();
        spoil(&path);
        let (damaged, log) = (fs::read(&path).unwrap(), fs::read(beside(&path, "-wal")).unwrap());
        steps(&path, &backup_of(&path, &folder), "damaged", done);
        let opened = Library::open_or_recover(&path, &folder).unwrap();
        assert_eq!(text_of(&opened.library), "old", "after {done} steps");
        let recovery = opened.recovery.unwrap();
        let aside = recovery.damaged.clone().unwrap();
        assert_eq!(fs::read(&aside).unwrap(), damaged, "after {done} steps");
        assert_eq!(fs::read(beside(&aside, "-wal")).unwrap(), log, "after {done} steps");
        assert_eq!(opened.library.untold_recovery().unwrap(), Some(recovery));
    }
}

#[test]
fn a_library_that_is_gone_is_opened_from_what_there_is_of_it() {
    let (path, folder, _temporary) = killed();
    let aside = restore_backup(&path, backup_of(&path, &folder)).unwrap().unwrap();
    // What was put aside is later than the backup, and has its last words in a log.
    fs::remove_file(&path).unwrap();
    let opened = Library::open_or_recover(&path, &folder).unwrap();
    assert_eq!(text_of(&opened.library), "new");
    let recovery = opened.recovery.unwrap();
    assert_eq!((recovery.damaged, recovery.from.path), (None, aside.clone()));
    assert_eq!(recovery.reason, "the file is gone");
    drop(opened.library);

    fs::remove_file(&path).unwrap();
    fs::remove_file(&aside).unwrap();
    fs::remove_file(beside(&aside, "-wal")).unwrap();
    let opened = Library::open_or_recover(&path, &folder).unwrap();
    assert_eq!(text_of(&opened.library), "old");
    drop(opened.library);

    fs::remove_file(&path).unwrap();
    spoil(&backup_of(&path, &folder));
    let opened = Library::open_or_recover(&path, &folder).unwrap();
    assert!(opened.recovery.is_none() && opened.library.projects().unwrap().is_empty());
}

#[test]
fn what_was_put_aside_with_a_log_comes_back_with_its_last_words() {
    let (path, folder, _temporary) = killed();
    let aside = restore_backup(&path, backup_of(&path, &folder)).unwrap().unwrap();
    assert!(beside(&aside, "-wal").exists());
    restore_backup(&path, &aside).unwrap();
    assert_eq!(text_of(&Library::open(&path).unwrap()), "new");
    // By a library that is open as well.
    let mut library = Library::open(&path).unwrap();
    library.restore(backup_of(&path, &folder)).unwrap();
    library.restore(&aside).unwrap();
    assert_eq!(text_of(&library), "new");
}
