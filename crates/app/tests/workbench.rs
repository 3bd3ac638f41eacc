//! The workbench as the window uses it: a real file on disk, the starter model, experiments that yield and go on.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::channel;

use foolscap_app::api::{
    Action, ActionEvent, ActionKind, ActionRequest, AnswerLine, AnswerQuery, Draw, ExperimentPlan,
    ExperimentState, JudgeTask, LoreKind, LoreText, LoreTold, ModelChoice, Passage, Preference, ProblemCode,
    PromptChoice, Trial, TrialSettings,
};
use foolscap_app::{App, Background, Bench, Cancel, Hold, Loader, Models, Studio, Surroundings, lessons};
use foolscap_manuscript::{Library, SceneId};
use foolscap_tests::synth;

const PROMPT: &str = "+++\nname = \"Quiet\"\naction = \"continue\"\nversion = 1\npurpose = \"Goes on quietly.\"\n\
    works_on = \"cursor\"\ngives = \"passage\"\nwords = 12\ncandidates = 1\n\n[sampling]\ntemperature = 0.5\n+++\n\n\
    # User\n\nGo on: {{ before }}\n\n# Completion\n\nIt was a quiet day. {{ before }}\n";

fn plan(passages: usize, words: u32) -> ExperimentPlan {
    let passage = |i| Passage {
        before: format!("On day {i} the keeper climbed the stairs and looked out over"),
        language: "en".into(),
        ..Passage::default()
    };
    let setting = |temperature| TrialSettings {
        temperature: Some(temperature),
        words: Some(words),
        ..TrialSettings::default()
    };
    ExperimentPlan {
        name: "Quiet or not".into(),
        prompts: vec!["continue v2".into(), "quiet v1".into()],
        models: vec![ModelChoice::here("starter")],
        settings: vec![setting(0.6), setting(1.0)],
        passages: (0..passages).map(passage).collect(),
        repeats: 2,
        seed: 11,
        project: None,
        scorer: None,
        checks: String::new(),
    }
}

/// A loader without a window; `answered` hears of every answer.
fn loader(folder: &std::path::Path, mut answered: impl FnMut() + 'static) -> Loader {
    Loader::new(
        Models::of(folder, &[]),
        Box::new(|| None),
        Box::new(|_: &ActionRequest| Ok(Background::default())),
        Box::new(move |_, answers| (0..answers).for_each(|_| answered())),
    )
}

fn texts(bench: &Bench, id: u32) -> Vec<(u32, u32, u32, String)> {
    let all = bench.answers(id, AnswerQuery::default(), &[]).unwrap();
    all.lines.into_iter().map(|line| (line.arm, line.passage, line.repeat, line.text)).collect()
}

#[test]
fn an_experiment_that_was_stopped_goes_on_and_comes_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let id = bench.new_experiment(plan(3, 12)).unwrap();
    let stop = Cancel::new();
    let (stopping, mut seen) = (stop.clone(), 0);
    let mut around = loader(folder.path(), move || {
        seen += 1;
        if seen == 5 {
            stopping.cancel();
        }
    });
    assert!(!bench.work(id, &mut around, &Hold::default(), &stop).unwrap());
    let before = texts(&bench, id);
    assert!(before.len() >= 5 && before.len() < 24, "{} answers", before.len());
    assert_eq!(bench.summary(id).unwrap().state, ExperimentState::Paused);

    // As after a restart.
    let bench = Bench::of(folder.path());
    let mut around = loader(folder.path(), || ());
    assert!(bench.work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap());
    let after = texts(&bench, id);
    assert_eq!(after.len(), 24);
    assert!(before.iter().all(|answer| after.contains(answer)), "what came stays");
    assert_eq!(bench.summary(id).unwrap().state, ExperimentState::Done);

    let whole = bench.new_experiment(plan(3, 12)).unwrap();
    let mut around = loader(folder.path(), || ());
    assert!(bench.work(whole, &mut around, &Hold::default(), &Cancel::new()).unwrap());
    assert_eq!(texts(&bench, whole), after, "answers do not depend on what is drawn beside them");
    // The same plan is the same experiment.
    assert_eq!(bench.same_experiment(plan(3, 12)).unwrap(), whole);
}

