//! How the page looks and behaves while one writes on it: a matter of eyes and habit, so all of it can be set.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How the page looks and behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct PageSettings {
    pub typeface: Typeface,
    /// Size of the letters, in percent of the usual one.
    pub text_size: u32,
    /// From one line to the next, in percent of the letters' size.
    pub line_height: u32,
    /// About how many characters a line has.
    pub measure: u32,
    pub focus: Focus,
    /// The line in hand stays at the same height.
    pub typewriter: bool,
    /// Quotation marks, dashes and dots become those of the text's language where they are typed.
    pub typography: bool,
}

impl Default for PageSettings {
    fn default() -> Self {
        Self {
            typeface: Typeface::Literata,
            text_size: 100,
            line_height: 166,
            measure: 66,
            focus: Focus::Off,
            typewriter: false,
            typography: true,
        }
    }
}

/// What the text is set in: one of the faces that come with Foolscap, or one of the system's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Typeface {
    #[default]
    Literata,
    Inter,
    Serif,
    Sans,
    Mono,
}

/// What stays clear while the rest of the text stands back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Focus {
    #[default]
    Off,
    Paragraph,
    Sentence,
}
