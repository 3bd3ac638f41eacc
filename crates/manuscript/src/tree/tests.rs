use proptest::prelude::*;

use super::*;
use crate::testing::Temporary;
use crate::{Cause, Document, Undo};

fn scene(title: &str, text: &str) -> NewItem {
    NewItem::Scene(NewScene {
        title: title.to_owned(),
        document: Document::from_plain_text(text).to_json(),
        text: text.to_owned(),
        ..NewScene::default()
    })
}

fn chapter(kind: ChapterKind, title: &str, items: Vec<NewItem>) -> NewItem {
    NewItem::Chapter { kind, title: title.to_owned(), synopsis: String::new(), items }
}

/// Part I with chapters 1 (scenes a, b) and 2 (scene c); scene d at the top.
fn book() -> (Temporary, ProjectId, Vec<Node>) {
    let mut library = Temporary::new();
    let project = library.create_project("A book", "", "").unwrap().id;
    let first = library.scenes(project).unwrap()[0].id;
    library.archive(Node::Scene(first)).unwrap();
    let one = chapter(ChapterKind::Chapter, "1", vec![scene("a", "one two"), scene("b", "three")]);
    let two = chapter(ChapterKind::Chapter, "2", vec![scene("c", "four five six")]);
    let part = chapter(ChapterKind::Part, "I", vec![one, two]);
    let nodes = library.add_items(project, None, &[part, scene("d", "seven")]).unwrap();
    (library, project, nodes)
}

/// The tree in one line: `I[1[a b] 2[c]] d`.
fn line(library: &Library, project: ProjectId) -> String {
    fn of(items: &[TreeItem]) -> String {
        let each = items.iter().map(|item| match item {
            TreeItem::Chapter(chapter) => format!("{}[{}]", chapter.title, of(&chapter.items)),
            TreeItem::Scene(scene) => scene.title.clone(),
        });
        each.collect::<Vec<_>>().join(" ")
    }
    of(&library.tree(project).unwrap().items)
}

fn find(library: &Library, project: ProjectId, title: &str) -> Node {
    let nodes = library.tree(project).unwrap().nodes();
    let titled = |node: &Node| library.read(|db| Ok(standing(db, *node)?.title)).unwrap() == title;
    nodes.into_iter().find(titled).unwrap()
}

fn scene_id(node: Node) -> SceneId {
    match node {
        Node::Scene(id) => id,
        Node::Chapter(id) => panic!("{id:?}"),
    }
}

#[test]
fn what_is_made_stands_where_it_was_wanted_and_is_put_away_by_undo() {
    let (mut library, project, nodes) = book();
    let before = line(&library, project);
    let (one, a) = (nodes[1], nodes[2]);
    let (made, undo) = library.add_item_at(project, &scene("x", ""), Place::After(a)).unwrap();
    assert_eq!((made.len(), line(&library, project).as_str()), (1, "I[1[a x b] 2[c]] d"));
    let chapter = chapter(ChapterKind::Chapter, "0", vec![scene("y", "")]);
    let (made, other) = library.add_item_at(project, &chapter, Place::Before(one)).unwrap();
    assert_eq!((made.len(), line(&library, project).as_str()), (2, "I[0[y] 1[a x b] 2[c]] d"));
    assert_eq!(library.project_of(made[1]).unwrap(), project);
    let redo = library.undo(&other).unwrap();
    library.undo(&undo).unwrap();
    assert_eq!(line(&library, project), before);
    library.undo(&redo).unwrap();
    assert_eq!(line(&library, project), "I[0[y] 1[a b] 2[c]] d");
    let wrong = library.add_item_at(project, &chapter_in_chapter(), Place::After(a));
    assert!(matches!(wrong, Err(Error::BadPlace { .. })), "{wrong:?}");
}

fn chapter_in_chapter() -> NewItem {
    chapter(ChapterKind::Chapter, "no", Vec::new())
}

