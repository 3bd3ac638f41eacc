//! The page's part of every command: its packages and its build. Cargo embeds the built page into the window,
//! so it is built first, and only when something of it changed: a new build would make cargo compile the
//! window again.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::steps::{Failure, Line, Steps};

const LOCK: &str = "ui/package-lock.json";
/// Written by npm when it has finished.
const INSTALLED: &str = "ui/node_modules/.package-lock.json";
const BUILT: &str = "ui/dist/index.html";

/// Installs the page's packages, unless those of the lock file are there.
pub fn install(steps: &mut Steps) -> Result<(), Failure> {
    if is_older(Path::new(INSTALLED), [LOCK, "ui/package.json"].map(Path::new)) {
        steps.run("page: packages", &Line::npm(["ci"]))
    } else {
        steps.skip("page: packages", "up to date");
        Ok(())
    }
}

/// Builds the page, unless it is newer than everything it is made from.
pub fn build(steps: &mut Steps) -> Result<(), Failure> {
    if is_older(Path::new(BUILT), [Path::new("ui")]) {
        steps.run("page: build", &Line::npm(["run", "build"]))
    } else {
        steps.skip("page: build", "up to date");
        Ok(())
    }
}

/// Puts an empty page where the window's compilation wants one, for commands that never show it. It is dated
/// back, so that the next build replaces it.
pub fn stand_in() -> Result<(), Failure> {
    if Path::new(BUILT).exists() {
        return Ok(());
    }
    let write = || {
        fs::create_dir_all("ui/dist")?;
        fs::write(BUILT, "<!doctype html><title>Foolscap</title>")?;
        fs::File::options().write(true).open(BUILT)?.set_modified(SystemTime::UNIX_EPOCH)
    };
    write().map_err(|error| Failure::File { what: "write", path: BUILT.to_owned(), error })
}

/// Whether `made` is not there or older than any file of its `sources`; folders count with all that is in
/// them, but for what is made itself.
fn is_older<'a>(made: &Path, sources: impl IntoIterator<Item = &'a Path>) -> bool {
    let Some(made) = modified(made) else { return true };
    sources.into_iter().filter_map(newest).any(|source| source > made)
}

fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return modified(path);
    }
    let of_itself = ["node_modules", "dist", "test-results"];
    let entries = fs::read_dir(path).ok()?.flatten();
    let sources = entries.filter(|entry| !of_itself.iter().any(|name| entry.file_name() == *name));
    // The folder's own time tells of files that were taken away; the page's root only holds what is made.
    let own = if path.join("package.json").exists() { None } else { modified(path) };
    sources.filter_map(|entry| newest(&entry.path())).chain(own).max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A file that was written so many seconds after the epoch.
    fn file(path: &Path, seconds: u64) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
        let when = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        fs::File::options().write(true).open(path).unwrap().set_modified(when).unwrap();
    }

    #[test]
    fn a_page_is_built_again_only_when_a_source_is_newer() {
        let folder = tempfile::tempdir().unwrap();
        let ui = folder.path().join("ui");
        let built = ui.join("dist/index.html");
        file(&ui.join("package.json"), 1000);
        assert!(is_older(&built, [ui.as_path()]), "never built");

        file(&built, 4_000_000_000);
        file(&ui.join("src/deep/page.ts"), 3000);
        file(&ui.join("node_modules/x/index.js"), 5_000_000_000);
        assert!(!is_older(&built, [ui.as_path()]), "packages are no sources");

        file(&ui.join("src/deep/page.ts"), 4_100_000_000);
        assert!(is_older(&built, [ui.as_path()]));
    }

    #[test]
    fn a_stand_in_is_older_than_any_source() {
        let folder = tempfile::tempdir().unwrap();
        let (page, source) = (folder.path().join("dist/index.html"), folder.path().join("index.html"));
        file(&page, 0);
        file(&source, 1);
        assert!(is_older(&page, [source.as_path()]));
    }
}
