//! However a text reaches the model, in one piece, in chunks, after a fork, after a truncation, beside
//! strangers, it must give the same logits.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use foolscap_engine::gguf::TensorType;
use foolscap_engine::{Cache, Cancel, Decoder, Error, Gguf, LoadOptions, Run, SequenceId, Want};
use foolscap_tests::synth::{self, LLAMA, MODELS, Model};

struct Bench {
    decoder: Decoder,
    cache: Cache,
}

impl Bench {
    fn new(model: &Model) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("model.gguf");
        synth::write(&path, model, TensorType::F32, 5).unwrap();
        let decoder =
            Decoder::load(&Gguf::open(&path).unwrap(), &LoadOptions::default(), &Cancel::new(), |_| {})
                .unwrap();
        let cache = decoder.cache();
        Self { decoder, cache }
    }

    fn read(&mut self, sequence: SequenceId, tokens: &[u32]) -> Vec<f32> {
        let run = Run { sequence, tokens, logits: Want::Last };
        self.decoder.forward(&mut self.cache, &[run], &Cancel::new()).unwrap().values().to_vec()
    }

    /// What the text gives read at once into a sequence of its own.
    fn alone(&mut self, tokens: &[u32]) -> Vec<f32> {
        let sequence = self.cache.start();
        let logits = self.read(sequence, tokens);
        self.cache.free(sequence);
        logits
    }
}

fn text(n: u32, salt: u32) -> Vec<u32> {
    (0..n).map(|i| (i * 37 + salt) % 256).collect()
}

#[track_caller]
fn assert_same(a: &[f32], b: &[f32]) {
    let most = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0f32, f32::max);
    assert!(a.len() == b.len() && most < 1e-4, "differ by {most}");
}

/// For every architecture, past the window where there is one.
fn each(check: impl Fn(Bench)) {
    for model in MODELS {
        println!("{}", model.name);
        check(Bench::new(model));
    }
}

#[test]
fn chunks_and_single_tokens_give_what_one_piece_gives() {
    each(|mut b| {
        let tokens = text(70, 1);
        let whole = b.alone(&tokens);
        for size in [1, 7, 64] {
            let sequence = b.cache.start();
            let last = tokens.chunks(size).map(|c| b.read(sequence, c)).last().unwrap();
            assert_same(&last, &whole);
        }
    });
}

#[test]
fn a_fork_goes_on_as_if_it_had_read_everything_itself() {
    each(|mut b| {
        let (start, left, right) = (text(40, 1), text(9, 2), text(5, 3));
        let a = b.cache.start();
        b.read(a, &start);
        let fork = b.cache.fork(a).unwrap();
        let second = b.cache.fork(fork).unwrap();
        let on_left = b.read(a, &left);
        let on_right = b.read(fork, &right);
        let again = b.read(second, &left);
        let expected_left = b.alone(&[start.clone(), left].concat());
        let expected_right = b.alone(&[start, right].concat());
        assert_same(&on_left, &expected_left);
        assert_same(&again, &expected_left);
        assert_same(&on_right, &expected_right);
    });
}

#[test]
fn after_a_truncation_nothing_of_what_was_cut_is_felt() {
    each(|mut b| {
        let a = b.cache.start();
        text(50, 1).chunks(8).for_each(|chunk| drop(b.read(a, chunk)));
        // A layer with a state goes back to where a copy of it was kept; what is missing is read again.
        let kept = b.cache.truncate(a, 20).unwrap();
        let other = text(10, 9);
        let now = b.read(a, &[&text(50, 1)[kept..20], &other].concat());
        assert_same(&now, &b.alone(&[text(50, 1)[..20].to_vec(), other].concat()));
    });
}

#[test]
fn strangers_in_one_call_do_not_touch_each_other() {
    each(|mut b| {
        let texts = [text(30, 1), text(3, 2), text(17, 3)];
        let sequences: Vec<_> = texts.iter().map(|_| b.cache.start()).collect();
        let runs: Vec<_> = sequences
            .iter()
            .zip(&texts)
            .map(|(&sequence, tokens)| Run { sequence, tokens, logits: Want::Last })
            .collect();
        let logits = b.decoder.forward(&mut b.cache, &runs, &Cancel::new()).unwrap();
        for (i, tokens) in texts.iter().enumerate() {
            assert_same(logits.row(i), &b.alone(tokens));
        }
    });
}

