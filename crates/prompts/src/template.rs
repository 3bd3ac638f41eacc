//! Templates in a sandbox. A prompt may come from anywhere, so whatever it says it ends soon and stays small: steps are
//! counted, all that it writes is counted (also what it keeps in a variable), and what could make a text of texts
//! without writing it (`~`, `+`, `*`, most filters) is not there. Texts are joined by standing side by side.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::sync::LazyLock;

use minijinja::tests as known;
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, filters, functions};

/// Steps that a template may take; with all that a project tells it takes some thousands.
const FUEL: u64 = 30_000;
/// Bytes of a template; those that come with Foolscap have about 3,000.
const MOST_SOURCE: usize = 64 << 10;
/// Bytes that it may write, those in variables counted as well.
pub(crate) const MOST_WRITTEN: usize = 4 << 20;
/// Bytes that its filters may read.
const MOST_FILTERED: usize = 32 << 20;
/// Names and signs between two brackets, but for what stands in lists: each may be a level of its own to whoever reads them.
const MOST_SIGNS: usize = 250;
/// Ways that one `if` may have.
const MOST_WAYS: usize = 200;
/// Calls within calls.
const DEPTH: usize = 40;

/// Parts that all prompts can include, by name.
pub(crate) const SHARED: &[(&str, &str)] = &[
    ("system", include_str!("../library/shared/system.md")),
    ("context", include_str!("../library/shared/context.md")),
    ("story", include_str!("../library/shared/story.md")),
    ("text", include_str!("../library/shared/text.md")),
    ("asked", include_str!("../library/shared/asked.md")),
    ("notes", include_str!("../library/shared/notes.md")),
    ("passages", include_str!("../library/shared/passages.md")),
    ("page", include_str!("../library/shared/page.md")),
    ("next", include_str!("../library/shared/next.md")),
];

/// What a template may do with a value, behind `|`.
pub const FILTERS: &[&str] =
    &["capitalize", "default", "first", "last", "length", "lower", "round", "title", "trim", "upper"];

/// The parts that all prompts can include, by name, each with its text.
pub fn includes() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHARED.iter().copied()
}

/// Why a template fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Line of the template, from 1.
    pub line: Option<usize>,
    pub reason: String,
}

/// Whether a template can be read at all.
///
/// # Errors
/// Where it cannot.
pub(crate) fn check(source: &str) -> Result<(), Failure> {
    if source.len() > MOST_SOURCE {
        let reason = format!("it has {} bytes, and {MOST_SOURCE} are allowed", source.len());
        return Err(Failure { line: None, reason });
    }
    if let Some((line, sign)) = growing(source) {
        let reason = match sign {
            LONG => format!(
                "more than {MOST_SIGNS} names and signs stand between two brackets; say it in several"
            ),
            WAYS => format!("it has more than {MOST_WAYS} `elif`"),
            '[' | '{' => "lists hold texts and numbers here, nothing else".to_owned(),
            _ => format!("the operator {sign} is not known here; texts are joined by standing side by side"),
        };
        return Err(Failure { line: Some(line), reason });
    }
    SANDBOX.template_from_str(source).map(drop).map_err(|e| failure(&e))
}

/// Fills in a template that [`check`] has seen.
///
/// # Errors
/// Where it names what is not there, or does not come to an end.
pub(crate) fn render(source: &str, variables: Value) -> Result<String, Failure> {
    let mut text = Bounded::default();
    FILTERED.set(0);
    let rendered =
        SANDBOX.template_from_str(source).and_then(|t| t.render_captured_to(variables, &mut text).map(drop));
    match rendered {
        Err(_) if text.full => Err(failure(&too_much())),
        Err(e) => Err(failure(&e)),
        Ok(_) => String::from_utf8(text.bytes)
            .map_err(|e| Failure { line: None, reason: format!("it writes no text: {e}") }),
    }
}

/// The variables that a template names, also in what it includes.
pub(crate) fn variables(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut sources = vec![source];
    while let Some(source) = sources.pop() {
        if let Ok(template) = SANDBOX.template_from_str(source) {
            found.extend(template.undeclared_variables(false));
        }
        let included = SHARED
            .iter()
            .filter(|(name, text)| *text != source && source.contains(&format!("include \"{name}\"")));
        sources.extend(included.map(|(_, text)| *text));
    }
    found
}

