//! The zip that DOCX and EPUB are, and the escaping of XML inside it. The same book gives the same bytes: entries have no
//! time of their own.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::Error;

/// A zip that is being written.
pub(crate) struct Zipped {
    format: &'static str,
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Zipped {
    pub fn new(format: &'static str) -> Self {
        Self { format, zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// An entry that is not packed: the first of an EPUB, which tells what it is.
    pub fn stored(&mut self, name: &str, content: &str) -> Result<(), Error> {
        self.entry(name, content, CompressionMethod::Stored)
    }

    pub fn add(&mut self, name: &str, content: &str) -> Result<(), Error> {
        self.entry(name, content, CompressionMethod::Deflated)
    }

    pub fn finish(self) -> Result<Vec<u8>, Error> {
        let format = self.format;
        self.zip.finish().map(Cursor::into_inner).map_err(|problem| failed(format, &problem))
    }

    fn entry(&mut self, name: &str, content: &str, method: CompressionMethod) -> Result<(), Error> {
        let options = SimpleFileOptions::default().compression_method(method);
        self.zip.start_file(name, options).map_err(|problem| failed(self.format, &problem))?;
        self.zip.write_all(content.as_bytes()).map_err(|problem| failed(self.format, &problem))
    }
}

fn failed(format: &'static str, problem: &dyn std::fmt::Display) -> Error {
    Error::Format { format, problem: problem.to_string() }
}

/// What wrote a file: then it says itself which headings are parts, and nothing needs to be guessed.
pub(crate) const GENERATOR: &str = "Foolscap";

/// Text between tags or in a double-quoted attribute, without what XML may not hold.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if crate::text::is_text(c) => escaped.push(c),
            _ => {}
        }
    }
    escaped
}
