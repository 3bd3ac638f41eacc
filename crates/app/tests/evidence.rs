//! What an experiment shows is what was asked and what came: languages, failures, thresholds, doubts.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use foolscap_app::api::{
    ActionEvent, ActionRequest, AnswerQuery, Draw, ExperimentId, ExperimentPlan, ExperimentState,
    ModelChoice, Passage, PromptChoice, Trial, TrialSettings,
};
use foolscap_app::{App, Background, Bench, Cancel, Hold, Loader, Models};
use foolscap_tests::synth;

const PROMPT: &str = "+++\nname = \"Tongues\"\naction = \"continue\"\nversion = 1\npurpose = \"Goes on.\"\n\
    works_on = \"cursor\"\ngives = \"passage\"\nwords = 8\ncandidates = 1\n\n[[variables]]\nname = \"mood\"\n\
    default = \"calm\"\n\n[sampling]\ntemperature = 1.0\n+++\n\n# User\n\nx\n\n# Completion\n\n\
    [{{ language }}, {{ mood }}] {{ before }}\n";

fn passage(title: &str, language: &str) -> Passage {
    let before = "The keeper climbed the stairs and looked out over".to_owned();
    Passage { title: title.into(), before, language: language.into(), ..Passage::default() }
}

fn plan(passages: Vec<Passage>, checks: &str) -> ExperimentPlan {
    ExperimentPlan {
        name: "Evidence".into(),
        prompts: vec!["tongues v1".into()],
        models: vec![ModelChoice::here("starter")],
        settings: vec![TrialSettings::default()],
        passages,
        repeats: 1,
        seed: 3,
        project: None,
        scorer: None,
        checks: checks.into(),
    }
}

fn bench(folder: &Path) -> Bench {
    let bench = Bench::of(folder);
    bench.save_prompt(PROMPT, None, "").unwrap();
    bench
}

fn run(bench: &Bench, folder: &Path, plan: ExperimentPlan) -> ExperimentId {
    let id = bench.new_experiment(plan).unwrap();
    let background = |_: &ActionRequest| Ok(Background::default());
    let mut around =
        Loader::new(Models::of(folder, &[]), Box::new(|| None), Box::new(background), Box::new(|_, _| ()));
    bench.work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    id
}

#[test]
fn a_passage_is_asked_in_its_own_language_and_with_its_own_columns() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    let file = folder.path().join("passages.csv");
    std::fs::write(&file, "before,language,mood\nDer Wärter stieg hinauf,de-AT,wild\n").unwrap();
    let id = run(&bench, folder.path(), plan(foolscap_app::read_passages(&file).unwrap(), ""));
    let line = bench.answers(id, AnswerQuery::default(), &[]).unwrap().lines.remove(0);
    let sent = bench.answer(line.id, &[]).unwrap().rendered;
    assert!(sent.starts_with("[German (AT), wild] Der"), "{sent}");
}

#[test]
fn answers_are_told_by_language_however_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    let into = |language: &str| Passage { into: Some(language.into()), ..passage("t", "en") };
    let passages = vec![passage("a", "en-GB"), passage("b", "de"), into("German"), into("de-AT")];
    let checks = "[[checks]]\nkind = \"language\"\nis = \"into\"\n";
    let id = run(&bench, folder.path(), plan(passages, checks));
    let languages = bench.results(id, &[]).unwrap().languages;
    let told: Vec<_> = languages.iter().map(|of| (of.language.as_str(), of.answers)).collect();
    assert_eq!(told, [("de", 3), ("en", 1)]);
    assert!(languages.iter().all(|of| of.checks.len() == 1));
}

#[test]
fn passages_in_several_languages_are_held_against_what_differs_between_them() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    let rewrite = foolscap_app::api::PromptChoice::Version { label: "rewrite v3".into() };
    assert!(bench.prompt(&rewrite).is_ok());
    let of = |language: &str| Passage {
        selection: "Maren went home.".into(),
        variant: Some("plainer".into()),
        ..passage("x", language)
    };
    let mut plan = plan(vec![of("en"), of("de")], "");
    plan.prompts = vec!["rewrite v3".into()];
    let names = |plan: ExperimentPlan| -> Vec<String> {
        let id = bench.new_experiment(plan).unwrap();
        bench.results(id, &[]).unwrap().checks.into_iter().map(|check| check.name).collect()
    };
    let across = names(plan.clone());
    assert!(
        across.iter().any(|name| name == "Names kept") && across.iter().any(|name| name == "Same paragraphs")
    );
    plan.passages.pop();
    assert!(!names(plan).iter().any(|name| name == "Names kept"));
}

#[test]
fn where_answers_to_one_passage_disagree_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    let told = |said: &[&str]| -> Vec<Vec<String>> {
        let repeats = said.len() as u32;
        let id = run(&bench, folder.path(), ExperimentPlan { repeats, ..plan(vec![passage("a", "en")], "") });
        // What a model says is chance; what is told of it is not.
        let db = rusqlite::Connection::open(folder.path().join("workbench.sqlite")).unwrap();
        for (repeat, text) in said.iter().enumerate() {
            let sql = "UPDATE answer SET text = ?1 WHERE experiment = ?2 AND repeat = ?3";
            assert_eq!(db.execute(sql, rusqlite::params![text, id, repeat as u32]).unwrap(), 1);
        }
        let lines = Bench::of(folder.path()).answers(id, AnswerQuery::default(), &[]).unwrap().lines;
        let doubts = |line: u32| bench.answer(line, &[]).unwrap().claims.into_iter();
        let apart = |line: u32| doubts(line).filter(|claim| claim.why.starts_with("stands in"));
        lines.iter().map(|line| apart(line.id).map(|claim| claim.quote).collect()).collect()
    };
    let (one, other) = ("Then he met Jonas at the quay.", "Then he met Birgit at the quay.");
    assert_eq!(told(&[one, one, other]), [vec![], vec![], vec!["Birgit".to_owned()]]);
    // Of two nobody can say which is the odd one.
    assert_eq!(told(&[one, other]), [Vec::<String>::new(), vec![]]);
}

