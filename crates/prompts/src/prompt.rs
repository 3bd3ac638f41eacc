//! A prompt as a document: front matter (TOML between `+++`) and one section a part of what is sent, under the headings
//! System, User, Answer (how the answer begins), Fill (what stands before the gap, for models that fill one),
//! Completion (for models that carry a text on) and Schema (the JSON that an answer must be). Turns of a conversation that
//! come before what is asked stand under User and Assistant, by turns; the last User is what is asked. All but the schema
//! are templates over [`Variables`].

use std::collections::{BTreeMap, BTreeSet};

use foolscap_engine::chat::{Message, Role};
use toml_edit::{Document, DocumentMut, Item, Value};

use crate::body::{ASSISTANT, Body, Part};
use crate::error::{Error, Result};
use crate::head::{Head, Lead, Variant};
use crate::json_schema;
use crate::template;
use crate::variables::{Entry, Variables};

/// A prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What the front matter says.
    pub head: Head,
    source: String,
    body: Body,
}

/// A part of a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// What holds for the whole conversation.
    System,
    /// What is asked; where there are several, the last of them, and those before it are turns.
    User,
    /// How the answer begins; what stands here is not shown as a part of it.
    Answer,
    /// What stands before the gap; what comes after it is the text after the cursor. Empty: this prompt fills none.
    Fill,
    /// A text to be carried on.
    Completion,
    /// A JSON Schema that every answer keeps to; empty: answers are prose. No template.
    Schema,
}

impl Section {
    /// All of them, in the order they stand in a file.
    pub const ALL: [Self; 6] =
        [Self::System, Self::User, Self::Answer, Self::Fill, Self::Completion, Self::Schema];

    /// What stands in it, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::System => "What holds for the whole conversation.",
            Self::User => "What is asked. Where there are several: the last; those before are turns.",
            Self::Answer => "How the answer begins; what stands here is not shown as a part of it.",
            Self::Fill => "What stands before the gap, for models that fill one.",
            Self::Completion => "A text to be carried on, for models that do only that.",
            Self::Schema => "A JSON Schema that every answer keeps to; empty for prose.",
        }
    }

    /// Its heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::User => "User",
            Self::Answer => "Answer",
            Self::Fill => "Fill",
            Self::Completion => "Completion",
            Self::Schema => "Schema",
        }
    }
}

impl Prompt {
    /// Reads a prompt file.
    ///
    /// # Errors
    /// [`Error::Unreadable`] for front matter or sections that are wrong, [`Error::Template`] for a section
    /// that does not parse, names what is not there, or does not come to an end.
    pub fn parse(name: &str, file: &str) -> Result<Self> {
        let unreadable =
            |line: Option<usize>, reason: String| Error::Unreadable { name: name.to_owned(), line, reason };
        let source = file.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let (head, body) = apart(&source).ok_or_else(|| {
            unreadable(None, "it does not begin with front matter between two lines +++".into())
        })?;
        // The two lines +++ are lines as well.
        let first_of_body = head.lines().count() + 3;
        let head: Head = toml::from_str(head).map_err(|e| {
            let line = e.span().map(|span| head[..span.start.min(head.len())].matches('\n').count() + 2);
            unreadable(line, e.message().to_owned())
        })?;
        head.check().map_err(|reason| unreadable(None, reason))?;
        let body =
            Body::parse(body, first_of_body).map_err(|(line, reason)| unreadable(Some(line), reason))?;
        let prompt = Self { head, source, body };
        if prompt.section(Section::User).is_empty() || prompt.section(Section::Completion).is_empty() {
            return Err(unreadable(None, "it needs the sections User and Completion".into()));
        }
        prompt.check()?;
        Ok(prompt)
    }

    /// What a new prompt is held to besides: values that tokens can be drawn by, and a schema that is one. What was kept before
    /// goes on as it did.
    ///
    /// # Errors
    /// [`Error::Unreadable`] and [`Error::Template`], at their lines.
    pub fn check_new(&self, name: &str) -> Result<()> {
        self.head.check_values().map_err(|(way, reason)| {
            let way: Vec<&str> = way.iter().map(String::as_str).collect();
            Error::Unreadable { name: name.to_owned(), line: self.line_of(&way), reason }
        })?;
        let schema = serde_json::from_str(self.section(Section::Schema)).ok();
        let line = Some(self.body.sections[Section::Schema as usize].line);
        match schema.as_ref().and_then(json_schema::fault) {
            Some(reason) => Err(Error::Template { name: self.part("Schema"), line, reason }),
            None => Ok(()),
        }
    }

