//! Plain text. Nothing in it says what a paragraph or a heading is, so its habits are looked at first: blank lines between
//! paragraphs or none, lines broken by hand or not; a short line with much room above it is a heading. What begins with a number
//! may be a chapter or an item of a list.

use std::collections::HashSet;
use std::path::Path;

use crate::error::Error;
use crate::import::Parsed;
use crate::import::flow::{Flow, Look, Style};
use crate::import::split::{Hints, begins_with_a_number, names_a_chapter, names_a_part, names_an_end};

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Parsed, Error> {
    let bytes = super::bytes(path)?;
    let mut flow = Flow::default();
    let text = crate::text::decode(&bytes, &mut flow.left_out);
    Ok(parse(&text, flow))
}

/// Reads a text; `flow` has what was left out so far.
pub(crate) fn parse(text: &str, mut flow: Flow) -> Parsed {
    let blocks = blocks(text);
    let wrapped = is_wrapped(&blocks);
    let items = items_of_lists(&blocks);
    let named = |(i, block): (usize, &Block<'_>)| {
        block.is_line() && names_a_heading(block.lines[0]) && !items.contains(&i)
    };
    // Where chapters have names, room above a line means nothing.
    let has_names = blocks.iter().enumerate().any(named);
    let mut parts = false;
    for (i, block) in blocks.iter().enumerate() {
        let spacious = block.is_roomy() && !has_names && i + 1 < blocks.len() && !items.contains(&i);
        if named((i, block)) || (spacious && block.is_line() && looks_like_a_title(block.lines[0])) {
            let part = names_a_part(block.lines[0]);
            parts |= part;
            flow.text(block.lines[0], Look::default());
            flow.end(Style::Heading { level: if part { 1 } else { 2 }, part });
            continue;
        }
        for (i, line) in block.lines.iter().enumerate() {
            match (i, wrapped) {
                (0, _) => {}
                (_, true) => flow.text(" ", Look::default()),
                (_, false) => flow.line_break(Look::default()),
            }
            flow.text(line.trim(), Look::default());
        }
        flow.end(Style::Body);
    }
    Parsed { hints: Hints { title: None, parts: Some(parts) }, flow, ..Parsed::default() }
}

/// Lines without a blank one between them.
struct Block<'a> {
    lines: Vec<&'a str>,
    /// Blank lines above.
    above: usize,
}

impl<'a> Block<'a> {
    /// Each line by itself.
    fn apart(self) -> impl Iterator<Item = Block<'a>> {
        let above = self.above;
        let each = self.lines.into_iter().enumerate();
        each.map(move |(i, line)| Block { lines: vec![line], above: if i == 0 { above } else { 0 } })
    }

    fn is_line(&self) -> bool {
        self.lines.len() == 1
    }

    /// Whether there is so much room above it as chapters have.
    fn is_roomy(&self) -> bool {
        self.above >= 3
    }

    fn is_numbered(&self) -> bool {
        self.lines.first().is_some_and(|line| begins_with_a_number(line) && !names_a_part(line))
    }
}

