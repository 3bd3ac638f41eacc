//! RTF's bytes as tokens: groups, control words, characters. What they mean is said elsewhere. Any bytes are some tokens,
//! so that nothing here can fail.

/// The next thing in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, `\u8212`: its name, and its number where it has one.
    Word(&'a str, Option<i32>),
    /// `\~`, `\*`: a control symbol that is no letter.
    Symbol(u8),
    /// `\'e9`: a byte of the text's code page.
    Byte(u8),
    /// Characters as they are; the code page says what those beyond ASCII mean.
    Text(&'a [u8]),
}

/// The longest name of a control word; the standard has none above.
const NAME: usize = 32;

/// Reads tokens from bytes.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// What follows a backslash.
    fn control(&mut self) -> Token<'a> {
        let letters = self.rest.iter().take(NAME).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol();
        }
        let name = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(sign).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let mut value = None;
        if digits > 0 {
            let number = std::str::from_utf8(self.take(sign + digits)).unwrap_or_default();
            // A number that is too large for RTF is no number of its own.
            value = Some(number.parse::<i32>().unwrap_or(0));
        }
        // One space ends a control word, and is no part of the text.
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if name == "bin" {
            self.take(usize::try_from(value.unwrap_or(0)).unwrap_or(0));
        }
        Token::Word(name, value)
    }

    fn symbol(&mut self) -> Token<'a> {
        let Some(&symbol) = self.take(1).first() else { return Token::Text(b"") };
        let hex = self.rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match (symbol, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'\'', Some(byte)) => {
                self.take(2);
                Token::Byte(byte)
            }
            // A line end after a backslash ends a paragraph, whichever of both line ends it is.
            (b'\r', _) if self.rest.first() == Some(&b'\n') => {
                self.take(1);
                Token::Symbol(b'\n')
            }
            (b'\r', _) => Token::Symbol(b'\n'),
            (symbol, _) => Token::Symbol(symbol),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        // Line ends in a file are there for its readers alone.
        let blank = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | 0)).count();
        self.take(blank);
        Some(match self.rest.first()? {
            b'{' => {
                self.take(1);
                Token::Open
            }
            b'}' => {
                self.take(1);
                Token::Close
            }
            b'\\' => {
                self.take(1);
                self.control()
            }
            _ => {
                let plain = |byte: &&u8| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                let count = self.rest.iter().take_while(plain).count();
                Token::Text(self.take(count))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Vec<Token<'_>> {
        Tokens::new(text.as_bytes()).collect()
    }

    #[test]
    fn one_space_ends_a_word_and_any_further_is_text() {
        assert_eq!(
            all("{\\b0  x\\par\ny\\u-4 ?\\'E9\\~}"),
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Text(b" x"),
                Token::Word("par", None),
                Token::Text(b"y"),
                Token::Word("u", Some(-4)),
                Token::Text(b"?"),
                Token::Byte(0xe9),
                Token::Symbol(b'~'),
                Token::Close
            ]
        );
    }

    #[test]
    fn binary_data_is_passed_over_and_may_lie_about_its_length() {
        assert_eq!(all("\\bin3 {{{x"), [Token::Word("bin", Some(3)), Token::Text(b"x")]);
        assert_eq!(all("\\bin999999 {{{x"), [Token::Word("bin", Some(999_999))]);
        assert_eq!(all("\\bin-5 x"), [Token::Word("bin", Some(-5)), Token::Text(b"x")]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_tokens(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert!(Tokens::new(&bytes).count() <= bytes.len());
        }
    }
}
