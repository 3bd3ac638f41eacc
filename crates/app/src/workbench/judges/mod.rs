//! A model as judge. It answers in a form that can be read, and is asked in both orders; where what it says cannot be read, or
//! turns with the order, there is no verdict. How far it is to be trusted is told beside its verdicts: by how often it chose
//! what the writer chose.

mod facts;
mod pairs;
mod question;
mod rubric;

use std::collections::BTreeMap;
use std::sync::Arc;

use foolscap_engine::Cancel;
use foolscap_workbench::{Answer, Opinion, Vote};
use serde::{Deserialize, Serialize};

pub(crate) use rubric::usual;

use super::asking::listen;
use super::plan::Kept;
use super::{Bench, Hold, Surroundings};
use crate::api::{
    ActionEvent, AnswerForm, Completion, Drawing, EndReason, ExperimentId, ExperimentState, Input, JudgeTask,
    ModelChoice, Problem, ProblemCode, Turn,
};
use crate::engine::Engine;

/// What a judge is asked under.
const REQUEST: &str = "judge";
/// Verdicts that a judge gives at a time.
pub(crate) const MOST: usize = 300;
/// Tokens of a verdict: more than any that has the form needs.
const MOST_TOKENS: u32 = 600;
/// Why a verdict cannot be used.
const UNREADABLE: &str = "its answer could not be read";

/// What is kept of what a judge said of one answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    /// From 1 to 5, by the criterion's name.
    pub criteria: BTreeMap<String, f64>,
    /// What it says of the facts, in a word.
    pub verdict: String,
    /// Where the answer contradicts.
    pub quote: String,
}

/// What both orders say together.
pub(crate) struct Judged {
    /// More is better; none: it could not be used.
    pub score: Option<f64>,
    pub said: Said,
    pub reason: String,
}

impl Judged {
    fn unusable(reason: &str) -> Self {
        Self { score: None, said: Said::default(), reason: reason.to_owned() }
    }
}

impl JudgeTask {
    /// As it is kept.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Rubric => "rubric",
            Self::Facts => "facts",
        }
    }

    /// Of what was kept.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Pairs, Self::Rubric, Self::Facts].into_iter().find(|task| task.name() == name)
    }
}

/// A question with the form of its answer.
pub(crate) struct Question {
    turns: Vec<Turn>,
    form: String,
}

impl Bench {
    /// Whether a judge can be asked to do this here.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] with why not; [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn can_judge(&self, id: ExperimentId, judge: &ModelChoice, task: JudgeTask) -> Result<(), Problem> {
        let refused = |message: &str| Err(Problem::new(ProblemCode::BadRequest, message));
        if judge.endpoint.is_some() {
            return refused(
                "a judge has to answer in a form, and so has to be on this machine; choose another model",
            );
        }
        let (kept, _) = self.kept(id)?;
        if task == JudgeTask::Facts
            && kept.plan.passages.iter().all(|passage| facts::reference(passage).is_none())
        {
            return refused(
                "no passage of this experiment has a reference to hold the answers against; add a column “reference” to \
                 the passages, and run them again",
            );
        }
        Ok(())
    }

    /// Lets a model judge what it has not judged yet, [`MOST`] at a time; gives whether it came to the end. A verdict is kept as
    /// soon as it is made.
    ///
    /// # Errors
    /// As [`Bench::can_judge`], and [`ProblemCode::NoInstructions`] for a model that carries texts on.
    pub fn judge(
        &self,
        id: ExperimentId,
        judge: &ModelChoice,
        task: JudgeTask,
        around: &mut dyn Surroundings,
        hold: &Hold,
        stop: &Cancel,
    ) -> Result<bool, Problem> {
        self.can_judge(id, judge, task)?;
        let (kept, _) = self.kept(id)?;
        around.told(ExperimentState::Loading, 0);
        let (engine, _) = around.model(judge)?;
        let mut asking = Asking { engine: &engine, around, hold, stop };
        let done = match task {
            JudgeTask::Pairs => self.judge_pairs(id, &kept, judge, &mut asking)?,
            _ => self.judge_answers(id, &kept, judge, task, &mut asking)?,
        };
        if done {
            around.told(ExperimentState::Done, 0);
        }
        Ok(done)
    }

    fn judge_pairs(
        &self,
        id: ExperimentId,
        kept: &Kept,
        judge: &ModelChoice,
        asking: &mut Asking<'_>,
    ) -> Result<bool, Problem> {
        let voter = judge.model.clone();
        for pair in self.with(|store| store.pairs_left(id, &voter, MOST))? {
            let passage = &kept.plan.passages[pair.left.cell.passage as usize];
            let (left, right) = (&pair.left.text, &pair.right.text);
            let orders = [pairs::question(passage, left, right), pairs::question(passage, right, left)];
            let Some([straight, turned]) = asking.both(orders)? else { return Ok(false) };
            let (choice, reason) = pairs::agreed(&straight, &turned);
            let voter = voter.clone();
            let vote = Vote { left: pair.left.id, right: pair.right.id, voter, choice, reason };
            self.with(|store| store.vote(id, &vote))?;
        }
        Ok(true)
    }

    fn judge_answers(
        &self,
        id: ExperimentId,
        kept: &Kept,
        judge: &ModelChoice,
        task: JudgeTask,
        asking: &mut Asking<'_>,
    ) -> Result<bool, Problem> {
        let judged = self.with(|store| store.judged(id, &judge.model, task.name()))?;
        let rubric = kept.rubric()?;
        let can_be = |answer: &Answer| kept.can_be_judged(task, answer);
        let all = self.with(|store| store.answers(id))?;
        let left = all.into_iter().filter(|answer| !judged.contains(&answer.id)).filter(can_be);
        for answer in left.take(MOST) {
            let passage = &kept.plan.passages[answer.cell.passage as usize];
            let orders = match task {
                JudgeTask::Facts => facts::questions(passage, &answer.text),
                _ => rubric::questions(&rubric, passage, &answer.text),
            };
            let Some([straight, turned]) = asking.both(orders)? else { return Ok(false) };
            let Judged { score, said, reason } = match task {
                JudgeTask::Facts => facts::agreed(&answer.text, &straight, &turned),
                _ => rubric::agreed(&rubric, &straight, &turned),
            };
            let said = serde_json::to_string(&said).unwrap_or_default();
            let (judge, task) = (judge.model.clone(), task.name().to_owned());
            let opinion = Opinion { answer: answer.id, judge, task, score, said, reason };
            self.with(|store| store.keep_opinion(&opinion))?;
        }
        Ok(true)
    }
}

