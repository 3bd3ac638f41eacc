//! The models that are here: the starter, what was fetched and what was imported, each with its settings, and where others
//! come from. The list is one small file; the models themselves stay where they are.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::settings::ModelSettings;
use crate::{Choice, STARTER, parts};

/// Where a model came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// Fetched into the hub's cache.
    Hub {
        /// `owner/name`.
        repo: String,
        /// File of it.
        file: String,
        /// Commit that was fetched.
        commit: String,
    },
    /// A file that is used where it lies.
    File,
    /// A copy that was made for Foolscap, in its own folder.
    Copy,
}

/// A model that is here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shelved {
    /// What it is called on the command line; no other has this name.
    pub id: String,
    /// The file; of several, the first.
    pub path: PathBuf,
    /// Where it came from.
    #[serde(flatten)]
    pub source: Source,
    /// SHA-256 of the whole file, where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The same of the further files of a model in several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_sha256: Vec<Option<String>>,
    /// What the user has set for it.
    #[serde(default)]
    pub settings: ModelSettings,
    /// How fast it was on this machine, when it was measured last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<Speed>,
}

impl Shelved {
    /// Its files, each with its SHA-256 where that was seen.
    pub fn files(&self) -> impl Iterator<Item = (PathBuf, Option<&str>)> {
        let digests = std::iter::once(&self.sha256).chain(&self.further_sha256).map(Option::as_deref);
        parts::paths(&self.path).into_iter().zip(digests.chain(std::iter::repeat(None)))
    }
}

/// How fast a model is on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// Tokens of a prompt that are read in a second.
    pub prefill: f64,
    /// Tokens that are drawn in a second.
    pub decode: f64,
    /// Most bytes of memory that were used.
    pub memory: Option<u64>,
}

/// Why the list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The disk.
    #[error("the list of models {} cannot be used: {source}", path.display())]
    Disk {
        /// The list.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A list of another version, or a damaged one. It is kept aside and nothing else is touched.
    #[error("the list of models {} cannot be read ({why}); move it away to begin a new one", path.display())]
    Damaged {
        /// The list.
        path: PathBuf,
        /// Where and why.
        why: String,
    },
    /// No such model.
    #[error("there is no model {0:?} here; `foolscap models list` tells which there are")]
    Unknown(String),
}

/// The list. It is read when opened and written with every change, all of it at once.
#[derive(Debug)]
pub struct Shelf {
    path: PathBuf,
    list: List,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    version: u32,
    /// Settings of the starter.
    #[serde(default)]
    starter: ModelSettings,
    /// Where the hub is, and its mirrors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    endpoints: Vec<String>,
    models: Vec<Shelved>,
}

const VERSION: u32 = 1;

