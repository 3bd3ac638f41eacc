//! How many threads compute. The tensor library reads that once, from its environment, before its first work;
//! so for another number the program starts itself anew.

use std::process::{Command, exit};

use crate::Failure;

const VARIABLES: [&str; 2] = ["RAYON_NUM_THREADS", "CANDLE_NUM_THREADS"];

/// Does the work with so many threads; none: as many as the tensor library thinks best.
pub fn with(threads: Option<u64>, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let Some(threads) = threads.map(|n| n.to_string()) else { return work() };
    if VARIABLES.iter().all(|v| std::env::var(v).is_ok_and(|n| n == threads)) {
        return work();
    }
    let failed = |source| Failure::Read { what: "this program, to start it anew".into(), source };
    let mut again = Command::new(std::env::current_exe().map_err(failed)?);
    again.args(std::env::args_os().skip(1)).envs(VARIABLES.map(|v| (v, &threads)));
    exit(again.status().map_err(failed)?.code().unwrap_or(1))
}
