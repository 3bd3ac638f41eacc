//! Lore: the people, places, things and facts of a story, and which of them belong to a passage. A name is
//! found where words begin and end, in any script; a fact may hold only from one chapter to another.

use std::cmp::Reverse;
use std::ops::Range;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::lookup::is_unspaced;
use crate::projects::last_id;
use crate::tree::{self, Node, Tree, TreeItem, standing};
use crate::{ChapterId, LoreId, ProjectId, SceneId, projects};

mod named;

pub use named::Considered;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoreKind {
    /// Somebody.
    Person,
    /// Somewhere.
    Place,
    /// Something.
    Thing,
    /// Something that is so.
    Fact,
}

/// When a model is told of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Told {
    /// Where one of its names stands in the text.
    Named,
    /// With every request.
    Always,
    /// Never: it is for the author alone.
    Never,
}

/// An entry as its author writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLore {
    /// What it is about.
    pub kind: LoreKind,
    /// The name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// When a model is told of it.
    pub told: Told,
    /// Whether its names are only found as they are written: for a Rose that is not a rose.
    pub match_case: bool,
    /// In a few words, for where there is little room.
    pub short: String,
    /// All there is to say.
    pub long: String,
    /// The first part or chapter it holds for; from the beginning if none is named.
    pub from: Option<ChapterId>,
    /// The last; to the end if none is named.
    pub to: Option<ChapterId>,
}

/// An entry in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lore {
    /// Its identity in the library.
    pub id: LoreId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// What its author wrote.
    pub what: NewLore,
    /// Last change; UTC, RFC 3339.
    pub updated_at: String,
}

/// An entry that belongs to a passage, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    /// The entry.
    pub lore: Lore,
    /// The name that was found; nothing for an entry that is always told.
    pub name: Option<String>,
}

impl Library {
    /// The lore of a project by name, without what is archived.
    pub fn lore(&self, project: ProjectId) -> Result<Vec<Lore>, Error> {
        self.read(|db| list(db, project, false))
    }

