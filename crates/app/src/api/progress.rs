//! How much was written, beside what an author set out to write.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What an author set out to write, in words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Goals {
    /// In the whole project.
    pub words: Option<u32>,
    /// The day by which, as `YYYY-MM-DD`.
    pub by: Option<String>,
    /// Each day.
    pub day: Option<u32>,
    /// Each session.
    pub session: Option<u32>,
}

/// Where an author stands with a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Progress {
    pub goals: Goals,
    /// Words of all scenes that are not put away.
    pub words: u32,
    /// Words written today; below zero when more were taken out than written.
    pub today: i32,
    /// Words written in the present session; none when the last one is over.
    pub session: Option<i32>,
}

/// The days on which something was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct WritingDays {
    /// The latest first; days without writing are left out.
    pub days: Vec<WritingDay>,
    /// Days in a row, up to today, that reached the day's goal or, without one, had words written.
    pub streak: u32,
}

/// What was written on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct WritingDay {
    /// `YYYY-MM-DD`, in the calendar of this machine.
    pub day: String,
    /// Words written less words taken out.
    pub words: i32,
}
