//! How much was written, beside what an author set out to write.

use foolscap_manuscript::{self as manuscript, ProjectId, Written};

use super::Studio;
use crate::api::{Goals, Problem, ProblemCode, Progress, WritingDay, WritingDays};

impl Studio {
    /// Where the author stands with a project.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn progress(&self, project: u32) -> Result<Progress, Problem> {
        let progress = self.library.progress(ProjectId(project))?;
        let manuscript::Goals { project, by, day, session } = progress.goals;
        Ok(Progress {
            goals: Goals { words: project, by, day, session },
            words: progress.words,
            today: words(progress.today),
            session: progress.session.map(words),
        })
    }

    /// Whole days since a project was last written on.
    ///
    /// # Errors
    /// As [`Studio::progress`].
    pub fn days_away(&self, project: u32) -> Result<u32, Problem> {
        Ok(self.library.days_away(ProjectId(project))?)
    }

    /// Sets what is to be written, in the place of what was set before.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for what is no day; [`ProblemCode::NotFound`], [`ProblemCode::Library`].
    pub fn set_goals(&mut self, project: u32, goals: &Goals) -> Result<(), Problem> {
        let Goals { words, by, day, session } = goals.clone();
        if let Some(by) = by.as_deref().filter(|by| !is_day(by)) {
            let message = format!("{by:?} is no day; write it as 2027-03-01");
            return Err(Problem::new(ProblemCode::BadRequest, message));
        }
        // A goal of nothing is none.
        let [words, day, session] = [words, day, session].map(|goal| goal.filter(|words| *words > 0));
        let goals = manuscript::Goals { project: words, by, day, session };
        Ok(self.library.set_goals(ProjectId(project), &goals)?)
    }

    /// The last days on which something was written, so many at most.
    ///
    /// # Errors
    /// As [`Studio::progress`].
    pub fn writing_days(&self, project: u32, at_most: u32) -> Result<WritingDays, Problem> {
        let project = ProjectId(project);
        let days = self.library.days(project)?.into_iter().take(at_most as usize);
        let day = |day: manuscript::Day| WritingDay { day: day.day, words: words(day.written) };
        Ok(WritingDays { days: days.map(day).collect(), streak: self.library.streak(project)? })
    }
}

fn words(written: Written) -> i32 {
    written.words.clamp(i32::MIN.into(), i32::MAX.into()) as i32
}

/// Whether a text has the form of a day, `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let within = |part: &str, digits: usize, of: std::ops::RangeInclusive<u32>| {
        part.len() == digits
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse().is_ok_and(|n| of.contains(&n))
    };
    matches!(parts[..], [year, month, day]
        if within(year, 4, 0..=9999) && within(month, 2, 1..=12) && within(day, 2, 1..=31))
}
