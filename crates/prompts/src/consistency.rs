//! A scene held against what is known: lore and summaries of earlier scenes. A model says what contradicts, what is new and
//! what is supported; each finding must quote the scene, and where it names a source, that source too. What it quotes is
//! looked up, and a finding that quotes what is not there is discarded: a contradiction that nobody can read is none.

use std::ops::Range;

use serde::Deserialize;

use crate::critique::parsed;
use crate::error::Result;
use crate::evidence::{find, fingerprint};

/// Something that is known, to be held against a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Names it: `lore:12`, `summary:31`. One that is told in two forms stands here twice.
    pub id: String,
    /// What a model knows it by.
    pub title: String,
    /// What it says.
    pub text: String,
}

/// How a claim of the scene stands to what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Both cannot be so.
    Contradicts,
    /// Nothing known speaks of it.
    New,
    /// It is known.
    Supported,
}

/// A claim of the scene, and how it stands to what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub label: Label,
    /// What is found, in a sentence.
    pub says: String,
    /// The passage, as bytes of the scene.
    pub scene: Range<usize>,
    /// The source with the passage of it, as bytes of its text; none for what is new.
    pub source: Option<(String, Range<usize>)>,
    /// Names it from one check to the next, as long as both passages say the same: for what its author means so.
    pub key: String,
}

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Contradictions first, then what is new, then what is supported; each in the order of the scene.
    pub findings: Vec<Finding>,
    /// Quotations of those that were discarded, because they are not where they should be.
    pub discarded: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    findings: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    label: Label,
    says: String,
    scene_quote: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    source_quote: String,
}

impl Findings {
    /// Reads a model's answer on a scene, and looks up every quotation.
    ///
    /// # Errors
    /// [`crate::Error::Answer`] when it is not in its form.
    pub fn read(answer: &str, scene: &str, sources: &[Source]) -> Result<Self> {
        let Answer { findings: said } = parsed(answer)?;
        let mut all = Self::default();
        for said in said {
            match verified(said, scene, sources) {
                Ok(finding) if all.findings.iter().any(|known| known.key == finding.key) => {}
                Ok(finding) => all.findings.push(finding),
                Err(quotation) => all.discarded.push(quotation),
            }
        }
        let rank = |label| match label {
            Label::Contradicts => 0,
            Label::New => 1,
            Label::Supported => 2,
        };
        all.findings.sort_by_key(|finding| (rank(finding.label), finding.scene.start));
        Ok(all)
    }
}

/// Whether a finding is the one that had this key: the same passages, or one of each within the other, since a model does not
/// quote as much of them every time.
pub fn covers(key: &str, finding: &str) -> bool {
    let parts = |key: &str| {
        let mut parts = key.splitn(3, '|').map(str::to_owned);
        Some([parts.next()?, parts.next()?, parts.next()?])
    };
    let within = |one: &str, other: &str| one.contains(other) || other.contains(one);
    match (parts(key), parts(finding)) {
        (Some(known), Some(found)) => {
            known[1] == found[1] && within(&known[0], &found[0]) && within(&known[2], &found[2])
        }
        _ => false,
    }
}

