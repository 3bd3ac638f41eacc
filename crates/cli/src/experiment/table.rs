//! Results for people to read.

use std::fmt::Write;

use foolscap_app::api::{ArmResult, ExperimentResults, JudgeResult, JudgeTask};

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
    if !results.judges.is_empty() {
        line(String::new());
        line(judges(results));
    }
    line(String::new());
    line(verdict(results));
    out.trim_end().to_owned()
}

/// What models that judge say, each with how far it is to be trusted.
pub fn judges(results: &ExperimentResults) -> String {
    let of_judge = |judge: &JudgeResult| {
        let (what, unit) = match judge.task {
            JudgeTask::Pairs => ("which of two is better", "of pairs won"),
            JudgeTask::Rubric => ("points from 1 to 5", "points"),
            JudgeTask::Facts => ("against the reference", "of answers agree"),
        };
        let trust = if judge.trusted { "trusted" } else { "not to be trusted" };
        let mut out = format!(
            "judge {}, {what}: {} verdicts on {}, {} not usable; {trust}: {}",
            judge.judge, judge.verdicts, judge.of, judge.unusable, judge.reason
        );
        for arm in &results.arms {
            let Some(said) = judge.arms.get(arm.arm as usize) else { continue };
            let score = match (said.score, judge.task) {
                (None, _) => "nothing".to_owned(),
                (Some(score), JudgeTask::Rubric) => format!("{score:.2} {unit}"),
                (Some(score), _) => format!("{:.0} % {unit}", 100.0 * score),
            };
            let points = judge.criteria.iter().zip(&said.criteria);
            let points: Vec<String> = points.map(|(name, points)| format!("{name} {points:.1}")).collect();
            let points = if points.is_empty() { String::new() } else { format!(" ({})", points.join(", ")) };
            // Writing to a string does not fail.
            let _ = write!(out, "\n  {}: {score}{points}", arm.title);
        }
        out
    };
    results.judges.iter().map(of_judge).collect::<Vec<_>>().join("\n")
}

/// Checks that an arm has not reached.
pub fn missed(results: &ExperimentResults) -> Vec<String> {
    let of_arm = |arm: &ArmResult| -> Vec<String> {
        let missed = results.checks.iter().zip(&arm.checks).filter(|(_, found)| found.reached == Some(false));
        missed
            .map(|(check, found)| {
                let of_them = match found.told {
                    0 => "it can be told of no answer".to_owned(),
                    told if 2 * told < arm.answers => {
                        format!(
                            "{} of {told}, and it can be told of too few of {}",
                            found.passed, arm.answers
                        )
                    }
                    told => format!("{} of {told}", found.passed),
                };
                format!("{}: {} ({of_them})", arm.title, check.name)
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
