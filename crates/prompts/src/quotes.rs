//! How people in a text begin to speak, so that a model that only carries texts on can be led into dialogue with the signs
//! that the text already has.

/// The sign with which speech begins in a text: the one that is most frequent in it, `“` where there is none.
pub(crate) fn opening(text: &str) -> &'static str {
    let count = |sign: char| text.matches(sign).count();
    // »So« and « so »: the one that comes first opens.
    let guillemet = match text.find(['«', '»']) {
        Some(at) if text[at..].starts_with('»') => ("»", count('»')),
        _ => ("« ", count('«')),
    };
    let tight =
        text.find('«').is_some_and(|at| text[at..].chars().nth(1).is_some_and(|c| !c.is_whitespace()));
    let guillemet = if guillemet.0 == "« " && tight { ("«", guillemet.1) } else { guillemet };
    let dashes = text.split('\n').filter(|line| line.starts_with(['—', '–'])).count();
    let dash = if text.split('\n').any(|line| line.starts_with('–')) { "– " } else { "— " };
    let low = count('„');
    let signs = [
        // German speech opens low and closes with the sign that opens it in English.
        ("“", count('“').saturating_sub(low)),
        ("„", low),
        ("\"", count('"') / 2),
        ("‘", count('‘')),
        guillemet,
        ("「", count('「')),
        (dash, dashes),
    ];
    let most = signs.iter().rev().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| *count > 0).map_or("“", |(sign, _)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_begins_as_it_did_before() {
        for (text, expected) in [
            ("He ran.", "“"),
            ("“Go,” she said. “Now.”", "“"),
            ("\"Go,\" she said. It's “odd”. \"Now.\"", "\""),
            ("‘Go,’ she said. ‘Now.’", "‘"),
            ("„Geh“, sagte sie.", "„"),
            ("»Geh«, sagte sie.", "»"),
            ("« Va », dit-elle.", "« "),
            ("«Vai», disse.", "«"),
            ("「行って」と言った。", "「"),
            ("— Vete —dijo.\n\n— No.", "— "),
        ] {
            assert_eq!(opening(text), expected, "{text}");
        }
    }
}
