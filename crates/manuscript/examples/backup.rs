//! How long a backup takes, and what it costs who writes meanwhile: `cargo run --release -p foolscap-manuscript --example
//! backup [MB]`. A library of that size (50) is backed up while scenes are saved, thinned and restored; times are printed.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use foolscap_manuscript::{Cause, Library, NewItem, NewScene, back_up};

const PAGE: &str = "It was dark. Nobody had lit the lamp, and the keeper was not to be found. ";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let megabytes: usize = std::env::args().nth(1).map_or(Ok(50), |mb| mb.parse())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("library.foolscap");
    let mut library = Library::open(&path)?;
    let project = library.create_project("Night", "{}", "")?.id;
    let text = PAGE.repeat(500);
    let page = || NewItem::Scene(NewScene { text: text.clone(), ..NewScene::default() });
    let pages: Vec<NewItem> = (0..megabytes * 1_000_000 / text.len()).map(|_| page()).collect();
    library.add_items(project, None, &pages)?;
    let scenes = library.scenes(project)?;
    // A history as long as a year's.
    for version in 0..300 {
        library.keep_revision(scenes[0].id, Cause::Typing)?;
        library.save_scene(scenes[0].id, version, "{}", &version.to_string())?;
    }
    let bytes = std::fs::metadata(&path)?.len();
    println!("library         {:>9.1} MB, {} scenes", bytes as f64 / 1e6, scenes.len());

    let scene = &scenes[1];
    let quiet: Vec<Duration> =
        (0..20).map(|version| timed(|| library.save_scene(scene.id, version, "{}", &text)).1).collect();
    println!("a save          {:>9.1} ms, {:.1} at most", ms(median(&quiet)), ms(longest(&quiet)));

    let (done, over) = mpsc::channel();
    let (place, copies) = (path.clone(), folder.path().join("backups"));
    let copying = thread::spawn(move || {
        let (made, took) = timed(|| back_up(place, copies, 3));
        let _ = done.send(());
        (made, took)
    });
    let mut busy = Vec::new();
    while over.try_recv().is_err() {
        let version = library.scene(scene.id)?.version;
        busy.push(timed(|| library.save_scene(scene.id, version, "{}", &text)).1);
    }
    let (made, took) = copying.join().map_err(|_| "the copy failed")?;
    let made = made?;
    println!("a backup        {:>9.1} ms, checked", ms(took));
    println!(
        "saves meanwhile {:>9.1} ms, {:.1} at most ({} of them)",
        ms(median(&busy)),
        ms(longest(&busy)),
        busy.len()
    );
    let (aside, took) = timed(|| library.restore(&made.path));
    aside?;
    println!("the way back    {:>9.1} ms, with what was there kept", ms(took));
    let (thinned, took) = timed(|| library.thin_revisions());
    println!("nothing to thin {:>9.1} ms ({} states)", ms(took), thinned?);
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn longest(times: &[Duration]) -> Duration {
    times.iter().max().copied().unwrap_or_default()
}
