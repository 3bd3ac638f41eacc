//! The sample experiment in the real window: begun, killed in the middle, gone on with, judged blind by one who knows only the
//! texts, and its winner run from the page.

use std::collections::HashMap;

use foolscap_app::Bench;
use foolscap_app::api::{AnswerQuery, ResultsFormat};
use foolscap_manuscript::{Library, SceneId};

use super::harness::{Desk, Display, Home};

const STATE: &str = "[data-testid=experiment-state]";
/// More choices than that settle nothing any more.
const MOST: usize = 150;

#[test]
fn an_experiment_is_run_killed_gone_on_with_judged_and_its_winner_is_used() {
    let (display, home) = (Display::start(), Home::new());
    let bench = || Bench::of(home.library().parent().expect("a library lies in a folder"));

    let desk = Desk::open(&display, &home);
    desk.press("Control+Alt+p");
    desk.clicks("Run the sample experiment");
    desk.says_in(STATE, "running");
    desk.kill();
    let id = bench().experiments().expect("the workbench opens")[0].id;
    let (before, summary) = answers(&bench(), id);
    assert!(summary.0 < summary.1, "it was caught in the middle: {summary:?}");

    let desk = Desk::open(&display, &home);
    desk.press("Control+Alt+p");
    desk.clicks("Plain, told or by the senses?");
    desk.says_in(STATE, "60 of 60 answers");
    let (after, _) = answers(&bench(), id);
    assert!(before.iter().all(|(text, arm)| after.get(text) == Some(arm)), "what came before the kill stays");
    desk.screenshot("workbench-1-results.png");

    // Whoever chooses sees texts alone, and likes those of one arm.
    let favourite = 4;
    desk.press("Control+Alt+j");
    let mut pair = Vec::new();
    for votes in 0..MOST {
        // The next pair comes when the choice is kept.
        pair = desk.texts(".blind .words", 2, &pair);
        let results = bench().results(id, &[]).expect("the results are there");
        assert_eq!(results.summary.votes as usize, votes);
        if results.leader.is_some() {
            break;
        }
        if votes == 0 {
            desk.screenshot("workbench-2-blind.png");
        }
        desk.press(match (after[pair[0].as_str()], after[pair[1].as_str()]) {
            (arm, _) if arm == favourite => "ArrowLeft",
            (_, arm) if arm == favourite => "ArrowRight",
            _ => "ArrowDown",
        });
    }
    let results = bench().results(id, &[]).expect("the results are there");
    let winner = results.arms[0].prompt.clone();
    assert_eq!((results.leader, winner.as_str()), (Some(favourite), "by the senses v1"));
    let report = bench().results_as(id, ResultsFormat::Html, &[]).expect("a report can be written");
    assert!(report.contains("beyond chance"));
    desk.clicks("Back to");
    desk.says("by the senses v1");
    desk.screenshot("workbench-3-winner.png");

    // One key on the page: exactly the version that won.
    desk.press("Escape");
    desk.go_to_end();
    desk.type_text("The lamp had been burning since four, and still nobody came down to the landing");
    desk.is_saved();
    desk.asks_by(|desk| desk.press("Control+Alt+l"));
    desk.press("Tab");
    desk.is_saved();
    desk.kill();
    assert_eq!(last_prompt(&home), winner);
}

/// The version that wrote the last words that were offered in the first scene.
fn last_prompt(home: &Home) -> String {
    let library = Library::open_read_only(home.library()).expect("the library opens");
    let project = library.projects().expect("it reads").first().expect("there is a manuscript").id;
    let scene: SceneId = library.scenes(project).expect("it reads")[0].id;
    let kept = library.suggestions(scene, 60).expect("it reads");
    let last = kept.last().expect("words were kept with their origin");
    format!("{} v{}", last.what.prompt, last.what.prompt_version)
}

/// The arm of each answer's text; how many there are, and of how many.
fn answers(bench: &Bench, id: u32) -> (HashMap<String, u32>, (u32, u32)) {
    let lines = bench.answers(id, AnswerQuery::default(), &[]).expect("the answers are there");
    let summary = bench.summary(id).expect("it is there");
    (lines.lines.into_iter().map(|line| (line.text, line.arm)).collect(), (summary.done, summary.total))
}

#[test]
fn a_lesson_is_tried_on_the_model_and_its_prompt_becomes_ones_own() {
    let (display, home) = (Display::start(), Home::new());
    let desk = Desk::open(&display, &home);
    desk.press("Control+Alt+p");
    desk.clicks("Say what you mean");
    desk.says("Try it");
    desk.screenshot("workbench-4-lesson.png");
    desk.counts("article:has(.texts[aria-busy=true] .words:not(:empty))");
    desk.clicks("Try it");
    desk.says("tokens");
    let texts = desk.texts("article .texts[aria-busy=false] .words:not(:empty)", 6, &[]);
    assert!(texts.iter().all(|text| !text.trim().is_empty()), "every column has its answer: {texts:?}");
    assert!(desk.most_counted() >= 2, "columns with different prompts have words at once");
    desk.screenshot("workbench-5-playground.png");

    // What the first column asked by is a prompt like any other from here on.
    desk.clicks("Make it mine");
    desk.clicks("Vague");
    desk.says("of 512 tokens");
    desk.screenshot("workbench-6-prompt.png");
    desk.press("Control+Alt+Shift+u");
    desk.says("vague v1");
    desk.press("Escape");
    desk.go_to_end();
    desk.type_text("The lamp had been burning since four, and still nobody came down to the landing");
    desk.is_saved();
    desk.asks_by(|desk| desk.press("Control+Enter"));
    desk.press("Tab");
    desk.is_saved();
    desk.kill();
    assert_eq!(last_prompt(&home), "vague v1");
}
