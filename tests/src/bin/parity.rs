//! A table: model, form, check, figures. Without arguments the small models of every architecture in every form;
//! else the GGUF files that are named.

use std::path::Path;
use std::process::ExitCode;

use foolscap_engine::gguf::Gguf;
use foolscap_tests::parity::{self, Found, KINDS};
use foolscap_tests::peer::Peer;
use foolscap_tests::synth::{self, MODELS};

fn main() -> ExitCode {
    let peer = match Peer::find() {
        Ok(peer) => peer,
        Err(why) => {
            eprintln!("parity needs the peer: {why}");
            return ExitCode::from(2);
        }
    };
    let files: Vec<String> = std::env::args().skip(1).collect();
    println!("{:<16} {:<8} {:<18} {:>9} {:>9}", "model", "form", "check", "error", "allowed");
    let failed = if files.is_empty() { small_models(&peer) } else { named(&peer, &files) };
    println!("{failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn small_models(peer: &Peer) -> usize {
    let mut failed = 0;
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(e) => return tell("", "", "a folder for them", Err(e.to_string())),
    };
    for model in MODELS {
        for kind in KINDS {
            let path = folder.path().join("model.gguf");
            if let Err(why) = parity::write(peer, &path, model, kind, 1) {
                failed += tell(model.name, kind, "written", Err(why));
                continue;
            }
            // One of them turns far positions otherwise, and both must have come there.
            let n = if model.name == "phi3-long" { 1100 } else { 300 };
            let beside = parity::beside(peer, &path, kind, &ids(n, synth::VOCABULARY));
            failed += tell(model.name, kind, &format!("{n} positions"), beside);
            if *kind == "F16" {
                let ids = ids(4500, synth::VOCABULARY);
                failed += tell(model.name, kind, "4500 positions", parity::beside(peer, &path, kind, &ids));
                failed += tell(model.name, kind, "in pieces", parity::in_pieces(&path, &ids[..300]));
            }
        }
    }
    failed
}

fn named(peer: &Peer, files: &[String]) -> usize {
    let mut failed = 0;
    for file in files {
        let path = Path::new(file);
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let (kind, vocabulary) = match Gguf::open(path) {
            Ok(gguf) => {
                let rows = gguf.tensor("token_embd.weight").map_or(1, |t| t.shape[0]);
                (foolscap_engine::quantization(&gguf), rows)
            }
            Err(e) => {
                failed += tell(&name, "", "opened", Err(e.to_string()));
                continue;
            }
        };
        let ids = ids(300, vocabulary);
        failed += tell(&name, &kind, "300 positions", parity::beside(peer, path, &kind, &ids));
        failed += tell(&name, &kind, "in pieces", parity::in_pieces(path, &ids[..64]));
    }
    failed
}

/// Prints a row; 1 when it failed.
fn tell(model: &str, kind: &str, check: &str, found: Result<Found, String>) -> usize {
    match found {
        Err(why) => {
            println!("{model:<16} {kind:<8} {check:<18} FAILED: {}", why.lines().next().unwrap_or_default());
            1
        }
        Ok(found) => {
            let verdict = match (found.passed(), found.other_token) {
                (true, _) => String::new(),
                (false, None) => "FAILED".into(),
                (false, Some(at)) => format!("FAILED: another token at {at}"),
            };
            let Found { error, allowed, .. } = found;
            println!("{model:<16} {kind:<8} {check:<18} {error:>9.1e} {allowed:>9.1e}  {verdict}");
            usize::from(!found.passed())
        }
    }
}

fn ids(n: usize, vocabulary: usize) -> Vec<u32> {
    (0..n).map(|i| ((i * 7919 + 13) % (vocabulary - 1)) as u32).collect()
}
