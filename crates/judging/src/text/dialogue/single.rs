//! Single quotation marks, which are apostrophes as well: `'I don't know,' she said of the boys' boat.` Each is told by what stands
//! at its sides, and a quotation by where it may end.

/// What is looked at. Typed with a typewriter all are the same, and ’ opens nothing.
pub(super) const MARKS: [char; 2] = ['\'', '‘'];

/// What a mark may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Before a word.
    Opens,
    /// Before a word that often begins with an apostrophe.
    Elided,
    /// After a stop.
    Closes,
    /// After a word.
    MayClose,
    /// After a word that often ends in an apostrophe, as a plural does.
    Apostrophe,
}

/// The single marks of a paragraph that are not within a word.
pub(super) struct Marks<'a> {
    text: &'a str,
    all: Vec<(usize, char, Kind)>,
}

impl<'a> Marks<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut all = Vec::new();
        let mut before = None;
        let mut signs = text.char_indices().peekable();
        while let Some((at, c)) = signs.next() {
            let after = signs.peek().map(|(_, c)| *c);
            if matches!(c, '\'' | '‘' | '’') {
                let kind = kind(text, (at, c), before, after);
                all.extend(kind.map(|kind| (at, c, kind)));
            }
            before = Some(c);
        }
        Self { text, all }
    }

    /// Where the quotation ends that a mark opens; none where it opens none. Marks are looked at up to the next that opens.
    pub fn end(&self, at: usize) -> Option<usize> {
        let number = self.all.binary_search_by_key(&at, |(at, ..)| *at).ok()?;
        let (_, mark, kind) = *self.all.get(number)?;
        let elided = kind == Kind::Elided;
        if !elided && kind != Kind::Opens {
            return None;
        }
        let mut may_close = None;
        let mut one_word = None;
        for (end, c, kind) in self.all.get(number + 1..).unwrap_or_default() {
            // A quotation is closed as it was opened; ‘ stands for an apostrophe nowhere.
            let ends = if mark == '\'' { *c == '\'' } else { *c == '’' };
            match kind {
                Kind::Opens if *c != '’' => break,
                Kind::Elided if (elided || may_close.is_some()) && *c != '’' => break,
                Kind::Closes if ends => return Some(*end),
                Kind::MayClose if ends => may_close = may_close.or(Some(*end)),
                Kind::Apostrophe if ends && one_word.is_none() => {
                    one_word = Some(*end).filter(|end| self.is_a_word(at, *end));
                }
                _ => {}
            }
        }
        if elided {
            return None;
        }
        may_close.or(one_word).or_else(|| self.is_left_open(at, mark).then_some(self.text.len()))
    }

    /// Whether between two marks is a word with nothing else.
    fn is_a_word(&self, at: usize, end: usize) -> bool {
        self.text.get(at..end).is_some_and(|within| !within.contains(char::is_whitespace))
    }

    /// Whether a quotation without an end is one: ‘ is no apostrophe, and a typewriter's mark none where speech begins.
    fn is_left_open(&self, at: usize, mark: char) -> bool {
        let before = self.text.get(..at).unwrap_or_default().trim_end();
        mark == '‘' || before.is_empty() || before.ends_with([',', ':'])
    }
}

fn kind(text: &str, (at, mark): (usize, char), before: Option<char>, after: Option<char>) -> Option<Kind> {
    let starts = before.is_none_or(|c| c.is_whitespace() || "([{—–-―\"“„«*_'‘".contains(c));
    let word_follows = after.is_some_and(|c| c.is_alphanumeric());
    if starts && after.is_some_and(|c| c.is_alphanumeric() || "…—–―.\"“¿¡'‘’(*_".contains(c))
    {
        let rest = text.get(at + mark.len_utf8()..).unwrap_or_default();
        return Some(if is_elided(rest) { Kind::Elided } else { Kind::Opens });
    }
    let before = before.filter(|c| !c.is_whitespace())?;
    if word_follows {
        return None;
    }
    Some(if !before.is_alphanumeric() {
        Kind::Closes
    } else if loses_its_end(text.get(..at).unwrap_or_default()) && after.is_some_and(char::is_whitespace) {
        Kind::Apostrophe
    } else {
        Kind::MayClose
    })
}

/// Whether a word that stands after an apostrophe often does.
fn is_elided(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = rest.get(..end.min(LONGEST)).unwrap_or_default().to_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit()) || end <= LONGEST && ELIDED.contains(&word.as_str())
}

/// Whether the word at the end of a text often has an apostrophe after it: a plural, "goin", "an".
fn loses_its_end(before: &str) -> bool {
    let tail = (before.len().saturating_sub(LONGEST)..=before.len()).find_map(|start| before.get(start..));
    let last = tail.unwrap_or_default().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let last = last.to_lowercase();
    last.ends_with(['s', 'z', 'x'])
        || last.ends_with("in") && last.len() > 3
        || last.ends_with(|c: char| c.is_ascii_digit())
        || matches!(last.as_str(), "n" | "an" | "o" | "ol" | "th" | "wi" | "lil" | "mo" | "po")
}

/// Bytes of the words that are looked at.
const LONGEST: usize = 12;

/// What is left of words whose beginning is not spoken. Some are words of their own.
const ELIDED: [&str; 42] = [
    "tis", "tisn", "twas", "twasn", "twere", "twill", "twould", "twixt", "em", "im", "er", "e", "is", "ad",
    "ave", "as", "ow", "ere", "ome", "ouse", "ead", "and", "alf", "arry", "enry", "imself", "erself", "ello",
    "cause", "cos", "cuz", "bout", "round", "til", "till", "neath", "gainst", "cept", "nuff", "nother", "n",
    "way",
];
