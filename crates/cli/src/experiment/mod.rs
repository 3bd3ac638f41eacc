//! `foolscap experiment`: prompts compared, from a file that a folder of prompts can have beside it.

pub mod args;
mod judge;
mod table;

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use foolscap_app::api::{
    ActionRequest, ExperimentId, ExperimentState, ExperimentSummary, JudgeTask, ModelChoice, Problem,
    ProblemCode, ResultsFormat,
};
use foolscap_app::{Background, Bench, Cancel, Hold, Known, Loader, known, words};

use crate::Failure;
use crate::library::args::Of;
use crate::library::{as_json, open_to_read, place};
use crate::look::print;
use crate::models;
use crate::prompts::bench;
use args::{ExperimentCommand, Format, Judge, Report, Run, Task};

/// `foolscap experiment …`.
pub fn run(command: &ExperimentCommand) -> Result<(), Failure> {
    match command {
        ExperimentCommand::Run(c) => work(c),
        ExperimentCommand::List { all, of } => {
            let mut listed = bench(of).experiments()?;
            listed.retain(|one| *all || !one.archived);
            if of.json { as_json(&listed) } else { listed.iter().try_for_each(line) }
        }
        ExperimentCommand::Judge(c) => {
            let bench = bench(&c.of);
            let id = find(&bench, c.experiment.as_deref())?;
            match &c.model {
                Some(model) => judged(&bench, id, model, c),
                None => judge::judge(&bench, id, c.of.json),
            }
        }
        ExperimentCommand::Report(c) => report(c),
    }
}

fn work(c: &Run) -> Result<(), Failure> {
    let bench = bench(&c.of);
    let file = Path::new(&c.experiment);
    let id = match (file.is_file(), c.again) {
        (true, again) => {
            let plan = bench.read_experiment(file).map_err(asked_wrongly)?;
            for column in bench.unbound(&plan).map_err(asked_wrongly)? {
                eprintln!(
                    "foolscap: no prompt has a variable {column:?}; what the passages say of it is not used"
                );
            }
            let made = if again { bench.new_experiment(plan) } else { bench.same_experiment(plan) };
            made.map_err(asked_wrongly)?
        }
        (false, true) => bench.new_experiment(bench.experiment_plan(find(&bench, Some(&c.experiment))?)?)?,
        (false, false) => find(&bench, Some(&c.experiment))?,
    };
    let progress = Rc::new(Progress::new(&bench.summary(id)?));
    let telling = progress.clone();
    let (mut loader, stop) = work_on(&c.of, Box::new(move |state, answers| telling.told(state, answers)))?;
    let finished = bench.work(id, &mut loader, &Hold::default(), &stop)?;
    progress.end();
    if !finished {
        eprintln!("stopped; the same command goes on with it");
        return Err(Failure::Interrupted);
    }
    let results = bench.results(id, &lore(&bench, id, &c.of)?)?;
    if c.of.json {
        as_json(&results)?;
    } else {
        print(&table::table(&results))?;
    }
    let failed = results.summary.failed as usize;
    if failed > 0 {
        return Err(Failure::Unanswered { count: failed, of: results.summary.total as usize });
    }
    let missed = table::missed(&results);
    if missed.is_empty() { Ok(()) } else { Err(Failure::Missed { checks: missed.join("; ") }) }
}

/// An experiment that cannot be made has told nothing of its prompts: that is no missed threshold.
fn asked_wrongly(problem: Problem) -> Failure {
    match problem.code {
        ProblemCode::BadRequest | ProblemCode::File | ProblemCode::NotFound => {
            Failure::Usage(problem.message)
        }
        _ => problem.into(),
    }
}

/// Lets a model judge what it has not judged yet, and tells what it says.
fn judged(bench: &Bench, id: ExperimentId, model: &str, c: &Judge) -> Result<(), Failure> {
    let task = match c.task {
        Task::Pairs => JudgeTask::Pairs,
        Task::Rubric => JudgeTask::Rubric,
        Task::Facts => JudgeTask::Facts,
    };
    let mut last = None;
    let telling = move |state, _| {
        if state == ExperimentState::Loading && last != Some(state) {
            eprintln!("the judge is loading");
        }
        last = Some(state);
    };
    let (mut loader, stop) = work_on(&c.of, Box::new(telling))?;
    let choice = ModelChoice::here(model);
    if !bench.judge(id, &choice, task, &mut loader, &Hold::default(), &stop)? {
        eprintln!("stopped; the same command goes on with it");
        return Err(Failure::Interrupted);
    }
    let results = bench.results(id, &lore(bench, id, &c.of)?)?;
    if c.of.json { as_json(&results.judges) } else { print(&table::judges(&results)) }
}

/// What loads models and reads the library, and what Ctrl-C sets.
fn work_on(of: &Of, told: Box<dyn FnMut(ExperimentState, u32)>) -> Result<(Loader, Cancel), Failure> {
    let stop = Cancel::new();
    let stopping = stop.clone();
    // A second Ctrl-C ends the process: what came is kept in any case.
    let _ = ctrlc::set_handler(move || {
        if stopping.is_cancelled() {
            std::process::exit(130);
        }
        stopping.cancel();
    });
    let library = place(of);
    let studio = if library.exists() { Some(open_to_read(of)?) } else { None };
    let gather = move |request: &ActionRequest| match &studio {
        Some(studio) => studio.background(request),
        None => Ok(Background::default()),
    };
    Ok((Loader::new(models::of(&[]), Box::new(|| None), Box::new(gather), told), stop))
}

