//! What the author has set, under keys. Values are JSON whose shape belongs to whoever stores them; here it
//! is only made sure that it is JSON.

use rusqlite::{OptionalExtension, params};
use serde::de::IgnoredAny;

use crate::error::Error;
use crate::library::{Library, now};

impl Library {
    /// The JSON stored under a key, if any.
    pub fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        self.read(|db| {
            let mut query = db.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
            Ok(query.query_row([key], |row| row.get(0)).optional()?)
        })
    }

    /// Stores JSON under a key, in the place of what was there.
    pub fn set_setting(&mut self, key: &str, json: &str) -> Result<(), Error> {
        check_json(key, json)?;
        self.write(|db| {
            db.prepare_cached(
                "INSERT INTO setting (key, value, updated_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
            )?
            .execute(params![key, json, now(db)?])?;
            Ok(())
        })
    }
}

/// Refuses what is not JSON.
pub(crate) fn check_json(key: &str, json: &str) -> Result<(), Error> {
    match serde_json::from_str::<IgnoredAny>(json) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::BadJson { key: key.to_owned(), reason: error.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    #[test]
    fn the_last_value_of_a_key_is_the_one_read() {
        let mut library = Temporary::new();
        assert_eq!(library.setting("theme").unwrap(), None);
        library.set_setting("theme", r#""dark""#).unwrap();
        library.set_setting("words", "80").unwrap();
        library.set_setting("theme", r#"{"name":"light"}"#).unwrap();
        assert_eq!(library.setting("theme").unwrap().as_deref(), Some(r#"{"name":"light"}"#));
        assert_eq!(library.setting("words").unwrap().as_deref(), Some("80"));
    }

    #[test]
    fn what_is_not_json_leaves_the_old_value() {
        let mut library = Temporary::new();
        library.set_setting("words", "80").unwrap();
        let refused = library.set_setting("words", "eighty");
        assert!(matches!(refused, Err(Error::BadJson { ref key, .. }) if key == "words"), "{refused:?}");
        assert_eq!(library.setting("words").unwrap().as_deref(), Some("80"));
    }
}
