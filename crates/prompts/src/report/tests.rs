use crate::head::ActionKind;
use crate::item::{Context, Item, Kind, Mention, Told};
use crate::place::Ask;
use crate::plan::{Plan, plan};
use crate::prompt::Prompt;
use crate::report::PartName;
use crate::testing::{Fixture, told};

const SELECTION: &str = "He closed the lid.";
const AFTER: &str = "Then it rained.";
const ASKED: &str = "in the rain";

/// The text before the place: the name of the lore stands in its last paragraph alone.
fn before() -> String {
    format!("{}\n\nAda went down to the boats.", "Nobody was about. ".repeat(30))
}

fn project(before: &str) -> Context {
    let at = before.find("Ada").unwrap();
    let named = vec![Mention { name: "Ada".into(), at: Some(at..at + 3) }];
    Context {
        items: vec![
            told("note", Kind::Note, "", "No magic.", ""),
            told("lore:1", Kind::Lore, "The lamp", "It burns oil.", ""),
            Item {
                told: Told::Named(named),
                ..told("lore:2", Kind::Lore, "Ada", "The keeper's daughter.", "")
            },
            told("summary:1", Kind::Summary, "Dark days", "The keeper falls ill.", ""),
        ],
        ..Context::default()
    }
}

/// Where all that went in stands in what was sent, in the order the report gives it.
fn places(plan: &Plan, sent: &str, told: &Context) -> Vec<(String, usize)> {
    let report = &plan.report;
    let items = report.items.iter().filter(|item| item.sent.is_some());
    let texts = |id: &str| told.items.iter().find(|item| item.id == id).unwrap().long.clone();
    let mut rows: Vec<(String, String)> = items.map(|item| (item.id.clone(), texts(&item.id))).collect();
    let parts = report.parts.iter().filter(|part| part.name != PartName::Prompt && part.tokens > 0);
    for (already, part) in parts.enumerate() {
        let text = match part.name {
            PartName::Before => "Nobody was about.",
            PartName::Selection => SELECTION,
            PartName::After => AFTER,
            _ => ASKED,
        };
        rows.insert(part.behind + already, (format!("{:?}", part.name), text.to_owned()));
    }
    rows.into_iter().map(|(name, text)| (name, sent.find(&text).unwrap())).collect()
}

#[test]
fn the_report_has_texts_and_items_in_the_order_they_stand_in() {
    let before = before();
    let told = project(&before);
    let at_the_cursor = Ask { before: &before, after: AFTER, instruction: ASKED, ..Ask::default() };
    let selected = Ask { selection: SELECTION, ..at_the_cursor };
    for fixture in Fixture::all() {
        for (action, ask) in [
            (ActionKind::Continue, &at_the_cursor),
            (ActionKind::Brainstorm, &at_the_cursor),
            (ActionKind::Bridge, &at_the_cursor),
            (ActionKind::Rewrite, &selected),
        ] {
            let (plan, sent) = fixture.plan_with(action, ask, &told, 8000).unwrap();
            let places = places(&plan, &sent, &told);
            assert!(
                places.len() > 3 && places.is_sorted_by_key(|&(_, at)| at),
                "{action:?}: {places:?}\n{sent}"
            );
        }
    }
}

#[test]
fn a_prompt_that_shows_the_passage_before_the_lore_is_reported_so() {
    let file = "+++\nname = \"Mine\"\naction = \"continue\"\nversion = 1\npurpose = \"p\"\nworks_on = \"cursor\"\n\
        gives = \"passage\"\ncandidates = 1\nwords = 20\n[sampling]\n+++\n# User\n{{ instruction }}\n\n{{ before }}\n\n{{ lore }}\n\
        # Completion\n{{ lore }}\n\n{{ before }}";
    let prompt = Prompt::parse("mine.md", file).unwrap();
    let before = before();
    let told = project(&before);
    let ask = Ask { before: &before, instruction: ASKED, ..Ask::default() };
    let fixture = Fixture::new(true, true);
    let plan = plan(&prompt, &fixture.target(8000), &ask, &told).unwrap();
    let sent = plan.text(fixture.target(8000).tokenizer);
    let places = places(&plan, &sent, &told);
    let names: Vec<&str> = places.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Instruction", "Before", "lore:1", "lore:2"]);
    assert!(places.is_sorted_by_key(|&(_, at)| at), "{places:?}\n{sent}");
}
