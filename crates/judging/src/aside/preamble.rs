//! Whether a line is a preamble: what lines to a user are made of, in the languages that models answer in most.

use std::sync::LazyLock;

use regex::Regex;

/// How preambles begin, in small letters, where a colon at the end of the line is enough.
const OPENERS: [&str; 26] = [
    "---",
    "here is",
    "here are",
    "here's",
    "here’s",
    "sure",
    "certainly",
    "of course",
    "absolutely",
    "gladly",
    "okay",
    "ok,",
    "alright",
    "great,",
    "below is",
    "rewritten",
    "revised",
    "hier ist",
    "hier sind",
    "hier kommt",
    "hier die",
    "hier der",
    "gerne",
    "natürlich",
    "selbstverständlich",
    "volontiers",
];

/// How thoughts begin; what follows must say that they are some.
const THINKING: [&str; 4] = ["hmm", "let me", "let's", "the user"];

/// How a line begins that shows what was asked for; it is a preamble only where it names that, too.
const SHOWING: [&str; 57] = [
    // French.
    "voici",
    "voilà",
    "bien sûr",
    "d'accord",
    "d’accord",
    "avec plaisir",
    "certainement",
    // Spanish.
    "aquí",
    "aqui",
    "¡claro",
    "¡por supuesto",
    "claro",
    "por supuesto",
    "a continuación",
    "con gusto",
    "desde luego",
    // Portuguese.
    "com certeza",
    "segue",
    "a seguir",
    "eis",
    // Italian.
    "ecco",
    "certo",
    "certamente",
    "di seguito",
    "volentieri",
    // Dutch.
    "hier volgt",
    "natuurlijk",
    "zeker",
    // Swedish.
    "här är",
    "här kommer",
    "självklart",
    // Polish.
    "oto",
    "oczywiście",
    "poniżej",
    // Russian.
    "вот",
    "конечно",
    "хорошо",
    "ниже",
    "разумеется",
    // Chinese.
    "好的",
    "当然",
    "當然",
    "没问题",
    "以下",
    "下面",
    "这是",
    "這是",
    // Japanese.
    "はい",
    "もちろん",
    "承知",
    "かしこまりました",
    "こちら",
    // Korean.
    "네",
    "물론",
    "다음은",
    "아래는",
    "알겠습니다",
];

/// What was asked for, by the beginnings of its names. A story, a letter or a text may be shown by a story, too.
const SHOWN: &str = r"(?xi)
    \b(?:suite|continuation|traduction|version|réécriture|révision|résumé|paragraphe|passage|extrait|suggestions?|propositions?)\b
    |\btexte\ (?:traduit|réécrit|révisé|corrigé|demandé)
    |\b(?:continuaci[óo]n|traducci[óo]n|versi[óo]n|reescritura|revisi[óo]n|resumen|párrafo|pasaje|fragmento|sugerencias?)\b
    |\btexto\ (?:traducid|reescrit|revisad|corregid|solicitad|traduzid|revist)
    |\b(?:continuação|tradução|versão|reescrita|revisão|resumo|parágrafo|trecho|sugest)
    |\b(?:continuazione|traduzione|seguito\ (?:del|della)|versione|riscrittura|revisione|riassunto|paragrafo|brano|suggeriment)
    |\b(?:vervolg|vertaling|versie|herschrev|samenvatting|alinea)|fortsättning|översättning|omskriv|sammanfattning
    |kontynuacj|tłumaczeni|wersj|streszczeni|akapit
    |продолжени|перевод|верси[яию]|вариант|переписан|отредактирован|краткое\ (?:содержание|изложение)|отрывок|абзац
    |续写|續寫|翻译|翻譯|译文|譯文|改写|改寫|重写|重寫|润色|修改(?:后|後)|版本|摘要|续文
    |続き|翻訳|訳文|書き直|改稿|要約
    |이어지는|이어서|번역|다시\ ?쓴|수정한|요약";