#[test]
fn what_was_kept_in_a_file_goes_on_as_if_it_had_been_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kept");
    let model = [7; 32];
    each(|mut b| {
        let (start, rest) = (text(60, 1), text(9, 2));
        let whole = [start.clone(), rest.clone()].concat();
        let a = b.cache.start();
        b.read(a, &start[..40]);
        // A path of two stretches.
        let fork = b.cache.fork(a).unwrap();
        b.read(fork, &start[40..]);
        b.cache.save(fork, &model, &path).unwrap();
        let mut other = b.decoder.cache();
        let restored = other.restore(&model, Some(&whole), &path).unwrap();
        assert_eq!(other.tokens(restored).unwrap(), start);
        let run = Run { sequence: restored, tokens: &rest, logits: Want::Last };
        let now = b.decoder.forward(&mut other, &[run], &Cancel::new()).unwrap();
        assert_same(now.values(), &b.alone(&whole));

        let refused = |cache: &mut Cache, model: [u8; 32], text: &[u32]| {
            cache.restore(&model, Some(text), &path).unwrap_err().to_string()
        };
        assert!(refused(&mut other, [8; 32], &whole).contains("another model"));
        assert!(refused(&mut other, model, &whole[1..]).contains("another text"));
        assert!(refused(&mut other, model, &start[..59]).contains("another text"));
    });
    let kept = std::fs::read(&path).unwrap();
    let mut b = Bench::new(&LLAMA);
    for cut in [0, 7, 100, kept.len() / 2, kept.len() - 1] {
        std::fs::write(&path, &kept[..cut]).unwrap();
        assert!(matches!(b.cache.restore(&model, None, &path), Err(Error::State { .. })), "{cut}");
    }
    // Whole, but of a model of other sizes.
    std::fs::write(&path, &kept).unwrap();
    assert!(matches!(b.cache.restore(&model, None, &path), Err(Error::State { .. })));
    assert_eq!(b.cache.bytes(), 0, "what failed leaves nothing");
}

#[test]
fn logits_are_given_for_the_rows_that_were_asked_for() {
    let mut b = Bench::new(&LLAMA);
    let tokens = text(8, 1);
    let sequence = b.cache.start();
    let run = Run { sequence, tokens: &tokens, logits: Want::At(vec![6, 2]) };
    let logits = b.decoder.forward(&mut b.cache, &[run], &Cancel::new()).unwrap();
    assert_eq!(logits.rows(), 2);
    assert_same(logits.row(0), &b.alone(&tokens[..7]));
    assert_same(logits.row(1), &b.alone(&tokens[..3]));
}

#[test]
fn cancelled_or_failed_work_leaves_the_cache_as_it_was() {
    let mut b = Bench::new(&LLAMA);
    let sequence = b.cache.start();
    b.read(sequence, &text(10, 1));
    let cancel = Cancel::new();
    cancel.cancel();
    let run = Run { sequence, tokens: &[1, 2, 3], logits: Want::Last };
    assert!(matches!(b.decoder.forward(&mut b.cache, &[run], &cancel), Err(Error::Cancelled)));
    assert_eq!(b.cache.len(sequence), 10);
    let run = Run { sequence, tokens: &[9999], logits: Want::Last };
    let error = b.decoder.forward(&mut b.cache, &[run], &Cancel::new()).unwrap_err();
    assert!(error.to_string().contains("9999"));
    let long = text(synth::CONTEXT as u32, 1);
    let run = Run { sequence, tokens: &long, logits: Want::Last };
    assert!(matches!(
        b.decoder.forward(&mut b.cache, &[run], &Cancel::new()),
        Err(Error::ContextFull { .. })
    ));
    let now = b.read(sequence, &text(3, 2));
    assert_same(&now, &b.alone(&[text(10, 1), text(3, 2)].concat()));
}
