//! Quantized weights as 8-bit numbers with their scales, one function a type. The formats are ggml's
//! (`ggml-common.h`, `ggml-quants.c`).

use half::f16;

use super::activation::{GROUP, LARGE, SMALL};
use crate::gguf::TensorType;

/// A row of weights, unpacked. Which of the scales are used is told by [`Form`].
#[derive(Default)]
pub(super) struct Row {
    /// The weights before scaling, `[columns]`.
    pub q: Vec<i8>,
    /// A scale for each block.
    pub scale: Vec<f32>,
    /// What is added for each block (`Form::Small`) or multiplied with the groups' minima and taken away
    /// (`Form::Large`); empty where the type has none.
    pub offset: Vec<f32>,
    /// Whole-number scales of groups of 16 (`Form::Large`).
    pub group_scale: Vec<i16>,
    /// Whole-number minima of groups of 16 (`Form::Large` with offsets).
    pub group_min: Vec<i16>,
}

/// How a type's blocks are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Plain numbers.
    Float,
    /// `w = scale · q + offset`, for 32 weights.
    Small,
    /// `w = scale · group_scale · q - offset · group_min`, for 256 weights in groups of 16.
    Large,
}

/// Which form a type has; none for what cannot be computed with.
pub(super) fn form(kind: TensorType) -> Option<Form> {
    use TensorType::{
        BF16, F16, F32, IQ4_NL, IQ4_XS, MXFP4, Q2_K, Q3_K, Q4_0, Q4_1, Q4_K, Q5_0, Q5_1, Q5_K, Q6_K, Q8_0,
    };
    match kind {
        F32 | F16 | BF16 => Some(Form::Float),
        Q8_0 | Q4_0 | Q4_1 | Q5_0 | Q5_1 | IQ4_NL | MXFP4 => Some(Form::Small),
        Q2_K | Q3_K | Q4_K | Q5_K | Q6_K | IQ4_XS => Some(Form::Large),
        _ => None,
    }
}

/// Unpacks a row of a quantized type; for others nothing is done.
#[inline(always)]
pub(super) fn unpack(kind: TensorType, bytes: &[u8], row: &mut Row) {
    match kind {
        TensorType::Q8_0 => small::<Q8_0, _>(bytes, row),
        TensorType::Q4_0 => small::<Q4_0, _>(bytes, row),
        TensorType::Q4_1 => small::<Q4_1, _>(bytes, row),
        TensorType::Q5_0 => small::<Q5_0, _>(bytes, row),
        TensorType::Q5_1 => small::<Q5_1, _>(bytes, row),
        TensorType::IQ4_NL => small::<Iq4Nl, _>(bytes, row),
        TensorType::MXFP4 => small::<Mxfp4, _>(bytes, row),
        TensorType::Q2_K => large::<Q2K, _>(bytes, row),
        TensorType::Q3_K => large::<Q3K, _>(bytes, row),
        TensorType::Q4_K => large::<Q4K, _>(bytes, row),
        TensorType::Q5_K => large::<Q5K, _>(bytes, row),
        TensorType::Q6_K => large::<Q6K, _>(bytes, row),
        TensorType::IQ4_XS => large::<Iq4Xs, _>(bytes, row),
        _ => {}
    }
}

impl Row {
    /// The weights as numbers, `[columns]`.
    pub fn dequantize(&self, form: Form, out: &mut [f32]) {
        match form {
            Form::Float => {}
            Form::Small => {
                for (b, (out, q)) in out.chunks_exact_mut(SMALL).zip(self.q.chunks_exact(SMALL)).enumerate() {
                    let offset = self.offset.get(b).copied().unwrap_or(0.0);
                    out.iter_mut().zip(q).for_each(|(o, &q)| *o = self.scale[b] * f32::from(q) + offset);
                }
            }
            Form::Large => {
                for (g, (out, q)) in out.chunks_exact_mut(GROUP).zip(self.q.chunks_exact(GROUP)).enumerate() {
                    let b = g * GROUP / LARGE;
                    let scale = self.scale[b] * f32::from(self.group_scale[g]);
                    let offset = self.offset.get(b).map_or(0.0, |&o| o * f32::from(self.group_min[g]));
                    out.iter_mut().zip(q).for_each(|(o, &q)| *o = scale * f32::from(q) - offset);
                }
            }
        }
    }
}

/// The sixteen values of IQ4_NL and IQ4_XS.
const IQ4_VALUES: [i8; 16] = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];
/// The sixteen values of MXFP4 (OCP Microscaling Formats 1.0, E2M1), doubled so that they are whole.
const MXFP4_VALUES: [i8; 16] = [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12];