#[test]
fn a_threshold_that_cannot_be_told_is_not_reached() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    let checks = "[[checks]]\nkind = \"similarity\"\nmetric = \"chrf\"\nmin = 1\nthreshold = 0.5\n\n\
        [[checks]]\nkind = \"length\"\nunit = \"words\"\nmin = 1\nthreshold = 0.5\n\n\
        [[checks]]\nkind = \"length\"\nunit = \"words\"\nmin = 1\nthreshold = 0.6\n";
    let id = run(&bench, folder.path(), plan(vec![passage("a", "en")], checks));
    let results = bench.results(id, &[]).unwrap();
    let reached: Vec<_> = results.arms[0].checks.iter().map(|found| found.reached).collect();
    assert_eq!(reached, [Some(false), Some(true), Some(true)]);
    // Columns of one name are told apart.
    assert_ne!(results.checks[1].name, results.checks[2].name);
    // Where nobody has answered yet nothing is missed.
    let new =
        bench.new_experiment(ExperimentPlan { seed: 9, ..plan(vec![passage("a", "en")], checks) }).unwrap();
    assert_eq!(bench.results(new, &[]).unwrap().arms[0].checks[0].reached, None);
}

#[test]
fn what_failed_is_not_done_and_a_plan_that_nobody_can_read_hides_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    let mut failing = plan(vec![passage("a", "en")], "");
    failing.models = vec![ModelChoice::here(folder.path().join("gone.gguf").display().to_string())];
    let id = run(&bench, folder.path(), failing);
    let summary = bench.summary(id).unwrap();
    assert_eq!((summary.state, summary.done, summary.failed), (ExperimentState::Paused, 1, 1));

    let db = rusqlite::Connection::open(folder.path().join("workbench.sqlite")).unwrap();
    db.execute("UPDATE experiment SET plan = '{}' WHERE id = ?1", [id]).unwrap();
    let later = Bench::of(folder.path());
    later.new_experiment(plan(vec![passage("a", "en")], "")).unwrap();
    let all = later.experiments().unwrap();
    assert_eq!((all.len(), all[0].problem.is_none(), all[1].problem.is_some()), (2, true, true));
}

#[test]
fn a_prompt_is_compared_with_itself_only_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    let twice = vec!["continue".to_owned(), "Continue v2".to_owned()];
    let refused =
        bench.new_experiment(ExperimentPlan { prompts: twice, ..plan(vec![passage("a", "en")], "") });
    assert!(refused.unwrap_err().message.contains("twice"));
}

#[test]
fn a_file_says_at_which_line_its_check_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    std::fs::write(folder.path().join("p.csv"), "before\nx\n").unwrap();
    let file = folder.path().join("plan.toml");
    let text = "name = \"n\"\nprompts = [\"tongues v1\"]\npassages = \"p.csv\"\n\n[[checks]]\nkind = \"leak\"\n\n\
        [[checks]]\nkind = \"none\"\n";
    std::fs::write(&file, text).unwrap();
    let error = bench.read_experiment(&file).unwrap_err().message;
    assert!(error.contains("line 8"), "{error}");
    let prompt = PROMPT
        .replace("[sampling]", "[[checks]]\nkind = \"leak\"\n\n[[checks]]\nkind = \"none\"\n\n[sampling]");
    let problem = Bench::check_prompt(&prompt).problem.unwrap();
    assert_eq!(problem.line, Some(18), "{}", problem.message);
}

#[test]
fn columns_of_two_models_that_are_not_in_use_both_come_to_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    let start = |seed: u32| -> Receiver<ActionEvent> {
        let model = folder.path().join(format!("{seed}.gguf"));
        synth::write(&model, &synth::QWEN3, synth::TensorType::F16, seed.into()).unwrap();
        let (events, inbox) = channel();
        let trial = Trial {
            request: format!("column {seed}"),
            prompt: PromptChoice::Draft { source: PROMPT.into() },
            model: Some(model.display().to_string()),
            passage: passage("a", "en"),
            project: None,
            scene: None,
            draws: vec![Draw { settings: TrialSettings::default(), seed }],
        };
        let sink = Box::new(move |event| match events.send(event) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        });
        app.start_trial(trial, sink).unwrap();
        inbox
    };
    let columns: Vec<_> = (1..=3).map(start).collect();
    for column in columns {
        let last = column.iter().last();
        assert!(matches!(last, Some(ActionEvent::Finished { .. })), "{last:?}");
    }
}

#[test]
fn an_answer_knows_how_it_was_drawn_whoever_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench(folder.path());
    Models::of(folder.path(), &[]).set("starter", "temperature", "0.25").unwrap();
    // Neither the plan nor the prompt says it: the model's own settings do, and may be others tomorrow.
    let id = run(&bench, folder.path(), plan(vec![passage("t", "en")], ""));
    let line = bench.answers(id, AnswerQuery::default(), &[]).unwrap().lines.remove(0);
    let answer = bench.answer(line.id, &[]).unwrap();
    assert_eq!(answer.settings, TrialSettings::default());
    let drawn: serde_json::Value = serde_json::from_str(answer.drawn.as_deref().unwrap()).unwrap();
    assert_eq!(drawn["temperature"], 0.25, "{drawn}");
    assert!(drawn["top_p"].is_number() && drawn.get("seed").is_none(), "{drawn}");
}
