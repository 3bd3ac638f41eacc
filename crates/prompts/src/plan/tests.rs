//! Plans on a vocabulary of single bytes.

use proptest::prelude::*;

use super::*;
use crate::head::ActionKind;
use crate::item::{Item, Kind, LeftOut, Mention, SentAs, Told};
use crate::report::PartName;
use crate::testing::{Fixture, item, part, told};

const ACTIONS: [ActionKind; 9] = [
    ActionKind::Continue,
    ActionKind::Brainstorm,
    ActionKind::Rewrite,
    ActionKind::Describe,
    ActionKind::Dialogue,
    ActionKind::Bridge,
    ActionKind::Summarise,
    ActionKind::Outline,
    ActionKind::Translate,
];

fn before(text: &str) -> Ask<'_> {
    Ask { before: text, words: Some(20), ..Ask::default() }
}

#[test]
fn a_base_model_just_goes_on_from_the_text() {
    let ask = before("Once upon a time ");
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Continue, &ask, 1000).unwrap();
    assert_eq!((plan.form, text.as_str(), plan.trim_start), (Form::Completion, "Once upon a time", true));
    assert_eq!((part(&plan, PartName::Before).left_out, part(&plan, PartName::Prompt).tokens), (0, 0));
}

#[test]
fn text_on_both_sides_is_a_gap_to_fill_for_a_model_that_can() {
    let ask = Ask { after: " and fell.", ..before("He ran") };
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Continue, &ask, 1000).unwrap();
    assert_eq!(plan.form, Form::Fill);
    assert_eq!(text, "<|fim_prefix|>He ran<|fim_suffix|> and fell.<|fim_middle|>");
}

#[test]
fn what_a_model_cannot_see_is_said() {
    let ask = Ask { after: " and fell.", ..before("He ran") };
    let (plan, text) = Fixture::new(false, false).plan(ActionKind::Continue, &ask, 1000).unwrap();
    assert_eq!(text, "He ran");
    let after = part(&plan, PartName::After);
    assert_eq!((after.tokens, after.left_out), (0, 10));
    assert!(after.reason.contains("does not use"), "{}", after.reason);
}

#[test]
fn a_chat_model_goes_on_in_the_middle_of_the_authors_sentence() {
    let ask = before("The first paragraph.\n\nThe second breaks off in the");
    let (plan, text) = Fixture::new(true, true).plan(ActionKind::Continue, &ask, 4000).unwrap();
    assert_eq!(plan.form, Form::Chat);
    assert!(text.contains("The text so far:\nThe first paragraph."), "{text}");
    assert!(text.ends_with("<|im_start|>assistant\nThe second breaks off in the"), "{text}");
    assert!(!plan.trim_start);
}

#[test]
fn a_writers_control_tokens_stay_text_in_every_form() {
    let ask = Ask { after: " <|endoftext|>", ..before("He wrote <|im_end|> and <|fim_middle|>") };
    for fixture in Fixture::all() {
        let (plan, _) = fixture.plan(ActionKind::Continue, &ask, 4000).unwrap();
        let ends = plan.tokens.iter().filter(|&&t| t == 258).count();
        assert_eq!(ends, if plan.form == Form::Chat { 2 } else { 0 }, "only the template's own");
        assert!(!plan.tokens.contains(&256));
    }
}

#[test]
fn a_blank_page_has_something_to_go_on_from() {
    for fixture in Fixture::all() {
        let (plan, text) = fixture.plan(ActionKind::Brainstorm, &before(""), 2000).unwrap();
        assert!(!plan.tokens.is_empty() && plan.trim_start);
        assert_eq!(text.contains("first sentence or two"), plan.form == Form::Chat, "{text}");
    }
}

