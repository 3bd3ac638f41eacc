//! Expected distributions of the single stages are those of llama.cpp's `tests/test-sampling.cpp`.

use proptest::prelude::*;

use super::*;
use crate::tokenizer::tests::{bpe, read};

fn tokenizer() -> Tokenizer {
    read(&bpe("gpt-2", &["a b"])).unwrap()
}

fn sampler(settings: &Settings) -> Sampler {
    Sampler::new(settings, &tokenizer())
}

/// Logits of tokens with these probabilities.
fn logits(probabilities: &[f32]) -> Vec<f32> {
    probabilities.iter().map(|p| p.ln()).collect()
}

const RISING: [f32; 4] = [0.1, 0.2, 0.3, 0.4];
const EVEN: [f32; 5] = [0.2; 5];

/// Probabilities by token after a stage; 0 for those that were dropped.
fn after(probabilities: &[f32], stage: Stage, past: &[u32]) -> Vec<f32> {
    let mut c = Candidates::new(&logits(probabilities), &[]);
    stage.apply(&mut c, past, &mut Random::new(1));
    let mut out = vec![0.0; probabilities.len()];
    for (candidate, p) in c.iter().zip(c.probabilities()) {
        out[candidate.token as usize] = p;
    }
    out
}

#[track_caller]
fn assert_close(found: &[f32], expected: &[f32]) {
    let near = found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-4);
    assert!(found.len() == expected.len() && near, "{found:?} is not {expected:?}");
}

#[test]
fn what_drops_tokens_has_llama_cpps_distribution() {
    let rising = |stage, expected: &[f32]| assert_close(&after(&RISING, stage, &[]), expected);
    let three = [0.0, 2.0 / 9.0, 3.0 / 9.0, 4.0 / 9.0];
    rising(Stage::TopK(1), &[0.0, 0.0, 0.0, 1.0]);
    rising(Stage::TopK(3), &three);
    rising(Stage::TopK(0), &RISING);
    rising(Stage::TopP(0.0), &[0.0, 0.0, 0.0, 1.0]);
    rising(Stage::TopP(0.7), &[0.0, 0.0, 0.428_571, 0.571_429]);
    rising(Stage::TopP(0.8), &three);
    rising(Stage::TopP(1.0), &RISING);
    rising(Stage::MinP(0.0), &RISING);
    rising(Stage::MinP(0.24), &RISING);
    rising(Stage::MinP(0.26), &three);
    rising(Stage::MinP(0.49), &three);
    rising(Stage::MinP(0.51), &[0.0, 0.0, 0.428_571, 0.571_429]);
    rising(Stage::MinP(0.76), &[0.0, 0.0, 0.0, 1.0]);
    rising(Stage::MinP(1.05), &[0.0, 0.0, 0.0, 1.0]);
    rising(Stage::TopNSigma(1.0), &[0.0, 0.0, 0.428_571, 0.571_429]);
    rising(Stage::TopNSigma(0.0), &RISING);
    rising(Stage::TopNSigma(3.0), &RISING);
    assert_close(&after(&[0.97, 0.01, 0.01, 0.01], Stage::Typical(0.5), &[]), &[1.0, 0.0, 0.0, 0.0]);
    let third = 1.0 / 3.0;
    assert_close(&after(&[0.4, 0.2, 0.2, 0.2], Stage::Typical(0.5), &[]), &[0.0, third, third, third]);
}

#[test]
fn xtc_drops_the_likely_but_for_the_least_of_them() {
    let falling = [0.4, 0.3, 0.2, 0.1];
    let xtc = |threshold| Stage::Xtc { probability: 0.99, threshold };
    assert_close(&after(&falling, xtc(0.09), &[]), &[0.0, 0.0, 0.0, 1.0]);
    assert_close(&after(&falling, xtc(0.19), &[]), &[0.0, 0.0, 2.0 / 3.0, 1.0 / 3.0]);
    assert_close(&after(&falling, xtc(0.29), &[]), &[0.0, 0.5, 1.0 / 3.0, 1.0 / 6.0]);
    assert_close(&after(&falling, xtc(0.39), &[]), &falling);
    assert_close(&after(&falling, Stage::Xtc { probability: 0.0, threshold: 0.09 }, &[]), &falling);
}

