//! What can be wrong with a check that somebody has written. Each message says what, and the way out.

/// Why a check cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A pattern is no regular expression, or too large a one.
    #[error("the pattern {pattern:?} cannot be used: {reason}; write it as Rust's regex has it")]
    Pattern {
        /// The pattern, its beginning where it is long.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A least figure is above the largest.
    #[error("{kind}: min is {min} and max is {max}; min must not be above max")]
    MinAboveMax {
        /// The kind of the check.
        kind: &'static str,
        /// The least.
        min: f64,
        /// The largest.
        max: f64,
    },
    /// A figure is no number, or outside its range.
    #[error("{field} is {value}; it must be from {low} to {high}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// What is written.
        value: f64,
        /// The least that it may be.
        low: f64,
        /// The most that it may be.
        high: f64,
    },
    /// A check has nothing to hold an answer against.
    #[error("{kind}: {field} is missing or empty; without it every answer passes")]
    Empty {
        /// The kind of the check.
        kind: &'static str,
        /// What should be there.
        field: &'static str,
    },
    /// What should name a language does not.
    #[error(
        "{tag:?} names no language; name one as BCP 47 does, such as en or de-AT, or write \"same\" or \"into\""
    )]
    NotALanguage {
        /// What is written.
        tag: String,
    },
}
