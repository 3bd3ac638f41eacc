//! A model that another program serves by the OpenAI API, on this machine or elsewhere. It is asked only where its user names
//! it; one request, one answer.

use std::time::{Duration, Instant};

use foolscap_engine::Cancel;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::redirect::Policy;
use serde_json::{Map, Value, json};

use crate::hub::unless;

/// An answer that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(600);
/// Bytes of an answer; one that is longer is none.
const MOST_BYTES: u64 = 16 << 20;

/// Where a model is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Up to and with the version: `http://host:8000/v1`.
    pub url: String,
    /// What the endpoint calls it.
    pub model: String,
    /// Sent to the endpoint alone.
    pub key: Option<String>,
}

/// What is carried on.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Turns of a conversation, each with its role as the API names it; asked by `/chat/completions`.
    Turns(Vec<(String, String)>),
    /// A text; asked by `/completions`.
    Text(String),
}

/// How it is answered; none: as the endpoint does by itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manner {
    /// The most tokens.
    pub max_tokens: Option<u32>,
    /// Texts that end an answer; the API takes four.
    pub stop: Vec<String>,
    /// Same seed, same answer, where the endpoint can.
    pub seed: Option<u32>,
    /// 0 is greedy.
    pub temperature: Option<f32>,
    /// See the API.
    pub top_p: Option<f32>,
    /// Not of the API; vLLM, llama.cpp and others know it.
    pub top_k: Option<u32>,
    /// Likewise.
    pub min_p: Option<f32>,
    /// Likewise.
    pub repetition_penalty: Option<f32>,
    /// The JSON Schema that an answer is to have. Of the API, though not every server knows it.
    pub schema: Option<String>,
}

/// What came.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The answer.
    pub text: String,
    /// Why it ended, in the API's words.
    pub finish: String,
    /// Tokens of the question, where the endpoint counts them.
    pub prompt_tokens: Option<u32>,
    /// Tokens of the answer, likewise.
    pub completion_tokens: Option<u32>,
    /// From question to answer.
    pub seconds: f64,
    /// What was sent besides the question, as far as the endpoint took it; JSON.
    pub manner: String,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// It was stopped.
    #[error("the request was stopped")]
    Stopped,
    /// The address is none.
    #[error("{0:?} is no address of an endpoint; it looks like http://host:8000/v1")]
    Address(String),
    /// Nobody answers.
    #[error("{url} cannot be reached ({reason}); see that it runs, and that its address is right")]
    Unreachable {
        /// Where.
        url: String,
        /// What the network says.
        reason: String,
    },
    /// It refuses.
    #[error("{url} answers {status}: {reason}")]
    Refused {
        /// Where.
        url: String,
        /// The HTTP status.
        status: u16,
        /// What it says.
        reason: String,
    },
    /// Its answer is none of the API.
    #[error("{url} does not answer as the OpenAI API does: {reason}")]
    Answer {
        /// Where.
        url: String,
        /// What is missing.
        reason: String,
    },
}

