//! HTML, whatever state it is in, as the stream that readers of markup take. Its tokens are read by the rules of browsers;
//! which element ends where is decided by few rules of ours instead of a browser's many, because a browser's let a small
//! file grow into a tree without bound.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::limits;
use crate::markup::{Attributes, Handler, local};

/// Reads HTML: whatever it is, something comes of it.
pub(crate) fn read_html(text: &str, handler: &mut impl Handler) {
    let sink = Sink(RefCell::new(Soup { handler, open: Vec::new() }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    // It pauses after each script, which nobody runs here.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
}

/// Elements that hold nothing.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that may stand in a head.
const OF_HEAD: [&str; 8] = ["base", "link", "meta", "noscript", "script", "style", "template", "title"];

/// Elements that no paragraph can hold.
const BLOCKS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "details",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

struct Sink<'a, H: Handler>(RefCell<Soup<'a, H>>);

struct Soup<'a, H: Handler> {
    handler: &'a mut H,
    /// The elements that are open, from outside to inside.
    open: Vec<String>,
}

impl<H: Handler> TokenSink for Sink<'_, H> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut soup = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return soup.start(&tag),
            Token::TagToken(tag) => soup.end(local(&tag.name)),
            Token::CharacterTokens(text) => soup.text(&text),
            Token::EOFToken => soup.close_to(0),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl<H: Handler> Soup<'_, H> {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = local(&tag.name);
        if !OF_HEAD.contains(&name) {
            self.close("head", &[]);
        }
        if BLOCKS.contains(&name) {
            self.close("p", &["td", "th", "caption", "object", "svg"]);
        }
        match name {
            "li" => self.close("li", &["ul", "ol"]),
            "dt" | "dd" => {
                self.close("dt", &["dl"]);
                self.close("dd", &["dl"]);
            }
            "tr" => self.close("tr", &["table"]),
            "td" | "th" => {
                self.close("td", &["tr", "table"]);
                self.close("th", &["tr", "table"]);
            }
            _ => {}
        }
        let attributes = tag.attrs.iter().map(|attribute| {
            let prefix =
                attribute.name.prefix.as_ref().map(|prefix| format!("{prefix}:")).unwrap_or_default();
            (format!("{prefix}{}", attribute.name.local), attribute.value.to_string())
        });
        let attributes = Attributes::new(attributes.collect());
        // A slash means something to those who write XML, and this may be theirs.
        if tag.self_closing || VOID.contains(&name) {
            self.handler.open(name, &attributes);
            self.handler.close(name);
        } else if self.open.len() < limits::DEPTH {
            self.handler.open(name, &attributes);
            self.open.push(name.to_owned());
            match name {
                "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                "style" | "iframe" | "noembed" | "noframes" | "xmp" => {
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
                "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                _ => {}
            }
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        match name {
            "br" => {
                self.handler.open(name, &Attributes::default());
                self.handler.close(name);
            }
            // What is inside a cell stays there.
            "td" | "th" | "tr" | "table" | "html" | "body" => self.close(name, &[]),
            _ => self.close(name, &["td", "th"]),
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|open| open == "head") && !text.trim().is_empty() {
            self.close("head", &[]);
        }
        self.handler.text(text);
    }

    /// Closes the innermost element of this name with all in it, unless one of the walls stands before it.
    fn close(&mut self, name: &str, walls: &[&str]) {
        let found = self.open.iter().rposition(|open| open == name || walls.contains(&open.as_str()));
        if let Some(at) = found.filter(|at| self.open[*at] == name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                self.handler.close(&name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Default)]
    struct Heard {
        text: String,
        deepest: usize,
        depth: usize,
    }

    impl Handler for Heard {
        fn open(&mut self, name: &str, _: &Attributes) {
            self.text.push_str(&format!("<{name}>"));
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
        fn text(&mut self, text: &str) {
            self.text.push_str(text);
        }
        fn close(&mut self, name: &str) {
            self.text.push_str(&format!("</{name}>"));
            self.depth -= 1;
        }
    }

    fn heard(html: &str) -> Heard {
        let mut heard = Heard::default();
        read_html(html, &mut heard);
        heard
    }

    #[test]
    fn what_was_left_open_is_closed_where_a_reader_would() {
        assert_eq!(heard("<p>a<p>b<h1>c").text, "<p>a</p><p>b</p><h1>c</h1>");
        assert_eq!(heard("<ul><li>a<li>b</ul>c").text, "<ul><li>a</li><li>b</li></ul>c");
        assert_eq!(heard("<head><title>a</title>b").text, "<head><title>a</title></head>b");
        assert_eq!(heard("<tr><td><b>a<td>b</b>").text, "<tr><td><b>a</b></td><td>b</td></tr>");
        assert_eq!(heard("a</i></p> &amp; <br>b<title/>c").text, "a & <br></br>b<title></title>c");
    }

    #[test]
    fn scripts_and_styles_are_no_markup() {
        assert_eq!(heard("<script>if (a<b) '<p>'</script>c").text, "<script>if (a<b) '<p>'</script>c");
        assert_eq!(heard("<style>p>a{}</style>c").text, "<style>p>a{}</style>c");
    }

    #[test]
    fn neither_depth_nor_open_marks_let_a_file_grow() {
        let deep = heard(&format!("{}words", "<div><i>".repeat(100_000)));
        assert!(deep.text.contains("words") && deep.deepest <= limits::DEPTH + 1);
        let marks: String = (0..2_000).map(|i| format!("<b id={i}>")).collect();
        let many = heard(&format!("{marks}{}", "<p>x".repeat(20_000)));
        assert!(many.text.len() < 400_000, "{}", many.text.len());
    }

    proptest! {
        #[test]
        fn every_element_that_opens_closes(html in "(<(p|b|i|li|td|table|div|script|svg|br)/?>|</(p|b|li|td|table|div|br|script)>|[a-z&<]{1,4}){0,30}") {
            prop_assert_eq!(heard(&html).depth, 0);
        }
    }
}
