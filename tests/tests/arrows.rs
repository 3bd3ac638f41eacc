//! The arrows of the design, on the workspace and the page as they are.
#![allow(clippy::unwrap_used, reason = "a test may; clippy only knows those with #[test] on them")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use foolscap_tests::{arrows, imports};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn crates_depend_downward_only() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let arrows = arrows::arrows(&serde_json::from_slice(&output.stdout).unwrap()).unwrap();
    assert!(arrows.iter().any(|arrow| arrow.from == "foolscap-app"), "no arrows of app found: {arrows:?}");
    let wrong: Vec<String> = arrows::wrong(&arrows).iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_page_imports_downward_only() {
    let source = root().join("ui/src");
    if !source.is_dir() {
        eprintln!("skipped: there is no {}", source.display());
        return;
    }
    let mut files = Vec::new();
    collect(&source, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
        wrong.extend(
            imports::wrong(&name, &fs::read_to_string(file).unwrap()).iter().map(ToString::to_string),
        );
    }
    assert!(!files.is_empty(), "no sources of the page in {}", source.display());
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "ts" || kind == "svelte") {
            files.push(path);
        }
    }
}
