//! Which language a text is in, and what is known of languages by their BCP 47 tags.

use whatlang::Lang;

/// What is looked at of a text, in bytes: more makes it slower and no surer.
const ENOUGH: usize = 8_000;
/// Letters that a text must have to be told.
const LEAST: usize = 24;
/// The confidence from which on whatlang is believed. Its own bound, 0.9, refuses whole sentences that it has right; what it
/// had wrong, of short pieces in many languages, was below 0.4.
const SURE: f64 = 0.8;

/// The language subtag of a BCP 47 tag in lower case, with old codes made new: `pt` of `pt_BR`; none if it names no language.
pub(crate) fn primary(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?;
    let sound = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let code = sound.then(|| first.to_ascii_lowercase())?;
    Some(match code.as_str() {
        "iw" => "he".to_owned(),
        "in" => "id".to_owned(),
        // Both ways to write Norwegian are near enough to be taken for one.
        "no" | "nn" => "nb".to_owned(),
        "mo" => "ro".to_owned(),
        "fil" => "tl".to_owned(),
        _ => code,
    })
}

/// The code of the language that a text is surely in; none where it is short or not sure.
pub(crate) fn detected(text: &str) -> Option<&'static str> {
    likeliest(text).filter(|(_, confidence)| *confidence >= SURE).map(|(code, _)| code)
}

/// The code of the language that a text is likeliest in, and how sure that is, 0 to 1; none where it is short.
pub(crate) fn likeliest(text: &str) -> Option<(&'static str, f64)> {
    let end = (0..=text.len().min(ENOUGH)).rev().find(|end| text.is_char_boundary(*end))?;
    let text = text.get(..end)?;
    // A character of a script without an alphabet says as much as several letters.
    let letters: usize = text.chars().filter(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let info = whatlang::detect(text).filter(|_| letters >= LEAST)?;
    let (_, code) = CODES.iter().find(|(lang, _)| *lang == info.lang())?;
    Some((code, info.confidence()))
}

/// Whether a language can be detected at all.
pub(crate) fn detectable(code: &str) -> bool {
    CODES.iter().any(|(_, known)| *known == code)
}

/// The language of a text whose author may have named it.
pub(crate) fn of(tag: &str, text: &str) -> Option<String> {
    primary(tag).or_else(|| detected(text).map(str::to_owned))
}

/// Languages that write all nouns with a capital letter.
pub(crate) fn has_capital_nouns(code: &str) -> bool {
    matches!(code, "de" | "lb" | "nds")
}

const CODES: &[(Lang, &str)] = &[
    (Lang::Epo, "eo"),
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
    (Lang::Cym, "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_codes() {
        assert_eq!(detected("The rain fell in torrents, except at occasional intervals."), Some("en"));
        assert_eq!(detected("Es war dunkel, und niemand hatte die Lampe angezündet."), Some("de"));
        assert_eq!(detected("猫が庭で眠っている。雨が降り始めた。"), Some("ja"));
        assert_eq!((detected("Yes."), detected("")), (None, None));
        assert_eq!(primary("pt_BR").as_deref(), Some("pt"));
        assert_eq!(primary("nn-NO").as_deref(), Some("nb"));
        assert_eq!((primary(""), primary("english")), (None, None));
        assert!(detectable("sv") && !detectable("eu"));
    }
}
