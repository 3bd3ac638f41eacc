//! A critique or a check from the command line: passages with what is said of them, to standard output when all of it came.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use foolscap_app::api::{
    ActionEvent, ActionKind, ActionRequest, EndReason, Figures, Label, Problem, ProblemCode, Remark,
    RemarkWhat, Review, ReviewEvent,
};
use foolscap_app::{Background, Engine, Models, Reviewing};
use serde_json::{Value, json};

use crate::Failure;
use crate::answer::begin;

/// What came of a review.
pub struct Reviewed {
    /// What was found.
    pub review: Review,
    /// The first event of the request.
    pub started: ActionEvent,
    /// What the model said, as it said it.
    pub answer: BTreeMap<u32, String>,
    end: EndReason,
    figures: Figures,
    interrupted: bool,
}

/// Asks, and waits for all of it.
pub fn review(
    engine: &Engine,
    request: ActionRequest,
    told: Background,
    mut reviewing: Reviewing,
) -> Result<Reviewed, Failure> {
    let name = request.request.clone();
    let inbox = begin(engine, request, told)?;
    let (mut started, mut answer, mut interrupted) = (None, String::new(), false);
    for event in inbox {
        let Some(event) = event else {
            if interrupted || started.is_none() {
                return Err(Failure::Interrupted);
            }
            interrupted = true;
            engine.cancel(&name);
            continue;
        };
        match &event {
            ActionEvent::Started { .. } => started = Some(event.clone()),
            ActionEvent::Text { text, .. } => answer.push_str(text),
            _ => {}
        }
        match (reviewing.hear(event), started.clone()) {
            (Some(ReviewEvent::Failed { problem }), _) => return Err(problem.into()),
            (Some(ReviewEvent::Finished { review, reason, figures }), Some(started)) => {
                let answer = BTreeMap::from([(0, answer)]);
                return Ok(Reviewed { review, started, answer, end: reason, figures, interrupted });
            }
            _ => {}
        }
    }
    Err(Failure::Interrupted)
}

impl Reviewed {
    /// Prints it. `text`: what the places of remarks are in.
    ///
    /// # Errors
    /// [`Failure::Write`].
    pub fn show(&self, text: &str, as_json: bool) -> Result<(), Failure> {
        let out = if as_json { format!("{:#}\n", self.json(text)) } else { self.lines(text) };
        let failed = |source| Failure::Write { what: "standard output".into(), source };
        io::stdout().write_all(out.as_bytes()).map_err(failed)?;
        if as_json {
            return Ok(());
        }
        if let ActionEvent::Started { context, .. } = &self.started {
            for part in context.parts.iter().filter(|part| part.left_out > 0) {
                eprintln!("left out: {} tokens of the text ({})", part.left_out, part.reason);
            }
            for item in context.items.iter().filter(|item| item.left_out > 0) {
                eprintln!("not held against it: {} {} ({})", item.id, item.title, item.reason);
            }
        }
        match self.review.discarded.len() {
            0 => {}
            1 => eprintln!("1 note was discarded: what it quotes does not stand where it should"),
            n => eprintln!("{n} notes were discarded: what they quote does not stand where it should"),
        }
        Ok(())
    }

    /// # Errors
    /// [`Failure::Interrupted`] if it was, [`Failure::Contradictions`] if there are some that nobody means so.
    pub fn ended(&self) -> Result<(), Failure> {
        if self.interrupted {
            return Err(Failure::Interrupted);
        }
        match self.review.remarks.iter().filter(|remark| contradicts(remark)).count() {
            0 => Ok(()),
            count => Err(Failure::Contradictions { count }),
        }
    }

    fn lines(&self, text: &str) -> String {
        let one = |remark: &Remark| {
            let (from, to) = characters(text, remark);
            let quote = remark.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            let place = format!("“{quote}” ({from}..{to})\n");
            match &remark.what {
                RemarkWhat::Note { concern, says } => format!("{place}    {}: {says}\n", name(concern)),
                RemarkWhat::Finding { label, says, source, .. } => {
                    let source = source.as_ref().map_or_else(String::new, |source| {
                        format!("    {} {}: “{}”\n", source.id, source.title, source.quote)
                    });
                    let intended = remark.intended.as_ref();
                    let intended =
                        intended.map_or_else(String::new, |reason| format!("    meant so: {reason}\n"));
                    format!("{}: {place}    {says}\n{source}{intended}", name(label))
                }
            }
        };
        self.review.remarks.iter().map(one).collect()
    }

    fn json(&self, text: &str) -> Value {
        let one = |remark: &Remark| {
            let (from, to) = characters(text, remark);
            let mut value = json!(remark.what);
            value["quote"] = json!(remark.quote);
            value["from"] = json!(from);
            value["to"] = json!(to);
            value["intended"] = json!(remark.intended);
            value
        };
        let ActionEvent::Started { seed, model, prompt, context, .. } = &self.started else {
            return Value::Null;
        };
        json!({
            "seed": seed,
            "model": model,
            "prompt": prompt,
            "context": context,
            "remarks": self.review.remarks.iter().map(one).collect::<Vec<_>>(),
            "discarded": self.review.discarded,
            "end": self.end,
            "figures": self.figures,
        })
    }
}

/// A problem with the way out that this machine has: which models can do what the chosen one cannot.
pub fn with_way_out(problem: Problem, models: &Models, kind: ActionKind) -> Failure {
    if problem.code != ProblemCode::NoInstructions {
        return problem.into();
    }
    let here = models.here().unwrap_or_default();
    let able: Vec<&str> =
        here.iter().filter(|model| model.instruct == Some(true)).map(|model| model.id.as_str()).collect();
    let way_out = match able.as_slice() {
        [] => "none that is here can; `foolscap models search` tells which can be had".to_owned(),
        able => format!("these here can: {} (foolscap ask {} … --model)", able.join(", "), kind.name()),
    };
    Problem { message: format!("{problem}; {way_out}"), ..problem.clone() }.into()
}

fn contradicts(remark: &Remark) -> bool {
    let found = matches!(&remark.what, RemarkWhat::Finding { label: Label::Contradicts, .. });
    found && remark.intended.is_none()
}

/// Where a remark's words stand, in characters of the text, as `--select` takes them.
fn characters(text: &str, remark: &Remark) -> (usize, usize) {
    let mut units = 0;
    let before = text.chars().take_while(|c| {
        let here = units < remark.place as usize;
        units += c.len_utf16();
        here
    });
    let from = before.count();
    (from, from + remark.quote.chars().count())
}

/// A name as JSON has it.
fn name(value: &impl serde::Serialize) -> String {
    json!(value).as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use foolscap_app::api::Concern;

    use super::*;

    #[test]
    fn places_are_told_in_characters() {
        let text = "🏮 Die Lampe brannte.";
        let what = RemarkWhat::Note { concern: Concern::Pace, says: String::new() };
        let remark = Remark { id: None, quote: "Lampe".into(), place: 7, what, intended: None };
        let (from, to) = characters(text, &remark);
        assert_eq!(text.chars().skip(from).take(to - from).collect::<String>(), "Lampe");
    }
}
