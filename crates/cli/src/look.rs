//! Looking into models and measuring them.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use foolscap_app::api::Fact;
use foolscap_app::bench::{Again, Measured, Rewritten, Work, bench as measure};
use foolscap_app::inspect::{self, Inspection};
use foolscap_app::{ABOUT_STARTER, Choice};

use crate::args::{Bench, Inspect};
use crate::{Failure, text};

/// `foolscap inspect`.
pub fn inspect(c: &Inspect) -> Result<(), Failure> {
    let choice = crate::models::choose(&c.model)?;
    if let Some(file) = &c.tokenize {
        let ids = inspect::tokenize(&choice, &text::read(file)?, c.whole)?;
        return print(&serde_json::json!(ids).to_string());
    }
    if let Some([ids, out]) = c.logits.as_deref().and_then(|l| <&[String; 2]>::try_from(l).ok()) {
        return logits(&choice, ids, Path::new(out));
    }
    let facts = inspect::inspect(&choice)?;
    if c.json {
        return print(&format!("{:#}", serde_json::json!(facts)));
    }
    print(&describe(&facts))?;
    if choice == Choice::Starter {
        print(&format!("\n{ABOUT_STARTER}"))?;
    }
    Ok(())
}

/// `foolscap bench`.
pub fn bench(c: &Bench) -> Result<(), Failure> {
    let [prompt, generate, depth] = [c.prompt, c.generate, c.depth].map(|n| n as usize);
    let peer = c.compare.as_deref().map(other_engine).transpose()?;
    let work = Work {
        prompt,
        generate,
        depth,
        runs: c.runs as usize,
        rows: c.rows.map(|n| n as usize),
        edit: c.edit,
        reopen: c.reopen,
        rewrite: c.rewrite.map(|n| n as usize),
        limits: c.limits,
    };
    let m = measure(&crate::models::selected(Some(&c.model), &c.loading)?, &work)?;
    let ratios = peer.as_ref().map(|peer| ratios(&m, peer)).unwrap_or_default();
    if c.json {
        let mut all = serde_json::json!(m);
        for (name, ratio) in ratios {
            all["ratios"][name] = ratio.into();
        }
        return print(&format!("{all:#}"));
    }
    if m.prompt < prompt {
        eprintln!("the model sees too little for {} tokens; {} are read", c.prompt, m.prompt);
    }
    let mut lines = told(&m);
    lines.extend(ratios.iter().map(|(name, r)| format!("{name:<10}{r:.2} times the other engine's")));
    print(&lines.join("\n"))
}

fn told(m: &Measured) -> Vec<String> {
    let memory = m.peak_rss_mb.map_or("unknown".to_owned(), |mb| format!("{mb:.0} MiB"));
    let again = |name: &str, a: Again| {
        let Again { cold_s, warm_s, ratio } = a;
        format!(
            "{name:<10}{warm_s:.2} s to the first token, {cold_s:.2} s when nothing was read ({ratio:.3})"
        )
    };
    let mut lines = vec![
        format!("load      {:.2} s, {:.2} s with the first call", m.load_s, m.first_call_s),
        format!(
            "prefill   {:.1} tokens/s ({} tokens at depth {}, {} threads)",
            m.prefill_tok_s, m.prompt, m.depth, m.threads
        ),
        format!("decode    {:.1} tokens/s ({} tokens)", m.decode_tok_s, m.generate),
    ];
    lines.extend(m.rows.map(|r| {
        format!("rows      {} at once take {:.2} times as long as one ({:.2} s)", r.rows, r.ratio, r.one_s)
    }));
    lines.extend(m.edit.map(|a| again("edit", a)));
    lines.extend(m.reopen.map(|a| again("reopen", a)));
    lines.extend(m.rewrite.map(|r| {
        let Rewritten { words, speedup, tokens_a_call, guessed_s, .. } = r;
        format!(
            "rewrite   {words} words in {guessed_s:.2} s, {speedup:.2} times plain drawing ({tokens_a_call:.1} tokens a call)"
        )
    }));
    lines.push(format!(
        "memory    {memory} at most; the file with keys and values is {:.0} MiB",
        m.file_and_kv_mb
    ));
    lines.extend(m.limits.map(|l| {
        format!("limits    {:.1} GB/s from memory, {:.0} G products/s", l.memory_gb_s, l.products_g_s)
    }));
    lines
}

/// A benchmark's JSON, with the names that ours has too.
fn other_engine(file: &Path) -> Result<serde_json::Value, Failure> {
    let text = text::read(file)?;
    serde_json::from_str(&text).map_err(|e| {
        Failure::Usage(format!("{} is not JSON: {e}; give what a benchmark has printed", file.display()))
    })
}

/// Our rates by those of another engine, as far as it has told them.
fn ratios(m: &Measured, peer: &serde_json::Value) -> Vec<(&'static str, f64)> {
    let rate = |name: &str| peer.get(name).and_then(serde_json::Value::as_f64).filter(|&r| r > 0.0);
    [("prefill", "prefill_tok_s", m.prefill_tok_s), ("decode", "decode_tok_s", m.decode_tok_s)]
        .into_iter()
        .filter_map(|(name, field, ours)| Some((name, ours / rate(field)?)))
        .collect()
}

fn logits(choice: &Choice, ids: &str, out: &Path) -> Result<(), Failure> {
    let ids: Vec<u32> = ids
        .split(',')
        .map(|id| id.trim().parse())
        .collect::<Result<_, _>>()
        .map_err(|_| Failure::Usage(format!("{ids:?} is no list of token ids; write them as 1,2,3")))?;
    let logits = inspect::logits(choice, &ids)?;
    let failed = |source| Failure::Write { what: out.display().to_string(), source };
    let mut file = BufWriter::new(File::create(out).map_err(failed)?);
    logits.write_npy(&mut file).and_then(|()| file.flush()).map_err(failed)
}

pub(crate) fn describe(facts: &Inspection) -> String {
    let lines = facts.facts().into_iter().map(|Fact { name, value }| format!("{name:<14}{value}"));
    lines.collect::<Vec<_>>().join("\n")
}

pub(crate) fn print(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}")
        .map_err(|source| Failure::Write { what: "standard output".into(), source })
}
