//! A text with headings becomes parts, chapters and scenes. Which heading is which follows from what the file says, from
//! what headings are called ("Part Two", "Chapter 7"), and from where text stands between them.

use foolscap_manuscript::{Block, Document, Inline, Level};

use crate::book::{Chapter, Part, Scene};
use crate::import::flow::{Heading, Piece};
use crate::left_out::{Tally, What};

/// What a file of this generator says about parts: ours flag each, so that where none is flagged there are none.
pub(crate) fn own(generator: Option<&str>) -> Option<bool> {
    (generator == Some(crate::export::GENERATOR)).then_some(false)
}

/// What a file says about its own headings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hints {
    /// The title of the whole, where it is known from elsewhere.
    pub title: Option<String>,
    /// Whether the highest headings are parts; None when the file does not say. A heading that says so itself counts for
    /// more.
    pub parts: Option<bool>,
}

/// A text as a tree.
#[derive(Debug, Default)]
pub(crate) struct Split {
    /// The title, known before or found at the beginning.
    pub title: Option<String>,
    /// Whether the title stood in the text, as a heading, and stands there no more.
    pub is_heading: bool,
    pub parts: Vec<Part>,
}

/// Splits a text.
pub(crate) fn split(mut pieces: Vec<Piece>, hints: &Hints, left_out: &mut Tally) -> Split {
    let (title, is_heading) = take_title(&mut pieces, hints);
    let levels = Levels::of(&pieces, hints);
    let mut tree = Tree { levels, parts: Vec::new(), left_out };
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            // A half title: the book's name once more, above nothing of its own.
            Piece::Heading(heading)
                if matches!(pieces.peek(), Some(Piece::Heading(_)))
                    && title.as_ref().is_some_and(|title| same_words(title, &title_of(&heading.content))) => {
            }
            Piece::Heading(heading) => {
                let before_text = matches!(pieces.peek(), Some(Piece::Block(_)));
                tree.heading(heading, before_text);
            }
            Piece::Block(Block::SceneBreak) => tree.scene(None),
            Piece::Block(block) => tree.page().blocks.push(block),
        }
    }
    Split { title, is_heading, parts: tree.finish() }
}

/// A text that is one page, whatever its headings are called.
pub(crate) fn page(pieces: Vec<Piece>, left_out: &mut Tally) -> Document {
    let blocks = pieces.into_iter().map(|piece| match piece {
        Piece::Block(block) => block,
        Piece::Heading(Heading { level, content, .. }) => {
            if level > 3 {
                left_out.add(What::DeepHeading);
            }
            Block::Heading { level: Level::new(level).unwrap_or(Level::Three), content }
        }
    });
    Document { blocks: blocks.collect() }.tidied()
}

/// The heading at the beginning that is the title of the whole: what the file is called, or the one heading above all. Also
/// whether there was one.
fn take_title(pieces: &mut Vec<Piece>, hints: &Hints) -> (Option<String>, bool) {
    let Some(Piece::Heading(first)) = pieces.first() else { return (hints.title.clone(), false) };
    let text = title_of(&first.content);
    let is_known = hints.title.as_ref().is_some_and(|title| same_words(title, &text));
    let others: Vec<u8> = headings(&pieces[1..]).map(|heading| heading.level).collect();
    let is_above_all = !others.is_empty() && others.iter().all(|level| *level > first.level);
    let names_something_else = first.part || names_a_part(&text) || names_a_chapter(&text);
    if is_known || (hints.title.is_none() && is_above_all && !names_something_else && hints.parts.is_none()) {
        pieces.remove(0);
        (Some(hints.title.clone().unwrap_or(text)), true)
    } else {
        (hints.title.clone(), false)
    }
}

fn headings(pieces: &[Piece]) -> impl Iterator<Item = &Heading> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Heading(heading) => Some(heading),
        Piece::Block(_) => None,
    })
}

/// What headings of each level are.
#[derive(Debug, Clone, Copy)]
struct Levels {
    part: Option<u8>,
    chapter: u8,
}

