//! Standard input as a file to import, and standard output as a file to export to. Formats are told apart by files, and some
//! of them are read from their end: what comes through a pipe is a file for a moment.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use foolscap_app::api::Problem;
use tempfile::TempDir;

use crate::Failure;

/// How a pipe is typed.
const PIPE: &str = "-";
/// What a book without a title of its own is called that came through a pipe.
const TITLE: &str = "Untitled";
/// Formats that a terminal can show.
const TEXTS: [&str; 3] = ["md", "txt", "html"];

/// Whether a pipe was typed in the place of a file.
pub fn is_pipe(file: &Path) -> bool {
    file.as_os_str() == PIPE
}

/// Files to read, of which one may have come through standard input.
pub struct Sources {
    pub files: Vec<PathBuf>,
    pipe: Option<(TempDir, PathBuf)>,
}

impl Sources {
    /// Reads standard input where it is named; `format` says what it is.
    pub fn read(named: &[PathBuf], format: Option<&str>) -> Result<Self, Failure> {
        let usage = |message: &str| Err(Failure::Usage(message.into()));
        let format = match (named.iter().filter(|file| is_pipe(file)).count(), format) {
            (0, None) => return Ok(Self { files: named.to_vec(), pipe: None }),
            (0, Some(_)) => {
                return usage("a file tells its format itself; --format is for standard input (-)");
            }
            (1, Some(format)) => format,
            (1, None) => return usage("standard input does not tell its format; name it by --format"),
            _ => return usage("standard input (-) can be named once"),
        };
        let failed = |source| Failure::Read { what: "standard input".into(), source };
        let folder = tempfile::tempdir().map_err(failed)?;
        let file = folder.path().join(format!("{TITLE}.{format}"));
        File::create(&file).and_then(|mut file| io::copy(&mut io::stdin(), &mut file)).map_err(failed)?;
        let files = named.iter().map(|named| if is_pipe(named) { file.clone() } else { named.clone() });
        Ok(Self { files: files.collect(), pipe: Some((folder, file)) })
    }

    /// A sentence about these files, as they were named.
    pub fn named(&self, text: &str) -> String {
        match &self.pipe {
            Some((_, file)) => text.replace(&file.display().to_string(), "standard input"),
            None => text.to_owned(),
        }
    }

    /// A problem with these files, as they were named.
    pub fn problem(&self, problem: Problem) -> Problem {
        Problem { message: self.named(&problem.message), ..problem }
    }
}

/// Has a file of this format written, and passes it on.
pub fn to_standard_output<T>(
    format: &str,
    write: impl FnOnce(&Path) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if format == "folder" {
        return Err(Failure::Usage("a folder cannot go through a pipe; name one by --out".into()));
    }
    if !TEXTS.contains(&format) && io::stdout().is_terminal() {
        let message = format!(
            "{format} is nothing for a terminal; send it to a file or program, or name a file by --out"
        );
        return Err(Failure::Usage(message));
    }
    let failed = |source| Failure::Write { what: "standard output".into(), source };
    let folder = tempfile::tempdir().map_err(failed)?;
    let file = folder.path().join(format!("out.{format}"));
    let written = write(&file)?;
    let bytes = std::fs::read(&file).map_err(failed)?;
    io::stdout().write_all(&bytes).map_err(failed)?;
    Ok(written)
}
