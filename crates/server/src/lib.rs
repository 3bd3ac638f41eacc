//! The model of this machine for other programs: a server that speaks the OpenAI API (completions and chat, streamed or
//! whole, with seeds, log-probabilities and JSON schemas), on this machine alone unless it is told otherwise, and never
//! without a key. It is a shell like the window: what is asked becomes an [`foolscap_app::api::Completion`], and what the
//! engine says becomes an answer.

mod answer;
mod error;
mod key;
mod request;
mod routes;
mod stream;
mod work;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use foolscap_app::Engine;
use tokio::sync::oneshot;

pub use key::{Key, KeyError};

/// Hears what happens.
pub type Log = Box<dyn Fn(Note<'_>) + Send + Sync>;

/// What happens to requests; nothing of what is said in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note<'a> {
    /// One is answered, or its answer begins.
    Answered {
        /// `GET` or `POST`, mostly.
        method: &'a str,
        /// What was asked for.
        path: &'a str,
        /// HTTP's.
        status: u16,
    },
    /// Work on an answer begins, or waits its turn.
    Begun {
        /// The answer's name.
        answer: &'a str,
    },
    /// Whoever asked left before the end, and the work is stopped. One who leaves before it begins leaves no trace.
    Left {
        /// The answer's name.
        answer: &'a str,
    },
}

/// What is served, and to whom.
pub struct Options {
    /// Where to listen; port 0: any that is free.
    pub address: SocketAddr,
    /// What every request has to bring.
    pub key: Key,
    /// The model's name, as requests say it.
    pub model: String,
    /// Hears of requests.
    pub log: Log,
}

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address cannot be had.
    #[error("cannot listen on {address}: {source}; choose another with --port, or 0 for any that is free")]
    Address {
        /// Which.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The system ended the work.
    #[error("the server stopped: {0}")]
    Stopped(#[from] io::Error),
}

/// A server that listens already: who connects now waits until [`Server::run`].
pub struct Server {
    listener: TcpListener,
    state: Arc<State>,
}

/// What all requests share.
struct State {
    engine: Engine,
    key: Key,
    model: String,
    log: Log,
    /// When the server began, seconds since 1970: the age that the model is told with.
    since: u64,
    /// Numbers requests.
    next: AtomicU64,
}

impl Server {
    /// Takes the address.
    ///
    /// # Errors
    /// [`ServerError::Address`].
    pub fn bind(engine: Engine, options: Options) -> Result<Self, ServerError> {
        let Options { address, key, model, log } = options;
        let failed = |source| ServerError::Address { address, source };
        let listener = TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let since = work::seconds_since_1970();
        let state = Arc::new(State { engine, key, model, log, since, next: AtomicU64::new(1) });
        Ok(Self { listener, state })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// What the system says.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is told or dropped. Answers on their way are broken off then.
    ///
    /// # Errors
    /// [`ServerError::Stopped`].
    pub fn run(self, stop: oneshot::Receiver<()>) -> Result<(), ServerError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let done = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let serving = axum::serve(listener, routes::all(self.state));
            tokio::select! {
                ended = serving => ended,
                _ = stop => Ok(()),
            }
        });
        // Nobody waits for connections that are still open.
        runtime.shutdown_background();
        Ok(done?)
    }
}