#[test]
fn a_project_is_read_in_the_order_of_its_tree() {
    let (library, project, nodes) = book();
    assert_eq!(line(&library, project), "I[1[a b] 2[c]] d");
    assert_eq!(library.tree(project).unwrap().nodes(), nodes);
    let titles: Vec<_> = library.scenes(project).unwrap().into_iter().map(|scene| scene.title).collect();
    assert_eq!(titles, ["a", "b", "c", "d"]);
    let TreeItem::Chapter(part) = library.tree(project).unwrap().items.remove(0) else { panic!() };
    assert_eq!((part.kind, part.words, part.characters), (ChapterKind::Part, 6, 25));
    assert_eq!(library.project(project).unwrap().words, 7);
}

#[test]
fn things_are_moved_and_moved_back() {
    let (mut library, project, _) = book();
    let node = |library: &Library, title: &str| find(library, project, title);
    let (a, b, d, one, part) = (
        node(&library, "a"),
        node(&library, "b"),
        node(&library, "d"),
        node(&library, "1"),
        node(&library, "I"),
    );
    let Node::Chapter(two) = node(&library, "2") else { panic!() };
    let mut undos = Vec::new();
    for (moved, place, after) in [
        (d, Place::Before(b), "I[1[a d b] 2[c]]"),
        (a, Place::After(b), "I[1[d b a] 2[c]]"),
        (one, Place::In(None), "I[2[c]] 1[d b a]"),
        (one, Place::Before(part), "1[d b a] I[2[c]]"),
        (b, Place::In(Some(two)), "1[d a] I[2[c b]]"),
        (b, Place::After(part), "1[d a] I[2[c]] b"),
    ] {
        let before = line(&library, project);
        undos.push((library.move_to(moved, place).unwrap(), before));
        assert_eq!(line(&library, project), after);
    }
    for (undo, before) in undos.into_iter().rev() {
        let after = line(&library, project);
        let redo = library.undo(&undo).unwrap();
        assert_eq!(line(&library, project), before);
        let again = library.undo(&redo).unwrap();
        assert_eq!(line(&library, project), after);
        library.undo(&again).unwrap();
    }
    assert_eq!(line(&library, project), "I[1[a b] 2[c]] d");
}

#[test]
fn nothing_is_put_where_it_cannot_stand() {
    let (mut library, project, _) = book();
    let other = library.create_project("Another", "", "").unwrap().id;
    let elsewhere = Node::Scene(library.scenes(other).unwrap()[0].id);
    let (a, b, one, part) = (
        find(&library, project, "a"),
        find(&library, project, "b"),
        find(&library, project, "1"),
        find(&library, project, "I"),
    );
    let (Node::Chapter(chapter_one), Node::Chapter(part_one)) = (one, part) else { panic!() };
    library.archive(b).unwrap();
    let before = line(&library, project);
    for (node, place) in [
        (one, Place::In(Some(chapter_one))),
        (part, Place::In(Some(chapter_one))),
        (part, Place::In(Some(part_one))),
        (one, Place::Before(a)),
        (a, Place::Before(a)),
        (a, Place::After(elsewhere)),
        (elsewhere, Place::In(Some(part_one))),
        (a, Place::After(b)),
        (b, Place::In(None)),
    ] {
        let refused = library.move_to(node, place);
        assert!(matches!(refused, Err(Error::BadPlace { .. })), "{node:?} {place:?}: {refused:?}");
    }
    let refused = library.add_items(
        project,
        None,
        &[
            scene("kept?", ""),
            chapter(ChapterKind::Chapter, "x", vec![chapter(ChapterKind::Chapter, "y", vec![])]),
        ],
    );
    assert!(matches!(refused, Err(Error::BadPlace { .. })), "{refused:?}");
    assert_eq!(line(&library, project), before);
    assert!(matches!(library.rename(Node::Chapter(ChapterId(99)), ""), Err(Error::NoChapter(ChapterId(99)))));
}

