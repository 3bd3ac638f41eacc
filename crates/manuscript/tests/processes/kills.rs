//! A process is killed at a random moment of saving or migrating, again and again. What it had said was saved must
//! be there, and nothing may be there by half. `FOOLSCAP_KILLS=1000` kills that often in all; without it some
//! dozen times. The third kind, importing, is of the program that does it (`crates/cli/tests/kills.rs`).

use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::thread;
use std::time::Duration;

use foolscap_manuscript::{Library, SceneId, back_up};
use rusqlite::{Connection, params};

use crate::{PATIENCE, alone, path, say, start};

/// Scenes of the library that is migrated.
const MIGRATED: u32 = 2000;
/// A library of every released schema before this one, and what its first scene says.
const OLD: [(&str, &str); 4] = [
    (include_str!("../fixtures/library_v1.sql"), "It was dark — then the lamp came on."),
    (include_str!("../fixtures/library_v2.sql"), "It was dark. Ada lit the lamp.\n\nNobody saw."),
    (include_str!("../fixtures/library_v3.sql"), "It was dark. Ada lit the lamp.\n\nNobody saw."),
    (include_str!("../fixtures/library_v4.sql"), "It was dark. Ada lit the lamp.\n\nNobody saw."),
];

/// How often each test kills.
fn kills() -> u32 {
    let in_all = std::env::var("FOOLSCAP_KILLS").map_or(60, |kills| kills.parse().expect("a number"));
    u32::div_ceil(in_all, 3)
}

/// A moment within so many milliseconds.
fn moment(round: u32, within: u64) -> Duration {
    Duration::from_micros(RandomState::new().hash_one(round) % (within * 1000))
}

/// Runs `test` on the library, kills it after a random time and returns what it had said. Every other time
/// the clock starts with its first word, so that opening is hit as well as what comes after.
fn killed(test: &str, library: &Path, round: u32, within: u64) -> Vec<String> {
    let (mut child, lines) = start(test, library);
    let first = if round.is_multiple_of(2) { lines.recv_timeout(PATIENCE).ok() } else { None };
    thread::sleep(moment(round, within));
    child.kill().unwrap();
    child.wait().unwrap();
    first.into_iter().chain(lines).collect()
}

fn assert_sound(path: &Path, round: u32) {
    let said: String =
        Connection::open(path).unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(said, "ok", "round {round}");
}

#[test]
fn no_acknowledged_word_is_lost_when_saving_is_killed() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    let mut acknowledged = None;

    for round in 0..kills() {
        for line in killed("kills::child_saves_until_killed", &path, round, 60) {
            let version = line.strip_prefix("saved ").unwrap_or_else(|| panic!("the child said: {line}"));
            acknowledged = Some(version.parse::<u32>().unwrap());
        }
        // As the window opens it: a killed process is no reason to go back to a backup.
        let opened = Library::open_or_recover(&path, folder.path().join("backups")).unwrap();
        assert_eq!(opened.recovery, None, "round {round}");
        let library = opened.library;
        if round == 0 {
            back_up(&path, folder.path().join("backups"), 1).unwrap();
        }
        let projects = library.projects().unwrap();
        if let Some(acknowledged) = acknowledged {
            let scene = library.scene(library.scenes(projects[0].id).unwrap()[0].id).unwrap();
            let context = format!("round {round}, acknowledged {acknowledged}");
            assert!(scene.version >= acknowledged, "{context}, found {}", scene.version);
            assert!(scene.text == text_of(scene.version), "{context}");
            assert!(scene.document == document_of(scene.version), "{context}");
            // All of them the first times and the last few ever after: their number grows.
            let kept = library.revisions(scene.id).unwrap();
            for kept in kept.into_iter().take(if round < 20 { usize::MAX } else { 50 }) {
                let revision = library.revision(kept.id).unwrap();
                assert!(revision.text == text_of(kept.version), "{context}, revision {}", kept.version);
            }
        }
        assert_sound(&path, round);
    }
    let saves = acknowledged.unwrap();
    assert!(saves > 20, "the child hardly wrote: {saves}");
    println!("saving: {} kills, {saves} acknowledged saves, 0 words lost", kills());
}

#[test]
fn a_migration_that_is_killed_loses_nothing() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let olds = OLD.map(|(dump, text)| {
        let old = folder.path().join(format!("old-{}.foolscap", dump.len()));
        (make_old(&old, dump), old, text)
    });
    let mut interrupted = 0;

    for round in 0..kills() {
        let (revisions, old, text) = &olds[round as usize % OLD.len()];
        let path = folder.path().join("library.foolscap");
        for file in ["library.foolscap", "library.foolscap-wal", "library.foolscap-shm"] {
            let _ = std::fs::remove_file(folder.path().join(file));
        }
        std::fs::copy(old, &path).unwrap();
        let (mut child, lines) = start("kills::child_opens", &path);
        assert_eq!(lines.recv_timeout(PATIENCE).unwrap(), "opening");
        thread::sleep(moment(round, 80));
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += usize::from(!lines.into_iter().any(|line| line == "open"));

        let library = Library::open(&path).unwrap();
        assert_eq!(library.scene(SceneId(1)).unwrap().text, *text);
        for version in 0..MIGRATED {
            let scene = library.scene(SceneId(1000 + version)).unwrap();
            assert!(
                scene.text == text_of(version) && scene.document == document_of(version),
                "round {round}"
            );
        }
        assert_eq!(library.revisions(SceneId(1)).unwrap().len(), *revisions);
        drop(library);
        assert_sound(&path, round);
    }
    assert!(interrupted > 0, "no migration was hit");
    println!("migrating: {} kills, {interrupted} of them before the end, 0 words lost", kills());
}

#[test]
#[ignore = "run by the other tests in a process of its own"]
fn child_saves_until_killed() {
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
fn child_opens() {
    let Some(path) = path() else { return };
    say("opening");
    let _library = Library::open(path).unwrap();
    say("open");
    thread::sleep(PATIENCE);
}

/// A library of an older schema, large enough that bringing it up to date takes a while; how many states are kept of its
/// first scene.
fn make_old(path: &Path, dump: &str) -> usize {
    let mut db = Connection::open(path).unwrap();
    db.execute_batch(dump).unwrap();
    let all = db.transaction().unwrap();
    for version in 0..MIGRATED {
        all.execute(
            "INSERT INTO scene (id, project, position, title, document, text, version, words, created_at, updated_at)
             VALUES (?1, 1, ?2, '', ?3, ?4, 0, 0, '2026-10-01T09:00:00.000Z', '2026-10-01T09:00:00.000Z')",
            params![1000 + version, version + 10, document_of(version), text_of(version)],
        )
        .unwrap();
    }
    all.commit().unwrap();
    let kept = "SELECT count(*) FROM revision WHERE scene = 1";
    db.query_row(kept, [], |row| row.get::<_, u32>(0)).unwrap() as usize
}

/// What version `version` says: sometimes longer than the one before, sometimes much shorter.
fn text_of(version: u32) -> String {
    format!("Version {version}. ") + &"It was a dark and stormy night. ".repeat((version * 37 % 211) as usize)
}

fn document_of(version: u32) -> String {
    serde_json::json!({ "type": "doc", "text": text_of(version) }).to_string()
}
