//! Which words of a text are misspelt, and what they may have been meant to be, by Hunspell's dictionaries.
//! Those of English come inside the program; for other languages the ones that the author or the system has
//! are used. A word is judged only where a dictionary can: not in another script, not in an address, and not
//! if it is one of the author's own words or names.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! use foolscap_spelling::{Checker, Dictionaries, OwnWords};
//!
//! let dictionaries = Dictionaries::in_folders(folder.path(), Vec::new());
//! let dictionary = dictionaries.find("en")?.load()?;
//! let own = OwnWords::new(dictionary.language(), ["Foolscap"], ["Ada Lovelace"]);
//! let checker = Checker::new(dictionary.into(), own.into());
//! let text = "Ada's foolscap was wheather-beaten, Foolscap’s too.";
//! let found = checker.check(text);
//! assert_eq!(found.iter().map(|word| &text[word.range.clone()]).collect::<Vec<_>>(), ["wheather"]);
//! assert!(checker.suggest("recieve").contains(&"receive".to_owned()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bounded;
mod checker;
mod dictionary;
mod error;
mod guess;
mod language;
mod own;
mod places;
mod shipped;
mod text;

pub use checker::{Checker, Misspelling};
pub use dictionary::Dictionary;
pub use error::Error;
pub use guess::guess;
pub use language::Language;
pub use own::OwnWords;
pub use places::{Dictionaries, Place, Source};
pub use shipped::LICENSE;
