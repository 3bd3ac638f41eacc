//! What takes minutes and is asked for by name: kills by the thousand, and a novel from end to end.

use crate::packages;
use crate::page;
use crate::root;
use crate::setup;
use crate::steps::{Failure, Line, Steps};
use crate::test;

/// Novels to take one from, where a checkout has them beside it.
const CORPUS: &str = "../shared/corpus/fiction.jsonl.xz";

/// Kills processes that save, import and migrate, so many in all. Each kind prints a line with how often it was killed and
/// what was lost. Not by nextest, which ends what takes so long.
pub fn kills(steps: &mut Steps, kills: u32) -> Result<(), Failure> {
    steps.work("set-up", || setup::system(packages::WINDOW))?;
    page::stand_in()?;
    let only = ["--test", "processes", "--test", "kills", "--", "killed", "--nocapture", "--test-threads=1"];
    steps.run("kills", &test::cargo(&["test"], &only).env("FOOLSCAP_KILLS", kills.to_string()))
}

/// Takes a novel of 120,000 words in, opens and searches it, writes it in every format, and prints how long that took.
pub fn novel(steps: &mut Steps, text: Option<String>) -> Result<(), Failure> {
    let line = ["run", "--release", "--package", "foolscap-app", "--example", "novel", "--"];
    let line = Line::cargo(line.map(str::to_owned).into_iter().chain(text));
    let corpus = root().join(CORPUS);
    let line = match corpus.is_file() && std::env::var_os("FOOLSCAP_CORPUS").is_none() {
        true => line.env("FOOLSCAP_CORPUS", corpus.to_string_lossy()),
        false => line,
    };
    steps.run("novel", &line)
}
