//! What an author does without a model: projects and their trees, files in and out, searching, lore. (The command line has
//! all of it; the window opens projects and saves scenes by [`crate::App`] yet.)

mod asking;
mod files;
mod lore;

use std::path::Path;

use foolscap_manuscript::{ChapterKind, Error, Library, Project, ProjectId, SceneId, Tree, TreeItem};

use crate::api::{
    FoundScene, ItemKind, Outline, OutlineItem, Problem, ProblemCode, ProjectSummary, SceneText,
};

pub use files::formats;

/// How many scenes a search gives at most.
const FOUND: u32 = 200;

/// An open library.
pub struct Studio {
    library: Library,
}

impl Studio {
    /// Opens a library, a new one where there is none.
    ///
    /// # Errors
    /// [`ProblemCode::Library`]; also while another process has it open.
    pub fn open(library: &Path) -> Result<Self, Problem> {
        Ok(Self { library: Library::open(library)? })
    }

    /// The same, and while another process has it open, only to read: what that has saved is seen.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn open_to_read(library: &Path) -> Result<Self, Problem> {
        match Library::open(library) {
            Err(Error::InUse { .. }) => Ok(Self { library: Library::open_read_only(library)? }),
            opened => Ok(Self { library: opened? }),
        }
    }

    /// All projects, the one changed last first.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn projects(&self) -> Result<Vec<ProjectSummary>, Problem> {
        Ok(self.library.projects()?.into_iter().map(summary).collect())
    }

    /// The project of a number or a title.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] when there is none, or several have the title: their numbers are told.
    pub fn find(&self, name: &str) -> Result<ProjectSummary, Problem> {
        self.look_for(name)?.ok_or_else(|| {
            let message = format!("there is no project {name:?}; `foolscap list` tells which there are");
            Problem::new(ProblemCode::NotFound, message)
        })
    }

    /// The same; none when there is none.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] when several have the title.
    pub fn look_for(&self, name: &str) -> Result<Option<ProjectSummary>, Problem> {
        let mut titled: Vec<Project> =
            self.library.projects()?.into_iter().filter(|project| project.title == name.trim()).collect();
        if titled.len() > 1 {
            let numbers: Vec<String> = titled.iter().map(|project| project.id.to_string()).collect();
            let message =
                format!("{name:?} are the projects {}; name one by its number", numbers.join(" and "));
            return Err(Problem::new(ProblemCode::NotFound, message));
        }
        if let Some(project) = titled.pop() {
            return Ok(Some(summary(project)));
        }
        match name.trim().parse() {
            Ok(id) => match self.library.project(ProjectId(id)) {
                Err(Error::NoProject(_)) => Ok(None),
                found => Ok(Some(summary(found?))),
            },
            Err(_) => Ok(None),
        }
    }

    /// A new project with an empty page.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn create(&mut self, title: &str) -> Result<Outline, Problem> {
        let project = self.library.create_project(title, "", "")?;
        self.outline(project.id.0)
    }

    /// A project with its tree.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn outline(&self, project: u32) -> Result<Outline, Problem> {
        let id = ProjectId(project);
        let Tree { items } = self.library.tree(id)?;
        Ok(Outline {
            project: summary(self.library.project(id)?),
            items: items.into_iter().map(item).collect(),
        })
    }

    /// A scene's text.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn scene(&self, id: u32) -> Result<SceneText, Problem> {
        let scene = self.library.scene(SceneId(id))?;
        Ok(SceneText {
            scene: scene.id.0,
            project: scene.project.0,
            title: scene.title,
            text: scene.text,
            version: scene.version,
            words: scene.words,
        })
    }

    /// Scenes that have all the words, the best first; of one project or of all.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn search(&mut self, project: Option<u32>, words: &str) -> Result<Vec<FoundScene>, Problem> {
        let found = self.library.look_up(project.map(ProjectId), words, FOUND)?;
        Ok(found
            .into_iter()
            .map(|found| FoundScene {
                scene: found.scene.0,
                project: found.project.0,
                title: found.title,
                snippet: found.snippet,
            })
            .collect())
    }
}

/// A project as a list shows it.
pub(crate) fn summary(project: Project) -> ProjectSummary {
    ProjectSummary {
        id: project.id.0,
        title: project.title,
        words: project.words,
        updated_at: project.updated_at,
    }
}

fn item(item: TreeItem) -> OutlineItem {
    match item {
        TreeItem::Chapter(chapter) => OutlineItem {
            kind: match chapter.kind {
                ChapterKind::Part => ItemKind::Part,
                ChapterKind::Chapter => ItemKind::Chapter,
            },
            id: chapter.id.0,
            title: chapter.title,
            words: chapter.words,
            items: chapter.items.into_iter().map(self::item).collect(),
        },
        TreeItem::Scene(scene) => OutlineItem {
            kind: ItemKind::Scene,
            id: scene.id.0,
            title: scene.title,
            words: scene.words,
            items: Vec::new(),
        },
    }
}
