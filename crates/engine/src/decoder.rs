//! The one forward pass, for every architecture of the table: any rows of any sequences in one call, logits
//! wherever asked. Pre-norm transformer blocks: attention, then a gated feed-forward (arXiv 1706.03762,
//! 2302.13971).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use candle_core::{Device, Tensor};

use crate::arch::Config;
use crate::error::{Error, Result};
use crate::gguf::{Gguf, TensorInfo};
use crate::kernels::{self, Angles, Linear, Rotation, Weight};
use crate::kv::{Cache, SequenceId};

/// Tells work under way, from any thread, to stop: between two tokens, and between two layers of a long prompt.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Not cancelled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Tokens to add to a sequence, and where logits are wanted.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// The sequence; each may occur once in a call.
    pub sequence: SequenceId,
    /// Its next tokens.
    pub tokens: &'a [u32],
    /// Which of them to give logits for.
    pub logits: Want,
}

/// Which rows of a [`Run`] to give logits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// None: the tokens are only read.
    None,
    /// The last.
    Last,
    /// Every one.
    All,
    /// Those at these places among the run's tokens.
    At(Vec<usize>),
}

/// Logits of the rows that were asked for, in the order of the runs and of their tokens.
#[derive(Debug, Clone, Default)]
pub struct Logits {
    values: Vec<f32>,
    vocab: usize,
}

impl Logits {
    /// The logits `[vocab]` of the `i`-th row that was asked for.
    pub fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.vocab..(i + 1) * self.vocab]
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.vocab).unwrap_or(0)
    }

    /// All of them, `[rows, vocab]`.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

/// The weights of a model.
pub struct Decoder {
    config: Config,
    device: Device,
    angles: Angles,
    embeddings: Weight,
    blocks: Vec<Block>,
    norm: Tensor,
    output: Linear,
}

struct Block {
    attention_norm: Tensor,
    q: Linear,
    k: Linear,
    v: Linear,
    qk_norm: Option<(Tensor, Tensor)>,
    attention_output: Linear,
    ffn_norm: Tensor,
    gate: Linear,
    up: Linear,
    down: Linear,
}

impl Decoder {
    /// Loads the weights. `progress` hears the part done, from 0 to 1.
    ///
    /// # Errors
    /// [`Error::Incomplete`] for a tensor that is missing or has another shape than the metadata say,
    /// [`Error::Unsupported`] for one whose type cannot be computed with, [`Error::Cancelled`].
    pub fn load(
        gguf: &Gguf,
        device: &Device,
        cancel: &Cancel,
        mut progress: impl FnMut(f32),
    ) -> Result<Self> {
        let config = Config::from_gguf(gguf)?;
        let source = Source::new(gguf, device, &config);
        let c = &config;
        let embeddings = source.tensor("token_embd.weight")?;
        let mut blocks = Vec::new();
        for i in 0..c.layers {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            blocks.push(Block::load(&source, c, i)?);
            progress((i + 1) as f32 / (c.layers + 1) as f32);
        }
        let output = match gguf.tensor("output.weight") {
            Some(_) => source.linear("output")?,
            None => Linear::new(embeddings.clone(), None)?,
        };
        let norm = source.vector("output_norm.weight")?;
        let angles = source.angles(c)?;
        progress(1.0);
        Ok(Self { device: device.clone(), angles, embeddings, blocks, norm, output, config })
    }

    /// Whether all tensors are there, have their shapes, and can be computed with; loads nothing.
    ///
    /// # Errors
    /// As [`Decoder::load`].
    pub fn check(gguf: &Gguf) -> Result<Config> {
        let config = Config::from_gguf(gguf)?;
        let source = Source::new(gguf, &Device::Cpu, &config);
        for name in source.shapes.keys().filter(|n| n.as_str() != OUTPUT || gguf.tensor(OUTPUT).is_some()) {
            kernels::computable(source.find(name)?)?;
        }
        Ok(config)
    }

