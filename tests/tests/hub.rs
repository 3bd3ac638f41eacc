//! Downloads from a hub that misbehaves, over real connections: what arrives, what stays, and what the user is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use foolscap_engine::Cancel;
use foolscap_models::download::{Outcome, Progress, Stage, Wanted};
use foolscap_models::hub::{Hub, HubError, Options, Policy, Repo};
use foolscap_models::token::Token;
use foolscap_tests::hub::{COMMIT, Fault, LocalHub};
use tempfile::TempDir;

const REPO: &str = "someone/Model-GGUF";
const FILE: &str = "model-Q4_K_M.gguf";
const TOKEN: &str = "hf_aSecretOfSomeone";

/// Waits are shorter than in life; what is waited for is the same.
const POLICY: Policy = Policy {
    tries: 4,
    first_wait: Duration::from_millis(5),
    longest_wait: Duration::from_millis(40),
    stall: Duration::from_millis(300),
};

struct Here {
    hub: LocalHub,
    cache: TempDir,
    content: Vec<u8>,
}

impl Here {
    fn new() -> Self {
        let content: Vec<u8> =
            (0..1_500_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let hub = LocalHub::start();
        hub.put(REPO, FILE, content.clone());
        Self { hub, cache: tempfile::tempdir().unwrap(), content }
    }

    fn with(&self, faults: impl IntoIterator<Item = Fault>) -> &Self {
        self.hub.faults(faults);
        self
    }

    fn client(&self, endpoints: &[String], token: Option<&str>) -> Hub {
        let token = token.map(|token| Token::new(token).unwrap());
        let cache = Some(self.cache.path().to_owned());
        Hub::open(Options { endpoints: endpoints.to_vec(), token, cache, policy: POLICY }).unwrap()
    }

    fn fetch_with(
        &self,
        hub: &Hub,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<Outcome, HubError> {
        let repo: Repo = REPO.parse().unwrap();
        let wanted = Wanted { repo: &repo, file: FILE, revision: None, sha256: None };
        hub.download(&wanted).run(cancel, on)
    }

    fn fetch(&self) -> Result<Outcome, HubError> {
        self.fetch_with(&self.client(&[self.hub.url()], None), &Cancel::new(), &mut |_| ())
    }

    fn arrives(&self) -> PathBuf {
        let outcome = self.fetch().unwrap();
        let Outcome::Done { path, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(fs::read(&path).unwrap(), self.content);
        assert_eq!(self.hub.faults_left(), 0, "all of it went wrong first");
        path
    }

    fn fails(&self) -> HubError {
        let error = self.fetch().unwrap_err();
        assert!(!self.is_visible(), "what is not whole is not seen");
        println!("{error}");
        error
    }

    fn is_visible(&self) -> bool {
        files(self.cache.path()).iter().any(|path| path.file_name().is_some_and(|name| name == FILE))
    }

    fn part(&self) -> Option<PathBuf> {
        files(self.cache.path()).into_iter().find(|path| path.extension().is_some_and(|e| e == "incomplete"))
    }

    fn bodies(&self) -> Vec<Option<usize>> {
        let asked = self.hub.asked();
        asked.iter().filter(|a| a.elsewhere && a.method == "GET").map(|a| a.from).collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let all = entries.flatten().map(|entry| entry.path());
    all.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_file_arrives_whole_where_the_hubs_own_programs_look_for_it() {
    let here = Here::new();
    let mut heard = Vec::new();
    let hub = here.client(&[here.hub.url()], None);
    let outcome = here.fetch_with(&hub, &Cancel::new(), &mut |p| heard.push(p.clone())).unwrap();
    let folder = here.cache.path().join("models--someone--Model-GGUF");
    let path = folder.join("snapshots").join(COMMIT).join(FILE);
    assert!(matches!(&outcome, Outcome::Done { path: at, .. } if *at == path), "{outcome:?}");
    assert_eq!(fs::read(&path).unwrap(), here.content);
    assert_eq!(fs::read_to_string(folder.join("refs/main")).unwrap(), COMMIT);
    assert_eq!(here.part(), None);
    let last = heard.last().unwrap();
    assert!(last.done == last.total && last.total == here.content.len() as u64);
    assert!(heard.iter().any(|p| p.stage == Stage::Fetching));
    // A second time nothing is fetched.
    let before = here.bodies().len();
    here.arrives();
    assert_eq!(here.bodies().len(), before);
}

#[test]
fn a_cut_connection_goes_on_where_it_was_cut() {
    let here = Here::new();
    here.with([Fault::Cut(400_000), Fault::Cut(0), Fault::Cut(500_000)]).arrives();
    let from: Vec<usize> = here.bodies().into_iter().flatten().collect();
    assert!(from.windows(2).all(|pair| pair[0] <= pair[1]) && *from.last().unwrap() > 600_000, "{from:?}");
}

#[test]
fn a_network_that_is_lost_is_told_and_what_came_is_kept() {
    let here = Here::new();
    let error = here.with([Fault::Cut(700_000)]).with(vec![Fault::Cut(0); 8]).fails();
    assert!(matches!(error, HubError::Network { .. }), "{error}");
    assert!(error.to_string().contains("what came is kept"));
    assert_eq!(fs::metadata(here.part().unwrap()).unwrap().len(), 700_000);
    // Later it goes on.
    let left = here.hub.faults_left();
    here.hub.faults([]);
    for _ in 0..left.div_ceil(POLICY.tries as usize) {
        let _ = here.fetch();
    }
    here.arrives();
}

#[test]
fn a_connection_on_which_nothing_comes_is_given_up() {
    let here = Here::new();
    here.with([Fault::Stall(300_000)]).arrives();
    let error = Here::new().with(vec![Fault::Stall(0); 4]).fails();
    assert!(matches!(error, HubError::Stalled(_)), "{error}");
}

#[test]
fn a_server_that_knows_no_ranges_is_found_out() {
    let here = Here::new();
    here.with([Fault::Cut(400_000), Fault::NoRanges]).arrives();
}

#[test]
fn a_file_shorter_or_longer_than_the_hub_says_is_refused() {
    let error = Here::new().with([Fault::Short(1000)]).fails();
    assert!(matches!(error, HubError::Length { .. }), "{error}");
    let error = Here::new().with([Fault::Long(1000)]).fails();
    assert!(matches!(error, HubError::Length { .. }), "{error}");
}

#[test]
fn a_damaged_file_is_thrown_away() {
    let here = Here::new();
    let error = here.with([Fault::Damaged(750_000)]).fails();
    assert!(matches!(error, HubError::Digest { .. }) && error.to_string().contains("thrown away"), "{error}");
    assert_eq!(fs::metadata(here.part().unwrap()).unwrap().len(), 0);
    here.arrives();
}

#[test]
fn damage_from_an_earlier_run_costs_one_fetch_more() {
    let here = Here::new();
    here.with([Fault::Cut(700_000)]).with(vec![Fault::Cut(0); 4]).fails();
    let part = here.part().unwrap();
    let mut bytes = fs::read(&part).unwrap();
    bytes[1000] ^= 1;
    fs::write(&part, bytes).unwrap();
    here.arrives();
}

#[test]
fn a_mirror_stands_in_for_a_hub_that_fails_and_never_sees_the_token() {
    let here = Here::new();
    here.hub.faults(vec![Fault::Head(503, None, None); 4]);
    let mirror = LocalHub::start();
    mirror.put(REPO, FILE, here.content.clone());
    let hub = here.client(&[here.hub.url(), mirror.url()], Some(TOKEN));
    let outcome = here.fetch_with(&hub, &Cancel::new(), &mut |_| ()).unwrap();
    assert!(matches!(outcome, Outcome::Done { .. }));
    let sent = |hub: &LocalHub| hub.asked().iter().any(|asked| asked.token.is_some());
    assert!(sent(&here.hub) && !sent(&mirror));
}

#[test]
fn a_mirror_with_another_file_is_found_out() {
    let here = Here::new();
    here.hub.faults([Fault::Damaged(9), Fault::Damaged(9)]);
    let mirror = LocalHub::start();
    mirror.put(REPO, FILE, here.content.clone());
    let hub = here.client(&[here.hub.url(), mirror.url()], None);
    let Outcome::Done { path, .. } = here.fetch_with(&hub, &Cancel::new(), &mut |_| ()).unwrap() else {
        panic!()
    };
    assert_eq!(fs::read(path).unwrap(), here.content);
}

#[test]
fn terms_that_were_not_agreed_to_are_told_with_the_way() {
    let here = Here::new();
    here.hub.gate(REPO, TOKEN);
    let error = here.fails();
    assert!(matches!(error, HubError::Gated { .. }) && error.to_string().contains("agree"), "{error}");
    let wrong = here.client(&[here.hub.url()], Some("hf_ofSomebodyElse"));
    let error = here.fetch_with(&wrong, &Cancel::new(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, HubError::Refused { .. }) && !error.to_string().contains("hf_"), "{error}");
    let right = here.client(&[here.hub.url()], Some(TOKEN));
    let outcome = here.fetch_with(&right, &Cancel::new(), &mut |_| ()).unwrap();
    assert!(matches!(outcome, Outcome::Done { .. }));
    // The token goes to the hub and not to where the bytes are.
    assert!(here.hub.asked().iter().all(|asked| !asked.elsewhere || asked.token.is_none()));
}

#[test]
fn each_refusal_is_told_for_what_it_is() {
    let refused = |fault: Fault| Here::new().with([fault]).fails();
    assert!(matches!(refused(Fault::Head(403, None, None)), HubError::Gated { .. }));
    assert!(matches!(refused(Fault::Head(404, None, Some("EntryNotFound"))), HubError::NotFound { .. }));
    let error = refused(Fault::Head(401, None, Some("RepoNotFound")));
    assert!(error.to_string().contains("repository someone/Model-GGUF"), "{error}");
    let error = refused(Fault::Head(404, None, Some("RevisionNotFound")));
    assert!(error.to_string().contains("version"), "{error}");
    assert!(matches!(refused(Fault::Head(418, None, None)), HubError::Server { status: 418 }));
}

#[test]
fn a_hub_that_asks_to_wait_is_waited_for_or_told() {
    let here = Here::new();
    here.with([Fault::Head(429, Some(0), None), Fault::Body(429, Some(0))]).arrives();
    let error = Here::new().with([Fault::Head(429, Some(3600), None)]).fails();
    assert!(error.to_string().contains("60 minutes"), "{error}");
}

#[test]
fn a_hub_that_fails_is_asked_again_and_then_told() {
    Here::new()
        .with([Fault::Head(500, None, None), Fault::Body(502, None), Fault::Body(503, None)])
        .arrives();
    let error = Here::new().with(vec![Fault::Head(503, None, None); 4]).fails();
    assert!(matches!(error, HubError::Server { status: 503 }), "{error}");
}

#[test]
fn what_is_no_answer_does_no_harm() {
    let error = Here::new().with(vec![Fault::Noise; 4]).fails();
    assert!(matches!(error, HubError::Network { .. } | HubError::Answer(_)), "{error}");
}

#[test]
fn a_renamed_repository_is_found_under_its_new_name() {
    let here = Here::new();
    here.hub.put("somebody/Model-GGUF", FILE, here.content.clone());
    here.hub.rename(REPO, "somebody/Model-GGUF");
    here.arrives();
}

#[test]
fn a_file_that_the_disk_has_no_room_for_is_not_begun() {
    let here = Here::new();
    let error = here.with([Fault::Claims(u64::MAX / 2)]).fails();
    assert!(matches!(error, HubError::Room { .. }) && error.to_string().contains("make room"), "{error}");
    assert!(here.bodies().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_midway_is_told_and_nothing_is_lost() {
    let here = Here::new();
    // What is written to it finds the disk full.
    here.with([Fault::Cut(0)]).with(vec![Fault::Cut(0); 3]).fails();
    let part = here.part().unwrap();
    fs::remove_file(&part).unwrap();
    std::os::unix::fs::symlink("/dev/full", &part).unwrap();
    let error = here.fails();
    assert!(matches!(error, HubError::Room { .. }), "{error}");
    fs::remove_file(&part).unwrap();
    here.arrives();
}

#[test]
fn being_stopped_is_an_outcome_and_later_it_goes_on() {
    let here = Here::new();
    here.hub.faults([Fault::Stall(600_000)]);
    let hub = here.client(&[here.hub.url()], None);
    let cancel = Cancel::new();
    let mut on = |p: &Progress| {
        if p.done >= 500_000 {
            cancel.cancel();
        }
    };
    let repo: Repo = REPO.parse().unwrap();
    let wanted = Wanted { repo: &repo, file: FILE, revision: None, sha256: None };
    let mut download = hub.download(&wanted);
    assert_eq!(download.run(&cancel, &mut on).unwrap(), Outcome::Stopped);
    assert_eq!(download.kept(), here.part().into_iter().collect::<Vec<_>>());
    assert!(!here.is_visible());
    let kept = fs::metadata(here.part().unwrap()).unwrap().len();
    assert!(kept >= 500_000, "{kept}");
    here.arrives();
    assert!(here.bodies().last().unwrap().is_some_and(|from| from + (1 << 16) >= 500_000));
}

#[test]
fn two_do_not_fight_over_one_file() {
    let here = Here::new();
    here.hub.faults([Fault::Stall(300_000)]);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let policy = Policy { stall: Duration::from_secs(60), ..POLICY };
            let cache = Some(here.cache.path().to_owned());
            let options = Options { endpoints: vec![here.hub.url()], token: None, cache, policy };
            here.fetch_with(&Hub::open(options).unwrap(), &Cancel::new(), &mut |_| ())
        });
        here.hub.wait_for(|asked| asked.elsewhere && asked.method == "GET");
        let error = here.fetch().unwrap_err();
        assert!(matches!(error, HubError::Locked { .. }), "{error}");
        here.hub.release();
        assert!(matches!(first.join().unwrap().unwrap(), Outcome::Done { .. }));
    });
    here.arrives();
}

#[test]
fn a_catalogue_that_means_another_content_gets_nothing() {
    let here = Here::new();
    let hub = here.client(&[here.hub.url()], None);
    let (repo, hash) = (REPO.parse().unwrap(), "0".repeat(64));
    let wanted = Wanted { repo: &repo, file: FILE, revision: None, sha256: Some(&hash) };
    let error = hub.download(&wanted).run(&Cancel::new(), &mut |_| ()).unwrap_err();
    assert!(matches!(error, HubError::Changed { .. }), "{error}");
}

#[test]
fn it_can_be_asked_from_where_another_runtime_works() {
    let here = Here::new();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        here.arrives();
    });
}

#[test]
fn repositories_are_searched_and_listed_and_headers_read_before_anything_is_fetched() {
    let here = Here::new();
    here.hub.put(REPO, "README.md", "about it");
    here.hub.put("other/Thing", "a.gguf", "x");
    here.hub.gate("other/Thing", TOKEN);
    let starter = include_bytes!("../../models/starter/foolscap-starter.gguf");
    here.hub.put(REPO, "starter.gguf", starter.as_slice());
    let hub = here.client(&[here.hub.url()], None);
    let found = hub.search("model", 10).unwrap();
    assert_eq!(found.iter().map(|f| f.repo.as_str()).collect::<Vec<_>>(), [REPO]);
    assert!(hub.search("thing", 10).unwrap()[0].gated);
    let repo: Repo = REPO.parse().unwrap();
    let files = hub.files(&repo, None).unwrap();
    assert_eq!(files.len(), 3);
    let read = |file: &str, cancel: &Cancel| hub.header(&repo, None, file, cancel);
    let (header, size) = read("starter.gguf", &Cancel::new()).unwrap().unwrap();
    assert_eq!(size, starter.len() as u64);
    assert_eq!(header.metadata().text("general.architecture"), Some("llama"));
    let error = read(FILE, &Cancel::new()).err().unwrap();
    assert!(matches!(error, HubError::NoModel { .. }), "{error}");
    let cancelled = Cancel::new();
    cancelled.cancel();
    assert!(read("starter.gguf", &cancelled).unwrap().is_none());
    assert!(matches!(hub.files(&"no/where".parse().unwrap(), None), Err(HubError::NotFound { .. })));
    assert_eq!(files_in(here.cache.path()), 0, "nothing was written");
}

fn files_in(folder: &Path) -> usize {
    files(folder).len()
}
