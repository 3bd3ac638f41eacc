//! One completion for a loaded model: the text or the conversation as tokens, made ready for the engine's loop.

use foolscap_engine::chat::{Message, Role};
use foolscap_engine::generate::{self, Draft};
use foolscap_engine::sampler;
use foolscap_engine::tokenizer::Piece;
use foolscap_prompts::{End, Ending, Target};

use crate::actions::{MOST_PROBABILITIES, check_count, fresh_seed, grammar, seed_of};
use crate::api::{
    ActionEvent, Completion, ContextReport, Drawing, Input, Problem, ProblemCode, PromptForm, Speaker, Turn,
};
use crate::engine::Planner;
use crate::prepared::Prepared;
use crate::telling::Manner;

/// Makes a completion ready.
pub(crate) fn prepare(planner: &Planner, request: &Completion) -> Result<Prepared, Problem> {
    check_count(request.candidates)?;
    let target = planner.target();
    let tokens = tokens(&target, &request.input)?;
    let room = target.context.saturating_sub(tokens.len());
    if room == 0 {
        return Err(Problem::new(
            ProblemCode::TooLong,
            format!(
                "the prompt has {} tokens, and the model sees {} with its answer; send less, or give the model a longer \
                 context",
                tokens.len(),
                target.context
            ),
        ));
    }
    let seed = request.drawing.seed.unwrap_or_else(fresh_seed);
    let started = ActionEvent::Started {
        request: request.request.clone(),
        candidates: request.candidates,
        seed,
        model: planner.name.clone(),
        prompt: String::new(),
        variant: None,
        sampling: None,
        context: ContextReport {
            form: match request.input {
                Input::Chat(_) => PromptForm::Chat,
                Input::Text(_) | Input::Tokens(_) => PromptForm::Completion,
            },
            used: tokens.len() as u32,
            limit: target.context as u32,
            reserved: 0,
            parts: Vec::new(),
            items: Vec::new(),
        },
    };
    let settings = |candidate| sampler::Settings {
        seed: seed_of(seed, candidate),
        ..sampling(planner, &request.drawing)
    };
    Ok(Prepared {
        started,
        manner: Manner {
            count: request.candidates,
            lead: String::new(),
            ending: Ending::new(End::Never, false),
            without_asides: false,
        },
        request: generate::Request {
            prompt: tokens,
            candidates: (0..request.candidates).map(settings).collect(),
            max_tokens: request.max_tokens.map_or(room, |most| room.min(most as usize)),
            stop: request.stop.clone(),
            hide_thoughts: matches!(request.input, Input::Chat(_)),
            grammar: request.form.as_ref().map(grammar),
            draft: Draft::Lookup,
            alternatives: request.probabilities.unwrap_or(0).min(MOST_PROBABILITIES) as usize,
            ..generate::Request::default()
        },
    })
}

fn tokens(target: &Target<'_>, input: &Input) -> Result<Vec<u32>, Problem> {
    let bad = |message: &str| Problem::new(ProblemCode::BadRequest, message);
    let mut tokens = match input {
        Input::Tokens(tokens) => tokens.clone(),
        Input::Text(text) => target.tokenizer.encode_pieces(&[Piece::Markup(text)]),
        Input::Chat(turns) => {
            let template = target.template.ok_or_else(|| {
                bad("this model carries texts on and knows no conversation; ask for a completion, set a template for \
                     the model, or take one that was instructed")
            })?;
            let messages: Vec<Message> = turns.iter().map(message).collect();
            target.tokenizer.encode_pieces(&template.render(&messages)?.pieces())
        }
    };
    // A template may have put it there itself.
    if !matches!(input, Input::Tokens(_))
        && let Some(bos) = target.tokenizer.beginning()
        && tokens.first() != Some(&bos)
    {
        tokens.insert(0, bos);
    }
    if tokens.is_empty() {
        return Err(bad("there is nothing to carry on; send a text"));
    }
    Ok(tokens)
}

fn message(turn: &Turn) -> Message {
    let role = match turn.speaker {
        Speaker::System => Role::System,
        Speaker::User => Role::User,
        Speaker::Assistant => Role::Assistant,
    };
    Message::new(role, turn.text.as_str())
}

fn sampling(planner: &Planner, drawing: &Drawing) -> sampler::Settings {
    let mut settings = planner.sampling(&sampler::Settings::default());
    let set = |value: Option<f32>, setting: &mut f32| *setting = value.unwrap_or(*setting);
    set(drawing.temperature, &mut settings.temperature);
    set(drawing.top_p, &mut settings.top_p);
    set(drawing.min_p, &mut settings.min_p);
    set(drawing.frequency_penalty, &mut settings.frequency_penalty);
    set(drawing.presence_penalty, &mut settings.presence_penalty);
    set(drawing.repetition_penalty, &mut settings.repetition_penalty);
    settings.top_k = drawing.top_k.map_or(settings.top_k, |k| k as usize);
    settings.logit_bias.clone_from(&drawing.logit_bias);
    settings
}
