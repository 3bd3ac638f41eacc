use super::*;
use crate::testing::Temporary;

/// A library with a text and its backups' folder.
fn backed_up(text: &str) -> (PathBuf, PathBuf, tempfile::TempDir) {
    let mut library = Temporary::new();
    library.scene_with(text);
    let folder = library.path().with_file_name("backups");
    library.back_up(&folder, 3).unwrap();
    let (path, temporary) = library.close();
    (path, folder, temporary)
}

fn text_of(library: &Library) -> String {
    let project = library.projects().unwrap()[0].id;
    library.scene(library.scenes(project).unwrap()[0].id).unwrap().text
}

fn spoil(path: &Path) {
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
        library.back_up(&folder, 3).unwrap();
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
    let later = library.back_up(&folder, 3).unwrap();
    drop(library);
    spoil(&later.path);
    spoil(&path);
    let damaged = fs::read(&path).unwrap();

    let opened = Library::open_or_recover(&path, &folder).unwrap();
    let recovery = opened.recovery.unwrap();
    assert_eq!(text_of(&opened.library), "first");
    assert_eq!(fs::read(&recovery.damaged).unwrap(), damaged);
    assert_eq!(recovery.passed_over, [later]);
    assert!(!recovery.reason.is_empty());
    drop(opened.library);
    assert_eq!(Library::open_or_recover(&path, &folder).unwrap().recovery, None);
}

#[test]
fn an_emptied_or_overwritten_file_is_recovered_as_well() {
    for content in [String::new(), "not a database ".repeat(600)] {
        let (path, folder, _temporary) = backed_up("kept");
        fs::write(&path, &content).unwrap();
        let opened = Library::open_or_recover(&path, &folder).unwrap();
        assert_eq!(text_of(&opened.library), "kept");
        assert_eq!(fs::read_to_string(opened.recovery.unwrap().damaged).unwrap(), content);
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

#[test]
fn going_back_to_a_backup_keeps_what_was_there() {
    let (path, folder, _temporary) = backed_up("old");
    let mut library = Library::open(&path).unwrap();
    let backup = backups(&path, &folder).unwrap().remove(0).path;
    let scene = library.scenes(library.projects().unwrap()[0].id).unwrap()[0].id;
    library.save_scene(scene, 0, "{}", "new").unwrap();
    assert!(matches!(restore_backup(&path, &backup), Err(Error::InUse { .. })));
    drop(library);

    let kept = restore_backup(&path, &backup).unwrap();
    assert_eq!(text_of(&Library::open(&path).unwrap()), "old");
    assert_eq!(text_of(&Library::open(&kept).unwrap()), "new");
    spoil(&backup);
    assert!(matches!(restore_backup(&path, &backup), Err(Error::Damaged { .. })));
    assert_eq!(text_of(&Library::open(&path).unwrap()), "old");
}