    /// What cannot be filled in is told now and not when the writer waits: every template, with everything there is and
    /// with nothing.
    fn check(&self) -> Result<()> {
        let schema = self.section(Section::Schema);
        if !schema.is_empty() {
            serde_json::from_str::<serde_json::Value>(schema).map_err(|e| Error::Template {
                name: self.part("Schema"),
                line: Some(self.body.sections[Section::Schema as usize].line + e.line().saturating_sub(1)),
                reason: e.to_string(),
            })?;
        }
        // Small templates of the front matter, each with the way to it.
        let way = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut small = vec![
            ("lead", way(&["lead", "chat"]), self.head.lead.chat.as_str()),
            ("lead", way(&["lead", "completion"]), self.head.lead.completion.as_str()),
        ];
        for (at, variant) in self.head.variants.iter().enumerate() {
            let at = at.to_string();
            small.push(("manner", way(&["variants", &at, "manner"]), &variant.manner));
            small.push(("cue", way(&["variants", &at, "cue"]), &variant.cue));
            if let Some(Lead { chat, completion }) = &variant.lead {
                small.push(("lead", way(&["variants", &at, "lead", "chat"]), chat));
                small.push(("lead", way(&["variants", &at, "lead", "completion"]), completion));
            }
        }
        for filled in [true, false] {
            let own = self.head.variables.iter().map(|v| (v.name.clone(), v.example(filled))).collect();
            let variables = match filled {
                true => Variables { own, ..everything() },
                false => Variables { own, ..Variables::default() },
            };
            for section in Section::ALL {
                self.render(section, &variables)?;
            }
            self.turns(&variables)?;
            for (name, way, text) in &small {
                self.fill(name, text, &variables).map_err(|error| {
                    let way: Vec<&str> = way.iter().map(String::as_str).collect();
                    in_file(error, self.line_of(&way))
                })?;
            }
        }
        Ok(())
    }

    /// Name and version, such as `continue v1`.
    pub fn label(&self) -> String {
        format!("{} v{}", self.head.name.to_lowercase(), self.head.version)
    }

    /// The file it was read from, with line ends of one kind.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// A section as it was written.
    pub fn section(&self, section: Section) -> &str {
        &self.body.sections[section as usize].text
    }

    /// A section, filled in.
    ///
    /// # Errors
    /// [`Error::Template`].
    pub fn render(&self, section: Section, variables: &Variables) -> Result<String> {
        match section {
            Section::Schema => Ok(self.section(section).to_owned()),
            _ => self.filled(section.name(), &self.body.sections[section as usize], variables),
        }
    }

    /// The turns before what is asked, filled in: the examples of the front matter, then those of the document.
    ///
    /// # Errors
    /// [`Error::Template`].
    pub fn turns(&self, variables: &Variables) -> Result<Vec<Message>> {
        let examples = self.head.examples.iter().flat_map(|example| {
            let asked = Message::new(Role::User, example.user.clone());
            [Ok(asked), Ok(Message::new(Role::Assistant, example.answer.clone()))]
        });
        let written = self.body.turns.iter().map(|turn| {
            let name = if turn.role == Role::User { Section::User.name() } else { ASSISTANT };
            Ok(Message::new(turn.role, self.filled(name, &turn.part, variables)?))
        });
        let mut written_so_far = 0;
        let mut bounded = |turn: Message| {
            written_so_far += turn.content.len();
            match written_so_far <= template::MOST_WRITTEN {
                true => Ok(turn),
                false => Err(Error::Template {
                    name: self.part("turns"),
                    line: None,
                    reason: "together they write too much".into(),
                }),
            }
        };
        examples.chain(written).map(|turn| turn.and_then(&mut bounded)).collect()
    }

    /// A part of the document, filled in; a line that fails is one of the file.
    fn filled(&self, name: &str, part: &Part, variables: &Variables) -> Result<String> {
        self.fill(name, &part.text, variables).map_err(|error| in_file(error, Some(part.line)))
    }

    /// The text of a prompt file with another version in its front matter.
    pub fn numbered(file: &str, version: u32) -> String {
        Self::with(file, "version", i64::from(version))
    }

    /// The text of a prompt file with another name in its front matter.
    pub fn renamed(file: &str, name: &str) -> String {
        Self::with(file, "name", name)
    }

