//! Expected distributions of the single stages are those of llama.cpp's `tests/test-sampling.cpp`.

use proptest::prelude::*;

use super::*;

/// Logits of four tokens with the probabilities 0.1, 0.2, 0.3, 0.4.
fn logits() -> Vec<f32> {
    [0.1f32, 0.2, 0.3, 0.4].map(f32::ln).to_vec()
}

/// What a stage leaves, likeliest first.
fn after(stage: Stage, past: &[u32]) -> Vec<(u32, f32)> {
    let mut c = Candidates::new(&logits(), &[]);
    stage.apply(&mut c, past);
    c.sort();
    let p = c.probabilities();
    c.iter().map(|c| c.token).zip(p).collect()
}

fn assert_close(found: &[(u32, f32)], expected: &[(u32, f32)]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (f, e) in found.iter().zip(expected) {
        assert!(f.0 == e.0 && (f.1 - e.1).abs() < 1e-3, "{found:?} is not {expected:?}");
    }
}

#[test]
fn each_stage_has_llama_cpps_distribution() {
    let all = [(3, 0.4), (2, 0.3), (1, 0.2), (0, 0.1)];
    assert_close(&after(Stage::TopK(1), &[]), &[(3, 1.0)]);
    assert_close(&after(Stage::TopK(3), &[]), &[(3, 0.44444), (2, 0.33333), (1, 0.22222)]);
    assert_close(&after(Stage::TopK(0), &[]), &all);
    assert_close(&after(Stage::TopP(0.0), &[]), &[(3, 1.0)]);
    assert_close(&after(Stage::TopP(0.7), &[]), &[(3, 0.571_429), (2, 0.428_571)]);
    assert_close(&after(Stage::TopP(0.8), &[]), &[(3, 0.44444), (2, 0.33333), (1, 0.22222)]);
    assert_close(&after(Stage::TopP(1.0), &[]), &all);
    assert_close(&after(Stage::MinP(0.0), &[]), &all);
    assert_close(&after(Stage::MinP(0.24), &[]), &all);
    assert_close(&after(Stage::MinP(0.26), &[]), &[(3, 0.44444), (2, 0.33333), (1, 0.22222)]);
    assert_close(&after(Stage::MinP(0.51), &[]), &[(3, 0.57143), (2, 0.42857)]);
    assert_close(&after(Stage::MinP(1.0), &[]), &[(3, 1.0)]);
    assert_close(&after(Stage::Temperature(1.0), &[]), &all);
    let penalised = Stage::Repetition { penalty: 50.0, window: 64 };
    let last = after(penalised, &[0, 1, 2]);
    assert!(last[0].0 == 3 && last[0].1 > 0.99, "{last:?}");
}

#[test]
fn greedy_takes_the_likeliest_whatever_the_seed() {
    for seed in 0..20 {
        let mut s = Sampler::new(&Settings { temperature: 0.0, seed, ..Settings::default() });
        assert_eq!(s.sample(&logits(), &[]), 3);
    }
}

#[test]
fn the_same_seed_draws_the_same_tokens() {
    let draw = |seed| {
        let mut s = Sampler::new(&Settings { temperature: 2.0, min_p: 0.0, seed, ..Settings::default() });
        (0..50).map(|_| s.sample(&logits(), &[])).collect::<Vec<_>>()
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}

#[test]
fn draws_follow_the_distribution() {
    let settings = Settings { temperature: 1.0, top_k: 0, top_p: 1.0, min_p: 0.0, ..Settings::default() };
    let mut s = Sampler::new(&settings);
    let mut counts = [0f32; 4];
    for _ in 0..20_000 {
        counts[s.sample(&logits(), &[]) as usize] += 1.0 / 20_000.0;
    }
    for (count, p) in counts.iter().zip([0.1, 0.2, 0.3, 0.4]) {
        assert!((count - p).abs() < 0.015, "{counts:?}");
    }
}

#[test]
fn a_barred_token_is_never_drawn() {
    let mut s = Sampler::new(&Settings { temperature: 0.0, ..Settings::default() });
    assert_eq!(s.sample(&logits(), &[3, 2]), 1);
}

proptest! {
    #[test]
    fn any_logits_and_settings_give_a_token_of_the_vocabulary(
        logits in prop::collection::vec(prop_oneof![any::<f32>(), -5f32..5.0], 1..40),
        temperature in 0f32..3.0, top_k in 0usize..50, top_p in 0f32..1.2, min_p in 0f32..1.2,
        repetition_penalty in 0.5f32..2.0, seed in any::<u64>(),
    ) {
        let settings = Settings { temperature, top_k, top_p, min_p, repetition_penalty, seed, repetition_window: 8 };
        let mut s = Sampler::new(&settings);
        for _ in 0..5 {
            prop_assert!((s.sample(&logits, &[]) as usize) < logits.len());
        }
    }
}
