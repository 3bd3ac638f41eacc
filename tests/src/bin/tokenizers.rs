//! A table: vocabulary, input, tokens, mismatches. The first argument is a folder with vocabularies, the others are
//! texts that llama.cpp splits beside us.

use std::path::Path;
use std::process::ExitCode;

use foolscap_tests::peer::Peer;
use foolscap_tests::vocabularies::{self, Compared};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((folder, texts)) = arguments.split_first() else {
        eprintln!("name the folder with llama.cpp's vocabularies (models/ of its source), then texts");
        return ExitCode::from(2);
    };
    let files = match vocabularies::files(Path::new(folder)) {
        Ok(files) => files,
        Err(e) => {
            eprintln!("{folder}: {e}");
            return ExitCode::from(2);
        }
    };
    let peer = Peer::find();
    if let (Err(why), false) = (&peer, texts.is_empty()) {
        eprintln!("texts are left out: {why}");
    }
    println!("{:<28} {:<16} {:<28} {:>9} {:>10}", "vocabulary", "kind", "input", "tokens", "mismatches");
    let mut wrong = 0;
    for file in &files {
        let name = file.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let tokenizer = match vocabularies::tokenizer(file) {
            Ok(tokenizer) => tokenizer,
            Err(e) => {
                println!("{name:<28} refused: {e}");
                continue;
            }
        };
        let mut tell = |input: &str, found: Result<Compared, String>| {
            let kind = tokenizer.describe();
            let found = found.unwrap_or_else(|why| Compared { mismatches: vec![why], ..Compared::default() });
            let (tokens, mismatches) = (found.tokens, found.mismatches.len());
            println!("{name:<28} {kind:<16} {input:<28} {tokens:>9} {mismatches:>10}");
            found.mismatches.iter().for_each(|m| println!("    {m}"));
            wrong += mismatches;
        };
        if let Some(found) = vocabularies::own_inputs(file, &tokenizer) {
            tell(&format!("its own, {}", found.inputs), Ok(found));
        }
        for text in texts.iter().map(Path::new) {
            if let Ok(peer) = &peer {
                let input = text.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                tell(&input, vocabularies::text(peer, file, &tokenizer, text));
            }
        }
    }
    println!("{wrong} mismatches");
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
