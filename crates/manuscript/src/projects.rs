//! Projects: the books, stories and posts of a library. A new one has one scene, so that there is a page to
//! write on at once.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::brief::{self, Brief};
use crate::error::{Error, Stop};
use crate::library::{Library, now};
use crate::scenes::check_document;
use crate::tree::{NewItem, NewScene, Node, insert_items, insert_scene};
use crate::{ProjectId, SceneId};

/// The title of a project that was given none.
const UNTITLED: &str = "Untitled";

/// A project as a list of projects shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its identity in the library.
    pub id: ProjectId,
    /// Never empty.
    pub title: String,
    /// Words of all its scenes.
    pub words: u32,
    /// UTC, RFC 3339.
    pub created_at: String,
    /// Last change to it or to one of its scenes; UTC, RFC 3339.
    pub updated_at: String,
}

impl Library {
    /// All projects, the one changed last first.
    pub fn projects(&self) -> Result<Vec<Project>, Error> {
        self.read(|db| {
            let sql = format!("{PROJECT} WHERE archived_at IS NULL ORDER BY updated_at DESC, id DESC");
            let projects = db.prepare_cached(&sql)?.query_map([], project)?.collect::<Result<_, _>>()?;
            Ok(projects)
        })
    }

    /// Whole days since a project was last written on.
    pub fn days_away(&self, id: ProjectId) -> Result<u32, Error> {
        self.read(|db| {
            find(db, id)?;
            let mut query = db.prepare_cached(
                "SELECT CAST(max(0, julianday('now') - julianday(updated_at)) AS INTEGER) FROM project WHERE id = ?1",
            )?;
            Ok(query.query_row([id], |row| row.get(0))?)
        })
    }

    /// One project.
    pub fn project(&self, id: ProjectId) -> Result<Project, Error> {
        self.read(|db| find(db, id))
    }

    /// Makes a project with one scene that holds `document` and its plain `text`. Both may be empty: a page
    /// nobody has written on. The title is trimmed; an empty one becomes "Untitled".
    pub fn create_project(&mut self, title: &str, document: &str, text: &str) -> Result<Project, Error> {
        if !document.is_empty() {
            check_document(document)?;
        }
        self.write(|db| {
            let now = now(db)?;
            db.prepare_cached("INSERT INTO project (title, created_at, updated_at) VALUES (?1, ?2, ?2)")?
                .execute(params![clean_title(title), now])?;
            let id: ProjectId = last_id(db)?;
            let page =
                NewScene { document: document.to_owned(), text: text.to_owned(), ..NewScene::default() };
            insert_scene(db, id, None, &page, &now)?;
            find(db, id)
        })
    }

    /// Makes a project with all of a tree, in one step: it is there with everything or, after an error, not at all. Returns
    /// it with every scene and chapter made, as [`Library::add_items`] does.
    pub fn create_project_of(
        &mut self,
        title: &str,
        brief: &Brief,
        items: &[NewItem],
    ) -> Result<(Project, Vec<Node>), Error> {
        self.write(|db| {
            let now = now(db)?;
            db.prepare_cached("INSERT INTO project (title, created_at, updated_at) VALUES (?1, ?2, ?2)")?
                .execute(params![clean_title(title), now])?;
            let id: ProjectId = last_id(db)?;
            brief::put(db, id, brief)?;
            let mut made = Vec::new();
            insert_items(db, id, None, items, &now, &mut made)?;
            Ok((find(db, id)?, made))
        })
    }

    /// Puts a project away, with all that is in it, or takes it back. Nothing in it is changed.
    pub fn archive_project(&mut self, id: ProjectId, archived: bool) -> Result<(), Error> {
        self.write(|db| {
            find(db, id)?;
            let now = archived.then(|| now(db)).transpose()?;
            db.prepare_cached("UPDATE project SET archived_at = ?2 WHERE id = ?1")?
                .execute(params![id, now])?;
            Ok(())
        })
    }

    /// The projects that were put away, the last one first.
    pub fn archived_projects(&self) -> Result<Vec<Project>, Error> {
        self.read(|db| {
            let sql = format!("{PROJECT} WHERE archived_at IS NOT NULL ORDER BY archived_at DESC, id DESC");
            let projects = db.prepare_cached(&sql)?.query_map([], project)?.collect::<Result<_, _>>()?;
            Ok(projects)
        })
    }

    /// Gives a project another title, with the same rules as for a new one.
    pub fn rename_project(&mut self, id: ProjectId, title: &str) -> Result<Project, Error> {
        self.write(|db| {
            let now = now(db)?;
            db.prepare_cached("UPDATE project SET title = ?2, updated_at = ?3 WHERE id = ?1")?
                .execute(params![id, clean_title(title), now])?;
            find(db, id)
        })
    }
}

