//! How much of a prompt a model has read already when its writer goes on: a story that grows by eight words a request, and in
//! which a name of the lore is new every 150 words, on the starter's vocabulary and a context of 4,096 tokens.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use foolscap_engine::chat::ChatTemplate;
use foolscap_engine::{Gguf, Tokenizer};
use foolscap_prompts::{ActionKind, Ask, Context, Item, Kind, Mention, Prompt, Target, Told, built_in, plan};

const CONTEXT: usize = 4096;
const NAMES: usize = 24;

fn tokenizer() -> Tokenizer {
    let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/starter/foolscap-starter.gguf");
    Tokenizer::from_metadata(Gguf::open(&starter).unwrap().metadata()).unwrap()
}

/// So many words in sentences and paragraphs. From its first word on a name comes back now and then.
fn story(words: usize) -> String {
    let common = [
        "the", "sea", "was", "loud", "and", "she", "went", "down", "to", "old", "boat", "again", "with",
        "lamp", "rain",
    ];
    let mut random = 7u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) as usize % below
    };
    let mut text = String::new();
    for i in 0..words {
        let met = i / 150 + 1;
        let word = match (i % 150, next(40)) {
            (20, _) => format!("Name{}", met - 1),
            (_, 0) => format!("Name{}", next(met)),
            _ => common[next(common.len())].to_owned(),
        };
        let end = if i % 90 == 89 {
            ".\n\n"
        } else if i % 11 == 10 {
            ". "
        } else {
            " "
        };
        text.push_str(&word);
        text.push_str(end);
    }
    text
}

fn told(text: &str) -> Context {
    let mentions = |name: &str| {
        let mut at = 0;
        let mut found = Vec::new();
        for line in text.split('\n') {
            if line.split(|c: char| !c.is_alphanumeric()).any(|word| word == name) {
                found.push(Mention { name: name.to_owned(), at: Some(at..at + line.len()) });
            }
            at += line.len() + 1;
        }
        found
    };
    let entry = |i: usize| {
        let name = format!("Name{i}");
        Item {
            id: format!("lore:{i}"),
            kind: Kind::Lore,
            told: Told::Named(mentions(&name)),
            title: name,
            long: "somebody from the village who has seen the boat come in and says nothing of it to anybody"
                .into(),
            short: "from the village".into(),
            stale: false,
        }
    };
    Context { items: (0..NAMES).map(entry).collect(), ..Context::default() }
}

/// Of all requests: tokens that were sent, tokens that had to be read, and how often that was more than a quarter of all.
fn writing_on(
    prompt: &Prompt,
    tokenizer: &Tokenizer,
    template: Option<&ChatTemplate>,
) -> (usize, usize, usize) {
    let target = Target { tokenizer, template, context: CONTEXT };
    let (mut sent, mut read, mut anew) = (0, 0, 0);
    let mut last: Vec<u32> = Vec::new();
    for words in (600..3600).step_by(8) {
        let text = story(words);
        let ask = Ask { before: &text, words: Some(60), language: "en", ..Ask::default() };
        let tokens = plan(prompt, &target, &ask, &told(&text)).unwrap().tokens;
        let shared = last.iter().zip(&tokens).take_while(|(a, b)| a == b).count();
        sent += tokens.len();
        read += tokens.len() - shared;
        anew += usize::from((tokens.len() - shared) * 4 > tokens.len());
        last = tokens;
    }
    (sent, read, anew)
}

#[test]
fn what_was_read_stays_read_while_a_story_grows_and_names_come_in() {
    let tokenizer = tokenizer();
    let chatml = ChatTemplate::builtin("chatml", &tokenizer).unwrap();
    let prompt = built_in(ActionKind::Continue).unwrap();
    // The same with all lore in front of the story.
    let in_front = prompt
        .source()
        .replace("{% include \"story\" -%}", STORY)
        .replace("{% include \"next\" %}", "{{ before }}");
    let in_front = Prompt::parse("in front", &in_front).unwrap();
    for template in [Some(&chatml), None] {
        let (sent, read, anew) = writing_on(prompt, &tokenizer, template);
        let (_, read_in_front, anew_in_front) = writing_on(&in_front, &tokenizer, template);
        println!(
            "{}: {sent} tokens sent, {:.1} % read ({anew} times more than a quarter of a prompt); with all lore in front {:.1} % ({anew_in_front} times)",
            if template.is_some() { "chat" } else { "completion" },
            100.0 * read as f64 / sent as f64,
            100.0 * read_in_front as f64 / sent as f64,
        );
        assert!(read * 6 < sent, "{read} of {sent}");
        assert!(read < read_in_front && anew < anew_in_front);
    }
}

const STORY: &str = "{% if after %}{{ after }}{% endif %}{% if story -%}
The text so far:
{{ story | trim }}

{% endif -%}";
