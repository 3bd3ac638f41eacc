//! What the tests of the real window stand on: a display of their own, a home of their own, a WebDriver
//! client, and waiting that says what it waited for.

mod desk;
mod machine;
mod webdriver;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use desk::Desk;
pub use machine::{Display, Home};

/// Looks again and again until it finds what is wanted; `Err` tells what there is instead. Gives up after
/// `within`, with the last of these.
pub fn eventually<T>(within: Duration, mut look: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let start = Instant::now();
    loop {
        match look() {
            Ok(found) => return Ok(found),
            Err(instead) if start.elapsed() > within => return Err(instead),
            Err(_) => std::thread::sleep(Duration::from_millis(40)),
        }
    }
}

/// Cargo's target folder: a test lies in `<target>/<profile>/deps`.
fn target() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it lies");
    test.ancestors().nth(3).expect("tests lie in <target>/<profile>/deps").to_owned()
}

/// The program under test, built by the same profile.
fn application() -> PathBuf {
    let path = target().join("debug/foolscap-desktop");
    let path = std::env::var_os("FOOLSCAP_DESKTOP").map_or(path, PathBuf::from);
    assert!(
        path.is_file(),
        "there is no {}; build it: cargo build --workspace --bins --tests",
        path.display()
    );
    path.canonicalize().expect("a file that is there has a path")
}

/// The program between WebDriver and the window.
fn driver() -> PathBuf {
    let path = std::env::var_os("FOOLSCAP_TAURI_DRIVER").map(PathBuf::from);
    let path = path.unwrap_or_else(|| target().join("tools/bin/tauri-driver"));
    assert!(path.is_file(), "there is no {}; install it: cargo xtask setup", path.display());
    path
}

/// Where screenshots and what is left of failures go.
fn evidence() -> PathBuf {
    let folder = target().join("window");
    std::fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    folder
}

fn write(path: &Path, content: &[u8]) {
    path.parent().map(std::fs::create_dir_all);
    std::fs::write(path, content).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}