impl Levels {
    fn of(pieces: &[Piece], hints: &Hints) -> Self {
        let mut levels: Vec<u8> = headings(pieces).map(|heading| heading.level).collect();
        levels.sort_unstable();
        levels.dedup();
        let top = levels.first().copied().unwrap_or(1);
        let below = |level: u8| levels.iter().copied().find(|other| *other > level);
        let told = headings(pieces).filter(|heading| heading.part).map(|heading| heading.level).min();
        let part = match (told, hints.parts, below(top)) {
            (Some(level), ..) => Some(level),
            (None, Some(true), _) => Some(top),
            (None, None, Some(second)) if looks_like_parts(pieces, top, second) => Some(top),
            _ => None,
        };
        let chapter = part.map_or(top, |part| below(part).unwrap_or(part.saturating_add(1)));
        Self { part, chapter }
    }
}

/// Whether the highest headings are parts and the next ones chapters, rather than chapters and scenes.
fn looks_like_parts(pieces: &[Piece], top: u8, second: u8) -> bool {
    let of_level = |level: u8| headings(pieces).filter(move |heading| heading.level == level);
    if of_level(top).any(|heading| names_a_part(&title_of(&heading.content))) {
        return true;
    }
    let empty = pieces.windows(2).filter(|pair| match pair {
        [Piece::Heading(upper), Piece::Heading(lower)] => upper.level == top && lower.level == second,
        _ => false,
    });
    empty.count() == of_level(top).count()
        && of_level(second).any(|heading| names_a_chapter(&title_of(&heading.content)))
}

/// "Part Two", "Book III", "Zweiter Teil" …
pub(crate) fn names_a_part(title: &str) -> bool {
    const WORDS: [&str; 16] = [
        "part",
        "book",
        "volume",
        "act",
        "teil",
        "buch",
        "band",
        "partie",
        "livre",
        "tome",
        "parte",
        "libro",
        "livro",
        "часть",
        "книга",
        "том",
    ];
    names(title, &WORDS)
}

/// "Chapter 7", "Kapitel Eins", "XII", "12." …
pub(crate) fn names_a_chapter(title: &str) -> bool {
    const WORDS: [&str; 8] =
        ["chapter", "kapitel", "chapitre", "capítulo", "capitulo", "capitolo", "hoofdstuk", "глава"];
    names(title, &WORDS) || begins_with_a_number(title)
}

/// "XII", "12. The Storm" …, which an item of a list may begin with too.
pub(crate) fn begins_with_a_number(title: &str) -> bool {
    let first = title.split_whitespace().next().unwrap_or_default();
    let number = first.trim_end_matches(['.', ':', ')']);
    is_number(number) && (number != first || first == title.trim())
}

/// "Prologue", "Epilogue" and their kin: chapters wherever they stand.
pub(crate) fn names_an_end(title: &str) -> bool {
    const WORDS: [&str; 17] = [
        "prologue",
        "epilogue",
        "foreword",
        "preface",
        "introduction",
        "afterword",
        "acknowledgements",
        "acknowledgments",
        "dedication",
        "interlude",
        "appendix",
        "prolog",
        "epilog",
        "vorwort",
        "nachwort",
        "prólogo",
        "epílogo",
    ];
    let first = title.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    WORDS.contains(&first.to_lowercase().as_str())
}

/// Whether one of the words stands beside a number or an ordinal, within the first words of the title.
fn names(title: &str, words: &[&str]) -> bool {
    let split = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first: Vec<String> = split.take(3).map(str::to_lowercase).collect();
    let Some(at) = first.iter().position(|word| words.contains(&word.as_str())) else { return false };
    let article = ["the", "der", "das", "la", "le"];
    let beside = first.iter().skip(at + 1).find(|word| !article.contains(&word.as_str()));
    // "Part" alone is a part; "Part of me" is not. "First Part" has its number before it.
    match (beside, at) {
        (None, 0) => true,
        (Some(next), 0) => is_number(next),
        (_, before) => is_number(&first[before - 1]),
    }
}

