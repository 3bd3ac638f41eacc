//! The engine's logits against llama.cpp's, check by check: what `cargo xtask parity` prints.

use std::path::Path;

use foolscap_engine::gguf::TensorType;
use foolscap_engine::{Cancel, Decoder, Gguf, LoadOptions, Run, Want};

use crate::peer::{Peer, Way, compare};
use crate::synth::{self, Model};

/// What a check found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Relative error.
    pub error: f64,
    /// What is allowed.
    pub allowed: f64,
    /// The first position at which another token is likeliest, though the two best are clearly apart.
    pub other_token: Option<usize>,
}

impl Found {
    /// Whether it is good enough.
    pub fn passed(&self) -> bool {
        self.error < self.allowed && self.other_token.is_none()
    }
}

/// Forms that the small models are checked in: written here, or made by llama.cpp's own quantizer.
pub const KINDS: &[&str] = &[
    "F32", "F16", "BF16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K", "Q5_1", "Q5_0", "Q4_1",
    "Q4_0", "IQ4_NL", "IQ4_XS", "MXFP4",
];

/// Relative error that is allowed for a form. (With BF16 llama.cpp rounds activations to the 8 bits of that type, and
/// we do not.)
pub fn tolerance(kind: &str) -> f64 {
    match kind {
        "F32" | "F16" | "Q8_0" => 1e-2,
        _ => 3e-2,
    }
}

/// Writes a small model in a form.
///
/// # Errors
/// What the system or the peer says.
pub fn write(peer: &Peer, path: &Path, model: &Model, kind: &str, seed: u64) -> Result<(), String> {
    let written = |path: &Path, kind| synth::write(path, model, kind, seed).map_err(|e| e.to_string());
    match kind {
        "F32" => written(path, TensorType::F32),
        "F16" => written(path, TensorType::F16),
        "BF16" => written(path, TensorType::BF16),
        "Q8_0" => written(path, TensorType::Q8_0),
        "MXFP4" => written(path, TensorType::MXFP4),
        kind => {
            let plain = path.with_extension("f16.gguf");
            written(&plain, TensorType::F16)?;
            peer.quantize(&plain, path, kind)?;
            std::fs::remove_file(&plain).map_err(|e| e.to_string())
        }
    }
}

/// Logits after every token, `[positions, vocabulary]`, read in pieces of at most `chunk` tokens.
///
/// # Errors
/// What the engine says.
pub fn logits(model: &Path, ids: &[u32], chunk: usize) -> foolscap_engine::Result<(Vec<f32>, usize)> {
    let decoder = Decoder::load(&Gguf::open(model)?, &LoadOptions::default(), &Cancel::new(), |_| {})?;
    let mut cache = decoder.cache();
    let sequence = cache.start();
    let mut out = Vec::new();
    for tokens in ids.chunks(chunk) {
        let run = Run { sequence, tokens, logits: Want::All };
        out.extend_from_slice(decoder.forward(&mut cache, &[run], &Cancel::new())?.values());
    }
    Ok((out, decoder.config().vocab))
}

/// Against llama.cpp, which reads all in one batch. With 8-bit activations a last bit decides now and then which
/// way one is rounded, and all after it differs a little: no two engines agree better than that, and llama.cpp reading
/// one token a call does not agree with itself ([`Way::Single`]). Where that is all that parts us, ours are as near to
/// the exact logits (of the same weights in 32 bits, which no activation is rounded for) as llama.cpp's are; that is
/// what is held then, and `error` and `allowed` are distances from those. Of mixtures of experts the same is true in any
/// form: of two experts that are all but equally likely a last bit chooses one.
///
/// # Errors
/// What the engine or the peer says.
pub fn beside(peer: &Peer, model: &Path, kind: &str, ids: &[u32]) -> Result<Found, String> {
    let (ours, vocabulary) = logits(model, ids, 512).map_err(|e| e.to_string())?;
    let reference = peer.logits(model, ids, Way::Batch)?;
    let (error, other_token) = compare(&ours, &reference, vocabulary);
    let found = Found { error, allowed: tolerance(kind), other_token };
    let gguf = Gguf::open(model).map_err(|e| e.to_string())?;
    let routed = gguf.tensors().iter().any(|t| t.name.contains("_exps"));
    let rounds = !matches!(kind, "F32" | "F16" | "BF16");
    if found.passed() || gguf.header().parameters() > MOST_EXACT || !(routed || rounds) {
        return Ok(found);
    }
    let exact = tempfile::NamedTempFile::new().map_err(|e| e.to_string())?;
    peer.quantize(model, exact.path(), "F32")?;
    let exact = peer.logits(exact.path(), ids, Way::Batch)?;
    let (error, _) = compare(&ours, &exact, vocabulary);
    Ok(Found { error, allowed: AS_NEAR * compare(&reference, &exact, vocabulary).0, ..found })
}

/// Weights of the largest model that is written in 32 bits for a comparison.
const MOST_EXACT: u64 = 1 << 30;
/// How much further from the exact logits than llama.cpp's ours may be: both distances are by chance.
const AS_NEAR: f64 = 1.1;

/// Against ourselves: in pieces of seven tokens, and in one.
///
/// # Errors
/// What the engine says.
pub fn in_pieces(model: &Path, ids: &[u32]) -> Result<Found, String> {
    let (whole, vocabulary) = logits(model, ids, ids.len()).map_err(|e| e.to_string())?;
    let (pieces, _) = logits(model, ids, 7).map_err(|e| e.to_string())?;
    let (error, other_token) = compare(&pieces, &whole, vocabulary);
    Ok(Found { error, allowed: 1e-4, other_token })
}
