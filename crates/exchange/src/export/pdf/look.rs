//! How a book looks on paper: sizes in points, margins, and what a standard manuscript has instead.

use typst::foundations::{Array, Dict, IntoValue, dict};

use super::fonts::Families;
use super::one_line;
use crate::book::Book;
use crate::export::manuscript;
use crate::export::outline::Depths;
use crate::export::{ChapterStart, Options, Paper, Typeface};

/// How a book looks.
#[derive(Debug)]
pub(crate) struct Look {
    paper: Paper,
    /// Whether straight quotes become those of the language.
    pub curly: bool,
    pub families: Families,
}

/// A page in points: its width and height; margins towards the back, away from it, above and below; the size of letters.
struct Page {
    width: f64,
    height: f64,
    inside: f64,
    outside: f64,
    top: f64,
    bottom: f64,
    size: f64,
}

const INCH: f64 = 72.0;
const MM: f64 = INCH / 25.4;

impl Look {
    pub fn of(book: &Book, options: &Options) -> Self {
        let letter = manuscript::wants_letter(book);
        let paper = match (options.paper, options.manuscript.is_some()) {
            (Some(paper), _) => paper,
            (None, true) if letter => Paper::Letter,
            (None, true) => Paper::A4,
            (None, false) if letter && book.language.is_some() => Paper::SixByNine,
            (None, false) => Paper::A5,
        };
        let typewriter = options.manuscript == Some(Typeface::Courier);
        Self {
            paper,
            curly: options.curly_quotes,
            families: if typewriter { Families::Typewriter } else { Families::Serif },
        }
    }

    /// What `book.typ` reads.
    pub fn values(&self, book: &Book, options: &Options) -> Dict {
        let manuscript = options.manuscript.is_some();
        let page = if manuscript { self.page().as_manuscript() } else { self.page() };
        let fonts = self.families.names().iter().map(|name| name.into_value());
        let contact = options.contact.iter().map(|line| one_line(line).into_value());
        let title_page = manuscript || !book.title.trim().is_empty() || book.author.is_some();
        dict! {
            "manuscript" => manuscript,
            "hyphenate" => !manuscript && book.language.is_some(),
            "width" => page.width,
            "height" => page.height,
            "inside" => page.inside,
            "outside" => page.outside,
            "top" => page.top,
            "bottom" => page.bottom,
            "size" => page.size,
            "fonts" => fonts.collect::<Array>(),
            "right-hand" => options.chapters == ChapterStart::RightHand && !manuscript,
            "run-on" => options.chapters == ChapterStart::RunOn && !manuscript,
            "chapter-level" => i64::from(Depths::of(book).chapter),
            "title-page" => title_page,
            "sign" => if manuscript { "#" } else { "* * *" },
            "head" => manuscript::head(book),
            "count" => manuscript::about_words(book.words()),
            "contact" => contact.collect::<Array>(),
        }
    }

    /// A line of some sixty letters, and margins that leave room for thumbs.
    fn page(&self) -> Page {
        let page = |width, height, (inside, outside), (top, bottom), size| Page {
            width,
            height,
            inside,
            outside,
            top,
            bottom,
            size,
        };
        match self.paper {
            Paper::A5 => page(148.0 * MM, 210.0 * MM, (20.0 * MM, 17.0 * MM), (21.0 * MM, 23.0 * MM), 10.5),
            Paper::SixByNine => {
                page(6.0 * INCH, 9.0 * INCH, (0.85 * INCH, 0.7 * INCH), (0.9 * INCH, 0.95 * INCH), 11.0)
            }
            Paper::A4 => page(210.0 * MM, 297.0 * MM, (40.0 * MM, 40.0 * MM), (32.0 * MM, 36.0 * MM), 12.0),
            Paper::Letter => {
                page(8.5 * INCH, 11.0 * INCH, (1.6 * INCH, 1.6 * INCH), (1.2 * INCH, 1.3 * INCH), 12.0)
            }
        }
    }
}

impl Page {
    /// Margins of an inch, letters of 12 points.
    fn as_manuscript(self) -> Self {
        Self { inside: INCH, outside: INCH, top: INCH, bottom: INCH, size: 12.0, ..self }
    }
}
