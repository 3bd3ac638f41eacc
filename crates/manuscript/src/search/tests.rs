use super::*;
use crate::testing::Temporary;
use crate::{Document, NewItem, NewScene};

fn words(text: &str) -> Pattern {
    Pattern { text: text.to_owned(), ..Pattern::default() }
}

/// A project with a scene of each text.
fn project(library: &mut Temporary, texts: &[&str]) -> ProjectId {
    let project = library.create_project("A project", "", "").unwrap().id;
    let scenes = texts.iter().map(|text| {
        NewItem::Scene(NewScene {
            document: Document::from_plain_text(text).to_json(),
            text: (*text).to_owned(),
            ..NewScene::default()
        })
    });
    library.add_items(project, None, &scenes.collect::<Vec<_>>()).unwrap();
    project
}

fn replace(library: &mut Library, proposals: &[Proposal]) -> Result<Replaced, Error> {
    let chosen: Vec<Chosen> = proposals.iter().cloned().map(Chosen::from).collect();
    library.replace(&chosen)
}

fn found(library: &Library, project: ProjectId, pattern: &Pattern) -> Vec<String> {
    library.search(project, pattern).unwrap().hits.into_iter().map(|hit| hit.text).collect()
}

#[test]
fn every_place_is_found_in_the_order_it_is_read() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["# Anna\n\nAnna went. “Anna!”", "> Dear anna,\n> come."]);
    let hits = library.search(project, &words("anna")).unwrap().hits;
    assert_eq!(hits.len(), 4);
    assert_eq!((hits[0].range.block, hits[0].position.clone()), (0, 1..5));
    assert_eq!(
        (hits[2].before.as_str(), hits[2].text.as_str(), hits[2].after.as_str()),
        ("Anna went. “", "Anna", "!”")
    );
    assert!(hits[3].scene > hits[0].scene);
    let exact = Pattern { match_case: true, ..words("Anna") };
    assert_eq!(found(&library, project, &exact).len(), 3);
}

#[test]
fn whole_words_are_those_of_unicode() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["Ann, Anna and Ann's Ann—ann. Größe, groß."]);
    let whole = |text: &str| Pattern { whole_words: true, ..words(text) };
    assert_eq!(found(&library, project, &whole("ann")), ["Ann", "Ann", "ann"]);
    assert_eq!(found(&library, project, &whole("GROSS")), Vec::<String>::new());
    assert_eq!(found(&library, project, &whole("GRO")), Vec::<String>::new());
    assert_eq!(found(&library, project, &whole("größe")), ["Größe"]);
}

#[test]
fn letters_are_found_however_they_are_composed() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["caf\u{e9} cafe\u{301}", "天黑了", "ความมืด", "Ещё ТЕМНО"]);
    assert_eq!(found(&library, project, &words("CAFÉ")).len(), 2);
    assert_eq!(found(&library, project, &words("cafe\u{301}")).len(), 2);
    assert_eq!(found(&library, project, &words("黑")), ["黑"]);
    assert_eq!(found(&library, project, &words("มืด")), ["มืด"]);
    assert_eq!(found(&library, project, &words("темно")), ["ТЕМНО"]);
}

#[test]
fn typed_quotation_marks_find_the_printed_ones_in_words_alone() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["“Hello,” he didn’t say. 'No.' „Nein“"]);
    for (sought, count) in
        [("didn't", 1), ("didn’t", 1), ("\"hello", 1), ("\"nein\"", 1), ("'no", 1), ("‘no", 0)]
    {
        assert_eq!(found(&library, project, &words(sought)).len(), count, "{sought}");
    }
    // Marks alone are what somebody wants to change.
    assert_eq!(
        [found(&library, project, &words("'")).len(), found(&library, project, &words("\"")).len()],
        [2, 0]
    );
}

#[test]
fn a_pattern_that_is_none_is_refused() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["a(b"]);
    let refused =
        |pattern: Pattern| matches!(library.search(project, &pattern), Err(Error::BadPattern { .. }));
    assert!(refused(words("")));
    let torn = library.search(project, &Pattern { regex: true, ..words("a(b") }).unwrap_err();
    assert!(matches!(&torn, Error::BadPattern { reason } if reason == "unclosed group"), "{torn}");
    assert_eq!(found(&library, project, &words("a(b")), ["a(b"]);
    assert_eq!(found(&library, project, &Pattern { regex: true, ..words("x*") }), Vec::<String>::new());
}

