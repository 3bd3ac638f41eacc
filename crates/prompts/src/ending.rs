//! When an answer is long enough. Prose ends with a whole sentence near the wanted length, a list with a whole line, and
//! what would follow is not shown. In scripts without spaces a sentence ends at its stop. White space is held back until
//! words follow it, so that no answer ends ragged.

use crate::words;

/// What ends an answer, besides the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing.
    Never,
    /// A sentence's end at about so many words.
    Sentence(u32),
    /// A line's end at about so many words.
    Line(u32),
    /// It is one short item: the number, the sign or the quotation marks that a model puts around it are none of it.
    Item,
}

/// Watches an answer as it comes.
#[derive(Debug, Clone)]
pub struct Ending {
    end: End,
    text: String,
    space: String,
    /// What may be the number before an item.
    number: String,
    trim_start: bool,
    one_line: bool,
}

/// What to do with a piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Show this (it may be empty) and go on.
    Show(String),
    /// Show this and end here.
    End(String),
}

/// An answer may end from this part of the wanted length on.
const ENOUGH: f32 = 0.75;

/// What may stand between a sentence's stop and its end.
const CLOSING: &[char] = &['"', '”', '’', '\'', ')', '»', '_', '*', '」', '』', '）'];

/// Words with a full stop that end no sentence.
const ABBREVIATIONS: &[&str] = &["Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Prof.", "Capt.", "Col.", "Messrs."];

/// What a model may put before an item, and around it.
const BULLETS: &[char] = &['-', '•', '–', '#'];
const QUOTES: &[char] = &['"', '“', '”', '„', '«', '»', '*', '_'];

impl Ending {
    /// `trim_start`: the white space before the answer's first word is none of it, since the text before the cursor has it
    /// already.
    pub fn new(end: End, trim_start: bool) -> Self {
        Self {
            end,
            text: String::new(),
            space: String::new(),
            number: String::new(),
            trim_start,
            one_line: false,
        }
    }

    /// Ends with the first line that has words in it, however few.
    pub fn in_one_line(mut self) -> Self {
        self.one_line = true;
        self
    }

    /// Takes the next piece of text.
    pub fn push(&mut self, piece: &str) -> Verdict {
        let mut shown = String::new();
        for c in piece.chars() {
            if self.end == End::Item && self.text.is_empty() && self.counts(c) {
                continue;
            }
            if c.is_whitespace() {
                if self.ends_here(c) {
                    return Verdict::End(shown);
                }
                if !(self.text.is_empty() && (self.trim_start || self.end == End::Item)) {
                    self.space.push(c);
                }
            } else if self.end == End::Item && self.is_around_item(c) {
                // Held back with the space around it: it is a part of the item where words follow.
                if !self.text.is_empty() {
                    self.space.push(c);
                }
            } else {
                if self.space.is_empty() && !CLOSING.contains(&c) && self.ends_dense() {
                    return Verdict::End(shown);
                }
                shown.push_str(&self.space);
                self.text.push_str(&self.space);
                self.space.clear();
                shown.push(c);
                self.text.push(c);
            }
        }
        Verdict::Show(shown)
    }

    fn ends_here(&self, next: char) -> bool {
        let line = next == '\n' && !self.text.is_empty();
        if line && self.one_line {
            return true;
        }
        match self.end {
            End::Never => false,
            End::Sentence(words) => (ends_sentence(&self.text) || line) && self.has(words),
            End::Line(words) => line && self.has(words),
            End::Item => line,
        }
    }

    /// Whether a sentence ended by a stop after which no space comes.
    fn ends_dense(&self) -> bool {
        let End::Sentence(words) = self.end else { return false };
        self.text.trim_end_matches(CLOSING).ends_with(['。', '！', '？']) && self.has(words)
    }

    fn has(&self, words: u32) -> bool {
        words::count(&self.text) as f32 >= words as f32 * ENOUGH
    }

