//! A library of every version ever released opens in this one with all its words. The fixtures are dumps of
//! such libraries; they are never edited, and each new schema adds one.

use std::path::Path;

use foolscap_manuscript::{
    Cause, ChapterId, Direction, Library, Machine, NewRemark, NewSuggestion, Node, Pattern, ProjectId,
    SceneId, SceneStatus, Suggestion, Told, Verdict,
};
use rusqlite::Connection;

#[test]
fn a_version_1_library_opens_with_all_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    restore(&path, include_str!("../fixtures/library_v1.sql"));

    let mut library = Library::open(&path).unwrap();
    let projects = library.projects().unwrap();
    assert_eq!(
        projects.iter().map(|p| (p.id, p.title.as_str(), p.words)).collect::<Vec<_>>(),
        [(ProjectId(2), "Ночь", 2), (ProjectId(1), "The Lighthouse", 8)]
    );
    assert_eq!(projects[1].updated_at, "2026-10-01T09:30:00.250Z");
    let scene = library.scene(SceneId(1)).unwrap();
    assert_eq!(scene.text, "It was dark — then the lamp came on.");
    assert_eq!((scene.project, scene.version, scene.words), (ProjectId(1), 12, 8));
    assert!(scene.document.contains("the lamp came on"));

    let kept = library.revisions(scene.id).unwrap();
    assert_eq!(
        kept.iter().map(|r| (r.version, r.cause)).collect::<Vec<_>>(),
        [(11, Cause::Machine), (4, Cause::Removal), (0, Cause::Typing)]
    );
    assert_eq!(library.revision(kept[0].id).unwrap().text, "It was dark");
    assert_eq!(kept[0].written_at, "2026-10-01T09:29:58.000Z");

    let suggestions = [0, 1].map(|candidate| made_by(&library, "r-1", candidate));
    assert_eq!(suggestions[0].what.text, " — then the lamp came on. Nobody had lit it.");
    assert_eq!(suggestions[0].what.seed, u32::MAX);
    assert_eq!(suggestions[0].outcomes[0].verdict, Verdict::Accepted);
    assert_eq!(suggestions[0].outcomes[0].text, " — then the lamp came on.");
    assert_eq!(suggestions[1].outcomes[0].verdict, Verdict::Rejected);
    assert_eq!(library.setting("app").unwrap().as_deref(), Some(r#"{"theme":"dark"}"#));

    // What later schemas keep of every scene, these have too.
    let tree = library.tree(ProjectId(1)).unwrap();
    assert_eq!(tree.nodes(), [Node::Scene(SceneId(1))]);
    let summary = library.scenes(ProjectId(1)).unwrap().remove(0);
    assert_eq!((summary.characters, summary.status, summary.chapter), (36, SceneStatus::Draft, None));
    assert_eq!(library.look_up(None, "темно", 5).unwrap()[0].scene, SceneId(2));
    let lamp = Pattern { text: "LAMP".to_owned(), ..Pattern::default() };
    assert_eq!(library.search(ProjectId(1), &lamp).unwrap().hits.len(), 1);
    assert_eq!(library.archived_projects().unwrap()[0].title, "Put away");

    // And it can be written on.
    assert_eq!(library.save_scene(scene.id, 12, "{}", &scene.text).unwrap().version, 13);
}

#[test]
fn a_version_2_library_opens_with_all_that_is_beside_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    restore(&path, include_str!("../fixtures/library_v2.sql"));

    let mut library = Library::open(&path).unwrap();
    let (english, arabic) = (ProjectId(1), ProjectId(2));
    assert_eq!(
        library.tree(english).unwrap().nodes(),
        [
            Node::Chapter(ChapterId(1)),
            Node::Chapter(ChapterId(2)),
            Node::Scene(SceneId(1)),
            Node::Scene(SceneId(2))
        ]
    );
    let scene = library.scene(SceneId(1)).unwrap();
    assert_eq!(scene.text, "It was dark. Ada lit the lamp.\n\nNobody saw.");
    let card = library.scene_card(scene.id).unwrap();
    assert_eq!((card.synopsis.as_str(), card.notes.as_str()), ("She lights it.", "At night?"));
    assert_eq!(card.status, SceneStatus::Revised);
    assert_eq!(library.scene(SceneId(4)).unwrap().text, "كان الظلام.");
    assert_eq!(library.brief(arabic).unwrap().direction, Direction::RightToLeft);
    let brief = library.brief(english).unwrap();
    assert_eq!((brief.language.as_str(), brief.authors_note.as_str()), ("en-GB", "No magic."));

    let kept: Vec<_> =
        library.revisions(scene.id).unwrap().into_iter().map(|r| (r.version, r.cause, r.name)).collect();
    assert_eq!(
        kept,
        [
            (6, Cause::Machine, None),
            (5, Cause::Split, None),
            (3, Cause::Snapshot, Some("first draft".to_owned())),
            (0, Cause::Typing, None)
        ]
    );
    assert_eq!(made_by(&library, "r-1", 0).outcomes[0].verdict, Verdict::Accepted);

    let lore = library.lore(english).unwrap().remove(0).what;
    assert_eq!(
        (lore.name.as_str(), lore.aliases, lore.told),
        ("Ada", vec!["the keeper".to_owned()], Told::Named)
    );
    assert_eq!((lore.match_case, lore.from, lore.to), (true, Some(ChapterId(2)), None));
    assert_eq!(library.archived_lore(english).unwrap().len(), 1);
    assert_eq!(library.style_samples(english).unwrap()[0].text, "Short. Dry.");
    let summary = library.summary(scene.id).unwrap().unwrap();
    assert_eq!((summary.text.as_str(), summary.stale), ("Ada lights the lamp.", true));
    assert_eq!(library.dictionary(english).unwrap(), ["grue"]);
    assert_eq!(library.intended(english).unwrap()[0].reason, "she lies");
    assert_eq!(library.progress(english).unwrap().goals.project, Some(80_000));
    assert_eq!(library.setting("settings").unwrap().as_deref(), Some(r#"{"theme":"dark"}"#));

    // Words are found by an index as it was left, and by what was written since.
    assert_eq!(library.look_up(None, "lamp", 5).unwrap()[0].scene, scene.id);
    assert_eq!(library.look_up(None, "down", 5).unwrap()[0].scene, SceneId(2));
    assert_eq!(library.look_up(None, "up", 5).unwrap(), []);

    // What was archived comes back with what it held, and there is a way on.
    let cut = Node::Chapter(ChapterId(3));
    library.unarchive(cut).unwrap();
    assert_eq!(library.tree(english).unwrap().nodes()[4..], [cut, Node::Scene(SceneId(3))]);
    assert_eq!(library.save_scene(scene.id, 7, "{}", &scene.text).unwrap().version, 8);
}

#[test]
fn a_version_3_library_opens_with_its_words_and_takes_notes_on_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    restore(&path, include_str!("../fixtures/library_v3.sql"));

    let mut library = Library::open(&path).unwrap();
    let scene = library.scene(SceneId(1)).unwrap();
    assert_eq!(scene.text, "It was dark. Ada lit the lamp.\n\nNobody saw.");
    assert_eq!(library.revisions(scene.id).unwrap().len(), 4);
    assert_eq!(library.intended(scene.project).unwrap()[0].reason, "she lies");
    assert_eq!(library.remarks(scene.id).unwrap(), []);
    let note = NewRemark { quote: "Nobody saw.".into(), place: 32, what: "{}".into() };
    library.put_remarks(scene.id, "critique", "a", std::slice::from_ref(&note)).unwrap();
    assert_eq!(library.remarks(scene.id).unwrap()[0].remark, note);
}

#[test]
fn a_version_4_library_opens_with_its_notes_and_finds_again_what_is_suggested_from_now_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    restore(&path, include_str!("../fixtures/library_v4.sql"));

    let mut library = Library::open(&path).unwrap();
    let scene = SceneId(1);
    assert_eq!(library.scene(scene).unwrap().text, "It was dark. Ada lit the lamp.\n\nNobody saw.");
    let notes = library.remarks(scene).unwrap();
    assert_eq!((notes[0].remark.quote.as_str(), notes[0].remark.place, notes.len()), ("Nobody saw.", 32, 1));
    // Nothing is known of where the words from before it were to go.
    let before = made_by(&library, "r-1", 0);
    assert_eq!((before.what.text.as_str(), &before.what.place), (" Nobody saw.", &None));
    assert_eq!(library.suggestions(scene, 60).unwrap(), []);
    let place = Some(r#"{"at":44}"#.to_owned());
    let new = NewSuggestion { request: "r-2".to_owned(), place, ..before.what };
    library.record_suggestion(&new).unwrap();
    assert_eq!(library.suggestions(scene, 60).unwrap()[0].what, new);
}

#[test]
fn an_old_library_gets_the_same_tables_as_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.foolscap");
    drop(Library::open(&new).unwrap());
    for (name, dump) in [
        ("1", include_str!("../fixtures/library_v1.sql")),
        ("2", include_str!("../fixtures/library_v2.sql")),
        ("3", include_str!("../fixtures/library_v3.sql")),
        ("4", include_str!("../fixtures/library_v4.sql")),
    ] {
        let old = folder.path().join(name);
        restore(&old, dump);
        drop(Library::open(&old).unwrap());
        assert_eq!(tables(&old), tables(&new), "schema {name}");
    }
}

/// What is recorded of a candidate for the first scene.
fn made_by(library: &Library, request: &str, candidate: u32) -> Suggestion {
    let machine = Machine { request: request.to_owned(), candidate };
    library.made_by(&machine, SceneId(1)).unwrap()
}

fn restore(path: &Path, dump: &str) {
    Connection::open(path).unwrap().execute_batch(dump).unwrap();
}

/// Every table and index with its columns, as SQLite sees them.
fn tables(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let mut query = db
        .prepare(
            "SELECT s.type || ' ' || s.name || coalesce(': ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || c.pk, '')
             FROM sqlite_schema s LEFT JOIN pragma_table_info(s.name) c
             UNION ALL
             SELECT 'reference ' || s.name || '.' || f.\"from\" || ' ' || f.\"table\" || ' ' || f.on_delete
             FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) f
             ORDER BY 1",
        )
        .unwrap();
    query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}
