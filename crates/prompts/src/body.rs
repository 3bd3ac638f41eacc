//! What follows a prompt's front matter: its sections, each under its heading, and the turns of a conversation that come
//! before what is asked.

use foolscap_engine::chat::Role;

use crate::prompt::Section;

/// The heading of a turn that the model is said to have answered.
pub(crate) const ASSISTANT: &str = "Assistant";

/// More turns than that no conversation of a prompt's has.
const MOST_TURNS: usize = 64;

/// All headings that a prompt's body can have, each with what stands under it.
pub fn headings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let turn = (ASSISTANT, "What was answered to the User before: a turn, for models that converse.");
    Section::ALL.into_iter().map(|section| (section.name(), section.about())).chain([turn])
}

/// A text under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Part {
    pub text: String,
    /// The line of the file at which it begins, from 1; 0: it is not there.
    pub line: usize,
}

/// A turn of the conversation before what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    pub role: Role,
    pub part: Part,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Body {
    pub sections: [Part; Section::ALL.len()],
    pub turns: Vec<Turn>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Section(Section),
    Assistant,
}

impl Body {
    /// Splits a text at its headings; its first line is this one of the file. The last User is what is asked; those before
    /// it, and all of the Assistant's, are turns.
    ///
    /// # Errors
    /// The line, and what is wrong there.
    pub fn parse(text: &str, first_line: usize) -> Result<Self, (usize, String)> {
        let mut parts: Vec<(Heading, usize, Part)> = Vec::new();
        for (number, line) in (first_line..).zip(text.lines()) {
            if let Some(heading) = heading(line) {
                parts.push((heading, number, Part::default()));
                continue;
            }
            let Some((_, _, part)) = parts.last_mut() else {
                if line.trim().is_empty() {
                    continue;
                }
                return Err((number, format!("{line:?} stands before the first heading")));
            };
            if part.text.is_empty() && line.is_empty() {
                continue;
            }
            if part.text.is_empty() {
                part.line = number;
            }
            part.text.push_str(line);
            part.text.push('\n');
        }
        let asked = parts.iter().rposition(|(heading, ..)| *heading == Heading::Section(Section::User));
        let mut body = Self::default();
        let mut seen = [false; Section::ALL.len()];
        for (i, (heading, number, mut part)) in parts.into_iter().enumerate() {
            part.text = part.text.trim_matches('\n').to_owned();
            let wrong = |reason: &str| Err((number, reason.to_owned()));
            let turn = match heading {
                Heading::Assistant => Some(Role::Assistant),
                Heading::Section(Section::User) if asked != Some(i) => Some(Role::User),
                Heading::Section(_) => None,
            };
            if turn.is_some() && part.text.trim().is_empty() {
                return wrong("this turn has no words; write some, or take its heading away");
            }
            if turn.is_some() && body.turns.len() == MOST_TURNS {
                return wrong("there are too many turns here; 64 are allowed before what is asked");
            }
            match heading {
                Heading::Assistant if asked.is_none_or(|asked| asked < i) => {
                    return wrong(
                        "an Assistant's turn stands after the last User; how the answer to that begins stands under Answer",
                    );
                }
                Heading::Assistant if body.turns.is_empty() => {
                    return wrong("a conversation begins with a User; put one before this Assistant's turn");
                }
                Heading::Assistant => body.turns.push(Turn { role: Role::Assistant, part }),
                Heading::Section(Section::User) if turn.is_some() => {
                    body.turns.push(Turn { role: Role::User, part });
                }
                Heading::Section(section) => {
                    if std::mem::replace(&mut seen[section as usize], true) {
                        return Err((number, format!("{} stands here a second time", section.name())));
                    }
                    body.sections[section as usize] = part;
                }
            }
        }
        Ok(body)
    }
}

fn heading(line: &str) -> Option<Heading> {
    let name = line.strip_prefix("# ")?;
    if name == ASSISTANT {
        return Some(Heading::Assistant);
    }
    Section::ALL.into_iter().find(|section| section.name() == name).map(Heading::Section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_user_is_asked_and_all_before_it_are_turns() {
        let text = "\n# System\nBe.\n# User\nOne\n# Assistant\n\nTwo\n\nlines\n\n# User\nThree\n# Answer\nFo";
        let body = Body::parse(text, 4).unwrap();
        let turns: Vec<_> = body.turns.iter().map(|t| (t.role, t.part.text.as_str(), t.part.line)).collect();
        assert_eq!(turns, [(Role::User, "One", 8), (Role::Assistant, "Two\n\nlines", 11)]);
        let of = |section: Section| {
            (body.sections[section as usize].text.as_str(), body.sections[section as usize].line)
        };
        assert_eq!((of(Section::User), of(Section::Answer)), (("Three", 16), ("Fo", 18)));
        assert_eq!(of(Section::Fill), ("", 0));
    }

    #[test]
    fn what_stands_in_no_place_is_told_with_its_line() {
        let wrong = |text: &str| Body::parse(text, 1).unwrap_err();
        assert_eq!(wrong("\nx\n# User\na").0, 2);
        let (line, why) = wrong("# User\na\n# Assistant\nb");
        assert!(line == 3 && why.contains("Answer"), "{why}");
        let (line, why) = wrong("# Assistant\nb\n# User\na");
        assert!(line == 1 && why.contains("begins with a User"), "{why}");
        let (line, why) = wrong("# User\na\n# Assistant\n\n# User\nb");
        assert!(line == 3 && why.contains("no words"), "{why}");
        let many = "# User\na\n# Assistant\nb\n".repeat(33) + "# User\nc";
        assert!(wrong(&many).1.contains("too many"));
        let (line, why) = wrong("# System\na\n# User\nb\n# System\nc");
        assert!(line == 5 && why.contains("System"), "{why}");
    }
}
