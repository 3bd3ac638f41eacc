//! EPUB 2 and 3: the package file names the pages in reading order, each a page of XHTML. A page without a heading gets
//! the name that the table of contents has for it.

use std::collections::HashMap;
use std::path::Path;

use crate::archive::{Archive, resolve};
use crate::book::Direction;
use crate::error::Error;
use crate::import::Parsed;
use crate::import::css::Css;
use crate::import::flow::{Flow, Look, Piece, Style};
use crate::import::html::{Meta, Page};
use crate::import::split::{Hints, own};
use crate::left_out::What;
use crate::markup::{self, Attributes, Fields, Handler};
use crate::tag_soup::read_html;

/// Reads a book.
pub(crate) fn read(path: &Path) -> Result<Parsed, Error> {
    let mut archive = Archive::open(path, "EPUB")?;
    refuse_protected(path, &mut archive)?;
    let mut container = Container::default();
    xml(&mut archive, "META-INF/container.xml", &mut container)?;
    let package_name = container.0.ok_or_else(|| archive.damaged("its container names no package".into()))?;
    let package_name = resolve("", &package_name);
    let mut fields = Fields::default();
    xml(&mut archive, &package_name, &mut fields)?;
    let mut package = Package::default();
    xml(&mut archive, &package_name, &mut package)?;

    let css = style_sheets(&mut archive, &package_name, &package)?;
    let names = contents(&mut archive, &package_name, &package)?;
    let mut flow = Flow::default();
    let meta = Meta { title: fields.get("title"), author: fields.all("creator") };
    for id in &package.spine {
        let Some(item) = package.items.get(id) else { continue };
        let name = resolve(&package_name, &item.href);
        if item.properties.split_whitespace().any(|property| property == "nav") {
            flow.leave_out(What::Contents);
            continue;
        }
        if !matches!(item.media_type.as_str(), "application/xhtml+xml" | "text/html" | "") {
            flow.leave_out(What::Picture);
            continue;
        }
        let Some(bytes) = archive.find(&name)? else {
            return Err(archive.damaged(format!("{name}, which is in its reading order, is missing")));
        };
        page(&bytes, names.get(&name), &css, &meta, &mut flow);
    }
    flow.settle_levels();
    let direction = (package.direction.as_deref() == Some("rtl")).then_some(Direction::RightToLeft);
    let extra =
        ["publisher", "subject", "description", "date", "rights", "contributor", "source", "relation"];
    for name in extra.iter().filter(|name| fields.get(name).is_some()) {
        flow.left_out.named(What::Metadata, name);
    }
    Ok(Parsed {
        author: meta.author,
        language: fields.get("language"),
        direction,
        hints: Hints { title: meta.title, parts: own(package.generator.as_deref()) },
        flow,
        ..Parsed::default()
    })
}

/// Writes one page of the reading order.
fn page(bytes: &[u8], name: Option<&String>, css: &Css, meta: &Meta, flow: &mut Flow) {
    let start = flow.mark();
    // Well-formed first: a browser's reading of HTML takes an empty <title/> for the beginning of one.
    let mut heads = flow.left_out.clone();
    if markup::read_xml(bytes, &mut Page::new(flow, css, meta)).is_err() {
        flow.rewind(start);
        drop(flow.take_line());
        heads.add(What::Markup);
        flow.left_out = heads;
        let text = crate::text::decode(bytes, &mut flow.left_out);
        read_html(&text, &mut Page::new(flow, css, meta));
    }
    flow.mark();
    let begins_with_heading = matches!(flow.since(start).first(), Some(Piece::Heading(_)));
    let has_heading = flow.since(start).iter().any(|piece| matches!(piece, Piece::Heading(_)));
    if let Some(name) = name.filter(|_| !begins_with_heading && !has_heading && !flow.since(start).is_empty())
    {
        let pages = flow.cut(start);
        flow.text(name, Look::default());
        flow.end(Style::Heading { level: 0, part: false });
        // The name often stands on the page as a plain paragraph.
        let again = pages.first().is_some_and(|piece| crate::import::split::same_words(&piece.text(), name));
        flow.paste(pages.into_iter().skip(usize::from(again)));
    }
}

fn xml(archive: &mut Archive, name: &str, handler: &mut impl Handler) -> Result<(), Error> {
    let bytes = archive.read(name)?;
    markup::read_xml(&bytes, handler).map_err(|problem| archive.damaged(format!("{name}: {problem}")))
}