impl Endpoint {
    /// Asks, and waits for the whole answer.
    ///
    /// # Errors
    /// [`EndpointError`].
    pub fn ask(
        &self,
        question: &Question,
        manner: &Manner,
        cancel: &Cancel,
    ) -> Result<Answered, EndpointError> {
        let address = self.url.trim_end_matches('/');
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(EndpointError::Address(self.url.clone()));
        }
        let path = match question {
            Question::Turns(_) => "chat/completions",
            Question::Text(_) => "completions",
        };
        let url = format!("{address}/{path}");
        let unreachable = |reason| EndpointError::Unreachable { url: url.clone(), reason };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| unreachable(e.to_string()))?;
        let began = Instant::now();
        let send = |body: String| {
            let asked = self.send(&url, body);
            runtime.block_on(unless(cancel, asked)).ok_or(EndpointError::Stopped)?.map_err(unreachable)
        };
        let mut sent = self.body(question, manner, true);
        let (mut status, mut text) = send(sent.to_string())?;
        if status == 400 || status == 422 {
            // A server that is strict refuses what the API does not have.
            sent = self.body(question, manner, false);
            (status, text) = send(sent.to_string())?;
        }
        let body: Option<Value> = serde_json::from_str(&text).ok();
        if !(200..300).contains(&status) {
            let said = body.as_ref().and_then(|body| {
                let error = body.get("error")?;
                error.get("message").or(Some(error))?.as_str().map(str::to_owned)
            });
            let reason = said.unwrap_or_else(|| text.chars().take(300).collect());
            return Err(EndpointError::Refused { url, status, reason });
        }
        let wrong = |reason: &str| EndpointError::Answer { url: url.clone(), reason: reason.to_owned() };
        let body = body.ok_or_else(|| wrong("it is no JSON"))?;
        let choice = body.pointer("/choices/0").ok_or_else(|| wrong("it has no choices"))?;
        let text = choice.pointer("/message/content").or_else(|| choice.get("text")).and_then(Value::as_str);
        let count =
            |name: &str| body.pointer(&format!("/usage/{name}")).and_then(Value::as_u64).map(|n| n as u32);
        Ok(Answered {
            text: text.ok_or_else(|| wrong("its choice has no text"))?.to_owned(),
            finish: choice.get("finish_reason").and_then(Value::as_str).unwrap_or_default().to_owned(),
            prompt_tokens: count("prompt_tokens"),
            completion_tokens: count("completion_tokens"),
            seconds: began.elapsed().as_secs_f64(),
            manner: manner_of(sent),
        })
    }

    async fn send(&self, url: &str, body: String) -> Result<(u16, String), String> {
        let told = |e: reqwest::Error| {
            // The cause says more than the client's own sentence.
            let mut cause: &dyn std::error::Error = &e;
            while let Some(deeper) = cause.source() {
                cause = deeper;
            }
            cause.to_string()
        };
        // What is sent goes where its author said and nowhere else.
        let client = reqwest::Client::builder().timeout(PATIENCE).redirect(Policy::none());
        let client = client.build().map_err(told)?;
        let mut request = client.post(url).header(CONTENT_TYPE, "application/json").body(body);
        if let Some(key) = &self.key {
            request = request.header(AUTHORIZATION, format!("Bearer {key}"));
        }
        let mut answer = request.send().await.map_err(told)?;
        let status = answer.status().as_u16();
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(told)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() as u64 > MOST_BYTES {
                return Err("the answer does not come to an end".into());
            }
        }
        Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// What is sent; `all`: also what the API does not have, but those who serve models of their own mostly know.
    fn body(&self, question: &Question, manner: &Manner, all: bool) -> Value {
        let mut body = Map::from_iter([("model".to_owned(), json!(self.model))]);
        match question {
            Question::Turns(turns) => {
                if all && turns.last().is_some_and(|(role, _)| role == "assistant") {
                    // vLLM begins another turn otherwise.
                    body.insert("continue_final_message".into(), json!(true));
                    body.insert("add_generation_prompt".into(), json!(false));
                }
                let turns: Vec<Value> =
                    turns.iter().map(|(role, content)| json!({ "role": role, "content": content })).collect();
                body.insert("messages".into(), json!(turns));
            }
            Question::Text(text) => {
                body.insert("prompt".into(), json!(text));
            }
        }
        let Manner { max_tokens, stop, seed, temperature, top_p, top_k, min_p, repetition_penalty, schema } =
            manner;
        let schema = schema.as_deref().and_then(|schema| serde_json::from_str::<Value>(schema).ok());
        let form = |schema: Value| {
            let named = json!({ "name": "answer", "strict": true, "schema": schema });
            json!({ "type": "json_schema", "json_schema": named })
        };
        let set = [
            ("max_tokens", max_tokens.map(|n| json!(n))),
            ("stop", (!stop.is_empty()).then(|| json!(stop.iter().take(4).collect::<Vec<_>>()))),
            ("seed", seed.map(|n| json!(n))),
            ("temperature", temperature.map(|n| json!(n))),
            ("top_p", top_p.map(|n| json!(n))),
            ("top_k", top_k.filter(|_| all).map(|n| json!(n))),
            ("min_p", min_p.filter(|_| all).map(|n| json!(n))),
            ("repetition_penalty", repetition_penalty.filter(|_| all).map(|n| json!(n))),
            ("response_format", schema.filter(|_| all).map(form)),
        ];
        body.extend(set.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        Value::Object(body)
    }
}

