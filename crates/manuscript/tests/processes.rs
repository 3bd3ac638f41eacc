//! A library under two processes: one that is killed, and one that comes second. The other process is this
//! test binary again, running one of the ignored tests below with the library's path in its environment.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use foolscap_manuscript::{Error, Library};

const LIBRARY: &str = "FOOLSCAP_TEST_LIBRARY";

/// Starting a process copies this one's open files for an instant, locks included: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn no_acknowledged_word_is_lost_when_the_process_is_killed() {
    let _alone = ALONE.lock();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    let mut acknowledged = None;

    for round in 0..20 {
        let (mut child, lines) = start("child_writes_until_killed", &path);
        // Every other time the clock starts with the first save, so that opening is hit as well as saving.
        let first = if round % 2 == 0 { lines.recv_timeout(Duration::from_secs(60)).ok() } else { None };
        let moment = Duration::from_micros(RandomState::new().hash_one(round) % 60_000);
        thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();

        for line in first.into_iter().chain(lines) {
            let version = line.strip_prefix("saved ").unwrap_or_else(|| panic!("the child said: {line}"));
            acknowledged = Some(version.parse::<u32>().unwrap());
        }
        let library = Library::open(&path).unwrap();
        let projects = library.projects().unwrap();
        if let Some(acknowledged) = acknowledged {
            let scene = library.scene(library.scenes(projects[0].id).unwrap()[0].id).unwrap();
            let context = format!("round {round}, killed after {moment:?}, acknowledged {acknowledged}");
            assert!(scene.version >= acknowledged, "{context}, found {}", scene.version);
            assert!(scene.text == text_of(scene.version), "{context}");
            assert!(scene.document == document_of(scene.version), "{context}");
            for kept in library.revisions(scene.id).unwrap() {
                let revision = library.revision(kept.id).unwrap();
                assert!(revision.text == text_of(kept.version), "{context}, revision {}", kept.version);
            }
        }
        let sound: String = rusqlite::Connection::open(&path)
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(sound, "ok", "round {round}");
    }
    assert!(acknowledged.unwrap() > 20, "the child hardly wrote: {acknowledged:?}");
}

#[test]
fn a_second_process_is_told_and_comes_in_when_the_first_is_gone() {
    let _alone = ALONE.lock();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");

    let (mut child, lines) = start("child_holds_until_killed", &path);
    assert_eq!(lines.recv_timeout(Duration::from_secs(60)).unwrap(), "open");
    let error = Library::open(&path).unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error:?}");
    assert!(error.to_string().contains("in use"), "{error}");
    child.kill().unwrap();
    child.wait().unwrap();

    let _library = Library::open(&path).unwrap();
    let (mut child, lines) = start("child_holds_until_killed", &path);
    assert_eq!(lines.recv_timeout(Duration::from_secs(60)).unwrap(), "in use");
    child.wait().unwrap();
}

#[test]
#[ignore = "run by the other tests in a process of its own"]
fn child_writes_until_killed() {
    let Some(path) = path() else { return };
    let mut library = Library::open(path).unwrap();
    if library.projects().unwrap().is_empty() {
        library.create_project("", &document_of(0), &text_of(0)).unwrap();
        say("saved 0");
    }
    let project = library.projects().unwrap()[0].id;
    let scene = library.scenes(project).unwrap()[0].clone();
    for version in scene.version.. {
        let next = version + 1;
        let saved = library.save_scene(scene.id, version, &document_of(next), &text_of(next)).unwrap();
        assert_eq!(saved.version, next);
        say(&format!("saved {next}"));
    }
}

#[test]
#[ignore = "run by the other tests in a process of its own"]
fn child_holds_until_killed() {
    let Some(path) = path() else { return };
    match Library::open(path) {
        Ok(_library) => {
            say("open");
            thread::sleep(Duration::from_secs(60));
        }
        Err(Error::InUse { .. }) => say("in use"),
        Err(other) => say(&other.to_string()),
    }
}

/// What version `version` says: sometimes longer than the one before, sometimes much shorter.
fn text_of(version: u32) -> String {
    format!("Version {version}. ") + &"It was a dark and stormy night. ".repeat((version * 37 % 211) as usize)
}

fn document_of(version: u32) -> String {
    serde_json::json!({ "type": "doc", "text": text_of(version) }).to_string()
}

fn path() -> Option<PathBuf> {
    std::env::var_os(LIBRARY).map(PathBuf::from)
}

/// One line to the parent, in one write. On stderr, because the harness writes on stdout.
fn say(line: &str) {
    io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// Runs one of the ignored tests in a process of its own and hears what it says.
fn start(test: &str, path: &Path) -> (Child, Receiver<String>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(LIBRARY, path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stderr = child.stderr.take().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    (child, receiver)
}
