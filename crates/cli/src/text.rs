//! Texts from files and pipes.

use std::io::{self, Read};
use std::path::Path;

use crate::Failure;

/// A file's text, or standard input's for `-`.
pub fn read(file: &Path) -> Result<String, Failure> {
    let stdin = file.as_os_str() == "-";
    let what = if stdin { "standard input".into() } else { file.display().to_string() };
    let mut bytes = Vec::new();
    let result = if stdin {
        io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(file).map(|b| bytes = b)
    };
    let failed = |source| Failure::Read { what, source };
    if let Err(source) = result {
        return Err(failed(source));
    }
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        failed(io::Error::other(format!("it is not UTF-8 (byte {at}); save it as UTF-8 and try again")))
    })
}
