//! Results for people to read.

use std::fmt::Write;

use foolscap_app::api::{ArmResult, ExperimentResults};

/// The arms, the best first, and what is to be said of them.
pub fn table(results: &ExperimentResults) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{}", text.trim_end());
    };
    let summary = &results.summary;
    line(format!(
        "{} · {} of {} answers, {} choices",
        summary.name, summary.done, summary.total, summary.votes
    ));
    let title = results.arms.iter().map(|arm| arm.title.chars().count()).max().unwrap_or(0).max(7);
    line(String::new());
    line(format!("{:<title$}  chosen   strength (95 %)        words  first word", "prompt"));
    for arm in &results.arms {
        let elsewhere = if arm.elsewhere { "  not on this machine" } else { "" };
        line(format!(
            "{:<title$}  {:<7}  {:<20}  {:>5}  {:>10}{elsewhere}",
            arm.title,
            chosen(arm),
            arm.strength
                .map_or_else(String::new, |s| format!("{:+.2} ({:+.2} to {:+.2})", s.value, s.low, s.high)),
            arm.words.as_ref().map_or_else(String::new, |words| format!("{:.0}", words.median)),
            arm.first_token_s.as_ref().map_or_else(String::new, |first| format!("{:.2} s", first.median)),
        ));
    }
    line(String::new());
    line(format!("{:<title$}  passed of told", "check"));
    for (i, check) in results.checks.iter().enumerate() {
        let threshold = check.threshold.map(|least| format!("  (at least {:.0} %)", least * 100.0));
        line(format!("{}{}", check.name, threshold.unwrap_or_default()));
        for arm in &results.arms {
            let Some(found) = arm.checks.get(i) else { continue };
            let figure =
                found.figure.as_ref().map(|figure| format!("  median {:.2} {}", figure.median, check.unit));
            let missed = if found.reached == Some(false) { "  MISSED" } else { "" };
            line(format!(
                "  {:<title$}  {:>3} of {:<3}{}{missed}",
                arm.title,
                found.passed,
                found.told,
                figure.unwrap_or_default()
            ));
        }
    }
    line(String::new());
    line(verdict(results));
    out.trim_end().to_owned()
}

/// Checks that an arm has not reached.
pub fn missed(results: &ExperimentResults) -> Vec<String> {
    let of_arm = |arm: &ArmResult| -> Vec<String> {
        let missed = results.checks.iter().zip(&arm.checks).filter(|(_, found)| found.reached == Some(false));
        missed
            .map(|(check, found)| {
                format!("{}: {} ({} of {})", arm.title, check.name, found.passed, found.told)
            })
            .collect()
    };
    results.arms.iter().flat_map(of_arm).collect()
}

fn chosen(arm: &ArmResult) -> String {
    if arm.votes == 0 { String::new() } else { format!("{} of {}", arm.wins, arm.votes) }
}

fn verdict(results: &ExperimentResults) -> String {
    let best = results.arms.first().map_or("", |arm| arm.title.as_str());
    match (results.leader, results.more_votes, results.summary.votes) {
        (_, _, 0) => "Nobody has chosen yet: foolscap experiment judge".into(),
        (Some(_), ..) => format!("{best} is chosen more often than the others, beyond chance."),
        (None, Some(more), _) => format!("Not settled: about {more} more choices would settle it."),
        (None, None, _) => "Not settled.".into(),
    }
}
