//! Prompts and experiments from the command line: the sample experiment run, killed, gone on with, judged and reported.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foolscap"));
        command.args(words).env("FOOLSCAP_LIBRARY", self.path("library.foolscap")).env_remove("VISUAL");
        command
    }

    fn run<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Output {
        self.command(words).output().unwrap()
    }

    fn out<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Value {
        serde_json::from_str(&self.out(words)).unwrap()
    }

    fn refused<S: AsRef<std::ffi::OsStr>>(&self, words: &[S], code: i32) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stderr).unwrap()
    }

    /// What is printed to what is typed.
    fn typed(&self, words: &[&str], typed: &str) -> String {
        let mut command = self.command(words);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    }
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The answers of the latest experiment by their places, as they were kept.
fn answers(desk: &Desk) -> HashSet<(u64, u64, u64, String)> {
    let lines = desk.out(&["experiment", "report", "--format", "jsonl"]);
    let answer = |line: &str| {
        let line = serde_json::from_str::<Value>(line).unwrap()["line"].clone();
        let number = |name: &str| line[name].as_u64().unwrap();
        (number("arm"), number("passage"), number("repeat"), line["text"].as_str().unwrap().to_owned())
    };
    lines.lines().map(answer).collect()
}

#[test]
fn the_sample_experiment_is_killed_gone_on_with_judged_blind_and_reported() {
    let desk = Desk::new();
    let file = samples().join("experiment.toml");
    let run = ["experiment", "run", text(&file), "--json"];
    let mut child = desk.command(&run).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    told.find(|line| line.as_ref().unwrap().contains("10 of 60")).unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();

    let before = answers(&desk);
    assert!((10..60).contains(&before.len()), "{} answers", before.len());
    let output = desk.run(&run);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("goes on after"), "{told}");
    let results: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (results["summary"]["done"].as_u64(), results["summary"]["failed"].as_u64()),
        (Some(60), Some(0))
    );
    let after = answers(&desk);
    assert_eq!(after.len(), 60);
    assert!(before.is_subset(&after), "what came before the kill stays");
    // The same again has nothing to do.
    assert_eq!(desk.json(&run)["summary"]["id"], results["summary"]["id"]);

    let judged = desk.typed(&["experiment", "judge"], "1\n2\n0\nu\nwhat\n1\n1\nq\n");
    assert!(judged.contains("Which would you rather have written?"));
    let shown = judged.split("strength").next().unwrap();
    assert!(
        !shown.contains("continue v2") && !shown.contains("cooler"),
        "nobody sees whose they are: {shown}"
    );
    assert!(judged.contains("60 of 60 answers, 4 choices"), "{judged}");
    let page = desk.path("report.html");
    desk.out(&["experiment", "report", "--out", text(&page)]);
    let page = fs::read_to_string(page).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("4 choices made blind"));
    assert!(!page.contains("http://") || page.contains("www.w3.org"), "it asks nobody");
    assert!(!page.contains("<script") && !page.contains("src="), "it needs nothing else");
    let csv = desk.out(&["experiment", "report", "--format", "csv"]);
    assert!(csv.starts_with("answer,arm,prompt,model,on this machine"));
}

