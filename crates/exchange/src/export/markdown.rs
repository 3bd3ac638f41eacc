//! Markdown that any reader of it understands alike. Characters that would mean something are escaped where they would,
//! and emphasis that asterisks cannot express beside these letters is written as tags.

use foolscap_manuscript::Document;

use crate::book::{Book, Direction};
use crate::export::Options;
use crate::export::outline::{Depths, Item, Run, blocks, filled, outline, runs};

/// The whole text.
pub(crate) fn write(book: &Book, options: &Options) -> String {
    let depths = Depths::of(book);
    let mut text = front_matter(book);
    let heading =
        |depth: u8, title: &str| format!("{} {}\n\n", "#".repeat(usize::from(depth)), heading_text(title));
    for item in outline(book, options) {
        match item {
            Item::Part(title) => text.push_str(&heading(1, &title)),
            Item::Chapter(Some(title)) => text.push_str(&heading(depths.chapter, &title)),
            Item::Scene(title) => text.push_str(&heading(depths.scene(), &title)),
            Item::Heading(level, content) => {
                text.push_str(&block(&Item::Heading(depths.heading(level), content)));
            }
            item => text.push_str(&block(&item)),
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// What is on a page, its own headings the highest.
pub(crate) fn page(document: &Document) -> String {
    let mut text: String = blocks(document).iter().map(block).collect();
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A block; a heading's level is as many signs.
fn block(item: &Item<'_>) -> String {
    match item {
        Item::Part(_) | Item::Chapter(_) | Item::Scene(_) => String::new(),
        Item::Break => "***\n\n".to_owned(),
        Item::Heading(level, content) => {
            let one_line: Vec<Run> = runs(content).into_iter().map(without_break).collect();
            format!("{} {}\n\n", "#".repeat(usize::from(*level)), inline(&one_line))
        }
        Item::Paragraph(paragraph) => format!("{}\n\n", inline(&runs(&paragraph.content))),
        Item::Quote(paragraphs) => {
            let paragraphs: Vec<String> = filled(paragraphs)
                .map(|paragraph| inline(&runs(&paragraph.content)).replace('\n', "\n> "))
                .collect();
            format!("> {}\n\n", paragraphs.join("\n>\n> "))
        }
    }
}

fn front_matter(book: &Book) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = Vec::new();
    if !book.title.trim().is_empty() {
        lines.push(format!("title: {}", quoted(&one_line(&book.title))));
    }
    lines.extend(book.author.as_ref().map(|author| format!("author: {}", quoted(&one_line(author)))));
    lines.extend(book.language.as_ref().map(|language| format!("lang: {}", quoted(&one_line(language)))));
    if book.direction == Direction::RightToLeft {
        lines.push("dir: rtl".to_owned());
    }
    // Without this nothing says whether the highest headings are parts or chapters.
    lines.push(format!("parts: {}", book.has_parts()));
    format!("---\n{}\n---\n\n", lines.join("\n"))
}

fn heading_text(title: &str) -> String {
    inline(&[Run::Text { text: title.to_owned(), em: false, strong: false }])
}

fn without_break(run: Run) -> Run {
    match run {
        Run::Break => Run::Text { text: " ".into(), em: false, strong: false },
        text @ Run::Text { .. } => text,
    }
}

/// A character with its looks.
#[derive(Debug, Clone, Copy)]
struct Letter {
    c: char,
    em: bool,
    strong: bool,
}

/// A paragraph's words.
fn inline(runs: &[Run]) -> String {
    let letters = settled(&letters(runs));
    let mut text = String::new();
    let mut rest = &letters[..];
    let mut touching = false;
    while let Some(first) = rest.first() {
        let same = |letter: &&Letter| (letter.em, letter.strong) == (first.em, first.strong);
        let (run, after) = rest.split_at(rest.iter().take_while(same).count());
        let before = letters[..letters.len() - rest.len()].last().map(|letter| letter.c);
        let next = after.first().map(|letter| letter.c);
        let (open, close) = delimiters(run, before, next, touching);
        text.push_str(&open);
        escape(run, before, next, &mut text);
        text.push_str(&close);
        touching = first.em || first.strong;
        rest = after;
    }
    text
}

fn letters(runs: &[Run]) -> Vec<Letter> {
    let mut letters = Vec::new();
    for run in runs {
        match run {
            Run::Break => letters.push(Letter { c: '\n', em: false, strong: false }),
            Run::Text { text, em, strong } => {
                letters.extend(text.chars().map(|c| Letter { c, em: *em, strong: *strong }));
            }
        }
    }
    // A line begins and ends with a letter: spaces there would mean code or a break.
    let is_space = |letter: &Letter| letter.c.is_whitespace();
    let mut kept: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        if letter.c == '\n' {
            while kept.last().is_some_and(|last| is_space(last) && last.c != '\n') {
                kept.pop();
            }
            if kept.is_empty() {
                continue;
            }
            kept.push(letter);
        } else if !(is_space(&letter) && kept.last().is_none_or(|last| last.c == '\n')) {
            kept.push(letter);
        }
    }
    while kept.last().is_some_and(is_space) {
        kept.pop();
    }
    kept
}

/// White space is emphasised only between two letters that are, in the same way.
fn settled(letters: &[Letter]) -> Vec<Letter> {
    let mut settled = letters.to_vec();
    let mut at = 0;
    while at < settled.len() {
        if !settled[at].c.is_whitespace() {
            at += 1;
            continue;
        }
        let end = settled[at..]
            .iter()
            .position(|letter| !letter.c.is_whitespace())
            .map_or(settled.len(), |n| at + n);
        let before = at.checked_sub(1).and_then(|i| settled.get(i)).copied();
        let after = settled.get(end).copied();
        let (em, strong) = match (before, after) {
            (Some(one), Some(other)) if (one.em, one.strong) == (other.em, other.strong) => {
                (one.em, one.strong)
            }
            _ => (false, false),
        };
        for letter in &mut settled[at..end] {
            (letter.em, letter.strong) = (em, strong);
        }
        at = end;
    }
    settled
}

/// What opens and closes emphasis around these letters: asterisks where they mean it, tags elsewhere.
fn delimiters(run: &[Letter], before: Option<char>, next: Option<char>, touching: bool) -> (String, String) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Default::default() };
    if !first.em && !first.strong {
        return Default::default();
    }
    let outside_ok = |inner: char, outer: Option<char>| {
        inner.is_alphanumeric() || outer.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation())
    };
    if !touching && outside_ok(first.c, before) && outside_ok(last.c, next) {
        let stars = "*".repeat(usize::from(first.em) + 2 * usize::from(first.strong));
        return (stars.clone(), stars);
    }
    match (first.em, first.strong) {
        (true, true) => ("<em><strong>".into(), "</strong></em>".into()),
        (true, false) => ("<em>".into(), "</em>".into()),
        _ => ("<strong>".into(), "</strong>".into()),
    }
}

