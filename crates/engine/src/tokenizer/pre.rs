//! How byte-level BPE splits text before merging: one row for each value of `tokenizer.ggml.pre`. A wrong row
//! gives wrong tokens without a word, so an unknown value is refused by name. The patterns are those that the
//! models' own tokenizer files and llama.cpp (`llama-vocab.cpp`) give for these names.

use fancy_regex::Regex;

use crate::error::{Error, Result};
use crate::gguf::Metadata;

/// A way of splitting.
#[derive(Debug)]
pub struct Splitter {
    /// Values of `tokenizer.ggml.pre`.
    pub names: &'static [&'static str],
    /// Patterns that are applied one after the other, each to the pieces of the one before.
    patterns: &'static [&'static str],
    /// Whether a piece that is a token as a whole is taken without merging.
    pub whole_pieces: bool,
    /// Whether tokens are written as text is (spaces as U+2581), not byte by byte.
    pub raw: bool,
    /// Whether text begins with the beginning-of-text token where the file does not say.
    pub bos: bool,
    /// Whether it does whatever the file says (early Gemma 4 files say no and are wrong).
    pub always_bos: bool,
}

/// GPT-2's own, which tokenizer files mean where they name none.
pub const GPT2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)";
const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN2: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN35: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const TEKKEN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const GPT4O: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

const HAN_TO_HANGUL: &str = r"[\u{4E00}-\u{9FA5}\u{800}-\u{4E00}\u{AC00}-\u{D7FF}&&\S]+";
/// Letters that have a case, as DeepSeek's tokenizer file lists them.
const CASED: &str = r"\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+";

/// The kind of Gemma 4's tokenizer, and its splitter.
pub(super) const GEMMA4: &str = "gemma4";

const PLAIN: Splitter =
    Splitter { names: &[], patterns: &[], whole_pieces: false, raw: false, bos: false, always_bos: false };

/// The splitters that are known. For tekken and gpt-4o the patterns are those of the models' own tokenizer files;
/// llama.cpp approximates their letter cases outside ASCII.
pub const SPLITTERS: &[Splitter] = &[
    Splitter {
        names: &[
            "gpt-2",
            "phi-2",
            "olmo",
            "mpt",
            "jais",
            "granite-docling",
            "trillion",
            "exaone4",
            "gigachat",
        ],
        patterns: &[GPT2],
        ..PLAIN
    },
    Splitter {
        names: &["smollm", "refact", "starcoder", "command-r", "codeshell", "exaone", "minerva-7b"],
        patterns: &[r"\p{N}", GPT2],
        ..PLAIN
    },
    Splitter { names: &["falcon"], patterns: &[r"[\p{P}\$\+<=>\^~\|`]+", GPT2, r"[0-9][0-9][0-9]"], ..PLAIN },
    Splitter {
        names: &["llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"],
        patterns: &[LLAMA3],
        whole_pieces: true,
        bos: true,
        ..PLAIN
    },
    Splitter { names: &["dbrx", "smaug-bpe", "chatglm-bpe"], patterns: &[LLAMA3], ..PLAIN },
    Splitter { names: &["glm4", "glm5"], patterns: &[LLAMA3], whole_pieces: true, ..PLAIN },
    Splitter {
        names: &["qwen2", "deepseek-r1-qwen", "stablelm2", "megrez", "hunyuan", "solar-open", "grok-2"],
        patterns: &[QWEN2],
        ..PLAIN
    },
    Splitter { names: &["qwen35"], patterns: &[QWEN35], ..PLAIN },
    Splitter { names: &["tekken"], patterns: &[TEKKEN], whole_pieces: true, bos: true, ..PLAIN },
    Splitter { names: &["gpt-4o", "llama4", "phi-4", "kanana2"], patterns: &[GPT4O], ..PLAIN },
    Splitter {
        names: &["deepseek-coder"],
        patterns: &[r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", HAN_TO_HANGUL, r"\p{N}"],
        ..PLAIN
    },
    Splitter {
        names: &["deepseek-llm"],
        patterns: &[
            r"[\r\n]",
            CASED,
            r"\s?[!-/:-~！-／：-～‘-‟　-。&&\S]+",
            r"\s+$",
            HAN_TO_HANGUL,
            r"\p{N}+",
        ],
        ..PLAIN
    },
    Splitter { names: &[GEMMA4], patterns: &[r"[^\n]+|[\n]+"], raw: true, always_bos: true, ..PLAIN },
];

impl Splitter {
    /// The splitter with this name.
    ///
    /// # Errors
    /// [`Error::Unsupported`], naming it and those that are known.
    pub fn by_name(name: &str) -> Result<&'static Self> {
        SPLITTERS.iter().find(|s| s.names.contains(&name)).ok_or_else(|| {
            let known: Vec<_> = SPLITTERS.iter().flat_map(|s| s.names).copied().collect();
            Error::Unsupported(format!(
                "its tokenizer splits text by the rule {name:?} (tokenizer.ggml.pre), and this version knows {}; \
                 guessing another would give wrong words",
                known.join(", ")
            ))
        })
    }

    /// The splitter that applies these patterns, each to the pieces of the one before; none where none does.
    /// `whole_pieces`: whether a piece that is a token as a whole is taken without merging.
    pub fn by_patterns(patterns: &[&str], whole_pieces: bool) -> Option<&'static Self> {
        // White space that is left over is one sign, and a piece of its own whether it is matched or not.
        let plain = |pattern: &str| match pattern.strip_suffix(r"|\s+") {
            Some(rest) if rest.ends_with(r"|\s+(?!\S)") => rest.to_owned(),
            _ => pattern.to_owned(),
        };
        let same = |s: &&Splitter| {
            s.whole_pieces == whole_pieces
                && s.patterns.iter().map(|p| plain(p)).eq(patterns.iter().map(|p| plain(p)))
        };
        SPLITTERS.iter().filter(|s| !s.raw).find(same)
    }

    /// The splitter that a file names.
    ///
    /// # Errors
    /// [`Error::Unsupported`] when it names none or one that is not known.
    pub(super) fn from_metadata(meta: &Metadata) -> Result<&'static Self> {
        // Gemma 4 says in the kind of its tokenizer what others say in `pre`.
        let kind = meta.text("tokenizer.ggml.model").filter(|&kind| kind == GEMMA4);
        let name = kind.or_else(|| meta.text("tokenizer.ggml.pre")).ok_or_else(|| {
            Error::Unsupported(
                "it does not say how its tokenizer splits text (tokenizer.ggml.pre is missing)".into(),
            )
        })?;
        Self::by_name(name)
    }

    /// The patterns, compiled.
    pub(super) fn compile(&self) -> Result<Vec<Regex>> {
        let bad = |e| Error::Invalid(format!("the splitter {} does not compile: {e}", self.names[0]));
        self.patterns.iter().map(|p| Regex::new(p).map_err(bad)).collect()
    }
}

/// Cuts `text` into what a pattern matches and what lies between, for each pattern in turn.
pub(super) fn split<'a>(patterns: &[Regex], text: &'a str) -> Vec<&'a str> {
    let mut pieces = vec![text];
    for pattern in patterns {
        let mut finer = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let mut at = 0;
            // A match that fails (the engine's bound on backtracking) leaves the rest as one piece.
            for found in pattern.find_iter(piece).map_while(|m| m.ok()) {
                if found.start() > at {
                    finer.push(&piece[at..found.start()]);
                }
                if found.end() > found.start() {
                    finer.push(found.as_str());
                }
                at = found.end();
            }
            if at < piece.len() {
                finer.push(&piece[at..]);
            }
        }
        pieces = finer;
    }
    pieces
}
