//! What would be sent, as a table.

use std::fmt::Write;

use foolscap_app::api::{ContextItem, ContextPlan, PromptForm, SentAs};

/// A plan, to be read by people.
pub fn table(plan: &ContextPlan) -> String {
    let context = &plan.context;
    let form = match context.form {
        PromptForm::Chat => "as one that follows instructions",
        PromptForm::Fill => "as a gap to fill",
        PromptForm::Completion => "as a text to carry on",
    };
    let variant = plan.variant.as_ref().map_or_else(String::new, |variant| format!(" ({variant})"));
    let mut out = String::new();
    let mut line = |text: String| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{}", text.trim_end());
    };
    line(format!("{}{variant}, {} asked {form}", plan.prompt, plan.model));
    line(format!("{} candidates of about {} words", plan.candidates, plan.words));
    line(String::new());
    line(format!("{:>8}  {:<22}{}", "tokens", "what goes in", "title"));
    for part in context.parts.iter().filter(|part| part.tokens > 0) {
        let name = match part.name.as_str() {
            "prompt" => "the prompt's own words",
            "instruction" => "what is asked",
            "before" => "text before",
            "after" => "text after",
            other => other,
        };
        line(format!("{:>8}  {name}", part.tokens));
    }
    for item in context.items.iter().filter(|item| item.sent.is_some()) {
        line(row(item.tokens, item, &sent(item)));
    }
    let left: Vec<_> = context.parts.iter().filter(|part| part.left_out > 0).collect();
    let out_items: Vec<_> = context.items.iter().filter(|item| item.left_out > 0).collect();
    if !left.is_empty() || !out_items.is_empty() {
        line(String::new());
        line(format!("{:>8}  {:<22}{}", "tokens", "what is left out", "title, why"));
    }
    for part in left {
        line(format!("{:>8}  {:<22}{}", part.left_out, part.name, part.reason));
    }
    for item in out_items {
        line(row(item.left_out, item, &item.reason));
    }
    line(String::new());
    line(format!(
        "{} of {} tokens, and {} kept free for the answer",
        context.used, context.limit, context.reserved
    ));
    out.trim_end().to_owned()
}

fn row(tokens: u32, item: &ContextItem, note: &str) -> String {
    let title = if item.title.is_empty() { String::new() } else { format!("{}; ", item.title) };
    let text = format!("{title}{note}");
    format!("{tokens:>8}  {:<22}{}", item.id, text.trim_end_matches("; "))
}

fn sent(item: &ContextItem) -> String {
    let form = match item.sent {
        Some(SentAs::Short) => "in short",
        Some(SentAs::Cut) => "a part",
        _ => "",
    };
    let named = item.named.as_ref().map_or_else(String::new, |name| format!("named: {name}"));
    let stale = if item.stale { "out of date" } else { "" };
    let switched = if item.switched == Some(true) { "switched on" } else { "" };
    let notes = [form, &named, stale, switched];
    notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join(", ")
}