impl Shelf {
    /// Opens the list in a folder; an empty one where there is none.
    ///
    /// # Errors
    /// [`ShelfError`].
    pub fn open(folder: &Path) -> Result<Self, ShelfError> {
        let path = folder.join("models.json");
        let list = match fs::read(&path) {
            Ok(bytes) => {
                let list: Result<List, _> = serde_json::from_slice(&bytes);
                list.map_err(|e| e.to_string()).and_then(|list| match list.version {
                    ..=VERSION => Ok(list),
                    newer => Err(format!("it is of version {newer}; a newer Foolscap wrote it")),
                })
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(List { version: VERSION, ..List::default() }),
            Err(source) => return Err(ShelfError::Disk { path, source }),
        };
        match list {
            Ok(list) => Ok(Self { path, list }),
            Err(why) => Err(ShelfError::Damaged { path, why }),
        }
    }

    /// The models, in the order they came.
    pub fn models(&self) -> &[Shelved] {
        &self.list.models
    }

    /// A model by its id or its path.
    pub fn find(&self, name: &str) -> Option<&Shelved> {
        let models = &self.list.models;
        let by_id = models.iter().find(|model| model.id.eq_ignore_ascii_case(name));
        by_id.or_else(|| self.by_path(Path::new(name)))
    }

    /// A model by its file.
    pub fn by_path(&self, path: &Path) -> Option<&Shelved> {
        let path = canonical(path);
        self.list.models.iter().find(|model| model.path == path)
    }

    /// What is set for a model; nothing for one that is not on the list.
    pub fn settings(&self, choice: &Choice) -> ModelSettings {
        match choice {
            Choice::Starter => self.list.starter.clone(),
            Choice::File(path) => self.by_path(path).map(|model| model.settings.clone()).unwrap_or_default(),
        }
    }

    /// Where the hub is and its mirrors, as the user has set; empty where nothing is set.
    pub fn endpoints(&self) -> &[String] {
        &self.list.endpoints
    }

    /// Keeps where the hub is.
    ///
    /// # Errors
    /// [`ShelfError::Disk`].
    pub fn set_endpoints(&mut self, endpoints: Vec<String>) -> Result<(), ShelfError> {
        self.list.endpoints = endpoints;
        self.write()
    }

    /// Puts a model on the list, or says anew where one came from. `wish`: what to call it, if nobody is called so.
    /// `digests`: SHA-256 of its files, as far as they are known.
    ///
    /// # Errors
    /// [`ShelfError::Disk`].
    pub fn put(
        &mut self,
        wish: &str,
        path: &Path,
        source: Source,
        digests: impl IntoIterator<Item = Option<String>>,
    ) -> Result<Shelved, ShelfError> {
        let path = canonical(path);
        let mut digests = digests.into_iter();
        let (sha256, further): (_, Vec<_>) = (digests.next().flatten(), digests.collect());
        let at = match self.list.models.iter().position(|model| model.path == path) {
            Some(at) => {
                let model = &mut self.list.models[at];
                model.source = source;
                if sha256.is_some() {
                    (model.sha256, model.further_sha256) = (sha256, further);
                }
                at
            }
            None => {
                let id = self.free_id(wish);
                let (settings, speed) = (ModelSettings::default(), None);
                let further_sha256 = further;
                let model = Shelved { id, path, source, sha256, further_sha256, settings, speed };
                self.list.models.push(model);
                self.list.models.len() - 1
            }
        };
        self.write()?;
        Ok(self.list.models[at].clone())
    }

    /// Changes what is set for a model; one that is not on the list comes onto it.
    ///
    /// # Errors
    /// [`ShelfError::Disk`].
    pub fn set(&mut self, choice: &Choice, settings: ModelSettings) -> Result<(), ShelfError> {
        match choice {
            Choice::Starter => self.list.starter = settings,
            Choice::File(path) => {
                if self.by_path(path).is_none() {
                    self.put(&choice.label(), path, Source::File, [])?;
                }
                let path = canonical(path);
                if let Some(model) = self.list.models.iter_mut().find(|model| model.path == path) {
                    model.settings = settings;
                }
            }
        }
        self.write()
    }

    /// Keeps how fast a model was.
    ///
    /// # Errors
    /// [`ShelfError::Unknown`], [`ShelfError::Disk`].
    pub fn measured(&mut self, id: &str, speed: Speed) -> Result<(), ShelfError> {
        let model = self.list.models.iter_mut().find(|model| model.id == id);
        model.ok_or_else(|| ShelfError::Unknown(id.to_owned()))?.speed = Some(speed);
        self.write()
    }

    /// Takes a model off the list. What Foolscap itself has put on the disk goes with it; what lies elsewhere stays.
    ///
    /// # Errors
    /// [`ShelfError::Unknown`], [`ShelfError::Disk`].
    pub fn remove(&mut self, id: &str) -> Result<Shelved, ShelfError> {
        let at = self.list.models.iter().position(|model| model.id.eq_ignore_ascii_case(id));
        let at = at.ok_or_else(|| ShelfError::Unknown(id.to_owned()))?;
        let model = self.list.models[at].clone();
        if model.source != Source::File {
            for (path, _) in model.files() {
                // A path is that of the content, which names lead to; they lead nowhere then, and give way to the next. Of
                // several files it is the name, which goes after its content.
                let content = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                delete(&content)?;
                delete(&path)?;
            }
        }
        self.list.models.remove(at);
        self.write()?;
        Ok(model)
    }

    fn free_id(&self, wish: &str) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || "-._".contains(c);
        let plain: String = wish.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
        let plain = plain.trim_matches('-');
        let wish = if plain.is_empty() { "model" } else { plain };
        let is_free = |id: &str| {
            id != STARTER && !self.list.models.iter().any(|model| model.id.eq_ignore_ascii_case(id))
        };
        let numbered = (2u64..).map(|n| format!("{wish}-{n}"));
        std::iter::once(wish.to_owned()).chain(numbered).find(|id| is_free(id)).unwrap_or_default()
    }

    /// Beside it and then in its place, so that there is never half a list.
    fn write(&self) -> Result<(), ShelfError> {
        let disk = |source| ShelfError::Disk { path: self.path.clone(), source };
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(disk)?;
        let bytes = serde_json::to_vec_pretty(&self.list).map_err(|e| disk(io::Error::other(e)))?;
        let beside = self.path.with_extension(format!("json.{}", std::process::id()));
        let mut file = fs::File::create(&beside).map_err(disk)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(disk)?;
        fs::rename(&beside, &self.path).map_err(disk)
    }
}

