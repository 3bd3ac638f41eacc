//! A model ready to work: file, tokenizer, template and weights.

use std::sync::{Arc, OnceLock};

use crate::arch::Config;
use crate::chat::ChatTemplate;
use crate::decoder::{Cancel, Decoder};
use crate::error::{Error, Result};
use crate::gguf::{Gguf, Header, TensorType};
use crate::grammar::{Grammar, Grammars, Guide};
use crate::kv_type::KvType;
use crate::placement::Placement;
use crate::tokenizer::Tokenizer;

/// How a model is loaded.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Where its layers compute.
    pub placement: Placement,
    /// The form of keys and values on the processor.
    pub keys: KvType,
}

/// A loaded model.
pub struct Model {
    gguf: Gguf,
    tokenizer: Arc<Tokenizer>,
    template: Option<Arc<ChatTemplate>>,
    decoder: Decoder,
    /// Made when a form is asked for first.
    grammars: OnceLock<Grammars>,
}

impl Model {
    /// Loads all of it. `progress` hears the part done, from 0 to 1.
    ///
    /// # Errors
    /// As [`Tokenizer::from_metadata`], [`ChatTemplate::from_metadata`] and [`Decoder::load`],
    /// [`Error::Incomplete`] when the vocabulary has more tokens than the embeddings, [`Error::Memory`] when the
    /// weights are larger than what is free.
    pub fn load(
        gguf: Gguf,
        options: &LoadOptions,
        cancel: &Cancel,
        progress: impl FnMut(f32),
    ) -> Result<Self> {
        // A model that cannot run is refused before its weights are read.
        let (tokenizer, template) = checked(gguf.header())?;
        let (need, free) = (options.placement.bytes_here(gguf.header()), free_memory());
        if let Some(free) = free.filter(|&free| need > free) {
            return Err(Error::Memory { need, free });
        }
        let decoder = Decoder::load(&gguf, options, cancel, progress)?;
        let (tokenizer, template) = (Arc::new(tokenizer), template.map(Arc::new));
        Ok(Self { gguf, tokenizer, template, decoder, grammars: OnceLock::new() })
    }

    /// Whether a file would load, memory aside; reads no weights.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn check(gguf: &Gguf) -> Result<()> {
        Self::check_header(gguf.header())
    }

    /// The same for a file of which there is only the header yet.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn check_header(header: &Header) -> Result<()> {
        checked(header).map(drop)
    }

    /// The file.
    pub fn gguf(&self) -> &Gguf {
        &self.gguf
    }

    /// The tokenizer; whoever shares it makes prompts without the model.
    pub fn tokenizer(&self) -> &Arc<Tokenizer> {
        &self.tokenizer
    }

    /// The chat template; none for a base model.
    pub fn template(&self) -> Option<&Arc<ChatTemplate>> {
        self.template.as_ref()
    }

    /// The decoder.
    pub fn decoder(&self) -> &Decoder {
        &self.decoder
    }

    /// The sizes.
    pub fn config(&self) -> &Config {
        self.decoder.config()
    }

    /// What watches over an answer that must have a form.
    ///
    /// # Errors
    /// As [`Grammars::guide`].
    pub(crate) fn guide(&self, grammar: &Grammar) -> Result<Guide> {
        if self.grammars.get().is_none() {
            let _ = self.grammars.set(Grammars::new(&self.tokenizer)?);
        }
        match self.grammars.get() {
            Some(grammars) => grammars.guide(grammar),
            None => Err(Error::Grammar("it was not made".into())),
        }
    }

    /// The model's name, from its metadata.
    pub fn name(&self) -> Option<&str> {
        self.gguf.metadata().text("general.name").map(str::trim).filter(|n| !n.is_empty())
    }
}

fn checked(header: &Header) -> Result<(Tokenizer, Option<ChatTemplate>)> {
    let config = Decoder::check(header)?;
    let tokenizer = Tokenizer::from_metadata(header.metadata())?;
    let template = ChatTemplate::from_metadata(header.metadata(), &tokenizer)?;
    let (words, rows) = (tokenizer.vocabulary().len(), config.vocab);
    if words > rows {
        return Err(Error::Incomplete(format!(
            "the vocabulary has {words} tokens and the embeddings {rows}"
        )));
    }
    Ok((tokenizer, template))
}

/// Bytes that the system can still give (Linux); none where it does not tell.
pub fn free_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("MemAvailable:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// How a file is quantized: the name of its `general.file_type` (`llama_ftype`), or else the type that most of
/// its weights have.
pub fn quantization(gguf: &Gguf) -> String {
    let named = gguf
        .metadata()
        .integer("general.file_type")
        .and_then(|n| FILE_TYPES.iter().find(|row| row.0 == n).map(|row| row.1.to_owned()));
    named.unwrap_or_else(|| {
        let mut bytes: Vec<(TensorType, usize)> = Vec::new();
        for tensor in gguf.tensors() {
            match bytes.iter_mut().find(|(kind, _)| *kind == tensor.kind) {
                Some((_, sum)) => *sum += tensor.size,
                None => bytes.push((tensor.kind, tensor.size)),
            }
        }
        bytes.into_iter().max_by_key(|&(_, sum)| sum).map_or("none", |(kind, _)| kind.name()).to_owned()
    })
}

const FILE_TYPES: &[(u64, &str)] = &[
    (0, "F32"),
    (1, "F16"),
    (2, "Q4_0"),
    (3, "Q4_1"),
    (7, "Q8_0"),
    (8, "Q5_0"),
    (9, "Q5_1"),
    (10, "Q2_K"),
    (11, "Q3_K_S"),
    (12, "Q3_K_M"),
    (13, "Q3_K_L"),
    (14, "Q4_K_S"),
    (15, "Q4_K_M"),
    (16, "Q5_K_S"),
    (17, "Q5_K_M"),
    (18, "Q6_K"),
    (25, "IQ4_NL"),
    (30, "IQ4_XS"),
    (32, "BF16"),
];