static SANDBOX: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut sandbox = Environment::empty();
    sandbox.set_undefined_behavior(UndefinedBehavior::Strict);
    sandbox.set_fuel(Some(FUEL));
    sandbox.set_recursion_limit(DEPTH);
    sandbox.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    sandbox.set_formatter(write_counted);
    // Those of `FILTERS`.
    sandbox.add_filter("capitalize", |text: Cow<'_, str>| read(&text).map(|()| capitalized(&text)));
    sandbox.add_filter("default", filters::default);
    sandbox.add_filter("first", filters::first);
    sandbox.add_filter("last", filters::last);
    sandbox.add_filter("length", filters::length);
    sandbox.add_filter("lower", |text: Cow<'_, str>| read(&text).map(|()| text.to_lowercase()));
    sandbox.add_filter("round", filters::round);
    sandbox.add_filter("title", |text: Cow<'_, str>| read(&text).map(|()| filters::title(text)));
    sandbox.add_filter("trim", |text: Cow<'_, str>, signs: Option<Cow<'_, str>>| {
        read(&text).map(|()| match signs {
            Some(signs) => text.trim_matches(|c| signs.contains(c)).to_owned(),
            None => text.trim().to_owned(),
        })
    });
    sandbox.add_filter("upper", |text: Cow<'_, str>| read(&text).map(|()| text.to_uppercase()));
    sandbox.add_test("defined", known::is_defined);
    sandbox.add_test("endingwith", known::is_endingwith);
    sandbox.add_test("even", known::is_even);
    sandbox.add_test("odd", known::is_odd);
    sandbox.add_test("startingwith", known::is_startingwith);
    sandbox.add_function("range", functions::range);
    for (name, source) in SHARED {
        // One that does not read is missed, by name, by the prompt that includes it; a test holds that all read.
        let _ = sandbox.add_template(name, source);
    }
    sandbox
});

thread_local! {
    /// Bytes that the filters of the template that is being filled in have read. Filters see no more of its state than that.
    static FILTERED: Cell<usize> = const { Cell::new(0) };
}

/// Counts what a filter reads.
fn read(text: &str) -> Result<(), Error> {
    let so_far = FILTERED.get().saturating_add(text.len());
    FILTERED.set(so_far);
    if so_far <= MOST_FILTERED {
        return Ok(());
    }
    let reason = format!("its filters read more than {} MiB", MOST_FILTERED >> 20);
    Err(Error::new(ErrorKind::InvalidOperation, reason))
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).collect::<String>() + &chars.as_str().to_lowercase()
}

/// Bytes that a template has written so far.
#[derive(Default)]
struct Written(usize);

fn write_counted(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let so_far = state.get_or_insert_extension(Written::default()).0;
    let mut counting = Counting { out, written: so_far };
    let done = write!(counting, "{value}");
    let written = counting.written;
    state.get_or_insert_extension(Written::default()).0 = written;
    done.map_err(|_| too_much())
}

struct Counting<'a, 'o> {
    out: &'a mut Output<'o>,
    written: usize,
}

impl Write for Counting<'_, '_> {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.written += s.len();
        if self.written > MOST_WRITTEN { Err(fmt::Error) } else { self.out.write_str(s) }
    }
}

