//! Tiles with AVX2, and with AVX-512 and VNNI.

#![allow(
    clippy::needless_range_loop,
    reason = "closures of iterators are not compiled for the function's processor"
)]

use std::arch::x86_64::*;

use super::pack::Tile;
use super::side::Side;
use super::{OUTPUTS, ROWS, Sums};

/// Sums of every fourth block of 32.
type Fourths = [Sums; 4];

fn check<S: Copy + Default + Send + Sync>(w: &Tile, x: &Side<S>, group: usize, block: usize) {
    let blocks = w.columns / block;
    assert!(
        x.is_for_tiles()
            && x.columns == w.columns
            && w.q.len() >= w.columns * OUTPUTS
            && w.scale.len() >= blocks * OUTPUTS
    );
    assert!(x.q.len() >= (group + 1) * w.columns * ROWS && x.scale.len() >= (group + 1) * blocks * ROWS);
    assert!(w.offset.is_empty() || w.offset.len() >= blocks * OUTPUTS);
}

fn check_large(w: &Tile, x: &Side<i16>, group: usize) {
    check(w, x, group, 256);
    let groups = w.columns / w.group;
    assert!(x.sums_of(w.group).len() >= (group + 1) * groups * ROWS);
    assert!(w.taken.len() >= groups * OUTPUTS && w.group_scale.len() >= groups * OUTPUTS);
}

fn check_small(w: &Tile, x: &Side<f32>, group: usize) {
    check(w, x, group, 32);
    let blocks = (group + 1) * (w.columns / 32) * ROWS;
    assert!(x.sum.len() >= blocks && x.whole.len() >= blocks);
}

