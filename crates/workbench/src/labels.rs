//! How a version of a prompt is named: `my continue v3`.

use std::fmt;

/// A prompt's name in small letters, and the number of a version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// In small letters, without spaces at its ends.
    pub name: String,
    /// From 1.
    pub number: u32,
}

impl Label {
    /// Of a prompt's name, in whatever case, and a number.
    pub fn new(name: &str, number: u32) -> Self {
        Self { name: key(name), number }
    }

    /// Reads one as it is written; none where it is no label.
    pub fn read(written: &str) -> Option<Self> {
        let (name, number) = written.trim().rsplit_once(char::is_whitespace)?;
        let number = number.strip_prefix(['v', 'V'])?;
        let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let name = key(name);
        (plain && !name.is_empty()).then_some(Self { name, number: number.parse().ok()? })
    }
}

/// A prompt's name as names are compared.
pub(crate) fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} v{}", self.name, self.number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_are_read_as_people_write_them() {
        assert_eq!(Label::read(" My  Continue V12 "), Some(Label::new("my continue", 12)));
        assert_eq!(Label::read("v2 v3").unwrap().to_string(), "v2 v3");
        for none in
            ["continue", "continue 3", "continue v", "v3", "continue vx", "continue v-1", "a v99999999999"]
        {
            assert_eq!(Label::read(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_it_was(name in "\\PC{0,12}[a-zA-Zé]", number in 0u32..) {
            let label = Label::new(&name, number);
            prop_assert_eq!(Label::read(&label.to_string()), Some(label));
        }
    }
}
