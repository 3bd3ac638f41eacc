//! The fast ways against the plain ones, and the plain ones against candle and against exact sums.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use candle_core::quantized::{QStorage, QTensor};
use candle_core::{Device, Tensor};
use half::f16;
use proptest::prelude::*;

use super::activation::{Large, Small};
use super::attention::{Asking, Attend, Seen};
#[cfg(target_arch = "x86_64")]
use super::dot::Avx2;
use super::dot::{self, Processor, Scalar};
use super::interleaved::{Room, ToLay};
use super::key_values::{Heads, KeyValues};
use super::linear::{Linear, Weight, candle_type};
use super::matrix::{Input, Matrix};
use super::tile::{self, Inputs, Tile, Together};
use super::unpack::{Form, Row, form, unpack};
use super::way::Way;
use super::{Angles, Backend, Rotation, rotation, turned};
use crate::arch::{Activation, RopeLayout};
use crate::gguf::TensorType::{self, *};
use crate::kv_type::KvType;

/// Quantized types, each with the places of its 16-bit scales in a block.
const TYPES: &[(TensorType, &[usize])] = &[
    (Q4_0, &[0]),
    (Q4_1, &[0, 2]),
    (Q5_0, &[0]),
    (Q5_1, &[0, 2]),
    (Q8_0, &[0]),
    (Q2_K, &[80, 82]),
    (Q3_K, &[108]),
    (Q4_K, &[0, 2]),
    (Q5_K, &[0, 2]),
    (Q6_K, &[208]),
    (IQ4_NL, &[0]),
    (IQ4_XS, &[0]),
    (MXFP4, &[]),
];

/// Blocks of any bits, but for scales that are numbers of some size.
fn blocks(kind: TensorType, scales: &[usize], n: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    };
    let mut bytes: Vec<u8> = (0..n * kind.bytes()).map(|_| next() as u8).collect();
    for block in bytes.chunks_exact_mut(kind.bytes()) {
        for &at in scales {
            let scale = f16::from_f32((next() % 2001) as f32 / 1000.0 - 1.0);
            block[at..at + 2].copy_from_slice(&scale.to_le_bytes());
        }
        if kind == MXFP4 {
            block[0] = 120 + (next() % 12) as u8;
        }
    }
    bytes
}

fn row(kind: TensorType, bytes: &[u8]) -> Row {
    let mut row = Row::default();
    unpack(kind, bytes, &mut row);
    row
}

fn numbers(kind: TensorType, bytes: &[u8]) -> Vec<f32> {
    let mut out = vec![0.0; bytes.len() / kind.bytes() * kind.block()];
    row(kind, bytes).dequantize(form(kind).unwrap(), &mut out);
    out
}

/// The sum by a processor's way, with activations rounded to 8 bits.
fn sum<P: Processor>(kind: TensorType, bytes: &[u8], x: &[f32]) -> f32 {
    let w = row(kind, bytes);
    match form(kind).unwrap() {
        Form::Float => unreachable!(),
        Form::Small => dot::small::<P>(&w, &Small::new(x, x.len()), 0),
        Form::Large => dot::large::<P>(&w, &Large::new(x, x.len()), 0),
    }
}

#[test]
fn weights_are_those_that_candle_reads() {
    for &(kind, scales) in TYPES {
        let Some(theirs) = candle_type(kind) else { continue };
        let bytes = blocks(kind, scales, 6, 1);
        let ours = numbers(kind, &bytes);
        let storage = QStorage::from_data(bytes.into(), &Device::Cpu, theirs).unwrap();
        let tensor = QTensor::new(storage, (1, ours.len())).unwrap();
        let theirs: Vec<f32> =
            tensor.dequantize(&Device::Cpu).unwrap().flatten_all().unwrap().to_vec1().unwrap();
        for (i, (a, b)) in ours.iter().zip(&theirs).enumerate() {
            assert!((a - b).abs() <= 1e-6 * b.abs() + 1e-6, "{kind} {i}: {a} {b}");
        }
    }
}

