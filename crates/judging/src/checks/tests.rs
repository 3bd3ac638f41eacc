use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::Known;

#[derive(Debug, Deserialize)]
struct File {
    checks: Vec<Spec>,
}

fn read(toml: &str) -> Result<Vec<Spec>, String> {
    toml::from_str::<File>(toml).map(|file| file.checks).map_err(|error| error.to_string())
}

fn spec(fields: &str) -> Spec {
    read(&format!("[[checks]]\n{fields}")).unwrap().remove(0)
}

fn run(fields: &str, case: &Case<'_>) -> Found {
    spec(fields).check(case)
}

fn answer(answer: &str) -> Case<'_> {
    Case { answer, language: "en", ..Case::default() }
}

fn quotes(found: &Found) -> Vec<&str> {
    found.flags.iter().map(|flag| flag.quote.as_str()).collect()
}

const EVERY_KIND: &[&str] = &[
    "kind = \"contains\"\ntexts = [\"lamp\", \"Night\"]\nignore_case = true",
    "kind = \"not_contains\"\ntexts = [\"suddenly\"]",
    "kind = \"regex\"\npattern = \"l.mp\"",
    "kind = \"not_regex\"\npattern = '\\bvery\\b'",
    "kind = \"length\"\nmin = 2\nmax = 120\nunit = \"words\"",
    "kind = \"length_ratio\"\nmin = 0.5\nmax = 2\nto = \"reference\"",
    "kind = \"readability\"\nmin = 30",
    "kind = \"repetition\"",
    "kind = \"phrases\"\nalso = [\"in a * way\"]\nmax = 1",
    "kind = \"point_of_view\"\nis = \"third\"",
    "kind = \"tense\"\nis = \"past\"",
    "kind = \"dialogue\"\nmin = 0.1\nmax = 0.9",
    "kind = \"language\"\nis = \"same\"",
    "kind = \"leak\"",
    "kind = \"json\"\nrequired = [\"notes\"]",
    "kind = \"names\"",
    "kind = \"names_kept\"",
    "kind = \"copied\"\nn = 4",
    "kind = \"similarity\"\nmetric = \"chrf++\"\nmin = 40",
    "kind = \"similarity\"\nmetric = \"rouge_l\"\nmin = 40",
    "kind = \"perplexity\"\nmax = 40.5",
    "kind = \"structure\"",
];

#[test]
fn checks_are_read_from_toml_and_written_again() {
    for fields in EVERY_KIND {
        let spec = spec(&format!("{fields}\nthreshold = 0.9\nname = \"Mine\""));
        assert_eq!((spec.title().as_str(), spec.threshold), ("Mine", Some(0.9)));
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<Spec>(&json).unwrap(), spec, "{json}");
        assert_eq!(toml::from_str::<Spec>(&toml::to_string(&spec).unwrap()).unwrap(), spec);
        assert!(json.contains(spec.check.kind()));
    }
}

#[test]
fn what_nobody_knows_or_cannot_be_is_refused_with_a_reason() {
    for (fields, told) in [
        ("kind = \"length\"\nunit = \"words\"\nmix = 3", "unknown field `mix`"),
        ("kind = \"leak\"\nmax = 3", "unknown field `max`"),
        ("kind = \"lenght\"", "unknown variant `lenght`"),
        ("min = 3", "missing field `kind`"),
        ("kind = \"leak\"\nthreshold = 2", "threshold is 2; it must be from 0 to 1"),
        ("kind = \"leak\"\nthreshold = \"all\"", "threshold: invalid type"),
        ("kind = \"regex\"\npattern = \"(\"", "unclosed group"),
        ("kind = \"regex\"\npattern = '\\w{1000}{100}'", "takes more than"),
        ("kind = \"length\"\nunit = \"words\"\nmin = 3\nmax = 2", "min must not be above max"),
        ("kind = \"length\"\nunit = \"words\"", "min or max is missing"),
        ("kind = \"dialogue\"\nmax = 20", "max is 20; it must be from 0 to 1"),
        ("kind = \"contains\"\ntexts = []", "texts is missing or empty"),
        ("kind = \"repetition\"\nn = 0", "n is 0"),
        ("kind = \"language\"\nis = \"english\"", "names no language"),
        ("kind = \"readability\"\nmin = nan\nmax = 3", "min is no number"),
        ("kind = \"perplexity\"\nmax = inf", "max is no number"),
    ] {
        let error = read(&format!("[[checks]]\n{fields}")).unwrap_err();
        assert!(error.contains(told), "{fields}: {error}");
    }
}

