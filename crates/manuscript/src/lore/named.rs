//! All of a project's lore beside one text: what holds there, and which paragraphs name it. Whoever tells a model of some of
//! it can say of the rest why not.

use std::ops::Range;

use super::{Lore, Passage, Told, holds, list};
use crate::error::Error;
use crate::library::Library;
use crate::{ProjectId, SceneId, tree};

/// An entry beside a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// The entry.
    pub lore: Lore,
    /// Whether it holds in the scene.
    pub holds: bool,
    /// The paragraphs that name it, in bytes of the text, with the name that is their last; empty unless it is told where
    /// it is named.
    pub named: Vec<(Range<usize>, String)>,
}

impl Library {
    /// All lore of a project by name, without what is archived, beside a text. If a scene is given, it is told what
    /// holds in it.
    pub fn lore_beside(
        &self,
        project: ProjectId,
        scene: Option<SceneId>,
        text: &str,
    ) -> Result<Vec<Considered>, Error> {
        self.read(|db| {
            let tree = tree::read(db, project)?;
            let paragraphs = paragraphs(text);
            let considered = |lore: Lore| Considered {
                holds: scene.is_none_or(|scene| holds(&tree, &lore.what, scene)),
                named: match lore.what.told {
                    Told::Named => paragraphs
                        .iter()
                        .filter_map(|(at, passage)| Some((at.clone(), passage.last_name(&lore.what)?.1)))
                        .collect(),
                    Told::Always | Told::Never => Vec::new(),
                },
                lore,
            };
            Ok(list(db, project, false)?.into_iter().map(considered).collect())
        })
    }
}

fn paragraphs(text: &str) -> Vec<(Range<usize>, Passage)> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            found.push((start..start + line.len(), Passage::new(line)));
        }
        start += line.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{LoreKind, NewLore};
    use super::*;
    use crate::testing::Temporary;
    use crate::{ChapterKind, NewItem, NewScene, Node};

    fn entry(name: &str, told: Told) -> NewLore {
        NewLore {
            kind: LoreKind::Person,
            name: name.into(),
            aliases: vec![format!("old {name}")],
            told,
            match_case: false,
            short: String::new(),
            long: String::new(),
            from: None,
            to: None,
        }
    }

    #[test]
    fn every_entry_is_told_with_the_paragraphs_that_name_it() {
        let mut library = Temporary::new();
        let project = library.create_project("", "", "").unwrap().id;
        for (name, told) in
            [("Zoe", Told::Named), ("Ada", Told::Named), ("Rain", Told::Always), ("Sin", Told::Never)]
        {
            library.add_lore(project, &entry(name, told)).unwrap();
        }
        let text = "Ada saw Rain.\n\nNobody spoke.\nÀ old Ada, ada!";
        let found = library.lore_beside(project, None, text).unwrap();
        let named: Vec<_> = found.iter().map(|c| (c.lore.what.name.as_str(), c.named.len())).collect();
        assert_eq!(named, [("Ada", 2), ("Rain", 0), ("Sin", 0), ("Zoe", 0)]);
        let paragraphs: Vec<&str> = found[0].named.iter().map(|(at, _)| &text[at.clone()]).collect();
        assert_eq!(paragraphs, ["Ada saw Rain.", "À old Ada, ada!"]);
        assert!(found.iter().all(|considered| considered.holds));
    }

    #[test]
    fn what_does_not_hold_in_a_scene_is_told_as_such() {
        let mut library = Temporary::new();
        let project = library.create_project("", "", "").unwrap().id;
        let prologue = library.scenes(project).unwrap()[0].id;
        let chapter = NewItem::Chapter {
            kind: ChapterKind::Chapter,
            title: "1".into(),
            synopsis: String::new(),
            items: vec![NewItem::Scene(NewScene::default())],
        };
        let made = library.add_items(project, None, &[chapter]).unwrap();
        let [Node::Chapter(chapter), Node::Scene(scene)] = made[..] else { panic!("{made:?}") };
        library.add_lore(project, &NewLore { from: Some(chapter), ..entry("Ada", Told::Named) }).unwrap();
        let holds = |scene| library.lore_beside(project, scene, "Ada").unwrap()[0].holds;
        assert_eq!((holds(None), holds(Some(prologue)), holds(Some(scene))), (true, false, true));
    }
}