#[test]
fn a_check_below_its_threshold_fails_the_command() {
    let desk = Desk::new();
    fs::write(desk.path("p.jsonl"), "{\"before\": \"The rain came down on\"}\n").unwrap();
    let plan = |threshold: &str| {
        format!(
            "name = \"Too much\"\nprompts = [\"continue\"]\npassages = \"p.jsonl\"\nwords = 10\n\
             [[checks]]\nkind = \"contains\"\ntexts = [\"zebra crossing\"]\n{threshold}"
        )
    };
    fs::write(desk.path("e.toml"), plan("threshold = 1.0\n")).unwrap();
    let file = desk.path("e.toml");
    let told = desk.refused(&["experiment", "run", text(&file)], 1);
    assert!(told.contains("below its threshold") && told.contains("0 of 1"), "{told}");
    // One that is only told fails nothing.
    fs::write(&file, plan("")).unwrap();
    assert!(desk.out(&["experiment", "run", text(&file)]).contains("0 of 1"));
    fs::write(&file, plan("treshold = 1.0\n")).unwrap();
    assert!(desk.refused(&["experiment", "run", text(&file)], 2).contains("treshold"));
    fs::write(&file, "name = \"x\"\nprompts = [\"nobody v3\"]\npassages = \"p.jsonl\"").unwrap();
    assert!(desk.refused(&["experiment", "run", text(&file)], 2).contains("nobody v3"));
    // What is written past everything is no experiment, and a column that nobody reads is told.
    fs::write(&file, "name = \"x\"\nprompts = [\"continue\"]\npassages = \"p.csv\"\n[[settings]]\nwords = 8")
        .unwrap();
    fs::write(desk.path("p.csv"), "befor\nx\n").unwrap();
    fs::write(desk.path("q.csv"), "before,mood\n,\n").unwrap();
    let run = desk.run(&["experiment", "run", text(&file)]);
    assert!(String::from_utf8(run.stderr).unwrap().contains("\"befor\""));
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("p.csv", "q.csv")).unwrap();
    assert!(desk.refused(&["experiment", "run", text(&file)], 2).contains("passage 1 is empty"));
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("words = 8", "temperature = -1.0")).unwrap();
    assert!(desk.refused(&["experiment", "run", text(&file)], 2).contains("temperature"));
}

#[test]
fn an_answer_that_fails_is_told_and_tried_again() {
    let desk = Desk::new();
    fs::write(desk.path("p.jsonl"), "{\"before\": \"The rain came down on\"}\n").unwrap();
    let model = desk.path("gone.gguf");
    let plan = format!(
        "name = \"Two models\"\nprompts = [\"continue\"]\nmodels = [\"starter\", {:?}]\npassages = \"p.jsonl\"\nwords = 10\n",
        text(&model)
    );
    fs::write(desk.path("e.toml"), plan).unwrap();
    let file = desk.path("e.toml");
    let told = desk.refused(&["experiment", "run", text(&file)], 1);
    assert!(told.contains("1 of 2 answers failed"), "{told}");
    let report = desk.out(&["experiment", "report", "--format", "jsonl"]);
    assert!(report.contains("gone.gguf"), "{report}");
    fs::copy(samples().join("../models/starter/foolscap-starter.gguf"), &model).unwrap();
    assert!(desk.out(&["experiment", "run", text(&file)]).contains("2 of 2 answers"));
}