#[inline(always)]
fn half(b: &[u8], at: usize) -> f32 {
    f16::from_le_bytes([b[at], b[at + 1]]).to_f32()
}

/// 2^(e - 128): half of what the exponent E8M0 says, since the values are doubled.
#[inline(always)]
fn half_power_of_two(e: u8) -> f32 {
    // The two smallest are below the normal numbers.
    f32::from_bits(if e < 2 { 0x0020_0000 << e } else { u32::from(e - 1) << 23 })
}

/// A type with blocks of 32 weights in `SIZE` bytes. (Types and not closures: these are inlined into functions that
/// are compiled for a processor, and closures would not be.)
trait SmallBlock<const SIZE: usize> {
    /// Fills `q`; gives the scale and, where the type has one, the offset.
    fn unpack(b: &[u8; SIZE], q: &mut [i8; SMALL]) -> (f32, Option<f32>);
}

#[inline(always)]
fn small<T: SmallBlock<SIZE>, const SIZE: usize>(bytes: &[u8], row: &mut Row) {
    let blocks = bytes.as_chunks::<SIZE>().0;
    row.q.resize(blocks.len() * SMALL, 0);
    row.scale.resize(blocks.len(), 0.0);
    row.offset.clear();
    for (i, (b, q)) in blocks.iter().zip(row.q.as_chunks_mut().0).enumerate() {
        let (scale, offset) = T::unpack(b, q);
        row.scale[i] = scale;
        if let Some(offset) = offset {
            row.offset.push(offset);
        }
    }
}

struct Q8_0;
impl SmallBlock<34> for Q8_0 {
    #[inline(always)]
    fn unpack(b: &[u8; 34], q: &mut [i8; SMALL]) -> (f32, Option<f32>) {
        for i in 0..SMALL {
            q[i] = b[2 + i] as i8;
        }
        (half(b, 0), None)
    }
}

struct Q4_0;
impl SmallBlock<18> for Q4_0 {
    #[inline(always)]
    fn unpack(b: &[u8; 18], q: &mut [i8; SMALL]) -> (f32, Option<f32>) {
        for w in 0..2 {
            let b = word(&b[2..], w);
            put(q, w, less::<8>(b & FOUR));
            put(q, w + 2, less::<8>(b >> 4 & FOUR));
        }
        (half(b, 0), None)
    }
}

struct Q4_1;
impl SmallBlock<20> for Q4_1 {
    #[inline(always)]
    fn unpack(b: &[u8; 20], q: &mut [i8; SMALL]) -> (f32, Option<f32>) {
        for w in 0..2 {
            let b = word(&b[4..], w);
            put(q, w, b & FOUR);
            put(q, w + 2, b >> 4 & FOUR);
        }
        (half(b, 0), Some(half(b, 2)))
    }
}

struct Q5_0;
impl SmallBlock<22> for Q5_0 {
    #[inline(always)]
    fn unpack(b: &[u8; 22], q: &mut [i8; SMALL]) -> (f32, Option<f32>) {
        for w in 0..2 {
            let (low, high) = (spread(b[2 + w]) << 4, spread(b[4 + w]) << 4);
            let b = word(&b[6..], w);
            put(q, w, less::<16>(b & FOUR | low));
            put(q, w + 2, less::<16>(b >> 4 & FOUR | high));
        }
        (half(b, 0), None)
    }
}

struct Q5_1;
impl SmallBlock<24> for Q5_1 {
    #[inline(always)]
    fn unpack(b: &[u8; 24], q: &mut [i8; SMALL]) -> (f32, Option<f32>) {
        for w in 0..2 {
            let (low, high) = (spread(b[4 + w]) << 4, spread(b[6 + w]) << 4);
            let b = word(&b[8..], w);
            put(q, w, b & FOUR | low);
            put(q, w + 2, b >> 4 & FOUR | high);
        }
        (half(b, 0), Some(half(b, 2)))
    }
}

struct Iq4Nl;
impl SmallBlock<18> for Iq4Nl {
    #[inline(always)]
    fn unpack(b: &[u8; 18], q: &mut [i8; SMALL]) -> (f32, Option<f32>) {
        for i in 0..16 {
            q[i] = IQ4_VALUES[usize::from(b[2 + i] & 15)];
            q[i + 16] = IQ4_VALUES[usize::from(b[2 + i] >> 4)];
        }
        (half(b, 0), None)
    }
}