/// Fonts may be encrypted, which hurts nobody; pages that are cannot be read.
fn refuse_protected(path: &Path, archive: &mut Archive) -> Result<(), Error> {
    let Some(bytes) = archive.find("META-INF/encryption.xml")? else { return Ok(()) };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let encrypted = text.split("URI=").skip(1).filter_map(|rest| rest.get(1..)?.split(['"', '\'']).next());
    let is_page = |name: &str| [".xhtml", ".html", ".htm", ".xml"].iter().any(|end| name.ends_with(end));
    if encrypted.into_iter().any(is_page) {
        let way_out = "import the manuscript it was made from, or a copy without protection";
        return Err(Error::Protected {
            path: path.to_owned(),
            by: "its seller's rights management (DRM)",
            way_out,
        });
    }
    Ok(())
}

fn style_sheets(archive: &mut Archive, package_name: &str, package: &Package) -> Result<Css, Error> {
    let mut css = Css::default();
    let mut names: Vec<&String> =
        package.items.values().filter(|item| item.media_type == "text/css").map(|item| &item.href).collect();
    names.sort();
    for name in names {
        if let Some(bytes) = archive.find(&resolve(package_name, name))? {
            css.add(&String::from_utf8_lossy(&bytes));
        }
    }
    Ok(css)
}

/// What the table of contents calls each page.
fn contents(
    archive: &mut Archive,
    package_name: &str,
    package: &Package,
) -> Result<HashMap<String, String>, Error> {
    let nav = package.items.values().find(|item| item.properties.split_whitespace().any(|p| p == "nav"));
    let ncx = package.items.values().find(|item| item.media_type == "application/x-dtbncx+xml");
    let Some(item) = nav.or(ncx) else { return Ok(HashMap::new()) };
    let name = resolve(package_name, &item.href);
    let mut contents = Contents { name: name.clone(), ..Contents::default() };
    // A damaged table of contents costs names, not words.
    if let Some(bytes) = archive.find(&name)? {
        let _ = markup::read_xml(&bytes, &mut contents);
    }
    Ok(contents.names)
}

#[derive(Debug, Default)]
struct Container(Option<String>);

impl Handler for Container {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        if name == "rootfile" && self.0.is_none() {
            self.0 = attributes.get("full-path").map(str::to_owned);
        }
    }
    fn text(&mut self, _: &str) {}
    fn close(&mut self, _: &str) {}
}

#[derive(Debug, Default)]
struct Package {
    items: HashMap<String, Item>,
    spine: Vec<String>,
    direction: Option<String>,
    generator: Option<String>,
}

#[derive(Debug, Default)]
struct Item {
    href: String,
    media_type: String,
    properties: String,
}

impl Handler for Package {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        let text = |name: &str| attributes.exact(name).unwrap_or_default().to_owned();
        match name {
            "item" => {
                let item = Item {
                    href: text("href"),
                    media_type: text("media-type"),
                    properties: text("properties"),
                };
                self.items.insert(text("id"), item);
            }
            "meta" if attributes.exact("name") == Some("generator") => self.generator = Some(text("content")),
            "itemref" => self.spine.push(text("idref")),
            "spine" => self.direction = attributes.exact("page-progression-direction").map(str::to_owned),
            _ => {}
        }
    }
    fn text(&mut self, _: &str) {}
    fn close(&mut self, _: &str) {}
}

/// Reads the navigation of EPUB 3 and of EPUB 2 alike: names and the pages they lead to.
#[derive(Debug, Default)]
struct Contents {
    /// The entry it lies in.
    name: String,
    /// By page; the first name of a page holds.
    names: HashMap<String, String>,
    target: Option<String>,
    text: String,
    /// Other lists (of pages, of landmarks) name places and not chapters.
    other_list: bool,
}

impl Contents {
    fn take(&mut self) {
        let name = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(target) = self.target.take().filter(|_| !name.is_empty() && !self.other_list) {
            self.names.entry(target).or_insert(name);
        }
        self.text.clear();
    }
}

impl Handler for Contents {
    fn open(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "nav" => self.other_list = attributes.exact("epub:type").is_some_and(|kind| kind != "toc"),
            "a" => {
                self.target = attributes.get("href").map(|href| resolve(&self.name, href));
                self.text.clear();
            }
            "navPoint" => self.text.clear(),
            "content" => {
                self.target = attributes.get("src").map(|href| resolve(&self.name, href));
                self.take();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn close(&mut self, name: &str) {
        if name == "a" {
            self.take();
        }
    }
}
