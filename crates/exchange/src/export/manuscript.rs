//! What a standard manuscript says on its pages, in every format that can be one: the length as editors want it, the head
//! of each page, and the paper of the country.

use crate::book::Book;

/// The count as editors want it: rounded, with a comma.
pub(crate) fn about_words(words: u32) -> String {
    let step = if words >= 20_000 { 1000 } else { 100 };
    let rounded = (words.saturating_add(step / 2) / step * step).max(step);
    let digits = rounded.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    if head.is_empty() { format!("about {tail} words") } else { format!("about {head},{tail} words") }
}

/// "Surname / TITLE / ", which a page's number follows, as editors want it on every page but the first.
pub(crate) fn head(book: &Book) -> String {
    let surname = book.author.as_deref().and_then(|author| author.split_whitespace().next_back());
    let mut title = String::new();
    for word in book.title.split_whitespace() {
        if !title.is_empty() && title.len() + word.len() > 30 {
            break;
        }
        title.push_str(if title.is_empty() { "" } else { " " });
        title.push_str(&word.to_uppercase());
    }
    let before = surname.into_iter().chain([title.as_str()]).filter(|text| !text.is_empty());
    before.map(|text| format!("{text} / ")).collect()
}

/// Whether US Letter is the custom where the book is read; elsewhere it is A4.
pub(crate) fn wants_letter(book: &Book) -> bool {
    !matches!(book.language.as_deref(), Some(tag) if !matches!(tag, "en-US" | "en-CA" | "en" | "es-MX"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_as_editors_want_them() {
        assert_eq!(about_words(98_432), "about 98,000 words");
        assert_eq!(about_words(3_449), "about 3,400 words");
        assert_eq!(about_words(12), "about 100 words");
    }

    #[test]
    fn a_page_is_headed_by_the_surname_and_as_much_of_the_title_as_there_is_room_for() {
        let book = Book {
            title: "The Keeper of the Northern Light and Other Stories".into(),
            author: Some("Ada Mary Writer".into()),
            ..Book::default()
        };
        assert_eq!(head(&book), "Writer / THE KEEPER OF THE NORTHERN / ");
        assert_eq!(head(&Book::default()), "");
    }
}
