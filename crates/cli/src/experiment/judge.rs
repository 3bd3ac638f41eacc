//! Blind choice at a terminal, or by a program that answers on standard input.

use std::io::{BufRead, Write};

use foolscap_app::Bench;
use foolscap_app::api::{ExperimentId, Preference};
use serde_json::json;

use super::table;
use crate::Failure;
use crate::look::print;

/// Words of the passage that are shown.
const SHOWN: usize = 60;

/// Shows pairs until all are chosen of, or the user ends it.
pub fn judge(bench: &Bench, id: ExperimentId, json: bool) -> Result<(), Failure> {
    let mut answers = std::io::stdin().lock().lines();
    while let Some(pair) = bench.next_pair(id)? {
        if json {
            // A program reads a line and writes a line.
            print(&json!(pair).to_string())?;
        } else {
            let passage = &pair.passage;
            let text = if passage.selection.is_empty() { &passage.before } else { &passage.selection };
            let words: Vec<&str> = text.split_whitespace().collect();
            let shown = words[words.len().saturating_sub(SHOWN)..].join(" ");
            print(&format!(
                "\n{}\n\n… {shown}\n\n1) {}\n\n2) {}\n",
                pair.title,
                pair.left.trim(),
                pair.right.trim()
            ))?;
            print("Which would you rather have written? 1, 2, 0 neither, u undo, q end")?;
        }
        std::io::stdout()
            .flush()
            .map_err(|source| Failure::Write { what: "standard output".into(), source })?;
        let Some(line) = answers.next() else { break };
        let line = line.map_err(|source| Failure::Read { what: "standard input".into(), source })?;
        let preference = match line.trim().to_lowercase().as_str() {
            "1" | "left" => Preference::Left,
            "2" | "right" => Preference::Right,
            "0" | "tie" => Preference::Tie,
            "u" | "undo" => {
                if !bench.undo_vote(id)? {
                    eprintln!("there is no choice to take back");
                }
                continue;
            }
            "q" | "quit" => break,
            other => {
                eprintln!("{other:?} is none of 1, 2, 0, u and q");
                continue;
            }
        };
        bench.vote(&pair.pair, preference)?;
    }
    if json { Ok(()) } else { print(&format!("\n{}", table::table(&bench.results(id, &[])?))) }
}