#[test]
fn chosen_places_are_replaced_and_all_of_it_is_undone_in_one_step() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["Anna went. Anna came.", "Anna slept."]);
    let proposals = library.preview_replace(project, &words("Anna"), "Maria").unwrap();
    let chosen = [proposals[0].clone(), proposals[2].clone()];
    let replaced = replace(&mut library, &chosen).unwrap();
    assert_eq!((replaced.places, replaced.scenes.len()), (2, 2));
    let text = |library: &Library, at: usize| library.scene(chosen[at].hit.scene).unwrap().text;
    assert_eq!(
        (text(&library, 0), text(&library, 1)),
        ("Maria went. Anna came.".into(), "Maria slept.".into())
    );
    let kept = library.revisions(chosen[0].hit.scene).unwrap();
    assert_eq!(kept[0].cause, Cause::Replace);

    let redo = library.undo(&replaced.undo).unwrap();
    assert_eq!(
        (text(&library, 0), text(&library, 1)),
        ("Anna went. Anna came.".into(), "Anna slept.".into())
    );
    library.undo(&redo).unwrap();
    assert_eq!(text(&library, 1), "Maria slept.");
}

#[test]
fn groups_of_an_expression_can_be_used_in_the_new_words() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["3 May, 12 June"]);
    let dates = Pattern { regex: true, ..words(r"(\d+) (\p{L}+)") };
    let proposals = library.preview_replace(project, &dates, "$2 the ${1}th").unwrap();
    replace(&mut library, &proposals).unwrap();
    assert_eq!(library.scene(proposals[0].hit.scene).unwrap().text, "May the 3th, June the 12th");
    let literal = library.preview_replace(project, &words("May"), "$1").unwrap();
    assert_eq!(literal[0].with, "$1");
}

#[test]
fn what_was_written_since_the_preview_is_not_replaced() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["Anna one.", "Anna two."]);
    let proposals = library.preview_replace(project, &words("Anna"), "Maria").unwrap();
    let second = proposals[1].hit.scene;
    library.save_scene(second, 0, &Document::from_plain_text("Other.").to_json(), "Other.").unwrap();
    assert!(matches!(replace(&mut library, &proposals), Err(Error::Conflict { .. })));
    assert_eq!(library.scene(proposals[0].hit.scene).unwrap().text, "Anna one.");
}

#[test]
fn undoing_never_undoes_what_was_written_since() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["Anna one.", "Anna two."]);
    let proposals = library.preview_replace(project, &words("Anna"), "Maria").unwrap();
    let replaced = replace(&mut library, &proposals).unwrap();
    library.save_scene(proposals[1].hit.scene, 1, "{}", "Maria two, and more.").unwrap();
    assert!(matches!(library.undo(&replaced.undo), Err(Error::NotUndoable { .. })));
    assert_eq!(library.scene(proposals[0].hit.scene).unwrap().text, "Maria one.");
}

#[test]
fn notes_are_searched_and_unknown_pages_are_told() {
    let mut library = Temporary::new();
    let note = r#"{"type":"doc","content":[{"type":"note","content":[{"type":"paragraph","content":[{"type":"text","text":"ask Anna"}]}]}]}"#;
    let project = library.create_project("", note, "").unwrap().id;
    let unknown =
        NewScene { document: r#"{"type":"doc","content":[{"type":"table"}]}"#.into(), ..NewScene::default() };
    library.add_items(project, None, &[NewItem::Scene(unknown)]).unwrap();
    let found = library.search(project, &words("anna")).unwrap();
    assert!(found.hits[0].in_note);
    assert_eq!(found.unread.len(), 1);
    let without = Pattern { skip_notes: true, ..words("anna") };
    assert_eq!(library.search(project, &without).unwrap().hits, []);
}

#[test]
fn more_places_than_are_wanted_are_counted_and_not_handed_over() {
    let mut library = Temporary::new();
    let project = project(&mut library, &["na na na na", "na"]);
    let scenes = library.scenes(project).unwrap();
    let scene = library.scene(scenes[1].id).unwrap();
    let matcher = Matcher::new(&Pattern { whole_words: true, ..words("na") }).unwrap();
    let mut two = Vec::new();
    let places = matcher
        .go_through(&scene, Some("no"), |proposal| {
            two.push(proposal);
            if two.len() < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .unwrap();
    assert_eq!((places, two.len(), two[1].hit.position.clone()), (4, 2, 4..6));
}