#[test]
fn the_sample_experiment_is_the_one_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/experiment.toml");
    let plan = bench.read_experiment(&file).unwrap();
    assert_eq!(bench.sample_experiment().unwrap(), plan);
    assert_eq!((plan.prompts.len(), plan.settings.len(), plan.passages.len(), plan.repeats), (3, 2, 5, 2));
}

#[test]
fn the_sample_in_several_languages_names_prompts_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/languages.toml");
    let plan = bench.read_experiment(&file).unwrap();
    let languages: std::collections::BTreeSet<_> = plan.passages.iter().map(|one| &one.language).collect();
    assert_eq!(languages.len(), 5);
    bench.new_experiment(plan.clone()).unwrap();
}

#[test]
fn perplexity_is_told_by_the_model_that_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let checks = "[[checks]]\nkind = \"perplexity\"\nmax = 1000.0\n".to_owned();
    let path = folder.path().join("chance.gguf");
    synth::write(&path, &synth::LLAMA, synth::TensorType::F16, 3).unwrap();
    let medians = [None, Some(path.display().to_string())].map(|scorer| {
        let id =
            bench.new_experiment(ExperimentPlan { checks: checks.clone(), scorer, ..plan(1, 12) }).unwrap();
        bench.work(id, &mut loader(folder.path(), || ()), &Hold::default(), &Cancel::new()).unwrap();
        let results = bench.results(id, &[]).unwrap();
        results.arms.iter().map(|arm| arm.checks[0].figure.as_ref().unwrap().median).collect::<Vec<_>>()
    });
    assert!(medians[0].iter().zip(&medians[1]).all(|(starter, chance)| chance > starter), "{medians:?}");
}

#[test]
fn a_model_is_loaded_once_however_many_prompts_and_passages_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.gguf").display().to_string();
    let mut around = loader(folder.path(), || ());
    synth::write(std::path::Path::new(&other), &synth::LLAMA, synth::TensorType::F16, 3).unwrap();
    let starter = around.model(&ModelChoice::here("starter")).unwrap().0;
    assert!(Arc::ptr_eq(&starter, &around.model(&ModelChoice::here("starter")).unwrap().0));
    let second = around.model(&ModelChoice::here(other)).unwrap().0;
    assert!(!Arc::ptr_eq(&starter, &second));
}

#[test]
fn the_place_where_the_budget_cuts_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    let story: Vec<String> = (0..900).map(|day| format!("On day {day} 𝄞 the lamp was lit.")).collect();
    let trial = Trial {
        request: "cut".into(),
        prompt: PromptChoice::Version { label: "continue v2".into() },
        model: None,
        passage: Passage { before: story.join(" "), ..Passage::default() },
        project: None,
        scene: None,
        draws: vec![Draw { settings: TrialSettings::default(), seed: 1 }],
    };
    let plan = loop {
        match app.plan_trial(&trial) {
            Err(problem) if problem.code == ProblemCode::NotReady => std::thread::yield_now(),
            plan => break plan.unwrap(),
        }
    };
    let units: Vec<u16> = plan.text.encode_utf16().collect();
    let kept = String::from_utf16(&units[plan.cut.unwrap() as usize..]).unwrap();
    assert!(kept.starts_with("On day ") && story.join(" ").ends_with(kept.trim_end()), "{kept:.60}");
    let left = plan.context.parts.iter().find(|part| part.name == "before").unwrap().left_out;
    assert!(left > 1000, "{left}");
}

