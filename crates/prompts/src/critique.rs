//! Notes in the margin: what a model says of a text, each note with the words it is about. A note whose words are not in the
//! text is discarded and counted, since it is about another text.

use std::ops::Range;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::evidence;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// Something that works.
    Strength,
    /// It is not clear what is meant.
    Clarity,
    /// It goes too fast or too slowly.
    Pace,
    /// Words or thoughts come again.
    Repetition,
    /// It does not sound like the rest, or like this person.
    Voice,
    /// It does not follow from what was before.
    Logic,
    /// It says what could be shown.
    Telling,
    /// A worn phrase.
    Cliche,
}

/// A note on a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The passage, as bytes of the text.
    pub range: Range<usize>,
    /// What it is about.
    pub concern: Concern,
    /// What is said.
    pub says: String,
}

/// All that a model said of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Critique {
    /// Notes in the order of the text.
    pub notes: Vec<Note>,
    /// Quotations of notes that were discarded, because they are not in the text.
    pub discarded: Vec<String>,
}

/// The form of the answer; the schema of the prompt says the same to the model.
#[derive(Deserialize)]
struct Answer {
    notes: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    quote: String,
    concern: Concern,
    note: String,
}

impl Critique {
    /// Reads a model's answer on a text, and looks up every quotation in it. Of two notes on the same words the first counts.
    ///
    /// # Errors
    /// [`Error::Answer`] when it is not in its form; an answer that was cut off counts up to its last whole note.
    pub fn read(answer: &str, text: &str) -> Result<Self> {
        let Answer { notes } = parsed(answer)?;
        let mut critique = Self::default();
        for Said { quote, concern, note } in notes {
            let says = note.trim().to_owned();
            match place(text, &quote, &critique.notes) {
                Some(range) if !says.is_empty() => critique.notes.push(Note { range, concern, says }),
                Some(_) => {}
                None => critique.discarded.push(quote),
            }
        }
        critique.notes.sort_by_key(|note| (note.range.start, note.range.end));
        Ok(critique)
    }
}

/// Where a quotation stands; one that was quoted already stands further on, if it does.
fn place(text: &str, quote: &str, known: &[Note]) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(range) = evidence::find_from(text, quote, from) {
        if known.iter().all(|note| note.range != range) {
            return Some(range);
        }
        from = range.end;
    }
    None
}

/// The JSON of an answer. A model that had to stop leaves a list open: what is whole in it counts.
pub(crate) fn parsed<T: for<'a> Deserialize<'a>>(answer: &str) -> Result<T> {
    let answer = answer.trim();
    let failed = match serde_json::from_str(answer) {
        Ok(read) => return Ok(read),
        Err(error) => error,
    };
    let ends = answer.rmatch_indices('}').map(|(at, _)| at + 1);
    ends.take(64)
        .find_map(|end| serde_json::from_str(&format!("{}]}}", &answer[..end])).ok())
        .ok_or_else(|| Error::Answer { reason: failed.to_string() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str =
        "The lamp was out. She went up the stairs, and it was very very dark. The lamp was out.";

    fn note(quote: &str, says: &str) -> String {
        serde_json::json!({ "quote": quote, "concern": "repetition", "note": says }).to_string()
    }

    fn answer(notes: &[String]) -> String {
        format!(r#"{{"notes":[{}]}}"#, notes.join(","))
    }

    #[test]
    fn a_note_stands_at_its_words_and_invented_words_are_discarded() {
        let answer = answer(&[
            note("it was very very dark", "Once is enough."),
            note("He lit the candle with a match.", "Why a candle?"),
        ]);
        let critique = Critique::read(&answer, TEXT).unwrap();
        assert_eq!(critique.discarded, ["He lit the candle with a match."]);
        let [only] = critique.notes.as_slice() else { panic!("{critique:?}") };
        assert_eq!(&TEXT[only.range.clone()], "it was very very dark");
        assert_eq!((only.concern, only.says.as_str()), (Concern::Repetition, "Once is enough."));
    }

    #[test]
    fn words_that_are_quoted_twice_are_looked_for_further_on() {
        let twice = [note("The lamp was out.", "First."), note("The lamp was out.", "Again.")];
        let notes = Critique::read(&answer(&twice), TEXT).unwrap().notes;
        assert!(notes[0].range.end < notes[1].range.start, "{notes:?}");
        let thrice = [twice[0].clone(), twice[1].clone(), twice[0].clone()];
        assert_eq!(Critique::read(&answer(&thrice), TEXT).unwrap().discarded.len(), 1);
    }

    #[test]
    fn an_answer_that_was_cut_off_counts_as_far_as_it_is_whole() {
        let whole = answer(&[note("She went up the stairs", "Good."), note("it was very very dark", "Bad.")]);
        let cut = &whole[..whole.len() - 20];
        assert_eq!(Critique::read(cut, TEXT).unwrap().notes.len(), 1);
        assert!(matches!(Critique::read("Here are my notes:", TEXT), Err(Error::Answer { .. })));
        assert!(Critique::read(r#"{"notes":[{"quote":"x""#, TEXT).is_err());
    }

    proptest! {
        #[test]
        fn every_note_is_in_the_text(quotes in prop::collection::vec("[a-zA-Z ,.]{0,24}", 0..6), cut in 0usize..400) {
            let notes: Vec<String> = quotes.iter().map(|quote| note(quote, "x")).collect();
            let answer = answer(&notes);
            let cut = answer.floor_char_boundary(cut.min(answer.len()));
            for answer in [answer.as_str(), &answer[..cut]] {
                if let Ok(critique) = Critique::read(answer, TEXT) {
                    prop_assert!(critique.notes.iter().all(|note| TEXT.get(note.range.clone()).is_some()));
                    prop_assert!(critique.notes.windows(2).all(|pair| pair[0].range.start <= pair[1].range.start));
                }
            }
        }
    }
}
