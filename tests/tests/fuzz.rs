//! Inputs that once did harm, and those that the search for others begins with.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use foolscap_tests::fuzz::{TARGETS, seeds};

fn target(name: &str) -> fn(&[u8]) {
    TARGETS.iter().find(|t| t.0 == name).unwrap().1
}

#[test]
fn what_once_did_harm_does_none() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    for (name, run) in TARGETS {
        for entry in std::fs::read_dir(folder.join(name)).into_iter().flatten() {
            run(&std::fs::read(entry.unwrap().path()).unwrap());
        }
    }
}

#[test]
fn the_search_begins_with_inputs_that_go_through() {
    for (name, _, bytes) in seeds() {
        target(name)(&bytes);
    }
}

/// With a folder in `FOOLSCAP_WRITE_SEEDS` it puts them there, for `cargo xtask fuzz`.
#[test]
fn seeds_are_written_where_they_are_asked_for() {
    let Some(folder) = std::env::var_os("FOOLSCAP_WRITE_SEEDS") else { return };
    for (target, name, bytes) in seeds() {
        let folder = Path::new(&folder).join(target);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}
