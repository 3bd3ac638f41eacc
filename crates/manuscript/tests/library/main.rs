//! What a library promises across closing and opening, on real files. One binary, because each links SQLite.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod migration;
mod refused;
mod reopen;
mod saves;
