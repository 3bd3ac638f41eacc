//! How the pages of a PDF look: their size, their type, and what every kind of block does with both. Lengths are in points.

use crate::book::Book;
use crate::export::manuscript;
use crate::export::pdf::blocks::Look;
use crate::export::{Options, Typeface};

/// The typeface that comes along; what it lacks is taken from the system's fonts.
pub(super) const SHIPPED: &str = "Literata";

/// How all pages look.
#[derive(Debug, Clone)]
pub(super) struct Design {
    /// Width and height of a page.
    pub page: (f32, f32),
    pub margins: Margins,
    /// Names of typefaces, the best one first.
    pub faces: &'static [&'static str],
    /// Size of the letters of running text, and from one line of it to the next.
    pub size: f32,
    pub leading: f32,
    /// Whether lines end below each other.
    pub justified: bool,
    /// What stands above each page but the first of a manuscript; a book has its pages' numbers below.
    pub head: Option<String>,
    indent: f32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    pub top: f32,
    pub bottom: f32,
    pub sides: f32,
}

/// How one block looks. Space before and after it is in lines of running text, so that lines lie level on facing pages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub size: f32,
    pub leading: f32,
    pub strong: bool,
    pub em: bool,
    pub align: Align,
    /// Of the first line.
    pub indent: f32,
    /// From both sides.
    pub inset: f32,
    pub before: f32,
    pub after: f32,
    /// Stays on the page of what follows.
    pub keeps: bool,
    /// Space above it is kept at the top of a page, too.
    pub drops: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Running,
    Centre,
    End,
}

impl Design {
    pub fn of(book: &Book, options: &Options) -> Self {
        let letter = manuscript::wants_letter(book);
        match options.manuscript {
            Some(typeface) => Self {
                page: if letter { (612.0, 792.0) } else { (595.28, 841.89) },
                margins: Margins { top: 72.0, bottom: 72.0, sides: 72.0 },
                faces: match typeface {
                    Typeface::Times => &["Times New Roman", "Liberation Serif", "Nimbus Roman", SHIPPED],
                    Typeface::Courier => &["Courier New", "Liberation Mono", "Nimbus Mono PS", SHIPPED],
                },
                size: 12.0,
                leading: 24.0,
                justified: false,
                head: Some(manuscript::head(book)),
                indent: 36.0,
            },
            // A5, or half a letter.
            None => Self {
                page: if letter { (396.0, 612.0) } else { (419.53, 595.28) },
                margins: Margins { top: 56.0, bottom: 66.0, sides: 50.0 },
                faces: &[SHIPPED],
                size: 10.5,
                leading: 15.0,
                justified: true,
                head: None,
                indent: 14.0,
            },
        }
    }

    /// How wide lines are.
    pub fn measure(&self) -> f32 {
        self.page.0 - 2.0 * self.margins.sides
    }

    /// How much of a page is for text.
    pub fn height(&self) -> f32 {
        self.page.1 - self.margins.top - self.margins.bottom
    }

    pub fn is_manuscript(&self) -> bool {
        self.head.is_some()
    }

    pub fn style(&self, look: Look) -> Style {
        let body = Style {
            size: self.size,
            leading: self.leading,
            strong: false,
            em: false,
            align: Align::Running,
            indent: 0.0,
            inset: 0.0,
            before: 0.0,
            after: 0.0,
            keeps: false,
            drops: false,
        };
        let manuscript = self.is_manuscript();
        // A manuscript is in one size throughout.
        let sized = |scale: f32| if manuscript { self.size } else { self.size * scale };
        let centred = Style { align: Align::Centre, ..body };
        let heading = Style { keeps: true, ..centred };
        // Single-spaced, whatever the text is.
        let detail = Style { leading: if manuscript { self.leading / 2.0 } else { self.leading }, ..body };
        match look {
            Look::Contact => detail,
            Look::Length => Style { align: Align::End, ..detail },
            Look::Title => {
                let (before, leading) =
                    if manuscript { (9.0, self.leading) } else { (9.0, 2.0 * self.leading) };
                Style { size: sized(2.1), leading, before, after: 1.0, drops: true, ..heading }
            }
            Look::Author => Style { size: sized(1.15), after: 2.0, ..centred },
            Look::Part => {
                Style { size: sized(1.7), leading: 2.0 * self.leading, before: 9.0, drops: true, ..heading }
            }
            Look::Chapter => {
                let (before, leading) =
                    if manuscript { (6.0, self.leading) } else { (5.0, 2.0 * self.leading) };
                Style { size: sized(1.5), leading, before, after: 2.0, drops: true, ..heading }
            }
            Look::Scene => Style { em: !manuscript, size: sized(1.1), before: 1.0, after: 1.0, ..heading },
            Look::Heading => Style { strong: !manuscript, before: 1.0, after: 1.0, ..heading },
            Look::Break if manuscript => heading,
            Look::Break => Style { before: 1.0, after: 1.0, ..heading },
            // An editor wants every paragraph indented; a book's first ones are not.
            Look::First => Style { indent: if manuscript { self.indent } else { 0.0 }, ..body },
            Look::Paragraph => Style { indent: self.indent, ..body },
            Look::Quote => Style { inset: 1.5 * self.indent, before: 0.5, after: 0.5, ..body },
            Look::QuoteMore => Style { inset: 1.5 * self.indent, indent: self.indent, ..body },
        }
    }
}
