//! Answers as they come: server-sent events, in the pieces that the API has.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;

use axum::response::sse::{Event, Sse};
use foolscap_app::api::ActionEvent;
use futures::Stream;
use serde_json::{Value, json};

use crate::answer::{Token, Usage, finish_reason, logprobs};
use crate::error::Refusal;
use crate::work::Answer;

/// All of an answer, piece by piece. When nobody listens any more it is dropped, and the work stops.
pub fn of(answer: Answer) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(futures::stream::unfold(Telling::new(answer), |mut telling| async move {
        telling.next().await.map(|event| (Ok(event), telling))
    }))
}

struct Telling {
    answer: Answer,
    /// What is to be told before anything else is asked for.
    ready: VecDeque<Event>,
    /// Of each candidate that has begun, tokens whose text is not told yet, and characters that are.
    begun: HashMap<u32, (Vec<Token>, usize)>,
    usage: Usage,
    over: bool,
}

impl Telling {
    fn new(answer: Answer) -> Self {
        Self { answer, ready: VecDeque::new(), begun: HashMap::new(), usage: Usage::default(), over: false }
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            match self.answer.next().await {
                Some((input, event)) => self.note(input * self.answer.candidates, event),
                None => self.end(),
            }
        }
    }

    /// `first`: the number of the first candidate of the input.
    fn note(&mut self, first: u32, event: ActionEvent) {
        match event {
            ActionEvent::Text { candidate, text } => {
                let index = first + candidate;
                self.begin(index);
                let told = self.logprobs(index, &text);
                let (delta, piece) = (json!({ "content": text }), Value::from(text));
                self.piece(index, delta, piece, told, None);
            }
            ActionEvent::Token { candidate, drawn, likeliest } => {
                let tokens = &mut self.begun_of(first + candidate).0;
                tokens.push(Token { drawn, likeliest });
            }
            ActionEvent::CandidateDone { candidate, reason } => {
                let index = first + candidate;
                self.begin(index);
                let told = self.logprobs(index, "");
                self.piece(index, json!({}), "".into(), told, Some(finish_reason(reason)));
            }
            ActionEvent::Finished { figures } => self.usage.add(&figures),
            ActionEvent::Failed { problem } => {
                self.say(&Refusal::from(problem).json());
                self.over = true;
            }
            ActionEvent::Started { .. } | ActionEvent::Reading { .. } => {}
        }
    }

    fn begun_of(&mut self, index: u32) -> &mut (Vec<Token>, usize) {
        self.begin(index);
        self.begun.entry(index).or_default()
    }

    /// A chat's candidate is opened before its first words.
    fn begin(&mut self, index: u32) {
        if self.begun.contains_key(&index) {
            return;
        }
        self.begun.insert(index, Default::default());
        if self.answer.style.chat {
            let opening = json!({ "role": "assistant", "content": "" });
            self.piece(index, opening, Value::Null, None, None);
        }
    }

    /// Those of the tokens up to this text.
    fn logprobs(&mut self, index: u32, text: &str) -> Option<Value> {
        let likeliest = self.answer.likeliest()?;
        let chat = self.answer.style.chat;
        let (tokens, characters) = self.begun.entry(index).or_default();
        let offset = *characters;
        *characters += text.chars().count();
        let tokens = std::mem::take(tokens);
        (!tokens.is_empty()).then(|| logprobs(chat, &tokens, likeliest, offset))
    }

    /// A piece of a candidate: `delta` in a chat, `text` in a completion.
    fn piece(&mut self, index: u32, delta: Value, text: Value, logprobs: Option<Value>, end: Option<&str>) {
        let choice = match self.answer.style.chat {
            true => json!({ "index": index, "delta": delta, "logprobs": logprobs, "finish_reason": end }),
            false => json!({ "index": index, "text": text, "logprobs": logprobs, "finish_reason": end }),
        };
        let chunk = self.chunk(vec![choice], Value::Null);
        self.say(&chunk);
    }

    fn end(&mut self) {
        if self.answer.style.usage {
            let chunk = self.chunk(Vec::new(), self.usage.json());
            self.say(&chunk);
        }
        self.ready.push_back(Event::default().data("[DONE]"));
        self.over = true;
    }

    fn chunk(&self, choices: Vec<Value>, usage: Value) -> Value {
        let mut chunk = json!({
            "id": self.answer.id,
            "object": if self.answer.style.chat { "chat.completion.chunk" } else { "text_completion" },
            "created": self.answer.created,
            "model": self.answer.model,
            "choices": choices,
        });
        if self.answer.style.usage {
            chunk["usage"] = usage;
        }
        chunk
    }

    fn say(&mut self, value: &Value) {
        // JSON of our own making has no line breaks outside its strings, and none unescaped in them.
        self.ready.push_back(Event::default().data(value.to_string()));
    }
}