struct Mxfp4;
impl SmallBlock<17> for Mxfp4 {
    #[inline(always)]
    fn unpack(b: &[u8; 17], q: &mut [i8; SMALL]) -> (f32, Option<f32>) {
        for i in 0..16 {
            q[i] = MXFP4_VALUES[usize::from(b[1 + i] & 15)];
            q[i + 16] = MXFP4_VALUES[usize::from(b[1 + i] >> 4)];
        }
        (half_power_of_two(b[0]), None)
    }
}

/// Eight bytes at once, one weight in each: plain arithmetic on words is fast on every processor, where loops over
/// bytes are not surely made so.
#[inline(always)]
fn word(b: &[u8], w: usize) -> u64 {
    u64::from_le_bytes(b.as_chunks().0[w])
}

/// The lowest four bits of each byte.
const FOUR: u64 = u64::MAX / 0xff * 0x0f;
/// The lowest two.
const TWO: u64 = u64::MAX / 0xff * 0x03;
/// The lowest.
const ONE: u64 = u64::MAX / 0xff;

/// Takes `N` away from each byte, which is below 128 and becomes signed.
#[inline(always)]
fn less<const N: u64>(bytes: u64) -> u64 {
    const SIGN: u64 = ONE * 0x80;
    ((bytes | SIGN) - ONE * N) ^ SIGN
}

/// Eight bits as the lowest bits of eight bytes.
#[inline(always)]
fn spread(bits: u8) -> u64 {
    let copies = ONE * u64::from(bits);
    // Bit i stays in byte i, then is moved down.
    let kept = copies & 0x8040_2010_0804_0201;
    ((kept + (ONE * 0x80 - ONE)) | kept) >> 7 & ONE
}

#[inline(always)]
fn put(q: &mut [i8], w: usize, bytes: u64) {
    q[8 * w..8 * w + 8].copy_from_slice(&bytes.to_le_bytes().map(|b| b as i8));
}

/// A large block, being filled.
struct Block<'a> {
    q: &'a mut [i8; LARGE],
    scale: &'a mut [i16; 16],
    min: &'a mut [i16; 16],
}

