//! Looking into a model without putting it to work: what it is, whether it runs, how it splits text, and the
//! logits it gives.

use std::io::{self, Write};

use foolscap_engine::arch::{Config, FeedForward, Mixer};
use foolscap_engine::generate::CHUNK;
use foolscap_engine::{
    Cancel, Decoder, Gguf, KvType, LoadOptions, Model, Run, Tokenizer, Want, quantization,
};
use foolscap_models::{Choice, words};
use serde::Serialize;

use crate::api::{Fact, Problem};

/// What a model file is.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    /// Its own name, or else the file's.
    pub name: String,
    /// `general.architecture`.
    pub architecture: String,
    /// Weights, counted singly.
    pub parameters: u64,
    /// How it is quantized.
    pub quantization: String,
    /// Bytes of the file.
    pub file_bytes: u64,
    /// The sizes; none when the engine does not run it.
    pub sizes: Option<Sizes>,
    /// The tokenizer, such as `bpe/llama-bpe`, with its vocabulary; none when it is not known.
    pub tokenizer: Option<TokenizerFacts>,
    /// Whether the file has a chat template.
    pub chat_template: bool,
    /// `general.license`.
    pub licence: Option<String>,
    /// Memory it takes; none when the engine does not run it.
    pub memory: Option<Memory>,
    /// Why the engine does not run it; none when it does.
    pub problem: Option<String>,
}

/// The sizes of a model.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "as in foolscap_engine::arch::Config")]
pub struct Sizes {
    pub context: usize,
    pub layers: usize,
    pub width: usize,
    pub heads: usize,
    pub kv_heads: usize,
    pub head_dim: usize,
    pub ffn: usize,
    pub vocabulary: usize,
}

/// The tokenizer of a model.
#[derive(Debug, Clone, Serialize)]
pub struct TokenizerFacts {
    /// Kind and splitter.
    pub kind: String,
    /// Tokens of the vocabulary.
    pub tokens: usize,
    /// Whether the model can fill a gap.
    pub fills_gaps: bool,
}

/// Memory that a model takes, in bytes.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Memory {
    /// The weights.
    pub weights: u64,
    /// Keys and values of a full context.
    pub context: u64,
}

impl Inspection {
    /// All of it, in words.
    pub fn facts(&self) -> Vec<Fact> {
        let mut lines = vec![
            ("name", self.name.clone()),
            ("architecture", self.architecture.clone()),
            ("parameters", count(self.parameters)),
            ("quantization", self.quantization.clone()),
            ("file", words::bytes(self.file_bytes)),
        ];
        if let Some(s) = &self.sizes {
            lines.push(("context", format!("{} tokens", s.context)));
            lines.push((
                "layers",
                format!(
                    "{} of width {}, {} heads over {} of size {}, feed-forward {}",
                    s.layers, s.width, s.heads, s.kv_heads, s.head_dim, s.ffn
                ),
            ));
        }
        if let Some(t) = &self.tokenizer {
            let gaps = if t.fills_gaps { ", fills gaps" } else { "" };
            lines.push(("tokenizer", format!("{}, {} tokens{gaps}", t.kind, t.tokens)));
        }
        let template = if self.chat_template { "yes" } else { "none (a base model: it carries text on)" };
        lines.push(("chat template", template.into()));
        lines.extend(self.licence.clone().map(|licence| ("licence", licence)));
        if let Some(m) = &self.memory {
            let (weights, context) = (words::bytes(m.weights), words::bytes(m.context));
            lines.push(("memory", format!("{weights} for the weights, {context} for a full context")));
        }
        lines.push(("runs here", self.problem.as_ref().map_or("yes".into(), |p| format!("no: {p}"))));
        lines.into_iter().map(|(name, value)| Fact { name: name.to_owned(), value }).collect()
    }
}

fn count(n: u64) -> String {
    match n {
        1_000_000_000.. => format!("{:.2} billion", n as f64 / 1e9),
        1_000_000.. => format!("{:.1} million", n as f64 / 1e6),
        _ => n.to_string(),
    }
}

/// Looks into a file. A model that does not run is described as far as it can be, with the reason.
///
/// # Errors
/// When the file cannot be read as a GGUF at all.
pub fn inspect(choice: &Choice) -> Result<Inspection, Problem> {
    let gguf = choice.open()?;
    let meta = gguf.metadata();
    let config = Config::from_header(gguf.header()).ok();
    let tokenizer = Tokenizer::from_metadata(meta);
    let problem = Model::check(&gguf).err().map(|e| e.to_string());
    Ok(Inspection {
        name: meta.text("general.name").map_or_else(|| choice.label(), str::to_owned),
        architecture: meta.text("general.architecture").unwrap_or("unknown").to_owned(),
        parameters: gguf.header().parameters(),
        quantization: quantization(&gguf),
        file_bytes: gguf.file_size() as u64,
        sizes: config.as_ref().map(sizes),
        tokenizer: tokenizer.ok().map(|t| TokenizerFacts {
            kind: t.describe(),
            tokens: t.vocabulary().len(),
            fills_gaps: t.vocabulary().fills_gaps(),
        }),
        chat_template: meta.text("tokenizer.chat_template").is_some(),
        licence: meta.text("general.license").map(str::to_owned),
        memory: config.map(|c| Memory {
            weights: gguf.header().tensor_bytes(),
            context: c.kv_bytes(c.context, KvType::F16),
        }),
        problem,
    })
}

