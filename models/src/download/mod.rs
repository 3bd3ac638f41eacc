//! Fetching one file, whole or not at all. It is written beside its place and gets its name when its length and digest are
//! those that the hub says; until then nobody sees it. What came stays, however the work ends: a lost network, a kill, a
//! writer who pauses.

mod cache;
mod part;
mod progress;

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use foolscap_engine::Cancel;
use futures::StreamExt;

use crate::hub::{Endpoint, Facts, Halt, Hub, HubError, Next, Repo};
use crate::machine;
use cache::Place;
use part::{Checked, Part};
use progress::Teller;
pub use progress::{Progress, Stage};

/// What to fetch.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// From where.
    pub repo: &'a Repo,
    /// Which file of it.
    pub file: &'a str,
    /// Commit, branch or tag; none: the newest.
    pub revision: Option<&'a str>,
    /// SHA-256 that it must have, where it is known from elsewhere; the hub's own word counts besides.
    pub sha256: Option<&'a str>,
}

/// How it ended, when nothing went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is here, complete and checked.
    Done {
        /// Where.
        path: PathBuf,
        /// What the hub says about it.
        facts: Facts,
    },
    /// It was asked to stop. What came is kept, and goes on from there the next time.
    Stopped {
        /// Where it is kept, if anything came. Whoever wants none of it deletes this.
        part: Option<PathBuf>,
    },
}

/// So much is asked for once more when work goes on, and must be what is there already: a server that ignores where it is
/// asked to begin, or has another file by now, is found out before anything is written.
const OVERLAP: u64 = 1 << 16;
/// So much is left free on the disk besides.
const LEFT: u64 = 64 << 20;
/// While nothing comes, so often it is told.
const TICK: Duration = Duration::from_millis(500);
/// As much as this is something: a connection that brings it may be cut as often as it likes.
const SOMETHING: u64 = 1 << 16;

impl Hub {
    /// Fetches a file into the cache, or goes on with what came before. `on` hears at most ten times a second how it goes.
    ///
    /// # Errors
    /// What keeps it from arriving; being stopped is an outcome.
    pub fn fetch(
        &self,
        wanted: &Wanted<'_>,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<Outcome, HubError> {
        let mut part = None;
        let kept = &mut part;
        match self.wait_for(move || self.fetching(wanted, cancel, on, kept)) {
            Ok((path, facts)) => Ok(Outcome::Done { path, facts }),
            Err(Halt::Stopped) => Ok(Outcome::Stopped { part: part.filter(|path| path.is_file()) }),
            Err(Halt::Failed(error)) => Err(error),
        }
    }

    async fn fetching(
        &self,
        wanted: &Wanted<'_>,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
        kept: &mut Option<PathBuf>,
    ) -> Result<(PathBuf, Facts), Halt> {
        let teller = RefCell::new(Teller::new(on));
        teller.borrow_mut().stage(Stage::Asking);
        let mut waits = |error: &HubError, time: Duration| teller.borrow_mut().wait(error, time);
        let facts = self
            .attempt(self.policy.tries, cancel, &mut waits, async |endpoint| {
                endpoint.head(wanted.repo, wanted.revision, wanted.file).await
            })
            .await?;
        let failed = |error| Halt::Failed(error);
        let digest = expected(wanted, &facts).map_err(failed)?;
        let place = Place::new(&self.cache, wanted, &facts);
        if place.is_complete(facts.size) {
            return place.link().map(|path| (path, facts)).map_err(failed);
        }
        *kept = Some(place.part.clone());
        let _lock = place.lock().map_err(failed)?;
        // Another may have fetched it meanwhile.
        if place.is_complete(facts.size) {
            return place.link().map(|path| (path, facts)).map_err(failed);
        }
        let opened = Part::open(&place.part, facts.size, cancel, &mut |done| {
            teller.borrow_mut().progress(Stage::Checking, done, facts.size);
        });
        let part = match opened.map_err(failed)? {
            Checked::Ready(part) => part,
            Checked::Stopped => return Err(Halt::Stopped),
        };
        room(&place, facts.size - part.len()).map_err(failed)?;
        let part = RefCell::new(part);
        self.attempt(self.policy.tries, cancel, &mut waits, async |endpoint| {
            let came = receive(self, endpoint, wanted, &facts, &part, &teller).await;
            came.and_then(|()| verify(&part, wanted.file, digest.as_deref()))
        })
        .await?;
        teller.borrow_mut().progress(Stage::Finishing, facts.size, facts.size);
        let path = part.into_inner().finish(&place.blob).and_then(|()| place.link()).map_err(failed)?;
        Ok((path, facts))
    }
}

