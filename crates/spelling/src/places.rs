//! Where dictionaries lie: in the author's own folder, inside the program, and where systems and LibreOffice keep
//! theirs. Folders are looked through each time they are asked about, so that a dictionary that was just put
//! there is seen; nothing in them is read before it is to be used.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::dictionary::Dictionary;
use crate::shipped::{self, SHIPPED};
use crate::{Error, Language};

/// Folders in folders that are looked into: LibreOffice keeps each dictionary in one of its own.
const DEPTH: u32 = 4;
/// Entries that are looked at from each folder on, lest one that holds something else is walked for long.
const ENTRIES: usize = 5000;

/// Where dictionaries are looked for.
#[derive(Debug, Clone)]
pub struct Dictionaries {
    own: PathBuf,
    others: Vec<PathBuf>,
}

/// A dictionary that there is, not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its language, as its files are called.
    pub language: Language,
    /// Where it is.
    pub place: Place,
}

/// Where a dictionary is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Inside the program, under this name.
    Shipped(&'static str),
    /// A pair of files with the same name.
    Files {
        /// How words are inflected and put together.
        aff: PathBuf,
        /// The words.
        dic: PathBuf,
    },
}

impl Dictionaries {
    /// Those in the author's own folder, inside the program, and where this system and its programs keep theirs.
    /// The variable `DICPATH`, which Hunspell's own program has too, names further folders.
    pub fn of(own: impl Into<PathBuf>) -> Self {
        Self::in_folders(own, system_folders())
    }

    /// Those in the author's own folder, inside the program, and in other folders.
    pub fn in_folders(own: impl Into<PathBuf>, others: Vec<PathBuf>) -> Self {
        Self { own: own.into(), others }
    }

    /// The author's own folder, which need not be there.
    pub fn own_folder(&self) -> &Path {
        &self.own
    }

    /// All that there are, one for each language: the author's own before the program's before the system's.
    pub fn list(&self) -> Vec<Source> {
        let mut all: Vec<Source> = Vec::new();
        let mut add = |source: Source| {
            if all.iter().all(|known| known.language != source.language) {
                all.push(source);
            }
        };
        in_folder(&self.own, 1, &mut 0).into_iter().for_each(&mut add);
        let inside = SHIPPED.iter().filter_map(|shipped| {
            Some(Source { language: shipped.name.parse().ok()?, place: Place::Shipped(shipped.name) })
        });
        inside.for_each(&mut add);
        self.others.iter().flat_map(|folder| in_folder(folder, DEPTH, &mut 0)).for_each(&mut add);
        all.sort_by(|a, b| a.language.cmp(&b.language));
        all
    }

    /// The one that serves a language best.
    ///
    /// # Errors
    /// [`Error::NotALanguage`], [`Error::NoDictionary`].
    pub fn find(&self, language: &str) -> Result<Source, Error> {
        let wanted: Language = language.parse()?;
        let serving =
            self.list().into_iter().filter_map(|source| Some((source.language.distance(&wanted)?, source)));
        serving.min_by_key(|(distance, _)| *distance).map(|(_, source)| source).ok_or_else(|| {
            Error::NoDictionary {
                language: wanted.to_string(),
                file: wanted.file_name(),
                folder: self.own.clone(),
            }
        })
    }
}

impl Source {
    /// Reads it: some 30 ms for English, 200 ms for the largest.
    ///
    /// # Errors
    /// What is wrong with its files.
    pub fn load(&self) -> Result<Dictionary, Error> {
        match &self.place {
            Place::Shipped(name) => shipped::load(name, self.language.clone()),
            Place::Files { aff, dic } => Dictionary::read(aff, dic, self.language.clone()),
        }
    }
}

/// The pairs of files in a folder and those in it, by name. A folder that cannot be read has none.
fn in_folder(folder: &Path, depth: u32, seen: &mut usize) -> Vec<Source> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let room = ENTRIES.saturating_sub(*seen);
    let mut paths: Vec<PathBuf> = entries.flatten().take(room).map(|entry| entry.path()).collect();
    *seen += paths.len();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.extension().is_some_and(|ending| ending == "aff") {
            let dic = path.with_extension("dic");
            let language = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
            if let (Some(language), true) = (language, dic.is_file()) {
                found.push(Source { language, place: Place::Files { aff: path, dic } });
            }
        } else if depth > 1 && path.is_dir() {
            found.extend(in_folder(&path, depth - 1, seen));
        }
    }
    found
}