/// Those of the first layer with attention, where layers differ.
fn sizes(config: &Config) -> Sizes {
    let attention = config.layers.iter().find_map(|layer| match &layer.mixer {
        Mixer::Attention(attention) => Some(attention),
        _ => None,
    });
    Sizes {
        context: config.context,
        layers: config.layers.len(),
        width: config.width,
        heads: attention.map_or(0, |a| a.heads),
        kv_heads: attention.map_or(0, |a| a.kv_heads),
        head_dim: attention.map_or(0, |a| a.head_dim),
        ffn: config.layers.first().map_or(0, |layer| match layer.ffn {
            FeedForward::Dense(width) => width,
            FeedForward::Experts(experts) => experts.width,
        }),
        vocabulary: config.vocab,
    }
}

/// The ids of a text; control tokens in it are text. `whole`: with the tokens that the model wants before and after
/// a whole text. A file that holds a vocabulary alone is enough.
///
/// # Errors
/// When the file or its tokenizer cannot be read.
pub fn tokenize(choice: &Choice, text: &str, whole: bool) -> Result<Vec<u32>, Problem> {
    let gguf = choice.open()?;
    let tokenizer = Tokenizer::from_metadata(gguf.metadata())?;
    let ends = |token: Option<u32>| token.filter(|_| whole);
    let before = ends(tokenizer.beginning()).into_iter();
    Ok(before.chain(tokenizer.encode(text)).chain(ends(tokenizer.ending())).collect())
}

/// Logits after every token.
#[derive(Debug, Clone)]
pub struct Logits {
    /// `[positions, vocabulary]`, row by row.
    pub values: Vec<f32>,
    /// Tokens of the vocabulary.
    pub vocabulary: usize,
}

/// The logits after every one of these tokens, read from the start of a text.
///
/// # Errors
/// When the model does not run or a token is not in its vocabulary.
pub fn logits(choice: &Choice, ids: &[u32]) -> Result<Logits, Problem> {
    let gguf: Gguf = choice.open()?;
    let cancel = Cancel::new();
    let decoder = Decoder::load(&gguf, &LoadOptions::default(), &cancel, |_| {})?;
    let mut cache = decoder.cache();
    let sequence = cache.start();
    let mut values = Vec::new();
    for tokens in ids.chunks(CHUNK) {
        let run = Run { sequence, tokens, logits: Want::All };
        values.extend_from_slice(decoder.forward(&mut cache, &[run], &cancel)?.values());
    }
    Ok(Logits { values, vocabulary: decoder.config().vocab })
}

impl Logits {
    /// Writes them as a NumPy array (format version 1.0: magic, header padded to 64 bytes, little-endian f32).
    ///
    /// # Errors
    /// What the system says.
    pub fn write_npy(&self, out: &mut impl Write) -> io::Result<()> {
        let rows = self.values.len().checked_div(self.vocabulary).unwrap_or(0);
        let shape = format!("({rows}, {})", self.vocabulary);
        let mut header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}");
        let before = 10;
        let padded = (before + header.len() + 1).next_multiple_of(64) - before;
        header.push_str(&" ".repeat(padded - header.len() - 1));
        header.push('\n');
        out.write_all(b"\x93NUMPY\x01\x00")?;
        out.write_all(&(header.len() as u16).to_le_bytes())?;
        out.write_all(header.as_bytes())?;
        self.values.iter().try_for_each(|v| out.write_all(&v.to_le_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_written_as_numpy_reads_it() {
        let logits = Logits { values: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vocabulary: 3 };
        let mut bytes = Vec::new();
        logits.write_npy(&mut bytes).unwrap();
        let header = String::from_utf8_lossy(&bytes[10..128]);
        assert!(header.contains("'shape': (2, 3)") && header.ends_with('\n'), "{header}");
        assert_eq!(bytes.len(), 128 + 24);
        assert_eq!(&bytes[132..136], 2f32.to_le_bytes());
    }

    #[test]
    fn the_starter_is_described_and_runs() {
        let facts = inspect(&Choice::Starter).unwrap();
        assert_eq!(facts.problem, None);
        assert!(facts.tokenizer.unwrap().fills_gaps);
        let ids = tokenize(&Choice::Starter, "Once upon a time", false).unwrap();
        let logits = logits(&Choice::Starter, &ids).unwrap();
        assert_eq!(logits.values.len(), ids.len() * logits.vocabulary);
        assert!(logits.values.iter().all(|v| v.is_finite()));
    }
}
