//! The next version of a prompt, from an editor or a file. What was written is not lost where it cannot be kept.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use foolscap_app::Bench;
use foolscap_app::api::PromptVersion;

use crate::Failure;
use crate::text;

/// Gives the version, and whether it is a new one.
pub fn edit(
    bench: &Bench,
    label: &str,
    file: Option<&Path>,
    message: &str,
) -> Result<(PromptVersion, bool), Failure> {
    let before = bench.prompt_text(label)?;
    let known: Vec<String> = labels(bench)?;
    let save = |source: &str| bench.save_prompt(source, Some(&before.version.label), message);
    let version = match file {
        Some(file) => save(&text::read(file)?)?,
        None => {
            let draft = draft(&before.source)?;
            let source = written(&draft)?;
            if source == before.source {
                let _ = fs::remove_file(&draft);
                return Ok((before.version, false));
            }
            match save(&source) {
                Ok(version) => {
                    let _ = fs::remove_file(&draft);
                    version
                }
                Err(problem) => {
                    return Err(Failure::Usage(format!(
                        "{problem}\nyour text is in {}; mend it, and keep it with: foolscap prompts edit {label:?} --file {:?}",
                        draft.display(),
                        draft.display().to_string()
                    )));
                }
            }
        }
    };
    let is_new = !known.contains(&version.label);
    Ok((version, is_new))
}

fn labels(bench: &Bench) -> Result<Vec<String>, Failure> {
    let shelf = bench.prompt_shelf()?;
    Ok(shelf.prompts.into_iter().flat_map(|prompt| prompt.versions).map(|version| version.label).collect())
}

/// A file with the text to begin with.
fn draft(source: &str) -> Result<PathBuf, Failure> {
    let path = std::env::temp_dir().join(format!("foolscap-prompt-{}.md", std::process::id()));
    let failed = |source| Failure::Write { what: path.display().to_string(), source };
    fs::write(&path, source).map_err(failed)?;
    Ok(path)
}

/// What the user's editor leaves in the file.
fn written(draft: &Path) -> Result<String, Failure> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| OsString::from("vi"));
    // It may come with arguments (`code --wait`).
    let words = editor.to_string_lossy().into_owned();
    let mut words = words.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(draft).status().map_err(|e| {
        Failure::Usage(format!(
            "cannot start the editor {program}: {e}; set $EDITOR, or give the text with --file"
        ))
    })?;
    if !status.success() {
        return Err(Failure::Usage(format!("the editor ended with {status}; nothing was kept")));
    }
    text::read(draft)
}
