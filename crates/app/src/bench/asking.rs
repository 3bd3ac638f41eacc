//! Asking again about a text that was read: after a word of it has changed, and after a restart.

use std::ops::ControlFlow;

use foolscap_engine::generate::Request;
use foolscap_engine::sampler::Settings;
use foolscap_engine::{Cancel, Model, Session};

use super::{Again, Work, median, timed, too_little};
use crate::api::{Problem, ProblemCode};

/// After the last word was changed.
pub(super) fn edit(model: &Model, work: &Work) -> Result<Again, Problem> {
    let (text, changed) = texts(model, work)?;
    again(work, || {
        let mut session = Session::new(model);
        let cold = first_token(&mut session, &text)?;
        Ok((cold, first_token(&mut session, &changed)?))
    })
}

/// The same after a restart; what is read from the file counts.
pub(super) fn reopen(model: &Model, work: &Work) -> Result<Again, Problem> {
    let (text, changed) = texts(model, work)?;
    let file = std::env::temp_dir().join(format!("foolscap-bench-{}.kv", std::process::id()));
    let measured = again(work, || {
        let mut session = Session::new(model);
        let cold = first_token(&mut session, &text)?;
        session.save(&file)?;
        drop(session);
        let mut session = Session::new(model);
        let ((), restored) = timed(|| Ok(session.restore(&file)?))?;
        Ok((cold, restored + first_token(&mut session, &changed)?))
    });
    let _ = std::fs::remove_file(&file);
    measured
}

/// A text, and the same with another last word.
fn texts(model: &Model, work: &Work) -> Result<(Vec<u32>, Vec<u32>), Problem> {
    let (n, config) = (work.prompt, model.config());
    if n < 8 || n + 1 > config.context {
        return Err(too_little(config.context, n));
    }
    let mut text: Vec<u32> = (0..n).map(|i| ((i * 7919 + 13) % config.vocab) as u32).collect();
    let before = text.clone();
    // Some two tokens, and what ends the sentence.
    text[n - 4] = (text[n - 4] + 1) % config.vocab as u32;
    text[n - 3] = (text[n - 3] + 1) % config.vocab as u32;
    Ok((before, text))
}

fn again(work: &Work, mut run: impl FnMut() -> Result<(f64, f64), Problem>) -> Result<Again, Problem> {
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..work.runs {
        let (c, w) = run()?;
        cold.push(c);
        warm.push(w);
    }
    let (cold_s, warm_s) = (median(cold), median(warm));
    Ok(Again { cold_s, warm_s, ratio: warm_s / cold_s })
}

/// Seconds to the first token after a prompt.
fn first_token(session: &mut Session<'_>, prompt: &[u32]) -> Result<f64, Problem> {
    let request = Request {
        prompt: prompt.to_vec(),
        candidates: vec![Settings::default()],
        max_tokens: 1,
        ..Request::default()
    };
    let figures = session.generate(request, &Cancel::new(), |_| ControlFlow::Continue(()))?;
    match figures.first_token.as_secs_f64() {
        0.0 => Err(Problem::new(ProblemCode::Engine, "the prompt was not read")),
        seconds => Ok(seconds),
    }
}