#[test]
fn texts_and_patterns_are_found_with_their_places() {
    let case = answer("The lamp, the LAMP.");
    assert_eq!(quotes(&run("kind = \"contains\"\ntexts = [\"lamp\", \"oil\"]", &case)), ["oil"]);
    let found = run("kind = \"not_contains\"\ntexts = [\"lamp\"]\nignore_case = true", &case);
    assert_eq!((found.figure, found.flags[1].at.clone()), (Some(2.0), Some(14..18)));
    assert_eq!(run("kind = \"regex\"\npattern = 'l\\w+p'", &case).figure, Some(1.0));
    assert_eq!(quotes(&run("kind = \"not_regex\"\npattern = '(?i)lamp'", &case)), ["lamp", "LAMP"]);
}

#[test]
fn lengths_count_what_they_say() {
    let case = Case { selection: "Two words.", ..answer("Three small words. Mr. Brown ends.\n\nYes.") };
    for (unit, count) in [("words", 7.0), ("sentences", 3.0), ("paragraphs", 2.0), ("characters", 40.0)] {
        assert_eq!(
            run(&format!("kind = \"length\"\nunit = \"{unit}\"\nmin = 1"), &case).figure,
            Some(count),
            "{unit}"
        );
    }
    assert_eq!(run("kind = \"length_ratio\"\nmax = 3", &case).passed, Some(false));
    assert_eq!(run("kind = \"length_ratio\"\nto = \"reference\"\nmax = 3", &case).passed, None);
}

/// By hand: 206.835 − 1.015 · 6/1 − 84.6 · 6/6, and 5/1 + 100 · 2/5.
#[test]
fn reading_ease_is_flesch_in_english_and_lix_elsewhere() {
    let found = run("kind = \"readability\"\nmin = 100", &answer("The cat sat on the mat."));
    assert!((found.figure.unwrap() - 116.145).abs() < 1e-9 && found.unit.contains("Flesch"));
    let german = Case { language: "de", ..answer("Die Straßenbahn fährt selten vorüber.") };
    let found = run("kind = \"readability\"\nmax = 50", &german);
    assert_eq!((found.figure, found.passed), (Some(45.0), Some(true)));
    assert_eq!(run("kind = \"readability\"\nmin = 1", &answer("…")).passed, None);
}

#[test]
fn loops_are_flagged_and_plain_emphasis_is_not() {
    let looped =
        "He ran. The rain fell and the rain fell and the rain fell and the rain fell and then it stopped.";
    let found = run("kind = \"repetition\"\nmax = 1", &answer(looped));
    assert_eq!((found.passed, found.flags.len()), (Some(false), 1));
    assert!(found.flags[0].why.contains("4 times"), "{:?}", found.flags);
    let found = run("kind = \"repetition\"", &answer("No, no, no. It was not so, and he knew it was not."));
    assert_eq!((found.passed, found.flags.len()), (Some(true), 0));
    assert_eq!(run("kind = \"repetition\"", &answer("…")).figure, Some(0.0));
}

#[test]
fn the_person_is_told_by_pronouns_outside_dialogue() {
    let third = "“I know what I saw and my eyes are good,” he said. She took her coat. They left him.";
    assert_eq!(run("kind = \"point_of_view\"\nis = \"third\"", &answer(third)).passed, Some(true));
    let found =
        run("kind = \"point_of_view\"\nis = \"third\"", &answer("I took my coat. I'd seen him. We left."));
    assert_eq!((found.passed, quotes(&found)), (Some(false), vec!["I", "my", "I'd", "We"]));
    let second = answer("You open your door. You see him.");
    assert_eq!(run("kind = \"point_of_view\"\nis = \"second\"", &second).passed, Some(true));
    let german = Case { language: "de", ..answer("Ich nahm meinen Mantel und ging. Er sah mich nicht.") };
    assert_eq!(run("kind = \"point_of_view\"\nis = \"first\"", &german).passed, Some(true));
    let french = Case { language: "fr", ..answer("Je prends mon manteau et je pars.") };
    assert_eq!(run("kind = \"point_of_view\"\nis = \"first\"", &french).passed, None);
    assert_eq!(run("kind = \"point_of_view\"\nis = \"first\"", &answer("It rained.")).passed, None);
}

