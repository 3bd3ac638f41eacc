use super::*;
use crate::testing::Temporary;
use crate::{ChapterKind, NewItem, NewScene};

fn person(name: &str, aliases: &[&str]) -> NewLore {
    NewLore {
        kind: LoreKind::Person,
        name: name.to_owned(),
        aliases: aliases.iter().map(|name| (*name).to_owned()).collect(),
        told: Told::Named,
        match_case: false,
        short: String::new(),
        long: String::new(),
        from: None,
        to: None,
    }
}

fn named(name: &str, text: &str) -> bool {
    Passage::new(text).last_name(&person(name, &[])).is_some()
}

#[test]
fn a_name_is_found_where_words_begin_and_end() {
    for text in ["Anna went.", "“anna!”", "it was ANNA's", "Anna’s", "with Anna—and", "(Anna)", "Anna"]
    {
        assert!(named("Anna", text), "{text}");
    }
    for (name, text) in
        [("O'Brien", "O’Brien came"), ("O’Brien", "an O'Brien"), ("d'Artagnan", "D’Artagnan’s")]
    {
        assert!(named(name, text), "{name}: {text}");
    }
    for text in ["Annabel", "Johanna", "An na", "", "Anna\u{300}", "Anna2"] {
        assert!(!named("Anna", text), "{text}");
    }
    assert!(named("the Old Mill", "They met at The old mill."));
    assert!(named("R2-D2", "said r2-d2."));
    assert!(!named("", "anything"));
}

#[test]
fn names_are_found_in_every_script() {
    assert!(named("小明", "那天小明没有来。"));
    assert!(named("สมชาย", "แล้วสมชายก็มา"));
    assert!(named("Анна", "— анна, — сказал он"));
    assert!(!named("Анна", "Анналы"));
    assert!(named("Zoe\u{308}", "then Zo\u{eb} came"));
    assert!(named("سلمى", "قالت سلمى."));
}

#[test]
fn a_name_with_case_is_not_a_word() {
    let rose = NewLore { match_case: true, ..person("Rose", &[]) };
    assert!(Passage::new("a rose").last_name(&rose).is_none());
    assert!(Passage::new("İstanbul, Rose").last_name(&rose).is_some());
}

#[test]
fn what_is_always_told_comes_first_then_what_was_named_last() {
    let mut library = Temporary::new();
    let project = library.create_project("", "", "").unwrap().id;
    let world = NewLore { told: Told::Always, kind: LoreKind::Fact, ..person("No magic", &[]) };
    let secret = NewLore { told: Told::Never, ..person("Maria", &[]) };
    for new in [person("Anna", &["the smith", " "]), person("Ben", &[]), person("Carl", &[]), world, secret] {
        library.add_lore(project, &new).unwrap();
    }
    let told = library.lore_for(project, None, "Anna and Maria saw Ben. The smith smiled.").unwrap();
    let names: Vec<_> = told.iter().map(|b| (b.lore.what.name.as_str(), b.name.as_deref())).collect();
    assert_eq!(names, [("No magic", None), ("Anna", Some("the smith")), ("Ben", Some("Ben"))]);
}

#[test]
fn a_fact_can_hold_for_some_chapters() {
    let mut library = Temporary::new();
    let project = library.create_project("", "", "").unwrap().id;
    let prologue = library.scenes(project).unwrap()[0].id;
    let chapter = |title: &str| NewItem::Chapter {
        kind: ChapterKind::Chapter,
        title: title.to_owned(),
        synopsis: String::new(),
        items: vec![NewItem::Scene(NewScene::default())],
    };
    let part = NewItem::Chapter {
        kind: ChapterKind::Part,
        title: "I".into(),
        synopsis: String::new(),
        items: vec![chapter("1"), chapter("2")],
    };
    let made = library.add_items(project, None, &[part, chapter("3")]).unwrap();
    let chapter = |at: usize| match made[at] {
        Node::Chapter(id) => Some(id),
        Node::Scene(_) => None,
    };
    let (part, one, two, three) = (chapter(0), chapter(1), chapter(3), chapter(5));
    let scenes: Vec<SceneId> = library.scenes(project).unwrap().into_iter().map(|scene| scene.id).collect();
    assert_eq!(scenes[0], prologue);
    let mut where_told = |from, to| {
        let new = NewLore { told: Told::Always, from, to, ..person("Lame", &[]) };
        let id = library.add_lore(project, &new).unwrap().id;
        let told: Vec<usize> = (0..scenes.len())
            .filter(|at| !library.lore_for(project, Some(scenes[*at]), "").unwrap().is_empty())
            .collect();
        library.archive_lore(id, true).unwrap();
        told
    };
    assert_eq!(where_told(None, None), [0, 1, 2, 3]);
    assert_eq!(where_told(one, one), [1]);
    assert_eq!(where_told(two, None), [2, 3]);
    assert_eq!(where_told(None, part), [0, 1, 2]);
    assert_eq!(where_told(part, two), [1, 2]);
    assert_eq!(where_told(three, three), [3]);
}

#[test]
fn entries_are_changed_and_put_away_and_taken_back() {
    let mut library = Temporary::new();
    let project = library.create_project("", "", "").unwrap().id;
    let id = library.add_lore(project, &person("Anna", &["A"])).unwrap().id;
    let changed = NewLore { short: "a smith".into(), kind: LoreKind::Place, ..person("Annaberg", &[]) };
    assert_eq!(library.set_lore(id, &changed).unwrap().what, changed);
    library.archive_lore(id, true).unwrap();
    assert_eq!(library.lore(project).unwrap(), []);
    assert_eq!(library.archived_lore(project).unwrap()[0].what, changed);
    library.archive_lore(id, false).unwrap();
    assert_eq!(library.lore(project).unwrap()[0].what, changed);
    assert!(matches!(library.set_lore(LoreId(9), &changed), Err(Error::NoLore(LoreId(9)))));
}

#[test]
fn all_names_are_told_once() {
    let mut library = Temporary::new();
    let project = library.scene_with("").project;
    library.add_lore(project, &person("Ada", &["the keeper", "Ada"])).unwrap();
    let gone = library.add_lore(project, &person("Bob", &[])).unwrap().id;
    library.archive_lore(gone, true).unwrap();
    assert_eq!(library.lore_names(project).unwrap(), ["Ada", "the keeper"]);
}
