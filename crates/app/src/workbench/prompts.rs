//! Prompts as documents: those that came with Foolscap and the writer's own, and which of them is in use.

use std::sync::Arc;

use foolscap_prompts::{FILTERS, Prompt, VARIABLES, built_in, headings, includes};
use foolscap_workbench::{Label, NewVersion, Version, digest};
use similar::{ChangeTag, TextDiff};

use super::Bench;
use super::plan::checks_of;
use crate::actions::{action, info, kind};
use crate::api::{
    ActionInfo, ActionKind, Fate, Problem, ProblemCode, ProjectId, PromptChecked, PromptChoice, PromptInUse,
    PromptLine, PromptProblem, PromptShelf, PromptSummary, PromptText, PromptVersion, PromptVocabulary,
    PromptWord,
};

impl Bench {
    /// All prompts, those that came with Foolscap first, and which are in use.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn prompt_shelf(&self) -> Result<PromptShelf, Problem> {
        let mut prompts = Vec::new();
        for action in ActionKind::ALL {
            let prompt = built_in(kind(action))?;
            prompts.push(PromptSummary {
                name: prompt.head.name.clone(),
                action,
                purpose: prompt.head.purpose.clone(),
                built_in: true,
                archived: false,
                versions: vec![of_built_in(prompt)],
            });
        }
        let own = self.look(|store| Ok((store.prompts()?, store.in_use()?)))?;
        let (own, in_use) = own.unwrap_or_default();
        for prompt in own {
            let Some(action) = action_named(&prompt.action) else { continue };
            let latest = prompt.versions.first().and_then(|version| read(version).ok());
            prompts.push(PromptSummary {
                purpose: latest.map(|prompt| prompt.head.purpose).unwrap_or_default(),
                name: prompt.name,
                action,
                built_in: false,
                archived: prompt.archived,
                versions: prompt.versions.iter().map(told).collect(),
            });
        }
        let in_use = in_use.into_iter().filter_map(|used| {
            Some(PromptInUse {
                action: action_named(&used.action)?,
                project: used.project,
                label: used.label,
            })
        });
        Ok(PromptShelf { prompts, in_use: in_use.collect() })
    }

    /// A version with its text.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn prompt_text(&self, label: &str) -> Result<PromptText, Problem> {
        if let Some(prompt) = came_along(label)? {
            let (name, source) = (prompt.head.name.clone(), prompt.source().to_owned());
            return Ok(PromptText { name, version: of_built_in(prompt), source });
        }
        let version = self.version(label)?;
        let name = read(&version).map_or_else(|_| version.label.name.clone(), |prompt| prompt.head.name);
        Ok(PromptText { name, version: told(&version), source: version.source })
    }

    /// The prompt that is chosen.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::BadRequest`] for a text that is none, [`ProblemCode::Library`].
    pub fn prompt(&self, choice: &PromptChoice) -> Result<Arc<Prompt>, Problem> {
        match choice {
            PromptChoice::Draft { source } => Ok(Arc::new(parse_new("this prompt", source)?)),
            PromptChoice::Version { label } => match came_along(label)? {
                Some(prompt) => Ok(Arc::new(prompt.clone())),
                None => Ok(Arc::new(read(&self.version(label)?)?)),
            },
        }
    }

    /// The prompt that an action is asked by in a project: the one that is named, else the one in use; none: the one that
    /// came with Foolscap.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::BadRequest`] for one that is for something else, [`ProblemCode::Library`].
    pub fn prompt_for(
        &self,
        action: ActionKind,
        project: Option<ProjectId>,
        label: Option<&str>,
    ) -> Result<Option<Arc<Prompt>>, Problem> {
        let used = match label {
            Some(label) => Some(label.to_owned()),
            // Of what came along there is only the version of this Foolscap: an earlier one that was chosen is it.
            None => self
                .look(|store| store.used(action.name(), project))?
                .flatten()
                .filter(|used| Label::read(used).is_none_or(|label| !is_built_in(&label.name))),
        };
        let Some(label) = used else { return Ok(None) };
        let prompt = self.prompt(&PromptChoice::Version { label })?;
        of_action(&prompt, action)?;
        Ok(Some(prompt))
    }

    /// The actions with what the prompts in use in a project say of them.
    ///
    /// # Errors
    /// As [`Bench::prompt_for`].
    pub fn actions(&self, project: Option<ProjectId>) -> Result<Vec<ActionInfo>, Problem> {
        let of = |action| {
            Ok(match self.prompt_for(action, project, None)? {
                Some(prompt) => info(action, &prompt),
                None => info(action, built_in(kind(action))?),
            })
        };
        ActionKind::ALL.into_iter().map(of).collect()
    }

    /// What a text says, or what is wrong with it.
    pub fn check_prompt(source: &str) -> PromptChecked {
        match parse_new("this prompt", source) {
            Ok(prompt) => PromptChecked {
                problem: None,
                name: Some(prompt.head.name.clone()),
                action: Some(action_of(&prompt)),
                variables: prompt.variables().into_iter().collect(),
            },
            Err(Wrong { line, message }) => PromptChecked {
                problem: Some(PromptProblem { line, message }),
                name: None,
                action: None,
                variables: Vec::new(),
            },
        }
    }

    /// What a template may say.
    pub fn prompt_vocabulary() -> PromptVocabulary {
        let word = |(name, about): (&str, &str)| PromptWord { name: name.into(), about: about.into() };
        PromptVocabulary {
            variables: VARIABLES.iter().copied().map(word).collect(),
            includes: includes().map(word).collect(),
            filters: FILTERS.iter().map(|&name| name.to_owned()).collect(),
            sections: headings().map(word).collect(),
        }
    }

    /// Keeps a text as the next version of the prompt that it names; one with another name is a fork. The text of the latest
    /// version makes none, and that one is the answer.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for a text that is no prompt, or a name that came with Foolscap or is of another action;
    /// [`ProblemCode::Library`].
    pub fn save_prompt(
        &self,
        source: &str,
        parent: Option<&str>,
        message: &str,
    ) -> Result<PromptVersion, Problem> {
        self.keep_prompt(source, parent, message, false)
    }

    /// The same; of a text that any version has, that version.
    pub(crate) fn keep_prompt(
        &self,
        source: &str,
        parent: Option<&str>,
        message: &str,
        known: bool,
    ) -> Result<PromptVersion, Problem> {
        let prompt = parse_new("this prompt", source)?;
        let name = prompt.head.name.clone();
        self.check_name(&name)?;
        let action = action_of(&prompt).name();
        let new = NewVersion { name: &name, action, parent, message, known };
        let source = prompt.source();
        let kept = self.with(|store| store.save_version(new, |number| Prompt::numbered(source, number)))?;
        Ok(told(&kept))
    }

    /// # Errors
    /// [`ProblemCode::BadRequest`] for what cannot be the name of a prompt of one's own; [`ProblemCode::Library`].
    pub(super) fn check_name(&self, name: &str) -> Result<(), Problem> {
        let refused = |message: String| Err(Problem::new(ProblemCode::BadRequest, message));
        if name.trim().is_empty() || name.contains(['/', '\\']) || name.chars().any(char::is_control) {
            return refused(format!("{name:?} cannot be the name of a prompt; write some words"));
        }
        if is_built_in(name) {
            return refused(format!("{name} came with Foolscap and stays as it is; give yours another name"));
        }
        let is_known = |prompt: &PromptSummary| same_name(&prompt.name, name);
        // Earlier versions of the program let some be called so.
        if Label::read(name).is_some() && !self.prompt_shelf()?.prompts.iter().any(is_known) {
            return refused(format!("{name} is how a version is called; give the prompt another name"));
        }
        Ok(())
    }

    /// A label as it is, or the latest version of the prompt of that name.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn label_of(&self, written: &str) -> Result<String, Problem> {
        let shelf = self.prompt_shelf()?;
        let written = written.trim();
        let mut versions = shelf.prompts.iter().flat_map(|prompt| &prompt.versions);
        if versions.any(|version| same_name(&version.label, written)) {
            return Ok(written.to_owned());
        }
        let named = shelf.prompts.iter().find(|prompt| same_name(&prompt.name, written));
        let latest = named.and_then(|prompt| prompt.versions.first());
        Ok(latest.map_or_else(|| written.to_owned(), |version| version.label.clone()))
    }

    /// A prompt of another name with the text of a version.
    ///
    /// # Errors
    /// As [`Bench::save_prompt`]; [`ProblemCode::BadRequest`] for a name that is taken.
    pub fn fork_prompt(&self, label: &str, name: &str) -> Result<PromptVersion, Problem> {
        let same = |prompt: &PromptSummary| same_name(&prompt.name, name);
        if self.prompt_shelf()?.prompts.iter().any(same) {
            let message = format!("there is a prompt called {name} already; give this one another name");
            return Err(Problem::new(ProblemCode::BadRequest, message));
        }
        let text = self.prompt_text(label)?;
        self.save_prompt(&Prompt::renamed(&text.source, name.trim()), Some(&text.version.label), "")
    }

    /// Puts a prompt away, or brings it back.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn archive_prompt(&self, name: &str, archived: bool) -> Result<(), Problem> {
        self.with(|store| store.archive_prompt(name, archived))
    }

    /// Uses a version from now on, in one project or in all; none: what came with Foolscap, or in a project what is used in
    /// all.
    ///
    /// # Errors
    /// As [`Bench::prompt_for`].
    pub fn use_prompt(
        &self,
        action: ActionKind,
        project: Option<ProjectId>,
        label: Option<&str>,
    ) -> Result<(), Problem> {
        if let Some(label) = label {
            of_action(&*self.prompt(&PromptChoice::Version { label: label.to_owned() })?, action)?;
        }
        self.with(|store| store.use_version(action.name(), project, label))
    }

    /// What changed from one version to another, line by line.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn compare_prompts(&self, before: &str, after: &str) -> Result<Vec<PromptLine>, Problem> {
        let (before, after) = (self.prompt_text(before)?.source, self.prompt_text(after)?.source);
        let diff = TextDiff::from_lines(&before, &after);
        Ok(diff
            .iter_all_changes()
            .map(|change| PromptLine {
                fate: match change.tag() {
                    ChangeTag::Equal => Fate::Kept,
                    ChangeTag::Delete => Fate::Removed,
                    ChangeTag::Insert => Fate::Added,
                },
                text: change.value().trim_end_matches('\n').to_owned(),
            })
            .collect())
    }

    /// The latest version of the prompt that a text names, if there is one.
    pub(super) fn latest(&self, source: &str) -> Result<Option<String>, Problem> {
        let name = parse("this prompt", source)?.head.name;
        let shelf = self.prompt_shelf()?;
        let there = shelf.prompts.iter().find(|prompt| same_name(&prompt.name, &name));
        Ok(there.and_then(|prompt| prompt.versions.first()).map(|version| version.label.clone()))
    }

    fn version(&self, label: &str) -> Result<Version, Problem> {
        let known = Label::read(label);
        let found = known.map(|label| self.look(|store| store.version(&label))).transpose()?;
        found.flatten().flatten().ok_or_else(|| {
            let message = format!(
                "there is no version {label:?} of a prompt; they are called like “my continue v3”, and are listed"
            );
            Problem::new(ProblemCode::NotFound, message)
        })
    }
}