fn report(c: &Report) -> Result<(), Failure> {
    let bench = bench(&c.of);
    let id = find(&bench, c.experiment.as_deref())?;
    let lore = lore(&bench, id, &c.of)?;
    let by_name = c.out.as_deref().and_then(Path::extension).and_then(|kind| kind.to_str());
    let format = c.format.unwrap_or(match by_name {
        Some("html") => Format::Html,
        Some("csv") => Format::Csv,
        Some("jsonl") => Format::Jsonl,
        _ => Format::Text,
    });
    let text = match (format, c.of.json) {
        (Format::Text, true) => format!("{:#}", serde_json::json!(bench.results(id, &lore)?)),
        (Format::Text, false) => table::table(&bench.results(id, &lore)?),
        (Format::Html, _) => bench.results_as(id, ResultsFormat::Html, &lore)?,
        (Format::Csv, _) => bench.results_as(id, ResultsFormat::Csv, &lore)?,
        (Format::Jsonl, _) => bench.results_as(id, ResultsFormat::Jsonl, &lore)?,
    };
    match &c.out {
        None => print(text.trim_end()),
        Some(out) => {
            foolscap_app::write_file(out, &text)?;
            eprintln!("{}", out.display());
            Ok(())
        }
    }
}

/// An experiment by its number or its name; none: the latest.
fn find(bench: &Bench, written: Option<&str>) -> Result<ExperimentId, Failure> {
    let all = bench.experiments()?;
    let meant = |one: &&ExperimentSummary| match written {
        None => true,
        Some(written) => {
            one.id.to_string() == written.trim() || one.name.to_lowercase() == written.trim().to_lowercase()
        }
    };
    // What was put away is not the latest; by its number or name it is found.
    let at_hand = |one: &&ExperimentSummary| written.is_some() || !one.archived;
    all.iter().filter(at_hand).find(meant).map(|one| one.id).ok_or_else(|| {
        Failure::Usage(match written {
            Some(written) => {
                format!("there is no experiment {written:?}, and no such file; `foolscap experiment list` tells which there are")
            }
            None => "there is no experiment yet; `foolscap experiment run FILE.toml` makes one".into(),
        })
    })
}

/// What the project of an experiment knows.
fn lore(bench: &Bench, id: ExperimentId, of: &Of) -> Result<Vec<Known>, Failure> {
    match bench.experiment_plan(id)?.project {
        Some(project) => Ok(known(open_to_read(of)?.lore(project)?)),
        None => Ok(Vec::new()),
    }
}

fn line(one: &ExperimentSummary) -> Result<(), Failure> {
    let failed = if one.failed > 0 { format!(", {} failed", one.failed) } else { String::new() };
    let elsewhere = if one.elsewhere { ", not all on this machine" } else { "" };
    let away = if one.archived { ", put away" } else { "" };
    print(&format!(
        "{:>6}  {}  ({} of {} answers{failed}, {} choices{elsewhere}{away})",
        one.id, one.name, one.done, one.total, one.votes
    ))
}

/// How far it is, on standard error.
struct Progress {
    name: String,
    total: u32,
    done: Cell<u32>,
    came: Cell<u32>,
    since: Cell<Option<Instant>>,
    lively: bool,
}

impl Progress {
    fn new(summary: &ExperimentSummary) -> Self {
        let ExperimentSummary { done, failed, total, name, elsewhere, .. } = summary;
        let there = done - failed;
        if there > 0 && there < *total {
            eprintln!("{name}: goes on after {there} of {total} answers");
        }
        if *elsewhere {
            eprintln!("{name}: not all of it is asked on this machine");
        }
        Self {
            name: name.clone(),
            total: *total,
            done: Cell::new(there),
            came: Cell::new(0),
            since: Cell::new(None),
            lively: std::io::stderr().is_terminal(),
        }
    }

    fn told(&self, state: ExperimentState, answers: u32) {
        if state == ExperimentState::Running && self.since.get().is_none() {
            self.since.set(Some(Instant::now()));
        }
        self.done.set(self.done.get() + answers);
        self.came.set(self.came.get() + answers);
        if answers == 0 {
            return;
        }
        let left = self.since.get().map(|since| {
            let rate = since.elapsed().as_secs_f64() / f64::from(self.came.get());
            rate * f64::from(self.total.saturating_sub(self.done.get()))
        });
        let left = left
            .map(|left| format!(", about {} left", words::time(Duration::from_secs_f64(left))))
            .unwrap_or_default();
        let line = format!("{}: {} of {} answers{left}", self.name, self.done.get(), self.total);
        // A log has a line now and then; a terminal one that changes.
        if self.lively {
            eprint!("\r\x1b[K{line}");
            let _ = std::io::stderr().flush();
        } else if self.done.get().is_multiple_of(10) || self.done.get() == self.total {
            eprintln!("{line}");
        }
    }

    fn end(&self) {
        if self.lively && self.came.get() > 0 {
            eprintln!();
        }
    }
}
