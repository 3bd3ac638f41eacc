//! The tree of a project: what an author moves, splits, merges and puts away. Every step answers with the tree as it is
//! then, and with what undoes it.

use foolscap_manuscript::{
    ChapterId, ChapterKind, Joint, NewItem, NewScene, Node, Place, ProjectId, SceneId, Tree, TreeItem, Undo,
};

use super::Studio;
use super::projects::summary;
use crate::api::{
    ArchivedItem, ItemKind, ItemPlace, ItemRef, Outline, OutlineItem, Problem, ProblemCode, Saved, TreeStep,
};

impl Studio {
    /// A project with its tree.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn outline(&self, project: u32) -> Result<Outline, Problem> {
        let id = ProjectId(project);
        Ok(Outline { project: summary(self.library.project(id)?), items: items(self.library.tree(id)?) })
    }

    /// Makes an empty part, chapter or scene. A part or chapter gets a scene, so that there is a page to write on.
    ///
    /// # Errors
    /// As all steps on the tree: [`ProblemCode::NotFound`], [`ProblemCode::BadRequest`] for a place where it cannot stand,
    /// [`ProblemCode::Library`].
    pub fn add_item(
        &mut self,
        project: u32,
        kind: ItemKind,
        title: &str,
        place: ItemPlace,
    ) -> Result<TreeStep, Problem> {
        let scene = || NewItem::Scene(NewScene::default());
        let chapter =
            |kind, items| NewItem::Chapter { kind, title: title.to_owned(), synopsis: String::new(), items };
        let new = match kind {
            ItemKind::Scene => NewItem::Scene(NewScene { title: title.to_owned(), ..NewScene::default() }),
            ItemKind::Chapter => chapter(ChapterKind::Chapter, vec![scene()]),
            ItemKind::Part => chapter(ChapterKind::Part, vec![scene()]),
        };
        let id = ProjectId(project);
        let (made, undo) = self.library.add_item_at(id, &new, place.into())?;
        let page = made.iter().rev().copied().find(|node| matches!(node, Node::Scene(_)));
        Ok(TreeStep { made: page.map(ItemRef::from), ..self.step(id, &undo)? })
    }

    /// Gives a part, chapter or scene another title, which may be empty.
    ///
    /// # Errors
    /// As [`Studio::add_item`].
    pub fn rename_item(&mut self, item: ItemRef, title: &str) -> Result<TreeStep, Problem> {
        let undo = self.library.rename(item.into(), title)?;
        self.step(self.library.project_of(item.into())?, &undo)
    }

    /// Puts a part, chapter or scene, with all it holds, to another place.
    ///
    /// # Errors
    /// As [`Studio::add_item`].
    pub fn move_item(&mut self, item: ItemRef, place: ItemPlace) -> Result<TreeStep, Problem> {
        let undo = self.library.move_to(item.into(), place.into())?;
        self.step(self.library.project_of(item.into())?, &undo)
    }

    /// Copies a part, chapter or scene with all it holds, right after it.
    ///
    /// # Errors
    /// As [`Studio::add_item`].
    pub fn duplicate_item(&mut self, item: ItemRef) -> Result<TreeStep, Problem> {
        let copy = self.library.duplicate(item.into())?;
        let project = self.library.project_of(copy)?;
        Ok(TreeStep { made: Some(copy.into()), ..self.step(project, &Undo::of_making(&[copy]))? })
    }

    /// Puts a part, chapter or scene away with all it holds.
    ///
    /// # Errors
    /// As [`Studio::add_item`].
    pub fn archive_item(&mut self, item: ItemRef) -> Result<TreeStep, Problem> {
        let undo = self.library.archive(item.into())?;
        self.step(self.library.project_of(item.into())?, &undo)
    }

    /// Takes back what was put away.
    ///
    /// # Errors
    /// As [`Studio::add_item`].
    pub fn unarchive_item(&mut self, item: ItemRef) -> Result<TreeStep, Problem> {
        let undo = self.library.unarchive(item.into())?;
        let project = self.library.project_of(item.into())?;
        Ok(TreeStep { made: Some(item), ..self.step(project, &undo)? })
    }

    /// What of a project was put away, the last first.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn archived_items(&self, project: u32) -> Result<Vec<ArchivedItem>, Problem> {
        let archived = self.library.archived(ProjectId(project))?;
        Ok(archived
            .into_iter()
            .map(|item| ArchivedItem {
                item: item.node.into(),
                title: item.title,
                beginning: item.beginning,
                words: item.words,
                archived_at: item.archived_at,
            })
            .collect())
    }

    /// Cuts a scene in two at a position of the editor. The second has the title; `made` names it.
    ///
    /// # Errors
    /// [`ProblemCode::Conflict`] when the scene was saved elsewhere since, and as [`Studio::add_item`].
    pub fn split_scene(
        &mut self,
        scene: u32,
        base_version: u32,
        position: u32,
        title: &str,
    ) -> Result<TreeStep, Problem> {
        let split = self.library.split_scene(SceneId(scene), base_version, position as usize, title)?;
        let project = self.library.project_of(Node::Scene(split.second))?;
        Ok(TreeStep {
            made: Some(Node::Scene(split.second).into()),
            saved: vec![split.first.into()],
            ..self.step(project, &split.undo)?
        })
    }

    /// Puts the scene that comes next in the same chapter at the end of this one, with a scene break between them.
    ///
    /// # Errors
    /// As [`Studio::split_scene`].
    pub fn merge_scene(&mut self, scene: u32, base_version: u32) -> Result<TreeStep, Problem> {
        let id = SceneId(scene);
        let project = self.library.project_of(Node::Scene(id))?;
        let next = self.library.scene_after(id)?.ok_or_else(|| {
            Problem::new(ProblemCode::BadRequest, "no scene comes after this one in its chapter")
        })?;
        let next = self.library.scene(next)?.version;
        let merged = self.library.merge_with_next(id, base_version, next, Joint::SceneBreak)?;
        let saved: Saved = merged.scene.into();
        Ok(TreeStep { saved: vec![saved], ..self.step(project, &merged.undo)? })
    }

    /// Says what is to happen in a part or chapter.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn set_chapter_synopsis(&mut self, chapter: u32, synopsis: &str) -> Result<(), Problem> {
        Ok(self.library.set_chapter_synopsis(ChapterId(chapter), synopsis)?)
    }

    /// Undoes a step, by what it answered with. The answer redoes it.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for what is no undo, or when something was written over it since;
    /// [`ProblemCode::Library`].
    pub fn undo_step(&mut self, project: u32, undo: &str) -> Result<TreeStep, Problem> {
        let undo: Undo = serde_json::from_str(undo)
            .map_err(|e| Problem::new(ProblemCode::BadRequest, format!("this undoes nothing: {e}")))?;
        let redo = self.library.undo(&undo)?;
        let mut saved = Vec::new();
        for scene in redo.scenes() {
            let scene = self.library.scene(scene)?;
            let (id, version, words) = (scene.id.0, scene.version, scene.words);
            saved.push(Saved { scene: id, version, words, updated_at: scene.updated_at });
        }
        Ok(TreeStep { saved, ..self.step(ProjectId(project), &redo)? })
    }

    /// A step that was made on a project, as it is told.
    pub(crate) fn step_on(&self, project: u32, undo: &Undo) -> Result<TreeStep, Problem> {
        self.step(ProjectId(project), undo)
    }

    pub(super) fn step(&self, project: ProjectId, undo: &Undo) -> Result<TreeStep, Problem> {
        let undo = serde_json::to_string(undo)
            .map_err(|e| Problem::new(ProblemCode::Library, format!("the undo cannot be written: {e}")))?;
        Ok(TreeStep { outline: self.outline(project.0)?, undo, made: None, saved: Vec::new() })
    }
}

