//! When to ask again, where else to ask, and when to give up.

use std::time::Duration;

use foolscap_engine::Cancel;
use hf_hub::HFError;

use super::{Endpoint, Hub, HubError};

/// What to do about a failure.
#[derive(Debug)]
pub(crate) enum Next {
    /// The same again, after a while; what the hub asks to wait, where it does.
    Again(Option<Duration>, HubError),
    /// Another endpoint may do better.
    Elsewhere(HubError),
    /// Nothing helps.
    Give(HubError),
    /// Something came, and then no more: the count of tries begins anew.
    Further(HubError),
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Halt {
    Stopped,
    Failed(HubError),
}

/// How the hub says no.
pub(super) struct Refusal {
    pub status: u16,
    /// `X-Error-Code`.
    pub code: Option<String>,
    /// `Retry-After`.
    pub wait: Option<Duration>,
}

/// How often it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(50);

impl Hub {
    /// Asks one endpoint after the other, each up to so many times while nothing new comes. `waits` hears why and how long it
    /// is waited.
    pub(crate) async fn attempt<T>(
        &self,
        most: u32,
        cancel: &Cancel,
        waits: &mut dyn FnMut(&HubError, Duration),
        mut work: impl AsyncFnMut(&Endpoint) -> Result<T, Next>,
    ) -> Result<T, Halt> {
        let mut last = HubError::Answer("there is no endpoint".into());
        for endpoint in &self.endpoints {
            let (mut tries, mut wait) = (0, self.policy.first_wait);
            loop {
                let (asked, error) = match unless(cancel, work(endpoint)).await {
                    None => return Err(Halt::Stopped),
                    Some(Ok(answer)) => return Ok(answer),
                    Some(Err(Next::Give(error))) => return Err(Halt::Failed(error)),
                    Some(Err(Next::Elsewhere(error))) => {
                        last = error;
                        break;
                    }
                    Some(Err(Next::Again(asked, error))) => (asked, error),
                    Some(Err(Next::Further(error))) => {
                        (tries, wait) = (0, self.policy.first_wait);
                        (None, error)
                    }
                };
                tries += 1;
                let pause = asked.unwrap_or(wait).min(self.policy.longest_wait);
                let too_long = asked.is_some_and(|asked| asked > self.policy.longest_wait);
                if tries >= most || too_long {
                    last = error;
                    break;
                }
                waits(&error, pause);
                if unless(cancel, tokio::time::sleep(pause)).await.is_none() {
                    return Err(Halt::Stopped);
                }
                wait = (2 * wait).min(self.policy.longest_wait);
            }
        }
        Err(Halt::Failed(last))
    }
}

/// What comes, or none when it is asked to stop before.
pub(crate) async fn unless<T>(cancel: &Cancel, work: impl Future<Output = T>) -> Option<T> {
    let stopped = async {
        while !cancel.is_cancelled() {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        biased;
        () = stopped => None,
        answer = work => Some(answer),
    }
}

impl Endpoint {
    /// What a failure of the hub's client means, for a repository and a file.
    pub(crate) fn next(&self, error: HFError, repo: &str, file: &str) -> Next {
        let (context, wait) = match &error {
            HFError::Http { context }
            | HFError::AuthRequired { context }
            | HFError::Forbidden { context } => (Some(context), None),
            HFError::RateLimited { context, retry_after } => (Some(context), *retry_after),
            HFError::RepoNotFound { context, .. }
            | HFError::RevisionNotFound { context, .. }
            | HFError::EntryNotFound { context, .. } => (context.as_ref(), None),
            _ => (None, None),
        };
        match context {
            Some(context) => {
                let refusal =
                    Refusal { status: context.status.as_u16(), code: context.error_code.clone(), wait };
                of_status(&refusal, repo, file, self.token.is_some())
            }
            None => match error {
                HFError::Json(e) => Next::Elsewhere(HubError::Answer(e.to_string())),
                HFError::MalformedResponse { what, .. } => Next::Elsewhere(HubError::Answer(what)),
                HFError::InvalidParameter(why) => Next::Give(HubError::Answer(why)),
                HFError::Request { source, .. } => self.unreached(&source),
                error => Next::Again(None, HubError::Network { why: root(&error) }),
            },
        }
    }

    /// What it means that no answer came.
    pub(super) fn unreached(&self, error: &reqwest::Error) -> Next {
        let error = match error.is_timeout() && !error.is_connect() {
            true => HubError::Stalled(self.stall),
            false => HubError::Network { why: root(error) },
        };
        Next::Again(None, error)
    }
}

/// What a refusal means.
pub(super) fn of_status(refusal: &Refusal, repo: &str, file: &str, has_token: bool) -> Next {
    let repo = repo.to_owned();
    let code = refusal.code.as_deref();
    let no_repo = || {
        // The hub hides from strangers whether a private repository is there.
        Next::Elsewhere(HubError::NotFound { what: format!("repository {repo}") })
    };
    match refusal.status {
        401 | 404 if code == Some("RepoNotFound") => no_repo(),
        401 | 403 if has_token => Next::Give(HubError::Refused { repo }),
        401 | 403 => Next::Give(HubError::Gated { repo }),
        404 if code == Some("RevisionNotFound") => {
            Next::Elsewhere(HubError::NotFound { what: format!("such version of {repo}") })
        }
        404 if file.is_empty() => no_repo(),
        404 => Next::Elsewhere(HubError::NotFound { what: format!("file {file} in {repo}") }),
        429 => Next::Again(refusal.wait, HubError::Busy(refusal.wait.unwrap_or_default())),
        status @ (408 | 500..) => Next::Again(refusal.wait, HubError::Server { status }),
        status => Next::Elsewhere(HubError::Server { status }),
    }
}

/// The innermost cause: the others say that a request failed.
fn root(error: &dyn std::error::Error) -> String {
    let mut at = error;
    while let Some(source) = at.source() {
        at = source;
    }
    at.to_string()
}
