//! What can go wrong between a file and a token. A caller acts on the kind (choose another file, shorten the
//! text, give up), so the kinds are typed; every message names the thing and the way out.

use std::path::PathBuf;

/// The result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Every failure of the engine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be opened or mapped.
    #[error("cannot open {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file is not a GGUF this engine can read: it is another format, cut short or damaged.
    #[error("{file}: {source}")]
    Gguf {
        /// The file.
        file: String,
        /// What is wrong with it.
        source: crate::gguf::GgufError,
    },
    /// The weights are larger than the memory that is free.
    #[error(
        "the model needs {} MiB of memory and {} MiB are free; close other programs, or choose a smaller model or \
         quantization",
        need >> 20,
        free >> 20
    )]
    Memory {
        /// Bytes of the weights.
        need: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// The GGUF is sound but holds a model that this engine does not run.
    #[error("this model is not supported: {0}")]
    Unsupported(String),
    /// The GGUF lacks something that its own architecture needs, or contradicts itself.
    #[error("the model file is incomplete: {0}")]
    Incomplete(String),
    /// The model's chat template could not be read or run.
    #[error("the model's chat template fails{}: {reason}", line.map(|l| format!(" at line {l}")).unwrap_or_default())]
    Template {
        /// Line of the template, counted from one.
        line: Option<usize>,
        /// What the template engine says.
        reason: String,
    },
    /// A kept text state cannot be used.
    #[error("what was kept of a text in {} cannot be used: {reason}; the text is read anew", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The form that was asked for cannot be used, or an answer cannot have it.
    #[error("the grammar cannot be used: {0}")]
    Grammar(String),
    /// More tokens were given than the context holds.
    #[error("the text is too long for the model: {tokens} tokens, and it sees {context}; send less of it")]
    ContextFull {
        /// Tokens that were asked for.
        tokens: usize,
        /// Tokens that fit.
        context: usize,
    },
    /// A request that contradicts itself.
    #[error("{0}")]
    Invalid(String),
    /// Work was stopped by [`crate::Cancel`].
    #[error("cancelled")]
    Cancelled,
    /// The tensor library failed.
    #[error("computing failed: {0}")]
    Compute(#[from] candle_core::Error),
}
