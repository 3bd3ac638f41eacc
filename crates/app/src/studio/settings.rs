//! What a writer has set, and what is remembered from one time to the next. All of it lies in the library as JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Studio;
use crate::api::{Problem, ProblemCode, Settings};

const SETTINGS: &str = "settings";

impl Studio {
    /// The writer's settings.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn settings(&self) -> Result<Settings, Problem> {
        Ok(self.kept(SETTINGS)?.unwrap_or_default())
    }

    /// Keeps the writer's settings. The model and the last project are kept by what changes them.
    ///
    /// # Errors
    /// [`ProblemCode::Library`].
    pub fn save_settings(&mut self, settings: &Settings) -> Result<(), Problem> {
        self.change_settings(|kept| {
            let (model, last_project) = (kept.model.take(), kept.last_project);
            *kept = Settings { model, last_project, ..settings.clone() };
        })
    }

    /// Changes some of the settings.
    pub(crate) fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) -> Result<(), Problem> {
        let mut settings = self.settings()?;
        change(&mut settings);
        self.keep(SETTINGS, &settings)
    }

    /// What is kept under a key. What another version kept and this one does not read counts as nothing: that is no reason
    /// to stay shut.
    pub(super) fn kept<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Problem> {
        Ok(self.library.setting(key)?.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Keeps something under a key.
    pub(super) fn keep(&mut self, key: &str, value: &impl Serialize) -> Result<(), Problem> {
        let json = serde_json::to_string(value)
            .map_err(|e| Problem::new(ProblemCode::Library, format!("{key} cannot be written: {e}")))?;
        Ok(self.library.set_setting(key, &json)?)
    }
}
