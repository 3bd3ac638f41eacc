//! What memory a model needs, told from its header before it is fetched or loaded. An estimate by what the engine allocates,
//! held against the measured peaks of models in other shapes and forms (BENCHMARKS.md: "memory told before loading").

use crate::arch::{Config, FeedForward, Layer, Mixer};
use crate::generate::CHUNK;
use crate::gguf::Header;
use crate::kernels::Backend;
use crate::model::LoadOptions;

/// Memory that a model needs, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Its weights.
    pub weights: u64,
    /// Keys and values of a full context.
    pub kv: u64,
    /// What is computed with besides: activations, the vocabulary, the program itself.
    pub scratch: u64,
}

/// The program, its libraries and the starter model in it.
const PROGRAM: u64 = 24 << 20;
/// What the texts of a vocabulary take, each token and merge with its place in tables, beside their bytes (twice: in the
/// metadata and in the tables).
const ENTRY: u64 = 24;
/// How many layers' activations are held at the peak. Found by measuring: with one, peaks were told 1 to 4.5 % too low.
const KEPT: u64 = 2;
/// Bytes of an embedding that is looked up: the pages around it.
const LOOKED_UP: u64 = 4096;

impl Need {
    /// With so many tokens of context: what the layers need that are on the processor.
    pub fn of(header: &Header, config: &Config, context: usize, options: &LoadOptions) -> Self {
        let placement = options.placement.for_config(config);
        let here = |&i: &usize| matches!(placement.of(i), Backend::Own);
        let tokens = context.next_multiple_of(16);
        // Of tables that are only looked up a few pages are read; a tied one is multiplied with, too.
        let tied = header.tensor("output.weight").is_none();
        let tables = ["token_embd.weight", "per_layer_token_embd.weight"];
        let spared: u64 = tables[usize::from(tied)..]
            .iter()
            .filter_map(|name| header.tensor(name))
            .map(|t| (t.size as u64).saturating_sub(LOOKED_UP.saturating_mul(context as u64)))
            .sum();
        let list = |key: &str| {
            header.metadata().array(key).map_or(0, |a| 2 * a.size() as u64 + ENTRY * a.len() as u64)
        };
        let vocabulary = list("tokenizer.ggml.tokens") + list("tokenizer.ggml.merges");
        Self {
            weights: placement.bytes_here(header).saturating_sub(spared),
            kv: (0..config.layers.len())
                .filter(here)
                .map(|i| config.kv_bytes_of(i, tokens, options.keys))
                .fold(0, u64::saturating_add),
            scratch: PROGRAM + vocabulary + KEPT * activations(config) as u64,
        }
    }

    /// All of it.
    pub fn total(&self) -> u64 {
        self.weights.saturating_add(self.kv).saturating_add(self.scratch)
    }
}

/// Bytes of a chunk's rows on their way through the widest layer.
fn activations(config: &Config) -> usize {
    let widest = |layer: &Layer| {
        let mixer = match &layer.mixer {
            Mixer::Attention(a) => {
                a.heads * (a.head_dim + a.value_dim) + a.kv_heads * (a.head_dim + a.value_dim)
            }
            Mixer::DeltaNet(n) => (2 * n.key_heads + 3 * n.value_heads) * n.head_dim,
            Mixer::ShortConv(_) => 4 * config.width,
        };
        let ffn = match layer.ffn {
            FeedForward::Dense(width) => width,
            FeedForward::Experts(experts) => experts.used * experts.width,
        };
        // Numbers of 32 bits; those that go into a matrix once more in 8 bits, as they are and side by side.
        let stream = 4 * config.width;
        let rounded = 2 * config.width.max(ffn);
        4 * (stream + mixer.max(3 * ffn)) + rounded
    };
    CHUNK * config.layers.iter().map(widest).max().unwrap_or(0)
}
