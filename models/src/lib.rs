//! The models Foolscap knows: the starter, which is part of the program, and any GGUF on this machine.
//! The starter's recipe and card are beside this crate, under `starter/`.

pub mod catalog;
pub mod convert;
pub mod download;
pub mod endpoint;
pub mod fit;
pub mod found;
pub mod hub;
pub mod import;
pub mod machine;
pub mod parts;
pub mod settings;
pub mod shelf;
pub mod token;
pub mod words;

use std::path::{Path, PathBuf};

use foolscap_engine::{Gguf, Result};

/// The starter's name, wherever a model is named.
pub const STARTER: &str = "starter";

/// What to tell a writer who works with the starter.
pub const ABOUT_STARTER: &str = "The starter is a small model to try things with: it holds a sentence, not a plot, and it follows no \
     instructions. For real work get an instruct model as a GGUF file (Qwen3 4B or Llama 3.2 3B, Q4_K_M, from \
     huggingface.co) and choose it here.";

/// The starter in the form a mapped file has: aligned, so that its numbers can be read in place.
#[repr(C, align(64))]
struct Aligned<Bytes: ?Sized>(Bytes);

static STARTER_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../starter/foolscap-starter.gguf"));

/// The starter's file.
pub fn starter_bytes() -> &'static [u8] {
    &STARTER_FILE.0
}

/// A model to load.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// The one that comes with Foolscap.
    #[default]
    Starter,
    /// A GGUF file.
    File(PathBuf),
}

impl Choice {
    /// The model that a path, or the word `starter`, names.
    pub fn named(name: &Path) -> Self {
        if name.as_os_str() == STARTER { Self::Starter } else { Self::File(name.to_owned()) }
    }

    /// Opens the file and checks its header.
    ///
    /// # Errors
    /// As [`Gguf::open`].
    pub fn open(&self) -> Result<Gguf> {
        match self {
            Self::Starter => Gguf::from_static(&STARTER_FILE.0),
            Self::File(path) => Gguf::open(path),
        }
    }

    /// What to call it before its own name is read.
    pub fn label(&self) -> String {
        match self {
            Self::Starter => "Foolscap Starter".into(),
            Self::File(path) => match path.file_name().map(|name| name.to_string_lossy()) {
                Some(name) if parts::count(&name) > 1 => parts::title(&name).to_owned(),
                _ => path
                    .file_stem()
                    .map_or_else(|| path.display().to_string(), |s| s.to_string_lossy().into_owned()),
            },
        }
    }

    /// What it is kept as: its path, or `starter`.
    pub fn id(&self) -> String {
        match self {
            Self::Starter => STARTER.into(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_is_in_the_program_and_sound() {
        let gguf = Choice::Starter.open().unwrap();
        assert_eq!(gguf.metadata().text("general.architecture"), Some("llama"));
        assert!(gguf.file_size() <= 24 << 20, "the starter has at most 24 MiB");
    }

    #[test]
    fn a_model_is_named_by_its_path_or_as_starter() {
        assert_eq!(Choice::named(Path::new("starter")), Choice::Starter);
        let file = Choice::named(Path::new("/books/Qwen3-4B-Q4_K_M.gguf"));
        assert_eq!(file.label(), "Qwen3-4B-Q4_K_M");
        assert_eq!(Choice::named(Path::new("/books/Big-00001-of-00003.gguf")).label(), "Big");
    }
}
