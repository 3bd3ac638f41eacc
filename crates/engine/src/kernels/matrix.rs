//! A matrix of weights as the file has it, multiplied where it lies.

use std::ops::Range;

use half::{bf16, f16};

use super::activation::{Activations, GROUP, LARGE, Large, SMALL, Small};
#[cfg(target_arch = "x86_64")]
use super::dot::Avx2;
use super::dot::{LargeRow, Processor, Scalar, SmallRow};
use super::pool;
use super::unpack::{Form, Row, form, unpack};
use crate::gguf::{Stretch, TensorType};

/// Multiplications below which threads are not worth waking.
const SERIAL: usize = 1 << 16;
/// Multiplications of a task, about: some microseconds.
const TASK: usize = 1 << 18;

/// Weights `[rows, columns]`, quantized or not, in the mapped file.
#[derive(Clone)]
pub(crate) struct Matrix {
    bytes: Stretch,
    kind: TensorType,
    form: Form,
    pub rows: usize,
    pub columns: usize,
}

impl Matrix {
    /// None when the type is not computed with, or the bytes are not those of such a matrix.
    pub fn new(bytes: Stretch, kind: TensorType, rows: usize, columns: usize) -> Option<Self> {
        let fits = columns.is_multiple_of(kind.block())
            && bytes.len() == (columns / kind.block()).checked_mul(kind.bytes())?.checked_mul(rows)?;
        let form = form(kind).filter(|_| fits)?;
        Some(Self { bytes, kind, form, rows, columns })
    }

    #[cfg(test)]
    pub fn of_static(bytes: &'static [u8], kind: TensorType, rows: usize, columns: usize) -> Self {
        Self::new(Stretch::of_static(bytes), kind, rows, columns).unwrap()
    }

    /// The rows as the file has them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `x · Wᵀ`: `[n, columns]` to `[n, rows]`.
    pub fn multiply(&self, x: &[f32]) -> Vec<f32> {
        let n = x.len() / self.columns.max(1);
        let x = match self.form {
            Form::Float => Activations::Float(x),
            Form::Small => Activations::Small(Small::new(x)),
            Form::Large => Activations::Large(Large::new(x)),
        };
        let mut out = vec![0.0; n * self.rows];
        let cost = n * self.columns;
        let chunk = if cost * self.rows < SERIAL { self.rows } else { (TASK / cost.max(1)).clamp(1, 256) };
        let tasks = self.rows.div_ceil(chunk.max(1));
        let target = Output { first: out.as_mut_ptr(), rows: self.rows };
        pool::run(tasks, &|task| {
            let range = task * chunk..((task + 1) * chunk).min(self.rows);
            self.compute(range, &x, n, &target);
        });
        out
    }

    /// One row as numbers, `[columns]`.
    pub fn row(&self, row: usize, out: &mut [f32]) {
        self.unpack_row::<Scalar>(row, &mut Row::default(), out);
    }

    fn compute(&self, range: Range<usize>, x: &Activations<'_>, n: usize, out: &Output) {
        #[cfg(target_arch = "x86_64")]
        if Avx2::is_here() {
            // SAFETY: AVX2, FMA and F16C are here.
            return unsafe { self.compute_avx2(range, x, n, out) };
        }
        self.compute_on::<Scalar>(range, x, n, out);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma,f16c")]
    fn compute_avx2(&self, range: Range<usize>, x: &Activations<'_>, n: usize, out: &Output) {
        self.compute_on::<Avx2>(range, x, n, out);
    }

    #[inline(always)]
    fn compute_on<P: Processor>(&self, range: Range<usize>, x: &Activations<'_>, n: usize, out: &Output) {
        let k = self.columns;
        let mut row = Row::default();
        let mut plain = vec![0.0; if self.form == Form::Float { k } else { 0 }];
        for r in range {
            self.unpack_row::<P>(r, &mut row, &mut plain);
            for i in 0..n {
                let value = match x {
                    Activations::Float(x) => P::float(&plain, &x[i * k..(i + 1) * k]),
                    Activations::Small(x) => {
                        let b = i * k / SMALL..(i + 1) * k / SMALL;
                        let q = &x.q[i * k..(i + 1) * k];
                        P::small(&row, SmallRow { q, scale: &x.scale[b.clone()], sum: &x.sum[b] })
                    }
                    Activations::Large(x) => {
                        let q = &x.q[i * k..(i + 1) * k];
                        let scale = &x.scale[i * k / LARGE..(i + 1) * k / LARGE];
                        let sum = &x.sum[i * k / GROUP..(i + 1) * k / GROUP];
                        P::large(&row, LargeRow { q, scale, sum })
                    }
                };
                out.put(i, r, value);
            }
        }
    }

    /// Into `row` where the type is quantized and `plain` is empty, else as numbers into `plain`.
    #[inline(always)]
    fn unpack_row<P: Processor>(&self, r: usize, row: &mut Row, plain: &mut [f32]) {
        let size = self.columns / self.kind.block() * self.kind.bytes();
        let bytes = &self.bytes[r * size..(r + 1) * size];
        match self.kind {
            TensorType::F32 => {
                plain.iter_mut().zip(bytes.as_chunks().0).for_each(|(p, &b)| *p = f32::from_le_bytes(b));
            }
            TensorType::F16 => P::widen(as_halves(bytes), plain),
            TensorType::BF16 => {
                let words = bytes.as_chunks().0;
                plain.iter_mut().zip(words).for_each(|(p, &b)| *p = bf16::from_le_bytes(b).to_f32());
            }
            kind => {
                unpack(kind, bytes, row);
                if !plain.is_empty() {
                    row.dequantize(self.form, plain);
                }
            }
        }
    }
}

/// Bytes of a tensor as numbers of 16 bits; tensors are aligned.
fn as_halves(bytes: &[u8]) -> &[f16] {
    // SAFETY: every two bytes are an f16.
    let (before, halves, _) = unsafe { bytes.align_to::<f16>() };
    debug_assert!(before.is_empty());
    halves
}

/// `[n, rows]` numbers that tasks fill, each its own rows.
struct Output {
    first: *mut f32,
    rows: usize,
}

// SAFETY: tasks write to different rows (`Matrix::multiply` parts them), and the buffer outlives them.
unsafe impl Sync for Output {}

impl Output {
    #[inline(always)]
    fn put(&self, i: usize, row: usize, value: f32) {
        // SAFETY: i < n and row < rows; the buffer has n · rows numbers, and no other task has this row.
        unsafe { self.first.add(i * self.rows + row).write(value) }
    }
}
