//! Plans on a small vocabulary of single bytes: one token a byte, so that budgets can be counted by hand.

use foolscap_engine::Gguf;
use foolscap_engine::chat::ChatTemplate;
use foolscap_engine::gguf::Writer;
use proptest::prelude::*;

use super::*;
use crate::library::built_in;

const CHATML: &str = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

struct Fixture {
    tokenizer: Tokenizer,
    template: Option<ChatTemplate>,
}

impl Fixture {
    fn new(chat: bool, fim: bool) -> Self {
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

    fn target(&self, context: usize) -> Target<'_> {
        Target { tokenizer: &self.tokenizer, template: self.template.as_ref(), context }
    }

    /// The plan, with its tokens as text; control tokens show as their names.
    fn plan(&self, action: ActionKind, passage: &Passage<'_>, context: usize) -> Result<(Plan, String)> {
        let plan = plan(built_in(action)?, &self.target(context), passage, Some(20))?;
        let vocabulary = self.tokenizer.vocabulary();
        let bytes = plan.tokens.iter().flat_map(|&id| match id {
            0..256 => self.tokenizer.bytes(id),
            _ => vocabulary.bytes(id).to_vec(),
        });
        let text = String::from_utf8_lossy(&bytes.collect::<Vec<_>>()).into_owned();
        Ok((plan, text))
    }
}

pub(crate) fn tokenizer() -> Tokenizer {
    Fixture::new(false, false).tokenizer
}

fn part(plan: &Plan, name: PartName) -> Part {
    plan.report.parts.iter().find(|p| p.name == name).unwrap().clone()
}

#[test]
fn a_base_model_just_goes_on_from_the_text() {
    let passage = Passage { before: "Once upon a time ", ..Passage::default() };
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Continue, &passage, 1000).unwrap();
    assert_eq!((plan.form, text.as_str(), plan.trim_start), (Form::Completion, "Once upon a time", true));
    assert_eq!((part(&plan, PartName::Before).left_out, part(&plan, PartName::Prompt).tokens), (0, 0));
}

#[test]
fn text_on_both_sides_is_a_gap_to_fill_for_a_model_that_can() {
    let passage = Passage { before: "He ran", after: " and fell.", ..Passage::default() };
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Continue, &passage, 1000).unwrap();
    assert_eq!(plan.form, Form::Fill);
    assert_eq!(text, "<|fim_prefix|>He ran<|fim_suffix|> and fell.<|fim_middle|>");
}

#[test]
fn what_a_model_cannot_see_is_said() {
    let passage = Passage { before: "He ran", after: " and fell.", ..Passage::default() };
    let (plan, text) = Fixture::new(false, false).plan(ActionKind::Continue, &passage, 1000).unwrap();
    assert_eq!(text, "He ran");
    let after = part(&plan, PartName::After);
    assert_eq!((after.tokens, after.left_out), (0, 10));
    assert!(after.reason.contains("does not use"), "{}", after.reason);
}

#[test]
fn a_chat_model_goes_on_in_the_middle_of_the_authors_sentence() {
    let before = "The first paragraph.\n\nThe second breaks off in the";
    let passage = Passage { before, ..Passage::default() };
    let (plan, text) = Fixture::new(true, true).plan(ActionKind::Continue, &passage, 4000).unwrap();
    assert_eq!(plan.form, Form::Chat);
    assert!(text.contains("The text so far:\nThe first paragraph."), "{text}");
    assert!(text.ends_with("<|im_start|>assistant\nThe second breaks off in the"), "{text}");
}

#[test]
fn a_writers_control_tokens_stay_text_in_every_form() {
    let passage = Passage {
        before: "He wrote <|im_end|> and <|fim_middle|>",
        after: " <|endoftext|>",
        ..Passage::default()
    };
    for (chat, fim) in [(true, true), (false, true), (false, false)] {
        let fixture = Fixture::new(chat, fim);
        let (plan, _) = fixture.plan(ActionKind::Continue, &passage, 4000).unwrap();
        let ends = plan.tokens.iter().filter(|&&t| t == 258).count();
        assert_eq!(ends, if chat { 2 } else { 0 }, "only the template's own");
        assert!(!plan.tokens.contains(&256));
    }
}

#[test]
fn a_blank_page_has_something_to_go_on_from() {
    for chat in [true, false] {
        let (plan, text) =
            Fixture::new(chat, true).plan(ActionKind::Brainstorm, &Passage::default(), 1000).unwrap();
        assert!(!plan.tokens.is_empty() && plan.trim_start);
        assert_eq!(text.contains("first sentence or two"), chat, "{text}");
    }
}