#[test]
fn an_endpoint_stands_in_as_a_model_and_is_marked() {
    let desk = Desk::new();
    desk.out(&["models", "set", "starter", "template=chatml"]);
    let mut server = desk
        .command(&["serve", "--port", "0", "--json", "--key", "a-key-for-tests"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = serde_json::from_str::<Value>(&line).unwrap()["address"].as_str().unwrap().to_owned();
    fs::write(desk.path("p.jsonl"), "{\"before\": \"The rain came down on\"}\n").unwrap();
    let plan = format!(
        "name = \"Elsewhere\"\nprompts = [\"continue\"]\npassages = \"p.jsonl\"\nwords = 10\nrepeats = 3\n\
         models = [{{ model = \"starter\", endpoint = {address:?}, key_variable = \"KEY_OF_TESTS\" }}]\n"
    );
    fs::write(desk.path("e.toml"), plan).unwrap();
    let file = desk.path("e.toml");
    let run = ["experiment", "run", text(&file), "--json"];
    let told = desk.refused(&run, 1);
    assert!(told.contains("3 of 3 answers failed"), "without its key: {told}");
    let output = desk.command(&run).env("KEY_OF_TESTS", "a-key-for-tests").output().unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let results: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (results["arms"][0]["elsewhere"].as_bool(), results["arms"][0]["answers"].as_u64()),
        (Some(true), Some(3))
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("not all of it is asked on this machine"));
    assert!(desk.out(&["experiment", "report"]).contains("not on this machine"));
}

#[test]
fn prompts_are_made_changed_compared_chosen_and_exported() {
    let desk = Desk::new();
    assert_eq!(desk.out(&["prompts", "new", "Quiet", "--action", "continue"]).trim(), "quiet v1");
    let text_of = desk.out(&["prompts", "show", "quiet"]);
    assert!(text_of.contains("name = \"Quiet\"") && text_of.contains("version = 1"), "{text_of}");
    let file = desk.path("q.md");
    fs::write(&file, text_of.replace("words = 60", "words = 25")).unwrap();
    let edit = ["prompts", "edit", "quiet", "--file", text(&file), "-m", "shorter"];
    assert_eq!(desk.out(&edit).trim(), "quiet v2");
    // An editor that is a program like any other.
    let editor = desk.path("editor.sh");
    fs::write(&editor, "#!/bin/sh\nsed -i 's/words = 25/words = 30/' \"$1\"\n").unwrap();
    let mut edit = desk.command(&["prompts", "edit", "Quiet"]);
    let edited = edit.env("EDITOR", format!("sh {}", text(&editor))).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&edited.stdout).trim(), "quiet v3", "{edited:?}");
    let differ = desk.run(&["prompts", "diff", "quiet v1", "quiet v2"]);
    let lines = String::from_utf8_lossy(&differ.stdout);
    assert!(
        differ.status.code() == Some(1) && lines.contains("- words = 60") && lines.contains("+ words = 25")
    );
    desk.out(&["prompts", "use", "quiet v2"]);
    assert!(desk.out(&["prompts", "list"]).contains("quiet v2  [in use everywhere]  shorter"));
    desk.out(&["new", "Story"]);
    let asked = desk.typed(&["ask", "continue", "-", "--project", "Story", "--plan"], "The sea was calm.\n");
    assert!(asked.starts_with("quiet v2"), "{asked}");
    let rendered = desk.typed(&["prompts", "render", "quiet v2"], "The sea was calm.\n");
    assert!(rendered.contains("The sea was calm."), "{rendered}");
    let folder = desk.path("prompts");
    desk.out(&["prompts", "export", text(&folder)]);
    assert!(fs::read_to_string(folder.join("quiet.md")).unwrap().contains("version = 3"));
    let other = Desk::new();
    assert_eq!(other.out(&["prompts", "import", text(&folder)]).trim(), "quiet v1");
    assert_eq!(desk.out(&["prompts", "import", text(&folder)]).trim(), "quiet v3");
    desk.out(&["prompts", "archive", "quiet"]);
    assert!(!desk.out(&["prompts", "list"]).contains("Quiet"));
    assert!(desk.refused(&["prompts", "show", "quiet v9"], 1).contains("quiet v9"));
}

#[test]
fn templates_that_run_away_are_stopped_with_the_line_that_does() {
    let desk = Desk::new();
    let file = desk.path("p.md");
    let original = desk.out(&["prompts", "show", "continue"]);
    let bodies = [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
            "does not come to an end",
        ),
        ("{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}", ""),
        (
            "{% for a in range(9000) %}{% for b in range(3) %}{{ before }}{% endfor %}{% endfor %}{{ before * 9 }}",
            "operator",
        ),
    ];
    for (body, why) in bodies {
        let at = original.find("# Completion").unwrap();
        fs::write(
            &file,
            format!("{}# Completion\n\n{body}\n", &original[..at]).replace("\"Continue\"", "\"Wild\""),
        )
        .unwrap();
        let output = desk.run(&["prompts", "check", text(&file)]);
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("Wild (Completion)") && told.contains(why), "{told}");
        assert!(!desk.run(&["prompts", "import", text(&file)]).status.success());
    }
    fs::write(&file, original).unwrap();
    desk.out(&["prompts", "check", text(&file)]);
}