#[test]
fn what_a_project_knows_goes_along_and_answers_are_held_against_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.foolscap");
    let mut studio = Studio::open(&path).unwrap();
    let project = studio.create("Story").unwrap().project.id;
    let entry = LoreText {
        kind: LoreKind::Person,
        name: "Zebedee".into(),
        aliases: Vec::new(),
        told: LoreTold::Always,
        match_case: false,
        short: String::new(),
        long: "the keeper’s brother".into(),
        from: None,
        to: None,
    };
    studio.add_lore(project, &entry).unwrap();
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let id = bench.new_experiment(ExperimentPlan { project: Some(project), ..plan(1, 12) }).unwrap();
    let gather = Box::new(move |request: &ActionRequest| studio.background(request));
    let mut around =
        Loader::new(Models::of(folder.path(), &[]), Box::new(|| None), gather, Box::new(|_, _| ()));
    bench.work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    drop(around);
    let app = App::open(&path).unwrap();
    let known = app.known_to(id).unwrap();
    assert_eq!(known.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Zebedee"]);
    let lines = bench.answers(id, AnswerQuery::default(), &known).unwrap().lines;
    let told = lines.iter().map(|line| bench.answer(line.id, &known).unwrap());
    let told: Vec<_> = told.filter(|answer| answer.prompt == "continue v2").collect();
    assert!(!told.is_empty() && told.iter().all(|answer| answer.rendered.contains("Zebedee")), "{told:?}");
}

#[test]
fn a_check_of_perplexity_has_its_figure() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let checks = "[[checks]]\nkind = \"perplexity\"\nmax = 1000.0\n".to_owned();
    let id = bench.new_experiment(ExperimentPlan { checks, ..plan(1, 12) }).unwrap();
    let mut around = loader(folder.path(), || ());
    bench.work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    let results = bench.results(id, &[]).unwrap();
    for arm in &results.arms {
        let found = &arm.checks[0];
        assert_eq!((found.told, found.figure.as_ref().unwrap().count), (2, 2), "{found:?}");
        assert!(found.figure.as_ref().unwrap().median > 1.0);
    }
}

#[test]
fn the_writers_own_request_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    app.bench().save_prompt(PROMPT, None, "").unwrap();
    let id = app.bench().new_experiment(plan(12, 60)).unwrap();
    let (states, heard) = channel();
    app.runner()
        .watch(Box::new(move |all| {
            let Some(one) = all.iter().find(|one| one.id == id) else { return ControlFlow::Continue(()) };
            match states.send((one.state, one.done)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        }))
        .unwrap();
    app.runner().want(id).unwrap();
    heard.iter().find(|(state, _)| *state == ExperimentState::Running).unwrap();

    let (events, inbox) = channel();
    let request = ActionRequest {
        before: "She closed the door and".into(),
        words: Some(12),
        ..ActionRequest::new("writer", Action::new(ActionKind::Continue))
    };
    let sink = Box::new(move |event| match events.send(event) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    });
    app.start_action(request, sink).unwrap();
    let came: Vec<ActionEvent> = inbox.iter().collect();
    assert!(matches!(came.last(), Some(ActionEvent::Finished { .. })), "{came:?}");
    let done = app.bench().summary(id).unwrap().done;
    assert!(done < 96, "the experiment did not wait for its own end: {done}");
    // Afterwards it goes on by itself.
    heard.iter().find(|(state, _)| *state == ExperimentState::Yielding).unwrap();
    heard.iter().find(|(state, now)| *state == ExperimentState::Running && *now > done).unwrap();
    app.runner().pause(id).unwrap();
    heard.iter().find(|(state, _)| *state == ExperimentState::Paused).unwrap();
}

#[test]
fn what_is_wanted_is_gone_on_with_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.foolscap");
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let id = bench.new_experiment(plan(2, 12)).unwrap();
    let app = App::open(&library).unwrap();
    app.runner().want(id).unwrap();
    drop(app);
    let app = App::open(&library).unwrap();
    let (states, heard) = channel();
    app.runner()
        .watch(Box::new(move |all| match states.send(all[0].state) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }))
        .unwrap();
    heard.iter().find(|state| *state == ExperimentState::Done).unwrap();
    assert_eq!(app.bench().summary(id).unwrap().done, 16);
}

