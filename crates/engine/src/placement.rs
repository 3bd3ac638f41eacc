//! Where each layer of a model computes: on the processor with our kernels, or on a graphics card with candle's. What does
//! not fit into the card's memory stays on the processor: the first layers, with the embeddings that are looked up there.

use crate::arch::{Config, Mixer, OUTPUT};
use crate::gguf::{Header, TensorInfo};
use crate::kernels::{Backend, candle_bytes};
use crate::kv_type::KvType;

/// Where the layers of a model compute.
#[derive(Debug, Clone, Default)]
pub struct Placement {
    /// How many layers, from the first on, compute on the processor; none: all, and the output.
    here: Option<usize>,
    /// Who computes the others, and the output.
    there: Backend,
}

impl Placement {
    /// All layers on the processor, by our kernels.
    pub fn processor() -> Self {
        Self::default()
    }

    /// All layers but so many first ones, and the output, by another.
    pub fn after(here: usize, there: Backend) -> Self {
        Self { here: Some(here), there }
    }

    /// Who computes a layer.
    pub fn of(&self, layer: usize) -> &Backend {
        match self.here {
            Some(here) if layer >= here => &self.there,
            _ => &Backend::Own,
        }
    }

    /// Who computes the output.
    pub fn output(&self) -> &Backend {
        match self.here {
            Some(_) => &self.there,
            None => &Backend::Own,
        }
    }

    /// How many of so many layers are not on the processor.
    pub fn layers_there(&self, layers: usize) -> usize {
        self.here.map_or(0, |here| layers.saturating_sub(here))
    }

    /// Bytes of the weights that stay on the processor.
    pub(crate) fn bytes_here(&self, header: &Header) -> u64 {
        let of = |tensor: &TensorInfo| match layer_of(&tensor.name) {
            Some(layer) => matches!(self.of(layer), Backend::Own),
            None => tensor.name != OUTPUT || matches!(self.output(), Backend::Own),
        };
        header.tensors().iter().filter(|t| of(t)).fold(0, |sum, t| sum.saturating_add(t.size as u64))
    }

    /// The same, so that no layer uses the keys of one that is elsewhere.
    pub(crate) fn for_config(&self, config: &Config) -> Self {
        let here = self.here.map(|here| first_there(config, here));
        Self { here: here.filter(|&here| here < config.layers.len()), there: self.there.clone() }
    }
}

/// Bytes that candle computes with on a card, besides weights, keys and values: scores of a long prompt, their softmax, and
/// what its libraries take. An estimate: nothing here has been measured on a card.
const SCRATCH: u64 = 512 << 20;

/// How many layers of a model, from the last on, fit into `free` bytes of a card's memory with a context of so many tokens
/// (none: all), at most `most`. An error is the name of a tensor whose type candle lacks.
pub fn layers_that_fit(
    header: &Header,
    config: &Config,
    context: usize,
    free: Option<u64>,
    most: Option<usize>,
) -> Result<usize, String> {
    let layers = config.layers.len();
    let mut of_layers = vec![0u64; layers];
    let mut output = 0u64;
    for tensor in header.tensors() {
        let bytes = || candle_bytes(tensor).ok_or_else(|| tensor.name.clone());
        match layer_of(&tensor.name) {
            Some(layer) if layer < layers => of_layers[layer] = of_layers[layer].saturating_add(bytes()?),
            _ if tensor.name == OUTPUT => output = bytes()?,
            _ => {}
        }
    }
    if output == 0 {
        // Tied: the embeddings once more.
        let table = header.tensor("token_embd.weight");
        output = table.map(|t| candle_bytes(t).ok_or_else(|| t.name.clone())).transpose()?.unwrap_or(0);
    }
    let free = free.unwrap_or(u64::MAX);
    let (mut fit, mut taken) = (0, output.saturating_add(SCRATCH));
    for layer in (0..layers).rev().take(most.unwrap_or(layers)) {
        let keys = config.kv_bytes_of(layer, context, KvType::F16);
        taken = taken.saturating_add(of_layers[layer]).saturating_add(keys);
        if taken > free {
            break;
        }
        fit += 1;
    }
    Ok(layers - first_there(config, layers - fit))
}

/// The layer that a tensor belongs to.
fn layer_of(tensor: &str) -> Option<usize> {
    tensor.strip_prefix("blk.")?.split('.').next()?.parse().ok()
}

/// The first layer from `here` on such that none after it uses the keys of one before it.
fn first_there(config: &Config, mut here: usize) -> usize {
    loop {
        let later = config.layers.iter().enumerate().skip(here);
        let crosses = later.filter(|(_, layer)| match &layer.mixer {
            Mixer::Attention(a) => a.keys_of.is_some_and(|of| of < here),
            _ => false,
        });
        match crosses.map(|(i, _)| i + 1).max() {
            Some(after) => here = after,
            None => return here.min(config.layers.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_computes_on_the_processor() {
        let device = candle_core::Device::Cpu;
        let placement = Placement::after(2, Backend::Candle(device));
        let own = |backend: &Backend| matches!(backend, Backend::Own);
        assert!(own(placement.of(1)) && !own(placement.of(2)) && !own(placement.output()));
        assert_eq!((placement.layers_there(5), placement.layers_there(1)), (3, 0));
        let all = Placement::processor();
        assert!(own(all.of(0)) && own(all.of(7)) && own(all.output()));
        assert_eq!(all.layers_there(5), 0);
    }

    #[test]
    fn a_tensor_is_of_the_layer_in_its_name() {
        assert_eq!(layer_of("blk.12.attn_q.weight"), Some(12));
        assert_eq!(layer_of("output.weight"), None);
        assert_eq!(layer_of("blk.x.weight"), None);
    }
}
