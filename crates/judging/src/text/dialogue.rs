//! What is spoken in a text: what stands in quotation marks of any language or, where a paragraph begins with a dash, after
//! every other dash. A quotation that is not closed ends with its paragraph, as speech over several paragraphs is written.

mod single;

use std::ops::Range;

use super::paragraphs;

/// Where somebody speaks, in bytes, without the marks. Linear in the text.
pub(crate) fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for paragraph in paragraphs(text) {
        let inner = &text[paragraph.clone()];
        let found =
            if inner.trim_start().starts_with(['—', '–', '―']) { dashed(inner) } else { quoted(inner) };
        spans.extend(found.into_iter().map(|span| paragraph.start + span.start..paragraph.start + span.end));
    }
    spans
}

/// Whether a byte lies in one of some spans, which are in order.
pub(crate) fn within(spans: &[Range<usize>], at: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= at);
    spans.get(next).is_some_and(|span| span.start <= at)
}

/// What may close a quotation that is opened by a sign; none for what opens none.
fn closing(opening: char) -> Option<&'static [char]> {
    Some(match opening {
        '“' | '‟' => &['”', '“'],
        '„' => &['“', '”'],
        // Swedish and Finnish open and close with the same sign.
        '”' => &['”'],
        '"' => &['"'],
        '«' => &['»'],
        '»' => &['«', '»'],
        '‚' => &['‘', '’'],
        '‹' => &['›'],
        '›' => &['‹', '›'],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    })
}

fn quoted(text: &str) -> Vec<Range<usize>> {
    let singles = single::Marks::of(text);
    let mut spans = Vec::new();
    let mut open: Option<(usize, &[char])> = None;
    let mut before = ' ';
    // What a single quotation takes is passed over.
    let mut next = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let after = signs.peek().map(|(_, c)| *c);
        match open {
            _ if at < next => {}
            Some((start, close)) if close.contains(&c) && (c != '’' || closes(before, after)) => {
                spans.push(start..at);
                open = None;
            }
            None if single::MARKS.contains(&c) => {
                if let Some(end) = singles.end(at) {
                    spans.push(at + c.len_utf8()..end);
                    // The mark at the end opens nothing.
                    next = end + 1;
                }
            }
            None => open = closing(c).map(|close| (at + c.len_utf8(), close)),
            _ => {}
        }
        before = c;
    }
    spans.extend(open.map(|(start, _)| start..text.len()));
    spans
}

/// Whether ’ closes a quotation and is no apostrophe, as in “dogs’ bones”.
fn closes(before: char, after: Option<char>) -> bool {
    let ends = after.is_none_or(|c| !c.is_alphanumeric());
    ends && (!before.is_alphanumeric() || after.is_none_or(|c| !c.is_whitespace() || c == '\n'))
}

fn dashed(text: &str) -> Vec<Range<usize>> {
    let dashes: Vec<(usize, &str)> = text.match_indices(['—', '–', '―']).collect();
    let ends = dashes.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    dashes.iter().zip(ends).step_by(2).map(|((at, dash), end)| at + dash.len()..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_found_in_the_marks_of_many_languages() {
        for (text, expected) in [
            ("He said, “Go.” She went. “Now?”", vec!["Go.", "Now?"]),
            ("„Geh“, sagte sie. „Jetzt.”", vec!["Geh", "Jetzt."]),
            ("»Geh«, sagte sie.", vec!["Geh"]),
            ("»Gå», sade hon.", vec!["Gå"]),
            ("« Va », dit-elle.", vec![" Va "]),
            ("\"Go,\" he said. It's late. \"Now.\"", vec!["Go,", "Now."]),
            ("‘I can’t,’ she said. The dogs’ bone.", vec!["I can’t,"]),
            ("‚Nein‘, sagte er.", vec!["Nein"]),
            ("「行って」と言った。", vec!["行って"]),
            ("— Vete —dijo—. Ya.", vec![" Vete ", ". Ya."]),
            ("“So it began\n\n“and ended.” He slept.", vec!["So it began\n", "and ended."]),
            ("No speech – none at all.", vec![]),
        ] {
            let found: Vec<&str> = spans(text).into_iter().map(|span| &text[span]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn straight_single_quotes_are_read_as_typographic_ones_are() {
        for (straight, spoken) in [
            ("'I am tired,' she said.", vec!["I am tired,"]),
            ("'I don't know,' said Anna. 'It's Anna's.'", vec!["I don't know,", "It's Anna's."]),
            ("He said, 'Go.' She went. 'Now?'", vec!["Go.", "Now?"]),
            ("The boys' boat lay at Anna's. 'Whose?' he asked.", vec!["Whose?"]),
            ("'It's the boys' boat,' she said.", vec!["It's the boys' boat,"]),
            ("'But I—' he said. '—don't,' she said.", vec!["But I—", "—don't,"]),
            ("'He said \"no\" to me,' she said.", vec!["He said \"no\" to me,"]),
            ("'I told 'em to go,' he said, and 'twas done.", vec!["I told 'em to go,"]),
            ("''Tis late,' she said. 'Twas true.", vec!["'Tis late,"]),
            ("'I love rock 'n' roll,' he said.", vec!["I love rock 'n' roll,"]),
            ("'Yes' was all. He was goin' home.", vec!["Yes"]),
            ("(He said 'love', no more.)", vec!["love"]),
            ("'So it began\n\n'and ended.' He slept.", vec!["So it began\n", "and ended."]),
        ] {
            let found: Vec<&str> = spans(straight).into_iter().map(|span| &straight[span]).collect();
            assert_eq!(found, spoken, "{straight}");
            let curly = typographic(straight, &spoken);
            let found: Vec<String> =
                spans(&curly).into_iter().map(|span| curly[span].replace(['‘', '’'], "'")).collect();
            assert_eq!(found, spoken, "{curly}");
        }
    }

    /// With ‘ and ’ about what is spoken, and ’ for all apostrophes.
    fn typographic(text: &str, spoken: &[&str]) -> String {
        let mut text = text.to_owned();
        for speech in spoken {
            text = text.replacen(&format!("'{speech}"), &format!("‘{speech}"), 1);
        }
        text.replace('\'', "’")
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        for text in [
            "I don't know. It's Anna's, at five o'clock.",
            "'Tis the boys' boat, and 'twas hers in '68.",
            "He gave 'em the dogs' bone. The dogs' dish was goin' cold.",
            "Rock 'n' roll, an' nothin' else.",
            "“'Tis so,” he said.",
            "It was 6' tall, then 5' again.",
        ] {
            let found: Vec<&str> = spans(text).into_iter().map(|span| &text[span]).collect();
            let expected: Vec<&str> = if text.starts_with('“') { vec!["'Tis so,"] } else { vec![] };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_place_is_within_or_outside_speech() {
        let text = "He said “go” and went.";
        let spans = spans(text);
        assert!(within(&spans, text.find("go").unwrap()));
        assert!(!within(&spans, text.find("went").unwrap()) && !within(&[], 0));
    }
}
