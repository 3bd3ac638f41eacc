//! Where a story names its lore: every place of an entry's names, and the entry that a place in a text names. Both go by the
//! rule by which a model is told of an entry, so that an author sees what a model will.

use std::cmp::Reverse;
use std::ops::Range;

use regex::Regex;

use crate::document::BlockKind;
use crate::error::Error;
use crate::library::Library;
use crate::lore::{self, Lore, NewLore};
use crate::search::{self, Hit, Pattern};
use crate::{LoreId, ProjectId, SceneId, scenes};

/// A place that names an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The place.
    pub hit: Hit,
    /// Whether the entry holds in that scene.
    pub holds: bool,
}

/// All places that name an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// In the order they are read.
    pub places: Vec<Mention>,
    /// Scenes that hold something this version does not know, and could not be looked through.
    pub unread: Vec<SceneId>,
}

impl Library {
    /// Every place of its project that names an entry, but for notes to self: nobody is told of those.
    pub fn mentions(&self, id: LoreId) -> Result<Mentions, Error> {
        let Lore { project, what, .. } = self.read(|db| lore::find(db, id))?;
        let names = Names::of(&what)?;
        let tree = self.tree(project)?;
        let mut found = Mentions::default();
        for summary in tree.clone().into_scenes() {
            let scene = self.scene(summary.id)?;
            if names.ranges(&scene.text).is_empty() {
                continue;
            }
            let Ok(page) = scenes::page(&scene) else {
                found.unread.push(scene.id);
                continue;
            };
            let holds = lore::holds(&tree, &what, scene.id);
            for block in page.textblocks().filter(|block| block.kind != BlockKind::Note) {
                let text = block.text();
                let hits = names.ranges(&text).into_iter();
                found.places.extend(
                    hits.map(|range| search::hit(scene.id, scene.version, &block, &text, range))
                        .map(|hit| Mention { hit, holds }),
                );
            }
        }
        Ok(found)
    }

    /// The entry that is named between two texts, wherever in its name the edge between them lies: of several, the one with
    /// the longest name. It need not hold there.
    pub fn lore_at(&self, project: ProjectId, before: &str, after: &str) -> Result<Option<Lore>, Error> {
        let (text, at) = ([before, after].concat(), before.len());
        let mut best: Option<(usize, Lore)> = None;
        for lore in self.lore(project)? {
            let ranges = Names::of(&lore.what)?.ranges(&text);
            let here = ranges.into_iter().find(|range| range.start <= at && at <= range.end);
            let longest = best.as_ref().map_or(0, |(length, _)| *length);
            if let Some(range) = here.filter(|range| range.len() > longest) {
                best = Some((range.len(), lore));
            }
        }
        Ok(best.map(|(_, lore)| lore))
    }
}

/// The names of an entry, to be looked for.
struct Names(Vec<Regex>);

impl Names {
    fn of(lore: &NewLore) -> Result<Self, Error> {
        let names = std::iter::once(&lore.name).chain(&lore.aliases);
        let patterns = names.map(|name| name.trim()).filter(|name| !name.is_empty()).map(|name| {
            search::compile(&Pattern {
                text: name.to_owned(),
                match_case: lore.match_case,
                ..Pattern::default()
            })
        });
        Ok(Self(patterns.collect::<Result<_, _>>()?))
    }