/// Names of what was asked for that stand alone over it, marked as a heading or with a colon.
const HEADING: &str = r"(?xi)^(?:
    (?:rewritten|revised|edited|improved|updated|polished|translated|continued)\ (?:version|text|passage|paragraph|draft|answer|scene|story)
    |final\ (?:version|draft)
    |(?:story\ )?continuation|rewrite|rewritten|revision|translation
    |fortsetzung|übersetzung|überarbeitete\ (?:fassung|version)
    |traduction|réécriture|suite\ (?:du\ texte|de\ l['’]histoire)
    |continuación|traducción|continuazione|traduzione|tradução
    )$";

/// A promise to the user.
const POLITE: &str = r"(?ix)^(?:sure|certainly|of\ course|absolutely|gladly|okay|alright|gerne|natürlich|selbstverständlich|
    bien\ sûr|volontiers)\s*[!.,].*\b(?:here(?:['’]s|\ is|\ are)|i(?:['’]d|['’]ll|\ can|\ would)\ |happy\ to|glad\ to|
    hier\ (?:ist|sind)|voici)";

/// Thoughts about what the user wants, without the tags of thoughts.
const THOUGHT: &str = r"(?ix)^(?:okay|ok|alright|hmm|let\ me|let['’]s|the\ user)\b.*?(?:
    \bthe\ user\ (?:wants|asks|asked|is\ asking|has\ asked|would\ like)\ 
     (?:me|us|a\ (?:continuation|rewrite|translation|summary|version)|the\ (?:story|text|passage|paragraph))\b
    |\bthe\ user\ (?:has\ given|has\ provided|provided|gave)\ (?:me|us|a|the)\b
    |\b(?:i\ (?:need|have|am|was|want)\ (?:asked\ )?to|i\ should|i\ must|let\ me|let['’]s)\ 
     (?:continue|rewrite|translate|summari[sz]e|revise|shorten|expand)\ 
     (?:the|this|their)\ (?:story|passage|text|paragraph|continuation|summary))
    |^the\ user\ (?:wants|asks|asked|is\ asking|has\ asked|would\ like)\ 
     (?:me|us|a\ (?:continuation|rewrite|translation|summary|version)|the\ (?:story|text|passage|paragraph))\b";

/// A story's own words before a colon: “Here is the thing he had been afraid of:”.
const TOLD: &str = r"(?i)\b(?:he|she|they|we)(?: (?:had|was|were|would|did|could|knew|saw|said|thought|found|wrote|told)|['’]d)\b";

fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

static SHOWN_NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(SHOWN));
static HEADINGS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(HEADING));
static PROMISES: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(POLITE));
static THOUGHTS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(THOUGHT));
static TELLINGS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(TOLD));

/// How headings begin, in small letters; no sentence is to wait for its end because it begins so.
const HEADS: [&str; 24] = [
    "edited ",
    "improved ",
    "updated ",
    "final version",
    "final draft",
    "polished ",
    "translated ",
    "translation",
    "continuation",
    "continued ",
    "rewrite",
    "revision",
    "story continuation",
    "fortsetzung",
    "übersetzung",
    "überarbeitete ",
    "traduction",
    "réécriture",
    "suite d",
    "traducción",
    "continuación",
    "traduzione",
    "continuazione",
    "tradução",
];

/// Whether what begins so, without marks and in small letters, may be a preamble.
pub(super) fn opens(bare: &str) -> bool {
    all_openers().any(|opener| bare.starts_with(opener))
}

/// Whether it may come to begin as one.
pub(super) fn may_open(bare: &str) -> bool {
    all_openers().any(|opener| opener.starts_with(bare))
}

fn all_openers() -> impl Iterator<Item = &'static str> {
    OPENERS.into_iter().chain(THINKING).chain(SHOWING).chain(HEADS)
}

/// A line without what makes it bold or a heading.
pub(super) fn unmarked(line: &str) -> &str {
    line.trim_start_matches(['*', '#', '_', ' '])
}

/// Whether a first line is said to the user.
pub(super) fn is_preamble(line: &str) -> bool {
    let marked = line.trim_start().starts_with(['*', '#', '_']);
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "*_-".contains(c));
    let line = unmarked(line.trim_start());
    let bare = line.to_lowercase();
    let colon = line.ends_with([':', '：']);
    let spoken = line.contains(['“', '”', '"', '„', '«', '「']);
    line.is_empty()
        || (marked || colon) && matches(&HEADINGS, bare.trim_end_matches([':', '：', ' ', '*', '_']))
        || colon && !spoken && (starts(&bare, &OPENERS) && !matches(&TELLINGS, &bare) || shows(&bare))
        || matches(&PROMISES, line) && line.len() < 120
        || is_thought(line)
}

/// Whether a line is a model's thought about its task.
pub(super) fn is_thought(line: &str) -> bool {
    matches(&THOUGHTS, unmarked(line.trim_start()))
}

/// Whether words, in small letters, show what was asked for.
pub(super) fn shows(bare: &str) -> bool {
    starts(bare, &SHOWING) && matches(&SHOWN_NAMES, bare)
}

fn starts(bare: &str, openers: &[&str]) -> bool {
    openers.iter().any(|opener| bare.starts_with(opener))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for source in [SHOWN, HEADING, POLITE, THOUGHT, TOLD] {
            assert!(pattern(source).is_some(), "{source}");
        }
    }
}
