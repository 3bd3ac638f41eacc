//! Whether a model has quoted what is there. Models quote with other quotation marks, other dashes, other spaces, and leave
//! out what they find long; they also invent. A quotation counts when its words stand in the text in their order, letter
//! by letter; where it leaves words out (by an ellipsis) its pieces must follow each other nearby.

use std::ops::Range;

/// Letters and figures that a quotation must have to say where it is from.
const LEAST: usize = 8;
/// Bytes that may be left out between two pieces of one quotation.
const FAR: usize = 600;

/// Where a quotation stands in a text, as bytes; none when it is not there, or too short to say.
pub fn find(text: &str, quotation: &str) -> Option<Range<usize>> {
    find_from(text, quotation, 0)
}

/// The same, not before a byte of the text.
pub fn find_from(text: &str, quotation: &str, from: usize) -> Option<Range<usize>> {
    let pieces: Vec<Vec<char>> = quotation
        .replace('…', "...")
        .split("...")
        .map(|piece| letters(piece).map(|(_, c)| c).collect())
        .filter(|piece: &Vec<char>| !piece.is_empty())
        .collect();
    if pieces.iter().map(Vec::len).sum::<usize>() < LEAST {
        return None;
    }
    let all: Vec<(usize, char)> = letters(text).collect();
    let begin = all.partition_point(|(at, _)| *at < from);
    let starts = (begin..all.len()).filter(|&at| stands_at(&all[at..], &pieces[0]));
    starts.into_iter().find_map(|start| whole(text, &all, start, &pieces))
}

/// The place of all the pieces, the first of which stands at `start`.
fn whole(text: &str, all: &[(usize, char)], start: usize, pieces: &[Vec<char>]) -> Option<Range<usize>> {
    let mut end = start + pieces[0].len();
    for piece in &pieces[1..] {
        let after = all[end - 1].0;
        let next = (end..all.len())
            .take_while(|&at| all[at].0 - after <= FAR)
            .find(|&at| stands_at(&all[at..], piece))?;
        end = next + piece.len();
    }
    // Words are quoted whole: `one` does not stand in `bone` or `ones`.
    let (first, last) = (all[start].0, all[end - 1].0);
    let close = last + text[last..].chars().next().map_or(0, char::len_utf8);
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    if joined(text[..first].chars().next_back()) || joined(text[close..].chars().next()) {
        return None;
    }
    Some(first..close)
}

fn stands_at(all: &[(usize, char)], piece: &[char]) -> bool {
    all.len() >= piece.len() && all.iter().zip(piece).all(|((_, there), wanted)| there == wanted)
}

/// Letters and figures in one case, with where they begin. All else (spaces, signs) differs from one quotation to another.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c)))
}

/// Of a script that is written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// The quotation as it is known from one time to the next, whatever its signs and spaces.
pub fn fingerprint(quotation: &str) -> String {
    letters(quotation).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "“Where did you get that?” he asked, and it was not the voice he used for weather.\n\nShe said nothing — not at once; the lamp\u{a0}room was cold.";

    fn found(quotation: &str) -> Option<&'static str> {
        find(TEXT, quotation).map(|range| &TEXT[range])
    }

    #[test]
    fn a_quotation_is_found_whatever_its_signs() {
        let voice = "it was not the voice he used for weather";
        assert_eq!(found(voice), Some(voice));
        assert_eq!(found("\"Where did you get that?\" he asked"), Some("Where did you get that?” he asked"));
        assert_eq!(
            found("said nothing - not at once, the lamp room"),
            Some("said nothing — not at once; the lamp\u{a0}room")
        );
        assert_eq!(found("IT WAS NOT THE VOICE"), Some("it was not the voice"));
    }

    #[test]
    fn words_may_be_left_out_by_an_ellipsis_and_not_otherwise() {
        assert_eq!(
            found("it was not the voice … for weather."),
            Some("it was not the voice he used for weather")
        );
        assert_eq!(
            found("Where did you... not at once"),
            Some(
                "Where did you get that?” he asked, and it was not the voice he used for weather.\n\nShe said nothing — not at once"
            )
        );
        assert_eq!(found("it was the voice he used for weather"), None);
        assert_eq!(found("for weather … Where did you get that"), None);
    }

    #[test]
    fn what_is_not_there_or_says_nothing_is_not_found() {
        assert_eq!(found("He put the box back into the boat."), None);
        assert_eq!(found("he"), None);
        assert_eq!(found("…"), None);
        assert_eq!(found("ing not at once the lamp"), None, "words are quoted whole");
        assert_eq!(found("the lamp roo"), None);
        assert_eq!(find("", "nothing is in here"), None);
    }

    #[test]
    fn scripts_without_spaces_are_quoted_too() {
        let text = "他昨天回到了家。「谁在那里？」她问。没有人回答她的问题。";
        let range = find(text, "「谁在那里?」她问, 没有人").unwrap();
        assert_eq!(&text[range], "谁在那里？」她问。没有人");
    }

    #[test]
    fn the_same_quotation_is_found_again_further_on() {
        let text = "The lamp was out. She went up. The lamp was out.";
        let first = find(text, "the lamp was out").unwrap();
        let second = find_from(text, "the lamp was out", first.end).unwrap();
        assert_eq!((first, second), (0..16, 31..47));
    }

    proptest! {
        #[test]
        fn every_run_of_words_is_found(words in prop::collection::vec("[a-zé]{1,9}", 4..40), from in 0usize..30, many in 3usize..9) {
            let text = words.join(" ");
            let end = (from + many).min(words.len());
            prop_assume!(from < end);
            let quotation = words[from..end].join("  ");
            prop_assume!(quotation.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST);
            let range = find(&text, &quotation);
            prop_assert!(range.is_some());
            prop_assert_eq!(fingerprint(&text[range.unwrap()]), fingerprint(&quotation));
        }

        #[test]
        fn nothing_breaks_it(text in "\\PC{0,80}", quotation in "\\PC{0,40}") {
            if let Some(range) = find(&text, &quotation) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