/// # Errors
/// The quotation that is not where it should be.
fn verified(said: Said, scene: &str, sources: &[Source]) -> Result<Finding, String> {
    let Said { label, says, scene_quote, source, source_quote } = said;
    let here = find(scene, &scene_quote).ok_or(scene_quote)?;
    let source = match label {
        Label::New => None,
        Label::Contradicts | Label::Supported => {
            // A model that names the wrong source and quotes the right words is believed the words.
            let is_named = |one: &&Source| one.title.to_lowercase() == source.trim().to_lowercase();
            let all = sources.iter().filter(is_named).chain(sources.iter().filter(|one| !is_named(one)));
            let mut found = all.filter_map(|one| Some((one.id.clone(), find(&one.text, &source_quote)?)));
            Some(found.next().ok_or_else(|| source_quote.clone())?)
        }
    };
    let known = match &source {
        Some((id, _)) => format!("{id}|{}", fingerprint(&source_quote)),
        None => "|".to_owned(),
    };
    let key = format!("{}|{known}", fingerprint(&scene[here.clone()]));
    Ok(Finding { label, says: says.trim().to_owned(), scene: here, source, key })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENE: &str =
        "Anna pushed back her red hair. Her brother Tom waited in the boat; he could not swim.";

    fn sources() -> Vec<Source> {
        let source = |id: &str, title: &str, text: &str| Source {
            id: id.into(),
            title: title.into(),
            text: text.into(),
        };
        vec![
            source("lore:1", "Anna", "Anna Brandt, nineteen. Black hair, cut short after the fire."),
            source(
                "summary:4",
                "The quarry",
                "Tom learned to swim in the quarry, against his father's wish.",
            ),
        ]
    }

    fn said(label: &str, scene: &str, source: &str, quote: &str) -> serde_json::Value {
        serde_json::json!({ "label": label, "says": "It differs.", "scene_quote": scene, "source": source, "source_quote": quote })
    }

    fn read(said: &[serde_json::Value]) -> Findings {
        Findings::read(&serde_json::json!({ "findings": said }).to_string(), SCENE, &sources()).unwrap()
    }

    #[test]
    fn a_contradiction_quotes_both_and_both_are_there() {
        let found = read(&[
            said("supported", "Her brother Tom waited", "The quarry", "Tom learned to swim"),
            said("contradicts", "her red hair", "Anna", "Black hair, cut short"),
        ]);
        assert_eq!(found.discarded, [""; 0]);
        let first = &found.findings[0];
        assert_eq!((first.label, &SCENE[first.scene.clone()]), (Label::Contradicts, "her red hair"));
        let (id, range) = first.source.clone().unwrap();
        assert_eq!((id.as_str(), &sources()[0].text[range]), ("lore:1", "Black hair, cut short"));
    }

    #[test]
    fn what_quotes_what_is_not_there_is_discarded() {
        let found = read(&[
            said("contradicts", "her golden hair was long", "Anna", "Black hair, cut short"),
            said("contradicts", "he could not swim", "The quarry", "Tom had always been afraid"),
            said("contradicts", "he could not swim", "Nobody", "Tom learned to swim in the quarry"),
        ]);
        assert_eq!(found.discarded, ["her golden hair was long", "Tom had always been afraid"]);
        assert_eq!(found.findings.len(), 1);
        assert_eq!(
            found.findings[0].source.as_ref().unwrap().0,
            "summary:4",
            "the words say where they are from"
        );
    }

    #[test]
    fn what_is_new_needs_no_source() {
        let found = read(&[said("new", "waited in the boat", "", "")]);
        assert_eq!((found.findings[0].label, found.findings[0].source.as_ref()), (Label::New, None));
    }

    #[test]
    fn what_is_meant_so_is_known_by_more_or_less_of_the_same_words_and_not_by_others() {
        let key = |quote: &str, source: &str, words: &str| {
            read(&[said("contradicts", quote, source, words)]).findings[0].key.clone()
        };
        let known = key("her red hair", "Anna", "Black hair");
        assert!(covers(&known, &key("pushed back her red hair", "Anna", "Black hair, cut short")));
        assert!(covers(&key("pushed back her red hair", "Anna", "Black hair, cut short"), &known));
        assert!(!covers(&known, &key("her red hair", "The quarry", "against his father's wish")));
        assert!(!covers(&known, &key("he could not swim", "Anna", "Black hair")));
        assert!(!covers("eyes:Anna", &known), "a key of another kind covers nothing");
    }

    #[test]
    fn a_finding_is_known_again_by_its_passages_whatever_is_said_of_it() {
        let first = read(&[said("contradicts", "her red hair", "Anna", "Black hair, cut short")]);
        let mut other = said("contradicts", "Her red hair.", "lore:1", "black hair — cut short");
        other["says"] = "Her hair changes its colour.".into();
        assert_eq!(read(&[other]).findings[0].key, first.findings[0].key);
    }
}
