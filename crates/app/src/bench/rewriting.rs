//! Rewriting a passage of which a fifth of the words changes. What comes is given, so that any model can be measured;
//! every call that a model needs for it is made, with guesses and token by token.

use std::time::Instant;

use foolscap_engine::draft::{Costs, Drafter, MOST};
use foolscap_engine::{Cancel, Model, Run, Want};

use super::{Rewritten, Work, median, too_little};
use crate::api::Problem;
use crate::samples::samples;

/// Each fifth word is another.
const CHANGED: usize = 5;

pub(super) fn measure(model: &Model, work: &Work, words: usize) -> Result<Rewritten, Problem> {
    let sample: String = samples().into_iter().map(|s| s.text).collect::<Vec<_>>().join(" ");
    let all: Vec<&str> = sample.split_whitespace().collect();
    let passage: Vec<&str> = all.iter().cycle().take(words).copied().collect();
    // Words of the same text, from elsewhere in it.
    let other = |i: usize| all[(i * 31 + 17) % all.len()];
    let changed: Vec<&str> = passage
        .iter()
        .enumerate()
        .map(|(i, word)| if i % CHANGED == CHANGED - 1 { other(i) } else { word })
        .collect();
    let [passage, answer] = [passage, changed].map(|words| model.tokenizer().encode(&words.join(" ")));
    let tokens = passage.len() + answer.len();
    if answer.is_empty() || tokens > model.config().context {
        return Err(too_little(model.config().context, tokens));
    }
    let (mut plain, mut guessed, mut calls) = (Vec::new(), Vec::new(), 0);
    let mut costs = Costs::default();
    for _ in 0..work.runs {
        plain.push(draw(model, &passage, &answer, None)?.0);
        let drawn = draw(model, &passage, &answer, Some(&mut costs))?;
        guessed.push(drawn.0);
        calls = drawn.1;
    }
    let (plain_s, guessed_s) = (median(plain), median(guessed));
    Ok(Rewritten {
        words,
        tokens: answer.len(),
        plain_s,
        guessed_s,
        speedup: plain_s / guessed_s,
        tokens_a_call: answer.len() as f64 / calls as f64,
    })
}

/// Draws `answer` after the passage; gives the seconds and the calls.
fn draw(
    model: &Model,
    passage: &[u32],
    answer: &[u32],
    mut costs: Option<&mut Costs>,
) -> Result<(f64, usize), Problem> {
    let (decoder, cancel) = (model.decoder(), Cancel::new());
    let mut cache = decoder.cache();
    let sequence = cache.start();
    decoder.forward(&mut cache, &[Run { sequence, tokens: passage, logits: Want::None }], &cancel)?;
    let mut drafter = Drafter::following(passage.to_vec());
    let (started, mut calls, mut drawn) = (Instant::now(), 0, 0);
    let mut last = passage[passage.len() - 1];
    cache.truncate(sequence, passage.len() - 1)?;
    while drawn < answer.len() {
        let most = MOST.min(answer.len() - drawn - 1);
        let guess = costs.as_ref().map_or(&[][..], |costs| {
            let worth = drafter.worth(costs, 1, 1, most);
            drafter.guess(worth)
        });
        let tokens = [&[last], guess].concat();
        let began = Instant::now();
        let run = Run { sequence, tokens: &tokens, logits: Want::All };
        std::hint::black_box(decoder.forward(&mut cache, &[run], &cancel)?.rows());
        let right = guess.iter().zip(&answer[drawn..]).take_while(|(a, b)| a == b).count();
        if let Some(costs) = &mut costs {
            costs.took(tokens.len(), began.elapsed().as_secs_f64());
        }
        answer[drawn..=drawn + right].iter().for_each(|&token| drafter.push(token));
        drawn += right + 1;
        last = answer[drawn - 1];
        cache.truncate(sequence, passage.len() - 1 + drawn)?;
        calls += 1;
    }
    Ok((started.elapsed().as_secs_f64(), calls))
}
