//! `cargo xtask test`: everything that must pass, cheapest first so that it fails fast. All the cargo steps build the same:
//! one selection and one set of features (another would make cargo resolve features anew and compile the window's
//! dependencies a second time), and clippy as the compiler of our own crates, since a `cargo clippy` of its own goes
//! through all dependencies once more.

use std::path::PathBuf;

use crate::packages;
use crate::page;
use crate::setup;
use crate::steps::{Failure, Line, Steps};

/// All our crates, the test of the window among their targets.
const ALL: [&str; 3] = ["--workspace", "--features", "foolscap-tests/window"];

/// A step of cargo's, with clippy as the compiler of our own crates; a warning is an error. What is built so is not what is
/// built while one works (`cargo build`), and nobody changes a line of it: nothing is kept for building it again in part.
pub fn cargo(words: &[&str], more: &[&str]) -> Line {
    with_clippy(Line::cargo([words, &ALL[..], more].concat()))
}

fn with_clippy(line: Line) -> Line {
    line.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        .env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__")
        .env("CARGO_INCREMENTAL", "0")
}

/// What the machine offers, as far as it changes the plan.
#[derive(Default)]
struct Found {
    nextest: bool,
    deny: bool,
    /// llama.cpp, to compare with.
    peer: bool,
    /// LibreOffice and epubcheck, to read what we write.
    readers: bool,
    /// A folder with llama.cpp's vocabularies.
    vocabularies: bool,
    /// A Python with the client that the server is tested with.
    openai: Option<PathBuf>,
    /// Only asked for when the slow steps run.
    chromium: PathBuf,
    /// None where windows cannot be driven.
    driver: Option<PathBuf>,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Run(&'static str, Line),
    Skip(&'static str, &'static str),
}

pub fn test(steps: &mut Steps, fast: bool) -> Result<(), Failure> {
    let wanted = if fast { packages::WINDOW } else { packages::TESTS };
    steps.work("set-up: system packages", || setup::system(wanted))?;
    let found = steps.work("set-up: tools", || {
        setup::components()?;
        setup::node()?;
        let chromium = if fast { PathBuf::new() } else { setup::chromium()? };
        Ok(Found {
            nextest: setup::has_cargo("nextest"),
            deny: setup::has_cargo("deny"),
            peer: setup::has_peer(),
            readers: setup::has_readers(),
            vocabularies: std::env::var_os("FOOLSCAP_VOCABULARIES").is_some(),
            openai: None,
            chromium,
            driver: None,
        })
    })?;
    let driver = if fast || !cfg!(target_os = "linux") { None } else { Some(setup::driver(steps)?) };
    let openai = setup::openai(steps)?;
    let found = Found { driver, openai, ..found };

    follow(steps, [Step::Run("format", Line::cargo(["fmt", "--all", "--check"]))])?;
    page::install(steps)?;
    follow(steps, checks_of_the_page())?;
    page::build(steps)?;
    follow(steps, checks_of_rust(&found))?;
    if fast { Ok(()) } else { follow(steps, slow_checks(&found)) }
}

fn follow(steps: &mut Steps, plan: impl IntoIterator<Item = Step>) -> Result<(), Failure> {
    for step in plan {
        match step {
            Step::Run(name, line) => steps.run(name, &line)?,
            Step::Skip(name, why) => steps.skip(name, why),
        }
    }
    Ok(())
}

fn checks_of_the_page() -> Vec<Step> {
    vec![
        Step::Run("page: types", Line::npm(["run", "check"])),
        Step::Run("page: unit tests", Line::npm(["run", "test"])),
    ]
}

fn checks_of_rust(found: &Found) -> Vec<Step> {
    // The programs too: the test of the window drives one, those of the command line run another.
    let mut plan = vec![Step::Run("build, with clippy", cargo(&["build"], &["--all-targets"]))];
    plan.push(if found.deny {
        Step::Run("licences and sources", Line::cargo(["deny", "check", "bans", "licenses", "sources"]))
    } else {
        Step::Skip("licences and sources", "cargo-deny is not installed")
    });
    let with_client = |line: Line| match &found.openai {
        Some(python) => line.env("FOOLSCAP_OPENAI_PYTHON", python.to_string_lossy()),
        None => line,
    };
    if found.nextest {
        let all_but_the_window = ["-E", "not (package(foolscap-tests) and binary(window))"];
        plan.push(Step::Run("Rust tests", with_client(cargo(&["nextest", "run"], &all_but_the_window))));
        plan.push(Step::Run("examples in the docs", cargo(&["test"], &["--doc"])));
    } else {
        // Without the window's feature: there is no way to leave one target out.
        plan.push(Step::Run("Rust tests", with_client(with_clippy(Line::cargo(["test", "--workspace"])))));
    }
    // These are among the Rust tests, and a runner does not show what a passing test has to say.
    if !found.peer {
        plan.push(Step::Skip("beside llama.cpp", "pip install llama-cpp-python numpy"));
    }
    if !found.readers {
        plan.push(Step::Skip("beside LibreOffice and epubcheck", "`soffice` or `epubcheck` is not in PATH"));
    }
    if found.openai.is_none() {
        plan.push(Step::Skip("the OpenAI client's suite", "there is no Python 3 with venv"));
    }
    if !found.vocabularies {
        plan.push(Step::Skip("its vocabularies", "FOOLSCAP_VOCABULARIES names no folder"));
    }
    plan
}

fn slow_checks(found: &Found) -> Vec<Step> {
    let browser =
        Line::npm(["run", "test:browser"]).env("FOOLSCAP_CHROMIUM", found.chromium.to_string_lossy());
    let mut plan = vec![Step::Run("page in a browser", browser)];
    let Some(driver) = &found.driver else {
        plan.push(Step::Skip("the real window", "only on Linux is there a driver for it"));
        return plan;
    };
    // One window at a time: two would share the processor, and each is timed.
    let one_by_one =
        if found.nextest { &["--test-threads", "1"][..] } else { &["--", "--test-threads", "1"] };
    let runner = if found.nextest { &["nextest", "run"][..] } else { &["test"] };
    let line = cargo(runner, &[&["--test", "window"], one_by_one].concat())
        .env("FOOLSCAP_TAURI_DRIVER", driver.to_string_lossy());
    plan.push(Step::Run("the real window", line));
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(plan: Vec<Step>) -> Vec<String> {
        let line = |step| match step {
            Step::Run(_, line) => Line::to_string(&line),
            Step::Skip(name, why) => format!("skip {name}: {why}"),
        };
        plan.into_iter().map(line).collect()
    }

    #[test]
    fn rust_is_checked_with_whatever_runner_there_is() {
        let with = lines(checks_of_rust(&Found { nextest: true, deny: true, ..Found::default() }));
        let has = |plan: &[String], start: &str, end: &str| {
            plan.iter().any(|line| line.contains(start) && line.ends_with(end))
        };
        assert!(has(&with, "cargo nextest run --workspace", "binary(window))'"), "{with:?}");
        assert!(has(&with, "cargo test --workspace", "--doc"), "nextest leaves these out: {with:?}");
        assert!(with.contains(&"cargo deny check bans licenses sources".to_owned()));
        let client = Found { nextest: true, openai: Some("py".into()), ..Found::default() };
        let client = lines(checks_of_rust(&client));
        assert!(client.iter().any(|line| line.contains("FOOLSCAP_OPENAI_PYTHON=py")), "{client:?}");
        assert!(with.iter().any(|line| line.starts_with("skip the OpenAI client's suite")), "{with:?}");

        let without = lines(checks_of_rust(&Found::default()));
        assert!(has(&without, "cargo test --workspace", "cargo test --workspace"));
        assert!(without.contains(&"skip licences and sources: cargo-deny is not installed".to_owned()));
        assert!(without.contains(&"skip beside llama.cpp: pip install llama-cpp-python numpy".to_owned()));
    }

    #[test]
    fn every_cargo_step_selects_the_whole_workspace() {
        let found = Found { nextest: true, driver: Some("d".into()), ..Found::default() };
        let cargo = lines(checks_of_rust(&found)).into_iter().chain(lines(slow_checks(&found)));
        let compiling = cargo.filter(|line| line.contains("cargo ") && !line.contains("deny"));
        assert_eq!(compiling.filter(|line| !line.contains("--workspace")).count(), 0);
    }

    #[test]
    fn every_cargo_step_builds_the_same() {
        let found = Found { nextest: true, driver: Some("d".into()), ..Found::default() };
        let cargo = lines(checks_of_rust(&found)).into_iter().chain(lines(slow_checks(&found)));
        for line in cargo.filter(|line| line.contains("cargo ") && !line.contains("deny")) {
            for same in
                ["RUSTC_WORKSPACE_WRAPPER=clippy-driver", "CARGO_INCREMENTAL=0", "foolscap-tests/window"]
            {
                assert!(line.contains(same), "{line}");
            }
        }
    }

    #[test]
    fn the_window_is_left_out_where_it_cannot_be_driven() {
        let plan = lines(slow_checks(&Found::default()));
        assert!(plan[0].contains("test:browser"));
        assert!(plan[1].starts_with("skip the real window"), "{plan:?}");
    }
}
