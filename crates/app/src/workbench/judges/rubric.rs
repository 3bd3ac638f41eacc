//! An answer held against criteria, each from 1 to 5. They are asked in their order and in the opposite one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::question::{Part, question};
use super::{Judged, Question, Said, UNREADABLE};
use crate::api::{Criterion, Passage};

/// Points by which two readings of one criterion may differ.
const APART: f64 = 1.0;

const USUAL: [(&str, &str); 5] = [
    ("task", "it does what was asked, and nothing else"),
    ("voice", "it sounds as the text it belongs to: person, tense, distance, turn of phrase"),
    ("facts", "it contradicts nothing that is known, and invents nobody and nothing without need"),
    ("life", "it is exact and alive: things seen, done and said, no stock phrases"),
    ("language", "its sentences are sound and differ, and nothing is said twice"),
];

/// What answers are held against where a plan names nothing.
pub(crate) fn usual() -> Vec<Criterion> {
    USUAL.map(|(name, what)| Criterion { name: name.into(), what: what.into() }).into()
}

/// Asks of an answer with the criteria in both orders.
pub(super) fn questions(criteria: &[Criterion], passage: &Passage, answer: &str) -> [Question; 2] {
    let all: Vec<&Criterion> = criteria.iter().collect();
    let turned: Vec<&Criterion> = criteria.iter().rev().collect();
    [ask(&all, passage, answer), ask(&turned, passage, answer)]
}

fn ask(criteria: &[&Criterion], passage: &Passage, answer: &str) -> Question {
    let mut asked = "How good is the answer? Say in a sentence why, and then how far each of these holds, from 1 (not at all) \
        to 5 (fully; keep it for what is outstanding):\n"
        .to_owned();
    let names: Vec<String> =
        criteria.iter().map(|criterion| Value::from(criterion.name.as_str()).to_string()).collect();
    for Criterion { name, what } in criteria {
        asked.push_str(&format!("\n- {name}: {what}"));
    }
    // Put together as text: an answer's fields come in the order that the form has them.
    let points: Vec<String> = names.iter().map(|name| format!(r#"{name}:{{"enum":[1,2,3,4,5]}}"#)).collect();
    let form = format!(
        r#"{{"type":"object","properties":{{"reason":{{"type":"string","maxLength":300}},"scores":{{"type":"object",
            "properties":{{{points}}},"required":[{names}],"additionalProperties":false}}}},
            "required":["reason","scores"],"additionalProperties":false}}"#,
        points = points.join(","),
        names = names.join(","),
    );
    question(passage, &[Part("The answer", answer)], &asked, form)
}

/// What both orders say together: the mean of both readings, where they are near each other for every criterion.
pub(super) fn agreed(criteria: &[Criterion], straight: &str, turned: &str) -> Judged {
    let (Some((straight, reason)), Some((turned, _))) = (read(criteria, straight), read(criteria, turned))
    else {
        return Judged::unusable(UNREADABLE);
    };
    if straight.iter().zip(&turned).any(|(one, other)| (one - other).abs() > APART) {
        return Judged::unusable("it gave other points when the criteria stood in the opposite order");
    }
    let means: Vec<f64> = straight.iter().zip(&turned).map(|(one, other)| (one + other) / 2.0).collect();
    let score = means.iter().sum::<f64>() / means.len().max(1) as f64;
    let names = criteria.iter().map(|criterion| criterion.name.clone());
    let criteria: BTreeMap<String, f64> = names.zip(means).collect();
    Judged { score: Some(score), said: Said { criteria, ..Said::default() }, reason }
}

/// Points by criterion, with the reason.
fn read(criteria: &[Criterion], text: &str) -> Option<(Vec<f64>, String)> {
    let said: Value = serde_json::from_str(text).ok()?;
    let points = |criterion: &Criterion| {
        let points = said["scores"][&criterion.name].as_f64()?;
        (1.0..=5.0).contains(&points).then_some(points)
    };
    let all: Option<Vec<f64>> = criteria.iter().map(points).collect();
    Some((all.filter(|all| !all.is_empty())?, said["reason"].as_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Vec<Criterion> {
        usual()[..2].to_vec()
    }

    fn said(task: i32, voice: i32) -> String {
        format!(r#"{{"reason": "because", "scores": {{"voice": {voice}, "task": {task}}}}}"#)
    }

    #[test]
    fn points_are_the_mean_of_both_orders() {
        let judged = agreed(&two(), &said(4, 3), &said(5, 3));
        assert_eq!((judged.score, judged.reason.as_str()), (Some(3.75), "because"));
        assert_eq!(judged.said.criteria, BTreeMap::from([("task".into(), 4.5), ("voice".into(), 3.0)]));
    }

    #[test]
    fn points_that_turn_with_the_order_are_none() {
        let judged = agreed(&two(), &said(5, 3), &said(3, 3));
        assert!(judged.score.is_none() && judged.reason.contains("opposite order"));
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_none() {
        for broken in ["", "[]", &said(0, 3), &said(6, 3), r#"{"reason": "x", "scores": {"task": 3}}"#] {
            assert_eq!(agreed(&two(), broken, &said(3, 3)).score, None, "{broken}");
        }
    }

    #[test]
    fn criteria_are_asked_in_both_orders_and_answered_in_the_order_they_are_asked() {
        let [straight, turned] = questions(&two(), &Passage::default(), "She went.");
        let places = |question: &Question| {
            let at = |text: &str, what: &str| text.find(what).unwrap();
            let asked = &question.turns[1].text;
            (
                at(asked, "- task") < at(asked, "- voice"),
                at(&question.form, r#""task":{"#) < at(&question.form, r#""voice":{"#),
            )
        };
        assert_eq!((places(&straight), places(&turned)), ((true, true), (false, false)));
    }
}