#[test]
fn a_rewrite_asks_with_variant_and_instruction_or_fills_the_gap() {
    let ask = Ask {
        before: "A.",
        selection: "B was there.",
        after: " C.",
        instruction: "no adverbs.",
        variant: Some("shorter"),
        ..Ask::default()
    };
    let (_, text) = Fixture::new(true, true).plan(ActionKind::Rewrite, &ask, 4000).unwrap();
    assert!(text.contains("Make it shorter") && text.contains("The author asks: no adverbs. Keep"), "{text}");
    assert!(text.contains("Passage:\n\nB was there.\n\nAnswer with"), "{text}");
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Rewrite, &ask, 1000).unwrap();
    assert_eq!(plan.form, Form::Fill);
    assert!(text.ends_with("A.<|fim_suffix|> C.<|fim_middle|>"), "{text}");
    assert!(part(&plan, PartName::Selection).reason.contains("fills the gap"));
    let alone = Ask { before: "", after: "", ..ask };
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Rewrite, &alone, 1000).unwrap();
    assert!(plan.form == Form::Completion && text.contains("B was there."), "{text}");
    let (_, text) = Fixture::new(false, false).plan(ActionKind::Rewrite, &ask, 1000).unwrap();
    assert!(text.contains("B was there.") && text.ends_with("rewritten: shorter, no adverbs]"), "{text}");
}

#[test]
fn a_variant_says_how_long_how_many_and_what_for() {
    let fixture = Fixture::new(true, true);
    let of = |action, variant, selection| {
        let ask = Ask { before: "He ran.", selection, variant: Some(variant), ..Ask::default() };
        fixture.plan(action, &ask, 6000).unwrap().0
    };
    let passage = "one two three four five six seven eight nine ten";
    assert_eq!(of(ActionKind::Rewrite, "shorter", passage).words, 6);
    assert_eq!(of(ActionKind::Rewrite, "longer", passage).words, 16);
    let names = of(ActionKind::Brainstorm, "names", "");
    assert_eq!((names.candidates, names.end, names.variant.as_deref()), (8, End::Item, Some("names")));
    let error = fixture.plan(
        ActionKind::Rewrite,
        &Ask { selection: "x", variant: Some("louder"), ..Ask::default() },
        6000,
    );
    assert!(error.unwrap_err().to_string().contains("shorter, longer"));
}

#[test]
fn what_a_base_model_does_not_heed_is_told() {
    let ask = Ask { variant: Some("turn"), ..before("He ran.") };
    let (plan, _) = Fixture::new(false, false).plan(ActionKind::Continue, &ask, 1000).unwrap();
    let asked = part(&plan, PartName::Instruction);
    assert!(asked.left_out > 0 && asked.reason.contains("follows no instructions"), "{asked:?}");
    let (plan, _) = Fixture::new(true, false).plan(ActionKind::Continue, &ask, 4000).unwrap();
    assert_eq!(part(&plan, PartName::Instruction).left_out, 0);
}

#[test]
fn dialogue_begins_with_the_texts_own_quotation_marks() {
    let ask = Ask { after: "\n\nShe left.", ..before("»Geh«, sagte er. »Sofort.«") };
    let (plan, text) = Fixture::new(false, true).plan(ActionKind::Dialogue, &ask, 1000).unwrap();
    assert!(text.ends_with("<|fim_middle|>\n\n»") && plan.lead == "\n\n»", "{text}");
    let (plan, text) =
        Fixture::new(false, false).plan(ActionKind::Dialogue, &before("“No.”\n\n"), 1000).unwrap();
    assert!(text.ends_with("“No.”\n\n“") && plan.lead == "“", "{text}");
    assert!(!plan.trim_start);
    let (plan, _) = Fixture::new(true, true).plan(ActionKind::Dialogue, &ask, 4000).unwrap();
    assert_eq!(plan.lead, "");
}

#[test]
fn a_selection_that_cannot_fit_is_refused_with_the_figures() {
    let selection = "word ".repeat(400);
    let ask = Ask { selection: &selection, instruction: "shorter", ..Ask::default() };
    let error = Fixture::new(true, true).plan(ActionKind::Rewrite, &ask, 1000).unwrap_err().to_string();
    assert!(error.contains("tokens") && error.contains("select less"), "{error}");
}

