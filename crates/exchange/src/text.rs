//! Bytes to text. A byte-order mark decides, then whether all of it is UTF-8; what is neither was almost always written
//! on an old Windows, and is read so, which is told because it is a guess.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::left_out::{Tally, What};

/// The text in the bytes, with `\n` between its lines.
pub(crate) fn decode(bytes: &[u8], left_out: &mut Tally) -> String {
    let (encoding, start) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        // Before UTF-8: plain English in UTF-16 is valid UTF-8, too.
        None => match unmarked_utf_16(bytes) {
            Some(encoding) => (encoding, 0),
            None if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
            None => (WINDOWS_1252, 0),
        },
    };
    let (text, replaced) = encoding.decode_without_bom_handling(&bytes[start..]);
    if encoding == WINDOWS_1252 {
        left_out.add(What::Encoding);
    } else if replaced {
        left_out.count(What::Character, text.matches('\u{fffd}').count());
    }
    clean(&text, left_out)
}

/// The text without what no text may hold, its line ends all alike.
pub(crate) fn clean(text: &str, left_out: &mut Tally) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut dropped = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            // Word processors end a line within a paragraph with a vertical tab or U+2028, a page with a form feed.
            '\u{b}' | '\u{2028}' | '\u{85}' => clean.push('\n'),
            '\u{c}' | '\u{2029}' => clean.push_str("\n\n"),
            c if is_text(c) => clean.push(c),
            _ => dropped += 1,
        }
    }
    left_out.count(What::Character, dropped);
    clean
}

/// Whether XML and plain text may hold the character.
pub(crate) fn is_text(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}'))
}

/// UTF-16 without a mark: half the bytes of western text are zero, on one side.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), sample.len() / 4);
    if sample.len() < 4 {
        None
    } else if odd > most && even == 0 {
        Some(UTF_16LE)
    } else if even > most && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8]) -> (String, usize) {
        let mut left_out = Tally::default();
        (decode(bytes, &mut left_out), left_out.into_list().len())
    }

    #[test]
    fn a_text_is_read_whatever_it_was_written_in() {
        let utf_16 = |mark: u16| -> Vec<u8> {
            std::iter::once(mark).chain("é – “x”".encode_utf16()).flat_map(u16::to_le_bytes).collect()
        };
        assert_eq!(decoded("é – “x”".as_bytes()), ("é – “x”".to_owned(), 0));
        assert_eq!(decoded(b"\xef\xbb\xbfx"), ("x".to_owned(), 0));
        assert_eq!(decoded(&utf_16(0xfeff)), ("é – “x”".to_owned(), 0));
        let plain: Vec<u8> = "plain words".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&plain), ("plain words".to_owned(), 0));
        assert_eq!(decoded(b"caf\xe9 \x96 \x93x\x94"), ("café – “x”".to_owned(), 1));
    }

    #[test]
    fn line_ends_are_made_alike_and_control_characters_told() {
        assert_eq!(decoded(b"a\r\nb\rc\x0bd\x0ce"), ("a\nb\nc\nd\n\ne".to_owned(), 0));
        assert_eq!(decoded(b"a\x00b\x1b"), ("ab".to_owned(), 1));
    }

    proptest! {
        #[test]
        fn any_bytes_become_a_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(decoded(&bytes).0.chars().all(is_text));
        }

        #[test]
        fn no_printable_character_of_utf_8_is_lost(text in "\\PC*") {
            let kept: String = text.chars().filter(|c| *c != '\u{feff}' && *c != '\u{2028}' && *c != '\u{2029}').collect();
            let (read, _) = decoded(text.as_bytes());
            prop_assert_eq!(read.replace('\n', ""), kept);
        }
    }
}
