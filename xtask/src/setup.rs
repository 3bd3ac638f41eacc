//! Gets a machine ready: system packages, Node, a Chromium, the driver of the window. Everything is asked for
//! first and installed only when it is missing, so that a second run costs a fraction of a second; and what
//! cannot be installed from here ends in the exact command that does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::packages::{self, Package, Proof};
use crate::steps::{Failure, Line, Steps};

/// The oldest Node the page's build tool runs on.
const NODE: (u32, u32) = (20, 19);

/// Makes sure that the system packages are there.
pub fn system(wanted: &[Package]) -> Result<(), Failure> {
    // The window is WKWebView on macOS and WebView2 on Windows: part of the system.
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let debian = packages::is_debian(&os_release());
    let missing = missing(wanted, debian);
    if missing.is_empty() {
        return Ok(());
    }
    if !debian {
        return Err(Failure::Setup(format!(
            "these packages are missing, by Debian's names: {}.\n  Install what your system calls them; \
             pkg-config and PATH are asked again the next time",
            missing.join(" ")
        )));
    }
    apt(&missing)?;
    let still = self::missing(wanted, debian);
    if still.is_empty() {
        Ok(())
    } else {
        Err(by_hand(&still, "apt-get went through, but they are still not found"))
    }
}

fn missing(wanted: &[Package], debian: bool) -> Vec<&'static str> {
    let installed = if debian {
        let names = wanted.iter().map(|package| package.name);
        let answer = Command::new("dpkg-query")
            .args(["-W", "-f", "${Package} ${db:Status-Abbrev}\\n"])
            .args(names)
            .output();
        answer.map(|answer| packages::installed(&String::from_utf8_lossy(&answer.stdout))).unwrap_or_default()
    } else {
        Default::default()
    };
    packages::missing(wanted, &installed, |proof| match proof {
        Proof::Program(name) => in_path(name).is_some(),
        Proof::Module(name) => succeeds("pkg-config", &["--exists", name]),
    })
}

/// Installs packages through apt, as root or through a sudo that asks no password.
fn apt(names: &[&str]) -> Result<(), Failure> {
    let root = fs::metadata("/proc/self").is_ok_and(|own| is_root(&own));
    if !root && !succeeds("sudo", &["-n", "true"]) {
        return Err(by_hand(names, "this user is not root and sudo would ask for a password"));
    }
    let apt_get = |arguments: &[&str]| {
        let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        let words = words.iter().chain(arguments).copied();
        let line = if root {
            Line::new("env", words.skip(1))
        } else {
            Line::new("sudo", std::iter::once("-n").chain(words))
        };
        println!("  {line}");
        line.command().status().is_ok_and(|status| status.success())
    };
    let install: Vec<&str> =
        ["install", "-y", "--no-install-recommends"].iter().chain(names).copied().collect();
    // Without lists, or with old ones, apt-get does not find the packages: fetch them, but only then.
    if (has_lists() && apt_get(&install)) || (apt_get(&["update"]) && apt_get(&install)) {
        return Ok(());
    }
    Err(by_hand(names, "apt-get failed, see above"))
}

fn by_hand(names: &[&str], why: &str) -> Failure {
    Failure::Setup(format!(
        "system packages are missing, and {why}. This installs them:\n  \
         sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        names.join(" ")
    ))
}

fn has_lists() -> bool {
    let mut lists = fs::read_dir("/var/lib/apt/lists").into_iter().flatten().flatten();
    lists.any(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
}

#[cfg(unix)]
fn is_root(own: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(own) == 0
}

#[cfg(not(unix))]
fn is_root(_own: &fs::Metadata) -> bool {
    false
}

/// Makes sure that rustfmt and clippy belong to the toolchain.
pub fn components() -> Result<(), Failure> {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !succeeds("cargo", &[command, "--version"]) {
            return Err(Failure::Setup(format!(
                "cargo {command} is not there. This adds it: rustup component add {component}"
            )));
        }
    }
    Ok(())
}

/// Makes sure that a Node is there which the page builds on.
pub fn node() -> Result<(), Failure> {
    let (major, minor) = NODE;
    let way_out = format!(
        "The page is built with Node {major}.{minor} or later and its npm: install it from its makers, or by a \
         version manager such as nvm or fnm"
    );
    let Some(version) = says("node", &["--version"]) else {
        return Err(Failure::Setup(format!("there is no `node` in PATH. {way_out}")));
    };
    if numbers(&version).is_none_or(|version| version < NODE) {
        let problem = format!("`node --version` says {}, which is too old. {way_out}", version.trim());
        return Err(Failure::Setup(problem));
    }
    if succeeds(if cfg!(windows) { "npm.cmd" } else { "npm" }, &["--version"]) {
        Ok(())
    } else {
        Err(Failure::Setup(format!("there is a `node` in PATH but no `npm`. {way_out}")))
    }
}