/// Large blocks with VNNI.
///
/// # Safety
/// AVX-512F, BW and VNNI.
#[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn large_vnni(w: &Tile, x: &Side<i16>, group: usize) -> Sums {
    check_large(w, x, group);
    // SAFETY: the lengths were checked.
    unsafe {
        match (w.group, w.offset.is_empty()) {
            (16, true) => large_512::<16, false>(w, x, group),
            (16, false) => large_512::<16, true>(w, x, group),
            (_, true) => large_512::<32, false>(w, x, group),
            (_, false) => large_512::<32, true>(w, x, group),
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
unsafe fn large_512<const G: usize, const MINIMA: bool>(w: &Tile, x: &Side<i16>, group: usize) -> Sums {
    let (mut products, mut minima) = (Sums::default(), Sums::default());
    // SAFETY: the callers checked the lengths.
    unsafe {
        let mut wq = w.q.as_ptr();
        let mut xq = x.q.as_ptr().add(group * w.columns * ROWS).cast::<i32>();
        let mut scales = w.group_scale.as_ptr();
        let mut taken = w.taken.as_ptr();
        let mut sums = x.sums_of(G).as_ptr().add(group * (w.columns / G) * ROWS).cast::<i32>();
        for b in 0..w.columns / 256 {
            let mut total = [_mm512_setzero_si512(); ROWS];
            for _ in 0..256 / G {
                let mut sum = [_mm512_setzero_si512(); ROWS];
                for _ in 0..G / 4 {
                    let four = _mm512_loadu_si512(wq.cast());
                    for (r, sum) in sum.iter_mut().enumerate() {
                        *sum = _mm512_dpbusd_epi32(*sum, four, _mm512_set1_epi32(xq.add(r).read_unaligned()));
                    }
                    wq = wq.add(64);
                    xq = xq.add(ROWS);
                }
                let scale = _mm512_cvtepi16_epi32(_mm256_loadu_si256(scales.cast()));
                scales = scales.add(OUTPUTS);
                for (total, sum) in total.iter_mut().zip(sum) {
                    *total = _mm512_add_epi32(*total, _mm512_mullo_epi32(sum, scale));
                }
            }
            let mut away = [_mm512_setzero_si512(); ROWS];
            for _ in 0..128 / G {
                let pair = _mm512_loadu_si512(taken.cast());
                for (r, away) in away.iter_mut().enumerate() {
                    *away = _mm512_dpwssd_epi32(*away, pair, _mm512_set1_epi32(sums.add(r).read_unaligned()));
                }
                taken = taken.add(2 * OUTPUTS);
                sums = sums.add(ROWS);
            }
            let scale = _mm512_loadu_ps(w.scale.as_ptr().add(b * OUTPUTS));
            let offset = match MINIMA {
                true => _mm512_loadu_ps(w.offset.as_ptr().add(b * OUTPUTS)),
                false => scale,
            };
            let xscale = x.scale.as_ptr().add((group * (w.columns / 256) + b) * ROWS);
            for r in 0..ROWS {
                let of_x = _mm512_set1_ps(*xscale.add(r));
                let whole = if MINIMA { total[r] } else { _mm512_sub_epi32(total[r], away[r]) };
                add_512(&mut products[r], _mm512_mul_ps(scale, of_x), whole);
                if MINIMA {
                    add_512(&mut minima[r], _mm512_mul_ps(offset, of_x), away[r]);
                }
            }
        }
    }
    less(products, &minima)
}

#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn add_512(sums: &mut [f32; OUTPUTS], scale: __m512, whole: __m512i) {
    // SAFETY: sixteen numbers are there.
    unsafe {
        let sum = _mm512_fmadd_ps(scale, _mm512_cvtepi32_ps(whole), _mm512_loadu_ps(sums.as_ptr()));
        _mm512_storeu_ps(sums.as_mut_ptr(), sum);
    }
}

#[inline(always)]
fn less(mut a: Sums, b: &Sums) -> Sums {
    a.iter_mut().zip(b).for_each(|(a, b)| a.iter_mut().zip(b).for_each(|(a, b)| *a -= b));
    a
}

/// Small blocks with VNNI.
///
/// # Safety
/// As [`large_vnni`].
#[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn small_vnni(w: &Tile, x: &Side<f32>, group: usize) -> Sums {
    check_small(w, x, group);
    let (mut products, mut offsets) = (Fourths::default(), Fourths::default());
    // SAFETY: the lengths were checked.
    unsafe {
        let mut wq = w.q.as_ptr();
        let mut xq = x.q.as_ptr().add(group * w.columns * ROWS).cast::<i32>();
        for b in 0..w.columns / 32 {
            let at = (group * (w.columns / 32) + b) * ROWS;
            let mut sum = [_mm512_setzero_si512(); ROWS];
            for (r, sum) in sum.iter_mut().enumerate() {
                *sum = _mm512_set1_epi32(-i32::from(w.zero) * x.whole[at + r]);
            }
            for _ in 0..8 {
                let four = _mm512_loadu_si512(wq.cast());
                for (r, sum) in sum.iter_mut().enumerate() {
                    *sum = _mm512_dpbusd_epi32(*sum, four, _mm512_set1_epi32(xq.add(r).read_unaligned()));
                }
                wq = wq.add(64);
                xq = xq.add(ROWS);
            }
            let scale = _mm512_loadu_ps(w.scale.as_ptr().add(b * OUTPUTS));
            for r in 0..ROWS {
                let of_x = _mm512_set1_ps(*x.scale.as_ptr().add(at + r));
                add_512(&mut products[b % 4][r], _mm512_mul_ps(scale, of_x), sum[r]);
            }
            if !w.offset.is_empty() {
                let offset = _mm512_loadu_ps(w.offset.as_ptr().add(b * OUTPUTS));
                for (r, sums) in offsets[b % 4].iter_mut().enumerate() {
                    let of_x = _mm512_set1_ps(*x.sum.as_ptr().add(at + r));
                    let sum = _mm512_fmadd_ps(offset, of_x, _mm512_loadu_ps(sums.as_ptr()));
                    _mm512_storeu_ps(sums.as_mut_ptr(), sum);
                }
            }
        }
    }
    folded(&products, &offsets)
}

#[inline(always)]
fn folded(products: &Fourths, offsets: &Fourths) -> Sums {
    let mut out = Sums::default();
    for r in 0..ROWS {
        for o in 0..OUTPUTS {
            let fold = |s: &Fourths| (s[0][r][o] + s[1][r][o]) + (s[2][r][o] + s[3][r][o]);
            out[r][o] = fold(products) + fold(offsets);
        }
    }
    out
}

/// Large blocks with AVX2.
///
/// # Safety
/// AVX2 and FMA.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn large_avx2(w: &Tile, x: &Side<i16>, group: usize) -> Sums {
    check_large(w, x, group);
    // SAFETY: the lengths were checked.
    unsafe {
        match (w.group, w.most) {
            (16, ..=7) => large_256::<16, 4>(w, x, group),
            (16, _) => large_256::<16, 2>(w, x, group),
            (_, 0..=15) => large_256::<32, 8>(w, x, group),
            (_, 16..=31) => large_256::<32, 4>(w, x, group),
            _ => large_256::<32, 0>(w, x, group),
        }
    }
}

