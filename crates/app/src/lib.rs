//! The use cases of Foolscap: one API for every shell. A window works with an [`App`], which has a library of
//! manuscripts and a model; a terminal needs only an [`Engine`], or the plain functions of [`inspect`] and
//! [`bench`]. Requests, events and errors are the types of [`api`].

#[allow(missing_docs, reason = "a field whose name says all needs no line")]
pub mod api;
pub mod bench;
pub mod inspect;

mod actions;
mod app;
mod backups;
mod completions;
mod context;
mod disclosure;
mod engine;
mod exchanging;
mod lock;
mod looking;
mod memory;
mod models;
mod prepared;
mod problem;
mod provenance;
mod review;
mod samples;
mod scoring;
mod spelling;
mod studio;
mod telling;
mod unstick;
mod workbench;

pub use actions::{actions, plan_for};
pub use app::{App, ReviewSink, known};
pub use backups::Backups;
pub use context::Background;
pub use engine::{Engine, Selected, Sink, graphics};
pub use exchanging::{sort_dropped, write_file};
pub use foolscap_engine::{Cancel, cores, set_threads};
pub use foolscap_judging::Known;
pub use foolscap_models::convert::Form;
pub use foolscap_models::download::{Progress, Stage};
pub use foolscap_models::words;
pub use foolscap_models::{ABOUT_STARTER, Choice};
pub use foolscap_spelling::LICENSE as DICTIONARY_LICENSE;
pub use memory::Memory;
pub use models::{ArrivalsWatcher, CONTEXT, Import, Importing, Models, data_folder};
pub use review::Reviewing;
pub use samples::samples;
pub use scoring::Scorer;
pub use spelling::{ProjectWords, Spelling};
pub use studio::{Studio, file_name, formats, preview_import};
pub use unstick::{situation, unstick};
pub use workbench::{
    Bench, ExperimentsWatcher, Hold, Loader, Runner, Surroundings, Writer, action_of, lessons, read_passages,
};
