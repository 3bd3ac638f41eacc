//! The books, stories and posts of a library, and opening one to write on.

use foolscap_manuscript::{Error, NewItem, NewScene, Project, ProjectId, SceneId};

use super::Studio;
use super::tree::items;
use crate::api::{OpenProject, Outline, Problem, ProblemCode, ProjectSummary, Scene};

impl Studio {
    /// All projects, the one changed last first.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn projects(&self) -> Result<Vec<ProjectSummary>, Problem> {
        Ok(self.library.projects()?.into_iter().map(summary).collect())
    }

    /// The projects that were put away, the last first.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn archived_projects(&self) -> Result<Vec<ProjectSummary>, Problem> {
        Ok(self.library.archived_projects()?.into_iter().map(summary).collect())
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
        let number = name.trim();
        let numbered = match number.strip_prefix('#').unwrap_or(number).parse() {
            Ok(id) => match self.library.project(ProjectId(id)) {
                Err(Error::NoProject(_)) => None,
                found => Some(found?),
            },
            Err(_) => None,
        };
        titled.extend(numbered.filter(|one| titled.iter().all(|project| project.id != one.id)));
        if titled.len() > 1 {
            let numbers: Vec<String> = titled.iter().map(|project| format!("#{}", project.id)).collect();
            let message =
                format!("{name:?} may be the projects {}; name one like that", numbers.join(" and "));
            return Err(Problem::new(ProblemCode::NotFound, message));
        }
        Ok(titled.pop().map(summary))
    }

    /// A new project with an empty page.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn create(&mut self, title: &str) -> Result<Outline, Problem> {
        let project = self.library.create_project(title, "", "")?;
        self.outline(project.id.0)
    }

    /// A new project, with an empty page or one that begins with `text`, opened.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn create_project(&mut self, title: &str, text: Option<&str>) -> Result<OpenProject, Problem> {
        let project = self.library.create_project(title, "", text.unwrap_or_default())?;
        self.open_project(project.id.0)
    }

    /// A project with its tree and the scene that was open last in it. It is the one that opens next time. One whose scenes
    /// were all put away gets an empty one.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn open_project(&mut self, id: u32) -> Result<OpenProject, Problem> {
        let project = ProjectId(id);
        let mut scenes = self.library.scenes(project)?;
        if scenes.is_empty() {
            self.library.add_items(project, None, &[NewItem::Scene(NewScene::default())])?;
            scenes = self.library.scenes(project)?;
        }
        let last: Option<u32> = self.kept(&last_scene(id))?;
        let scene =
            scenes.iter().find(|scene| Some(scene.id.0) == last).or(scenes.first()).ok_or_else(|| {
                Problem::new(ProblemCode::NotFound, format!("project {id} has no page to open"))
            })?;
        self.opened(project, scene.id)
    }

    /// The project of a scene, with that scene open.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn open_scene(&mut self, id: u32) -> Result<OpenProject, Problem> {
        let project = self.library.scene(SceneId(id))?.project;
        self.opened(project, SceneId(id))
    }

    fn opened(&mut self, project: ProjectId, scene: SceneId) -> Result<OpenProject, Problem> {
        let brief = self.library.brief(project)?;
        let opened = OpenProject {
            project: summary(self.library.project(project)?),
            items: items(self.library.tree(project)?),
            scene: Scene::from(self.library.scene(scene)?),
            language: brief.language,
            direction: brief.direction.into(),
        };
        // One that is only read remembers nothing.
        if !self.library.is_read_only() {
            self.change_settings(|settings| settings.last_project = Some(project.0))?;
            self.keep(&last_scene(project.0), &scene.0)?;
        }
        Ok(opened)
    }

    /// Gives a project another title.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn rename_project(&mut self, id: u32, title: &str) -> Result<ProjectSummary, Problem> {
        Ok(summary(self.library.rename_project(ProjectId(id), title)?))
    }

    /// Puts a project away with all it holds, or takes it back. Nothing of it is deleted.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn archive_project(&mut self, id: u32, archived: bool) -> Result<(), Problem> {
        Ok(self.library.archive_project(ProjectId(id), archived)?)
    }
}

/// A project as a list shows it.
pub(super) fn summary(project: Project) -> ProjectSummary {
    ProjectSummary {
        id: project.id.0,
        title: project.title,
        words: project.words,
        updated_at: project.updated_at,
    }
}

/// The key under which a project's last open scene is kept.
fn last_scene(project: u32) -> String {
    format!("last_scene:{project}")
}
