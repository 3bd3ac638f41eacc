//! A plan's report as shells hear it.

use foolscap_prompts::{self as prompts, Form, ItemReport, PartName, Plan};

use crate::api::{ContextItem, ContextKind, ContextPart, ContextReport, LeftOut, PromptForm, SentAs};

pub(super) fn report(plan: &Plan) -> ContextReport {
    let report = &plan.report;
    let part = |part: &prompts::Part| ContextPart {
        name: match part.name {
            PartName::Prompt => "prompt",
            PartName::Before => "before",
            PartName::Selection => "selection",
            PartName::After => "after",
            PartName::Instruction => "instruction",
        }
        .into(),
        tokens: part.tokens as u32,
        left_out: part.left_out as u32,
        reason: part.reason.clone(),
        behind: part.behind as u32,
    };
    ContextReport {
        form: match plan.form {
            Form::Chat => PromptForm::Chat,
            Form::Fill => PromptForm::Fill,
            Form::Completion => PromptForm::Completion,
        },
        used: report.used as u32,
        limit: report.limit as u32,
        reserved: report.reserved as u32,
        parts: report.parts.iter().map(part).collect(),
        items: report.items.iter().map(item).collect(),
    }
}

fn item(item: &ItemReport) -> ContextItem {
    ContextItem {
        id: item.id.clone(),
        kind: match item.kind {
            prompts::Kind::Synopsis => ContextKind::Synopsis,
            prompts::Kind::Note => ContextKind::Note,
            prompts::Kind::Style => ContextKind::Style,
            prompts::Kind::Summary => ContextKind::Summary,
            prompts::Kind::Lore => ContextKind::Lore,
            prompts::Kind::Previous => ContextKind::Previous,
        },
        title: item.title.clone(),
        order: item.order.map(|order| order as u32),
        sent: item.sent.map(|sent| match sent {
            prompts::SentAs::Long => SentAs::Long,
            prompts::SentAs::Short => SentAs::Short,
            prompts::SentAs::Cut => SentAs::Cut,
        }),
        tokens: item.tokens as u32,
        left_out: item.left_out as u32,
        why: item.why.map(why),
        reason: item.reason(),
        named: item.named.clone(),
        stale: item.stale,
        switched: item.switched,
    }
}

fn why(why: prompts::LeftOut) -> LeftOut {
    match why {
        prompts::LeftOut::SwitchedOff => LeftOut::SwitchedOff,
        prompts::LeftOut::NoRoom => LeftOut::NoRoom,
        prompts::LeftOut::ModelTooSmall => LeftOut::ModelTooSmall,
        prompts::LeftOut::NotUsed => LeftOut::NotUsed,
        prompts::LeftOut::NotNamed => LeftOut::NotNamed,
        prompts::LeftOut::OtherChapters => LeftOut::OtherChapters,
        prompts::LeftOut::Never => LeftOut::Never,
        prompts::LeftOut::Stale => LeftOut::Stale,
        prompts::LeftOut::FarFromStart => LeftOut::FarFromStart,
    }
}
