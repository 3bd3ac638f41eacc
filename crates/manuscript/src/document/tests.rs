use proptest::prelude::*;

use super::*;

/// Written by the editor itself (`schema.node(…).toJSON()`): every node and mark there is.
const PAGE: &str = r##"{"type":"doc","content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Night"}]},{"type":"paragraph","content":[{"type":"text","text":"It was "},{"type":"text","marks":[{"type":"em"},{"type":"strong"}],"text":"dark"},{"type":"line_break","marks":[{"type":"em"}]},{"type":"text","marks":[{"type":"machine","attrs":{"request":"r-1","candidate":2}}],"text":"and 🌧."}]},{"type":"note","content":[{"type":"paragraph","content":[{"type":"text","text":"check the weather"}]}]},{"type":"scene_break"},{"type":"blockquote","content":[{"type":"paragraph","content":[{"type":"text","text":"Dear M."},{"type":"line_break"},{"type":"text","text":"Come."}]},{"type":"paragraph"}]}]}"##;

fn page() -> Document {
    Document::from_json(PAGE).unwrap()
}

#[test]
fn a_page_is_written_exactly_as_the_editor_writes_it() {
    assert_eq!(page().to_json(), PAGE);
    assert_eq!(page().blocks.len(), 5);
    assert_eq!(page(), page().tidied());
}

#[test]
fn the_plain_text_is_the_editor_s_without_notes() {
    assert_eq!(page().plain_text(), "## Night\n\nIt was dark\nand 🌧.\n\n***\n\n> Dear M.\n> Come.\n\n> ");
    assert_eq!(page().words(), 8);
}

/// The golden file was written by the editor's own `fromText`, `plainText`, `toJSON` and `countWords`, from
/// texts put together by chance of all that means something in the plain-text form.
#[test]
fn a_text_becomes_the_page_the_editor_makes_of_it() {
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../tests/golden/pages.json")).unwrap();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let document = Document::from_plain_text(text);
        let written: serde_json::Value = serde_json::from_str(&document.to_json()).unwrap();
        assert_eq!(written, case["document"], "{text:?}");
        assert_eq!(Document::from_json(&case["document"].to_string()).unwrap().plain_text(), text);
        assert_eq!(u64::from(document.words()), case["words"], "{text:?}");
    }
    assert_eq!(cases.len(), 40);
}