    /// The text with another value of one of the front matter's keys, and all else as it was written. What has no front matter
    /// that can be read stays as it is.
    fn with(file: &str, key: &str, value: impl Into<Value>) -> String {
        let file = file.replace("\r\n", "\n");
        let Some((head, body)) = apart(&file) else { return file };
        let Ok(mut head) = head.parse::<DocumentMut>() else { return file };
        let mut value = value.into();
        if let Some(there) = head.get(key).and_then(Item::as_value) {
            *value.decor_mut() = there.decor().clone();
        }
        head[key] = Item::Value(value);
        format!("+++\n{}\n+++\n{body}", head.to_string().trim_end_matches('\n'))
    }

    /// The line of the file at which something of the front matter is written, as `["variants", "0", "manner"]`; the line of its
    /// first words where they begin on the next.
    pub fn line_of(&self, path: &[&str]) -> Option<usize> {
        let head = apart(&self.source)?.0;
        let document: Document<&str> = Document::parse(head).ok()?;
        let item = path.iter().try_fold(document.as_item(), |item, name| match name.parse::<usize>() {
            Ok(at) => item.get(at),
            Err(_) => item.get(*name),
        })?;
        let start = item.span()?.start;
        let begins_below = ["\"\"\"\n", "'''\n"].iter().any(|open| head[start..].starts_with(open));
        // A line +++ stands before, and lines count from 1.
        Some(head[..start].matches('\n').count() + 2 + usize::from(begins_below))
    }

    /// The variables that its sections and turns name.
    pub fn variables(&self) -> BTreeSet<String> {
        let turns = self.body.turns.iter().map(|turn| &turn.part);
        self.body.sections.iter().chain(turns).flat_map(|part| template::variables(&part.text)).collect()
    }

