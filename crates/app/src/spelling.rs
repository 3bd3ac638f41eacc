//! Spelling for every shell. A dictionary takes a while to read, so it is read once and kept, by whoever asks first and
//! under no lock of the library; what a project knows is asked of the library each time, which is quick.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use foolscap_manuscript::{Library, ProjectId};
use foolscap_spelling::{Checker, Dictionaries, Dictionary, Error, OwnWords, Place, Source, guess};

use crate::api::{MisspeltWord, Problem, ProblemCode, SpellingLanguage, SpellingLanguages, SpellingReport};
use crate::lock::lock;

/// The folder of the author's own dictionaries, beside the library.
const FOLDER: &str = "dictionaries";
/// What is checked where nothing says which language it is.
const LANGUAGE: &str = "en";

/// The dictionaries of this machine, those that were read among them.
pub struct Spelling {
    dictionaries: Dictionaries,
    /// The dictionary that serves a language, once it was asked for.
    found: Mutex<HashMap<String, Kept>>,
}

#[derive(Clone)]
struct Kept {
    source: Source,
    read: Arc<OnceLock<Arc<Dictionary>>>,
}

/// What a project knows of words: all that has to be asked of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectWords {
    /// The language that it is written in; empty if its author has not said.
    pub language: String,
    /// Words that are right in it.
    pub words: Vec<String>,
    /// Names of its lore.
    pub names: Vec<String>,
}

impl ProjectWords {
    /// What a project of a library knows.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn of(library: &Library, project: u32) -> Result<Self, Problem> {
        let project = ProjectId(project);
        Ok(Self {
            language: library.brief(project)?.language,
            words: library.dictionary(project)?,
            names: library.lore_names(project)?,
        })
    }
}

impl Spelling {
    /// With the author's own dictionaries in `dictionaries/` of the folder where the library is.
    pub fn of(data: &Path) -> Self {
        Self::by(Dictionaries::of(data.join(FOLDER)))
    }

    /// With the dictionaries that are named.
    pub fn by(dictionaries: Dictionaries) -> Self {
        Self { dictionaries, found: Mutex::default() }
    }

    /// The languages that texts can be checked in. Dictionaries that were just put in their place are seen from here on.
    pub fn languages(&self) -> SpellingLanguages {
        lock(&self.found).clear();
        let language = |source: Source| SpellingLanguage {
            tag: source.language.to_string(),
            file: match source.place {
                Place::Files { dic, .. } => Some(dic.display().to_string()),
                _ => None,
            },
        };
        SpellingLanguages {
            languages: self.dictionaries.list().into_iter().map(language).collect(),
            folder: self.dictionaries.own_folder().display().to_string(),
        }
    }

    /// The folder of the author's own dictionaries, which is made where it is not there yet.
    ///
    /// # Errors
    /// [`ProblemCode::File`].
    pub fn own_folder(&self) -> Result<String, Problem> {
        let folder = self.dictionaries.own_folder();
        std::fs::create_dir_all(folder).map_err(|e| {
            Problem::new(ProblemCode::File, format!("{} cannot be made: {e}", folder.display()))
        })?;
        Ok(folder.display().to_string())
    }

    /// What is misspelt in each of some paragraphs. The language is the one given, or else the project's, or the one that
    /// the text seems to be in.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] when there is no dictionary: the message says where to put one;
    /// [`ProblemCode::BadRequest`] for what names no language; [`ProblemCode::File`] when a dictionary cannot be used.
    pub fn check(
        &self,
        own: &ProjectWords,
        language: Option<&str>,
        paragraphs: &[String],
    ) -> Result<SpellingReport, Problem> {
        let said = language.or(Some(&own.language)).filter(|language| !language.trim().is_empty());
        let language = match said {
            Some(language) => language.to_owned(),
            None => self.guessed(paragraphs),
        };
        let checker = self.checker(own, &language)?;
        let check = |paragraph: &String| misspelt(paragraph, &checker);
        Ok(SpellingReport {
            language: checker.language().to_string(),
            paragraphs: paragraphs.iter().map(check).collect(),
        })
    }

    /// What a word may have been meant to be, the likeliest first. `language` is what [`SpellingReport::language`] told.
    ///
    /// # Errors
    /// As [`Spelling::check`].
    pub fn suggest(&self, own: &ProjectWords, language: &str, word: &str) -> Result<Vec<String>, Problem> {
        Ok(self.checker(own, language)?.suggest(word))
    }

    fn checker(&self, own: &ProjectWords, language: &str) -> Result<Checker, Problem> {
        let dictionary = self.dictionary(language)?;
        let (words, names) = (own.words.iter().map(String::as_str), own.names.iter().map(String::as_str));
        let own = OwnWords::new(dictionary.language(), words, names);
        Ok(Checker::new(dictionary, Arc::new(own)))
    }

    fn dictionary(&self, language: &str) -> Result<Arc<Dictionary>, Problem> {
        let known = lock(&self.found).get(language).cloned();
        let kept = match known {
            Some(kept) => kept,
            None => self.keep(language)?,
        };
        if let Some(read) = kept.read.get() {
            return Ok(read.clone());
        }
        // Who comes second meanwhile reads it too, and one of the two is kept: rare, and better than to wait on a lock.
        let read = Arc::new(kept.source.load()?);
        Ok(kept.read.get_or_init(|| read).clone())
    }

    /// Looks for the dictionary of a language. Two languages that one dictionary serves share it.
    fn keep(&self, language: &str) -> Result<Kept, Problem> {
        let source = self.dictionaries.find(language)?;
        let mut found = lock(&self.found);
        let read = found.values().find(|kept| kept.source == source).map(|kept| kept.read.clone());
        let kept = Kept { source, read: read.unwrap_or_default() };
        Ok(found.entry(language.to_owned()).or_insert(kept).clone())
    }

