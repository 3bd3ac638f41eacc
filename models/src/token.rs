//! The token for repositories with conditions: kept in the system's keyring, never in a file of ours, never in words.

use std::fmt;
use std::path::PathBuf;

/// A secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Where a token is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the environment (`HF_TOKEN`).
    Environment,
    /// In the system's keyring.
    Keyring,
    /// In a file of the hub's own programs.
    HubFile,
}

/// Why the keyring has or takes no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// No keyring, or one that is locked.
    #[error(
        "the system's keyring cannot be used ({0}); unlock it, or give the token in the environment variable HF_TOKEN"
    )]
    Keyring(String),
    /// What is no token.
    #[error("that is no token; copy it from the hub's page Settings, Access Tokens (it begins with hf_)")]
    Malformed,
}

const SERVICE: &str = "foolscap";
const ACCOUNT: &str = "huggingface.co";

impl Token {
    /// What can be sent as one.
    ///
    /// # Errors
    /// [`TokenError::Malformed`].
    pub fn new(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        let is_token = (8..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if is_token { Ok(Self(text.to_owned())) } else { Err(TokenError::Malformed) }
    }

    /// The token that the environment gives (`HF_TOKEN`), that the keyring keeps, or that the hub's own programs keep
    /// (`HF_TOKEN_PATH`, `HF_HOME`), in this order, and which it is.
    pub fn find() -> Option<(Self, Place)> {
        let said = || std::env::var("HF_TOKEN").ok().and_then(|text| Self::new(&text).ok());
        let kept = || Self::kept().ok().flatten();
        let of_hub = || {
            let path = std::env::var_os("HF_TOKEN_PATH").map(PathBuf::from);
            let path = path.unwrap_or_else(|| hf_hub::hf_home().join("token"));
            Self::new(&std::fs::read_to_string(path).ok()?).ok()
        };
        let found = said().map(|token| (token, Place::Environment));
        let found = found.or_else(|| Some((kept()?, Place::Keyring)));
        found.or_else(|| Some((of_hub()?, Place::HubFile)))
    }

    /// What the keyring keeps.
    ///
    /// # Errors
    /// [`TokenError::Keyring`].
    pub fn kept() -> Result<Option<Self>, TokenError> {
        match entry()?.get_password() {
            Ok(text) => Ok(Self::new(&text).ok()),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(e) => Err(TokenError::Keyring(e.to_string())),
        }
    }

    /// Gives it to the keyring.
    ///
    /// # Errors
    /// [`TokenError::Keyring`].
    pub fn keep(&self) -> Result<(), TokenError> {
        entry()?.set_password(&self.0).map_err(|e| TokenError::Keyring(e.to_string()))
    }

    /// Takes it out of the keyring.
    ///
    /// # Errors
    /// [`TokenError::Keyring`].
    pub fn forget() -> Result<(), TokenError> {
        match entry()?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(e) => Err(TokenError::Keyring(e.to_string())),
        }
    }

    /// The secret itself, for a header and nothing else.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

fn entry() -> Result<keyring::Entry, TokenError> {
    keyring::Entry::new(SERVICE, ACCOUNT).map_err(|e| TokenError::Keyring(e.to_string()))
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_told_in_words() {
        let token = Token::new(" hf_aSecretOfSomeone\n").unwrap();
        assert_eq!(token.expose(), "hf_aSecretOfSomeone");
        assert!(!format!("{token:?}").contains("Secret"));
        assert!(Token::new("two words of text").is_err() && Token::new("").is_err());
    }
}
