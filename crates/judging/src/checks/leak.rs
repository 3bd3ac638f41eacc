//! What a model says to its user, or leaves of its own machinery, in what should be nothing but the text.

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use crate::{Case, Flag, aside};

pub(super) fn leak(case: &Case<'_>) -> Found {
    let mut flags: Vec<Flag> = PATTERNS
        .iter()
        .flat_map(|(pattern, why)| {
            pattern.find_iter(case.answer).map(|found| Flag::at(case.answer, found.range(), *why))
        })
        .collect();
    // What the writer's page leaves out is a leak here.
    flags.extend(aside::preamble(case.answer).map(|at| Flag::at(case.answer, at, "a preamble")));
    flags.extend(aside::postscript(case.answer).map(|at| Flag::at(case.answer, at, "said to the user")));
    flags.sort_by_key(|flag| flag.at.as_ref().map(|at| (at.start, std::cmp::Reverse(at.end))));
    // A preamble may be of two kinds; one is enough.
    let mut end = 0;
    flags.retain(|flag| {
        let at = flag.at.clone().unwrap_or_default();
        let kept = at.start >= end;
        end = end.max(at.end);
        kept
    });
    Found::told(flags.is_empty(), flags.len() as f64, "leaks").flagged(flags)
}

static PATTERNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    SOURCES.iter().filter_map(|(pattern, why)| Some((Regex::new(pattern).ok()?, *why))).collect()
});

