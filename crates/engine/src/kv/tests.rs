//! The tree must behave as if every sequence were a list of its own: held against exactly that.

use std::collections::HashMap;

use proptest::prelude::*;

use candle_core::{DType, Device};

use super::*;

fn cache() -> Cache {
    let heads = Some(Heads { kv_heads: 1, head_dim: 2, value_dim: 2 });
    Cache::of_shape(Shape {
        heads: vec![heads; 2],
        states: vec![vec![]; 2],
        backends: vec![Backend::Own; 2],
        kind: KvType::F16,
    })
}

/// One layer with a state: the sum of all tokens so far.
fn recurrent() -> Cache {
    Cache::of_shape(Shape {
        heads: vec![None],
        states: vec![vec![vec![1]]],
        backends: vec![Backend::Own],
        kind: KvType::F16,
    })
}

fn sum(cache: &Cache, id: SequenceId, at: usize) -> u32 {
    let state = cache.state(id, 0, at).unwrap();
    state.map_or(0, |s| s[0].to_vec1::<u32>().unwrap()[0])
}

fn add_to_sum(cache: &mut Cache, id: SequenceId, tokens: &[u32]) {
    let before = sum(cache, id, cache.len(id));
    cache.extend(id, tokens).unwrap();
    let state = Tensor::new(&[before + tokens.iter().sum::<u32>()], &Device::Cpu).unwrap();
    cache.set_state(id, 0, vec![state]).unwrap();
}

/// Adds tokens whose keys are the token's number and whose values are its negative.
fn add(cache: &mut Cache, id: SequenceId, tokens: &[u32]) {
    cache.extend(id, tokens).unwrap();
    let keys: Vec<f32> = tokens.iter().flat_map(|&t| [t as f32, t as f32]).collect();
    let keys = Tensor::from_vec(keys, (tokens.len(), 2), &Device::Cpu).unwrap();
    for layer in 0..2 {
        cache.put(id, layer, &keys, &keys.neg().unwrap()).unwrap();
    }
}

fn seen(cache: &Cache, id: SequenceId) -> Vec<u32> {
    let mut out = Vec::new();
    for segment in cache.segments(id, 1).unwrap() {
        let numbers = |t: &Tensor| -> Vec<f32> {
            t.to_dtype(DType::F32).unwrap().flatten_all().unwrap().to_vec1().unwrap()
        };
        let kept = segment.kept.read(segment.positions).unwrap();
        let (keys, values) = (numbers(&kept.keys), numbers(&kept.values));
        assert!(keys.iter().zip(&values).all(|(k, v)| *k == -*v));
        out.extend(keys.chunks(2).map(|k| k[0] as u32));
    }
    out
}

#[test]
fn a_fork_shares_its_past_and_nothing_of_the_future() {
    let mut cache = cache();
    let a = cache.start();
    add(&mut cache, a, &[1, 2, 3]);
    let b = cache.fork(a).unwrap();
    add(&mut cache, a, &[4]);
    add(&mut cache, b, &[5, 6]);
    assert_eq!(seen(&cache, a), [1, 2, 3, 4]);
    assert_eq!(seen(&cache, b), [1, 2, 3, 5, 6]);
    cache.free(a);
    assert_eq!(seen(&cache, b), [1, 2, 3, 5, 6]);
}

#[test]
fn truncating_one_sequence_leaves_those_that_share_it_whole() {
    let mut cache = cache();
    let a = cache.start();
    add(&mut cache, a, &[1, 2, 3]);
    let b = cache.fork(a).unwrap();
    cache.truncate(a, 1).unwrap();
    add(&mut cache, a, &[9, 9, 9]);
    assert_eq!(seen(&cache, b), [1, 2, 3]);
    assert_eq!(seen(&cache, a), [1, 9, 9, 9]);
}

#[test]
fn a_sequence_that_is_given_up_gives_its_memory_back() {
    let mut cache = cache();
    let a = cache.start();
    add(&mut cache, a, &[1; 100]);
    let b = cache.fork(a).unwrap();
    add(&mut cache, b, &[2; 10]);
    cache.free(a);
    cache.free(b);
    assert_eq!(cache.bytes(), 0);
    assert!(cache.nodes.iter().all(Option::is_none));
}

