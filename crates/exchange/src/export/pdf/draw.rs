//! Pages as a file, with its outline and what it says about itself.

use std::collections::HashMap;

use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::layout::{Layout, Line, PositionedLayoutItem, Run};

use crate::book::{Book, Direction};
use crate::error::Error;
use crate::export::pdf::blocks::{Block, Look};
use crate::export::pdf::design::Design;
use crate::export::pdf::lines::Setter;
use crate::export::pdf::pages::Page;
use crate::export::zipped::GENERATOR;

/// Between a page's text and its number.
const FOOT: f32 = 30.0;

pub(super) fn draw(
    book: &Book,
    design: &Design,
    blocks: &[Block],
    set: &[Layout<()>],
    pages: &[Page],
) -> Result<(Vec<u8>, usize), Error> {
    let mut document = Document::new();
    document.set_metadata(about(book));
    let mut pen = Pen { fonts: HashMap::new(), missing: 0 };
    let settings =
        PageSettings::from_wh(design.page.0, design.page.1).ok_or_else(|| refused("no page size"))?;
    let numbers = numbered(design, blocks, pages);
    for (page, number) in pages.iter().zip(&numbers) {
        let mut sheet = document.start_page_with(settings.clone());
        let mut surface = sheet.surface();
        for placed in &page.lines {
            let (Some(block), Some(layout)) = (blocks.get(placed.block), set.get(placed.block)) else {
                continue;
            };
            let left = design.margins.sides + design.style(block.look).inset;
            if let Some(line) = layout.get(placed.line) {
                pen.line(&mut surface, &line, &block.text, left, placed.baseline)?;
            }
        }
        if let Some((number, layout)) = number {
            let baseline = match design.is_manuscript() {
                true => design.margins.top / 2.0,
                false => design.page.1 - design.margins.bottom + FOOT,
            };
            for line in layout.lines() {
                pen.line(&mut surface, &line, number, design.margins.sides, baseline)?;
            }
        }
        surface.finish();
        sheet.finish();
    }
    document.set_outline(outline(blocks, pages));
    let bytes = document.finish().map_err(|problem| refused(&format!("{problem:?}")))?;
    Ok((bytes, pen.missing))
}

fn refused(problem: &str) -> Error {
    Error::Format { format: "PDF", problem: problem.to_owned() }
}

fn about(book: &Book) -> Metadata {
    let direction = match book.direction {
        Direction::LeftToRight => TextDirection::LeftToRight,
        Direction::RightToLeft => TextDirection::RightToLeft,
    };
    let mut about = Metadata::new().creator(GENERATOR.to_owned()).text_direction(direction);
    if !book.title.is_empty() {
        about = about.title(book.title.clone());
    }
    if let Some(author) = &book.author {
        about = about.authors(vec![author.clone()]);
    }
    if let Some(language) = &book.language {
        about = about.language(language.clone());
    }
    about
}

/// What is said above or below each page: nothing on a title page, and on the first page of a manuscript.
fn numbered(design: &Design, blocks: &[Block], pages: &[Page]) -> Vec<Option<(String, Layout<()>)>> {
    let is_front = |page: &Page| {
        let front = |look| matches!(look, Look::Contact | Look::Length | Look::Title | Look::Author);
        page.lines.iter().all(|placed| blocks.get(placed.block).is_some_and(|block| front(block.look)))
    };
    let mut setter = Setter::new(design, None);
    let mut number = 0;
    let mut said = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        // A book counts from its first page of text, a manuscript from its first page.
        let counts = design.is_manuscript() || !is_front(page);
        number += u32::from(counts);
        let shown = counts && !(design.is_manuscript() && at == 0);
        said.push(shown.then(|| {
            let text = format!("{}{number}", design.head.as_deref().unwrap_or_default());
            let look = if design.is_manuscript() { Look::Length } else { Look::Author };
            let block = Block { look, text, looks: Vec::new(), page: false, depth: None };
            let layout = setter.set(&block);
            (block.text, layout)
        }));
    }
    said
}

/// Parts and chapters, each with its place.
fn outline(blocks: &[Block], pages: &[Page]) -> Outline {
    let mut nodes: Vec<OutlineNode> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for placed in page.lines.iter().filter(|placed| placed.line == 0) {
            let Some((block, depth)) = blocks.get(placed.block).and_then(|block| Some((block, block.depth?)))
            else {
                continue;
            };
            let place = XyzDestination::new(number, Point::from_xy(0.0, 0.0));
            let node = OutlineNode::new(block.text.clone(), place);
            match nodes.last_mut().filter(|_| depth > 0) {
                Some(part) => part.push_child(node),
                None => nodes.push(node),
            }
        }
    }
    let mut outline = Outline::new();
    nodes.into_iter().for_each(|node| outline.push_child(node));
    outline
}

/// Draws lines, and counts the characters that no font has.
struct Pen {
    /// By the font's data and its place in a collection.
    fonts: HashMap<(u64, u32), Font>,
    missing: usize,
}

impl Pen {
    fn line(
        &mut self,
        surface: &mut Surface<'_>,
        line: &Line<'_, ()>,
        text: &str,
        left: f32,
        y: f32,
    ) -> Result<(), Error> {
        let begins = line.items().find_map(|item| match item {
            PositionedLayoutItem::GlyphRun(run) => Some(run.offset()),
            PositionedLayoutItem::InlineBox(_) => None,
        });
        let mut x = left + begins.unwrap_or_default();
        for run in line.runs() {
            let font = self.font(&run)?;
            let size = run.font_size();
            let mut glyphs: Vec<KrillaGlyph> = Vec::new();
            let start = x;
            for cluster in run.visual_clusters() {
                let range = cluster.text_range();
                let words = text.get(range.clone()).unwrap_or_default();
                if words.chars().all(|c| c == '\n') {
                    continue;
                }
                if cluster.is_ligature_continuation() {
                    if let Some(glyph) = glyphs.last_mut() {
                        glyph.text_range =
                            glyph.text_range.start.min(range.start)..glyph.text_range.end.max(range.end);
                    }
                    continue;
                }
                for glyph in cluster.glyphs() {
                    self.missing += usize::from(glyph.id == 0 && !words.chars().all(is_unseen));
                    glyphs.push(KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance / size,
                        glyph.x / size,
                        glyph.y / size,
                        0.0,
                        range.clone(),
                        None,
                    ));
                    x += glyph.advance;
                }
            }
            if !glyphs.is_empty() {
                surface.draw_glyphs(Point::from_xy(start, y), &glyphs, font, text, size, false);
            }
        }
        Ok(())
    }

    fn font(&mut self, run: &Run<'_, ()>) -> Result<Font, Error> {
        let found = run.font();
        let (data, id) = found.data.clone().into_raw_parts();
        if let Some(font) = self.fonts.get(&(id, found.index)) {
            return Ok(font.clone());
        }
        let font = Font::new(data.into(), found.index)
            .ok_or_else(|| refused("a font of this machine cannot be read"))?;
        self.fonts.insert((id, found.index), font.clone());
        Ok(font)
    }
}

/// Marks of direction, joiners and spaces have no letter to show.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{ad}' | '\u{feff}')
}