    /// Where they stand as words of their own, in bytes. Where one lies in another (Anna in Anna Karenina) it is the longer.
    fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self
            .0
            .iter()
            .flat_map(|name| name.find_iter(text).map(|place| place.range()))
            .filter(|range| lore::stands_alone(text, range.clone()))
            .collect();
        found.sort_by_key(|range| (range.start, Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Temporary;
    use crate::{ChapterKind, Document, LoreKind, NewItem, NewScene, Node, Told};

    fn entry(name: &str, aliases: &[&str]) -> NewLore {
        NewLore {
            kind: LoreKind::Person,
            name: name.into(),
            aliases: aliases.iter().map(|name| (*name).to_owned()).collect(),
            told: Told::Named,
            match_case: false,
            short: String::new(),
            long: String::new(),
            from: None,
            to: None,
        }
    }

    fn project_with(library: &mut Library, text: &str) -> ProjectId {
        library.create_project("", "", text).unwrap().id
    }

    fn named(library: &Library, id: LoreId) -> Vec<String> {
        library.mentions(id).unwrap().places.into_iter().map(|place| place.hit.text).collect()
    }

    #[test]
    fn every_name_is_found_where_it_stands_alone_the_longest_first() {
        let mut library = Temporary::new();
        let text = "# Anna Karenina\n\nAnna’s train. ANNA! Annabel? anna karenina, (Anna).\n\nAnna\u{301} and the lady.";
        let project = project_with(&mut library, text);
        let id = library.add_lore(project, &entry("Anna", &["Anna Karenina", "the lady"])).unwrap().id;
        assert_eq!(
            named(&library, id),
            ["Anna Karenina", "Anna", "ANNA", "anna karenina", "Anna", "the lady"]
        );
        let exact = NewLore { match_case: true, ..entry("Anna", &[]) };
        let id = library.add_lore(project, &exact).unwrap().id;
        assert_eq!(named(&library, id), ["Anna", "Anna", "Anna"]);
    }

    #[test]
    fn a_place_is_told_as_the_editor_counts_and_with_the_words_around_it() {
        let mut library = Temporary::new();
        let project = project_with(&mut library, "🌧 Rain.\n\nThe keeper slept.");
        let id = library.add_lore(project, &entry("keeper", &[])).unwrap().id;
        let place = &library.mentions(id).unwrap().places[0];
        assert_eq!(
            (place.hit.before.as_str(), place.hit.after.as_str(), place.holds),
            ("The ", " slept.", true)
        );
        // The first paragraph is 8 units and two edges long; then one edge and four letters.
        assert_eq!(place.hit.position, 15..21);
    }

    #[test]
    fn notes_to_self_name_nobody_and_what_cannot_be_read_is_told() {
        let mut library = Temporary::new();
        let note = r#"{"type":"doc","content":[{"type":"note","content":[{"type":"paragraph","content":[{"type":"text","text":"Ada"}]}]},{"type":"paragraph"}]}"#;
        let document = Document::from_json(note).unwrap();
        let project = library.create_project("", note, &document.plain_text()).unwrap().id;
        let id = library.add_lore(project, &entry("Ada", &[])).unwrap().id;
        assert_eq!(named(&library, id), [""; 0]);
        let later =
            NewScene { document: r#"{"type":"later"}"#.into(), text: "Ada".into(), ..NewScene::default() };
        let made = library.add_items(project, None, &[NewItem::Scene(later)]).unwrap();
        let found = library.mentions(id).unwrap();
        assert_eq!((found.places.len(), found.unread.len(), made.len()), (0, 1, 1));
    }

    #[test]
    fn a_place_before_the_entry_holds_is_told_as_such() {
        let mut library = Temporary::new();
        let project = project_with(&mut library, "Ada as a child.");
        let page = NewScene { text: "Ada grown up.".into(), ..NewScene::default() };
        let chapter = NewItem::Chapter {
            kind: ChapterKind::Chapter,
            title: "2".into(),
            synopsis: String::new(),
            items: vec![NewItem::Scene(page)],
        };
        let made = library.add_items(project, None, &[chapter]).unwrap();
        let Node::Chapter(from) = made[0] else { panic!("{made:?}") };
        let lore = NewLore { from: Some(from), ..entry("Ada", &[]) };
        let id = library.add_lore(project, &lore).unwrap().id;
        let holds: Vec<bool> = library.mentions(id).unwrap().places.iter().map(|place| place.holds).collect();
        assert_eq!(holds, [false, true]);
    }

    #[test]
    fn the_entry_under_the_cursor_is_the_one_with_the_longest_name() {
        let mut library = Temporary::new();
        let project = project_with(&mut library, "");
        for name in ["Skerry", "Skerry Light", "Ada"] {
            library.add_lore(project, &entry(name, &[])).unwrap();
        }
        let at = |before: &str, after: &str| {
            library.lore_at(project, before, after).unwrap().map(|lore| lore.what.name)
        };
        assert_eq!(at("To Ske", "rry Light and back").as_deref(), Some("Skerry Light"));
        assert_eq!(at("To Skerry Light", " and back").as_deref(), Some("Skerry Light"));
        assert_eq!(at("To ", "skerry, they said").as_deref(), Some("Skerry"));
        assert_eq!(at("Ada", "’s lamp").as_deref(), Some("Ada"));
        assert_eq!(at("Ad", "amant"), None);
        assert_eq!(at("", ""), None);
    }
}
