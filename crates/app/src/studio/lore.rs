//! The lore of a project: people, places, things and facts.

use foolscap_manuscript::{self as manuscript, Lore, LoreId, NewLore, ProjectId, Told};

use super::Studio;
use crate::api::{LoreEntry, LoreKind, LoreText, LoreTold, Problem};

impl Studio {
    /// All entries of a project, by name.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn lore(&self, project: u32) -> Result<Vec<LoreEntry>, Problem> {
        Ok(self.library.lore(ProjectId(project))?.into_iter().map(entry).collect())
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// As [`Studio::lore`].
    pub fn add_lore(&mut self, project: u32, what: &LoreText) -> Result<LoreEntry, Problem> {
        Ok(entry(self.library.add_lore(ProjectId(project), &written(what))?))
    }

    /// Puts an entry away; it is kept, and not listed.
    ///
    /// # Errors
    /// As [`Studio::lore`].
    pub fn archive_lore(&mut self, id: u32) -> Result<(), Problem> {
        Ok(self.library.archive_lore(LoreId(id), true)?)
    }
}

fn written(what: &LoreText) -> NewLore {
    NewLore {
        kind: match what.kind {
            LoreKind::Person => manuscript::LoreKind::Person,
            LoreKind::Place => manuscript::LoreKind::Place,
            LoreKind::Thing => manuscript::LoreKind::Thing,
            LoreKind::Fact => manuscript::LoreKind::Fact,
        },
        name: what.name.clone(),
        aliases: what.aliases.clone(),
        told: match what.told {
            LoreTold::Named => Told::Named,
            LoreTold::Always => Told::Always,
            LoreTold::Never => Told::Never,
        },
        match_case: false,
        short: what.short.clone(),
        long: what.long.clone(),
        from: None,
        to: None,
    }
}

fn entry(lore: Lore) -> LoreEntry {
    let Lore { id, project, what, .. } = lore;
    LoreEntry {
        id: id.0,
        project: project.0,
        what: LoreText {
            kind: match what.kind {
                manuscript::LoreKind::Person => LoreKind::Person,
                manuscript::LoreKind::Place => LoreKind::Place,
                manuscript::LoreKind::Thing => LoreKind::Thing,
                manuscript::LoreKind::Fact => LoreKind::Fact,
            },
            name: what.name,
            aliases: what.aliases,
            told: match what.told {
                Told::Named => LoreTold::Named,
                Told::Always => LoreTold::Always,
                Told::Never => LoreTold::Never,
            },
            short: what.short,
            long: what.long,
        },
    }
}
