use super::*;
use crate::testing::Temporary;

impl Temporary {
    /// As if everything kept so far had been kept `minutes` earlier.
    fn pass(&mut self, minutes: i32) {
        self.age(&format!("{:+} minutes", -minutes));
    }

    fn type_on(&mut self, scene: SceneId, more: &str) {
        let now = self.scene(scene).unwrap();
        self.save_scene(scene, now.version, "{}", &(now.text + more)).unwrap();
    }

    fn kept(&self, scene: SceneId) -> Vec<(u32, Cause)> {
        self.revisions(scene).unwrap().iter().map(|kept| (kept.version, kept.cause)).collect()
    }
}

#[test]
fn typing_keeps_a_state_every_five_minutes() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Once").id;
    library.type_on(scene, " upon");
    library.type_on(scene, " a");
    assert_eq!(library.kept(scene), [(0, Cause::Typing)]);
    library.pass(4);
    library.type_on(scene, " time");
    assert_eq!(library.kept(scene).len(), 1);
    library.pass(2);
    library.type_on(scene, " there");
    library.type_on(scene, " was");
    assert_eq!(library.kept(scene), [(3, Cause::Typing), (0, Cause::Typing)]);
    let kept = library.revision(library.revisions(scene).unwrap()[0].id).unwrap();
    assert_eq!((kept.text.as_str(), kept.document.as_str()), ("Once upon a time", "{}"));
    assert_eq!(kept.summary.words, 4);
}

#[test]
fn a_clock_that_was_set_back_does_not_stop_revisions() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Once").id;
    library.type_on(scene, " upon");
    library.pass(-60 * 24 * 365);
    library.type_on(scene, " a");
    assert_eq!(library.kept(scene).len(), 2);
}

#[test]
fn a_page_emptied_by_a_slip_can_be_had_back() {
    let mut library = Temporary::new();
    let scene = library.scene_with("").id;
    let page = "All the words of an evening. ".repeat(20);
    library.type_on(scene, "Begun. ");
    library.type_on(scene, &page);
    let version = library.scene(scene).unwrap().version;
    library.save_scene(scene, version, "{}", "").unwrap();
    let last = library.revisions(scene).unwrap().remove(0);
    assert_eq!((last.version, last.cause), (version, Cause::Removal));
    assert_eq!(library.revision(last.id).unwrap().text, format!("Begun. {page}"));
}

#[test]
fn a_page_pasted_over_can_be_had_back() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Begun.").id;
    library.type_on(scene, &" old words".repeat(30));
    let now = library.scene(scene).unwrap();
    library.save_scene(scene, now.version, "{}", &now.text.replace("old", "new")).unwrap();
    assert_eq!(library.kept(scene)[0], (now.version, Cause::Removal));
}

#[test]
fn a_page_nobody_wrote_on_is_not_kept() {
    let mut library = Temporary::new();
    let project = library.create_project("New", "", "").unwrap();
    let scene = library.scenes(project.id).unwrap()[0].id;
    library.type_on(scene, "Once");
    assert_eq!(library.kept(scene), []);
    library.type_on(scene, " upon");
    assert_eq!(library.kept(scene), [(1, Cause::Typing)]);
}

#[test]
fn a_state_is_kept_once() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Once").id;
    library.keep_revision(scene, Cause::Machine).unwrap();
    library.keep_revision(scene, Cause::Machine).unwrap();
    library.type_on(scene, " upon");
    assert_eq!(library.kept(scene), [(0, Cause::Machine)]);
}

#[test]
fn a_snapshot_has_a_name_and_is_kept_for_good() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Once").id;
    let snapshot = library.snapshot(scene, " first draft ").unwrap().unwrap();
    assert_eq!((snapshot.name.as_deref(), snapshot.cause), (Some("first draft"), Cause::Snapshot));
    library.type_on(scene, " upon");
    library.keep_revision(scene, Cause::Machine).unwrap();
    assert_eq!(library.revisions(scene).unwrap()[0].name, None);
    // A state that was kept for another reason can be given a name, too.
    library.snapshot(scene, "second").unwrap();
    let kept: Vec<_> =
        library.revisions(scene).unwrap().into_iter().map(|kept| (kept.name, kept.cause)).collect();
    assert_eq!(
        kept,
        [(Some("second".into()), Cause::Machine), (Some("first draft".into()), Cause::Snapshot)]
    );
}