/// A tree as the page draws it.
pub(super) fn items(tree: Tree) -> Vec<OutlineItem> {
    tree.items.into_iter().map(item).collect()
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
            beginning: String::new(),
            synopsis: chapter.synopsis,
            status: None,
            words: chapter.words,
            items: chapter.items.into_iter().map(self::item).collect(),
        },
        TreeItem::Scene(scene) => OutlineItem {
            kind: ItemKind::Scene,
            id: scene.id.0,
            title: scene.title,
            beginning: scene.beginning,
            synopsis: scene.synopsis,
            status: Some(scene.status.into()),
            words: scene.words,
            items: Vec::new(),
        },
    }
}

impl From<ItemRef> for Node {
    fn from(item: ItemRef) -> Self {
        match item {
            ItemRef::Chapter(id) => Self::Chapter(ChapterId(id)),
            ItemRef::Scene(id) => Self::Scene(SceneId(id)),
        }
    }
}

impl From<Node> for ItemRef {
    fn from(node: Node) -> Self {
        match node {
            Node::Chapter(id) => Self::Chapter(id.0),
            Node::Scene(id) => Self::Scene(id.0),
        }
    }
}

impl From<ItemPlace> for Place {
    fn from(place: ItemPlace) -> Self {
        match place {
            ItemPlace::Before(item) => Self::Before(item.into()),
            ItemPlace::After(item) => Self::After(item.into()),
            ItemPlace::In(chapter) => Self::In(chapter.map(ChapterId)),
        }
    }
}
