//! The program as it is typed: real files, real pipes, exit codes.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn foolscap() -> &'static str {
    env!("CARGO_BIN_EXE_foolscap")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(foolscap()).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn sample() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples/the-miller-of-the-dry-river.md");
    path.canonicalize().unwrap().display().to_string()
}

#[test]
fn a_page_goes_on_the_same_way_with_the_same_seed_and_figures_are_told() {
    let first = run(&["continue", &sample(), "--seed", "7"]);
    let again = run(&["continue", &sample(), "--seed", "7"]);
    assert!(first.status.success(), "{}", err(&first));
    assert!(out(&first).split_whitespace().count() > 5);
    assert_eq!(out(&first), out(&again));
    assert!(err(&first).contains("tokens/s") && err(&first).contains("seed 7"), "{}", err(&first));
}

#[test]
fn standard_input_is_as_good_as_a_file() {
    let file = run(&["continue", &sample(), "--seed", "3", "--words", "10"]);
    let mut child = Command::new(foolscap())
        .args(["continue", "-", "--seed", "3", "--words", "10"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(sample()).unwrap()).unwrap();
    assert_eq!(out(&child.wait_with_output().unwrap()), out(&file));
}

#[test]
fn ideas_are_several_and_numbered() {
    let output = run(&["brainstorm", &sample(), "--seed", "1", "--candidates", "3"]);
    let lines: Vec<String> = out(&output).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    for (i, line) in lines.iter().enumerate() {
        assert!(line.starts_with(&format!("{}. ", i + 1)), "{line}");
    }
}

#[test]
fn a_passage_is_rewritten_from_the_words_around_it_and_json_tells_all() {
    let output = run(&[
        "rewrite",
        &sample(),
        "--select",
        "36..100",
        "--instruction",
        "shorter",
        "--seed",
        "2",
        "--json",
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(json["seed"], 2);
    assert_eq!(json["prompt"], "rewrite v3");
    assert!(!json["candidates"][0]["text"].as_str().unwrap().is_empty());
    let parts = json["context"]["parts"].as_array().unwrap();
    assert!(parts.iter().any(|p| p["name"] == "after" && p["tokens"].as_u64() > Some(0)));
    assert!(json["figures"]["decode_tok_s"].as_f64().unwrap() > 0.0);
}

#[test]
fn an_empty_page_can_be_brainstormed_on() {
    let output = run(&["brainstorm", "-", "--seed", "1"]);
    assert!(output.status.success() && out(&output).lines().count() >= 3, "{}{}", out(&output), err(&output));
}

#[test]
fn usage_errors_exit_with_2_and_say_what_is_wanted() {
    for arguments in [
        &["continue"][..],
        &["continue", "x", "--at", "0:1"],
        &["rewrite", "x"],
        &["rewrite", &sample(), "--select", "0..999999", "--instruction", "x"],
        &["continue", &sample(), "--at", "999:1"],
        &["continue", "x", "--temperature", "9"],
        &["inspect", "starter", "--logits", "1,x", "/dev/null"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
        assert!(!err(&output).is_empty());
    }
}

#[test]
fn bad_files_give_one_line_and_exit_1() {
    let dir = tempfile::tempdir().unwrap();
    let starter =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/starter/foolscap-starter.gguf");
    let whole = std::fs::read(starter).unwrap();
    let mut counts = whole[..64].to_vec();
    counts[8..24].fill(0xff);
    let cases: [(&str, &[u8], &str); 6] = [
        ("empty", b"", "empty"),
        ("zip", b"PK\x03\x04....", "not a GGUF"),
        ("cut-early", &whole[..1000], "room for"),
        ("cut-late", &whole[..whole.len() - 1000], "cut short"),
        ("counts", &counts, "room for"),
        ("magic", b"GGU", "not a GGUF"),
    ];
    for (name, bytes, expected) in cases {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let path = path.display().to_string();
        for arguments in
            [&["inspect", &path][..], &["continue", &sample(), "--model", &path], &["bench", &path]]
        {
            let output = run(arguments);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
            assert!(err(&output).contains(expected), "{name}: {}", err(&output));
        }
    }
    let text = dir.path().join("latin1.txt");
    std::fs::write(&text, b"caf\xe9").unwrap();
    let output = run(&["continue", &text.display().to_string()]);
    assert!(output.status.code() == Some(1) && err(&output).contains("UTF-8"), "{}", err(&output));
}

#[test]
fn a_model_is_described_for_people_and_for_programs() {
    let people = out(&run(&["inspect", "starter"]));
    for word in ["architecture", "llama", "quantization", "Q8_0", "tokenizer", "memory", "small model to try"]
    {
        assert!(people.contains(word), "{word} is missing in {people}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(&["inspect", "starter", "--json"]))).unwrap();
    assert_eq!(json["architecture"], "llama");
    assert!(json["memory"]["weights"].as_u64() > Some(1_000_000));
}

#[test]
fn tokens_and_logits_can_be_had() {
    let dir = tempfile::tempdir().unwrap();
    let ids = out(&run(&["inspect", "starter", "--tokenize", &sample()]));
    let ids: Vec<u32> = serde_json::from_str(&ids).unwrap();
    let npy = dir.path().join("logits.npy");
    let output = run(&["inspect", "starter", "--logits", "5,6,7", &npy.display().to_string()]);
    assert!(ids.len() > 50 && output.status.success(), "{}", err(&output));
    let bytes = std::fs::read(npy).unwrap();
    assert!(bytes.starts_with(b"\x93NUMPY\x01\x00") && (bytes.len() - 128).is_multiple_of(3 * 4));
}

#[test]
fn a_whole_text_has_the_tokens_before_it_that_the_model_wants() {
    let ids = |more: &[&str]| -> Vec<u32> {
        let sample = sample();
        let all = [&["inspect", "starter", "--tokenize", &sample], more].concat();
        serde_json::from_str(&out(&run(&all))).unwrap()
    };
    let (text, whole) = (ids(&[]), ids(&["--whole"]));
    assert!(whole.len() >= text.len() && whole.windows(text.len()).any(|w| w == text));
}

#[test]
fn an_answer_can_have_a_form_and_tell_its_chances() {
    let sample = sample();
    let name = ["brainstorm", &sample, "--candidates", "2", "--regex", "[A-Z][a-z]{2,8}", "--json"];
    let output = run(&[&name[..], &["--probabilities", "3", "--seed", "5"]].concat());
    let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    for candidate in json["candidates"].as_array().unwrap() {
        let text = candidate["text"].as_str().unwrap();
        assert!((3..=9).contains(&text.len()) && text.chars().all(char::is_alphabetic), "{text:?}");
        let tokens = candidate["tokens"].as_array().unwrap();
        let first = &tokens[0]["likeliest"][0];
        assert!(first["probability"].as_f64() > Some(0.0) && first["id"].is_u64(), "{first}");
        assert!(text.starts_with(tokens[0]["text"].as_str().unwrap()));
    }
    let wrong = run(&["continue", &sample, "--regex", "("]);
    assert!(!wrong.status.success() && err(&wrong).contains("grammar"), "{}", err(&wrong));
}

#[test]
fn speed_is_measured_as_numbers() {
    let arguments = ["bench", "starter", "--prompt", "16", "--generate", "4", "--threads", "1", "--json"];
    let output = run(&arguments);
    let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    for figure in ["prefill_tok_s", "decode_tok_s", "load_s", "peak_rss_mb"] {
        assert!(json[figure].as_f64().unwrap() > 0.0, "{figure}");
    }
}

#[test]
fn completions_and_help_are_there() {
    assert!(out(&run(&["completions", "bash"])).contains("foolscap"));
    for command in ["continue", "brainstorm", "rewrite", "inspect", "bench", "completions"] {
        assert!(out(&run(&[command, "--help"])).contains("Example"), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_came_and_exits_with_130() {
    let mut child = Command::new(foolscap())
        .args(["continue", &sample(), "--words", "3000", "--seed", "1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = [0];
    std::io::Read::read_exact(&mut stdout, &mut first).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut rest = String::new();
    while stdout.read_line(&mut rest).unwrap() > 0 {}
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(rest.ends_with('\n'));
}
