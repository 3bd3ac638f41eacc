//! The dictionaries inside the program: what they are and where they come from is told beside them.

use std::io::{self, Read};

use flate2::read::GzDecoder;

use crate::{Dictionary, Error, Language};

/// What must be kept with every copy of the dictionaries that come with the program.
pub const LICENSE: &str = include_str!("../dictionaries/LICENSE.txt");

/// A dictionary inside the program.
pub(crate) struct Shipped {
    /// Its language, as its file is called.
    pub(crate) name: &'static str,
    aff: &'static str,
    packed: &'static [u8],
}

const ENGLISH: &str = include_str!("../dictionaries/en.aff");

pub(crate) static SHIPPED: [Shipped; 2] = [
    Shipped { name: "en_US", aff: ENGLISH, packed: include_bytes!("../dictionaries/en_US.dic.gz") },
    Shipped { name: "en_GB", aff: ENGLISH, packed: include_bytes!("../dictionaries/en_GB.dic.gz") },
];

/// Reads the one of a name.
pub(crate) fn load(name: &str, language: Language) -> Result<Dictionary, Error> {
    let failed = |source| Error::Read { path: name.into(), source };
    let shipped = SHIPPED.iter().find(|shipped| shipped.name == name);
    let shipped = shipped.ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?;
    let mut words = String::new();
    GzDecoder::new(shipped.packed).read_to_string(&mut words).map_err(failed)?;
    Dictionary::new(name.as_ref(), shipped.aff, &words, language)
}