/// A request without what was asked.
fn manner_of(mut body: Value) -> String {
    if let Value::Object(all) = &mut body {
        for question in ["model", "messages", "prompt"] {
            all.remove(question);
        }
    }
    body.to_string()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers one request with what is given, and gives the request.
    fn serve(status: &str, body: &str) -> (String, thread::JoinHandle<String>) {
        let (url, served) = serve_all(vec![(status.to_owned(), body.to_owned())]);
        (url, thread::spawn(move || served.join().unwrap().remove(0)))
    }

    /// Answers as many requests as there are answers, and gives the requests.
    fn serve_all(answers: Vec<(String, String)>) -> (String, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1/", listener.local_addr().unwrap());
        let answer = move |(status, body): (String, String)| {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut request, mut piece) = (String::new(), [0; 4096]);
            while !request.ends_with('}') {
                let read = stream.read(&mut piece).unwrap();
                request.push_str(&String::from_utf8_lossy(&piece[..read]));
            }
            let (length, close) = (body.len(), "connection: close");
            let answer = format!("HTTP/1.1 {status}\r\n{close}\r\ncontent-length: {length}\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).unwrap();
            request
        };
        (url, thread::spawn(move || answers.into_iter().map(answer).collect()))
    }

    fn ask(url: String, question: &Question) -> Result<Answered, EndpointError> {
        let endpoint = Endpoint { url, model: "m".into(), key: Some("secret".into()) };
        let manner = Manner { seed: Some(7), temperature: Some(0.5), ..Manner::default() };
        endpoint.ask(question, &manner, &Cancel::new())
    }

    #[test]
    fn turns_and_texts_are_asked_by_their_own_ways() {
        let chat = r#"{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#;
        let (url, served) = serve("200 OK", chat);
        let answered = ask(url, &Question::Turns(vec![("user".into(), "Well?".into())])).unwrap();
        assert_eq!((answered.text.as_str(), answered.finish.as_str()), ("Yes.", "stop"));
        assert_eq!((answered.prompt_tokens, answered.completion_tokens), (Some(3), Some(2)));
        let request = served.join().unwrap();
        assert!(
            request.starts_with("POST /v1/chat/completions ") && request.contains("Bearer secret"),
            "{request}"
        );
        assert!(request.contains(r#""seed":7"#) && !request.contains("top_p"), "{request}");

        let (url, served) = serve("200 OK", r#"{"choices":[{"text":" and ran"}]}"#);
        assert_eq!(ask(url, &Question::Text("He".into())).unwrap().text, " and ran");
        assert!(served.join().unwrap().starts_with("POST /v1/completions "));
    }

    #[test]
    fn a_server_that_refuses_what_the_api_does_not_have_is_asked_without_it() {
        let refusal = r#"{"error":{"message":"Unrecognized request argument: top_k"}}"#;
        let answer = r#"{"choices":[{"message":{"content":" and ran"}}]}"#;
        let answers = [("400 Bad Request", refusal), ("200 OK", answer)];
        let (url, served) = serve_all(answers.map(|(status, body)| (status.into(), body.into())).to_vec());
        let endpoint = Endpoint { url, model: "m".into(), key: None };
        let manner = Manner {
            top_k: Some(20),
            min_p: Some(0.1),
            temperature: Some(0.5),
            schema: Some(r#"{"type":"object"}"#.into()),
            ..Manner::default()
        };
        let turns = [("user", "Go on"), ("assistant", "He")].map(|(role, text)| (role.into(), text.into()));
        let answered = endpoint.ask(&Question::Turns(turns.to_vec()), &manner, &Cancel::new()).unwrap();
        assert_eq!(answered.text, " and ran");
        let requests = served.join().unwrap();
        let has = |request: &str, words: [&str; 5]| words.map(|word| request.contains(word));
        let words = [
            "continue_final_message\":true",
            "add_generation_prompt\":false",
            "top_k",
            "min_p",
            r#""type":"json_schema""#,
        ];
        assert_eq!((has(&requests[0], words), has(&requests[1], words)), ([true; 5], [false; 5]));
        // What it took is told, and the question is not.
        assert_eq!(answered.manner, r#"{"temperature":0.5}"#);
        assert!(requests.iter().all(|request| request.contains("temperature")), "{requests:?}");
    }

    #[test]
    fn what_goes_wrong_is_told_with_the_address() {
        let text = Question::Text("x".into());
        let (url, _served) = serve("404 Not Found", r#"{"error":{"message":"no such model"}}"#);
        assert!(
            matches!(ask(url, &text), Err(EndpointError::Refused { status: 404, reason, .. }) if reason == "no such model")
        );
        let (url, _served) = serve("200 OK", "<html>");
        assert!(matches!(ask(url, &text), Err(EndpointError::Answer { .. })));
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(matches!(ask(format!("http://{closed}/v1"), &text), Err(EndpointError::Unreachable { .. })));
        assert!(matches!(ask("ftp://x".into(), &text), Err(EndpointError::Address(_))));
    }

    #[test]
    fn who_stops_waits_no_longer() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let endpoint = Endpoint { url, model: "m".into(), key: None };
        let cancel = Cancel::new();
        cancel.cancel();
        let stopped = endpoint.ask(&Question::Text("x".into()), &Manner::default(), &cancel);
        assert!(matches!(stopped, Err(EndpointError::Stopped)));
    }
}
