//! Where an action works: what of a text precedes it, what it is about, what follows. Actions differ in what a selection
//! means to them; here it gets one form, in which all of the text is one and places in it are bytes from its beginning.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::head::{Head, WorksOn};
use crate::words;

/// What a writer asks, and where in which text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ask<'a> {
    /// Text before the cursor or selection.
    pub before: &'a str,
    /// The selection; empty when there is none.
    pub selection: &'a str,
    /// Text after the cursor or selection.
    pub after: &'a str,
    /// What the writer asks for, in the writer's words.
    pub instruction: &'a str,
    /// A variant of the prompt, by its id; none: the usual one.
    pub variant: Option<&'a str>,
    /// The language of the text: a BCP 47 tag or a name; empty if not said.
    pub language: &'a str,
    /// The language to translate into, likewise.
    pub into: &'a str,
    /// About how many words are wanted; none: the prompt's own measure.
    pub words: Option<u32>,
    /// Values of the prompt's own variables, as they are written.
    pub variables: Option<&'a BTreeMap<String, String>>,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    pub before: Cow<'a, str>,
    /// What the action works on, and what goes in as such.
    pub selection: Cow<'a, str>,
    pub after: Cow<'a, str>,
    /// Whether of the selection the end is enough.
    pub cuttable: bool,
    /// What an action at the cursor is about; short.
    pub subject: String,
}

/// Words of a subject that are given as they are; of a longer one the first and the last half as many.
const SUBJECT_WORDS: usize = 16;

impl<'a> Place<'a> {
    /// # Errors
    /// [`Error::Missing`] with what to do.
    pub fn of(ask: &Ask<'a>, head: &Head) -> Result<Self> {
        let (before, selection, after) = (ask.before, ask.selection, ask.after);
        let nothing = selection.trim().is_empty();
        let place = match head.works_on {
            WorksOn::Selection if nothing => {
                return Err(Error::Missing("nothing is selected; select the words to work on".into()));
            }
            WorksOn::SelectionOrText if nothing => Self {
                before: "".into(),
                selection: joined(before, after),
                after: "".into(),
                cuttable: true,
                subject: String::new(),
            },
            WorksOn::Selection | WorksOn::SelectionOrText => Self {
                before: before.into(),
                selection: selection.into(),
                after: after.into(),
                cuttable: head.works_on == WorksOn::SelectionOrText,
                subject: String::new(),
            },
            WorksOn::Cursor => Self {
                before: joined(before, selection),
                selection: "".into(),
                after: after.into(),
                cuttable: false,
                subject: subject(selection),
            },
        };
        if head.works_on == WorksOn::SelectionOrText && place.selection.trim().is_empty() {
            return Err(Error::Missing("there is no text yet; write something first".into()));
        }
        if head.needs_after && place.after.trim().is_empty() {
            let way_out =
                "nothing follows the cursor that could be led to; put the cursor between two passages";
            return Err(Error::Missing(way_out.into()));
        }
        if head.needs_language && ask.into.trim().is_empty() {
            return Err(Error::Missing("say which language to translate into".into()));
        }
        if head.must_say_how && ask.instruction.trim().is_empty() && ask.variant.is_none() {
            let ways: Vec<_> = head.variants.iter().take(3).map(|v| v.title.to_lowercase()).collect();
            let message = match ways.is_empty() {
                true => "say what is wanted".into(),
                false => format!("say how: {} …", ways.join(", ")),
            };
            return Err(Error::Missing(message.into()));
        }
        Ok(place)
    }

    /// About how many words of it there are to work on.
    pub fn words(&self) -> usize {
        words::count(&self.selection)
    }
}

fn joined<'a>(first: &'a str, second: &'a str) -> Cow<'a, str> {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second.into(),
        (_, true) => first.into(),
        _ => format!("{first}{second}").into(),
    }
}

fn subject(selection: &str) -> String {
    let all: Vec<&str> = selection.split_whitespace().collect();
    let text = all.join(" ");
    let characters: Vec<char> = text.chars().collect();
    if words::count(&text) <= SUBJECT_WORDS {
        return text;
    }
    match all.len() > SUBJECT_WORDS {
        true => {
            let half = SUBJECT_WORDS / 2;
            format!("{} … {}", all[..half].join(" "), all[all.len() - half..].join(" "))
        }
        // A script without spaces.
        false => {
            let half = SUBJECT_WORDS.min(characters.len() / 2);
            let part = |characters: &[char]| characters.iter().collect::<String>();
            format!("{}…{}", part(&characters[..half]), part(&characters[characters.len() - half..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::ActionKind;
    use crate::library::built_in;

    fn place<'a>(action: ActionKind, ask: &Ask<'a>) -> Result<Place<'a>> {
        Place::of(ask, &built_in(action).unwrap().head)
    }

    const TEXT: Ask<'_> = Ask {
        before: "He saw ",
        selection: "the house",
        after: " and ran.",
        instruction: "",
        variant: None,
        language: "",
        into: "",
        words: None,
        variables: None,
    };

    #[test]
    fn a_selection_is_the_subject_at_the_cursor_and_the_passage_elsewhere() {
        let cursor = place(ActionKind::Describe, &TEXT).unwrap();
        assert_eq!(
            (&*cursor.before, &*cursor.selection, &*cursor.after),
            ("He saw the house", "", " and ran.")
        );
        assert_eq!(cursor.subject, "the house");
        let passage = place(ActionKind::Summarise, &TEXT).unwrap();
        assert_eq!((&*passage.before, &*passage.selection, passage.cuttable), ("He saw ", "the house", true));
        let whole = place(ActionKind::Summarise, &Ask { selection: "", ..TEXT }).unwrap();
        assert_eq!((&*whole.before, &*whole.selection), ("", "He saw  and ran."));
    }

    #[test]
    fn what_is_missing_is_told_with_what_to_do() {
        let missing = |action, ask: Ask<'_>| place(action, &ask).unwrap_err().to_string();
        assert!(
            missing(ActionKind::Rewrite, Ask { selection: " ", instruction: "x", ..TEXT }).contains("select")
        );
        assert!(missing(ActionKind::Rewrite, TEXT).contains("shorter, longer"));
        assert!(missing(ActionKind::Bridge, Ask { after: "\n", ..TEXT }).contains("two passages"));
        assert!(missing(ActionKind::Translate, TEXT).contains("language"));
        assert!(missing(ActionKind::Summarise, Ask::default()).contains("no text yet"));
        assert!(place(ActionKind::Rewrite, &Ask { variant: Some("shorter"), ..TEXT }).is_ok());
    }

    #[test]
    fn a_long_subject_is_named_by_its_ends() {
        let long = "one two three four five six seven eight nine ten ".repeat(3);
        assert_eq!(
            subject(&long),
            "one two three four five six seven eight … three four five six seven eight nine ten"
        );
        let dense = "他昨天回到了家".repeat(20);
        assert!(subject(&dense).chars().count() < 40 && subject(&dense).contains('…'));
    }
}
