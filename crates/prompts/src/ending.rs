//! When an answer is long enough. It ends with a whole sentence near the wanted length, and what would follow
//! is not shown. In scripts without spaces a sentence ends at its stop. White space is held back until words follow it, so that no answer ends ragged.

use crate::words;

/// Watches an answer as it comes.
#[derive(Debug, Clone)]
pub struct Ending {
    words: Option<u32>,
    text: String,
    space: String,
    trim_start: bool,
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

impl Ending {
    /// For an answer of about so many words; none: only the model ends it. `trim_start`: the text before the
    /// cursor ends with the space that the answer would begin with.
    pub fn new(words: Option<u32>, trim_start: bool) -> Self {
        Self { words, text: String::new(), space: String::new(), trim_start }
    }

    /// Takes the next piece of text.
    pub fn push(&mut self, piece: &str) -> Verdict {
        let mut shown = String::new();
        for c in piece.chars() {
            if c.is_whitespace() {
                if self.ends_here(c) {
                    return Verdict::End(shown);
                }
                if !(self.trim_start && self.text.is_empty()) {
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
        (ends_sentence(&self.text) || next == '\n' && !self.text.is_empty()) && self.enough()
    }

    /// Whether a sentence ended by a stop after which no space comes.
    fn ends_dense(&self) -> bool {
        self.text.trim_end_matches(CLOSING).ends_with(['。', '！', '？']) && self.enough()
    }

    fn enough(&self) -> bool {
        self.words.is_some_and(|words| words::count(&self.text) as f32 >= words as f32 * ENOUGH)
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
        let mut ending = Ending::new(Some(words), false);
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
    fn a_space_already_there_is_not_doubled() {
        let mut ending = Ending::new(None, true);
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
