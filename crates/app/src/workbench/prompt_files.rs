//! Prompts as files: a folder of them can live in version control, and come in again.

use std::fs;
use std::path::{Path, PathBuf};

use super::Bench;
use super::prompts::{parse_new, same_name};
use crate::api::{Problem, ProblemCode, PromptSummary, PromptVersion};
use crate::studio::file_name;

/// How deep folders are looked into.
const FOLDERS_IN_FOLDERS: usize = 8;

impl Bench {
    /// Writes the latest version of prompts (none named: of all that are the writer's own) into a folder, a file each, and
    /// gives their files. A file of the same prompt is written over.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::File`], [`ProblemCode::Library`].
    pub fn export_prompts(&self, names: &[String], folder: &Path) -> Result<Vec<PathBuf>, Problem> {
        let shelf = self.prompt_shelf()?;
        let chosen: Vec<&PromptSummary> = match names {
            [] => shelf.prompts.iter().filter(|prompt| !prompt.built_in && !prompt.archived).collect(),
            names => names
                .iter()
                .map(|name| {
                    let same = |prompt: &&PromptSummary| same_name(&prompt.name, name);
                    shelf.prompts.iter().find(same).ok_or_else(|| {
                        Problem::new(ProblemCode::NotFound, format!("there is no prompt called {name}"))
                    })
                })
                .collect::<Result<_, _>>()?,
        };
        fs::create_dir_all(folder).map_err(|e| unwritten(folder, &e))?;
        let mut files = Vec::new();
        for prompt in chosen {
            let Some(version) = prompt.versions.first() else { continue };
            // Names that differ in signs alone, which no file may have, are files of their own.
            let name = file_name(&prompt.name.to_lowercase());
            let numbers = (2..).map(|number| format!("{name} {number}"));
            let mut names = std::iter::once(name.clone()).chain(numbers);
            let free = names.find(|name| !files.contains(&folder.join(format!("{name}.md"))));
            let file = folder.join(format!("{}.md", free.unwrap_or(name)));
            let text = self.prompt_text(&version.label)?.source;
            fs::write(&file, text).map_err(|e| unwritten(&file, &e))?;
            files.push(file);
        }
        Ok(files)
    }

    /// Reads prompts from files, and from the Markdown files of folders and of those in them that have front matter. All are read
    /// before any is kept; what is new follows on the latest version of its name.
    ///
    /// # Errors
    /// [`ProblemCode::File`], and as [`Bench::save_prompt`], with the file's name.
    pub fn import_prompts(&self, paths: &[PathBuf]) -> Result<Vec<PromptVersion>, Problem> {
        let mut files = Vec::new();
        for path in paths {
            if !path.is_dir() {
                files.push(path.clone());
                continue;
            }
            inside(path, FOLDERS_IN_FOLDERS, &mut files)?;
        }
        let read = |file: PathBuf| {
            let text = fs::read_to_string(&file).map_err(|e| unread(&file, &e))?;
            let prompt = parse_new(&file.display().to_string(), &text)?;
            self.check_name(&prompt.head.name)
                .map_err(|p| Problem::new(p.code, format!("{}: {}", file.display(), p.message)))?;
            Ok((file, text))
        };
        let texts: Vec<(PathBuf, String)> = files.into_iter().map(read).collect::<Result<_, Problem>>()?;
        texts
            .iter()
            .map(|(file, text)| {
                let from = file.file_name().map(|name| name.to_string_lossy().into_owned());
                let message = format!("from {}", from.unwrap_or_default());
                let parent = self.latest(text)?;
                self.keep_prompt(text, parent.as_deref(), &message, true)
                    .map_err(|p| Problem::new(p.code, format!("{}: {}", file.display(), p.message)))
            })
            .collect()
    }
}

/// The prompts of a folder: a README beside them is none.
fn inside(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let entries = fs::read_dir(folder).map_err(|e| unread(folder, &e))?;
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    for path in entries.into_iter().filter(|path| !hidden(path)) {
        if path.is_dir() {
            if depth > 0 && !path.is_symlink() {
                inside(&path, depth - 1, files)?;
            }
        } else if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("md")) {
            let text = fs::read(&path).map_err(|e| unread(&path, &e))?;
            if text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text).starts_with(b"+++") {
                files.push(path);
            }
        }
    }
    Ok(())
}

fn unwritten(path: &Path, e: &std::io::Error) -> Problem {
    Problem::new(ProblemCode::File, format!("cannot write {}: {e}; choose another folder", path.display()))
}

