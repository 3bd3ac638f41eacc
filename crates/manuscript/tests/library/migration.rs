//! A library of every version ever released opens in this one with all its words. The fixtures are dumps of
//! such libraries; they are never edited, and each new schema adds one.

use std::path::Path;

use foolscap_manuscript::{Cause, Library, Node, Pattern, ProjectId, SceneId, SceneStatus, Verdict};
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

    let suggestions = library.suggestions(scene.id).unwrap();
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
fn an_old_library_gets_the_same_tables_as_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old.foolscap"), folder.path().join("new.foolscap"));
    restore(&old, include_str!("../fixtures/library_v1.sql"));
    drop(Library::open(&old).unwrap());
    drop(Library::open(&new).unwrap());
    assert_eq!(tables(&old), tables(&new));
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