#[test]
fn the_prompt_in_use_is_asked_by_and_kept_with_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.foolscap");
    let app = App::open(&library).unwrap();
    let project = app.studio().create_project("Story", None).unwrap();
    app.bench().save_prompt(PROMPT, None, "").unwrap();
    app.bench().save_prompt(&PROMPT.replace("quiet day", "loud day"), None, "louder").unwrap();
    app.bench().use_prompt(ActionKind::Continue, Some(project.project.id), Some("quiet v2")).unwrap();
    let ask = |name: &str, prompt: Option<&str>| {
        let request = ActionRequest {
            scene: Some(project.scene.id),
            prompt: prompt.map(str::to_owned),
            before: "The sea".into(),
            seed: Some(3),
            ..ActionRequest::new(name, Action::new(ActionKind::Continue))
        };
        // As soon as the model is there.
        let (events, inbox) = channel();
        let sink = Box::new(move |event| match events.send(event) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        });
        app.start_action(request.clone(), sink).unwrap();
        let came: Vec<ActionEvent> = inbox.iter().collect();
        let plan = app.plan_action(&request).unwrap();
        let Some(ActionEvent::Started { prompt, .. }) = came.first() else { panic!("{came:?}") };
        (prompt.clone(), plan.text)
    };
    let (used, text) = ask("a", None);
    assert_eq!(used, "quiet v2");
    assert!(text.contains("It was a loud day."), "{text}");
    // One that is named is that one, whatever is in use: so a winner runs as it won.
    let (used, text) = ask("b", Some("quiet v1"));
    assert_eq!(used, "quiet v1");
    assert!(text.contains("It was a quiet day."), "{text}");
    drop(app);
    let kept = Library::open(library).unwrap().suggestions(SceneId(project.scene.id), 60).unwrap();
    let of: Vec<_> = kept.iter().map(|k| (k.what.prompt.as_str(), k.what.prompt_version.as_str())).collect();
    assert!(of.contains(&("quiet", "2")) && of.contains(&("quiet", "1")), "{of:?}");
}

#[test]
fn a_trial_gives_the_answer_that_the_experiment_kept() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    app.bench().save_prompt(PROMPT, None, "").unwrap();
    let id = app.bench().new_experiment(plan(1, 12)).unwrap();
    let mut around = loader(folder.path(), || ());
    app.bench().work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    let line = app.bench().answers(id, AnswerQuery::default(), &[]).unwrap().lines.pop().unwrap();
    let answer = app.bench().answer(line.id, &[]).unwrap();
    assert!(answer.rendered.contains("On day 0") && answer.model_hash.len() == 64);
    let trial = Trial {
        request: "again".into(),
        prompt: PromptChoice::Draft { source: answer.source },
        model: None,
        passage: answer.passage,
        project: None,
        scene: None,
        draws: vec![Draw { settings: answer.settings, seed: answer.seed }],
    };
    assert_eq!(tried(&app, trial), [line.text]);
}

/// The answers to a trial, in the order of its draws.
fn tried(app: &App, trial: Trial) -> Vec<String> {
    let (events, inbox) = channel();
    let mut answers = vec![String::new(); trial.draws.len()];
    let sink = Box::new(move |event| match events.send(event) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    });
    app.start_trial(trial, sink).unwrap();
    for event in inbox {
        match event {
            ActionEvent::Text { candidate, text } => answers[candidate as usize].push_str(&text),
            ActionEvent::Failed { problem } => answers.push(problem.message),
            _ => {}
        }
    }
    answers
}

#[test]
fn every_lesson_runs_on_the_model_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    for lesson in lessons("en").unwrap() {
        for (column, trial) in lesson.trials.into_iter().enumerate() {
            let request = format!("{}-{column}", lesson.id);
            let wanted = trial.draws.len();
            let answers = tried(&app, Trial { request, ..trial });
            let empty = answers.iter().any(|answer| answer.trim().is_empty());
            assert!(answers.len() == wanted && !empty, "{}, column {column}: {answers:?}", lesson.id);
        }
    }
}

