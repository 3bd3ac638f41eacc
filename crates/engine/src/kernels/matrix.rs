//! A matrix of weights as the file has it, multiplied where it lies, and faster once its rows lie side by side.

use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use half::{bf16, f16};

use super::activation::{Large, Small};
#[cfg(target_arch = "x86_64")]
use super::dot::Avx2;
use super::dot::{self, Processor, Scalar};
use super::interleaved::{self, Few, Interleaved, Room, most_rows};
use super::pool;
use super::tile::{self, Inputs, Tile, Together};
use super::unpack::{Form, Row, form, unpack};
use super::way::Way;
use crate::gguf::{Stretch, TensorType};

/// Multiplications below which threads are not worth waking.
const SERIAL: usize = 1 << 16;
/// Multiplications of the least task, about: a few microseconds.
const TASK: usize = 1 << 17;
/// Rows that stay together in a task.
const UNIT: usize = tile::OUTPUTS;
/// Rows of activations from which on unpacking into tiles costs less than it saves: for interleaved matrices (not measured
/// anew since they are), and for the others.
const TILED: usize = 16;
const TILED_OTHERS: usize = 8;

/// Weights `[rows, columns]`, quantized or not, in the mapped file.
#[derive(Clone)]
pub(crate) struct Matrix {
    bytes: Stretch,
    /// The same rows once more, as they are multiplied, once they are laid so.
    interleaved: Arc<OnceLock<Interleaved>>,
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
        Some(Self { bytes, interleaved: Arc::default(), kind, form, rows, columns })
    }

    /// Lays its rows side by side, for itself and its clones, where its type is multiplied so. They are then in memory,
    /// and the pages of the file are not.
    pub(super) fn interleave(&self, room: &mut Room, stop: &AtomicBool) {
        if let Some(laid) = Interleaved::new(&self.bytes, self.kind, self.rows, self.columns, room, stop) {
            // A second time it is the same again.
            let _ = self.interleaved.set(laid);
        }
    }

    #[cfg(test)]
    pub fn of_static(bytes: &'static [u8], kind: TensorType, rows: usize, columns: usize) -> Self {
        Self::new(Stretch::of_static(bytes), kind, rows, columns).unwrap()
    }

    /// The rows as the file has them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `x · Wᵀ`: `[n, columns]` to `[n, rows]`, for several matrices that meet the same activations.
    pub fn multiply_all<const N: usize>(all: [&Self; N], x: &Input<'_>) -> [Vec<f32>; N] {
        Self::multiply_by(Way::best(), all, x)
    }

    /// The same by a way that this processor knows.
    pub(super) fn multiply_by<const N: usize>(way: Way, all: [&Self; N], x: &Input<'_>) -> [Vec<f32>; N] {
        let n = x.rows;
        // Asked once, since the answer may change meanwhile.
        let paths = all.map(|matrix| matrix.path(way, n));
        // Here and not in a task, which could not wait for the threads.
        all.iter().zip(&paths).for_each(|(matrix, path)| x.round(way, matrix.form, *path));
        let mut out = all.map(|matrix| Vec::with_capacity(n * matrix.rows));
        // All matrices' rows are one work, cut in sixteens.
        let units = all.map(|matrix| matrix.rows.div_ceil(UNIT));
        let targets: [Output; N] =
            std::array::from_fn(|m| Output { first: out[m].as_mut_ptr(), rows: all[m].rows });
        let work = |stretch: Range<usize>| {
            let mut first = 0;
            for (m, matrix) in all.iter().enumerate() {
                let here = stretch.start.max(first)..stretch.end.min(first + units[m]);
                if !here.is_empty() {
                    let rows = (here.start - first) * UNIT..((here.end - first) * UNIT).min(matrix.rows);
                    matrix.part(way, paths[m], rows, x, &targets[m]);
                }
                first += units[m];
            }
        };
        let cost = (n * x.columns * UNIT).max(1);
        let total: usize = units.iter().sum();
        if total * cost < SERIAL {
            work(0..total)
        } else {
            pool::stretches(total, TASK.div_ceil(cost), &work)
        }
        for (out, matrix) in out.iter_mut().zip(all) {
            // SAFETY: there is room for so many, and `part` was called for all rows, and puts every one of them.
            unsafe { out.set_len(n * matrix.rows) }
        }
        out
    }

    /// How so many rows of activations are met.
    fn path(&self, way: Way, rows: usize) -> Path<'_> {
        let groups = self.interleaved.get().filter(|_| way != Way::Scalar);
        let tiled = self.form != Form::Float && rows >= if groups.is_some() { TILED } else { TILED_OTHERS };
        Path { groups, tiled }
    }

    /// Some rows of weights with all rows of activations; all of them are put.
    fn part(&self, way: Way, path: Path<'_>, rows: Range<usize>, x: &Input<'_>, out: &Output) {
        match path.groups {
            _ if path.tiled => {
                let inputs = x.for_tiles(self.form);
                let mut tile = Tile::default();
                for from in rows.clone().step_by(tile::OUTPUTS) {
                    let range = from..(from + tile::OUTPUTS).min(rows.end);
                    self.tile(way, path.groups, &mut tile, range, inputs, out);
                }
            }
            Some(groups) => self.groups(way, groups, rows, x, out),
            None => self.compute(way, rows, x, out),
        }
    }

    /// One row as numbers, `[columns]`.
    pub fn row(&self, row: usize, out: &mut [f32]) {
        match self.interleaved.get() {
            // The file's own pages are not read again for it.
            Some(all) => {
                let group = all.group(row / interleaved::ROWS);
                let bytes = all.layout.row(group, row % interleaved::ROWS);
                self.unpack_bytes::<Scalar>(&bytes, &mut Row::default(), out);
            }
            None => self.unpack_row::<Scalar>(row, &mut Row::default(), out),
        }
    }

    /// Up to sixteen rows with all rows of activations.
    fn tile(
        &self,
        way: Way,
        groups: Option<&Interleaved>,
        tile: &mut Tile,
        range: Range<usize>,
        inputs: &Inputs,
        out: &Output,
    ) {
        match groups {
            Some(all) => {
                let group = all.group(range.start / interleaved::ROWS);
                tile.fill_from_group(way, self.kind, all.layout, group, self.columns);
            }
            None => {
                let size = self.size_of_row();
                tile.fill(way, self.kind, &self.bytes[range.start * size..range.end * size], self.columns);
            }
        }
        for group in 0..inputs.rows().div_ceil(tile::ROWS) {
            let sums = tile::multiply(way, tile, inputs, group);
            for (i, sums) in (group * tile::ROWS..inputs.rows()).zip(&sums) {
                out.put(i, range.start, &sums[..range.len()]);
            }
        }
    }

    /// Groups of rows with a few rows of activations.
    fn groups(&self, way: Way, all: &Interleaved, range: Range<usize>, x: &Input<'_>, out: &Output) {
        for from in range.clone().step_by(interleaved::ROWS) {
            let group = all.group(from / interleaved::ROWS);
            let rows = from..(from + interleaved::ROWS).min(range.end);
            let most = most_rows(way);
            for i in (0..x.rows).step_by(most) {
                let few = x.few(way, self.form, i / most);
                match most.min(x.rows - i) {
                    1 => self.sums::<1>(way, group, few, i, rows.clone(), out),
                    2 => self.sums::<2>(way, group, few, i, rows.clone(), out),
                    3 => self.sums::<3>(way, group, few, i, rows.clone(), out),
                    4 => self.sums::<4>(way, group, few, i, rows.clone(), out),
                    5 => self.sums::<5>(way, group, few, i, rows.clone(), out),
                    6 => self.sums::<6>(way, group, few, i, rows.clone(), out),
                    7 => self.sums::<7>(way, group, few, i, rows.clone(), out),
                    _ => self.sums::<8>(way, group, few, i, rows.clone(), out),
                }
            }
        }
    }

    fn sums<const R: usize>(
        &self,
        way: Way,
        group: &[u8],
        x: Few<'_>,
        i: usize,
        rows: Range<usize>,
        out: &Output,
    ) {
        if rows.len() == interleaved::ROWS {
            // SAFETY: this processor knows the way, the caller's promise, and it is not the plain one (`path`); rows `i` to
            // `i + R` of the output have room for these.
            return unsafe { interleaved::sums::<R>(way, self.kind, group, x, out.place(i, rows.start)) };
        }
        let mut sums = [[0.0; interleaved::ROWS]; R];
        let to = interleaved::Sums { first: sums.as_flattened_mut().as_mut_ptr(), stride: interleaved::ROWS };
        // SAFETY: as above; there is room for sixteen each.
        unsafe { interleaved::sums::<R>(way, self.kind, group, x, to) };
        for (k, sums) in sums.iter().enumerate() {
            out.put(i + k, rows.start, &sums[..rows.len()]);
        }
    }

    fn compute(&self, way: Way, range: Range<usize>, x: &Input<'_>, out: &Output) {
        #[cfg(target_arch = "x86_64")]
        if way != Way::Scalar {
            // SAFETY: AVX2, FMA and F16C are here.
            return unsafe { self.compute_avx2(range, x, out) };
        }
        self.compute_on::<Scalar>(range, x, out);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,fma,f16c")]
    fn compute_avx2(&self, range: Range<usize>, x: &Input<'_>, out: &Output) {
        self.compute_on::<Avx2>(range, x, out);
    }

    #[inline(always)]
    fn compute_on<P: Processor>(&self, range: Range<usize>, x: &Input<'_>, out: &Output) {
        let k = self.columns;
        let mut row = Row::default();
        let mut plain = vec![0.0; if self.form == Form::Float { k } else { 0 }];
        for r in range {
            self.unpack_row::<P>(r, &mut row, &mut plain);
            for i in 0..x.rows {
                let value = match self.form {
                    Form::Float => P::float(&plain, &x.values[i * k..(i + 1) * k]),
                    Form::Small => dot::small::<P>(&row, x.small(), i),
                    Form::Large => dot::large::<P>(&row, x.large(), i),
                };
                out.put(i, r, &[value]);
            }
        }
    }

    fn size_of_row(&self) -> usize {
        self.columns / self.kind.block() * self.kind.bytes()
    }

    /// Into `row` where the type is quantized and `plain` is empty, else as numbers into `plain`.
    #[inline(always)]
    fn unpack_row<P: Processor>(&self, r: usize, row: &mut Row, plain: &mut [f32]) {
        let size = self.size_of_row();
        self.unpack_bytes::<P>(&self.bytes[r * size..(r + 1) * size], row, plain);
    }

    #[inline(always)]
    fn unpack_bytes<P: Processor>(&self, bytes: &[u8], row: &mut Row, plain: &mut [f32]) {
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

/// How a matrix is met.
#[derive(Clone, Copy)]
struct Path<'a> {
    /// The interleaved rows, where they are used.
    groups: Option<&'a Interleaved>,
    /// Whether activations are laid side by side.
    tiled: bool,
}

/// Bytes of a tensor as numbers of 16 bits; tensors are aligned.
fn as_halves(bytes: &[u8]) -> &[f16] {
    // SAFETY: every two bytes are an f16.
    let (before, halves, _) = unsafe { bytes.align_to::<f16>() };
    debug_assert!(before.is_empty());
    halves
}

/// Room for `[n, rows]` numbers that tasks fill, each its own rows.
struct Output {
    first: *mut f32,
    rows: usize,
}

// SAFETY: tasks write to different rows (`Matrix::multiply_by` parts them), and the buffer outlives them.
unsafe impl Sync for Output {}

impl Output {
    /// Where row `i`'s numbers from `row` on go, and those of the rows after it.
    fn place(&self, i: usize, row: usize) -> interleaved::Sums {
        interleaved::Sums { first: self.first.wrapping_add(i * self.rows + row), stride: self.rows }
    }

    /// Puts row `i`'s numbers from `row` on.
    #[inline(always)]
    fn put(&self, i: usize, row: usize, values: &[f32]) {
        // SAFETY: i < n and row + values ≤ rows; the buffer has n · rows numbers, and no other task has these rows.
        unsafe {
            let to = self.first.add(i * self.rows + row);
            match values.try_into() {
                // Nearly always; without a call to copy them.
                Ok(all) => to.cast::<[f32; UNIT]>().write_unaligned(all),
                Err(_) => values.as_ptr().copy_to_nonoverlapping(to, values.len()),
            }
        }
    }
}

/// Rows of activations `[rows, columns]`, rounded as weights need them: once, however many matrices they meet.
pub(crate) struct Input<'a> {
    values: &'a [f32],
    rows: usize,
    columns: usize,
    small: OnceLock<Small>,
    large: OnceLock<Large>,
    /// As tiles need them, in small and in large blocks.
    tiled: [OnceLock<Inputs>; 2],
    /// As interleaved rows need them.
    few: [OnceLock<Inputs>; 2],
}

