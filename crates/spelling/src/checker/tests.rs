use proptest::prelude::*;

use super::*;
use crate::Dictionaries;

/// A checker of a dictionary inside the program.
fn english(language: &str, words: &[&str], names: &[&str]) -> Checker {
    let source = Dictionaries::in_folders("nowhere", Vec::new()).find(language).unwrap();
    let own = OwnWords::new(&source.language, words.iter().copied(), names.iter().copied());
    Checker::new(Arc::new(source.load().unwrap()), Arc::new(own))
}

/// A checker of a small dictionary.
fn small(language: &str, aff: &str, words: &[&str]) -> Checker {
    let folder = tempfile::tempdir().unwrap();
    let (at, list) = (folder.path().join("x.aff"), folder.path().join("x.dic"));
    std::fs::write(&at, format!("SET UTF-8\n{aff}")).unwrap();
    std::fs::write(&list, format!("{}\n{}\n", words.len(), words.join("\n"))).unwrap();
    let language = language.parse().unwrap();
    let own = OwnWords::new(&language, [], ["Ada", "Klaus"]);
    Checker::new(Arc::new(Dictionary::read(&at, &list, language).unwrap()), Arc::new(own))
}

fn wrong<'t>(checker: &Checker, text: &'t str) -> Vec<&'t str> {
    checker.check(text).into_iter().map(|found| &text[found.range]).collect()
}

#[test]
fn misspelt_words_are_told_and_right_ones_are_not() {
    let checker = english("en", &[], &[]);
    let text = "It was a dark and stromy night; the rain fell in torrents, exept at occassional intervals.";
    assert_eq!(wrong(&checker, text), ["stromy", "exept", "occassional"]);
    assert_eq!(wrong(&checker, ""), [""; 0]);
}

#[test]
fn speech_in_a_story_is_no_mistake() {
    let checker = english("en", &[], &[]);
    for right in [
        "“Don’t,” she said. 'Twas nothin' much, an' he’d’ve gone a-goin' to 'em.",
        "‘’Tis the lighthouse’s lamp, ma'am,’ said the keepers’ boy at five o'clock.",
        "“W-well, no-nothing,” he st-stammered; the co-author re-entered the well‑known café, e.g. at 5 p.m.",
        "The naïve fiancée left her résumé, façade and all. 'Ello, 'ave a house.",
        "USA, NATO and XQZ met at 21:30 on the 3rd, see https://exmple.org/wrng or mail adda@exmple.org.",
        "He wrote story.docx and _so_ on.The end. Да, 天黑了, Ἀθῆναι.",
        "STOP THAT, he cried. THE KEEPER'S LAMP!",
    ] {
        assert_eq!(wrong(&checker, right), [""; 0], "{right}");
    }
    assert_eq!(
        wrong(&checker, "STOP THATT NOWW, recieve's a well-knwon wrod-wrod."),
        ["THATT", "recieve's", "knwon", "wrod", "wrod"]
    );
}

#[test]
fn british_and_american_spelling_are_told_apart() {
    let text = "The colour of the harbor";
    assert_eq!(wrong(&english("en-US", &[], &[]), text), ["colour"]);
    assert_eq!(wrong(&english("en-AU", &[], &[]), text), ["harbor"]);
}

#[test]
fn the_author_s_words_and_names_are_right_in_every_form() {
    let checker = english("en", &["frobble", "blip-blop"], &["Zephyrine Quux", "Mx. O’Zorg"]);
    let right = "Zephyrine’s frobbles? No, frobble. ZEPHYRINE QUUX and O'Zorg'd blip-blop, Quux'.";
    assert_eq!(wrong(&checker, right), ["frobbles"]);
    assert_eq!(wrong(&checker, "zephyrine"), ["zephyrine"]);
}

#[test]
fn a_capital_inside_a_sentence_may_be_a_name() {
    let checker = english("en", &[], &[]);
    let found = checker.check("Zorgle came. Then Zorgle went to Quuxville. “Zorgle!”");
    assert_eq!(found.iter().map(|word| word.name).collect::<Vec<_>>(), [false, true, true, false]);
    let german = small("de", "", &["die", "kam"]);
    assert_eq!(german.check("die Lampee kam").iter().map(|word| word.name).collect::<Vec<_>>(), [false]);
}

#[test]
fn compounds_and_elisions_follow_the_language() {
    let german = small("de", "COMPOUNDFLAG x\nCOMPOUNDMIN 2\n", &["turm/x", "licht/x", "Haus", "des", "ist"]);
    assert_eq!(wrong(&german, "Turmlicht ist Klaus’ Haus, Adas Lichtturm; Turmlich"), ["Turmlich"]);
    let french = small("fr", "", &["l'", "homme", "est", "qu'", "il", "ami"]);
    assert_eq!(wrong(&french, "L’homme est l’ami d’Ada, qu’il zut"), ["zut"]);
    let arabic = small("ar", "", &["كتب"]);
    assert_eq!(wrong(&arabic, "كتب وAda خطأ"), ["خطأ"]);
}

#[test]
fn letters_are_the_same_however_they_are_composed() {
    let german = small("de", "", &["Grüße"]);
    assert_eq!(wrong(&german, "Gru\u{308}ße Grü\u{ad}ße Gruße"), ["Gruße"]);
}

#[test]
fn what_was_meant_is_suggested_with_the_writer_s_apostrophe() {
    let checker = english("en", &[], &["Lovelace"]);
    assert_eq!(checker.suggest("recieve")[0], "receive");
    assert_eq!(checker.suggest("alot")[0], "a lot");
    assert_eq!(checker.suggest("Lovelcae")[0], "Lovelace");
    assert_eq!(checker.suggest("Lovelcae’s")[0], "Lovelace’s");
    assert!(checker.suggest("dont").contains(&"don't".to_owned()));
    assert!(checker.suggest("ddont’t").iter().all(|word| !word.contains('\'')));
    assert!(checker.suggest("a").len() <= SUGGESTED && checker.suggest("").is_empty());
    assert_eq!(checker.suggest(&"wrong".repeat(100)), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_lie_in_the_text_whatever_it_is(text in any::<String>(), more in "[a-zäé’'. -]{0,60}") {
        thread_local! { static CHECKER: Checker = english("en", &[], &[]); }
        let text = text + &more;
        CHECKER.with(|checker| {
            let mut end = 0;
            for found in checker.check(&text) {
                assert!(found.range.start >= end && !text[found.range.clone()].is_empty());
                end = found.range.end;
            }
        });
    }
}
