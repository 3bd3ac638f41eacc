//! Refusals, in the form that clients of the API read.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CONNECTION, HeaderValue};
use axum::response::{IntoResponse, Response};
use foolscap_app::api::{Problem, ProblemCode};
use serde_json::{Value, json};

/// A refusal: what happened and the way out, a word that programs act on, and which parameter it was, if one.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    status: StatusCode,
    message: String,
    code: Option<&'static str>,
    parameter: Option<String>,
}

impl Refusal {
    fn new(status: StatusCode, message: impl Into<String>, code: Option<&'static str>) -> Self {
        Self { status, message: message.into(), code, parameter: None }
    }

    /// No key, or another.
    pub fn key() -> Self {
        let message =
            "this server wants its key as `Authorization: Bearer KEY`; it was shown when the server started";
        Self::new(StatusCode::UNAUTHORIZED, message, Some("invalid_api_key"))
    }

    /// Another model than the one that is served.
    pub fn model(asked: &str, served: &str) -> Self {
        let message = format!(
            "this server has the model {served:?} and not {asked:?}; ask for that, or start a server with \
             `foolscap serve --model {asked}`"
        );
        let refusal = Self::new(StatusCode::NOT_FOUND, message, Some("model_not_found"));
        Self { parameter: Some("model".into()), ..refusal }
    }

    /// No such path.
    pub fn path(path: &str) -> Self {
        let message = format!(
            "there is no {path} here; there are /v1/models, /v1/completions and /v1/chat/completions"
        );
        Self::new(StatusCode::NOT_FOUND, message, None)
    }

    /// A path that is asked in another way.
    pub fn method(method: &str, path: &str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, format!("{path} is not asked by {method}"), None)
    }

    /// More than is read.
    pub fn size(most: usize) -> Self {
        let message = format!("the request is larger than the {} MB that are read; send less", most >> 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, message, None)
    }

    /// What is no request.
    pub fn unreadable(why: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("the request cannot be read: {why}"), None)
    }

    /// A parameter with a value that it cannot have.
    pub fn parameter(name: &str, message: impl Into<String>) -> Self {
        let refusal = Self::new(StatusCode::BAD_REQUEST, message, None);
        Self { parameter: Some(name.to_owned()), ..refusal }
    }

    /// A parameter that this server does not act on, and does not pass over.
    pub fn unsupported(name: &str, way_out: &str) -> Self {
        Self::parameter(name, format!("`{name}` is not supported here; {way_out}"))
    }

    /// As it is told within a stream that has begun.
    pub fn json(&self) -> Value {
        let kind = match self.status.as_u16() {
            401 => "authentication_error",
            500.. => "server_error",
            _ => "invalid_request_error",
        };
        let error = json!({
            "message": self.message,
            "type": kind,
            "param": self.parameter,
            "code": self.code,
        });
        json!({ "error": error })
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let (status, code) = match problem.code {
            ProblemCode::TooLong => (StatusCode::BAD_REQUEST, Some("context_length_exceeded")),
            ProblemCode::BadRequest => (StatusCode::BAD_REQUEST, None),
            ProblemCode::ModelUnusable => (StatusCode::SERVICE_UNAVAILABLE, None),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, None),
        };
        Self::new(status, problem.message, code)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.json())).into_response();
        if self.status == StatusCode::PAYLOAD_TOO_LARGE {
            // What is left of it may still be on its way: the next request needs a connection of its own.
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
