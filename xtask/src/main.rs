//! `cargo xtask`: the few commands that take a fresh clone to a running and a tested Foolscap. They live in a
//! program of the workspace, not in shell scripts, so that they are typed, tested and the same everywhere.

mod long;
mod packages;
mod page;
mod run;
mod setup;
mod steps;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::steps::{Failure, Line, Steps};

const HELP: &str = "\
Set up, run and test Foolscap

Usage: cargo xtask <COMMAND>

Commands:
  run [--terminal]  Set everything up and open the window on the starter model; without a display,
                    or with --terminal, continue, brainstorm on and rewrite a sample in the terminal
  test [--fast]     Set everything up and check everything, from the formatting to the real window;
                    with --fast all but the page in a browser and the real window
  setup [--window]  Only the set-up: system packages and tools; with --window only what the window
                    needs to be built, not what its tests need
  parity [MODEL…]   Compare logits with llama.cpp's: on small models of every architecture and form,
                    or on the GGUF files that are named
  tokenizers FOLDER [TEXT…]
                    Compare tokens with llama.cpp's: on the vocabularies of a folder (models/ of its
                    source) with the inputs that lie beside them, and on texts
  fuzz [SECONDS]    Throw inputs made by chance at what reads files, texts and templates, each for so
                    many seconds (600); needs a nightly compiler and cargo-fuzz
  kills [N]         Kill processes that save, import and migrate, N times in all (1000), and look whether
                    a word is lost
  novel [TEXT]      Import, open, search and export a novel of 120,000 words, and tell how long it takes:
                    of a text, else of the corpus that FOOLSCAP_CORPUS names or ../shared/corpus has
  bench [--runs N] [--deep] MODEL…
                    Measure every target of speed on GGUF files, beside llama.cpp where it is
                    installed, into BENCHMARKS.md; --deep: after 8,192 tokens instead
  bindings          Generate ui/src/host/bindings.ts from the Rust types
  screenshots       Draw every view of the window, light and dark, into docs/views
";

#[derive(Debug, PartialEq, Eq)]
enum Command {
    Run { terminal: bool },
    Test { fast: bool },
    Setup { window: bool },
    Parity { models: Vec<String> },
    Tokenizers { arguments: Vec<String> },
    Fuzz { seconds: u32 },
    Kills { kills: u32 },
    Novel { text: Option<String> },
    Bench { arguments: Vec<String> },
    Bindings,
    Screenshots,
    Help,
}

