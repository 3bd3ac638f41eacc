//! A zip archive whose entries are read by name into memory, never to a disk: so no name in it can lead anywhere. What
//! an entry says about its size is not believed; reading stops at the bound.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::Error;
use crate::limits;

/// An opened archive.
pub(crate) struct Archive {
    path: PathBuf,
    kind: &'static str,
    zip: ZipArchive<BufReader<File>>,
    /// What may still be unpacked.
    left: u64,
}

impl Archive {
    /// `kind` is what the file should be, for messages.
    pub fn open(path: &Path, kind: &'static str) -> Result<Self, Error> {
        let file = File::open(path).map_err(Error::read(path))?;
        let length = file.metadata().map_err(Error::read(path))?.len();
        if length > limits::FILE {
            return Err(Error::TooLarge {
                path: path.to_owned(),
                part: "the whole".into(),
                limit: limits::FILE,
            });
        }
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|problem| damaged(path, kind, &problem))?;
        if zip.len() > limits::ENTRIES {
            let problem = format!("it lists {} entries", zip.len());
            return Err(Error::Damaged { path: path.to_owned(), kind, problem });
        }
        Ok(Self { path: path.to_owned(), kind, zip, left: limits::ARCHIVE })
    }

    /// The bytes of an entry, or None when there is no such entry.
    pub fn find(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let entry = match self.zip.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(problem) => return Err(damaged(&self.path, self.kind, &problem)),
        };
        let allowed = limits::ENTRY.min(self.left);
        let mut bytes = Vec::new();
        let problem = |source: std::io::Error| Error::Damaged {
            path: self.path.clone(),
            kind: self.kind,
            problem: format!("{name}: {source}"),
        };
        entry.take(allowed + 1).read_to_end(&mut bytes).map_err(problem)?;
        if bytes.len() as u64 > allowed {
            return Err(Error::TooLarge { path: self.path.clone(), part: name.to_owned(), limit: allowed });
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The bytes of an entry that must be there.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        self.find(name)?.ok_or_else(|| self.damaged(format!("it has no {name}")))
    }

    /// The names of all entries.
    pub fn names(&self) -> Vec<String> {
        self.zip.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// The error for this archive.
    pub fn damaged(&self, problem: String) -> Error {
        Error::Damaged { path: self.path.clone(), kind: self.kind, problem }
    }
}

fn damaged(path: &Path, kind: &'static str, problem: &ZipError) -> Error {
    if let ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) = problem {
        let way_out = "open it in the program that made it, take the password off, and import that";
        return Error::Protected { path: path.to_owned(), by: "a password", way_out };
    }
    Error::Damaged { path: path.to_owned(), kind, problem: problem.to_string() }
}

/// The name of the entry that `reference` means when entry `from` says it: relative to its folder, without a fragment,
/// with %-escapes undone.
pub(crate) fn resolve(from: &str, reference: &str) -> String {
    let reference = reference.split(['#', '?']).next().unwrap_or_default();
    let reference = percent_decoded(reference);
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = match reference.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{reference}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (bytes[at], hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_inside_the_archive() {
        assert_eq!(resolve("OEBPS/content.opf", "text/ch%201.xhtml#top"), "OEBPS/text/ch 1.xhtml");
        assert_eq!(resolve("OEBPS/text/a.xhtml", "../b.xhtml"), "OEBPS/b.xhtml");
        assert_eq!(resolve("a.opf", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve("word/document.xml", "/word/x%zz.xml"), "word/x%zz.xml");
    }
}
