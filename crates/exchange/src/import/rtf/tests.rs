use foolscap_manuscript::{Block, Inline};
use proptest::prelude::*;

use super::*;
use crate::import::flow::Piece;
use crate::left_out::LeftOut;

/// Paragraphs, `*` around what is slanted and `_` around what is strong; headings by `#`, quotations by `>`.
fn read_with(rtf: &[u8], notes: &[(&str, &str)]) -> (Vec<String>, Vec<LeftOut>) {
    let notes = notes.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
    let (pieces, left_out) = parse_part(rtf, &notes, Flow::default()).unwrap().flow.finish();
    let marked = |inlines: &[Inline]| -> String {
        let each = inlines.iter().map(|inline| {
            let (em, strong) = (inline.marks().em, inline.marks().strong);
            let (em, strong) = (if em { "*" } else { "" }, if strong { "_" } else { "" });
            format!("{em}{strong}{}{strong}{em}", inline.text())
        });
        each.collect()
    };
    let show = |piece: &Piece| match piece {
        Piece::Heading(heading) => {
            format!("{} {}", "#".repeat(heading.level.into()), marked(&heading.content))
        }
        Piece::Block(Block::Paragraph(paragraph)) => marked(&paragraph.content),
        Piece::Block(Block::SceneBreak) => "***".to_owned(),
        Piece::Block(Block::Blockquote(all)) => all
            .iter()
            .map(|paragraph| format!("> {}", marked(&paragraph.content)))
            .collect::<Vec<_>>()
            .join("\n"),
        Piece::Block(other) => format!("{other:?}"),
    };
    (pieces.iter().map(show).collect(), left_out.into_list())
}

fn shown(rtf: &str) -> Vec<String> {
    read_with(rtf.as_bytes(), &[]).0
}

fn left_out(rtf: &str) -> Vec<What> {
    read_with(rtf.as_bytes(), &[]).1.into_iter().map(|left_out| left_out.what).collect()
}

#[test]
fn what_textedit_and_scrivener_write_is_read() {
    let cocoa = "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2580\n\\cocoatextscaling0{\\fonttbl\\f0\\froman\\fcharset0 TimesNewRomanPSMT;\\f1\\fnil\\fcharset0 Palatino;}\n{\\colortbl;\\red255\\green255\\blue255;}\n{\\*\\expandedcolortbl;;}\n\\pard\\tx360\\fi360\\sl288\\pardirnatural\\partightenfactor0\n\n\\f0\\fs24 \\cf0 \\'93It was \\f1\\i very\\f0\\i0  late,\\'94 she said.\\\n\\\nCaf\\'e9 \\uc0\\u1078 \\u-10179 \\u-8672 .\\\n\\pard\\qc #\\\n\\pard\\b Bold\\b0 , {\\i\\b both}.}";
    assert_eq!(shown(cocoa), ["“It was *very* late,” she said.", "Café ж😠.", "***", "_Bold_, *_both_*."]);
    assert_eq!(left_out(cocoa), []);
}

#[test]
fn what_word_writes_is_read() {
    let word = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0\\fprq2{\\*\\panose 02020603}Times New Roman;}{\\f2\\fcharset204 Arial Cyr;}}{\\stylesheet{\\ql Normal;}{\\s1\\outlinelevel0 heading 1;}{\\*\\cs10 Default Paragraph Font;}{\\s15\\li720\\ri720 Quote;}{\\s16 Title;}}{\\*\\generator x;}{\\info{\\title The Gale}{\\author Ada Writer}{\\company No}}\\pard\\s16 The Gale\\par\\pard\\s1 One\\par\\pard\\plain She said \\ldblquote no\\rdblquote\\emdash then\\~left\\u8230\\'85\\line in the rain.\\par\\pard\\s15 A letter.\\par Twice.\\par\\pard{\\f2 \\'e6\\'e8}\\par}";
    let whole = parse(word.as_bytes(), Flow::default()).unwrap();
    assert_eq!(
        (whole.hints.title.as_deref(), whole.author.as_deref()),
        (Some("The Gale"), Some("Ada Writer"))
    );
    assert_eq!(
        shown(word),
        ["The Gale", "# One", "She said “no”—then\u{a0}left…\nin the rain.", "> A letter.\n> Twice.", "жи"]
    );
}

#[test]
fn code_pages_are_those_of_the_file_and_of_each_font() {
    assert_eq!(shown("{\\rtf1\\mac caf\\'8e \\'d2x\\'d3}"), ["café “x”"]);
    assert_eq!(shown("{\\rtf1\\ansi\\ansicpg1251 \\'e6}"), ["ж"]);
    assert_eq!(shown("{\\rtf1\\ansi\\ansicpg932 \\'83A\\'82\\'a0}"), ["アあ"]);
    assert_eq!(shown("{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset177 David;}}\\f0 \\'f9\\'ec}"), ["של"]);
    assert_eq!(shown("{\\rtf1\\ansi ж in UTF-8 “so”}"), ["ж in UTF-8 “so”"]);
    assert_eq!(read_with(b"{\\rtf1\\ansi caf\xe9}", &[]).0, ["café"]);
}

