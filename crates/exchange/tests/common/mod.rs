//! Books by chance, and what of them must come back.
#![allow(dead_code, reason = "each suite uses some of it")]

use foolscap_exchange::{Book, Chapter, Direction, Part, Scene};
use foolscap_manuscript::{Block, Document, Inline, Level, Machine, Marks, Paragraph, SceneStatus};
use proptest::prelude::*;

/// Any book: letters of several scripts between all the characters that mean something to some format.
pub fn any_book() -> impl Strategy<Value = Book> {
    let parts = prop_oneof![
        chapters().prop_map(|chapters| vec![Part { chapters, ..Part::default() }]),
        prop::collection::vec((title(), chapters()), 1..3).prop_map(|parts| {
            parts
                .into_iter()
                .map(|(title, chapters)| Part { title: Some(title), chapters, ..Part::default() })
                .collect()
        }),
    ];
    let right_to_left = prop_oneof![
        Just((None, Direction::LeftToRight)),
        Just((Some("en-US".to_owned()), Direction::LeftToRight)),
        Just((Some("he".to_owned()), Direction::RightToLeft)),
    ];
    let author = prop::option::of(title());
    (parts, author, right_to_left).prop_map(|(parts, author, (language, direction))| Book {
        title: "The \"Whole\": a <Tale> & more".to_owned(),
        author,
        language,
        direction,
        parts,
    })
}

fn chapters() -> impl Strategy<Value = Vec<Chapter>> {
    let scene = (prop::option::of(title()), document(), beside(), beside(), status());
    let scene = scene.prop_map(|(title, document, synopsis, notes, status)| Scene {
        title,
        synopsis,
        notes,
        status,
        document,
    });
    let chapter = (title(), beside(), prop::collection::vec(scene, 1..4));
    prop::collection::vec(chapter, 1..4).prop_map(|chapters| {
        let chapter = |(title, synopsis, scenes)| Chapter { title: Some(title), synopsis, scenes };
        chapters.into_iter().map(chapter).collect()
    })
}

/// What an author keeps beside a scene.
fn beside() -> impl Strategy<Value = String> {
    "([a-zé\"'\\\\:#>-]{1,6}[ \n]?){0,4}"
}

fn status() -> impl Strategy<Value = Option<SceneStatus>> {
    prop::option::of(prop_oneof![
        Just(SceneStatus::Planned),
        Just(SceneStatus::Draft),
        Just(SceneStatus::Revised),
        Just(SceneStatus::Done),
    ])
}

/// A word that is not made of signs alone, which would be a break between scenes.
fn word() -> impl Strategy<Value = String> {
    let signs = "[-*_#~+=&<>|`\\\\/{}()$%^@!?.,;:…—“”‘’\"'\\[\\]]{0,2}";
    (signs, "[A-Za-z0-9éßжא]{1,6}", signs)
        .prop_map(|(before, letters, after)| format!("{before}{letters}{after}"))
}

fn title() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| format!("Of {}", words.join(" ")))
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let text = prop_oneof![
        4 => word(),
        4 => prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" ")),
        1 => Just(" ".to_owned()),
        1 => word().prop_map(|word| format!(" {word} ")),
    ];
    let marks = (prop::bool::weighted(0.3), prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    let piece = (text, marks, prop::bool::weighted(0.1)).prop_map(|(text, (em, strong, made), breaks)| {
        let machine = made.then(|| Machine { request: "r".into(), candidate: 0 });
        let marks = Marks { em, strong, machine };
        if breaks { Inline::LineBreak { marks } } else { Inline::Text { text, marks } }
    });
    let word = word().prop_map(|text| Inline::Text { text, marks: Marks::default() });
    (word, prop::collection::vec(piece, 0..6))
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect())
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    inlines().prop_map(|content| Paragraph { content })
}

fn document() -> impl Strategy<Value = Document> {
    let level = prop_oneof![Just(Level::One), Just(Level::Two), Just(Level::Three)];
    let heading = prop::collection::vec(word(), 1..4)
        .prop_map(|words| vec![Inline::Text { text: words.join(" "), marks: Marks::default() }]);
    let block = prop_oneof![
        6 => paragraph().prop_map(Block::Paragraph),
        1 => prop::collection::vec(paragraph(), 1..3).prop_map(Block::Blockquote),
        1 => (level, heading).prop_map(|(level, content)| Block::Heading { level, content }),
        1 => Just(Block::Note(vec![Paragraph::plain("a note that stays")])),
    ];
    let first = paragraph().prop_map(Block::Paragraph);
    (first, prop::collection::vec(block, 0..4))
        .prop_map(|(first, rest)| Document { blocks: std::iter::once(first).chain(rest).collect() }.tidied())
}

/// A book of one part with these chapters of one scene.
pub fn book(chapters: &[(&str, &str)]) -> Book {
    let chapter = |(title, text): &(&str, &str)| Chapter {
        title: Some((*title).to_owned()),
        scenes: vec![Scene { document: Document::from_plain_text(text), ..Scene::default() }],
        ..Chapter::default()
    };
    let part = Part { chapters: chapters.iter().map(chapter).collect(), ..Part::default() };
    Book { title: "A Book".into(), author: Some("Ada Writer".into()), parts: vec![part], ..Book::default() }
}

/// Puts a note to oneself below the first scene.
pub fn add_note(book: &mut Book, text: &str) {
    let note = Block::Note(vec![Paragraph::plain(text)]);
    book.parts[0].chapters[0].scenes[0].document.blocks.push(note);
}

/// All words in their order: titles, and what is on the pages.
pub fn words(book: &Book, scene_titles: bool) -> Vec<String> {
    let mut texts = Vec::new();
    for part in &book.parts {
        texts.extend(part.title.clone());
        for chapter in &part.chapters {
            texts.extend(chapter.title.clone());
            for scene in &chapter.scenes {
                texts.extend(scene.title.clone().filter(|_| scene_titles));
                for block in exported(&scene.document) {
                    texts.push(block.iter().map(Inline::text).collect());
                }
            }
        }
    }
    texts.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect()
}

/// All letters on the pages with their looks.
pub fn letters(book: &Book) -> Vec<(char, bool, bool)> {
    let blocks = book.scenes().flat_map(|scene| exported(&scene.document));
    let inlines: Vec<&Inline> = blocks.flatten().collect();
    let looks = |inline: &&Inline| {
        let marks = inline.marks().clone();
        inline.text().chars().map(|c| (c, marks.em, marks.strong)).collect::<Vec<_>>()
    };
    inlines.iter().flat_map(looks).filter(|(c, ..)| !c.is_whitespace()).collect()
}

fn exported(document: &Document) -> Vec<&[Inline]> {
    let blocks = document.textblocks();
    blocks
        .filter(|block| block.kind != foolscap_manuscript::BlockKind::Note)
        .map(|block| block.content)
        .collect()
}

/// A part's title, and the titles of its chapters with how many scenes each has.
pub type Shape = (Option<String>, Vec<(Option<String>, usize)>);

/// Titles of parts and chapters, and how many scenes each has.
pub fn structure(book: &Book) -> Vec<Shape> {
    let chapters = |part: &Part| part.chapters.iter().map(|c| (c.title.clone(), c.scenes.len())).collect();
    book.parts.iter().map(|part| (part.title.clone(), chapters(part))).collect()
}
