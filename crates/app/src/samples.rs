//! The beginnings of stories that come with Foolscap (`samples/`).

use crate::api::Sample;

const FILES: &[&str] = &[
    include_str!("../../../samples/the-brass-box.md"),
    include_str!("../../../samples/the-miller-of-the-dry-river.md"),
    include_str!("../../../samples/letter-from-the-third-floor.md"),
];

/// All samples.
pub fn samples() -> Vec<Sample> {
    FILES.iter().filter_map(|file| parse(file)).collect()
}

/// A heading, a blank line, the text.
fn parse(file: &str) -> Option<Sample> {
    let (title, text) = file.strip_prefix("# ")?.split_once('\n')?;
    Some(Sample { title: title.trim().to_owned(), text: text.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_has_a_title_and_a_text() {
        assert_eq!(samples().len(), FILES.len());
        assert!(
            samples().iter().all(|s| !s.title.is_empty() && s.text.len() > 200 && !s.text.starts_with('#'))
        );
    }
}
