//! Judging.

pub mod agreement;
pub mod bradley_terry;
pub mod chrf;
pub mod distribution;
pub mod rouge;

pub use bradley_terry::Outcome;