/// What is wrong with a text.
pub(super) struct Wrong {
    line: Option<u32>,
    message: String,
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        Self::new(ProblemCode::BadRequest, wrong.message)
    }
}

impl From<foolscap_prompts::Error> for Wrong {
    fn from(e: foolscap_prompts::Error) -> Self {
        Self { line: e.line().and_then(|line| u32::try_from(line).ok()), message: e.to_string() }
    }
}

/// Reads a prompt with all that it says of itself.
pub(super) fn parse(name: &str, source: &str) -> Result<Prompt, Wrong> {
    let prompt = Prompt::parse(name, source)?;
    checks_of(&prompt).map_err(|(at, problem)| Wrong {
        line: prompt.line_of(&["checks", &at.to_string()]).and_then(|line| u32::try_from(line).ok()),
        message: problem.message,
    })?;
    Ok(prompt)
}

/// The same of a text that is to be kept.
pub(super) fn parse_new(name: &str, source: &str) -> Result<Prompt, Wrong> {
    let prompt = parse(name, source)?;
    prompt.check_new(name)?;
    Ok(prompt)
}

fn read(version: &Version) -> Result<Prompt, Problem> {
    Ok(parse(&version.label.to_string(), &version.source)?)
}

/// Whether two names are those of one prompt.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    Label::new(one, 1) == Label::new(other, 1)
}

