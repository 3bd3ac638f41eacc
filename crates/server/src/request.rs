//! What clients of the API send, and what it asks of the model. What the API has and this server has not is refused by
//! name, where passing over it would give another answer than was asked for; what changes no answer is passed over.

use std::collections::BTreeMap;

use foolscap_app::api::{AnswerForm, Drawing, Input, Speaker, Turn};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Refusal;

/// What is asked of the model, one after the other.
#[derive(Debug)]
pub struct Asked {
    /// None: whichever is served.
    pub model: Option<String>,
    /// Each is carried on by itself.
    pub inputs: Vec<Input>,
    /// Answers to each.
    pub candidates: u32,
    pub max_tokens: Option<u32>,
    pub stop: Vec<String>,
    pub drawing: Drawing,
    pub form: Option<AnswerForm>,
    /// Likeliest tokens to tell with each that is drawn; none: no token is told.
    pub likeliest: Option<u32>,
    pub style: Style,
}

/// In which form the answer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub chat: bool,
    /// As it comes.
    pub streamed: bool,
    /// With what it cost at the end of a stream (a whole answer has it always).
    pub usage: bool,
}

/// `POST /v1/completions`.
#[derive(Debug, Deserialize)]
pub struct CompletionBody {
    prompt: Prompt,
    suffix: Option<String>,
    echo: Option<bool>,
    best_of: Option<u32>,
    logprobs: Option<u32>,
    #[serde(flatten)]
    common: Common,
}

/// `POST /v1/chat/completions`.
#[derive(Debug, Deserialize)]
pub struct ChatBody {
    messages: Vec<Message>,
    logprobs: Option<bool>,
    top_logprobs: Option<u32>,
    max_completion_tokens: Option<u32>,
    tools: Option<Vec<Value>>,
    functions: Option<Vec<Value>>,
    audio: Option<Value>,
    modalities: Option<Vec<String>>,
    #[serde(flatten)]
    common: Common,
}

#[derive(Debug, Deserialize)]
struct Common {
    model: Option<String>,
    max_tokens: Option<u32>,
    n: Option<u32>,
    stop: Option<OneOrMany<String>>,
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    seed: Option<i64>,
    temperature: Option<f32>,
    top_p: Option<f32>,
    frequency_penalty: Option<f32>,
    presence_penalty: Option<f32>,
    logit_bias: Option<BTreeMap<String, f32>>,
    response_format: Option<Format>,
    // Beyond the API, as other local servers have them.
    top_k: Option<u32>,
    min_p: Option<f32>,
    repetition_penalty: Option<f32>,
    regex: Option<String>,
    lark: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Prompt {
    Text(String),
    Tokens(Vec<u32>),
    Texts(Vec<String>),
    ManyTokens(Vec<Vec<u32>>),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

#[derive(Debug, Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: bool,
}

#[derive(Debug, Deserialize)]
struct Message {
    role: String,
    content: Option<Content>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Debug, Deserialize)]
struct Part {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Format {
    Text,
    JsonObject,
    JsonSchema { json_schema: Schema },
}

#[derive(Debug, Deserialize)]
struct Schema {
    schema: Option<Value>,
}

/// What the API says for a completion without `max_tokens`.
const FEW: u32 = 16;
/// Likeliest tokens that may be asked for.
const MOST_LIKELIEST: u32 = 20;
/// Prompts, and texts to stop at, in one request.
const MOST_PROMPTS: usize = 64;
const MOST_STOPS: usize = 16;

impl CompletionBody {
    /// # Errors
    /// [`Refusal::unreadable`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        read(bytes)
    }

    /// # Errors
    /// A [`Refusal`] that names the parameter.
    pub fn asked(self) -> Result<Asked, Refusal> {
        if self.suffix.is_some_and(|suffix| !suffix.is_empty()) {
            return Err(Refusal::unsupported("suffix", "send the text before the place alone"));
        }
        if self.echo == Some(true) {
            return Err(Refusal::unsupported("echo", "put the prompt before the answer yourself"));
        }
        if self.best_of.is_some_and(|best| best > self.common.n.unwrap_or(1)) {
            return Err(Refusal::unsupported("best_of", "ask for as many with `n`, and choose"));
        }
        let inputs: Vec<Input> = match self.prompt {
            Prompt::Text(text) => vec![Input::Text(text)],
            Prompt::Tokens(tokens) if tokens.is_empty() => Vec::new(),
            Prompt::Tokens(tokens) => vec![Input::Tokens(tokens)],
            Prompt::Texts(texts) => texts.into_iter().map(Input::Text).collect(),
            Prompt::ManyTokens(all) => all.into_iter().map(Input::Tokens).collect(),
        };
        if inputs.is_empty() || inputs.len() > MOST_PROMPTS {
            return Err(Refusal::parameter("prompt", format!("send between 1 and {MOST_PROMPTS} prompts")));
        }
        let max_tokens = Some(self.common.max_tokens.unwrap_or(FEW));
        self.common.asked(inputs, max_tokens, self.logprobs, false)
    }
}

