use super::*;
use crate::testing::Temporary;
use crate::{Block, Inline, Marks, NewSuggestion, Paragraph};

/// A paragraph of pieces, each the author's own or of a candidate.
fn page(pieces: &[(&str, Option<u32>)]) -> Document {
    let inline = |(text, candidate): &(&str, Option<u32>)| Inline::Text {
        text: (*text).to_owned(),
        marks: Marks {
            machine: candidate.map(|candidate| Machine { request: "r".to_owned(), candidate }),
            ..Marks::default()
        },
    };
    let paragraph = Paragraph { content: pieces.iter().map(inline).collect() };
    Document { blocks: vec![Block::Paragraph(paragraph)] }
}

fn shares(library: &mut Temporary, pieces: &[(&str, Option<u32>)]) -> (Shares, Vec<Source>) {
    let page = page(pieces);
    let project = library.create_project("A project", &page.to_json(), &page.plain_text()).unwrap().id;
    let scene = library.scenes(project).unwrap()[0].id;
    for (candidate, text) in [(0, " then the lamp went out. It was night."), (1, "nobody came")] {
        let suggestion = NewSuggestion {
            request: "r".to_owned(),
            candidate,
            scene: Some(scene),
            action: "continue".to_owned(),
            model: "starter".to_owned(),
            model_id: "starter".to_owned(),
            prompt: "continue".to_owned(),
            prompt_version: "3".to_owned(),
            settings: "{}".to_owned(),
            seed: 1,
            text: text.to_owned(),
            place: None,
        };
        library.record_suggestion(&suggestion).unwrap();
    }
    let report = library.provenance(project).unwrap();
    let ReportItem::Scene(scene) = report.items[0].clone() else { panic!("{report:?}") };
    assert_eq!(report.words, scene.words);
    (scene.words, scene.sources)
}

fn told(library: &mut Temporary, pieces: &[(&str, Option<u32>)]) -> (u32, u32, u32) {
    let (words, _) = shares(library, pieces);
    (words.human, words.machine, words.machine_edited)
}

#[test]
fn words_are_told_by_who_wrote_them() {
    let mut library = Temporary::new();
    assert_eq!(told(&mut library, &[("It was dark.", None)]), (3, 0, 0));
    assert_eq!(
        told(&mut library, &[("It was dark,", None), (" then the lamp went out.", Some(0))]),
        (3, 5, 0)
    );
    assert_eq!(
        told(&mut library, &[("then the lamp", Some(0)), (" and ", None), ("nobody came", Some(1))]),
        (1, 5, 0)
    );
    // Taken in pieces and put elsewhere, each as it was made.
    assert_eq!(told(&mut library, &[("It was night.", Some(0))]), (0, 3, 0));
}

#[test]
fn a_changed_passage_is_told_apart_from_one_as_it_was_made() {
    let mut library = Temporary::new();
    // A word taken out, a word put in, a letter changed.
    assert_eq!(told(&mut library, &[("then the went out.", Some(0))]), (0, 0, 4));
    assert_eq!(
        told(&mut library, &[("then the ", Some(0)), ("old ", None), ("lamp went", Some(0))]),
        (1, 0, 4)
    );
    assert_eq!(told(&mut library, &[("then the lamp", Some(0)), ("s", None)]), (0, 2, 1));
}

#[test]
fn what_was_not_recorded_is_the_machine_s_still() {
    let mut library = Temporary::new();
    let (words, sources) = shares(&mut library, &[("unknown words", Some(7))]);
    assert_eq!((words.machine, sources[0].model.as_str(), sources[0].words), (2, "", 2));
    let project = library.projects().unwrap()[0].id;
    let report = library.provenance(project).unwrap();
    let ReportItem::Scene(scene) = &report.items[0] else { panic!("{report:?}") };
    assert_eq!((scene.requests[0].words, scene.requests[0].seed), (2, None));
}

#[test]
fn a_report_says_where_the_words_came_from_and_is_json() {
    let mut library = Temporary::new();
    let (_, sources) =
        shares(&mut library, &[("the lamp went", Some(0)), (" so ", None), ("nobody came", Some(1))]);
    assert_eq!(sources.len(), 1);
    assert_eq!(
        (sources[0].model.as_str(), sources[0].prompt_version.as_str(), sources[0].words),
        ("starter", "3", 5)
    );
    let project = library.projects().unwrap()[0].id;
    let json: serde_json::Value =
        serde_json::from_str(&library.provenance(project).unwrap().to_json()).unwrap();
    assert_eq!(json["words"]["machine"], 5);
    let scene = &json["items"][0]["scene"];
    assert_eq!(scene["sources"][0]["model"], "starter");
    let made: Vec<_> =
        scene["requests"].as_array().unwrap().iter().map(|r| (&r["candidate"], &r["words"])).collect();
    assert_eq!(made, [(&0.into(), &3.into()), (&1.into(), &2.into())]);
    assert_eq!(
        (&scene["requests"][0]["seed"], &scene["requests"][0]["action"]),
        (&1.into(), &"continue".into())
    );
}

#[test]
fn chapters_are_the_sum_of_their_scenes_and_unknown_pages_are_told() {
    use crate::{NewItem, NewScene};
    let mut library = Temporary::new();
    let project = library.create_project("", "", "").unwrap().id;
    let scene = |document: String| NewItem::Scene(NewScene { document, ..NewScene::default() });
    let known = page(&[("one two", None), (" three", Some(9))]).to_json();
    let items = vec![
        scene(known.clone()),
        scene(known),
        scene(r#"{"type":"doc","content":[{"type":"table"}]}"#.into()),
    ];
    let chapter = NewItem::Chapter {
        kind: ChapterKind::Chapter,
        title: "I".to_owned(),
        synopsis: String::new(),
        items,
    };
    library.add_items(project, None, &[chapter]).unwrap();
    let report = library.provenance(project).unwrap();
    let Some(ReportItem::Chapter(chapter)) = report.items.last() else { panic!("{report:?}") };
    assert_eq!(chapter.words, Shares { human: 4, machine: 2, machine_edited: 0 });
    let ReportItem::Scene(unknown) = &chapter.items[2] else { panic!("{chapter:?}") };
    assert!(unknown.unread.as_ref().unwrap().contains("table"));
}

#[test]
fn a_machine_s_name_in_a_note_counts_for_nobody() {
    let mut library = Temporary::new();
    let note = Document { blocks: vec![Block::Note(vec![Paragraph::plain("not a word")])] };
    let project = library.create_project("", &note.to_json(), "").unwrap().id;
    assert_eq!(library.provenance(project).unwrap().words, Shares::default());
}