/// `SUMS` products of pairs are summed in 16 bits: `254 · most · SUMS` is below 2^15. 0: not even one fits.
#[inline]
#[target_feature(enable = "avx2,fma")]
unsafe fn large_256<const G: usize, const SUMS: usize>(w: &Tile, x: &Side<i16>, group: usize) -> Sums {
    let (mut products, mut minima) = (Sums::default(), Sums::default());
    let has_minima = !w.offset.is_empty();
    // Four rows and eight outputs twice: what fits the registers.
    for first in [0, 4] {
        // SAFETY: the callers checked the lengths.
        unsafe {
            let mut wq = w.q.as_ptr();
            let mut xq = x.q.as_ptr().add(group * w.columns * ROWS).cast::<i32>().add(first);
            let mut scales = w.group_scale.as_ptr();
            let mut taken = w.taken.as_ptr();
            let mut sums = x.sums_of(G).as_ptr().add(group * (w.columns / G) * ROWS).cast::<i32>().add(first);
            for b in 0..w.columns / 256 {
                let mut total = [[_mm256_setzero_si256(); 2]; 4];
                for _ in 0..256 / G {
                    let scale = pairs_of(scales);
                    scales = scales.add(OUTPUTS);
                    products_of::<SUMS>(wq, xq, G / 4, scale, &mut total);
                    wq = wq.add(16 * G);
                    xq = xq.add(G / 4 * ROWS);
                }
                let mut away = [[_mm256_setzero_si256(); 2]; 4];
                for _ in 0..128 / G {
                    for (half, pair) in
                        [load(taken.cast()), load(taken.add(16).cast())].into_iter().enumerate()
                    {
                        for (r, away) in away.iter_mut().enumerate() {
                            let x = _mm256_set1_epi32(sums.add(r).read_unaligned());
                            away[half] = _mm256_add_epi32(away[half], _mm256_madd_epi16(pair, x));
                        }
                    }
                    taken = taken.add(2 * OUTPUTS);
                    sums = sums.add(ROWS);
                }
                let xscale = x.scale.as_ptr().add((group * (w.columns / 256) + b) * ROWS + first);
                for r in 0..4 {
                    let of_x = _mm256_set1_ps(*xscale.add(r));
                    for half in 0..2 {
                        let at = b * OUTPUTS + 8 * half;
                        let scale = _mm256_mul_ps(_mm256_loadu_ps(w.scale.as_ptr().add(at)), of_x);
                        if has_minima {
                            let offset = _mm256_mul_ps(_mm256_loadu_ps(w.offset.as_ptr().add(at)), of_x);
                            add_256(&mut minima[first + r], half, offset, away[r][half]);
                            add_256(&mut products[first + r], half, scale, total[r][half]);
                        } else {
                            let whole = _mm256_sub_epi32(total[r][half], away[r][half]);
                            add_256(&mut products[first + r], half, scale, whole);
                        }
                    }
                }
            }
        }
    }
    less(products, &minima)
}

/// Adds `scale · Σ w · x` over `fours` times four numbers, for four rows and twice eight outputs.
#[inline]
#[target_feature(enable = "avx2,fma")]
unsafe fn products_of<const SUMS: usize>(
    wq: *const u8,
    xq: *const i32,
    fours: usize,
    scale: [__m256i; 2],
    total: &mut [[__m256i; 2]; 4],
) {
    // SAFETY: the callers' promise: so many numbers are behind the pointers.
    unsafe {
        if SUMS == 0 {
            let (ones, middle) = (_mm256_set1_epi16(1), _mm256_set1_epi8(-128));
            let mut sums = [[_mm256_setzero_si256(); 2]; 4];
            let mut of_x = [_mm256_setzero_si256(); 4];
            for k in 0..fours {
                let four = [load(wq.add(64 * k)), load(wq.add(64 * k + 32))];
                for r in 0..4 {
                    let x = _mm256_set1_epi32(xq.add(k * ROWS + r).read_unaligned());
                    // What is 128 less is signed; with the sign moved to x it fits.
                    for half in 0..2 {
                        let w = _mm256_xor_si256(four[half], middle);
                        let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(x, w));
                        sums[r][half] = _mm256_add_epi32(sums[r][half], _mm256_madd_epi16(pairs, ones));
                    }
                    let whole = _mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_set1_epi8(1), x), ones);
                    of_x[r] = _mm256_add_epi32(of_x[r], whole);
                }
            }
            for r in 0..4 {
                for half in 0..2 {
                    // The pair of scales as one number.
                    let s = _mm256_srai_epi32(scale[half], 16);
                    let all = _mm256_add_epi32(sums[r][half], _mm256_slli_epi32(of_x[r], 7));
                    total[r][half] = _mm256_add_epi32(total[r][half], _mm256_mullo_epi32(all, s));
                }
            }
            return;
        }
        for from in (0..fours).step_by(SUMS.max(1)) {
            let mut sums = [[_mm256_setzero_si256(); 2]; 4];
            for k in from..from + SUMS {
                let four = [load(wq.add(64 * k)), load(wq.add(64 * k + 32))];
                for (r, sums) in sums.iter_mut().enumerate() {
                    let x = _mm256_set1_epi32(xq.add(k * ROWS + r).read_unaligned());
                    sums[0] = _mm256_add_epi16(sums[0], _mm256_maddubs_epi16(four[0], x));
                    sums[1] = _mm256_add_epi16(sums[1], _mm256_maddubs_epi16(four[1], x));
                }
            }
            for r in 0..4 {
                for half in 0..2 {
                    let scaled = _mm256_madd_epi16(sums[r][half], scale[half]);
                    total[r][half] = _mm256_add_epi32(total[r][half], scaled);
                }
            }
        }
    }
}

