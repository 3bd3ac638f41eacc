//! The prompts that come with Foolscap. They are files, so that they can be read in a pull request.

use std::sync::LazyLock;

use crate::error::Result;
use crate::head::ActionKind;
use crate::prompt::Prompt;

const FILES: &[(&str, &str)] = &[
    ("continue.md", include_str!("../library/continue.md")),
    ("brainstorm.md", include_str!("../library/brainstorm.md")),
    ("rewrite.md", include_str!("../library/rewrite.md")),
    ("describe.md", include_str!("../library/describe.md")),
    ("dialogue.md", include_str!("../library/dialogue.md")),
    ("bridge.md", include_str!("../library/bridge.md")),
    ("summarise.md", include_str!("../library/summarise.md")),
    ("outline.md", include_str!("../library/outline.md")),
    ("translate.md", include_str!("../library/translate.md")),
    ("critique.md", include_str!("../library/critique.md")),
    ("check.md", include_str!("../library/check.md")),
];

/// All built-in prompts.
///
/// # Errors
/// When one of the files is wrong; a test holds that none is.
pub fn library() -> Result<&'static [Prompt]> {
    static ALL: LazyLock<Result<Vec<Prompt>, String>> = LazyLock::new(|| {
        FILES.iter().map(|(name, file)| Prompt::parse(name, file).map_err(|e| e.to_string())).collect()
    });
    match &*ALL {
        Ok(prompts) => Ok(prompts),
        Err(reason) => Err(crate::Error::Unreadable {
            name: "that came with Foolscap".into(),
            line: None,
            reason: reason.clone(),
        }),
    }
}

/// The built-in prompt of an action.
///
/// # Errors
/// As [`library`].
pub fn built_in(action: ActionKind) -> Result<&'static Prompt> {
    library()?.iter().find(|p| p.head.action == action).ok_or_else(|| crate::Error::Unreadable {
        name: format!("{action:?}"),
        line: None,
        reason: "there is none for this action".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_prompt_that_reads() {
        for prompt in library().unwrap() {
            assert_eq!(built_in(prompt.head.action).unwrap().head.name, prompt.head.name);
        }
        assert_eq!(library().unwrap().len(), FILES.len());
    }
}
