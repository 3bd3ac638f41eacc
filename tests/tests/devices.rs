//! The contract of whatever computes: wherever layers are placed, and in whichever form keys are kept, a model gives the
//! logits that it gives on the processor. Run here with candle on the processor, all of it and split, and on the graphics
//! card where this build knows one (`--features cuda`, `--features metal`) and the machine has one.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use foolscap_engine::arch::{Config, FeedForward};
use foolscap_engine::gguf::TensorType;
use foolscap_engine::graphics::{self, Graphics};
use foolscap_engine::placement::layers_that_fit;
use foolscap_engine::{
    Backend, Cache, Cancel, Decoder, Device, Gguf, KvType, LoadOptions, Placement, Run, SequenceId, Want,
};
use foolscap_tests::synth::{self, LLAMA, MODELS, Model};

/// How far from ours the logits of weights in 32 bits may be: the root of the mean square difference, in parts of the root
/// mean square.
const AS_FAR: f64 = 1e-3;
/// Where weights are quantized, activations are rounded as well, by each in its own order. So neither is right: how much
/// further than ours may others be from the exact logits (of the same weights in 32 bits). candle on the processor is 1.2 to
/// 1.8 times as far.
const AS_NEAR: f64 = 2.0;

struct Bench {
    decoder: Decoder,
    cache: Cache,
}

impl Bench {
    fn new(gguf: &Gguf, placement: Placement, keys: KvType) -> Self {
        let options = LoadOptions { placement, keys };
        let decoder = Decoder::load(gguf, &options, &Cancel::new(), |_| {}).unwrap();
        let cache = decoder.cache();
        Self { decoder, cache }
    }

    fn read(&mut self, sequence: SequenceId, tokens: &[u32]) -> Vec<f32> {
        let run = Run { sequence, tokens, logits: Want::All };
        self.decoder.forward(&mut self.cache, &[run], &Cancel::new()).unwrap().values().to_vec()
    }

    /// In chunks; then, after a fork and a step back, a few tokens of two sequences in one call.
    fn everything(&mut self, tokens: &[u32]) -> Vec<f32> {
        let sequence = self.cache.start();
        let mut logits = Vec::new();
        for chunk in tokens.chunks(33) {
            logits.extend(self.read(sequence, chunk));
        }
        let other = self.cache.fork(sequence).unwrap();
        // A model with a state may have to go back further, and reads the difference again.
        let kept = self.cache.truncate(sequence, tokens.len() - 4).unwrap();
        if kept < tokens.len() - 4 {
            self.read(sequence, &tokens[kept..tokens.len() - 4]);
        }
        let runs = [
            Run { sequence, tokens: &[7, 8, 9], logits: Want::All },
            Run { sequence: other, tokens: &[11], logits: Want::Last },
        ];
        logits.extend(self.decoder.forward(&mut self.cache, &runs, &Cancel::new()).unwrap().values());
        logits
    }
}

fn with_model(model: &Model, kind: TensorType, check: impl FnOnce(&Gguf, &Config)) {
    with_file(|path| synth::write(path, model, kind, 5).unwrap(), check);
}

fn with_file(write: impl FnOnce(&Path), check: impl FnOnce(&Gguf, &Config)) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("model.gguf");
    write(&path);
    let gguf = Gguf::open(&path).unwrap();
    let config = Config::from_header(gguf.header()).unwrap();
    check(&gguf, &config);
}

fn text(n: u32) -> Vec<u32> {
    (0..n).map(|i| (i * 37 + 1) % 256).collect()
}

fn distance(a: &[f32], b: &[f32]) -> f64 {
    assert_eq!(a.len(), b.len());
    let square = |sum: f64, v: f64| sum + v * v;
    let apart = a.iter().zip(b).map(|(a, b)| f64::from(a - b)).fold(0.0, square);
    let size = a.iter().map(|v| f64::from(*v)).fold(0.0, square);
    (apart / size).sqrt()
}