/// The digest that it must have.
fn expected(wanted: &Wanted<'_>, facts: &Facts) -> Result<Option<String>, HubError> {
    match (wanted.sha256, &facts.sha256) {
        (Some(known), Some(said)) if !known.eq_ignore_ascii_case(said) => {
            Err(HubError::Changed { file: wanted.file.to_owned() })
        }
        (known, said) => Ok(known.map(str::to_lowercase).or_else(|| said.clone())),
    }
}

fn room(place: &Place, needed: u64) -> Result<(), HubError> {
    let folder = place.folder();
    match machine::room(folder) {
        Some(free) if free < needed.saturating_add(LEFT) => {
            Err(HubError::Room { folder: folder.to_owned(), needed: needed.saturating_add(LEFT), free })
        }
        _ => Ok(()),
    }
}

/// What is still missing, from one endpoint.
async fn receive(
    hub: &Hub,
    endpoint: &Endpoint,
    wanted: &Wanted<'_>,
    facts: &Facts,
    part: &RefCell<Part>,
    teller: &RefCell<Teller<'_>>,
) -> Result<(), Next> {
    let (repo, file, size) = (wanted.repo, wanted.file, facts.size);
    let name = repo.to_string();
    let disk = |error: HubError| Next::Give(error);
    let before = part.borrow().len();
    if before == size {
        return Ok(());
    }
    let stalled = || HubError::Stalled(hub.policy.stall);
    let from = before.saturating_sub(OVERLAP);
    let handle = endpoint.client.model(repo.owner(), repo.name());
    let ask = handle.download_file_stream().filename(file).revision(&facts.commit).range(from..size).send();
    // Two questions and an answer.
    let opened = tokio::time::timeout(3 * hub.policy.stall, ask).await;
    let opened = opened.map_err(|_| Next::Again(None, stalled()))?;
    let (length, mut stream) = opened.map_err(|e| endpoint.next(e, &name, file))?;
    // The whole size is said by servers that know no ranges, and by some that do.
    if let Some(length) = length.filter(|&length| length != size - from && length != size) {
        let found = from.saturating_add(length);
        return Err(Next::Elsewhere(HubError::Length { file: file.to_owned(), expected: size, found }));
    }
    let mut overlap = part.borrow_mut().last(before - from).map_err(disk)?;
    let mut heard = Instant::now();
    loop {
        let error = match tokio::time::timeout(TICK.min(hub.policy.stall), stream.next()).await {
            Err(_) if heard.elapsed() < hub.policy.stall => {
                // That nothing comes is told too.
                teller.borrow_mut().progress(Stage::Fetching, part.borrow().len(), size);
                continue;
            }
            Err(_) => stalled(),
            Ok(Some(Err(e))) => match endpoint.next(e, &name, file) {
                Next::Again(_, error) => error,
                other => return Err(other),
            },
            Ok(None) if part.borrow().len() == size => return Ok(()),
            Ok(None) => HubError::Network { why: "the connection was closed too early".into() },
            Ok(Some(Ok(bytes))) => {
                heard = Instant::now();
                let known = overlap.len().min(bytes.len());
                if bytes[..known] != overlap[..known] {
                    // It begins elsewhere, or is another file: all anew.
                    part.borrow_mut().restart().map_err(disk)?;
                    let why = "it does not go on where it is asked to".into();
                    return Err(Next::Again(Some(Duration::ZERO), HubError::Network { why }));
                }
                overlap.drain(..known);
                let fresh = &bytes[known..];
                let found = part.borrow().len() + fresh.len() as u64;
                if found > size {
                    part.borrow_mut().restart().map_err(disk)?;
                    let file = file.to_owned();
                    return Err(Next::Elsewhere(HubError::Length { file, expected: size, found }));
                }
                part.borrow_mut().append(fresh).map_err(disk)?;
                teller.borrow_mut().progress(Stage::Fetching, found, size);
                if found == size {
                    return Ok(());
                }
                continue;
            }
        };
        let came = part.borrow().len() - before >= SOMETHING;
        return Err(if came { Next::Further(error) } else { Next::Again(None, error) });
    }
}

/// Whether what came is what should have come.
fn verify(part: &RefCell<Part>, file: &str, expected: Option<&str>) -> Result<(), Next> {
    let mut part = part.borrow_mut();
    let found = part.sha256();
    let Some(expected) = expected.filter(|&expected| expected != found) else { return Ok(()) };
    let was_resumed = part.was_resumed();
    part.restart().map_err(Next::Give)?;
    let error = HubError::Digest { file: file.to_owned(), expected: expected.to_owned(), found };
    // What was there from an earlier run may be what is damaged.
    Err(if was_resumed { Next::Again(Some(Duration::ZERO), error) } else { Next::Elsewhere(error) })
}
