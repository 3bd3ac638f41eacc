//! Dictionaries come from anywhere: what is not sound is refused by name, and nothing takes for ever.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::PathBuf;
use std::sync::Arc;

use foolscap_spelling::{Checker, Dictionary, Error, OwnWords};
use proptest::prelude::*;

struct Files(tempfile::TempDir);

impl Files {
    fn new(aff: &[u8], dic: &[u8]) -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        std::fs::write(files.path("aff"), aff).unwrap();
        std::fs::write(files.path("dic"), dic).unwrap();
        files
    }

    fn path(&self, ending: &str) -> PathBuf {
        self.0.path().join(format!("de_DE.{ending}"))
    }

    fn read(&self) -> Result<Checker, Error> {
        let language = "de-DE".parse().unwrap();
        let dictionary = Dictionary::read(&self.path("aff"), &self.path("dic"), language)?;
        let own = OwnWords::new(dictionary.language(), [], []);
        Ok(Checker::new(Arc::new(dictionary), Arc::new(own)))
    }

    fn refused(&self) -> Error {
        self.read().err().unwrap()
    }
}

#[test]
fn old_encodings_are_read() {
    let files =
        Files::new(b"SET ISO8859-1\nSFX \xC4 Y 1\nSFX \xC4 0 en .\n", b"2\nT\xFCr/\xC4\nGr\xFC\xDFe\n");
    let found = files.read().unwrap().check("Türen, Grüße, Tür und Türe");
    assert_eq!(found.len(), 2, "{found:?}");
    // One that names no encoding is as it looks.
    assert_eq!(Files::new(b"", b"1\nT\xC3\xBCr\n").read().unwrap().check("Tür").len(), 0);
    let cyrillic = Files::new(b"SET microsoft-cp1251\n", b"1\n\xF2\xE5\xEC\xED\xEE\n").read().unwrap();
    assert_eq!(cyrillic.check("темно темна dark").len(), 1);
}

#[test]
fn what_is_not_sound_is_refused_by_name() {
    let is = |error: Error, kind: fn(&Error) -> bool, word: &str| {
        assert!(kind(&error), "{error:?}");
        assert!(error.to_string().contains(word), "{error}");
    };
    let sound = b"1\nTag\n";
    is(
        Files::new(b"SET KLINGON\n", sound).refused(),
        |e| matches!(e, Error::UnknownEncoding { .. }),
        "KLINGON",
    );
    is(
        Files::new(b"SET UTF-8\n", b"1\nT\xFCr\n").refused(),
        |e| matches!(e, Error::Encoding { .. }),
        "de_DE.dic",
    );
    is(
        Files::new(b"", b"50000\nTag\nNacht\nMor").refused(),
        |e| matches!(e, Error::Truncated { .. }),
        "50000",
    );
    is(Files::new(b"", b"").refused(), |e| matches!(e, Error::Malformed { .. }), "de_DE.dic");
    is(Files::new(b"", b"Tag\nNacht\n").refused(), |e| matches!(e, Error::Malformed { .. }), "de_DE.dic");
    is(
        Files::new(b"FLAG num\nSFX A Y 1\n", sound).refused(),
        |e| matches!(e, Error::Malformed { .. }),
        "sound",
    );
    is(
        Files::new(b"SFX A Y 1\nSFX A 0 e [abc\n", sound).refused(),
        |e| matches!(e, Error::Malformed { .. }),
        "sound",
    );
    let huge = Files::new(&vec![b'#'; 9 << 20], sound);
    is(huge.refused(), |e| matches!(e, Error::TooLarge { .. }), "de_DE.aff");
    let missing = Files::new(b"", sound);
    std::fs::remove_file(missing.path("dic")).unwrap();
    is(missing.refused(), |e| matches!(e, Error::Read { .. }), "de_DE.dic");
    std::fs::create_dir(missing.path("dic")).unwrap();
    is(missing.refused(), |e| matches!(e, Error::Read { .. }), "de_DE.dic");
}

/// Words that can be taken apart in more ways than there is time for.
#[test]
fn a_word_that_could_be_endless_compounds_ends() {
    let parts: Vec<String> = (1..12).map(|n| "a".repeat(n) + "/x").collect();
    let dic = format!("{}\n{}\n", parts.len(), parts.join("\n"));
    for rules in [
        "COMPOUNDFLAG x\nCOMPOUNDMIN 1\nTRY abc\n",
        "COMPOUNDMIN 1\nCOMPOUNDRULE 1\nCOMPOUNDRULE x*x*x*\nTRY abc\n",
    ] {
        let checker = Files::new(rules.as_bytes(), dic.as_bytes()).read().unwrap();
        let word = "a".repeat(60) + "b";
        checker.check(&word);
        checker.suggest(&word);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn torn_and_garbled_files_are_refused_or_of_use(
        aff in garbled(include_bytes!("../dictionaries/en.aff")),
        dic in garbled(b"6\nlamp/SM\nlight/ADGSMRYPZX\n0/nm\n1st/p\nkeeper/M\ncry/DRSZ\n"),
        text in "[a-z0-9' -]{0,40}",
    ) {
        if let Ok(checker) = Files::new(&aff, &dic).read() {
            let text = text + " lamps 21st cryed relight";
            for found in checker.check(&text) {
                checker.suggest(&text[found.range]);
            }
        }
    }

    #[test]
    fn whatever_is_in_the_files_they_are_refused_or_of_use(
        keys in proptest::collection::vec((prop::sample::select(&KEYS[..]), "[ -~äß\t]{0,20}"), 0..12),
        words in proptest::collection::vec("[ -~äß\t]{0,12}", 0..12),
    ) {
        let aff: String = keys.iter().map(|(key, rest)| format!("{key} {rest}\n")).collect();
        let dic = format!("{}\n{}", words.len(), words.join("\n"));
        if let Ok(checker) = Files::new(aff.as_bytes(), dic.as_bytes()).read() {
            let text = words.join(" ");
            for found in checker.check(&text) {
                checker.suggest(&text[found.range]);
            }
        }
    }
}

const KEYS: [&str; 24] = [
    "FLAG",
    "COMPOUNDFLAG",
    "COMPOUNDMIN",
    "COMPOUNDRULE",
    "COMPOUNDRULE 1\nCOMPOUNDRULE",
    "PFX A Y 1\nPFX A",
    "SFX B Y 1\nSFX B",
    "SFX",
    "REP",
    "REP 1\nREP",
    "MAP 1\nMAP",
    "ICONV 1\nICONV",
    "OCONV 1\nOCONV",
    "BREAK 1\nBREAK",
    "KEY",
    "TRY",
    "AF 1\nAF",
    "CHECKCOMPOUNDPATTERN 1\nCHECKCOMPOUNDPATTERN",
    "COMPOUNDSYLLABLE",
    "IGNORE",
    "CHECKSHARPS",
    "COMPLEXPREFIXES",
    "NEEDAFFIX",
    "MAXNGRAMSUGS",
];

/// Bytes with some of them lost, changed or doubled.
fn garbled(sound: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0..4u8, any::<u8>());
    proptest::collection::vec(change, 0..6).prop_map(move |changes| {
        let mut bytes = sound.to_vec();
        for (at, what, byte) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match what {
                0 => bytes.truncate(at),
                1 => bytes[at] = byte,
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}
