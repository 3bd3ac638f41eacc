//! Models on their way, as the window hears of them, from a hub on this machine and from folders of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc;

use foolscap_app::Models;
use foolscap_app::api::{Arrival, ArrivalState, FitVerdict, ProblemCode};
use foolscap_tests::hub::{Fault, LocalHub};
use foolscap_tests::published::publish;
use foolscap_tests::synth::{self, TensorType};
use tempfile::TempDir;

const REPO: &str = "someone/Tale-GGUF";
const NAME: &str = "someone/Tale-GGUF:Tale-00001-of-00002.gguf";

struct Here {
    hub: LocalHub,
    folder: TempDir,
    models: Models,
}

impl Here {
    fn new() -> Self {
        let (hub, folder) = (LocalHub::start(), tempfile::tempdir().unwrap());
        let models = Models::of(&folder.path().join("data"), &[hub.url()]);
        let models = models.with_cache(&folder.path().join("cache"));
        Self { hub, folder, models }
    }

    /// With a model in two files on the hub.
    fn with_model() -> Self {
        let here = Self::new();
        let made = tempfile::tempdir().unwrap();
        for path in synth::write_parts(made.path(), "Tale", &synth::LLAMA, TensorType::F32, 3, 2).unwrap() {
            here.hub.put(REPO, path.file_name().unwrap().to_str().unwrap(), fs::read(&path).unwrap());
        }
        here
    }

    /// A folder of weights as their maker would have published them.
    fn published(&self) -> PathBuf {
        let (gguf, folder) = (self.folder.path().join("a.gguf"), self.folder.path().join("Tale-1B"));
        synth::write(&gguf, &synth::LLAMA, TensorType::F32, 3).unwrap();
        publish(&gguf, &folder, TensorType::BF16, 2).unwrap();
        folder
    }

    /// All that is told about the one arrival, until it is as wanted.
    fn until(&self, wanted: impl Fn(&ArrivalState) -> bool) -> Vec<Arrival> {
        let told = self.told();
        let mut heard = Vec::new();
        for arrivals in told {
            if let [arrival] = arrivals.as_slice() {
                heard.push(arrival.clone());
                if wanted(&arrival.state) {
                    return heard;
                }
            }
        }
        panic!("it never came so far: {heard:?}")
    }

    fn told(&self) -> mpsc::Receiver<Vec<Arrival>> {
        let (say, told) = mpsc::channel();
        self.models.watch_arrivals(Box::new(move |all| match say.send(all.to_vec()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }));
        told
    }

    fn ids(&self) -> Vec<String> {
        self.models.here().unwrap().into_iter().map(|model| model.id).collect()
    }

    /// Files of the cache and of Foolscap's own folder.
    fn files(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.folder.path().join("cache"), self.folder.path().join("data/models")];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                match path.is_dir() {
                    true => folders.push(path),
                    false => files.push(path),
                }
            }
        }
        files.retain(|path| path.extension().is_none_or(|e| e != "lock"));
        files
    }
}

fn is_here(state: &ArrivalState) -> bool {
    matches!(state, ArrivalState::Done { .. })
}

#[test]
fn what_a_header_says_is_told_before_anything_is_fetched() {
    let here = Here::with_model();
    here.models.start_arrival(NAME, false).unwrap();
    let heard = here.until(is_here);
    let first = heard.iter().find(|arrival| arrival.done > 0.0).unwrap();
    let look = first.look.as_ref().unwrap();
    assert_eq!((look.files, look.fit.verdict, look.fit.about), (2, FitVerdict::Fits, false));
    assert_eq!(look.size, first.total);
    assert_eq!(heard.last().unwrap().title, "Tale");
    assert_eq!(here.ids(), ["starter", "Tale"]);
}

#[test]
fn what_does_not_fit_comes_only_when_it_is_asked_for_once_more() {
    let here = Here::with_model();
    // As large as no disk, at the first look.
    here.hub.faults([Fault::Claims(1 << 60)]);
    here.models.start_arrival(NAME, false).unwrap();
    let heard = here.until(|state| *state == ArrivalState::Unfit);
    let look = heard.last().unwrap().look.clone().unwrap();
    assert!(look.fit.disk && look.fit.verdict == FitVerdict::TooLarge);
    assert_eq!(look.nearest.unwrap().name, NAME, "the listing knows its real size");
    assert_eq!(here.files(), <[PathBuf; 0]>::default(), "nothing is fetched");
    here.models.start_arrival(NAME, true).unwrap();
    here.until(is_here);
    assert_eq!(here.ids(), ["starter", "Tale"]);
}

