//! What can be asked: three paths, each with the key.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State as Shared};
use axum::http::header::AUTHORIZATION;
use axum::http::{Method, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures::StreamExt;
use serde_json::{Value, json};

use crate::error::Refusal;
use crate::request::{Asked, ChatBody, CompletionBody};
use crate::{Note, State, answer, stream, work};

/// Bytes of a request that are read: far more than any context holds.
const MOST: usize = 16 << 20;
/// Bytes that are read and passed over, so that who sends them hears why.
const MOST_PASSED: usize = 16 * MOST;

/// All paths.
pub fn all(state: Arc<State>) -> Router {
    Router::new()
        .route("/v1/models", get(models))
        .route("/v1/models/{*name}", get(model))
        .route("/v1/completions", post(completions))
        .route("/v1/chat/completions", post(chat))
        .fallback(|uri: Uri| async move { Refusal::path(uri.path()) })
        .method_not_allowed_fallback(|method: Method, uri: Uri| async move {
            Refusal::method(method.as_str(), uri.path())
        })
        .layer(from_fn_with_state(state.clone(), guarded))
        .with_state(state)
}

/// Nothing is told, not even what there is, to one without the key.
async fn guarded(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let authorization = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let response = match state.key.opens(authorization) {
        true => next.run(request).await,
        false => Refusal::key().into_response(),
    };
    let (method, status) = (method.as_str(), response.status().as_u16());
    (state.log)(Note::Answered { method, path: &path, status });
    response
}

async fn models(Shared(state): Shared<Arc<State>>) -> Json<Value> {
    Json(json!({ "object": "list", "data": [about(&state)] }))
}

async fn model(Shared(state): Shared<Arc<State>>, Path(name): Path<String>) -> Result<Json<Value>, Refusal> {
    match name == state.model {
        true => Ok(Json(about(&state))),
        false => Err(Refusal::model(&name, &state.model)),
    }
}

fn about(state: &State) -> Value {
    json!({ "id": state.model, "object": "model", "created": state.since, "owned_by": "foolscap" })
}

async fn completions(Shared(state): Shared<Arc<State>>, body: Body) -> Result<Response, Refusal> {
    answered(state, CompletionBody::read(&whole(body).await?)?.asked()?).await
}

async fn chat(Shared(state): Shared<Arc<State>>, body: Body) -> Result<Response, Refusal> {
    answered(state, ChatBody::read(&whole(body).await?)?.asked()?).await
}

async fn answered(state: Arc<State>, asked: Asked) -> Result<Response, Refusal> {
    if let Some(name) = asked.model.as_deref().filter(|name| *name != state.model) {
        return Err(Refusal::model(name, &state.model));
    }
    let answer = work::Answer::begin(state, asked).await?;
    match answer.style.streamed {
        true => Ok(stream::of(answer).into_response()),
        false => Ok(Json(answer::whole(answer).await?).into_response()),
    }
}

/// All of a request's body. One that is too large is read on for a while, since a client that is still sending hears no
/// refusal.
async fn whole(body: Body) -> Result<Vec<u8>, Refusal> {
    let (mut stream, mut all, mut size) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(part) = stream.next().await {
        let part = part.map_err(|e| Refusal::unreadable(&e.to_string()))?;
        size += part.len();
        if size <= MOST {
            all.extend_from_slice(&part);
        } else if size <= MOST_PASSED {
            all.clear();
        } else {
            break;
        }
    }
    if size <= MOST { Ok(all) } else { Err(Refusal::size(MOST)) }
}