fn unread(path: &Path, e: &std::io::Error) -> Problem {
    Problem::new(ProblemCode::File, format!("cannot read {}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Fate;

    const TEXT: &str = "+++\nname = \"Quiet\"\naction = \"continue\"\nversion = 1\npurpose = \"Goes on quietly.\"\n\
        works_on = \"cursor\"\ngives = \"passage\"\nwords = 30\ncandidates = 1\n\n[sampling]\ntemperature = 0.5\n+++\n\n\
        # User\n\nGo on: {{ before }}\n\n# Completion\n\n{{ before }}\n";

    fn bench() -> (tempfile::TempDir, Bench) {
        let folder = tempfile::tempdir().unwrap();
        let bench = Bench::of(folder.path());
        (folder, bench)
    }

    #[test]
    fn names_that_no_file_has_are_files_of_their_own() {
        let (folder, bench) = bench();
        for name in ["a:b", "a?b", "a b"] {
            bench.save_prompt(&TEXT.replace("Quiet", name), None, "").unwrap();
        }
        let mut files = bench.export_prompts(&[], &folder.path().join("out")).unwrap();
        files.dedup();
        assert_eq!(files.len(), 3);
        let other = Bench::of(&folder.path().join("other"));
        assert_eq!(other.import_prompts(&files).unwrap().len(), 3);
    }

    #[test]
    fn all_of_a_folder_comes_in_or_nothing() {
        let (folder, bench) = bench();
        let files = [("a.md", "Quiet"), ("b.md", "Continue"), ("c.md", "Quiet v2")].map(|(file, name)| {
            let path = folder.path().join(file);
            fs::write(&path, format!("\u{feff}{}", TEXT.replace("Quiet", name))).unwrap();
            path
        });
        assert!(bench.import_prompts(&files[..2]).unwrap_err().message.contains("b.md"));
        assert!(bench.import_prompts(&files[2..]).unwrap_err().message.contains("how a version is called"));
        assert!(bench.prompt_shelf().unwrap().prompts.iter().all(|prompt| prompt.built_in));
        assert_eq!(bench.import_prompts(&files[..1]).unwrap().len(), 1);
        assert_eq!(bench.label_of("quiet").unwrap(), "quiet v1");
    }

    #[test]
    fn prompts_go_out_as_files_and_come_in_again() {
        let (folder, bench) = bench();
        bench.save_prompt(TEXT, None, "").unwrap();
        bench.save_prompt(&TEXT.replace("30", "40"), None, "").unwrap();
        let out = folder.path().join("out");
        let files = bench.export_prompts(&[], &out).unwrap();
        assert_eq!(files, [out.join("quiet.md")]);
        assert!(fs::read_to_string(&files[0]).unwrap().contains("version = 2"));
        let other = Bench::of(&folder.path().join("other"));
        let came = other.import_prompts(std::slice::from_ref(&out)).unwrap();
        assert_eq!((came[0].label.as_str(), came[0].message.as_str()), ("quiet v1", "from quiet.md"));
        // The same again is the same version, whatever number its file has.
        assert_eq!(bench.import_prompts(&files).unwrap()[0].label, "quiet v2");
        assert_eq!(bench.export_prompts(&["continue".into()], &out).unwrap(), [out.join("continue.md")]);
        // Nobody writes over what came with Foolscap.
        assert!(
            other.import_prompts(std::slice::from_ref(&out)).unwrap_err().message.contains("continue.md")
        );
        fs::remove_file(out.join("continue.md")).unwrap();
        // What is no prompt is passed over; what is a wrong one is told. Folders have folders.
        fs::write(out.join("README.md"), "# My prompts").unwrap();
        fs::create_dir_all(out.join("more/.git")).unwrap();
        fs::write(out.join("more/.git/x.md"), "+++").unwrap();
        fs::write(out.join("more/loud.md"), TEXT.replace("Quiet", "Loud")).unwrap();
        let came = other.import_prompts(std::slice::from_ref(&out)).unwrap();
        let labels: Vec<&str> = came.iter().map(|version| version.label.as_str()).collect();
        assert_eq!(labels, ["loud v1", "quiet v1"]);
        fs::write(out.join("wrong.md"), "+++\nnothing").unwrap();
        let wrong = other.import_prompts(&[out]).unwrap_err();
        assert!(wrong.message.contains("wrong.md"), "{wrong}");
        // What comes later follows on what was there.
        let later = folder.path().join("later.md");
        fs::write(&later, TEXT.replace("30", "50")).unwrap();
        assert_eq!(other.import_prompts(&[later]).unwrap()[0].parent.as_deref(), Some("quiet v1"));
        let lines = bench.compare_prompts("quiet v1", "quiet v2").unwrap();
        let changed: Vec<&str> =
            lines.iter().filter(|l| l.fate != Fate::Kept).map(|l| l.text.as_str()).collect();
        assert_eq!(changed, ["version = 1", "version = 2", "words = 30", "words = 40"]);
    }
}