#[test]
fn temperatures_have_llama_cpps_distribution() {
    let temperature = |middle, range| Stage::Temperature(Temperature { middle, range, exponent: 1.0 });
    assert_close(&after(&RISING, temperature(1.0, 0.0), &[]), &RISING);
    assert_close(&after(&RISING, temperature(0.0, 0.0), &[]), &[0.0, 0.0, 0.0, 1.0]);
    // As unsure as can be: the upper end of the range. As sure as can be: the lower one.
    assert_close(&after(&EVEN, temperature(1.0, 0.5), &[]), &EVEN);
    let sure = after(&[0.97, 0.01, 0.01, 0.01], temperature(1.0, 0.9), &[]);
    assert!(sure[0] > 0.999, "{sure:?}");
}

#[test]
fn penalties_have_llama_cpps_distribution() {
    let penalised = |past: &[u32], repetition, frequency, presence| {
        let penalties = Penalties { repetition, frequency, presence, window: past.len() };
        after(&EVEN, Stage::Penalties(penalties), past)
    };
    let quarter = 0.25;
    assert_close(&penalised(&[0], 50.0, 0.0, 0.0), &[0.0, quarter, quarter, quarter, quarter]);
    assert_close(&penalised(&[0, 1, 2, 0, 0], 50.0, 0.0, 0.0), &[0.0, 0.0, 0.0, 0.5, 0.5]);
    let (n, s) = (0.249_997, 0.000_011);
    assert_close(&penalised(&[0], 1.0, 5.0, 5.0), &[s, n, n, n, n]);
    assert_close(
        &penalised(&[0, 1, 2], 1.0, 5.0, 5.0),
        &[0.000_023, 0.000_023, 0.000_023, 0.499_966, 0.499_966],
    );
    assert_close(
        &penalised(&[0, 1, 2, 0, 0], 1.0, 5.0, 5.0),
        &[0.0, 0.000_023, 0.000_023, 0.499_977, 0.499_977],
    );
}

#[test]
fn dry_has_llama_cpps_distribution() {
    let dry = |n: usize, past: &[u32], multiplier, allowed_length, breakers: &[Vec<u32>]| {
        let breakers = Breakers::of_tokens(breakers);
        let dry = Dry { multiplier, base: 1.1, allowed_length, window: past.len(), breakers };
        after(&vec![1.0 / n as f32; n], Stage::Dry(dry), past)
    };
    assert_close(&dry(4, &[0, 1], 1.0, 2, &[]), &[0.25; 4]);
    let (more, less) = (0.296_923, 0.109_232);
    assert_close(&dry(4, &[0, 1, 2, 0, 1], 1.0, 2, &[]), &[more, more, less, more]);
    assert_close(&dry(5, &[0, 1, 3, 4, 0, 1], 1.0, 2, &[vec![3]]), &EVEN);
    let (more, less) = (0.241_818, 0.032_727);
    assert_close(&dry(5, &[0, 1, 2, 0, 1], 2.0, 2, &[]), &[more, more, less, more, more]);
    assert_close(&dry(5, &[0, 1, 2, 3, 4, 0, 1], 1.0, 4, &[]), &EVEN);
    // A sequence of tokens that breaks: what came before it does not count.
    let with = dry(4, &[0, 1, 2, 0, 1, 3, 3, 0, 1], 1.0, 3, &[vec![3, 3]]);
    assert_close(&with, &[0.25; 4]);
}

#[test]
fn breakers_are_the_tokens_that_contain_or_complete_a_text() {
    let t = tokenizer();
    let ab = t.encode("ab")[0];
    let (a, b) = (t.encode("a")[0], t.encode("b")[0]);
    let found = Breakers::new(&["b".to_owned()], &t);
    assert_eq!(found, Breakers::of_tokens(&[vec![b], vec![ab]]));
    let found = Breakers::new(&["ba".to_owned()], &t);
    assert_eq!(found, Breakers::of_tokens(&[vec![b, a], vec![ab, a]]));
}

