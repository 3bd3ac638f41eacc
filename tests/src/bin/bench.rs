//! Writes BENCHMARKS.md: every target of speed, for the models that are named, beside llama.cpp where it is installed.
//! Ours and theirs take turns, each in a process of its own, so that what else the machine does meets both. A model's
//! section is written when it is measured, and those of other models stay: all of it takes hours, and may be done in parts.
//!
//!     bench FOOLSCAP OUT [--runs N] [--deep] MODEL…
//!
//! `--deep` measures after 8,192 tokens, which takes a quarter of an hour a model, and nothing else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use foolscap_tests::peer::Peer;
use serde_json::Value;

/// Tokens that are read, and drawn after them.
const PROMPT: usize = 512;
const GENERATE: usize = 64;
/// Candidates.
const ROWS: usize = 4;
/// Of a text that is asked about again.
const LONG: usize = 4000;
/// Where in the file begins what is written by hand.
const WRITTEN: &str = "## Missed";
/// Where a long context is measured.
const DEEP: usize = 8192;

fn main() -> ExitCode {
    match read(std::env::args().skip(1)).and_then(|plan| plan.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}

struct Plan {
    foolscap: String,
    out: PathBuf,
    runs: usize,
    deep: bool,
    models: Vec<PathBuf>,
    threads: usize,
    peer: Result<Peer, String>,
}

fn read(mut words: impl Iterator<Item = String>) -> Result<Plan, String> {
    let mut next = |what: &str| words.next().ok_or(format!("{what} is missing"));
    let (foolscap, out) = (next("the program")?, PathBuf::from(next("the file to write")?));
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get());
    let mut plan =
        Plan { foolscap, out, runs: 5, deep: false, models: Vec::new(), threads, peer: Peer::find() };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--deep" => plan.deep = true,
            "--runs" => {
                let runs = words.next().and_then(|n| n.parse().ok()).filter(|&n| n > 0);
                plan.runs = runs.ok_or("--runs wants a number")?;
            }
            _ => plan.models.push(PathBuf::from(word)),
        }
    }
    if plan.models.is_empty() {
        return Err("name at least one GGUF file that sees 4,001 tokens".into());
    }
    Ok(plan)
}

impl Plan {
    fn run(&self) -> Result<(), String> {
        let first = &self.models[0];
        let machine = self.ours(first, &["--prompt", "8", "--generate", "1", "--runs", "5", "--limits"])?;
        let limits = &machine["limits"];
        for model in &self.models {
            eprintln!("{}", model.display());
            let mut name =
                model.file_stem().map_or_else(|| "starter".into(), |n| n.to_string_lossy().into_owned());
            let section = if self.deep {
                name = format!("{name} after {DEEP} tokens");
                self.deep(model)?
            } else {
                self.model(model, limits)?
            };
            let before = std::fs::read_to_string(&self.out).unwrap_or_default();
            let text = with_section(&before, &self.heading(), &name, &section);
            std::fs::write(&self.out, &text).map_err(|e| format!("{}: {e}", self.out.display()))?;
            println!("## {name}\n\n{section}");
        }
        Ok(())
    }

    fn heading(&self) -> String {
        let peer = match &self.peer {
            Ok(peer) => peer.version(),
            Err(why) => format!("not compared: {why}"),
        };
        format!(
            "# Benchmarks\n\nMade by `cargo xtask bench [--deep] MODEL…` on {}: medians of {} runs and more, ours and \
             llama.cpp's ({peer}) in turn, each in a process of its own, {} threads each.\n\n",
            processor(),
            self.runs,
            self.threads,
        )
    }

