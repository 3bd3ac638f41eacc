//! The key that every request brings: on a machine of many users, and against pages that ask addresses of this machine.

use std::fmt;

/// A key that is long enough not to be guessed by trying a few.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

/// With less than this it could be guessed.
const LEAST: usize = 8;
/// Bytes of chance in a fresh key.
const CHANCE: usize = 24;

/// Why a key is none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    /// Too short, or not what a header can carry.
    #[error("a key has at least {LEAST} characters, letters, digits and signs of ASCII without spaces")]
    Unfit,
    /// The system gives no chance.
    #[error("the system gives no random numbers for a fresh key ({0}); name one with --key")]
    Chance(String),
}

impl Key {
    /// A key of the user's own.
    ///
    /// # Errors
    /// [`KeyError::Unfit`].
    pub fn new(key: &str) -> Result<Self, KeyError> {
        let fit = key.len() >= LEAST && key.bytes().all(|b| b.is_ascii_graphic());
        if fit { Ok(Self(key.to_owned())) } else { Err(KeyError::Unfit) }
    }

    /// A new one by chance.
    ///
    /// # Errors
    /// [`KeyError::Chance`].
    pub fn fresh() -> Result<Self, KeyError> {
        let mut bytes = [0u8; CHANCE];
        getrandom::fill(&mut bytes).map_err(|e| KeyError::Chance(e.to_string()))?;
        let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        Ok(Self(format!("foolscap-{digits}")))
    }

    /// The key, to be shown to the one who started the server.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether a request's `Authorization` brings it. How long this takes does not tell how much of it was right.
    pub(crate) fn opens(&self, authorization: Option<&str>) -> bool {
        let Some(brought) = authorization.and_then(|a| a.strip_prefix("Bearer ")) else { return false };
        let (brought, own) = (brought.trim().as_bytes(), self.0.as_bytes());
        let differing = brought.iter().zip(own).fold(0, |all, (a, b)| all | (a ^ b));
        brought.len() == own.len() && differing == 0
    }
}

/// A key does not come into logs.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_keys_and_those_that_no_header_carries_are_refused() {
        for unfit in ["", "       ", "1234567", "eight ch", "schlüsselwort"] {
            assert_eq!(Key::new(unfit), Err(KeyError::Unfit), "{unfit:?}");
        }
        assert!(Key::new("12345678").is_ok());
    }

    #[test]
    fn fresh_keys_differ_and_are_not_shown_by_chance() {
        let (a, b) = (Key::fresh().unwrap(), Key::fresh().unwrap());
        assert_ne!(a, b);
        assert!(!format!("{a:?}").contains(a.reveal()));
        assert!(Key::new(a.reveal()).is_ok());
    }

    #[test]
    fn only_the_whole_key_opens() {
        let key = Key::new("open-sesame").unwrap();
        assert!(key.opens(Some("Bearer open-sesame")));
        for wrong in
            ["Bearer open-sesam", "Bearer open-sesame2", "Bearer ", "open-sesame", "Basic open-sesame"]
        {
            assert!(!key.opens(Some(wrong)), "{wrong:?}");
        }
        assert!(!key.opens(None));
    }
}
