//! A hub on this machine: it speaks as much of the hub's protocol as Foolscap asks for, over real connections, and
//! misbehaves on purpose. Bytes come from a second address, as they do from the real one.

#![allow(clippy::expect_used, reason = "of tests alone, which stop at what they did not expect")]

mod http;

use std::collections::BTreeMap;
use std::io::Write;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use sha2::{Digest, Sha256};

use http::{Request, answer};

/// What goes wrong, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// All goes well with one content; what is wrong with the next comes after.
    Nothing,
    /// The connection is cut after so many bytes of the content.
    Cut(usize),
    /// Nothing more comes after so many bytes, until [`LocalHub::release`].
    Stall(usize),
    /// The content is said to have, and has, so many bytes less.
    Short(usize),
    /// It goes on after its end.
    Long(usize),
    /// One byte is another.
    Damaged(usize),
    /// It begins at its beginning, wherever it is asked to.
    NoRanges,
    /// This status on the question what the file is, with `Retry-After` or an `X-Error-Code`.
    Head(u16, Option<u64>, Option<&'static str>),
    /// This status in the place of the content.
    Body(u16, Option<u64>),
    /// The size is said to be another.
    Claims(u64),
    /// The answer is no HTTP at all.
    Noise,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `HEAD`, `GET`.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// First byte that is wanted, of a range.
    pub from: Option<usize>,
    /// `Authorization`.
    pub token: Option<String>,
    /// Whether it was asked where the bytes are.
    pub elsewhere: bool,
}

#[derive(Default)]
struct State {
    /// By repository and path.
    files: BTreeMap<(String, String), Arc<Vec<u8>>>,
    /// Repositories that want this token.
    gated: BTreeMap<String, String>,
    /// Old names of repositories, and new ones.
    moved: BTreeMap<String, String>,
    faults: Vec<Fault>,
    asked: Vec<Asked>,
    released: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    closing: AtomicBool,
    hub: SocketAddr,
    bytes: SocketAddr,
}

/// The hub; it closes when dropped.
pub struct LocalHub {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

/// The commit that every repository is at.
pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

impl LocalHub {
    /// One without any files.
    pub fn start() -> Self {
        let listen = || TcpListener::bind("127.0.0.1:0").expect("this machine has an address");
        let (hub, bytes) = (listen(), listen());
        let address = |listener: &TcpListener| listener.local_addr().expect("it was bound");
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            closing: AtomicBool::new(false),
            hub: address(&hub),
            bytes: address(&bytes),
        });
        let serve = |listener: TcpListener, elsewhere: bool| {
            let shared = shared.clone();
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if shared.closing.load(Ordering::Relaxed) {
                        return;
                    }
                    let Ok(stream) = stream else { continue };
                    let shared = shared.clone();
                    thread::spawn(move || shared.answer(stream, elsewhere));
                }
            })
        };
        let threads = vec![serve(hub, false), serve(bytes, true)];
        Self { shared, threads }
    }

    /// Its address, for `--endpoint`.
    pub fn url(&self) -> String {
        format!("http://{}", self.shared.hub)
    }

    /// Gives a repository a file.
    pub fn put(&self, repo: &str, path: &str, content: impl Into<Vec<u8>>) {
        self.state().files.insert((repo.to_owned(), path.to_owned()), Arc::new(content.into()));
    }

    /// From now on a repository wants this token.
    pub fn gate(&self, repo: &str, token: &str) {
        self.state().gated.insert(repo.to_owned(), token.to_owned());
    }

    /// From now on a repository has another name.
    pub fn rename(&self, old: &str, new: &str) {
        self.state().moved.insert(old.to_owned(), new.to_owned());
    }

    /// What goes wrong next; each once, in this order.
    pub fn faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state().faults.extend(faults);
    }

    /// What has not gone wrong yet.
    pub fn faults_left(&self) -> usize {
        self.state().faults.len()
    }

    /// Lets all that stalls go on.
    pub fn release(&self) {
        self.state().released = true;
        self.shared.changed.notify_all();
    }

    /// All that was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.state().asked.clone()
    }

    /// Waits until something was asked for that is like this.
    ///
    /// # Panics
    /// When nothing like it comes within a minute.
    pub fn wait_for(&self, like: impl Fn(&Asked) -> bool) {
        let guard = self.state();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(guard, Duration::from_secs(60), |state| !state.asked.iter().any(&like));
        let timed_out = waited.is_ok_and(|(_, result)| result.timed_out());
        assert!(!timed_out, "nobody asked for it");
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }
}

