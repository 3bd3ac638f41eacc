//! Models for tests: a small vocabulary of single bytes, one token a byte, so that budgets can be counted by hand.

use foolscap_engine::chat::ChatTemplate;
use foolscap_engine::gguf::Writer;
use foolscap_engine::{Gguf, Tokenizer};

use crate::error::Result;
use crate::head::ActionKind;
use crate::item::{Context, Item, ItemReport, Kind, Told};
use crate::library::built_in;
use crate::place::Ask;
use crate::plan::{Plan, Target, plan};
use crate::report::{Part, PartName};

const CHATML: &str = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

pub(crate) struct Fixture {
    pub tokenizer: Tokenizer,
    template: Option<ChatTemplate>,
}

impl Fixture {
    pub fn new(chat: bool, fim: bool) -> Self {
        let visible = |b: &u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
        let letter = |b: u8| match visible(&b) {
            true => char::from(b),
            false => char::from_u32(0x100 + (0..b).filter(|b| !visible(b)).count() as u32).unwrap(),
        };
        let mut tokens: Vec<String> = (0..=255u8).map(|b| letter(b).to_string()).collect();
        let mut control = vec!["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
        if fim {
            control.extend(["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"]);
        }
        tokens.extend(control.iter().map(|t| t.to_string()));
        let kinds: Vec<i32> = (0..tokens.len()).map(|i| if i < 256 { 1 } else { 3 }).collect();
        let mut w = Writer::new("llama");
        w.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
        w.strings("tokenizer.ggml.tokens", &tokens).integers("tokenizer.ggml.token_type", &kinds);
        w.strings::<&str>("tokenizer.ggml.merges", &[]).integer("tokenizer.ggml.eos_token_id", 256);
        if chat {
            w.text("tokenizer.chat_template", CHATML);
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("vocab.gguf");
        w.write(&path).unwrap();
        let gguf = Gguf::open(&path).unwrap();
        let tokenizer = Tokenizer::from_metadata(gguf.metadata()).unwrap();
        let template = ChatTemplate::from_metadata(gguf.metadata(), &tokenizer).unwrap();
        Self { tokenizer, template }
    }

    /// One that follows instructions, one that fills gaps, one that only carries texts on.
    pub fn all() -> [Self; 3] {
        [Self::new(true, true), Self::new(false, true), Self::new(false, false)]
    }

    pub fn target(&self, context: usize) -> Target<'_> {
        Target { tokenizer: &self.tokenizer, template: self.template.as_ref(), context }
    }

    /// The plan, with its tokens as text; control tokens show as their names.
    pub fn plan(&self, action: ActionKind, ask: &Ask<'_>, context: usize) -> Result<(Plan, String)> {
        self.plan_with(action, ask, &Context::default(), context)
    }

    /// The same with what a project tells.
    pub fn plan_with(
        &self,
        action: ActionKind,
        ask: &Ask<'_>,
        told: &Context,
        context: usize,
    ) -> Result<(Plan, String)> {
        let plan = plan(built_in(action)?, &self.target(context), ask, told)?;
        let text = plan.text(&self.tokenizer);
        Ok((plan, text))
    }
}

pub(crate) fn tokenizer() -> Tokenizer {
    Fixture::new(false, false).tokenizer
}

pub(crate) fn part(plan: &Plan, name: PartName) -> Part {
    plan.report.parts.iter().find(|p| p.name == name).unwrap().clone()
}

pub(crate) fn item(plan: &Plan, id: &str) -> ItemReport {
    plan.report.items.iter().find(|i| i.id == id).unwrap().clone()
}

/// An item that is always told.
pub(crate) fn told(id: &str, kind: Kind, title: &str, long: &str, short: &str) -> Item {
    Item {
        id: id.into(),
        kind,
        title: title.into(),
        long: long.into(),
        short: short.into(),
        told: Told::Always,
        stale: false,
    }
}
