//! Reading and drawing, on the decoder alone.

use std::time::Instant;

use foolscap_engine::generate::CHUNK;
use foolscap_engine::{Cache, Cancel, Decoder, Model, Run, SequenceId, Want};

use super::{Measured, Rows, Work, median, timed, too_little};
use crate::api::Problem;

/// Prefill and decode; `started`: before the file was opened.
pub(super) fn measure(model: &Model, work: &Work, started: Instant) -> Result<Measured, Problem> {
    let context = model.config().context;
    let prompt = work.prompt.min(context.saturating_sub(work.depth.saturating_add(work.generate)));
    if prompt == 0 || work.generate == 0 || work.runs == 0 {
        return Err(too_little(context, work.depth.saturating_add(work.generate)));
    }
    let mut bench = Bench::new(model);
    let first = bench.cache.start();
    bench.read(first, 1)?;
    bench.cache.free(first);
    let first_call_s = started.elapsed().as_secs_f64();
    bench.decoder.settle();
    let (mut prefill, mut decode) = (Vec::new(), Vec::new());
    let sequence = bench.cache.start();
    bench.read(sequence, work.depth)?;
    let mut kv = 0;
    for _ in 0..work.runs {
        bench.cache.truncate(sequence, work.depth)?;
        prefill.push(prompt as f64 / timed(|| bench.read(sequence, prompt))?.1);
        decode.push(work.generate as f64 / timed(|| bench.draw(&[sequence], work.generate))?.1);
        kv = kv.max(bench.cache.bytes());
    }
    Ok(Measured {
        threads: 0,
        device: None,
        kv_type: "",
        prompt,
        generate: work.generate,
        depth: work.depth,
        prefill_tok_s: median(prefill),
        decode_tok_s: median(decode),
        load_s: 0.0,
        first_call_s,
        peak_rss_mb: None,
        file_and_kv_mb: (model.gguf().file_size() + kv) as f64 / f64::from(1 << 20),
        rows: None,
        edit: None,
        reopen: None,
        rewrite: None,
        limits: None,
    })
}

/// `rows` candidates after one prompt, beside one.
pub(super) fn rows(model: &Model, work: &Work, rows: usize) -> Result<Rows, Problem> {
    let mut bench = Bench::new(model);
    let prompt = bench.cache.start();
    bench.read(prompt, work.prompt.min(model.config().context.saturating_sub(work.generate)))?;
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..work.runs {
        for (took, n) in took.iter_mut().zip([1, rows.max(1)]) {
            let tails: Vec<SequenceId> =
                (0..n).map(|_| bench.cache.fork(prompt)).collect::<Result<_, _>>()?;
            took.push(timed(|| bench.draw(&tails, work.generate))?.1);
            tails.into_iter().for_each(|tail| bench.cache.free(tail));
        }
    }
    let [one_s, all_s] = took.map(median);
    Ok(Rows { rows: rows.max(1), one_s, all_s, ratio: all_s / one_s })
}

struct Bench<'a> {
    decoder: &'a Decoder,
    cache: Cache,
}

impl<'a> Bench<'a> {
    fn new(model: &'a Model) -> Self {
        let decoder = model.decoder();
        Self { decoder, cache: decoder.cache() }
    }

    fn read(&mut self, sequence: SequenceId, n: usize) -> Result<(), Problem> {
        let ids: Vec<u32> = (0..n).map(|i| self.id(i * 7919 + 13)).collect();
        for tokens in ids.chunks(CHUNK) {
            let run = Run { sequence, tokens, logits: Want::Last };
            self.decoder.forward(&mut self.cache, &[run], &Cancel::new())?;
        }
        Ok(())
    }

    /// `n` tokens of each sequence, all in one call.
    fn draw(&mut self, sequences: &[SequenceId], n: usize) -> Result<(), Problem> {
        for i in 0..n {
            let tokens: Vec<[u32; 1]> = (0..sequences.len()).map(|s| [self.id(1000 + i + 7 * s)]).collect();
            let run = |(&sequence, tokens)| Run { sequence, tokens, logits: Want::Last };
            let runs: Vec<Run<'_>> =
                sequences.iter().zip(&tokens).map(|(s, t)| run((s, t.as_slice()))).collect();
            let logits = self.decoder.forward(&mut self.cache, &runs, &Cancel::new())?;
            for row in 0..logits.rows() {
                std::hint::black_box(likeliest(logits.row(row)));
            }
        }
        Ok(())
    }

    fn id(&self, n: usize) -> u32 {
        (n % self.decoder.config().vocab) as u32
    }
}

/// The largest logit: what is drawn when nothing is left to chance.
fn likeliest(logits: &[f32]) -> f32 {
    let mut most = [f32::MIN; 16];
    let (wide, rest) = logits.as_chunks::<16>();
    for part in wide {
        for (most, logit) in most.iter_mut().zip(part) {
            *most = if logit > most { *logit } else { *most };
        }
    }
    most.iter().chain(rest).copied().fold(f32::MIN, f32::max)
}
