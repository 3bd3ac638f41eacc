//! Earlier states of a scene as the window shows them and goes back to them.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use foolscap_app::App;
use foolscap_app::api::{Fate, ProblemCode, RevisionCause, SaveScene, Saved};

struct Desk {
    app: App,
    project: u32,
    scene: u32,
    _folder: tempfile::TempDir,
}

fn desk(text: &str) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    let opened = app.studio().create_project("Story", Some(text)).unwrap();
    Desk { app, project: opened.project.id, scene: opened.scene.id, _folder: folder }
}

fn paragraph(text: &str, mark: &str) -> String {
    format!(
        r#"{{"type":"doc","content":[{{"type":"paragraph","content":[{{"type":"text","text":"{text}"{mark}}}]}}]}}"#
    )
}

impl Desk {
    fn save(&self, base_version: u32, document: String, text: &str) -> Saved {
        let save = SaveScene { scene: self.scene, base_version, document, text: text.into() };
        self.app.studio().save_scene(&save).unwrap()
    }

    fn text(&self) -> String {
        self.app.studio().scene(self.scene).unwrap().text
    }
}

#[test]
fn a_named_state_is_shown_compared_and_brought_back_and_that_is_undone() {
    let desk = desk("It was dark.");
    let kept = desk.app.studio().snapshot(desk.scene, "first night").unwrap().unwrap();
    let saved = desk.save(0, paragraph("It was very light.", ""), "It was very light.");
    let listed = desk.app.studio().revisions(desk.scene).unwrap();
    assert_eq!(listed[0], kept);
    assert_eq!(
        (kept.cause, kept.name.as_deref(), kept.words),
        (RevisionCause::Snapshot, Some("first night"), 3)
    );

    let compared = desk.app.compare(kept.id, None).unwrap();
    let told: Vec<(Fate, &str)> =
        compared.changes.iter().map(|change| (change.fate, change.text.as_str())).collect();
    assert_eq!(
        told,
        [(Fate::Kept, "It was "), (Fate::Removed, "dark"), (Fate::Added, "very light"), (Fate::Kept, ".")]
    );
    assert_eq!((compared.added, compared.removed, compared.only_looks), (2, 1, false));

    let stale = desk.app.studio().restore_revision(kept.id, 0).unwrap_err();
    assert_eq!(stale.code, ProblemCode::Conflict);
    let step = desk.app.studio().restore_revision(kept.id, saved.version).unwrap();
    assert_eq!((desk.text().as_str(), step.saved[0].version), ("It was dark.", 2));
    let before = desk.app.studio().revisions(desk.scene).unwrap().remove(0);
    assert_eq!(before.cause, RevisionCause::Restore);
    assert_eq!(desk.app.studio().revision(before.id).unwrap().text, "It was very light.");

    let redo = desk.app.studio().undo_step(desk.project, &step.undo).unwrap();
    assert_eq!((desk.text().as_str(), redo.saved[0].version), ("It was very light.", 3));
    assert_eq!(desk.app.studio().undo_step(desk.project, &redo.undo).unwrap().saved[0].version, 4);
    assert_eq!(desk.text(), "It was dark.");
}

#[test]
fn a_state_that_differs_in_looks_only_is_told_as_such() {
    let desk = desk("Dark.");
    let kept = desk.app.studio().snapshot(desk.scene, "plain").unwrap().unwrap();
    let saved = desk.save(0, paragraph("Dark.", ""), "Dark.");
    // The same page, written as JSON for the first time.
    assert!(!desk.app.compare(kept.id, None).unwrap().only_looks);
    let plain = desk.app.studio().snapshot(desk.scene, "as JSON").unwrap().unwrap();
    desk.save(saved.version, paragraph("Dark.", r#","marks":[{"type":"em"}]"#), "Dark.");
    let compared = desk.app.compare(plain.id, None).unwrap();
    assert!(compared.only_looks && compared.added == 0 && compared.removed == 0, "{compared:?}");
    assert!(!desk.app.compare(kept.id, Some(plain.id)).unwrap().only_looks);
}

#[test]
fn a_whole_project_is_kept_and_states_are_named_afterwards() {
    let desk = desk("Night.");
    assert_eq!(desk.app.studio().snapshot_project(desk.project, "for the editor").unwrap(), 1);
    let kept = desk.app.studio().revisions(desk.scene).unwrap().remove(0);
    let named = desk.app.studio().name_revision(kept.id, Some("sent")).unwrap();
    assert_eq!(named.name.as_deref(), Some("sent"));
    assert_eq!(desk.app.studio().name_revision(kept.id, None).unwrap().name, None);
    let missing = desk.app.studio().revision(999).unwrap_err();
    assert_eq!(
        (missing.code, desk.app.compare(999, None).unwrap_err().code),
        (ProblemCode::NotFound, ProblemCode::NotFound)
    );
}