#[test]
fn the_types_that_candle_lacks_have_the_values_of_their_tables() {
    let one = f16::from_f32(0.5).to_le_bytes();
    let mut block = [&one[..], &[0x10; 16]].concat();
    assert_eq!(numbers(IQ4_NL, &block)[..17], [[-63.5; 16].as_slice(), &[-52.0]].concat());
    block[2] = 0xf7;
    let values = numbers(IQ4_NL, &block);
    assert_eq!((values[0], values[16]), (-5.0, 56.5));
    // Exponent 128 is two to the first; the values are 0, 0.5, 1, 1.5, 2, 3, 4, 6 and their negatives.
    let block = [&[128u8][..], &[0xf1; 16]].concat();
    let values = numbers(MXFP4, &block);
    assert_eq!((values[0], values[31]), (1.0, -12.0));
    let smallest = [&[0u8][..], &[0x01; 16]].concat();
    assert_eq!(numbers(MXFP4, &smallest)[0], 2f32.powi(-128));
}

proptest! {
    #[test]
    fn sums_are_near_the_exact_ones(seed: u64, n in 1usize..5, big in 0.01f32..100.0) {
        for &(kind, scales) in TYPES {
            let n = n * 256 / kind.block();
            let bytes = blocks(kind, scales, n, seed);
            let w = numbers(kind, &bytes);
            let x: Vec<f32> = noise(w.len(), seed as usize % 1000).iter().map(|v| v * big).collect();
            let exact: f64 = w.iter().zip(&x).map(|(&w, &x)| f64::from(w) * f64::from(x)).sum();
            // Each activation is off by at most half of 1/127 of the largest.
            let bound: f64 = w.iter().map(|w| f64::from(w.abs())).sum::<f64>() * f64::from(big) * 0.006;
            let plain = f64::from(sum::<Scalar>(kind, &bytes, &x));
            prop_assert!((plain - exact).abs() <= bound + 1e-6, "{kind}: {plain} {exact}");
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn avx2_gives_what_plain_rust_gives(seed: u64, n in 1usize..5, extreme: bool) {
        if !Way::Avx2.is_here() {
            return Ok(());
        }
        for &(kind, scales) in TYPES {
            let n = n * 256 / kind.block();
            let mut bytes = blocks(kind, scales, n, seed);
            if extreme && kind == Q8_0 {
                // -128 stands in no file that ggml wrote, but may.
                bytes.chunks_exact_mut(34).for_each(|b| b[2..].fill(0x80));
            }
            let x = match extreme {
                true => (0..n * kind.block()).map(|i| if i % 3 == 0 { 1.0 } else { -1.0 }).collect(),
                false => noise(n * kind.block(), seed as usize % 1000),
            };
            let (plain, fast) = (sum::<Scalar>(kind, &bytes, &x), sum::<Avx2>(kind, &bytes, &x));
            prop_assert_eq!(plain.to_bits(), fast.to_bits(), "{}: {} {}", kind, plain, fast);
        }
    }

    /// Whole matrices by every way this processor knows, with few rows and with many: all give the sums of the plain
    /// way with one row, to the last bit.
    #[test]
    fn every_way_gives_the_same_sums(seed: u64, n in 1usize..4, rows in 1usize..20, many in 1usize..27, extreme: bool) {
        for &(kind, scales) in TYPES {
            let columns = n * 256;
            let mut bytes = blocks(kind, scales, rows * columns / kind.block(), seed);
            if extreme {
                // The largest and the smallest numbers that a byte of any type can hold.
                for block in bytes.chunks_exact_mut(kind.bytes()) {
                    let fill = if seed.is_multiple_of(2) { 0xff } else { 0x80 };
                    let kept: Vec<(usize, u8)> = scales.iter().flat_map(|&s| [(s, block[s]), (s + 1, block[s + 1])]).collect();
                    block.fill(fill);
                    kept.iter().for_each(|&(at, b)| block[at] = b);
                    if kind == MXFP4 { block[0] = 128; }
                }
            }
            let x: Vec<f32> = match extreme {
                true => (0..many * columns).map(|i| if (i as u64 + seed).is_multiple_of(5) { -1.0 } else { 1.0 }).collect(),
                false => noise(many * columns, seed as usize % 1000),
            };
            let size = columns / kind.block() * kind.bytes();
            let plain: Vec<u32> = (0..many * rows).map(|at| {
                let (i, r) = (at / rows, at % rows);
                sum::<Scalar>(kind, &bytes[r * size..(r + 1) * size], &x[i * columns..(i + 1) * columns]).to_bits()
            }).collect();
            let matrix = Matrix::of_static(bytes.clone().leak(), kind, rows, columns);
            let row = |matrix: &Matrix| {
                let mut out = vec![0.0; columns];
                matrix.row(rows - 1, &mut out);
                out
            };
            let before = row(&matrix);
            matrix.interleave(&mut Room::default(), &AtomicBool::new(false));
            prop_assert_eq!(before, row(&matrix));
            for &way in Way::ALL.iter().filter(|w| w.is_here()) {
                let [found] = Matrix::multiply_by(way, [&matrix], &Input::new(&x, columns));
                let found: Vec<u32> = found.into_iter().map(f32::to_bits).collect();
                prop_assert_eq!(&plain, &found, "{} {:?} rows {} of {}", kind, way, rows, many);
            }
            let inputs = match form(kind).unwrap() {
                Form::Large => Inputs::large(&Large::new(&x, columns), Together::Tile),
                _ => Inputs::small(&Small::new(&x, columns), Together::Tile),
            };
            for &way in Way::ALL.iter().filter(|w| w.is_here()) {
                let mut tile = Tile::default();
                tile.fill(way, kind, &bytes, columns);
                for group in 0..many.div_ceil(tile::ROWS) {
                    let sums = tile::multiply(way, &tile, &inputs, group);
                    for (i, sums) in (group * tile::ROWS..many).zip(&sums) {
                        let expected = &plain[i * rows..(i + 1) * rows];
                        let found: Vec<u32> = sums[..rows.min(16)].iter().map(|s| s.to_bits()).collect();
                        prop_assert_eq!(&expected[..rows.min(16)], &found, "{} {:?}", kind, way);
                    }
                }
            }
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn avx2_multiplies_numbers_of_any_count(a in prop::collection::vec(-10f32..10.0, 0..70)) {
        if !Way::Avx2.is_here() {
            return Ok(());
        }
        let b: Vec<f32> = a.iter().rev().copied().collect();
        let (plain, fast) = (Scalar::float(&a, &b), Avx2::float(&a, &b));
        prop_assert!((plain - fast).abs() <= 1e-3, "{plain} {fast}");
        let halves: Vec<f16> = a.iter().map(|&v| f16::from_f32(v)).collect();
        let (mut plain, mut fast) = (vec![0.0; a.len()], vec![0.0; a.len()]);
        Scalar::widen(&halves, &mut plain);
        Avx2::widen(&halves, &mut fast);
        prop_assert_eq!(&plain, &fast);
        Scalar::add_scaled(&mut plain, 0.3, &a);
        Avx2::add_scaled(&mut fast, 0.3, &a);
        prop_assert!(plain.iter().zip(&fast).all(|(p, f)| (p - f).abs() < 1e-5));
    }
}

/// Numbers between -1 and 1 that look like chance.
fn noise(n: usize, seed: usize) -> Vec<f32> {
    (0..n).map(|i| ((i * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0).collect()
}

/// Attention by definition, in 64 bits, over keys and values `[positions, kv_heads, dim]`.
fn by_definition(
    q: &[f32],
    keys: &[f32],
    values: &[f32],
    heads: Heads,
    sees: Range<usize>,
    head: usize,
) -> Vec<f64> {
    let at =
        |of: &[f32], dim: usize, t: usize, d: usize| f64::from(of[(t * heads.kv_heads + head) * dim + d]);
    let score =
        |t| (0..heads.head_dim).map(|d| f64::from(q[d]) * at(keys, heads.head_dim, t, d)).sum::<f64>() * 0.2;
    let weights: Vec<f64> = sees.clone().map(|t| f64::exp(score(t))).collect();
    let sum: f64 = weights.iter().sum();
    let mixed =
        |d| sees.clone().zip(&weights).map(|(t, w)| w * at(values, heads.value_dim, t, d)).sum::<f64>() / sum;
    (0..heads.value_dim).map(mixed).collect()
}

#[test]
fn attention_is_softmax_over_what_a_row_sees() {
    for ((head_dim, value_dim, total, rows), kind) in
        [(24, 40, 37, 5), (64, 64, 150, 70), (128, 128, 203, 1), (16, 16, 64, 64)]
            .into_iter()
            .flat_map(|sizes| KvType::ALL.map(|kind| (sizes, kind)))
    {
        let (kv_heads, group) = (2, 3);
        let heads = Heads { kv_heads, head_dim, value_dim };
        let q = noise(rows * kv_heads * group * head_dim, 1);
        let (keys, values) = {
            let noise = |dim: usize, seed| {
                Tensor::from_vec(noise(total * kv_heads * dim, seed), (total, kv_heads * dim), &Device::Cpu)
            };
            let mut kept = KeyValues::new(heads, 0, &Backend::Own, kind).unwrap();
            kept.put(0, &noise(head_dim, 2).unwrap(), &noise(value_dim, 3).unwrap()).unwrap();
            // As they are kept: rounded to the form, and they stay the same when they are put again.
            let (keys, values) = kept.read(0..total).unwrap().numbers(heads).unwrap();
            let numbers = |t: Tensor| t.flatten_all().unwrap().to_vec1::<f32>().unwrap();
            (numbers(keys), numbers(values))
        };
        let put = |kept: &mut KeyValues, range: Range<usize>| {
            let part = |of: &[f32], width: usize| {
                let part = of[range.start * width..range.end * width].to_vec();
                Tensor::from_vec(part, (range.len(), width), &Device::Cpu).unwrap()
            };
            kept.put(range.start, &part(&keys, kv_heads * head_dim), &part(&values, kv_heads * value_dim))
                .unwrap();
        };
        // In one stretch; and in several, put in pieces, some with positions after what is seen of them.
        let mut whole = KeyValues::new(heads, 0, &Backend::Own, kind).unwrap();
        put(&mut whole, 0..total);
        let cuts = [0, 7, 16, total.min(30), total];
        let parts: Vec<KeyValues> = cuts
            .windows(2)
            .map(|cut| {
                let mut kept = KeyValues::new(heads, cut[0], &Backend::Own, kind).unwrap();
                put(&mut kept, cut[0]..(cut[0] + 1).min(total));
                put(&mut kept, cut[0]..(cut[1] + 3).min(total));
                kept
            })
            .collect();
        for window in [usize::MAX, 9, 70] {
            let query_heads = kv_heads * group;
            let together = |q: &[f32], asking: &[Asking<'_>], way: Way| {
                Attend { q, query_heads, heads, asking, scale: 0.2, window }.compute(way)
            };
            let attend =
                |seen: &[Seen<'_>], way: Way| together(&q, &[Asking { rows, seen: seen.to_vec() }], way);
            let in_one = [Seen { tiles: whole.tiles().unwrap(), positions: 0..total }];
            let in_parts: Vec<Seen<'_>> = parts
                .iter()
                .zip(cuts.windows(2))
                .map(|(kept, cut)| Seen { tiles: kept.tiles().unwrap(), positions: cut[0]..cut[1] })
                .collect();
            let plain = attend(&in_one, Way::Scalar);
            for &way in Way::ALL.iter().filter(|w| w.is_here()) {
                assert_eq!(plain, attend(&in_one, way), "{way:?} {head_dim}");
                assert_eq!(plain, attend(&in_parts, way), "{way:?} {head_dim} in parts");
            }
            for row in 0..rows {
                let last = total - rows + row;
                let sees = (last + 1).saturating_sub(window)..last + 1;
                for head in 0..kv_heads * group {
                    let at = row * kv_heads * group + head;
                    let q = &q[at * head_dim..(at + 1) * head_dim];
                    let exact = by_definition(q, &keys, &values, heads, sees.clone(), head / group);
                    for (found, exact) in plain[at * value_dim..].iter().zip(exact) {
                        assert!((f64::from(*found) - exact).abs() < 1e-5, "{row} {head}: {found} {exact}");
                    }
                }
            }
            // The last row alone is what it is among others.
            let last = &q[q.len() - query_heads * head_dim..];
            let one = Asking { rows: 1, seen: in_parts.clone() };
            let alone = together(last, std::slice::from_ref(&one), Way::best());
            assert_eq!(alone, plain[plain.len() - alone.len()..]);
            // Sequences that share all, a beginning, or nothing are what they are each for itself.
            let short = Asking { rows: 1, seen: in_parts[..3].to_vec() };
            let all = Asking { rows, seen: in_parts.clone() };
            let other = Asking { rows, seen: in_one.to_vec() };
            let queries = [last, last, &q, &q].concat();
            for &way in Way::ALL.iter().filter(|w| w.is_here()) {
                let of_short = together(last, std::slice::from_ref(&short), way);
                let asking = [&one, &short, &all, &other].map(Asking::clone);
                let found = together(&queries, &asking, way);
                assert_eq!(found, [&alone[..], &of_short, &plain, &plain].concat(), "{way:?}");
            }
        }
    }
}

#[test]
fn a_row_is_the_same_alone_and_among_others() {
    let device = Device::Cpu;
    for (kind, scales) in [(Q8_0, &[0usize][..]), (Q4_K, &[0, 2])] {
        let bytes = blocks(kind, scales, 300 * 512 / kind.block(), 5).leak();
        let matrix = Matrix::of_static(bytes, kind, 300, 512);
        let linear = Linear::new(Weight::Mapped(matrix), None, &ToLay::default()).unwrap();
        let x = Tensor::from_vec(noise(9 * 512, 4), (9, 512), &device).unwrap();
        let all: Vec<Vec<f32>> = linear.forward(&x).unwrap().to_vec2().unwrap();
        for (i, row) in all.iter().enumerate() {
            let alone: Vec<Vec<f32>> =
                linear.forward(&x.narrow(0, i, 1).unwrap()).unwrap().to_vec2().unwrap();
            assert_eq!(&alone[0], row);
        }
    }
}

#[test]
fn what_candle_computes_row_by_row_is_what_our_kernels_compute() {
    let (rows, heads, dim) = (5, 3, 24);
    let tensor = |n: usize, seed| Tensor::from_vec(noise(rows * n, seed), (rows, n), &Device::Cpu).unwrap();
    let (x, up) = (tensor(heads * dim, 1), tensor(heads * dim, 2));
    let apart = |a: Tensor, b: Tensor| {
        let most = (a - b).unwrap().abs().unwrap().flatten_all().unwrap().max(0).unwrap();
        most.to_scalar::<f32>().unwrap()
    };
    let close = |a: Tensor, b: Tensor, what: &str| {
        let most = apart(a, b);
        assert!(most < 2e-6, "{what}: {most}");
    };
    let weight = Tensor::from_vec(noise(heads * dim, 3), heads * dim, &Device::Cpu).unwrap();
    let of_head = weight.narrow(0, 0, dim).unwrap();
    let normed = super::rms_norm(&x, Some(&weight), 1e-6).unwrap();
    close(normed, super::rms_norm_by_candle(&x, &weight, 1e-6).unwrap(), "norm");
    // Our GELU is ggml's table of 16 bits.
    for (activation, allowed) in [(Activation::Silu, 2e-6), (Activation::Gelu, 1e-3)] {
        let by_candle = super::gate_by_candle(activation, &x, &up).unwrap();
        let most = apart(super::gate(activation, &x, &up).unwrap(), by_candle);
        assert!(most < allowed, "{activation:?}: {most}");
    }
    let angles = Angles { step: 0.7, factors: vec![1.0; 8], magnitude: 1.1 };
    for layout in [RopeLayout::Interleaved, RopeLayout::Halves] {
        let rotation = Rotation::new(&[0, 1, 2, 9, 1000], &angles, layout).unwrap();
        for norm in [None, Some(&weight), Some(&of_head)] {
            let by_candle = rotation::turned_by_candle(&x, dim, norm, 1e-6, Some(&rotation)).unwrap();
            close(turned(&x, dim, norm, 1e-6, Some(&rotation)).unwrap(), by_candle, "turned");
        }
    }
}
