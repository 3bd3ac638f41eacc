use super::*;
use crate::testing::Temporary;

fn suggestion(request: &str, candidate: u32, scene: Option<SceneId>) -> NewSuggestion {
    NewSuggestion {
        request: request.to_owned(),
        candidate,
        scene,
        action: "continue".to_owned(),
        model: "starter".to_owned(),
        model_id: "sha256:00ff".to_owned(),
        prompt: "continue".to_owned(),
        prompt_version: "1".to_owned(),
        settings: r#"{"temperature":0.8}"#.to_owned(),
        seed: u32::MAX,
        text: " and then it rained.".to_owned(),
        place: Some(r#"{"at":11}"#.to_owned()),
    }
}

#[test]
fn what_a_model_wrote_is_kept_with_how_and_with_what_became_of_it() {
    let mut library = Temporary::new();
    let scene = library.scene_with("It was dark").id;
    let (first, second) = (suggestion("a", 0, Some(scene)), suggestion("a", 1, Some(scene)));
    library.record_suggestion(&first).unwrap();
    library.record_suggestion(&second).unwrap();
    library.record_outcome("a", 0, Verdict::Rejected, "").unwrap();
    library.record_outcome("a", 1, Verdict::Accepted, " and then").unwrap();
    library.record_outcome("a", 1, Verdict::Accepted, " it rained.").unwrap();

    let recorded = library.suggestions(scene, 60).unwrap();
    assert_eq!(recorded.iter().map(|s| &s.what).collect::<Vec<_>>(), [&first, &second]);
    let told = |of: &Suggestion| of.outcomes.iter().map(|o| (o.verdict, o.text.clone())).collect::<Vec<_>>();
    assert_eq!(told(&recorded[0]), [(Verdict::Rejected, String::new())]);
    assert_eq!(
        told(&recorded[1]),
        [(Verdict::Accepted, " and then".to_owned()), (Verdict::Accepted, " it rained.".to_owned())]
    );
}

#[test]
fn the_author_s_own_state_is_kept_before_machine_words_come_in() {
    let mut library = Temporary::new();
    let scene = library.scene_with("It was dark").id;
    library.save_scene(scene, 0, "{}", "It was very dark").unwrap();
    library.record_suggestion(&suggestion("a", 0, Some(scene))).unwrap();
    library.record_outcome("a", 0, Verdict::Accepted, " and then it rained.").unwrap();
    library.save_scene(scene, 1, "{}", "It was very dark and then it rained.").unwrap();
    let kept = library.revisions(scene).unwrap().remove(0);
    assert_eq!((kept.version, kept.cause), (1, Cause::Machine));
    assert_eq!(library.revision(kept.id).unwrap().text, "It was very dark");
}

#[test]
fn turning_a_suggestion_away_keeps_no_revision() {
    let mut library = Temporary::new();
    let scene = library.scene_with("It was dark").id;
    library.record_suggestion(&suggestion("a", 0, Some(scene))).unwrap();
    library.record_outcome("a", 0, Verdict::Rejected, "").unwrap();
    assert_eq!(library.revisions(scene).unwrap(), []);
}

#[test]
fn a_request_name_used_again_means_the_later_one() {
    let mut library = Temporary::new();
    let scene = library.scene_with("It was dark").id;
    library.record_suggestion(&suggestion("1", 0, Some(scene))).unwrap();
    library.record_suggestion(&suggestion("1", 0, Some(scene))).unwrap();
    library.record_outcome("1", 0, Verdict::Accepted, "x").unwrap();
    let outcomes: Vec<usize> =
        library.suggestions(scene, 60).unwrap().iter().map(|s| s.outcomes.len()).collect();
    assert_eq!(outcomes, [0, 1]);
}

#[test]
fn the_latest_requests_of_a_scene_are_found_with_all_their_candidates() {
    let mut library = Temporary::new();
    let (scene, other) = (library.scene_with("It was dark").id, library.scene_with("Elsewhere").id);
    for (request, of) in [("a", scene), ("b", scene), ("c", scene), ("elsewhere", other)] {
        library.record_suggestion(&suggestion(request, 0, Some(of))).unwrap();
        library.record_suggestion(&suggestion(request, 1, Some(of))).unwrap();
    }
    // What came unasked has no place where it could be found.
    let unasked = NewSuggestion { place: None, ..suggestion("d", 0, Some(scene)) };
    library.record_suggestion(&unasked).unwrap();
    let found = library.suggestions(scene, 2).unwrap();
    let named: Vec<_> = found.iter().map(|s| (s.what.request.as_str(), s.what.candidate)).collect();
    assert_eq!(named, [("b", 0), ("b", 1), ("c", 0), ("c", 1)]);
    assert_eq!(found[0].what.place, suggestion("b", 0, None).place);
}

#[test]
fn a_suggestion_need_not_belong_to_a_scene() {
    let mut library = Temporary::new();
    library.record_suggestion(&suggestion("file", 0, None)).unwrap();
    library.record_outcome("file", 0, Verdict::Accepted, "x").unwrap();
}

#[test]
fn what_cannot_be_recorded_is_named() {
    let mut library = Temporary::new();
    let refused = library.record_suggestion(&suggestion("a", 0, Some(SceneId(5))));
    assert!(matches!(refused, Err(Error::NoScene(SceneId(5)))), "{refused:?}");
    let refused = library.record_outcome("a", 0, Verdict::Rejected, "");
    assert!(matches!(refused, Err(Error::NoSuggestion { candidate: 0, .. })), "{refused:?}");
    let refused =
        library.record_suggestion(&NewSuggestion { settings: "t=1".to_owned(), ..suggestion("a", 0, None) });
    assert!(matches!(refused, Err(Error::BadJson { .. })), "{refused:?}");
    let place = Some("11".to_owned() + "]");
    let refused = library.record_suggestion(&NewSuggestion { place, ..suggestion("a", 0, None) });
    assert!(matches!(refused, Err(Error::BadJson { .. })), "{refused:?}");
    assert!(matches!(library.suggestions(SceneId(5), 60), Err(Error::NoScene(SceneId(5)))));
}

#[test]
fn the_origin_of_marked_words_is_found_also_in_a_copy_of_their_scene() {
    let mut library = Temporary::new();
    let scene = library.scene_with("It was dark").id;
    let other = library.scene_with("Elsewhere").id;
    library.record_suggestion(&suggestion("a", 0, Some(scene))).unwrap();
    let later = NewSuggestion { text: " later".to_owned(), ..suggestion("a", 0, Some(other)) };
    library.record_suggestion(&later).unwrap();
    let machine = Machine { request: "a".to_owned(), candidate: 0 };
    assert_eq!(library.made_by(&machine, scene).unwrap().what, suggestion("a", 0, Some(scene)));
    assert_eq!(library.made_by(&machine, SceneId(99)).unwrap().what, later);
    let unknown = Machine { candidate: 1, ..machine };
    assert!(matches!(library.made_by(&unknown, scene), Err(Error::NoSuggestion { candidate: 1, .. })));
}
