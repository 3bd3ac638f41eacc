//! Answers as the API has them, whole; what a stream's pieces share with them.

use foolscap_app::api::{ActionEvent, EndReason, Figures, TokenChance};
use serde_json::{Value, json};

use crate::error::Refusal;
use crate::work::{Answer, stopped};

/// The least logarithm that is told: JSON has no infinity.
const LEAST: f64 = -9999.0;

/// A token that was drawn, and what could have been.
#[derive(Debug, Clone)]
pub struct Token {
    pub drawn: TokenChance,
    pub likeliest: Vec<TokenChance>,
}

/// What answers cost, all of a request together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    prompt: u32,
    cached: u32,
    completion: u32,
}

#[derive(Debug, Clone, Default)]
struct Candidate {
    text: String,
    tokens: Vec<Token>,
    end: Option<EndReason>,
}

/// Waits for all of it.
///
/// # Errors
/// A [`Refusal`] when the work fails midway.
pub async fn whole(mut answer: Answer) -> Result<Value, Refusal> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut usage = Usage::default();
    while let Some((input, event)) = answer.next().await {
        let place = |candidate: u32| (input * answer.candidates + candidate) as usize;
        match event {
            ActionEvent::Text { candidate, text } => at(&mut candidates, place(candidate)).text += &text,
            ActionEvent::Token { candidate, drawn, likeliest } => {
                at(&mut candidates, place(candidate)).tokens.push(Token { drawn, likeliest });
            }
            ActionEvent::CandidateDone { candidate, reason } => {
                at(&mut candidates, place(candidate)).end = Some(reason);
            }
            ActionEvent::Finished { figures } => usage.add(&figures),
            ActionEvent::Failed { problem } => return Err(problem.into()),
            ActionEvent::Started { .. } | ActionEvent::Reading { .. } => {}
        }
    }
    if candidates.is_empty() || candidates.iter().any(|c| c.end.is_none()) {
        return Err(stopped().into());
    }
    let chat = answer.style.chat;
    let likeliest = answer.likeliest();
    let choice = |(index, c): (usize, &Candidate)| {
        let logprobs = likeliest.map(|n| logprobs(chat, &c.tokens, n, 0));
        let end = c.end.map(finish_reason);
        match chat {
            true => json!({
                "index": index,
                "message": { "role": "assistant", "content": c.text, "refusal": null },
                "logprobs": logprobs,
                "finish_reason": end,
            }),
            false => json!({ "index": index, "text": c.text, "logprobs": logprobs, "finish_reason": end }),
        }
    };
    Ok(json!({
        "id": answer.id,
        "object": if chat { "chat.completion" } else { "text_completion" },
        "created": answer.created,
        "model": answer.model,
        "choices": candidates.iter().enumerate().map(choice).collect::<Vec<_>>(),
        "usage": usage.json(),
    }))
}

/// Makes room for it.
fn at(candidates: &mut Vec<Candidate>, place: usize) -> &mut Candidate {
    if candidates.len() <= place {
        candidates.resize_with(place + 1, Candidate::default);
    }
    &mut candidates[place]
}

impl Usage {
    /// Adds what one input cost.
    pub fn add(&mut self, figures: &Figures) {
        self.prompt += figures.prompt_tokens;
        self.cached += figures.reused_tokens;
        self.completion += figures.generated_tokens;
    }

    /// As the API has it.
    pub fn json(&self) -> Value {
        json!({
            "prompt_tokens": self.prompt,
            "completion_tokens": self.completion,
            "total_tokens": self.prompt + self.completion,
            "prompt_tokens_details": { "cached_tokens": self.cached },
        })
    }
}

/// In the API's words.
pub fn finish_reason(end: EndReason) -> &'static str {
    match end {
        EndReason::EndOfText | EndReason::Stop | EndReason::Cancelled => "stop",
        EndReason::Length | EndReason::ContextFull => "length",
    }
}

/// Tokens with their log-probabilities, each with `n` that could have come. `offset`: characters of the text before them.
pub fn logprobs(chat: bool, tokens: &[Token], n: u32, offset: usize) -> Value {
    if chat {
        let content: Vec<Value> = tokens
            .iter()
            .map(|token| {
                let mut told = of(&token.drawn);
                told["top_logprobs"] = token.likeliest.iter().take(n as usize).map(of).collect();
                told
            })
            .collect();
        return json!({ "content": content, "refusal": null });
    }
    let mut at = offset;
    let offsets: Vec<usize> = tokens
        .iter()
        .map(|token| {
            at += token.drawn.text.chars().count();
            at - token.drawn.text.chars().count()
        })
        .collect();
    let likeliest = |token: &Token| {
        let all = token.likeliest.iter().take(n as usize);
        all.map(|t| (t.text.clone(), logarithm(t.probability).into())).collect::<serde_json::Map<_, Value>>()
    };
    json!({
        "tokens": tokens.iter().map(|t| t.drawn.text.as_str()).collect::<Vec<_>>(),
        "token_logprobs": tokens.iter().map(|t| logarithm(t.drawn.probability)).collect::<Vec<_>>(),
        "top_logprobs": tokens.iter().map(likeliest).collect::<Vec<_>>(),
        "text_offset": offsets,
    })
}

fn of(token: &TokenChance) -> Value {
    json!({
        "token": token.text,
        "logprob": logarithm(token.probability),
        "bytes": token.text.as_bytes(),
    })
}

fn logarithm(probability: f32) -> f64 {
    f64::from(probability).ln().max(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(text: &str, probability: f32) -> TokenChance {
        TokenChance { id: 0, text: text.into(), probability }
    }

    #[test]
    fn log_probabilities_are_numbers_also_for_what_was_impossible() {
        let token = Token { drawn: chance("é", 0.0), likeliest: vec![chance("a", 1.0), chance("b", 0.5)] };
        let chat = logprobs(true, std::slice::from_ref(&token), 1, 0);
        assert_eq!(chat["content"][0]["logprob"], LEAST);
        assert_eq!(chat["content"][0]["top_logprobs"].as_array().unwrap().len(), 1);
        let text = logprobs(false, &[token.clone(), token], 2, 7);
        assert_eq!(text["text_offset"], json!([7, 8]));
        assert_eq!(text["top_logprobs"][0]["a"], 0.0);
    }
}
