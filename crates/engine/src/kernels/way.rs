//! Which of a processor's instructions are used.

/// Chosen once, when the program runs: one program serves every processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Plain Rust.
    Scalar,
    /// AVX2, FMA and F16C.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512F, BW and VL with its sums of four products (VNNI).
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Way {
    /// All of them.
    #[cfg(any(test, feature = "bench"))]
    pub const ALL: &[Self] = &[
        Self::Scalar,
        #[cfg(target_arch = "x86_64")]
        Self::Avx2,
        #[cfg(target_arch = "x86_64")]
        Self::Avx512,
    ];

    /// The best that this processor knows.
    #[inline]
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if Self::Avx512.is_here() {
                return Self::Avx512;
            }
            if Self::Avx2.is_here() {
                return Self::Avx2;
            }
        }
        Self::Scalar
    }

    /// Whether this processor knows it.
    #[inline]
    pub fn is_here(self) -> bool {
        match self {
            Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
                    && is_x86_feature_detected!("f16c")
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                Self::Avx2.is_here()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
            }
        }
    }
}

/// Compiles a function of plain Rust, `#[inline(always)]`, for every way, and gives one that takes the way first, which
/// this processor must know. With `::<_>` the function is generic over the way's [`super::lanes::Lanes`].
macro_rules! for_each_way {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) = $plain:ident $($lanes:tt)*) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments, reason = "as many as the function has, and the way")]
        $vis fn $name(way: $crate::kernels::way::Way, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,f16c")]
            #[allow(clippy::too_many_arguments, reason = "as many as the function has")]
            fn avx2($($arg: $ty),*) {
                $crate::kernels::way::with_lanes!($plain, Avx2, ($($arg),*), $($lanes)*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512vl,avx512vnni")]
            #[allow(clippy::too_many_arguments, reason = "as many as the function has")]
            fn avx512($($arg: $ty),*) {
                $crate::kernels::way::with_lanes!($plain, Avx512, ($($arg),*), $($lanes)*);
            }
            match way {
                $crate::kernels::way::Way::Scalar => {
                    $crate::kernels::way::with_lanes!($plain, Plain, ($($arg),*), $($lanes)*);
                }
                // SAFETY: this processor knows the way: the caller's promise.
                #[cfg(target_arch = "x86_64")]
                $crate::kernels::way::Way::Avx2 => unsafe { avx2($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::kernels::way::Way::Avx512 => unsafe { avx512($($arg),*) },
            }
        }
    };
}

macro_rules! with_lanes {
    ($plain:ident, $way:ident, ($($arg:ident),*), ::<_>) => {
        $plain::<$crate::kernels::lanes::$way>($($arg),*)
    };
    ($plain:ident, $way:ident, ($($arg:ident),*),) => {
        $plain($($arg),*)
    };
}

pub(super) use {for_each_way, with_lanes};
