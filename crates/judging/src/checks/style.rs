//! Who tells and when, by the small words that show it. What is spoken is left out: people in a story say "I" and "now".

use super::{Found, Person, Tense};
use crate::text::{dialogue, folded, words};
use crate::{Case, Flag};

/// Words that show something, with fewer of which nothing is told.
const LEAST: usize = 3;
/// Shares of pronouns from which on a text is told in the first person, and in the second.
const FIRST: f64 = 0.2;
const SECOND: f64 = 0.3;

type Range = std::ops::Range<usize>;

/// The words outside dialogue, folded.
fn narration(text: &str) -> Vec<(Range, String)> {
    let spans = dialogue::spans(text);
    let outside = words(text).into_iter().filter(|(at, _)| !dialogue::within(&spans, at.start));
    outside.map(|(at, word)| (at, folded(word))).collect()
}

pub(super) fn point_of_view(case: &Case<'_>, is: Person) -> Found {
    let language = case.written_in().unwrap_or_default();
    let table: [&[&str]; 3] = match language.as_str() {
        "en" => ENGLISH,
        "de" => GERMAN,
        _ => return Found::untold("the person is told in English and German alone"),
    };
    let mut found: [Vec<Range>; 3] = Default::default();
    for (at, word) in narration(case.answer) {
        // "I'm", "you've", "he'd".
        let stem = word.split('\'').next().unwrap_or_default();
        if let Some((_, places)) = table.iter().zip(&mut found).find(|(pronouns, _)| pronouns.contains(&stem))
        {
            places.push(at);
        }
    }
    let [first, second, third] = found;
    let all = first.len() + second.len() + third.len();
    if all < LEAST {
        return Found::untold("there are too few pronouns outside dialogue");
    }
    let share = |places: &[Range]| places.len() as f64 / all as f64;
    let told = if share(&first) >= FIRST && first.len() >= second.len() {
        Person::First
    } else if share(&second) >= SECOND {
        Person::Second
    } else {
        Person::Third
    };
    let (own, others) = match is {
        Person::First => (&first, &second),
        Person::Second => (&second, &first),
        Person::Third => (&third, if first.len() >= second.len() { &first } else { &second }),
    };
    let why = "a pronoun of another person, outside dialogue";
    let flags = match told == is {
        true => Vec::new(),
        false => others.iter().map(|at| Flag::at(case.answer, at.clone(), why)).collect(),
    };
    Found::told(told == is, share(own), "share of pronouns").flagged(flags)
}

pub(super) fn tense(case: &Case<'_>, is: Tense) -> Found {
    if case.written_in().as_deref() != Some("en") {
        return Found::untold("the tense is told in English alone");
    }
    let narration = narration(case.answer);
    let (mut past, mut present) = (Vec::new(), Vec::new());
    let mut before = "";
    for (at, word) in &narration {
        match shown(before, word) {
            Some(Tense::Past) => past.push(at.clone()),
            Some(Tense::Present) => present.push(at.clone()),
            None => {}
        }
        before = word;
    }
    let all = past.len() + present.len();
    if all < LEAST {
        return Found::untold("there are too few verbs outside dialogue that show a tense");
    }
    let (own, other) = match is {
        Tense::Past => (past, present),
        Tense::Present => (present, past),
    };
    let share = own.len() as f64 / all as f64;
    let flags = match share > 0.5 {
        true => Vec::new(),
        false => other.into_iter().map(|at| Flag::at(case.answer, at, "a verb in the other tense")).collect(),
    };
    Found::told(share > 0.5, share, "share of verbs").flagged(flags)
}

/// The tense that a word shows after another; none where it shows none, or may be no verb.
fn shown(before: &str, word: &str) -> Option<Tense> {
    if PAST.contains(&word) || matches!(word, "wasn't" | "weren't" | "hadn't" | "didn't") {
        return Some(Tense::Past);
    }
    if PRESENT.contains(&word) || word.ends_with("'m") || word.ends_with("'re") {
        return Some(Tense::Present);
    }
    let helped = matches!(
        before,
        "have"
            | "has"
            | "had"
            | "having"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "am"
            | "the"
            | "a"
            | "an"
    );
    let after_person = matches!(before, "he" | "she" | "it" | "who" | "that" | "which");
    if word.len() > 4 && word.ends_with("ed") && !helped && !NO_PAST.contains(&word) {
        return Some(Tense::Past);
    }
    if after_person
        && word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !NO_PRESENT.contains(&word)
    {
        return Some(Tense::Present);
    }
    (matches!(before, "i" | "we" | "they" | "you") && BARE.contains(&word)).then_some(Tense::Present)
}