#[test]
fn blind_choices_order_the_arms_and_are_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let id = bench.new_experiment(plan(4, 12)).unwrap();
    let mut around = loader(folder.path(), || ());
    bench.work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    let lines = bench.answers(id, AnswerQuery::default(), &[]).unwrap().lines;
    let arm_of = |text: &str| lines.iter().find(|line| line.text == text).unwrap().arm;
    let mut votes = 0;
    while let Some(pair) = bench.next_pair(id).unwrap() {
        // Whoever knows only the texts likes those of one arm, and finds all others alike.
        let preference = match (arm_of(&pair.left), arm_of(&pair.right)) {
            (2, _) => Preference::Left,
            (_, 2) => Preference::Right,
            _ => Preference::Tie,
        };
        bench.vote(&pair.pair, preference).unwrap();
        assert!(bench.vote(&pair.pair, preference).is_err(), "a pair is chosen of once");
        votes += 1;
        let results = bench.results(id, &[]).unwrap();
        assert!(votes > 6 || results.leader.is_none(), "a few choices settle nothing");
    }
    let results = bench.results(id, &[]).unwrap();
    assert_eq!((votes, results.summary.votes), (48, 48));
    assert_eq!((results.arms[0].arm, results.leader, results.more_votes), (2, Some(2), None));
    assert_eq!((results.arms[0].wins, results.arms[0].votes), (24.0, 24));
    let html = bench.results_as(id, foolscap_app::api::ResultsFormat::Html, &[]).unwrap();
    assert!(html.contains("beyond chance") && html.contains("<svg "));
    assert!(bench.undo_vote(id).unwrap());
    assert_eq!(bench.results(id, &[]).unwrap().summary.votes, 47);
}

#[test]
fn answers_come_in_pages_and_by_what_they_failed() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let checks =
        "[[checks]]\nkind = \"length\"\nunit = \"words\"\nmax = 1\n\n[[checks]]\nkind = \"length\"\nunit = \"words\"\nmin = 1\n".to_owned();
    let mut plan = ExperimentPlan { checks, ..plan(2, 12) };
    plan.passages[1].language = "German".into();
    let id = bench.new_experiment(plan).unwrap();
    let mut around = loader(folder.path(), || ());
    bench.work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    let ask = |query| bench.answers(id, query, &[]).unwrap();
    let all = ask(AnswerQuery::default());
    assert_eq!((all.total, all.lines.len()), (16, 16));
    let page = |from| ask(AnswerQuery { from, most: Some(6), ..AnswerQuery::default() });
    let pages: Vec<_> = [0, 6, 12].into_iter().flat_map(|from| page(from).lines).collect();
    assert_eq!((pages, page(18).lines.len(), page(6).total), (all.lines, 0, 16));
    let failed = |failed, arm| ask(AnswerQuery { failed, arm, ..AnswerQuery::default() }).total;
    assert_eq!((failed(Some(0), None), failed(Some(1), None), failed(Some(0), Some(3))), (16, 0, 4));
    assert_eq!(failed(Some(9), None), 0, "there is no such check");
    let to = |passage| ask(AnswerQuery { passage, ..AnswerQuery::default() });
    assert_eq!((to(Some(0)).total, to(Some(1)).total, to(Some(2)).total), (8, 8, 0));
    assert!(to(Some(1)).lines.iter().all(|line| line.passage == 1));
    let within =
        |language: &str| ask(AnswerQuery { language: Some(language.into()), ..AnswerQuery::default() }).total;
    let languages = bench.results(id, &[]).unwrap().languages;
    assert_eq!(languages.iter().map(|one| one.language.as_str()).collect::<Vec<_>>(), ["de", "en"]);
    assert_eq!((within("de"), within("en"), within("fr")), (8, 8, 0));
}

/// A model by chance that is asked as one that follows instructions.
fn judge(folder: &std::path::Path) -> String {
    let path = folder.join("judge.gguf");
    synth::write(&path, &synth::QWEN3, synth::TensorType::F16, 1).unwrap();
    let path = path.display().to_string();
    Models::of(folder, &[]).set(&path, "template", "chatml").unwrap();
    path
}