    fn model(&self, model: &Path, limits: &Value) -> Result<String, String> {
        let mut rows = Table::default();
        let mut peer_rows = Vec::new();
        let (mut prefill, mut decode) = (Pair::default(), Pair::default());
        let (prompt, generate) = (PROMPT.to_string(), GENERATE.to_string());
        for _ in 0..self.runs {
            let m = self.ours(model, &["--prompt", &prompt, "--generate", &generate, "--runs", "1"])?;
            prefill.ours.push(number(&m["prefill_tok_s"]));
            decode.ours.push(number(&m["decode_tok_s"]));
            if let Ok(peer) = &self.peer {
                let m = peer.speed("bench", model, &[PROMPT, GENERATE, 0, 1, self.threads])?;
                prefill.theirs.push(number(&m["prefill_tok_s"]));
                decode.theirs.push(number(&m["decode_tok_s"]));
            }
        }
        rows.rates(&format!("prefill {PROMPT}, tokens/s"), &prefill);
        rows.rates("decode, tokens/s", &decode);
        let (many, long, few) = (ROWS.to_string(), LONG.to_string(), self.runs.to_string());
        let m = self.ours(
            model,
            &["--prompt", &prompt, "--generate", &generate, "--runs", &few, "--rows", &many, "--rewrite=300"],
        )?;
        if let Ok(peer) = &self.peer {
            peer_rows.push(peer.speed("rows", model, &[PROMPT, GENERATE, ROWS, self.runs, self.threads])?);
        }
        let theirs = peer_rows.first().map(|m| number(&m["ratio"]));
        rows.line(
            &format!("{ROWS} candidates of {GENERATE} tokens, times one"),
            number(&m["rows"]["ratio"]),
            theirs,
            "≤ 1.5",
        );
        rows.line("rewriting 300 words, times plain decode", number(&m["rewrite"]["speedup"]), None, "≥ 2.5");
        let peak = number(&m["peak_rss_mb"]);
        let memory = peak / number(&m["file_and_kv_mb"]);
        let told = self.told(model)? / (peak * f64::from(1 << 20));
        let m =
            self.ours(model, &["--prompt", &long, "--generate", "1", "--runs", "1", "--edit", "--reopen"])?;
        rows.line("asked again after an edit, of the cold time", number(&m["edit"]["ratio"]), None, "≤ 0.05");
        rows.line("the same after a restart", number(&m["reopen"]["ratio"]), None, "≤ 0.10");
        rows.line("opening to the end of the first call, seconds", number(&m["first_call_s"]), None, "≤ 0.5");
        rows.line("peak memory, of file and keys and values", memory, None, "≤ 1.15");
        rows.line("memory told before loading, of what was used", told, None, "0.9 to 1.1");
        let bytes = std::fs::metadata(model).map_or(0.0, |m| m.len() as f64);
        let mut text = rows.text();
        if bytes > 0.0 {
            let limit = number(&limits["memory_gb_s"]);
            let _ = writeln!(
                text,
                "\nDecoding reads the file ({:.0} MB) at {:.0} % of what memory gave in this run ({limit:.1} GB/s; {:.0} G \
                 products of 8-bit numbers a second).",
                bytes / 1e6,
                median(&decode.ours) * bytes / 1e7 / limit,
                number(&limits["products_g_s"]),
            );
        }
        Ok(text)
    }

    /// A long context: what is before is read once a process, and measured upon twice.
    fn deep(&self, model: &Path) -> Result<String, String> {
        let mut rows = Table::default();
        let (mut prefill, mut decode) = (Pair::default(), Pair::default());
        let (depth, prompt, generate) = (DEEP.to_string(), PROMPT.to_string(), GENERATE.to_string());
        for _ in 0..self.runs.div_ceil(2) {
            let m = self.ours(
                model,
                &["--prompt", &prompt, "--generate", &generate, "--depth", &depth, "--runs", "2"],
            )?;
            prefill.ours.push(number(&m["prefill_tok_s"]));
            decode.ours.push(number(&m["decode_tok_s"]));
            if let Ok(peer) = &self.peer {
                let m = peer.speed("bench", model, &[PROMPT, GENERATE, DEEP, 2, self.threads])?;
                prefill.theirs.push(number(&m["prefill_tok_s"]));
                decode.theirs.push(number(&m["decode_tok_s"]));
            }
        }
        rows.rates(&format!("prefill {PROMPT}, tokens/s"), &prefill);
        rows.rates("decode, tokens/s", &decode);
        Ok(rows.text())
    }

    fn ours(&self, model: &Path, words: &[&str]) -> Result<Value, String> {
        let threads = self.threads.to_string();
        self.asked(&[&["bench", "--json", "--threads", &threads], words].concat(), model)
    }

