//! Looking into models and measuring them.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use foolscap_app::bench::{Work, bench as measure};
use foolscap_app::inspect::{self, Inspection};
use foolscap_app::{ABOUT_STARTER, Choice};

use crate::args::{Bench, Inspect};
use crate::{Failure, text};

/// `foolscap inspect`.
pub fn inspect(c: &Inspect) -> Result<(), Failure> {
    let choice = Choice::named(&c.model);
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
    let threads = c.threads.map(|n| n as usize);
    let work = Work { prompt, generate, depth, runs: c.runs as usize, threads };
    let m = measure(&Choice::named(&c.model), &work)?;
    if c.json {
        return print(&format!("{:#}", serde_json::json!(m)));
    }
    if m.prompt < prompt {
        eprintln!("the model sees too little for {} tokens; {} are read", c.prompt, m.prompt);
    }
    let memory = m.peak_rss_mb.map_or("unknown".to_owned(), |mb| format!("{mb:.0} MiB"));
    print(&format!(
        "load      {:.2} s\nprefill   {:.1} tokens/s ({} tokens at depth {})\ndecode    {:.1} tokens/s ({} tokens)\nmemory    {memory} at most",
        m.load_s, m.prefill_tok_s, m.prompt, m.depth, m.decode_tok_s, m.generate
    ))
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

fn describe(facts: &Inspection) -> String {
    let mut lines = vec![
        ("name", facts.name.clone()),
        ("architecture", facts.architecture.clone()),
        ("parameters", count(facts.parameters)),
        ("quantization", facts.quantization.clone()),
        ("file", mebibytes(facts.file_bytes)),
    ];
    if let Some(s) = &facts.sizes {
        lines.push(("context", format!("{} tokens", s.context)));
        lines.push((
            "layers",
            format!(
                "{} of width {}, {} heads over {} of size {}, feed-forward {}",
                s.layers, s.width, s.heads, s.kv_heads, s.head_dim, s.ffn
            ),
        ));
    }
    if let Some(t) = &facts.tokenizer {
        let gaps = if t.fills_gaps { ", fills gaps" } else { "" };
        lines.push(("tokenizer", format!("{}, {} tokens{gaps}", t.kind, t.tokens)));
    }
    let template = if facts.chat_template { "yes" } else { "none (a base model: it carries text on)" };
    lines.push(("chat template", template.into()));
    if let Some(m) = &facts.memory {
        let (weights, context) = (mebibytes(m.weights), mebibytes(m.context));
        lines.push(("memory", format!("{weights} for the weights, {context} for a full context")));
    }
    lines.push(("runs here", facts.problem.as_ref().map_or("yes".into(), |p| format!("no: {p}"))));
    lines.iter().map(|(name, value)| format!("{name:<14}{value}")).collect::<Vec<_>>().join("\n")
}

fn count(n: u64) -> String {
    match n {
        1_000_000_000.. => format!("{:.2} billion", n as f64 / 1e9),
        1_000_000.. => format!("{:.1} million", n as f64 / 1e6),
        _ => n.to_string(),
    }
}

fn mebibytes(n: u64) -> String {
    format!("{:.1} MiB", n as f64 / (1 << 20) as f64)
}

fn print(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}")
        .map_err(|source| Failure::Write { what: "standard output".into(), source })
}