impl ChatBody {
    /// # Errors
    /// [`Refusal::unreadable`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        read(bytes)
    }

    /// # Errors
    /// A [`Refusal`] that names the parameter.
    pub fn asked(self) -> Result<Asked, Refusal> {
        let called = [("tools", &self.tools), ("functions", &self.functions)];
        if let Some((name, _)) = called.iter().find(|(_, list)| list.as_ref().is_some_and(|l| !l.is_empty()))
        {
            return Err(Refusal::unsupported(name, "say in the messages what is wanted, and give a schema"));
        }
        if self.audio.is_some() || self.modalities.is_some_and(|all| all.iter().any(|m| m != "text")) {
            return Err(Refusal::unsupported("modalities", "answers are texts"));
        }
        let turns = self.messages.into_iter().map(Message::turn).collect::<Result<Vec<_>, _>>()?;
        if turns.is_empty() {
            return Err(Refusal::parameter("messages", "there are no messages; send at least one"));
        }
        let max_tokens = self.max_completion_tokens.or(self.common.max_tokens);
        let likeliest = self.logprobs.unwrap_or(false).then_some(self.top_logprobs.unwrap_or(0));
        self.common.asked(vec![Input::Chat(turns)], max_tokens, likeliest, true)
    }
}

impl Common {
    fn asked(
        self,
        inputs: Vec<Input>,
        max_tokens: Option<u32>,
        likeliest: Option<u32>,
        chat: bool,
    ) -> Result<Asked, Refusal> {
        between("temperature", self.temperature, 0.0, 2.0)?;
        between("top_p", self.top_p, 0.0, 1.0)?;
        between("min_p", self.min_p, 0.0, 1.0)?;
        between("frequency_penalty", self.frequency_penalty, -2.0, 2.0)?;
        between("presence_penalty", self.presence_penalty, -2.0, 2.0)?;
        between("repetition_penalty", self.repetition_penalty, 0.1, 10.0)?;
        if likeliest.is_some_and(|n| n > MOST_LIKELIEST) {
            let name = if chat { "top_logprobs" } else { "logprobs" };
            return Err(Refusal::parameter(
                name,
                format!("at most {MOST_LIKELIEST} likeliest tokens are told"),
            ));
        }
        let stop = match self.stop {
            None => Vec::new(),
            Some(OneOrMany::One(one)) => vec![one],
            Some(OneOrMany::Many(many)) => many,
        };
        if stop.len() > MOST_STOPS || stop.iter().any(String::is_empty) {
            return Err(Refusal::parameter("stop", format!("at most {MOST_STOPS} texts, and no empty one")));
        }
        let streamed = self.stream.unwrap_or(false);
        Ok(Asked {
            form: form(self.response_format, self.regex, self.lark)?,
            model: self.model,
            inputs,
            candidates: self.n.unwrap_or(1),
            max_tokens,
            stop,
            drawing: Drawing {
                seed: self.seed.map(|seed| (seed ^ seed >> 32) as u32),
                temperature: self.temperature,
                top_p: self.top_p,
                top_k: self.top_k,
                min_p: self.min_p,
                frequency_penalty: self.frequency_penalty,
                presence_penalty: self.presence_penalty,
                repetition_penalty: self.repetition_penalty,
                logit_bias: self.logit_bias.into_iter().flatten().map(bias).collect::<Result<_, _>>()?,
            },
            likeliest,
            style: Style { chat, streamed, usage: self.stream_options.is_some_and(|o| o.include_usage) },
        })
    }
}

impl Message {
    fn turn(self) -> Result<Turn, Refusal> {
        let speaker = match self.role.as_str() {
            "system" | "developer" => Speaker::System,
            "user" => Speaker::User,
            "assistant" => Speaker::Assistant,
            other => {
                let message =
                    format!("there is no role {other:?} here; there are system, user and assistant");
                return Err(Refusal::parameter("messages", message));
            }
        };
        let text = match self.content {
            None => String::new(),
            Some(Content::Text(text)) => text,
            Some(Content::Parts(parts)) => {
                parts.into_iter().map(Part::words).collect::<Result<String, _>>()?
            }
        };
        Ok(Turn { speaker, text })
    }
}

impl Part {
    fn words(self) -> Result<String, Refusal> {
        match (self.kind.as_str(), self.text) {
            ("text", Some(text)) => Ok(text),
            (kind, _) => {
                let message = format!("a message has a part of the kind {kind:?}; only text is read here");
                Err(Refusal::parameter("messages", message))
            }
        }
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|e| Refusal::unreadable(&e.to_string()))
}

fn between(name: &str, value: Option<f32>, least: f32, most: f32) -> Result<(), Refusal> {
    match value {
        Some(value) if !(least..=most).contains(&value) => {
            Err(Refusal::parameter(name, format!("`{name}` is {value}, and goes from {least} to {most}")))
        }
        _ => Ok(()),
    }
}

fn bias((token, bias): (String, f32)) -> Result<(u32, f32), Refusal> {
    let fit = token.parse().ok().filter(|_| (-100.0..=100.0).contains(&bias));
    let refusal = || Refusal::parameter("logit_bias", "each is the number of a token, with -100 to 100");
    fit.map(|token| (token, bias)).ok_or_else(refusal)
}