/// Patterns and what they are. `\A` is where the answer begins: the same words later are prose, or may be.
const SOURCES: &[(&str, &str)] = &[
    (
        r"(?i)</?(?:think|thinking|thought|reasoning|reflection|scratchpad|answer|output)\b[^<>\n]{0,40}>",
        "a tag of a model's thoughts",
    ),
    (
        r"<\|[A-Za-z0-9_\-]{1,40}\|?>|<[｜|][^<>\n]{1,40}[｜|]>|</?s>|\[/?INST\]|<</?SYS>>|</?start_of_turn>|<end_of_turn>|<(?:bos|eos|pad|unk)>",
        "a mark of a chat template",
    ),
    (
        r"(?i)\A\s*(?:#{1,3}\s*|\*\*)?(?:user|assistant|system|human|ai|model)\s*:(?:\*\*)?",
        "a role of a chat",
    ),
    (
        r"(?i)\A\s*(?:sure|certainly|of course|absolutely|gladly|understood|got it)(?:[!:]| thing|, (?:here|i)\b|\. (?:here|i)\b)[^\n]{0,200}",
        "a preamble",
    ),
    (
        r"(?i)\A\s*(?:okay|ok|alright|great|sure|certainly|of course)?[,.!]?\s*here(?:['’]s| is| are)\b[^\n]{0,200}?\b(?:version|rewrite|rewritten|revision|revised|continuation|translation)\b[^\n]{0,80}",
        "a preamble",
    ),
    (
        r"(?i)\A\s*(?:okay|ok|alright|great|sure|certainly|of course)?[,.!]?\s*here(?:['’]s| is| are)\b[^\n.:]{0,120}?\b(?:passage|paragraph|summary|draft|text|scene|story|list|outline|dialogue|description|take|attempt|suggestions?|ideas?|options?)\b(?:[^\n.:]{0,80}(?::|\b(?:for you|you (?:asked|requested|wanted)|based on)\b[^\n]{0,80})|\s*:)",
        "a preamble",
    ),
    (
        r"(?i)\b(?:as|i am|i['’]m) an? (?:ai|artificial intelligence|(?:large )?language model)\b[^.\n]{0,120}",
        "a model speaks of itself",
    ),
    (
        r"(?i)\bi(?:['’]m sorry, but i)? (?:can(?:no|['’])t|am unable to|cannot) (?:assist|help|comply|fulfill|continue) (?:with )?(?:that|this|your|the) (?:request|content|task)\b",
        "a refusal",
    ),
    (
        r"(?im)^\s*(?:#{1,6}\s*|\*\*|__)?(?:(?:re)?written|revised|edited|improved|updated|final|polished|translated)\s+(?:version|text|passage|paragraph|draft|answer|scene)s?\s*(?:\*\*|__)?\s*:?\s*(?:\*\*|__)?\s*$",
        "a heading that is no part of the text",
    ),
    (
        r"(?im)^\s*(?:#{1,6}\s*|\*\*|__)?(?:rewritten version|revised version|rewrite|rewritten|revision|continuation|translation|summary|output|answer|response|note|explanation|changes(?: made)?|key changes)\s*(?:\*\*|__)?:",
        "a heading that is no part of the text",
    ),
    (
        r"(?im)^[ \t(*_]*(?:let me know (?:if|how|what|whether)|(?:please )?feel free to|would you like me to|do you want me to|if you(?:['’]d| would) like(?:,| me)|i hope this (?:helps|meets|works|captures)|hope this helps|shall i (?:continue|go on)|is there anything else)[^\n]{0,200}",
        "an offer to the user",
    ),
    (
        r"(?i)(?:let me know if (?:you|this|there)|i hope this (?:helps|meets)|would you like me to (?:continue|revise|change|adjust|rewrite))[^\n]{0,200}\s*\z",
        "an offer to the user",
    ),
    (r"(?i)\A\s*(?:gerne|natürlich|selbstverständlich|klar)[!,:][^\n]{0,160}", "a preamble"),
    (
        r"(?im)^\s*(?:lass(?:en sie)? (?:es )?mich wissen|ich hoffe, (?:das|dies) hilft|möchte(?:st du|n sie), dass ich)[^\n]{0,200}",
        "an offer to the user",
    ),
    (r"(?m)\A\s*```[a-z]*\s*$|^```\s*\z", "a code fence"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(PATTERNS.len(), SOURCES.len());
    }

    #[test]
    fn what_is_said_to_the_user_is_found() {
        for text in [
            "<think>The user wants prose.</think> It rained.",
            "It rained.<|im_end|>",
            "It rained.</s>",
            "It rained. <|eot_id|>",
            "<start_of_turn>model\nIt rained.",
            "Assistant: It rained.",
            "Sure, here you go. It rained.",
            "Certainly! It rained.",
            "Here’s a rewritten version of the passage:\n\nIt rained.",
            "Here is the text you asked for:\nIt rained.",
            "As an AI language model, I have no umbrella.",
            "Rewritten version:\nIt rained.",
            "**Rewritten Version**\n\nIt rained.",
            "It rained.\n\nLet me know if you'd like any changes!",
            "It rained. Would you like me to continue?",
            "It rained.\n\n**Changes made:** none.",
            "I'm sorry, but I can't assist with that request.",
            "Gerne! Es regnete.",
            "```\nIt rained.\n```",
            "Voici la suite : Il pleuvait.",
            "Voici la suite :",
            "Aquí tienes la continuación: Llovía.",
            "Ecco la traduzione:\nPioveva.",
            "好的，以下是续写：下雨了。",
            "**Continuation**\n\nIt rained.",
            "Okay, so I need to continue the story. The user wants rain. It rained.",
            "Hier ist die Übersetzung:\n\nEs regnete.",
            "It rained.\n\n(Note: I kept the rain.)",
        ] {
            assert_eq!(leak(&Case { answer: text, ..Case::default() }).passed, Some(false), "{text}");
        }
    }

    #[test]
    fn prose_that_uses_such_words_is_none() {
        for text in [
            "“Sure, here you go,” he said. “Let me know if it rains.”",
            "Here is where the river bends. He thought of nothing.",
            "Certainly he knew. As an airman he had seen worse.",
            "Of course it rained.",
            "Here's the thing about rain: it falls.",
            "She waited for an answer. None came.",
            "Surely the answer: none.",
            "Here is the thing he had been afraid of: the open door.",
            "Here is the thing he had been afraid of:\n\nThe door stood open.",
            "Here is a story my father told me when I was six.",
            "Here is the scene that met her eyes.",
            "Voici Paris.",
            "Voici ce qu’il vit : rien.",
            "Ecco la casa: vuota.",
            "Okay, so I need to get out of here, she thought.",
            "x < y and y > z; she wrote it twice.",
        ] {
            let found = leak(&Case { answer: text, ..Case::default() });
            assert_eq!(found.passed, Some(true), "{text}: {:?}", found.flags);
        }
    }
}
