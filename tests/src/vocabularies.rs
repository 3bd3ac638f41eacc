//! Our tokens against llama.cpp's: on its own vocabularies with the inputs and outputs that lie beside them
//! (`models/ggml-vocab-*.gguf` with `.inp` and `.out` in its source), and on any text beside the peer.

use std::path::{Path, PathBuf};

use foolscap_engine::{Gguf, Tokenizer};

use crate::peer::Peer;

/// Between two inputs of an `.inp`.
const BETWEEN: &str = "\n__ggml_vocab_test__\n";

/// What was compared.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// Tokens of all inputs.
    pub tokens: usize,
    /// Inputs.
    pub inputs: usize,
    /// The inputs that gave other tokens, with both.
    pub mismatches: Vec<String>,
}

/// The vocabularies of a folder, by name.
///
/// # Errors
/// What the system says.
pub fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        out.push(entry?.path());
    }
    out.retain(|p| p.extension().is_some_and(|e| e == "gguf"));
    out.sort();
    Ok(out)
}

/// The tokenizer of a vocabulary.
///
/// # Errors
/// What the engine says.
pub fn tokenizer(file: &Path) -> foolscap_engine::Result<Tokenizer> {
    Tokenizer::from_metadata(Gguf::open(file)?.metadata())
}

/// The inputs that lie beside a vocabulary; none where there are none.
pub fn own_inputs(file: &Path, tokenizer: &Tokenizer) -> Option<Compared> {
    let with = |end: &str| std::fs::read_to_string(file.with_extension(format!("gguf.{end}"))).ok();
    let (inputs, outputs) = (with("inp")?, with("out")?);
    let inputs = inputs.strip_suffix(BETWEEN).unwrap_or(&inputs);
    let mut out = Compared::default();
    for (input, output) in inputs.split(BETWEEN).zip(outputs.lines()) {
        let expected: Vec<u32> = output.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        out.note(input, &tokenizer.encode(input), &expected);
    }
    Some(out)
}

/// A whole text beside the peer, and back again: what was split comes together as it was.
///
/// # Errors
/// What the system or the peer says.
pub fn text(peer: &Peer, file: &Path, tokenizer: &Tokenizer, text: &Path) -> Result<Compared, String> {
    let words = std::fs::read_to_string(text).map_err(|e| format!("{}: {e}", text.display()))?;
    let found = tokenizer.encode(&words);
    let mut out = Compared::default();
    out.note(&text.display().to_string(), &found, &peer.tokenize(file, text)?);
    if tokenizer.decode(&found) != words {
        out.mismatches.push(format!("{}: put together it is another text", text.display()));
    }
    Ok(out)
}

impl Compared {
    fn note(&mut self, input: &str, found: &[u32], expected: &[u32]) {
        self.inputs += 1;
        self.tokens += found.len();
        if found != expected {
            let at = found.iter().zip(expected).take_while(|(a, b)| a == b).count();
            let near = |ids: &[u32]| format!("{:?}", &ids[at.saturating_sub(2)..ids.len().min(at + 6)]);
            let (found, expected) = (near(found), near(expected));
            self.mismatches.push(format!("{input:?} at token {at}: {found}, and llama.cpp {expected}"));
        }
    }
}
