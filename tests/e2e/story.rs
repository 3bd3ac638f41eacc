//! One story in the real window, from the first start to the files that are sent to somebody.

use foolscap_exchange::{Kind, import};
use foolscap_manuscript::Library;

use super::harness::{Desk, Display, Home};

const SAMPLE: &str = "The lighthouse had been dark for eleven days";
const KNOWN: &str = "lighthouse";
const ABSENT: &str = "ferryman";

#[test]
fn a_book_is_begun_helped_along_killed_found_again_and_sent_away() {
    let (display, home) = (Display::start(), Home::new());
    let desk = Desk::open(&display, &home);

    // The first page says what is local, and has a sample one key away.
    desk.says("Everything stays on this computer");
    desk.screenshot("story-1-first-page.png");
    desk.press("Control+Shift+b");
    desk.says(SAMPLE);
    desk.is_saved();

    // What is known: one entry that the text names, and one that it does not.
    for (name, told) in [(KNOWN, "dark since the keeper fell ill"), (ABSENT, "never seen by day")] {
        desk.press("Control+Shift+k");
        desk.has_focus("#lore-new-name");
        desk.type_text(&format!("{name}\n"));
        desk.has_focus("#lore-short");
        desk.type_text(told);
        desk.press("Escape");
        desk.has_focus("[data-testid=page] [role=textbox]");
    }

    // The plan says which goes along and which does not, and why.
    desk.go_to_end();
    desk.press("Alt+p");
    desk.says_in("[aria-labelledby=plan-in]", KNOWN);
    desk.says_in("[aria-labelledby=plan-out]", ABSENT);
    desk.says_in("[aria-labelledby=plan-out]", "None of its names stands in the text");
    desk.screenshot("story-2-plan.png");
    desk.press("Escape");

    // The last paragraph is rewritten twice, and a new one made of both.
    desk.go_to_end();
    let before = desk.text();
    desk.asks_by(|desk| {
        desk.press("Alt+Enter");
        desk.has_focus("#instruction");
        desk.fills(".numbers input", "2");
        desk.type_text("livelier");
        desk.press("Enter");
    });
    desk.press("Alt+m");
    for _ in 0..2 {
        desk.press("ArrowDown");
        desk.press(" ");
    }
    desk.screenshot("story-3-mixed.png");
    let mixed = desk.words_in("[data-testid=mixed]");
    desk.press("Enter");
    desk.offers_nothing();
    desk.is_saved();
    let text = desk.text();
    assert_ne!(text, before);
    assert!(letters(&text).contains(&letters(&mixed)), "{mixed} is not in {text}");
    let mut origins = desk.attributes("[data-testid=page] .made", "data-candidate");
    origins.dedup();
    assert_eq!(origins, ["0", "1"], "words of both candidates");

    // The light goes out while the machine writes.
    desk.kills_it_while_it_writes(|desk| desk.press("Control+Enter"));
    went_along(&home);
    let desk = Desk::open(&display, &home);
    desk.shows(&text);
    assert_eq!(desk.text(), text);
    desk.says(KNOWN);
    desk.says(ABSENT);
    assert!(!desk.words_in("header").is_empty());

    // So are the candidates that were mixed, at their place, and one of them can be had whole after all.
    desk.go_to_end();
    desk.press("Alt+Shift+ArrowUp");
    desk.says("Asked on");
    desk.screenshot("story-4-earlier.png");
    desk.press("Escape");
    desk.offers_nothing();
    assert_eq!(desk.text(), text);

    // The book as two files, which hold every word of it.
    for format in ["docx", "epub"] {
        desk.go_to_end();
        desk.press("Control+e");
        desk.has_focus("#export-format");
        desk.fills("#export-format", format);
        desk.says_in("[data-testid=export-place]", &format!(".{format}"));
        let file = desk.words_in("[data-testid=export-place]");
        desk.clicks("Export");
        desk.says("words");
        desk.has_file(&file);
        desk.screenshot(&format!("story-5-{format}.png"));
        desk.press("Escape");
        let back = import(file.as_ref()).unwrap();
        assert_eq!(back.kind, if format == "docx" { Kind::Docx } else { Kind::Epub });
        let there: String = back.book.scenes().map(|scene| scene.document.plain_text()).collect();
        assert_eq!(letters(&there), letters(&text), "{format}");
    }
}

/// The rewrite was told the entry that the text names, and not the other.
fn went_along(home: &Home) {
    let library = Library::open_read_only(home.library()).expect("the library opens");
    let project = library.projects().expect("it reads")[0].id;
    let scene = library.scenes(project).expect("it reads")[0].id;
    let lore = library.lore(project).expect("it reads");
    let item = |name: &str| {
        let entry = lore.iter().find(|entry| entry.what.name == name).expect("it is in the lore");
        format!("\"lore:{}\"", entry.id.0)
    };
    let rewrites = library.suggestions(scene, 60).expect("it reads");
    let told = &rewrites.first().expect("the rewrite is kept").what.settings;
    assert!(told.contains(&item(KNOWN)) && !told.contains(&item(ABSENT)), "{told}");
}

/// The text without its white space.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}
