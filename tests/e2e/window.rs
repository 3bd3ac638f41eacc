//! The real window, from the outside: the built program under an X server of its own, driven by key events
//! through WebDriver. What is protected here is what no other test can see, the way from a key press through
//! the page, Tauri, the model and the database, and back.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may; clippy only knows those with #[test] on them"
)]

mod harness;
mod library;
mod story;
mod workbench;

use std::time::Duration;

use foolscap_tests::hub::{Fault, LocalHub};
use harness::{Desk, Display, Home};

/// What may be missing after a kill: the last second.
const PROMISE: Duration = Duration::from_secs(1);

const STORY: &str = "The lamp had been burning since four, and still nobody came down to the landing. Edith \
    counted the boats again. There were six, as there had been every evening, and the seventh was out there";

/// For tests that are not about the text: each key costs some milliseconds.
const LINE: &str = "The lamp had been burning since four, and still nobody came down to the landing";

#[test]
fn a_story_is_continued_undone_and_found_again_after_a_kill() {
    let (display, home) = (Display::start(), Home::new());
    let desk = Desk::open(&display, &home);
    desk.go_to_end();
    desk.type_text(STORY);
    desk.shows(STORY);
    desk.is_saved();

    let offered = desk.asks_by(|desk| desk.press("Control+Enter"));
    desk.shows(STORY); // What is only offered is not yet in the text.
    desk.press("Tab");
    desk.offers_nothing();
    desk.shows(&format!("{STORY}{offered}"));
    desk.press("Control+z");
    desk.shows(STORY); // One step takes back all of it and nothing else.

    let offered = desk.asks_by(|desk| desk.press("Control+Enter"));
    desk.press("Tab");
    let whole = format!("{STORY}{offered}");
    desk.shows(&whole);
    desk.is_saved();
    let text = desk.text();
    desk.kill();

    let desk = Desk::open(&display, &home);
    desk.shows(&whole);
    assert_eq!(desk.text(), text, "the paragraphs too are as they were");
}

#[test]
fn a_killed_process_loses_at_most_the_last_second() {
    let (display, home) = (Display::start(), Home::new());
    let desk = Desk::open(&display, &home);
    desk.go_to_end();
    desk.type_text(LINE);
    desk.type_text("\nThese are the last words.");
    // Not a wait for something to happen: this second is what is promised, and nothing else is looked at.
    std::thread::sleep(PROMISE);
    desk.kill();

    let desk = Desk::open(&display, &home);
    desk.shows(&format!("{LINE}\n\nThese are the last words."));
}

#[test]
fn a_suggestion_is_left_by_escape_and_by_typing_on() {
    let (display, home) = (Display::start(), Home::new());
    let desk = Desk::open(&display, &home);
    desk.go_to_end();
    desk.type_text(LINE);
    desk.asks_by(|desk| desk.press("Control+Enter"));
    desk.press("Escape");
    desk.offers_nothing();
    desk.shows(LINE);

    desk.asks_by(|desk| desk.press("Control+Enter"));
    desk.type_text(" x");
    desk.offers_nothing();
    desk.shows(&format!("{LINE} x"));
}

#[test]
fn ideas_are_chosen_by_key_and_a_selection_is_rewritten() {
    let (display, home) = (Display::start(), Home::new());
    let desk = Desk::open(&display, &home);
    desk.go_to_end();
    desk.type_text(LINE);

    desk.is_answered(|desk| desk.press("Control+Shift+Enter"));
    let ideas = desk.ideas();
    assert!(ideas.len() > 1, "several ideas, not {ideas:?}");
    let last = ideas.iter().rposition(|idea| !idea.trim().is_empty()).expect("one of the ideas has words");
    desk.has_focus("[aria-label=Ideas]");
    desk.press(&(last + 1).to_string());
    desk.press("Enter");
    let with_idea = format!("{LINE}{}", ideas[last]);
    desk.shows(&with_idea);
    desk.press("Control+z");
    desk.shows(LINE);
    desk.press("Escape");
    desk.offers_nothing();

    // From the end, word by word: right after it got the focus, ProseMirror takes a jump to the beginning for
    // the browser's and undoes it.
    "came down to the landing".split(' ').for_each(|_| desk.press("Control+ArrowLeft"));
    "burning since four, and still nobody".split(' ').for_each(|_| desk.press("Control+Shift+ArrowLeft"));
    desk.has_selected("burning since four, and still nobody");
    let offered = desk.asks_by(|desk| {
        desk.press("Alt+Enter");
        desk.has_focus("#instruction");
        desk.type_text("livelier");
        desk.press("Enter");
    });
    desk.press("Tab");
    desk.offers_nothing();
    let (before, rest) = LINE.split_at("The lamp had been".len());
    let after = &rest[" burning since four, and still nobody".len()..];
    desk.shows(&format!("{before}{offered}{after}"));
    desk.press("Control+z");
    desk.shows(LINE);
}

#[test]
fn from_a_machine_without_models_to_one_that_runs() {
    let hub = LocalHub::start();
    hub.put("someone/Landing-GGUF", "landing.gguf", renamed("Foolscap Starter", "Landing Starter!"));
    // Its header comes; then it comes half, and the rest when the window was looked at.
    hub.faults([Fault::Nothing, Fault::Stall(3_000_000)]);
    let (display, home) = (Display::start(), Home::with_hub(hub.url()));
    let desk = Desk::open(&display, &home);
    assert_eq!(hub.asked(), [], "nobody is asked before the writer asks");
    desk.go_to_end();
    desk.type_text(LINE);
    desk.press("Control+m");
    desk.says("Find a model that fits");
    desk.screenshot("models-none.png");
    desk.clicks("Any other on the hub");
    desk.has_focus("input[type=search]");
    desk.type_text("landing\n");
    desk.clicks("someone/Landing-GGUF");
    desk.says("landing.gguf");
    desk.clicks("Get it");
    desk.says("3 MB of 6 MB");
    desk.screenshot("models-arriving.png");
    hub.release();
    desk.clicks("Landing Starter!");
    desk.clicks("Use it");
    desk.says("In use");
    desk.screenshot("models-here.png");
    desk.press("Escape");
    desk.press("Escape");
    desk.uses("Landing Starter!");
    desk.go_to_end();
    let offered = desk.asks_by(|desk| desk.press("Control+Enter"));
    desk.press("Tab");
    desk.shows(&format!("{LINE}{offered}"));
}

/// The starter by another name of the same length.
fn renamed(from: &str, to: &str) -> Vec<u8> {
    let mut bytes = include_bytes!("../../models/starter/foolscap-starter.gguf").to_vec();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.expect("the starter has its name");
    bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
    bytes
}

#[test]
fn the_window_is_drawn_in_light_and_dark() {
    let (display, home) = (Display::start(), Home::new());
    let desk = Desk::open(&display, &home);
    desk.press("F2");
    desk.has_focus("header input");
    desk.type_text("The Seventh Boat\n");
    desk.go_to_end();
    desk.type_text("# The landing\n");
    desk.type_text(
        "By the end of October the visitors had gone, and the town went back to talking to itself.\n",
    );
    desk.type_text(STORY);
    desk.asks_by(|desk| desk.press("Control+Enter"));
    desk.is_saved();
    for theme in ["light", "dark"] {
        desk.command(&format!("Theme: {theme}"));
        desk.is_drawn_in(theme);
        desk.move_mouse();
        desk.screenshot(&format!("window-{theme}.png"));
    }
}
