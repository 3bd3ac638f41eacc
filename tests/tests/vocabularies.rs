//! Every token as in llama.cpp, on its own vocabularies and inputs: `models/ggml-vocab-*.gguf` with `.inp` and
//! `.out` of its source, in the folder that `FOOLSCAP_VOCABULARIES` names.

use std::path::{Path, PathBuf};

use foolscap_engine::gguf::Gguf;
use foolscap_engine::{Error, Tokenizer};

/// Between two inputs of an `.inp`.
const BETWEEN: &str = "\n__ggml_vocab_test__\n";

#[test]
fn tokens_are_those_of_llama_cpp_on_its_vocabularies() {
    let Some(folder) = std::env::var_os("FOOLSCAP_VOCABULARIES") else {
        println!("SKIPPED: FOOLSCAP_VOCABULARIES names no folder with llama.cpp's vocabularies");
        return;
    };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| is_gguf(p)).collect();
    files.sort();
    let mut wrong = 0;
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy();
        let with = |end: &str| std::fs::read_to_string(file.with_extension(format!("gguf.{end}"))).ok();
        let (Some(inputs), Some(outputs)) = (with("inp"), with("out")) else { continue };
        let tokenizer = match Tokenizer::from_metadata(Gguf::open(file).unwrap().metadata()) {
            Ok(tokenizer) => tokenizer,
            Err(Error::Unsupported(why)) => {
                println!("{name:32} not read: {why}");
                continue;
            }
            Err(e) => panic!("{name}: {e}"),
        };
        let mut mismatches = 0;
        let mut inputs: Vec<&str> = inputs.split(BETWEEN).collect();
        if inputs.last() == Some(&"") {
            inputs.pop();
        }
        for (input, output) in inputs.iter().zip(outputs.lines()) {
            let expected: Vec<u32> = output.split_whitespace().map(|n| n.parse().unwrap()).collect();
            let found = tokenizer.encode(input);
            if found != expected {
                mismatches += 1;
                println!("{name}: {input:?}\n  expected {expected:?}\n  found    {found:?}");
            }
        }
        println!("{name:32} {:12} {} inputs, {mismatches} mismatches", tokenizer.describe(), inputs.len());
        wrong += mismatches;
    }
    assert_eq!(wrong, 0);
}

fn is_gguf(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "gguf")
}