fn form(
    format: Option<Format>,
    regex: Option<String>,
    lark: Option<String>,
) -> Result<Option<AnswerForm>, Refusal> {
    let of_format = match format {
        None | Some(Format::Text) => None,
        Some(Format::JsonObject) => Some(AnswerForm::JsonSchema(r#"{"type":"object"}"#.to_owned())),
        Some(Format::JsonSchema { json_schema: Schema { schema: Some(schema) } }) => {
            Some(AnswerForm::JsonSchema(schema.to_string()))
        }
        Some(Format::JsonSchema { .. }) => {
            return Err(Refusal::parameter("response_format", "`json_schema` has no `schema`"));
        }
    };
    let mut all = [of_format, regex.map(AnswerForm::Regex), lark.map(AnswerForm::Lark)].into_iter().flatten();
    let first = all.next();
    match all.next() {
        None => Ok(first),
        Some(_) => Err(Refusal::parameter("response_format", "an answer has one form; name one")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn chat(more: Value) -> Result<Asked, Refusal> {
        let mut body = json!({ "messages": [{ "role": "user", "content": "hello" }] });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ChatBody::read(body.to_string().as_bytes())?.asked()
    }

    fn completion(body: Value) -> Result<Asked, Refusal> {
        CompletionBody::read(body.to_string().as_bytes())?.asked()
    }

    fn refused(asked: Result<Asked, Refusal>) -> Value {
        asked.unwrap_err().json()["error"]["param"].clone()
    }

    #[test]
    fn prompts_come_as_texts_and_as_tokens_one_or_many() {
        let inputs = |prompt: Value| completion(json!({ "prompt": prompt })).unwrap().inputs;
        assert_eq!(inputs(json!("a")), [Input::Text("a".into())]);
        assert_eq!(inputs(json!(["a", "b"])).len(), 2);
        assert_eq!(inputs(json!([1, 2])), [Input::Tokens(vec![1, 2])]);
        assert_eq!(inputs(json!([[1], [2]])).len(), 2);
        assert_eq!(refused(completion(json!({ "prompt": [] }))), "prompt");
        assert!(completion(json!({ "prompt": { "no": "prompt" } })).is_err());
    }

    #[test]
    fn messages_are_texts_whole_or_in_parts() {
        let content = json!([{ "type": "text", "text": "a" }, { "type": "text", "text": "b" }]);
        let asked = chat(json!({ "messages": [{ "role": "developer", "content": content }] })).unwrap();
        assert_eq!(asked.inputs, [Input::Chat(vec![Turn { speaker: Speaker::System, text: "ab".into() }])]);
        let image = json!([{ "type": "image_url", "image_url": { "url": "x" } }]);
        assert_eq!(refused(chat(json!({ "messages": [{ "role": "user", "content": image }] }))), "messages");
        assert_eq!(refused(chat(json!({ "messages": [{ "role": "tool", "content": "x" }] }))), "messages");
        assert_eq!(refused(chat(json!({ "messages": [] }))), "messages");
    }

    #[test]
    fn what_would_give_another_answer_is_refused_by_name() {
        for (name, value) in [
            ("temperature", json!(3)),
            ("top_p", json!(-1)),
            ("stop", json!([""])),
            ("tools", json!([{ "type": "function" }])),
            ("logit_bias", json!({ "word": 1 })),
        ] {
            assert_eq!(refused(chat(json!({ name: value }))), name);
        }
        for (name, value) in [("suffix", json!("x")), ("echo", json!(true)), ("best_of", json!(3))] {
            assert_eq!(refused(completion(json!({ "prompt": "a", name: value }))), name);
        }
        assert!(chat(json!({ "tools": [], "user": "somebody", "store": false })).is_ok());
    }

    #[test]
    fn a_form_is_one_and_a_schema_is_there() {
        let schema =
            json!({ "type": "json_schema", "json_schema": { "name": "n", "schema": { "type": "array" } } });
        let asked = chat(json!({ "response_format": schema })).unwrap();
        assert_eq!(asked.form, Some(AnswerForm::JsonSchema(r#"{"type":"array"}"#.into())));
        assert!(chat(json!({ "response_format": { "type": "json_object" } })).unwrap().form.is_some());
        assert!(chat(json!({ "response_format": { "type": "text" } })).unwrap().form.is_none());
        let none = json!({ "type": "json_schema", "json_schema": { "name": "n" } });
        assert_eq!(refused(chat(json!({ "response_format": none }))), "response_format");
        assert_eq!(refused(chat(json!({ "response_format": schema, "regex": "a" }))), "response_format");
    }

    #[test]
    fn lengths_are_those_of_the_api() {
        assert_eq!(completion(json!({ "prompt": "a" })).unwrap().max_tokens, Some(16));
        assert_eq!(chat(json!({})).unwrap().max_tokens, None);
        assert_eq!(chat(json!({ "max_tokens": 3, "max_completion_tokens": 5 })).unwrap().max_tokens, Some(5));
    }
}
