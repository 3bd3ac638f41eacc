//! RTF, as Word, LibreOffice, TextEdit and Scrivener write it. A small machine of our own over its tokens: of the crates
//! that read RTF, rtf-parser 0.4 takes the bytes of a code page for Unicode and loses spaces, scrivener-rtf 0.1 gives bare
//! control words and follows groups as deep as a file nests them, and rtf-grimoire has not moved since 2023.

mod encodings;
mod state;
mod tokens;

use std::collections::HashMap;
use std::path::Path;

use encoding_rs::UTF_8;

use crate::book::Direction;
use crate::error::Error;
use crate::import::Parsed;
use crate::import::docx_styles::{Role, role_by_name};
use crate::import::flow::{Flow, Look, Style};
use crate::import::front::Front;
use crate::import::split::Hints;
use crate::left_out::What;
use crate::limits;
use encodings::{Encodings, Font};
use state::{Destination, Paragraph, State, sign};
use tokens::{Token, Tokens};

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Parsed, Error> {
    let bytes = super::bytes(path)?;
    let damaged = |problem| Error::Damaged { path: path.to_owned(), kind: "RTF", problem };
    parse(&bytes, Flow::default()).map_err(damaged)
}

/// Reads a whole text; `flow` has what was left out so far. Errs with what is wrong.
pub(crate) fn parse(bytes: &[u8], flow: Flow) -> Result<Parsed, String> {
    Reader { flow, is_whole: true, ..Reader::new(&HashMap::new()) }.read(bytes)
}

/// Reads a text that is a part of one: nothing in it names the whole. `notes`: words of footnotes that lie elsewhere, by the
/// address of the link that calls each.
pub(crate) fn parse_part(
    bytes: &[u8],
    notes: &HashMap<String, String>,
    flow: Flow,
) -> Result<Parsed, String> {
    Reader { flow, ..Reader::new(notes) }.read(bytes)
}

/// A style of the sheet.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    outline: Option<i32>,
}

struct Reader<'a> {
    flow: Flow,
    /// Whether the text may have a title page.
    is_whole: bool,
    front: Front,
    notes: &'a HashMap<String, String>,
    encodings: Encodings,
    styles: HashMap<i32, Sheet>,
    /// The style that the sheet tells of.
    style: i32,
    state: State,
    /// The states of the groups around this one.
    stack: Vec<State>,
    /// After `\*`: a destination that may be passed over.
    starred: bool,
    /// Bytes of a code page; some letters are two of them.
    bytes: Vec<u8>,
    /// Whether any of them were written as `\'e9`.
    escaped: bool,
    surrogate: Option<u16>,
    /// Characters still to be passed over after a `\u`.
    passing: usize,
    /// Characters that do not go into the text.
    gathered: String,
    /// The fields that are open: how deep each lies, and what it does.
    fields: Vec<(usize, String)>,
    listed: bool,
    in_table: bool,
    /// Whether the characters before were styled, or hidden: passages are counted and not characters.
    was_styled: bool,
    was_hidden: bool,
    paragraphs: usize,
    right_to_left: usize,
}

impl<'a> Reader<'a> {
    fn new(notes: &'a HashMap<String, String>) -> Self {
        Self {
            flow: Flow::default(),
            is_whole: false,
            front: Front::default(),
            notes,
            encodings: Encodings::default(),
            styles: HashMap::new(),
            style: 0,
            state: State::default(),
            stack: Vec::new(),
            starred: false,
            bytes: Vec::new(),
            escaped: false,
            surrogate: None,
            passing: 0,
            gathered: String::new(),
            fields: Vec::new(),
            listed: false,
            in_table: false,
            was_styled: false,
            was_hidden: false,
            paragraphs: 0,
            right_to_left: 0,
        }
    }

