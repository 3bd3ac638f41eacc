//! Asking about scenes of a library, as it is typed.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

struct Desk(tempfile::TempDir);

impl Desk {
    /// With a project of two scenes and some lore.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let novel = desk.path("Lamp.md");
        let text =
            "# One\n\nThe lamp was out. Ada swore and went down to the boat.\n\n***\n\nIt was very late.\n";
        std::fs::write(&novel, text).unwrap();
        desk.out(&["import", novel.to_str().unwrap(), "--project", "Lamp"]);
        desk.out(&["lore", "add", "Lamp", "Ada", "--long", "sixteen, proud"]);
        desk.out(&["lore", "add", "Lamp", "Zoe", "--long", "a ship"]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, words: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_foolscap"))
            .args(words)
            .env("FOOLSCAP_LIBRARY", self.path("library.foolscap"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Who needs no input may be gone by now.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn out(&self, words: &[&str]) -> String {
        let output = self.run(words, "");
        assert!(output.status.success(), "{}", err(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.out(words)).unwrap()
    }

    /// Text and settings of what was kept for a scene.
    fn kept(&self, scene: u32) -> Vec<(String, String)> {
        let library = rusqlite::Connection::open(self.path("library.foolscap")).unwrap();
        let mut query = library.prepare("SELECT text, settings FROM suggestion WHERE scene = ?1").unwrap();
        let rows = query.query_map([scene], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_scene_is_carried_on_and_the_words_are_kept_with_their_origin() {
    let desk = Desk::new();
    let answer = desk.json(&["ask", "continue", "1", "--words", "8", "--seed", "3", "--json"]);
    assert_eq!((&answer["seed"], &answer["prompt"]), (&3.into(), &"continue v2".into()));
    let text = answer["candidates"][0]["text"].as_str().unwrap();
    assert!(!text.is_empty());
    let kept = desk.kept(1);
    assert_eq!((kept.len(), kept[0].0.as_str()), (1, text));
    // It is found again, with where it was to go.
    let earlier = desk.json(&["show", "1", "--suggestions", "--json"]);
    let [request] = earlier.as_array().unwrap().as_slice() else { panic!("{earlier}") };
    assert_eq!((&request["action"]["kind"], &request["seed"]), (&"continue".into(), &3.into()));
    assert_eq!(request["candidates"][0]["text"], text);
    assert!(request["place"]["before"].as_str().unwrap().ends_with("down to the boat."), "{request}");
    let told = desk.out(&["show", "1", "--suggestions"]);
    assert!(told.contains("continue, Foolscap Starter, continue v2\n  1  "), "{told}");
    let settings: Value = serde_json::from_str(&kept[0].1).unwrap();
    assert_eq!(settings["context"], serde_json::json!(["lore:1"]));
    // Nothing was said of it, and what it was is kept.
    assert!(settings["temperature"].as_f64().is_some_and(|t| t > 0.0), "{settings}");
    assert!(settings["top_k"].is_u64() && settings["seed"].is_null(), "{settings}");
}

#[test]
fn a_plan_tells_what_goes_in_and_what_does_not_and_writes_nothing() {
    let desk = Desk::new();
    let table = desk.out(&["ask", "brainstorm", "1", "--plan"]);
    for said in [
        "brainstorm v2 (ideas)",
        "text before",
        "lore:1",
        "named: Ada",
        "lore:2",
        "none of its names",
        "of 512 tokens",
    ] {
        assert!(table.contains(said), "{said} is missing in\n{table}");
    }
    let plan = desk.json(&["ask", "continue", "1", "--plan", "--json", "--off", "lore:1", "--on", "lore:2"]);
    let why: Vec<(&str, Option<&str>)> = plan["context"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["id"].as_str().unwrap(), item["why"].as_str()))
        .collect();
    assert_eq!(why, [("lore:2", None), ("lore:1", Some("switched_off"))]);
    let prompt = desk.out(&["ask", "continue", "1", "--prompt"]);
    assert!(
        prompt.starts_with("[Ada: sixteen, proud]\n") && prompt.trim_end().ends_with("the boat."),
        "{prompt}"
    );
    assert!(desk.kept(1).is_empty());
}

#[test]
fn places_selections_and_variants_are_as_typed() {
    let desk = Desk::new();
    let prompt = desk.out(&["ask", "continue", "1", "--at", "17", "--off", "lore:1", "--prompt"]);
    assert!(prompt.contains("The lamp was out.<|fim_suffix|> Ada swore"), "{prompt}");
    let plan =
        desk.json(&["ask", "rewrite", "1", "--select", "18..27", "--variant", "shorter", "--plan", "--json"]);
    assert_eq!((&plan["variant"], &plan["prompt"]), (&"shorter".into(), &"rewrite v3".into()));
    let names = desk.json(&[
        "ask",
        "brainstorm",
        "1",
        "--variant",
        "names",
        "--candidates",
        "2",
        "--seed",
        "1",
        "--json",
    ]);
    for candidate in names["candidates"].as_array().unwrap() {
        let name = candidate["text"].as_str().unwrap();
        assert!(!name.is_empty() && !name.contains('\n'), "{name:?}");
    }
}

#[test]
fn a_text_from_standard_input_needs_no_library_and_can_have_a_project() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let output =
        desk.run(&["ask", "continue", "-", "--words", "6", "--seed", "1"], "Once upon a time there was\n");
    assert!(output.status.success() && !output.stdout.is_empty(), "{}", err(&output));
    assert!(!desk.path("library.foolscap").exists());
    let desk = Desk::new();
    let output = desk.run(&["ask", "continue", "--project", "Lamp", "--prompt"], "The Zoe came in");
    assert!(String::from_utf8_lossy(&output.stdout).contains("[Zoe: a ship]"), "{}", err(&output));
}

#[test]
fn while_the_window_has_the_library_it_is_read_and_nothing_is_kept() {
    let desk = Desk::new();
    let held = foolscap_app::Studio::open(&desk.path("library.foolscap")).unwrap();
    let output = desk.run(&["ask", "continue", "1", "--words", "5"], "");
    assert!(output.status.success() && err(&output).contains("not kept"), "{}", err(&output));
    drop(held);
    assert!(desk.kept(1).is_empty());
}

#[test]
fn what_cannot_be_asked_is_told_with_the_way_out() {
    let desk = Desk::new();
    let refused = |words: &[&str]| {
        let output = desk.run(words, "");
        assert!(!output.status.success());
        err(&output)
    };
    assert!(refused(&["ask", "rewrite", "1"]).contains("shorter"));
    assert!(refused(&["ask", "rewrite", "1", "--variant", "louder"]).contains("livelier"));
    assert!(refused(&["ask", "bridge", "1"]).contains("two passages"));
    assert!(refused(&["ask", "translate", "1"]).contains("language"));
    assert!(refused(&["ask", "continue", "77"]).contains("77"));
    assert!(refused(&["ask", "continue", "one"]).contains("foolscap list"));
    assert!(refused(&["ask", "continue", "1", "--off", "lore:9"]).contains("lore:1, lore:2"));
    assert!(refused(&["ask", "continue", "1", "--at", "9999"]).contains("characters"));
    assert!(refused(&["ask", "sing", "1"]).contains("brainstorm"));
    assert!(refused(&["ask"]).contains("Usage"));
}

#[test]
fn all_actions_and_variants_are_listed() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let list = desk.out(&["ask", "--list"]);
    for said in ["continue", "rewrite", "shorter", "names", "translate", "numbered list of beats"] {
        assert!(list.contains(said), "{said}: {list}");
    }
    let all = desk.json(&["ask", "--list", "--json"]);
    assert_eq!((all.as_array().unwrap().len(), &all[11]["kind"]), (12, &"unstick".into()));
    assert!(list.contains("unstick"), "{list}");
    assert!(desk.out(&["ask", "--help"]).contains("Examples"));
}

#[test]
fn who_is_stuck_is_asked_and_then_helped_with_what_fits() {
    let desk = Desk::new();
    let asks = desk.out(&["ask", "unstick", "1"]);
    assert!(asks.starts_with("What is missing?\n") && asks.contains("what_next"), "{asks}");
    let asks = desk.json(&["ask", "unstick", "1", "--answer", "what-next", "--json"]);
    assert_eq!((&asks["step"], &asks["question"]), (&"ask".into(), &"words_or_ideas".into()));
    assert!(desk.kept(1).is_empty());

    let words =
        ["ask", "unstick", "1", "--answer", "what_next", "--answer", "words", "--words", "8", "--seed", "3"];
    let helped = desk.run(&words, "");
    assert!(helped.status.success() && !helped.stdout.is_empty(), "{}", err(&helped));
    let told = err(&helped);
    assert!(told.contains("what happens next, since you said so") && told.contains("continue"), "{told}");
    let json = desk.json(&[&words[..], &["--json"]].concat());
    assert_eq!(json["unstick"]["action"]["kind"], "continue");
    let text = json["candidates"][0]["text"].as_str().unwrap();
    let kept = desk.kept(1);
    assert_eq!((kept.len(), kept[1].0.as_str()), (2, text));

    // What is seen is not asked, and another kind can be named.
    let selected = desk.json(&["ask", "unstick", "1", "--select", "0..16", "--plan", "--json"]);
    assert_eq!(selected["prompt"], "rewrite v3");
    let other =
        desk.json(&["ask", "unstick", "1", "--select", "0..16", "--stuck", "too_much", "--plan", "--json"]);
    assert!(other["prompt"].as_str().unwrap().starts_with("outline"), "{other}");
    let output = desk.run(&["ask", "unstick", "--answer", "words", "--words", "5"], "\n");
    assert!(output.status.success() && err(&output).contains("the page is blank"), "{}", err(&output));

    let refused = |words: &[&str]| {
        let output = desk.run(words, "");
        assert_eq!(output.status.code(), Some(2));
        err(&output)
    };
    assert!(refused(&["ask", "unstick", "1", "--answer", "tired"]).contains("lost_thread"));
    assert!(refused(&["ask", "unstick", "1", "--variant", "next"]).contains("by its name"));
    assert!(refused(&["ask", "continue", "1", "--answer", "words"]).contains("unstick"));
}

#[test]
fn a_critique_of_a_model_that_follows_no_instructions_is_refused_with_the_way_out() {
    let desk = Desk::new();
    for kind in ["critique", "check"] {
        let output = desk.run(&["ask", kind, "1"], "");
        assert_eq!(output.status.code(), Some(1));
        let told = err(&output);
        assert!(told.contains("follows instructions") && told.contains("foolscap models search"), "{told}");
    }
    let help = desk.out(&["ask", "--help"]);
    assert!(help.contains("ask check 12 --json") && help.contains("3 a check found"), "{help}");
    assert!(desk.out(&["ask", "--list"]).contains("critique"));
}