    /// Bytes that the program says a model needs for what is measured, from its header.
    fn told(&self, model: &Path) -> Result<f64, String> {
        let context = (PROMPT + ROWS * GENERATE).to_string();
        let info = self.asked(&["models", "info", "--json", "--context", &context], model)?;
        Ok(number(&info["fit"]["needed"]))
    }

    fn asked(&self, words: &[&str], model: &Path) -> Result<Value, String> {
        let output = Command::new(&self.foolscap)
            .args(words)
            .arg(model)
            .output()
            .map_err(|e| format!("{}: {e}", self.foolscap))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
        }
        serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())
    }
}

/// A file with this section, in the place of an older one of its name or after the others; what people have written at its
/// end stays there.
fn with_section(before: &str, heading: &str, name: &str, section: &str) -> String {
    let (measured, written) = before.split_at(before.find(WRITTEN).unwrap_or(before.len()));
    let mut sections: Vec<(String, String)> = measured
        .split("\n## ")
        .skip(1)
        .filter_map(|text| text.split_once('\n'))
        .map(|(name, text)| (name.trim().to_owned(), text.trim().to_owned()))
        .collect();
    match sections.iter_mut().find(|(of, _)| of == name) {
        Some((_, text)) => *text = section.trim().to_owned(),
        None => sections.push((name.to_owned(), section.trim().to_owned())),
    }
    let sections: String = sections.iter().map(|(name, text)| format!("## {name}\n\n{text}\n\n")).collect();
    format!("{heading}{sections}{written}")
}

#[derive(Default)]
struct Pair {
    ours: Vec<f64>,
    theirs: Vec<f64>,
}

#[derive(Default)]
struct Table(Vec<String>);

impl Table {
    fn rates(&mut self, name: &str, pair: &Pair) {
        let ours = median(&pair.ours);
        let (theirs, ratio) = match pair.theirs.is_empty() {
            true => ("–".to_owned(), "–".to_owned()),
            false => {
                let theirs = median(&pair.theirs);
                (format!("{theirs:.1}"), format!("{:.2}", ours / theirs))
            }
        };
        self.0.push(format!("| {name} | {ours:.1} | {theirs} | {ratio} |"));
    }

    fn line(&mut self, name: &str, ours: f64, theirs: Option<f64>, target: &str) {
        let theirs = theirs.map_or("–".to_owned(), |t| format!("{t:.2}"));
        self.0.push(format!("| {name} ({target}) | {ours:.3} | {theirs} | |"));
    }

    fn text(&self) -> String {
        format!("| | Foolscap | llama.cpp | ratio |\n| --- | --- | --- | --- |\n{}\n", self.0.join("\n"))
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n.is_multiple_of(2) => f64::midpoint(values[n / 2 - 1], values[n / 2]),
        n => values[n / 2],
    }
}

/// What the kernel calls the processor, and what of it is used.
fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let flags = field("flags").unwrap_or_default();
    let has = |flag: &str| flags.split(' ').any(|f| f == flag);
    let known: Vec<&str> = ["avx2", "avx512f", "avx512_vnni"].into_iter().filter(|f| has(f)).collect();
    format!("{} ({})", field("model name").unwrap_or_else(|| std::env::consts::ARCH.into()), known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::with_section;

    #[test]
    fn a_section_takes_its_older_ones_place_and_the_rest_stays() {
        let first = with_section("", "# H\n\n", "a", "| 1 |\n");
        assert_eq!(first, "# H\n\n## a\n\n| 1 |\n\n");
        let both = with_section(&format!("{first}## Missed, and why\n\nmuch\n"), "# H\n\n", "b", "| 2 |");
        assert_eq!(both, "# H\n\n## a\n\n| 1 |\n\n## b\n\n| 2 |\n\n## Missed, and why\n\nmuch\n");
        let again = with_section(&both, "# I\n\n", "a", "| 3 |");
        assert_eq!(again, "# I\n\n## a\n\n| 3 |\n\n## b\n\n| 2 |\n\n## Missed, and why\n\nmuch\n");
    }
}