#[test]
fn what_is_put_away_comes_back_with_all_it_holds() {
    let (mut library, project, nodes) = book();
    let (b, part) = (find(&library, project, "b"), find(&library, project, "I"));
    let before_any = library.archived(project).unwrap().len();
    library.archive(b).unwrap();
    let undo = library.archive(part).unwrap();
    assert_eq!(line(&library, project), "d");
    let list = library.archived(project).unwrap();
    assert_eq!(list.len() - before_any, 2);
    let away = list.iter().find(|away| away.node == part).unwrap();
    assert_eq!((away.title.as_str(), away.words), ("I", 5));
    assert_eq!(list.iter().find(|away| away.node == b).unwrap().beginning, "three");

    library.undo(&undo).unwrap();
    assert_eq!(line(&library, project), "I[1[a] 2[c]] d");
    library.unarchive(b).unwrap();
    assert_eq!(library.tree(project).unwrap().nodes(), nodes);
    assert!(library.unarchive(b).unwrap().is_empty());
}

#[test]
fn a_scene_whose_chapter_is_away_comes_back_at_the_end_of_what_is_there() {
    let (mut library, project, _) = book();
    let (a, one) = (find(&library, project, "a"), find(&library, project, "1"));
    library.archive(one).unwrap();
    library.unarchive(a).unwrap();
    assert_eq!(line(&library, project), "I[2[c] a] d");
    library.unarchive(one).unwrap();
    assert_eq!(line(&library, project), "I[1[b] 2[c] a] d");
}

#[test]
fn a_copy_stands_after_the_original_and_leaves_it_alone() {
    let (mut library, project, _) = book();
    let (a, one) = (find(&library, project, "a"), find(&library, project, "1"));
    let copied = library.duplicate(a).unwrap();
    library.duplicate(one).unwrap();
    assert_eq!(line(&library, project), "I[1[a a b] 1[a a b] 2[c]] d");
    let copy = library.scene(scene_id(copied)).unwrap();
    assert_eq!((copy.text.as_str(), copy.version), ("one two", 0));
    library.save_scene(copy.id, 0, "{}", "changed").unwrap();
    assert_eq!(library.scene(scene_id(a)).unwrap().text, "one two");
}

#[test]
fn a_scene_is_cut_put_together_and_each_undone() {
    let (mut library, project, _) = book();
    let c = scene_id(find(&library, project, "c"));
    let text = "First.\n\n***\n\nSecond.";
    let document = Document::from_plain_text(text).to_json();
    library.save_scene(c, 0, &document, text).unwrap();
    // Just after the first paragraph.
    let split = library.split_scene(c, 1, 8, "c2").unwrap();
    assert_eq!(line(&library, project), "I[1[a b] 2[c c2]] d");
    assert_eq!(library.scene(c).unwrap().text, "First.");
    assert_eq!(library.scene(split.second).unwrap().text, "Second.");
    assert_eq!(library.revisions(c).unwrap()[0].cause, Cause::Split);

    let merged = library.merge_with_next(c, 2, 0, Joint::SceneBreak).unwrap();
    assert_eq!(library.scene(c).unwrap().text, text);
    assert_eq!((merged.archived, line(&library, project).as_str()), (split.second, "I[1[a b] 2[c]] d"));
    library.undo(&merged.undo).unwrap();
    assert_eq!(line(&library, project), "I[1[a b] 2[c c2]] d");
    assert_eq!(library.scene(c).unwrap().text, "First.");
    // The scene is at a later version, and says what it said after the cut: that can be undone as well.
    library.undo(&split.undo).unwrap();
    assert_eq!(library.scene(c).unwrap().text, text);
    assert_eq!(line(&library, project), "I[1[a b] 2[c]] d");
}

#[test]
fn undoing_a_cut_puts_the_new_scene_away_unless_it_was_written_on() {
    let (mut library, project, _) = book();
    let c = scene_id(find(&library, project, "c"));
    let split = library.split_scene(c, 0, 6, "").unwrap();
    assert_eq!(library.scene(split.second).unwrap().text, "five six");
    let redo = library.undo(&split.undo).unwrap();
    assert_eq!(
        (library.scene(c).unwrap().text.as_str(), line(&library, project).as_str()),
        ("four five six", "I[1[a b] 2[c]] d")
    );
    library.undo(&redo).unwrap();
    assert_eq!(library.scene(c).unwrap().text, "four ");
    let version = library.scene(c).unwrap().version;
    let again = library.split_scene(c, version, 3, "").unwrap();
    library.save_scene(again.second, 0, "{}", "ur, and more").unwrap();
    assert!(matches!(library.undo(&again.undo), Err(Error::NotUndoable { .. })));
    assert_eq!(library.scene(again.second).unwrap().text, "ur, and more");
}

