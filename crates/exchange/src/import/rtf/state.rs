//! What holds in a group of an RTF: where its characters go, and how they and their paragraph look.

use crate::import::flow::Look;

/// Where the characters of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Destination {
    /// Nowhere.
    #[default]
    Skipped,
    /// Into the text.
    Text,
    Fonts,
    Styles,
    /// What the file says of itself.
    About,
    Title,
    Author,
    Footnote,
    /// What a field does.
    Instruction,
}

/// What holds until the group ends.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub destination: Destination,
    /// Of the group around one that says all twice, once for old readers.
    pub outer: Destination,
    pub look: Look,
    /// Underlining and its kin, one bit each.
    pub styled: u8,
    pub hidden: bool,
    pub deleted: bool,
    pub font: i32,
    /// How many characters after a `\u` stand for readers that do not know it.
    pub fallback: usize,
    pub paragraph: Paragraph,
}

/// What is known of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Paragraph {
    pub style: i32,
    pub outline: Option<i32>,
    pub left: i32,
    pub right: i32,
    pub in_table: bool,
    pub right_to_left: bool,
}

/// How far both margins of a quotation lie from the text's, in twentieths of a point.
const INSET: i32 = 240;

impl Default for State {
    fn default() -> Self {
        Self {
            destination: Destination::Skipped,
            outer: Destination::Skipped,
            look: Look::default(),
            styled: 0,
            hidden: false,
            deleted: false,
            font: 0,
            fallback: 1,
            paragraph: Paragraph::default(),
        }
    }
}

impl State {
    /// Whether the word says how characters or paragraphs look.
    pub fn word(&mut self, name: &str, value: Option<i32>) -> bool {
        let on = value != Some(0);
        let number = value.unwrap_or(0);
        let mut styled = |bit: u8, on: bool| {
            self.styled = if on { self.styled | bit } else { self.styled & !bit };
        };
        match name {
            "ul" | "uld" | "uldb" | "ulw" | "ulth" | "ulwave" => styled(1, on),
            "ulnone" => styled(1, false),
            "strike" | "striked" => styled(2, on),
            "scaps" | "caps" => styled(4, on),
            "super" | "sub" => styled(8, on),
            "nosupersub" => styled(8, false),
            "b" => self.look.strong = on,
            "i" => self.look.em = on,
            "v" => self.hidden = on,
            "deleted" => self.deleted = on,
            "f" => self.font = number,
            "uc" => self.fallback = usize::try_from(number).unwrap_or(0).min(16),
            "plain" => {
                (self.look, self.styled, self.hidden, self.deleted) = (Look::default(), 0, false, false);
            }
            "pard" => self.paragraph = Paragraph::default(),
            "s" => self.paragraph.style = number,
            "outlinelevel" => self.paragraph.outline = value,
            "li" | "lin" => self.paragraph.left = number,
            "ri" | "rin" => self.paragraph.right = number,
            "intbl" => self.paragraph.in_table = true,
            "rtlpar" => self.paragraph.right_to_left = true,
            "ltrpar" => self.paragraph.right_to_left = false,
            _ => return false,
        }
        true
    }
}

impl Paragraph {
    /// Whether it stands apart from the text on both sides, as quotations do.
    pub fn is_inset(&self) -> bool {
        self.left.min(self.right) >= INSET
    }
}

/// The character that a control word stands for.
pub(crate) fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "tab" => "\t",
        "enspace" => "\u{2002}",
        "emspace" => "\u{2003}",
        "qmspace" => "\u{2005}",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        "ltrmark" => "\u{200e}",
        "rtlmark" => "\u{200f}",
        _ => return None,
    })
}
