//! How long spelling takes: `cargo run -p foolscap-spelling --example time [TEXT [AFF DIC]]`. A text of 20,000 words, from the
//! file that is named or else a short one again and again, by the dictionary of those two files or else that of
//! English; times are printed.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use foolscap_spelling::{Checker, Dictionaries, Dictionary, OwnWords};

const WORDS: usize = 20_000;
const TEXT: &str = "It was a dark and stormy night; the rain fell in torrents, except at occassional intervals, when it \
    was checked by a violent gust of wind which swept up the well-known streets, for it is in Lundun that our \
    scene lies, rattling along the house-tops and fiercely agitating the scanty flame of the lamps.\n\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = arguments.first().map_or_else(|| Ok(TEXT.repeat(400)), std::fs::read_to_string)?;
    let text: String = text.split_inclusive(char::is_whitespace).take(WORDS).collect();
    let paragraph = text.split("\n\n").max_by_key(|paragraph| paragraph.len()).unwrap_or(&text);

    let (dictionary, load) = timed(|| match arguments.get(1..3) {
        Some([aff, dic]) => Dictionary::read(Path::new(aff), Path::new(dic), "und".parse()?),
        _ => Dictionaries::in_folders("", Vec::new()).find("en")?.load(),
    });
    let dictionary = Arc::new(dictionary?);
    let own = OwnWords::new(dictionary.language(), ["foolscap"], ["Ada Lovelace"]);
    let checker = Checker::new(dictionary, Arc::new(own));
    println!("load            {load:>12.3?}");
    let (_, once) = timed(|| checker.check(paragraph));
    println!("a paragraph     {once:>12.3?}  ({} words)", paragraph.split_whitespace().count());
    let (found, all) = timed(|| checker.check(&text));
    println!(
        "all             {all:>12.3?}  ({} words, {} misspelt)",
        text.split_whitespace().count(),
        found.len()
    );
    let mut unknown: Vec<&str> = found.iter().map(|word| &text[word.range.clone()]).collect();
    unknown.sort_unstable();
    unknown.dedup();
    let mut times: Vec<Duration> =
        unknown.iter().take(200).map(|word| timed(|| checker.suggest(word)).1).collect();
    times.sort();
    if let (Some(median), Some(longest)) = (times.get(times.len() / 2), times.last()) {
        println!("suggestions     {median:>12.3?}  at the median of {}, {longest:.3?} at most", times.len());
    }
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}