/// Writes letters so that each means itself.
fn escape(run: &[Letter], before: Option<char>, next: Option<char>, text: &mut String) {
    for (i, letter) in run.iter().enumerate() {
        let previous = if i > 0 { Some(run[i - 1].c) } else { before };
        let following = run.get(i + 1).map(|letter| letter.c).or(next);
        let begins = previous.is_none_or(|c| c == '\n');
        // Beside a delimiter an underscore is within no word.
        let letter_at = |at: Option<usize>| {
            at.and_then(|at| run.get(at)).is_some_and(|letter| letter.c.is_alphanumeric())
        };
        let meant = match letter.c {
            '\n' => {
                text.push_str("\\\n");
                continue;
            }
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(letter_at(i.checked_sub(1)) && letter_at(Some(i + 1))),
            '&' => following.is_some_and(|c| c == '#' || c.is_ascii_alphanumeric()),
            // After a space it would close a heading.
            '#' => begins || previous.is_some_and(char::is_whitespace),
            '+' | '-' | '=' | '>' | ':' => begins,
            '.' | ')' => ends_a_number(text),
            _ => false,
        };
        if meant {
            text.push('\\');
        }
        text.push(letter.c);
    }
}

/// Whether the line so far is a number, which would begin a list.
fn ends_a_number(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default().trim_start_matches(['*', '>', ' ']);
    (1..=9).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, em: bool, strong: bool) -> Run {
        Run::Text { text: text.to_owned(), em, strong }
    }

    #[test]
    fn emphasis_lies_around_letters_and_never_around_spaces() {
        assert_eq!(
            inline(&[run("a", false, false), run(" b ", true, false), run("c", false, false)]),
            "a *b* c"
        );
        assert_eq!(
            inline(&[run("a ", true, false), run("b", true, true), run(" c", true, false)]),
            "*a* ***b*** *c*"
        );
        assert_eq!(
            inline(&[run("a", false, false), run("“b”", true, false), run("c", false, false)]),
            "a<em>“b”</em>c"
        );
        assert_eq!(inline(&[run("a", true, false), run("b", false, true)]), "*a*<strong>b</strong>");
        assert_eq!(inline(&[run("“b!”", true, false), Run::Break, run("c", true, false)]), "*“b!”\\\nc*");
    }

    #[test]
    fn what_would_mean_something_is_escaped_and_nothing_else() {
        for (plain, written) in [
            ("1984. It was", "1984\\. It was"),
            ("- Bonjour", "\\- Bonjour"),
            ("well-known (a) b. c", "well-known (a) b. c"),
            ("# 5 # C#", "\\# 5 \\# C#"),
            ("a*b_c_d [x]", "a\\*b_c_d \\[x\\]"),
            ("_x_ & &amp; R&B", "\\_x\\_ & \\&amp; R\\&B"),
        ] {
            assert_eq!(inline(&[run(plain, false, false)]), written);
        }
    }
}
