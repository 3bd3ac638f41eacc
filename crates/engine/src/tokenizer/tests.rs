//! Small vocabularies made here; whole ones of real models are held against llama.cpp in the workspace's
//! `tests`.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::gguf::{Gguf, Writer};

pub(crate) fn read(w: &Writer) -> Result<Tokenizer> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("vocab.gguf");
    w.write(&path).unwrap();
    Tokenizer::from_metadata(Gguf::open(&path)?.metadata())
}

/// The 256 letters, then what the merges give, then two control tokens and a user-defined one.
pub(crate) fn bpe(pre: &str, merges: &[&str]) -> Writer {
    let mut tokens: Vec<String> = (0..=255u8).map(|b| bpe_letter(b).to_string()).collect();
    tokens.extend(merges.iter().map(|m| m.replace(' ', "")));
    let mut kinds = vec![1; tokens.len()];
    for (token, kind) in [("<|end|>", 3), ("<|start|>", 3), ("[note]", 4)] {
        tokens.push(token.into());
        kinds.push(kind);
    }
    let mut w = Writer::new("llama");
    w.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", pre);
    w.strings("tokenizer.ggml.tokens", &tokens).integers("tokenizer.ggml.token_type", &kinds);
    w.strings("tokenizer.ggml.merges", merges);
    w
}

/// A token for each byte, and those of [`bpe`], the first of which ends a text.
pub(crate) fn bytes_only() -> Tokenizer {
    let mut w = bpe("gpt-2", &[]);
    w.integer("tokenizer.ggml.eos_token_id", 256);
    read(&w).unwrap()
}

fn bpe_letter(byte: u8) -> char {
    let visible = |b: &u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    match visible(&byte) {
        true => char::from(byte),
        false => char::from_u32(0x100 + (0..byte).filter(|b| !visible(b)).count() as u32).unwrap(),
    }
}

fn texts(t: &Tokenizer, ids: &[u32]) -> Vec<String> {
    ids.iter().map(|&id| t.vocabulary().text(id).into_owned()).collect()
}

#[test]
fn merges_go_by_rank_and_not_from_left_to_right() {
    let t = read(&bpe("gpt-2", &["b c", "a b", "a bc"])).unwrap();
    assert_eq!(texts(&t, &t.encode("abc")), ["abc"]);
    let t = read(&bpe("gpt-2", &["a b", "b c"])).unwrap();
    assert_eq!(texts(&t, &t.encode("abc")), ["ab", "c"]);
}

#[test]
fn of_equal_pairs_the_left_one_is_merged_first() {
    let t = read(&bpe("gpt-2", &["a a"])).unwrap();
    assert_eq!(texts(&t, &t.encode("aaa")), ["aa", "a"]);
}

#[test]
fn control_tokens_in_a_writers_text_stay_text() {
    let t = read(&bpe("gpt-2", &[])).unwrap();
    let end = t.vocabulary().id(b"<|end|>").unwrap();
    assert!(!t.encode("The sign said <|end|>.").contains(&end));
    assert_eq!(t.decode(&t.encode("The sign said <|end|>.")), "The sign said <|end|>.");
    assert_eq!(t.encode_pieces(&[Piece::Markup("<|end|>")]), [end]);
}

#[test]
fn user_defined_tokens_are_text_and_one_token_anywhere() {
    let t = read(&bpe("gpt-2", &[])).unwrap();
    let note = t.vocabulary().id(b"[note]").unwrap();
    let ids = t.encode("a[note]b");
    assert_eq!(ids.len(), 3);
    assert_eq!(ids[1], note);
    assert_eq!(t.decode(&ids), "a[note]b");
}

#[test]
fn text_beside_markup_is_split_as_if_it_were_one() {
    let t = read(&bpe("gpt-2", &["Ġ a", "Ġa b"])).unwrap();
    let apart = t.encode_pieces(&[Piece::Markup("x "), Piece::Text("ab")]);
    assert_eq!(apart, t.encode("x ab"));
}

#[test]
fn an_unknown_splitter_is_refused_by_name() {
    let error = read(&bpe("brand-new", &[])).err().unwrap().to_string();
    assert!(error.contains("\"brand-new\"") && error.contains("llama-bpe"), "{error}");
}