#[test]
fn using_a_sequence_that_is_gone_is_an_error() {
    let mut cache = cache();
    let a = cache.start();
    cache.free(a);
    assert!(cache.fork(a).is_err() && cache.truncate(a, 0).is_err() && cache.tokens(a).is_err());
    assert!(cache.extend(a, &[1]).is_err());
    assert_eq!(cache.len(a), 0);
}

#[derive(Debug, Clone)]
enum Step {
    Start,
    Fork(usize),
    Truncate(usize, usize),
    Free(usize),
    Add(usize, Vec<u32>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        1 => Just(Step::Start),
        3 => any::<usize>().prop_map(Step::Fork),
        3 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Step::Truncate(a, b)),
        1 => any::<usize>().prop_map(Step::Free),
        6 => (any::<usize>(), prop::collection::vec(1u32..1000, 1..50)).prop_map(|(a, b)| Step::Add(a, b)),
    ];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #[test]
    fn any_history_of_sequences_looks_like_separate_lists(steps in steps()) {
        let mut cache = cache();
        let mut lists: HashMap<SequenceId, Vec<u32>> = HashMap::new();
        let mut order: Vec<SequenceId> = Vec::new();
        for step in steps {
            let pick = |n: usize| (!order.is_empty()).then(|| order[n % order.len()]);
            match step {
                Step::Start => { let id = cache.start(); lists.insert(id, vec![]); order.push(id); }
                Step::Fork(n) => if let Some(of) = pick(n) {
                    let id = cache.fork(of).unwrap();
                    lists.insert(id, lists[&of].clone());
                    order.push(id);
                }
                Step::Truncate(n, len) => if let Some(id) = pick(n) {
                    let list = lists.get_mut(&id).unwrap();
                    let len = len % (list.len() + 1);
                    list.truncate(len);
                    cache.truncate(id, len).unwrap();
                }
                Step::Free(n) => if let Some(id) = pick(n) {
                    cache.free(id);
                    lists.remove(&id);
                    order.retain(|&o| o != id);
                }
                Step::Add(n, tokens) => if let Some(id) = pick(n) {
                    lists.get_mut(&id).unwrap().extend(&tokens);
                    add(&mut cache, id, &tokens);
                }
            }
            for (&id, list) in &lists {
                prop_assert_eq!(&cache.tokens(id).unwrap(), list);
                prop_assert_eq!(&seen(&cache, id), list);
                prop_assert_eq!(cache.len(id), list.len());
            }
        }
        for id in order { cache.free(id); }
        prop_assert_eq!(cache.bytes(), 0);
    }
}

proptest! {
    #[test]
    fn states_are_those_of_the_tokens_that_are_left(steps in steps()) {
        let mut cache = recurrent();
        let mut order: Vec<SequenceId> = Vec::new();
        for step in steps {
            let pick = |n: usize| (!order.is_empty()).then(|| order[n % order.len()]);
            match step {
                Step::Start => order.push(cache.start()),
                Step::Fork(n) => if let Some(of) = pick(n) {
                    order.push(cache.fork(of).unwrap());
                }
                Step::Truncate(n, len) => if let Some(id) = pick(n) {
                    let len = len % (cache.len(id) + 1);
                    let left = cache.truncate(id, len).unwrap();
                    prop_assert!(left <= len && left == cache.len(id));
                }
                Step::Free(n) => if let Some(id) = pick(n) {
                    cache.free(id);
                    order.retain(|&o| o != id);
                }
                Step::Add(n, tokens) => if let Some(id) = pick(n) {
                    let before = cache.len(id);
                    add_to_sum(&mut cache, id, &tokens);
                    // Work that failed is taken back to where it began.
                    if tokens.len() % 7 == 0 {
                        prop_assert_eq!(cache.truncate(id, before).unwrap(), before);
                    }
                }
            }
            for &id in &order {
                let expected: u32 = cache.tokens(id).unwrap().iter().sum();
                prop_assert_eq!(sum(&cache, id, cache.len(id)), expected);
            }
        }
        for id in order { cache.free(id); }
        prop_assert_eq!(cache.bytes(), 0);
    }
}
