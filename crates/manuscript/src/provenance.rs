//! Who wrote what: the words of each scene and chapter, by the marks in the pages and the records of what
//! models wrote. The author's, a machine's as it wrote them, and a machine's in a passage the author changed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::document::{BlockKind, Document, Machine, Textblock};
use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::tree::{self, TreeItem};
use crate::{ChapterId, ChapterKind, ProjectId, SceneId, projects, scenes};

/// Words by who wrote them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// The author's own.
    pub human: u32,
    /// A machine's, as it wrote them.
    pub machine: u32,
    /// A machine's in a passage that the author changed since: words were taken out, put in or put otherwise.
    /// What the author put in counts as theirs.
    pub machine_edited: u32,
}

/// A model that words came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its name; empty if the request was not recorded.
    pub model: String,
    /// The prompt's name.
    pub prompt: String,
    /// The prompt's version.
    pub prompt_version: String,
    /// How many words, edited ones too.
    pub words: u32,
}

/// A candidate that words came from, with all that is needed to say how it was made, and to make it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// The request's name, as the page's marks have it.
    pub request: String,
    /// The candidate's number in it.
    pub candidate: u32,
    /// What was asked: `continue`, `rewrite`; empty, as all that follows, if it was not recorded.
    pub action: String,
    /// The model's name.
    pub model: String,
    /// The model's file.
    pub model_id: String,
    /// The prompt's name.
    pub prompt: String,
    /// The prompt's version.
    pub version: String,
    /// Sampling and whatever else decided the words.
    pub settings: serde_json::Value,
    /// Seed of the sampler.
    pub seed: Option<u32>,
    /// When it was made; UTC, RFC 3339.
    pub created_at: String,
    /// How many of its words are in the scene, edited ones too.
    pub words: u32,
}

/// Who wrote a scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SceneReport {
    /// The scene.
    pub id: SceneId,
    /// Its title.
    pub title: String,
    /// Its words.
    pub words: Shares,
    /// Where the machine's words came from, most words first.
    pub sources: Vec<Source>,
    /// The single candidates that these are of, the earliest first.
    pub requests: Vec<Request>,
    /// Set if the page holds something this version does not know: its words are then in no count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
}

/// Who wrote a part or chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterReport {
    /// The part or chapter.
    pub id: ChapterId,
    /// `part` or `chapter`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The words of all that is in it.
    pub words: Shares,
    /// What is in it.
    pub items: Vec<ReportItem>,
}

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportItem {
    /// A part or chapter.
    Chapter(ChapterReport),
    /// A scene.
    Scene(SceneReport),
}

/// Who wrote a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The project's title.
    pub title: String,
    /// When the report was made; UTC, RFC 3339.
    pub made_at: String,
    /// All its words.
    pub words: Shares,
    /// Its parts, chapters and scenes in the order they are read.
    pub items: Vec<ReportItem>,
}

impl Library {
    /// Who wrote what in a project, by part, chapter and scene. Notes to self are not counted.
    pub fn provenance(&self, project: ProjectId) -> Result<Report, Error> {
        self.read(|db| {
            let title = projects::find(db, project)?.title;
            let items = items(db, tree::read(db, project)?.items)?;
            let words = items.iter().map(ReportItem::words).fold(Shares::default(), Shares::and);
            Ok(Report { title, made_at: now(db)?, words, items })
        })
    }
}

impl Report {
    /// The report as JSON, for others to keep.
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists: nothing in it can fail to be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl ReportItem {
    /// Its words.
    pub fn words(&self) -> Shares {
        match self {
            Self::Chapter(chapter) => chapter.words,
            Self::Scene(scene) => scene.words,
        }
    }
}

impl Shares {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            human: self.human.saturating_add(other.human),
            machine: self.machine.saturating_add(other.machine),
            machine_edited: self.machine_edited.saturating_add(other.machine_edited),
        }
    }
}

fn items(db: &Connection, tree: Vec<TreeItem>) -> Result<Vec<ReportItem>, Stop> {
    let mut reports = Vec::new();
    for item in tree {
        reports.push(match item {
            TreeItem::Scene(summary) => ReportItem::Scene(scene(db, summary.id)?),
            TreeItem::Chapter(chapter) => {
                let kind = if chapter.kind == ChapterKind::Part { "part" } else { "chapter" };
                let items = items(db, chapter.items)?;
                let words = items.iter().map(ReportItem::words).fold(Shares::default(), Shares::and);
                ReportItem::Chapter(ChapterReport {
                    id: chapter.id,
                    kind,
                    title: chapter.title,
                    words,
                    items,
                })
            }
        });
    }
    Ok(reports)
}

fn scene(db: &Connection, id: SceneId) -> Result<SceneReport, Stop> {
    let scene = scenes::find(db, id)?;
    let mut report = SceneReport {
        id,
        title: scene.title.clone(),
        words: Shares::default(),
        sources: Vec::new(),
        requests: Vec::new(),
        unread: None,
    };
    match scenes::page(&scene) {
        Err(error) => report.unread = Some(error.to_string()),
        Ok(page) => {
            let records = records(db, &page, id)?;
            let counted = count(&page, &records);
            (report.words, report.sources) = (counted.shares, sources(&counted.machines, &records));
            report.requests = requests(counted.machines, records);
        }
    }
    Ok(report)
}

/// What is recorded of a candidate.
struct Record {
    text: String,
    request: Request,
}

