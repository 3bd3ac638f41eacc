//! Answers that must have a form: a JSON schema, a regular expression or a grammar says which tokens may come next.
//! The parsing is llguidance's; here is what ties it to a vocabulary and to an answer on its way.

use std::sync::Arc;

use llguidance::api::TopLevelGrammar;
use llguidance::toktrie::{ApproximateTokEnv, TokEnv, TokRxInfo, TokTrie};
use llguidance::{Matcher, ParserFactory};
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::tokenizer::Tokenizer;

/// The form of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grammar {
    /// JSON that a schema (JSON Schema 2020-12, as text) accepts.
    JsonSchema(String),
    /// Text that a regular expression matches as a whole.
    Regex(String),
    /// Text of a context-free grammar in Lark's notation, from its rule `start`.
    Lark(String),
}

/// Makes guides for the vocabulary of one model.
pub(crate) struct Grammars {
    factory: ParserFactory,
}

impl Grammars {
    /// Sorts the vocabulary into a tree: some tenths of a second for a large one.
    ///
    /// # Errors
    /// [`Error::Grammar`] when llguidance does not take the vocabulary.
    pub fn new(tokenizer: &Tokenizer) -> Result<Self> {
        let vocabulary = tokenizer.vocabulary();
        let ids = 0..vocabulary.len() as u32;
        let word = |id: u32| match tokenizer.bytes(id) {
            bytes if !bytes.is_empty() => bytes,
            _ => special(&vocabulary.text(id)),
        };
        let mut words: Vec<Vec<u8>> = ids.clone().map(word).collect();
        let mut ends: Vec<u32> = ids.filter(|&id| vocabulary.ends(id)).collect();
        if ends.is_empty() {
            // A model that cannot say that it is done: where it would have to, nothing may come.
            ends.push(words.len() as u32);
            words.push(special("end"));
        }
        let trie = TokTrie::from(&TokRxInfo::new(words.len() as u32, ends[0]), &words).with_eos_tokens(&ends);
        let environment: TokEnv = Arc::new(ApproximateTokEnv::new(trie));
        let mut factory = ParserFactory::new_simple(&environment).map_err(unusable)?;
        factory.quiet();
        Ok(Self { factory })
    }

    /// A guide at the beginning of an answer.
    ///
    /// # Errors
    /// [`Error::Grammar`] with the reason for a grammar that is wrong or too large.
    pub fn guide(&self, grammar: &Grammar) -> Result<Guide> {
        let parsed = match grammar {
            Grammar::Regex(pattern) => TopLevelGrammar::from_regex(pattern),
            Grammar::Lark(text) => TopLevelGrammar::from_lark(text.clone()),
            Grammar::JsonSchema(text) => {
                let schema = serde_json::from_str(text);
                let mut schema = schema.map_err(|e| Error::Grammar(format!("the schema is no JSON: {e}")))?;
                compact(&mut schema);
                TopLevelGrammar::from_json_schema(schema)
            }
        };
        let matcher = Matcher::new(self.factory.create_parser(parsed));
        match matcher.get_error() {
            Some(reason) => Err(Error::Grammar(reason.trim().to_owned())),
            None => Ok(Guide { matcher }),
        }
    }
}

/// Asks for JSON without white space between its parts: a model that likes it would write nothing else.
fn compact(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        let spacing = json!({ "whitespace_flexible": false, "item_separator": ",", "key_separator": ":" });
        object.insert("x-guidance".into(), spacing);
    }
}

/// A token that is no text, in llguidance's notation.
fn special(name: &str) -> Vec<u8> {
    [&[TokTrie::SPECIAL_TOKEN_MARKER], name.as_bytes()].concat()
}

fn unusable(e: impl std::fmt::Display) -> Error {
    Error::Grammar(e.to_string())
}

/// Watches over one answer.
#[derive(Clone)]
pub(crate) struct Guide {
    matcher: Matcher,
}

impl Guide {
    /// The logits, with no number for tokens that may not come now; none when nothing may.
    ///
    /// # Errors
    /// [`Error::Grammar`] when the grammar takes more work than is allowed.
    pub fn narrow(&mut self, logits: &[f32]) -> Result<Option<Vec<f32>>> {
        let mask = self.matcher.compute_mask_or_eos().map_err(unusable)?;
        let one = |(token, &logit): (usize, &f32)| match token < mask.len() && mask.get(token) {
            true => logit,
            false => f32::NAN,
        };
        let narrowed: Vec<f32> = logits.iter().enumerate().map(one).collect();
        Ok(narrowed.iter().any(|l| !l.is_nan()).then_some(narrowed))
    }

