//! Identities of rows, one type for each table, so that a scene's number is never taken for a project's.

use std::fmt;

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                u32::column_result(value).map($name)
            }
        }
    };
}

id!(
    /// Names a project of the library.
    ProjectId
);
id!(
    /// Names a scene of the library.
    SceneId
);
id!(
    /// Names a kept earlier state of a scene.
    RevisionId
);
id!(
    /// Names a note on a passage.
    RemarkId
);
id!(
    /// Names something a model wrote for the author.
    SuggestionId
);
id!(
    /// Names a part or chapter of the library.
    ChapterId
);
id!(
    /// Names a person, place, thing or fact of a story.
    LoreId
);
id!(
    /// Names a passage that shows how a story is to sound.
    StyleSampleId
);
