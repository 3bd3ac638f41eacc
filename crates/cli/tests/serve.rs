//! `foolscap serve` as other programs meet it: the official client's suite, and plain sockets for what no client does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const KEY: &str = "a-key-for-tests";

/// A server with the starter, which knows a conversation's form here.
struct Served {
    child: Child,
    log: BufReader<ChildStderr>,
    address: String,
    _folder: TempDir,
}

fn foolscap(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_foolscap"));
    command.args(arguments).env("FOOLSCAP_LIBRARY", folder.path().join("library.foolscap"));
    command.env_remove("FOOLSCAP_KEY").stdin(Stdio::null());
    command
}

impl Served {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let set = foolscap(&folder, &["models", "set", "starter", "template=chatml"]).output().unwrap();
        assert!(set.status.success(), "{}", String::from_utf8_lossy(&set.stderr));
        let mut command = foolscap(&folder, &["serve", "--port", "0", "--json", "--key", KEY]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&told["key"], &told["model"]), (&json!(KEY), &json!("starter")));
        let address = told["address"].as_str().unwrap().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
        Self { child, log, address, _folder: folder }
    }

    fn connect(&self) -> TcpStream {
        let host = self.address.trim_start_matches("http://").trim_end_matches("/v1");
        TcpStream::connect(host).unwrap()
    }

    fn send(&self, head: &str, body: &str) -> TcpStream {
        let mut stream = self.connect();
        let length = body.len();
        let request =
            format!("{head}\r\nHost: here\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Status and body.
    fn ask(&self, head: &str, body: &str) -> (u16, String) {
        let mut answer = String::new();
        self.send(head, body).read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    fn with_key(line: &str) -> String {
        format!("{line} HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/json")
    }

    /// Reads the log up to a line that has these words.
    fn wait_for(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert_ne!(self.log.read_line(&mut line).unwrap(), 0, "the server ended before {words:?}");
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The Python that has the client: the one named, or any that has it.
fn python() -> Option<String> {
    let named = std::env::var("FOOLSCAP_OPENAI_PYTHON").ok();
    let python = named.unwrap_or_else(|| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import openai"]).output();
    found.is_ok_and(|out| out.status.success()).then_some(python)
}

#[test]
fn the_official_client_passes_its_suite() {
    let Some(python) = python() else {
        println!("skipped: no Python with the client is here (pip install openai)");
        return;
    };
    let mut served = Served::start();
    let suite = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/openai/suite.py");
    let output = Command::new(python).arg(suite).args([&served.address, KEY, "starter"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{said}");
    // One of its cases goes away in the middle of an answer.
    served.wait_for("left before the end");
}

#[test]
fn without_the_key_nothing_is_told() {
    let served = Served::start();
    for head in ["GET /v1/models HTTP/1.1", "GET /nothing HTTP/1.1", "POST /v1/completions HTTP/1.1"] {
        assert_eq!(served.ask(head, "{}").0, 401, "{head}");
    }
    let (status, body) = served.ask("GET /v1/models HTTP/1.1\r\nAuthorization: Bearer other", "");
    assert!(status == 401 && !body.contains("starter"), "{body}");
}

#[test]
fn what_makes_no_sense_is_refused_in_words_and_the_server_lives() {
    let served = Served::start();
    let ask = |line: &str, body: &str| {
        let (status, body) = served.ask(&Served::with_key(line), body);
        let error: Value = serde_json::from_str(&body).unwrap();
        (status, error["error"]["message"].as_str().unwrap().to_owned())
    };
    assert_eq!(ask("GET /v2/models", "").0, 404);
    assert_eq!(ask("GET /v1/completions", "").0, 405);
    for body in ["", "{", "[]", r#"{"prompt": 7}"#, r#"{"model": "starter"}"#, "\u{0}"] {
        assert_eq!(ask("POST /v1/completions", body).0, 400, "{body:?}");
    }
    let (status, message) = ask("POST /v1/completions", r#"{"prompt": [4294967295]}"#);
    assert!(status == 400 && message.contains("no token"), "{message}");
    let (status, message) = ask("POST /v1/completions", r#"{"prompt": "a", "n": 1000}"#);
    assert!(status == 400 && message.contains("between 1 and 16"), "{message}");
    let (status, _) = served.ask(&Served::with_key("POST /v1/completions"), r#"{"prompt": "a"}"#);
    assert_eq!(status, 200);
}

#[test]
fn whoever_leaves_before_the_end_stops_the_work() {
    let mut served = Served::start();
    // Hours of work, if nobody stopped it: sixteen answers, again and again.
    let prompts = vec!["The lamp"; 64];
    for stream in [true, false] {
        let body = json!({ "prompt": prompts, "n": 16, "max_tokens": 500, "stream": stream }).to_string();
        let mut connection = served.send(&Served::with_key("POST /v1/completions"), &body);
        if stream {
            // Some of it has come.
            let mut first = [0; 1];
            connection.read_exact(&mut first).unwrap();
        }
        // Whoever leaves before the work begins leaves nothing to stop.
        served.wait_for("begins");
        drop(connection);
        served.wait_for("left before the end");
    }
    let (status, _) = served.ask(&Served::with_key("POST /v1/completions"), r#"{"prompt": "a"}"#);
    assert_eq!(status, 200);
}

#[test]
fn keys_that_can_be_guessed_and_ports_in_use_are_told() {
    let served = Served::start();
    let folder = tempfile::tempdir().unwrap();
    let said = |arguments: &[&str]| {
        let output = foolscap(&folder, arguments).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, why) = said(&["serve", "--port", "0", "--key", "short"]);
    assert!(code == Some(2) && why.contains("at least 8"), "{why}");
    let port = served.address.trim_end_matches("/v1").rsplit(':').next().unwrap().to_owned();
    let (code, why) = said(&["serve", "--port", &port]);
    assert!(code == Some(1) && why.contains("--port"), "{why}");
}

#[test]
#[cfg(unix)]
fn an_interrupted_server_ends_well_and_a_fresh_key_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = foolscap(&folder, &["serve", "--port", "0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut told = |name: &str| lines.next().unwrap().unwrap().strip_prefix(name).unwrap().trim().to_owned();
    assert!(told("address").starts_with("http://127.0.0.1:"));
    assert!(told("key").len() > 40);
    assert_eq!(told("model"), "starter");
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success() && child.wait().unwrap().success());
}