/// The editor's tests read the same file: what it holds is written, read and counted alike on both sides.
#[test]
fn a_page_says_what_the_editor_says_it_does() {
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../tests/golden/documents.json")).unwrap();
    for case in &cases {
        let json = case["document"].to_string();
        let page = Document::from_json(&json).unwrap();
        assert_eq!(page.plain_text(), case["text"], "{json}");
        assert_eq!(u64::from(page.words()), case["words"], "{json}");
        assert_eq!(u64::from(count_words(&page.plain_text())), case["words"], "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&page.to_json()).unwrap(), case["document"]);
    }
    assert_eq!(cases.len(), 16);
}

#[test]
fn an_empty_document_is_an_empty_page() {
    let empty = Document::from_json("").unwrap();
    assert_eq!(empty, Document::from_plain_text(""));
    assert_eq!(empty.to_json(), r#"{"type":"doc","content":[{"type":"paragraph"}]}"#);
    assert_eq!((empty.plain_text().as_str(), empty.words()), ("", 0));
    assert!(empty.is_blank() && !page().is_blank());
    assert_eq!(Document::from_json(r#"{"type":"doc"}"#).unwrap(), empty);
}

#[test]
fn what_a_page_cannot_hold_is_refused_by_name() {
    let doc = |content: &str| format!(r#"{{"type":"doc","content":[{content}]}}"#);
    let line = |inline: &str| doc(&format!(r#"{{"type":"paragraph","content":[{inline}]}}"#));
    for (json, name) in [
        (doc(r#"{"type":"image"}"#), "image"),
        (doc(r#"{"type":"heading","attrs":{"level":4}}"#), "level 4"),
        (doc(r#"{"type":"heading","attrs":{"align":"left"}}"#), "align"),
        (doc(r#"{"type":"blockquote","content":[{"type":"scene_break"}]}"#), "scene_break"),
        (line(r#"{"type":"paragraph"}"#), "paragraph"),
        (line(r#"{"type":"text","text":"a","marks":[{"type":"underline"}]}"#), "underline"),
        (line(r#"{"type":"text","text":"a","marks":[{"type":"machine"}]}"#), "request"),
        (r#"{"type":"paragraph"}"#.to_owned(), "paragraph"),
        ("{}".to_owned(), "type"),
        (format!("{}{}", r#"{"type":"doc","content":["#.repeat(9_999), "]}".repeat(9_999)), "recursion"),
    ] {
        let refused = Document::from_json(&json).unwrap_err().to_string();
        assert!(refused.contains(name), "{name}: {refused}");
    }
}

#[test]
fn line_ends_of_other_systems_become_one_kind() {
    assert_eq!(Document::from_plain_text("a\r\n\r\nb\rc").plain_text(), "a\n\nb\nc");
}

#[test]
fn a_place_in_a_block_is_the_place_the_editor_means() {
    let page = page();
    let blocks: Vec<_> = page.textblocks().collect();
    let starts: Vec<usize> = blocks.iter().map(|block| block.start).collect();
    // 7 positions of the heading, 21 of the paragraph, 21 of the note, 1 of the break.
    assert_eq!(starts, [1, 8, 30, 52, 67]);
    let rain = blocks[1].text().find("🌧").unwrap();
    assert_eq!(blocks[1].position(rain), 8 + 16);
    assert_eq!(blocks[1].position(blocks[1].text().len()), 8 + 19);
    let runs: Vec<_> = blocks[1].runs().map(|run| (run.text, run.marks.machine.is_some())).collect();
    assert_eq!(runs, [("It was ", false), ("dark", false), ("\n", false), ("and 🌧.", true)]);
}

#[test]
fn replaced_words_look_as_before_and_are_the_author_s() {
    let mut page = page();
    let replacement =
        |block, bytes, with: &str| Replacement { range: TextRange { block, bytes }, with: with.to_owned() };
    let made = page.replace(&[
        replacement(1, 7..11, "bright"),
        replacement(1, 12..15, "but"),
        replacement(0, 0..5, "Day"),
        // Overlaps the first; is not there; is inside a character.
        replacement(1, 8..9, "x"),
        replacement(9, 0..1, "x"),
        replacement(1, 17..18, "x"),
    ]);
    assert_eq!(made, 3);
    assert_eq!(page.plain_text(), "## Day\n\nIt was bright\nbut 🌧.\n\n***\n\n> Dear M.\n> Come.\n\n> ");
    let Block::Paragraph(paragraph) = &page.blocks[1] else { panic!("{page:?}") };
    let marks = |text: &str| paragraph.content.iter().find(|inline| inline.text() == text).unwrap().marks();
    assert_eq!(*marks("bright"), Marks { em: true, strong: true, machine: None });
    assert_eq!(*marks("but"), Marks::default());
    assert!(marks(" 🌧.").machine.is_some());
}

#[test]
fn a_page_is_cut_where_the_editor_says() {
    let text = |(before, after): (Document, Document)| (before.plain_text(), after.plain_text());
    let cut = |position| text(page().split_at(position));
    assert_eq!(cut(0), (String::new(), page().plain_text()));
    assert_eq!(cut(usize::MAX), (page().plain_text(), String::new()));
    assert_eq!(cut(4).0, "## Nig");
    assert!(cut(4).1.starts_with("ht\n\nIt was"));
    // At the end and at the beginning of a paragraph, and between two.
    for position in [6, 7, 8] {
        assert_eq!(cut(position).0, "## Night");
        assert!(cut(position).1.starts_with("It was dark"));
    }
    assert!(cut(12).0.ends_with("It w") && cut(12).1.starts_with("as dark"));
    // In the middle of a surrogate pair.
    assert!(cut(25).0.ends_with("and ") && cut(25).1.starts_with("🌧"));
    assert!(cut(56).0.ends_with("> Dear") && cut(56).1.starts_with(">  M.\n> Come."));
}

fn any_marks() -> impl Strategy<Value = Marks> {
    let machine = ("[a-z0-9-]{0,6}", any::<u32>());
    (any::<bool>(), any::<bool>(), proptest::option::of(machine)).prop_map(|(em, strong, machine)| Marks {
        em,
        strong,
        machine: machine.map(|(request, candidate)| Machine { request, candidate }),
    })
}

fn any_content() -> impl Strategy<Value = Vec<Inline>> {
    // The editor has line breaks as nodes of their own.
    let letter = any::<char>().prop_filter("a line break", |c| *c != '\n');
    let text = proptest::collection::vec(letter, 0..6).prop_map(String::from_iter);
    let inline = prop_oneof![
        4 => (text, any_marks()).prop_map(|(text, marks)| Inline::Text { text, marks }),
        1 => any_marks().prop_map(|marks| Inline::LineBreak { marks }),
    ];
    proptest::collection::vec(inline, 0..5)
}

fn any_block() -> impl Strategy<Value = Block> {
    let paragraph = || any_content().prop_map(|content| Paragraph { content });
    let paragraphs = move || proptest::collection::vec(paragraph(), 0..3);
    prop_oneof![
        4 => paragraph().prop_map(Block::Paragraph),
        1 => (1_u8..=3, any_content())
            .prop_map(|(level, content)| Block::Heading { level: Level::new(level).unwrap(), content }),
        1 => Just(Block::SceneBreak),
        1 => paragraphs().prop_map(Block::Blockquote),
        1 => paragraphs().prop_map(Block::Note),
    ]
}

pub(crate) fn any_document() -> impl Strategy<Value = Document> {
    proptest::collection::vec(any_block(), 0..6).prop_map(|blocks| Document { blocks })
}

/// Texts made mostly of what means something in the plain-text form.
fn any_marked_up() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just("> "),
        Just("#"),
        Just(" "),
        Just("***"),
        Just("a"),
        Just("é🌧"),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Every character of a page with its marks, blocks apart.
fn letters(document: &Document) -> Vec<(char, Marks)> {
    let runs = document.textblocks().flat_map(|block| block.runs().collect::<Vec<_>>());
    runs.flat_map(|run| run.text.chars().map(|c| (c, run.marks.clone())).collect::<Vec<_>>()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_read_as_it_was_written(document in any_document()) {
        let json = document.to_json();
        let read = Document::from_json(&json).unwrap();
        prop_assert_eq!(&read, &document.tidied());
        prop_assert_eq!(read.to_json(), json);
    }

    #[test]
    fn a_page_of_any_text_has_that_text(text in prop_oneof![any_marked_up(), any::<String>()]) {
        let document = Document::from_plain_text(&text);
        prop_assert_eq!(document.plain_text(), text.replace("\r\n", "\n").replace('\r', "\n"));
        prop_assert_eq!(Document::from_json(&document.to_json()).unwrap(), document.tidied());
    }

    #[test]
    fn cutting_a_page_loses_no_letter(document in any_document(), position in 0_usize..60) {
        let document = document.tidied();
        let (before, after) = document.clone().split_at(position);
        let both: Vec<_> = letters(&before).into_iter().chain(letters(&after)).collect();
        prop_assert_eq!(both, letters(&document));
    }

    #[test]
    fn replacing_every_letter_by_itself_changes_only_whose_it_is(document in any_document()) {
        let document = document.tidied();
        let mut replaced = document.clone();
        let mut all = Vec::new();
        for block in document.textblocks() {
            let text = block.text();
            all.extend(text.char_indices().map(|(at, c)| Replacement {
                range: TextRange { block: block.index, bytes: at..at + c.len_utf8() },
                with: c.to_string(),
            }));
        }
        prop_assert_eq!(replaced.replace(&all), all.len());
        prop_assert_eq!(replaced.plain_text(), document.plain_text());
        let own = letters(&document).into_iter().map(|(c, marks)| (c, Marks { machine: None, ..marks }));
        prop_assert_eq!(letters(&replaced), own.collect::<Vec<_>>());
    }
}