    fn read(mut self, bytes: &[u8]) -> Result<Parsed, String> {
        for token in Tokens::new(bytes) {
            self.token(token)?;
            if token == Token::Close && self.stack.is_empty() {
                break;
            }
        }
        Ok(self.finish())
    }

    fn finish(mut self) -> Parsed {
        self.flush();
        if !self.stack.is_empty() {
            // It ends in the middle; what there is was read.
            self.flow.leave_out(What::Markup);
        }
        self.end();
        let right_to_left = self.right_to_left * 2 > self.paragraphs;
        Parsed {
            hints: Hints { title: self.front.title, parts: None },
            flow: self.flow,
            author: self.front.author,
            direction: right_to_left.then_some(Direction::RightToLeft),
            ..Parsed::default()
        }
    }

    fn token(&mut self, token: Token<'_>) -> Result<(), String> {
        match token {
            Token::Byte(byte) if self.passing == 0 => {
                self.bytes.push(byte);
                self.escaped = true;
            }
            Token::Byte(_) => self.passing -= 1,
            Token::Text(text) => {
                let passed = self.passing.min(text.len());
                self.passing -= passed;
                self.bytes.extend_from_slice(&text[passed..]);
                self.starred = false;
            }
            Token::Open => {
                self.flush();
                self.passing = 0;
                if self.stack.len() >= limits::DEPTH {
                    return Err(format!("groups lie more than {} deep", limits::DEPTH));
                }
                self.stack.push(self.state.clone());
            }
            Token::Close => {
                self.flush();
                self.passing = 0;
                self.close();
            }
            Token::Symbol(b'*') => self.starred = true,
            Token::Symbol(symbol) => {
                self.flush();
                self.starred = false;
                match symbol {
                    // After `\u` it stands for that letter.
                    _ if self.passing > 0 && symbol != b'\n' => self.passing -= 1,
                    b'\n' => self.end_paragraph(),
                    b'~' => self.write("\u{a0}"),
                    b'_' => self.write("\u{2011}"),
                    b'{' | b'}' | b'\\' => self.write(char::from(symbol).encode_utf8(&mut [0; 4])),
                    _ => {}
                }
            }
            Token::Word(name, value) => {
                self.flush();
                let starred = std::mem::take(&mut self.starred);
                self.word(name, value, starred);
            }
        }
        Ok(())
    }

    fn word(&mut self, name: &str, value: Option<i32>, starred: bool) {
        if let Some(sign) = sign(name) {
            if self.passing > 0 {
                self.passing -= 1;
            } else {
                self.write(sign);
            }
            return;
        }
        if name == "u" {
            return self.unicode(value.unwrap_or(0));
        }
        self.passing = 0;
        if self.destination(name) || self.head(name, value) {
            return;
        }
        let was_deleted = self.state.deleted;
        if self.state.word(name, value) {
            if self.state.deleted && !was_deleted && self.state.destination == Destination::Text {
                self.flow.leave_out(What::Deletion);
            }
            return;
        }
        match name {
            "par" | "sect" | "page" | "column" => self.end_paragraph(),
            "cell" | "nestcell" | "row" | "nestrow" => self.end_paragraph(),
            "line" | "softline" if self.state.destination == Destination::Text => {
                self.flow.line_break(self.state.look);
            }
            "line" | "softline" => self.gathered.push(' '),
            "trowd" if self.state.destination == Destination::Text => self.begin_row(),
            "field" => self.fields.push((self.stack.len(), String::new())),
            _ if starred => self.state.destination = Destination::Skipped,
            _ => {}
        }
    }

    /// A table is left out once, however many rows it has.
    fn begin_row(&mut self) {
        if !std::mem::replace(&mut self.in_table, true) {
            self.flow.leave_out(What::Table);
        }
    }