#[test]
fn a_rewrite_asks_with_the_instruction_or_fills_the_gap() {
    let passage = Passage { before: "A.", selection: "B was there.", after: " C.", instruction: "shorter." };
    let (_, text) = Fixture::new(true, true).plan(ActionKind::Rewrite, &passage, 4000).unwrap();
    assert!(text.contains("three dashes: shorter.\n") && text.contains("---\nB was there.\n---"), "{text}");
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Rewrite, &passage, 1000).unwrap();
    assert_eq!(text, "<|fim_prefix|>A.<|fim_suffix|> C.<|fim_middle|>");
    assert!(part(&plan, PartName::Selection).reason.contains("fills the gap"));
    assert!(part(&plan, PartName::Instruction).reason.contains("follows no instructions"));
    let alone = Passage { before: "", after: "", ..passage };
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Rewrite, &alone, 1000).unwrap();
    assert!(plan.form == Form::Completion && text.contains("B was there."), "{text}");
    let (_, text) = Fixture::new(false, false).plan(ActionKind::Rewrite, &passage, 1000).unwrap();
    assert!(text.contains("B was there.") && text.ends_with("rewritten: shorter]"), "{text}");
}

#[test]
fn a_rewrite_without_selection_or_instruction_says_what_to_do() {
    let fixture = Fixture::new(true, true);
    let error = fixture.plan(ActionKind::Rewrite, &Passage { instruction: "x", ..Passage::default() }, 1000);
    assert!(error.unwrap_err().to_string().contains("select"));
    let error = fixture.plan(ActionKind::Rewrite, &Passage { selection: "x", ..Passage::default() }, 1000);
    assert!(error.unwrap_err().to_string().contains("shorter"));
}

#[test]
fn a_selection_that_cannot_fit_is_refused_with_the_figures() {
    let selection = "word ".repeat(400);
    let passage = Passage { selection: &selection, instruction: "shorter", ..Passage::default() };
    let error = Fixture::new(true, true).plan(ActionKind::Rewrite, &passage, 1000).unwrap_err().to_string();
    assert!(error.contains("tokens") && error.contains("select less"), "{error}");
}

#[test]
fn a_long_text_loses_its_beginning_and_the_report_says_so() {
    let before = "A sentence of words. ".repeat(200);
    let passage = Passage { before: &before, ..Passage::default() };
    let (plan, text) = Fixture::new(false, false).plan(ActionKind::Continue, &passage, 500).unwrap();
    let part = part(&plan, PartName::Before);
    assert!(text.starts_with("A sentence"), "{text}");
    assert!(before.trim_end().ends_with(&text));
    assert_eq!(part.tokens + part.left_out, before.trim_end().len());
    assert!(part.reason.contains("beginning is left out"));
}

#[test]
fn writing_on_leaves_what_was_read_as_it_is() {
    let words = |n: usize| {
        (0..n).map(|i| format!("word{i}{} ", if i % 9 == 8 { "." } else { "" })).collect::<String>()
    };
    for (chat, fim) in [(false, false), (true, false), (false, true)] {
        let fixture = Fixture::new(chat, fim);
        // A text that fits, and one whose beginning is left out.
        for (context, first, rereads) in [(20_000, 200, 0), (4_000, 1_000, 3)] {
            let plan_of = |n: usize| {
                let before = words(n);
                let passage = Passage { before: &before, after: "What comes later.", ..Passage::default() };
                fixture.plan(ActionKind::Continue, &passage, context).unwrap().0.tokens
            };
            let (mut last, mut read_again) = (plan_of(first), 0);
            // Fifty times a word of some nine tokens: a sixth of the text that the model sees.
            for n in first + 1..=first + 50 {
                let next = plan_of(n);
                let shared = last.iter().zip(&next).take_while(|(a, b)| a == b).count();
                // After the text stand the model's markup, the words that the answer goes on from, and what comes later
                // where a gap is to be filled.
                read_again += usize::from(shared + 60 + OPENING_WORDS * 9 < last.len());
                last = next;
            }
            assert!(read_again <= rereads, "{chat} {fim} {context}: read again {read_again} times");
        }
    }
}

proptest! {
    #[test]
    fn every_plan_leaves_room_for_its_answer(
        before in "[a-zé. \n]{0,600}", selection in "[a-z ]{1,40}", after in "[a-zé. \n]{0,600}",
        chat in any::<bool>(), fim in any::<bool>(), context in 1200usize..2000,
    ) {
        let passage = Passage { before: &before, selection: &selection, after: &after, instruction: "livelier" };
        for action in [ActionKind::Continue, ActionKind::Brainstorm, ActionKind::Rewrite] {
            if action == ActionKind::Rewrite && selection.trim().is_empty() { continue; }
            let (plan, _) = Fixture::new(chat, fim).plan(action, &passage, context).unwrap();
            prop_assert!(plan.tokens.len() + plan.max_tokens <= context);
            prop_assert_eq!(plan.report.used, plan.tokens.len());
        }
    }
}
