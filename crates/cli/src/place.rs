//! Places in a text, as they are typed: `LINE:COL` counted from 1, a number of characters from 0, `end`; `A..B` in characters
//! from 0.

use std::str::FromStr;

/// A place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Both from 1.
    Line {
        line: usize,
        column: usize,
    },
    /// Behind so many characters.
    Character(usize),
    End,
}

/// A stretch of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: usize,
    to: usize,
}

impl At {
    /// The place in bytes. A column past the end of its line is the end of it.
    ///
    /// # Errors
    /// When the text has no such line or character.
    pub fn find(self, text: &str) -> Result<usize, String> {
        let (wanted, column) = match self {
            Self::Line { line, column } => (line, column),
            Self::Character(n) => {
                let place = text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
                let all = text.chars().count();
                return place.ok_or_else(|| format!("there is no place {n}; the text has {all} characters"));
            }
            Self::End => return Ok(text.len()),
        };
        let mut start = 0;
        for (n, line) in text.split('\n').enumerate() {
            if n + 1 == wanted {
                let line = line.strip_suffix('\r').unwrap_or(line);
                return Ok(start + line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at));
            }
            start += line.len() + 1;
        }
        let lines = text.split('\n').count();
        Err(format!("there is no line {wanted}; the text has {lines}"))
    }
}

impl Span {
    /// The stretch in bytes.
    ///
    /// # Errors
    /// When it reaches past the end.
    pub fn find(self, text: &str) -> Result<std::ops::Range<usize>, String> {
        let place = |n: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
        match (place(self.from), place(self.to)) {
            (Some(from), Some(to)) => Ok(from..to),
            _ => {
                let all = text.chars().count();
                Err(format!("{}..{} reaches past the end; the text has {all} characters", self.from, self.to))
            }
        }
    }
}

impl FromStr for At {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        if s.eq_ignore_ascii_case("end") {
            return Ok(Self::End);
        }
        if let Ok(characters) = s.parse() {
            return Ok(Self::Character(characters));
        }
        let numbers = s.split_once(':').and_then(|(l, c)| Some((l.parse().ok()?, c.parse().ok()?)));
        match numbers {
            Some((line, column)) if line > 0 && column > 0 => Ok(Self::Line { line, column }),
            _ => Err(
                "LINE:COL is wanted, both counted from 1, such as 12:1; or a number of characters; or end"
                    .into(),
            ),
        }
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let numbers = s.split_once("..").and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        match numbers {
            Some((from, to)) if from < to => Ok(Self { from, to }),
            _ => Err("A..B is wanted, in characters from 0 with A before B, such as 120..310".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = "äb\ncd\r\n\nend";
        let find = |s: &str| s.parse::<At>().unwrap().find(text);
        assert_eq!(find("1:1"), Ok(0));
        assert_eq!(find("1:2"), Ok(2));
        assert_eq!(find("1:99"), Ok(3));
        assert_eq!(find("2:99"), Ok(6));
        assert_eq!(find("4:4"), Ok(text.len()));
        assert!(find("5:1").unwrap_err().contains("has 4"));
    }

    #[test]
    fn a_place_can_be_a_number_of_characters_or_the_end() {
        let find = |s: &str| s.parse::<At>().unwrap().find("äöü");
        assert_eq!((find("0"), find("2"), find("3"), find("END")), (Ok(0), Ok(4), Ok(6), Ok(6)));
        assert!(find("4").unwrap_err().contains("3 characters"));
    }

    #[test]
    fn stretches_count_characters_from_zero() {
        let find = |s: &str| s.parse::<Span>().unwrap().find("äöü");
        assert_eq!(find("1..2"), Ok(2..4));
        assert_eq!(find("0..3"), Ok(0..6));
        assert!(find("0..4").is_err());
    }

    #[test]
    fn what_is_no_place_is_told() {
        assert!("0:1".parse::<At>().is_err() && "x".parse::<At>().is_err());
        assert!("3..3".parse::<Span>().is_err() && "..".parse::<Span>().is_err());
    }
}
