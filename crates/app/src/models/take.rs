//! Models that are on this machine already come onto the list, are looked after, and go.

use std::path::Path;

use foolscap_engine::{Cancel, Gguf, Model};
use foolscap_models::convert::{self, Form, Plan};
use foolscap_models::shelf::Source;
use foolscap_models::{Choice, import};

use super::{Models, facts};
use crate::api::{ModelHere, Problem, ProblemCode};

/// How a model is taken onto the list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Import {
    /// Into Foolscap's own folder, rather than used where it lies.
    pub copy: bool,
    /// What weights that are converted are stored as.
    pub form: Form,
}

/// How far a copy or a conversion is.
#[derive(Debug, Clone, Copy)]
pub struct Importing<'a> {
    /// The file, or the tensor, at hand.
    pub what: &'a str,
    /// Bytes that are written.
    pub done: u64,
    /// Bytes of all.
    pub total: u64,
}

impl Models {
    /// Takes a file, or all models of a folder, onto the list: where they lie, or copied into Foolscap's own folder. A folder
    /// with weights as their maker published them (`config.json`, safetensors) is converted to one GGUF there. What the
    /// engine does not run is told, and not taken. `on` hears how far a copy or a conversion is.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] when none of them can be used, [`ProblemCode::Models`].
    pub fn import(
        &self,
        path: &Path,
        how: Import,
        cancel: &Cancel,
        on: &mut dyn FnMut(&Importing<'_>),
    ) -> Result<Vec<ModelHere>, Problem> {
        if convert::is_source(path) {
            return Ok(self.convert(path, how.form, cancel, on)?.into_iter().collect());
        }
        let files = import::models(path).map_err(|e| Problem::new(ProblemCode::NotFound, e.to_string()))?;
        let mut taken = Vec::new();
        let mut refused = None;
        for file in files {
            let usable = Gguf::open(&file).and_then(|gguf| Model::check(&gguf));
            if let Err(e) = usable {
                refused = refused.or(Some(Problem::from(e)));
                continue;
            }
            let label = Choice::File(file.clone()).label();
            let (file, source) = match how.copy {
                false => (file, Source::File),
                true => {
                    let failed = |e: import::ImportError| Problem::new(ProblemCode::Models, e.to_string());
                    let total = import::size(&file).map_err(failed)?;
                    let mut on = |done| on(&Importing { what: &label, done, total });
                    let copied = import::copy(&file, &self.own(), cancel, &mut on).map_err(failed)?;
                    let Some(copied) = copied else { break };
                    (copied, Source::Copy)
                }
            };
            let model = self.shelf()?.put(&label, &file, source, [])?;
            taken.push(self.facts_of(&model));
        }
        match refused {
            Some(problem) if taken.is_empty() && !cancel.is_cancelled() => Err(problem),
            _ => Ok(taken),
        }
    }

    /// None when stopped.
    pub(super) fn convert(
        &self,
        folder: &Path,
        form: Form,
        cancel: &Cancel,
        on: &mut dyn FnMut(&Importing<'_>),
    ) -> Result<Option<ModelHere>, Problem> {
        let mut on = |p: &convert::Progress<'_>| {
            on(&Importing { what: p.tensor, done: p.done, total: p.total });
        };
        let made = Plan::of(folder, form)?.write(&self.own(), cancel, &mut on)?;
        let Some(path) = made else { return Ok(None) };
        let label = Choice::File(path.clone()).label();
        let model = self.shelf()?.put(&label, &path, Source::Copy, [])?;
        Ok(Some(self.facts_of(&model)))
    }

    /// Takes a model off the list, and from the disk if Foolscap has put it there.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Models`].
    pub fn remove(&self, name: &str) -> Result<ModelHere, Problem> {
        let mut shelf = self.shelf()?;
        let id = self.known(&shelf, name)?.id.clone();
        Ok(facts::gone(&shelf.remove(&id)?))
    }

    /// Whether a model's files are still what they were: their digests, where they are known, and their headers. Gives what
    /// was checked, in words; none when stopped. `on` hears the bytes that are done.
    ///
    /// # Errors
    /// [`ProblemCode::ModelUnusable`] when it is not, [`ProblemCode::NotFound`].
    pub fn verify(
        &self,
        name: &str,
        cancel: &Cancel,
        on: &mut dyn FnMut(u64),
    ) -> Result<Option<String>, Problem> {
        let shelf = self.shelf()?;
        let model = self.known(&shelf, name)?.clone();
        let failed = |e: import::ImportError| Problem::new(ProblemCode::Models, e.to_string());
        let (mut before, mut digests, mut known) = (0, Vec::new(), 0);
        for (path, expected) in model.files() {
            let mut done = 0;
            let mut heard = |n| {
                done = n;
                on(before + n);
            };
            let found = import::sha256(&path, cancel, &mut heard).map_err(failed)?;
            let Some(found) = found else { return Ok(None) };
            if let Some(expected) = expected.filter(|expected| !expected.eq_ignore_ascii_case(&found)) {
                let message = format!(
                    "{} is not what it was: its SHA-256 is {found} and was {expected}; remove it and get it again",
                    path.display()
                );
                return Err(Problem::new(ProblemCode::ModelUnusable, message));
            }
            known += usize::from(expected.is_some());
            before += done;
            digests.push(found);
        }
        Gguf::open(&model.path).and_then(|gguf| Model::check(&gguf))?;
        let found = digests.join(", ");
        Ok(Some(match digests.len() - known {
            0 => format!("whole: SHA-256 {found}"),
            _ if known > 0 => {
                format!("readable; {known} of {} files have the SHA-256 that they had", digests.len())
            }
            _ => format!("readable; SHA-256 {found}, and none is known to hold it against"),
        }))
    }
}
