//! Keys, or values, of a stretch of positions as the processor reads them: numbers of 16 bits, or of 8 with scales.

use half::f16;

use super::super::lanes::{LANES, Lanes};
use crate::kv_type::{KvType, SCALED_TOGETHER};

/// Numbers, tile after tile, in one form or the other. Scales stand `[tiles, kv_heads, blocks, 16]`: one for each 32
/// numbers of a head at each of the tile's positions.
pub(in super::super) enum Plane {
    Half(Vec<f16>),
    Eight { numbers: Vec<i8>, scales: Vec<f16> },
}

/// A form of numbers, as kernels read it.
pub(in super::super) trait Number: Copy {
    /// Whether numbers are to be multiplied with a scale.
    const SCALED: bool;
    /// How many of sixteen numbers begin in a line of memory.
    const IN_A_LINE: usize = 64 / (LANES * size_of::<Self>());

    /// Sixteen of them.
    ///
    /// # Safety
    /// They are there.
    unsafe fn load<L: Lanes>(p: *const Self) -> L;

    /// The numbers and the scales of a plane; none of a plane of another form.
    fn of(plane: &Plane) -> (&[Self], &[f16]);
}

impl Number for f16 {
    const SCALED: bool = false;

    #[inline(always)]
    unsafe fn load<L: Lanes>(p: *const Self) -> L {
        // SAFETY: the caller's promise.
        unsafe { L::load_half(p) }
    }

    fn of(plane: &Plane) -> (&[Self], &[f16]) {
        match plane {
            Plane::Half(numbers) => (numbers, &[]),
            Plane::Eight { .. } => (&[], &[]),
        }
    }
}

impl Number for i8 {
    const SCALED: bool = true;

    #[inline(always)]
    unsafe fn load<L: Lanes>(p: *const Self) -> L {
        // SAFETY: the caller's promise.
        unsafe { L::load_eight(p) }
    }

    fn of(plane: &Plane) -> (&[Self], &[f16]) {
        match plane {
            Plane::Half(_) => (&[], &[]),
            Plane::Eight { numbers, scales } => (numbers, scales),
        }
    }
}

impl Plane {
    pub fn new(kind: KvType) -> Self {
        match kind {
            KvType::F16 => Self::Half(Vec::new()),
            KvType::Q8_0 => Self::Eight { numbers: Vec::new(), scales: Vec::new() },
        }
    }

    pub fn kind(&self) -> KvType {
        match self {
            Self::Half(_) => KvType::F16,
            Self::Eight { .. } => KvType::Q8_0,
        }
    }

    /// Makes room for so many numbers and scales.
    pub fn grow(&mut self, n: usize, of_scales: usize) {
        match self {
            Self::Half(numbers) => grow(numbers, n, f16::ZERO),
            Self::Eight { numbers, scales } => {
                grow(numbers, n, 0);
                grow(scales, of_scales, f16::ZERO);
            }
        }
    }

    /// Bytes that are held.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Half(numbers) => 2 * numbers.capacity(),
            Self::Eight { numbers, scales } => numbers.capacity() + 2 * scales.capacity(),
        }
    }
}

/// Makes room for `n` numbers, with an eighth to spare: to double it, as vectors do, would be memory for nothing.
fn grow<T: Copy>(numbers: &mut Vec<T>, n: usize, nothing: T) {
    if n > numbers.capacity() {
        numbers.reserve_exact(n.max(numbers.capacity() / 8 * 9) - numbers.len());
    }
    numbers.resize(n, nothing);
}

/// Up to 32 numbers in 8 bits, with their scale (ggml's `quantize_row_q8_0`).
pub(super) fn rounded(numbers: &[f32]) -> (f16, [i8; SCALED_TOGETHER]) {
    let greatest = numbers.iter().fold(0.0f32, |most, v| most.max(v.abs()));
    let scale = greatest / 127.0;
    let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
    let mut out = [0; SCALED_TOGETHER];
    for (out, v) in out.iter_mut().zip(numbers) {
        *out = (v * inverse).round() as i8;
    }
    (f16::from_f32(scale), out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_8_bits_are_off_by_half_a_step_at_most_and_rounded_again_they_are_the_same() {
        for seed in 0..50 {
            let size = 10f32.powi(seed % 7 - 3);
            let numbers: Vec<f32> =
                (0..32).map(|i| ((i * 7919 + seed * 31) % 2003) as f32 * size - size).collect();
            let (scale, eight) = rounded(&numbers);
            let back: Vec<f32> = eight.iter().map(|q| f32::from(*q) * scale.to_f32()).collect();
            for (v, b) in numbers.iter().zip(&back) {
                assert!((v - b).abs() <= scale.to_f32() * 0.57, "{v} {b}");
            }
            assert_eq!(rounded(&back), (scale, eight));
        }
        assert_eq!(rounded(&[0.0; 32]), (f16::ZERO, [0; 32]));
    }
}
