//! Sizes and times as people say them.

use std::time::Duration;

/// Bytes, in thousands and not in 1,024s, as disks and the hub count them: `2.5 GB`.
pub fn bytes(n: u64) -> String {
    let n = n as f64;
    match n {
        1e9.. => format!("{:.1} GB", n / 1e9),
        1e6.. => format!("{:.0} MB", n / 1e6),
        1e3.. => format!("{:.0} kB", n / 1e3),
        _ => format!("{n} bytes"),
    }
}

/// Bytes in hexadecimal, as digests are written.
pub fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes.into_iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A time: `5 seconds`, `2 minutes`, `3 hours`.
pub fn time(time: Duration) -> String {
    match time.as_secs() {
        0..=1 => "a second".into(),
        s @ 2..=119 => format!("{s} seconds"),
        s @ 120..=7199 => format!("{} minutes", s.div_ceil(60)),
        s => format!("{} hours", s.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_told_in_few_words() {
        assert_eq!(
            [0, 999, 1000, 2_500_000, 2_497_281_120].map(bytes),
            ["0 bytes", "999 bytes", "1 kB", "2 MB", "2.5 GB"]
        );
        let times = [0, 2, 119, 120, 3600, 90_000].map(|s| time(Duration::from_secs(s)));
        assert_eq!(times, ["a second", "2 seconds", "119 seconds", "2 minutes", "60 minutes", "25 hours"]);
    }
}