fn is_number(word: &str) -> bool {
    const NUMBERS: [&str; 46] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "last",
        "erster",
        "zweiter",
        "dritter",
        "eins",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "première",
        "premier",
        "deuxième",
        "troisième",
        "primera",
        "segunda",
        "tercera",
        "uno",
        "dos",
    ];
    let roman = |word: &str| word.chars().all(|c| "ivxlc".contains(c));
    let word = word.to_lowercase();
    !word.is_empty()
        && (word.chars().all(|c| c.is_ascii_digit()) || roman(&word) || NUMBERS.contains(&word.as_str()))
}

/// The words of a heading in one line.
pub(crate) fn title_of(content: &[Inline]) -> String {
    let text: String = content.iter().map(Inline::text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two titles are the same but for case, spaces and punctuation.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    !letters(one).is_empty() && letters(one) == letters(other)
}

struct Tree<'a> {
    levels: Levels,
    parts: Vec<Part>,
    left_out: &'a mut Tally,
}

impl Tree<'_> {
    fn heading(&mut self, heading: Heading, before_text: bool) {
        let Heading { level, part, content } = heading;
        let title = title_of(&content);
        let looks = content.iter().any(|inline| inline.marks().em || inline.marks().strong);
        let Levels { part: part_level, chapter } = self.levels;
        let scene = chapter.saturating_add(1);
        if level > scene {
            let number = level - scene;
            if number > 3 {
                self.left_out.add(What::DeepHeading);
            }
            let level = Level::new(number).unwrap_or(Level::Three);
            return self.page().blocks.push(Block::Heading { level, content });
        }
        if looks {
            self.left_out.add(What::Formatting);
        }
        if level == scene {
            self.scene(Some(title));
        } else if level == chapter {
            self.chapter(Some(title));
        } else if part
            || (part_level == Some(level) && !(before_text && !names_a_part(&title) && names_an_end(&title)))
        {
            self.parts.push(Part { title: Some(title), ..Part::default() });
        } else {
            // A prologue beside parts, or a heading above all others in the middle of the text.
            self.parts.push(Part::default());
            self.chapter(Some(title));
        }
    }

    fn chapter(&mut self, title: Option<String>) {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        if let Some(part) = self.parts.last_mut() {
            part.chapters.push(Chapter { title, ..Chapter::default() });
        }
    }

    fn scene(&mut self, title: Option<String>) {
        if self.parts.last().is_none_or(|part| part.chapters.is_empty()) {
            self.chapter(None);
        }
        let chapter = self.parts.last_mut().and_then(|part| part.chapters.last_mut());
        if let Some(chapter) = chapter {
            chapter.scenes.push(Scene { title, ..Scene::default() });
        }
    }

    fn page(&mut self) -> &mut Document {
        let has_scene =
            self.parts.last().and_then(|part| part.chapters.last()).is_some_and(|c| !c.scenes.is_empty());
        if !has_scene {
            self.scene(None);
        }
        // The scene was made above: these are there, and `get_or_insert` says so without a panic.
        let part = last_or_default(&mut self.parts);
        let chapter = last_or_default(&mut part.chapters);
        &mut last_or_default(&mut chapter.scenes).document
    }

    /// Without scenes that hold nothing, which a break at the end of a chapter leaves behind.
    fn finish(mut self) -> Vec<Part> {
        for chapter in self.parts.iter_mut().flat_map(|part| &mut part.chapters) {
            chapter.scenes.retain(|scene| scene.title.is_some() || !scene.document.blocks.is_empty());
            if chapter.scenes.is_empty() {
                chapter.scenes.push(Scene::default());
            }
            for scene in &mut chapter.scenes {
                scene.document = std::mem::take(&mut scene.document).tidied();
            }
        }
        self.parts
    }
}

