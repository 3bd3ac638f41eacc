//! The versions that the file has had and the way from each to the latest.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/001_workbench.sql")).comment("workbench"),
    M::up(include_str!("migrations/002_judges.sql")).comment("judges"),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// `PRAGMA application_id` of every workbench: "FBEN".
const APPLICATION_ID: i64 = 0x4642_454E;

/// Whether the file is empty or a workbench that this program knows.
pub(crate) fn is_ours(connection: &Connection) -> rusqlite::Result<bool> {
    let number = |pragma| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let (version, application) = (number("PRAGMA user_version")?, number("PRAGMA application_id")?);
    // A process killed between creating the file and the first step leaves an empty database.
    let empty = version == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0;
    Ok(empty || application == APPLICATION_ID && usize::try_from(version).is_ok_and(|v| v <= STEPS.len()))
}

/// Brings the file to the latest schema: all steps in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    MIGRATIONS.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err,
        other => rusqlite::Error::ToSqlConversionFailure(Box::new(other)),
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
    fn what_the_first_version_kept_is_there_after_the_step() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        MIGRATIONS.to_version(&mut connection, 1).unwrap();
        connection
            .execute_batch(
                "INSERT INTO experiment (name, plan, prompts, models, settings, passages, repeats, seed, wanted)
                     VALUES ('x', '{}', 1, 1, 1, 1, 1, 7, 1);
                 INSERT INTO answer (experiment, prompt, model, setting, passage, repeat, seed, text, problem, rendered,
                     model_name, model_hash, figures) VALUES (1, 0, 0, 0, 0, 0, 7, 'said', '', '', '', '', '{}');",
            )
            .unwrap();
        assert!(is_ours(&connection).unwrap());
        migrate(&mut connection).unwrap();
        let kept = "SELECT answer.text || wanted FROM answer JOIN experiment ON experiment.id = experiment";
        assert_eq!(connection.query_row(kept, [], |row| row.get::<_, String>(0)).unwrap(), "said1");
        assert_eq!(connection.query_row("SELECT count(*) FROM opinion", [], |row| row.get(0)), Ok(0));
    }

    #[test]
    fn only_an_empty_file_or_a_workbench_is_ours() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert!(is_ours(&connection).unwrap());
        migrate(&mut connection).unwrap();
        assert!(is_ours(&connection).unwrap());
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(!is_ours(&connection).unwrap());
        let foreign = Connection::open_in_memory().unwrap();
        foreign.execute_batch("CREATE TABLE mine (x)").unwrap();
        assert!(!is_ours(&foreign).unwrap());
    }
}
