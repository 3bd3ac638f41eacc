//! Test sets: passages from manuscripts or from files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use foolscap_prompts::Prompt;

use foolscap_workbench::SetSummary;

use super::{Bench, action_of};
use crate::api::{Action, ActionRequest, Passage, Problem, ProblemCode, RequestId, TestSet, TestSetSummary};
use crate::context::Background;

/// More than that is no file of passages.
const MOST_BYTES: u64 = 64 << 20;
/// Columns that a passage has by itself; all others are variables of the prompt's own.
const COLUMNS: [&str; 9] =
    ["title", "before", "selection", "after", "instruction", "variant", "language", "into", "reference"];

impl Bench {
    /// All of them.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn test_sets(&self) -> Result<Vec<TestSetSummary>, Problem> {
        let sets = self.look(|store| store.test_sets())?.unwrap_or_default();
        let summary = |set: SetSummary| TestSetSummary {
            id: set.id,
            name: set.name,
            passages: set.passages,
            archived: set.archived,
        };
        Ok(sets.into_iter().map(summary).collect())
    }

    /// One of them with its passages.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn test_set(&self, id: u32) -> Result<TestSet, Problem> {
        let set = self.with(|store| store.test_set(id))?;
        let passages = set.passages.iter().map(|passage| serde_json::from_str(passage));
        let passages = passages.collect::<Result<_, _>>().map_err(|e| {
            Problem::new(ProblemCode::Library, format!("the test set {} cannot be read: {e}", set.name))
        })?;
        Ok(TestSet { id, name: set.name, passages })
    }

    /// Makes a test set, or puts other passages into one that is there.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn save_test_set(
        &self,
        id: Option<u32>,
        name: &str,
        passages: &[Passage],
    ) -> Result<TestSetSummary, Problem> {
        let texts: Vec<String> =
            passages.iter().map(|passage| serde_json::to_string(passage).unwrap_or_default()).collect();
        let id = self.with(|store| store.save_test_set(id, name, &texts))?;
        Ok(TestSetSummary { id, name: name.trim().to_owned(), passages: texts.len() as u32, archived: false })
    }

    /// Puts a test set away, or brings it back.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn archive_test_set(&self, id: u32, archived: bool) -> Result<(), Problem> {
        self.with(|store| store.archive_test_set(id, archived))
    }
}

impl Passage {
    /// Whether a prompt has nothing to say of it.
    pub(crate) fn is_empty(&self) -> bool {
        let texts =
            [&self.title, &self.before, &self.selection, &self.after, &self.instruction, &self.language];
        let chosen = [&self.variant, &self.into, &self.reference];
        let texts = texts.into_iter().chain(chosen.into_iter().flatten()).chain(self.variables.values());
        texts.into_iter().all(|text| text.trim().is_empty())
    }

    /// What is told with it: its own language, where it says one, goes before the project's.
    pub(crate) fn told(&self, background: Background) -> Background {
        match self.language.trim() {
            "" => background,
            language => Background { language: language.to_owned(), ..background },
        }
    }

    /// What a prompt asks of it.
    pub(crate) fn request(&self, name: RequestId, prompt: &Prompt) -> ActionRequest {
        let action = Action {
            kind: action_of(prompt),
            variant: self.variant.clone(),
            instruction: self.instruction.clone(),
            language: self.into.clone(),
        };
        ActionRequest {
            variables: self.variables.clone(),
            before: self.before.clone(),
            selection: self.selection.clone(),
            after: self.after.clone(),
            ..ActionRequest::new(name, action)
        }
    }
}

/// The passages of a file: CSV with a line of names (between commas, semicolons or tabs), or an object a line (JSONL). Columns
/// by the names of a passage's parts are these parts, in whatever case; all others are variables of the prompt's own.
///
/// # Errors
/// [`ProblemCode::File`] with the line that is wrong.
pub fn read_passages(file: &Path) -> Result<Vec<Passage>, Problem> {
    let wrong = |why: String| Problem::new(ProblemCode::File, format!("{}: {why}", file.display()));
    let size = fs::metadata(file).map_err(|e| wrong(e.to_string()))?.len();
    if size > MOST_BYTES {
        return Err(wrong(format!("it has {size} bytes, and {MOST_BYTES} are allowed; take fewer passages")));
    }
    let text = fs::read_to_string(file).map_err(|e| wrong(e.to_string()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let is = |ending: &str| file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case(ending));
    let table = is("csv") || is("tsv");
    let passages = if table { of_csv(text) } else { of_jsonl(text) }.map_err(&wrong)?;
    if passages.is_empty() {
        return Err(wrong("there are no passages in it".into()));
    }
    Ok(passages)
}

fn of_csv(text: &str) -> Result<Vec<Passage>, String> {
    let first = text.lines().next().unwrap_or_default();
    let between = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    // Of as many the first is meant; spreadsheets of some countries write semicolons.
    let sign = *[b'\t', b';', b','].iter().max_by_key(|sign| between(sign)).unwrap_or(&b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(sign).from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().map_err(|e| e.to_string())?.iter().map(column).collect();
    let is_twice = |at: &usize| !names[*at].is_empty() && names[..*at].contains(&names[*at]);
    if let Some(at) = (1..names.len()).find(is_twice) {
        return Err(format!("two columns are called {:?}; give one another name", names[at]));
    }
    let rows = reader.records().map(|row| {
        let row = row.map_err(|e| e.to_string())?;
        let cells = names.iter().cloned().zip(row.iter().map(str::to_owned));
        // Spreadsheets write columns that have no name, nor anything else.
        Ok(of_cells(cells.filter(|(name, _)| !name.is_empty()).collect()))
    });
    rows.collect()
}

pub(crate) fn of_jsonl(text: &str) -> Result<Vec<Passage>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let object: BTreeMap<String, serde_json::Value> =
                serde_json::from_str(line).map_err(|e| format!("line {}: {e}", number + 1))?;
            Ok(of_cells(object.into_iter().map(|(name, value)| (column(&name), cell(value))).collect()))
        })
        .collect()
}

