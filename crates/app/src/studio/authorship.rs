//! Who wrote what: a project's report, and where single words came from.

use std::collections::BTreeMap;
use std::path::Path;

use foolscap_exchange::write_whole;
use foolscap_manuscript::{Machine, ProjectId, Report, ReportItem, SceneId, Shares};
use serde_json::Value;

use super::Studio;
use crate::api::{
    AuthorshipLine, AuthorshipReport, ItemKind, ItemRef, OriginSetting, Problem, ReportFormat, WordOrigin,
    WordShares, WordSource,
};
use crate::disclosure;

impl Studio {
    /// Who wrote what in a project. Notes to self are not counted.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound), [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn authorship(&self, project: u32) -> Result<AuthorshipReport, Problem> {
        Ok(told(self.library.provenance(ProjectId(project))?))
    }

    /// The same as a file for others: JSON with all there is, or lines for people to read (in English, as whoever asks for
    /// a disclosure reads it).
    ///
    /// # Errors
    /// As [`Studio::authorship`].
    pub fn disclosure(&self, project: u32, format: ReportFormat) -> Result<String, Problem> {
        let report = self.library.provenance(ProjectId(project))?;
        Ok(match format {
            ReportFormat::Json => report.to_json() + "\n",
            ReportFormat::Text => disclosure::text(&told(report)),
        })
    }

    /// Writes that file, which is there whole or not at all.
    ///
    /// # Errors
    /// [`ProblemCode::File`](crate::api::ProblemCode::File) when it cannot be written, and as [`Studio::authorship`].
    pub fn save_disclosure(&self, project: u32, format: ReportFormat, file: &Path) -> Result<(), Problem> {
        Ok(write_whole(file, self.disclosure(project, format)?.as_bytes())?)
    }

    /// How the words came to be that a scene's page has marked with this request and candidate.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`](crate::api::ProblemCode::NotFound) when it was not recorded,
    /// [`ProblemCode::Library`](crate::api::ProblemCode::Library).
    pub fn origin(&self, scene: u32, request: &str, candidate: u32) -> Result<WordOrigin, Problem> {
        let machine = Machine { request: request.to_owned(), candidate };
        let recorded = self.library.made_by(&machine, SceneId(scene))?;
        let what = recorded.what;
        Ok(WordOrigin {
            action: what.action,
            model: what.model,
            model_id: what.model_id,
            prompt: what.prompt,
            prompt_version: what.prompt_version,
            settings: settings(&what.settings),
            seed: what.seed,
            text: what.text,
            created_at: recorded.created_at,
        })
    }
}

/// What was set, by name; what was left open is not told.
fn settings(json: &str) -> Vec<OriginSetting> {
    let Ok(Value::Object(all)) = serde_json::from_str(json) else { return Vec::new() };
    let told = |value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    };
    let set = all.into_iter().filter_map(|(name, value)| Some(OriginSetting { name, value: told(value)? }));
    let mut set: Vec<OriginSetting> = set.collect();
    set.sort_by(|a, b| a.name.cmp(&b.name));
    set
}

fn told(report: Report) -> AuthorshipReport {
    let (mut lines, mut sources) = (Vec::new(), BTreeMap::new());
    flatten(report.items, 0, &mut lines, &mut sources);
    let mut sources: Vec<WordSource> = sources
        .into_iter()
        .map(|((model, prompt, prompt_version), words)| WordSource { model, prompt, prompt_version, words })
        .collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.words));
    AuthorshipReport {
        title: report.title,
        made_at: report.made_at,
        words: report.words.into(),
        lines,
        sources,
    }
}

fn flatten(
    items: Vec<ReportItem>,
    depth: u32,
    lines: &mut Vec<AuthorshipLine>,
    sources: &mut BTreeMap<(String, String, String), u32>,
) {
    for item in items {
        match item {
            ReportItem::Chapter(chapter) => {
                lines.push(AuthorshipLine {
                    item: ItemRef::Chapter(chapter.id.0),
                    kind: if chapter.kind == "part" { ItemKind::Part } else { ItemKind::Chapter },
                    title: chapter.title,
                    depth,
                    words: chapter.words.into(),
                    unread: false,
                });
                flatten(chapter.items, depth + 1, lines, sources);
            }
            ReportItem::Scene(scene) => {
                for source in scene.sources {
                    let words =
                        sources.entry((source.model, source.prompt, source.prompt_version)).or_default();
                    *words = words.saturating_add(source.words);
                }
                lines.push(AuthorshipLine {
                    item: ItemRef::Scene(scene.id.0),
                    kind: ItemKind::Scene,
                    title: scene.title,
                    depth,
                    words: scene.words.into(),
                    unread: scene.unread.is_some(),
                });
            }
        }
    }
}

impl From<Shares> for WordShares {
    fn from(shares: Shares) -> Self {
        Self { human: shares.human, machine: shares.machine, machine_edited: shares.machine_edited }
    }
}