/// A prompt that came with Foolscap, by its label or its name.
fn came_along(label: &str) -> Result<Option<&'static Prompt>, Problem> {
    let label = label.trim().to_lowercase();
    let all = foolscap_prompts::library()?;
    Ok(all.iter().find(|prompt| prompt.label() == label || prompt.head.name.to_lowercase() == label))
}

/// Whether a prompt of this name came with Foolscap.
fn is_built_in(name: &str) -> bool {
    let all = foolscap_prompts::library().unwrap_or_default();
    all.iter().any(|prompt| prompt.head.name.eq_ignore_ascii_case(name.trim()))
}

fn of_action(prompt: &Prompt, action: ActionKind) -> Result<(), Problem> {
    if prompt.head.action == kind(action) {
        return Ok(());
    }
    let message = format!(
        "{} is not for {}; choose a prompt of that action, or another action",
        prompt.label(),
        action.name()
    );
    Err(Problem::new(ProblemCode::BadRequest, message))
}

fn action_named(name: &str) -> Option<ActionKind> {
    ActionKind::ALL.into_iter().find(|action| action.name() == name)
}

/// What a prompt is for.
pub fn action_of(prompt: &Prompt) -> ActionKind {
    action(prompt.head.action)
}

fn of_built_in(prompt: &Prompt) -> PromptVersion {
    PromptVersion {
        label: prompt.label(),
        number: prompt.head.version,
        message: String::new(),
        created_at: String::new(),
        parent: None,
        hash: digest(prompt.source()),
    }
}