#[test]
fn a_model_judges_in_every_way_and_is_not_trusted_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::of(folder.path());
    bench.save_prompt(PROMPT, None, "").unwrap();
    let mut plan = plan(2, 12);
    plan.settings.truncate(1);
    plan.repeats = 1;
    plan.passages[0].reference = Some("The keeper saw a boat.".into());
    plan.checks = "[[rubric]]\nname = \"salt\"\nwhat = \"one can smell the sea\"\n\n\
        [[rubric]]\nname = \"calm\"\nwhat = \"nobody shouts\"\n"
        .into();
    let id = bench.new_experiment(plan).unwrap();
    let mut around = loader(folder.path(), || ());
    bench.work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    while let Some(pair) = bench.next_pair(id).unwrap() {
        bench.vote(&pair.pair, Preference::Left).unwrap();
    }
    let choice = ModelChoice::here(judge(folder.path()));
    for task in [JudgeTask::Pairs, JudgeTask::Rubric, JudgeTask::Facts] {
        let stopped = Cancel::new();
        stopped.cancel();
        assert!(!bench.judge(id, &choice, task, &mut around, &Hold::default(), &stopped).unwrap());
        assert!(bench.judge(id, &choice, task, &mut around, &Hold::default(), &Cancel::new()).unwrap());
    }
    let results = bench.results(id, &[]).unwrap();
    let told: Vec<_> = results.judges.iter().map(|judge| (judge.task, judge.of, judge.trusted)).collect();
    // Two pairs; four answers, of which two are to the passage with a reference.
    assert_eq!(
        told,
        [(JudgeTask::Pairs, 2, false), (JudgeTask::Facts, 2, false), (JudgeTask::Rubric, 4, false)]
    );
    for judge in &results.judges {
        assert_eq!(judge.verdicts + judge.unusable, judge.of, "{judge:?}");
        assert!(judge.reason.contains("are needed"), "{judge:?}");
        assert_eq!(judge.arms.len(), 2);
    }
    assert_eq!(results.judges[2].criteria, ["salt", "calm"]);
    let lines = bench.answers(id, AnswerQuery::default(), &[]).unwrap().lines;
    let opinions = bench.answer(lines[0].id, &[]).unwrap().opinions;
    assert_eq!(
        opinions.iter().map(|one| one.task).collect::<Vec<_>>(),
        [JudgeTask::Facts, JudgeTask::Rubric]
    );
    assert!(opinions.iter().all(|one| !one.reason.is_empty()), "{opinions:?}");
    // A model by chance has no form of its own: it is the one that was asked for that its points can be read in.
    let rubric = |line: &AnswerLine| {
        let opinions = bench.answer(line.id, &[]).unwrap().opinions;
        opinions.into_iter().filter(|one| one.task == JudgeTask::Rubric).collect::<Vec<_>>()
    };
    let points: Vec<_> = lines.iter().flat_map(rubric).collect();
    assert!(points.iter().any(|one| !one.reason.contains("could not be read")), "{points:?}");
    assert_eq!(bench.answer(lines.last().unwrap().id, &[]).unwrap().opinions.len(), 1);
}

#[test]
fn a_judge_has_to_follow_instructions_and_facts_need_a_reference() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&folder.path().join("library.foolscap")).unwrap();
    app.bench().save_prompt(PROMPT, None, "").unwrap();
    let id = app.bench().new_experiment(plan(1, 12)).unwrap();
    let mut around = loader(folder.path(), || ());
    app.bench().work(id, &mut around, &Hold::default(), &Cancel::new()).unwrap();
    let refused = app.runner().judge(id, "starter", JudgeTask::Facts).unwrap_err();
    assert!(refused.message.contains("reference"), "{refused:?}");

    // Who cannot judge says so, and nobody waits for it any longer.
    let (problems, heard) = channel();
    let watcher = move |all: &[foolscap_app::api::ExperimentSummary]| {
        let one = &all[0];
        match problems.send((one.problem.clone().map(|problem| problem.code), one.judges)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    app.runner().watch(Box::new(watcher)).unwrap();
    app.runner().judge(id, "starter", JudgeTask::Rubric).unwrap();
    heard.iter().find(|(_, judges)| *judges == 1).unwrap();
    heard.iter().find(|told| *told == (Some(ProblemCode::NoInstructions), 0)).unwrap();
}