    /// Whether a character belongs to the number before an item, or may. What only looked like one is text.
    fn counts(&mut self, c: char) -> bool {
        let closed = self.number.ends_with(['.', ')']);
        if closed && c.is_whitespace() {
            self.number.clear();
            return true;
        }
        let goes_on = c.is_ascii_digit() || !self.number.is_empty() && ['.', ')'].contains(&c);
        if goes_on && !closed {
            self.number.push(c);
            return true;
        }
        self.space.push_str(&std::mem::take(&mut self.number));
        false
    }

    fn is_around_item(&self, c: char) -> bool {
        QUOTES.contains(&c) || self.text.is_empty() && BULLETS.contains(&c)
    }
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(CLOSING);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？']) && !ABBREVIATIONS.iter().any(|a| bare.ends_with(a))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(words: u32, text: &str, piece: usize) -> (String, bool) {
        let mut ending = Ending::new(End::Sentence(words), false);
        let mut out = String::new();
        let chars: Vec<char> = text.chars().collect();
        for chunk in chars.chunks(piece) {
            match ending.push(&chunk.iter().collect::<String>()) {
                Verdict::Show(s) => out.push_str(&s),
                Verdict::End(s) => return (out + &s, true),
            }
        }
        (out, false)
    }

    #[test]
    fn an_answer_ends_after_a_sentence_near_the_wanted_length() {
        let text = "One. Two three four. Five six seven eight. Nine.";
        assert_eq!(run(5, text, 3), ("One. Two three four.".into(), true));
    }

    #[test]
    fn closing_quotes_belong_to_the_sentence() {
        assert_eq!(run(3, "“I will not go.” She went.", 1), ("“I will not go.”".into(), true));
    }

    #[test]
    fn a_title_ends_no_sentence() {
        assert_eq!(run(2, "There sat Mr. Brown. Then", 2).0, "There sat Mr. Brown.");
    }

    #[test]
    fn sentences_without_spaces_end_at_their_stops() {
        assert_eq!(
            run(6, "他昨天回到了家。「谁在那里？」她问。没有人。", 1).0,
            "他昨天回到了家。「谁在那里？」"
        );
    }

    #[test]
    fn no_answer_ends_in_white_space() {
        assert_eq!(run(100, "One two \n\n", 2), ("One two".into(), false));
    }

    #[test]
    fn a_list_ends_with_a_line() {
        let mut ending = Ending::new(End::Line(6), true);
        assert_eq!(
            ending.push("1. One two. Three.\n2. Four five.\n3. Six"),
            Verdict::End("1. One two. Three.\n2. Four five.".into())
        );
    }

    #[test]
    fn an_item_is_bare() {
        for (said, item) in [
            ("\n- “The Lamp”\n- Another", "The Lamp"),
            ("\"The Lamp\"", "The Lamp"),
            ("The “Lamp” Room\n", "The “Lamp” Room"),
            ("The Self-Made Man", "The Self-Made Man"),
        ] {
            for size in 1..5 {
                let (mut ending, mut shown) = (Ending::new(End::Item, false), String::new());
                for piece in said.chars().collect::<Vec<_>>().chunks(size) {
                    match ending.push(&piece.iter().collect::<String>()) {
                        Verdict::Show(text) => shown.push_str(&text),
                        Verdict::End(text) => {
                            shown.push_str(&text);
                            break;
                        }
                    }
                }
                assert_eq!(shown, item);
            }
        }
    }

    #[test]
    fn a_space_already_there_is_not_doubled() {
        let mut ending = Ending::new(End::Never, true);
        assert_eq!(ending.push(" and"), Verdict::Show("and".into()));
        assert_eq!(ending.push(" so"), Verdict::Show(" so".into()));
    }

    proptest! {
        #[test]
        fn the_pieces_do_not_matter(text in "[a-c.” \n]{0,60}", words in 1u32..10, a in 1usize..6, b in 1usize..6) {
            prop_assert_eq!(run(words, &text, a), run(words, &text, b));
        }
    }
}
