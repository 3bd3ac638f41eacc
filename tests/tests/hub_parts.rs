//! Models in several files from a hub that misbehaves: all of them come or none is seen, and what came is not fetched again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use foolscap_engine::{Cancel, Gguf, Model};
use foolscap_models::download::{Download, Outcome, Progress, Stage, Wanted};
use foolscap_models::hub::{Hub, HubError, Options, Policy, Repo};
use foolscap_tests::hub::{COMMIT, Fault, LocalHub};
use foolscap_tests::synth::{self, TensorType};
use tempfile::TempDir;

const REPO: &str = "someone/Big-GGUF";
const PARTS: [&str; 3] =
    ["Q8/Big-00001-of-00003.gguf", "Q8/Big-00002-of-00003.gguf", "Q8/Big-00003-of-00003.gguf"];

/// Waits are shorter than in life; what is waited for is the same.
const POLICY: Policy = Policy {
    tries: 3,
    first_wait: Duration::from_millis(5),
    longest_wait: Duration::from_millis(40),
    stall: Duration::from_millis(300),
};

struct Here {
    hub: LocalHub,
    repo: Repo,
    client: Hub,
    cache: TempDir,
    contents: Vec<Vec<u8>>,
}

impl Here {
    /// A hub with the first `there` of the three.
    fn new(there: usize) -> Self {
        let made = tempfile::tempdir().unwrap();
        let paths = synth::write_parts(made.path(), "Big", &synth::LLAMA, TensorType::F32, 7, 3).unwrap();
        let contents: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
        let (hub, cache) = (LocalHub::start(), tempfile::tempdir().unwrap());
        for (name, content) in PARTS.iter().zip(&contents).take(there) {
            hub.put(REPO, name, content.clone());
        }
        let (endpoints, folder) = (vec![hub.url()], Some(cache.path().to_owned()));
        let client = Hub::open(Options { endpoints, token: None, cache: folder, policy: POLICY }).unwrap();
        Self { hub, repo: REPO.parse().unwrap(), client, cache, contents }
    }

