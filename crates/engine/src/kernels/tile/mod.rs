//! Products of sixteen rows of weights with many rows of activations: both are laid side by side, four numbers of each row
//! after the other, so that one instruction multiplies for sixteen outputs. Sums come out to the last bit as in `dot`.

mod group;
mod pack;
mod side;
mod transpose;
#[cfg(target_arch = "x86_64")]
mod x86;

use super::way::Way;
pub(super) use pack::Tile;
pub(super) use side::{Inputs, Together};

/// Rows of weights in a tile.
pub(super) const OUTPUTS: usize = 16;
/// Rows of activations that are laid side by side.
pub(super) const ROWS: usize = 8;

/// Sums of a tile with rows of activations: eight times sixteen.
pub(super) type Sums = [[f32; OUTPUTS]; ROWS];

/// The sums of a tile with the eight rows that stand together as `group` in `x`, by a way that this processor knows.
pub(super) fn multiply(way: Way, w: &Tile, x: &Inputs, group: usize) -> Sums {
    match (way, x) {
        (Way::Scalar, _) => scalar(w, x, group),
        // SAFETY: the processor knows them, the caller's choice; the lengths are those of `pack`, as `x86` asserts.
        #[cfg(target_arch = "x86_64")]
        (Way::Avx2, Inputs::Large(x)) => unsafe { x86::large_avx2(w, x, group) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        (Way::Avx2, Inputs::Small(x)) => unsafe { x86::small_avx2(w, x, group) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        (Way::Avx512, Inputs::Large(x)) => unsafe { x86::large_vnni(w, x, group) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        (Way::Avx512, Inputs::Small(x)) => unsafe { x86::small_vnni(w, x, group) },
    }
}

/// The plain way: what the others are held against.
fn scalar(w: &Tile, x: &Inputs, group: usize) -> Sums {
    use super::dot::{LargeSum, SmallSum};
    let mut out = Sums::default();
    for (r, out) in out.iter_mut().enumerate() {
        for (o, out) in out.iter_mut().enumerate() {
            *out = match x {
                Inputs::Small(x) => {
                    let mut sum = SmallSum::default();
                    for b in 0..w.columns / 32 {
                        let mut whole = 0;
                        for k in 32 * b..32 * b + 32 {
                            whole += w.weight(o, k) * i32::from(x.q(group, r, k));
                        }
                        sum.add(b, w.scale[b * OUTPUTS + o] * x.scale(group, r, b), whole);
                        if let Some(&offset) = w.offset.get(b * OUTPUTS + o) {
                            sum.offset(b, offset, x.sum(group, r, b));
                        }
                    }
                    sum.total()
                }
                Inputs::Large(x) => {
                    let mut sum = LargeSum::default();
                    for b in 0..w.columns / 256 {
                        let (mut whole, mut taken) = (0, 0);
                        for g in 16 * b..16 * b + 16 {
                            let scale = i32::from(w.group_scale[g * 16 / w.group * OUTPUTS + o]);
                            let mut products = 0;
                            for k in 16 * g..16 * g + 16 {
                                products += w.weight(o, k) * i32::from(x.q(group, r, k));
                            }
                            whole += scale * products;
                        }
                        let in_block = 256 / w.group;
                        for g in (b * in_block..(b + 1) * in_block).filter(|_| !w.offset.is_empty()) {
                            taken += i32::from(w.taken[(g / 2 * OUTPUTS + o) * 2 + g % 2])
                                * i32::from(x.sum_of(w.group, group, r, g));
                        }
                        let scale = x.scale(group, r, b);
                        sum.add(w.scale[b * OUTPUTS + o] * scale, whole);
                        if let Some(&offset) = w.offset.get(b * OUTPUTS + o) {
                            sum.minimum(offset * scale, taken);
                        }
                    }
                    sum.total()
                }
            };
        }
    }
    out
}
