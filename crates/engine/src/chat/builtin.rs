//! Templates for instructed models whose file has none: by name, or by the control tokens of the vocabulary.

use crate::gguf::Metadata;
use crate::tokenizer::Tokenizer;

/// A template of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Control tokens that show that a model was trained on it; none where any model may read it.
    tokens: &'static [&'static str],
    /// Its Jinja.
    pub source: &'static str,
}

/// All of them, those with tokens of their own first.
pub const BUILTIN: &[Builtin] = &[
    Builtin {
        name: "chatml",
        tokens: &["<|im_start|>", "<|im_end|>"],
        source: "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}\
                 {% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
    },
    Builtin {
        name: "llama-3",
        tokens: &["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
        source: "{{ bos_token }}{% for m in messages %}<|start_header_id|>{{ m.role }}<|end_header_id|>\n\n\
                 {{ m.content }}<|eot_id|>{% endfor %}{% if add_generation_prompt %}<|start_header_id|>assistant\
                 <|end_header_id|>\n\n{% endif %}",
    },
    Builtin {
        name: "gemma",
        tokens: &["<start_of_turn>", "<end_of_turn>"],
        source: "{{ bos_token }}{% if messages[0].role == 'system' %}{{ raise_exception('no system turn') }}{% endif %}\
                 {% for m in messages %}<start_of_turn>{{ 'model' if m.role == 'assistant' else m.role }}\n\
                 {{ m.content }}<end_of_turn>\n{% endfor %}\
                 {% if add_generation_prompt %}<start_of_turn>model\n{% endif %}",
    },
    Builtin {
        name: "phi-3",
        tokens: &["<|user|>", "<|assistant|>", "<|end|>"],
        source: "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}<|end|>\n{% endfor %}\
                 {% if add_generation_prompt %}<|assistant|>\n{% endif %}",
    },
    Builtin {
        name: "mistral",
        tokens: &["[INST]", "[/INST]"],
        source: "{{ bos_token }}{% if messages[0].role == 'system' %}{{ raise_exception('no system turn') }}{% endif %}\
                 {% for m in messages %}{% if m.role == 'user' %}[INST]{{ m.content }}[/INST]\
                 {% else %}{{ m.content }}{{ eos_token }}{% endif %}{% endfor %}",
    },
    Builtin {
        name: "alpaca",
        tokens: &[],
        source: "{% for m in messages %}{% if m.role == 'system' %}{{ m.content }}\n\n\
                 {% elif m.role == 'user' %}### Instruction:\n{{ m.content }}\n\n\
                 {% else %}### Response:\n{{ m.content }}\n\n{% endif %}{% endfor %}\
                 {% if add_generation_prompt %}### Response:\n{% endif %}",
    },
];

/// The template of this name.
pub(super) fn named(name: &str) -> Option<&'static Builtin> {
    BUILTIN.iter().find(|b| b.name == name)
}

/// The template that a model without one was most likely trained on; none for a base model, which would only go on
/// with the marks.
pub(super) fn fitting(meta: &Metadata, tokenizer: &Tokenizer) -> Option<&'static Builtin> {
    let says = |key: &str| meta.text(key).map(str::to_lowercase).unwrap_or_default();
    let words = format!("{} {}", says("general.finetune"), says("general.name"));
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
    let instructed = ["instruct", "chat", "it", "assistant"].iter().any(|w| words.contains(w));
    let has = |token: &&'static str| tokenizer.vocabulary().id(token.as_bytes()).is_some();
    BUILTIN.iter().find(|b| instructed && !b.tokens.is_empty() && b.tokens.iter().all(has))
}
