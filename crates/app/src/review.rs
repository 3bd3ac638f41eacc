//! A critique or a check as it comes: the model's JSON read note by note, every quotation looked up where it should stand.

use foolscap_prompts::{self as prompts, Critique, Findings, Item, Kind, Source, covers};

use crate::api::{
    ActionEvent, ActionKind, ActionRequest, Concern, ContextReport, EndReason, FindingSource, Label, Problem,
    ProblemCode, Remark, RemarkWhat, Review, ReviewEvent,
};
use crate::context::Background;

/// What is heard of a request, as a review.
pub struct Reviewing {
    kind: ActionKind,
    /// What is reviewed, and how many UTF-16 code units of the text stand before it.
    text: String,
    offset: usize,
    items: Vec<Item>,
    /// Keys of findings with the reason why they are meant so.
    intended: Vec<(String, String)>,
    sources: Vec<Source>,
    answer: String,
    told: usize,
    reason: EndReason,
}

impl Reviewing {
    /// Of a request with what its project tells. `intended`: keys of findings with the reason why they are meant so.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for an action that gives no notes.
    pub fn new(
        request: &ActionRequest,
        told: &Background,
        intended: Vec<(String, String)>,
    ) -> Result<Self, Problem> {
        let kind = request.action.kind;
        if !kind.is_review() {
            let message = format!("{} gives no notes on a text; ask for critique or check", kind.name());
            return Err(Problem::new(ProblemCode::BadRequest, message));
        }
        let (text, offset) = match request.selection.trim().is_empty() {
            true => ([request.before.as_str(), &request.after].concat(), 0),
            false => (request.selection.clone(), request.before.encode_utf16().count()),
        };
        let is_source = |item: &&Item| matches!(item.kind, Kind::Lore | Kind::Summary | Kind::Synopsis);
        let items = told.items.iter().filter(is_source).cloned().collect();
        Ok(Self {
            kind,
            text,
            offset,
            items,
            intended,
            sources: Vec::new(),
            answer: String::new(),
            told: 0,
            reason: EndReason::EndOfText,
        })
    }

    /// What an event means for the review; nothing for one that brings nothing new.
    pub fn hear(&mut self, event: ActionEvent) -> Option<ReviewEvent> {
        match event {
            ActionEvent::Started { request, seed, model, prompt, context, .. } => {
                self.sources = sources(&self.items, &context);
                Some(ReviewEvent::Started { request, seed, model, prompt, context })
            }
            ActionEvent::Reading { read, of } => Some(ReviewEvent::Reading { read, of }),
            ActionEvent::Text { text, .. } => {
                self.answer.push_str(&text);
                // Only a closing brace can have made another note whole.
                let review = text.contains('}').then(|| self.read().ok()).flatten()?;
                let found = review.remarks.len() + review.discarded.len();
                (std::mem::replace(&mut self.told, found) != found).then_some(ReviewEvent::Found { review })
            }
            ActionEvent::CandidateDone { reason, .. } => {
                self.reason = reason;
                None
            }
            ActionEvent::Token { .. } => None,
            ActionEvent::Failed { problem } => Some(ReviewEvent::Failed { problem }),
            ActionEvent::Finished { figures } => Some(match self.read() {
                Ok(review) => ReviewEvent::Finished { review, reason: self.reason, figures },
                // Who stops early may get nothing, and knows why.
                Err(_) if self.reason == EndReason::Cancelled => {
                    ReviewEvent::Finished { review: Review::default(), reason: self.reason, figures }
                }
                Err(problem) => ReviewEvent::Failed { problem },
            }),
        }
    }

    /// All that the answer says up to now.
    fn read(&self) -> Result<Review, Problem> {
        Ok(match self.kind {
            ActionKind::Check => {
                let Findings { findings, discarded } =
                    Findings::read(&self.answer, &self.text, &self.sources)?;
                Review { remarks: findings.into_iter().map(|found| self.finding(found)).collect(), discarded }
            }
            _ => {
                let Critique { notes, discarded } = Critique::read(&self.answer, &self.text)?;
                Review { remarks: notes.into_iter().map(|note| self.note(note)).collect(), discarded }
            }
        })
    }

    fn note(&self, note: prompts::Note) -> Remark {
        let what = RemarkWhat::Note { concern: concern(note.concern), says: note.says };
        self.remark(note.range, what, None)
    }

    fn finding(&self, found: prompts::Finding) -> Remark {
        let source = found.source.and_then(|(id, range)| {
            let here = |source: &&Source| source.id == id && source.text.get(range.clone()).is_some();
            let source = self.sources.iter().find(here)?;
            let (title, quote) = (source.title.clone(), source.text[range.clone()].to_owned());
            Some(FindingSource { id, title, quote })
        });
        let label = match found.label {
            prompts::Label::Contradicts => Label::Contradicts,
            prompts::Label::New => Label::New,
            prompts::Label::Supported => Label::Supported,
        };
        let intended = if label == Label::Contradicts { reason(&self.intended, &found.key) } else { None };
        let what = RemarkWhat::Finding { label, says: found.says, source, key: found.key };
        self.remark(found.scene, what, intended)
    }

