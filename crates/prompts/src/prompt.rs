//! A prompt as a document: front matter (TOML between `+++`) and one section a part of the conversation,
//! under the headings System, User, Answer (how the answer begins) and Completion (for models without a
//! chat template).

use foolscap_engine::sampler::Settings;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Steps a template may take; a long passage needs a few hundred.
const FUEL: u64 = 100_000;

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Carry the text on.
    Continue,
    /// Several short ideas.
    Brainstorm,
    /// Other words for a passage.
    Rewrite,
}

/// A prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What the front matter says.
    pub head: Head,
    system: String,
    user: String,
    answer: String,
    completion: String,
}

/// The front matter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// For people.
    pub name: String,
    /// What it is for.
    pub action: ActionKind,
    /// Counts changes.
    pub version: u32,
    /// What it does, in a sentence.
    pub purpose: String,
    /// About how many words an answer has; none: as many as the passage.
    #[serde(default)]
    pub words: Option<u32>,
    /// How many candidates.
    pub candidates: u32,
    /// Whether each candidate begins with another token.
    #[serde(default)]
    pub distinct: bool,
    /// Texts that end an answer.
    #[serde(default)]
    pub stop: Vec<String>,
    /// How tokens are drawn; what is not given is the engine's default.
    pub sampling: Settings,
}

/// What a template may name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Variables<'a> {
    /// All that precedes the cursor or selection.
    pub before: &'a str,
    /// `before` without `opening`.
    pub story: &'a str,
    /// The end of `before`, from where the answer goes on.
    pub opening: &'a str,
    pub selection: &'a str,
    pub after: &'a str,
    pub instruction: &'a str,
    pub words: u32,
}

impl Variables<'_> {
    fn value(&self) -> Value {
        let Self { before, story, opening, selection, after, instruction, words } = *self;
        context! { before, story, opening, selection, after, instruction, words }
    }
}

/// The parts of a conversation, filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turns {
    pub system: String,
    pub user: String,
    pub answer: String,
}

impl Prompt {
    /// Reads a prompt file.
    ///
    /// # Errors
    /// [`Error::Unreadable`] for front matter or sections that are wrong, [`Error::Template`] for a section
    /// that does not parse.
    pub fn parse(name: &str, file: &str) -> Result<Self> {
        let unreadable = |reason: String| Error::Unreadable { name: name.to_owned(), reason };
        let file = file.replace("\r\n", "\n");
        let (head, body) = file
            .strip_prefix("+++\n")
            .and_then(|rest| rest.split_once("\n+++\n"))
            .ok_or_else(|| unreadable("it does not begin with front matter between two lines +++".into()))?;
        let head: Head = toml::from_str(head).map_err(|e| unreadable(e.to_string()))?;
        let mut prompt = Self {
            head,
            system: String::new(),
            user: String::new(),
            answer: String::new(),
            completion: String::new(),
        };
        let mut section: Option<&mut String> = None;
        for line in body.lines() {
            match line {
                "# System" => section = Some(&mut prompt.system),
                "# User" => section = Some(&mut prompt.user),
                "# Answer" => section = Some(&mut prompt.answer),
                "# Completion" => section = Some(&mut prompt.completion),
                _ => match &mut section {
                    Some(text) => {
                        text.push_str(line);
                        text.push('\n');
                    }
                    None if line.trim().is_empty() => {}
                    None => return Err(unreadable(format!("{line:?} stands before the first heading"))),
                },
            }
        }
        for text in [&mut prompt.system, &mut prompt.user, &mut prompt.answer, &mut prompt.completion] {
            *text = text.trim_matches('\n').to_owned();
        }
        if prompt.user.is_empty() || prompt.completion.is_empty() {
            return Err(unreadable("it needs the sections User and Completion".into()));
        }
        // A section that cannot be filled in is told now and not when the writer waits.
        let probe = Variables {
            before: "a",
            story: "a",
            opening: "a",
            selection: "a",
            after: "a",
            instruction: "a",
            words: 9,
        };
        prompt.turns(&probe)?;
        prompt.completion(&probe)?;
        Ok(prompt)
    }

    /// Name and version, such as `continue v1`.
    pub fn label(&self) -> String {
        format!("{} v{}", self.head.name.to_lowercase(), self.head.version)
    }

    /// Whether the conversation (or the completion) names the variable.
    pub(crate) fn uses(&self, variable: &str, chat: bool) -> bool {
        let sections: &[&str] =
            if chat { &[&self.system, &self.user, &self.answer] } else { &[&self.completion] };
        let environment = Environment::new();
        sections.iter().any(|section| {
            environment
                .template_from_str(section)
                .is_ok_and(|t| t.undeclared_variables(false).contains(variable))
        })
    }

    pub(crate) fn turns(&self, variables: &Variables<'_>) -> Result<Turns> {
        Ok(Turns {
            system: self.fill("System", &self.system, variables)?,
            user: self.fill("User", &self.user, variables)?,
            answer: self.fill("Answer", &self.answer, variables)?,
        })
    }

    pub(crate) fn completion(&self, variables: &Variables<'_>) -> Result<String> {
        self.fill("Completion", &self.completion, variables)
    }

    fn fill(&self, section: &str, template: &str, variables: &Variables<'_>) -> Result<String> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.render_str(template, variables.value()).map_err(|e| Error::Template {
            name: format!("{} ({section})", self.head.name),
            line: e.line(),
            reason: e.detail().map_or_else(|| e.kind().to_string(), str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "+++\nname = \"Test\"\naction = \"continue\"\nversion = 2\npurpose = \"to test\"\ncandidates = 1\n[sampling]\n+++\n";

    fn parse(body: &str) -> Result<Prompt> {
        Prompt::parse("test.md", &format!("{HEAD}{body}"))
    }

    #[test]
    fn sections_are_read_by_their_headings() {
        let prompt =
            parse("\n# System\n\nBe.\n\n# User\n\nGo on:\n{{ before }}\n\n# Completion\n\n{{ before }}\n")
                .unwrap();
        let variables = Variables { before: "He {{ ran }}.", ..Variables::default() };
        let turns = prompt.turns(&variables).unwrap();
        assert_eq!(turns.system, "Be.");
        assert_eq!(turns.user, "Go on:\nHe {{ ran }}.");
        assert_eq!(prompt.label(), "test v2");
    }

    #[test]
    fn an_unknown_variable_is_told_when_the_prompt_is_read() {
        let error = parse("# User\nA\n{{ befor }}\n# Completion\nx").unwrap_err().to_string();
        assert!(error.contains("Test (User)") && error.contains("line 2"), "{error}");
    }

    #[test]
    fn templates_that_never_end_are_stopped() {
        let endless = "# User\n{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}\n# Completion\nx";
        assert!(parse(endless).is_err());
    }

    #[test]
    fn missing_parts_are_named() {
        assert!(parse("# User\nA").unwrap_err().to_string().contains("Completion"));
        assert!(Prompt::parse("x.md", "no head").unwrap_err().to_string().contains("+++"));
        assert!(Prompt::parse("x.md", "+++\nname = 1\n+++\n").unwrap_err().to_string().contains("x.md"));
    }
}