fn last_or_default<T: Default>(list: &mut Vec<T>) -> &mut T {
    if list.is_empty() {
        list.push(T::default());
    }
    let last = list.len() - 1;
    &mut list[last]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::flow::{Flow, Look, Style};

    /// One line a piece: `# ` to `###### ` begins a heading, `***` is a break.
    fn told(text: &str) -> (Option<String>, String) {
        told_with(text, &Hints::default())
    }

    fn told_with(text: &str, hints: &Hints) -> (Option<String>, String) {
        let mut flow = Flow::default();
        for line in text.lines() {
            let words = line.trim_start_matches('#');
            let level = (line.len() - words.len()) as u8;
            flow.text(words.trim(), Look::default());
            flow.end(if level > 0 { Style::Heading { level, part: false } } else { Style::Body });
        }
        let (pieces, mut left_out) = flow.finish();
        let split = split(pieces, hints, &mut left_out);
        let name = |title: &Option<String>| title.clone().unwrap_or("-".into());
        let mut told = String::new();
        for part in &split.parts {
            told += &format!("[{}", name(&part.title));
            for chapter in &part.chapters {
                told += &format!(" ({}", name(&chapter.title));
                for scene in &chapter.scenes {
                    told += &format!(
                        " {}:{}",
                        name(&scene.title),
                        scene.document.plain_text().replace("\n\n", "/")
                    );
                }
                told += ")";
            }
            told += "]";
        }
        (split.title, told)
    }

    #[test]
    fn highest_headings_are_chapters_and_breaks_part_scenes() {
        assert_eq!(told("# A\none\n***\ntwo\n# B\nthree"), (None, "[- (A -:one -:two) (B -:three)]".into()));
        assert_eq!(told("words\nalone").1, "[- (- -:words/alone)]");
        assert_eq!(told("before\n## A\none").1, "[- (- -:before) (A -:one)]");
    }

    #[test]
    fn one_heading_above_all_is_the_title() {
        assert_eq!(
            told("# Gale\n## A\none\n## B\ntwo"),
            (Some("Gale".into()), "[- (A -:one) (B -:two)]".into())
        );
        let hints = Hints { title: Some("THE GALE".into()), parts: None };
        assert_eq!(told_with("# The Gale\none", &hints), (Some("THE GALE".into()), "[- (- -:one)]".into()));
        assert_eq!(told("# Chapter 1\n## Scene\none").0, None);
    }

    #[test]
    fn parts_are_told_from_chapters_by_their_names_or_those_of_the_headings_below() {
        let named = "# Prologue\nzero\n# Part One\n## A\none\n# Part Two\n## B\ntwo";
        assert_eq!(told(named).1, "[- (Prologue -:zero)][Part One (A -:one)][Part Two (B -:two)]");
        let below = "# Winter\n## Chapter 1\none\n# Spring\n## Chapter 2\ntwo";
        assert_eq!(told(below).1, "[Winter (Chapter 1 -:one)][Spring (Chapter 2 -:two)]");
        let scenes = "# Winter\n## Snow\none\n# Spring\n## Thaw\ntwo";
        assert_eq!(told(scenes).1, "[- (Winter Snow:one) (Spring Thaw:two)]");
    }

    #[test]
    fn what_is_called_a_part_and_what_is_not() {
        for title in ["Part One", "PART II", "Part the First", "Book 3: Fire", "Erster Teil", "Part"] {
            assert!(names_a_part(title), "{title}");
        }
        for title in ["Part of me", "The booking", "Chapter 1", "Partings", ""] {
            assert!(!names_a_part(title), "{title}");
        }
        for title in ["Chapter 1", "XII", "12.", "CHAPTER THE LAST", "Kapitel eins"] {
            assert!(names_a_chapter(title), "{title}");
        }
    }

    #[test]
    fn the_title_once_more_above_nothing_is_no_chapter() {
        let hints = Hints { title: Some("Gale".into()), parts: None };
        let text = "# Preface\none\n# Gale\n# A\ntwo\n# Gale\nthree";
        assert_eq!(told_with(text, &hints).1, "[- (Preface -:one) (A -:two) (Gale -:three)]");
    }

    #[test]
    fn deep_headings_stay_on_the_page() {
        assert_eq!(told("# A\none\n### Sub\ntwo\n# B\nthree").1, "[- (A -:one/# Sub/two) (B -:three)]");
    }
}