impl Command {
    /// Errs with a sentence on the word that means nothing.
    fn read(words: &[&str]) -> Result<Command, String> {
        match *words {
            ["run"] => Ok(Command::Run { terminal: false }),
            ["run", "--terminal"] => Ok(Command::Run { terminal: true }),
            ["test"] => Ok(Command::Test { fast: false }),
            ["test", "--fast"] => Ok(Command::Test { fast: true }),
            ["setup"] => Ok(Command::Setup { window: false }),
            ["setup", "--window"] => Ok(Command::Setup { window: true }),
            ["parity", ref models @ ..] if !models.iter().any(|m| m.starts_with('-')) => {
                Ok(Command::Parity { models: models.iter().map(|&m| m.to_owned()).collect() })
            }
            ["tokenizers", ref arguments @ ..] if !arguments.iter().any(|a| a.starts_with('-')) => {
                Ok(Command::Tokenizers { arguments: arguments.iter().map(|&a| a.to_owned()).collect() })
            }
            ["fuzz"] => Ok(Command::Fuzz { seconds: 600 }),
            ["fuzz", seconds] if seconds.parse::<u32>().is_ok() => {
                Ok(Command::Fuzz { seconds: seconds.parse().unwrap_or_default() })
            }
            ["kills"] => Ok(Command::Kills { kills: 1000 }),
            ["kills", kills] if kills.parse::<u32>().is_ok_and(|kills| kills > 0) => {
                Ok(Command::Kills { kills: kills.parse().unwrap_or_default() })
            }
            ["novel"] => Ok(Command::Novel { text: None }),
            ["novel", text] if !text.starts_with('-') => Ok(Command::Novel { text: Some(text.to_owned()) }),
            ["bench", ref arguments @ ..] if !arguments.is_empty() && !arguments.contains(&"--help") => {
                Ok(Command::Bench { arguments: arguments.iter().map(|&word| word.to_owned()).collect() })
            }
            ["bench"] => Err("`bench` wants a model: a GGUF file".to_owned()),
            ["bindings"] => Ok(Command::Bindings),
            ["screenshots"] => Ok(Command::Screenshots),
            ["help" | "-h" | "--help"] | [_, "-h" | "--help"] => Ok(Command::Help),
            [] => Err("a command is missing".to_owned()),
            [
                command @ ("run" | "test" | "setup" | "parity" | "tokenizers" | "fuzz" | "kills" | "novel"
                | "bindings" | "screenshots"),
                ..,
                word,
            ] => Err(format!("`{command}` does not take `{word}`")),
            [word, ..] => Err(format!("there is no command `{word}`")),
        }
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let command = match Command::read(&words.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(command) => command,
        Err(problem) => {
            eprint!("xtask: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = std::env::set_current_dir(root()) {
        eprintln!(
            "xtask: cannot enter {}: {error}. Was the clone moved? Then: cargo clean -p xtask",
            root().display()
        );
        return ExitCode::FAILURE;
    }
    let mut steps = Steps::default();
    let outcome = match command {
        Command::Run { terminal } => run::run(&mut steps, terminal),
        Command::Test { fast } => test::test(&mut steps, fast),
        Command::Setup { window } => setup(&mut steps, window),
        Command::Parity { models } => comparison(&mut steps, "parity", models),
        Command::Tokenizers { arguments } => comparison(&mut steps, "tokenizers", arguments),
        Command::Fuzz { seconds } => fuzz(&mut steps, seconds),
        Command::Kills { kills } => long::kills(&mut steps, kills),
        Command::Novel { text } => long::novel(&mut steps, text),
        Command::Bench { arguments } => bench(&mut steps, arguments),
        Command::Bindings => bindings(&mut steps),
        Command::Screenshots => screenshots(&mut steps),
        Command::Help => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
    };
    print!("{}", steps.table());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root: the folder above this package.
fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Cargo's target folder, wherever the user has put it: this program lies in `<target>/<profile>/`.
fn target() -> PathBuf {
    let here = std::env::current_exe().ok();
    let target = here.as_deref().and_then(Path::parent).and_then(Path::parent);
    target.map_or_else(|| root().join("target"), Path::to_path_buf)
}

fn bindings(steps: &mut Steps) -> Result<(), Failure> {
    steps.work("set-up", || setup::system(packages::WINDOW))?;
    page::stand_in()?;
    // The test that compares the committed bindings with the Rust types writes them when it is told to.
    let line = Line::cargo(["test", "--workspace", "bindings"]).env("FOOLSCAP_WRITE_BINDINGS", "1");
    steps.run("bindings", &line)
}

/// The browser test that looks at every view for barriers keeps what it sees when it is told where.
fn screenshots(steps: &mut Steps) -> Result<(), Failure> {
    page::install(steps)?;
    let chromium = steps.work("set-up: Chromium", setup::chromium)?;
    let views = root().join("docs").join("views");
    let line = Line::npm(["run", "test:browser", "--", "browser/views"])
        .env("FOOLSCAP_CHROMIUM", chromium.to_string_lossy())
        .env("FOOLSCAP_VIEWS", views.to_string_lossy());
    steps.run("views", &line)
}

/// Builds and runs a program of the tests that compares us with llama.cpp.
fn comparison(steps: &mut Steps, program: &str, arguments: Vec<String>) -> Result<(), Failure> {
    steps.work("set-up", || setup::system(packages::WINDOW))?;
    page::stand_in()?;
    steps.run("build", &Line::cargo(["build", "--workspace", "--bins", "--tests"]))?;
    let path = target().join("debug").join(program);
    steps.run(program, &Line::new(&path.to_string_lossy(), arguments))
}

/// Measures the program as it is given to users.
fn bench(steps: &mut Steps, arguments: Vec<String>) -> Result<(), Failure> {
    steps.run("build", &Line::cargo(["build", "--release", "--package", "foolscap"]))?;
    let program = target().join("release").join(format!("foolscap{}", std::env::consts::EXE_SUFFIX));
    let out = root().join("BENCHMARKS.md");
    let fixed = [program, out].map(|path| path.to_string_lossy().into_owned());
    comparison(steps, "bench", fixed.into_iter().chain(arguments).collect())
}

fn fuzz(steps: &mut Steps, seconds: u32) -> Result<(), Failure> {
    let there = std::process::Command::new("cargo").args(["+nightly", "fuzz", "--version"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        return Err(Failure::Setup(
            "fuzzing needs a nightly compiler and cargo-fuzz; install them with\n  \
             rustup toolchain install nightly\n  cargo install cargo-fuzz --locked"
                .to_owned(),
        ));
    }
    let (corpus, lock) = (root().join("fuzz").join("corpus"), root().join("fuzz").join("Cargo.lock"));
    // The same versions as everywhere.
    std::fs::copy(root().join("Cargo.lock"), &lock).map_err(|error| Failure::File {
        what: "write",
        path: lock.display().to_string(),
        error,
    })?;
    let seeds = Line::cargo(["test", "--workspace", "--test", "fuzz"]);
    steps.run("seeds", &seeds.env("FOOLSCAP_WRITE_SEEDS", corpus.to_string_lossy()))?;
    for target in ["gguf", "tokenizer", "template"] {
        let limits =
            [format!("-max_total_time={seconds}"), "-timeout=20".to_owned(), "-rss_limit_mb=4096".to_owned()];
        let line = ["+nightly", "fuzz", "run", target, "--"].map(str::to_owned).into_iter().chain(limits);
        steps.run(&format!("fuzz: {target}"), &Line::cargo(line))?;
    }
    Ok(())
}

fn setup(steps: &mut Steps, window: bool) -> Result<(), Failure> {
    steps.work("set-up: system packages", || {
        setup::system(if window { packages::WINDOW } else { packages::TESTS })
    })?;
    steps.work("set-up: Node", setup::node)?;
    page::install(steps)?;
    if window {
        return Ok(());
    }
    steps.work("set-up: Rust components", setup::components)?;
    let chromium = steps.work("set-up: Chromium", setup::chromium)?;
    println!("  {}", chromium.display());
    setup::driver(steps)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_and_what_means_nothing_is_named() {
        assert_eq!(Command::read(&["run", "--terminal"]), Ok(Command::Run { terminal: true }));
        assert_eq!(Command::read(&["test"]), Ok(Command::Test { fast: false }));
        let models = vec!["a.gguf".to_owned()];
        assert_eq!(Command::read(&["parity", "a.gguf"]), Ok(Command::Parity { models }));
        assert_eq!(Command::read(&["fuzz", "60"]), Ok(Command::Fuzz { seconds: 60 }));
        assert!(Command::read(&["fuzz", "long"]).is_err());
        assert_eq!(Command::read(&["kills"]), Ok(Command::Kills { kills: 1000 }));
        assert_eq!(Command::read(&["kills", "30"]), Ok(Command::Kills { kills: 30 }));
        assert_eq!(Command::read(&["kills", "0"]), Err("`kills` does not take `0`".to_owned()));
        assert_eq!(Command::read(&["novel"]), Ok(Command::Novel { text: None }));
        assert_eq!(Command::read(&["test", "--help"]), Ok(Command::Help));
        assert_eq!(Command::read(&["test", "--slow"]), Err("`test` does not take `--slow`".to_owned()));
        assert_eq!(Command::read(&["bench"]), Err("`bench` wants a model: a GGUF file".to_owned()));
        assert_eq!(Command::read(&["dance"]), Err("there is no command `dance`".to_owned()));
        assert!(Command::read(&[]).is_err());
    }
}
