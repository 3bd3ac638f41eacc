//! Models that other programs on this machine hold already. They are used where they lie: nothing is copied, moved or
//! changed there.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::parts;

/// A program that holds models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Program {
    /// Ollama: contents by their digests, names in manifests.
    Ollama,
    /// LM Studio: `publisher/repository/file`.
    LmStudio,
    /// Jan: a folder a model.
    Jan,
    /// The hub's own programs and all that share their cache.
    Hub,
}

impl Program {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ollama => "Ollama",
            Self::LmStudio => "LM Studio",
            Self::Jan => "Jan",
            Self::Hub => "hub cache",
        }
    }
}

/// A model of another program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Whose it is.
    pub program: Program,
    /// What that program calls it.
    pub name: String,
    /// The file; of several, the first.
    pub path: PathBuf,
    /// Bytes of all.
    pub size: u64,
}

/// Where the programs keep their models.
#[derive(Debug, Clone, Default)]
pub struct Places(Vec<(Program, PathBuf)>);

/// Folders are followed so far down, and so many entries are looked at: a folder that leads everywhere ends somewhere.
const DEPTH: usize = 6;
const ENTRIES: usize = 20_000;

impl Places {
    /// Those of this system and user: the programs' own defaults, and what their environment variables say.
    pub fn here(hub_cache: &Path) -> Self {
        let home = std::env::home_dir().unwrap_or_default();
        let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let data = variable("XDG_DATA_HOME").unwrap_or_else(|| home.join(".local/share"));
        let roaming = variable("APPDATA").unwrap_or_else(|| home.join("AppData/Roaming"));
        let mut all = vec![
            (Program::Ollama, home.join(".ollama/models")),
            // Where it is a service of the system.
            (Program::Ollama, PathBuf::from("/usr/share/ollama/.ollama/models")),
            (Program::LmStudio, home.join(".lmstudio/models")),
            (Program::LmStudio, home.join(".cache/lm-studio/models")),
            (Program::Jan, data.join("Jan/data/llamacpp/models")),
            (Program::Jan, roaming.join("Jan/data/llamacpp/models")),
            (Program::Jan, home.join("Library/Application Support/Jan/data/llamacpp/models")),
            (Program::Jan, home.join("jan/models")),
            (Program::Hub, hub_cache.to_owned()),
        ];
        all.extend(variable("OLLAMA_MODELS").map(|path| (Program::Ollama, path)));
        Self(all)
    }

    /// These instead.
    pub fn new(all: impl IntoIterator<Item = (Program, PathBuf)>) -> Self {
        Self(all.into_iter().collect())
    }

    /// All models that are there, each once. What cannot be read is not there.
    pub fn find(&self) -> Vec<Held> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        for (program, folder) in &self.0 {
            let mut held = match program {
                Program::Ollama => ollama(folder),
                _ => files(*program, folder),
            };
            held.retain(|held| fs::canonicalize(&held.path).is_ok_and(|path| seen.insert(path)));
            held.sort_by_key(|held| held.name.to_lowercase());
            all.append(&mut held);
        }
        all
    }
}

/// GGUF files below a folder.
fn files(program: Program, folder: &Path) -> Vec<Held> {
    models_below(folder)
        .into_iter()
        .filter_map(|path| {
            // Of several files all, or the model is not there.
            let sizes = parts::paths(&path).into_iter().map(|path| Some(fs::metadata(path).ok()?.len()));
            let size = sizes.sum::<Option<u64>>()?;
            Some(Held { program, name: name(program, folder, &path), path, size })
        })
        .collect()
}

/// The models below a folder, each by its first file.
pub(crate) fn models_below(folder: &Path) -> Vec<PathBuf> {
    files_below(folder).into_iter().filter(|path| is_model(path)).collect()
}

/// The files below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut budget = ENTRIES;
    below(folder, DEPTH, &mut budget)
}

/// Whether a file is a model, or the first part of one; not what goes with one (pictures, the further parts).
pub fn is_model(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(OsStr::to_str) else { return false };
    let is_further = parts::is_further(name);
    let name = name.to_lowercase();
    name.ends_with(".gguf") && !name.contains("mmproj") && !is_further
}

fn name(program: Program, folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = match parts::count(&file) {
        1 => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        _ => parts::title(&file).to_owned(),
    };
    match program {
        // `models--owner--name/snapshots/commit/file`
        Program::Hub => stem,
        // The file is `model.gguf` in most folders.
        Program::Jan if stem == "model" => {
            inside.parent().map(|p| p.to_string_lossy().replace('\\', "/")).unwrap_or(stem)
        }
        _ => stem,
    }
}