/// The major and minor number in what `node --version` says, such as `v20.20.2`.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// A Chromium or Chrome that starts; on Debian and Ubuntu installed when there is none.
pub fn chromium() -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("FOOLSCAP_CHROMIUM").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return if starts(&named) {
            Ok(named)
        } else {
            Err(Failure::Setup(format!("FOOLSCAP_CHROMIUM names {}, which does not start", named.display())))
        };
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    let os_release = os_release();
    if cfg!(target_os = "linux") && packages::is_debian(&os_release) {
        apt(&[packages::chromium(&os_release)])?;
        if let Some(found) = find_chromium() {
            return Ok(found);
        }
    }
    Err(Failure::Setup(
        "no Chromium or Google Chrome was found for the tests of the page. Install either, or name one in \
         FOOLSCAP_CHROMIUM; `cargo xtask test --fast` does without"
            .to_owned(),
    ))
}

fn find_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    // Ubuntu's chromium-browser is a script that fails without the snap: only what starts counts.
    names.into_iter().filter_map(in_path).chain([mac]).find(|path| starts(path))
}

fn starts(browser: &Path) -> bool {
    let status = Command::new(browser).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// The program that stands between WebDriver and the window; built once, into the target folder.
pub fn driver(steps: &mut Steps) -> Result<PathBuf, Failure> {
    let tools = crate::target().join("tools");
    let driver = tools.join("bin/tauri-driver");
    if !driver.is_file() {
        // Unoptimised: it only hands requests on, and builds in a third of the time.
        let root = tools.to_string_lossy().into_owned();
        let words = ["install", "--locked", "--debug", "tauri-driver", "--version", "^2.1", "--root", &root];
        steps.run("set-up: tauri-driver", &Line::cargo(words))?;
    }
    Ok(driver)
}

/// The client of the OpenAI API that the server is tested with.
const OPENAI: &str = "openai==3.57.0";

/// A Python that has the OpenAI client: the one named in FOOLSCAP_OPENAI_PYTHON, or one of ours in the target folder. None
/// where there is no Python.
pub fn openai(steps: &mut Steps) -> Result<Option<PathBuf>, Failure> {
    let has_it = |python: &Path| succeeds(&python.to_string_lossy(), &["-c", "import openai"]);
    if let Some(named) = std::env::var_os("FOOLSCAP_OPENAI_PYTHON").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return match has_it(&named) {
            true => Ok(Some(named)),
            false => Err(Failure::Setup(format!(
                "FOOLSCAP_OPENAI_PYTHON names {}, which cannot import openai",
                named.display()
            ))),
        };
    }
    let folder = crate::target().join("tools/openai");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if has_it(&python) {
        return Ok(Some(python));
    }
    let makes_environments = || succeeds("python3", &["-c", "import venv, ensurepip"]);
    if !makes_environments() && cfg!(target_os = "linux") && packages::is_debian(&os_release()) {
        apt(&["python3", "python3-venv"])?;
    }
    if !makes_environments() {
        return Ok(None);
    }
    let folder = folder.to_string_lossy().into_owned();
    steps.run("set-up: a Python environment", &Line::new("python3", ["-m", "venv", "--clear", &folder]))?;
    let words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", OPENAI];
    steps.run("set-up: the OpenAI client", &Line::new(&python.to_string_lossy(), words))?;
    Ok(Some(python))
}

/// Whether cargo has this subcommand.
pub fn has_cargo(subcommand: &str) -> bool {
    succeeds("cargo", &[subcommand, "--version"])
}

/// Whether llama.cpp can be asked for its numbers: by the Python that the tests will use.
pub fn has_peer() -> bool {
    let python = std::env::var("FOOLSCAP_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    succeeds(&python, &["-c", "import llama_cpp, numpy"])
}

/// Whether LibreOffice, epubcheck and poppler are there, to read what we write.
pub fn has_readers() -> bool {
    ["soffice", "epubcheck", "pdftotext"].into_iter().all(|program| in_path(program).is_some())
}

fn os_release() -> String {
    fs::read_to_string("/etc/os-release").unwrap_or_default()
}

fn in_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    says(program, arguments).is_some()
}

fn says(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(numbers("v20.20.2\n"), Some((20, 20)));
        assert_eq!(numbers("v9.0.0"), Some((9, 0)));
        assert_eq!(numbers("v22.1.0-nightly2024"), Some((22, 1)));
        assert_eq!(numbers("20.1.0"), None);
        assert_eq!(numbers("not a version"), None);
        assert!(numbers("v20.18.1").unwrap() < NODE && numbers("v22.0.0").unwrap() > NODE);
    }

    #[test]
    fn what_cannot_be_installed_ends_in_the_command_that_does() {
        let told = by_hand(&["xvfb", "libxdo-dev"], "this user is not root").to_string();
        assert!(told.ends_with("apt-get install -y --no-install-recommends xvfb libxdo-dev"), "{told}");
    }
}
