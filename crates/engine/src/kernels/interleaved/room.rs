//! Memory for interleaved matrices, from the system in large stretches: in pages of 2 MB, of which a model takes some
//! hundred, where pages of 4 KB would be some hundred thousand.

use std::ops::{Deref, Range};
use std::sync::Arc;

use memmap2::{MmapMut, MmapRaw};

/// Bytes of a stretch that several matrices share. What is not used of it costs nothing.
const STRETCH: usize = 1 << 26;
/// Matrices begin at lines of the cache.
const LINE: usize = 64;

/// Gives memory, which is given back when all that was given of a stretch is dropped.
#[derive(Default)]
pub(in super::super) struct Room {
    /// The newest stretch, and how much of it was given.
    last: Option<(Arc<MmapRaw>, usize)>,
}

impl Room {
    /// So many bytes, 0 at first, after `fill` wrote to them. None when the system has no more.
    pub(super) fn take(&mut self, bytes: usize, fill: impl FnOnce(&mut [u8])) -> Option<Taken> {
        let fits = |(map, used): &(Arc<MmapRaw>, usize)| used + bytes <= map.len();
        let (map, from) = match self.last.take().filter(fits) {
            Some(found) => found,
            None => (Arc::new(stretch(bytes.max(STRETCH))?), 0),
        };
        let range = from..from + bytes;
        // SAFETY: the range is inside the map, and nobody else has it: what was given ends at `from`, and what will be
        // given begins after it.
        fill(unsafe { std::slice::from_raw_parts_mut(map.as_mut_ptr().add(from), bytes) });
        self.last = Some((map.clone(), range.end.next_multiple_of(LINE)));
        Some(Taken { map, range })
    }
}

fn stretch(bytes: usize) -> Option<MmapRaw> {
    let map = MmapMut::map_anon(bytes).ok()?;
    // Where the system has no large pages, the others do.
    #[cfg(target_os = "linux")]
    let _ = map.advise(memmap2::Advice::HugePage);
    Some(map.into())
}

/// Memory of a [`Room`], no longer written to.
pub(super) struct Taken {
    map: Arc<MmapRaw>,
    range: Range<usize>,
}

impl Deref for Taken {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: the range is inside the map, which lives as long as `self`; it was written to before `self` was made,
        // and never after.
        unsafe { std::slice::from_raw_parts(self.map.as_ptr().add(self.range.start), self.range.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_stays_as_it_was_filled() {
        let mut room = Room::default();
        let sizes = [0, 1, 63, 64, 65, STRETCH - 200, 4096, STRETCH + 1, 10];
        let taken: Vec<Taken> =
            sizes.iter().zip(1..).map(|(&n, fill)| room.take(n, |bytes| bytes.fill(fill)).unwrap()).collect();
        drop(room);
        for ((taken, n), fill) in taken.iter().zip(sizes).zip(1..) {
            assert!(taken.as_ptr().addr().is_multiple_of(LINE));
            assert!(taken.len() == n && taken.iter().all(|&b| b == fill), "{n}");
        }
    }
}