#[test]
fn a_text_that_is_summed_up_may_lose_its_beginning_and_the_report_says_so() {
    let text = "A sentence of words. ".repeat(200);
    let (plan, sent) = Fixture::new(false, false).plan(ActionKind::Summarise, &before(&text), 600).unwrap();
    let selection = part(&plan, PartName::Selection);
    assert!(selection.left_out > 3000 && selection.reason.contains("beginning"), "{selection:?}");
    assert!(sent.starts_with("A sentence of words. A"), "{sent}");
}

#[test]
fn a_long_text_loses_its_beginning_and_the_report_says_so() {
    let text = "A sentence of words. ".repeat(200);
    let (plan, sent) = Fixture::new(false, false).plan(ActionKind::Continue, &before(&text), 500).unwrap();
    let part = part(&plan, PartName::Before);
    assert!(sent.starts_with("A sentence"), "{sent}");
    assert!(text.trim_end().ends_with(&sent));
    assert_eq!(part.tokens + part.left_out, text.trim_end().len());
    assert!(part.reason.contains("beginning is left out"));
}

#[test]
fn an_answer_in_a_form_is_a_section_of_its_prompt() {
    let file = "+++\nname = \"Check\"\naction = \"summarise\"\nversion = 1\npurpose = \"p\"\nworks_on = \"selection_or_text\"\n\
        gives = \"remark\"\ncandidates = 1\n[sampling]\n+++\n# User\n{{ selection }}\n# Completion\n{{ selection }}\n\
        # Schema\n{\"type\": \"array\"}";
    let prompt = Prompt::parse("check.md", file).unwrap();
    let fixture = Fixture::new(true, true);
    let plan = plan(&prompt, &fixture.target(1000), &before("He ran."), &Context::default()).unwrap();
    assert_eq!((plan.schema.as_deref(), plan.end), (Some("{\"type\": \"array\"}"), End::Never));
}

/// Some of everything that a project tells.
fn project(text: &str) -> Context {
    let place = |name: &str| {
        let found = text
            .match_indices(name)
            .map(|(at, _)| Mention { name: name.into(), at: Some(at..at + name.len()) });
        Told::Named(found.collect())
    };
    Context {
        items: vec![
            told("synopsis", Kind::Synopsis, "The Lamp", "A lighthouse goes dark and nobody comes.", ""),
            told("note", Kind::Note, "", "No magic.", ""),
            told("style:1", Kind::Style, "Mine", "Short. Dry. Like this.", ""),
            told("summary:1", Kind::Summary, "Dark days", "The keeper falls ill.", ""),
            told("summary:2", Kind::Summary, "The boat", "A boat comes ashore.", ""),
            told(
                "lore:1",
                Kind::Lore,
                "The lamp",
                "It burns oil and needs winding every four hours.",
                "burns oil",
            ),
            Item {
                told: place("Ada"),
                ..told("lore:2", Kind::Lore, "Ada", "The keeper's daughter, sixteen, proud.", "the daughter")
            },
            Item { told: place("Zoe"), ..told("lore:3", Kind::Lore, "Zoe", "A ship.", "") },
            Item {
                told: Told::Not(LeftOut::Stale),
                stale: true,
                ..told("summary:3", Kind::Summary, "Old", "Untrue.", "")
            },
            told("previous:4", Kind::Previous, "The boat", "She closed the box.", ""),
        ],
        ..Context::default()
    }
}

