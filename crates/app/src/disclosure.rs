//! The report of who wrote what as lines of text, for a publisher, a teacher or a competition to read.

use crate::api::{AuthorshipLine, AuthorshipReport, ItemKind, WordShares};

/// How wide titles are at most, in characters.
const TITLE: usize = 48;

/// Columns of figures under each other, in a font whose letters are of one width.
pub(crate) fn text(report: &AuthorshipReport) -> String {
    let title = |line: &AuthorshipLine| {
        let indent = "  ".repeat(line.depth as usize);
        shortened(&format!("{indent}{}", named(line)))
    };
    let titles: Vec<String> = report.lines.iter().map(title).collect();
    let wide = titles.iter().map(|title| title.chars().count()).max().unwrap_or(0).max(ALL.len());
    let mut out = vec![
        format!("Who wrote what: {}", report.title),
        format!("Counted by Foolscap on {}.", report.made_at),
        String::new(),
        row("", wide, ["words", "author", "machine", "edited", "machine's"].map(str::to_owned)),
    ];
    for (title, line) in titles.iter().zip(&report.lines) {
        out.push(row(title, wide, figures(line.words)));
    }
    out.push(row(ALL, wide, figures(report.words)));
    out.push(String::new());
    out.push(
        "author: words typed by the author, with all that was put into passages of a machine.".to_owned(),
    );
    out.push("machine: words of a language model as it wrote them.".to_owned());
    out.push("edited: words of a language model in passages that the author changed since.".to_owned());
    out.push("machine's: both of these, as a part of all words.".to_owned());
    if !report.sources.is_empty() {
        out.push(String::new());
        out.push("Where the machine's words came from:".to_owned());
        for source in &report.sources {
            let model = if source.model.is_empty() { "not recorded" } else { &source.model };
            let prompt = match source.prompt.as_str() {
                "" => String::new(),
                prompt => format!(", prompt {prompt} v{}", source.prompt_version),
            };
            out.push(format!("  {model}{prompt}: {} words", source.words));
        }
    }
    let unread = report.lines.iter().filter(|line| line.unread).count();
    if unread > 0 {
        out.push(String::new());
        out.push(format!("Not counted, since another version of Foolscap wrote them: {unread} scenes."));
    }
    out.join("\n") + "\n"
}

const ALL: &str = "All";

fn named(line: &AuthorshipLine) -> String {
    match (line.title.trim(), line.kind) {
        ("", ItemKind::Part) => "(part)".to_owned(),
        ("", ItemKind::Chapter) => "(chapter)".to_owned(),
        ("", ItemKind::Scene) => "(scene)".to_owned(),
        (title, _) => title.to_owned(),
    }
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= TITLE {
        return title.to_owned();
    }
    title.chars().take(TITLE - 1).chain(['…']).collect()
}

fn figures(words: WordShares) -> [String; 5] {
    let WordShares { human, machine, machine_edited } = words;
    let all = f64::from(human) + f64::from(machine) + f64::from(machine_edited);
    let made = f64::from(machine) + f64::from(machine_edited);
    let part = if all > 0.0 { format!("{:.1} %", 100.0 * made / all) } else { "–".to_owned() };
    [format!("{all:.0}"), human.to_string(), machine.to_string(), machine_edited.to_string(), part]
}

fn row(title: &str, wide: usize, figures: [String; 5]) -> String {
    let pad = wide.saturating_sub(title.chars().count());
    let figures: String = figures.iter().map(|figure| format!("{figure:>11}")).collect();
    format!("{title}{}{figures}", " ".repeat(pad))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ItemRef, WordSource};

    #[test]
    fn a_disclosure_can_be_read_by_people() {
        let line = |kind, title: &str, depth, human, machine| AuthorshipLine {
            item: ItemRef::Scene(1),
            kind,
            title: title.to_owned(),
            depth,
            words: WordShares { human, machine, machine_edited: 0 },
            unread: false,
        };
        let report = AuthorshipReport {
            title: "The Lamp".to_owned(),
            made_at: "2026-11-28T03:00:00.000Z".to_owned(),
            words: WordShares { human: 900, machine: 100, machine_edited: 0 },
            lines: vec![line(ItemKind::Chapter, "One", 0, 900, 100), line(ItemKind::Scene, "", 1, 900, 100)],
            sources: vec![WordSource {
                model: "Harbour 4B".to_owned(),
                prompt: "continue".to_owned(),
                prompt_version: "2".to_owned(),
                words: 100,
            }],
        };
        let text = text(&report);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Who wrote what: The Lamp");
        assert_eq!(lines[4], "One             1000        900        100          0     10.0 %");
        assert!(lines[5].starts_with("  (scene)   "), "{text}");
        assert!(text.contains("  Harbour 4B, prompt continue v2: 100 words\n"), "{text}");
    }

    #[test]
    fn an_empty_project_has_no_share() {
        let report = AuthorshipReport {
            title: String::new(),
            made_at: String::new(),
            words: WordShares::default(),
            lines: Vec::new(),
            sources: Vec::new(),
        };
        assert!(text(&report).contains("–"));
    }
}
