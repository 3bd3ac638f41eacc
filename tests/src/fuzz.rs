//! What is done with inputs from outside that chance makes: by `cargo xtask fuzz`, and by a test with those inputs that
//! once did harm (`regressions/`).
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a broken promise must end the run")]

use std::path::PathBuf;
use std::sync::LazyLock;

use foolscap_engine::chat::{Message, Role};
use foolscap_engine::gguf::{TensorType, Writer};
use foolscap_engine::tokenizer::Piece;
use foolscap_engine::{Cancel, ChatTemplate, Decoder, Gguf, LoadOptions, Model, Run, Tokenizer, Want};

/// Takes any bytes; harm is a panic.
pub type Target = fn(&[u8]);

/// A target by its name.
pub const TARGETS: &[(&str, Target)] = &[("gguf", gguf), ("tokenizer", tokenizer), ("template", template)];

/// A model file: it is refused with a reason, or all of it can be used. Small models are read and asked for logits.
pub fn gguf(bytes: &[u8]) {
    let path = scratch();
    std::fs::write(&path, bytes).expect("a place for the file");
    let Ok(gguf) = Gguf::open(&path) else { return };
    let meta = gguf.metadata();
    if let Ok(tokenizer) = Tokenizer::from_metadata(meta) {
        let ids = tokenizer.encode("One day, <|end|>");
        tokenizer.decode(&ids);
        if let Ok(Some(template)) = ChatTemplate::from_metadata(meta, &tokenizer) {
            let _ = template.render(&conversation("Hello"));
        }
    }
    let _ = (Model::check(&gguf), gguf.fingerprint());
    let Ok(decoder) = Decoder::load(&gguf, &LoadOptions::default(), &Cancel::new(), |_| {}) else { return };
    let mut cache = decoder.cache();
    let sequence = cache.start();
    for tokens in [&[0, 0][..], &[0]] {
        let run = Run { sequence, tokens, logits: Want::Last };
        if decoder.forward(&mut cache, &[run], &Cancel::new()).is_err() {
            return;
        }
    }
}

/// Text for one of the tokenizers (the first byte says which): what was split comes together again, and control tokens
/// come only from markup.
pub fn tokenizer(bytes: &[u8]) {
    let Some((&which, text)) = bytes.split_first() else { return };
    let tokenizer = &TOKENIZERS[usize::from(which) % TOKENIZERS.len()];
    let text = String::from_utf8_lossy(text);
    let ids = tokenizer.encode(&text);
    assert_eq!(tokenizer.decode(&ids), text, "split and put together");
    assert!(ids.iter().all(|&id| !tokenizer.vocabulary().ends(id)), "a control token in a writer's text");
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let (left, right) = text.split_at(middle);
    tokenizer.encode_pieces(&[Piece::Markup(left), Piece::Text(right), Piece::Token(0)]);
}

/// A chat template, and after a zero byte what the user says: it is refused with a reason, or renders, and a control
/// token in the user's words is text.
pub fn template(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (source, words) = text.split_once('\0').unwrap_or((&text, "Hello"));
    let tokenizer = &TOKENIZERS[0];
    let Ok(template) = ChatTemplate::of_source(source, tokenizer) else { return };
    if let Ok(rendered) = template.render(&conversation(words)) {
        let ids = tokenizer.encode_pieces(&rendered.pieces());
        // A template may write control tokens itself, in more ways than one.
        let could = ["<", "\\", "_token", "format"].iter().any(|way| source.contains(way));
        assert!(
            could || !ids.iter().any(|&id| tokenizer.vocabulary().ends(id)),
            "the user's words as markup"
        );
    }
}

fn conversation(words: &str) -> [Message; 3] {
    [
        Message::new(Role::System, "Be brief."),
        Message::new(Role::User, words),
        Message::new(Role::Assistant, "Once"),
    ]
}

/// Where a file of this process lies: in memory where the system has that.
fn scratch() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    folder.join(format!("foolscap-fuzz-{}.gguf", std::process::id()))
}

static TOKENIZERS: LazyLock<Vec<Tokenizer>> = LazyLock::new(|| {
    let splitters = ["gpt-2", "llama-bpe", "qwen2", "qwen35", "tekken", "gpt-4o", "smollm", "olmo", "refact"];
    let bpe = splitters.map(byte_pairs);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vocabulary.gguf");
    let read = |w: &Writer| {
        w.write(&path).expect("a file");
        Tokenizer::from_metadata(Gguf::open(&path).expect("a GGUF").metadata()).expect("a tokenizer")
    };
    bpe.iter().chain([&sentence_pieces()]).map(read).collect()
});