    fn remark(&self, range: std::ops::Range<usize>, what: RemarkWhat, intended: Option<String>) -> Remark {
        let place = self.offset + self.text[..range.start].encode_utf16().count();
        Remark { id: None, quote: self.text[range].to_owned(), place: place as u32, what, intended }
    }
}

/// Why a finding is meant so, if somebody said so.
pub(crate) fn reason(intended: &[(String, String)], key: &str) -> Option<String> {
    intended.iter().find(|(known, _)| covers(known, key)).map(|(_, reason)| reason.clone())
}

/// What went in of the items, in the forms there are: a model that was told the short one quotes from it.
fn sources(items: &[Item], sent: &ContextReport) -> Vec<Source> {
    let went_in = |item: &&Item| sent.items.iter().any(|told| told.id == item.id && told.sent.is_some());
    let forms = |item: &Item| {
        let source =
            |text: &str| Source { id: item.id.clone(), title: item.title.clone(), text: text.to_owned() };
        [source(&item.long), source(&item.short)]
    };
    items.iter().filter(went_in).flat_map(forms).filter(|source| !source.text.is_empty()).collect()
}

fn concern(concern: prompts::Concern) -> Concern {
    match concern {
        prompts::Concern::Strength => Concern::Strength,
        prompts::Concern::Clarity => Concern::Clarity,
        prompts::Concern::Pace => Concern::Pace,
        prompts::Concern::Repetition => Concern::Repetition,
        prompts::Concern::Voice => Concern::Voice,
        prompts::Concern::Logic => Concern::Logic,
        prompts::Concern::Telling => Concern::Telling,
        prompts::Concern::Cliche => Concern::Cliche,
    }
}

#[cfg(test)]
mod tests {
    use foolscap_prompts::Told;

    use super::*;
    use crate::api::{Action, ContextItem, ContextKind, Figures, PromptForm, SentAs};

    const SCENE: &str = "“Früher,” said Anna, and pushed back her red hair. 🏮 Tom could not swim.";

    fn told() -> Background {
        let item = |id: &str, title: &str, long: &str| Item {
            id: id.into(),
            kind: Kind::Lore,
            title: title.into(),
            long: long.into(),
            short: String::new(),
            told: Told::Always,
            stale: false,
        };
        let items = vec![
            item("lore:1", "Anna", "Anna has black hair, cut short."),
            item("lore:2", "Tom", "Tom learned to swim in the quarry."),
        ];
        Background { items, ..Background::default() }
    }

    fn started(sent: &[&str]) -> ActionEvent {
        let item = |id: &&str| ContextItem {
            id: (*id).into(),
            kind: ContextKind::Lore,
            title: String::new(),
            order: None,
            sent: Some(SentAs::Long),
            tokens: 0,
            left_out: 0,
            why: None,
            reason: String::new(),
            named: None,
            stale: false,
            switched: None,
        };
        ActionEvent::Started {
            request: "r".into(),
            candidates: 1,
            seed: 1,
            model: "m".into(),
            prompt: "check v1".into(),
            variant: None,
            sampling: None,
            context: ContextReport {
                form: PromptForm::Chat,
                used: 0,
                limit: 0,
                reserved: 0,
                parts: Vec::new(),
                items: sent.iter().map(item).collect(),
            },
        }
    }

    fn request(kind: ActionKind, before: &str, selection: &str) -> ActionRequest {
        let request = ActionRequest::new("r", Action::new(kind));
        ActionRequest { before: before.into(), selection: selection.into(), ..request }
    }

    fn text(text: &str) -> ActionEvent {
        ActionEvent::Text { candidate: 0, text: text.into() }
    }

    fn finished() -> ActionEvent {
        let figures = Figures {
            prompt_tokens: 1,
            reused_tokens: 0,
            beside: false,
            generated_tokens: 1,
            first_token_s: 0.0,
            prefill_tok_s: 0.0,
            decode_tok_s: 0.0,
        };
        ActionEvent::Finished { figures }
    }

    fn end(reviewing: &mut Reviewing) -> Review {
        match reviewing.hear(finished()) {
            Some(ReviewEvent::Finished { review, .. }) => review,
            other => panic!("{other:?}"),
        }
    }

    const FOUND: &str = r#"{"findings":[{"label":"contradicts","scene_quote":"her red hair","source":"anna","source_quote":"black hair","says":"The colour differs."},"#;
    const SECOND: &str = r#"{"label":"contradicts","scene_quote":"Tom could not swim","source":"Tom","source_quote":"learned to swim","says":"He can."}]}"#;

