//! The hub: which models there are, what a repository holds, and the bytes of its files. The hub's own client
//! speaks to it; how long to wait, when to try again and where is decided here. Everything waits for its answer: what is
//! asynchronous runs on a small runtime inside.

mod ask;
mod error;
mod head;
mod name;

use std::path::{Path, PathBuf};
use std::time::Duration;

use foolscap_engine::Cancel;
use foolscap_engine::gguf::Header;
use futures::StreamExt;
use hf_hub::HFClient;
use hf_hub::repository::RepoTreeEntry;
use serde::Serialize;
use tokio::runtime::Runtime;

use crate::parts;
use crate::token::Token;
pub(crate) use ask::{Halt, Next, unless};
pub use error::HubError;
pub(crate) use name::is_inside;
pub use name::{RemoteFile, RemoteModel, Repo, models};

/// The hub where nothing else is said.
pub const HUB: &str = "https://huggingface.co";

/// How patient to be.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// How often to try at one endpoint before the next, as long as nothing new comes.
    pub tries: u32,
    /// What is waited before the second try; twice as long before each further one.
    pub first_wait: Duration,
    /// No wait is longer. Where the hub asks for a longer one, that is told instead.
    pub longest_wait: Duration,
    /// A connection on which nothing comes for so long is given up.
    pub stall: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            tries: 6,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            stall: Duration::from_secs(30),
        }
    }
}

/// Where the hub is, who asks, and where its files are kept.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Endpoints, tried one after the other; none: what `HF_ENDPOINT` says, or [`HUB`].
    pub endpoints: Vec<String>,
    /// For repositories with conditions. It is sent to the first endpoint alone.
    pub token: Option<Token>,
    /// The cache; none: [`default_cache`].
    pub cache: Option<PathBuf>,
    /// How patient to be.
    pub policy: Policy,
}

/// A model that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// `owner/name`.
    pub repo: String,
    /// Downloads in the last month.
    pub downloads: u64,
    /// Whether its maker's terms have to be agreed to first.
    pub gated: bool,
}

/// What the hub says about one file of one commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Commit that the revision is now.
    pub commit: String,
    /// Bytes.
    pub size: u64,
    /// What tells this content from others: the name of its blob in the cache.
    pub etag: String,
    /// SHA-256 of the content; none for small files, which the hub knows by another digest.
    pub sha256: Option<String>,
}

/// One place that speaks the hub's protocol.
pub(crate) struct Endpoint {
    pub url: String,
    pub client: HFClient,
    stall: Duration,
    /// For what the hub's client does not ask itself.
    plain: reqwest::Client,
    token: Option<Token>,
}

/// A hub.
pub struct Hub {
    /// None only while it is dropped.
    runtime: Option<Runtime>,
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) policy: Policy,
    pub(crate) cache: PathBuf,
}

/// The cache that the hub's own programs use (`HF_HUB_CACHE`, `HF_HOME`).
pub fn default_cache() -> PathBuf {
    hf_hub::resolve_cache_dir()
}

/// The variable that says where the hub is.
pub const ENDPOINT_VARIABLE: &str = "HF_ENDPOINT";

/// The address of a hub as it is asked, of one as it was typed.
///
/// # Errors
/// [`HubError::Endpoint`] for what is no address.
pub fn endpoint(text: &str) -> Result<String, HubError> {
    let text = text.trim();
    let no_address = |why: &str| HubError::Endpoint { url: text.to_owned(), why: why.to_owned() };
    let url = reqwest::Url::parse(text).map_err(|e| no_address(&e.to_string()))?;
    match () {
        () if !matches!(url.scheme(), "http" | "https") => {
            Err(no_address("it begins neither with https:// nor http://"))
        }
        () if url.host_str().is_none_or(str::is_empty) => Err(no_address("it names no machine")),
        () if !url.username().is_empty() || url.password().is_some() => {
            // Not repeated: what stands there is a secret.
            let url = url.host_str().unwrap_or_default().to_owned();
            Err(HubError::Endpoint { url, why: "a name or a password in it would go to strangers".into() })
        }
        () if url.query().is_some() || url.fragment().is_some() => {
            Err(no_address("what follows ? or # belongs to a page"))
        }
        () => Ok(url.as_str().trim_end_matches('/').to_owned()),
    }
}

/// A header's first bytes, in attempts; nearly all headers end within the first.
const BEGINNINGS: [u64; 4] = [4 << 20, 16 << 20, 64 << 20, 256 << 20];
/// What is tried before for a further part: it names its tensors and has nothing else.
const BEGINNING_OF_PART: u64 = 256 << 10;

