//! Fetching a model, whole or not at all. Each file of it is written beside its place and gets that when its length and digest
//! are those that the hub says; names are given when all are there, and until then nobody sees any of them. What came
//! stays, however the work ends: a lost network, a kill, a writer who pauses.

mod cache;
mod part;
mod progress;
mod receive;

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::Duration;

use foolscap_engine::Cancel;

use crate::hub::{Facts, Halt, Hub, HubError, Repo};
use crate::{machine, parts};
use cache::Place;
use part::{Checked, Part};
use progress::Teller;
pub use progress::{Progress, Stage};
use receive::{Piece, receive, verify};

/// What to fetch.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// From where.
    pub repo: &'a Repo,
    /// Which file of it; any part of a model in several means all of them.
    pub file: &'a str,
    /// Commit, branch or tag; none: the newest.
    pub revision: Option<&'a str>,
    /// SHA-256 that the first file must have, where it is known from elsewhere; the hub's own word counts besides.
    pub sha256: Option<&'a str>,
}

/// How it ended, when nothing went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is here, complete and checked.
    Done {
        /// Where; of several files, the first.
        path: PathBuf,
        /// What the hub says about each file.
        facts: Vec<Facts>,
    },
    /// It was asked to stop. What came is kept, and goes on from there the next time.
    Stopped,
}

/// A model that is being fetched, once or, after it stopped or failed, again.
pub struct Download<'a> {
    hub: &'a Hub,
    wanted: Wanted<'a>,
    places: Vec<Place>,
}

/// So much is left free on the disk besides.
const LEFT: u64 = 64 << 20;

impl Hub {
    /// A model that is to come into the cache. Nobody is asked yet.
    pub fn download<'a>(&'a self, wanted: &Wanted<'a>) -> Download<'a> {
        Download { hub: self, wanted: wanted.clone(), places: Vec::new() }
    }
}

impl Download<'_> {
    /// Fetches it, or goes on with what came before. `on` hears at most ten times a second how it goes.
    ///
    /// # Errors
    /// What keeps it from arriving; being stopped is an outcome.
    pub fn run(
        &mut self,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<Outcome, HubError> {
        let (hub, wanted, places) = (self.hub, &self.wanted, &mut self.places);
        match hub.wait_for(move || fetching(hub, wanted, cancel, on, places)) {
            Ok((path, facts)) => Ok(Outcome::Done { path, facts }),
            Err(Halt::Stopped) => Ok(Outcome::Stopped),
            Err(Halt::Failed(error)) => Err(error),
        }
    }

    /// What is kept of a model that did not arrive, and is no other's. Whoever wants none of it deletes these.
    pub fn kept(&self) -> Vec<PathBuf> {
        self.places.iter().flat_map(Place::kept).collect()
    }
}

async fn fetching(
    hub: &Hub,
    wanted: &Wanted<'_>,
    cancel: &Cancel,
    on: &mut (dyn FnMut(&Progress) + Send),
    places: &mut Vec<Place>,
) -> Result<(PathBuf, Vec<Facts>), Halt> {
    let teller = RefCell::new(Teller::new(on));
    teller.borrow_mut().stage(Stage::Asking);
    let mut waits = |error: &HubError, time: Duration| teller.borrow_mut().wait(error, time);
    let files = parts::all(wanted.file);
    let mut facts: Vec<Facts> = Vec::new();
    for file in &files {
        // All of one commit, whatever is published meanwhile.
        let revision = facts.first().map(|first| first.commit.clone());
        let revision = revision.as_deref().or(wanted.revision);
        let asked = hub.attempt(hub.policy.tries, cancel, &mut waits, async |endpoint| {
            endpoint.head(wanted.repo, revision, file).await
        });
        facts.push(asked.await.map_err(|halt| match halt {
            Halt::Failed(error) => Halt::Failed(error.in_a_set(wanted.repo, file)),
            Halt::Stopped => Halt::Stopped,
        })?);
    }
    let failed = Halt::Failed;
    let digests = expected(wanted, &facts).map_err(failed)?;
    *places =
        files.iter().zip(&facts).map(|(file, facts)| Place::new(&hub.cache, wanted, file, facts)).collect();
    room(places).map_err(failed)?;
    let total = facts.iter().fold(0u64, |sum, facts| sum.saturating_add(facts.size));
    teller.borrow_mut().begin(total);
    for (((file, facts), place), digest) in files.iter().zip(&facts).zip(&*places).zip(&digests) {
        let piece = Piece { repo: wanted.repo, file, facts };
        fetch_one(hub, &piece, place, digest.as_deref(), cancel, &teller).await?;
        teller.borrow_mut().came(facts.size);
    }
    // The first names the model: whoever sees it sees the others.
    let mut first = PathBuf::new();
    for place in places.iter().rev() {
        first = place.link().map_err(failed)?;
    }
    Ok((first, facts))
}

/// Brings one file into its place.
async fn fetch_one(
    hub: &Hub,
    piece: &Piece<'_>,
    place: &Place,
    digest: Option<&str>,
    cancel: &Cancel,
    teller: &RefCell<Teller<'_>>,
) -> Result<(), Halt> {
    let size = piece.facts.size;
    if place.is_complete() {
        return Ok(());
    }
    let failed = Halt::Failed;
    let _lock = place.lock().map_err(failed)?;
    // Another may have fetched it meanwhile.
    if place.is_complete() {
        return Ok(());
    }
    let opened = Part::open(&place.part, size, cancel, &mut |done| {
        teller.borrow_mut().progress(Stage::Checking, done);
    });
    let part = match opened.map_err(failed)? {
        Checked::Ready(part) => RefCell::new(part),
        Checked::Stopped => return Err(Halt::Stopped),
    };
    let mut waits = |error: &HubError, time: Duration| teller.borrow_mut().wait(error, time);
    hub.attempt(hub.policy.tries, cancel, &mut waits, async |endpoint| {
        let came = receive(hub, endpoint, piece, &part, teller).await;
        came.and_then(|()| verify(&part, piece.file, digest))
    })
    .await?;
    teller.borrow_mut().progress(Stage::Finishing, size);
    part.into_inner().finish(&place.blob).map_err(failed)
}

/// The digests that the files must have.
fn expected(wanted: &Wanted<'_>, facts: &[Facts]) -> Result<Vec<Option<String>>, HubError> {
    let known = std::iter::once(wanted.sha256).chain(std::iter::repeat(None));
    let each = facts.iter().zip(known).map(|(facts, known)| match (known, &facts.sha256) {
        (Some(known), Some(said)) if !known.eq_ignore_ascii_case(said) => {
            Err(HubError::Changed { file: wanted.file.to_owned() })
        }
        (known, said) => Ok(known.map(str::to_lowercase).or_else(|| said.clone())),
    });
    each.collect()
}

/// Room for all that is still missing, before any of it comes.
fn room(places: &[Place]) -> Result<(), HubError> {
    let Some(folder) = places.first().map(Place::folder) else { return Ok(()) };
    let missing = places.iter().fold(0u64, |sum, place| sum.saturating_add(place.missing()));
    let needed = missing.saturating_add(LEFT);
    match machine::room(folder) {
        Some(free) if missing > 0 && free < needed => {
            Err(HubError::Room { folder: folder.to_owned(), needed, free })
        }
        _ => Ok(()),
    }
}
