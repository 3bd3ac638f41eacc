//! Which of several answers writes better, and what is wrong with one. By votes: strengths of prompts and models from choices
//! between two answers ([`bradley_terry`]), and whether a model chooses as its user does ([`mod@agreement`]). By measures that need no
//! model and always say the same: likeness to a reference ([`mod@chrf`], [`rouge`]), checks that an author writes ([`Spec`]), and what an
//! answer claims without a source ([`mod@claims`]). [`distribution`] sums figures up for reports.
//!
//! All are pure functions of texts: nothing is read, kept or asked for.
//!
//! ```
//! use foolscap_judging::bradley_terry::{Comparison, fit};
//! use foolscap_judging::{Case, Check, Outcome};
//!
//! let votes = [Comparison { left: 0, right: 1, outcome: Outcome::Right }; 3];
//! let fit = fit(2, &votes);
//! assert_eq!((fit.leader(), fit.separated()), (Some(1), false));
//!
//! let case = Case { answer: "Sure, here you go. It rained.", language: "en", ..Case::default() };
//! let failed: Vec<_> = Check::usual().into_iter().filter(|spec| spec.check(&case).passed == Some(false)).collect();
//! assert_eq!(failed.iter().map(|spec| spec.title()).collect::<Vec<_>>(), ["Nothing but the text"]);
//! ```

pub mod agreement;
pub mod aside;
pub mod bradley_terry;
mod case;
pub mod checks;
pub mod chrf;
pub mod claims;
pub mod distribution;
mod error;
pub mod rouge;
mod text;

pub use agreement::{Agreement, agreement};
pub use bradley_terry::Outcome;
pub use case::{Case, Flag, Known};
pub use checks::{Check, Found, Spec};
pub use claims::{Disagreement, claims, disagreement};
pub use error::Error;
