//! What names a model that can be fetched.

use foolscap_models::catalog::{Catalog, Entry};
use foolscap_models::hub::Repo;
use foolscap_models::parts;
use foolscap_models::shelf::{Shelved, Source};

use crate::api::{Problem, ProblemCode};

/// A file on the hub that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What to call it here.
    pub id: String,
    /// What to call it on the page.
    pub title: String,
    /// Whether it is an entry of the catalogue.
    pub(crate) entry: bool,
    pub(crate) repo: Repo,
    /// Of a model in several files, the first.
    pub(crate) file: String,
    pub(crate) revision: Option<String>,
    pub(crate) sha256: Option<String>,
}

impl Wish {
    /// The file that a name names: an entry of the catalogue, `owner/name:file`, or `owner/name` where it has one file only,
    /// which `files` tells.
    pub(super) fn of(
        name: &str,
        files: impl FnOnce(&str) -> Result<Vec<String>, Problem>,
    ) -> Result<Self, Problem> {
        if let Some(entry) = Catalog::kept().find(name) {
            return Ok(Self {
                id: entry.id.clone(),
                title: entry.name.clone(),
                entry: true,
                repo: entry.repo.parse()?,
                file: entry.file.clone(),
                revision: entry.revision.clone(),
                sha256: entry.sha256.clone(),
            });
        }
        let (repo, file) = match name.split_once(':') {
            Some((repo, file)) => (repo, file.to_owned()),
            None if name.contains('/') => (name, only(name, files(name)?)?),
            None => {
                let message = format!(
                    "{name:?} is not in the catalogue; `foolscap models search` tells what is, and any file on the hub is named as \
                     owner/name:file"
                );
                return Err(Problem::new(ProblemCode::NotFound, message));
            }
        };
        let (title, file) = (title(&file), parts::first(&file));
        let repo = repo.parse()?;
        Ok(Self { id: title.clone(), title, entry: false, repo, file, revision: None, sha256: None })
    }
}

/// What to call a file that only its name is known of.
pub(super) fn title(file: &str) -> String {
    parts::title(file.rsplit(['/', ':']).next().unwrap_or(file)).to_owned()
}

fn only(repo: &str, files: Vec<String>) -> Result<String, Problem> {
    match <[String; 1]>::try_from(files) {
        Ok([file]) => Ok(file),
        Err(files) if files.is_empty() => Err(Problem::new(
            ProblemCode::NotFound,
            format!("{repo} has no GGUF file; look for one that has"),
        )),
        Err(files) => {
            let all: Vec<String> = files.iter().map(|file| format!("  {repo}:{file}")).collect();
            let message = format!("{repo} has {} models; name one of them:\n{}", files.len(), all.join("\n"));
            Err(Problem::new(ProblemCode::BadRequest, message))
        }
    }
}

/// The catalogue's entry of a model that is here.
pub(super) fn entry_of(model: &Shelved) -> Option<&'static Entry> {
    Catalog::kept().models.iter().find(|entry| is_entry(model, entry))
}

/// Whether a model that is here is that of the catalogue.
pub(super) fn is_entry(model: &Shelved, entry: &Entry) -> bool {
    matches!(&model.source, Source::Hub { repo, file, .. } if *repo == entry.repo && *file == entry.file)
        || (entry.sha256.is_some() && model.sha256 == entry.sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(_: &str) -> Result<Vec<String>, Problem> {
        Ok(vec!["a.gguf".into(), "b.gguf".into()])
    }

    #[test]
    fn a_wish_is_an_entry_or_a_file_of_a_repository() {
        let entry = &Catalog::kept().models[0];
        let wish = Wish::of(&entry.id.to_uppercase(), files).unwrap();
        assert_eq!((wish.file, wish.sha256), (entry.file.clone(), entry.sha256.clone()));
        let wish = Wish::of("someone/Model-GGUF:Q4/Model-Q4_K_M.gguf", files).unwrap();
        assert_eq!((wish.id.as_str(), wish.file.as_str()), ("Model-Q4_K_M", "Q4/Model-Q4_K_M.gguf"));
        assert_eq!(Wish::of("a/b", |_| Ok(vec!["one.gguf".into()])).unwrap().file, "one.gguf");
        let error = Wish::of("a/b", files).unwrap_err();
        assert!(error.message.contains("a/b:b.gguf"), "{error}");
        let wish = Wish::of("a/b:Q4/Big-00002-of-00003.gguf", files).unwrap();
        assert_eq!((wish.id.as_str(), wish.file.as_str()), ("Big", "Q4/Big-00001-of-00003.gguf"));
        assert!(Wish::of("nothing-like-it", files).unwrap_err().message.contains("models search"));
    }
}