/// What a template has written, as long as that is not too much.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > MOST_WRITTEN {
            self.full = true;
            return Err(std::io::Error::other("too much"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn too_much() -> Error {
    let reason = format!("it writes more than {} MiB", MOST_WRITTEN >> 20);
    Error::new(ErrorKind::InvalidOperation, reason)
}

fn failure(error: &Error) -> Failure {
    let reason = match error.kind() {
        ErrorKind::OutOfFuel => format!("it does not come to an end (after {FUEL} steps)"),
        _ => error.detail().map_or_else(|| error.kind().to_string(), str::to_owned),
    };
    // Of what an included part does wrong the line is its own.
    let own = error.name().is_none_or(|name| SHARED.iter().all(|(shared, _)| *shared != name));
    Failure { line: error.line().filter(|_| own), reason }
}

/// Whether a bracket after this is an index and no list.
fn ends_operand(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    match word {
        "" => before.ends_with([')', ']', '"', '\'']),
        word => !["and", "elif", "else", "if", "in", "is", "not", "or"].contains(&word),
    }
}

/// Stand for what nests too deep.
const LONG: char = '…';
const WAYS: char = '⋮';

/// The first sign outside of texts and comments that can make something longer without writing it, with its line: an
/// operator, or the bracket of a list that holds more than texts and numbers; or where there is more than may nest.
fn growing(source: &str) -> Option<(usize, char)> {
    let bytes = source.as_bytes();
    let line = |at: usize| 1 + bytes[..at].iter().filter(|&&b| b == b'\n').count();
    let (mut at, mut ways) = (0, 0);
    while let Some(open) = source[at..].find('{').map(|found| at + found) {
        let close: &[u8] = match bytes.get(open + 1) {
            Some(b'{') => b"}}",
            Some(b'%') => b"%}",
            Some(b'#') => {
                at = source[open..].find("#}").map_or(source.len(), |end| open + end);
                continue;
            }
            _ => {
                at = open + 1;
                continue;
            }
        };
        at = open + 2;
        // The sign after the opening is about white space.
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        let (start, mut quote, mut list) = (at, None, None);
        let mut signs = 0;
        ways += usize::from(source[at..].trim_start().starts_with("elif"));
        if ways > MOST_WAYS {
            return Some((line(at), WAYS));
        }
        while at < bytes.len() {
            let goes_on =
                at > start && bytes[at].is_ascii_alphanumeric() && bytes[at - 1].is_ascii_alphanumeric();
            if list.is_none() && !bytes[at].is_ascii_whitespace() && !goes_on && quote.is_none() {
                signs += 1;
                if signs > MOST_SIGNS {
                    return Some((line(at), LONG));
                }
            }
            match (quote, bytes[at]) {
                (Some(_), b'\\') => at += 1,
                (Some(q), b) if b == q => quote = None,
                (Some(_), _) => {}
                (None, b @ (b'"' | b'\'')) => quote = Some(b),
                (None, _) if bytes[at..].starts_with(close) => break,
                (None, b'+') if bytes[at + 1..].starts_with(close) => {}
                (None, b @ (b'~' | b'+' | b'*' | b'{')) => return Some((line(at), char::from(b))),
                (None, b'[') if list.is_none() && !ends_operand(&source[start..at]) => list = Some(at),
                (None, b']') => list = None,
                (None, b)
                    if list.is_some() && (b.is_ascii_alphabetic() || b"_[".contains(&b) || b >= 0x80) =>
                {
                    return list.map(|open| (line(open), '['));
                }
                _ => {}
            }
            at += 1;
        }
        at = at.min(bytes.len());
        while !source.is_char_boundary(at) {
            at += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use minijinja::context;
    use proptest::prelude::*;

    use super::*;

    fn fails(source: &str) -> String {
        let text = "word ".repeat(20_000);
        let filled = check(source).and_then(|()| render(source, context! { text, a => "a" }));
        filled.unwrap_err().reason
    }

    #[test]
    fn templates_that_never_end_or_nest_without_end_are_stopped() {
        let loops = "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}";
        assert!(fails(loops).contains("does not come to an end"));
        let nested = "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}";
        assert!(!fails(nested).is_empty());
        assert!(!fails(&"{% if a %}".repeat(2000)).is_empty());
        assert!(!fails(&format!("{{{{ {}a{} }}}}", "(".repeat(5000), ")".repeat(5000))).is_empty());
    }

    #[test]
    fn templates_that_chain_without_end_are_stopped_before_they_are_read() {
        for link in ["-1", " - ", "|trim", ".b", "()", " and 1", " if a else 1", "[0]"] {
            let chain = format!("{{{{ a{} }}}}", link.repeat(30_000 / link.len()));
            assert!(fails(&chain).contains("names and signs"), "{link}");
        }
        let ways = format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(3000));
        assert!(fails(&ways).contains("elif"));
        let words = format!("{{{{ a in [{}] }}}}", "'word', ".repeat(2000));
        check(&words).unwrap();
    }

    #[test]
    fn templates_whose_every_step_is_much_work_are_stopped() {
        let doubled: String = (0..5)
            .map(|i| match i {
                0 => "{% set x0 = text %}".to_owned(),
                i => format!("{{% set x{i} %}}{{{{ x{0} }}}}{{{{ x{0} }}}}{{% endset %}}", i - 1),
            })
            .collect();
        let worked = "{% for a in range(9000) %}{% if x4|title|upper|lower == 'q' %}{% endif %}{% endfor %}";
        assert!(fails(&format!("{doubled}{worked}")).contains("filters read"));
    }

    #[test]
    fn templates_that_grow_without_bound_are_stopped() {
        let written = "{% for a in range(9000) %}{{ text }}{% endfor %}";
        assert!(fails(written).contains("writes more than"));
        let kept = "{% set x %}{% for a in range(9000) %}{{ text }}{% endfor %}{% endset %}";
        assert!(fails(kept).contains("writes more than"));
        let doubled: String = (0..60)
            .map(|i| match i {
                0 => "{% set x0 = text %}".to_owned(),
                i => format!("{{% set x{i} %}}{{{{ x{0} }}}}{{{{ x{0} }}}}{{% endset %}}", i - 1),
            })
            .collect();
        assert!(fails(&doubled).contains("writes more than"));
        let listed: String = (0..60)
            .map(|i| match i {
                0 => "{% set x0 = [text] %}".to_owned(),
                i => format!("{{% set x{i} = [x{0}, x{0}] %}}", i - 1),
            })
            .collect();
        assert!(fails(&format!("{listed}{{{{ x59 == x59 }}}}")).contains("lists hold"));
        for grown in ["{{ text ~ text }}", "{{ text + text }}", "{{ text * 9 }}", "{%- set x = 'a' * 9 -%}"] {
            assert!(fails(grown).contains("operator"), "{grown}");
        }
        for unknown in
            ["{{ [text] | join(text) }}", "{{ text | replace('w', text) }}", "{{ text | indent(9) }}"]
        {
            assert!(!fails(unknown).is_empty(), "{unknown}");
        }
        assert!(fails(&"x".repeat(MOST_SOURCE + 1)).contains("bytes"));
    }

    #[test]
    fn every_filter_that_is_offered_is_there() {
        for filter in FILTERS {
            assert!(SANDBOX.template_from_str(&format!("{{{{ a | {filter} }}}}")).is_ok());
            let done = SANDBOX.render_str(&format!("{{{{ a | {filter} }}}}"), context! { a => "x" });
            let unknown = done.err().is_some_and(|e| e.kind() == ErrorKind::UnknownFilter);
            assert!(!unknown, "{filter}");
        }
    }

    #[test]
    fn signs_in_texts_comments_and_around_blocks_are_no_operators() {
        let source = "{%+ if a -%} 2 + 2 {# a ~ b #}{{ \"+*~\" }}{{ '\\'+' }} {%- endif +%} ~*";
        check(source).unwrap();
        assert_eq!(render(source, context! { a => true }).unwrap(), "2 + 2 +*~'+ ~*");
        assert_eq!(growing("a\n{{ a }}\n{% if a * 2 %}"), Some((3, '*')));
        assert_eq!(growing("{% for y in [lore] %}"), Some((1, '[')));
        assert_eq!(
            growing("{{ lore[0] }}{{ f(a)[x] }}{% if a in ['one', \"two\", 3] %}[a, b]{% endif %}"),
            None
        );
    }

    #[test]
    fn what_is_not_there_is_told_with_its_line() {
        let failure = render("a\nb {{ text }}", context! {}).unwrap_err();
        assert_eq!(failure.line, Some(2), "{failure:?}");
        assert!(check("{% if %}").is_err());
    }

    #[test]
    fn every_shared_part_reads_and_is_looked_through_for_variables() {
        for (name, source) in SHARED {
            check(source).unwrap_or_else(|f| panic!("{name}: {f:?}"));
        }
        let found = variables("{% include \"context\" %}{{ before }}{% for x in mine %}{{ x }}{% endfor %}");
        let expected = ["before", "lore", "mine", "note"];
        assert!(expected.iter().all(|name| found.contains(*name)) && !found.contains("x"), "{found:?}");
    }

    proptest! {
        #[test]
        fn no_template_does_harm(source in "([{}%#~+*'\"\\\\\\-a-z |.é\n]|\\{\\{ text \\}\\}|\\{% if a %\\}|\\{% endif %\\}){0,60}") {
            if check(&source).is_ok() {
                let _ = render(&source, context! { text => "t", a => 1 });
            }
        }
    }
}
