//! Finding every place in a project, and putting other words there. It reads the pages themselves, so that a
//! hit is a place in a paragraph and what is replaced keeps its looks; [`Library::look_up`] is the quick way
//! to scenes by their words.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

use regex::{Captures, Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::document::{BlockKind, Replacement, TextRange, Textblock};
use crate::error::Error;
use crate::library::{Library, now};
use crate::revisions::Cause;
use crate::scenes::{self, Saved, Scene};
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
    /// Whether notes to self are left alone.
    pub skip_notes: bool,
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
    pub position: Range<usize>,
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

/// A replacement its author has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The scene.
    pub scene: SceneId,
    /// The version of it that the place was found in.
    pub version: u32,
    /// The place, and the words for it.
    pub replacement: Replacement,
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

/// A pattern made ready to be looked for, in one scene after the other.
#[derive(Debug, Clone)]
pub struct Matcher {
    expression: Regex,
    whole_words: bool,
    skip_notes: bool,
    /// Whether the words to put in may name groups.
    expands: bool,
}

impl Matcher {
    /// Refuses an empty pattern and what is no regular expression with [`Error::BadPattern`].
    pub fn new(pattern: &Pattern) -> Result<Self, Error> {
        let expression = compile(pattern)?;
        let Pattern { whole_words, skip_notes, regex, .. } = *pattern;
        Ok(Self { expression, whole_words, skip_notes, expands: regex })
    }

    /// Hands the places of a scene to `found` in the order they are read, each with the words for it where `with` says
    /// what is to be put there, until that wants no more. Returns how many places there are, also those it did not
    /// want. A scene that holds something this version does not know is [`Error::UnknownContent`].
    pub fn go_through(
        &self,
        scene: &Scene,
        with: Option<&str>,
        mut found: impl FnMut(Proposal) -> ControlFlow<()>,
    ) -> Result<usize, Error> {
        let page = scenes::page(scene)?;
        let (mut places, mut wanted) = (0, true);
        for block in page.textblocks().filter(|block| !self.skip_notes || block.kind != BlockKind::Note) {
            let text = block.text();
            let edges = OnceCell::new();
            for captures in self.expression.captures_iter(&text) {
                let Some(place) = captures.get(0).filter(|place| !place.is_empty()) else { continue };
                if self.whole_words && !is_whole(edges.get_or_init(|| word_edges(&text)), place.range()) {
                    continue;
                }
                places += 1;
                if wanted {
                    let hit = hit(scene.id, scene.version, &block, &text, place.range());
                    let with = self.words_for(&captures, with.unwrap_or_default());
                    wanted = found(Proposal { hit, with }).is_continue();
                }
            }
        }
        Ok(places)
    }

    fn words_for(&self, captures: &Captures<'_>, with: &str) -> String {
        if !self.expands {
            return with.to_owned();
        }
        let mut words = String::new();
        captures.expand(with, &mut words);
        words
    }
}

impl Library {
    /// Every place of a project with the pattern in it. A hit lies in one paragraph or heading. Letters are found
    /// however they are composed. Whoever would rather not wait for a whole book asks a [`Matcher`] scene by scene.
    pub fn search(&self, project: ProjectId, pattern: &Pattern) -> Result<Found, Error> {
        let mut found = Found::default();
        found.unread = self.go_through(project, pattern, None, |proposal| found.hits.push(proposal.hit))?;
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
        let mut proposals = Vec::new();
        self.go_through(project, pattern, Some(with), |proposal| proposals.push(proposal))?;
        Ok(proposals)
    }

    /// Makes the chosen of the proposed replacements, all or none. New words look as the first of the old
    /// ones did. Each scene is kept as it was; one written on since the preview is an [`Error::Conflict`].
    pub fn replace(&mut self, chosen: &[Chosen]) -> Result<Replaced, Error> {
        self.write(|db| {
            let now = now(db)?;
            let mut by_scene: BTreeMap<SceneId, Vec<&Chosen>> = BTreeMap::new();
            for one in chosen {
                by_scene.entry(one.scene).or_default().push(one);
            }
            let (mut saved, mut steps, mut places) = (Vec::new(), Vec::new(), 0);
            for (id, chosen) in by_scene {
                let scene = scenes::find(db, id)?;
                chosen.iter().try_for_each(|one| scenes::check_version(&scene, one.version))?;
                let replacements: Vec<Replacement> =
                    chosen.iter().map(|one| one.replacement.clone()).collect();
                let mut page = scenes::page(&scene)?;
                places += page.replace(&replacements);
                let after = tree::replace(db, &scene, &page, Cause::Replace, &now)?;
                steps.push(Step::Text { scene: id, version: after.version, to: tree::kept(&scene) });
                saved.push(after);
            }
            Ok(Replaced { scenes: saved, places, undo: Undo::of(steps) })
        })
    }

    /// Hands all places to `found`; returns the scenes that could not be searched.
    fn go_through(
        &self,
        project: ProjectId,
        pattern: &Pattern,
        with: Option<&str>,
        mut found: impl FnMut(Proposal),
    ) -> Result<Vec<SceneId>, Error> {
        let matcher = Matcher::new(pattern)?;
        let mut unread = Vec::new();
        for summary in self.scenes(project)? {
            let scene = self.scene(summary.id)?;
            let gone_through = matcher.go_through(&scene, with, |proposal| {
                found(proposal);
                ControlFlow::Continue(())
            });
            match gone_through {
                Err(Error::UnknownContent { .. }) => unread.push(scene.id),
                other => drop(other?),
            }
        }
        Ok(unread)
    }
}

impl From<Proposal> for Chosen {
    fn from(Proposal { hit, with }: Proposal) -> Self {
        Self { scene: hit.scene, version: hit.version, replacement: Replacement { range: hit.range, with } }
    }
}

pub(crate) fn compile(pattern: &Pattern) -> Result<Regex, Error> {
    let bad = |reason: &str| Error::BadPattern { reason: reason.to_owned() };
    if pattern.text.is_empty() {
        return Err(bad("it is empty"));
    }
    let expression = if pattern.regex {
        pattern.text.clone()
    } else {
        let mut forms: Vec<String> =
            vec![pattern.text.clone(), pattern.text.nfc().collect(), pattern.text.nfd().collect()];
        forms.sort_unstable();
        forms.dedup();
        forms.iter().map(|form| literal(form)).collect::<Vec<_>>().join("|")
    };
    RegexBuilder::new(&expression).case_insensitive(!pattern.match_case).build().map_err(|error| {
        match &error {
            // Drawn over several lines with the place marked by a caret; its last one says what is wrong.
            regex::Error::Syntax(drawn) => bad(drawn.rsplit("error: ").next().unwrap_or(drawn).trim()),
            regex::Error::CompiledTooBig(_) => bad("it is too large"),
            other => bad(&other.to_string()),
        }
    })
}

/// A text as an expression. In words, typed quotation marks and apostrophes are any of the printed ones that the page puts in
/// their place, and a printed apostrophe is a typed one; marks alone are meant as they are.
fn literal(text: &str) -> String {
    let has_words = text.chars().any(char::is_alphanumeric);
    let sign = |c: char| match c {
        '\'' if has_words => "['’‘‚ʼ‹›]".to_owned(),
        '’' | 'ʼ' if has_words => "['’ʼ]".to_owned(),
        '"' if has_words => "[\"“”„«»]".to_owned(),
        other => regex::escape(other.encode_utf8(&mut [0; 4])),
    };
    text.chars().map(sign).collect()
}

/// Where words begin and end, in order.
fn word_edges(text: &str) -> Vec<usize> {
    text.split_word_bound_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn is_whole(edges: &[usize], range: Range<usize>) -> bool {
    edges.binary_search(&range.start).is_ok() && edges.binary_search(&range.end).is_ok()
}

pub(crate) fn hit(
    scene: SceneId,
    version: u32,
    block: &Textblock<'_>,
    text: &str,
    bytes: Range<usize>,
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