    #[test]
    fn notes_come_one_by_one_and_stand_at_their_words_in_the_whole_text() {
        let mut reviewing =
            Reviewing::new(&request(ActionKind::Critique, "🏮 Once. ", SCENE), &told(), vec![]).unwrap();
        reviewing.hear(started(&[]));
        assert_eq!(reviewing.hear(text(r#"{"notes":[{"quote":"her red "#)), None);
        let note = r#"hair","concern":"cliche","note":"Worn."}"#;
        let Some(ReviewEvent::Found { review }) = reviewing.hear(text(note)) else { panic!() };
        let remark = &review.remarks[0];
        let units: Vec<u16> = format!("🏮 Once. {SCENE}").encode_utf16().collect();
        let place = remark.place as usize;
        let quote = String::from_utf16(&units[place..place + remark.quote.encode_utf16().count()]).unwrap();
        assert_eq!((quote.as_str(), remark.quote.as_str()), ("her red hair", "her red hair"));
        reviewing.hear(text(r#",{"quote":"her golden hair was","concern":"logic","note":"Why?"}]}"#));
        assert_eq!(end(&mut reviewing).discarded, ["her golden hair was"]);
    }

    #[derive(serde::Deserialize)]
    struct Recorded {
        review: Vec<RecordedReview>,
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RecordedReview {
        action: String,
        how: String,
        raw: String,
        kept: Vec<String>,
        discarded: usize,
    }

    #[test]
    fn of_a_recorded_review_the_writer_sees_what_quotes_rightly_however_it_comes() {
        let sample = include_str!("../../../samples/the-brass-box.md");
        let sample = sample.split_once("\n\n").unwrap().1.trim_end();
        let recorded: Recorded = toml::from_str(include_str!("../recorded/reviews.toml")).unwrap();
        let mut background = told();
        background.items[0].title = "Ada".into();
        background.items[0].long = "Ada has black hair and is sixteen. She cannot swim.".into();
        background.items[1].title = "lighthouse".into();
        background.items[1].long = "The lighthouse has been dark for nine days.".into();
        for kind in [ActionKind::Critique, ActionKind::Check] {
            let of_kind: Vec<_> = recorded.review.iter().filter(|one| one.action == kind.name()).collect();
            assert!(of_kind.len() >= 4, "{}", kind.name());
            for (RecordedReview { how, raw, kept, discarded, .. }, piece) in
                of_kind.into_iter().flat_map(|one| [1, 7, 10_000].map(|piece| (one, piece)))
            {
                let mut reviewing = Reviewing::new(&request(kind, sample, ""), &background, vec![]).unwrap();
                reviewing.hear(started(&["lore:1", "lore:2"]));
                for part in raw.chars().collect::<Vec<_>>().chunks(piece) {
                    reviewing.hear(text(&part.iter().collect::<String>()));
                }
                let review = end(&mut reviewing);
                let mut quotes: Vec<_> = review.remarks.iter().map(|one| one.quote.clone()).collect();
                let mut kept = kept.clone();
                quotes.sort();
                kept.sort();
                assert_eq!((quotes, review.discarded.len()), (kept, *discarded), "{}: {how}", kind.name());
            }
        }
    }

    #[test]
    fn only_what_was_told_can_be_contradicted() {
        let asked = request(ActionKind::Check, SCENE, "");
        let mut reviewing = Reviewing::new(&asked, &told(), vec![]).unwrap();
        reviewing.hear(started(&["lore:1"]));
        reviewing.hear(text(FOUND));
        reviewing.hear(text(SECOND));
        let review = end(&mut reviewing);
        assert_eq!(review.discarded, ["learned to swim"]);
        let [Remark { what: RemarkWhat::Finding { source: Some(source), label, .. }, intended: None, .. }] =
            review.remarks.as_slice()
        else {
            panic!("{review:?}")
        };
        assert_eq!(
            (*label, source.title.as_str(), source.quote.as_str()),
            (Label::Contradicts, "Anna", "black hair")
        );
    }

    #[test]
    fn what_is_meant_so_is_told_with_its_reason() {
        let asked = request(ActionKind::Check, SCENE, "");
        let known = ("pushedbackherredhair|lore:1|blackhaircutshort".to_owned(), "she dyes it".to_owned());
        let mut reviewing = Reviewing::new(&asked, &told(), vec![known]).unwrap();
        reviewing.hear(started(&["lore:1", "lore:2"]));
        reviewing.hear(text(FOUND));
        reviewing.hear(text(SECOND));
        let reasons: Vec<_> = end(&mut reviewing).remarks.into_iter().map(|remark| remark.intended).collect();
        assert_eq!(reasons, [Some("she dyes it".to_owned()), None]);
    }

    #[test]
    fn an_answer_in_no_form_is_told_and_one_that_was_stopped_is_as_far_as_it_came() {
        let asked = request(ActionKind::Check, SCENE, "");
        let mut reviewing = Reviewing::new(&asked, &told(), vec![]).unwrap();
        reviewing.hear(text("Certainly!"));
        let Some(ReviewEvent::Failed { problem }) = reviewing.hear(finished()) else { panic!() };
        assert!(problem.message.contains("another model"), "{problem}");
        let mut stopped = Reviewing::new(&asked, &told(), vec![]).unwrap();
        stopped.hear(text("{\"findi"));
        stopped.hear(ActionEvent::CandidateDone { candidate: 0, reason: EndReason::Cancelled });
        assert_eq!(end(&mut stopped), Review::default());
        let other = request(ActionKind::Continue, SCENE, "");
        assert_eq!(Reviewing::new(&other, &told(), vec![]).err().unwrap().code, ProblemCode::BadRequest);
    }
}