/// What is not there is deleted.
fn delete(path: &Path) -> Result<(), ShelfError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(ShelfError::Disk { path: path.to_owned(), source: e })
        }
        _ => Ok(()),
    }
}

/// One name for one model. What is not there keeps the name it has. Files of a model in several find each other by their
/// names, so only their folder's links are followed.
fn canonical(path: &Path) -> PathBuf {
    let follow = |path: &Path| {
        fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
    };
    let first = parts::first_path(path);
    let of_several = first.file_name().filter(|name| parts::count(&name.to_string_lossy()) > 1);
    match (of_several, first.parent()) {
        (Some(name), Some(folder)) if folder.as_os_str().is_empty() => follow(Path::new(".")).join(name),
        (Some(name), Some(folder)) => follow(folder).join(name),
        _ => follow(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, "GGUF").unwrap();
        path
    }

    #[test]
    fn what_is_put_there_is_there_the_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "Some Model.gguf");
        let mut shelf = Shelf::open(folder.path()).unwrap();
        assert!(shelf.models().is_empty());
        let put = shelf.put("Some Model", &path, Source::File, []).unwrap();
        assert_eq!(put.id, "Some-Model");
        let settings = ModelSettings { context: Some(4096), ..ModelSettings::default() };
        shelf.set(&Choice::File(path.clone()), settings.clone()).unwrap();
        shelf.set(&Choice::Starter, settings.clone()).unwrap();
        shelf.set_endpoints(vec!["https://a.mirror".into()]).unwrap();
        let again = Shelf::open(folder.path()).unwrap();
        assert_eq!(again.find("SOME-model").unwrap().settings, settings);
        assert_eq!(again.find(&path.display().to_string()).unwrap().id, "Some-Model");
        assert_eq!(again.settings(&Choice::Starter), settings);
        assert_eq!(again.endpoints(), ["https://a.mirror"]);
        assert_eq!(again.settings(&Choice::File("else.gguf".into())), ModelSettings::default());
    }

    #[test]
    fn ids_are_each_for_one_model() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(folder.path()).unwrap();
        let ids: Vec<String> = ["a.gguf", "b.gguf", "c.gguf", "a.gguf"]
            .map(|name| shelf.put("starter", &file(folder.path(), name), Source::File, []).unwrap().id)
            .to_vec();
        assert_eq!(ids, ["starter-2", "starter-3", "starter-4", "starter-2"]);
    }

    #[test]
    fn only_what_foolscap_has_put_there_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(folder.path()).unwrap();
        let (theirs, ours) = (file(folder.path(), "theirs.gguf"), file(folder.path(), "ours.gguf"));
        shelf.put("theirs", &theirs, Source::File, []).unwrap();
        shelf.put("ours", &ours, Source::Copy, []).unwrap();
        shelf.remove("theirs").unwrap();
        shelf.remove("OURS").unwrap();
        assert!(theirs.exists() && !ours.exists());
        assert!(matches!(shelf.remove("ours"), Err(ShelfError::Unknown(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_model_in_several_files_is_one_of_the_list_and_goes_whole() {
        let folder = tempfile::tempdir().unwrap();
        let names = [1, 2].map(|no| folder.path().join(format!("a-0000{no}-of-00002.gguf")));
        // As the hub's cache has them: names that lead to contents.
        let contents = ["one", "two"].map(|name| file(folder.path(), name));
        for (name, content) in names.iter().zip(&contents) {
            std::os::unix::fs::symlink(content, name).unwrap();
        }
        let mut shelf = Shelf::open(folder.path()).unwrap();
        let digests = || ["1", "2"].map(|digest| Some(digest.to_owned()));
        for name in &names {
            shelf.put("a", name, Source::Copy, digests()).unwrap();
        }
        let again = Shelf::open(folder.path()).unwrap();
        let [model] = again.models() else { panic!("{:?}", again.models()) };
        let files: Vec<_> = model.files().map(|(path, sha256)| (path, sha256.unwrap())).collect();
        let folder_of = fs::canonicalize(folder.path()).unwrap();
        let named = |at: usize| folder_of.join(names[at].file_name().unwrap());
        assert_eq!(files, [(named(0), "1"), (named(1), "2")]);
        shelf.remove("a").unwrap();
        assert!(names.iter().chain(&contents).all(|path| fs::symlink_metadata(path).is_err()));
    }

    #[test]
    fn a_list_that_cannot_be_read_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("models.json");
        for text in ["{ half", r#"{"version": 99, "models": []}"#] {
            fs::write(&path, text).unwrap();
            assert!(matches!(Shelf::open(folder.path()), Err(ShelfError::Damaged { .. })));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