impl Hub {
    /// Asks nothing yet.
    ///
    /// # Errors
    /// [`HubError::Endpoint`] for what is no address.
    pub fn open(options: Options) -> Result<Self, HubError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|e| HubError::Answer(format!("there is no thread for it: {e}")))?;
        let mut urls = options.endpoints;
        if urls.is_empty() {
            urls.push(std::env::var(ENDPOINT_VARIABLE).unwrap_or_else(|_| HUB.into()));
        }
        let policy = options.policy;
        let cache = options.cache.unwrap_or_else(default_cache);
        let make = |(i, url): (usize, String)| {
            let token = options.token.clone().filter(|_| i == 0);
            Endpoint::new(url, token, &cache, &policy)
        };
        let endpoints: Vec<Endpoint> =
            urls.into_iter().enumerate().map(make).collect::<Result<_, HubError>>()?;
        Ok(Self { runtime: Some(runtime), endpoints, policy, cache })
    }

    /// Repositories with GGUF files that have these words, those that are fetched most first.
    ///
    /// # Errors
    /// What keeps the hub from answering.
    pub fn search(&self, words: &str, most: usize) -> Result<Vec<Found>, HubError> {
        self.now(async |endpoint| {
            let asked = endpoint.client.list_models();
            let found = asked.search(words).filter("gguf").sort("downloads").limit(most).send();
            let found = found.map_err(|e| endpoint.next(e, "models", ""))?;
            futures::pin_mut!(found);
            let mut all = Vec::new();
            while let Some(model) = found.next().await {
                let model = model.map_err(|e| endpoint.next(e, "models", ""))?;
                // `false`, or a word for how it is agreed to.
                let gated = model.gated.is_some_and(|gated| gated != serde_json::Value::Bool(false));
                all.push(Found { repo: model.id, downloads: model.downloads.unwrap_or_default(), gated });
            }
            Ok(all)
        })
    }

    /// Files of a repository, at a revision or its newest commit.
    ///
    /// # Errors
    /// What keeps the hub from answering; [`HubError::NotFound`].
    pub fn files(&self, repo: &Repo, revision: Option<&str>) -> Result<Vec<RemoteFile>, HubError> {
        let name = repo.to_string();
        self.now(async |endpoint| {
            let handle = endpoint.client.model(repo.owner(), repo.name());
            let listed =
                handle.list_tree().maybe_revision(revision.map(str::to_owned)).recursive(true).send();
            let listed = listed.map_err(|e| endpoint.next(e, &name, ""))?;
            futures::pin_mut!(listed);
            let mut files = Vec::new();
            while let Some(entry) = listed.next().await {
                let entry = entry.map_err(|e| endpoint.next(e, &name, ""))?;
                // What does not lie inside the repository is not for us.
                if let RepoTreeEntry::File { path, size, .. } = entry
                    && name::is_inside(&path)
                {
                    files.push(RemoteFile { path, size });
                }
            }
            Ok(files)
        })
    }

    /// What the hub says about a file.
    ///
    /// # Errors
    /// What keeps the hub from answering; [`HubError::NotFound`], [`HubError::Gated`].
    pub fn facts(&self, repo: &Repo, revision: Option<&str>, file: &str) -> Result<Facts, HubError> {
        self.now(async |endpoint| endpoint.head(repo, revision, file).await)
    }

    /// The header of a model, from the first megabytes of its files, and how many bytes these have; none when stopped.
    ///
    /// # Errors
    /// What keeps the hub from answering; [`HubError::NoModel`] for a file that is no GGUF.
    pub fn header(
        &self,
        repo: &Repo,
        revision: Option<&str>,
        file: &str,
        cancel: &Cancel,
    ) -> Result<Option<(Header, u64)>, HubError> {
        let (mut headers, mut size) = (Vec::new(), 0u64);
        let mut revision = revision.map(str::to_owned);
        for file in parts::all(file) {
            let facts = self.unless_stopped(cancel, async |endpoint| {
                endpoint.head(repo, revision.as_deref(), &file).await
            });
            let Some(facts) = facts.map_err(|e| e.in_a_set(repo, &file))? else { return Ok(None) };
            let Some(header) = self.header_of(repo, &file, &facts, cancel)? else { return Ok(None) };
            headers.push(header);
            size = size.saturating_add(facts.size);
            revision = Some(facts.commit);
        }
        let joined = Header::join(headers);
        let joined = joined.map_err(|e| HubError::NoModel { file: file.to_owned(), why: e.to_string() })?;
        Ok(Some((joined, size)))
    }

    fn header_of(
        &self,
        repo: &Repo,
        file: &str,
        facts: &Facts,
        cancel: &Cancel,
    ) -> Result<Option<Header>, HubError> {
        let no_model = |why: String| HubError::NoModel { file: file.to_owned(), why };
        // A further part has no vocabulary.
        let fewer = parts::is_further(file).then_some(BEGINNING_OF_PART);
        for most in fewer.into_iter().chain(BEGINNINGS) {
            let bytes = self.beginning(repo, &facts.commit, file, most.min(facts.size), cancel)?;
            let Some(bytes) = bytes else { return Ok(None) };
            match Header::from_beginning(&bytes, facts.size) {
                Ok(Some(header)) => return Ok(Some(header)),
                Ok(None) if most < facts.size => {}
                Ok(None) => return Err(no_model("it ends inside its header".into())),
                Err(e) => return Err(no_model(e.to_string())),
            }
        }
        Err(no_model("its header is longer than any model's".into()))
    }

    fn beginning(
        &self,
        repo: &Repo,
        commit: &str,
        file: &str,
        many: u64,
        cancel: &Cancel,
    ) -> Result<Option<Vec<u8>>, HubError> {
        let name = repo.to_string();
        self.unless_stopped(cancel, async |endpoint| {
            let handle = endpoint.client.model(repo.owner(), repo.name());
            let ask = handle.download_file_stream().filename(file).revision(commit).range(0..many.max(1));
            let (_, mut stream) = ask.send().await.map_err(|e| endpoint.next(e, &name, file))?;
            let mut bytes = Vec::new();
            // A server that does not know ranges sends all; it is not read further.
            while (bytes.len() as u64) < many {
                let Some(chunk) = stream.next().await else { break };
                bytes.extend_from_slice(&chunk.map_err(|e| endpoint.next(e, &name, file))?);
            }
            Ok(bytes)
        })
    }

    /// One answer, without a way to stop.
    fn now<T>(&self, work: impl AsyncFnMut(&Endpoint) -> Result<T, Next> + Send) -> Result<T, HubError>
    where
        T: Send,
    {
        let answer = self.unless_stopped(&Cancel::new(), work)?;
        answer.ok_or_else(|| HubError::Answer("it was stopped".into()))
    }

    /// One answer; none when stopped.
    fn unless_stopped<T>(
        &self,
        cancel: &Cancel,
        work: impl AsyncFnMut(&Endpoint) -> Result<T, Next> + Send,
    ) -> Result<Option<T>, HubError>
    where
        T: Send,
    {
        // Whoever looks something up waits for it, and can look again.
        let most = self.policy.tries.min(2);
        let answer =
            self.wait_for(move || async move { self.attempt(most, cancel, &mut |_, _| (), work).await });
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(Halt::Stopped) => Ok(None),
            Err(Halt::Failed(error)) => Err(error),
        }
    }

    /// Waits for what is to be done, on a thread of its own: whoever asks may be on one where another runtime works, which
    /// must not wait itself.
    pub(crate) fn wait_for<T: Send, F: Future<Output = T>>(&self, work: impl FnOnce() -> F + Send) -> T {
        let Some(runtime) = &self.runtime else { unreachable!("it is only taken when dropped") };
        let waited = std::thread::scope(|scope| scope.spawn(|| runtime.block_on(work())).join());
        waited.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // Without waiting for its threads, which is not allowed where another runtime works.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Endpoint {
    fn new(url: String, token: Option<Token>, cache: &Path, policy: &Policy) -> Result<Self, HubError> {
        let url = endpoint(&url)?;
        let no_address = |why: String| HubError::Endpoint { url: url.clone(), why };
        let agent = concat!("foolscap/", env!("CARGO_PKG_VERSION"));
        let plain = || {
            let client = reqwest::Client::builder().user_agent(agent).connect_timeout(policy.stall);
            // Where it is watched more closely, that comes first.
            client.read_timeout(2 * policy.stall)
        };
        let follows = plain().build().map_err(|e| no_address(e.to_string()))?;
        let plain = plain().redirect(reqwest::redirect::Policy::none()).build();
        let plain = plain.map_err(|e| no_address(e.to_string()))?;
        // Without this, the client takes a token from the environment by itself and sends it to mirrors too. What is no
        // header is not sent.
        let said = token.as_ref().map_or("\n", Token::expose);
        let client = HFClient::builder().endpoint(&url).client(follows).token(said).user_agent(agent);
        let client =
            client.retry_max_attempts(0).cache_dir(cache).build().map_err(|e| no_address(e.to_string()))?;
        Ok(Self { stall: policy.stall, url, client, plain, token })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_endpoint_is_the_address_of_a_hub() {
        assert_eq!(endpoint(" https://a.mirror/hub/ ").unwrap(), "https://a.mirror/hub");
        assert_eq!(endpoint("http://127.0.0.1:8080").unwrap(), "http://127.0.0.1:8080");
        for text in
            ["", "huggingface.co", "ftp://a.mirror", "https://", "https://a/?b", "https://a/#b", "file:///a"]
        {
            assert!(matches!(endpoint(text), Err(HubError::Endpoint { .. })), "{text}");
        }
        let error = endpoint("https://me:secret@a.mirror").unwrap_err().to_string();
        assert!(!error.contains("secret") && error.contains("a.mirror"), "{error}");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_an_address_that_stays_one_or_is_refused(text in ".{0,30}|https?://[a-z.:/?#@]{0,20}") {
            if let Ok(url) = endpoint(&text) {
                prop_assert_eq!(endpoint(&url).unwrap(), url);
            }
        }
    }
}
