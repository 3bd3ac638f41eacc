//! Finding every place in a project, and putting other words there. It reads the pages themselves, so that a
//! hit is a place in a paragraph and what is replaced keeps its looks; [`Library::look_up`] is the quick way
//! to scenes by their words.

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::document::{BlockKind, Replacement, TextRange, Textblock};
use crate::error::Error;
use crate::library::{Library, now};
use crate::revisions::Cause;
use crate::scenes::{self, Saved};
use crate::undo::{Step, Undo};
use crate::{ProjectId, SceneId, tree};

/// Characters shown before and after a hit.
const AROUND: usize = 40;

/// What to search for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Words, or a regular expression (of the crate `regex`).
    pub text: String,
    /// Whether `It` is another word than `it`.
    pub match_case: bool,
    /// Whether a hit must begin and end where words do, by Unicode.
    pub whole_words: bool,
    /// Whether the text is a regular expression.
    pub regex: bool,
}

/// A place that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The scene.
    pub scene: SceneId,
    /// The version of it that was searched.
    pub version: u32,
    /// The place in its page.
    pub range: TextRange,
    /// The editor's positions of its beginning and end.
    pub position: std::ops::Range<usize>,
    /// Whether it is in a note to self.
    pub in_note: bool,
    /// The words found.
    pub text: String,
    /// Some of the paragraph before them.
    pub before: String,
    /// Some of the paragraph after them.
    pub after: String,
}

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The places, in the order they are read.
    pub hits: Vec<Hit>,
    /// Scenes that hold something this version does not know, and could not be searched.
    pub unread: Vec<SceneId>,
}

/// A place, and the words proposed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The place.
    pub hit: Hit,
    /// What would be put there.
    pub with: String,
}

/// What replacing has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The scenes that were changed.
    pub scenes: Vec<Saved>,
    /// In how many places.
    pub places: usize,
    /// Undoes all of it.
    pub undo: Undo,
}

impl Library {
    /// Every place of a project with the pattern in it, those in notes to self too. A hit lies in one
    /// paragraph or heading. Letters are found however they are composed.
    pub fn search(&self, project: ProjectId, pattern: &Pattern) -> Result<Found, Error> {
        let (found, _) = self.go_through(project, pattern, None)?;
        Ok(found)
    }

    /// What replacing would do, place by place, for its author to choose from. In the words for a regular
    /// expression `$1` or `${name}` are what its groups have found. Nothing is changed.
    pub fn preview_replace(
        &self,
        project: ProjectId,
        pattern: &Pattern,
        with: &str,
    ) -> Result<Vec<Proposal>, Error> {
        let (found, replacements) = self.go_through(project, pattern, Some(with))?;
        Ok(found.hits.into_iter().zip(replacements).map(|(hit, with)| Proposal { hit, with }).collect())
    }

    /// Makes the chosen of the proposed replacements, all or none. New words look as the first of the old
    /// ones did. Each scene is kept as it was; one written on since the preview is an [`Error::Conflict`].
    pub fn replace(&mut self, chosen: &[Proposal]) -> Result<Replaced, Error> {
        self.write(|db| {
            let now = now(db)?;
            let mut ids: Vec<SceneId> = chosen.iter().map(|proposal| proposal.hit.scene).collect();
            ids.sort_unstable();
            ids.dedup();
            let (mut saved, mut steps, mut places) = (Vec::new(), Vec::new(), 0);
            for id in ids {
                let scene = scenes::find(db, id)?;
                let mut replacements = Vec::new();
                for Proposal { hit, with } in chosen.iter().filter(|proposal| proposal.hit.scene == id) {
                    scenes::check_version(&scene, hit.version)?;
                    replacements.push(Replacement { range: hit.range.clone(), with: with.clone() });
                }
                let mut page = scenes::page(&scene)?;
                places += page.replace(&replacements);
                let after = tree::replace(db, &scene, &page, Cause::Replace, &now)?;
                steps.push(Step::Text { scene: id, version: after.version, to: tree::kept(&scene) });
                saved.push(after);
            }
            Ok(Replaced { scenes: saved, places, undo: Undo::of(steps) })
        })
    }

    fn go_through(
        &self,
        project: ProjectId,
        pattern: &Pattern,
        with: Option<&str>,
    ) -> Result<(Found, Vec<String>), Error> {
        let expression = compile(pattern)?;
        let (mut found, mut replacements) = (Found::default(), Vec::new());
        for summary in self.scenes(project)? {
            let scene = self.scene(summary.id)?;
            let Ok(page) = scenes::page(&scene) else {
                found.unread.push(scene.id);
                continue;
            };
            for block in page.textblocks() {
                let text = block.text();
                for captures in expression.captures_iter(&text) {
                    let Some(place) = captures.get(0).filter(|place| !place.is_empty()) else { continue };
                    if pattern.whole_words && !is_whole(&text, place.range()) {
                        continue;
                    }
                    found.hits.push(hit(scene.id, scene.version, &block, &text, place.range()));
                    if let Some(with) = with {
                        let mut words = String::new();
                        if pattern.regex {
                            captures.expand(with, &mut words);
                        } else {
                            words.push_str(with);
                        }
                        replacements.push(words);
                    }
                }
            }
        }
        Ok((found, replacements))
    }
}

pub(crate) fn compile(pattern: &Pattern) -> Result<Regex, Error> {
    let bad = |reason: String| Error::BadPattern { reason };
    if pattern.text.is_empty() {
        return Err(bad("it is empty".to_owned()));
    }
    let expression = if pattern.regex {
        pattern.text.clone()
    } else {
        let mut forms: Vec<String> =
            vec![pattern.text.clone(), pattern.text.nfc().collect(), pattern.text.nfd().collect()];
        forms.sort_unstable();
        forms.dedup();
        forms.iter().map(|form| regex::escape(form)).collect::<Vec<_>>().join("|")
    };
    RegexBuilder::new(&expression)
        .case_insensitive(!pattern.match_case)
        .build()
        .map_err(|error| bad(error.to_string()))
}

/// Whether a range begins and ends at boundaries of words.
fn is_whole(text: &str, range: std::ops::Range<usize>) -> bool {
    let is_edge = |at: usize| at == text.len() || text.split_word_bound_indices().any(|(edge, _)| edge == at);
    is_edge(range.start) && is_edge(range.end)
}

pub(crate) fn hit(
    scene: SceneId,
    version: u32,
    block: &Textblock<'_>,
    text: &str,
    bytes: std::ops::Range<usize>,
) -> Hit {
    let (before, after) = (&text[..bytes.start], &text[bytes.end..]);
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    Hit {
        scene,
        version,
        position: block.position(bytes.start)..block.position(bytes.end),
        in_note: block.kind == BlockKind::Note,
        text: text[bytes.clone()].to_owned(),
        before: before[from..].to_owned(),
        after: after.chars().take(AROUND).collect(),
        range: TextRange { block: block.index, bytes },
    }
}

#[cfg(test)]
mod tests;