impl Drop for LocalHub {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::Relaxed);
        self.release();
        for address in [self.shared.hub, self.shared.bytes] {
            // Wakes the one who waits for connections.
            let _ = TcpStream::connect(address);
        }
        self.threads.drain(..).for_each(|thread| _ = thread.join());
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next fault, if it is one of these.
    fn fault(&self, of: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let mut state = self.state();
        state.faults.first().is_some_and(of).then(|| state.faults.remove(0))
    }

    fn answer(&self, mut stream: TcpStream, elsewhere: bool) {
        let Some(request) = Request::read(&mut stream) else { return };
        let asked = Asked {
            method: request.method.clone(),
            path: request.path.clone(),
            from: request.from(),
            token: request.header("authorization").map(str::to_owned),
            elsewhere,
        };
        self.state().asked.push(asked);
        self.changed.notify_all();
        // A client that has gone away is no failure of the hub.
        let _ = match elsewhere {
            true => self.content(&mut stream, &request),
            false => self.question(&mut stream, &request),
        };
        let _ = stream.shutdown(Shutdown::Write);
    }

    /// What is asked of the hub itself.
    fn question(&self, stream: &mut TcpStream, request: &Request) -> std::io::Result<()> {
        let path = request.path.split('?').next().unwrap_or_default();
        if self.fault(|f| *f == Fault::Noise).is_some() {
            return stream.write_all(b"?\r\n\r\n");
        }
        if path == "/api/models" {
            let words = request.query("search").unwrap_or_default().to_lowercase();
            return answer(
                stream,
                200,
                &[("content-type", "application/json")],
                self.list(&words).as_bytes(),
            );
        }
        if let Some(rest) = path.strip_prefix("/api/models/") {
            let Some((repo, _)) = rest.split_once("/tree/") else { return answer(stream, 404, &[], b"") };
            if let Some(Fault::Head(status, wait, code)) = self.fault(|f| matches!(f, Fault::Head(..))) {
                return refuse(stream, status, wait, code);
            }
            if !self.may(repo, request) {
                return refuse(stream, 401, None, Some("GatedRepo"));
            }
            return match self.tree(repo) {
                Some(tree) => answer(stream, 200, &[("content-type", "application/json")], tree.as_bytes()),
                None => refuse(stream, 404, None, Some("RepoNotFound")),
            };
        }
        let Some((repo, rest)) = path.trim_start_matches('/').split_once("/resolve/") else {
            return answer(stream, 404, &[], b"");
        };
        if let Some(new) = self.state().moved.get(repo) {
            let to = format!("/{new}/resolve/{rest}");
            return answer(stream, 307, &[("location", &to)], b"");
        }
        let file = rest.split_once('/').map_or("", |(_, file)| file);
        if request.method == "HEAD" {
            if let Some(Fault::Head(status, wait, code)) = self.fault(|f| matches!(f, Fault::Head(..))) {
                return refuse(stream, status, wait, code);
            }
        } else if let Some(Fault::Body(status, wait)) = self.fault(|f| matches!(f, Fault::Body(..))) {
            return refuse(stream, status, wait, None);
        }
        if !self.may(repo, request) {
            return refuse(stream, 401, None, Some("GatedRepo"));
        }
        let content = self.state().files.get(&(repo.to_owned(), file.to_owned())).cloned();
        let Some(content) = content else {
            let there = self.state().files.keys().any(|(of, _)| of == repo);
            return refuse(stream, 404, None, Some(if there { "EntryNotFound" } else { "RepoNotFound" }));
        };
        let size = match self.fault(|f| matches!(f, Fault::Claims(_))) {
            Some(Fault::Claims(size)) => size,
            _ => content.len() as u64,
        };
        let to = format!("http://{}/{repo}/{file}", self.bytes);
        let headers = [
            ("location", to.as_str()),
            ("x-repo-commit", COMMIT),
            ("x-linked-size", &size.to_string()),
            ("x-linked-etag", &format!("\"{}\"", sha256(&content))),
        ];
        answer(stream, 302, &headers, b"")
    }

    /// The bytes themselves.
    fn content(&self, stream: &mut TcpStream, request: &Request) -> std::io::Result<()> {
        let found =
            request.path.trim_start_matches('/').splitn(3, '/').map(str::to_owned).collect::<Vec<_>>();
        let [owner, name, file] = found.as_slice() else { return answer(stream, 404, &[], b"") };
        let content = self.state().files.get(&(format!("{owner}/{name}"), file.clone())).cloned();
        let Some(content) = content else { return answer(stream, 404, &[], b"") };
        let mut content = content.as_ref().clone();
        let total = content.len();
        if request.method == "HEAD" {
            return answer(stream, 200, &[("content-length", &total.to_string())], b"");
        }
        let fault = self.fault(|f| !matches!(f, Fault::Head(..) | Fault::Claims(_) | Fault::Body(..)));
        let from = request.from().filter(|_| fault != Some(Fault::NoRanges));
        let until = request.until().map_or(total, |until| until.min(total));
        match fault {
            Some(Fault::Short(by)) => content.truncate(total.saturating_sub(by)),
            Some(Fault::Long(by)) => content.extend(std::iter::repeat_n(b'!', by)),
            Some(Fault::Damaged(at)) => content[at] ^= 0x40,
            _ => {}
        }
        let end = if content.len() == total { until } else { content.len() };
        let part = content.get(from.unwrap_or(0)..end).unwrap_or_default();
        let (length, range) =
            (part.len().to_string(), format!("bytes {}-{}/{total}", from.unwrap_or(0), end.max(1) - 1));
        let mut headers = vec![("content-length", length.as_str())];
        if from.is_some() {
            headers.push(("content-range", &range));
        }
        http::begin(stream, if from.is_some() { 206 } else { 200 }, &headers)?;
        match fault {
            Some(Fault::Cut(at)) => stream.write_all(&part[..at.min(part.len())]),
            Some(Fault::Stall(at)) => {
                let at = at.min(part.len());
                stream.write_all(&part[..at])?;
                stream.flush()?;
                let guard = self.state();
                drop(self.changed.wait_while(guard, |state| !state.released));
                stream.write_all(&part[at..])
            }
            _ => stream.write_all(part),
        }
    }

    fn may(&self, repo: &str, request: &Request) -> bool {
        let state = self.state();
        let wanted = state.gated.get(repo).map(|token| format!("Bearer {token}"));
        wanted.is_none_or(|wanted| request.header("authorization") == Some(&wanted))
    }

    fn list(&self, words: &str) -> String {
        let state = self.state();
        let mut repos: Vec<&str> = state.files.keys().map(|(repo, _)| repo.as_str()).collect();
        repos.dedup();
        let found = repos.into_iter().filter(|repo| repo.to_lowercase().contains(words));
        let all: Vec<_> = found
            .map(|repo| {
                let gated = state.gated.contains_key(repo);
                serde_json::json!({ "id": repo, "downloads": 1000, "gated": if gated { "manual".into() } else { serde_json::Value::Bool(false) } })
            })
            .collect();
        serde_json::Value::Array(all).to_string()
    }

    fn tree(&self, repo: &str) -> Option<String> {
        let state = self.state();
        let files = state.files.iter().filter(|((of, _), _)| of == repo);
        let all: Vec<_> = files
            .map(|((_, path), content)| {
                let oid = sha256(content)[..40].to_owned();
                let lfs = serde_json::json!({ "oid": sha256(content), "size": content.len(), "pointerSize": 134 });
                serde_json::json!({ "type": "file", "oid": oid, "size": content.len(), "path": path, "lfs": lfs })
            })
            .collect();
        (!all.is_empty()).then(|| serde_json::Value::Array(all).to_string())
    }
}

fn refuse(stream: &mut TcpStream, status: u16, wait: Option<u64>, code: Option<&str>) -> std::io::Result<()> {
    let wait = wait.map(|seconds| seconds.to_string());
    let mut headers = Vec::new();
    headers.extend(wait.as_deref().map(|wait| ("retry-after", wait)));
    headers.extend(code.map(|code| ("x-error-code", code)));
    answer(stream, status, &headers, b"")
}

fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}
