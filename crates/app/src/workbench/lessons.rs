//! Short lessons in the craft of prompting. Each is a text and prompts to try beside each other on a passage; what comes is
//! made by the reader's own model.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::api::{Draw, Lesson, Passage, Problem, ProblemCode, PromptChoice, Trial, TrialSettings};

/// A lesson, and its words in other languages: the title in the first line.
struct File {
    id: &'static str,
    english: &'static str,
    others: [(&'static str, &'static str); 2],
}

macro_rules! lessons {
    ($($id:literal),* $(,)?) => {
        &[$(File {
            id: $id,
            english: include_str!(concat!("../../lessons/", $id, ".md")),
            others: [
                ("de", include_str!(concat!("../../lessons/de/", $id, ".md"))),
                ("ar", include_str!(concat!("../../lessons/ar/", $id, ".md"))),
            ],
        }),*]
    };
}

const FILES: &[File] =
    lessons!["specific", "examples", "form", "voice", "base-and-chat", "temperature", "order", "judging"];

/// Where all draws of a lesson begin, so that its text can speak of what comes.
const SEED: u32 = 7;

/// The front matter of a lesson.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    /// What the prompts are tried on.
    passage: Passage,
    /// Prompts beside each other.
    columns: Vec<Column>,
}

/// A prompt of a lesson.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    name: String,
    /// The sections of the prompt, as prompts have them.
    #[serde(default)]
    system: String,
    user: String,
    #[serde(default)]
    answer: String,
    completion: String,
    /// More of the front matter: examples, stops, sampling tables come last.
    #[serde(default)]
    head: String,
    #[serde(default)]
    settings: TrialSettings,
    #[serde(default = "one")]
    answers: u32,
}

fn one() -> u32 {
    1
}

/// All lessons, in the order they are meant to be read: in a language (BCP 47), or in English.
///
/// # Errors
/// When one of them is wrong; a test holds that none is.
pub fn lessons(language: &str) -> Result<Vec<Lesson>, Problem> {
    static ALL: LazyLock<Result<Vec<Lesson>, String>> =
        LazyLock::new(|| FILES.iter().map(|file| lesson(file.id, file.english)).collect());
    let all = ALL.as_deref().map_err(|why| Problem::new(ProblemCode::BadRequest, why.clone()))?;
    let base = language.split(['-', '_']).next().unwrap_or_default();
    let told = |(lesson, file): (&Lesson, &File)| {
        let other = file.others.iter().find(|(language, _)| *language == base);
        match other.and_then(|(_, words)| words.trim().split_once('\n')) {
            Some((title, text)) => {
                Lesson { title: title.trim().into(), text: text.trim().into(), ..lesson.clone() }
            }
            None => lesson.clone(),
        }
    };
    Ok(all.iter().zip(FILES).map(told).collect())
}

fn lesson(id: &str, file: &str) -> Result<Lesson, String> {
    let parts = file.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
    let (head, text) = parts.ok_or_else(|| format!("the lesson {id} has no front matter"))?;
    let head: Head = toml::from_str(head).map_err(|e| format!("the lesson {id}: {e}"))?;
    let trial = |column: Column| Trial {
        request: String::new(),
        prompt: PromptChoice::Draft { source: source(&column) },
        model: None,
        passage: head.passage.clone(),
        project: None,
        scene: None,
        draws: (0..column.answers)
            .map(|i| Draw { settings: column.settings.clone(), seed: SEED + i })
            .collect(),
    };
    Ok(Lesson {
        id: id.to_owned(),
        title: head.title,
        text: text.trim().to_owned(),
        trials: head.columns.into_iter().map(trial).collect(),
    })
}

/// The file of a column's prompt.
fn source(column: &Column) -> String {
    let name = toml::Value::from(column.name.as_str());
    let section = |name: &str, text: &str| match text.trim().is_empty() {
        true => String::new(),
        false => format!("\n# {name}\n\n{}\n", text.trim_end()),
    };
    let sections = [
        section("System", &column.system),
        section("User", &column.user),
        section("Answer", &column.answer),
        section("Completion", &column.completion),
    ];
    let sampling = if column.head.contains("[sampling]") { "" } else { "[sampling]\n" };
    format!(
        "+++\nname = {name}\naction = \"continue\"\nversion = 1\npurpose = \"Of a lesson.\"\nworks_on = \"cursor\"\n\
         gives = \"passage\"\nwords = 50\ncandidates = 1\n{}\n{sampling}+++\n{}",
        column.head.trim(),
        sections.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bench;

    #[test]
    fn every_lesson_reads_and_its_prompts_can_be_used() {
        let all = lessons("en-GB").unwrap();
        assert_eq!(all.len(), FILES.len());
        for lesson in &all {
            assert!((1..=4).contains(&lesson.trials.len()), "{}: the playground has four columns", lesson.id);
            assert!(lesson.text.split_whitespace().count() > 80, "{} is short", lesson.id);
            let mut names = Vec::new();
            for trial in &lesson.trials {
                let PromptChoice::Draft { source } = &trial.prompt else { panic!("{trial:?}") };
                let checked = Bench::check_prompt(source);
                assert_eq!(checked.problem, None, "{}: {source}", lesson.id);
                assert!(!trial.draws.is_empty() && !trial.passage.before.is_empty());
                names.push((checked.name, trial.draws.clone()));
            }
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{}: two columns are the same", lesson.id);
        }
    }

    #[test]
    fn a_lesson_has_its_words_in_other_languages_and_the_same_prompts() {
        let (english, german) = (lessons("").unwrap(), lessons("de-AT").unwrap());
        for (one, other) in english.iter().zip(&german) {
            assert_ne!((&one.title, &one.text), (&other.title, &other.text), "{}", one.id);
            assert_eq!(one.trials, other.trials);
            let paragraphs = |lesson: &Lesson| lesson.text.split("\n\n").count();
            assert_eq!(paragraphs(one), paragraphs(other), "{}", one.id);
        }
        assert!(lessons("ar").unwrap()[0].text.contains('ا'));
        assert_eq!(lessons("fr").unwrap(), english);
    }
}
