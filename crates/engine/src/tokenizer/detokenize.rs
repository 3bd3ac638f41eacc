//! Tokens to text as they come. A character may be spread over several tokens; its bytes are held back until
//! it is whole, so that what is shown is always text.

use super::Tokenizer;

/// Gathers tokens and gives text in whole characters.
#[derive(Debug, Default, Clone)]
pub struct Detokenizer {
    held: Vec<u8>,
}

impl Detokenizer {
    /// Nothing held.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a token and gives the text that is now whole, which may be empty.
    pub fn push(&mut self, tokenizer: &Tokenizer, id: u32) -> String {
        self.push_bytes(&tokenizer.bytes(id))
    }

    /// What is held when no more comes: U+FFFD for a character that never became whole.
    pub fn finish(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.held)).into_owned()
    }

    fn push_bytes(&mut self, bytes: &[u8]) -> String {
        self.held.extend_from_slice(bytes);
        let mut out = String::new();
        loop {
            let (whole, invalid) = match std::str::from_utf8(&self.held) {
                Ok(text) => (text.len(), None),
                Err(e) => (e.valid_up_to(), e.error_len()),
            };
            out.push_str(&String::from_utf8_lossy(&self.held[..whole]));
            self.held.drain(..whole);
            match invalid {
                // Bytes that no continuation can save.
                Some(n) => {
                    out.push(char::REPLACEMENT_CHARACTER);
                    self.held.drain(..n);
                }
                None => return out,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_character_in_pieces_is_shown_when_it_is_whole() {
        let mut d = Detokenizer::new();
        let bytes = "né🦉".as_bytes();
        let shown: Vec<String> = bytes.iter().map(|&b| d.push_bytes(&[b])).collect();
        assert_eq!(shown, ["n", "", "é", "", "", "", "🦉"]);
        assert_eq!(d.finish(), "");
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_give_what_they_give_at_once(bytes in prop::collection::vec(any::<u8>(), 0..60),
                                                                cuts in prop::collection::vec(1usize..5, 60)) {
            let mut d = Detokenizer::new();
            let mut out = String::new();
            let mut rest = &bytes[..];
            for cut in cuts {
                let (now, later) = rest.split_at(cut.min(rest.len()));
                out.push_str(&d.push_bytes(now));
                rest = later;
            }
            out.push_str(&d.finish());
            prop_assert_eq!(out, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}
