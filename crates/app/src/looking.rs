//! What takes a moment to look at: finding in a whole book, and comparing two states of a scene. The library is held only
//! to read one scene at a time, so that whoever types meanwhile is saved without waiting.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use foolscap_manuscript::{
    self as manuscript, Document, Error, Matcher, Pattern, ProjectId, Proposal, count_words, diff,
};

use crate::App;
use crate::api::{
    Comparison, Fate, FoundPlace, FoundPlaces, PlaceInText, Problem, SearchPattern, TextChange,
};

/// Numbers questions of which only the latest is worth an answer.
#[derive(Debug, Default)]
pub(crate) struct Latest(AtomicU64);

impl Latest {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn is(&self, number: u64) -> bool {
        self.0.load(Ordering::Relaxed) == number
    }
}

impl App {
    /// Every place of a project with the pattern in it, or of one scene of it, of which `limit` are told and the others
    /// counted. `with`: the words that would be put there; for a regular expression `$1` or `${name}` in them are what its groups have found. None
    /// when another search was asked for meanwhile: only the latest is gone on with.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`](crate::api::ProblemCode::BadRequest) for a pattern that is none,
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn find(
        &self,
        project: u32,
        scene: Option<u32>,
        pattern: &SearchPattern,
        with: Option<&str>,
        limit: u32,
    ) -> Result<Option<FoundPlaces>, Problem> {
        let number = self.finds.next();
        let matcher = Matcher::new(&Pattern {
            text: pattern.text.clone(),
            match_case: pattern.match_case,
            whole_words: pattern.whole_words,
            regex: pattern.regex,
            skip_notes: !pattern.notes,
        })?;
        let mut found = FoundPlaces::default();
        let scenes = self.studio().library().scenes(ProjectId(project))?;
        for summary in scenes.into_iter().filter(|one| scene.is_none_or(|scene| one.id.0 == scene)) {
            if !self.finds.is(number) {
                return Ok(None);
            }
            // One that was put away for good meanwhile cannot be: nothing is deleted.
            let scene = self.studio().library().scene(summary.id)?;
            let gone_through = matcher.go_through(&scene, with, |proposal| {
                if found.places.len() < limit as usize {
                    found.places.push(place(proposal, with.is_some()));
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            match gone_through {
                Ok(places) => {
                    found.total = found.total.saturating_add(short(places));
                    found.scenes += u32::from(places > 0);
                }
                Err(Error::UnknownContent { scene, .. }) => found.unread.push(scene.0),
                Err(other) => return Err(other.into()),
            }
        }
        Ok(Some(found))
    }

    /// What changed from a kept state to another one, or to what its scene is now.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn compare(&self, before: u32, after: Option<u32>) -> Result<Comparison, Problem> {
        let (before, after) = {
            let studio = self.studio();
            let before = studio.revision(before)?;
            let after = match after {
                Some(after) => studio.revision(after).map(|kept| (kept.document, kept.text))?,
                None => studio.page_of(before.summary.scene)?,
            };
            ((before.document, before.text), after)
        };
        let changes = diff(&before.1, &after.1);
        let words = |fate| {
            let of = changes.iter().filter(|change| change.fate == fate);
            of.map(|change| count_words(&change.text)).fold(0_u32, u32::saturating_add)
        };
        let (added, removed) = (words(manuscript::Fate::Added), words(manuscript::Fate::Removed));
        let same = changes.iter().all(|change| change.fate == manuscript::Fate::Kept);
        Ok(Comparison {
            added,
            removed,
            only_looks: same && !looks_the_same(&before, &after),
            changes: changes.into_iter().map(TextChange::from).collect(),
        })
    }
}

/// Whether two pages are the same, however their JSON is written.
fn looks_the_same(before: &(String, String), after: &(String, String)) -> bool {
    let read = |(document, text): &(String, String)| match document.as_str() {
        "" => Some(Document::from_plain_text(text)),
        json => Document::from_json(json).ok(),
    };
    match (read(before), read(after)) {
        (Some(before), Some(after)) => before == after,
        // One of another version of the program.
        _ => before.0 == after.0,
    }
}

fn place(Proposal { hit, with }: Proposal, replacing: bool) -> FoundPlace {
    FoundPlace {
        at: PlaceInText {
            scene: hit.scene.0,
            version: hit.version,
            block: short(hit.range.block),
            start: short(hit.range.bytes.start),
            end: short(hit.range.bytes.end),
        },
        from: short(hit.position.start),
        to: short(hit.position.end),
        in_note: hit.in_note,
        text: hit.text,
        before: hit.before,
        after: hit.after,
        with: if replacing { with } else { String::new() },
    }
}

/// A page has less than four billion of anything.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl From<manuscript::Change> for TextChange {
    fn from(change: manuscript::Change) -> Self {
        let fate = match change.fate {
            manuscript::Fate::Kept => Fate::Kept,
            manuscript::Fate::Removed => Fate::Removed,
            manuscript::Fate::Added => Fate::Added,
        };
        Self { fate, text: change.text }
    }
}
