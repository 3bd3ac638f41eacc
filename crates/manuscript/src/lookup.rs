//! The quick way to scenes by the words in them, best first, through SQLite's FTS5. Words are folded here and
//! not by SQLite, so that every script is served: case, accents and vowel points are let go of, and scripts
//! without spaces are indexed by character, which finds any part of a phrase.

use rusqlite::{Connection, Params, params};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Stop};
use crate::library::Library;
use crate::{ProjectId, SceneId};

/// Characters shown before and after the words.
const AROUND: usize = 60;

/// A scene that has the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The scene.
    pub scene: SceneId,
    /// Its project.
    pub project: ProjectId,
    /// Its title.
    pub title: String,
    /// A piece of its text, where the first of the words is, or its beginning.
    pub snippet: String,
}

impl Library {
    /// Scenes that have all the words, in text, title, synopsis or notes, the best first; of one project or
    /// of all. The last word may be the beginning of one. Accents and case do not matter. Scenes saved since
    /// the last look-up are brought into the index first; where the library is only read they have one of their
    /// own in memory. Signs alone, which no index has, are looked for as they are.
    pub fn look_up(
        &mut self,
        project: Option<ProjectId>,
        words: &str,
        limit: u32,
    ) -> Result<Vec<Lookup>, Error> {
        if !self.is_read_only() {
            self.write(catch_up)?;
        }
        self.read(|db| {
            let Some(query) = query(words) else {
                let sign = words.trim();
                let limit = if sign.is_empty() { 0 } else { limit };
                let sql = format!("{SCENES} AND instr(scene.text, ?1) > 0 ORDER BY scene.id LIMIT ?3");
                return rows(db, &sql, params![sign, project, limit], words);
            };
            let mut found = rows(db, INDEXED, params![query, project, limit], words)?;
            if self.is_read_only() {
                let ids = serde_json::Value::from(in_stale(db, project, &query)?).to_string();
                let sql = format!(
                    "{SCENES} AND scene.id IN (SELECT value FROM json_each(?1)) AND {STALE} LIMIT ?3"
                );
                found.extend(rows(db, &sql, params![ids, project, limit], words)?);
                found.truncate(limit as usize);
            }
            Ok(found)
        })
    }
}

/// Scenes that stand, of one project or of all, before a condition of their own.
const SCENES: &str = "SELECT scene.id, scene.project, scene.title, scene.text FROM scene
    JOIN project ON project.id = scene.project
    WHERE (?2 IS NULL OR scene.project = ?2) AND scene.archived_at IS NULL AND project.archived_at IS NULL";

/// A scene that is not in the index as it is.
const STALE: &str = "(scene.indexed IS NULL OR scene.indexed <> scene.version)";

/// Scenes that the index finds, the best first.
const INDEXED: &str = "SELECT scene.id, scene.project, scene.title, scene.text FROM scene_words
    JOIN scene ON scene.id = scene_words.rowid JOIN project ON project.id = scene.project
    WHERE scene_words MATCH ?1 AND (?2 IS NULL OR scene.project = ?2) AND scene.indexed = scene.version
        AND scene.archived_at IS NULL AND project.archived_at IS NULL
    ORDER BY bm25(scene_words, 4.0, 1.0, 2.0, 2.0), scene.id LIMIT ?3";