/// Where systems and LibreOffice keep dictionaries.
fn system_folders() -> Vec<PathBuf> {
    let named =
        env::var_os("DICPATH").into_iter().flat_map(|paths| env::split_paths(&paths).collect::<Vec<_>>());
    let home = |variable: &str, below: &str| env::var_os(variable).map(|home| Path::new(&home).join(below));
    let fixed = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
    let there: Vec<PathBuf> = if cfg!(target_os = "macos") {
        let own = home("HOME", "Library/Spelling");
        let office = home("HOME", "Library/Application Support/LibreOffice/4/user/uno_packages/cache");
        let all = fixed(&[
            "/Library/Spelling",
            "/opt/homebrew/share/hunspell",
            "/usr/local/share/hunspell",
            "/Applications/LibreOffice.app/Contents/Resources/extensions",
        ]);
        own.into_iter().chain(all).chain(office).collect()
    } else if cfg!(windows) {
        let programs = ["ProgramFiles", "ProgramFiles(x86)"];
        let office = programs.iter().filter_map(|at| home(at, "LibreOffice/share/extensions"));
        office.chain(home("APPDATA", "LibreOffice/4/user/uno_packages/cache")).collect()
    } else {
        let own = home("HOME", ".local/share/hunspell");
        let office = home("HOME", ".config/libreoffice/4/user/uno_packages/cache");
        let all = fixed(&[
            "/usr/share/hunspell",
            "/usr/local/share/hunspell",
            "/usr/share/myspell",
            "/usr/share/myspell/dicts",
            "/usr/lib/libreoffice/share/extensions",
            "/usr/lib64/libreoffice/share/extensions",
            "/opt/libreoffice/share/extensions",
        ]);
        own.into_iter().chain(all).chain(office).collect()
    };
    named.chain(there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(folder: &Path, names: &[&str]) {
        fs::create_dir_all(folder).unwrap();
        names.iter().for_each(|name| fs::write(folder.join(name), "").unwrap());
    }

    fn names(dictionaries: &Dictionaries) -> Vec<String> {
        dictionaries.list().iter().map(|source| source.language.to_string()).collect()
    }

    #[test]
    fn pairs_of_files_are_found_wherever_programs_keep_them() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        put(&at("own"), &["de_AT.aff", "de_AT.dic", "fr.aff", "notes.dic", "notes.aff"]);
        put(&at("system"), &["de_DE.aff", "de_DE.dic", "hyph_de_DE.dic", "th_en_US_v2.dat"]);
        put(&at("office/dict-pt-BR"), &["pt_BR.aff", "pt_BR.dic"]);
        let all = Dictionaries::in_folders(at("own"), vec![at("system"), at("office"), at("nowhere")]);
        assert_eq!(names(&all), ["de-AT", "de-DE", "en-GB", "en-US", "pt-BR"]);
        assert_eq!(all.find("de-CH").unwrap().language.to_string(), "de-DE");
        assert_eq!(all.find("en-NZ").unwrap().language.to_string(), "en-GB");
    }

    #[test]
    fn the_author_s_own_dictionary_comes_before_others_of_the_language() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        put(&at("own"), &["en_US.aff", "en_US.dic"]);
        put(&at("system"), &["en_US.aff", "en_US.dic", "en_GB.aff", "en_GB.dic"]);
        let all = Dictionaries::in_folders(at("own"), vec![at("system")]);
        assert!(
            matches!(all.find("en").unwrap().place, Place::Files { aff, .. } if aff.starts_with(at("own")))
        );
        assert!(matches!(all.find("en-GB").unwrap().place, Place::Shipped(_)));
    }

    #[test]
    fn a_language_without_a_dictionary_is_told_with_the_place_for_one() {
        let all = Dictionaries::in_folders("/data/dictionaries", Vec::new());
        let told = all.find("de-AT").unwrap_err().to_string();
        for part in ["de-AT", "de_AT.aff", "dictionaries", "hunspell-de"] {
            assert!(told.contains(part), "{told}");
        }
        assert!(matches!(all.find("../../etc").unwrap_err(), Error::NotALanguage { .. }));
    }
}