/// Says that a project was changed through one of its scenes.
pub(crate) fn touch_project_of(db: &Connection, scene: SceneId, now: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE project SET updated_at = ?2 WHERE id = (SELECT project FROM scene WHERE id = ?1)",
    )?
    .execute(params![scene, now])?;
    Ok(())
}

/// Says that a project was changed.
pub(crate) fn touch_project(db: &Connection, project: ProjectId, now: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE project SET updated_at = ?2 WHERE id = ?1")?.execute(params![project, now])?;
    Ok(())
}

/// The row just inserted.
pub(crate) fn last_id<T: rusqlite::types::FromSql>(db: &Connection) -> rusqlite::Result<T> {
    db.query_row("SELECT last_insert_rowid()", [], |row| row.get(0))
}

const PROJECT: &str = "SELECT id, title, created_at, updated_at,
        (SELECT coalesce(sum(words), 0) FROM scene WHERE project = project.id AND scene.archived_at IS NULL)
    FROM project";

pub(crate) fn find(db: &Connection, id: ProjectId) -> Result<Project, Stop> {
    let sql = format!("{PROJECT} WHERE id = ?1");
    let found = db.prepare_cached(&sql)?.query_row([id], project).optional()?;
    Ok(found.ok_or(Error::NoProject(id))?)
}

fn project(row: &Row<'_>) -> rusqlite::Result<Project> {
    Ok(Project {
        id: row.get(0)?,
        title: row.get(1)?,
        created_at: row.get(2)?,
        updated_at: row.get(3)?,
        words: row.get(4)?,
    })
}

fn clean_title(title: &str) -> &str {
    match title.trim() {
        "" => UNTITLED,
        title => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;

    #[test]
    fn a_new_project_has_one_scene_to_write_in() {
        let mut library = Temporary::new();
        let project = library.create_project("  Night \n", "", "").unwrap();
        assert_eq!((project.title.as_str(), project.words), ("Night", 0));
        let scenes = library.scenes(project.id).unwrap();
        assert_eq!(scenes.len(), 1);
        assert_eq!((scenes[0].project, scenes[0].version, scenes[0].words), (project.id, 0, 0));
        assert_eq!(library.scene(scenes[0].id).unwrap().document, "");
    }

    #[test]
    fn a_project_can_begin_with_a_text() {
        let mut library = Temporary::new();
        let project = library.create_project("A sample", r#"{"type":"doc"}"#, "It was dark.").unwrap();
        let scene = library.scene(library.scenes(project.id).unwrap()[0].id).unwrap();
        assert_eq!((scene.document.as_str(), scene.text.as_str()), (r#"{"type":"doc"}"#, "It was dark."));
        assert_eq!((scene.words, project.words), (3, 3));
    }

    #[test]
    fn a_project_without_a_title_is_untitled() {
        let mut library = Temporary::new();
        let project = library.create_project(" \t", "", "").unwrap();
        assert_eq!(project.title, "Untitled");
        assert_eq!(library.rename_project(project.id, " Dawn ").unwrap().title, "Dawn");
        assert_eq!(library.rename_project(project.id, "").unwrap().title, "Untitled");
    }

    #[test]
    fn the_project_written_in_last_comes_first() {
        let mut library = Temporary::new();
        let first = library.scene_with("one two");
        let second = library.create_project("Second", "", "").unwrap();
        assert_eq!(library.projects().unwrap()[0].id, second.id);
        std::thread::sleep(std::time::Duration::from_millis(5));
        library.save_scene(first.id, first.version, "{}", "one two three").unwrap();
        let projects = library.projects().unwrap();
        assert_eq!((projects[0].id, projects[0].words), (first.project, 3));
    }

    #[test]
    fn archived_projects_are_kept_but_not_listed() {
        let mut library = Temporary::new();
        let id = library.create_project("Old", "", "").unwrap().id;
        library.archive_project(id, true).unwrap();
        assert_eq!(library.projects().unwrap(), []);
        assert_eq!(library.project(id).unwrap().title, "Old");
        assert_eq!(library.archived_projects().unwrap()[0].id, id);
        library.archive_project(id, false).unwrap();
        assert_eq!((library.projects().unwrap().len(), library.archived_projects().unwrap().len()), (1, 0));
    }

    #[test]
    fn a_project_with_scenes_cannot_be_deleted_by_a_stray_statement() {
        let mut library = Temporary::new();
        let scene = library.scene_with("kept");
        assert!(library.write(|db| Ok(db.execute("DELETE FROM project", [])?)).is_err());
        assert_eq!(library.scene(scene.id).unwrap().text, "kept");
    }

    #[test]
    fn a_missing_project_is_named() {
        let mut library = Temporary::new();
        assert!(matches!(library.project(ProjectId(7)), Err(Error::NoProject(ProjectId(7)))));
        assert!(matches!(library.rename_project(ProjectId(7), "x"), Err(Error::NoProject(ProjectId(7)))));
        assert!(matches!(library.scenes(ProjectId(7)), Err(Error::NoProject(ProjectId(7)))));
    }
}