#[test]
fn the_tense_is_told_by_verbs_outside_dialogue() {
    let past = answer("“It is late and he knows,” she said. She walked on and was glad. He waited.");
    assert_eq!(run("kind = \"tense\"\nis = \"past\"", &past).passed, Some(true));
    let present = answer("She walks on. He is glad. I see the lamp, and it burns.");
    let found = run("kind = \"tense\"\nis = \"past\"", &present);
    assert_eq!((found.passed, found.figure, found.flags.len()), (Some(false), Some(0.0), 4));
    assert_eq!(run("kind = \"tense\"\nis = \"present\"", &present).passed, Some(true));
    assert_eq!(run("kind = \"tense\"\nis = \"past\"", &Case { language: "de", ..past }).passed, None);
}

#[test]
fn dialogue_is_a_share_of_words() {
    let found = run("kind = \"dialogue\"\nmin = 0.5", &answer("“Come along now,” she said."));
    assert_eq!((found.figure, found.passed), (Some(0.6), Some(true)));
}

#[test]
fn dialogue_tense_and_person_are_the_same_however_quotation_marks_are_typed() {
    for passage in [
        "“I am tired,” she said. She didn’t sit. “I don’t want my bed. I want Anna’s.” He watched her and said nothing.",
        "He stood by the boys’ boat and looked at her. “It is late,” he said. “I think we go.” She was gone.",
        "“Is it you?” he asked.\n\nShe took his hand. “I told you I’m no ghost!” Her mother’s ring was on it, and he knew it.",
    ] {
        let straight = passage.replace(['“', '”', '’'], "'");
        let curly = passage.replace('“', "‘").replace('”', "’");
        let doubled = passage.replace(['“', '”'], "\"").replace('’', "'");
        for fields in [
            "kind = \"dialogue\"\nmin = 0.1",
            "kind = \"tense\"\nis = \"past\"",
            "kind = \"point_of_view\"\nis = \"third\"",
        ] {
            let wanted = run(fields, &answer(passage));
            assert_eq!(wanted.passed, Some(true), "{passage}");
            for typed in [&straight, &curly, &doubled] {
                let found = run(fields, &answer(typed));
                assert_eq!((found.passed, found.figure), (wanted.passed, wanted.figure), "{fields}: {typed}");
            }
        }
    }
}

#[test]
fn the_language_is_that_of_the_passage_or_the_one_translated_into() {
    let german = "Es war dunkel, und niemand hatte die Lampe angezündet, denn sie war leer.";
    let english = "It was dark, and nobody had lit the lamp, since there was no oil in it.";
    let case = Case { selection: english, into: "de-AT", ..Case { answer: german, ..Case::default() } };
    let found = run("kind = \"language\"\nis = \"same\"", &case);
    assert_eq!(found.reason.as_deref(), Some("the answer is in de and should be in en"));
    assert_eq!(run("kind = \"language\"\nis = \"into\"", &case).passed, Some(true));
    assert_eq!(run("kind = \"language\"\nis = \"de\"", &case).passed, Some(true));
    assert_eq!(run("kind = \"language\"\nis = \"eu\"", &case).passed, None);
    assert_eq!(run("kind = \"language\"\nis = \"de\"", &answer("Nein.")).passed, None);
}

#[test]
fn a_translation_is_judged_in_the_language_it_is_in() {
    let case = Case { into: "de", ..answer("Sie nahm den Mantel. Er sah die Lampe und das Haus.") };
    assert_eq!(run("kind = \"names\"", &case).passed, None);
    assert!(run("kind = \"readability\"\nmin = 1", &case).unit.contains("LIX"));
}

