//! What is done to queries and keys before they meet: norms and rotary position embeddings.

use candle_core::{Device, Tensor};

use super::{map_floats, rms_norm_by_candle, rows, with_floats};
use crate::arch::RopeLayout;
use crate::error::Result;

/// How far each pair of elements is turned by a position. The angles are formed as in ggml, in 32 bits and each
/// from the one before, so that far positions turn by the same roundings.
#[derive(Debug, Clone)]
pub(crate) struct Angles {
    /// The angle of a pair by that of the pair before.
    pub step: f32,
    /// What the angle of each pair is multiplied with.
    pub factors: Vec<f32>,
    /// What sine and cosine are multiplied with.
    pub magnitude: f32,
}

/// Cosines and sines for the positions of some rows, each `[rows, pairs]`.
pub(crate) struct Rotation {
    cos: Tensor,
    sin: Tensor,
    layout: RopeLayout,
}

impl Rotation {
    /// On the processor.
    pub fn new(positions: &[usize], angles: &Angles, layout: RopeLayout) -> Result<Self> {
        let pairs = angles.factors.len();
        let (mut cos, mut sin) = (Vec::new(), Vec::new());
        for &position in positions {
            let mut angle = position as f32;
            for factor in &angles.factors {
                let (s, c) = (angle * factor).sin_cos();
                cos.push(c * angles.magnitude);
                sin.push(s * angles.magnitude);
                angle *= angles.step;
            }
        }
        let shape = (positions.len(), pairs);
        Ok(Self {
            cos: Tensor::from_vec(cos, shape, &Device::Cpu)?,
            sin: Tensor::from_vec(sin, shape, &Device::Cpu)?,
            layout,
        })
    }

    /// The same on another device.
    pub fn to_device(&self, device: &Device) -> Result<Self> {
        let (cos, sin) = (self.cos.to_device(device)?, self.sin.to_device(device)?);
        Ok(Self { cos, sin, layout: self.layout })
    }

    /// Turns the first elements of each head of `x` `[heads, rows, head_dim]`, by candle.
    fn apply(&self, x: &Tensor) -> Result<Tensor> {
        let dims = 2 * self.cos.dim(1)?;
        let rest = x.narrow(2, dims, x.dim(2)? - dims)?;
        let x = x.narrow(2, 0, dims)?.contiguous()?.unsqueeze(0)?;
        let turned = match self.layout {
            RopeLayout::Interleaved => candle_nn::rotary_emb::rope_i(&x, &self.cos, &self.sin)?,
            RopeLayout::Halves => candle_nn::rotary_emb::rope(&x, &self.cos, &self.sin)?,
        };
        Ok(Tensor::cat(&[&turned.squeeze(0)?, &rest], 2)?)
    }
}

/// The heads of `x` `[rows, heads · dim]`, normalised (each, or all of a row together where the weight is as long as a
/// row) and turned by the angles of their row.
pub(crate) fn turned(
    x: &Tensor,
    dim: usize,
    norm: Option<&Tensor>,
    eps: f64,
    rotation: Option<&Rotation>,
) -> Result<Tensor> {
    if x.device().is_cpu() {
        let width = x.dim(1)?;
        let weight = norm.map(|w| with_floats(w, <[f32]>::to_vec)).transpose()?;
        let angles = match rotation {
            Some(r) => {
                Some((with_floats(&r.cos, <[f32]>::to_vec)?, with_floats(&r.sin, <[f32]>::to_vec)?, r.layout))
            }
            None => None,
        };
        return map_floats(x, |x| {
            Ok(rows::turned(x, width, dim, weight.as_deref(), eps as f32, angles.as_ref()))
        });
    }
    turned_by_candle(x, dim, norm, eps, rotation)
}

pub(super) fn turned_by_candle(
    x: &Tensor,
    dim: usize,
    norm: Option<&Tensor>,
    eps: f64,
    rotation: Option<&Rotation>,
) -> Result<Tensor> {
    let (n, width) = x.dims2()?;
    let x = match norm {
        Some(weight) if weight.elem_count() == width => rms_norm_by_candle(x, weight, eps)?,
        Some(weight) => {
            rms_norm_by_candle(&x.reshape((n * width / dim, dim))?, weight, eps)?.reshape((n, width))?
        }
        None => x.clone(),
    };
    let Some(rotation) = rotation else { return Ok(x) };
    let by_head = x.reshape((n, width / dim, dim))?.transpose(0, 1)?.contiguous()?;
    Ok(rotation.apply(&by_head)?.transpose(0, 1)?.contiguous()?.reshape((n, width))?)
}
