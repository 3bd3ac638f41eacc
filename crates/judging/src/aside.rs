//! What a model says to its user before the text that was asked for ("Here is a livelier version:") and after it ("Let me know if
//! …"). It is told from a text that is still coming, so that nobody sees it pass. Only a line of its own is such a thing: a story
//! may have the same words.

mod preamble;

use std::ops::Range;

/// What the beginning of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// The text itself.
    Text,
    /// It cannot be told yet.
    Perhaps,
    /// A preamble; the text begins at this byte.
    After(usize),
}

/// How what is said after a text begins, in small letters.
const CLOSERS: [&str; 12] = [
    "let me know",
    "would you like me to",
    "i hope this",
    "feel free to",
    "please let me know",
    "(note:",
    "note:",
    "(anmerkung",
    "anmerkung:",
    "lassen sie mich wissen",
    "lass mich wissen",
    "ich hoffe, d",
];

/// Whether a line, and what comes after it, is said to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// It is of the text.
    Text,
    /// It cannot be told yet.
    Perhaps,
    /// It is, if nothing more comes.
    Aside,
}

/// Whether the line that begins here is said to the user after the text, or is the line of dashes that the text came in.
pub fn closing(line: &str) -> Closing {
    let (first, rest) = line.split_once('\n').map_or((line, None), |(first, rest)| (first, Some(rest)));
    let bare = first.trim_start_matches(['*', '_', ' ']).to_lowercase();
    let more = rest.is_some_and(|rest| !rest.trim().is_empty());
    if bare.trim_end() == "---" {
        return if more { Closing::Text } else { Closing::Aside };
    }
    if "---".starts_with(&bare) || CLOSERS.iter().any(|closer| closer.starts_with(&bare)) {
        return if rest.is_some() { Closing::Text } else { Closing::Perhaps };
    }
    let closes = CLOSERS.iter().any(|closer| bare.starts_with(closer));
    if closes && !more && line.len() < 2 * LONGEST { Closing::Aside } else { Closing::Text }
}

/// Bytes of a line from which on it is none.
const LONGEST: usize = 240;

/// What the beginning of an answer is, as far as `begun` tells. What cannot be told when no more comes is the text.
pub fn beginning(begun: &str) -> Beginning {
    let text = begun.trim_start();
    let bare = preamble::unmarked(text).to_lowercase();
    let opens = preamble::opens(&bare);
    if !opens && !preamble::may_open(&bare) {
        return Beginning::Text;
    }
    let Some((line, rest)) = text.split_once('\n') else {
        return if opens && text.len() > LONGEST { Beginning::Text } else { Beginning::Perhaps };
    };
    if !opens || line.len() > LONGEST || !preamble::is_preamble(line) {
        return Beginning::Text;
    }
    // What follows is waited for: white space between the two belongs to neither.
    let left = rest.trim_start();
    if left.is_empty() { Beginning::Perhaps } else { Beginning::After(begun.len() - left.len()) }
}

/// Where a whole answer has a preamble, with or without a text after it.
pub(crate) fn preamble(answer: &str) -> Option<Range<usize>> {
    let text = answer.trim_start();
    let start = answer.len() - text.len();
    let line = text.lines().next().unwrap_or_default();
    if !line.chars().any(char::is_alphabetic) {
        return None;
    }
    let bare = preamble::unmarked(line).to_lowercase();
    let said = preamble::opens(&bare) && line.len() <= LONGEST && preamble::is_preamble(line);
    if said || preamble::is_thought(line) {
        return Some(start..start + line.trim_end().len());
    }
    // A page cannot leave this out, since it does not know where the text begins; but it shows what was asked for.
    let (at, colon) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let head =
        line.get(..at).filter(|head| head.len() <= LONGEST && !head.contains(['.', '。', '“', '"', '«']))?;
    let shows = preamble::shows(&preamble::unmarked(head).to_lowercase());
    shows.then(|| start..start + at + colon.len_utf8())
}

