//! Foolscap's engine: GGUF in, tokens out. It knows no writer, no window, no network and no async runtime;
//! anyone with a GGUF can use it alone.
//!
//! [`Gguf`] maps a file and checks its header; [`arch`] reads the model's sizes by one table row an
//! architecture; [`Decoder`] is the one forward pass, over any rows of any sequences of a [`Cache`];
//! [`Tokenizer`], [`ChatTemplate`] and [`Sampler`] stand between text and tokens; [`Session::generate`] is the
//! loop over all of them.

pub mod arch;
pub mod chat;
mod decoder;
pub mod draft;
pub mod error;
pub mod generate;
pub mod gguf;
pub mod grammar;
pub mod graphics;
mod kernels;
mod kv;
mod kv_type;
mod model;
mod need;
pub mod placement;
pub mod sampler;
mod stop;
mod think;
pub mod tokenizer;

pub use candle_core::Device;
pub use chat::ChatTemplate;
pub use decoder::{Cancel, Decoder, Logits, Run, Want};
pub use error::{Error, Result};
pub use generate::Session;
pub use gguf::Gguf;
#[cfg(feature = "bench")]
pub use kernels::bench as kernels_bench;
pub use kernels::{Backend, cores, limits, set_threads, threads, use_threads, usual_threads};
pub use kv::{Cache, SequenceId};
pub use kv_type::KvType;
pub use model::{LoadOptions, Model, free_memory, quantization};
pub use need::Need;
pub use placement::Placement;
pub use sampler::Sampler;
pub use think::without_thoughts;
pub use tokenizer::Tokenizer;
