//! What a critique or a check says of a scene, passage by passage. Both are asked by an [`super::ActionRequest`].

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ContextReport, EndReason, Figures, Problem, RequestId};

/// Identifies a note that is kept with its scene.
pub type RemarkId = u32;

/// A note on a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Remark {
    /// None until it is kept.
    pub id: Option<RemarkId>,
    /// The words it is about, as the text has them.
    pub quote: String,
    /// Where they stand, in UTF-16 code units of the text. Of one that was kept: where they stood then.
    pub place: u32,
    pub what: RemarkWhat,
    /// For a finding that contradicts: why its author means it so; none: nothing was said of it.
    #[serde(default)]
    pub intended: Option<String>,
}

/// What is said of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RemarkWhat {
    /// Of a critique.
    Note { concern: Concern, says: String },
    /// Of a check.
    Finding {
        label: Label,
        says: String,
        /// The words that are known; none for what is new.
        source: Option<FindingSource>,
        /// Names it from one check to the next, as long as both passages are the same.
        key: String,
    },
}

/// Where a finding's other passage is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FindingSource {
    /// As [`super::ContextItem::id`]: `lore:12`, `summary:31` (its scene).
    pub id: String,
    pub title: String,
    /// The words, as they stand there.
    pub quote: String,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// Something that works.
    Strength,
    /// It is not clear what is meant.
    Clarity,
    /// It goes too fast or too slowly.
    Pace,
    /// Words or thoughts come again.
    Repetition,
    /// It does not sound like the rest, or like this person.
    Voice,
    /// It does not follow from what was before.
    Logic,
    /// It says what could be shown.
    Telling,
    /// A worn phrase.
    Cliche,
}

/// How a claim of the scene stands to what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Both cannot be so.
    Contradicts,
    /// Nothing known speaks of it.
    New,
    /// It is known.
    Supported,
}

/// What was found up to now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Review {
    pub remarks: Vec<Remark>,
    /// Quotations of those that were discarded, since they do not stand where they should.
    pub discarded: Vec<String>,
}

/// What happens to a review, in order: `Started`, `Reading`, then `Found` whenever there is more, then `Finished`. `Failed` may
/// come at any point. After either of these two comes nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ReviewEvent {
    Started {
        request: RequestId,
        seed: u32,
        model: String,
        /// Name and version of the prompt, such as `critique v1`.
        prompt: String,
        context: ContextReport,
    },
    Reading {
        read: u32,
        of: u32,
    },
    /// All that is found up to now.
    Found {
        review: Review,
    },
    /// With all that is kept.
    Finished {
        review: Review,
        reason: EndReason,
        figures: Figures,
    },
    Failed {
        problem: Problem,
    },
}

/// Where the passage of a note stands after its author wrote on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MovedRemark {
    pub id: RemarkId,
    /// In UTF-16 code units of the text.
    pub place: u32,
    pub quote: String,
}