/// Where a whole answer ends with what is said to the user.
pub(crate) fn postscript(answer: &str) -> Option<Range<usize>> {
    let text = answer.trim_end();
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?;
    let said = line.chars().any(char::is_alphabetic) && closing(line) == Closing::Aside;
    said.then_some(start..text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is left of an answer that comes in pieces.
    fn shown(answer: &str, piece: usize) -> String {
        let chars: Vec<char> = answer.chars().collect();
        let mut begun = String::new();
        for chunk in chars.chunks(piece) {
            begun.extend(chunk);
            match beginning(&begun) {
                Beginning::Perhaps => {}
                Beginning::Text => return answer.to_owned(),
                Beginning::After(at) => return answer[at..].to_owned(),
            }
        }
        answer.to_owned()
    }

    #[test]
    fn a_line_to_the_user_is_left_out() {
        for preamble in [
            "Here is a livelier version:\n\n",
            "Here's the passage, rewritten in the present tense:\n",
            "**Here are eight names:**\n\n",
            "Sure! Here is the continuation:\n\n",
            "Certainly, here is the passage.\n\n",
            "Voici la traduction :\n\n",
            "Of course! I'd be happy to help with that.\n\n",
            "## Revised passage:\n",
            "Hier ist die Übersetzung:\n\n",
            "\n\nGerne! Hier ist eine lebendigere Fassung:\n\n",
            "Voici la suite :\n\n",
            "Bien sûr ! Voici la suite de l’histoire :\n\n",
            "Aquí tienes la continuación:\n\n",
            "¡Claro! Aquí tienes la traducción:\n\n",
            "Ecco la traduzione:\n\n",
            "Aqui está a continuação:\n",
            "Вот продолжение:\n\n",
            "好的，以下是续写：\n\n",
            "以下是翻译：\n",
            "はい、続きです：\n\n",
            "**Continuation**\n\n",
            "## Translation\n\n",
            "Continuation:\n",
            "Okay, so I need to continue the story. The user wants a storm.\n\n",
        ] {
            let answer = format!("{preamble}It rained.\n\nSo.");
            for piece in [1, 3, 400] {
                assert_eq!(shown(&answer, piece), "It rained.\n\nSo.", "{preamble}");
            }
            let at = super::preamble(&answer).unwrap();
            assert_eq!(answer[at].trim(), preamble.trim(), "the check says the same");
        }
    }

    #[test]
    fn a_story_may_begin_with_the_same_words() {
        for text in [
            "Here is where the river bends.\n\nHe thought of nothing.",
            "Sure as rain, it rained.\nThen it stopped.",
            "Of course it rained.",
            "Of course, it might be empty.\n\nShe shook it.",
            "Of course! The key.\n\nIt lay there.",
            "“Certainly!” she said.\n\nHe went.",
            "Here is what she said: “Go.”\n\nHe went.",
            "Here lies a man.",
            "Here",
            "Here is the thing he had been afraid of:\n\nThe door stood open.",
            "Here is the thing he had been afraid of.\n\nThe door stood open.",
            "Voici Paris.\n\nLa ville dormait.",
            "Voici ce qu’il vit :\n\nrien.",
            "Voilà : la porte s’ouvrit.\n\nElle entra.",
            "Ecco la casa:\n\nvuota.",
            "Aquí está el río:\n\nancho.",
            "Claro que no:\n\nse fue.",
            "Вот и всё:\n\nдверь закрылась.",
            "好的，他说。\n\n门开了。",
            "Continuation was all they knew.\n\nThey went on.",
            "Okay, so I need to get out of here, she thought.\n\nShe ran.",
            "The user of the boat was dead.\n\nNobody rowed.",
            "Let me tell you about the fire.\n\nIt was small.",
            "Let me tell you how it ended:\n\nI killed him.",
            "Let's be honest:\n\nnobody came.",
            "Alright, I should write the scene before she wakes.\n\nShe woke.",
            "The user asked for a password and waited.\n\nNobody typed.",
            "Okay was a word nobody used in that house.\nNobody.",
        ] {
            for piece in [1, 3, 400] {
                assert_eq!(shown(text, piece), text);
            }
            assert_eq!(super::preamble(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_said_after_a_text_is_told_from_it() {
        for aside in ["Let me know if it should be shorter!", "(Note: I kept the names.)\n", "---", "---\n\n"]
        {
            assert_eq!(closing(aside), Closing::Aside, "{aside}");
        }
        for text in
            ["Let me know,\nhe wrote.", "He went.", "---\nShe came.", "Note", "Let me\ngo.", "\nLet me know!"]
        {
            assert_ne!(closing(text), Closing::Aside, "{text}");
        }
        assert_eq!(
            (closing("Le"), closing("-"), closing("")),
            (Closing::Perhaps, Closing::Perhaps, Closing::Perhaps)
        );
    }

    proptest! {
        #[test]
        fn how_an_answer_is_cut_in_pieces_changes_nothing(text in "(Here is|Sure!|Of course|It|)[ a-z:!.]{0,30}\n{0,3}[a-zé ]{0,20}", piece in 1..9_usize) {
            prop_assert_eq!(shown(&text, piece), shown(&text, 1));
        }

        #[test]
        fn what_is_left_is_an_end_of_what_came(text in "\\PC{0,60}(\n\\PC{0,20})?") {
            prop_assert!(text.ends_with(&shown(&text, 1)));
        }
    }
}
