//! What a project tells a model with a request, brought from the library to the prompts: what it is about, what is to be
//! kept in mind, how it is to sound, what has happened, who and what is in it. Notes to self stay where they are.

use std::sync::Arc;

use foolscap_manuscript::{
    self as manuscript, Considered, Library, ProjectId, SceneId, SceneSummary, TreeItem, count_words,
};
use foolscap_prompts::{Item, Kind, LeftOut, Mention, Prompt, Told};

use crate::api::{ActionRequest, Problem, ProblemCode};

/// Words before the cursor from which on a text needs no reminder of how the scene before ended.
const NEAR_START: u32 = 300;
/// Words of that scene's end that are told, in whole paragraphs.
const END_WORDS: u32 = 200;

/// What a project tells with a request; nothing where there is none.
#[derive(Debug, Clone, Default)]
pub struct Background {
    /// All that could be told; what is, is planned with the request.
    pub(crate) items: Vec<Item>,
    /// The project's language, as BCP 47 has it; empty if not said.
    pub(crate) language: String,
    /// The prompt that is asked by; none: the one that came with Foolscap.
    pub(crate) prompt: Option<Arc<Prompt>>,
}

impl Background {
    /// The same, asked by a prompt of the writer's.
    #[must_use]
    pub fn by(self, prompt: Option<Arc<Prompt>>) -> Self {
        Self { prompt, ..self }
    }

    /// What there is, by the ids that requests switch it by.
    pub fn ids(&self) -> Vec<&str> {
        self.items.iter().map(|item| item.id.as_str()).collect()
    }
}

/// What the project of a request tells.
///
/// # Errors
/// [`ProblemCode::NotFound`], [`ProblemCode::Library`]; [`ProblemCode::BadRequest`] for a scene of another project.
pub(crate) fn gather(library: &Library, request: &ActionRequest) -> Result<Background, Problem> {
    let scene = request.scene.map(|id| library.scene(SceneId(id))).transpose()?;
    let project = match (request.project.map(ProjectId), &scene) {
        (None, None) => return Ok(Background::default()),
        (Some(project), Some(scene)) if scene.project != project => {
            let message = format!("scene {} does not belong to project {project}", scene.id);
            return Err(Problem::new(ProblemCode::BadRequest, message));
        }
        (Some(project), _) => project,
        (None, Some(scene)) => scene.project,
    };
    let brief = library.brief(project)?;
    let tree = library.tree(project)?;
    let scene = scene.map(|scene| scene.id);
    let chapters = scene.map(|scene| chapters_of(&tree.items, scene)).unwrap_or_default();
    let chapters: Vec<Item> = chapters
        .iter()
        .map(|chapter| {
            item(
                format!("synopsis:chapter:{}", chapter.id),
                Kind::Synopsis,
                &chapter.title,
                &chapter.synopsis,
            )
        })
        .collect();
    let scenes = tree.into_scenes();
    let here = scenes.iter().position(|other| Some(other.id) == scene);

    let mut items =
        vec![item("synopsis".into(), Kind::Synopsis, &library.project(project)?.title, &brief.synopsis)];
    items.extend(chapters);
    items.extend(here.map(|here| {
        let SceneSummary { id, title, synopsis, .. } = &scenes[here];
        item(format!("synopsis:scene:{id}"), Kind::Synopsis, title, synopsis)
    }));
    items.push(item("note".into(), Kind::Note, "", &brief.authors_note));
    for sample in library.style_samples(project)?.into_iter().filter(|sample| sample.in_use) {
        items.push(item(format!("style:{}", sample.id), Kind::Style, &sample.title, &sample.text));
    }
    // Of a scene that was put away nobody knows what comes before it.
    if scene.is_none() || here.is_some() {
        items.extend(summaries(library, project, &scenes, scene)?);
    }
    items.extend(lore(library, project, scene, request)?);
    let previous = here.and_then(|here| scenes[..here].last());
    items.extend(previous.map(|scene| end_of(library, scene, request)).transpose()?);
    items.retain(|item| !item.long.trim().is_empty() || !item.short.trim().is_empty());
    Ok(Background { items, language: brief.language, prompt: None })
}

