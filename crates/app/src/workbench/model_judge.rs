//! A model as judge: of two answers to one passage, which is better. It answers in a form that can be read, and is asked in
//! both orders; where it cannot be read, or turns with the order, there is no verdict. How far it is to be trusted is told
//! beside its verdicts: by how often it chose what the writer chose.

use std::sync::Arc;

use foolscap_engine::Cancel;
use foolscap_workbench::{Choice, Pair, Vote};
use serde::Deserialize;

use super::asking::listen;
use super::{Bench, Hold, Surroundings};
use crate::api::{
    ActionEvent, AnswerForm, Completion, Drawing, EndReason, ExperimentId, ExperimentState, Input,
    ModelChoice, Passage, Problem, ProblemCode, Speaker, Turn,
};
use crate::engine::Engine;

/// What a judge is asked under.
const REQUEST: &str = "judge";
/// Verdicts of one judge on one experiment.
const MOST: usize = 300;
/// Tokens of a verdict.
const MOST_TOKENS: u32 = 220;
/// Characters of the passage that a judge sees: its end.
const SEEN: usize = 3000;

const FORM: &str = r#"{
  "type": "object",
  "properties": {
    "reason": { "type": "string", "maxLength": 300 },
    "better": { "enum": ["first", "second", "neither"] }
  },
  "required": ["reason", "better"],
  "additionalProperties": false
}"#;

const SYSTEM: &str = "You judge passages for an author of fiction, as a demanding and fair reader. You compare two answers to \
the same task and say which is better: whether it keeps to the voice, to what is known and to what was asked, whether it is \
exact and alive, and free of stock phrases and repetition. Length alone is no merit, and the order in which they stand means nothing.";

#[derive(Deserialize)]
struct Verdict {
    reason: String,
    better: String,
}

impl Bench {
    /// Lets a model judge all pairs that it has not seen; gives whether it came to the end. A verdict is kept as soon as it
    /// is made.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::NoInstructions`] for a model that carries texts on,
    /// [`ProblemCode::Library`].
    pub fn judge(
        &self,
        id: ExperimentId,
        judge: &ModelChoice,
        around: &mut dyn Surroundings,
        hold: &Hold,
        stop: &Cancel,
    ) -> Result<bool, Problem> {
        if judge.endpoint.is_some() {
            let message =
                "a judge has to answer in a form, and so has to be on this machine; choose another model";
            return Err(Problem::new(ProblemCode::BadRequest, message));
        }
        let (kept, _) = self.kept(id)?;
        around.told(ExperimentState::Loading, 0);
        let (engine, _) = around.model(judge)?;
        let voter = judge.model.clone();
        for pair in self.with(|store| store.pairs_left(id, &voter, MOST))? {
            let passage = &kept.plan.passages[pair.left.cell.passage as usize];
            let Some((choice, reason)) = self.verdict(&engine, passage, &pair, around, hold, stop)? else {
                return Ok(false);
            };
            let vote =
                Vote { left: pair.left.id, right: pair.right.id, voter: voter.clone(), choice, reason };
            self.with(|store| store.vote(id, &vote))?;
        }
        Ok(true)
    }

    /// A verdict with its reason; none where it was stopped.
    fn verdict(
        &self,
        engine: &Arc<Engine>,
        passage: &Passage,
        pair: &Pair,
        around: &mut dyn Surroundings,
        hold: &Hold,
        stop: &Cancel,
    ) -> Result<Option<Judged>, Problem> {
        let mut said = Vec::new();
        for (first, second) in [(&pair.left.text, &pair.right.text), (&pair.right.text, &pair.left.text)] {
            loop {
                if hold.is_held() {
                    around.told(ExperimentState::Yielding, 0);
                }
                if !hold.wait(stop) {
                    return Ok(None);
                }
                around.told(ExperimentState::Running, 0);
                match ask(engine, question(passage, first, second), hold, stop)? {
                    Asked::Text(text) => break said.push(text),
                    Asked::Yielded if stop.is_cancelled() => return Ok(None),
                    Asked::Yielded => {}
                }
            }
        }
        Ok(Some(agreed(&said[0], &said[1])))
    }
}

/// A choice, none where it cannot be used, and why.
type Judged = (Option<Choice>, String);

enum Asked {
    Text(String),
    /// Somebody else came first, or it was stopped.
    Yielded,
}

fn ask(engine: &Arc<Engine>, turns: Vec<Turn>, hold: &Hold, stop: &Cancel) -> Result<Asked, Problem> {
    let completion = Completion {
        request: REQUEST.into(),
        input: Input::Chat(turns),
        candidates: 1,
        max_tokens: Some(MOST_TOKENS),
        stop: Vec::new(),
        drawing: Drawing { temperature: Some(0.0), seed: Some(0), ..Drawing::default() },
        form: Some(AnswerForm::JsonSchema(FORM.into())),
        probabilities: None,
    };
    let (mut text, mut whole) = (String::new(), false);
    listen(
        engine,
        REQUEST,
        hold,
        stop,
        |sink| engine.complete(completion, sink),
        |event| {
            match event {
                ActionEvent::Text { text: more, .. } => text.push_str(&more),
                ActionEvent::CandidateDone { reason, .. } => whole = reason != EndReason::Cancelled,
                ActionEvent::Failed { problem } => return Err(problem),
                _ => {}
            }
            Ok(())
        },
    )?;
    Ok(if whole { Asked::Text(text) } else { Asked::Yielded })
}

fn question(passage: &Passage, first: &str, second: &str) -> Vec<Turn> {
    let start = passage.before.char_indices().rev().nth(SEEN).map_or(0, |(at, _)| at);
    let mut text = format!("The text so far:\n\n{}\n", &passage.before[start..]);
    let mut part = |name: &str, what: &str| {
        if !what.is_empty() {
            text.push_str(&format!("\n{name}:\n\n{what}\n"));
        }
    };
    part("The passage that is worked on", &passage.selection);
    part("What follows", &passage.after);
    part("What the author asked for", &passage.instruction);
    part(
        "What a good answer says (an answer that contradicts it is worse)",
        passage.reference.as_deref().unwrap_or_default(),
    );
    part("First answer", first.trim());
    part("Second answer", second.trim());
    text.push_str("\nSay in a sentence why, and then which is better: first, second or neither.");
    let turn = |speaker, text: String| Turn { speaker, text };
    vec![turn(Speaker::System, SYSTEM.into()), turn(Speaker::User, text)]
}

/// What both orders say together: of the pair as it lies, and as it lies turned.
fn agreed(straight: &str, turned: &str) -> Judged {
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
        return (None, "its answer could not be read".into());
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

    #[test]
    fn a_judge_sees_the_end_of_a_long_text() {
        let passage = Passage { before: format!("{}é the end", "x".repeat(9000)), ..Passage::default() };
        let turns = question(&passage, "one", "two");
        assert!(turns[1].text.contains("the end\n") && turns[1].text.len() < SEEN + 600);
        assert!(!turns[1].text.contains("What follows"));
    }
}
