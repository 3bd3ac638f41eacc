//! Pages as plain text and back, by the rules of the editor's own `text.ts`.

use super::{Block, BlockKind, Document, Inline, Level, Marks, Paragraph};

const BETWEEN: &str = "\n\n";
const BREAK: &str = "***";
const QUOTE: &str = "> ";

pub(super) fn write(document: &Document) -> String {
    let mut textblocks = document.textblocks().peekable();
    let mut parts = Vec::new();
    for (i, block) in document.blocks.iter().enumerate() {
        if matches!(block, Block::SceneBreak) {
            parts.push(BREAK.to_owned());
        }
        while let Some(textblock) = textblocks.next_if(|textblock| textblock.block == i) {
            let text = textblock.text();
            match textblock.kind {
                BlockKind::Paragraph => parts.push(text),
                BlockKind::Heading(level) => {
                    parts.push(format!("{} {text}", "#".repeat(usize::from(level.number()))));
                }
                BlockKind::Quote => {
                    let lines: Vec<String> = text.split('\n').map(|line| format!("{QUOTE}{line}")).collect();
                    parts.push(lines.join("\n"));
                }
                BlockKind::Note => {}
            }
        }
    }
    parts.join(BETWEEN)
}

pub(super) fn read(text: &str) -> Document {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut blocks = Vec::new();
    let mut quoted = Vec::new();
    for part in text.split(BETWEEN) {
        if let Some(inner) = unquoted(part) {
            quoted.push(Paragraph::plain(&inner));
            continue;
        }
        close(&mut quoted, &mut blocks);
        blocks.push(if part == BREAK {
            Block::SceneBreak
        } else if let Some((level, words)) = heading(part) {
            Block::Heading { level, content: Inline::lines(words, &Marks::default()) }
        } else {
            Block::Paragraph(Paragraph::plain(part))
        });
    }
    close(&mut quoted, &mut blocks);
    Document { blocks }
}

fn close(quoted: &mut Vec<Paragraph>, blocks: &mut Vec<Block>) {
    if !quoted.is_empty() {
        blocks.push(Block::Blockquote(std::mem::take(quoted)));
    }
}

/// The part without its signs, if each of its lines is a quotation's.
fn unquoted(part: &str) -> Option<String> {
    let lines: Option<Vec<&str>> = part.split('\n').map(|line| line.strip_prefix(QUOTE)).collect();
    Some(lines?.join("\n"))
}

fn heading(part: &str) -> Option<(Level, &str)> {
    let (signs, words) = part.split_once(' ')?;
    let is_heading = signs.chars().all(|c| c == '#') && !words.contains('\n');
    let level = Level::new(u8::try_from(signs.len()).ok()?)?;
    is_heading.then_some((level, words))
}