#[test]
fn what_the_engine_does_not_run_is_not_fetched() {
    let here = Here::new();
    let starter = include_bytes!("../../../models/starter/foolscap-starter.gguf");
    let mut other = starter.to_vec();
    let at = other.windows(5).position(|window| window == b"llama").unwrap();
    other[at..at + 5].copy_from_slice(b"lamas");
    here.hub.put(REPO, "other.gguf", other);
    here.models.start_arrival(REPO, true).unwrap();
    let heard = here.until(|state| matches!(state, ArrivalState::Failed { .. }));
    let ArrivalState::Failed { problem } = &heard.last().unwrap().state else { panic!() };
    assert_eq!(problem.code, ProblemCode::ModelUnusable, "{problem}");
    assert_eq!(here.files(), <[PathBuf; 0]>::default());
}

#[test]
fn a_model_that_is_dropped_on_its_way_leaves_nothing_behind() {
    let here = Here::with_model();
    // Two headers; the first file; the second comes half.
    let well = [Fault::Nothing, Fault::Nothing, Fault::Nothing];
    here.hub.faults(well.into_iter().chain([Fault::Stall(1_000_000)]));
    here.models.start_arrival(NAME, false).unwrap();
    let half = here.told();
    let is_half =
        |all: &[Arrival]| all.first().is_some_and(|one| one.total > 0.0 && one.done > 0.6 * one.total);
    assert!(half.iter().any(|all| is_half(&all)));
    assert!(here.files().len() >= 2);
    let told = here.told();
    here.models.drop_arrival(NAME);
    assert!(told.iter().any(|all| all.is_empty()));
    assert_eq!(here.files(), <[PathBuf; 0]>::default());
}

#[test]
fn a_folder_of_weights_is_converted_on_its_way() {
    let here = Here::new();
    let folder = here.published();
    assert_eq!(here.models.take(&folder, false).unwrap(), [], "nothing of it is here yet");
    let heard = here.until(is_here);
    let converting: Vec<&Arrival> = heard.iter().filter(|a| a.state == ArrivalState::Converting).collect();
    assert!(!converting.is_empty() && converting.iter().all(|a| a.total > 0.0 && a.done <= a.total));
    assert_eq!(heard.last().unwrap().title, "Tale-1B");
    assert_eq!(here.ids(), ["starter", "Tale-1B-Q4_K_M"]);
}

#[test]
fn a_conversion_that_is_dropped_leaves_nothing_behind() {
    let here = Here::new();
    let folder = here.published();
    let name = folder.display().to_string();
    let (say, told) = mpsc::channel();
    let models = here.models.clone();
    let mut begun = false;
    here.models.watch_arrivals(Box::new(move |all| {
        match all.first() {
            Some(one) if one.state == ArrivalState::Converting => {
                begun = true;
                models.drop_arrival(&one.name);
            }
            None if begun => _ = say.send(()),
            _ => {}
        }
        ControlFlow::Continue(())
    }));
    here.models.take(&folder, false).unwrap();
    told.recv().unwrap();
    assert_eq!(here.files(), <[PathBuf; 0]>::default());
    assert_eq!(here.ids(), ["starter"]);
    assert!(PathBuf::from(name).join("config.json").is_file(), "what was converted stays");
}

#[test]
fn a_folder_that_cannot_be_converted_says_why_and_can_be_tried_again() {
    let here = Here::new();
    let folder = here.published();
    let (tokenizer, aside) = (folder.join("tokenizer.json"), folder.join("aside"));
    fs::rename(&tokenizer, &aside).unwrap();
    here.models.take(&folder, false).unwrap();
    let heard = here.until(|state| matches!(state, ArrivalState::Failed { .. }));
    let ArrivalState::Failed { problem } = &heard.last().unwrap().state else { panic!() };
    assert!(problem.message.contains("tokenizer.json"), "{problem}");
    fs::rename(&aside, &tokenizer).unwrap();
    here.models.start_arrival(&folder.display().to_string(), false).unwrap();
    here.until(is_here);
}

#[test]
fn mirrors_are_kept_as_addresses_or_refused_as_they_are() {
    let here = Here::new();
    let set = |lines: &[&str]| {
        let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        here.models.set_endpoints(&lines)
    };
    set(&["https://huggingface.co/", "", " https://a.mirror ", "https://huggingface.co"]).unwrap();
    let kept = here.models.hub_settings().unwrap().endpoints;
    assert_eq!(kept, ["https://huggingface.co", "https://a.mirror"]);
    let problem = set(&["https://b.mirror", "a mirror"]).unwrap_err();
    assert!(problem.code == ProblemCode::BadRequest && problem.message.contains("a mirror"), "{problem}");
    assert_eq!(here.models.hub_settings().unwrap().endpoints, kept);
    set(&[]).unwrap();
    assert_eq!(here.models.hub_settings().unwrap().endpoints, <[String; 0]>::default());
}
