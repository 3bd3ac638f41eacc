//! The lore of a project: people, places, things and facts, and where the manuscript names them.

use foolscap_manuscript::{self as manuscript, ChapterId, Lore, LoreId, NewLore, ProjectId, Told};

use super::Studio;
use crate::api::{LoreEntry, LoreKind, LorePassage, LorePassages, LoreText, LoreTold, Problem};

/// How many places are listed at most; all are counted.
const LISTED: usize = 500;

impl Studio {
    /// All entries of a project, by name.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`], [`crate::api::ProblemCode::Library`].
    pub fn lore(&self, project: u32) -> Result<Vec<LoreEntry>, Problem> {
        Ok(self.library.lore(ProjectId(project))?.into_iter().map(entry).collect())
    }

    /// The entries of a project that were put away, by name.
    ///
    /// # Errors
    /// As [`Studio::lore`].
    pub fn archived_lore(&self, project: u32) -> Result<Vec<LoreEntry>, Problem> {
        Ok(self.library.archived_lore(ProjectId(project))?.into_iter().map(entry).collect())
    }

    /// One entry, also one that was put away.
    ///
    /// # Errors
    /// As [`Studio::lore`].
    pub fn lore_entry(&self, id: u32) -> Result<LoreEntry, Problem> {
        Ok(entry(self.library.lore_entry(LoreId(id))?))
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// As [`Studio::lore`]; [`crate::api::ProblemCode::BadRequest`] for a chapter of another project.
    pub fn add_lore(&mut self, project: u32, what: &LoreText) -> Result<LoreEntry, Problem> {
        Ok(entry(self.library.add_lore(ProjectId(project), &written(what))?))
    }

    /// Replaces what an entry says.
    ///
    /// # Errors
    /// As [`Studio::add_lore`].
    pub fn set_lore(&mut self, id: u32, what: &LoreText) -> Result<LoreEntry, Problem> {
        Ok(entry(self.library.set_lore(LoreId(id), &written(what))?))
    }

    /// Puts an entry away, or takes it back. It is kept, and not listed.
    ///
    /// # Errors
    /// As [`Studio::lore`].
    pub fn archive_lore(&mut self, id: u32, archived: bool) -> Result<(), Problem> {
        Ok(self.library.archive_lore(LoreId(id), archived)?)
    }

    /// Where the manuscript names an entry.
    ///
    /// # Errors
    /// As [`Studio::lore`].
    pub fn lore_passages(&self, id: u32) -> Result<LorePassages, Problem> {
        let found = self.library.mentions(LoreId(id))?;
        let mut scenes: Vec<u32> = found.places.iter().map(|place| place.hit.scene.0).collect();
        let last = scenes.last().copied();
        scenes.dedup();
        Ok(LorePassages {
            count: count(found.places.len()),
            scenes: count(scenes.len()),
            last,
            passages: found.places.into_iter().take(LISTED).map(passage).collect(),
            unread: count(found.unread.len()),
        })
    }

    /// The entry that is named between two texts, those before and after a cursor; none where none is.
    ///
    /// # Errors
    /// As [`Studio::lore`].
    pub fn lore_at(&self, project: u32, before: &str, after: &str) -> Result<Option<LoreEntry>, Problem> {
        Ok(self.library.lore_at(ProjectId(project), before, after)?.map(entry))
    }
}

fn passage(place: manuscript::Mention) -> LorePassage {
    let manuscript::Mention { hit, holds } = place;
    LorePassage {
        scene: hit.scene.0,
        from: count(hit.position.start),
        to: count(hit.position.end),
        before: hit.before,
        name: hit.text,
        after: hit.after,
        holds,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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
        match_case: what.match_case,
        short: what.short.clone(),
        long: what.long.clone(),
        from: what.from.map(ChapterId),
        to: what.to.map(ChapterId),
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
            match_case: what.match_case,
            short: what.short,
            long: what.long,
            from: what.from.map(|chapter| chapter.0),
            to: what.to.map(|chapter| chapter.0),
        },
    }
}
