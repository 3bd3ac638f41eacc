//! HTML: one page that needs nothing beside it. Its blocks are those of an EPUB's chapters, too.

use crate::book::Book;
use crate::export::Options;
use crate::export::outline::{Depths, Item, Run, filled, outline, runs};
use crate::export::zipped::{GENERATOR, escape};

/// How a book looks, on a screen or a reader's device. Indents and not gaps part paragraphs, as in print.
pub(crate) const STYLE: &str = "\
body { line-height: 1.5; margin: 0 5%; }
h1, h2, h3, h4, h5, h6 { font-weight: normal; line-height: 1.2; margin: 2em 0 1em; text-align: center; }
p { margin: 0; text-indent: 1.3em; }
h1 + p, h2 + p, h3 + p, h4 + p, h5 + p, h6 + p, hr + p, blockquote + p, p:first-child { text-indent: 0; }
blockquote { margin: 1em 2em; }
hr { border: 0; margin: 1.2em 0; text-align: center; }
hr::before { content: \"* * *\"; }
.titlepage { margin: 20% 0; text-align: center; }
.titlepage p { text-indent: 0; }
.title { font-size: 2em; }
.author { margin-top: 1em; }
";

/// The whole page.
pub(crate) fn write(book: &Book, options: &Options) -> String {
    let language = book.language.as_ref().map(|tag| format!(" lang=\"{}\"", escape(tag))).unwrap_or_default();
    let author = book.author.as_ref();
    let meta = author
        .map(|name| format!("<meta name=\"author\" content=\"{}\">\n", escape(name)))
        .unwrap_or_default();
    let mut body = String::new();
    if !book.title.is_empty() {
        body.push_str(&format!("<header class=\"titlepage\">\n{}</header>\n", title_page(book)));
    }
    let depths = Depths::of(book);
    for item in outline(book, options) {
        write_item(&item, depths, &mut body);
    }
    format!(
        "<!DOCTYPE html>\n<html{language} dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"{GENERATOR}\">\n<title>{}</title>\n{meta}\
         <style>\nbody {{ margin: 2em auto; max-width: 36em; padding: 0 1em; }}\n{}</style>\n</head>\n<body>\n{body}\
         </body>\n</html>\n",
        book.direction.tag(),
        escape(&book.title),
        STYLE.split_once('\n').map_or(STYLE, |(_, rest)| rest),
    )
}

/// Title and author as paragraphs: they are no headings of the text.
pub(crate) fn title_page(book: &Book) -> String {
    let mut page = format!("<p class=\"title\">{}</p>\n", escape(&book.title));
    if let Some(author) = &book.author {
        page.push_str(&format!("<p class=\"author\">{}</p>\n", escape(author)));
    }
    page
}

/// One heading, break or block.
pub(crate) fn write_item(item: &Item<'_>, depths: Depths, body: &mut String) {
    let heading = |depth: u8, class: &str, title: &str| {
        format!("<h{depth} class=\"{class}\">{}</h{depth}>\n", escape(title))
    };
    match item {
        Item::Part(title) => body.push_str(&heading(1, "part", title)),
        Item::Chapter(Some(title)) => body.push_str(&heading(depths.chapter, "chapter", title)),
        Item::Chapter(None) => {}
        Item::Scene(title) => body.push_str(&heading(depths.scene(), "scene", title)),
        Item::Break => body.push_str("<hr/>\n"),
        Item::Heading(level, content) => {
            let depth = depths.heading(*level);
            body.push_str(&format!("<h{depth}>{}</h{depth}>\n", inline(&runs(content))));
        }
        Item::Paragraph(paragraph) => {
            body.push_str(&format!("<p>{}</p>\n", inline(&runs(&paragraph.content))))
        }
        Item::Quote(paragraphs) => {
            body.push_str("<blockquote>\n");
            for paragraph in filled(paragraphs) {
                body.push_str(&format!("<p>{}</p>\n", inline(&runs(&paragraph.content))));
            }
            body.push_str("</blockquote>\n");
        }
    }
}

fn inline(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        let Run::Text { text: words, em, strong } = run else {
            text.push_str("<br/>");
            continue;
        };
        let tags = [(*em, "em"), (*strong, "strong")];
        let set = || tags.iter().filter(|(on, _)| *on).map(|(_, tag)| tag);
        set().for_each(|tag| text.push_str(&format!("<{tag}>")));
        text.push_str(&escape(words));
        set().rev().for_each(|tag| text.push_str(&format!("</{tag}>")));
    }
    text
}
