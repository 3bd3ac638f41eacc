//! Lays sixteen rows of weights side by side, four of each after the other.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::super::unpack::Row;
use super::super::way::Way;
use super::OUTPUTS;

/// `out` `[columns / 4, 16, 4]`: the weights of `rows` (of none: 0), each with `zero` added.
pub(super) fn fours(way: Way, rows: &[Row; OUTPUTS], zero: u8, out: &mut [u8]) {
    let columns = out.len() / OUTPUTS;
    let done = match way {
        Way::Scalar => 0,
        #[cfg(target_arch = "x86_64")]
        // SAFETY: this processor knows the way.
        Way::Avx2 => unsafe { eights(rows, zero, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Way::Avx512 => unsafe { sixteens(rows, zero, out) },
    };
    for (o, row) in rows.iter().enumerate() {
        let fours = out.as_chunks_mut::<4>().0.iter_mut().skip(done / 4 * OUTPUTS + o).step_by(OUTPUTS);
        match row.q.get(..columns) {
            Some(q) => {
                let weights = q[done..].as_chunks::<4>().0;
                fours.zip(weights).for_each(|(out, four)| *out = four.map(|q| (q as u8).wrapping_add(zero)));
            }
            None => fours.for_each(|out| *out = [zero; 4]),
        }
    }
}

/// What is read where there are fewer rows.
static NONE: [i8; 64] = [0; 64];

/// Where each row's weights are read, and by how much further with every column.
fn starts(rows: &[Row; OUTPUTS], columns: usize) -> [(*const i8, usize); OUTPUTS] {
    std::array::from_fn(|o| match rows[o].q.get(..columns) {
        Some(q) => (q.as_ptr(), 1),
        None => (NONE.as_ptr(), 0),
    })
}

/// Sixteen fours of each row at a time; gives how many columns were done.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avx512f,avx512bw")]
fn sixteens(rows: &[Row; OUTPUTS], zero: u8, out: &mut [u8]) -> usize {
    let columns = out.len() / OUTPUTS;
    let starts = starts(rows, columns);
    let zero = _mm512_set1_epi8(zero as i8);
    for c in (0..columns / 64 * 64).step_by(64) {
        // SAFETY: every row has `columns` numbers or is 64 that are read over and over; `out` has room for sixteen
        // times 64 from column `c` on.
        unsafe {
            let mut v: [__m512i; 16] = [zero; 16];
            for o in 0..16 {
                v[o] = _mm512_loadu_si512(starts[o].0.add(c * starts[o].1).cast());
            }
            // Halves of pairs of rows, then of pairs of pairs, within each 128 bits.
            let mut t = v;
            for i in 0..8 {
                t[2 * i] = _mm512_unpacklo_epi32(v[2 * i], v[2 * i + 1]);
                t[2 * i + 1] = _mm512_unpackhi_epi32(v[2 * i], v[2 * i + 1]);
            }
            for i in 0..4 {
                v[4 * i] = _mm512_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
                v[4 * i + 1] = _mm512_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
                v[4 * i + 2] = _mm512_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
                v[4 * i + 3] = _mm512_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
            }
            // v[4 i + k] has in its j-th 128 bits the fours 4 j + k of the rows 4 i …: now the 128 bits are sorted.
            let to = out.as_mut_ptr().add(c * OUTPUTS);
            for k in 0..4 {
                let low = _mm512_shuffle_i64x2(v[k], v[4 + k], 0b01_00_01_00);
                let high = _mm512_shuffle_i64x2(v[k], v[4 + k], 0b11_10_11_10);
                let low_of = _mm512_shuffle_i64x2(v[8 + k], v[12 + k], 0b01_00_01_00);
                let high_of = _mm512_shuffle_i64x2(v[8 + k], v[12 + k], 0b11_10_11_10);
                let fours = [
                    _mm512_shuffle_i64x2(low, low_of, 0b10_00_10_00),
                    _mm512_shuffle_i64x2(low, low_of, 0b11_01_11_01),
                    _mm512_shuffle_i64x2(high, high_of, 0b10_00_10_00),
                    _mm512_shuffle_i64x2(high, high_of, 0b11_01_11_01),
                ];
                for (j, four) in fours.into_iter().enumerate() {
                    let place = to.add((4 * j + k) * 64);
                    _mm512_storeu_si512(place.cast(), _mm512_add_epi8(four, zero));
                }
            }
        }
    }
    columns / 64 * 64
}

/// Eight fours of each row at a time, of eight rows and then of the other eight.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn eights(rows: &[Row; OUTPUTS], zero: u8, out: &mut [u8]) -> usize {
    let columns = out.len() / OUTPUTS;
    let starts = starts(rows, columns);
    let zero = _mm256_set1_epi8(zero as i8);
    for c in (0..columns / 32 * 32).step_by(32) {
        for half in 0..2 {
            // SAFETY: as in `sixteens`, for 32.
            unsafe {
                let mut v: [__m256i; 8] = [zero; 8];
                for o in 0..8 {
                    let (start, step) = starts[8 * half + o];
                    v[o] = _mm256_loadu_si256(start.add(c * step).cast());
                }
                let mut t = v;
                for i in 0..4 {
                    t[2 * i] = _mm256_unpacklo_epi32(v[2 * i], v[2 * i + 1]);
                    t[2 * i + 1] = _mm256_unpackhi_epi32(v[2 * i], v[2 * i + 1]);
                }
                for i in 0..2 {
                    v[4 * i] = _mm256_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
                    v[4 * i + 1] = _mm256_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
                    v[4 * i + 2] = _mm256_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
                    v[4 * i + 3] = _mm256_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
                }
                let to = out.as_mut_ptr().add(c * OUTPUTS + 32 * half);
                for k in 0..4 {
                    let fours = [
                        _mm256_permute2x128_si256(v[k], v[4 + k], 0x20),
                        _mm256_permute2x128_si256(v[k], v[4 + k], 0x31),
                    ];
                    for (j, four) in fours.into_iter().enumerate() {
                        let place = to.add((4 * j + k) * 64);
                        _mm256_storeu_si256(place.cast(), _mm256_add_epi8(four, zero));
                    }
                }
            }
        }
    }
    columns / 32 * 32
}
