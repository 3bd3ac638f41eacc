//! A text and its tokens, and what of it goes into the tokens there are. Of what precedes the cursor the end is kept, of what
//! follows the beginning; cuts fall between paragraphs, sentences or words, in this order of preference.

use foolscap_engine::Tokenizer;

/// A text and its tokens: a manuscript is long, and is split into tokens once a request.
pub(crate) struct Counted<'a> {
    text: &'a str,
    ids: Vec<u32>,
}

impl<'a> Counted<'a> {
    pub fn new(tokenizer: &Tokenizer, text: &'a str) -> Self {
        Self { text, ids: tokenizer.encode(text) }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Tokens of all of it.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Where the end of it begins that takes at most `room` tokens. What is cut grows by [`step`]s, so that of a text that is
    /// being written the same beginning is kept for a while, and need not be read again.
    pub fn end_from(&self, tokenizer: &Tokenizer, room: usize) -> usize {
        let Self { text, ids } = self;
        if ids.len() <= room {
            return 0;
        }
        let cut = (ids.len() - room).next_multiple_of(step(room));
        let start =
            ceil_boundary(text, text.len().saturating_sub(bytes(tokenizer, &ids[cut.min(ids.len())..])));
        start + first_break(&text[start..])
    }

    /// The end of it that takes at most `room` tokens.
    pub fn keep_end(&self, tokenizer: &Tokenizer, room: usize) -> &'a str {
        &self.text[self.end_from(tokenizer, room)..]
    }

    /// Up to where it will stay as it is for a while, in bytes: it moves by the same steps, at the same words, as what
    /// [`Counted::end_from`] cuts in the same room.
    pub fn settled(&self, tokenizer: &Tokenizer, room: usize) -> usize {
        let Self { text, ids } = self;
        let since = (ids.len() as i64 - 1 - room as i64).rem_euclid(step(room) as i64) as usize + 1;
        ceil_boundary(
            text,
            text.len().saturating_sub(bytes(tokenizer, &ids[ids.len().saturating_sub(since)..])),
        )
    }

    /// The beginning of it that takes at most `room` tokens.
    pub fn keep_start(&self, tokenizer: &Tokenizer, room: usize) -> &'a str {
        let Self { text, ids } = self;
        if ids.len() <= room {
            return text;
        }
        let end = floor_boundary(text, bytes(tokenizer, &ids[..room]).min(text.len()));
        &text[..last_break(&text[..end])]
    }
}

/// Steps of between a sixteenth and an eighth of a room. A power of two: a room that is a few tokens more or less has the
/// same.
pub(crate) fn step(room: usize) -> usize {
    (room / 8).checked_ilog2().map_or(1, |power| 1 << power)
}

fn bytes(tokenizer: &Tokenizer, ids: &[u32]) -> usize {
    ids.iter().map(|&id| tokenizer.bytes(id).len()).sum()
}

/// Where to begin: after the first paragraph's end in the first quarter, else the first sentence's, else the
/// first word's.
fn first_break(text: &str) -> usize {
    let quarter = floor_boundary(text, text.len() / 4);
    let head = &text[..quarter];
    if let Some(at) = head.find("\n\n") {
        return at + 2;
    }
    if let Some(at) = sentence_starts(head).next() {
        return at;
    }
    match head.find(char::is_whitespace) {
        Some(at) => at + text[at..].chars().next().map_or(0, char::len_utf8),
        // One endless word: better a part of it than nothing.
        None => 0,
    }
}

/// Where to end, likewise, in the last quarter.
fn last_break(text: &str) -> usize {
    let from = ceil_boundary(text, text.len() - text.len() / 4);
    let tail = &text[from..];
    if let Some(at) = tail.rfind("\n\n") {
        return from + at;
    }
    if let Some(at) = sentence_starts(tail).last() {
        return from + at;
    }
    tail.rfind(char::is_whitespace).map_or(text.len(), |at| from + at)
}

/// Places where a sentence begins after another has ended.
fn sentence_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut ended = false;
    text.char_indices().filter_map(move |(at, c)| match c {
        '.' | '!' | '?' | '…' | '。' | '！' | '？' => {
            ended = true;
            None
        }
        '"' | '”' | '’' | '\'' | ')' | '»' => None,
        c if c.is_whitespace() => None,
        _ => {
            let starts = ended && text[..at].ends_with(char::is_whitespace);
            ended = false;
            starts.then_some(at)
        }
    })
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::tokenizer;

    #[test]
    fn cuts_prefer_paragraphs_then_sentences_then_words() {
        let t = tokenizer();
        let text = "One two three.\n\nFour five six. Seven eight nine. Ten eleven twelve thirteen fourteen.";
        let kept = Counted::new(&t, text).keep_end(&t, t.encode(text).len() - 2);
        assert!(kept.starts_with("Four five"), "{kept}");
        let text = "One two three. Four five six seven eight nine ten eleven twelve thirteen.";
        let kept = Counted::new(&t, text).keep_end(&t, t.encode(text).len() - 2);
        assert!(kept.starts_with("Four five"), "{kept}");
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let kept = Counted::new(&t, text).keep_end(&t, t.encode(text).len() - 1);
        assert!(kept.starts_with("two ") || kept.starts_with("three "), "{kept}");
    }

    proptest! {
        #[test]
        fn what_is_kept_fits_and_is_an_end_or_a_beginning(text in "[a-zé.!? \n]{0,200}|\\PC{0,80}", room in 0usize..80) {
            let t = tokenizer();
            let counted = Counted::new(&t, &text);
            let end = counted.keep_end(&t, room);
            prop_assert!(text.ends_with(end));
            let start = counted.keep_start(&t, room);
            prop_assert!(text.starts_with(start));
            // Cut anew, a text may be split a little otherwise at its edge.
            prop_assert!(t.encode(end).len() <= room + 3, "{} > {room}", t.encode(end).len());
            prop_assert!(t.encode(start).len() <= room + 3);
        }
    }
}
