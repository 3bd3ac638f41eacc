//! Who comes second is told, and can read.

use std::thread;

use foolscap_manuscript::{Error, Library};

use crate::{PATIENCE, alone, path, say, start};

#[test]
fn a_second_process_is_told_and_comes_in_when_the_first_is_gone() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");

    let (mut child, lines) = start("second::child_holds_until_killed", &path);
    assert_eq!(lines.recv_timeout(PATIENCE).unwrap(), "open");
    let error = Library::open(&path).unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error:?}");
    assert!(error.to_string().contains("in use"), "{error}");
    child.kill().unwrap();
    child.wait().unwrap();

    let _library = Library::open(&path).unwrap();
    let (mut child, lines) = start("second::child_holds_until_killed", &path);
    assert_eq!(lines.recv_timeout(PATIENCE).unwrap(), "in use");
    child.wait().unwrap();
}

#[test]
fn a_second_process_reads_what_the_first_saves() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    let mut library = Library::open(&path).unwrap();
    let project = library.create_project("Night", "", "It was dark.").unwrap();
    let scene = library.scenes(project.id).unwrap()[0].id;

    let (mut child, lines) = start("second::child_reads", &path);
    assert_eq!(lines.recv_timeout(PATIENCE).unwrap(), "It was dark.");
    assert_eq!(lines.recv_timeout(PATIENCE).unwrap(), "opened to read");
    library.save_scene(scene, 0, "{}", "It was light.").unwrap();
    assert_eq!(lines.recv_timeout(PATIENCE).unwrap(), "It was light.");
    child.wait().unwrap();
    library.save_scene(scene, 1, "{}", "It was over.").unwrap();
}

#[test]
fn a_library_nobody_has_open_can_be_read_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    let missing = Library::open_read_only(&path).unwrap_err();
    assert!(matches!(missing, Error::Io { .. }), "{missing:?}");
    Library::open(&path).unwrap().create_project("Night", "", "It was dark.").unwrap();
    let mut library = Library::open_read_only(&path).unwrap();
    assert!(library.is_read_only());
    assert_eq!(library.projects().unwrap()[0].words, 3);
    let refused = library.create_project("Day", "", "");
    assert!(matches!(refused, Err(Error::OpenedToRead { .. })), "{refused:?}");
    // Reading keeps nobody from writing.
    Library::open(&path).unwrap().create_project("Day", "", "").unwrap();
    assert_eq!(library.projects().unwrap().len(), 2);
}

#[test]
#[ignore = "run by the other tests in a process of its own"]
fn child_holds_until_killed() {
    let Some(path) = path() else { return };
    match Library::open(path) {
        Ok(_library) => {
            say("open");
            thread::sleep(PATIENCE);
        }
        Err(Error::InUse { .. }) => say("in use"),
        Err(other) => say(&other.to_string()),
    }
}

#[test]
#[ignore = "run by the other tests in a process of its own"]
fn child_reads() {
    let Some(path) = path() else { return };
    let mut library = Library::open_read_only(path).unwrap();
    let project = library.projects().unwrap()[0].id;
    let scene = library.scenes(project).unwrap()[0].id;
    let mut seen = library.scene(scene).unwrap();
    say(&seen.text);
    if matches!(library.save_scene(scene, seen.version, "{}", "mine"), Err(Error::OpenedToRead { .. })) {
        say("opened to read");
    }
    while seen.version == 0 {
        thread::yield_now();
        seen = library.scene(scene).unwrap();
    }
    say(&seen.text);
}
