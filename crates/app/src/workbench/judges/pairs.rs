//! Of two answers to one passage, which is better.

use foolscap_workbench::Choice;
use serde::Deserialize;

use super::question::{Part, question as about};
use super::{Question, UNREADABLE};
use crate::api::Passage;

const FORM: &str = r#"{
  "type": "object",
  "properties": {
    "reason": { "type": "string", "maxLength": 300 },
    "better": { "enum": ["first", "second", "neither"] }
  },
  "required": ["reason", "better"],
  "additionalProperties": false
}"#;

const ASKED: &str = "Which of the two answers is better: which keeps to the voice, to what is known and to what was asked, is \
exact and alive, and free of stock phrases and repetition? Say in a sentence why, and then which: first, second or neither.";

#[derive(Deserialize)]
struct Verdict {
    reason: String,
    better: String,
}

/// Asks of two answers as they lie.
pub(super) fn question(passage: &Passage, first: &str, second: &str) -> Question {
    let reference = passage.reference.as_deref().unwrap_or_default();
    let judged = [
        Part("What a good answer says (one that contradicts it is worse)", reference),
        Part("The first answer", first),
        Part("The second answer", second),
    ];
    about(passage, &judged, ASKED, FORM.to_owned())
}

/// What both orders say together, of the pair as it lies and as it lies turned: a choice, none where it cannot be used, and
/// why.
pub(super) fn agreed(straight: &str, turned: &str) -> (Option<Choice>, String) {
    let read = |text: &str| {
        let verdict: Verdict = serde_json::from_str(text).ok()?;
        let choice = match verdict.better.as_str() {
            "first" => Choice::Left,
            "second" => Choice::Right,
            "neither" => Choice::Tie,
            _ => return None,
        };
        Some((choice, verdict.reason))
    };
    let (Some((straight, reason)), Some((turned, _))) = (read(straight), read(turned)) else {
        return (None, UNREADABLE.into());
    };
    match (straight, turned) {
        (Choice::Left, Choice::Right) | (Choice::Right, Choice::Left) | (Choice::Tie, Choice::Tie) => {
            (Some(straight), reason)
        }
        _ => (None, "it chose otherwise when the two changed places".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(better: &str) -> String {
        format!(r#"{{"reason": "because", "better": "{better}"}}"#)
    }

    #[test]
    fn a_verdict_holds_in_both_orders_or_is_none() {
        let of = |straight: &str, turned: &str| agreed(&said(straight), &said(turned)).0;
        assert_eq!(of("first", "second"), Some(Choice::Left));
        assert_eq!(of("second", "first"), Some(Choice::Right));
        assert_eq!(of("neither", "neither"), Some(Choice::Tie));
        assert_eq!(of("first", "first"), None, "it always likes the first");
        assert_eq!(of("first", "neither"), None);
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_no_verdict() {
        for broken in ["", "{", "first", r#"{"better": "first"}"#, &said("third")] {
            assert_eq!(agreed(broken, &said("second")).0, None, "{broken}");
        }
    }
}
