//! What a model thinks aloud before it answers is not prose: it is taken out of the stream, wherever its marks fall
//! apart into tokens.

use crate::stop::longest_beginning;

/// Takes thoughts out.
#[derive(Debug, Default, Clone)]
pub(crate) struct Thoughts {
    /// The mark that ends the thought the text is in.
    inside: Option<&'static str>,
    /// What may become a mark.
    held: String,
    /// White space after a thought belongs to it.
    trimming: bool,
}

/// What begins a thought, and what ends it.
pub(crate) const MARKS: [(&str, &str); 5] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("[THINK]", "[/THINK]"),
    ("<|START_THINKING|>", "<|END_THINKING|>"),
    ("<|channel>thought", "<channel|>"),
];

impl Thoughts {
    /// In the midst of a thought where the prompt has opened one.
    pub fn after(prompt: &str) -> Self {
        let prompt = prompt.trim_end();
        let inside = MARKS.iter().find(|(open, _)| prompt.ends_with(open)).map(|&(_, close)| close);
        Self { inside, ..Self::default() }
    }

    /// Whether the text is in a thought.
    pub fn is_inside(&self) -> bool {
        self.inside.is_some()
    }

    /// Takes text; gives what of it is certainly no thought.
    pub fn push(&mut self, text: &str) -> String {
        self.held.push_str(text);
        let mut out = String::new();
        loop {
            if let Some(close) = self.inside {
                match self.held.find(close) {
                    Some(at) => {
                        self.held.drain(..at + close.len());
                        self.inside = None;
                        self.trimming = true;
                        continue;
                    }
                    None => {
                        let keep = longest_beginning(&self.held, &[close]);
                        self.held.drain(..self.held.len() - keep);
                        return out;
                    }
                }
            }
            if self.trimming {
                let visible = self.held.trim_start().len();
                self.held.drain(..self.held.len() - visible);
                self.trimming = visible == 0;
            }
            let found = MARKS.iter().filter_map(|&(open, close)| Some((self.held.find(open)?, open, close)));
            match found.min() {
                Some((at, open, close)) => {
                    out.push_str(&self.held[..at]);
                    self.held.drain(..at + open.len());
                    self.inside = Some(close);
                }
                None => {
                    let keep = longest_beginning(&self.held, &MARKS.map(|mark| mark.0));
                    out.push_str(&self.held[..self.held.len() - keep]);
                    self.held.drain(..self.held.len() - keep);
                    return out;
                }
            }
        }
    }

    /// What is held when no more comes: half a mark is text, half a thought is not.
    pub fn finish(&mut self) -> String {
        let held = std::mem::take(&mut self.held);
        if self.inside.is_some() { String::new() } else { held }
    }
}

/// A whole text without what was thought aloud in it.
pub fn without_thoughts(text: &str) -> String {
    let mut thoughts = Thoughts::default();
    thoughts.push(text) + &thoughts.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(thoughts: &mut Thoughts, pieces: &[&str]) -> String {
        let mut out: String = pieces.iter().map(|p| thoughts.push(p)).collect();
        out.push_str(&thoughts.finish());
        out
    }

    #[test]
    fn thoughts_are_taken_out_with_the_white_space_after_them() {
        let mut t = Thoughts::default();
        assert_eq!(
            all(&mut t, &["<thi", "nk>He should", " go.</th", "ink>\n", "\nHe went", "."]),
            "He went."
        );
        let mut t = Thoughts::default();
        assert_eq!(all(&mut t, &["[THINK]a[/THINK] b <think>c"]), "b ");
    }

    #[test]
    fn what_only_looks_like_a_mark_is_text() {
        let mut t = Thoughts::default();
        assert_eq!(t.push("a <th"), "a ");
        assert_eq!(t.push("ree> b"), "<three> b");
        assert_eq!(all(&mut t, &[" <thin"]), " <thin");
    }

    #[test]
    fn a_thought_that_the_prompt_began_is_none_of_the_answer() {
        let mut t = Thoughts::after("<|im_start|>assistant\n<think>\n");
        assert_eq!(all(&mut t, &["well", "</think>", "\n\nYes."]), "Yes.");
        assert_eq!(all(&mut Thoughts::after("<think>\n\n</think>\n\n"), &["Yes."]), "Yes.");
    }

    proptest! {
        #[test]
        fn pieces_give_what_the_whole_gives(
            text in "([ab \n]|<think>|</think>|\\[THINK\\]|\\[/THINK\\]|<thi){0,12}", cuts in prop::collection::vec(0usize..80, 0..8),
        ) {
            let whole = all(&mut Thoughts::default(), &[&text]);
            let mut at: Vec<usize> = cuts.into_iter().map(|c| c.min(text.len())).collect();
            at.extend([0, text.len()]);
            at.sort_unstable();
            let pieces: Vec<&str> = at.windows(2).map(|w| &text[w[0]..w[1]]).collect();
            prop_assert_eq!(all(&mut Thoughts::default(), &pieces), whole);
        }
    }
}
