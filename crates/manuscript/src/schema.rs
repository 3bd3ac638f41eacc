//! The versions a library's file has had and the way from each to the latest. Before anything is changed it
//! is made sure that the file is ours and not from a later program.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::Stop;

const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/001_foundation.sql")).comment("foundation"),
    M::up(include_str!("migrations/002_studio.sql")).comment("studio"),
    M::up(include_str!("migrations/003_history.sql")).comment("history"),
    M::up(include_str!("migrations/004_remarks.sql")).comment("remarks"),
    M::up(include_str!("migrations/005_places.sql")).comment("places"),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// `PRAGMA application_id` of every library: "FOOL".
const APPLICATION_ID: u32 = 0x464F_4F4C;

/// What a file turned out to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Nothing yet, or a library that this program knows: [`migrate`] may be called.
    Ours,
    /// Somebody else's database.
    Foreign,
    /// A library with a schema later than [`latest`].
    TooNew(u32),
}

/// The latest schema version this program knows.
pub(crate) fn latest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Looks, and changes nothing.
pub(crate) fn inspect(connection: &Connection) -> rusqlite::Result<Content> {
    let number = |pragma| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let version = number("PRAGMA user_version")?;
    let application = number("PRAGMA application_id")?;
    if application != i64::from(APPLICATION_ID) {
        // A process killed between creating the file and the first migration leaves an empty database.
        let empty = number("SELECT count(*) FROM sqlite_schema")? == 0;
        return Ok(if empty && version == 0 && application == 0 { Content::Ours } else { Content::Foreign });
    }
    Ok(match u32::try_from(version) {
        Ok(version) if version > latest() => Content::TooNew(version),
        Ok(_) => Content::Ours,
        Err(_) => Content::Foreign,
    })
}

/// Brings the file to the latest schema: all steps in one transaction, so that a killed process leaves
/// either the old schema or the new one.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Stop> {
    MIGRATIONS.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Stop::Sqlite(err),
        other => Stop::Sqlite(rusqlite::Error::ToSqlConversionFailure(Box::new(other))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_applies_to_the_one_before() {
        MIGRATIONS.validate().unwrap();
    }

    #[test]
    fn a_new_library_is_marked_as_ours() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(inspect(&connection).unwrap(), Content::Ours);
        migrate(&mut connection).unwrap();
        assert_eq!(inspect(&connection).unwrap(), Content::Ours);
        connection.execute_batch("PRAGMA application_id = 7").unwrap();
        assert_eq!(inspect(&connection).unwrap(), Content::Foreign);
    }

    #[test]
    fn a_later_schema_is_recognised() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection.execute_batch("PRAGMA user_version = 99").unwrap();
        assert_eq!(inspect(&connection).unwrap(), Content::TooNew(99));
    }

    #[test]
    fn every_table_is_strict() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let loose: Vec<String> = connection
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(loose, Vec::<String>::new());
    }
}