fn rows(db: &Connection, sql: &str, params: impl Params, words: &str) -> Result<Vec<Lookup>, Stop> {
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map(params, |row| {
        let text: String = row.get(3)?;
        let snippet = snippet(&text, words);
        Ok(Lookup { scene: row.get(0)?, project: row.get(1)?, title: row.get(2)?, snippet })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What the index holds of a scene: its title, text, synopsis and notes.
type Indexed = (SceneId, [String; 4]);

/// Scenes that are not in the index as they are, of one project or of all.
fn stale(db: &Connection, project: Option<ProjectId>) -> Result<Vec<Indexed>, Stop> {
    let sql = format!(
        "SELECT id, title, text, synopsis, notes FROM scene WHERE {STALE} AND (?1 IS NULL OR project = ?1)"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let stale = statement.query_map([project], |row| {
        Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))
    })?;
    Ok(stale.collect::<Result<_, _>>()?)
}

fn index(db: &Connection, (id, [title, text, synopsis, notes]): &Indexed) -> Result<(), Stop> {
    db.prepare_cached(
        "INSERT INTO scene_words (rowid, title, text, synopsis, notes) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, fold(title), fold(text), fold(synopsis), fold(notes)])?;
    Ok(())
}

/// Brings every scene into the index that is not in it as it is.
fn catch_up(db: &Connection) -> Result<(), Stop> {
    for scene in stale(db, None)? {
        db.prepare_cached("DELETE FROM scene_words WHERE rowid = ?1")?.execute([scene.0])?;
        index(db, &scene)?;
        db.prepare_cached("UPDATE scene SET indexed = version WHERE id = ?1")?.execute([scene.0])?;
    }
    Ok(())
}

/// Scenes that are not in the index as they are, and that a query finds.
fn in_stale(db: &Connection, project: Option<ProjectId>, query: &str) -> Result<Vec<i64>, Stop> {
    let made: String =
        db.query_row("SELECT sql FROM sqlite_schema WHERE name = 'scene_words'", [], |row| row.get(0))?;
    let beside = Connection::open_in_memory()?;
    beside.execute_batch(&made)?;
    stale(db, project)?.iter().try_for_each(|scene| index(&beside, scene))?;
    let mut statement = beside.prepare("SELECT rowid FROM scene_words WHERE scene_words MATCH ?1")?;
    let found = statement.query_map([query], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What FTS5 is asked: each word as a phrase of its own, the last one perhaps only begun.
fn query(words: &str) -> Option<String> {
    let phrases: Vec<String> = words
        .split_whitespace()
        .map(fold)
        .filter(|phrase| phrase.chars().any(char::is_alphanumeric))
        .map(|phrase| format!("\"{}\"", phrase.trim().replace('"', "\"\"")))
        .collect();
    (!phrases.is_empty()).then(|| phrases.join(" ") + "*")
}

/// Words as they are indexed.
fn fold(text: &str) -> String {
    let folded =
        text.nfkd().filter(|c| !is_dropped(*c)).flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let mut indexed = String::with_capacity(text.len());
    for c in folded.nfc() {
        if is_unspaced(c) {
            indexed.extend([' ', c, ' ']);
        } else {
            // FTS5 ends a text there.
            indexed.push(if c == '\0' { ' ' } else { c });
        }
    }
    indexed
}

/// Signs above and below letters that people leave out when they look for a word.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        // Hebrew and Arabic points, and the line that stretches Arabic words.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        // Soft hyphen and what joins or parts letters unseen.
        | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Letters of scripts that write no spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        // Thai, Lao, Tibetan, Burmese, Khmer.
        '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        // Kana, Han.
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A piece of the text around the first of the words that is found, in one line.
fn snippet(text: &str, words: &str) -> String {
    let at = place(text, words);
    let from = text[..at].char_indices().rev().nth(AROUND - 1).map_or(0, |(from, _)| from);
    let piece: String = text[from..].chars().take(2 * AROUND).collect();
    piece.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the first of the words stands that is there as it is indexed, at the beginning of a word if it can be.
fn place(text: &str, words: &str) -> usize {
    let (mut folded, mut ends) = (String::with_capacity(text.len()), Vec::new());
    for (at, c) in text.char_indices() {
        match c.is_ascii() {
            true => folded.push(c.to_ascii_lowercase()),
            false => folded.push_str(&fold(c.encode_utf8(&mut [0; 4]))),
        }
        ends.push((folded.len(), at));
    }
    let begins = |at: &usize| folded[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let of = |word: &str| {
        let sought = fold(word);
        let bare = sought.trim_matches(|c: char| !c.is_alphanumeric());
        let sought = if bare.is_empty() { sought.trim() } else { bare };
        let places = || folded.match_indices(sought).map(|(at, _)| at).filter(|_| !sought.is_empty());
        places().find(begins).or_else(|| places().next())
    };
    let Some(found) = words.split_whitespace().find_map(of) else { return 0 };
    let character = ends.partition_point(|&(end, _)| end <= found);
    ends.get(character).map_or(0, |&(_, at)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SceneCard;
    use crate::testing::Temporary;

    fn finds(library: &mut Temporary, words: &str) -> usize {
        library.look_up(None, words, 10).unwrap().len()
    }

    #[test]
    fn words_are_found_in_every_script_whatever_their_case_and_accents() {
        let mut library = Temporary::new();
        library.scene_with("Le café était fermé. Die Straße war leer. Ἀθῆναι. Ещё темно, Йод.");
        for words in
            ["CAFE", "café", "cafe\u{301} ferme", "strasse", "STRASSE", "αθηναι", "еще", "йод", "caf"]
        {
            assert_eq!(finds(&mut library, words), 1, "{words}");
        }
        for words in ["caffe", "afé", "café zu"] {
            assert_eq!(finds(&mut library, words), 0, "{words}");
        }
        library.scene_with("那天夜里天黑了，没有人点灯。彼はコーヒーを飲んだ。");
        library.scene_with("คืนนั้นมืดมาก ไม่มีใครจุดตะเกียง");
        library.scene_with("हिन्दी में लिखा गया。 كَتَبَ الكِتَابَ. שָׁלוֹם 한국어를 쓴다");
        for words in [
            "黑",
            "天黑",
            "没有人",
            "コーヒー",
            "飲んだ",
            "มืด",
            "ตะเกียง",
            "हिन्दी",
            "كتب",
            "الكتاب",
            "שלום",
            "한국어",
        ] {
            assert_eq!(finds(&mut library, words), 1, "{words}");
        }
        for words in ["黑天", "มาด", "हद"] {
            assert_eq!(finds(&mut library, words), 0, "{words}");
        }
    }

    #[test]
    fn what_was_saved_last_is_what_is_found() {
        let mut library = Temporary::new();
        let scene = library.scene_with("a lantern").id;
        assert_eq!(finds(&mut library, "lantern"), 1);
        library.save_scene(scene, 0, "{}", "a candle").unwrap();
        assert_eq!((finds(&mut library, "lantern"), finds(&mut library, "candle")), (0, 1));
        let card = SceneCard { synopsis: "They quarrel.".into(), ..library.scene_card(scene).unwrap() };
        library.set_scene_card(scene, &card).unwrap();
        assert_eq!(finds(&mut library, "quarrel"), 1);
    }

    #[test]
    fn a_library_that_is_only_read_is_searched_as_it_is_now() {
        let mut library = Temporary::new();
        let scene = library.scene_with("a lantern").id;
        library.scene_with("an anchor");
        assert_eq!(finds(&mut library, "lantern"), 1);
        let mut reader = Library::open_read_only(library.path()).unwrap();
        library.save_scene(scene, 0, "{}", "a candle, 😀").unwrap();
        let mut count = |words: &str| reader.look_up(None, words, 10).unwrap().len();
        assert_eq!(["lantern", "candle", "anch", "😀", " "].map(&mut count), [0, 1, 1, 1, 0]);
    }

    #[test]
    fn a_hit_shows_the_words_as_they_stand_there() {
        for (text, words, shown) in [
            ("He had a bad head. The ad said so.", "ad", "ad said"),
            ("Le soir, un café était fermé.", "cafe", "café"),
            ("Die Straße war leer.", "STRASSE", "Straße"),
            ("Zoe\u{301} came near.", "near(", "near"),
            ("那天夜里天黑了", "天黑", "天黑了"),
            ("It rained. Nobody 😀 came.", "😀", "😀 came"),
        ] {
            let padded = format!("{}{text}", "word ".repeat(40));
            let at = place(&padded, words);
            assert!(padded[at..].starts_with(shown), "{words}: {}", &padded[at..]);
            assert!(snippet(&padded, words).contains(shown));
        }
    }

    #[test]
    fn a_hit_shows_where_the_words_are() {
        let mut library = Temporary::new();
        let scene = library.scene_with(&format!(
            "{}\n\nThen the LANTERN went out. {}",
            "word ".repeat(50),
            "more ".repeat(50)
        ));
        let found = library.look_up(Some(scene.project), "lantern", 10).unwrap();
        assert_eq!(found[0].scene, scene.id);
        assert!(found[0].snippet.contains("Then the LANTERN went out."), "{found:?}");
        assert_eq!(library.look_up(Some(ProjectId(77)), "lantern", 10).unwrap(), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_asked_is_answered(text in any::<String>(), words in prop_oneof![any::<String>(), "[\"*^:()+ a-]{0,8}"]) {
            let mut library = Temporary::new();
            library.scene_with(&text);
            library.look_up(None, &words, 5).unwrap();
            let word = text.split_whitespace().find(|word| word.chars().all(|c| c.is_ascii_alphanumeric()));
            if let Some(word) = word {
                prop_assert_eq!(library.look_up(None, word, 5).unwrap().len(), 1);
            }
        }
    }
}
