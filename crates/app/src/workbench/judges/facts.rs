//! Whether an answer agrees with its passage's reference. The two are shown in both orders.

use serde::Deserialize;

use super::question::{Part, question};
use super::{Judged, Question, Said, UNREADABLE};
use crate::api::Passage;

const FORM: &str = r#"{
  "type": "object",
  "properties": {
    "reason": { "type": "string", "maxLength": 300 },
    "quote": { "type": "string", "maxLength": 200 },
    "verdict": { "enum": ["same", "less", "more", "contradicts"] }
  },
  "required": ["reason", "quote", "verdict"],
  "additionalProperties": false
}"#;

const ASKED: &str = "Compare what the answer states with what the reference states; style and wording do not matter. Say in a \
sentence why. If the answer contradicts the reference, copy the words of the answer that do, exactly, as the quote; else leave \
the quote empty. The verdict is\n\n- same: both state the same\n- less: the answer leaves some of it out, and contradicts \
nothing\n- more: the answer adds to it, and contradicts nothing\n- contradicts: both cannot be true";

const REFERENCE: &str = "The reference";
const ANSWER: &str = "The answer";

/// What an answer is held against.
pub(super) fn reference(passage: &Passage) -> Option<&str> {
    passage.reference.as_deref().map(str::trim).filter(|reference| !reference.is_empty())
}

/// Asks of an answer, with the reference before it and after it.
pub(super) fn questions(passage: &Passage, answer: &str) -> [Question; 2] {
    let reference = reference(passage).unwrap_or_default();
    let ask = |judged: [Part<'_>; 2]| question(passage, &judged, ASKED, FORM.to_owned());
    [
        ask([Part(REFERENCE, reference), Part(ANSWER, answer)]),
        ask([Part(ANSWER, answer), Part(REFERENCE, reference)]),
    ]
}

#[derive(Deserialize)]
struct Verdict {
    reason: String,
    quote: String,
    verdict: String,
}

/// What both orders say together: 1 where nothing contradicts, 0 where something does, and the answer's words prove it.
pub(super) fn agreed(answer: &str, straight: &str, turned: &str) -> Judged {
    let read = |text: &str| {
        let said: Verdict = serde_json::from_str(text).ok()?;
        ["same", "less", "more", "contradicts"].contains(&said.verdict.as_str()).then_some(said)
    };
    let (Some(one), Some(other)) = (read(straight), read(turned)) else {
        return Judged::unusable(UNREADABLE);
    };
    let contradicts = one.verdict == "contradicts";
    if contradicts != (other.verdict == "contradicts") {
        return Judged::unusable("it said otherwise when answer and reference changed places");
    }
    if !contradicts {
        // How much is left out or added is a matter of degree; that nothing contradicts is not.
        let verdict = if one.verdict == other.verdict { one.verdict } else { "agrees".to_owned() };
        return Judged { score: Some(1.0), said: Said { verdict, ..Said::default() }, reason: one.reason };
    }
    let quote = [one.quote, other.quote].into_iter().find(|quote| is_in(quote, answer));
    let Some(quote) = quote else {
        return Judged::unusable("it says that the answer contradicts, and quotes words that are not in it");
    };
    let said = Said { verdict: one.verdict, quote: quote.trim().to_owned(), ..Said::default() };
    Judged { score: Some(0.0), said, reason: one.reason }
}

/// Whether words are there, however they are spaced.
fn is_in(quote: &str, answer: &str) -> bool {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = spaced(quote);
    !quote.is_empty() && spaced(answer).contains(&quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ada was sixteen.\nShe had never\nseen the sea.";

    fn said(verdict: &str, quote: &str) -> String {
        format!(r#"{{"reason": "because", "quote": "{quote}", "verdict": "{verdict}"}}"#)
    }

    #[test]
    fn a_contradiction_holds_in_both_orders_and_is_quoted_from_the_answer() {
        let found = agreed(TEXT, &said("contradicts", "had never seen the sea"), &said("contradicts", ""));
        assert_eq!((found.score, found.said.quote.as_str()), (Some(0.0), "had never seen the sea"));
        let turned = agreed(TEXT, &said("contradicts", "Ada was sixteen."), &said("same", ""));
        assert_eq!(turned.score, None);
        let made_up = agreed(TEXT, &said("contradicts", "Ada was six."), &said("contradicts", "the sky"));
        assert!(made_up.score.is_none() && made_up.reason.contains("not in it"));
    }

    #[test]
    fn more_and_less_agree_with_the_reference() {
        let of = |one: &str, other: &str| {
            let judged = agreed(TEXT, &said(one, ""), &said(other, ""));
            (judged.score, judged.said.verdict)
        };
        assert_eq!(of("less", "less"), (Some(1.0), "less".into()));
        assert_eq!(of("same", "more"), (Some(1.0), "agrees".into()));
        assert_eq!(of("same", "nonsense").0, None);
    }

    #[test]
    fn the_reference_stands_before_the_answer_and_after_it() {
        let passage = Passage { reference: Some(" Ada is six. ".into()), ..Passage::default() };
        let [one, other] = questions(&passage, TEXT);
        let text = |question: &Question| question.turns[1].text.clone();
        assert!(text(&one).find("is six").unwrap() < text(&one).find("sixteen").unwrap());
        assert!(text(&other).find("is six").unwrap() > text(&other).find("sixteen").unwrap());
        assert_eq!(reference(&Passage { reference: Some("  ".into()), ..Passage::default() }), None);
    }
}
