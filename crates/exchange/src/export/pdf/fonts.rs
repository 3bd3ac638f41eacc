//! Which fonts a book is set in: Libertinus, which is in the program, and the computer's own only where a text has letters
//! that it has not. So a book in Latin, Greek or Cyrillic letters is the same PDF on every computer.

use typst::text::FontBook;
use typst_kit::fonts::{FontSearcher, Fonts};

/// Families in the order in which they are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Families {
    /// Libertinus, drawn to stand in the place of Times.
    Serif,
    /// Letters of one width.
    Typewriter,
}

impl Families {
    /// Their names, the best first.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Serif => &["Libertinus Serif"],
            Self::Typewriter => &["Courier Prime", "Courier New", "Liberation Mono", "DejaVu Sans Mono"],
        }
    }
}

/// The fonts for a text of these letters.
pub(crate) fn for_letters(letters: &[char], families: Families) -> Fonts {
    let own = FontSearcher::new().include_system_fonts(false).search();
    if families == Families::Serif && missing(&own.book, letters).is_empty() {
        return own;
    }
    FontSearcher::new().search()
}

/// The letters that no font has.
pub(crate) fn missing(book: &FontBook, letters: &[char]) -> Vec<char> {
    let fonts: Vec<_> = (0..).map_while(|index| book.info(index)).collect();
    // A font for what no font has has boxes for everything.
    let real: Vec<_> =
        fonts.into_iter().filter(|font| !font.family.to_lowercase().contains("lastresort")).collect();
    let has = |c: &char| real.iter().any(|font| font.coverage.contains(u32::from(*c)));
    letters.iter().copied().filter(|c| is_seen(*c)).filter(|c| !has(c)).collect()
}

/// Whether a letter shows anything: spaces, joiners, marks of direction and of variants do not.
fn is_seen(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}'))
}
