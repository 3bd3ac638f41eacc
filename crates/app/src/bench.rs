//! How fast a model is on this machine: medians of a few runs, measured on the decoder alone, with token
//! numbers that mean nothing (speed does not depend on them).

use std::time::Instant;

use foolscap_engine::generate::CHUNK;
use foolscap_engine::{Cache, Cancel, Decoder, Device, Run, SequenceId, Want, set_threads};
use foolscap_models::Choice;
use serde::Serialize;

use crate::api::{Problem, ProblemCode};

/// What to measure.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Tokens to read.
    pub prompt: usize,
    /// Tokens to draw after them.
    pub generate: usize,
    /// Tokens that are there before.
    pub depth: usize,
    /// How often; the medians count.
    pub runs: usize,
    /// Threads to compute with; none: one a core. Only the first work of a process can choose.
    pub threads: Option<usize>,
}

/// What was measured.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Measured {
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
    /// The most memory the process had, in MiB; none where the system does not tell.
    pub peak_rss_mb: Option<f64>,
}

/// Measures.
///
/// # Errors
/// When the model does not run, or sees too little for the work.
pub fn bench(choice: &Choice, work: &Work) -> Result<Measured, Problem> {
    if let Some(threads) = work.threads {
        set_threads(threads);
    }
    let cancel = Cancel::new();
    let started = Instant::now();
    let decoder = Decoder::load(&choice.open()?, &Device::Cpu, &cancel, |_| {})?;
    let load_s = started.elapsed().as_secs_f64();
    let context = decoder.config().context;
    let prompt = work.prompt.min(context.saturating_sub(work.depth.saturating_add(work.generate)));
    if prompt == 0 || work.generate == 0 || work.runs == 0 {
        let message = format!(
            "the model sees {context} tokens, too few for {} before and {} drawn; ask for less",
            work.depth, work.generate
        );
        return Err(Problem::new(ProblemCode::BadRequest, message));
    }
    let mut bench = Bench { decoder: &decoder, cache: Cache::new(decoder.config(), decoder.device()) };
    let mut prefill = Vec::new();
    let mut decode = Vec::new();
    let sequence = bench.cache.start();
    bench.read(sequence, work.depth)?;
    for _ in 0..work.runs {
        bench.cache.truncate(sequence, work.depth)?;
        prefill.push(prompt as f64 / timed(|| bench.read(sequence, prompt))?);
        decode.push(work.generate as f64 / timed(|| bench.draw(sequence, work.generate))?);
    }
    Ok(Measured {
        prompt,
        generate: work.generate,
        depth: work.depth,
        prefill_tok_s: median(prefill),
        decode_tok_s: median(decode),
        load_s,
        peak_rss_mb: peak_rss_mb(),
    })
}

struct Bench<'a> {
    decoder: &'a Decoder,
    cache: Cache,
}

impl Bench<'_> {
    fn read(&mut self, sequence: SequenceId, n: usize) -> Result<(), Problem> {
        let ids: Vec<u32> = (0..n).map(|i| self.id(i * 7919 + 13)).collect();
        for tokens in ids.chunks(CHUNK) {
            let run = Run { sequence, tokens, logits: Want::Last };
            self.decoder.forward(&mut self.cache, &[run], &Cancel::new())?;
        }
        Ok(())
    }

    fn draw(&mut self, sequence: SequenceId, n: usize) -> Result<(), Problem> {
        for i in 0..n {
            let tokens = [self.id(1000 + i)];
            let run = Run { sequence, tokens: &tokens, logits: Want::Last };
            let logits = self.decoder.forward(&mut self.cache, &[run], &Cancel::new())?;
            std::hint::black_box(logits.row(0).iter().copied().fold(f32::MIN, f32::max));
        }
        Ok(())
    }

    fn id(&self, n: usize) -> u32 {
        (n % self.decoder.config().vocab) as u32
    }
}

fn timed(work: impl FnOnce() -> Result<(), Problem>) -> Result<f64, Problem> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed().as_secs_f64())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        f64::midpoint(values[middle - 1], values[middle])
    } else {
        values[middle]
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
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middles() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }

    #[test]
    fn work_that_does_not_fit_the_model_is_told() {
        let work = Work { prompt: 8, generate: 1 << 20, depth: 0, runs: 1, threads: None };
        assert!(bench(&Choice::Starter, &work).unwrap_err().message.contains("too few"));
    }
}
