//! Whatever is saved, in whatever order, nothing of it is lost or changed.

use std::path::Path;

use foolscap_manuscript::{Cause, Error, Library};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Save(String),
    /// Adds to what is there, as typing does.
    Type(String),
    SaveOnOldVersion(String),
    Keep,
    /// As if this many minutes passed.
    Wait(u8),
    Reopen,
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        // Any character at all: NUL, controls, unassigned, right-to-left, combining, beyond the BMP.
        proptest::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter),
        ("\\PC{1,8}", 1_usize..100).prop_map(|(word, times)| word.repeat(times)),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => any_text().prop_map(Step::Save),
        4 => any_text().prop_map(Step::Type),
        1 => any_text().prop_map(Step::SaveOnOldVersion),
        1 => Just(Step::Keep),
        2 => (0_u8..10).prop_map(Step::Wait),
        1 => Just(Step::Reopen),
    ]
}

fn document(text: &str) -> String {
    serde_json::json!({ "type": "doc", "text": text }).to_string()
}

proptest! {
    // Each case syncs to the disk some dozen times.
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_last_text_and_every_kept_one_can_be_read(steps in proptest::collection::vec(any_step(), 1..14)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.foolscap");
        let mut library = Library::open(&path).unwrap();
        let project = library.create_project("", &document("begun"), "begun").unwrap();
        let scene = library.scenes(project.id).unwrap()[0].id;
        // What each version's text was.
        let mut texts = vec!["begun".to_owned()];

        for step in steps {
            let version = u32::try_from(texts.len() - 1).unwrap();
            match step {
                Step::Save(text) => {
                    library.save_scene(scene, version, &document(&text), &text).unwrap();
                    texts.push(text);
                }
                Step::Type(more) => {
                    let text = texts[texts.len() - 1].clone() + &more;
                    library.save_scene(scene, version, &document(&text), &text).unwrap();
                    texts.push(text);
                }
                Step::SaveOnOldVersion(text) => {
                    let refused = library.save_scene(scene, version + 1, &document(&text), &text);
                    let is_conflict = matches!(refused, Err(Error::Conflict { .. }));
                    prop_assert!(is_conflict, "{refused:?}");
                }
                Step::Keep => library.keep_revision(scene, Cause::Machine).unwrap(),
                Step::Wait(minutes) => wait(&path, minutes),
                Step::Reopen => {
                    drop(library);
                    library = Library::open(&path).unwrap();
                }
            }
        }

        let now = library.scene(scene).unwrap();
        prop_assert_eq!(now.version as usize, texts.len() - 1);
        prop_assert_eq!(&now.text, &texts[texts.len() - 1]);
        prop_assert_eq!(&now.document, &document(&now.text));
        let kept = library.revisions(scene).unwrap();
        prop_assert!(kept.is_sorted_by(|a, b| a.version > b.version));
        for summary in kept {
            let revision = library.revision(summary.id).unwrap();
            prop_assert_eq!(&revision.text, &texts[summary.version as usize]);
            prop_assert_eq!(&revision.document, &document(&revision.text));
        }
        if texts.len() > 1 {
            let first = library.revisions(scene).unwrap().pop();
            prop_assert_eq!(first.map(|kept| kept.version), Some(0), "what the project began with is kept");
        }
    }
}

#[test]
fn a_text_of_any_unicode_is_read_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut library = Library::open(folder.path().join("library.foolscap")).unwrap();
    let every_character = String::from_iter('\0'..=char::MAX);
    let project = library.create_project(&every_character, "", &every_character).unwrap();
    assert_eq!(project.title, every_character.trim());
    let scene = library.scene(library.scenes(project.id).unwrap()[0].id).unwrap();
    assert!(scene.text == every_character);
    let backwards: String = every_character.chars().rev().collect();
    library.save_scene(scene.id, 0, &document(&backwards), &backwards).unwrap();
    assert!(library.scene(scene.id).unwrap().text == backwards);
    assert!(library.scene(scene.id).unwrap().document == document(&backwards));
    let kept = library.revisions(scene.id).unwrap().remove(0);
    assert!(library.revision(kept.id).unwrap().text == every_character);
    library.set_setting("\0🖋", &document(&backwards)).unwrap();
    assert!(library.setting("\0🖋").unwrap() == Some(document(&backwards)));
}

/// Sets back the time of everything kept.
fn wait(path: &Path, minutes: u8) {
    rusqlite::Connection::open(path)
        .unwrap()
        .execute(
            "UPDATE revision SET created_at = strftime('%Y-%m-%dT%H:%M:%fZ', created_at, ?1)",
            [format!("-{minutes} minutes")],
        )
        .unwrap();
}
