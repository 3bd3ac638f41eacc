//! What styled paragraphs of a word processor make of a text: one in the style of a title names the whole, one in that of
//! a heading begins a chapter. Formats whose paragraphs have styles agree on it here.

use crate::import::docx_styles::Role;
use crate::import::flow::{Flow, Style};
use crate::left_out::What;

/// What was read of title and author, and whether headings began.
#[derive(Debug, Default)]
pub(crate) struct Front {
    pub title: Option<String>,
    pub author: Option<String>,
    has_heading: bool,
    has_title: bool,
}

impl Front {
    /// Ends a paragraph of this role; `listed`: it is an item of a list.
    pub fn end(&mut self, flow: &mut Flow, role: Role, listed: bool) {
        match role {
            Role::Heading { level, part } => {
                self.has_heading = true;
                flow.end(Style::Heading { level, part });
            }
            // Some set every chapter's heading in the style meant for the book's.
            Role::Title if self.has_title || self.has_heading => {
                self.has_heading = true;
                flow.end(Style::Heading { level: 1, part: false });
            }
            Role::Title => {
                self.has_title = true;
                self.title = flow.take_line().or(self.title.take());
            }
            Role::Author => {
                self.author = flow.take_line().map(|name| name.trim_start_matches("by ").to_owned());
            }
            Role::Details | Role::Contents => {
                let contents = role == Role::Contents;
                flow.leave_out(if contents { What::Contents } else { What::TitlePage });
                drop(flow.take_line());
            }
            Role::Quote => flow.end(Style::Quote),
            Role::Body => {
                if listed {
                    flow.leave_out(What::List);
                }
                flow.end(Style::Body);
            }
        }
    }
}
