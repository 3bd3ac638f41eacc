//! Languages by their English names, which models know best; and which language a text is in.

use isolang::Language;
use whatlang::Lang;

/// A language's English name, by its BCP 47 tag (`pt-BR`) or its name; what is neither stays as it is.
pub fn name(tag_or_name: &str) -> String {
    let given = tag_or_name.trim();
    let Some(language) = of_tag(given) else { return given.to_owned() };
    // "Modern Greek (1453-)".
    let name = language.to_name();
    let name = name.split(" (").next().unwrap_or(name);
    // The region, where one is named: Brazilian Portuguese is another than Portugal's.
    let region = given
        .split(['-', '_'])
        .skip(1)
        .find(|subtag| subtag.len() == 2 && subtag.chars().all(|c| c.is_ascii_alphabetic()));
    match region {
        Some(region) => format!("{name} ({})", region.to_uppercase()),
        None => name.to_owned(),
    }
}

/// The language subtag of a BCP 47 tag (`pt` of `pt-BR`) or of a language by its English name; none for what is neither.
pub fn code(tag_or_name: &str) -> Option<&'static str> {
    let given = tag_or_name.trim();
    let named = || {
        let mut letters = given.chars();
        let capital = letters.next()?.to_uppercase();
        Language::from_name(&capital.chain(letters).collect::<String>())
    };
    let language = of_tag(given).or_else(named)?;
    Some(language.to_639_1().unwrap_or_else(|| language.to_639_3()))
}

/// The language that a tag's first subtag names.
fn of_tag(tag: &str) -> Option<Language> {
    let code = tag.split(['-', '_']).next()?.to_lowercase();
    match code.len() {
        2 => Language::from_639_1(&code),
        3 => Language::from_639_3(&code),
        _ => None,
    }
}

/// Characters of a text's beginning that tell its language. The beginning, since it stays the same while the text is
/// written on.
const TOLD_BY: usize = 1500;
/// With fewer it would be a guess.
const LEAST: usize = 120;

/// The language of a text by its English name; empty when that is not sure.
pub fn of_text(text: &str) -> String {
    let beginning: String = text.chars().take(TOLD_BY).collect();
    if beginning.chars().count() < LEAST {
        return String::new();
    }
    whatlang::detect(&beginning).filter(whatlang::Info::is_reliable).map_or_else(String::new, |info| {
        match info.lang() {
            Lang::Cmn => "Chinese".into(),
            Lang::Nob => "Norwegian".into(),
            Lang::Pes => "Persian".into(),
            lang => lang.eng_name().to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_one_code_however_it_is_said() {
        for (said, known) in
            [("de-AT", "de"), ("German", "de"), ("german ", "de"), ("EN", "en"), ("yue", "yue")]
        {
            assert_eq!(code(said), Some(known), "{said}");
        }
        assert_eq!((code("Elvish"), code("")), (None, None));
    }

    #[test]
    fn tags_become_names_and_names_stay() {
        for (tag, expected) in [
            ("de", "German"),
            ("pt-BR", "Portuguese (BR)"),
            ("zh-Hant-TW", "Chinese (TW)"),
            ("el", "Modern Greek"),
            ("nds", "Low German"),
            (" French ", "French"),
            ("Old Norse", "Old Norse"),
            ("", ""),
        ] {
            assert_eq!(name(tag), expected, "{tag}");
        }
    }

    #[test]
    fn a_text_tells_its_language_when_there_is_enough_of_it() {
        let german = "Der Leuchtturm war seit elf Tagen dunkel, als die Tochter des Wärters das Boot fand. Es lag auf \
            der Seite im Kies unterhalb der Treppe, trocken wie ein Knochen, und im Heck stand ein kleiner Kasten.";
        assert_eq!(of_text(german), "German");
        assert_eq!(of_text("Er ging."), "");
        let english = "The lighthouse had been dark for eleven days when the keeper’s daughter found the boat. It lay on \
            its side in the shingle below the steps, dry as a bone.";
        assert_eq!(of_text(english), "English");
    }
}
