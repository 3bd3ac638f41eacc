//! What the hub says about a file before it is fetched. The hub's client follows the way to where the bytes are, which
//! knows neither commit nor digest, so the question is asked here, of the hub itself.

use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};

use super::ask::{Refusal, of_status};
use super::{Endpoint, Facts, HubError, Next, Repo};

/// Renamed repositories lead to their new names; longer ways lead nowhere.
const MOST_MOVES: usize = 5;

impl Endpoint {
    /// Size, commit and digest of a file.
    pub(crate) async fn head(&self, repo: &Repo, revision: Option<&str>, file: &str) -> Result<Facts, Next> {
        let strange = |why: &str| Next::Elsewhere(HubError::Answer(why.to_owned()));
        let mut url = format!("{}/{repo}/resolve/{}/{file}", self.url, revision.unwrap_or("main"));
        for _ in 0..MOST_MOVES {
            let mut ask = self.plain.head(&url).header("accept-encoding", "identity");
            if let Some(token) = &self.token {
                ask = ask.bearer_auth(token.expose());
            }
            let answer = ask.send().await.map_err(|e| self.unreached(&e))?;
            let headers = answer.headers();
            if answer.status().is_success()
                || (is_moved(answer.status()) && headers.contains_key("x-linked-etag"))
            {
                return facts(&answer).ok_or_else(|| strange("neither size, commit nor etag of a file"));
            }
            if !is_moved(answer.status()) {
                let refusal = Refusal {
                    status: answer.status().as_u16(),
                    code: text(headers, "x-error-code"),
                    wait: wait(headers),
                };
                return Err(of_status(&refusal, &repo.to_string(), file, self.token.is_some()));
            }
            // To the new name at the same place, and nowhere else: the token must not travel.
            let to = text(headers, "location").unwrap_or_default();
            let Ok(next) = answer.url().join(&to) else { return Err(strange("a way that leads nowhere")) };
            if next.origin() != answer.url().origin() {
                return facts(&answer).ok_or_else(|| strange("neither size, commit nor etag of a file"));
            }
            url = next.to_string();
        }
        Err(strange("a way in circles"))
    }
}

fn is_moved(status: StatusCode) -> bool {
    status.is_redirection() && status != StatusCode::NOT_MODIFIED
}

fn facts(answer: &Response) -> Option<Facts> {
    let headers = answer.headers();
    let linked = text(headers, "x-linked-etag");
    let etag = linked.clone().or_else(|| text(headers, "etag"))?;
    let etag = etag.trim_start_matches("W/").trim_matches('"').to_owned();
    let commit = text(headers, "x-repo-commit")?;
    // Both become names of files.
    let is_name = |name: &str| {
        !name.is_empty()
            && name.len() <= 128
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    let size = text(headers, "x-linked-size").or_else(|| text(headers, "content-length"))?.parse().ok()?;
    let is_digest = linked.is_some() && etag.len() == 64 && etag.bytes().all(|b| b.is_ascii_hexdigit());
    let sha256 = is_digest.then(|| etag.to_lowercase());
    (is_name(&etag) && is_name(&commit)).then_some(Facts { commit, size, etag, sha256 })
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn wait(headers: &HeaderMap) -> Option<Duration> {
    text(headers, RETRY_AFTER.as_str())?.trim().parse().ok().map(Duration::from_secs)
}
