//! Products of sixteen rows of weights with many rows of activations: both are laid side by side, four numbers of each row
//! after the other, so that one instruction multiplies for sixteen outputs. Sums come out to the last bit as in `dot`.

mod pack;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(super) use pack::{Inputs, Tile};

/// Rows of weights in a tile.
pub(super) const OUTPUTS: usize = 16;
/// Rows of activations that are laid side by side.
pub(super) const ROWS: usize = 8;

/// Sums of a tile with rows of activations: eight times sixteen.
pub(super) type Sums = [[f32; OUTPUTS]; ROWS];

/// How tiles are multiplied here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In plain Rust.
    Scalar,
    /// With AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// With AVX-512 and its instruction for sums of four products (VNNI).
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Way {
    /// The best that this processor knows.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if Self::Vnni.is_here() {
                return Self::Vnni;
            }
            if Self::Avx2.is_here() {
                return Self::Avx2;
            }
        }
        Self::Scalar
    }

    /// Whether this processor knows it.
    pub fn is_here(self) -> bool {
        match self {
            Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => super::dot::Avx2::is_here(),
            #[cfg(target_arch = "x86_64")]
            Self::Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vnni")
                    && super::dot::Avx2::is_here()
            }
        }
    }

    /// The sums of a tile with the eight rows that stand together as `group` in `x`.
    pub fn multiply(self, w: &Tile, x: &Inputs, group: usize) -> Sums {
        debug_assert!(self.is_here());
        match (self, x) {
            (Self::Scalar, _) => scalar(w, x, group),
            // SAFETY: the processor knows them (`best`); the lengths are those of `pack`, which `x86` asserts.
            #[cfg(target_arch = "x86_64")]
            (Self::Avx2, Inputs::Large(x)) => unsafe { x86::large_avx2(w, x, group) },
            #[cfg(target_arch = "x86_64")]
            (Self::Avx2, Inputs::Small(x)) => unsafe { x86::small_avx2(w, x, group) },
            #[cfg(target_arch = "x86_64")]
            (Self::Vnni, Inputs::Large(x)) => unsafe { x86::large_vnni(w, x, group) },
            #[cfg(target_arch = "x86_64")]
            (Self::Vnni, Inputs::Small(x)) => unsafe { x86::small_vnni(w, x, group) },
        }
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
                            if !w.offset.is_empty() {
                                taken += i32::from(w.taken[(g / 2 * OUTPUTS + o) * 2 + g % 2])
                                    * i32::from(x.sum(group, r, g));
                            }
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
