//! What a template may name. Texts are texts; what a project tells comes as lists, which print as they are best read and
//! can be looped over (`{% for entry in lore %}{{ entry.title }}: {{ entry.text }}{% endfor %}`).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::context;
use minijinja::value::{Enumerator, Object, ObjectRepr, Value};

/// All that a template may name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Variables {
    /// All that precedes the cursor or selection.
    pub before: String,
    /// `before` without `opening`.
    pub story: String,
    /// The end of `before`, from where an answer goes on.
    pub opening: String,
    /// What the action works on.
    pub selection: String,
    /// What an action at the cursor is about: what is selected, in few words.
    pub subject: String,
    /// What follows the cursor or selection.
    pub after: String,
    /// What the writer asks for.
    pub instruction: String,
    /// What the variant asks for, in a sentence.
    pub manner: String,
    /// The variant in a word or two: `shorter`.
    pub variant: String,
    /// How a text is to begin that a base model carries on with what the variant asks for.
    pub cue: String,
    /// The language of the text, by its English name; empty if not said.
    pub language: String,
    /// The language to translate into.
    pub into: String,
    /// The sign with which somebody begins to speak in this text.
    pub quote: String,
    /// About how many words are wanted.
    pub words: u32,
    /// What every request is to keep in mind.
    pub note: String,
    /// The end of the scene before.
    pub previous: String,
    /// What project, chapter and scene are about.
    pub synopsis: Vec<Entry>,
    /// Passages that show how the text is to sound.
    pub style: Vec<Entry>,
    /// Earlier scenes in short.
    pub summaries: Vec<Entry>,
    /// People, places, things and facts.
    pub lore: Vec<Entry>,
    /// Those that were named only lately, apart so that the beginning of the prompt stays as it is. What a prompt has
    /// no place for here is in `lore`.
    pub recent_lore: Vec<Entry>,
    /// The prompt's examples: what was asked, and what was answered.
    pub examples: Vec<Entry>,
    /// The prompt's own.
    pub own: BTreeMap<String, OwnValue>,
}

/// The value of a variable of a prompt's own.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnValue {
    /// Words.
    Text(String),
    /// A number; whole ones print as such.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// Several.
    List(Vec<String>),
}

/// What templates may name, each with what it stands for.
pub const VARIABLES: &[(&str, &str)] = &[
    ("before", "All that precedes the cursor or selection."),
    ("story", "What precedes the cursor, without `opening`."),
    ("opening", "The end of what precedes the cursor, from where an answer goes on."),
    ("selection", "What the action works on."),
    ("subject", "What an action at the cursor is about: what is selected, in few words."),
    ("after", "What follows the cursor or selection."),
    ("instruction", "What the writer asks for."),
    ("manner", "What the variant asks for, in a sentence."),
    ("variant", "The variant in a word or two."),
    ("cue", "How a text is to begin that a base model carries on with what the variant asks for."),
    ("language", "The language of the text, by its English name; empty if not said."),
    ("into", "The language to translate into."),
    ("quote", "The sign with which somebody begins to speak in this text."),
    ("words", "About how many words are wanted."),
    ("note", "The author’s note: what every request is to keep in mind."),
    ("previous", "The end of the scene before."),
    ("synopsis", "A list: what project, chapter and scene are about."),
    ("style", "A list: passages that show how the text is to sound."),
    ("summaries", "A list: earlier scenes in short."),
    ("lore", "A list: people, places, things and facts."),
    ("recent_lore", "A list: those of them that were named only lately."),
    ("examples", "A list: what was asked and well answered, as the front matter has it."),
];

/// One of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// May be empty.
    pub title: String,
    /// What it says.
    pub text: String,
}

impl Variables {
    pub(crate) fn value(&self) -> Value {
        let Self { before, story, opening, selection, subject, after, instruction, .. } = self;
        let Self { manner, variant, cue, language, into, quote, words, note, previous, .. } = self;
        let own: BTreeMap<&str, Value> =
            self.own.iter().map(|(name, value)| (name.as_str(), value.value())).collect();
        let lines =
            |entries: &[Entry]| Value::from_object(Entries { entries: entries.to_vec(), apart: false });
        context! {
            before, story, opening, selection, subject, after, instruction, manner, variant, cue,
            language, into, quote, words, note, previous,
            synopsis => lines(&self.synopsis),
            style => Value::from_object(Entries { entries: self.style.clone(), apart: true }),
            summaries => lines(&self.summaries),
            lore => lines(&self.lore),
            recent_lore => lines(&self.recent_lore),
            examples => lines(&self.examples),
            ..Value::from(own)
        }
    }
}

impl OwnValue {
    fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            // Whole numbers print as such.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                Value::from(*number as i64)
            }
            Self::Number(number) => Value::from(*number),
            Self::Flag(flag) => Value::from(*flag),
            Self::List(items) => items.iter().map(String::as_str).collect(),
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.title.is_empty() {
            true => write!(f, "{}", self.text),
            false => write!(f, "{}: {}", self.title, self.text),
        }
    }
}

impl Object for Entry {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "title" => Some(Value::from(self.title.as_str())),
            "text" => Some(Value::from(self.text.as_str())),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["title", "text"])
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A list that prints one entry a line, or passages apart.
#[derive(Debug)]
struct Entries {
    entries: Vec<Entry>,
    /// Passages stand apart, without their titles.
    apart: bool,
}

impl Object for Entries {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.entries.get(key.as_usize()?).cloned().map(Value::from_object)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.entries.len())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, entry) in self.entries.iter().enumerate() {
            match (self.apart, i) {
                (true, 0) => write!(f, "{}", entry.text)?,
                (true, _) => write!(f, "\n\n{}", entry.text)?,
                (false, 0) => write!(f, "- {entry}")?,
                (false, _) => write!(f, "\n- {entry}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::render;

    fn filled(source: &str) -> String {
        let entry = |title: &str, text: &str| Entry { title: title.into(), text: text.into() };
        let variables = Variables {
            lore: vec![entry("Ada", "a keeper"), entry("", "It rains.")],
            style: vec![entry("Mine", "Short."), entry("Hers", "Dry.")],
            words: 7,
            ..Variables::default()
        };
        render(source, variables.value()).unwrap()
    }

    #[test]
    fn lists_print_and_can_be_looped_over() {
        assert_eq!(filled("{{ lore }}"), "- Ada: a keeper\n- It rains.");
        assert_eq!(filled("{{ style }}"), "Short.\n\nDry.");
        let looped = "{% for entry in lore %}{{ loop.index }}{{ entry.title }}/{{ entry.text }};{% endfor %}";
        assert_eq!(filled(looped), "1Ada/a keeper;2/It rains.;");
        assert_eq!(
            filled("{{ lore | length }} {{ lore[0] }} {{ lore | first }} {{ words }}"),
            "2 Ada: a keeper Ada: a keeper 7"
        );
        assert_eq!(
            filled("{% if summaries %}some{% else %}none{% endif %}{% if lore %}some{% endif %}"),
            "nonesome"
        );
    }
}