#[test]
fn a_bias_moves_single_tokens() {
    let moved = after(&EVEN, Stage::LogitBias(vec![(1, f32::NEG_INFINITY), (2, 2f32.ln())]), &[]);
    assert_close(&moved, &[0.2, 0.0, 0.4, 0.2, 0.2]);
}

#[test]
fn stages_come_in_the_order_that_is_asked_for() {
    let order = vec![StageName::Temperature, StageName::TopK];
    let settings = Settings { order, ..Settings::default() };
    let stages = settings.stages(&tokenizer());
    assert!(matches!(stages[..], [Stage::Temperature(_), Stage::TopK(40)]), "{stages:?}");
}

#[test]
fn greedy_takes_the_likeliest_whatever_the_seed() {
    for seed in 0..20 {
        let mut s = sampler(&Settings { temperature: 0.0, seed, ..Settings::default() });
        assert_eq!(s.sample(&logits(&RISING), &[]), 3);
    }
}

#[test]
fn the_same_seed_draws_the_same_tokens() {
    let draw = |seed| {
        let settings =
            Settings { temperature: 2.0, min_p: 0.0, xtc_probability: 0.5, seed, ..Settings::default() };
        let mut s = sampler(&settings);
        (0..50).map(|_| s.sample(&logits(&RISING), &[])).collect::<Vec<_>>()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}

#[test]
fn draws_follow_the_distribution() {
    let settings = Settings { temperature: 1.0, top_k: 0, top_p: 1.0, min_p: 0.0, ..Settings::default() };
    let mut s = sampler(&settings);
    let mut counts = [0f32; 4];
    for _ in 0..20_000 {
        counts[s.sample(&logits(&RISING), &[]) as usize] += 1.0 / 20_000.0;
    }
    for (count, p) in counts.iter().zip(RISING) {
        assert!((count - p).abs() < 0.015, "{counts:?}");
    }
}

#[test]
fn mirostat_follows_its_target() {
    // A thousand tokens, each a little less likely than the one before.
    let logits: Vec<f32> = (0..1000).map(|i| -1.1 * (i as f32 + 2.7).ln()).collect();
    let mean = |target| {
        let settings = Settings { temperature: 1.0, mirostat: target, ..Settings::default() };
        let mut s = sampler(&settings);
        let sum: f32 = logits.iter().map(|l| l.exp()).sum();
        let surprises = (0..2000).map(|_| -(logits[s.sample(&logits, &[]) as usize].exp() / sum).log2());
        surprises.sum::<f32>() / 2000.0
    };
    // Its target is for what is left of the distribution, so that of the whole is a little more.
    let means = [2.0, 4.0, 6.0].map(mean);
    assert!(means[0] + 0.8 < means[1] && means[1] + 0.8 < means[2], "{means:?}");
    assert!(means.iter().zip([2.0, 4.0, 6.0]).all(|(m, t)| (t..t + 2.5).contains(m)), "{means:?}");
}

#[test]
fn a_barred_token_is_never_drawn() {
    let mut s = sampler(&Settings { temperature: 0.0, ..Settings::default() });
    assert_eq!(s.sample(&logits(&RISING), &[3, 2]), 1);
}

proptest! {
    #[test]
    fn any_logits_and_settings_give_a_token_of_the_vocabulary(
        logits in prop::collection::vec(prop_oneof![any::<f32>(), -5f32..5.0], 1..40),
        temperature in 0f32..3.0, temperature_range in -1f32..2.0, top_k in 0usize..50, top_p in 0f32..1.2,
        min_p in 0f32..1.2, typical_p in 0f32..1.2, top_n_sigma in -1f32..3.0, xtc_probability in 0f32..1.0,
        mirostat in prop_oneof![Just(0f32), 0f32..8.0], penalty in -2f32..2.0, seed in any::<u64>(),
    ) {
        let settings = Settings {
            temperature, temperature_range, top_k, top_p, min_p, typical_p, top_n_sigma, xtc_probability, mirostat,
            repetition_penalty: penalty, frequency_penalty: penalty, dry_multiplier: penalty, seed,
            repetition_window: 8, ..Settings::default()
        };
        let mut s = sampler(&settings);
        for _ in 0..5 {
            prop_assert!((s.sample(&logits, &[]) as usize) < logits.len());
        }
    }
}
