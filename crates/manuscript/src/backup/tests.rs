use super::*;
use crate::testing::Temporary;

/// A library with a text and its backups' folder.
pub(super) fn backed_up(text: &str) -> (PathBuf, PathBuf, tempfile::TempDir) {
    let mut library = Temporary::new();
    library.scene_with(text);
    let folder = library.path().with_file_name("backups");
    back_up(library.path(), &folder, 3).unwrap();
    let (path, temporary) = library.close();
    (path, folder, temporary)
}

pub(super) fn text_of(library: &Library) -> String {
    let project = library.projects().unwrap()[0].id;
    library.scene(library.scenes(project).unwrap()[0].id).unwrap().text
}

pub(super) fn spoil(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes[4096..].fill(0xAA);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_backup_is_a_library_of_its_own() {
    let (path, folder, _temporary) = backed_up("It was dark.");
    let found = backups(&path, &folder).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    assert_eq!(found[0].bytes, fs::metadata(&found[0].path).unwrap().len());
    assert_eq!(text_of(&Library::open(&found[0].path).unwrap()), "It was dark.");
}

#[test]
fn only_so_many_backups_are_kept_and_only_of_this_library() {
    let mut library = Temporary::new();
    let scene = library.scene_with("0");
    let folder = library.path().with_file_name("backups");
    fs::create_dir(&folder).unwrap();
    let others = ["library-mine.foolscap", "other-20261001T093000.250Z.foolscap", "library.foolscap"];
    for other in others {
        fs::write(folder.join(other), "theirs").unwrap();
    }
    for version in 0..5 {
        library.save_scene(scene.id, version, "{}", &(version + 1).to_string()).unwrap();
        back_up(library.path(), &folder, 3).unwrap();
    }
    let found = backups(library.path(), &folder).unwrap();
    assert_eq!(found.len(), 3);
    let texts: Vec<_> =
        found.iter().map(|kept| text_of(&Library::open_read_only(&kept.path).unwrap())).collect();
    assert_eq!(texts, ["5", "4", "3"]);
    assert!(others.iter().all(|other| folder.join(other).exists()));
}

#[test]
fn a_sound_library_opens_as_ever() {
    let (path, folder, _temporary) = backed_up("kept");
    let opened = Library::open_or_recover(&path, &folder).unwrap();
    assert_eq!(opened.recovery, None);
    assert_eq!(text_of(&opened.library), "kept");
    let fresh = path.with_file_name("fresh.foolscap");
    assert_eq!(Library::open_or_recover(&fresh, &folder).unwrap().recovery, None);
}

#[test]
fn a_damaged_library_is_put_aside_and_the_latest_sound_backup_opened() {
    let (path, folder, _temporary) = backed_up("first");
    let library = Library::open(&path).unwrap();
    let later = back_up(library.path(), &folder, 3).unwrap();
    drop(library);
    spoil(&later.path);
    spoil(&path);
    let damaged = fs::read(&path).unwrap();

    let opened = Library::open_or_recover(&path, &folder).unwrap();
    let recovery = opened.recovery.unwrap();
    assert_eq!(text_of(&opened.library), "first");
    assert_eq!(fs::read(recovery.damaged.as_ref().unwrap()).unwrap(), damaged);
    assert_eq!(recovery.passed_over, [later]);
    assert!(!recovery.reason.is_empty());
    drop(opened.library);
    // Whoever opened it may have told nobody.
    let mut opened = Library::open_or_recover(&path, &folder).unwrap();
    assert_eq!(opened.recovery, None);
    assert_eq!(opened.library.untold_recovery().unwrap(), Some(recovery));
    opened.library.recovery_told().unwrap();
    assert_eq!(opened.library.untold_recovery().unwrap(), None);
}

#[test]
fn an_emptied_or_overwritten_file_is_recovered_as_well() {
    for content in [String::new(), "not a database ".repeat(600)] {
        let (path, folder, _temporary) = backed_up("kept");
        fs::write(&path, &content).unwrap();
        let opened = Library::open_or_recover(&path, &folder).unwrap();
        assert_eq!(text_of(&opened.library), "kept");
        assert_eq!(fs::read_to_string(opened.recovery.unwrap().damaged.unwrap()).unwrap(), content);
    }
}

#[test]
fn without_a_sound_backup_a_damaged_library_is_left_as_it_is() {
    let (path, folder, _temporary) = backed_up("lost?");
    spoil(&path);
    fs::remove_dir_all(&folder).unwrap();
    let before = fs::read(&path).unwrap();
    let refused = Library::open_or_recover(&path, &folder).unwrap_err();
    assert!(matches!(refused, Error::Damaged { .. }), "{refused:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn another_program_s_file_is_never_replaced() {
    let (path, folder, _temporary) = backed_up("kept");
    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    let refused = Library::open_or_recover(&path, &folder).unwrap_err();
    assert!(matches!(refused, Error::NotALibrary { .. }), "{refused:?}");
}

/// A library of some size, by what it says of its first scene.
fn large() -> (Temporary, crate::Scene) {
    let mut library = Temporary::new();
    let scene = library.scene_with("0");
    let page = crate::NewScene { text: "It was dark. ".repeat(20_000), ..crate::NewScene::default() };
    library.add_items(scene.project, None, &vec![crate::NewItem::Scene(page); 20]).unwrap();
    (library, scene)
}

#[test]
fn saving_goes_on_while_a_backup_is_made() {
    let (mut library, scene) = large();
    let (path, folder) = (library.path().to_owned(), library.path().with_file_name("backups"));
    let (begun, made) = std::sync::mpsc::channel();
    let making = std::thread::spawn(move || {
        let source = connect_to_read(&path).unwrap();
        source.execute_batch("BEGIN").unwrap();
        source.query_row("SELECT count(*) FROM scene", [], |_| Ok(())).unwrap();
        begun.send(()).unwrap();
        fs::create_dir(&folder).unwrap();
        let copy = folder.join("copy.foolscap");
        copy_whole(&source, &path, &copy).unwrap();
        text_of(&Library::open_read_only(copy).unwrap())
    });
    made.recv().unwrap();
    for version in 0..20 {
        library.save_scene(scene.id, version, "{}", &(version + 1).to_string()).unwrap();
    }
    // It is of the moment it began, and what was written meanwhile is there.
    assert_eq!(making.join().unwrap(), "0");
    assert_eq!(text_of(&library), "20");
}

#[test]
fn an_open_library_goes_back_to_a_backup_and_keeps_what_was_there() {
    let mut library = Temporary::new();
    let scene = library.scene_with("old");
    let folder = library.path().with_file_name("backups");
    let backup = back_up(library.path(), &folder, 3).unwrap().path;
    library.save_scene(scene.id, 0, "{}", "new").unwrap();
    library.create_project("Since", "", "").unwrap();

    let aside = library.restore(&backup).unwrap();
    assert_eq!((text_of(&library), library.projects().unwrap().len()), ("old".to_owned(), 1));
    library.save_scene(scene.id, 0, "{}", "newer").unwrap();
    let (path, temporary) = library.close();
    assert_eq!(text_of(&Library::open(&path).unwrap()), "newer");
    let kept = Library::open_read_only(&aside).unwrap();
    assert_eq!(kept.projects().unwrap().len(), 2);
    assert_eq!(kept.scene(scene.id).unwrap().text, "new");
    // And forth again.
    let mut library = Library::open(&path).unwrap();
    library.restore(&aside).unwrap();
    assert_eq!(library.scene(scene.id).unwrap().text, "new");
    let left: Vec<_> =
        fs::read_dir(temporary.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("restored")), "{left:?}");
}

#[test]
fn an_open_library_takes_no_damaged_or_later_backup() {
    let mut library = Temporary::new();
    library.scene_with("kept");
    let folder = library.path().with_file_name("backups");
    let backup = back_up(library.path(), &folder, 3).unwrap().path;
    let later = backup.with_extension("later");
    fs::copy(&backup, &later).unwrap();
    Connection::open(&later).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    spoil(&backup);
    assert!(matches!(library.restore(&backup), Err(Error::Damaged { .. })));
    assert!(matches!(library.restore(&later), Err(Error::TooNew { path, .. }) if path == later));
    assert!(library.restore(folder.join("none")).is_err());
    assert_eq!(text_of(&library), "kept");
}

#[test]
fn a_backup_of_an_older_schema_is_brought_up_to_date() {
    let mut library = Temporary::new();
    library.scene_with("new");
    let old = library.path().with_file_name("old.foolscap");
    let dump = include_str!("../../tests/fixtures/library_v1.sql");
    Connection::open(&old).unwrap().execute_batch(dump).unwrap();
    let before = fs::read(&old).unwrap();
    library.restore(&old).unwrap();
    assert_eq!(library.look_up(None, "lamp", 5).unwrap().len(), 1);
    assert_eq!(fs::read(&old).unwrap(), before);
}

#[test]
fn a_library_of_an_older_schema_is_kept_before_it_is_brought_up_to_date() {
    let temporary = tempfile::tempdir().unwrap();
    let (path, folder) = (temporary.path().join("library.foolscap"), temporary.path().join("backups"));
    let dump = include_str!("../../tests/fixtures/library_v1.sql");
    Connection::open(&path).unwrap().execute_batch(dump).unwrap();
    drop(Library::open_or_recover(&path, &folder).unwrap());
    drop(Library::open_or_recover(&path, &folder).unwrap());
    let kept = backups(&path, &folder).unwrap();
    assert_eq!(kept.len(), 1);
    let db = Connection::open(&kept[0].path).unwrap();
    assert_eq!(db.query_row("PRAGMA user_version", [], |row| row.get(0)), Ok(1));
    assert_eq!(db.query_row("SELECT count(*) FROM revision", [], |row| row.get(0)), Ok(3));
}

#[test]
fn going_back_to_a_backup_keeps_what_was_there() {
    let (path, folder, _temporary) = backed_up("old");
    let mut library = Library::open(&path).unwrap();
    let backup = backups(&path, &folder).unwrap().remove(0).path;
    let scene = library.scenes(library.projects().unwrap()[0].id).unwrap()[0].id;
    library.save_scene(scene, 0, "{}", "new").unwrap();
    assert!(matches!(restore_backup(&path, &backup), Err(Error::InUse { .. })));
    drop(library);

    let kept = restore_backup(&path, &backup).unwrap().unwrap();
    assert_eq!(text_of(&Library::open(&path).unwrap()), "old");
    assert_eq!(text_of(&Library::open(&kept).unwrap()), "new");
    spoil(&backup);
    assert!(matches!(restore_backup(&path, &backup), Err(Error::Damaged { .. })));
    assert_eq!(text_of(&Library::open(&path).unwrap()), "old");
}
