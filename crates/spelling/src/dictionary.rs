//! A dictionary that has been read: Hunspell's two files, in whatever encoding they are. Its files come from
//! anywhere, so all that is read is bounded, and what does not hold together is refused by name.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use unicode_script::{Script, UnicodeScript};

use crate::bounded::{Bound, Counted, within};
use crate::{Error, Language};

/// The largest that are known have 1 MB of affixes and 10 MB of words.
const AFF_LIMIT: u64 = 8 << 20;
const DIC_LIMIT: u64 = 64 << 20;

/// Look-ups for one word. A long German compound takes some hundreds.
const LOOK_UPS: u32 = 20_000;
/// How long is thought about what a word may have been meant to be.
const THOUGHT: Duration = Duration::from_millis(150);

/// Words of the list that are looked at to know its scripts.
const SAMPLED: usize = 5000;

/// A dictionary, ready to be asked; some 10 MB of memory for English.
pub struct Dictionary {
    language: Language,
    words: spellbook::Dictionary<Counted>,
    scripts: Vec<Script>,
}

impl Dictionary {
    /// Reads a pair of files.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(aff: &Path, dic: &Path, language: Language) -> Result<Self, Error> {
        let rules = read_bounded(aff, AFF_LIMIT)?;
        let encoding = encoding_of(aff, &rules)?;
        let rules = decoded(aff, &rules, &encoding)?;
        let words = decoded(dic, &read_bounded(dic, DIC_LIMIT)?, &encoding)?;
        check_length(dic, &words)?;
        Self::new(dic, &rules, &words, language)
    }

    /// Of both files' contents; `dic` is where the words come from.
    pub(crate) fn new(dic: &Path, rules: &str, words: &str, language: Language) -> Result<Self, Error> {
        let malformed = |reason: String| Error::Malformed { path: dic.to_owned(), reason };
        let rules = with_whole_flags(rules);
        // The library trusts its input in places; what it made of it so far is dropped with a failure.
        let read = catch_unwind(AssertUnwindSafe(|| {
            spellbook::Dictionary::new_with_hasher(&rules, words, Counted::default())
        }));
        let read = read.map_err(|_| malformed("it cannot be made sense of".to_owned()))?;
        Ok(Self { language, words: read.map_err(|e| malformed(e.to_string()))?, scripts: scripts(words) })
    }

    /// Its language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Whether it has the word as it is written. A word that it cannot get done with counts as one that it has.
    pub(crate) fn has(&self, word: &str) -> bool {
        within(Bound::LookUps(LOOK_UPS), || self.words.check(word)).unwrap_or(true)
    }

    /// Words that it may have been meant to be, the likeliest first; as many as were found in time.
    pub(crate) fn suggest(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        within(Bound::Time(THOUGHT), || self.words.suggest(word, &mut found));
        found
    }

    /// Whether all its letters are of scripts that the dictionary has.
    pub(crate) fn can_read(&self, word: &str) -> bool {
        word.chars().all(|c| c.is_ascii_alphabetic() && self.reads_latin() || self.reads(c))
    }

    fn reads_latin(&self) -> bool {
        self.scripts.contains(&Script::Latin)
    }

    fn reads(&self, c: char) -> bool {
        let script = c.script();
        matches!(script, Script::Common | Script::Inherited) || self.scripts.contains(&script)
    }
}

fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    // A pipe or a device has no end.
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(failed(io::Error::other("it is no file")));
    }
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { path: path.to_owned(), limit });
    }
    Ok(bytes)
}

/// An encoding, and how the dictionary calls it.
struct Named {
    encoding: &'static Encoding,
    name: String,
}

/// What the .aff file says of both files' encoding. One that says nothing is as it looks: UTF-8, or what Hunspell
/// takes such a file for.
fn encoding_of(aff: &Path, rules: &[u8]) -> Result<Named, Error> {
    let set = rules.split(|b| *b == b'\n').find_map(|line| {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        line.strip_prefix(b"SET").filter(|rest| rest.first().is_some_and(u8::is_ascii_whitespace))
    });
    let Some(set) = set else {
        let encoding = if std::str::from_utf8(rules).is_ok() { UTF_8 } else { WINDOWS_1252 };
        return Ok(Named { encoding, name: encoding.name().to_owned() });
    };
    let name = String::from_utf8_lossy(set).trim().to_owned();
    let label = name.to_ascii_lowercase();
    let label = match label.strip_prefix("microsoft-").unwrap_or(&label) {
        "tis620-2533" => "tis-620",
        label => label,
    };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => Ok(Named { encoding, name }),
        None => {
            Err(Error::UnknownEncoding { path: aff.to_owned(), encoding: name.chars().take(60).collect() })
        }
    }
}

fn decoded(path: &Path, bytes: &[u8], named: &Named) -> Result<String, Error> {
    let (text, faulty) = named.encoding.decode_with_bom_removal(bytes);
    if faulty {
        return Err(Error::Encoding { path: path.to_owned(), encoding: named.name.clone() });
    }
    Ok(text.into_owned())
}

/// Refuses a list with less than half of the words that its first line tells. Sound ones tell a few more or less.
fn check_length(dic: &Path, words: &str) -> Result<(), Error> {
    let mut lines = words.lines();
    let told = lines.next().and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    let found = lines.filter(|line| !line.trim().is_empty()).count();
    if found < told / 2 {
        return Err(Error::Truncated { path: dic.to_owned(), told, found });
    }
    Ok(())
}

/// Flags that are one character each, said to be so: the library takes them for one byte each otherwise, which
/// mixes up those that are not ASCII.
fn with_whole_flags(rules: &str) -> String {
    let told = rules.lines().any(|line| line.split_whitespace().next() == Some("FLAG"));
    if told { rules.to_owned() } else { format!("FLAG UTF-8\n{rules}") }
}

/// The scripts that the words of a list are written in: those of at least a hundredth of its letters.
fn scripts(words: &str) -> Vec<Script> {
    let lines = words.lines().count();
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let mut letters = 0;
    for line in words.lines().skip(1).step_by(lines / SAMPLED + 1) {
        let word = line.split(['/', '\t', ' ']).next().unwrap_or_default();
        for script in word.chars().filter(|c| c.is_alphabetic()).map(|c| c.script()) {
            letters += 1;
            match counts.iter_mut().find(|(known, _)| *known == script) {
                Some((_, count)) => *count += 1,
                None => counts.push((script, 1)),
            }
        }
    }
    counts.into_iter().filter(|(_, count)| count * 100 >= letters).map(|(script, _)| script).collect()
}
