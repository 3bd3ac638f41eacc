//! Blocks as lines: each shaped, broken and aligned on its own.

use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::layout::{Alignment, AlignmentOptions, IndentOptions, Layout};
use parley::style::{
    FontFamily, FontFamilyName, FontStyle, FontWeight, Language, OverflowWrap, StyleProperty,
};
use parley::{FontContext, LayoutContext};

use crate::export::pdf::blocks::Block;
use crate::export::pdf::design::{Align, Design, SHIPPED};

const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../fonts/Literata-Regular.ttf"),
    include_bytes!("../../../fonts/Literata-Italic.ttf"),
    include_bytes!("../../../fonts/Literata-Bold.ttf"),
    include_bytes!("../../../fonts/Literata-BoldItalic.ttf"),
];

/// Sets blocks in the type of a design.
pub(super) struct Setter<'d> {
    design: &'d Design,
    language: Option<Language>,
    fonts: FontContext,
    scratch: LayoutContext<()>,
}

impl<'d> Setter<'d> {
    /// `language`: of the words, as a BCP 47 tag.
    pub fn new(design: &'d Design, language: Option<&str>) -> Self {
        let options = CollectionOptions { shared: false, system_fonts: true };
        let mut collection = Collection::new(options);
        for font in FONTS {
            let name = FontInfoOverride { family_name: Some(SHIPPED), ..FontInfoOverride::default() };
            collection.register_fonts(Blob::new(Arc::new(font)), Some(name));
        }
        Self {
            design,
            language: language.and_then(|tag| Language::parse(tag).ok()),
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            scratch: LayoutContext::new(),
        }
    }

    /// The lines of every block.
    pub fn set_all(mut self, blocks: &[Block]) -> Vec<Layout<()>> {
        blocks.iter().map(|block| self.set(block)).collect()
    }

    /// The lines of a block.
    pub fn set(&mut self, block: &Block) -> Layout<()> {
        let style = self.design.style(block.look);
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, &block.text, 1.0, false);
        let faces: Vec<FontFamilyName<'_>> =
            self.design.faces.iter().copied().map(FontFamilyName::named).collect();
        builder.push_default(FontFamily::List(faces.into()));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::Locale(self.language));
        // A word longer than a line is broken anywhere: nothing runs off the page.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.em {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        if style.strong {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        for (range, emphasis) in &block.looks {
            if emphasis.em {
                // In a slanted heading, words stand out by standing upright.
                let slant = if style.em { FontStyle::Normal } else { FontStyle::Italic };
                builder.push(StyleProperty::FontStyle(slant), range.clone());
            }
            if emphasis.strong {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
        }
        let mut layout = builder.build(&block.text);
        layout.set_text_indent(style.indent, IndentOptions::default());
        layout.break_all_lines(Some(self.design.measure() - 2.0 * style.inset));
        let alignment = match style.align {
            Align::Running if self.design.justified => Alignment::Justify,
            Align::Running => Alignment::Start,
            Align::Centre => Alignment::Center,
            Align::End => Alignment::End,
        };
        layout.align(alignment, AlignmentOptions::default());
        layout
    }
}