#[test]
fn every_model_gives_the_same_logits_wherever_its_layers_compute() {
    let mut cards = vec![("candle", Backend::Candle(Device::Cpu))];
    match Graphics::find() {
        Ok(card) => cards.push(("the graphics card", card.backend)),
        Err(why) if graphics::BUILT => println!("SKIPPED: no graphics card: {why}"),
        Err(why) => println!("not on a graphics card: {why}"),
    }
    let tokens = text(90);
    let mut wrong = Vec::new();
    let own = |gguf: &Gguf| Bench::new(gguf, Placement::processor(), KvType::F16).everything(&tokens);
    for model in MODELS {
        let mut exact = Vec::new();
        with_file(|path| synth::write_exact(path, model, 5).unwrap(), |gguf, _| exact = own(gguf));
        for kind in [TensorType::F32, TensorType::Q8_0] {
            with_model(model, kind, |gguf, config| {
                let ours = own(gguf);
                let (to, allowed) = match kind {
                    TensorType::F32 => (&ours, AS_FAR),
                    _ => (&exact, AS_NEAR * distance(&exact, &ours)),
                };
                let layers = config.layers.len();
                for (name, backend) in &cards {
                    for here in [0, layers / 2, layers - 1] {
                        let placement = Placement::after(here, backend.clone());
                        let found = Bench::new(gguf, placement, KvType::F16).everything(&tokens);
                        let apart = distance(to, &found);
                        println!(
                            "{:14} {kind} {name}, {here} layers here: {apart:.1e} of {allowed:.1e}",
                            model.name
                        );
                        if apart.is_nan() || apart > allowed {
                            wrong.push((model.name, kind, *name, here, apart, allowed));
                        }
                    }
                }
            });
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn keys_in_8_bits_give_nearly_the_logits_of_16_and_the_same_in_pieces_and_after_a_restart() {
    let tokens = text(90);
    for model in MODELS {
        with_model(model, TensorType::F32, |gguf, config| {
            let wide = Bench::new(gguf, Placement::processor(), KvType::F16).everything(&tokens);
            let mut bench = Bench::new(gguf, Placement::processor(), KvType::Q8_0);
            let narrow = bench.everything(&tokens);
            let apart = distance(&wide, &narrow);
            println!("{:14} {apart:.1e}", model.name);
            // With experts, where a router wavers, another may be asked.
            let experts = config.layers.iter().any(|l| matches!(l.ffn, FeedForward::Experts(_)));
            assert!(apart < if experts { 0.2 } else { 2e-2 }, "{}: {apart}", model.name);

            let one_by_one = bench.cache.start();
            let mut logits = Vec::new();
            for token in &tokens {
                logits.extend(bench.read(one_by_one, &[*token]));
            }
            assert_eq!(logits, narrow[..logits.len()], "{}", model.name);

            let file = tempfile::tempdir().unwrap();
            let (path, name) = (file.path().join("kept"), gguf.fingerprint());
            bench.cache.save(one_by_one, &name, &path).unwrap();
            let back = bench.cache.restore(&name, Some(&[&tokens[..], &[1]].concat()), &path).unwrap();
            assert_eq!(bench.read(one_by_one, &[1, 2]), bench.read(back, &[1, 2]), "{}", model.name);
        });
    }
}

#[test]
fn what_was_kept_in_another_form_is_refused() {
    with_model(&LLAMA, TensorType::F32, |gguf, _| {
        let mut wide = Bench::new(gguf, Placement::processor(), KvType::F16);
        let mut narrow = Bench::new(gguf, Placement::processor(), KvType::Q8_0);
        let sequence = wide.cache.start();
        wide.read(sequence, &[1, 2, 3]);
        let file = tempfile::tempdir().unwrap();
        let (path, name) = (file.path().join("kept"), gguf.fingerprint());
        wide.cache.save(sequence, &name, &path).unwrap();
        let problem = narrow.cache.restore(&name, None, &path).unwrap_err().to_string();
        assert!(problem.contains("another form"), "{problem}");
    });
}

#[test]
fn keys_in_8_bits_take_about_half_the_memory() {
    with_model(&LLAMA, TensorType::F32, |gguf, config| {
        let held = |keys| {
            let mut bench = Bench::new(gguf, Placement::processor(), keys);
            let sequence = bench.cache.start();
            bench.read(sequence, &text(512));
            let (held, told) = (bench.cache.bytes() as u64, config.kv_bytes(512, keys));
            assert!(held >= told && held <= told + told / 4, "{held} held and {told} told");
            held
        };
        let (wide, narrow) = (held(KvType::F16), held(KvType::Q8_0));
        assert!(narrow * 100 < wide * 56, "{narrow} of {wide}");
    });
}

#[test]
fn layers_that_use_the_keys_of_others_are_placed_with_them() {
    for model in MODELS {
        with_model(model, TensorType::F32, |gguf, config| {
            let layers = config.layers.len();
            for most in 0..=layers {
                let fit = layers_that_fit(gguf.header(), config, 128, None, Some(most)).unwrap();
                assert!(fit <= most, "{}: {fit} of {most}", model.name);
            }
            assert_eq!(layers_that_fit(gguf.header(), config, 128, None, None).unwrap(), layers);
            assert_eq!(layers_that_fit(gguf.header(), config, 128, Some(1 << 20), None).unwrap(), 0);
        });
    }
}

#[test]
fn a_type_that_candle_lacks_is_named_by_its_tensor() {
    with_model(&LLAMA, TensorType::MXFP4, |gguf, config| {
        let tensor = layers_that_fit(gguf.header(), config, 128, None, None).unwrap_err();
        assert!(gguf.tensor(&tensor).is_some(), "{tensor}");
    });
}
