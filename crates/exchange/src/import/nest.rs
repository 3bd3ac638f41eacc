//! A text that is one of several goes a level or two deeper: what stood above all of it becomes a part, its parts become
//! chapters and its chapters scenes. A heading that finds no such place stays on the page, so that no word of one is lost.

use foolscap_manuscript::{Block, Inline, Level, Marks};

use crate::book::{Chapter, Part, Scene};

/// Puts a text under its title: a part where it has chapters of its own; the name of its only chapter where that has none;
/// and where it has parts, which lie in no other, a heading at the top of the page.
pub(crate) fn under_title(mut parts: Vec<Part>, title: String) -> Vec<Part> {
    if parts.iter().any(|part| part.title.is_some()) {
        on_page(first_scene(&mut parts), title);
        return parts;
    }
    let chapters: Vec<Chapter> = parts.into_iter().flat_map(|part| part.chapters).collect();
    if chapters.iter().any(|chapter| chapter.title.is_some()) {
        return vec![Part { title: Some(title), chapters, ..Part::default() }];
    }
    let mut parts = vec![Part { chapters, ..Part::default() }];
    name_beginning(&mut parts, Some(title));
    parts
}

/// Calls the beginning of a text so, where it stands under no heading.
pub(crate) fn name_beginning(parts: &mut Vec<Part>, name: Option<String>) {
    if parts.iter().all(|part| part.title.is_none()) {
        let chapter = first_or_default(&mut first_or_default(parts).chapters);
        first_or_default(&mut chapter.scenes);
        chapter.title = chapter.title.take().or(name);
    }
}

/// Parts as chapters, whose chapters are scenes; chapters that stand in no part stay what they are.
pub(crate) fn as_chapters(parts: Vec<Part>) -> Vec<Chapter> {
    let chapters = |part: Part| match part.title {
        None => part.chapters,
        title => {
            let mut scenes = as_scenes(part.chapters);
            if scenes.is_empty() {
                scenes.push(Scene::default());
            }
            vec![Chapter { title, synopsis: part.synopsis, scenes }]
        }
    };
    parts.into_iter().flat_map(chapters).collect()
}

/// Chapters as scenes, of which the first is called as its chapter was.
pub(crate) fn as_scenes(chapters: Vec<Chapter>) -> Vec<Scene> {
    let scenes = |chapter: Chapter| {
        let mut scenes = chapter.scenes;
        if let Some(title) = chapter.title {
            match first_or_default(&mut scenes) {
                first if first.title.is_none() => first.title = Some(title),
                first => on_page(first, title),
            }
        }
        scenes
    };
    chapters.into_iter().flat_map(scenes).collect()
}

/// A heading at the top of a page.
fn on_page(scene: &mut Scene, title: String) {
    let content = vec![Inline::Text { text: title, marks: Marks::default() }];
    scene.document.blocks.insert(0, Block::Heading { level: Level::One, content });
}

/// The first scene, which is made where there is none.
pub(crate) fn first_scene(parts: &mut Vec<Part>) -> &mut Scene {
    let part = first_or_default(parts);
    let chapter = first_or_default(&mut part.chapters);
    first_or_default(&mut chapter.scenes)
}

fn first_or_default<T: Default>(list: &mut Vec<T>) -> &mut T {
    if list.is_empty() {
        list.push(T::default());
    }
    &mut list[0]
}
