//! The way from a request to the engine's thread and back: events come over a channel, and whoever goes away stops the work.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

use foolscap_app::api::{ActionEvent, Completion, Input, Problem, ProblemCode};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::error::Refusal;
use crate::request::{Asked, Style};
use crate::{Note, State};

/// An answer on its way. Dropped before its end, it stops the work.
pub struct Answer {
    pub id: String,
    pub created: u64,
    pub model: String,
    pub style: Style,
    pub candidates: u32,
    state: Arc<State>,
    asked: Asked,
    /// Inputs that are still to be carried on, the next one last.
    left: Vec<Input>,
    /// How many have been.
    done: u32,
    now: Now,
    /// An event that was looked at.
    ahead: Option<ActionEvent>,
    /// Nothing more comes.
    over: bool,
}

/// The input that is carried on.
struct Now {
    events: UnboundedReceiver<ActionEvent>,
    request: String,
}

impl Answer {
    /// Asks, and waits until it is sure that there is an answer: what is wrong with a request is told before any of it.
    ///
    /// # Errors
    /// A [`Refusal`].
    pub async fn begin(state: Arc<State>, mut asked: Asked) -> Result<Self, Refusal> {
        let number = state.next.fetch_add(1, Ordering::Relaxed);
        let created = seconds_since_1970();
        let id = format!("{}-{created:x}{number:04x}", if asked.style.chat { "chatcmpl" } else { "cmpl" });
        let mut left: Vec<Input> = std::mem::take(&mut asked.inputs).into_iter().rev().collect();
        let first = left.pop().ok_or_else(|| Refusal::unreadable("there is nothing to carry on"))?;
        let now = ask(&state, &asked, first, format!("{id}-0"))?;
        let mut answer = Self {
            model: state.model.clone(),
            style: asked.style,
            candidates: asked.candidates,
            id,
            created,
            state,
            asked,
            left,
            done: 0,
            now,
            ahead: None,
            over: false,
        };
        (answer.state.log)(Note::Begun { answer: &answer.id });
        match answer.next().await {
            Some((_, ActionEvent::Failed { problem })) => Err(problem.into()),
            Some((_, event)) => {
                answer.ahead = Some(event);
                Ok(answer)
            }
            None => Err(stopped().into()),
        }
    }

    /// Likeliest tokens to tell with each; none: no token is told.
    pub fn likeliest(&self) -> Option<u32> {
        self.asked.likeliest
    }

    /// What comes next, and to which input (counted from 0); none at the end.
    pub async fn next(&mut self) -> Option<(u32, ActionEvent)> {
        loop {
            let event = match self.ahead.take() {
                Some(event) => Some(event),
                None => self.now.events.recv().await,
            };
            match event {
                // These say nothing to a client.
                Some(ActionEvent::Started { .. }) => {}
                Some(event @ ActionEvent::Failed { .. }) => {
                    self.over = true;
                    return Some((self.done, event));
                }
                Some(event) => return Some((self.done, event)),
                None => {
                    let Some(input) = self.left.pop() else {
                        self.over = true;
                        return None;
                    };
                    self.done += 1;
                    match ask(&self.state, &self.asked, input, format!("{}-{}", self.id, self.done)) {
                        Ok(now) => self.now = now,
                        Err(problem) => {
                            self.over = true;
                            return Some((self.done, ActionEvent::Failed { problem }));
                        }
                    }
                }
            }
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if !self.over {
            self.state.engine.cancel(&self.now.request);
            (self.state.log)(Note::Left { answer: &self.id });
        }
    }
}

fn ask(state: &State, asked: &Asked, input: Input, request: String) -> Result<Now, Problem> {
    let (sender, events) = unbounded_channel();
    let completion = Completion {
        request: request.clone(),
        input,
        candidates: asked.candidates,
        max_tokens: asked.max_tokens,
        stop: asked.stop.clone(),
        drawing: asked.drawing.clone(),
        form: asked.form.clone(),
        // One at least, so that a token is told at all.
        probabilities: asked.likeliest.map(|n| n.max(1)),
    };
    let sink = move |event| match sender.send(event) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    };
    state.engine.complete(completion, Box::new(sink))?;
    Ok(Now { events, request })
}

/// The engine ended without a word, as when the program closes.
pub fn stopped() -> Problem {
    Problem { code: ProblemCode::Engine, message: "the model was stopped; ask again".into() }
}

/// By this machine's clock.
pub fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}