/// A type with blocks of 256 weights in `SIZE` bytes.
trait LargeBlock<const SIZE: usize> {
    /// Fills the block; gives its scale and, where the type has minima, what they are multiplied with.
    fn unpack(b: &[u8; SIZE], out: Block<'_>) -> (f32, Option<f32>);
}

#[inline(always)]
fn large<T: LargeBlock<SIZE>, const SIZE: usize>(bytes: &[u8], row: &mut Row) {
    let blocks = bytes.as_chunks::<SIZE>().0;
    let n = blocks.len();
    row.q.resize(n * LARGE, 0);
    row.scale.resize(n, 0.0);
    row.group_scale.resize(n * 16, 0);
    row.group_min.resize(n * 16, 0);
    row.offset.clear();
    let q = row.q.as_chunks_mut().0;
    let (scales, mins) = (row.group_scale.as_chunks_mut().0, row.group_min.as_chunks_mut().0);
    for (i, b) in blocks.iter().enumerate() {
        let (d, offset) = T::unpack(b, Block { q: &mut q[i], scale: &mut scales[i], min: &mut mins[i] });
        row.scale[i] = d;
        if let Some(offset) = offset {
            row.offset.push(offset);
        }
    }
}

/// Two bits of each weight: in half `n`, byte `l` has those of the weights `l`, `l + 32`, `l + 64`, `l + 96`. Where
/// there is a third bit, it says that 4 is not to be taken away.
#[inline(always)]
fn two_bits(b: &[u8], q: &mut [i8; LARGE], third: Option<&[u8; 32]>) {
    for j in 0..8 {
        for w in 0..4 {
            let two = word(&b[32 * (j / 4)..], w) >> (2 * (j % 4)) & TWO;
            put(
                q,
                4 * j + w,
                match third {
                    Some(third) => less::<4>(two | (word(third, w) >> j & ONE) << 2),
                    None => two,
                },
            );
        }
    }
}

struct Q2K;
impl LargeBlock<84> for Q2K {
    #[inline(always)]
    fn unpack(b: &[u8; 84], out: Block<'_>) -> (f32, Option<f32>) {
        for (i, b) in b[..16].iter().enumerate() {
            out.scale[i] = i16::from(b & 15);
            out.min[i] = i16::from(b >> 4);
        }
        two_bits(&b[16..80], out.q, None);
        (half(b, 80), Some(half(b, 82)))
    }
}

struct Q3K;
impl LargeBlock<110> for Q3K {
    #[inline(always)]
    fn unpack(b: &[u8; 110], out: Block<'_>) -> (f32, Option<f32>) {
        let s = &b[96..108];
        for i in 0..16 {
            let four = if i < 8 { s[i] & 15 } else { s[i - 8] >> 4 };
            let two = (s[8 + i % 4] >> (2 * (i / 4))) & 3;
            out.scale[i] = i16::from(four | two << 4) - 32;
        }
        two_bits(&b[32..96], out.q, b.first_chunk());
        (half(b, 108), None)
    }
}

/// Scale and minimum, 6 bits each, of the eight sub-blocks of Q4_K and Q5_K.
#[inline(always)]
fn six_bits(s: &[u8], out: &mut Block<'_>) {
    for j in 0..8 {
        let (scale, min) = if j < 4 {
            (s[j] & 63, s[j + 4] & 63)
        } else {
            ((s[j + 4] & 15) | (s[j - 4] >> 6) << 4, (s[j + 4] >> 4) | (s[j] >> 6) << 4)
        };
        out.scale[2 * j..2 * j + 2].fill(i16::from(scale));
        out.min[2 * j..2 * j + 2].fill(i16::from(min));
    }
}

struct Q4K;
impl LargeBlock<144> for Q4K {
    #[inline(always)]
    fn unpack(b: &[u8; 144], mut out: Block<'_>) -> (f32, Option<f32>) {
        six_bits(&b[4..16], &mut out);
        for j in 0..4 {
            for w in 0..4 {
                let b = word(&b[16 + 32 * j..], w);
                put(out.q, 8 * j + w, b & FOUR);
                put(out.q, 8 * j + 4 + w, b >> 4 & FOUR);
            }
        }
        (half(b, 0), Some(half(b, 2)))
    }
}

struct Q5K;
impl LargeBlock<176> for Q5K {
    #[inline(always)]
    fn unpack(b: &[u8; 176], mut out: Block<'_>) -> (f32, Option<f32>) {
        six_bits(&b[4..16], &mut out);
        for j in 0..4 {
            for w in 0..4 {
                let fifth = word(&b[16..], w) >> (2 * j);
                let b = word(&b[48 + 32 * j..], w);
                put(out.q, 8 * j + w, b & FOUR | (fifth & ONE) << 4);
                put(out.q, 8 * j + 4 + w, b >> 4 & FOUR | (fifth >> 1 & ONE) << 4);
            }
        }
        (half(b, 0), Some(half(b, 2)))
    }
}

struct Q6K;
impl LargeBlock<210> for Q6K {
    #[inline(always)]
    fn unpack(b: &[u8; 210], out: Block<'_>) -> (f32, Option<f32>) {
        for n in 0..2 {
            for w in 0..4 {
                let a = word(&b[64 * n..], w);
                let c = word(&b[64 * n + 32..], w);
                let h = word(&b[128 + 32 * n..], w);
                let at = 16 * n + w;
                put(out.q, at, less::<32>(a & FOUR | (h & TWO) << 4));
                put(out.q, at + 4, less::<32>(c & FOUR | (h >> 2 & TWO) << 4));
                put(out.q, at + 8, less::<32>(a >> 4 & FOUR | (h >> 4 & TWO) << 4));
                put(out.q, at + 12, less::<32>(c >> 4 & FOUR | (h >> 6 & TWO) << 4));
            }
        }
        for (out, &scale) in out.scale.iter_mut().zip(&b[192..208]) {
            *out = i16::from(scale as i8);
        }
        (half(b, 208), None)
    }
}

struct Iq4Xs;
impl LargeBlock<136> for Iq4Xs {
    #[inline(always)]
    fn unpack(b: &[u8; 136], out: Block<'_>) -> (f32, Option<f32>) {
        let high = u16::from_le_bytes([b[2], b[3]]);
        let low = &b[4..8];
        for j in 0..8 {
            let four = (low[j / 2] >> (4 * (j % 2))) & 15;
            let scale = i16::from(four | ((high >> (2 * j) & 3) as u8) << 4) - 32;
            out.scale[2 * j..2 * j + 2].fill(scale);
            for l in 0..16 {
                let byte = b[8 + 16 * j + l];
                out.q[32 * j + l] = IQ4_VALUES[(byte & 15) as usize];
                out.q[32 * j + 16 + l] = IQ4_VALUES[(byte >> 4) as usize];
            }
        }
        (half(b, 0), None)
    }
}
