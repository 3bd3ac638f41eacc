//! Chat templates of real models: llama.cpp's collection (`models/templates/*.jinja` of its source), in the folder
//! `templates` beside the vocabularies that `FOOLSCAP_VOCABULARIES` names.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::{Path, PathBuf};

use foolscap_engine::Tokenizer;
use foolscap_engine::chat::{ChatTemplate, Message, Role};
use foolscap_engine::gguf::{Gguf, Writer};

#[test]
fn templates_of_real_models_hold_the_whole_conversation() {
    let Some(folder) = std::env::var_os("FOOLSCAP_VOCABULARIES") else {
        println!(
            "SKIPPED: FOOLSCAP_VOCABULARIES names no folder with llama.cpp's vocabularies and templates"
        );
        return;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(Path::new(&folder).join("templates"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "jinja"))
        // It adds a text to `functions`, which only its own server defines.
        .filter(|p| !p.ends_with("fireworks-ai-llama-3-firefunction-v2.jinja"))
        .collect();
    files.sort();
    let messages = [
        Message::new(Role::System, "You are an editor."),
        Message::new(Role::User, "Go on with the story: {{ 7 * 7 }}"),
        Message::new(Role::Assistant, "Then the miller"),
    ];
    let mut failed = Vec::new();
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let (gguf, _folder) = with_template(&std::fs::read_to_string(file).unwrap());
        let tokenizer = Tokenizer::from_metadata(gguf.metadata()).unwrap();
        let rendered = ChatTemplate::from_metadata(gguf.metadata(), &tokenizer)
            .and_then(|template| template.unwrap().render(&messages));
        match rendered.map(|r| r.text()) {
            Err(e) => failed.push(format!("{name}: {e}")),
            Ok(text) => {
                let words = ["You are an editor.", "Go on with the story: {{ 7 * 7 }}", "Then the miller"];
                let places: Vec<_> = words.iter().filter_map(|w| text.find(w)).collect();
                if places.len() < words.len() || !text.ends_with(words[2]) {
                    failed.push(format!("{name}: {text}"));
                }
            }
        }
    }
    println!("{} templates, {} failed", files.len(), failed.len());
    failed.iter().for_each(|f| println!("{f}\n"));
    assert!(failed.is_empty());
}

fn with_template(source: &str) -> (Gguf, tempfile::TempDir) {
    let mut w = Writer::new("llama");
    w.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
    w.strings("tokenizer.ggml.tokens", &["<s>", "</s>", "a", "b"]).strings("tokenizer.ggml.merges", &["a b"]);
    w.integer("tokenizer.ggml.bos_token_id", 0).integer("tokenizer.ggml.eos_token_id", 1);
    w.text("tokenizer.chat_template", source);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("v.gguf");
    w.write(&path).unwrap();
    (Gguf::open(&path).unwrap(), dir)
}
