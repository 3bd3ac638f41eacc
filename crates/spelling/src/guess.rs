//! Which language a text is in, among those that can be checked: for texts whose author has not said it.

use whatlang::{Detector, Lang};

use crate::Language;

/// What is looked at of a text, in bytes: more makes it slower and no surer.
const ENOUGH: usize = 4000;

/// The one of some languages that a text is likeliest in; none where that cannot be told.
pub fn guess<'l>(text: &str, among: &'l [Language]) -> Option<&'l Language> {
    let end = (0..=text.len().min(ENOUGH)).rev().find(|end| text.is_char_boundary(*end))?;
    let of = |lang: Lang| CODES.iter().find(|(known, _)| *known == lang).map(|(_, code)| *code);
    let known = CODES.iter().filter(|(_, code)| among.iter().any(|language| language.code() == *code));
    let allowed: Vec<Lang> = known.map(|(lang, _)| *lang).collect();
    // Among all there are first: what is surely in a language without a dictionary is not in one of the others.
    let surely = whatlang::detect(&text[..end]).filter(|info| info.is_reliable()).map(|info| info.lang());
    let lang = surely.or_else(|| Detector::with_allowlist(allowed).detect_lang(&text[..end]))?;
    let code = of(lang)?;
    among.iter().find(|language| language.code() == code)
}

const CODES: [(Lang, &str); 45] = [
    (Lang::Afr, "af"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cym, "cy"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Epo, "eo"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Kat, "ka"),
    (Lang::Kor, "ko"),
    (Lang::Lat, "la"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mkd, "mk"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Vie, "vi"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_in_the_language_it_is_in_or_in_none() {
        let among: Vec<Language> = ["de-AT", "en-GB", "ar"].map(|tag| tag.parse().unwrap()).into();
        let code = |text: &str| guess(text, &among).map(Language::code);
        assert_eq!(code("The rain fell in torrents, except at occasional intervals."), Some("en"));
        assert_eq!(code("Es war dunkel, und niemand hatte die Lampe angezündet."), Some("de"));
        assert_eq!(code("كان الظلام شديدا ولم يشعل أحد المصباح"), Some("ar"));
        assert_eq!(code("Il faisait nuit, et personne n'avait allumé la lampe du phare ce soir-là."), None);
        assert_eq!(code(""), None);
        assert_eq!(guess("The rain fell.", &[]), None);
    }
}
