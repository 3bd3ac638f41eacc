//! The one forward pass, for every architecture of the table: any rows of any sequences in one call, logits
//! wherever asked. A file here is a part of a block; what a model is made of says `arch`.

mod attention;
mod block;
mod delta_net;
mod feed_forward;
mod per_layer;
mod short_conv;
mod source;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use candle_core::{Device, Tensor};

use crate::arch::{Config, OUTPUT};
use crate::error::{Error, Result};
use crate::gguf::{Gguf, Header};
use crate::kernels::{self, Angles, Backend, Laying, Linear, Rotation, Table, ToLay};
use crate::kv::{Cache, SequenceId};
use crate::kv_type::KvType;
use crate::model::LoadOptions;
use crate::placement::Placement;
use block::Block;
use source::Source;

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

/// Embeddings of the tokens, which are the output's weights as well where it has none.
const EMBEDDINGS: &str = "token_embd.weight";

/// The weights of a model.
pub struct Decoder {
    config: Config,
    options: LoadOptions,
    /// One for each kind of RoPE.
    angles: Vec<Angles>,
    embeddings: Table,
    per_layer: Option<per_layer::Inputs>,
    blocks: Vec<Block>,
    norm: Tensor,
    output: Linear,
    laying: Laying,
}

/// What all blocks of one call share, on the device of the block that is next.
struct Pass<'a> {
    config: &'a Config,
    cache: &'a mut Cache,
    /// Each with the tokens its sequence had before.
    runs: &'a [(&'a Run<'a>, usize)],
    /// One for each kind of RoPE.
    rotations: Vec<Rotation>,
    /// What queries are multiplied with, `[rows, 1]`.
    sharpening: Option<Tensor>,
    /// `[rows, layers, per-layer width]`.
    per_layer: Option<Tensor>,
}

impl Decoder {
    /// Loads the weights. `progress` hears the part done, from 0 to 1.
    ///
    /// # Errors
    /// [`Error::Incomplete`] for a tensor that is missing or has another shape than the metadata say,
    /// [`Error::Unsupported`] for one whose type cannot be computed with, [`Error::Cancelled`].
    pub fn load(
        gguf: &Gguf,
        options: &LoadOptions,
        cancel: &Cancel,
        mut progress: impl FnMut(f32),
    ) -> Result<Self> {
        let config = Config::from_header(gguf.header())?;
        let options = LoadOptions { placement: options.placement.for_config(&config), ..*options };
        let needs = config.tensors(|name| gguf.tensor(name).is_some());
        let to_lay = ToLay::default();
        let source = |backend| Source { gguf, backend, needs: &needs, to_lay: &to_lay };
        let here = source(&Backend::Own);
        let embeddings = here.table(EMBEDDINGS)?;
        let mut blocks = Vec::new();
        for i in 0..config.layers.len() {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            blocks.push(Block::load(&source(options.placement.of(i)), &config, i)?);
            progress((i + 1) as f32 / (config.layers.len() + 1) as f32);
        }
        let last = source(options.placement.output());
        let decoder = Self {
            angles: config.ropes.iter().map(|rope| here.angles(rope)).collect::<Result<_>>()?,
            per_layer: config
                .per_layer
                .map(|sizes| per_layer::Inputs::load(&here, &config, sizes))
                .transpose()?,
            blocks,
            norm: last.vector(config.output_norm())?,
            output: match last.has(OUTPUT) {
                true => last.linear("output")?,
                false => last.linear_of(&embeddings, EMBEDDINGS)?,
            },
            embeddings,
            laying: to_lay.start(),
            options,
            config,
        };
        progress(1.0);
        Ok(decoder)
    }

    /// Returns when weights lie as they are multiplied fastest. They are laid so behind the scenes, within seconds after
    /// loading; what is computed is the same before and after.
    pub fn settle(&self) {
        self.laying.wait();
    }

    /// Whether all tensors are there, have their shapes, and can be computed with; loads nothing.
    ///
    /// # Errors
    /// As [`Decoder::load`].
    pub fn check(header: &Header) -> Result<Config> {
        let config = Config::from_header(header)?;
        source::check(header, &config)?;
        Ok(config)
    }

    /// The sizes of the model.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Where its layers compute.
    pub fn placement(&self) -> &Placement {
        &self.options.placement
    }

    /// The form of keys and values.
    pub fn keys(&self) -> KvType {
        self.options.keys
    }

    /// An empty cache for it.
    pub fn cache(&self) -> Cache {
        Cache::new(&self.config, &self.options.placement, self.options.keys)
    }

    /// Adds tokens to sequences and gives the logits that were asked for. When it fails or is cancelled, the
    /// cache is as it was before.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a token outside the vocabulary or a sequence named twice,
    /// [`Error::ContextFull`], [`Error::Cancelled`].
    pub fn forward(&self, cache: &mut Cache, runs: &[Run<'_>], cancel: &Cancel) -> Result<Logits> {
        self.accept(cache, runs)?;
        let _awake = kernels::awake();
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
        let c = &self.config;
        let mut x = self.embeddings.rows(&ids)?;
        if c.scales.embeddings != 1.0 {
            x = (x * c.scales.embeddings)?;
        }
        let rotation = |angles| Rotation::new(&positions, angles, c.architecture.rope);
        let per_layer = |inputs: &per_layer::Inputs| inputs.forward(&x, &ids, c.norm_eps);
        let mut pass = Pass {
            rotations: self.angles.iter().map(rotation).collect::<Result<_>>()?,
            sharpening: self.sharpening(&positions)?,
            per_layer: self.per_layer.as_ref().map(per_layer).transpose()?,
            config: c,
            cache,
            runs: &runs,
        };
        for (i, block) in self.blocks.iter().enumerate() {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let device = self.options.placement.of(i).device();
            if !device.same_device(x.device()) {
                x = x.to_device(device)?;
                pass.move_to(device)?;
            }
            x = block.forward(&mut pass, i, &x)?;
        }
        if !wanted.is_empty() {
            let x = x.index_select(&Tensor::new(wanted, x.device())?, 0)?;
            let x = x.to_device(self.options.placement.output().device())?;
            let x = kernels::rms_norm(&x, Some(&self.norm), c.norm_eps)?;
            logits.values = kernels::logits(&self.output, &x, c.scales.logits, c.scales.logits_cap)?;
        }
        Ok(logits)
    }

    /// What queries at these positions are multiplied with; none where that is 1 for all.
    fn sharpening(&self, positions: &[usize]) -> Result<Option<Tensor>> {
        let Some(temperature) = self.config.temperature else { return Ok(None) };
        if positions.iter().all(|&p| p < temperature.every) {
            return Ok(None);
        }
        let factor = |&p: &usize| {
            let times = (p / temperature.every) as f64 + 1.0;
            (times.ln() * temperature.scale + 1.0) as f32
        };
        let factors: Vec<f32> = positions.iter().map(factor).collect();
        Ok(Some(Tensor::from_vec(factors, (positions.len(), 1), &Device::Cpu)?))
    }
}

impl Pass<'_> {
    /// For blocks on another device.
    fn move_to(&mut self, device: &Device) -> Result<()> {
        self.rotations = self.rotations.iter().map(|r| r.to_device(device)).collect::<Result<_>>()?;
        for shared in [&mut self.sharpening, &mut self.per_layer].into_iter().flatten() {
            *shared = shared.to_device(device)?;
        }
        Ok(())
    }
}
