//! What cannot be opened is told apart, and left exactly as it was.

use std::fs;
use std::path::{Path, PathBuf};

use foolscap_manuscript::{Error, Library};
use tempfile::TempDir;

#[test]
fn a_library_from_a_newer_program_is_left_alone() {
    let (_folder, path) = place();
    drop(Library::open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let error = left_alone(&path);
    assert!(matches!(error, Error::TooNew { found: 99, known: 5, .. }), "{error:?}");
    let message = error.to_string();
    assert!(message.contains(&path.display().to_string()) && message.contains("newer"), "{message}");
}

#[test]
fn a_file_that_is_not_a_database_is_left_alone() {
    let (_folder, path) = place();
    fs::write(&path, "Chapter One\n\nIt was a dark and stormy night.".repeat(100)).unwrap();
    let error = left_alone(&path);
    assert!(matches!(error, Error::NotALibrary { .. }), "{error:?}");
    fs::write(&path, "short").unwrap();
    let error = left_alone(&path);
    assert!(matches!(error, Error::NotALibrary { .. }), "{error:?}");
}

#[test]
fn another_program_s_database_is_left_alone() {
    for theirs in ["CREATE TABLE recipe (name TEXT)", "PRAGMA user_version = 1", "PRAGMA application_id = 9"]
    {
        let (_folder, path) = place();
        rusqlite::Connection::open(&path).unwrap().execute_batch(theirs).unwrap();
        let error = left_alone(&path);
        assert!(matches!(error, Error::NotALibrary { .. }), "{theirs}: {error:?}");
    }
}

#[test]
fn a_cut_off_library_is_called_damaged() {
    let (_folder, path) = place();
    Library::open(&path).unwrap().create_project("Night", "{}", &"dark ".repeat(10_000)).unwrap();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..4096 + 100]).unwrap();
    let error = left_alone(&path);
    assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
}

#[test]
fn a_folder_is_not_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let error = Library::open(folder.path()).unwrap_err();
    assert!(matches!(error, Error::IsFolder { .. }), "{error:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named() {
    let (_folder, path) = place();
    fs::write(&path, "a file").unwrap();
    let error = Library::open(path.join("library.foolscap")).unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error:?}");
    assert!(error.to_string().contains("library.foolscap"), "{error}");
    assert!(matches!(Library::open(""), Err(Error::Io { .. })));
}

#[cfg(unix)]
#[test]
fn missing_rights_are_told_apart() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = place();
    drop(Library::open(&path).unwrap());
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();

    allow(&path, 0o444);
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        eprintln!("skipped: this account (root?) may write what is write-protected");
        return;
    }
    let read_only = Library::open(&path).unwrap_err();
    allow(&path, 0o000);
    let unreadable = Library::open(&path).unwrap_err();
    allow(&path, 0o644);
    allow(folder.path(), 0o555);
    let in_protected_folder = Library::open(folder.path().join("new.foolscap")).unwrap_err();
    allow(folder.path(), 0o755);

    assert!(matches!(read_only, Error::ReadOnly { .. }), "{read_only:?}");
    assert!(matches!(unreadable, Error::Unreadable { .. }), "{unreadable:?}");
    assert!(matches!(in_protected_folder, Error::ReadOnly { .. }), "{in_protected_folder:?}");
    Library::open(&path).unwrap();
}

#[test]
fn a_library_opened_twice_is_in_use() {
    let (_folder, path) = place();
    let first = Library::open(&path).unwrap();
    let error = Library::open(&path).unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error:?}");
    drop(first);
    Library::open(&path).unwrap();
}

#[cfg(unix)]
#[test]
fn a_library_in_use_is_in_use_by_its_other_name_too() {
    let (folder, path) = place();
    let first = Library::open(&path).unwrap();
    let other = folder.path().join("link.foolscap");
    std::os::unix::fs::symlink(&path, &other).unwrap();
    let error = Library::open(&other).unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error:?}");
    drop(first);
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    (folder, path)
}

/// The error of opening a file, whose bytes are the same afterwards.
fn left_alone(path: &Path) -> Error {
    let before = fs::read(path).unwrap();
    let error = Library::open(path).unwrap_err();
    assert!(fs::read(path).unwrap() == before, "{} was changed", path.display());
    error
}
