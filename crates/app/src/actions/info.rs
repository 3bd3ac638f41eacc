//! The actions as a menu offers them.

use foolscap_prompts::{self as prompts, Prompt, Variant, built_in};

use crate::api::{ActionInfo, ActionKind, Gives, Problem, VariantInfo, WorksOn};

/// All actions with what their prompts say of them.
///
/// # Errors
/// When a built-in prompt does not read; a test holds that all do.
pub fn actions() -> Result<Vec<ActionInfo>, Problem> {
    ActionKind::ALL.into_iter().map(|kind| Ok(info(kind, built_in(super::kind(kind))?))).collect()
}

/// An action as its prompt describes it.
pub(crate) fn info(kind: ActionKind, prompt: &Prompt) -> ActionInfo {
    let head = &prompt.head;
    let variant = |variant: &Variant| VariantInfo {
        id: variant.id.clone(),
        title: variant.title.clone(),
        words: variant.words.or(head.words),
        candidates: variant.candidates.unwrap_or(head.candidates),
        gives: gives(variant.gives.unwrap_or(head.gives)),
    };
    ActionInfo {
        kind,
        title: head.name.clone(),
        purpose: head.purpose.clone(),
        prompt: prompt.label(),
        works_on: match head.works_on {
            prompts::WorksOn::Cursor => WorksOn::Cursor,
            prompts::WorksOn::Selection => WorksOn::Selection,
            prompts::WorksOn::SelectionOrText => WorksOn::SelectionOrText,
        },
        gives: gives(head.gives),
        words: head.words,
        candidates: head.candidates,
        must_say_how: head.must_say_how,
        needs_after: head.needs_after,
        needs_language: head.needs_language,
        needs_instructions: head.needs_instructions,
        variants: head.variants.iter().map(variant).collect(),
    }
}

fn gives(gives: prompts::Gives) -> Gives {
    match gives {
        prompts::Gives::Passage => Gives::Passage,
        prompts::Gives::Replacement => Gives::Replacement,
        prompts::Gives::Remark => Gives::Remark,
        prompts::Gives::Item => Gives::Item,
        prompts::Gives::List => Gives::List,
        prompts::Gives::Notes => Gives::Notes,
    }
}