#[test]
fn what_a_project_tells_goes_in_and_what_does_not_is_told_with_the_reason() {
    let text = "Ada went down. The sea was loud.";
    for fixture in Fixture::all() {
        let (plan, sent) =
            fixture.plan_with(ActionKind::Continue, &before(text), &project(text), 4000).unwrap();
        for said in
            ["goes dark", "No magic.", "Like this.", "falls ill", "winding", "proud", "closed the box"]
        {
            assert!(sent.contains(said), "{said}: {sent}");
        }
        assert!(!sent.contains("A ship") && !sent.contains("Untrue"), "{sent}");
        assert_eq!(
            (item(&plan, "lore:2").named.as_deref(), item(&plan, "lore:2").sent),
            (Some("Ada"), Some(SentAs::Long))
        );
        assert_eq!(item(&plan, "lore:3").why, Some(LeftOut::NotNamed));
        assert_eq!(
            (item(&plan, "lore:3").sent, item(&plan, "lore:3").left_out),
            (None, "Zoe: A ship.".len())
        );
        assert_eq!(
            (item(&plan, "summary:3").why, item(&plan, "summary:3").stale),
            (Some(LeftOut::Stale), true)
        );
        let orders: Vec<_> = plan.report.items.iter().map(|item| item.order).collect();
        assert_eq!(orders, [(1..=8).map(Some).collect(), vec![None; 2]].concat());
        // What is said first in the report stands first in the prompt.
        let places: Vec<_> = plan.report.items[..8]
            .iter()
            .map(|i| {
                let long = &project(text).items.iter().find(|item| item.id == i.id).unwrap().long.clone();
                sent.find(long.as_str()).unwrap()
            })
            .collect();
        assert!(places.is_sorted(), "{:?}: {places:?}", plan.form);
    }
}

#[test]
fn the_writer_switches_things_off_and_on() {
    let text = "Ada went down.";
    let switched = Context {
        off: vec!["note".into(), "lore:2".into()],
        on: vec!["lore:3".into(), "summary:3".into(), "note".into()],
        ..project(text)
    };
    for fixture in Fixture::all() {
        let (plan, sent) = fixture.plan_with(ActionKind::Continue, &before(text), &switched, 4000).unwrap();
        assert!(!sent.contains("No magic") && !sent.contains("proud"), "{sent}");
        assert!(sent.contains("A ship") && sent.contains("Untrue"), "{sent}");
        assert_eq!(
            (item(&plan, "note").why, item(&plan, "note").switched),
            (Some(LeftOut::SwitchedOff), Some(false))
        );
        assert_eq!(item(&plan, "lore:3").switched, Some(true));
    }
}

#[test]
fn where_there_is_little_room_short_forms_go_in_and_the_story_keeps_its_share() {
    let text = "Ada went on, and on. ".repeat(100);
    let fixture = Fixture::new(false, true);
    let mut shorts = 0;
    for context in (200..900).step_by(50) {
        let (plan, sent) =
            fixture.plan_with(ActionKind::Continue, &before(&text), &project(&text), context).unwrap();
        let room = context - plan.report.reserved;
        let story = part(&plan, PartName::Before).tokens;
        // Its share, less what is lost by cutting in steps and at sentences.
        assert!(story * 10 >= room * 4, "{story} of {room}");
        assert!(plan.tokens.len() <= room);
        if item(&plan, "lore:2").sent == Some(SentAs::Short) {
            shorts += 1;
            assert!(
                sent.contains("[Ada: the daughter]") && item(&plan, "lore:2").reason().contains("short form")
            );
        }
    }
    assert!(shorts > 0);
}

#[test]
fn what_is_too_large_for_a_model_is_told_so() {
    let long = "A very long note. ".repeat(300);
    let told = Context { items: vec![told("note", Kind::Note, "", &long, "")], ..Context::default() };
    let (plan, sent) =
        Fixture::new(false, false).plan_with(ActionKind::Continue, &before("He ran."), &told, 1000).unwrap();
    assert_eq!(item(&plan, "note").why, Some(LeftOut::ModelTooSmall));
    assert!(!sent.contains("A very long note"));
}

