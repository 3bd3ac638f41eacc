//! A library that another program writes, and one that is damaged: what the window says and does then.

use std::time::Duration;

use foolscap_app::Backups;
use foolscap_manuscript::Library;

use super::LINE;
use super::harness::{Desk, Display, Home, eventually};

/// How long a process takes at most to be gone.
const SOON: Duration = Duration::from_secs(15);

/// The library with a line that was written in the window, which is gone.
fn written(display: &Display, home: &Home) -> Library {
    let desk = Desk::open(display, home);
    desk.go_to_end();
    desk.type_text(LINE);
    desk.is_saved();
    desk.kill();
    // A process that is killed is not gone at once.
    let open = || Library::open(home.library()).map_err(|e| e.to_string());
    eventually(SOON, open).expect("nobody has the library any more")
}

#[test]
fn what_another_program_writes_is_only_read() {
    let (display, home) = (Display::start(), Home::new());
    let library = written(&display, &home);
    let desk = Desk::open(&display, &home);
    desk.shows(LINE);
    desk.says("can only be read here");
    desk.says("Read only");
    desk.go_to_end();
    desk.type_text("x");
    desk.shows(LINE);
    desk.kill();

    drop(library);
    let desk = Desk::open(&display, &home);
    desk.go_to_end();
    desk.type_text("x");
    desk.shows(&format!("{LINE}x"));
}

#[test]
fn a_damaged_library_comes_back_from_its_backup_and_the_writer_is_told() {
    let (display, home) = (Display::start(), Home::new());
    drop(written(&display, &home));
    let library = home.library();
    let copy = Backups::of(&library).make(Some(3)).expect("there is room for a copy");
    // The copy is the library without a journal; of that a part is lost.
    let mut bytes = std::fs::read(copy.file).expect("the copy is there");
    let half = bytes.len() / 2;
    bytes[4096..half].fill(0xAB);
    std::fs::write(&library, &bytes).expect("it can be written");
    for journal in ["-wal", "-shm"] {
        let mut path = library.clone().into_os_string();
        path.push(journal);
        // A library that was closed has none.
        let _ = std::fs::remove_file(path);
    }
    let desk = Desk::open(&display, &home);
    desk.shows(LINE);
    desk.says("The library was damaged. Foolscap put it aside and opened its backup");
    let folder = library.parent().expect("a library lies in a folder");
    let names = std::fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.file_name());
    let aside = names.filter(|name| name.to_string_lossy().contains("damaged"));
    assert_eq!(aside.count(), 1, "the damaged file is kept");
}