#[test]
fn numbers_are_split_as_each_model_does() {
    let split = |pre: &str| {
        let t = read(&bpe(pre, &["1 2", "12 3", "123 4", "1234 5"])).unwrap();
        texts(&t, &t.encode("12345"))
    };
    assert_eq!(split("gpt-2"), ["12345"]);
    assert_eq!(split("llama-bpe"), ["123", "4", "5"]);
    assert_eq!(split("qwen2"), ["1", "2", "3", "4", "5"]);
    assert_eq!(split("smollm"), ["1", "2", "3", "4", "5"]);
}

#[test]
fn merges_that_do_not_fit_are_an_error() {
    let mut w = bpe("gpt-2", &["ab"]);
    w.flag("x", true);
    assert!(read(&w).err().unwrap().to_string().contains("merges[0]"));
}

fn spm() -> Writer {
    let mut tokens: Vec<String> = vec!["<unk>".into(), "<s>".into(), "</s>".into()];
    let mut kinds = vec![2, 3, 3];
    let mut scores = vec![0.0; 3];
    for byte in 0..=255u8 {
        tokens.push(format!("<0x{byte:02X}>"));
        kinds.push(6);
        scores.push(0.0);
    }
    for (i, token) in ["▁", "a", "b", "c", "ab", "bc", "▁a", "▁ab"].iter().enumerate() {
        tokens.push((*token).into());
        kinds.push(1);
        scores.push(-(i as f32));
    }
    let mut w = Writer::new("llama");
    w.text("tokenizer.ggml.model", "llama").strings("tokenizer.ggml.tokens", &tokens);
    w.integers("tokenizer.ggml.token_type", &kinds).numbers("tokenizer.ggml.scores", &scores);
    w
}

#[test]
fn sentencepiece_merges_by_score_and_falls_back_to_bytes() {
    let t = read(&spm()).unwrap();
    assert_eq!(texts(&t, &t.encode("abc")), ["▁ab", "c"]);
    assert_eq!(texts(&t, &t.encode("é")), ["▁", "<0xC3>", "<0xA9>"]);
    assert_eq!(t.decode(&t.encode("abc é")), "abc é");
    assert_eq!(t.beginning(), Some(1));
}

#[test]
fn ends_of_text_are_known_by_number_and_by_name() {
    let mut w = bpe("gpt-2", &[]);
    w.integer("tokenizer.ggml.eos_token_id", 257);
    let t = read(&w).unwrap();
    assert!(t.vocabulary().ends(256) && t.vocabulary().ends(257) && !t.vocabulary().ends(258));
}

static BPE: LazyLock<Vec<Tokenizer>> = LazyLock::new(|| {
    let merges = ["Ġ a", "t h", "th e", "à ¤"];
    ["gpt-2", "smollm", "llama-bpe", "qwen2"].iter().map(|pre| read(&bpe(pre, &merges)).unwrap()).collect()
});
static SPM: LazyLock<Tokenizer> = LazyLock::new(|| read(&spm()).unwrap());

proptest! {
    #[test]
    fn any_text_comes_back_whole(text in "\\PC{0,40}|(.|\\s){0,40}") {
        for t in BPE.iter() {
            prop_assert_eq!(t.decode(&t.encode(&text)), text.clone(), "{}", t.describe());
        }
        prop_assert_eq!(SPM.decode(&SPM.encode(&text)), text);
    }
}

#[test]
fn the_sign_for_a_space_is_no_space() {
    for text in ["▁", "a▁b", " ▁ ", "▁▁a ", "a ▁"] {
        assert_eq!(SPM.decode(&SPM.encode(text)), text);
        assert_ne!(SPM.encode(text), SPM.encode(&text.replace('▁', " ")));
    }
}

#[test]
fn a_splitter_is_recognised_by_its_patterns() {
    let named = |patterns: &[&str], whole| Splitter::by_patterns(patterns, whole).map(|s| s.names[0]);
    assert_eq!(named(&[GPT2], false), Some("gpt-2"));
    assert_eq!(named(&[&format!(r"{GPT2}|\s+")], false), Some("gpt-2"));
    assert_eq!(named(&[r"\p{N}", GPT2], false), Some("smollm"));
    assert_eq!(named(&[GPT2, r"\p{N}"], false), None);
    assert_eq!(named(&[GPT2], true), None);
    let llama = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    assert_eq!((named(&[llama], true), named(&[llama], false)), (Some("llama-bpe"), Some("dbrx")));
}