fn below(folder: &Path, depth: usize, budget: &mut usize) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in entries.flatten() {
        if *budget == 0 {
            break;
        }
        *budget -= 1;
        let path = entry.path();
        // Links to files are followed (the hub's cache is made of them), links to folders are not.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if depth > 1 {
                all.extend(below(&path, depth - 1, budget));
            }
        } else {
            all.push(path);
        }
    }
    all
}

/// As much of a manifest as is needed.
#[derive(Deserialize)]
struct Manifest {
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(rename = "mediaType")]
    media_type: String,
    digest: String,
}

/// `manifests/REGISTRY/NAMESPACE/MODEL/TAG` name contents `blobs/sha256-…`.
fn ollama(folder: &Path) -> Vec<Held> {
    let manifests = folder.join("manifests");
    let mut budget = ENTRIES;
    let held = |path: PathBuf| {
        let manifest: Manifest = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
        let layer = manifest.layers.iter().find(|l| l.media_type == "application/vnd.ollama.image.model")?;
        let (kind, hash) = layer.digest.split_once(':')?;
        let is_digest = kind == "sha256" && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let blob = folder.join("blobs").join(format!("sha256-{hash}"));
        let size = fs::metadata(&blob).ok().filter(|_| is_digest)?.len();
        let inside = path.strip_prefix(&manifests).ok()?;
        let parts: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
        let name = match parts.as_slice() {
            [_, namespace, model, tag] if namespace == "library" => format!("{model}:{tag}"),
            [_, namespace, model, tag] => format!("{namespace}/{model}:{tag}"),
            _ => inside.to_string_lossy().into_owned(),
        };
        Some(Held { program: Program::Ollama, name, path: blob, size })
    };
    below(&manifests, DEPTH, &mut budget).into_iter().filter_map(held).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn models_of_every_program_are_found_where_they_lie() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        let hash = "ab".repeat(32);
        write(&at("ollama/blobs").join(format!("sha256-{hash}")), "GGUF…");
        let layers = format!(
            r#"{{"schemaVersion":2,"layers":[{{"mediaType":"application/vnd.ollama.image.template","digest":"sha256:00","size":1}},
            {{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:{hash}","size":5}}]}}"#
        );
        write(&at("ollama/manifests/registry.ollama.ai/library/llama3.2/3b"), &layers);
        write(&at("ollama/manifests/registry.ollama.ai/library/broken/latest"), "no manifest");
        write(&at("ollama/manifests/registry.ollama.ai/library/gone/latest"), &layers.replace("ab", "cd"));
        write(&at("studio/lmstudio-community/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf"), "GGUF");
        write(&at("studio/lmstudio-community/Qwen3-4B-GGUF/mmproj-model-f16.gguf"), "GGUF");
        write(&at("studio/big/Big-GGUF/Big-00001-of-00002.gguf"), "GGUF");
        write(&at("studio/big/Big-GGUF/Big-00002-of-00002.gguf"), "GGUF");
        write(&at("studio/big/Half-GGUF/Half-00001-of-00002.gguf"), "GGUF");
        write(&at("jan/janhq/Jan-v1-4B/model.gguf"), "GGUF");
        write(&at("jan/janhq/Jan-v1-4B/model.yml"), "name: x");
        write(&at("hub/models--a--b/snapshots/0123/c.gguf"), "GGUF");
        let places = Places::new([
            (Program::Ollama, at("ollama")),
            (Program::LmStudio, at("studio")),
            (Program::Jan, at("jan")),
            (Program::Hub, at("hub")),
            // The same place twice.
            (Program::Hub, at("hub")),
            (Program::Jan, at("not there")),
        ]);
        let found = places.find();
        let names: Vec<&str> = found.iter().map(|held| held.name.as_str()).collect();
        assert_eq!(names, ["llama3.2:3b", "Big", "Qwen3-4B-Q4_K_M", "janhq/Jan-v1-4B", "c"]);
        assert!(found[0].path.ends_with(format!("sha256-{hash}")) && found[0].size == 7);
        assert!(found[1].path.ends_with("Big-00001-of-00002.gguf") && found[1].size == 8, "all of its parts");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_leads_into_itself_ends() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("a/m.gguf"), "GGUF");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).unwrap();
        let found = Places::new([(Program::LmStudio, folder.path().to_owned())]).find();
        assert_eq!(found.len(), 1);
    }
}
