//! What the suites share that cross crates: the rules of the house as functions that can be shown to catch
//! what they forbid, models made by chance, and llama.cpp as the reference. Nothing here is shipped.

pub mod arrows;
pub mod fuzz;
pub mod hub;
pub mod imports;
pub mod parity;
pub mod peer;
pub mod published;
pub mod synth;
pub mod vocabularies;
