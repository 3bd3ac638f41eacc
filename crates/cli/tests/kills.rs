//! `foolscap import` is killed at a random moment, again and again. Every scene whose number it had printed must be there as
//! its file says, and nothing may be there by half. `FOOLSCAP_KILLS=1000` kills a third as often; without it some dozen
//! times. Saving and migrating are killed beside the library (`crates/manuscript/tests/processes`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use foolscap_app::Studio;

/// Files of one command, each a chapter.
const FILES: usize = 8;
/// Scenes of one file.
const SCENES: usize = 6;
/// How often it is killed.
fn kills() -> u32 {
    let in_all = std::env::var("FOOLSCAP_KILLS").map_or(60, |kills| kills.parse().expect("a number"));
    u32::div_ceil(in_all, 3)
}

/// What a scene says: sometimes a line, sometimes a page.
fn text_of(file: usize, scene: usize) -> String {
    let long = (file * 31 + scene * 17) % 97;
    format!("File {file}, scene {scene}.{}", " It was a dark and stormy night.".repeat(long))
}

fn write_files(folder: &Path) -> Vec<PathBuf> {
    let file = |file: usize| {
        let scenes: Vec<String> = (0..SCENES).map(|scene| text_of(file, scene)).collect();
        let path = folder.join(format!("{file}.md"));
        std::fs::write(&path, format!("# File {file}\n\n{}\n", scenes.join("\n\n***\n\n"))).unwrap();
        path
    };
    (0..FILES).map(file).collect()
}

fn import(files: &[PathBuf], library: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_foolscap"));
    command.arg("import").args(files).args(["--project", "Book", "--library"]).arg(library);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// How long it takes on this machine to import all files, if nobody kills it.
fn whole(files: &[PathBuf], library: &Path) -> Duration {
    let began = Instant::now();
    assert!(import(files, library).output().unwrap().status.success());
    began.elapsed()
}

/// Imports all files and kills that at a random moment of so long; the numbers that it had printed by then. Every other time
/// the clock starts with the first of them, so that opening is hit as well as what comes after.
fn killed(files: &[PathBuf], library: &Path, within: Duration, round: u32) -> Vec<u32> {
    let mut child = import(files, library).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    if round.is_multiple_of(2) {
        lines.read_line(&mut said).unwrap();
    }
    let moment = RandomState::new().hash_one(round) as f64 / u64::MAX as f64;
    std::thread::sleep(within.mul_f64(moment));
    child.kill().unwrap();
    child.wait().unwrap();
    std::io::Read::read_to_string(&mut lines, &mut said).unwrap();
    // What has no end may be the half of a number.
    said.split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'))
        .map(|id| id.parse().unwrap())
        .collect()
}

#[test]
fn an_import_that_is_killed_has_stored_every_scene_that_it_had_printed() {
    let folder = tempfile::tempdir().unwrap();
    let files = write_files(folder.path());
    let within = whole(&files, &folder.path().join("whole/library.foolscap"));
    let mut acknowledged: Vec<(u32, String)> = Vec::new();
    let (mut ever, mut interrupted) = (0, 0);
    for round in 0..kills() {
        // A new library now and then: they grow.
        let path = folder.path().join(format!("{}/library.foolscap", round / 10));
        if round % 10 == 0 {
            acknowledged.clear();
        }
        let ids = killed(&files, &path, within, round);
        ever += ids.len();
        interrupted += usize::from(ids.len() < FILES * SCENES);
        acknowledged.extend(ids.iter().zip(0..).map(|(id, at)| (*id, text_of(at / SCENES, at % SCENES))));

        let studio = Studio::open(&path).unwrap();
        assert_eq!(studio.state().recovery, None, "round {round}");
        for (id, text) in &acknowledged {
            assert_eq!(studio.scene(*id).unwrap().text, *text, "round {round}, scene {id}");
        }
        for project in studio.projects().unwrap() {
            for chapter in studio.outline(project.id).unwrap().items {
                assert_eq!(chapter.items.len(), SCENES, "round {round}: a file by half");
                let file: usize = chapter.title.strip_prefix("File ").unwrap().parse().unwrap();
                for (at, scene) in chapter.items.iter().enumerate() {
                    assert_eq!(studio.scene(scene.id).unwrap().text, text_of(file, at), "round {round}");
                }
            }
        }
        drop(studio);
        let db = rusqlite::Connection::open(&path).unwrap();
        let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok", "round {round}");
    }
    assert!(ever >= 2 * SCENES && interrupted > 0, "{ever} scenes, {interrupted} imports were hit");
    println!(
        "importing: {} kills, {interrupted} of them before the end, {ever} acknowledged scenes, 0 words lost",
        kills()
    );
}
