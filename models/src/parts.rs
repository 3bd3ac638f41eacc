//! Models in several files, as llama.cpp's `gguf-split` names them: `name-00001-of-00003.gguf`. The first of them names
//! the model everywhere; none of them is of use without the others.

use std::path::{Path, PathBuf};

/// More parts than this are no model but another file's name; the engine holds the same bound.
const MOST: u32 = 999;

/// What the name of a part says.
struct Named<'a> {
    /// What all parts begin with.
    stem: &'a str,
    /// From 1 on.
    no: u32,
    count: u32,
}

impl<'a> Named<'a> {
    /// None for a file that is a model by itself.
    fn of(file: &'a str) -> Option<Self> {
        let (before, count) = file.strip_suffix(".gguf")?.rsplit_once("-of-")?;
        let (stem, no) = before.rsplit_once('-')?;
        let number = |text: &str| {
            let is_number = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| text.parse().ok()).flatten()
        };
        let (no, count): (u32, u32) = (number(no)?, number(count)?);
        let is_part = (1..=count).contains(&no) && (2..=MOST).contains(&count) && !stem.is_empty();
        is_part.then_some(Self { stem, no, count })
    }
}

/// Names of all files of the model that a file belongs to, in their order; the file's alone where it is all of it.
pub fn all(file: &str) -> Vec<String> {
    match Named::of(file) {
        None => vec![file.to_owned()],
        Some(Named { stem, count, .. }) => (1..=count).map(|no| name(stem, no, count)).collect(),
    }
}

/// The file that names the model which a file belongs to.
pub fn first(file: &str) -> String {
    Named::of(file).map_or_else(|| file.to_owned(), |named| name(named.stem, 1, named.count))
}

/// Whether a file is a part that does not name its model.
pub fn is_further(file: &str) -> bool {
    Named::of(file).is_some_and(|named| named.no > 1)
}

/// In how many files the model is that a file belongs to.
pub fn count(file: &str) -> u32 {
    Named::of(file).map_or(1, |named| named.count)
}

/// What to call the model that a file belongs to: without number and ending.
pub fn title(file: &str) -> &str {
    let bare = || file.strip_suffix(".gguf").unwrap_or(file);
    Named::of(file).map_or_else(bare, |named| named.stem)
}

/// [`all`], of a file on this machine.
pub fn paths(file: &Path) -> Vec<PathBuf> {
    match file.file_name().and_then(|name| name.to_str()) {
        Some(name) if count(name) > 1 => all(name).iter().map(|name| file.with_file_name(name)).collect(),
        _ => vec![file.to_owned()],
    }
}

/// [`first`], of a file on this machine.
pub fn first_path(file: &Path) -> PathBuf {
    paths(file).into_iter().next().unwrap_or_else(|| file.to_owned())
}

/// Names for the files of a model that is called `stem` and is in as many files as the one it is made of.
pub fn renamed(stem: &str, like: &Path) -> Vec<String> {
    let like = like.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match count(like) {
        1 => vec![format!("{stem}.gguf")],
        count => (1..=count).map(|no| name(stem, no, count)).collect(),
    }
}

fn name(stem: &str, no: u32, count: u32) -> String {
    format!("{stem}-{no:05}-of-{count:05}.gguf")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_model_in_one_file_is_that_file() {
        for file in [
            "a.gguf",
            "a-00001-of-00001.gguf",
            "a-00004-of-00003.gguf",
            "a-00000-of-00003.gguf",
            "a-1-of-3.gguf",
            "-00001-of-00002.gguf",
            "a-00001-of-00002.safetensors",
            "a-00001-of-70000.gguf",
        ] {
            assert_eq!((all(file), first(file), count(file)), (vec![file.to_owned()], file.to_owned(), 1));
            assert!(!is_further(file));
        }
        assert_eq!(title("Q4/a-Q4_K_M.gguf"), "Q4/a-Q4_K_M");
    }

    proptest! {
        #[test]
        fn every_part_names_the_same_model(stem in "[a-zA-Z0-9/._-]{0,12}[a-z]", count in 2u32..40, at in any::<prop::sample::Index>()) {
            let names = all(&name(&stem, 1, count));
            prop_assert_eq!(names.len(), count as usize);
            let one = at.get(&names);
            prop_assert_eq!(all(one), names.clone());
            prop_assert_eq!(first(one), names[0].clone());
            prop_assert_eq!(is_further(one), *one != names[0]);
            prop_assert_eq!((title(one), super::count(one)), (stem.as_str(), count));
            prop_assert_eq!(renamed(&stem, Path::new(one)).len(), names.len());
        }

        #[test]
        fn no_name_does_harm(file in ".{0,40}") {
            prop_assert!(all(&file).contains(&file));
            prop_assert!(paths(Path::new(&file)).contains(&PathBuf::from(&file)));
        }
    }
}