#[test]
fn letters_by_number_replace_what_old_readers_see() {
    assert_eq!(shown("{\\rtf1 {\\uc2 \\u233\\'e9\\'e9}\\u233?x \\uc0\\u8212x}"), ["ééx —x"]);
    assert_eq!(shown("{\\rtf1 a\\u8212\\par b}"), ["a—", "b"]);
    assert_eq!(shown("{\\rtf1 {\\upr{plain}{\\*\\ud{caf\\u233?}}}}"), ["café"]);
}

#[test]
fn what_a_page_cannot_hold_is_counted_and_its_words_kept_where_they_are_text() {
    let rtf = "{\\rtf1 {\\header Top}See{\\footnote \\chftn  A note\\par on two lines.} {\\field{\\*\\fldinst{HYPERLINK \"https://x.y\"}}{\\fldrslt{\\ul there}}}.{\\*\\annotation No}\\par\\trowd\\pard\\intbl a\\cell b\\cell\\row\\pard {\\listtext\\'95\\tab}item\\par{\\*\\shppict{\\pict\\pngblip 0001}}{\\nonshppict{\\pict 00}}{\\v secret}{\\deleted gone}{\\f1 \\'b7}end}";
    assert_eq!(shown(rtf), ["See[A note on two lines.] there.", "a", "b", "item", "·end"]);
    let what = left_out(rtf);
    for expected in [
        What::TitlePage,
        What::Footnote,
        What::Link,
        What::Formatting,
        What::Comment,
        What::Table,
        What::List,
        What::Picture,
        What::Hidden,
        What::Deletion,
    ] {
        assert_eq!(what.iter().filter(|what| **what == expected).count(), 1, "{expected:?}: {what:?}");
    }
}

#[test]
fn notes_beside_the_text_come_to_where_they_are_called() {
    let rtf = b"{\\rtf1 A {\\field{\\*\\fldinst{HYPERLINK \"scrivcmt://F1\"}}{\\fldrslt word}} and {\\field{\\*\\fldinst HYPERLINK \"scrivcmt://C1\"}{\\fldrslt one}}.}";
    let (text, left_out) = read_with(rtf, &[("scrivcmt://F1", "A note.")]);
    assert_eq!(text, ["A word[A note.] and one."]);
    let told: Vec<What> = left_out.into_iter().map(|left_out| left_out.what).collect();
    assert_eq!(told, [What::Footnote]);
}

#[test]
fn a_torn_file_gives_what_it_has_and_says_so() {
    assert_eq!(shown("{\\rtf1 one\\par tw"), ["one", "tw"]);
    assert_eq!(left_out("{\\rtf1 one\\par tw"), [What::Markup]);
    assert_eq!(shown("{\\rtf1 one}}} {\\rtf1 two}"), ["one"]);
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{{\\rtf1 {}", "{".repeat(1_000_000));
    assert!(parse(deep.as_bytes(), Flow::default()).is_err_and(|problem| problem.contains("deep")));
}

/// A word as RTF may write it.
fn written(word: &str, way: u8) -> String {
    let letter = |c: char| match (c, way % 3) {
        ('{' | '}' | '\\', _) => format!("\\{c}"),
        (c, _) if c.is_ascii() => c.to_string(),
        (c, 0) => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{}?", *unit as i16)).collect(),
        (c, 1) => {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{{\\uc0\\u{} }}", *unit as i16)).collect()
        }
        (c, _) => {
            let text = c.to_string();
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
            match lost {
                false => bytes.iter().map(|byte| format!("\\'{byte:02x}")).collect(),
                true => c
                    .encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("\\u{}\\'3f", *unit as i16))
                    .collect(),
            }
        }
    };
    word.chars().map(letter).collect()
}

proptest! {
    #[test]
    fn any_words_come_through_however_they_are_written(
        words in prop::collection::vec(("[a-z][a-z0-9{}\\\\éж—“”漢😀א]{0,7}", any::<u8>(), any::<bool>(), 0u8..4), 1..20)
    ) {
        let mut rtf = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl\\f0\\fcharset0 Times;}\\f0\n".to_owned();
        for (word, way, em, end) in &words {
            let word = written(word, *way);
            let word = if *em { format!("{{\\i {word}}}") } else { format!("\\i0 {word}") };
            rtf.push_str(&word);
            rtf.push_str([" ", "\\par\n", "\\\n", "\\line "][usize::from(*end)]);
        }
        rtf.push('}');
        let text = shown(&rtf).join(" ").replace('*', "");
        let got: Vec<&str> = text.split_whitespace().collect();
        let expected: Vec<&str> = words.iter().map(|(word, ..)| word.as_str()).collect();
        prop_assert_eq!(got, expected, "{}", rtf);
    }

    #[test]
    fn anything_like_rtf_is_read_or_refused(
        rtf in "\\{\\\\rtf1 ([{}]|\\\\(par|b|i0|u-?[0-9]{1,6}|'[0-9a-g]{2}|uc[0-9]|field|fldinst|footnote|upr|\\*|ud|pict|bin[0-9]{1,3}|fonttbl|f[0-9]|fcharset[0-9]{1,3}|s1|stylesheet|info|title|\\{|\\\\|cell|trowd|v|deleted) ?|[a-zé ;]{1,4}){0,40}"
    ) {
        let _ = parse(rtf.as_bytes(), Flow::default());
    }
}
