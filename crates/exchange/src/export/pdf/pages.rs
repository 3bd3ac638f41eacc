//! Lines on pages: no heading at the foot of a page, and no line of a paragraph alone at its foot or head.

use parley::layout::Layout;

use crate::export::pdf::blocks::Block;
use crate::export::pdf::design::Design;

/// Where in its own height a line's letters stand.
const BASELINE: f32 = 0.74;
/// As many lines of a paragraph stay together at the foot or head of a page.
const TOGETHER: usize = 2;
/// Lengths that differ by less are equal.
const HAIR: f32 = 0.01;

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub lines: Vec<Placed>,
}

/// A line in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Which block, and which of its lines.
    pub block: usize,
    pub line: usize,
    /// From the top of the page to where its letters stand.
    pub baseline: f32,
}

/// What a block wants of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Want {
    lines: usize,
    leading: f32,
    before: f32,
    after: f32,
    keeps: bool,
    drops: bool,
    page: bool,
}

/// Puts all blocks on pages, in their order.
pub(super) fn paginate(design: &Design, blocks: &[Block], set: &[Layout<()>]) -> Vec<Page> {
    let wants: Vec<Want> = blocks
        .iter()
        .zip(set)
        .map(|(block, layout)| {
            let style = design.style(block.look);
            Want {
                lines: layout.len(),
                leading: style.leading,
                before: style.before * design.leading,
                after: style.after * design.leading,
                keeps: style.keeps,
                drops: style.drops,
                page: block.page,
            }
        })
        .collect();
    distribute(&wants, design.height(), design.margins.top)
}

/// `height`: of a page's text; `top`: where it begins.
fn distribute(wants: &[Want], height: f32, top: f32) -> Vec<Page> {
    let mut pages = vec![Page::default()];
    let mut at = 0.0;
    let mut gap: f32 = 0.0;
    for (block, want) in wants.iter().enumerate() {
        let is_empty = |pages: &[Page]| pages.last().is_none_or(|page| page.lines.is_empty());
        let group = group_height(&wants[block..]);
        let before = |gap: f32| gap.max(want.before);
        if !is_empty(&pages) && (want.page || at + before(gap) + group > height + HAIR) {
            pages.push(Page::default());
            at = 0.0;
        }
        at += match is_empty(&pages) {
            true if !want.drops => 0.0,
            true => want.before.min((height - group).max(0.0)),
            false => before(gap),
        };
        let mut line = 0;
        while line < want.lines {
            let left = want.lines - line;
            let fit = fitting(left, ((height - at + HAIR) / want.leading) as usize, is_empty(&pages));
            if let Some(page) = pages.last_mut() {
                page.lines.extend((0..fit).map(|i| Placed {
                    block,
                    line: line + i,
                    baseline: top + at + (i as f32 + BASELINE) * want.leading,
                }));
            }
            line += fit;
            at += fit as f32 * want.leading;
            if line < want.lines {
                pages.push(Page::default());
                at = 0.0;
            }
        }
        gap = want.after;
    }
    pages
}

/// How many of a block's lines go on this page, of which `room` fit.
fn fitting(left: usize, room: usize, empty: bool) -> usize {
    if left <= room {
        return left;
    }
    // The next page gets at least two, this one as well or none.
    let here = room.min(left.saturating_sub(TOGETHER));
    match here {
        here if here >= TOGETHER => here,
        _ if empty => room.max(1).min(left),
        _ => 0,
    }
}

/// What must stand on one page with the first of these: headings with what follows, and the first lines of that.
fn group_height(wants: &[Want]) -> f32 {
    let mut height = 0.0;
    for (i, want) in wants.iter().enumerate() {
        let between = wants.get(i + 1).map_or(0.0, |next| want.after.max(next.before));
        if !want.keeps || wants.get(i + 1).is_none_or(|next| next.page) {
            let first = if want.lines <= TOGETHER + 1 { want.lines } else { TOGETHER };
            return height + first as f32 * want.leading;
        }
        height += want.lines as f32 * want.leading + between;
    }
    height
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paragraph(lines: usize) -> Want {
        Want { lines, leading: 10.0, before: 0.0, after: 0.0, keeps: false, drops: false, page: false }
    }

    fn heading() -> Want {
        Want { before: 10.0, after: 10.0, keeps: true, ..paragraph(1) }
    }

    fn shares(wants: &[Want], height: f32) -> Vec<Vec<(usize, usize)>> {
        let count = |page: &Page| {
            let mut shares: Vec<(usize, usize)> = Vec::new();
            for placed in &page.lines {
                match shares.last_mut() {
                    Some((block, lines)) if *block == placed.block => *lines += 1,
                    _ => shares.push((placed.block, 1)),
                }
            }
            shares
        };
        distribute(wants, height, 0.0).iter().map(count).collect()
    }

    #[test]
    fn no_line_of_a_paragraph_is_alone_on_a_page() {
        assert_eq!(shares(&[paragraph(9), paragraph(5)], 100.0), [vec![(0, 9)], vec![(1, 5)]]);
        assert_eq!(shares(&[paragraph(6), paragraph(5)], 100.0), [vec![(0, 6), (1, 3)], vec![(1, 2)]]);
        assert_eq!(shares(&[paragraph(8), paragraph(3)], 100.0), [vec![(0, 8)], vec![(1, 3)]]);
    }

    #[test]
    fn a_heading_stays_with_what_it_is_above() {
        let wants = [paragraph(7), heading(), paragraph(4)];
        assert_eq!(shares(&wants, 100.0), [vec![(0, 7)], vec![(1, 1), (2, 4)]]);
        let wants = [paragraph(5), heading(), paragraph(4)];
        assert_eq!(shares(&wants, 100.0), [vec![(0, 5), (1, 1), (2, 2)], vec![(2, 2)]]);
    }

    #[test]
    fn a_chapter_begins_its_page_lower_down() {
        let opening = Want { page: true, drops: true, before: 30.0, ..heading() };
        let pages = distribute(&[paragraph(1), opening, paragraph(1)], 100.0, 5.0);
        assert_eq!(pages[1].lines[0].baseline, 5.0 + 30.0 + 10.0 * BASELINE);
        assert_eq!(pages[1].lines[1].baseline, 5.0 + 30.0 + 10.0 + 10.0 + 10.0 * BASELINE);
    }

    proptest! {
        #[test]
        fn every_line_stands_on_a_page_once_in_order_and_within_it(
            blocks in prop::collection::vec((1usize..40, 0u8..4, any::<bool>()), 1..40),
        ) {
            let wants: Vec<Want> = blocks
                .iter()
                .map(|&(lines, space, page)| match space {
                    0 => Want { page, drops: page, ..heading() },
                    _ => Want { before: f32::from(space), ..paragraph(lines) },
                })
                .collect();
            let pages = distribute(&wants, 100.0, 0.0);
            let placed: Vec<_> = pages.iter().flat_map(|page| &page.lines).map(|p| (p.block, p.line)).collect();
            let all: Vec<_> =
                wants.iter().enumerate().flat_map(|(i, want)| (0..want.lines).map(move |line| (i, line))).collect();
            prop_assert_eq!(placed, all);
            for page in &pages {
                prop_assert!(page.lines.iter().all(|placed| placed.baseline < 100.0));
                prop_assert!(page.lines.windows(2).all(|two| two[0].baseline < two[1].baseline));
            }
        }
    }
}