/// A column as it is looked for: what is a part of a passage in any case.
fn column(written: &str) -> String {
    let name = written.trim();
    let known = COLUMNS.iter().find(|known| known.eq_ignore_ascii_case(name));
    known.map_or(name, |known| *known).to_owned()
}

/// A value as a cell of a table would hold it: of a list a line each.
fn cell(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text,
        serde_json::Value::Array(all) => all.into_iter().map(cell).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

fn of_cells(mut cells: BTreeMap<String, String>) -> Passage {
    let mut take = |name: &str| cells.remove(name).unwrap_or_default();
    let [title, before, selection, after, instruction, variant, language, into, reference] =
        COLUMNS.map(&mut take);
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    Passage {
        title,
        before,
        selection,
        after,
        instruction,
        variant: some(variant),
        language,
        into: some(into),
        reference: some(reference),
        variables: cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Vec<Passage>, Problem> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        read_passages(&file)
    }

    #[test]
    fn both_kinds_of_file_say_the_same() {
        let csv = "\u{feff}before,mood,reference\n\"He said, \"\"no\"\".\nThen\",calm,\nShe ran,,ref\n";
        let jsonl = "{\"before\":\"He said, \\\"no\\\".\\nThen\",\"mood\":\"calm\",\"reference\":null}\n\n\
            {\"before\":\"She ran\",\"mood\":\"\",\"reference\":\"ref\"}\n";
        let (csv, jsonl) = (read("a.CSV", csv).unwrap(), read("a.jsonl", jsonl).unwrap());
        assert_eq!(csv, jsonl);
        assert_eq!(
            (csv[0].before.as_str(), csv[0].variables["mood"].as_str()),
            ("He said, \"no\".\nThen", "calm")
        );
        assert_eq!((csv[0].reference.as_deref(), csv[1].reference.as_deref()), (None, Some("ref")));
    }

    #[test]
    fn tables_of_all_countries_and_lists_are_read() {
        let expected = [("x", "y, z"), ("", "w")];
        for (name, text) in [
            ("a.csv", "Before,AFTER\nx,\"y, z\"\n,w\n"),
            ("a.csv", "before;after\nx;y, z\n;w\n"),
            ("a.tsv", "before\tafter\nx\ty, z\n\tw\n"),
            ("a.jsonl", "\u{feff}{\"Before\":\"x\",\"after\":\"y, z\"}\n{\"after\":\"w\"}"),
        ] {
            let passages = read(name, text).unwrap();
            let read: Vec<_> = passages.iter().map(|p| (p.before.as_str(), p.after.as_str())).collect();
            assert_eq!(read, expected, "{text}");
        }
        let listed = read("a.jsonl", "{\"before\":\"x\",\"tags\":[\"a\",\"b\"]}").unwrap();
        assert_eq!(listed[0].variables["tags"], "a\nb");
        assert!(read("a.csv", "before,Before\nx,y\n").unwrap_err().message.contains("two columns"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (name, text, told) in [
            ("a.jsonl", "{\"before\":\"x\"}\n{\"before\":", "line 2"),
            ("a.jsonl", "[1]", "line 1"),
            ("a.csv", "before,after\nx,y\nz\n", "line: 3"),
            ("a.csv", "before\n", "no passages"),
        ] {
            let error = read(name, text).unwrap_err().message;
            assert!(error.contains(told), "{error}");
        }
        assert!(read_passages(Path::new("nowhere.csv")).is_err());
    }

    #[test]
    fn a_test_set_comes_back_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let bench = Bench::of(folder.path());
        assert!(bench.test_sets().unwrap().is_empty());
        let passages = read("a.csv", "title,before,own\nOne,x,y\n").unwrap();
        let set = bench.save_test_set(None, "Openings", &passages).unwrap();
        assert_eq!(bench.test_sets().unwrap(), std::slice::from_ref(&set));
        assert_eq!(bench.test_set(set.id).unwrap().passages, passages);
        bench.archive_test_set(set.id, true).unwrap();
        assert!(bench.test_sets().unwrap()[0].archived);
    }
}