/// Numbered blocks that are items of a list and no headings: those that follow one another, and where chapters are called
/// otherwise and have room above them, those that have none, unless they count through the whole text as chapters do.
fn items_of_lists(blocks: &[Block<'_>]) -> HashSet<usize> {
    // Parts, prologues and whose book it is say nothing of how chapters look.
    let is_chapter = |block: &Block<'_>| {
        let line = block.lines.first().map(|line| line.trim()).unwrap_or_default();
        let is_by = ["by ", "von ", "par "].iter().any(|by| line.to_lowercase().starts_with(by));
        block.is_roomy()
            && block.is_line()
            && !names_a_part(line)
            && !names_an_end(line)
            && !is_by
            && line.chars().any(char::is_alphanumeric)
            && (names_a_heading(line) || looks_like_a_title(line))
    };
    let numbered = |i: usize| blocks.get(i).filter(|block| block.is_numbered());
    let digits = |block: &Block<'_>| {
        let line = block.lines.first().map(|line| line.trim()).unwrap_or_default();
        line.split(|c: char| !c.is_ascii_digit()).next().and_then(|number| number.parse::<usize>().ok())
    };
    let counted = blocks.iter().filter(|block| block.is_numbered() && !block.is_roomy()).map(digits);
    let counted: Vec<Option<usize>> = counted.collect();
    let count_through = counted.len() > 2 && counted.iter().enumerate().all(|(i, n)| *n == Some(i + 1));
    let roomy: Vec<&Block<'_>> = blocks.iter().rev().skip(1).filter(|block| is_chapter(block)).collect();
    // One that has room and a number may be the first of others without.
    let have_room = roomy.len() > 1 || roomy.iter().any(|block| !block.is_numbered());
    let chapters_have_room = !count_through && have_room;
    let is_item = |(i, block): (usize, &Block<'_>)| {
        // Below a chapter's title there may be less room than above it.
        let before_another = numbered(i + 1).is_some_and(|next| next.above < 2);
        let may_follow = i > 0 && !block.is_roomy();
        let follows = may_follow && (chapters_have_room || numbered(i - 1).is_some());
        (block.is_numbered() && (before_another || follows)).then_some(i)
    };
    blocks.iter().enumerate().filter_map(is_item).collect()
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut above = 0;
    for line in text.lines() {
        if line.trim().is_empty() {
            above += 1;
            continue;
        }
        match blocks.last_mut().filter(|_| above == 0) {
            Some(block) => block.lines.push(line),
            None => blocks.push(Block { lines: vec![line], above }),
        }
        above = 0;
    }
    let lines: usize = blocks.iter().map(|block| block.lines.len()).sum();
    // Without blank lines, or with a few between scenes only, each line is a paragraph, unless they were broken by hand.
    if lines > blocks.len() * 4 && !is_wrapped(&blocks) {
        return blocks.into_iter().flat_map(Block::apart).collect();
    }
    blocks
}