    /// Whether the word says where the characters of its group go.
    fn destination(&mut self, name: &str) -> bool {
        let before = self.state.destination;
        let in_text = before == Destination::Text;
        let mut leave_out = |what| {
            if in_text {
                self.flow.leave_out(what);
            }
            Destination::Skipped
        };
        self.state.destination = match name {
            "rtf" if self.stack.len() == 1 => Destination::Text,
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "info" => Destination::About,
            "title" if before == Destination::About => Destination::Title,
            "author" if before == Destination::About => Destination::Author,
            "fldinst" => Destination::Instruction,
            "footnote" if in_text => Destination::Footnote,
            // Their words are in what is within them; or nowhere, where those around are nowhere.
            "fldrslt" | "shppict" | "shpinst" | "shptxt" => before,
            "ud" => self.state.outer,
            "upr" => {
                self.state.outer = before;
                Destination::Skipped
            }
            "pict" | "object" => leave_out(What::Picture),
            "annotation" => leave_out(What::Comment),
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                leave_out(What::TitlePage)
            }
            "listtext" | "pntext" => {
                self.listed |= in_text;
                Destination::Skipped
            }
            "colortbl" | "filetbl" | "listtable" | "listoverridetable" | "sp" | "shprslt" | "nonshppict"
            | "result" | "xe" | "tc" | "pnseclvl" => Destination::Skipped,
            _ => return false,
        };
        true
    }

    /// Whether the word belongs to the tables at the beginning.
    fn head(&mut self, name: &str, value: Option<i32>) -> bool {
        match self.state.destination {
            Destination::Fonts => self.encodings.font_word(name, value),
            Destination::Styles => match (name, value) {
                ("s", Some(style)) => self.style = style,
                // Of characters and tables.
                ("cs" | "ds" | "ts", _) => self.style = -1,
                ("outlinelevel", level) => self.styles.entry(self.style).or_default().outline = level,
                _ => {}
            },
            _ => {
                self.encodings.word(name, value);
                return false;
            }
        }
        true
    }

    /// A UTF-16 unit; a letter beyond the first plane is two of them.
    fn unicode(&mut self, value: i32) {
        self.passing = self.state.fallback;
        let unit = (value & 0xffff) as u16;
        let first = self.surrogate.take();
        match unit {
            0xd800..=0xdbff => self.surrogate = Some(unit),
            _ => {
                let units = first.into_iter().chain([unit]);
                let text: String =
                    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
                self.write(&text);
            }
        }
    }

    /// Writes the bytes that wait, in the letters of their font.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let escaped = std::mem::take(&mut self.escaped);
        let raw = !escaped && !bytes.is_ascii();
        match (self.encodings.font(self.state.font), std::str::from_utf8(&bytes)) {
            // Some write UTF-8, which the standard does not know.
            (_, Ok(text)) if raw => self.write(text),
            (Font::Symbols, _) if self.state.destination == Destination::Text && !self.state.hidden => {
                self.flow.leave_out(What::Symbol);
            }
            (Font::Symbols, _) => self.write(&UTF_8.decode_without_bom_handling(&bytes).0),
            (Font::Letters(encoding), _) => self.write(&encoding.decode_without_bom_handling(&bytes).0),
        }
    }

    fn write(&mut self, text: &str) {
        match self.state.destination {
            Destination::Text if self.state.deleted => {}
            Destination::Text if self.state.hidden => {
                if !std::mem::replace(&mut self.was_hidden, true) {
                    self.flow.leave_out(What::Hidden);
                }
            }
            Destination::Text => self.write_text(text),
            Destination::Styles => self.name_style(text),
            Destination::Instruction => {
                if let Some((_, instruction)) = self.fields.last_mut() {
                    instruction.push_str(text);
                }
            }
            Destination::Title | Destination::Author | Destination::Footnote => self.gathered.push_str(text),
            Destination::Skipped | Destination::Fonts | Destination::About => {}
        }
    }

    fn write_text(&mut self, text: &str) {
        // Word puts the signs of special fonts here.
        let is_symbol = |c: char| ('\u{f020}'..='\u{f0ff}').contains(&c);
        let text = match text.contains(is_symbol) {
            true => {
                self.flow.leave_out(What::Symbol);
                text.replace(is_symbol, "")
            }
            false => text.to_owned(),
        };
        self.was_hidden = false;
        let styled = self.state.styled != 0;
        if styled && !self.was_styled {
            self.flow.leave_out(What::Formatting);
        }
        self.was_styled = styled;
        self.flow.text(&text.replace(['\t', '\n'], " "), self.state.look);
    }

    fn name_style(&mut self, text: &str) {
        let name = &mut self.styles.entry(self.style).or_default().name;
        if !name.ends_with(';') {
            name.push_str(text);
        }
    }

    fn close(&mut self) {
        let depth = self.stack.len();
        let Some(outer) = self.stack.pop() else { return };
        let inner = std::mem::replace(&mut self.state, outer);
        if inner.destination == Destination::Styles {
            self.style = 0;
        }
        if inner.destination != self.state.destination {
            let text = || self.gathered.split_whitespace().collect::<Vec<_>>().join(" ");
            match inner.destination {
                Destination::Title => self.front.title = Some(text()).filter(|text| !text.is_empty()),
                Destination::Author => self.front.author = Some(text()).filter(|text| !text.is_empty()),
                Destination::Footnote => {
                    let text = text();
                    self.footnote(&text);
                }
                _ => return self.end_field(depth),
            }
            self.gathered.clear();
        }
        self.end_field(depth);
    }

    fn end_field(&mut self, depth: usize) {
        let Some((_, instruction)) = self.fields.pop_if(|(of, _)| *of >= depth) else { return };
        if self.state.destination != Destination::Text {
            return;
        }
        let instruction = instruction.trim();
        let Some(address) =
            instruction.strip_prefix("HYPERLINK").map(|address| address.trim_matches([' ', '"']))
        else {
            return;
        };
        if let Some(text) = self.notes.get(address) {
            self.footnote(text);
        } else if !address.is_empty() && !address.starts_with(COMMENT) && !address.starts_with("\\l") {
            self.flow.leave_out(What::Link);
        }
    }

    fn footnote(&mut self, text: &str) {
        if !text.is_empty() {
            self.flow.leave_out(What::Footnote);
            self.flow.text(&format!("[{text}]"), Look::default());
        }
    }

    fn end_paragraph(&mut self) {
        match self.state.destination {
            Destination::Text => self.end(),
            Destination::Footnote => self.gathered.push(' '),
            _ => {}
        }
    }

    fn end(&mut self) {
        let paragraph = self.state.paragraph;
        self.in_table &= paragraph.in_table;
        let listed = std::mem::take(&mut self.listed);
        if self.flow.is_blank() {
            return self.flow.end(Style::Body);
        }
        self.paragraphs += 1;
        self.right_to_left += usize::from(paragraph.right_to_left);
        let role = match self.role(paragraph) {
            Role::Title | Role::Author | Role::Details if !self.is_whole => Role::Body,
            Role::Body if !listed && !paragraph.in_table && paragraph.is_inset() => Role::Quote,
            role => role,
        };
        self.front.end(&mut self.flow, role, listed);
    }

    fn role(&self, paragraph: Paragraph) -> Role {
        let sheet = self.styles.get(&paragraph.style);
        let by_name = sheet.and_then(|sheet| role_by_name(sheet.name.trim_end_matches(';')));
        let outline = paragraph.outline.or_else(|| sheet.and_then(|sheet| sheet.outline));
        let level = outline.and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 9);
        let by_level = level.map(|level| Role::Heading { level: level + 1, part: false });
        by_name.or(by_level).unwrap_or(Role::Body)
    }
}

/// How the address of a comment or note begins that lies beside the text.
pub(crate) const COMMENT: &str = "scrivcmt://";

#[cfg(test)]
mod tests;