    /// The language that a text seems to be in, among those that can be checked.
    fn guessed(&self, paragraphs: &[String]) -> String {
        let languages: Vec<_> = self.dictionaries.list().into_iter().map(|source| source.language).collect();
        guess(&paragraphs.join("\n"), &languages)
            .map_or_else(|| LANGUAGE.to_owned(), |found| found.code().to_owned())
    }
}

/// What is misspelt in a paragraph, with places as the page counts them.
fn misspelt(paragraph: &str, checker: &Checker) -> Vec<MisspeltWord> {
    let (mut bytes, mut units) = (0, 0);
    let mut count = |to: usize| {
        units += paragraph[bytes..to].chars().map(char::len_utf16).sum::<usize>();
        bytes = to;
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    let word = |found: foolscap_spelling::Misspelling| MisspeltWord {
        word: paragraph[found.range.clone()].to_owned(),
        from: count(found.range.start),
        to: count(found.range.end),
        name: found.name,
    };
    checker.check(paragraph).into_iter().map(word).collect()
}

impl From<Error> for Problem {
    fn from(e: Error) -> Self {
        let code = match e {
            Error::NotALanguage { .. } => ProblemCode::BadRequest,
            Error::NoDictionary { .. } => ProblemCode::NotFound,
            _ => ProblemCode::File,
        };
        Self::new(code, e.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(words: &[&str]) -> ProjectWords {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        ProjectWords { language: String::new(), words, names: vec!["Ada Lovelace".to_owned()] }
    }

    fn shipped() -> Spelling {
        Spelling::by(Dictionaries::in_folders("nowhere", Vec::new()))
    }

    fn paragraphs(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn places_are_those_of_the_page() {
        let texts = paragraphs(&["🌧 Ada’s lampp — 🕯 went outt.", "", "All is well."]);
        let report = shipped().check(&project(&[]), Some("en-GB"), &texts).unwrap();
        assert_eq!(report.language, "en-GB");
        let of = |paragraph: usize| -> Vec<(u32, u32, &str)> {
            report.paragraphs[paragraph].iter().map(|word| (word.from, word.to, word.word.as_str())).collect()
        };
        assert_eq!(of(0), [(9, 14, "lampp"), (25, 29, "outt")]);
        assert_eq!((of(1), of(2)), (vec![], vec![]));
    }

    #[test]
    fn a_project_s_words_and_names_are_right() {
        let spelling = shipped();
        let texts = paragraphs(&["The frobble met Lovelace."]);
        let told =
            |words: &[&str]| spelling.check(&project(words), Some("en"), &texts).unwrap().paragraphs[0].len();
        assert_eq!((told(&[]), told(&["frobble"])), (1, 0));
        assert_eq!(spelling.suggest(&project(&[]), "en-US", "Lovelcae").unwrap()[0], "Lovelace");
    }

    #[test]
    fn the_language_is_the_given_one_or_the_project_s_or_that_of_the_text() {
        let spelling = shipped();
        let texts = paragraphs(&[
            "The colour of the light over the harbour was grey when they came back from the sea.",
        ]);
        let told = |own: &str, language: Option<&str>| {
            let own = ProjectWords { language: own.to_owned(), ..ProjectWords::default() };
            let report = spelling.check(&own, language, &texts).unwrap();
            (report.language, report.paragraphs[0].len())
        };
        assert_eq!(told("en-GB", None), ("en-GB".to_owned(), 0));
        assert_eq!(told("en-GB", Some("en-US")).0, "en-US");
        assert_eq!(told("", None).0, "en-US");
    }

    #[test]
    fn a_dictionary_is_read_once() {
        let spelling = shipped();
        let first = spelling.dictionary("en").unwrap();
        assert!(Arc::ptr_eq(&first, &spelling.dictionary("en").unwrap()));
        assert!(Arc::ptr_eq(&first, &spelling.dictionary("en-US").unwrap()));
        assert!(!Arc::ptr_eq(&first, &spelling.dictionary("en-GB").unwrap()));
    }

    #[test]
    fn a_language_without_a_dictionary_is_told_with_the_way_out() {
        let problem = shipped().check(&project(&[]), Some("tlh"), &[]).unwrap_err();
        assert_eq!(problem.code, ProblemCode::NotFound);
        assert!(
            problem.message.contains("tlh.dic") && problem.message.contains("nowhere"),
            "{}",
            problem.message
        );
    }

    #[test]
    fn a_dictionary_that_was_just_put_there_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let spelling = Spelling::by(Dictionaries::in_folders(folder.path(), Vec::new()));
        let texts = paragraphs(&["licht lichtt"]);
        assert!(spelling.check(&project(&[]), Some("de"), &texts).is_err());
        std::fs::write(folder.path().join("de_DE.aff"), "SET UTF-8\n").unwrap();
        std::fs::write(folder.path().join("de_DE.dic"), "90\nlicht\n").unwrap();
        let torn = spelling.check(&project(&[]), Some("de"), &texts).unwrap_err();
        assert!(torn.code == ProblemCode::File && torn.message.contains("de_DE.dic"), "{torn}");
        std::fs::write(folder.path().join("de_DE.dic"), "1\nlicht\n").unwrap();
        let report = spelling.check(&project(&[]), Some("de"), &texts).unwrap();
        assert_eq!((report.language.as_str(), report.paragraphs[0].len()), ("de-DE", 1));
        let tags: Vec<String> =
            spelling.languages().languages.into_iter().map(|language| language.tag).collect();
        assert_eq!(tags, ["de-DE", "en-GB", "en-US"]);
    }
}
