//! How likely a model finds a text: its perplexity, after what precedes it.

use foolscap_engine::generate::CHUNK;
use foolscap_engine::{Cancel, Decoder, LoadOptions, Run, Tokenizer, Want};
use foolscap_models::Choice;

use crate::api::Problem;

/// Tokens of what precedes a text that are read; more would say little about it.
const BEFORE: usize = 1024;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scored {
    /// It was stopped.
    Stopped,
    /// The figure; none for a text without tokens.
    Perplexity(Option<f64>),
}

/// A model that is asked how likely texts are.
pub struct Scorer {
    decoder: Decoder,
    tokenizer: Tokenizer,
}

impl Scorer {
    /// Loads a model for it.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::ModelUnusable`].
    pub fn load(choice: &Choice) -> Result<Self, Problem> {
        let gguf = choice.open()?;
        let tokenizer = Tokenizer::from_metadata(gguf.metadata())?;
        let decoder = Decoder::load(&gguf, &LoadOptions::default(), &Cancel::new(), |_| {})?;
        Ok(Self { decoder, tokenizer })
    }

    /// The perplexity of a text after another: e to the mean negative log-likelihood of its tokens (Jelinek and others 1977).
    /// Every few tokens `stopped` is asked whether to go on.
    ///
    /// # Errors
    /// As reading a prompt.
    pub fn perplexity(
        &self,
        before: &str,
        text: &str,
        stopped: &dyn Fn() -> bool,
    ) -> Result<Scored, Problem> {
        let answer = self.tokenizer.encode(text);
        if answer.is_empty() {
            return Ok(Scored::Perplexity(None));
        }
        let context = self.tokenizer.encode(before);
        let room = self.decoder.config().context.saturating_sub(answer.len() + 1).min(BEFORE);
        let context = &context[context.len().saturating_sub(room)..];
        // The first token's chance needs something before it.
        let start = self.tokenizer.beginning().or(Some(0)).into_iter();
        let all: Vec<u32> = start.chain(context.iter().copied()).chain(answer.iter().copied()).collect();
        let first = all.len() - answer.len();
        let (cancel, mut cache) = (Cancel::new(), self.decoder.cache());
        let sequence = cache.start();
        let (mut at, mut sum) = (0, 0.0);
        for tokens in all.chunks(CHUNK) {
            if stopped() {
                return Ok(Scored::Stopped);
            }
            // Those that foretell a token of the text, without the last: nothing comes after it.
            let wanted: Vec<usize> =
                (0..tokens.len()).filter(|i| at + i + 1 >= first && at + i + 1 < all.len()).collect();
            let run = Run { sequence, tokens, logits: Want::At(wanted.clone()) };
            let logits = self.decoder.forward(&mut cache, &[run], &cancel)?;
            let rows = logits.values().chunks(self.decoder.config().vocab);
            for (row, i) in rows.zip(wanted) {
                sum += log_likelihood(row, all[at + i + 1] as usize);
            }
            at += tokens.len();
        }
        Ok(Scored::Perplexity(Some((-sum / answer.len() as f64).exp())))
    }
}

fn log_likelihood(logits: &[f32], token: usize) -> f64 {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|&logit| f64::from(logit - most).exp()).sum();
    logits.get(token).map_or(f64::NEG_INFINITY, |&logit| f64::from(logit - most) - sum.ln())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::{logits, tokenize};

    fn told(scorer: &Scorer, before: &str, text: &str) -> Option<f64> {
        match scorer.perplexity(before, text, &|| false).unwrap() {
            Scored::Perplexity(figure) => figure,
            Scored::Stopped => panic!("nobody stopped it"),
        }
    }

    #[test]
    fn it_is_what_the_logits_say() {
        let scorer = Scorer::load(&Choice::Starter).unwrap();
        let (before, text) = ("The keeper went up to", " the lamp room.");
        let told = told(&scorer, before, text).unwrap();
        let ids = |text| tokenize(&Choice::Starter, text, false).unwrap();
        let start = scorer.tokenizer.beginning().unwrap_or(0);
        let all: Vec<u32> = std::iter::once(start).chain(ids(before)).chain(ids(text)).collect();
        let rows = logits(&Choice::Starter, &all).unwrap();
        let count = ids(text).len();
        let sum: f64 = (all.len() - count..all.len())
            .map(|at| {
                let row = &rows.values[(at - 1) * rows.vocabulary..at * rows.vocabulary];
                let sum: f64 = row.iter().map(|&logit| f64::from(logit).exp()).sum();
                (f64::from(row[all[at] as usize]).exp() / sum).ln()
            })
            .sum();
        let expected = (-sum / count as f64).exp();
        assert!((told / expected - 1.0).abs() < 1e-4, "{told} and {expected}");
    }

    #[test]
    fn what_a_model_would_write_is_likelier_than_what_nobody_would() {
        let scorer = Scorer::load(&Choice::Starter).unwrap();
        let of = |text| told(&scorer, "He opened the door and", text).unwrap();
        assert!(of(" went out into the street.") < of(" purple seven the of quickly."));
        assert_eq!(told(&scorer, "x", ""), None);
        assert_eq!(scorer.perplexity("x", " y", &|| true).unwrap(), Scored::Stopped);
        // Longer than the model sees.
        assert!(told(&scorer, &"word ".repeat(9000), " and more.").unwrap().is_finite());
    }
}
