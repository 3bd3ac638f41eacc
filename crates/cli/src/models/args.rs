//! What can be typed about models.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use crate::args::Json;

/// `foolscap models`.
#[derive(Debug, Args)]
pub struct Models {
    #[command(subcommand)]
    pub command: ModelsCommand,
}

/// What to do with models.
#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// Tell which models are here, and which other programs hold
    #[command(after_help = "Example:
  foolscap models list --json")]
    List(Json),
    /// Tell which models can be had, and whether they fit this machine
    #[command(after_help = "Examples:
  foolscap models search
  foolscap models search apache german
  foolscap models search --hub mistral gguf")]
    Search {
        /// Words that must all be in its name, licence, languages or description
        words: Vec<String>,
        /// Ask the hub for any model, not only those of the catalogue
        #[arg(long)]
        hub: bool,
        #[command(flatten)]
        context: Context,
        #[command(flatten)]
        endpoint: Endpoint,
        #[command(flatten)]
        json: Json,
    },
    /// Tell all about a model: one that is here, one of the catalogue, or a repository on the hub
    #[command(after_help = "Examples:
  foolscap models info qwen3-1.7b
  foolscap models info Qwen/Qwen3-4B-GGUF
  foolscap models info Qwen/Qwen3-4B-GGUF:Qwen3-4B-Q4_K_M.gguf --context 32768")]
    Info {
        /// A model's name, `owner/name` or `owner/name:file`
        name: String,
        #[command(flatten)]
        context: Context,
        #[command(flatten)]
        endpoint: Endpoint,
        #[command(flatten)]
        json: Json,
    },
    /// Fetch a model; Ctrl-C stops it, and what came is kept for the next time
    #[command(after_help = "Examples:
  foolscap models get qwen3-1.7b
  foolscap models get Qwen/Qwen3-4B-GGUF:Qwen3-4B-Q4_K_M.gguf
  foolscap models get gemma-3-4b --endpoint https://huggingface.co --endpoint https://a.mirror")]
    Get {
        /// A model of the catalogue, or `owner/name:file`
        name: String,
        /// Fetch it even if it does not fit
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        endpoint: Endpoint,
        #[command(flatten)]
        json: Json,
    },
    /// Take files, or folders of files, onto the list; a folder of safetensors is made one GGUF
    #[command(after_help = "Examples:
  foolscap models import ~/Downloads/Qwen3-4B-Q4_K_M.gguf
  foolscap models import /media/stick/models --copy
  foolscap models import ~/Downloads/Qwen3-4B --form Q5_K_M

A folder with config.json, *.safetensors and tokenizer.json, as makers of models publish them, is converted: the GGUF comes
into Foolscap's own folder, and the folder is not needed any more. Ctrl-C stops, and leaves nothing.")]
    Import {
        /// Files or folders
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Copy them into Foolscap's own folder, rather than use them where they lie
        #[arg(long)]
        copy: bool,
        /// What the weights of a folder of safetensors are stored as
        #[arg(long, value_name = "FORM", default_value_t = foolscap_app::Form::default(), ignore_case = true,
              value_parser = PossibleValuesParser::new(foolscap_app::Form::names()).try_map(|name| name.parse::<foolscap_app::Form>()))]
        form: foolscap_app::Form,
        #[command(flatten)]
        json: Json,
    },
    /// Take a model off the list, and off the disk if Foolscap has put it there
    #[command(after_help = "Example:
  foolscap models remove qwen3-1.7b --yes")]
    Remove {
        /// A model of the list
        name: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Check that a model's file is still whole
    #[command(after_help = "Example:
  foolscap models verify qwen3-1.7b")]
    Verify {
        /// Models of the list [default: all]
        names: Vec<String>,
    },
    /// Measure how fast a model is here, and keep it with the model
    #[command(after_help = "Example:
  foolscap models bench qwen3-1.7b")]
    Bench {
        /// A model of the list, or `starter`
        name: String,
        #[command(flatten)]
        json: Json,
    },
    /// Tell, or set, what holds for a model
    #[command(after_help = "Examples:
  foolscap models set qwen3-1.7b
  foolscap models set qwen3-1.7b context=8192 threads=4 temperature=0.7
  foolscap models set qwen3-1.7b temperature=
  foolscap models set qwen3-1.7b --reset")]
    Set {
        /// A model of the list, or `starter`
        name: String,
        /// `name=value`; an empty value takes it back
        settings: Vec<String>,
        /// Take all of it back
        #[arg(long)]
        reset: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Keep the hub's token in the system's keyring, for models whose terms one has to agree to
    #[command(after_help = "Examples:
  foolscap models token
  foolscap models token --remove")]
    Token {
        /// Take it out
        #[arg(long)]
        remove: bool,
    },
    /// Measure what this machine can do, in at most 20 seconds; speeds are told by it
    Measure(Json),
    /// Tell what a bug report needs: nothing of what you write, and no names
    #[command(after_help = "Example:
  foolscap models doctor")]
    Doctor(Json),
}

/// For how long a text.
#[derive(Debug, Args)]
pub struct Context {
    /// Tokens that it is to see at once
    #[arg(long, value_name = "N", default_value_t = foolscap_app::CONTEXT, value_parser = clap::value_parser!(u32).range(256..))]
    pub context: u32,
}

/// Where the hub is.
#[derive(Debug, Args)]
pub struct Endpoint {
    /// The hub, and mirrors of it, tried in this order [default: HF_ENDPOINT, what the window's settings say, or
    /// https://huggingface.co]
    #[arg(long, value_name = "URL")]
    pub endpoint: Vec<String>,
}