#[test]
fn a_whole_project_is_kept_under_one_name() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Once");
    library.add_items(scene.project, None, &[crate::NewItem::Scene(crate::NewScene::default())]).unwrap();
    assert_eq!(library.snapshot_project(scene.project, "for the editor").unwrap(), 1);
    assert_eq!(library.revisions(scene.id).unwrap()[0].name.as_deref(), Some("for the editor"));
}

#[test]
fn a_restored_state_is_a_new_version_and_loses_nothing() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Once").id;
    let first = library.snapshot(scene, "first").unwrap().unwrap();
    library.type_on(scene, " upon");
    assert!(matches!(library.restore_revision(first.id, 0), Err(crate::Error::Conflict { .. })));
    let restored = library.restore_revision(first.id, 1).unwrap();
    assert_eq!((restored.scene.version, restored.scene.words), (2, 1));
    assert_eq!(library.scene(scene).unwrap().text, "Once");
    let last = library.revisions(scene).unwrap().remove(0);
    assert_eq!((last.version, last.cause), (1, Cause::Restore));
    assert_eq!(library.revision(last.id).unwrap().text, "Once upon");
    let redo = library.undo(&restored.undo).unwrap();
    assert_eq!(library.scene(scene).unwrap().text, "Once upon");
    library.undo(&redo).unwrap();
    assert_eq!(library.scene(scene).unwrap().text, "Once");
}

#[test]
fn a_kept_state_can_be_given_a_name_and_lose_it_again() {
    let mut library = Temporary::new();
    let scene = library.scene_with("Once").id;
    library.keep_revision(scene, Cause::Typing).unwrap();
    let id = library.revisions(scene).unwrap()[0].id;
    assert_eq!(library.name_revision(id, Some(" as sent ")).unwrap().name.as_deref(), Some("as sent"));
    for none in [Some("  "), None] {
        assert_eq!(library.name_revision(id, none).unwrap().name, None);
    }
    assert!(matches!(
        library.name_revision(RevisionId(99), None),
        Err(crate::Error::NoRevision(RevisionId(99)))
    ));
}

#[test]
fn every_cause_is_read_as_it_was_written() {
    use Cause::*;
    let mut library = Temporary::new();
    let scene = library.scene_with("Once").id;
    let causes = [Typing, Removal, Machine, Snapshot, Restore, Split, Merge, Replace, Import];
    for cause in causes {
        library.keep_revision(scene, cause).unwrap();
        library.write(|db| Ok(db.execute("UPDATE scene SET version = version + 1", [])?)).unwrap();
    }
    let kept: Vec<_> = library.kept(scene).into_iter().rev().map(|(_, cause)| cause).collect();
    assert_eq!(kept, causes);
}

#[test]
fn removed_counts_what_is_no_longer_there() {
    assert_eq!(removed("", ""), 0);
    assert_eq!(removed("abc", "abcd"), 0);
    assert_eq!(removed("abc", "xabc"), 0);
    assert_eq!(removed("abc", "abxxc"), 0);
    assert_eq!(removed("aaa", "aa"), 1);
    assert_eq!(removed("abcd", "ad"), 2);
    assert_eq!(removed("abc", "xyz"), 3);
    assert_eq!(removed("é", "è"), 1);
    assert_eq!(removed("abc", ""), 3);
}

#[test]
fn a_missing_revision_is_named() {
    let mut library = Temporary::new();
    assert!(matches!(library.revision(RevisionId(3)), Err(Error::NoRevision(RevisionId(3)))));
    assert!(matches!(library.revisions(SceneId(3)), Err(Error::NoScene(SceneId(3)))));
    let refused = library.keep_revision(SceneId(3), Cause::Machine);
    assert!(matches!(refused, Err(Error::NoScene(SceneId(3)))));
}