fn told(version: &Version) -> PromptVersion {
    PromptVersion {
        label: version.label.to_string(),
        number: version.label.number,
        message: version.message.clone(),
        created_at: version.created_at.clone(),
        parent: version.parent.clone(),
        hash: version.hash.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "+++\nname = \"Quiet\"\naction = \"continue\"\nversion = 1\npurpose = \"Goes on quietly.\"\n\
        works_on = \"cursor\"\ngives = \"passage\"\nwords = 30\ncandidates = 1\n\n[sampling]\ntemperature = 0.5\n+++\n\n\
        # User\n\nGo on: {{ before }}\n\n# Completion\n\n{{ before }}\n";

    fn bench() -> (tempfile::TempDir, Bench) {
        let folder = tempfile::tempdir().unwrap();
        let bench = Bench::of(folder.path());
        (folder, bench)
    }

    #[test]
    fn nothing_is_made_before_something_is_kept() {
        let (_folder, bench) = bench();
        assert_eq!(bench.prompt_shelf().unwrap().prompts.len(), ActionKind::ALL.len());
        assert!(bench.prompt_for(ActionKind::Continue, None, None).unwrap().is_none());
        assert!(!bench.path().exists());
    }

    #[test]
    fn an_action_uses_the_version_that_was_chosen_and_no_later_one() {
        let (_folder, bench) = bench();
        let first = bench.save_prompt(TEXT, Some("continue v2"), "quieter").unwrap();
        assert_eq!((first.label.as_str(), first.parent.as_deref()), ("quiet v1", Some("continue v2")));
        bench.use_prompt(ActionKind::Continue, Some(3), Some("quiet v1")).unwrap();
        let second = bench.save_prompt(&TEXT.replace("30", "40"), Some("quiet v1"), "longer").unwrap();
        assert_eq!(second.number, 2);
        let used = bench.prompt_for(ActionKind::Continue, Some(3), None).unwrap().unwrap();
        assert_eq!((used.label(), used.head.words), ("quiet v1".into(), Some(30)));
        let named = bench.prompt_for(ActionKind::Continue, None, Some("quiet v2")).unwrap().unwrap();
        assert_eq!(named.head.words, Some(40));
        let of = |project| bench.actions(project).unwrap()[0].prompt.clone();
        assert_eq!((of(Some(3)).as_str(), of(Some(4)).as_str()), ("quiet v1", "continue v2"));
        assert!(bench.prompt_for(ActionKind::Rewrite, None, Some("quiet v1")).is_err());
        assert!(bench.use_prompt(ActionKind::Continue, None, Some("quiet v9")).is_err());
        // What came along can be chosen in a project in the place of the writer's own.
        bench.use_prompt(ActionKind::Continue, None, Some("quiet v2")).unwrap();
        bench.use_prompt(ActionKind::Continue, Some(3), Some("continue v2")).unwrap();
        assert_eq!(of(Some(3)), "continue v2");
        // As an earlier Foolscap called it.
        bench.with(|store| store.use_version("continue", Some(3), Some("continue v1"))).unwrap();
        assert_eq!(of(Some(3)), "continue v2");
        assert!(
            bench.prompt_for(ActionKind::Continue, None, Some("continue v1")).is_err(),
            "that is not here"
        );
    }

    #[test]
    fn what_came_along_stays_as_it_is() {
        let (_folder, bench) = bench();
        let text = TEXT.replace("Quiet", "Continue");
        assert!(bench.save_prompt(&text, None, "").unwrap_err().message.contains("another name"));
        assert!(bench.archive_prompt("Continue", true).is_err());
        assert!(bench.save_prompt(&TEXT.replace("Quiet", "a/b"), None, "").is_err());
    }

    #[test]
    fn a_text_that_is_wrong_is_told_with_its_line() {
        let checked = Bench::check_prompt(&TEXT.replace("{{ before }}\n\n#", "{{ befor }}\n\n#"));
        let problem = checked.problem.unwrap();
        assert_eq!(problem.line, Some(17), "{}", problem.message);
        let checked = Bench::check_prompt(TEXT);
        assert_eq!((checked.problem, checked.name.as_deref()), (None, Some("Quiet")));
        assert_eq!(checked.variables, ["before"]);
    }
}
