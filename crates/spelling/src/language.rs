//! Names of languages: as BCP 47 has them (`de-AT`), and as files of dictionaries do (`de_AT_frami`). A
//! dictionary of the same language serves where there is none of the very region, the nearest first.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// A language, perhaps as it is written in one script or region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language {
    language: String,
    script: Option<String>,
    region: Option<String>,
    /// What else is said of it: `valencia`, `1901`, `frami`.
    variant: Option<String>,
}

impl Language {
    /// Its code without anything else: `de`.
    pub fn code(&self) -> &str {
        &self.language
    }

    /// What the files of its dictionary are called: `de_AT`.
    pub(crate) fn file_name(&self) -> String {
        self.to_string().replace('-', "_")
    }

    /// How well a dictionary of this language serves a text in `wanted`: none if not at all, less is better.
    pub(crate) fn distance(&self, wanted: &Self) -> Option<u32> {
        let scripts = (self.script.as_deref(), wanted.script.as_deref());
        if self.language != wanted.language || matches!(scripts, (Some(ours), Some(asked)) if ours != asked) {
            return None;
        }
        let region = match (self.region.as_deref(), wanted.region.as_deref()) {
            (ours, asked) if ours == asked => 0,
            (None, _) => 1,
            (Some(ours), asked) if ours.eq_ignore_ascii_case(nearest(&wanted.language, asked)) => 2,
            _ => 3,
        };
        let script = u32::from(scripts.0 != scripts.1);
        let variant = if self.variant == wanted.variant { 0 } else { 1 };
        Some(100 * script + 10 * region + variant)
    }
}

/// The region whose spelling is meant, or comes nearest, in whatever case.
fn nearest<'a>(language: &'a str, region: Option<&'a str>) -> &'a str {
    match (language, region) {
        ("en", None | Some("US" | "CA" | "PH" | "PR" | "LR" | "GU")) => "US",
        // English as it is written elsewhere goes back to British spelling.
        ("en", _) => "GB",
        ("pt", None | Some("BR")) => "BR",
        ("pt", _) => "PT",
        (language, _) => HOMES.iter().find(|(code, _)| *code == language).map_or(language, |(_, home)| home),
    }
}

/// Where a language is at home, if that is not called as it is.
const HOMES: &[(&str, &str)] = &[
    ("ar", "EG"),
    ("be", "BY"),
    ("bs", "BA"),
    ("ca", "ES"),
    ("cs", "CZ"),
    ("cy", "GB"),
    ("da", "DK"),
    ("el", "GR"),
    ("et", "EE"),
    ("eu", "ES"),
    ("fa", "IR"),
    ("ga", "IE"),
    ("gl", "ES"),
    ("he", "IL"),
    ("hi", "IN"),
    ("hy", "AM"),
    ("ka", "GE"),
    ("kk", "KZ"),
    ("ko", "KR"),
    ("nb", "NO"),
    ("nn", "NO"),
    ("sl", "SI"),
    ("sq", "AL"),
    ("sr", "RS"),
    ("sv", "SE"),
    ("uk", "UA"),
    ("vi", "VN"),
];

impl FromStr for Language {
    type Err = Error;

    fn from_str(tag: &str) -> Result<Self, Error> {
        parse(tag).ok_or_else(|| Error::NotALanguage { tag: tag.chars().take(60).collect() })
    }
}

fn parse(tag: &str) -> Option<Language> {
    // A locale's encoding (`de_DE.UTF-8`) says nothing of the language.
    let tag = tag.trim().split('.').next()?;
    let mut parts = tag.split(['-', '_', '@']);
    let letters = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_alphabetic());
    let language = parts.next().filter(|part| letters(part, 2) || letters(part, 3))?.to_ascii_lowercase();
    let mut parsed = Language { language, script: None, region: None, variant: None };
    for part in parts {
        let digits = part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        } else if letters(part, 4) && parsed.script.is_none() && parsed.region.is_none() {
            parsed.script = Some(title(part));
        } else if let (Some(script), None) = (old_script(part), &parsed.script) {
            parsed.script = Some(script.to_owned());
        } else if (letters(part, 2) || digits) && parsed.region.is_none() {
            parsed.region = Some(part.to_ascii_uppercase());
        } else if parsed.variant.is_none() {
            parsed.variant = Some(part.to_ascii_lowercase());
        }
    }
    // Codes that have been given up, and one that stands for two.
    let code = match parsed.language.as_str() {
        "iw" => "he",
        "in" => "id",
        "no" => "nb",
        "mo" => "ro",
        other => other,
    };
    parsed.language = code.to_owned();
    Some(parsed)
}

/// Scripts as locales call them (`sr@latin`).
fn old_script(part: &str) -> Option<&'static str> {
    match part.to_ascii_lowercase().as_str() {
        "latin" => Some("Latn"),
        "cyrillic" => Some("Cyrl"),
        _ => None,
    }
}

fn title(part: &str) -> String {
    let (first, rest) = part.split_at(1);
    first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.language)?;
        for part in [&self.script, &self.region, &self.variant].into_iter().flatten() {
            write!(f, "-{part}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: &str) -> Option<String> {
        tag.parse::<Language>().ok().map(|language| language.to_string())
    }

    #[test]
    fn languages_are_read_as_tags_locales_and_files_write_them() {
        for (given, tag) in [
            ("en", "en"),
            (" DE_at ", "de-AT"),
            ("de_DE_frami", "de-DE-frami"),
            ("de_DE.UTF-8", "de-DE"),
            ("sr@latin", "sr-Latn"),
            ("sr-latn-rs", "sr-Latn-RS"),
            ("ca-ES-valencia", "ca-ES-valencia"),
            ("es-419", "es-419"),
            ("iw_IL", "he-IL"),
            ("no", "nb"),
        ] {
            assert_eq!(read(given).as_deref(), Some(tag), "{given}");
        }
        for bad in ["", "e", "english", "hyph_de_DE", "12", "de/AT", "de--AT", "../en", "日本"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    fn order<'n>(wanted: &str, there: &[&'n str]) -> Vec<&'n str> {
        let wanted: Language = wanted.parse().unwrap();
        let distance = |name: &str| name.parse::<Language>().unwrap().distance(&wanted);
        let mut ranked: Vec<_> = there.iter().filter_map(|name| Some((distance(name)?, *name))).collect();
        ranked.sort();
        ranked.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn the_nearest_dictionary_serves_first() {
        assert_eq!(order("de-AT", &["de_CH", "de_DE", "de_AT", "de"]), ["de_AT", "de", "de_DE", "de_CH"]);
        assert_eq!(order("en", &["en_GB", "en_US"])[0], "en_US");
        assert_eq!(order("en-AU", &["en_US", "en_GB"])[0], "en_GB");
        assert_eq!(order("pt-AO", &["pt_BR", "pt_PT"])[0], "pt_PT");
        assert_eq!(order("de", &["de_DE_frami", "de_DE"])[0], "de_DE");
        assert_eq!(order("sv", &["sv_FI", "sv_SE"])[0], "sv_SE");
        assert_eq!(order("sr-Latn", &["sr_Cyrl_RS", "sr", "sr_Latn_RS"]), ["sr_Latn_RS", "sr"]);
        assert_eq!(order("fr", &["en_US"]), [""; 0]);
    }
}