    /// Counts a token as part of the answer; gives whether the answer is whole and nothing may follow.
    ///
    /// # Errors
    /// [`Error::Grammar`] when it may not come here.
    pub fn take(&mut self, token: u32) -> Result<bool> {
        self.matcher.consume_token(token).map_err(unusable)?;
        Ok(self.matcher.is_stopped())
    }

    /// Takes the last `n` tokens back.
    ///
    /// # Errors
    /// [`Error::Grammar`] when there were fewer.
    pub fn take_back(&mut self, n: usize) -> Result<()> {
        self.matcher.rollback(n).map_err(unusable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::tests::bytes_only;

    /// Goes through a text byte by byte: how many may come, and whether the answer is whole then.
    fn accepted(grammar: &Grammar, text: &str) -> (usize, bool) {
        let tokenizer = bytes_only();
        let mut guide = Grammars::new(&tokenizer).unwrap().guide(grammar).unwrap();
        let logits = vec![0.0; tokenizer.vocabulary().len()];
        let end = (0..logits.len() as u32).find(|&id| tokenizer.vocabulary().ends(id)).unwrap();
        for (at, piece) in text.char_indices() {
            let id = tokenizer.encode(&piece.to_string())[0];
            match guide.narrow(&logits).unwrap() {
                Some(narrowed) if !narrowed[id as usize].is_nan() => guide.take(id).unwrap(),
                _ => return (at, false),
            };
        }
        let whole = guide.narrow(&logits).unwrap().is_some_and(|narrowed| !narrowed[end as usize].is_nan());
        (text.len(), whole)
    }

    #[test]
    fn only_what_a_regular_expression_matches_may_come() {
        let date = Grammar::Regex("[0-9]{4}-[0-9]{2}".into());
        assert_eq!(accepted(&date, "2026-11"), (7, true));
        assert_eq!(accepted(&date, "2026-"), (5, false));
        assert_eq!(accepted(&date, "2026-1x"), (6, false));
        assert_eq!(accepted(&date, "2026-113"), (7, false));
    }

    #[test]
    fn only_json_of_the_schema_may_come() {
        let schema = r#"{"type":"object","properties":{"tense":{"enum":["past","present"]}},
            "required":["tense"],"additionalProperties":false}"#;
        let schema = Grammar::JsonSchema(schema.into());
        assert_eq!(accepted(&schema, r#"{"tense":"past"}"#), (16, true));
        assert_eq!(accepted(&schema, r#"{"tense":"future"}"#), (10, false));
        assert_eq!(accepted(&schema, r#"{"mood":"#), (2, false));
    }

    #[test]
    fn only_words_of_a_grammar_may_come() {
        let grammar = Grammar::Lark("start: \"(\" start \")\" | \"a\"".into());
        assert_eq!(accepted(&grammar, "((a))"), (5, true));
        assert_eq!(accepted(&grammar, "((a)"), (4, false));
        assert_eq!(accepted(&grammar, "((a)))"), (5, false));
    }

    #[test]
    fn what_was_taken_back_may_come_again() {
        let tokenizer = bytes_only();
        let grammar = Grammar::Regex("ab".into());
        let mut guide = Grammars::new(&tokenizer).unwrap().guide(&grammar).unwrap();
        let [a, b] = ["a", "b"].map(|t| tokenizer.encode(t)[0]);
        guide.take(a).unwrap();
        guide.take(b).unwrap();
        guide.take_back(1).unwrap();
        let narrowed = guide.narrow(&vec![0.0; tokenizer.vocabulary().len()]).unwrap().unwrap();
        assert!(!narrowed[b as usize].is_nan() && narrowed[a as usize].is_nan());
    }

    #[test]
    fn a_grammar_that_is_wrong_is_told() {
        let grammars = Grammars::new(&bytes_only()).unwrap();
        for wrong in [
            Grammar::JsonSchema("{".into()),
            Grammar::JsonSchema(r#"{"type":"novel"}"#.into()),
            Grammar::Regex("(".into()),
            Grammar::Lark("begin: \"a\"".into()),
        ] {
            assert!(matches!(grammars.guide(&wrong), Err(Error::Grammar(_))), "{wrong:?}");
        }
    }
}