    fn download(&self) -> Download<'_> {
        let wanted = Wanted { repo: &self.repo, file: PARTS[0], revision: None, sha256: None };
        self.client.download(&wanted)
    }

    fn fails(&self) -> HubError {
        let error = self.download().run(&Cancel::new(), &mut |_| ()).unwrap_err();
        assert!(self.seen().is_empty(), "of what is not whole nothing is seen");
        println!("{error}");
        error
    }

    /// It comes, and runs.
    fn arrives(&self) {
        let outcome = self.download().run(&Cancel::new(), &mut |_| ()).unwrap();
        let Outcome::Done { path, facts } = outcome else { panic!("{outcome:?}") };
        let snapshot = self.cache.path().join("models--someone--Big-GGUF/snapshots").join(COMMIT);
        assert_eq!(path, snapshot.join(PARTS[0]));
        for (name, content) in PARTS.iter().zip(&self.contents) {
            assert_eq!(fs::read(snapshot.join(name)).unwrap(), *content);
        }
        assert!(facts.len() == 3 && facts.iter().all(|facts| facts.sha256.is_some()));
        Model::check(&Gguf::open(&path).unwrap()).unwrap();
        assert_eq!(self.hub.faults_left(), 0, "all of it went wrong first");
        assert_eq!(self.download().kept(), <[PathBuf; 0]>::default());
    }

    fn seen(&self) -> Vec<PathBuf> {
        let mut all = files(self.cache.path());
        all.retain(|path| path.extension().is_some_and(|e| e == "gguf"));
        all
    }

    /// What was asked of the bytes of a part: where from.
    fn bodies(&self, part: &str) -> Vec<usize> {
        let all = self.hub.asked().into_iter();
        let of_it = all.filter(|a| a.elsewhere && a.method == "GET" && a.path.ends_with(part));
        of_it.map(|asked| asked.from.unwrap_or(0)).collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let all = entries.flatten().map(|entry| entry.path());
    all.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn all_files_of_a_model_arrive_and_are_told_as_one() {
    let here = Here::new(3);
    let total = here.contents.iter().map(|content| content.len() as u64).sum::<u64>();
    let mut heard: Vec<Progress> = Vec::new();
    here.download().run(&Cancel::new(), &mut |p| heard.push(p.clone())).unwrap();
    let fetching: Vec<&Progress> = heard.iter().filter(|p| p.stage == Stage::Fetching).collect();
    assert!(fetching.iter().all(|p| p.total == total && p.done <= total));
    assert!(fetching.windows(2).all(|pair| pair[0].done <= pair[1].done), "it never goes back");
    assert_eq!(heard.last().unwrap().done, total);
    here.arrives();
    for part in PARTS {
        assert_eq!(here.bodies(part).len(), 1, "{part} is fetched once, and not again when all are here");
    }
}

#[test]
fn a_model_of_which_the_hub_lacks_a_file_is_not_begun() {
    let here = Here::new(2);
    let error = here.fails();
    assert!(matches!(error, HubError::PartMissing { count: 3, .. }), "{error}");
    assert!(error.to_string().contains(PARTS[2]), "{error}");
    assert!(PARTS.iter().all(|part| here.bodies(part).is_empty()));
    let header = here.client.header(&here.repo, None, PARTS[0], &Cancel::new());
    assert!(matches!(header, Err(HubError::PartMissing { .. })));
    assert!(matches!(Here::new(0).fails(), HubError::NotFound { .. }));
}

#[test]
fn a_damaged_part_is_thrown_away_and_the_others_are_kept() {
    let here = Here::new(3);
    here.hub.faults([Fault::Nothing, Fault::Damaged(100_000)]);
    let error = here.fails();
    assert!(matches!(&error, HubError::Digest { file, .. } if file == PARTS[1]), "{error}");
    here.arrives();
    assert_eq!([0, 1, 2].map(|part| here.bodies(PARTS[part]).len()), [1, 2, 1]);
}

#[test]
fn a_connection_that_is_cut_in_the_second_part_goes_on_there() {
    let here = Here::new(3);
    let half = here.contents[1].len() / 2;
    here.hub.faults([Fault::Nothing, Fault::Cut(half), Fault::Cut(0), Fault::Cut(0), Fault::Cut(0)]);
    here.fails();
    // Another day, another process.
    here.arrives();
    assert_eq!(here.bodies(PARTS[0]), [0], "the first is whole");
    let last = *here.bodies(PARTS[1]).last().unwrap();
    assert!(last > half / 2 && last <= half, "{last} of {half}");
}

#[test]
fn who_stops_between_two_parts_goes_on_with_the_second() {
    let here = Here::new(3);
    let cancel = Cancel::new();
    let first = here.contents[0].len() as u64;
    let mut on = |p: &Progress| {
        if p.done >= first {
            cancel.cancel();
        }
    };
    let mut download = here.download();
    assert_eq!(download.run(&cancel, &mut on).unwrap(), Outcome::Stopped);
    assert!(here.seen().is_empty());
    // What is kept is what somebody who wants none of it deletes.
    let kept = download.kept();
    assert!(!kept.is_empty() && kept.iter().all(|path| path.is_file()), "{kept:?}");
    here.arrives();
    assert_eq!(here.bodies(PARTS[0]), [0]);
    assert_eq!(download.kept(), <[PathBuf; 0]>::default(), "what has a name is not for deleting");
}

#[test]
fn a_model_that_the_disk_has_no_room_for_is_not_begun() {
    let here = Here::new(3);
    here.hub.faults([Fault::Claims(u64::MAX / 4)]);
    let error = here.fails();
    assert!(matches!(error, HubError::Room { .. }), "{error}");
    assert!(PARTS.iter().all(|part| here.bodies(part).is_empty()));
}

#[test]
fn the_header_of_a_model_in_several_files_is_that_of_all() {
    let here = Here::new(3);
    let (header, size) = here.client.header(&here.repo, None, PARTS[1], &Cancel::new()).unwrap().unwrap();
    assert_eq!(size, here.contents.iter().map(|content| content.len() as u64).sum::<u64>());
    Model::check_header(&header).unwrap();
    let parts: std::collections::BTreeSet<usize> = header.tensors().iter().map(|t| t.part).collect();
    assert_eq!(parts.len(), 3);
    // Parts of different models are no model.
    let other = tempfile::tempdir().unwrap();
    let others = synth::write_parts(other.path(), "Big", &synth::QWEN3, TensorType::F32, 7, 2).unwrap();
    here.hub.put(REPO, PARTS[2], fs::read(&others[1]).unwrap());
    let error = here.client.header(&here.repo, None, PARTS[0], &Cancel::new()).err().unwrap();
    assert!(matches!(error, HubError::NoModel { .. }), "{error}");
}
