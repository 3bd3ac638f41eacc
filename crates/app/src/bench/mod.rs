//! How fast a model is on this machine, in what writers ask of it. Each work is measured a few times and the medians
//! count; token numbers mean nothing where speed does not depend on them.

mod asking;
mod plain;
mod rewriting;

use std::time::Instant;

use foolscap_engine::{Cancel, Model, limits, threads, use_threads};
use serde::Serialize;

use crate::Selected;
use crate::api::{Problem, ProblemCode};

/// What to measure.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Tokens to read.
    pub prompt: usize,
    /// Tokens to draw after them.
    pub generate: usize,
    /// Tokens that are there before.
    pub depth: usize,
    /// How often; the medians count.
    pub runs: usize,
    /// So many candidates that share the prompt, beside one.
    pub rows: Option<usize>,
    /// Asking again after the last word of the prompt was changed.
    pub edit: bool,
    /// The same after what was read was kept in a file, and everything was closed and opened.
    pub reopen: bool,
    /// Rewriting a passage of so many words of which a fifth changes.
    pub rewrite: Option<usize>,
    /// What the machine can do at most.
    pub limits: bool,
}

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    /// Threads that computed.
    pub threads: usize,
    /// Where layers computed, in words; none on the processor where nobody would expect otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The form of keys and values.
    pub kv_type: &'static str,
    /// Tokens that were read: fewer than asked for where the model sees no more.
    pub prompt: usize,
    /// Tokens that were drawn.
    pub generate: usize,
    /// Tokens that were there before.
    pub depth: usize,
    /// Tokens read in a second.
    pub prefill_tok_s: f64,
    /// Tokens drawn in a second.
    pub decode_tok_s: f64,
    /// Seconds to open the file and load the weights.
    pub load_s: f64,
    /// Seconds from before the file is opened to the end of the first call.
    pub first_call_s: f64,
    /// The most memory the process had, in MiB; none where the system does not tell.
    pub peak_rss_mb: Option<f64>,
    /// Bytes of the file and of the keys and values that were held at most, in MiB.
    pub file_and_kv_mb: f64,
    /// Candidates side by side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<Rows>,
    /// Asking again after a word was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<Again>,
    /// The same after a restart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen: Option<Again>,
    /// Rewriting a passage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rewrite: Option<Rewritten>,
    /// What the machine can do at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
}

/// Candidates side by side.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rows {
    /// How many.
    pub rows: usize,
    /// Seconds for one.
    pub one_s: f64,
    /// Seconds for all.
    pub all_s: f64,
    /// `all_s / one_s`.
    pub ratio: f64,
}

/// Asking again about a text that was read.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Again {
    /// Seconds to the first token when nothing was read.
    pub cold_s: f64,
    /// Seconds now.
    pub warm_s: f64,
    /// `warm_s / cold_s`.
    pub ratio: f64,
}

/// A passage drawn anew, with guesses and without.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rewritten {
    /// Words of the passage.
    pub words: usize,
    /// Tokens of the new one.
    pub tokens: usize,
    /// Seconds token by token.
    pub plain_s: f64,
    /// Seconds with guesses.
    pub guessed_s: f64,
    /// How many times as fast.
    pub speedup: f64,
    /// Tokens drawn in a call.
    pub tokens_a_call: f64,
}

/// What the machine can do at most.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Limits {
    /// 10⁹ bytes read from memory in a second.
    pub memory_gb_s: f64,
    /// 10⁹ products of 8-bit numbers in a second.
    pub products_g_s: f64,
}

/// Measures. What a work asks for besides reading and drawing is told in its own part.
///
/// # Errors
/// When the model does not run, or sees too little for the work.
pub fn bench(selected: &Selected, work: &Work) -> Result<Measured, Problem> {
    use_threads(selected.settings.threads.map(|n| n as usize));
    let started = Instant::now();
    let gguf = selected.choice.open()?;
    let placed = selected.foresee(&gguf)?.placed;
    let model = Model::load(gguf, &placed.options, &Cancel::new(), |_| {})?;
    let load_s = started.elapsed().as_secs_f64();
    let mut measured = plain::measure(&model, work, started)?;
    measured.load_s = load_s;
    measured.device = placed.told;
    measured.kv_type = placed.options.keys.name();
    // Of reading and drawing alone: the other works hold several texts at once, and the limits memory of their own.
    measured.peak_rss_mb = peak_rss_mb();
    if let Some(rows) = work.rows {
        measured.rows = Some(plain::rows(&model, work, rows)?);
    }
    if work.edit {
        measured.edit = Some(asking::edit(&model, work)?);
    }
    if work.reopen {
        measured.reopen = Some(asking::reopen(&model, work)?);
    }
    if let Some(words) = work.rewrite {
        measured.rewrite = Some(rewriting::measure(&model, work, words)?);
    }
    if work.limits {
        measured.limits = Some(Limits {
            memory_gb_s: limits::memory_rate(work.runs) / 1e9,
            products_g_s: limits::product_rate(work.runs) / 1e9,
        });
    }
    measured.threads = threads();
    Ok(measured)
}

fn too_little(context: usize, tokens: usize) -> Problem {
    let message = format!("the model sees {context} tokens, too few for {tokens}; ask for less");
    Problem::new(ProblemCode::BadRequest, message)
}

fn timed<T>(work: impl FnOnce() -> Result<T, Problem>) -> Result<(T, f64), Problem> {
    let started = Instant::now();
    let done = work()?;
    Ok((done, started.elapsed().as_secs_f64()))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        n if n.is_multiple_of(2) => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}

/// From the kernel's account of the process (Linux).
fn peak_rss_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

#[cfg(test)]
mod tests {
    use foolscap_models::Choice;

    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middles() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }

    #[test]
    fn work_that_does_not_fit_the_model_is_told() {
        let work = Work { prompt: 8, generate: 1 << 20, runs: 1, ..Work::default() };
        assert!(bench(&Choice::Starter.into(), &work).unwrap_err().message.contains("too few"));
    }

    #[test]
    fn every_work_is_measured() {
        let work = Work {
            prompt: 120,
            generate: 8,
            runs: 1,
            rows: Some(4),
            edit: true,
            reopen: true,
            rewrite: Some(40),
            limits: true,
            ..Work::default()
        };
        let measured = bench(&Choice::Starter.into(), &work).unwrap();
        assert!(measured.rows.is_some_and(|r| r.rows == 4 && r.all_s > 0.0));
        assert!(measured.edit.is_some_and(|a| a.warm_s < a.cold_s));
        assert!(measured.reopen.is_some_and(|a| a.warm_s > 0.0));
        assert!(measured.rewrite.is_some_and(|r| r.tokens_a_call >= 1.0), "{:?}", measured.rewrite);
        assert!(measured.limits.is_some_and(|l| l.memory_gb_s > 0.0 && l.products_g_s > 0.0));
    }
}
