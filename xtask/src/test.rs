//! `cargo xtask test`: everything that must pass, cheapest first so that it fails fast. There is one feature
//! set for all the cargo steps (`--workspace`, tests included): another selection would make cargo resolve
//! features anew and compile the window's dependencies a second time.

use std::path::PathBuf;

use crate::packages;
use crate::page;
use crate::setup;
use crate::steps::{Failure, Line, Steps};

/// Makes the test of the window a target of the workspace.
const WINDOW: [&str; 2] = ["--features", "foolscap-tests/window"];

/// What the machine offers, as far as it changes the plan.
#[derive(Default)]
struct Found {
    nextest: bool,
    deny: bool,
    /// llama.cpp, to compare with.
    peer: bool,
    /// LibreOffice, epubcheck and poppler, to read what we write.
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
    let clippy =
        [&["clippy", "--workspace", "--all-targets"], &WINDOW[..], &["--", "-D", "warnings"]].concat();
    let mut plan = vec![Step::Run("clippy", Line::cargo(clippy))];
    plan.push(if found.deny {
        Step::Run("licences and sources", Line::cargo(["deny", "check", "bans", "licenses", "sources"]))
    } else {
        Step::Skip("licences and sources", "cargo-deny is not installed")
    });
    // The programs too: the test of the window drives one, those of the command line run another.
    plan.push(Step::Run("build", Line::cargo(["build", "--workspace", "--bins", "--tests"])));
    let with_client = |line: Line| match &found.openai {
        Some(python) => line.env("FOOLSCAP_OPENAI_PYTHON", python.to_string_lossy()),
        None => line,
    };
    if found.nextest {
        plan.push(Step::Run("Rust tests", with_client(Line::cargo(["nextest", "run", "--workspace"]))));
        plan.push(Step::Run("examples in the docs", Line::cargo(["test", "--workspace", "--doc"])));
    } else {
        plan.push(Step::Run("Rust tests", with_client(Line::cargo(["test", "--workspace"]))));
    }
    // These are among the Rust tests, and a runner does not show what a passing test has to say.
    if !found.peer {
        plan.push(Step::Skip("beside llama.cpp", "pip install llama-cpp-python numpy"));
    }
    if !found.readers {
        let missing = "`soffice`, `epubcheck` or `pdftotext` is not in PATH";
        plan.push(Step::Skip("beside LibreOffice, epubcheck and poppler", missing));
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
    let words = if found.nextest {
        [&["nextest", "run", "--workspace"], &WINDOW[..], &["--test", "window", "--test-threads", "1"]]
            .concat()
    } else {
        [&["test", "--workspace"], &WINDOW[..], &["--test", "window", "--", "--test-threads", "1"]].concat()
    };
    let line = Line::cargo(words).env("FOOLSCAP_TAURI_DRIVER", driver.to_string_lossy());
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
        assert!(with.contains(&"cargo nextest run --workspace".to_owned()));
        assert!(
            with.contains(&"cargo test --workspace --doc".to_owned()),
            "nextest leaves these out: {with:?}"
        );
        assert!(with.contains(&"cargo deny check bans licenses sources".to_owned()));
        let client = Found { nextest: true, openai: Some("py".into()), ..Found::default() };
        let client = lines(checks_of_rust(&client));
        assert!(
            client.contains(&"FOOLSCAP_OPENAI_PYTHON=py cargo nextest run --workspace".to_owned()),
            "{client:?}"
        );
        assert!(with.iter().any(|line| line.starts_with("skip the OpenAI client's suite")), "{with:?}");

        let without = lines(checks_of_rust(&Found::default()));
        assert!(without.contains(&"cargo test --workspace".to_owned()));
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
    fn the_window_is_left_out_where_it_cannot_be_driven() {
        let plan = lines(slow_checks(&Found::default()));
        assert!(plan[0].contains("test:browser"));
        assert!(plan[1].starts_with("skip the real window"), "{plan:?}");
    }
}