impl<'a> Input<'a> {
    /// `columns` is not 0.
    pub fn new(values: &'a [f32], columns: usize) -> Self {
        Self {
            values,
            rows: values.len() / columns.max(1),
            columns,
            small: OnceLock::new(),
            large: OnceLock::new(),
            tiled: Default::default(),
            few: Default::default(),
        }
    }

    /// Rounds the rows as a matrix needs them.
    fn round(&self, way: Way, form: Form, path: Path<'_>) {
        match form {
            Form::Float => {}
            form if path.tiled => _ = self.for_tiles(form),
            form if path.groups.is_some() && self.rows > 1 => _ = self.for_groups(way, form),
            Form::Small => _ = self.small(),
            Form::Large => _ = self.large(),
        }
    }

    fn small(&self) -> &Small {
        self.small.get_or_init(|| Small::new(self.values, self.columns))
    }

    fn large(&self) -> &Large {
        self.large.get_or_init(|| Large::new(self.values, self.columns))
    }

    fn for_tiles(&self, form: Form) -> &Inputs {
        self.tiled[usize::from(form == Form::Large)].get_or_init(|| self.lay(form, Together::Tile))
    }

    fn for_groups(&self, way: Way, form: Form) -> &Inputs {
        let together = Together::Few(most_rows(way));
        self.few[usize::from(form == Form::Large)].get_or_init(|| self.lay(form, together))
    }

    fn lay(&self, form: Form, together: Together) -> Inputs {
        match form {
            Form::Large => Inputs::large(self.large(), together),
            _ => Inputs::small(self.small(), together),
        }
    }

    /// Rows that meet interleaved rows together.
    fn few(&self, way: Way, form: Form, group: usize) -> Few<'_> {
        if self.rows == 1 {
            // One alone stands as it is.
            return match form {
                Form::Large => self.large().few(),
                _ => self.small().few(),
            };
        }
        match self.for_groups(way, form) {
            Inputs::Large(x) => x.few(group),
            Inputs::Small(x) => x.few(group),
        }
    }
}
