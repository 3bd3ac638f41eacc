//! Stop strings in a stream: what could become one is held back until it is or cannot be.

/// Watches for stop strings.
#[derive(Debug, Clone)]
pub(crate) struct StopStrings {
    strings: Vec<String>,
    held: String,
    /// Whether a visible character came: white space before it ends nothing, or an answer that begins with a
    /// new line would be none.
    begun: bool,
}

impl StopStrings {
    pub fn new(strings: Vec<String>) -> Self {
        Self { strings, held: String::new(), begun: false }
    }

    /// Takes text; gives what is certain, and whether a stop string came (it and what follows are dropped).
    pub fn push(&mut self, text: &str) -> (String, bool) {
        if !self.begun {
            let visible = text.trim_start();
            if visible.is_empty() {
                return (text.to_owned(), false);
            }
            self.begun = true;
            let (certain, stopped) = self.push(visible);
            return (text[..text.len() - visible.len()].to_owned() + &certain, stopped);
        }
        self.held.push_str(text);
        let found =
            self.strings.iter().filter(|s| !s.is_empty()).filter_map(|s| self.held.find(s.as_str())).min();
        if let Some(at) = found {
            self.held.truncate(at);
            return (std::mem::take(&mut self.held), true);
        }
        let certain = self.held.len() - longest_beginning(&self.held, &self.strings);
        let rest = self.held.split_off(certain);
        (std::mem::replace(&mut self.held, rest), false)
    }

    /// What is held when no more comes.
    pub fn finish(&mut self) -> String {
        std::mem::take(&mut self.held)
    }
}

/// Length of the longest end of a text that one of these strings begins with: what may yet become one.
pub(crate) fn longest_beginning<S: AsRef<str>>(text: &str, strings: &[S]) -> usize {
    let ends = text.char_indices().map(|(at, _)| &text[at..]);
    ends.filter(|end| strings.iter().any(|s| s.as_ref().starts_with(end))).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_stop_string_in_pieces_is_found_and_dropped() {
        let strings = vec!["\n\n".to_owned(), "END".to_owned()];
        let mut stop = StopStrings::new(strings.clone());
        assert_eq!(stop.push("one E"), ("one ".to_owned(), false));
        assert_eq!(stop.push("N"), (String::new(), false));
        assert_eq!(stop.push("E two\n"), ("ENE two".to_owned(), false));
        assert_eq!(stop.push("\nthree"), (String::new(), true));
    }

    #[test]
    fn white_space_before_the_first_word_ends_nothing() {
        let strings = vec!["\n".to_owned()];
        let mut stop = StopStrings::new(strings.clone());
        assert_eq!(stop.push("\n"), ("\n".to_owned(), false));
        assert_eq!(stop.push("\n one\n two"), ("\n one".to_owned(), true));
    }

    proptest! {
        #[test]
        fn a_stream_gives_what_the_whole_text_has_before_its_first_stop(
            text in "[abc]{0,30}", strings in prop::collection::vec("[abc]{1,3}", 0..3), n in 1usize..4,
        ) {
            let mut stop = StopStrings::new(strings.clone());
            let mut out = String::new();
            let mut stopped = false;
            for piece in text.as_bytes().chunks(n) {
                let (certain, found) = stop.push(std::str::from_utf8(piece).unwrap());
                out.push_str(&certain);
                stopped = found;
                if found { break; }
            }
            if !stopped { out.push_str(&stop.finish()); }
            // A longer stop string that began earlier may still be open when a shorter one is complete.
            let first_complete = (0..=text.len()).find_map(|end| {
                strings.iter().filter_map(|s| text[..end].find(s.as_str())).min()
            });
            if n == 1 {
                prop_assert_eq!(&out, &text[..first_complete.unwrap_or(text.len())]);
            }
            prop_assert!(text.starts_with(&out));
            prop_assert!(!strings.iter().any(|s| out.contains(s.as_str())));
        }
    }
}
