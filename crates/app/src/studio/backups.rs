//! Backups, for whoever has the library open. One is made by [`crate::Backups`], which needs nobody to stop writing.

use foolscap_manuscript::Schedule;

use super::Studio;
use crate::Backups;
use crate::api::{BackupList, BackupSchedule, Problem};

impl Studio {
    /// The backups there are, and what is wanted of them.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::Library`].
    pub fn backups(&self) -> Result<BackupList, Problem> {
        let (backups, Schedule { hours, keep }) = (self.backups_of(), self.library.schedule()?);
        Ok(BackupList {
            backups: backups.files()?,
            aside: backups.aside()?,
            folder: backups.folder().display().to_string(),
            schedule: BackupSchedule { hours, keep },
            problem: None,
        })
    }

    /// Keeps what is wanted of backups.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::Library`].
    pub fn set_backup_schedule(&mut self, wanted: BackupSchedule) -> Result<(), Problem> {
        let BackupSchedule { hours, keep } = wanted;
        Ok(self.library.set_schedule(&Schedule { hours, keep })?)
    }

    /// Goes back to a backup, by its file or its time; a shell reads all it shows anew. Returns the file that what was there
    /// before is kept in, which undoes it when it is named here.
    ///
    /// # Errors
    /// [`crate::api::ProblemCode::NotFound`] when there is no such backup, [`crate::api::ProblemCode::Library`].
    pub fn restore_backup(&mut self, backup: &str) -> Result<String, Problem> {
        let backup = self.backups_of().find(backup)?;
        Ok(self.library.restore(&backup)?.display().to_string())
    }

    /// What is wanted of backups here; none in a library that is only read.
    pub(crate) fn schedule(&self) -> Result<Option<Schedule>, Problem> {
        Ok(if self.library.is_read_only() { None } else { Some(self.library.schedule()?) })
    }

    /// Lets go of some old states of scenes, and tells of how many.
    pub(crate) fn thin(&mut self) -> Result<usize, Problem> {
        Ok(self.library.thin_revisions()?)
    }

    fn backups_of(&self) -> Backups {
        Backups::of(self.library.path())
    }
}
