//! What bytes of an RTF mean: the file names a code page, each font may name another, and fonts of symbols have letters
//! of their own.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// The code pages of a file and its fonts.
#[derive(Debug)]
pub(crate) struct Encodings {
    default: &'static Encoding,
    fonts: HashMap<i32, Font>,
    /// The font that the font table tells of.
    current: i32,
}

/// What a font's letters are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Font {
    Letters(&'static Encoding),
    /// Signs that no other font has in these places.
    Symbols,
}

impl Default for Encodings {
    fn default() -> Self {
        Self { default: WINDOWS_1252, fonts: HashMap::new(), current: 0 }
    }
}

impl Encodings {
    /// A control word of the file's head.
    pub fn word(&mut self, name: &str, value: Option<i32>) {
        match (name, value) {
            ("mac", _) => self.default = MACINTOSH,
            ("ansicpg", Some(page)) => self.default = of_page(page).unwrap_or(self.default),
            _ => {}
        }
    }

    /// A control word of the font table.
    pub fn font_word(&mut self, name: &str, value: Option<i32>) {
        let font = match (name, value) {
            ("f", Some(font)) => {
                self.current = font;
                return;
            }
            ("fcharset", Some(2)) => Some(Font::Symbols),
            ("fcharset", Some(charset)) => self.of_charset(charset).map(Font::Letters),
            ("cpg", Some(page)) => of_page(page).map(Font::Letters),
            _ => None,
        };
        if let Some(font) = font {
            self.fonts.insert(self.current, font);
        }
    }

    /// What a font's letters are; those of a font that is not in the table, what the file says.
    pub fn font(&self, font: i32) -> Font {
        self.fonts.get(&font).copied().unwrap_or(Font::Letters(self.default))
    }

    fn of_charset(&self, charset: i32) -> Option<&'static Encoding> {
        Some(match charset {
            // Programs of the old Mac say that each font has the letters of Windows.
            0 if self.default == MACINTOSH => MACINTOSH,
            0 => WINDOWS_1252,
            77 => MACINTOSH,
            78 | 128 => SHIFT_JIS,
            129 => EUC_KR,
            134 => GBK,
            136 => BIG5,
            161 => WINDOWS_1253,
            162 => WINDOWS_1254,
            163 => WINDOWS_1258,
            177 => WINDOWS_1255,
            178 => WINDOWS_1256,
            186 => WINDOWS_1257,
            204 => WINDOWS_1251,
            222 => WINDOWS_874,
            238 => WINDOWS_1250,
            _ => return None,
        })
    }
}

fn of_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10_000 => MACINTOSH,
        65_001 => UTF_8,
        _ => return None,
    })
}
