//! How byte-level BPE splits text before merging: one row for each value of `tokenizer.ggml.pre`. A wrong row
//! gives wrong tokens without a word, so an unknown value is refused by name. The patterns are those that the
//! models' own tokenizer files and llama.cpp (`llama-vocab.cpp`) give for these names.

use fancy_regex::Regex;

use crate::error::{Error, Result};

/// A way of splitting.
#[derive(Debug)]
pub struct Splitter {
    /// Values of `tokenizer.ggml.pre`.
    pub names: &'static [&'static str],
    /// Patterns that are applied one after the other, each to the pieces of the one before.
    patterns: &'static [&'static str],
    /// Whether a piece that is a token as a whole is taken without merging.
    pub whole_pieces: bool,
}

const GPT2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)";

/// The splitters that are known.
pub const SPLITTERS: &[Splitter] = &[
    Splitter { names: &["gpt-2"], patterns: &[GPT2], whole_pieces: false },
    Splitter { names: &["smollm"], patterns: &[r"\p{N}", GPT2], whole_pieces: false },
    Splitter {
        names: &["llama-bpe", "llama3", "llama-v3"],
        patterns: &[
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
        whole_pieces: true,
    },
    Splitter {
        names: &["qwen2"],
        patterns: &[
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
        whole_pieces: false,
    },
];

impl Splitter {
    /// The splitter with this name.
    ///
    /// # Errors
    /// [`Error::Unsupported`], naming it and those that are known.
    pub fn by_name(name: &str) -> Result<&'static Self> {
        SPLITTERS.iter().find(|s| s.names.contains(&name)).ok_or_else(|| {
            let known: Vec<_> = SPLITTERS.iter().flat_map(|s| s.names).copied().collect();
            Error::Unsupported(format!(
                "its tokenizer splits text by the rule {name:?} (tokenizer.ggml.pre), and this version knows {}; \
                 guessing another would give wrong words",
                known.join(", ")
            ))
        })
    }

    /// The patterns, compiled.
    pub(super) fn compile(&self) -> Result<Vec<Regex>> {
        let bad = |e| Error::Invalid(format!("the splitter {} does not compile: {e}", self.names[0]));
        self.patterns.iter().map(|p| Regex::new(p).map_err(bad)).collect()
    }
}

/// Cuts `text` into what a pattern matches and what lies between, for each pattern in turn.
pub(super) fn split<'a>(patterns: &[Regex], text: &'a str) -> Vec<&'a str> {
    let mut pieces = vec![text];
    for pattern in patterns {
        let mut finer = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let mut at = 0;
            // A match that fails (the engine's bound on backtracking) leaves the rest as one piece.
            for found in pattern.find_iter(piece).map_while(|m| m.ok()) {
                if found.start() > at {
                    finer.push(&piece[at..found.start()]);
                }
                if found.end() > found.start() {
                    finer.push(found.as_str());
                }
                at = found.end();
            }
            if at < piece.len() {
                finer.push(&piece[at..]);
            }
        }
        pieces = finer;
    }
    pieces
}