    /// The variant of that name; without one the prompt's usual, if it has one.
    ///
    /// # Errors
    /// [`Error::NoVariant`], which names those that there are.
    pub fn variant(&self, id: Option<&str>) -> Result<Option<&Variant>> {
        let Some(id) = id.or(self.head.variant.as_deref()) else { return Ok(None) };
        let found = self.head.variants.iter().find(|variant| variant.id == id);
        found.map(Some).ok_or_else(|| Error::NoVariant {
            prompt: self.head.name.clone(),
            variant: id.to_owned(),
            known: self.head.variants.iter().map(|v| v.id.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// A small template of this prompt, filled in.
    pub(crate) fn fill(&self, part: &str, source: &str, variables: &Variables) -> Result<String> {
        if source.is_empty() {
            return Ok(String::new());
        }
        template::check(source).and_then(|()| template::render(source, variables.value())).map_err(
            |failure| Error::Template { name: self.part(part), line: failure.line, reason: failure.reason },
        )
    }

    fn part(&self, part: &str) -> String {
        format!("{} ({part})", self.head.name)
    }
}

/// The same with the line of the file, of a template that begins at this one.
fn in_file(error: Error, first: Option<usize>) -> Error {
    match error {
        Error::Template { name, line, reason } => {
            let line = line.zip(first).map(|(line, first)| first + line.saturating_sub(1));
            Error::Template { name, line, reason }
        }
        other => other,
    }
}

/// Front matter and what follows it.
fn apart(file: &str) -> Option<(&str, &str)> {
    file.strip_prefix("+++\n")?.split_once("\n+++\n")
}

/// All variables with something in them.
fn everything() -> Variables {
    let text = || "a".to_owned();
    let list = || vec![Entry { title: text(), text: text() }];
    Variables {
        before: text(),
        story: text(),
        opening: text(),
        selection: text(),
        subject: text(),
        after: text(),
        instruction: text(),
        manner: text(),
        variant: text(),
        cue: text(),
        language: text(),
        into: text(),
        quote: text(),
        words: 9,
        note: text(),
        previous: text(),
        synopsis: list(),
        style: list(),
        summaries: list(),
        lore: list(),
        recent_lore: list(),
        examples: list(),
        own: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"Test\"\naction = \"continue\"\nversion = 2\npurpose = \"to test\"\n\
        works_on = \"cursor\"\ngives = \"passage\"\ncandidates = 1\n";

    fn parse(body: &str) -> Result<Prompt> {
        Prompt::parse("test.md", &format!("+++\n{HEAD}[sampling]\n+++\n{body}"))
    }

    #[test]
    fn sections_are_read_by_their_headings() {
        let prompt = parse(
            "\n# System\n\nBe.\n\n# User\n\n# Chapter\nGo on:\n{{ before }}\n\n# Completion\n\n{{ before }}\n",
        )
        .unwrap();
        let variables = Variables { before: "He {{ ran }}.".into(), ..Variables::default() };
        assert_eq!(prompt.render(Section::System, &variables).unwrap(), "Be.");
        assert_eq!(prompt.render(Section::User, &variables).unwrap(), "# Chapter\nGo on:\nHe {{ ran }}.");
        assert_eq!(prompt.label(), "test v2");
        assert_eq!(prompt.variables(), BTreeSet::from(["before".into()]));
    }

    #[test]
    fn what_no_token_can_be_drawn_by_is_told_at_its_line() {
        let body = "# User\nx\n# Completion\nx";
        let whole = format!("\u{feff}+++\n{HEAD}[sampling]\ntemperature = 0.5\n+++\n{body}");
        Prompt::parse("test.md", &whole).unwrap();
        for (from, to, line) in [
            ("candidates = 1", "candidates = 0", 8),
            ("candidates = 1", "candidates = 17", 8),
            ("name = \"Test\"", "name = \" \"", 2),
            ("temperature = 0.5", "temperature = -1.0", 10),
            ("temperature = 0.5", "temperature = nan", 10),
            ("temperature = 0.5", "top_p = 7.0", 10),
            ("temperature = 0.5", "repetition_penalty = 0.0", 10),
        ] {
            // What was kept before is read as it was.
            let prompt = Prompt::parse("test.md", &whole.replace(from, to)).unwrap();
            let error = prompt.check_new("test.md").unwrap_err();
            assert!(matches!(error, Error::Unreadable { line: Some(at), .. } if at == line), "{to}: {error}");
        }
        for schema in ["[1, 2]", "{\"type\": \"objct\"}", "{\"items\": {\"type\": 3}}"] {
            let prompt = parse(&format!("{body}\n# Schema\n{schema}")).unwrap();
            assert!(prompt.check_new("test.md").is_err(), "{schema}");
        }
    }

    #[test]
    fn turns_are_filled_in_like_sections() {
        let body = "# User\nA {{ language }}\n# Assistant\nB\n# User\nC {{ after }}\n# Completion\nx";
        let prompt = parse(body).unwrap();
        let variables = Variables { language: "English".into(), ..Variables::default() };
        let turns = [Message::new(Role::User, "A English"), Message::new(Role::Assistant, "B")];
        assert_eq!(prompt.turns(&variables).unwrap(), turns);
        assert_eq!(prompt.render(Section::User, &variables).unwrap(), "C ");
        assert_eq!(prompt.variables(), BTreeSet::from(["after".into(), "language".into()]));
        let error =
            parse("# User\nA\n# Assistant\n{{ befor }}\n# User\nB\n# Completion\nx").unwrap_err().to_string();
        assert!(error.contains("Test (Assistant)") && error.contains("line 14"), "{error}");
    }

    #[test]
    fn an_unknown_variable_is_told_when_the_prompt_is_read() {
        let error = parse("# User\nA\n{{ befor }}\n# Completion\nx").unwrap_err().to_string();
        // Of the file: seven keys, a table and two lines +++ stand before.
        assert!(error.contains("Test (User)") && error.contains("line 13"), "{error}");
        // Also where the template comes to it only without a text, or in a variant.
        assert!(parse("# User\n{% if not before %}{{ befor }}{% endif %}\n# Completion\nx").is_err());
        let variant = "[[variants]]\nid = \"a\"\ntitle = \"A\"\nmanner = \"{{ befor }}\"\n";
        let file = format!("+++\n{HEAD}[sampling]\n{variant}+++\n# User\nA\n# Completion\nx");
        let error = Prompt::parse("x.md", &file).unwrap_err().to_string();
        assert!(error.contains("Test (manner)") && error.contains("line 13"), "{error}");
        let file = file.replace("\"{{ befor }}\"", "\"\"\"\nOne\n{{ befor }}\"\"\"");
        assert!(Prompt::parse("x.md", &file).unwrap_err().to_string().contains("line 15"));
    }

    #[test]
    fn a_text_gets_its_number_where_front_matter_has_it() {
        let file = format!("+++\n{HEAD}[sampling]\nversion = 7\n+++\n# User\nversion = 3\n");
        let numbered = Prompt::numbered(&file, 12);
        assert_eq!(numbered, file.replacen("version = 2", "version = 12", 1));
        assert_eq!(Prompt::numbered(&numbered, 2), file);
        assert_eq!(Prompt::numbered("+++\nname = 1\n+++\n", 4), "+++\nname = 1\nversion = 4\n+++\n");
        // Words that only look like a key are none.
        let noted = "+++\nnotes = \"\"\"\nversion = 9 was better\n\"\"\"\nversion = 1 # counts\n+++\n";
        assert_eq!(Prompt::numbered(noted, 2), noted.replace("version = 1 ", "version = 2 "));
        assert_eq!(Prompt::numbered("nothing", 4), "nothing");
        let renamed = Prompt::renamed(&format!("{file}# Completion\nx"), "Mine \"too\"");
        assert!(
            renamed.contains(r#"name = 'Mine "too"'"#) || renamed.contains(r#"name = "Mine \"too\"""#),
            "{renamed}"
        );
    }

    #[test]
    fn own_variables_have_their_kinds_and_take_no_name_that_is_there() {
        let own = |name: &str, kind: &str, default: &str| {
            let table = format!("[[variables]]\nname = {name:?}\nkind = {kind:?}\ndefault = {default:?}\n");
            let body = "# User\n{{ mood }}{% for one in those %}[{{ one }}]{% endfor %}{% if loud %}!{% endif %}{{ many }}";
            let rest = "[[variables]]\nname = \"those\"\nkind = \"list\"\ndefault = \"a\\nb\"\n\
                [[variables]]\nname = \"loud\"\nkind = \"flag\"\n[[variables]]\nname = \"many\"\nkind = \"number\"\n";
            Prompt::parse(
                "x.md",
                &format!("+++\n{HEAD}[sampling]\n{table}{rest}+++\n{body}\n# Completion\nx"),
            )
        };
        let prompt = own("mood", "text", "calm").unwrap();
        let given = |pairs: &[(&str, &str)]| -> String {
            let given = pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
            let variables = Variables { own: prompt.head.own(&given).unwrap(), ..Variables::default() };
            prompt.render(Section::User, &variables).unwrap()
        };
        assert_eq!(given(&[]), "calm[a][b]0");
        assert_eq!(given(&[("mood", "wild"), ("loud", "yes"), ("many", "3"), ("those", "x")]), "wild[x]!3");
        let wrong = BTreeMap::from([("many".to_owned(), "some".to_owned())]);
        assert!(prompt.head.own(&wrong).unwrap_err().to_string().contains("many"));
        assert!(own("before", "text", "").unwrap_err().to_string().contains("before"));
        assert!(own("mood now", "text", "").is_err() && own("those", "text", "").is_err());
    }

    #[test]
    fn templates_that_never_end_are_stopped() {
        let endless = "# User\n{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}\n# Completion\nx";
        assert!(parse(endless).unwrap_err().to_string().contains("does not come to an end"));
    }

    #[test]
    fn missing_parts_are_named() {
        assert!(parse("# User\nA").unwrap_err().to_string().contains("Completion"));
        assert!(Prompt::parse("x.md", "no head").unwrap_err().to_string().contains("+++"));
        assert!(Prompt::parse("x.md", "+++\nname = 1\n+++\n").unwrap_err().to_string().contains("x.md"));
        let schema = parse("# User\nA\n# Completion\nx\n# Schema\n{\n\"type\": }");
        assert!(schema.unwrap_err().to_string().contains("Test (Schema) fails at line 17"));
        let key = Prompt::parse("x.md", "+++\nname = \"A\"\nnothing = 1\n+++\n").unwrap_err();
        assert_eq!(key.line(), Some(3), "{key}");
    }

    #[test]
    fn a_variant_is_found_by_its_name_or_all_are_told() {
        let variant = |id: &str| format!("[[variants]]\nid = \"{id}\"\ntitle = \"T\"\nmanner = \"M\"\n");
        let file = |extra: &str| {
            format!(
                "+++\n{HEAD}{extra}[sampling]\n{}{}+++\n# User\nA\n# Completion\nx",
                variant("a"),
                variant("b")
            )
        };
        let prompt = Prompt::parse("x.md", &file("")).unwrap();
        assert_eq!(prompt.variant(Some("b")).unwrap().unwrap().id, "b");
        assert_eq!(prompt.variant(None).unwrap(), None);
        assert!(prompt.variant(Some("c")).unwrap_err().to_string().contains("a, b"));
        let usual = Prompt::parse("x.md", &file("variant = \"a\"\n")).unwrap();
        assert_eq!(usual.variant(None).unwrap().unwrap().id, "a");
        assert!(Prompt::parse("x.md", &file("variant = \"c\"\n")).is_err());
    }
}