    /// All names of the lore of a project, other names too, without what is archived.
    pub fn lore_names(&self, project: ProjectId) -> Result<Vec<String>, Error> {
        self.read(|db| {
            projects::find(db, project)?;
            let mut query = db.prepare_cached(
                "SELECT name FROM lore WHERE project = ?1 AND archived_at IS NULL
                 UNION SELECT value FROM lore, json_each(aliases) WHERE project = ?1 AND archived_at IS NULL
                 ORDER BY 1",
            )?;
            Ok(query.query_map([project], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// The lore of a project that was put away.
    pub fn archived_lore(&self, project: ProjectId) -> Result<Vec<Lore>, Error> {
        self.read(|db| list(db, project, true))
    }

    /// One entry, also one that is archived.
    pub fn lore_entry(&self, id: LoreId) -> Result<Lore, Error> {
        self.read(|db| find(db, id))
    }

    /// Adds an entry.
    pub fn add_lore(&mut self, project: ProjectId, new: &NewLore) -> Result<Lore, Error> {
        self.write(|db| {
            projects::find(db, project)?;
            check_chapters(db, project, new)?;
            let now = now(db)?;
            db.prepare_cached(
                "INSERT INTO lore (project, kind, name, aliases, told, match_case, short, long, from_chapter,
                     to_chapter, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)",
            )?
            .execute(params![
                project,
                new.kind,
                new.name.trim(),
                aliases(new),
                new.told,
                new.match_case,
                new.short,
                new.long,
                new.from,
                new.to,
                now
            ])?;
            find(db, last_id(db)?)
        })
    }

    /// Replaces what an entry says.
    pub fn set_lore(&mut self, id: LoreId, new: &NewLore) -> Result<Lore, Error> {
        self.write(|db| {
            check_chapters(db, find(db, id)?.project, new)?;
            db.prepare_cached(
                "UPDATE lore SET kind = ?2, name = ?3, aliases = ?4, told = ?5, match_case = ?6, short = ?7,
                     long = ?8, from_chapter = ?9, to_chapter = ?10, updated_at = ?11
                 WHERE id = ?1",
            )?
            .execute(params![
                id,
                new.kind,
                new.name.trim(),
                aliases(new),
                new.told,
                new.match_case,
                new.short,
                new.long,
                new.from,
                new.to,
                now(db)?
            ])?;
            find(db, id)
        })
    }

    /// Puts an entry away, or takes it back.
    pub fn archive_lore(&mut self, id: LoreId, archived: bool) -> Result<(), Error> {
        self.write(|db| {
            find(db, id)?;
            let at = archived.then(|| now(db)).transpose()?;
            db.prepare_cached("UPDATE lore SET archived_at = ?2 WHERE id = ?1")?.execute(params![id, at])?;
            Ok(())
        })
    }

    /// The lore a model should be told of for a passage: what is always told, by name, then what the passage
    /// names, that named last first. If a scene is given, only what holds in it.
    pub fn lore_for(
        &self,
        project: ProjectId,
        scene: Option<SceneId>,
        passage: &str,
    ) -> Result<Vec<Belonging>, Error> {
        self.read(|db| {
            let tree = tree::read(db, project)?;
            let passage = Passage::new(passage);
            let (mut always, mut named) = (Vec::new(), Vec::new());
            for lore in list(db, project, false)? {
                if scene.is_some_and(|scene| !holds(&tree, &lore.what, scene)) {
                    continue;
                }
                match lore.what.told {
                    Told::Never => {}
                    Told::Always => always.push(Belonging { lore, name: None }),
                    Told::Named => {
                        if let Some((at, name)) = passage.last_name(&lore.what) {
                            named.push((at, Belonging { lore, name: Some(name) }));
                        }
                    }
                }
            }
            named.sort_by_key(|(at, _)| Reverse(*at));
            Ok(always.into_iter().chain(named.into_iter().map(|(_, belonging)| belonging)).collect())
        })
    }
}

/// A text in the forms in which names are looked for.
struct Passage {
    exact: String,
    lower: String,
}

impl Passage {
    fn new(text: &str) -> Self {
        let exact = plain(text);
        let lower = exact.to_lowercase();
        Self { exact, lower }
    }

    /// The place (of use to compare) and the name of the last mention of an entry.
    fn last_name(&self, lore: &NewLore) -> Option<(usize, String)> {
        let names = std::iter::once(&lore.name).chain(&lore.aliases);
        let mentions = names.filter_map(|name| {
            let exact = plain(name.trim());
            let at = if lore.match_case {
                // In the same measure as the others.
                last_mention(&self.exact, &exact).map(|at| self.exact[..at].to_lowercase().len())
            } else {
                last_mention(&self.lower, &exact.to_lowercase())
            };
            Some((at?, name.clone()))
        });
        mentions.max_by_key(|(at, _)| *at)
    }
}

/// A text as names are compared: an apostrophe is one, typed or printed.
fn plain(text: &str) -> String {
    text.nfc().map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c }).collect()
}

/// Where a name stands last as words of its own.
fn last_mention(text: &str, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    text.rmatch_indices(name).map(|(at, _)| at).find(|at| stands_alone(text, *at..at + name.len()))
}

/// Whether what stands there in a text is words of its own. What follows an apostrophe is another word: Anna's is Anna.
pub(crate) fn stands_alone(text: &str, at: Range<usize>) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '_';
    let parts = |edge: Option<char>, beside: Option<char>| match (edge, beside) {
        (Some(edge), _) if is_unspaced(edge) || !goes_on(edge) => true,
        (_, Some(beside)) => !goes_on(beside) || is_unspaced(beside),
        (_, None) => true,
    };
    let name = &text[at.clone()];
    parts(name.chars().next(), text[..at.start].chars().next_back())
        && parts(name.chars().next_back(), text[at.end..].chars().next())
}

/// Whether an entry holds in a scene. A chapter that is archived bounds nothing.
pub(crate) fn holds(tree: &Tree, lore: &NewLore, scene: SceneId) -> bool {
    let order = tree.nodes();
    let place = |node| order.iter().position(|other| *other == node);
    let Some(here) = place(Node::Scene(scene)) else { return true };
    let begun = lore.from.and_then(|from| place(Node::Chapter(from))).is_none_or(|from| from < here);
    let last = lore.to.and_then(|to| {
        let chapter = find_chapter(&tree.items, to)?;
        Some(place(Node::Chapter(to))? + size(&chapter.items))
    });
    begun && last.is_none_or(|last| here <= last)
}

fn find_chapter(items: &[TreeItem], id: ChapterId) -> Option<&tree::Chapter> {
    items.iter().find_map(|item| match item {
        TreeItem::Chapter(chapter) if chapter.id == id => Some(chapter),
        TreeItem::Chapter(chapter) => find_chapter(&chapter.items, id),
        TreeItem::Scene(_) => None,
    })
}

fn size(items: &[TreeItem]) -> usize {
    let each = items.iter().map(|item| match item {
        TreeItem::Chapter(chapter) => 1 + size(&chapter.items),
        TreeItem::Scene(_) => 1,
    });
    each.sum()
}

fn check_chapters(db: &Connection, project: ProjectId, new: &NewLore) -> Result<(), Stop> {
    for chapter in new.from.into_iter().chain(new.to) {
        if standing(db, Node::Chapter(chapter))?.project != project {
            let reason = format!("chapter {chapter} belongs to another project");
            return Err(Error::BadPlace { reason }.into());
        }
    }
    Ok(())
}

fn aliases(new: &NewLore) -> String {
    let names: Vec<&str> =
        new.aliases.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    serde_json::Value::from(names).to_string()
}

const LORE: &str = "SELECT id, project, kind, name, aliases, told, match_case, short, long, from_chapter,
    to_chapter, updated_at FROM lore";

fn list(db: &Connection, project: ProjectId, archived: bool) -> Result<Vec<Lore>, Stop> {
    projects::find(db, project)?;
    let sql = format!("{LORE} WHERE project = ?1 AND (archived_at IS NOT NULL) = ?2 ORDER BY name, id");
    Ok(db.prepare_cached(&sql)?.query_map(params![project, archived], lore)?.collect::<Result<_, _>>()?)
}

pub(crate) fn find(db: &Connection, id: LoreId) -> Result<Lore, Stop> {
    let found = db.prepare_cached(&format!("{LORE} WHERE id = ?1"))?.query_row([id], lore).optional()?;
    Ok(found.ok_or(Error::NoLore(id))?)
}

fn lore(row: &Row<'_>) -> rusqlite::Result<Lore> {
    let aliases: String = row.get(4)?;
    let aliases = serde_json::from_str(&aliases).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(4, rusqlite::types::Type::Text, error.into())
    })?;
    Ok(Lore {
        id: row.get(0)?,
        project: row.get(1)?,
        what: NewLore {
            kind: row.get(2)?,
            name: row.get(3)?,
            aliases,
            told: row.get(5)?,
            match_case: row.get(6)?,
            short: row.get(7)?,
            long: row.get(8)?,
            from: row.get(9)?,
            to: row.get(10)?,
        },
        updated_at: row.get(11)?,
    })
}

impl ToSql for LoreKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Thing => "thing",
            Self::Fact => "fact",
        }
        .into())
    }
}

impl FromSql for LoreKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "person" => Ok(Self::Person),
            "place" => Ok(Self::Place),
            "thing" => Ok(Self::Thing),
            "fact" => Ok(Self::Fact),
            other => Err(FromSqlError::Other(format!("unknown kind of lore {other}").into())),
        }
    }
}

impl ToSql for Told {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Named => "named",
            Self::Always => "always",
            Self::Never => "never",
        }
        .into())
    }
}

impl FromSql for Told {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "named" => Ok(Self::Named),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            other => Err(FromSqlError::Other(format!("unknown time to tell lore {other}").into())),
        }
    }
}

#[cfg(test)]
mod tests;
