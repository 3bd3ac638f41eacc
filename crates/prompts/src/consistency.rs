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
    /// Names it: `lore:12`, `summary:31`.
    pub id: String,
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
    /// How many were discarded because a quotation was not where it should be.
    pub discarded: usize,
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
                Some(finding) if all.findings.iter().any(|known| known.key == finding.key) => {}
                Some(finding) => all.findings.push(finding),
                None => all.discarded += 1,
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

fn verified(said: Said, scene: &str, sources: &[Source]) -> Option<Finding> {
    let Said { label, says, scene_quote, source, source_quote } = said;
    let here = find(scene, &scene_quote)?;
    let source = match label {
        Label::New => None,
        Label::Contradicts | Label::Supported => {
            // A model that names the wrong source and quotes the right words is believed the words.
            let named = sources.iter().filter(|one| one.id == source.trim());
            let all = named.chain(sources.iter().filter(|one| one.id != source.trim()));
            let found = all.filter_map(|one| Some((one.id.clone(), find(&one.text, &source_quote)?)));
            Some(found.into_iter().next()?)
        }
    };
    let known =
        source.as_ref().map_or(String::new(), |(id, _)| format!("{id}|{}", fingerprint(&source_quote)));
    let key = format!("{}|{known}", fingerprint(&scene[here.clone()]));
    Some(Finding { label, says: says.trim().to_owned(), scene: here, source, key })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENE: &str =
        "Anna pushed back her red hair. Her brother Tom waited in the boat; he could not swim.";

    fn sources() -> Vec<Source> {
        let source = |id: &str, text: &str| Source { id: id.into(), text: text.into() };
        vec![
            source("lore:1", "Anna Brandt, nineteen. Black hair, cut short after the fire."),
            source("summary:4", "Tom learned to swim in the quarry, against his father's wish."),
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
            said("supported", "Her brother Tom waited", "summary:4", "Tom learned to swim"),
            said("contradicts", "her red hair", "lore:1", "Black hair, cut short"),
        ]);
        assert_eq!(found.discarded, 0);
        let first = &found.findings[0];
        assert_eq!((first.label, &SCENE[first.scene.clone()]), (Label::Contradicts, "her red hair"));
        let (id, range) = first.source.clone().unwrap();
        assert_eq!((id.as_str(), &sources()[0].text[range]), ("lore:1", "Black hair, cut short"));
    }

    #[test]
    fn what_quotes_what_is_not_there_is_discarded() {
        let found = read(&[
            said("contradicts", "her golden hair was long", "lore:1", "Black hair, cut short"),
            said("contradicts", "he could not swim", "summary:4", "Tom had always been afraid"),
            said("contradicts", "he could not swim", "lore:9", "Tom learned to swim in the quarry"),
        ]);
        assert_eq!((found.findings.len(), found.discarded), (1, 2));
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
    fn a_finding_is_known_again_by_its_passages_whatever_is_said_of_it() {
        let first = read(&[said("contradicts", "her red hair", "lore:1", "Black hair, cut short")]);
        let mut other = said("contradicts", "Her red hair.", "lore:1", "black hair — cut short");
        other["says"] = "Her hair changes its colour.".into();
        assert_eq!(read(&[other]).findings[0].key, first.findings[0].key);
    }
}