/// Sixteen scales, each twice, as two times eight pairs.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn pairs_of(scales: *const i16) -> [__m256i; 2] {
    // SAFETY: sixteen are there.
    unsafe {
        let two = |v: __m128i| _mm256_set_m128i(_mm_unpackhi_epi16(v, v), _mm_unpacklo_epi16(v, v));
        [two(_mm_loadu_si128(scales.cast())), two(_mm_loadu_si128(scales.add(8).cast()))]
    }
}

#[inline]
#[target_feature(enable = "avx2")]
unsafe fn load(p: *const u8) -> __m256i {
    // SAFETY: 32 bytes are there: the caller's promise.
    unsafe { _mm256_loadu_si256(p.cast()) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
unsafe fn add_256(sums: &mut [f32; OUTPUTS], half: usize, scale: __m256, whole: __m256i) {
    // SAFETY: eight numbers are there.
    unsafe {
        let at = sums.as_mut_ptr().add(8 * half);
        _mm256_storeu_ps(at, _mm256_fmadd_ps(scale, _mm256_cvtepi32_ps(whole), _mm256_loadu_ps(at)));
    }
}

/// Small blocks with AVX2.
///
/// # Safety
/// As [`large_avx2`].
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn small_avx2(w: &Tile, x: &Side<f32>, group: usize) -> Sums {
    check_small(w, x, group);
    // SAFETY: the lengths were checked.
    unsafe {
        match w.most {
            0..=15 => small_256::<8>(w, x, group),
            16..=31 => small_256::<4>(w, x, group),
            _ => small_256::<0>(w, x, group),
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
unsafe fn small_256<const SUMS: usize>(w: &Tile, x: &Side<f32>, group: usize) -> Sums {
    let (mut products, mut offsets) = (Fourths::default(), Fourths::default());
    let has_offsets = !w.offset.is_empty();
    for first in [0, 4] {
        // SAFETY: the callers checked the lengths.
        unsafe {
            let mut wq = w.q.as_ptr();
            let mut xq = x.q.as_ptr().add(group * w.columns * ROWS).cast::<i32>().add(first);
            for b in 0..w.columns / 32 {
                let mut total = [[_mm256_setzero_si256(); 2]; 4];
                products_of::<SUMS>(wq, xq, 8, [_mm256_set1_epi16(1); 2], &mut total);
                wq = wq.add(16 * 32);
                xq = xq.add(8 * ROWS);
                let at = (group * (w.columns / 32) + b) * ROWS + first;
                for r in 0..4 {
                    let zero = _mm256_set1_epi32(i32::from(w.zero) * x.whole[at + r]);
                    let (of_x, sum_of_x) = (_mm256_set1_ps(x.scale[at + r]), _mm256_set1_ps(x.sum[at + r]));
                    for half in 0..2 {
                        let of_w = b * OUTPUTS + 8 * half;
                        let scale = _mm256_mul_ps(_mm256_loadu_ps(w.scale.as_ptr().add(of_w)), of_x);
                        let whole = _mm256_sub_epi32(total[r][half], zero);
                        add_256(&mut products[b % 4][first + r], half, scale, whole);
                        if has_offsets {
                            let offset = _mm256_loadu_ps(w.offset.as_ptr().add(of_w));
                            let to = offsets[b % 4][first + r].as_mut_ptr().add(8 * half);
                            _mm256_storeu_ps(to, _mm256_fmadd_ps(offset, sum_of_x, _mm256_loadu_ps(to)));
                        }
                    }
                }
            }
        }
    }
    folded(&products, &offsets)
}