impl Kept {
    /// Whether a judge has something to say of an answer.
    pub(crate) fn can_be_judged(&self, task: JudgeTask, answer: &Answer) -> bool {
        let passage = &self.plan.passages[answer.cell.passage as usize];
        answer.problem.is_empty() && (task != JudgeTask::Facts || facts::reference(passage).is_some())
    }
}

/// What cannot be asked at all is a conversation.
fn unable(problem: Problem) -> Problem {
    match problem.code {
        ProblemCode::BadRequest => Problem { code: ProblemCode::NoInstructions, ..problem },
        _ => problem,
    }
}

/// A judge that is asked, and what it has to give way to.
struct Asking<'a> {
    engine: &'a Arc<Engine>,
    around: &'a mut dyn Surroundings,
    hold: &'a Hold,
    stop: &'a Cancel,
}

impl Asking<'_> {
    /// What it says to the same in both orders; none where it was stopped.
    fn both(&mut self, [straight, turned]: [Question; 2]) -> Result<Option<[String; 2]>, Problem> {
        let Some(straight) = self.whole(&straight)? else { return Ok(None) };
        let Some(turned) = self.whole(&turned)? else { return Ok(None) };
        Ok(Some([straight, turned]))
    }

    /// A whole answer, however often somebody else comes first.
    fn whole(&mut self, question: &Question) -> Result<Option<String>, Problem> {
        loop {
            if self.hold.is_held() {
                self.around.told(ExperimentState::Yielding, 0);
            }
            if !self.hold.wait(self.stop) {
                return Ok(None);
            }
            self.around.told(ExperimentState::Running, 0);
            match self.ask(question).map_err(unable)? {
                Some(text) => return Ok(Some(text)),
                None if self.stop.is_cancelled() => return Ok(None),
                None => {}
            }
        }
    }

    /// None where somebody else came first, or it was stopped.
    fn ask(&self, question: &Question) -> Result<Option<String>, Problem> {
        let completion = Completion {
            request: REQUEST.into(),
            input: Input::Chat(question.turns.clone()),
            candidates: 1,
            max_tokens: Some(MOST_TOKENS),
            stop: Vec::new(),
            drawing: Drawing { temperature: Some(0.0), seed: Some(0), ..Drawing::default() },
            form: Some(AnswerForm::JsonSchema(question.form.clone())),
            probabilities: None,
        };
        let (mut text, mut whole) = (String::new(), false);
        listen(
            self.engine,
            REQUEST,
            self.hold,
            self.stop,
            |sink| self.engine.complete(completion, sink),
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
        Ok(whole.then_some(text))
    }
}