/// The records of all candidates that a page has words of. A request's name may have come again: that of the
/// same scene is meant, or else the latest.
fn records(db: &Connection, page: &Document, scene: SceneId) -> rusqlite::Result<HashMap<Machine, Record>> {
    let mut records = HashMap::new();
    for block in page.textblocks() {
        for machine in block.runs().filter_map(|run| run.marks.machine.as_ref()) {
            if records.contains_key(machine) {
                continue;
            }
            let found = db
                .prepare_cached(
                    "SELECT text, action, model, model_id, prompt, prompt_version, settings, seed, created_at
                     FROM suggestion WHERE request = ?1 AND candidate = ?2 ORDER BY scene IS ?3 DESC, id DESC LIMIT 1",
                )?
                .query_row(params![machine.request, machine.candidate, scene], |row| {
                    let settings: String = row.get(6)?;
                    let request = Request {
                        request: machine.request.clone(),
                        candidate: machine.candidate,
                        action: row.get(1)?,
                        model: row.get(2)?,
                        model_id: row.get(3)?,
                        prompt: row.get(4)?,
                        version: row.get(5)?,
                        // It was JSON when it was recorded.
                        settings: serde_json::from_str(&settings).unwrap_or_default(),
                        seed: row.get(7)?,
                        created_at: row.get(8)?,
                        words: 0,
                    };
                    Ok(Record { text: row.get(0)?, request })
                })
                .optional()?;
            if let Some(record) = found {
                records.insert(machine.clone(), record);
            }
        }
    }
    Ok(records)
}

/// The words of a page.
#[derive(Default)]
struct Counted {
    shares: Shares,
    /// Of each candidate, edited ones too.
    machines: BTreeMap<Machine, u32>,
}

fn count(page: &Document, records: &HashMap<Machine, Record>) -> Counted {
    let Counted { mut shares, mut machines } = Counted::default();
    for block in page.textblocks().filter(|block| block.kind != BlockKind::Note) {
        let text = block.text();
        let changed: Vec<(Machine, bool)> = passages(&block)
            .into_iter()
            .map(|(machine, range)| {
                let made = records.get(&machine).map(|record| record.text.as_str());
                let changed = is_changed(&block, &text, &machine, range, made);
                (machine, changed)
            })
            .collect();
        for (at, word) in text.unicode_word_indices() {
            let Some((machine, whole)) = maker(&block, at..at + word.len()) else {
                shares.human = shares.human.saturating_add(1);
                continue;
            };
            let in_changed = changed.iter().any(|(of, changed)| of == machine && *changed);
            let share = if whole && !in_changed { &mut shares.machine } else { &mut shares.machine_edited };
            *share = share.saturating_add(1);
            *machines.entry(machine.clone()).or_default() += 1;
        }
    }
    Counted { shares, machines }
}

fn sources(machines: &BTreeMap<Machine, u32>, records: &HashMap<Machine, Record>) -> Vec<Source> {
    let mut sources: BTreeMap<(String, String, String), u32> = BTreeMap::new();
    for (machine, words) in machines {
        let made = records.get(machine).map(|record| &record.request);
        let key = made.map(|r| (r.model.clone(), r.prompt.clone(), r.version.clone())).unwrap_or_default();
        *sources.entry(key).or_default() += words;
    }
    let sources = sources.into_iter().map(|((model, prompt, prompt_version), words)| Source {
        model,
        prompt,
        prompt_version,
        words,
    });
    let mut sources: Vec<Source> = sources.collect();
    sources.sort_by_key(|source| Reverse(source.words));
    sources
}

fn requests(machines: BTreeMap<Machine, u32>, mut records: HashMap<Machine, Record>) -> Vec<Request> {
    let request = |(machine, words)| match records.remove(&machine) {
        Some(Record { request, .. }) => Request { words, ..request },
        None => Request {
            request: machine.request,
            candidate: machine.candidate,
            action: String::new(),
            model: String::new(),
            model_id: String::new(),
            prompt: String::new(),
            version: String::new(),
            settings: serde_json::Value::Null,
            seed: None,
            created_at: String::new(),
            words,
        },
    };
    let mut requests: Vec<Request> = machines.into_iter().map(request).collect();
    requests.sort_by(|a, b| (&a.created_at, a.candidate).cmp(&(&b.created_at, b.candidate)));
    requests
}

/// Each candidate in a block, from its first word there to its last.
fn passages(block: &Textblock<'_>) -> Vec<(Machine, Range<usize>)> {
    let mut passages: Vec<(Machine, Range<usize>)> = Vec::new();
    for run in block.runs() {
        let Some(machine) = &run.marks.machine else { continue };
        match passages.iter_mut().find(|(of, _)| of == machine) {
            Some((_, range)) => range.end = run.range.end,
            None => passages.push((machine.clone(), run.range)),
        }
    }
    passages
}

/// Whether a passage is no longer as it was made. Of a candidate that is not recorded it can only be said
/// whether something stands in the middle of it.
fn is_changed(
    block: &Textblock<'_>,
    text: &str,
    machine: &Machine,
    range: Range<usize>,
    made: Option<&str>,
) -> bool {
    match made {
        Some(made) => !in_one_line(made).contains(&in_one_line(&text[range])),
        None => block
            .runs()
            .filter(|run| run.range.start >= range.start && run.range.end <= range.end)
            .any(|run| run.marks.machine.as_ref() != Some(machine)),
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The candidate that has letters of a word, and whether it has all of them.
fn maker<'a>(block: &Textblock<'a>, word: Range<usize>) -> Option<(&'a Machine, bool)> {
    let touched = || block.runs().filter(|run| run.range.start < word.end && run.range.end > word.start);
    let machine = touched().find_map(|run| run.marks.machine.as_ref())?;
    Some((machine, touched().all(|run| run.marks.machine.as_ref() == Some(machine))))
}

#[cfg(test)]
mod tests;
