//! One file, which is there whole or not at all. It takes the place of a file that was there, but never that of a library,
//! of a link or of a device.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Writes a file, which is there whole or not at all; one that was there is replaced when the new one is whole. A link stays
/// one, and what it leads to is replaced; a pipe or terminal is written into. A library or other database is never written
/// over, nor what belongs to one.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let place = place_of(path).map_err(Error::write(path))?;
    if is_of_a_database(&place) {
        return Err(Error::Database { path: path.to_owned() });
    }
    match fs::metadata(path) {
        Ok(there) if is_stream(&there) => {
            let mut stream = OpenOptions::new().write(true).open(path).map_err(Error::write(path))?;
            stream.write_all(bytes).and_then(|()| stream.flush()).map_err(Error::write(path))
        }
        Ok(there) if !there.is_file() => Err(Error::NoFile { path: path.to_owned() }),
        _ => replace(&place, bytes).map_err(Error::write(path)),
    }
}

fn replace(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".foolscap-export-");
    // As any new file, unlike a temporary one, it may be read by whoever may read the folder.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(place).map_err(|failed| failed.error)?;
    Ok(())
}

/// Where a path leads in the end, also where nothing is there yet.
fn place_of(path: &Path) -> io::Result<PathBuf> {
    /// As many as systems follow.
    const LINKS: usize = 40;
    let mut place = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&place) else { return Ok(place) };
        place = place.parent().unwrap_or(Path::new("")).join(target);
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// Whether a path leads to what takes bytes and keeps no file: a pipe, a terminal, `/dev/null`.
#[cfg(unix)]
fn is_stream(there: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    there.file_type().is_fifo() || there.file_type().is_char_device()
}

#[cfg(not(unix))]
fn is_stream(_: &fs::Metadata) -> bool {
    false
}

/// Whether this is a database of SQLite's, as a library is, or one of the files that lie beside one in use, as its lock does.
fn is_of_a_database(place: &Path) -> bool {
    let name = place.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let mains =
        ["-wal", "-shm", "-journal", ".lock"].into_iter().filter_map(|ending| name.strip_suffix(ending));
    is_database(place) || mains.into_iter().any(|main| is_database(&place.with_file_name(main)))
}

fn is_database(place: &Path) -> bool {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    // What is no file is not opened: a pipe would wait for its other end.
    let is_file = fs::metadata(place).is_ok_and(|there| there.is_file());
    let mut read = || File::open(place)?.take(MAGIC.len() as u64).read_to_end(&mut head);
    is_file && read().is_ok() && head == MAGIC
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_and_what_lies_beside_it_are_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let library = dir.path().join("library.foolscap");
        let log = dir.path().join("library.foolscap-wal");
        let lock = dir.path().join("library.foolscap.lock");
        fs::write(&library, b"SQLite format 3\0 and pages").unwrap();
        fs::write(&log, b"pages").unwrap();
        for path in [&library, &log, &lock] {
            let error = write_whole(path, b"a book").unwrap_err().to_string();
            assert!(error.contains("library") && error.contains("choose another name"), "{error}");
        }
        assert!(fs::read(&library).unwrap().ends_with(b"pages"));
        assert_eq!(fs::read(&log).unwrap(), b"pages");
        write_whole(&dir.path().join("notes-wal"), b"a book").unwrap();
    }

    #[test]
    fn a_folder_is_no_place_for_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let error = write_whole(dir.path(), b"a book").unwrap_err();
        assert!(matches!(error, Error::NoFile { .. }), "{error}");
    }

    #[cfg(unix)]
    mod on_unix {
        use std::os::unix::fs::{FileTypeExt, symlink};
        use std::process::Command;

        use super::*;

        #[test]
        fn a_link_stays_and_what_it_leads_to_is_replaced() {
            let dir = tempfile::tempdir().unwrap();
            let (real, link, far) =
                (dir.path().join("real/book.md"), dir.path().join("link.md"), dir.path().join("far.md"));
            fs::create_dir(dir.path().join("real")).unwrap();
            fs::write(&real, "old").unwrap();
            symlink("real/book.md", &link).unwrap();
            symlink("link.md", &far).unwrap();
            write_whole(&far, b"new").unwrap();
            assert!(far.is_symlink() && link.is_symlink() && !real.is_symlink());
            assert_eq!(fs::read(&real).unwrap(), b"new");
            fs::remove_file(&real).unwrap();
            write_whole(&link, b"where nothing was").unwrap();
            assert!(link.is_symlink());
            assert_eq!(fs::read(&real).unwrap(), b"where nothing was");
        }

        #[test]
        fn a_link_to_a_library_is_refused_and_one_that_goes_in_a_circle_too() {
            let dir = tempfile::tempdir().unwrap();
            let (library, link) = (dir.path().join("library.foolscap"), dir.path().join("book.md"));
            fs::write(&library, b"SQLite format 3\0").unwrap();
            symlink(&library, &link).unwrap();
            assert!(matches!(write_whole(&link, b"a book").unwrap_err(), Error::Database { .. }));
            let circle = dir.path().join("circle.md");
            symlink("circle.md", &circle).unwrap();
            write_whole(&circle, b"a book").unwrap_err();
            assert!(circle.is_symlink());
        }

        #[test]
        fn pipes_and_devices_are_written_into() {
            let dir = tempfile::tempdir().unwrap();
            let pipe = dir.path().join("pipe");
            assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            let reader = std::thread::spawn({
                let pipe = pipe.clone();
                move || fs::read(pipe).unwrap()
            });
            write_whole(&pipe, b"a book").unwrap();
            assert_eq!(reader.join().unwrap(), b"a book");
            assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
            let (null, link) = (Path::new("/dev/null"), dir.path().join("nowhere"));
            symlink(null, &link).unwrap();
            for place in [null, &link] {
                write_whole(place, b"a book").unwrap();
                assert!(fs::metadata(place).unwrap().file_type().is_char_device());
            }
            assert!(link.is_symlink());
        }
    }
}
