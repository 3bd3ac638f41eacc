//! Spelling from the command line: of a scene with what its project knows of words, or of any text.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use foolscap_app::api::{MisspeltWord, SpellingLanguage};
use foolscap_app::{DICTIONARY_LICENSE, ProjectWords, Spelling};
use serde::Serialize;
use serde_json::json;

use crate::library::args::Of;
use crate::library::{as_json, open, open_to_read, place};
use crate::look::print;
use crate::{Failure, text};

/// `foolscap spell`.
#[derive(Debug, Args)]
pub struct Spell {
    /// A scene's number, as `foolscap list PROJECT` tells it, or a text file; -: standard input
    #[arg(value_name = "SCENE|FILE", required_unless_present_any = ["languages", "license"])]
    pub what: Option<PathBuf>,
    /// The language, as BCP 47 has it: en-GB, de [default: the project's, or what the text seems to be in]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// The project whose words and names are right in a file
    #[arg(long, value_name = "NAME")]
    pub project: Option<String>,
    /// Leave out words with a capital inside a sentence, which may be names
    #[arg(long)]
    pub no_names: bool,
    /// Tell which languages there are dictionaries for, and where to put others
    #[arg(long)]
    pub languages: bool,
    /// Print the license of the dictionaries that come with Foolscap
    #[arg(long)]
    pub license: bool,
    #[command(flatten)]
    pub of: Of,
}

/// `foolscap words`.
#[derive(Debug, Args)]
pub struct Words {
    /// The project, by its title or number
    pub project: String,
    /// A word that is right in it; can be given again
    #[arg(long, value_name = "WORD")]
    pub add: Vec<String>,
    /// A word that is right no longer; can be given again
    #[arg(long, value_name = "WORD")]
    pub remove: Vec<String>,
    #[command(flatten)]
    pub of: Of,
}

/// A misspelt word in its place in the text.
#[derive(Debug, Serialize)]
struct Misspelt {
    word: String,
    /// Both counted from 1, in characters.
    line: usize,
    column: usize,
    /// Characters of the text, from 0.
    from: usize,
    to: usize,
    name: bool,
    suggestions: Vec<String>,
}

/// `foolscap spell`.
pub fn spell(c: &Spell) -> Result<(), Failure> {
    let library = place(&c.of);
    let spelling = Spelling::of(library.parent().unwrap_or(Path::new(".")));
    if c.license {
        return print(DICTIONARY_LICENSE);
    }
    let Some(what) = c.what.as_deref().filter(|_| !c.languages) else {
        return languages(&spelling, c.of.json);
    };
    let (text, own) = read(c, what)?;
    let report = spelling.check(&own, c.language.as_deref(), std::slice::from_ref(&text))?;
    if c.language.is_none() && own.language.is_empty() && !c.of.json {
        eprintln!("the language is taken to be {}; --language names another", report.language);
    }
    let mut found = report.paragraphs.into_iter().next().unwrap_or_default();
    found.retain(|word| !(c.no_names && word.name));
    let places = in_lines(&text, &found);
    // A name that is unknown comes again and again.
    let mut meant: HashMap<String, Vec<String>> = HashMap::new();
    let mut words = Vec::new();
    for (MisspeltWord { word, name, .. }, (from, to, line, column)) in found.into_iter().zip(places) {
        let suggestions = match meant.get(&word) {
            Some(known) => known.clone(),
            None => spelling.suggest(&own, &report.language, &word)?,
        };
        meant.insert(word.clone(), suggestions.clone());
        if !c.of.json {
            let suggested = if suggestions.is_empty() {
                String::new()
            } else {
                "  ".to_owned() + &suggestions.join(", ")
            };
            print(&format!("{line}:{column}  {word}{suggested}"))?;
        }
        words.push(Misspelt { word, line, column, from, to, name, suggestions });
    }
    if c.of.json {
        return as_json(&json!({ "language": report.language, "words": words }));
    }
    eprintln!("{} misspelt by the dictionary of {}", words.len(), report.language);
    Ok(())
}

/// `foolscap words`.
pub fn words(c: &Words) -> Result<(), Failure> {
    let known = if c.add.is_empty() && c.remove.is_empty() {
        let studio = open_to_read(&c.of)?;
        studio.project_words(studio.find(&c.project)?.id)?.words
    } else {
        if c.add.iter().any(|word| word.trim().is_empty()) {
            return Err(Failure::Usage("there is nothing to add; name a word".into()));
        }
        let mut studio = open(&c.of)?;
        let project = studio.find(&c.project)?.id;
        for (word, right) in
            c.add.iter().map(|word| (word, true)).chain(c.remove.iter().map(|word| (word, false)))
        {
            studio.set_word(project, word, right)?;
        }
        studio.project_words(project)?.words
    };
    if c.of.json { as_json(&known) } else { known.iter().try_for_each(|word| print(word)) }
}

fn languages(spelling: &Spelling, as_object: bool) -> Result<(), Failure> {
    let all = spelling.languages();
    if as_object {
        return as_json(&all);
    }
    all.languages.iter().try_for_each(|SpellingLanguage { tag, file }| {
        print(&format!("{tag:<12}{}", file.as_deref().unwrap_or("comes with Foolscap")))
    })?;
    eprintln!("others go into {}, as two files: de_AT.aff and de_AT.dic", all.folder);
    Ok(())
}

/// The text, and what is known of words where it comes from.
fn read(c: &Spell, what: &Path) -> Result<(String, ProjectWords), Failure> {
    let project = |name: &str| {
        let studio = open_to_read(&c.of)?;
        Ok::<_, Failure>(studio.project_words(studio.find(name)?.id)?)
    };
    if let Some(scene) = what.to_str().and_then(|what| what.parse().ok()) {
        let studio = open_to_read(&c.of)?;
        let scene = studio.scene(scene)?;
        return Ok((scene.text, studio.project_words(scene.project)?));
    }
    Ok((text::read(what)?, c.project.as_deref().map(project).transpose()?.unwrap_or_default()))
}

/// Where words are, counted in characters: from, to, line and column.
fn in_lines(text: &str, words: &[MisspeltWord]) -> Vec<(usize, usize, usize, usize)> {
    let mut letters = text.chars();
    let (mut units, mut chars, mut line, mut begun) = (0, 0, 1, 0);
    let mut places = Vec::new();
    for word in words {
        while units < word.from {
            let Some(c) = letters.next() else { break };
            units += if c.len_utf16() == 1 { 1 } else { 2 };
            chars += 1;
            if c == '\n' {
                (line, begun) = (line + 1, chars);
            }
        }
        places.push((chars, chars + word.word.chars().count(), line, chars - begun + 1));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_lines() {
        let word = |from, to, word: &str| MisspeltWord { from, to, word: word.into(), name: false };
        let text = "🌧 lampp\n\nän outt";
        let words = [word(3, 8, "lampp"), word(10, 12, "än"), word(13, 17, "outt")];
        assert_eq!(in_lines(text, &words), [(2, 7, 1, 3), (9, 11, 3, 1), (12, 16, 3, 4)]);
    }
}
