//! Every token as in llama.cpp, on its own vocabularies and inputs, in the folder that `FOOLSCAP_VOCABULARIES` names.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::path::Path;

use foolscap_engine::Error;
use foolscap_tests::vocabularies::{files, own_inputs, tokenizer};

#[test]
fn tokens_are_those_of_llama_cpp_on_its_vocabularies() {
    let Some(folder) = std::env::var_os("FOOLSCAP_VOCABULARIES") else {
        println!("SKIPPED: FOOLSCAP_VOCABULARIES names no folder with llama.cpp's vocabularies");
        return;
    };
    let mut seen = 0;
    for file in files(Path::new(&folder)).unwrap() {
        match tokenizer(&file) {
            Ok(tokenizer) => {
                let Some(found) = own_inputs(&file, &tokenizer) else { continue };
                assert!(found.mismatches.is_empty(), "{}: {:#?}", file.display(), found.mismatches);
                seen += found.inputs;
            }
            Err(Error::Unsupported(why)) => println!("{} is refused: {why}", file.display()),
            Err(e) => panic!("{}: {e}", file.display()),
        }
    }
    assert!(seen > 0, "the folder holds no vocabulary with inputs and outputs");
}