    /// The sizes of the model.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Where it computes.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Adds tokens to sequences and gives the logits that were asked for. When it fails or is cancelled, the
    /// cache is as it was before.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a token outside the vocabulary or a sequence named twice,
    /// [`Error::ContextFull`], [`Error::Cancelled`].
    pub fn forward(&self, cache: &mut Cache, runs: &[Run<'_>], cancel: &Cancel) -> Result<Logits> {
        self.accept(cache, runs)?;
        let before: Vec<usize> = runs.iter().map(|r| cache.len(r.sequence)).collect();
        let result = self.compute(cache, runs, &before, cancel);
        if result.is_err() {
            for (run, &len) in runs.iter().zip(&before) {
                cache.truncate(run.sequence, len.min(cache.len(run.sequence)))?;
            }
        }
        result
    }

    fn accept(&self, cache: &Cache, runs: &[Run<'_>]) -> Result<()> {
        for (i, run) in runs.iter().enumerate() {
            if runs[..i].iter().any(|r| r.sequence == run.sequence) {
                return Err(Error::Invalid("a sequence is named twice in one call".into()));
            }
            if let Some(token) = run.tokens.iter().find(|&&t| t as usize >= self.config.vocab) {
                let vocab = self.config.vocab;
                return Err(Error::Invalid(format!("there is no token {token}: the vocabulary has {vocab}")));
            }
            if let Want::At(rows) = &run.logits
                && let Some(row) = rows.iter().find(|&&r| r >= run.tokens.len())
            {
                let n = run.tokens.len();
                return Err(Error::Invalid(format!("there is no row {row}: the run has {n} tokens")));
            }
            let tokens = cache.len(run.sequence) + run.tokens.len();
            if tokens > self.config.context {
                return Err(Error::ContextFull { tokens, context: self.config.context });
            }
        }
        Ok(())
    }

    fn compute(
        &self,
        cache: &mut Cache,
        runs: &[Run<'_>],
        before: &[usize],
        cancel: &Cancel,
    ) -> Result<Logits> {
        let runs: Vec<(&Run<'_>, usize)> =
            runs.iter().zip(before.iter().copied()).filter(|(r, _)| !r.tokens.is_empty()).collect();
        let mut ids = Vec::new();
        let mut positions = Vec::new();
        let mut wanted = Vec::new();
        for (run, start) in &runs {
            let first = ids.len() as u32;
            let n = run.tokens.len();
            match &run.logits {
                Want::None => {}
                Want::Last => wanted.push(first + n as u32 - 1),
                Want::All => wanted.extend(first..first + n as u32),
                Want::At(rows) => wanted.extend(rows.iter().map(|&r| first + r as u32)),
            }
            ids.extend_from_slice(run.tokens);
            positions.extend(*start..start + n);
            cache.extend(run.sequence, run.tokens)?;
        }
        let mut logits = Logits { values: Vec::new(), vocab: self.config.vocab };
        if ids.is_empty() {
            return Ok(logits);
        }
        let rotation = Rotation::new(&positions, &self.angles, self.config.architecture.rope, &self.device)?;
        let mut x = kernels::embed(&self.embeddings, &ids, &self.device)?;
        for (i, block) in self.blocks.iter().enumerate() {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            x = block.forward(&self.config, &x, &rotation, cache, &runs, i)?;
        }
        if !wanted.is_empty() {
            let x = x.index_select(&Tensor::new(wanted, &self.device)?, 0)?;
            let x = kernels::rms_norm(&x, &self.norm, self.config.norm_eps)?;
            logits.values = self.output.forward(&x)?.flatten_all()?.to_vec1()?;
        }
        Ok(logits)
    }
}

impl Block {
    fn load(source: &Source<'_>, c: &Config, i: usize) -> Result<Self> {
        let name = |part: &str| format!("blk.{i}.{part}");
        let qk_norm = if c.architecture.qk_norm {
            Some((source.vector(&name("attn_q_norm.weight"))?, source.vector(&name("attn_k_norm.weight"))?))
        } else {
            None
        };
        Ok(Self {
            attention_norm: source.vector(&name("attn_norm.weight"))?,
            q: source.linear(&name("attn_q"))?,
            k: source.linear(&name("attn_k"))?,
            v: source.linear(&name("attn_v"))?,
            qk_norm,
            attention_output: source.linear(&name("attn_output"))?,
            ffn_norm: source.vector(&name("ffn_norm.weight"))?,
            gate: source.linear(&name("ffn_gate"))?,
            up: source.linear(&name("ffn_up"))?,
            down: source.linear(&name("ffn_down"))?,
        })
    }

    /// `x` `[rows, width]`, all runs one after the other.
    fn forward(
        &self,
        c: &Config,
        x: &Tensor,
        rotation: &Rotation,
        cache: &mut Cache,
        runs: &[(&Run<'_>, usize)],
        layer: usize,
    ) -> Result<Tensor> {
        let h = kernels::rms_norm(x, &self.attention_norm, c.norm_eps)?;
        let mut q = by_head(&self.q.forward(&h)?, c.heads)?;
        let mut k = by_head(&self.k.forward(&h)?, c.kv_heads)?;
        let v = by_head(&self.v.forward(&h)?, c.kv_heads)?;
        if let Some((q_norm, k_norm)) = &self.qk_norm {
            q = kernels::rms_norm(&q, q_norm, c.norm_eps)?;
            k = kernels::rms_norm(&k, k_norm, c.norm_eps)?;
        }
        let (q, k) = (rotation.apply(&q)?, rotation.apply(&k)?);

        let scale = 1.0 / (c.head_dim as f64).sqrt();
        let mut attended = Vec::with_capacity(runs.len());
        let mut at = 0;
        for (run, _) in runs {
            let n = run.tokens.len();
            cache.put(run.sequence, layer, &k.narrow(1, at, n)?, &v.narrow(1, at, n)?)?;
            attended.push(kernels::attention(
                &q.narrow(1, at, n)?,
                &cache.segments(run.sequence, layer)?,
                scale,
            )?);
            at += n;
        }
        let x = (x + self.attention_output.forward(&Tensor::cat(&attended, 0)?)?)?;

        let h = kernels::rms_norm(&x, &self.ffn_norm, c.norm_eps)?;
        let inner = kernels::swiglu(&self.gate.forward(&h)?, &self.up.forward(&h)?)?;
        Ok((x + self.down.forward(&inner)?)?)
    }
}

/// `[rows, heads · d]` as `[heads, rows, d]`.
fn by_head(x: &Tensor, heads: usize) -> Result<Tensor> {
    let (rows, width) = x.dims2()?;
    Ok(x.reshape((rows, heads, width / heads))?.transpose(0, 1)?.contiguous()?)
}

/// Tensors by name, each held against the shape it must have.
struct Source<'a> {
    gguf: &'a Gguf,
    device: &'a Device,
    shapes: BTreeMap<String, Vec<usize>>,
}

const OUTPUT: &str = "output.weight";
const ROPE_FACTORS: &str = "rope_freqs.weight";

impl<'a> Source<'a> {
    fn new(gguf: &'a Gguf, device: &'a Device, config: &Config) -> Self {
        let mut shapes = config.tensors();
        shapes.insert(OUTPUT.to_owned(), vec![config.vocab, config.width]);
        Self { gguf, device, shapes }
    }

    fn vector(&self, name: &str) -> Result<Tensor> {
        kernels::load_vector(self.gguf, self.find(name)?, self.device)
    }

    /// `name.weight`, and `name.bias` where there is one.
    fn linear(&self, name: &str) -> Result<Linear> {
        let weight = self.tensor(&format!("{name}.weight"))?;
        let rows = self.find(&format!("{name}.weight"))?.shape[0];
        let bias =
            self.gguf.tensor(&format!("{name}.bias")).map(|bias| self.of_length(bias, rows)).transpose()?;
        Linear::new(weight, bias)
    }

    fn tensor(&self, name: &str) -> Result<Weight> {
        kernels::load(self.gguf, self.find(name)?, self.device)
    }

    fn find(&self, name: &str) -> Result<&'a TensorInfo> {
        let tensor = self
            .gguf
            .tensor(name)
            .ok_or_else(|| Error::Incomplete(format!("the tensor {name} is missing")))?;
        match self.shapes.get(name) {
            Some(shape) if tensor.shape != *shape => Err(Error::Incomplete(format!(
                "tensor {name} is {:?} where the metadata ask for {shape:?}",
                tensor.shape
            ))),
            _ => Ok(tensor),
        }
    }

    /// A tensor that some files have and others have not.
    fn of_length(&self, tensor: &TensorInfo, n: usize) -> Result<Tensor> {
        if tensor.shape != [n] {
            let (name, has) = (&tensor.name, &tensor.shape);
            return Err(Error::Incomplete(format!("tensor {name} is {has:?} where [{n}] is needed")));
        }
        kernels::load_vector(self.gguf, tensor, self.device)
    }

    /// RoPE's angles: base^(-2i/d), divided by the position's scale and by the factors that Llama 3 files bring
    /// along (`rope_freqs`).
    fn angles(&self, c: &Config) -> Result<Angles> {
        let pairs = c.rope_dim / 2;
        let divisors = match self.gguf.tensor(ROPE_FACTORS) {
            Some(factors) => self.of_length(factors, pairs)?.to_vec1::<f32>()?,
            None => vec![1.0; pairs],
        };
        Ok(Angles {
            step: (c.rope_base as f32).powf(-2.0 / c.rope_dim as f32),
            factors: divisors.iter().map(|d| 1.0 / c.rope_scale as f32 / d).collect(),
            magnitude: 1.0,
        })
    }
}
