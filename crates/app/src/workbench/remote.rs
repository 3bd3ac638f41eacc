//! A model that is not on this machine: the same prompt, planned as for a model that follows instructions, asked by the
//! OpenAI API. There is no tokenizer to count with, so the starter's counts: its tokens are shorter than others', and what
//! has room by it has room there.

use std::thread;

use foolscap_engine::chat::Role;
use foolscap_engine::{Cancel, ChatTemplate, without_thoughts};
use foolscap_models::endpoint::{Endpoint, Manner, Question};
use foolscap_prompts::{End, Ending, Sent, Target, Verdict};

use super::work::HowItCame;
use crate::actions;
use crate::api::{ActionRequest, Draw, EndReason, Figures, ModelChoice, Problem, ProblemCode};
use crate::context::Background;
use crate::engine::{Planner, Selected};

/// Tokens that an endpoint's model is taken to see.
const CONTEXT: usize = 8192;

/// What came of one draw.
type OneAnswer = Result<(String, HowItCame), Problem>;

/// All that came.
pub(crate) struct Asked {
    /// What was sent, for people.
    pub rendered: String,
    /// In the order of the draws.
    pub answers: Vec<OneAnswer>,
}

/// Asks for all draws at once; what serves many serves several at a time.
///
/// # Errors
/// What is wrong with the request itself.
pub(crate) fn ask(
    choice: &ModelChoice,
    request: &ActionRequest,
    told: &Background,
    draws: &[Draw],
    stop: &Cancel,
) -> Result<Asked, Problem> {
    let key = match &choice.key_variable {
        Some(name) => Some(std::env::var(name).map_err(|_| {
            let message = format!(
                "the variable {name}, which has the key of the endpoint, is not set; set it and go on"
            );
            Problem::new(ProblemCode::BadRequest, message)
        })?),
        None => None,
    };
    let url = choice.endpoint.clone().unwrap_or_default();
    let endpoint = Endpoint { url, model: choice.model.clone(), key };
    let planner = Planner::of_file(&Selected::default())?;
    let tokenizer = planner.target().tokenizer;
    let template = match choice.chat.unwrap_or(true) {
        true => Some(ChatTemplate::builtin("chatml", tokenizer)?),
        false => None,
    };
    let target = Target { tokenizer, template: template.as_ref(), context: CONTEXT };
    let (_, plan) = actions::planned_for(&target, request, told)?;
    let (question, lead) = match &plan.sent {
        Sent::Turns(turns) => {
            let role = |role: Role| match role {
                Role::System => "system",
                Role::User => "user",
                Role::Assistant => "assistant",
            };
            let turns = turns.iter().map(|turn| (role(turn.role).to_owned(), turn.content.clone()));
            (Question::Turns(turns.collect()), plan.lead.clone())
        }
        Sent::Text(text) => (Question::Text(text.clone()), plan.lead.clone()),
        // How a gap is written is each model's own; what stands before it is carried on.
        Sent::Gap { before, .. } => (Question::Text(before.clone()), plan.lead.clone()),
    };
    let rendered = match &question {
        Question::Turns(turns) => {
            turns.iter().map(|(role, text)| format!("[{role}]\n{text}")).collect::<Vec<_>>().join("\n\n")
        }
        Question::Text(text) => text.clone(),
    };
    let one = |draw: &Draw| -> OneAnswer {
        let set = &draw.settings;
        let sampling = &plan.sampling;
        let manner = Manner {
            max_tokens: u32::try_from(plan.max_tokens).ok(),
            stop: plan.stop.clone(),
            seed: Some(draw.seed),
            temperature: Some(set.temperature.unwrap_or(sampling.temperature)),
            top_p: Some(set.top_p.unwrap_or(sampling.top_p)),
            top_k: set.top_k.or_else(|| u32::try_from(sampling.top_k).ok()),
            min_p: Some(set.min_p.unwrap_or(sampling.min_p)),
            repetition_penalty: Some(set.repetition_penalty.unwrap_or(sampling.repetition_penalty)),
            schema: plan.schema.clone(),
        };
        let answered = endpoint.ask(&question, &manner, stop)?;
        let said = stopped(&without_thoughts(&answered.text), &plan.stop);
        let (text, ended) = ended(&plan.end, plan.trim_start, &lead, &said);
        let end = if ended || answered.finish != "length" { EndReason::Stop } else { EndReason::Length };
        let tokens = answered.completion_tokens.unwrap_or_default();
        let figures = Figures {
            prompt_tokens: answered.prompt_tokens.unwrap_or_default(),
            reused_tokens: 0,
            beside: false,
            generated_tokens: tokens,
            first_token_s: answered.seconds,
            prefill_tok_s: 0.0,
            decode_tok_s: f64::from(tokens) / answered.seconds.max(1e-9),
        };
        let how = HowItCame {
            first_s: None,
            seconds: answered.seconds,
            end: Some(end),
            figures: Some(figures),
            perplexity: None,
            drawn: serde_json::from_str(&answered.manner).ok(),
        };
        Ok((text, how))
    };
    let answers = thread::scope(|scope| {
        let asked: Vec<_> = draws.iter().map(|draw| scope.spawn(|| one(draw))).collect();
        let failed = || Err(Problem::new(ProblemCode::Engine, "asking failed without a reason"));
        asked.into_iter().map(|one| one.join().unwrap_or_else(|_| failed())).collect()
    });
    Ok(Asked { rendered, answers })
}

/// A text up to the first of these: the API takes only four of them.
fn stopped(text: &str, stops: &[String]) -> String {
    let first =
        stops.iter().filter(|stop| !stop.is_empty()).filter_map(|stop| text.find(stop.as_str())).min();
    text[..first.unwrap_or(text.len())].to_owned()
}

/// An answer that ends where ours would; and whether it was ended.
fn ended(end: &End, trim_start: bool, lead: &str, text: &str) -> (String, bool) {
    let mut ending = Ending::new(*end, trim_start);
    match ending.push(text) {
        Verdict::End(shown) => (format!("{lead}{shown}"), true),
        Verdict::Show(shown) => (format!("{lead}{shown}"), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_before_the_first_of_its_stops() {
        let stops = ["", "b", "five", "six", "seven", "a"].map(str::to_owned);
        assert_eq!(stopped("one a two b", &stops), "one ");
        assert_eq!(stopped(&without_thoughts("<think>a</think>\n\none"), &stops), "one");
    }
}
