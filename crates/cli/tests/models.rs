//! `foolscap models` as it is typed, against a hub on this machine.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use foolscap_tests::hub::{Fault, LocalHub};
use foolscap_tests::published::publish;
use foolscap_tests::synth::{self, TensorType};
use serde_json::Value;
use tempfile::TempDir;

const REPO: &str = "someone/Starter-GGUF";
const NAME: &str = "someone/Starter-GGUF:starter.gguf";

/// A machine without any models, and a hub.
struct Machine {
    hub: LocalHub,
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let hub = LocalHub::start();
        hub.put(
            REPO,
            "starter.gguf",
            include_bytes!("../../../models/starter/foolscap-starter.gguf").as_slice(),
        );
        Self { hub, folder: tempfile::tempdir().unwrap() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foolscap"));
        let home = self.folder.path();
        command.args(arguments).stdin(Stdio::null());
        command.env("FOOLSCAP_LIBRARY", home.join("data/library.foolscap"));
        command.env("HF_ENDPOINT", self.hub.url()).env("HF_HUB_CACHE", home.join("cache")).env("HOME", home);
        for name in ["HF_TOKEN", "HF_HOME", "XDG_DATA_HOME", "OLLAMA_MODELS"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", err(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.says(&[arguments, &["--json"]].concat())).unwrap()
    }

    fn story(&self) -> String {
        let path = self.folder.path().join("story.md");
        fs::write(&path, "The lamp had been burning since four,").unwrap();
        path.display().to_string()
    }
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn from_no_models_to_one_that_writes() {
    let machine = Machine::new();
    assert_eq!(machine.json(&["models", "list"])["here"].as_array().unwrap().len(), 1, "only the starter");
    let files = machine.says(&["models", "info", REPO]);
    assert!(files.contains(NAME) && files.contains("fits"), "{files}");
    let got = machine.json(&["models", "get", NAME]);
    assert_eq!(got["id"], "starter-2");
    assert!(machine.says(&["models", "list"]).contains("starter-2"));
    let story = machine.story();
    let words = machine.says(&["continue", &story, "--model", "starter-2", "--words", "5"]);
    assert!(!words.trim().is_empty());
    assert!(machine.says(&["models", "verify"]).contains("whole"));
    // What is on the hub and alone in its repository needs no file's name.
    let again = machine.json(&["models", "get", REPO]);
    assert_eq!(again["id"], "starter-2");
}

/// Puts a model in two files on the hub, as another repository, and gives the name of the second.
fn put_in_parts(machine: &Machine, repo: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let paths =
        synth::write_parts(folder.path(), "Tale-Q8_0", &synth::LLAMA, TensorType::Q8_0, 3, 2).unwrap();
    for path in &paths {
        machine.hub.put(repo, path.file_name().unwrap().to_str().unwrap(), fs::read(path).unwrap());
    }
    format!("{repo}:{}", paths[1].file_name().unwrap().to_str().unwrap())
}

#[test]
fn a_model_in_several_files_is_one_model() {
    let machine = Machine::new();
    let second = put_in_parts(&machine, "someone/Tale-GGUF");
    let files = machine.json(&["models", "info", "someone/Tale-GGUF"]);
    assert_eq!((files.as_array().unwrap().len(), &files[0]["files"]), (1, &Value::from(2)), "{files}");
    let look = machine.json(&["models", "info", &second]);
    assert_eq!((&look["files"], &look["size"]), (&Value::from(2), &files[0]["size"]));
    let got = machine.json(&["models", "get", &second]);
    assert_eq!((&got["id"], &got["size"]), (&Value::from("Tale-Q8_0"), &files[0]["size"]));
    assert_eq!(
        machine.json(&["models", "list"])["found"],
        Value::Array(Vec::new()),
        "it is on the list already"
    );
    machine.says(&["continue", &machine.story(), "--model", "Tale-Q8_0", "--words", "3"]);
    assert!(machine.says(&["models", "verify", "Tale-Q8_0"]).contains("whole"));
    // From where it lies it can be copied, by any of its files.
    let first = PathBuf::from(got["path"].as_str().unwrap());
    let beside = first.with_file_name("Tale-Q8_0-00002-of-00002.gguf");
    let copied = machine.json(&["models", "import", beside.to_str().unwrap(), "--copy"]);
    assert_eq!(copied[0]["id"], "Tale-Q8_0-2");
    machine.says(&["continue", &machine.story(), "--model", "Tale-Q8_0-2", "--words", "3"]);
    // Damage in the second file is found; then all of it goes.
    let mut bytes = fs::read(&beside).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(fs::canonicalize(&beside).unwrap(), &bytes).unwrap();
    let output = machine.run(&["models", "verify", "Tale-Q8_0"]);
    assert!(!output.status.success() && err(&output).contains("get it again"), "{}", err(&output));
    machine.says(&["models", "remove", "Tale-Q8_0", "--yes"]);
    assert!(!first.exists() && !beside.exists());
    let blobs = machine.folder.path().join("cache/models--someone--Tale-GGUF/blobs");
    assert_eq!(fs::read_dir(blobs).unwrap().count(), 0);
    machine.says(&["models", "get", "someone/Tale-GGUF"]);
    assert!(machine.says(&["models", "verify", "Tale-Q8_0"]).contains("whole"));
}

#[test]
fn mirrors_that_are_set_in_the_window_hold_here_too() {
    let machine = Machine::new();
    let data = machine.folder.path().join("data");
    fs::create_dir_all(&data).unwrap();
    let list = format!(r#"{{ "version": 1, "endpoints": ["{}"], "models": [] }}"#, machine.hub.url());
    fs::write(data.join("models.json"), list).unwrap();
    let output = machine.command(&["models", "info", REPO]).env_remove("HF_ENDPOINT").output().unwrap();
    assert!(output.status.success(), "{}", err(&output));
    // What is said for once goes before.
    let elsewhere = LocalHub::start();
    let arguments = ["models", "info", REPO, "--endpoint", &elsewhere.url()];
    assert!(!machine.command(&arguments).env_remove("HF_ENDPOINT").output().unwrap().status.success());
}

#[test]
fn a_model_that_does_not_fit_is_told_with_the_nearest_that_does() {
    let machine = Machine::new();
    put_in_parts(&machine, REPO);
    // As large as no disk, at the first look.
    machine.hub.faults([Fault::Claims(1 << 60)]);
    let output = machine.run(&["models", "get", NAME]);
    let told = err(&output);
    assert!(output.status.code() == Some(2) && told.contains("the disk has too little room"), "{told}");
    assert!(told.contains("models get someone/Starter-GGUF:starter.gguf"), "{told}");
    assert!(told.contains("--force"), "{told}");
}

#[test]
fn a_killed_download_goes_on_where_it_was() {
    let machine = Machine::new();
    machine.hub.faults([Fault::Stall(3_000_000)]);
    let mut child =
        machine.command(&["models", "get", NAME, "--force"]).stderr(Stdio::null()).spawn().unwrap();
    let part = || {
        let blobs = machine.folder.path().join("cache/models--someone--Starter-GGUF/blobs");
        fs::read_dir(blobs).ok()?.flatten().map(|e| e.path()).find(|p| p.extension().is_some())
    };
    machine.hub.wait_for(|asked| asked.elsewhere && asked.method == "GET");
    // As much as the hub lets through; then the process is killed.
    while part().and_then(|path| fs::metadata(path).ok()).is_none_or(|m| m.len() < 3_000_000) {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(machine.json(&["models", "list"])["here"].as_array().unwrap().len(), 1, "half a file is none");
    machine.says(&["models", "get", NAME, "--force"]);
    let last = machine.hub.asked().into_iter().rfind(|asked| asked.elsewhere && asked.method == "GET");
    assert!(last.unwrap().from.unwrap() > 2_900_000);
    assert!(machine.says(&["models", "verify", "starter-2"]).contains("whole"));
}

#[test]
fn damage_is_found_and_what_is_removed_is_gone() {
    let machine = Machine::new();
    let path = machine.json(&["models", "get", NAME])["path"].as_str().unwrap().to_owned();
    let mut bytes = fs::read(&path).unwrap();
    bytes[5_000_000] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let output = machine.run(&["models", "verify", "starter-2"]);
    assert!(!output.status.success() && err(&output).contains("get it again"), "{}", err(&output));
    let output = machine.run(&["models", "remove", "starter-2"]);
    assert!(output.status.code() == Some(2) && err(&output).contains("--yes"));
    machine.says(&["models", "remove", "starter-2", "--yes"]);
    assert!(!PathBuf::from(path).exists());
    assert_eq!(machine.json(&["models", "list"])["here"].as_array().unwrap().len(), 1);
}

#[test]
fn files_of_ones_own_are_used_where_they_lie_or_copied() {
    let machine = Machine::new();
    let folder = machine.folder.path().join("mine");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("Mine.gguf");
    fs::write(&file, include_bytes!("../../../models/starter/foolscap-starter.gguf")).unwrap();
    fs::write(folder.join("broken.gguf"), "GGUF and no more").unwrap();
    let taken = machine.json(&["models", "import", folder.to_str().unwrap()]);
    assert_eq!(taken.as_array().unwrap().len(), 1, "what cannot be read is not taken");
    let copied = machine.json(&["models", "import", file.to_str().unwrap(), "--copy"]);
    assert!(copied[0]["ours"].as_bool().unwrap());
    machine.says(&["models", "remove", "Mine"]);
    assert!(file.exists(), "what is not ours stays");
    let output = machine.run(&["models", "import", folder.join("broken.gguf").to_str().unwrap()]);
    assert!(!output.status.success(), "and it is told");
}

#[test]
fn settings_hold_for_their_model_and_can_be_taken_back() {
    let machine = Machine::new();
    machine.says(&["models", "set", "starter", "context=300", "temperature=0"]);
    let story = machine.story();
    let with = |arguments: &[&str]| {
        machine.json(&[&["continue", story.as_str(), "--words", "8"], arguments].concat())
    };
    let first = with(&["--seed", "1"]);
    assert_eq!(first["context"]["limit"], 300);
    assert_eq!(first["candidates"], with(&["--seed", "2"])["candidates"], "the likeliest needs no seed");
    let output = machine.run(&["models", "set", "starter", "temperature=hot"]);
    assert!(!output.status.success() && err(&output).contains("0 to 5"), "{}", err(&output));
    let settings = machine.json(&["models", "set", "starter", "--reset"]);
    assert!(settings.as_array().unwrap().iter().all(|setting| setting["value"] == ""), "{settings}");
}

#[test]
fn the_catalogue_is_searched_and_tells_what_fits() {
    let machine = Machine::new();
    let all = machine.json(&["models", "search"]);
    assert!(all.as_array().unwrap().len() > 10);
    let some = machine.json(&["models", "search", "apache"]);
    assert!(some.as_array().unwrap().len() < all.as_array().unwrap().len());
    assert!(machine.says(&["models", "search", "--hub", "starter"]).contains(REPO));
    assert!(
        machine.hub.asked().iter().all(|asked| asked.path.contains("search=starter")),
        "nobody else is asked"
    );
    let output = machine.run(&["continue", &machine.story(), "--model", all[0]["id"].as_str().unwrap()]);
    assert!(err(&output).contains("models get"), "{}", err(&output));
}

#[test]
fn a_hub_that_has_no_address_keeps_nobody_from_what_is_here() {
    let machine = Machine::new();
    let run =
        |arguments: &[&str]| machine.command(arguments).env("HF_ENDPOINT", "no address").output().unwrap();
    assert!(run(&["models", "list"]).status.success());
    assert!(run(&["continue", &machine.story(), "--words", "3"]).status.success());
    let output = run(&["models", "search", "--hub", "starter"]);
    assert!(!output.status.success() && err(&output).contains("no address of a hub"), "{}", err(&output));
}

#[test]
fn the_doctor_tells_no_names_and_nothing_private() {
    let machine = Machine::new();
    machine.says(&["models", "get", NAME]);
    for said in [machine.says(&["models", "doctor"]), machine.json(&["models", "doctor"]).to_string()] {
        assert!(said.contains("starter-2") && said.contains("HF_ENDPOINT"), "{said}");
        let home = machine.folder.path().to_str().unwrap();
        assert!(!said.contains(home) && !said.contains(&machine.hub.url()), "{said}");
    }
}

#[test]
fn a_folder_of_safetensors_becomes_a_model_that_writes() {
    let machine = Machine::new();
    let (gguf, folder) = (machine.folder.path().join("a.gguf"), machine.folder.path().join("Tale-1B"));
    synth::write(&gguf, &synth::LLAMA, TensorType::F32, 3).unwrap();
    publish(&gguf, &folder, TensorType::BF16, 2).unwrap();
    let folder = folder.display().to_string();
    let made = machine.json(&["models", "import", &folder, "--form", "q5_k_m"]);
    assert_eq!((&made[0]["id"], &made[0]["ours"]), (&Value::from("Tale-1B-Q5_K_M"), &Value::from(true)));
    let facts = machine.says(&["models", "info", "Tale-1B-Q5_K_M"]);
    assert!(facts.contains("Q5_K_M") && facts.contains("llama"), "{facts}");
    let story = machine.story();
    machine.says(&["continue", &story, "--model", "Tale-1B-Q5_K_M", "--words", "3"]);
    assert!(machine.says(&["models", "import", &folder]).contains("Tale-1B-Q4_K_M"));
    // What was made is Foolscap's own, and goes with its name.
    machine.says(&["models", "remove", "Tale-1B-Q5_K_M", "--yes"]);
    assert!(!PathBuf::from(made[0]["path"].as_str().unwrap()).exists());
    fs::remove_file(format!("{folder}/tokenizer.json")).unwrap();
    let output = machine.run(&["models", "import", &folder]);
    assert!(
        !output.status.success() && err(&output).contains("tokenizer.json is missing"),
        "{}",
        err(&output)
    );
    let output = machine.run(&["models", "import", &folder, "--form", "Q1"]);
    assert!(output.status.code() == Some(2) && err(&output).contains("Q4_K_M"), "{}", err(&output));
}
