//! What is remembered of exports: an author who sends the next draft wants the same format, the same name on it, and the
//! same place.

use std::path::{Path, PathBuf};

use foolscap_manuscript::ProjectId;
use serde::{Deserialize, Serialize};

use super::Studio;
use crate::api::{ExportChoice, ExportOptions, ExportPlace, Problem};

/// The key of the author's name, for projects that were never exported.
const AUTHOR: &str = "author";
/// The key of the author's address, likewise.
const CONTACT: &str = "contact";
/// The format that editors and agents ask for.
const FORMAT: &str = "docx";

/// What is kept of a project's last export.
#[derive(Serialize, Deserialize)]
struct Last {
    format: String,
    options: ExportOptions,
    file: PathBuf,
}

impl Studio {
    /// How a project was exported last; the first time as a plain document, by its author, or else that of the one exported
    /// before, who lives where he did then.
    ///
    /// # Errors
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn export_choice(&self, project: u32) -> Result<ExportChoice, Problem> {
        if let Some(Last { format, options, .. }) = self.kept(&key(project))? {
            return Ok(ExportChoice { format, options });
        }
        let own = Some(self.author(project)?).filter(|author| !author.is_empty());
        let author = own.map_or_else(|| self.kept(AUTHOR), |own| Ok(Some(own)))?;
        let contact = self.kept(CONTACT)?.unwrap_or_default();
        let options = ExportOptions { author, contact, ..ExportOptions::default() };
        Ok(ExportChoice { format: FORMAT.to_owned(), options })
    }

    /// Where an export of a format would go: where the last one went, else into `documents` under the project's title. Only
    /// the file of the last export is ever replaced.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn export_place(&self, project: u32, format: &str, documents: &Path) -> Result<ExportPlace, Problem> {
        let last: Option<Last> = self.kept(&key(project))?;
        let (folder, stem) = match &last {
            Some(Last { file, .. }) if file.parent().is_some_and(Path::is_dir) => {
                let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                (file.parent().unwrap_or(documents), stem)
            }
            _ => (documents, file_name(&self.library.project(ProjectId(project))?.title)),
        };
        let ending = if format == "folder" { String::new() } else { format!(".{format}") };
        let numbered = |n: u32| match n {
            1 => folder.join(format!("{stem}{ending}")),
            n => folder.join(format!("{stem} {n}{ending}")),
        };
        let same = |file: &Path| format != "folder" && last.as_ref().is_some_and(|last| last.file == file);
        let free = (1..1000).map(numbered).find(|file| same(file) || !file.exists());
        let file = free.unwrap_or_else(|| numbered(1));
        Ok(ExportPlace { replaces: file.exists(), file: file.display().to_string() })
    }

    /// Remembers how a project was exported; a library that is only read remembers nothing.
    pub(crate) fn remember_export(
        &mut self,
        project: u32,
        format: &str,
        options: &ExportOptions,
        file: &Path,
    ) -> Result<(), Problem> {
        if self.library.is_read_only() {
            return Ok(());
        }
        if let Some(author) = options.author.as_deref().filter(|author| !author.trim().is_empty()) {
            self.keep(AUTHOR, &author)?;
        }
        if options.manuscript {
            self.keep(CONTACT, &options.contact)?;
        }
        let (format, options, file) = (format.to_owned(), options.clone(), file.to_owned());
        self.keep(&key(project), &Last { format, options, file })
    }
}

fn key(project: u32) -> String {
    format!("export:{project}")
}

/// A title as the name of a file, without what no file may be called.
pub fn file_name(title: &str) -> String {
    let apart = |c: char| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { ' ' } else { c };
    let name: String = title.chars().map(apart).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.trim_matches(['.', ' ']).chars().take(120).collect();
    if name.is_empty() { "Untitled".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_a_file_can_have() {
        assert_eq!(file_name("Night/Day: \"what?\"\n"), "Night Day what");
        assert_eq!(file_name("..hidden."), "hidden");
        assert_eq!(file_name("天黑了"), "天黑了");
        assert_eq!(file_name(" ?? "), "Untitled");
    }
}
