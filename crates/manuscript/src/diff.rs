//! What changed from one text to another, by words, as an author reads it: words that stayed, went and came.

use std::time::Duration;

use similar::{Algorithm, ChangeTag, capture_diff_slices_deadline};
use unicode_segmentation::UnicodeSegmentation;

use crate::error::Error;
use crate::library::Library;
use crate::{RevisionId, SceneId};

/// After this long a difference is given in larger pieces than need be.
const PATIENCE: Duration = Duration::from_millis(300);

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// They are in both texts.
    Kept,
    /// They are only in the text before.
    Removed,
    /// They are only in the text after.
    Added,
}

/// Words that had the same fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of them.
    pub fate: Fate,
    /// The words, with the spaces and signs among them.
    pub text: String,
}

impl Library {
    /// What changed from a kept state to another one of any scene.
    pub fn diff_revisions(&self, before: RevisionId, after: RevisionId) -> Result<Vec<Change>, Error> {
        Ok(diff(&self.revision(before)?.text, &self.revision(after)?.text))
    }

    /// What changed from a kept state to what its scene is now.
    pub fn diff_with_present(&self, before: RevisionId) -> Result<Vec<Change>, Error> {
        let before = self.revision(before)?;
        let scene: SceneId = before.summary.scene;
        Ok(diff(&before.text, &self.scene(scene)?.text))
    }
}

/// What changed from one text to another. Kept and removed words give the text before, kept and added ones
/// the text after; neighbours have different fates, and what was removed comes before what was added for it.
pub fn diff(before: &str, after: &str) -> Vec<Change> {
    let old: Vec<&str> = before.split_word_bounds().collect();
    let new: Vec<&str> = after.split_word_bounds().collect();
    let deadline = std::time::Instant::now().checked_add(PATIENCE);
    let mut changes: Vec<Change> = Vec::new();
    for op in capture_diff_slices_deadline(Algorithm::Patience, &old, &new, deadline) {
        for change in op.iter_changes(&old, &new) {
            let fate = match change.tag() {
                ChangeTag::Equal => Fate::Kept,
                ChangeTag::Delete => Fate::Removed,
                ChangeTag::Insert => Fate::Added,
            };
            match changes.last_mut() {
                Some(last) if last.fate == fate => last.text.push_str(change.value()),
                _ => changes.push(Change { fate, text: change.value().to_owned() }),
            }
        }
    }
    bridge(changes)
}

/// Lets a lone space between two changes belong to them: "very cold" for "quite warm" is one change, not two.
fn bridge(changes: Vec<Change>) -> Vec<Change> {
    let mut bridged: Vec<Change> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let mut changes = changes.into_iter().peekable();
    while let Some(change) = changes.next() {
        match change.fate {
            Fate::Removed => removed.push_str(&change.text),
            Fate::Added => added.push_str(&change.text),
            Fate::Kept => {
                let in_change = !removed.is_empty() || !added.is_empty();
                if in_change && changes.peek().is_some() && change.text == " " {
                    removed.push(' ');
                    added.push(' ');
                } else {
                    close(&mut removed, &mut added, &mut bridged);
                    bridged.push(change);
                }
            }
        }
    }
    close(&mut removed, &mut added, &mut bridged);
    bridged
}

fn close(removed: &mut String, added: &mut String, changes: &mut Vec<Change>) {
    for (fate, text) in [(Fate::Removed, removed), (Fate::Added, added)] {
        if !text.is_empty() {
            changes.push(Change { fate, text: std::mem::take(text) });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::Temporary;

    fn told(before: &str, after: &str) -> String {
        let signs = |change: &Change| match change.fate {
            Fate::Kept => change.text.clone(),
            Fate::Removed => format!("[-{}-]", change.text),
            Fate::Added => format!("[+{}+]", change.text),
        };
        diff(before, after).iter().map(signs).collect()
    }

    #[test]
    fn words_that_changed_are_told_whole() {
        assert_eq!(told("It was dark.", "It was light."), "It was [-dark-][+light+].");
        assert_eq!(told("It was very cold.", "It was quite warm."), "It was [-very cold-][+quite warm+].");
        assert_eq!(told("", "New."), "[+New.+]");
        assert_eq!(told("Same.", "Same."), "Same.");
        assert_eq!(told("天黑了。", "天亮了。"), "天[-黑-][+亮+]了。");
    }

    #[test]
    fn a_kept_state_is_compared_with_another_and_with_the_present() {
        let mut library = Temporary::new();
        let scene = library.scene_with("It was dark.").id;
        let first = library.snapshot(scene, "first").unwrap().unwrap().id;
        library.save_scene(scene, 0, "{}", "It was light.").unwrap();
        let second = library.snapshot(scene, "second").unwrap().unwrap().id;
        assert_eq!(library.diff_revisions(first, second).unwrap(), diff("It was dark.", "It was light."));
        assert_eq!(library.diff_with_present(first).unwrap(), diff("It was dark.", "It was light."));
        assert_eq!(
            library.diff_with_present(second).unwrap(),
            diff("same", "same").map_text("It was light.")
        );
    }

    trait MapText {
        fn map_text(self, text: &str) -> Self;
    }

    impl MapText for Vec<Change> {
        fn map_text(mut self, text: &str) -> Self {
            self[0].text = text.to_owned();
            self
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_difference_holds_both_texts(before in "(dark|light| |\\.|\n|é|天){0,20}", after in "(dark|light| |\\.|\n|é|天){0,20}") {
            let changes = diff(&before, &after);
            let without = |fate| changes.iter().filter(|c| c.fate != fate).map(|c| c.text.as_str()).collect::<String>();
            prop_assert_eq!(without(Fate::Added), before);
            prop_assert_eq!(without(Fate::Removed), after);
            prop_assert!(changes.windows(2).all(|pair| pair[0].fate != pair[1].fate));
        }
    }
}