#[test]
fn json_must_be_whole_and_have_its_keys() {
    let fields = "kind = \"json\"\nrequired = [\"a\"]";
    assert_eq!(run(fields, &answer(" {\"a\": 1} ")).passed, Some(true));
    assert_eq!(quotes(&run(fields, &answer("{\"b\": 1}"))), ["a"]);
    assert!(run(fields, &answer("```json\n{}\n```")).reason.unwrap().contains("code fence"));
    assert_eq!(run("kind = \"json\"", &answer(&"[".repeat(10_000))).passed, Some(false));
}

#[test]
fn new_names_are_flagged_and_names_of_the_selection_are_kept() {
    let lore = [Known {
        name: "Ada Byron".into(),
        aliases: vec!["the Countess".into()],
        text: "Lives in Rome.".into(),
    }];
    let case = Case {
        selection: "There stood Ada Byron, and Bob beside her.",
        lore: &lore,
        ..answer("Then Bob met Charles in Rome. The Countess saw Charles and Ada.")
    };
    assert_eq!(quotes(&run("kind = \"names\"", &case)), ["Charles"]);
    let found = run("kind = \"names_kept\"", &case);
    assert_eq!((found.figure, found.passed), (Some(1.0), Some(true)));
    let lost = Case { answer: "Then the countess left.", ..case };
    let found = run("kind = \"names_kept\"\nmin = 0.6", &lost);
    assert_eq!((found.figure, quotes(&found)), (Some(0.5), vec!["Bob"]));
    let german =
        Case { language: "de", answer: "Das Haus war leer.", selection: "Ada Byron schlief.", ..case };
    assert_eq!(run("kind = \"names\"", &german).passed, None);
    assert_eq!(quotes(&run("kind = \"names_kept\"", &german)), ["Ada Byron"]);
}

#[test]
fn the_longest_copied_stretch_is_flagged() {
    let case = Case {
        before: "The rain fell on the roof of the old house.",
        ..answer("She slept. Rain fell on the roof, and she woke to the rain.")
    };
    let found = run("kind = \"copied\"\nn = 3", &case);
    assert_eq!((quotes(&found), found.passed), (vec!["Rain fell on the roof"], Some(false)));
    assert_eq!(found.figure, Some(3.0 / 11.0));
    let after = Case { before: "", after: case.before, ..case };
    assert_eq!(quotes(&run("kind = \"copied\"\nn = 3", &after)), ["Rain fell on the roof"]);
    let whole = Case { answer: after.after, ..after };
    assert_eq!((run("kind = \"copied\"", &whole).figure), Some(1.0));
    assert_eq!(run("kind = \"copied\"", &answer("Too short.")).passed, None);
}

/// The figure of rouge-score 0.1.2, `RougeScorer(["rougeL"], use_stemmer=False)`: 8 of 11, since "she's" is two of its tokens.
#[test]
fn rouge_is_the_published_one_in_latin_letters_whoever_names_the_language() {
    let fields = "kind = \"similarity\"\nmetric = \"rouge_l\"\nmin = 70";
    for language in ["", "en", "English", "de"] {
        let case = Case { language, reference: Some("She's at Anna's."), ..answer("She's gone to Anna's.") };
        let found = run(fields, &case);
        assert!((found.figure.unwrap() - 72.727_272).abs() < 1e-4, "{language}: {:?}", found.figure);
        assert_eq!(found.unit, "points of ROUGE-L");
    }
    let russian = Case {
        reference: Some("она дверь открыла"), ..answer("Она открыла дверь")
    };
    let found = run("kind = \"similarity\"\nmetric = \"rouge_l\"\nmin = 60", &russian);
    assert!((found.figure.unwrap() - 66.666_666).abs() < 1e-4);
    assert_eq!(found.unit, "points of ROUGE-L by Unicode's words");
}

#[test]
fn what_is_not_given_cannot_be_told() {
    for fields in EVERY_KIND.iter().rev().take(4) {
        let found = run(fields, &answer("It rained."));
        assert!(found.passed.is_none() && found.reason.is_some(), "{fields}");
    }
    let case = Case { reference: Some("It rained."), perplexity: Some(12.0), ..answer("It rained.") };
    for fields in EVERY_KIND.iter().rev().skip(1).take(3) {
        assert_eq!(run(fields, &case).passed, Some(true), "{fields}");
    }
}

