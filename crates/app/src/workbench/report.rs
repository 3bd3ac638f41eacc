//! Results that leave the program: a page that needs nothing else, a line an answer for a spreadsheet, an object an answer with
//! all that is needed to have it again.

use std::collections::BTreeMap;

use foolscap_judging::Known;
use minijinja::{AutoEscape, Environment, Value, context};
use serde_json::Value as Json;

use super::Bench;
use super::charts::{boxes, strengths};
use super::judging::whole;
use super::plan::title;
use super::results::settings_title;
use crate::api::{
    Answer, ArmResult, ExperimentId, ExperimentResults, JudgeOpinion, JudgeTask, Problem, ProblemCode,
    ResultsFormat,
};

const PAGE: &str = include_str!("report.html");

/// What judges are asked.
const TASKS: [(&str, &str); 3] = [
    ("pairs", "which of two is better"),
    ("rubric", "points from 1 to 5"),
    ("facts", "against the reference"),
];
/// What comes of it for an arm.
const UNITS: [(&str, &str); 3] =
    [("pairs", "Pairs won"), ("rubric", "Mean points"), ("facts", "Answers that agree")];

impl Bench {
    /// An experiment's results in a form that leaves.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn results_as(
        &self,
        id: ExperimentId,
        format: ResultsFormat,
        lore: &[Known],
    ) -> Result<String, Problem> {
        let all = self.all(id, lore)?;
        let answers: Vec<Answer> = (0..all.answers.len()).map(|at| whole(&all, at)).collect();
        match format {
            ResultsFormat::Jsonl => {
                Ok(answers.iter().map(|answer| serde_json::json!(answer).to_string() + "\n").collect())
            }
            ResultsFormat::Csv => csv(&self.results(id, lore)?, &answers),
            ResultsFormat::Html => html(&self.results(id, lore)?, &answers),
        }
    }
}

fn csv(results: &ExperimentResults, answers: &[Answer]) -> Result<String, Problem> {
    let failed =
        |why: String| Problem::new(ProblemCode::Library, format!("the results cannot be written: {why}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut head = [
        "answer",
        "arm",
        "prompt",
        "model",
        "on this machine",
        "settings",
        "drawn by",
        "passage",
        "repeat",
        "seed",
        "text",
        "problem",
        "rating",
        "note",
        "first token s",
        "tokens a second",
    ]
    .map(str::to_owned)
    .to_vec();
    head.extend(results.checks.iter().map(|check| check.name.clone()));
    let judges = || results.judges.iter().filter(|judge| judge.task != JudgeTask::Pairs);
    head.extend(judges().map(|judge| format!("{} ({})", judge.judge, judge.task.name())));
    writer.write_record(&head).map_err(|e| failed(e.to_string()))?;
    for answer in answers {
        let line = &answer.line;
        let number = |value: Option<f64>| value.map(|value| format!("{value:.3}")).unwrap_or_default();
        let mut row = vec![
            line.id.to_string(),
            answer.title.clone(),
            answer.prompt.clone(),
            answer.model.clone(),
            if answer.elsewhere { "no" } else { "yes" }.to_owned(),
            settings_title(&answer.settings),
            answer.drawn.clone().unwrap_or_default(),
            title(&answer.passage, line.passage as usize),
            (line.repeat + 1).to_string(),
            answer.seed.to_string(),
            line.text.clone(),
            line.problem.clone().unwrap_or_default(),
            line.rating.map(|stars| stars.to_string()).unwrap_or_default(),
            answer.note.clone(),
            number(answer.figures.map(|figures| figures.first_token_s)),
            number(answer.figures.map(|figures| figures.decode_tok_s)),
        ];
        row.extend(
            results.checks.iter().enumerate().map(|(i, _)| passed(line.checks.get(i).copied().flatten())),
        );
        row.extend(judges().map(|judge| {
            let by_it = |said: &&JudgeOpinion| said.judge == judge.judge && said.task == judge.task;
            number(answer.opinions.iter().find(by_it).and_then(|said| said.score))
        }));
        writer.write_record(&row).map_err(|e| failed(e.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| failed(e.to_string()))
}

fn passed(passed: Option<bool>) -> String {
    match passed {
        Some(true) => "passed",
        Some(false) => "failed",
        None => "",
    }
    .to_owned()
}

fn html(results: &ExperimentResults, answers: &[Answer]) -> Result<String, Problem> {
    let failed = |e: minijinja::Error| {
        Problem::new(ProblemCode::Library, format!("the report cannot be written: {e}"))
    };
    let mut page = Environment::new();
    page.set_auto_escape_callback(|_| AutoEscape::Html);
    page.add_template("report", PAGE).map_err(failed)?;
    let arms = &results.arms;
    let figure = |of: fn(&ArmResult) -> Option<&crate::api::Spread>, unit: &str| {
        let rows: Vec<(String, Vec<f64>)> =
            arms.iter().filter_map(|arm| Some((arm.title.clone(), of(arm)?.values.clone()))).collect();
        boxes(&rows, unit)
    };
    let mut charts = vec![
        ("Words of an answer", figure(|arm| arm.words.as_ref(), "words")),
        ("Seconds to the first word", figure(|arm| arm.first_token_s.as_ref(), "s")),
    ];
    let of_check = |i: usize| {
        let rows = arms
            .iter()
            .filter_map(|arm| Some((arm.title.clone(), arm.checks.get(i)?.figure.as_ref()?.values.clone())));
        let rows: Vec<(String, Vec<f64>)> = rows.collect();
        // Where all are the same there is nothing to see.
        let first = rows.iter().find_map(|(_, values)| values.first()).copied();
        let differ = rows.iter().flat_map(|(_, values)| values).any(|value| Some(*value) != first);
        differ.then(|| boxes(&rows, &results.checks[i].unit)).flatten()
    };
    charts.extend(results.checks.iter().enumerate().map(|(i, check)| (check.name.as_str(), of_check(i))));
    let charts: Vec<_> =
        charts.into_iter().filter_map(|(name, svg)| Some(context! { name, svg => svg? })).collect();
    let told = |answer: &Answer| {
        context! {
            answer => value(&serde_json::json!(answer)),
            passage => title(&answer.passage, answer.line.passage as usize),
            settings => settings_title(&answer.settings),
        }
    };
    page.get_template("report")
        .and_then(|template| {
            template.render(context! {
                results => value(&serde_json::json!(results)),
                strengths => strengths(arms),
                charts,
                tasks => TASKS.iter().copied().collect::<BTreeMap<_, _>>(),
                units => UNITS.iter().copied().collect::<BTreeMap<_, _>>(),
                answers => answers.iter().map(told).collect::<Vec<_>>(),
                version => env!("CARGO_PKG_VERSION"),
            })
        })
        .map_err(failed)
}

/// JSON as templates have it.
fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::from(()),
        Json::Bool(flag) => Value::from(*flag),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, other) => Value::from(other.unwrap_or_default()),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => items.iter().map(value).collect(),
        Json::Object(fields) => {
            let fields = fields.iter().map(|(name, field)| (name.as_str(), value(field)));
            Value::from(fields.collect::<BTreeMap<_, _>>())
        }
    }
}
