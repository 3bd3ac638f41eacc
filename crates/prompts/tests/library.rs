//! The built-in prompts as they are sent, to be read: recorded in `snapshots/`.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use foolscap_prompts::{Entry, Prompt, Section, Variables, library};

fn entry(title: &str, text: &str) -> Entry {
    Entry { title: title.into(), text: text.into() }
}

/// A place in a story, with everything a project tells.
fn place() -> Variables {
    let before =
        "The lighthouse had been dark for eleven days.\n\nAda carried the box up to the lamp room and";
    Variables {
        before: before.into(),
        story: "The lighthouse had been dark for eleven days.\n\n".into(),
        opening: "Ada carried the box up to the lamp room and".into(),
        selection: "She did not open it at once.".into(),
        subject: "the box".into(),
        after: "\n\nHer father came in from the wind.".into(),
        instruction: "the box is warm".into(),
        language: "English".into(),
        into: "German".into(),
        quote: "“".into(),
        words: 60,
        note: "No magic.".into(),
        previous: "The boat lay in the shingle, dry as a bone.".into(),
        synopsis: vec![entry("The Lighthouse Year", "A lamp goes out, and nobody comes to light it.")],
        style: vec![entry("Mine", "It rained. Nobody minded.")],
        summaries: vec![entry("Eleven dark days", "The keeper falls ill; the lamp goes out.")],
        lore: vec![entry("Ada", "the keeper’s daughter, sixteen")],
        recent_lore: vec![entry("The box", "brass, locked; her own name is on the lid")],
        ..Variables::default()
    }
}

fn sent(prompt: &Prompt, variables: &Variables) -> String {
    let mut text = String::new();
    for section in Section::ALL {
        let filled = prompt.render(section, variables).unwrap();
        if !filled.is_empty() {
            text.push_str(&format!("=== {}\n{filled}\n", section.name()));
        }
    }
    text
}

#[test]
fn every_prompt_reads_as_it_was_meant() {
    for prompt in library().unwrap() {
        insta::assert_snapshot!(format!("{}-full", prompt.head.name.to_lowercase()), sent(prompt, &place()));
        let bare =
            Variables { words: 60, into: "German".into(), quote: "“".into(), ..Variables::default() };
        insta::assert_snapshot!(format!("{}-bare", prompt.head.name.to_lowercase()), sent(prompt, &bare));
    }
}

#[test]
fn every_prompt_says_whom_it_is_for() {
    for prompt in library().unwrap() {
        let head = &prompt.head;
        assert!(head.purpose.ends_with('.') && head.candidates > 0 && head.version > 0, "{}", head.name);
        for variant in &head.variants {
            assert!(!variant.title.is_empty() && !variant.manner.is_empty(), "{} {}", head.name, variant.id);
        }
        // All begin alike, so that of one action much is read that the next one asks for.
        assert_eq!(prompt.section(Section::System), "{% include \"system\" %}", "{}", head.name);
        assert!(prompt.section(Section::User).starts_with("{% include \"context\" -%}"), "{}", head.name);
    }
}