/// A vocabulary of bytes with some merges and two control tokens.
pub fn byte_pairs(pre: &str) -> Writer {
    let visible = |b: u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let letter = |b: u8| match visible(b) {
        true => char::from(b),
        false => char::from_u32(0x100 + (0..b).filter(|&b| !visible(b)).count() as u32).unwrap_or(' '),
    };
    let merges = ["t h", "th e", "\u{120} the", "e r", "1 2", "\u{120} \u{120}", "\u{10a} \u{10a}", "' s"];
    let mut tokens: Vec<String> = (0..=255).map(|b| letter(b).to_string()).collect();
    tokens.extend(merges.iter().map(|m| m.replace(' ', "")));
    let mut kinds = vec![1; tokens.len()];
    for (token, kind) in [("<|end|>", 3), ("<|start|>", 3), ("[note]", 4)] {
        tokens.push(token.into());
        kinds.push(kind);
    }
    let mut w = Writer::new("llama");
    w.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", pre);
    w.strings("tokenizer.ggml.tokens", &tokens).integers("tokenizer.ggml.token_type", &kinds);
    w.strings("tokenizer.ggml.merges", &merges);
    w.integer("tokenizer.ggml.eos_token_id", tokens.len() as u32 - 3);
    w
}

/// A vocabulary of pieces with scores, and a token for each byte.
pub fn sentence_pieces() -> Writer {
    let mut tokens: Vec<String> = ["<unk>", "<s>", "</s>"].map(str::to_owned).to_vec();
    let mut kinds = vec![2, 3, 3];
    tokens.extend((0..=255).map(|b| format!("<0x{b:02X}>")));
    kinds.resize(tokens.len(), 6);
    for piece in
        ["\u{2581}", "t", "h", "e", "a", "n", "th", "the", "\u{2581}the", "an", "\u{2581}\u{2581}", "é"]
    {
        tokens.push(piece.into());
        kinds.push(1);
    }
    let scores: Vec<f32> = (0..tokens.len()).map(|i| -((i * 37 % 101) as f32)).collect();
    let mut w = Writer::new("llama");
    w.text("tokenizer.ggml.model", "llama").flag("tokenizer.ggml.add_space_prefix", false);
    w.strings("tokenizer.ggml.tokens", &tokens).integers("tokenizer.ggml.token_type", &kinds);
    w.numbers("tokenizer.ggml.scores", &scores).integer("tokenizer.ggml.eos_token_id", 2);
    w
}

/// A model of one block that works, in a few thousand bytes.
fn small_model() -> Writer {
    let mut w = byte_pairs("gpt-2");
    let vocabulary = 256 + 8 + 3;
    for (key, value) in [
        ("context_length", 64),
        ("embedding_length", 32),
        ("block_count", 1),
        ("feed_forward_length", 32),
        ("attention.head_count", 2),
        ("attention.head_count_kv", 1),
    ] {
        w.integer(&format!("llama.{key}"), value);
    }
    w.number("llama.attention.layer_norm_rms_epsilon", 1e-5);
    w.text("tokenizer.chat_template", "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}");
    let ones = |n: usize| 1f32.to_le_bytes().repeat(n);
    for norm in ["output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"] {
        w.tensor(&format!("{norm}.weight"), &[32], TensorType::F32, ones(32));
    }
    let matrices = [
        ("token_embd", vocabulary, TensorType::Q4_0, 18),
        ("blk.0.attn_q", 32, TensorType::Q8_0, 34),
        ("blk.0.attn_k", 16, TensorType::Q8_0, 34),
        ("blk.0.attn_v", 16, TensorType::F16, 64),
        ("blk.0.attn_output", 32, TensorType::Q5_1, 24),
        ("blk.0.ffn_gate", 32, TensorType::Q4_1, 20),
        ("blk.0.ffn_up", 32, TensorType::IQ4_NL, 18),
        ("blk.0.ffn_down", 32, TensorType::Q5_0, 22),
    ];
    for (name, rows, kind, row) in matrices {
        let bytes = (0..rows * row).map(|i| (i * 31 % 23) as u8).collect();
        w.tensor(&format!("{name}.weight"), &[rows, 32], kind, bytes);
    }
    w
}

/// Inputs to begin with: target, name and bytes.
pub fn seeds() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut out = vec![
        ("gguf", "pieces".to_owned(), sentence_pieces().to_bytes()),
        ("gguf", "pairs".to_owned(), byte_pairs("llama-bpe").to_bytes()),
        ("gguf", "model".to_owned(), small_model().to_bytes()),
    ];
    let texts = [
        "The miller's three cats\n\n  12345 — ¿qué? 猫が三匹。",
        "i̇ſK 👩‍👩‍👧 हिन्दी <|end|> [note]\r\n",
        "\u{feff}\t ",
    ];
    for which in 0..TOKENIZERS.len() as u8 {
        for (i, text) in texts.iter().enumerate() {
            out.push(("tokenizer", format!("{which}-{i}"), [&[which], text.as_bytes()].concat()));
        }
    }
    for (i, source) in foolscap_engine::chat::BUILTIN.iter().map(|b| b.source).enumerate() {
        out.push(("template", format!("builtin-{i}"), format!("{source}\0Hello <|im_end|>").into_bytes()));
    }
    out
}