fn item(id: String, kind: Kind, title: &str, text: &str) -> Item {
    Item {
        id,
        kind,
        title: title.trim().into(),
        long: text.trim().into(),
        short: String::new(),
        told: Told::Always,
        stale: false,
    }
}

/// The part and the chapter that a scene is in, the outermost first.
fn chapters_of(items: &[TreeItem], scene: SceneId) -> Vec<&manuscript::Chapter> {
    for item in items {
        match item {
            TreeItem::Chapter(chapter) => {
                let here = |item: &TreeItem| matches!(item, TreeItem::Scene(found) if found.id == scene);
                let inner = chapters_of(&chapter.items, scene);
                if !inner.is_empty() || chapter.items.iter().any(here) {
                    return [vec![chapter], inner].concat();
                }
            }
            TreeItem::Scene(_) => {}
        }
    }
    Vec::new()
}

fn summaries(
    library: &Library,
    project: ProjectId,
    scenes: &[SceneSummary],
    before: Option<SceneId>,
) -> Result<Vec<Item>, Problem> {
    let summary = |summary: manuscript::Summary| {
        let title = scenes.iter().find(|scene| scene.id == summary.scene).map_or("", |scene| &scene.title);
        let told = if summary.stale { Told::Not(LeftOut::Stale) } else { Told::Always };
        let id = format!("summary:{}", summary.scene);
        Item { told, stale: summary.stale, ..item(id, Kind::Summary, title, &summary.text) }
    };
    Ok(library.summaries(project, before)?.into_iter().map(summary).collect())
}

/// All lore: what is always told first, each by name.
fn lore(
    library: &Library,
    project: ProjectId,
    scene: Option<SceneId>,
    request: &ActionRequest,
) -> Result<Vec<Item>, Problem> {
    let text = [request.before.as_str(), &request.selection, &request.after].concat();
    let beside = library.lore_beside(project, scene, &text)?;
    let asked = library.lore_beside(project, scene, &request.action.instruction)?;
    let entry = |(in_text, asked): (Considered, Considered)| {
        let what = in_text.lore.what;
        let mentions = in_text.named.into_iter().map(|(at, name)| Mention { name, at: Some(at) });
        let asked = asked.named.into_iter().map(|(_, name)| Mention { name, at: None });
        let told = match what.told {
            manuscript::Told::Never => Told::Not(LeftOut::Never),
            _ if !in_text.holds => Told::Not(LeftOut::OtherChapters),
            manuscript::Told::Always => Told::Always,
            manuscript::Told::Named => Told::Named(asked.chain(mentions).collect()),
        };
        let id = format!("lore:{}", in_text.lore.id);
        Item { told, short: what.short.trim().into(), ..item(id, Kind::Lore, &what.name, &what.long) }
    };
    let mut items: Vec<Item> = beside.into_iter().zip(asked).map(entry).collect();
    items.sort_by_key(|item| item.told != Told::Always);
    Ok(items)
}

/// How the scene before ended, for a text that has hardly begun.
fn end_of(library: &Library, scene: &SceneSummary, request: &ActionRequest) -> Result<Item, Problem> {
    let text = library.scene(scene.id)?.text;
    let text = text.trim_end();
    let mut from = text.len();
    while from > 0 {
        let start = text[..from].rfind("\n\n").unwrap_or(0);
        if from < text.len() && count_words(&text[start..]) > END_WORDS {
            break;
        }
        from = start;
    }
    let far = count_words(&request.before) >= NEAR_START;
    let told = if far { Told::Not(LeftOut::FarFromStart) } else { Told::Always };
    let id = format!("previous:{}", scene.id);
    Ok(Item { told, ..item(id, Kind::Previous, &scene.title, &text[from..]) })
}