/// Whether lines were broken by hand at a width: then those that others follow are all nearly as long as it.
fn is_wrapped(blocks: &[Block<'_>]) -> bool {
    let followed = blocks.iter().flat_map(|block| block.lines.iter().rev().skip(1));
    let mut lengths: Vec<usize> = followed.map(|line| line.trim_end().chars().count()).collect();
    lengths.sort_unstable();
    let at = |part: usize| lengths.get(lengths.len() * part / 10).copied().unwrap_or(0);
    at(5) >= 45 && at(9) <= 100
}

fn names_a_heading(line: &str) -> bool {
    let line = line.trim();
    let words = line.split_whitespace().count();
    let number_alone = words == 1 && line.chars().all(|c| "IVXLC.".contains(c) || c.is_ascii_digit());
    line.chars().count() <= 80
        && !line.ends_with([',', ';', '”', '"', '?', '!'])
        && (names_a_part(line) && words <= 8
            || names_a_chapter(line) && (words > 1 || number_alone)
            || names_an_end(line) && words <= 5 && !line.ends_with('.'))
}

fn looks_like_a_title(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= 60 && !line.ends_with(['.', ',', ';', ':', '!', '?', '”', '"', '’'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::flow::Piece;

    fn shown(text: &str) -> Vec<String> {
        let pieces = parse(text, Flow::default()).flow.finish().0;
        let show = |piece: &Piece| match piece {
            Piece::Heading(heading) => format!("{} {}", heading.level, piece.text()),
            Piece::Block(foolscap_manuscript::Block::SceneBreak) => "***".to_owned(),
            Piece::Block(_) => piece.text(),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn lines_broken_by_hand_are_joined_and_verse_is_not() {
        let wrapped = "It was the best of times, it was the worst of times, it was the\nage of wisdom, it was the age of \
                       foolishness, it was the epoch\nof belief.\n\nNext.";
        let joined = shown(wrapped);
        assert_eq!(joined.len(), 2);
        assert!(!joined[0].contains('\n'), "{joined:?}");
        assert_eq!(shown("Tyger Tyger,\nburning bright\n\nNext."), ["Tyger Tyger,\nburning bright", "Next."]);
    }

    #[test]
    fn without_blank_lines_each_line_is_a_paragraph() {
        let long = "This line is a whole paragraph, as long as its author wanted it to be, and nobody broke it by hand \
                    at any width at all, which can be seen from how long it is.";
        assert_eq!(shown(&[long; 6].join("\n")).len(), 6);
    }

    #[test]
    fn chapters_are_found_by_name_or_by_the_room_above_them() {
        assert_eq!(
            shown("PART ONE\n\nCHAPTER I. Loomings\n\nCall me.\n\nEpilogue\n\nEnd."),
            ["1 PART ONE", "2 CHAPTER I. Loomings", "Call me.", "2 Epilogue", "End."]
        );
        assert_eq!(shown("a\n\n\n\nThe Storm\n\nb."), ["a", "2 The Storm", "b."]);
        assert_eq!(shown("a.\n\n     * * *\n\nb."), ["a.", "***", "b."]);
    }

    #[test]
    fn a_numbered_list_is_no_row_of_chapters() {
        let list = ["1. A rope", "2. Why a lamp?", "3. Courage"];
        assert_eq!(shown(&list.join("\n\n")), list);
        let taken = ["She took:", list[0], list[1], list[2], "And went."];
        assert_eq!(shown(&taken.join("\n\n")), taken);
        assert_eq!(shown("a\n\n1\n\n2\n\n3\n\nb"), ["a", "1", "2", "3", "b"]);
        let chapters = "1. The Storm\n\nIt rose.\n\n2. The Calm\n\nIt fell.";
        assert_eq!(shown(chapters), ["2 1. The Storm", "It rose.", "2 2. The Calm", "It fell."]);
        assert_eq!(shown("I\n\nIt rose.\n\nII\n\nIt fell."), ["2 I", "It rose.", "2 II", "It fell."]);
    }

    #[test]
    fn where_chapters_have_room_above_them_a_number_without_it_begins_none() {
        let text = "a\n\n\n\nThe Storm\n\n1. A rope\n\nIt was long.\n\n2. A lamp\n\nIt was lit.";
        let shown = shown(text);
        assert_eq!(shown, ["a", "2 The Storm", "1. A rope", "It was long.", "2. A lamp", "It was lit."]);
    }

    #[test]
    fn numbered_chapters_stay_chapters_below_a_title_page_a_part_or_a_prologue() {
        for above in [
            "THE STORM\n\n\n\nPart One",
            "THE STORM\n\n\n\nby A. N. Author",
            "a\n\n\n\nPrologue",
            "a\n\n\n\n* * *",
        ] {
            let text = format!("{above}\n\n1\n\nIt rose.\n\n2\n\nIt fell.\n\n3\n\nIt ended.");
            let shown = shown(&text);
            let chapters = ["1", "2", "3"].map(|number| {
                shown.iter().any(|line| line.starts_with(['2', '1']) && line.ends_with(&format!(" {number}")))
            });
            assert_eq!(chapters, [true; 3], "{shown:?}");
        }
    }

    #[test]
    fn a_sentence_is_no_heading() {
        assert_eq!(
            shown("a\n\nI went.\n\nPart of me knew.\n\nOne\n\nb"),
            ["a", "I went.", "Part of me knew.", "One", "b"]
        );
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_words(text in "[a-zA-Z.,”\n \t]{0,200}") {
            let before: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            let shown = parse(&text, Flow::default()).flow.finish().0;
            let after: Vec<String> =
                shown.iter().flat_map(|piece| piece.text().split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
            prop_assert_eq!(before, after);
        }
    }
}