#[test]
fn names_count_in_all_of_the_text_that_goes_in_and_nowhere_else() {
    // Named once, long ago, and then never again.
    let text = |n: usize| format!("Ada came. {}", "The rain fell on and on. ".repeat(n));
    for fixture in Fixture::all() {
        let of = |n: usize| {
            let text = text(n);
            let (plan, sent) =
                fixture.plan_with(ActionKind::Continue, &before(&text), &project(&text), 6000).unwrap();
            (item(&plan, "lore:2").sent.is_some(), sent.contains("Ada came."))
        };
        for n in [0, 20, 60, 120, 200, 300] {
            let (lore, story) = of(n);
            assert_eq!(lore, story, "{n}");
        }
        assert_eq!((of(0), of(300)), ((true, true), (false, false)));
    }
}

/// Tokens that two prompts begin with alike.
fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

#[test]
fn writing_on_leaves_what_was_read_as_it_is() {
    let words = |n: usize| {
        (0..n).map(|i| format!("word{i}{} ", if i % 9 == 8 { "." } else { "" })).collect::<String>()
    };
    for fixture in Fixture::all() {
        // A text that fits, and one whose beginning is left out.
        for (context, first, rereads) in [(20_000, 200, 0), (4_000, 1_000, 3)] {
            let plan_of = |n: usize| {
                let text = words(n);
                let ask = Ask { after: "What comes later.", ..before(&text) };
                fixture.plan_with(ActionKind::Continue, &ask, &project(&text), context).unwrap().0.tokens
            };
            let (mut last, mut read_again) = (plan_of(first), 0);
            // Fifty times a word of some nine tokens: a sixth of the text that the model sees.
            for n in first + 1..=first + 50 {
                let next = plan_of(n);
                // After the text stand the ask, the model's markup, the words that the answer goes on from, and what comes
                // later where a gap is to be filled.
                read_again += usize::from(shared(&last, &next) + 260 + 60 * 9 < last.len());
                last = next;
            }
            assert!(read_again <= rereads, "{context}: read again {read_again} times");
        }
    }
}

#[test]
fn a_new_name_is_told_without_reading_the_story_again() {
    let start = "The sea was loud. ".repeat(150);
    for fixture in Fixture::all() {
        let plan_of = |text: &str| {
            let (plan, sent) =
                fixture.plan_with(ActionKind::Continue, &before(text), &project(text), 20_000).unwrap();
            (plan, sent)
        };
        let (first, _) = plan_of(&format!("{start}\n\nShe saw"));
        let (named, sent) = plan_of(&format!("{start}\n\nShe saw the Zoe come"));
        assert!(sent.contains("A ship."));
        let kept = shared(&first.tokens, &named.tokens);
        assert!(kept >= start.len(), "{:?}: {kept} of {}", first.form, first.tokens.len());
        // Written on, it goes where the others are, once.
        let texts: Vec<String> = (0..60)
            .map(|n| {
                format!("{start}\n\nShe saw the Zoe come. {}", "It came nearer all the time. ".repeat(n))
            })
            .collect();
        let plans: Vec<Plan> = texts.iter().map(|text| plan_of(text).0).collect();
        let moved = plans.windows(2).filter(|w| shared(&w[0].tokens, &w[1].tokens) < start.len()).count();
        assert_eq!(moved, 1, "{:?}", first.form);
    }
}