const ENGLISH: [&[&str]; 3] = [
    &["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"],
    &["you", "your", "yours", "yourself", "yourselves"],
    &[
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
    ],
];

/// Without "ihr", "sie" at a sentence's beginning and "sein", which are more than one thing: what is left is enough.
const GERMAN: [&[&str]; 3] = [
    &[
        "ich", "mich", "mir", "mein", "meine", "meinen", "meinem", "meiner", "meines", "wir", "uns", "unser",
        "unsere", "unseren", "unserem", "unserer",
    ],
    &["du", "dich", "dir", "dein", "deine", "deinen", "deinem", "deiner", "deines", "euch", "euer", "eure"],
    &[
        "er", "ihn", "ihm", "sie", "ihnen", "seine", "seinen", "seinem", "seiner", "ihre", "ihren", "ihrem",
        "ihrer",
    ],
];

/// Past forms that are not also another form of a verb in use.
const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "did",
    "said",
    "went",
    "came",
    "saw",
    "knew",
    "took",
    "got",
    "made",
    "thought",
    "felt",
    "told",
    "found",
    "gave",
    "stood",
    "sat",
    "ran",
    "began",
    "kept",
    "held",
    "brought",
    "heard",
    "spoke",
    "wrote",
    "fell",
    "rose",
    "drew",
    "grew",
    "threw",
    "flew",
    "broke",
    "chose",
    "drove",
    "ate",
    "drank",
    "sang",
    "slept",
    "woke",
    "wore",
    "swore",
    "shook",
    "forgot",
    "understood",
    "lost",
    "met",
    "paid",
    "sent",
    "spent",
    "taught",
    "caught",
    "bought",
    "fought",
    "sought",
    "swept",
    "crept",
    "wept",
    "leapt",
    "lay",
    "led",
    "left",
    "could",
    "hid",
    "slid",
    "struck",
    "stuck",
    "swung",
    "hung",
    "clung",
    "became",
    "blew",
    "shone",
    "sank",
    "swam",
    "tore",
    "rode",
    "froze",
    "stole",
];

const PRESENT: &[&str] = &[
    "is", "am", "are", "has", "does", "isn't", "aren't", "hasn't", "doesn't", "says", "goes", "comes",
    "sees", "knows", "takes", "gets", "makes", "thinks", "feels", "tells", "gives", "stands", "sits", "runs",
    "begins", "keeps", "hears", "speaks", "writes", "falls", "grows", "throws", "becomes", "asks", "seems",
    "wants", "smiles", "nods", "walks", "turns",
];

/// Present forms without an ending, which show it after "I" and the like.
const BARE: &[&str] = &[
    "see",
    "feel",
    "know",
    "think",
    "look",
    "walk",
    "turn",
    "want",
    "hear",
    "take",
    "make",
    "go",
    "come",
    "say",
    "try",
    "need",
    "stand",
    "sit",
    "run",
    "reach",
    "pull",
    "watch",
    "hold",
    "wait",
    "have",
    "do",
    "keep",
    "tell",
    "ask",
    "smile",
    "nod",
    "step",
    "open",
    "close",
    "find",
    "give",
    "get",
    "start",
    "remember",
    "understand",
    "believe",
];

/// Words that end as past forms do.
const NO_PAST: &[&str] = &[
    "indeed", "hundred", "naked", "sacred", "wicked", "speed", "greed", "breed", "bleed", "embed", "kindred",
    "hatred", "exceed", "proceed", "succeed", "crooked", "rugged", "wretched", "beloved",
];

/// Words that end as a verb after "he" does.
const NO_PRESENT: &[&str] = &[
    "always",
    "perhaps",
    "sometimes",
    "does",
    "this",
    "afterwards",
    "besides",
    "towards",
    "upstairs",
    "downstairs",
];