#[test]
fn paragraphs_and_those_with_dialogue_are_as_many_as_in_the_selection() {
    let case = Case {
        selection: "It rained.\n“Yes.”\nHe left.",
        ..answer("It poured.\n\n“Yes,” he said.\n\nHe went.")
    };
    assert_eq!(run("kind = \"structure\"", &case).passed, Some(true));
    let other = Case { answer: "It poured.\n\nYes, he said.", ..case };
    assert!(run("kind = \"structure\"", &other).reason.unwrap().starts_with("2 paragraphs, 0 with dialogue"));
}

#[test]
fn an_empty_answer_fails_all_but_what_allows_it_by_its_bounds() {
    let selection = "There stood Ada Byron, and Bob beside her, in the dark of the old house.";
    for text in ["", " \n\t\u{a0}\n"] {
        let case = Case {
            selection,
            before: selection,
            reference: Some(selection),
            perplexity: Some(2.0),
            ..answer(text)
        };
        let bare = answer(text);
        for case in [case, bare] {
            for fields in
                EVERY_KIND.iter().filter(|fields| !fields.contains("length") && !fields.contains("\"regex"))
            {
                let found = run(fields, &case);
                assert_eq!(found.passed, Some(false), "{fields}");
                assert_eq!(found.reason.as_deref(), Some("the answer is empty"), "{fields}");
            }
        }
        for spec in Check::usual().into_iter().chain(Check::usual_across_languages()) {
            assert_eq!(spec.check(&case).passed, Some(false), "{}", spec.title());
        }
        assert_eq!(run("kind = \"length\"\nunit = \"words\"\nmax = 9", &case).passed, Some(true));
        assert_eq!(run("kind = \"length\"\nunit = \"words\"\nmin = 1", &case).passed, Some(false));
        assert_eq!(run("kind = \"regex\"\npattern = '\\A\\s*\\z'", &case).passed, Some(true));
        let similarity = run("kind = \"similarity\"\nmetric = \"chrf\"\nmin = 0", &case);
        assert_eq!((similarity.passed, similarity.figure), (Some(false), Some(0.0)));
    }
}

#[test]
fn the_usual_checks_pass_plain_prose() {
    let case = Case {
        before: "There was no light in the house when Ada came home that evening.",
        ..answer(
            "She felt along the wall for the lamp, found it, and shook it. It was empty. Somebody had been here before her.",
        )
    };
    for spec in Check::usual() {
        spec.validate().unwrap();
        assert_eq!(spec.check(&case).passed, Some(true), "{}", spec.title());
    }
}

#[test]
fn long_texts_are_quick() {
    let texts = [
        "The Rain fell, and Bob’s 12 cats “sat. ",
        "A.",
        "“”‘",
        "'a ",
        "'e 'a",
        "a' ",
        "'",
        "a",
        "猫",
        "— x\n",
        "one ",
    ];
    for text in texts.map(|piece| piece.repeat(30_000 / piece.len())) {
        let case = Case { selection: &text, before: &text, reference: Some(&text), ..answer(&text) };
        for fields in EVERY_KIND {
            run(fields, &case);
        }
        crate::claims(&case);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_checked(text in any::<String>(), marks in "[a-cA-C .,“”‘’\"'—\n0-9]{0,60}", tag in "[a-z]{0,3}") {
        for (answer, selection) in [(&text, &marks), (&marks, &text)] {
            let lore = [Known { name: selection.clone(), aliases: vec![answer.clone()], text: marks.clone() }];
            let case =
                Case { answer, selection, before: &marks, lore: &lore, reference: Some(selection), language: &tag, ..Case::default() };
            for fields in EVERY_KIND {
                let found = run(fields, &case);
                for flag in &found.flags {
                    prop_assert!(flag.at.clone().is_none_or(|at| answer.get(at).is_some()));
                }
                prop_assert!(found.passed.is_some() || found.reason.is_some());
            }
            crate::claims(&case);
            crate::disagreement(&[answer, selection]);
        }
    }
}
