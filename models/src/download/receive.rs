//! The bytes of one file, from one endpoint, as far as they are missing.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use futures::StreamExt;

use super::part::Part;
use super::progress::{Stage, Teller};
use crate::hub::{Endpoint, Facts, Hub, HubError, Next, Repo};

/// One file of what is fetched.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub repo: &'a Repo,
    pub file: &'a str,
    pub facts: &'a Facts,
}

/// So much is asked for once more when work goes on, and must be what is there already: a server that ignores where it is
/// asked to begin, or has another file by now, is found out before anything is written.
const OVERLAP: u64 = 1 << 16;
/// While nothing comes, so often it is told.
const TICK: Duration = Duration::from_millis(500);
/// As much as this is something: a connection that brings it may be cut as often as it likes.
const SOMETHING: u64 = 1 << 16;

/// What is still missing, from one endpoint.
pub(super) async fn receive(
    hub: &Hub,
    endpoint: &Endpoint,
    piece: &Piece<'_>,
    part: &RefCell<Part>,
    teller: &RefCell<Teller<'_>>,
) -> Result<(), Next> {
    let Piece { repo, file, facts } = *piece;
    let size = facts.size;
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
                teller.borrow_mut().progress(Stage::Fetching, part.borrow().len());
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
                teller.borrow_mut().progress(Stage::Fetching, found);
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
pub(super) fn verify(part: &RefCell<Part>, file: &str, expected: Option<&str>) -> Result<(), Next> {
    let mut part = part.borrow_mut();
    let found = part.sha256();
    let Some(expected) = expected.filter(|&expected| expected != found) else { return Ok(()) };
    let was_resumed = part.was_resumed();
    part.restart().map_err(Next::Give)?;
    let error = HubError::Digest { file: file.to_owned(), expected: expected.to_owned(), found };
    // What was there from an earlier run may be what is damaged.
    Err(if was_resumed { Next::Again(Some(Duration::ZERO), error) } else { Next::Elsewhere(error) })
}
