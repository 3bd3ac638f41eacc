//! The models that are here: the starter, what was fetched and what was imported, each with its settings. The list is one
//! small file; the models themselves stay where they are.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::settings::ModelSettings;
use crate::{Choice, STARTER};

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
    /// The file.
    pub path: PathBuf,
    /// Where it came from.
    #[serde(flatten)]
    pub source: Source,
    /// SHA-256 of the whole file, where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What the user has set for it.
    #[serde(default)]
    pub settings: ModelSettings,
    /// How fast it was on this machine, when it was measured last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<Speed>,
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

    /// Puts a model on the list, or says anew where one came from. `wish`: what to call it, if nobody is called so.
    ///
    /// # Errors
    /// [`ShelfError::Disk`].
    pub fn put(
        &mut self,
        wish: &str,
        path: &Path,
        source: Source,
        sha256: Option<String>,
    ) -> Result<Shelved, ShelfError> {
        let path = canonical(path);
        let at = match self.list.models.iter().position(|model| model.path == path) {
            Some(at) => {
                let model = &mut self.list.models[at];
                (model.source, model.sha256) = (source, sha256.or(model.sha256.take()));
                at
            }
            None => {
                let id = self.free_id(wish);
                let (settings, speed) = (ModelSettings::default(), None);
                self.list.models.push(Shelved { id, path, source, sha256, settings, speed });
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
                    self.put(&choice.label(), path, Source::File, None)?;
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
        let gone = match model.source {
            Source::File => Ok(()),
            // Its path is that of the content, which names lead to; they lead nowhere then, and give way to the next.
            Source::Copy | Source::Hub { .. } => fs::remove_file(&model.path),
        };
        match gone {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(ShelfError::Disk { path: model.path, source: e });
            }
            _ => {}
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

/// One name for one file. What is not there keeps the name it has.
fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
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
        let put = shelf.put("Some Model", &path, Source::File, None).unwrap();
        assert_eq!(put.id, "Some-Model");
        let settings = ModelSettings { context: Some(4096), ..ModelSettings::default() };
        shelf.set(&Choice::File(path.clone()), settings.clone()).unwrap();
        shelf.set(&Choice::Starter, settings.clone()).unwrap();
        let again = Shelf::open(folder.path()).unwrap();
        assert_eq!(again.find("SOME-model").unwrap().settings, settings);
        assert_eq!(again.find(&path.display().to_string()).unwrap().id, "Some-Model");
        assert_eq!(again.settings(&Choice::Starter), settings);
        assert_eq!(again.settings(&Choice::File("else.gguf".into())), ModelSettings::default());
    }

    #[test]
    fn ids_are_each_for_one_model() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(folder.path()).unwrap();
        let ids: Vec<String> = ["a.gguf", "b.gguf", "c.gguf", "a.gguf"]
            .map(|name| shelf.put("starter", &file(folder.path(), name), Source::File, None).unwrap().id)
            .to_vec();
        assert_eq!(ids, ["starter-2", "starter-3", "starter-4", "starter-2"]);
    }

    #[test]
    fn only_what_foolscap_has_put_there_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::open(folder.path()).unwrap();
        let (theirs, ours) = (file(folder.path(), "theirs.gguf"), file(folder.path(), "ours.gguf"));
        shelf.put("theirs", &theirs, Source::File, None).unwrap();
        shelf.put("ours", &ours, Source::Copy, None).unwrap();
        shelf.remove("theirs").unwrap();
        shelf.remove("OURS").unwrap();
        assert!(theirs.exists() && !ours.exists());
        assert!(matches!(shelf.remove("ours"), Err(ShelfError::Unknown(_))));
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
