//! Where AVX-512 takes scales, minima and sums from, for each of its lanes.

/// Which of a list each lane takes, for lanes of 16 bits where nothing else is said. A line of the cache.
#[repr(align(64))]
pub(super) struct Places(pub [i16; 32]);

/// The `first`-th number and on, each `times`.
const fn spread(first: i16, times: usize) -> Places {
    let mut out = [0; 32];
    let mut i = 0;
    while i < 32 {
        out[i] = first + (i / times) as i16;
        i += 1;
    }
    Places(out)
}

/// Where the scales of the `j`-th two sub-blocks of 32 stand, for the first of two rows and for the second.
pub(super) static OF_32: [[Places; 4]; 2] = [
    [spread(0, 16), spread(2, 16), spread(4, 16), spread(6, 16)],
    [spread(8, 16), spread(10, 16), spread(12, 16), spread(14, 16)],
];
/// Where the scales of the `j`-th four groups of 16 stand.
pub(super) static OF_16: [Places; 4] = [spread(0, 8), spread(4, 8), spread(8, 8), spread(12, 8)];

/// Of a list of pairs, the first four, or the last, each four times.
pub(super) static PAIRS: [Places; 2] = [pairs(0), pairs(4)];
/// Of four times four bytes, the j-th of each in the j-th quarter, as numbers of 16 bits that stand twice.
pub(super) static MINIMA: Places = minima();

const fn pairs(first: i16) -> Places {
    let mut out = [0; 32];
    let mut i = 0;
    while i < 16 {
        out[2 * i] = first + (i / 4) as i16;
        i += 1;
    }
    Places(out)
}

const fn minima() -> Places {
    let mut out = [0; 32];
    let mut i = 0;
    while i < 32 {
        let (quarter, row) = (i / 8, i / 2 % 4);
        // The high byte of the number is none.
        out[i] = (0x8000_u16 | (4 * row + quarter) as u16) as i16;
        i += 1;
    }
    Places(out)
}