#[test]
fn only_neighbours_at_the_versions_seen_are_put_together() {
    let (mut library, project, _) = book();
    let (a, b) = (scene_id(find(&library, project, "a")), scene_id(find(&library, project, "b")));
    assert!(matches!(library.merge_with_next(b, 0, 0, Joint::Plain), Err(Error::BadPlace { .. })));
    assert!(matches!(library.merge_with_next(a, 0, 1, Joint::Plain), Err(Error::Conflict { .. })));
    assert!(matches!(library.split_scene(a, 1, 3, ""), Err(Error::Conflict { .. })));
    library.merge_with_next(a, 0, 0, Joint::Plain).unwrap();
    assert_eq!(library.scene(a).unwrap().text, "one two\n\nthree");
}

#[test]
fn an_undo_can_be_kept_as_json() {
    let (mut library, project, _) = book();
    let a = find(&library, project, "a");
    let undo = library.rename(a, "other").unwrap();
    let json = serde_json::to_string(&undo).unwrap();
    library.undo(&serde_json::from_str(&json).unwrap()).unwrap();
    assert_eq!(line(&library, project), "I[1[a b] 2[c]] d");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_to_a_tree_can_be_undone_to_the_last(steps in proptest::collection::vec((0_u8..6, 0_usize..20, 0_usize..20), 1..12)) {
        let (mut library, project, _) = book();
        let words = library.project(project).unwrap().words;
        let picture = |library: &Library| {
            let scenes = library.scenes(project).unwrap();
            let texts: Vec<_> = scenes.iter().map(|scene| library.scene(scene.id).unwrap().text).collect();
            (line(library, project), texts)
        };
        let mut done: Vec<(Undo, _)> = Vec::new();
        for (kind, which, other) in steps {
            let nodes = library.tree(project).unwrap().nodes();
            if nodes.is_empty() {
                break;
            }
            let (node, beside) = (nodes[which % nodes.len()], nodes[other % nodes.len()]);
            let before = picture(&library);
            let undo = match (kind, node) {
                (0, node) => library.move_to(node, Place::Before(beside)),
                (1, node) => library.move_to(node, Place::After(beside)),
                (2, node) => library.archive(node),
                (3, node) => library.rename(node, &format!("n{other}")),
                (4, Node::Scene(id)) => {
                    let version = library.scene(id).unwrap().version;
                    library.split_scene(id, version, other, "s").map(|split| split.undo)
                }
                (5, Node::Scene(id)) => {
                    let version = library.scene(id).unwrap().version;
                    let next = nodes.iter().skip_while(|n| **n != node).nth(1);
                    let Some(Node::Scene(next)) = next else { continue };
                    let next = library.scene(*next).unwrap().version;
                    library.merge_with_next(id, version, next, Joint::SceneBreak).map(|merged| merged.undo)
                }
                _ => continue,
            };
            match undo {
                Ok(undo) => done.push((undo, before)),
                Err(Error::BadPlace { .. } | Error::Conflict { .. }) => prop_assert_eq!(picture(&library), before),
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
        let after = picture(&library);
        let mut redos = Vec::new();
        for (undo, before) in done.iter().rev() {
            redos.push(library.undo(undo).unwrap());
            prop_assert_eq!(&picture(&library), before);
        }
        for redo in redos.iter().rev() {
            library.undo(redo).unwrap();
        }
        prop_assert_eq!(picture(&library), after);
        let all: u32 = library.archived(project).unwrap().iter().map(|away| away.words).sum();
        prop_assert!(library.project(project).unwrap().words + all >= words);
    }
}