#[test]
fn another_action_at_the_same_place_finds_most_of_it_read() {
    let text = "The sea was loud, and Ada said so. ".repeat(80) + "\n\nThen the lamp went out.";
    let fixture = Fixture::new(true, true);
    let tokens =
        |action| fixture.plan_with(action, &before(&text), &project(&text), 20_000).unwrap().0.tokens;
    let first = tokens(ActionKind::Continue);
    for action in [ActionKind::Brainstorm, ActionKind::Describe, ActionKind::Dialogue, ActionKind::Outline] {
        assert!(shared(&first, &tokens(action)) > 80 * 35, "{action:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_plan_fits_and_every_token_has_its_place(
        before in "[a-zé. \n]{0,600}", selection in "[a-z ]{0,40}[a-z]", after in "[a-zé. \n]{0,600}[a-z]",
        named in any::<bool>(), model in 0usize..3, context in 1500usize..4000,
        long in 0usize..60, off in 0usize..10, on in 0usize..10, instruction in "[a-z ]{0,20}",
    ) {
        let text = [if named { "Ada. " } else { "" }, &before].concat();
        let mut told = project(&text);
        told.items[6].long = "She is proud. ".repeat(long);
        (told.off, told.on) = (vec![told.items[off].id.clone()], vec![told.items[on].id.clone()]);
        let fixture = &Fixture::all()[model];
        let ask = Ask {
            before: &text, selection: &selection, after: &after, instruction: &instruction, into: "de",
            words: Some(20), ..Ask::default()
        };
        for action in ACTIONS {
            let ask = Ask { variant: (action == ActionKind::Rewrite).then_some("livelier"), ..ask };
            let (plan, sent) = fixture.plan_with(action, &ask, &told, context).unwrap();
            prop_assert!(plan.tokens.len() + plan.max_tokens <= context);
            let report = &plan.report;
            prop_assert_eq!(report.used, plan.tokens.len());
            let parts: usize = report.parts.iter().map(|part| part.tokens).sum();
            let items: usize = report.items.iter().map(|item| item.tokens).sum();
            prop_assert_eq!(parts + items, report.used);
            prop_assert_eq!(report.items.len(), told.items.iter().filter(|item| !item.long.is_empty() || !item.short.is_empty()).count());
            for item in &report.items {
                // What is off is not there, what is not there has its reason, and so has what is not all there.
                prop_assert!(item.id != told.off[0] || item.sent.is_none() && item.why == Some(LeftOut::SwitchedOff));
                prop_assert_eq!(item.why.is_none(), item.sent == Some(SentAs::Long));
                prop_assert_eq!(item.left_out > 0, item.sent != Some(SentAs::Long), "{:?}", item);
                prop_assert_eq!(item.reason().is_empty(), item.why.is_none());
            }
            for part in &report.parts {
                prop_assert_eq!(part.left_out > 0, !part.reason.is_empty(), "{:?}", part);
            }
            if told.off[0] == "note" {
                prop_assert!(!sent.contains("No magic"));
            }
        }
    }
}

#[test]
fn a_prompt_can_have_a_conversation_before_what_is_asked() {
    let file = "+++\nname = \"Test\"\naction = \"continue\"\nversion = 1\npurpose = \"to test\"\nworks_on = \"cursor\"\n\
        gives = \"passage\"\ncandidates = 1\n[sampling]\n[[examples]]\nuser = \"1\"\nanswer = \"2\"\n+++\n\
        # User\nTo {{ story }}\n# Assistant\n{{ instruction }}\n# User\nGo on\n# Answer\n{{ opening }}\n# Completion\nx";
    let prompt = Prompt::parse("test.md", file).unwrap();
    let fixture = Fixture::new(true, false);
    let text = |instruction| {
        let ask = Ask { instruction, ..before("A.\n\nHe ran") };
        let plan = plan(&prompt, &fixture.target(1000), &ask, &Context::default()).unwrap();
        // The texts of turns are in the account, too.
        assert_eq!(part(&plan, PartName::Before).left_out, 0);
        plan.text(&fixture.tokenizer)
    };
    let turn = |role: &str, said: &str| format!("<|im_start|>{role}\n{said}<|im_end|>\n");
    let end = "<|im_start|>assistant\nHe ran";
    let asked = [turn("user", "1"), turn("assistant", "2"), turn("user", "To A."), turn("assistant", "Well")];
    assert_eq!(text("Well."), asked.concat() + &turn("user", "Go on") + end);
    // A turn with nothing in it is none, and two of one role are one.
    let asked = [turn("user", "1"), turn("assistant", "2"), turn("user", "To A.\n\nGo on")];
    assert_eq!(text(""), asked.concat() + end);
}
