//! As much of CSS as tells italics, bold and hidden from the rest: rules whose selector is an element, a class or both.
//! Where a rule would need more to be understood it is passed over.

use std::collections::HashMap;

/// Rules of style sheets.
#[derive(Debug, Default)]
pub(crate) struct Css {
    /// By element (may be empty) and class (may be empty).
    rules: HashMap<(String, String), Decorations>,
}

/// What a style says; None where it says nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decorations {
    pub italic: Option<bool>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
}

impl Css {
    /// Adds the rules of a style sheet.
    pub fn add(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        for rule in sheet.split('}') {
            // Inside @media the selector follows the last brace but one.
            let Some((before, declarations)) = rule.rsplit_once('{') else { continue };
            let selectors = before.rsplit(['{', ';']).next().unwrap_or_default();
            let style = Decorations::of(declarations);
            if style == Decorations::default() {
                continue;
            }
            for selector in selectors.split(',') {
                if let Some(key) = key(selector.trim()) {
                    self.rules.entry(key).or_default().apply(style);
                }
            }
        }
    }

    /// What the rules say of an element with these classes.
    pub fn of(&self, name: &str, classes: &str) -> Decorations {
        let mut style = Decorations::default();
        let mut apply = |name: &str, class: &str| {
            if let Some(rule) = self.rules.get(&(name.to_owned(), class.to_owned())) {
                style.apply(*rule);
            }
        };
        if self.rules.is_empty() {
            return Decorations::default();
        }
        apply(name, "");
        for class in classes.split_whitespace() {
            apply("", class);
            apply(name, class);
        }
        style
    }
}

impl Decorations {
    /// What declarations say, as in a `style` attribute.
    pub fn of(declarations: &str) -> Self {
        let mut style = Self::default();
        for declaration in declarations.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
            match property.trim().to_ascii_lowercase().as_str() {
                "font-style" => {
                    style.italic = Some(value.starts_with("italic") || value.starts_with("oblique"))
                }
                "font-weight" => {
                    let heavy = value.parse::<u32>().is_ok_and(|weight| weight >= 600);
                    style.bold = Some(heavy || value.starts_with("bold"));
                }
                "display" if value == "none" => style.hidden = Some(true),
                _ => {}
            }
        }
        style
    }

    /// What is said later holds.
    pub fn apply(&mut self, later: Self) {
        self.italic = later.italic.or(self.italic);
        self.bold = later.bold.or(self.bold);
        self.hidden = later.hidden.or(self.hidden);
    }
}

fn key(selector: &str) -> Option<(String, String)> {
    let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let (name, class) = selector.split_once('.').unwrap_or((selector, ""));
    (!selector.is_empty() && plain(name) && plain(class)).then(|| (name.to_owned(), class.to_owned()))
}

fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rules_for_elements_and_classes_are_understood_and_others_passed_over() {
        let mut css = Css::default();
        css.add("@charset 'utf-8'; /* .x{} */ i.a, .b { color: red; font-style: italic } @media print { em { font-style:normal } }");
        css.add("p > .c { font-weight: bold } .d { font-weight: 700 !important }");
        assert_eq!(css.of("i", "a").italic, Some(true));
        assert_eq!(css.of("b", "a").italic, None);
        assert_eq!(css.of("b", "z b").italic, Some(true));
        assert_eq!(css.of("em", "").italic, Some(false));
        assert_eq!((css.of("p", "c").bold, css.of("p", "d").bold), (None, Some(true)));
    }

    proptest! {
        #[test]
        fn any_style_sheet_is_read(sheet in "[{}.:;,/*@a-c -]{0,60}") {
            Css::default().add(&sheet);
        }
    }
}
