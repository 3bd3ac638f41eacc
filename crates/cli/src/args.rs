//! What can be typed.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::ask::args as ask;
use crate::experiment::args as experiment;
use crate::library::args as library;
use crate::models::args as models;
use crate::place::{At, Span};
use crate::prompts::args as prompts;

/// Carries a story on, finds ideas and rewrites passages, with a language model on this machine.
#[derive(Debug, Parser)]
#[command(
    name = "foolscap",
    version,
    after_help = "Examples:
  foolscap continue story.md
  foolscap continue story.md --at 12:1 --words 40 --seed 7
  foolscap brainstorm story.md --candidates 5
  foolscap rewrite story.md --select 120..310 --instruction \"in the past tense\"
  foolscap ask continue 12 --plan
  foolscap inspect model.gguf --json
  foolscap models search
  foolscap serve --model qwen3-1.7b
  foolscap import novel.docx && foolscap list

Nothing leaves this machine. Without --model, the small starter model is used."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Carry a text on, at its end or at a place in it
    #[command(after_help = "Examples:
  foolscap continue story.md
  foolscap continue story.md --at 12:1 --words 40
  cat story.md | foolscap continue - --seed 7 >> story.md")]
    Continue(Continue),
    /// Find several short, different ideas or openings
    #[command(after_help = "Examples:
  foolscap brainstorm story.md
  foolscap brainstorm story.md --instruction \"something with the weather\" --candidates 5
  foolscap brainstorm - < /dev/null
  foolscap brainstorm story.md --regex \"[A-Z][a-z]+ [A-Z][a-z]+\" --instruction \"a name\"")]
    Brainstorm(Brainstorm),
    /// Put other words in the place of a passage
    #[command(after_help = "Examples:
  foolscap rewrite story.md --select 120..310 --instruction shorter
  foolscap rewrite passage.txt --instruction \"in the past tense\"")]
    Rewrite(Rewrite),
    /// Ask for anything that the window can, about a scene of the library or a text
    #[command(after_help = "Examples:
  foolscap ask --list
  foolscap ask continue 12
  foolscap ask brainstorm 12 --variant next --candidates 5
  foolscap ask brainstorm 12 --at 4:1 --variant names --instruction \"Cornish ones\"
  foolscap ask rewrite 12 --select 120..310 --variant shorter
  foolscap ask bridge 12 --at 1200 --seed 7
  foolscap ask summarise 12 --variant line --json
  foolscap ask translate 12 --select 0..400 --into German
  foolscap ask critique 12 --model qwen3-4b --variant line
  foolscap ask check 12 --json --model qwen3-4b
  foolscap ask unstick 12 --at 4:1 --answer how_to_say_it --answer \"she lies to him\"
  foolscap ask continue 12 --plan --off lore:3 --on summary:8
  cat page.txt | foolscap ask outline - --project \"The Lighthouse\"

With a scene or a project the model is told what belongs to it: lore, synopses, summaries, style, the author's note. --plan tells
what would go in and what would not, and why, before anything is written. What came is kept in the library, unless
the window has it open: then the library is read, and what came is told here alone. Without --model, the window's is used.

A critique and a check quote the passages they speak of, with their places as --select takes them; what quotes words that are not
there is discarded and counted. Both need a model that follows instructions. Exit codes: 0 it went well, 1 it failed, 2 it was asked
wrongly, 3 a check found contradictions that nobody means so, 130 it was interrupted.")]
    Ask(Box<ask::Ask>),
    /// Tell what a model file is, how it splits text, or which logits it gives
    #[command(after_help = "Examples:
  foolscap inspect model.gguf
  foolscap inspect starter --json
  foolscap inspect vocabulary.gguf --tokenize page.txt
  foolscap inspect model.gguf --logits 1,2,3 logits.npy")]
    Inspect(Inspect),
    /// Measure how fast a model is on this machine
    #[command(after_help = "Examples:
  foolscap bench model.gguf
  foolscap bench starter --prompt 256 --generate 64 --json
  foolscap bench model.gguf --depth 4096 --threads 4
  foolscap bench model.gguf --depth 4096 --kv-type q8_0
  foolscap bench model.gguf --rows 4 --rewrite --limits
  foolscap bench model.gguf --prompt 4000 --edit --reopen --runs 1
  foolscap bench model.gguf --compare peer.json")]
    Bench(Bench),
    /// Find a model, get it whole, and know that it fits
    #[command(after_help = "Examples:
  foolscap models search
  foolscap models get qwen3-1.7b
  foolscap models get Qwen/Qwen3-4B-GGUF:Qwen3-4B-Q4_K_M.gguf
  foolscap models import ~/models
  foolscap continue story.md --model qwen3-1.7b")]
    Models(models::Models),
    /// Let other programs on this machine ask a model, by the OpenAI API
    #[command(after_help = "Examples:
  foolscap serve
  foolscap serve --model qwen3-1.7b --port 8080
  FOOLSCAP_KEY=a-key-of-mine foolscap serve --json

A client needs the address and the key that are printed:
  OPENAI_BASE_URL=http://127.0.0.1:8181/v1 OPENAI_API_KEY=foolscap-… your-program

Nobody outside this machine is heard. Ctrl-C ends it.")]
    Serve(Serve),
    /// Begin a project
    #[command(after_help = "Example:\n  foolscap new \"The Lighthouse\"")]
    New(library::New),
    /// Tell which projects there are, or what is in one
    #[command(after_help = "Examples:
  foolscap list
  foolscap list \"The Lighthouse\"
  foolscap list 3 --json")]
    List(library::List),
    /// Print a scene's text
    #[command(after_help = "Examples:
  foolscap show 12
  foolscap show 12 --suggestions
  foolscap show 12 | foolscap continue -")]
    Show(library::Show),
    /// Bring files or folders into the library; the number of each scene is printed once it is safely stored
    #[command(after_help = "Examples:
  foolscap import novel.docx
  foolscap import chapters/ --project \"The Lighthouse\"
  foolscap import *.md --project Stories --json
  foolscap import \"My Novel.scriv\" --preview
  foolscap import one.rtf two.rtf three.rtf --together
  pandoc notes.tex -t markdown | foolscap import - --format md --project Notes")]
    Import(library::Import),
    /// Write a project into a file for somebody else
    #[command(after_help = "Examples:
  foolscap export \"The Lighthouse\" --out lighthouse.epub --author \"A. Keeper\"
  foolscap export 3 --format docx --manuscript --author \"A. Keeper\" --out submission.docx
  foolscap export 3 --format txt --out - | wc -w")]
    Export(library::Export),
    /// Tell who wrote what of a project: its author, a model, or a model and then the author
    #[command(after_help = "Examples:
  foolscap report \"The Lighthouse\"
  foolscap report 3 --json --out disclosure.json")]
    Report(library::Report),
    /// Find scenes by the words in them
    #[command(after_help = "Examples:
  foolscap search lamp oil
  foolscap search keeper --project \"The Lighthouse\" --json")]
    Search(library::Search),
    /// People, places, things and facts of a project
    Lore(library::Lore),
    /// Tell which words of a scene or file are misspelt, and what they may have been meant to be
    #[command(after_help = "Examples:
  foolscap spell 12
  foolscap spell story.md --language en-GB
  foolscap spell kapitel.txt --language de --project \"Der Leuchtturm\" --json
  cat story.md | foolscap spell -
  foolscap spell --languages

English comes with Foolscap. For another language put its Hunspell dictionary where --languages tells, or install the
one of your system.")]
    Spell(crate::spell::Spell),
    /// Tell or change which words are right in a project
    #[command(after_help = "Examples:
  foolscap words \"The Lighthouse\"
  foolscap words 3 --add grue --add Ansible
  foolscap words 3 --remove grue")]
    Words(crate::spell::Words),
    /// Copy the whole library, and go back to a copy
    Backup(crate::backup::Backup),
    /// Read, write, version and choose prompts
    #[command(
        subcommand,
        after_help = "Examples:
  foolscap prompts list
  foolscap prompts new \"Quiet\" --action continue
  foolscap prompts edit quiet -m \"shorter sentences\"
  foolscap prompts diff \"quiet v1\" \"quiet v2\"
  foolscap prompts use \"quiet v2\" --project \"The Lighthouse\"
  foolscap prompts render quiet 12 --set mood=calm
  foolscap prompts export prompts/ && git add prompts/
  foolscap prompts check prompts/*.md

A version is called by its label (quiet v2); a prompt’s name alone means its latest. Versions never change."
    )]
    Prompts(prompts::PromptsCommand),
    /// Compare prompts, models and settings on passages, and judge what comes
    #[command(
        subcommand,
        after_help = "Examples:
  foolscap experiment run experiment.toml
  foolscap experiment run experiment.toml --json > results.json
  foolscap experiment judge
  foolscap experiment report --out report.html
  foolscap experiment report \"Cooler or warmer?\" --format csv --out answers.csv

An experiment that was stopped or killed is gone on with by the same command. Exit codes: 0 it went well, 1 an answer failed or a
check is below its threshold, 2 it was asked wrongly, 130 it was interrupted."
    )]
    Experiment(experiment::ExperimentCommand),
    /// Print the completions for a shell
    #[command(after_help = "Example:
  foolscap completions bash > ~/.local/share/bash-completion/completions/foolscap")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// How an answer is printed.
#[derive(Debug, Args)]
pub struct Json {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What all actions share.
#[derive(Debug, Args)]
pub struct Common {
    /// The text: a file, or - for standard input
    pub file: PathBuf,
    /// About how many words are wanted
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub words: Option<u32>,
    /// The same seed gives the same text
    #[arg(long, value_name = "N")]
    pub seed: Option<u32>,
    /// How freely to write: 0 always takes the likeliest word
    #[arg(long, value_name = "T", value_parser = temperature)]
    pub temperature: Option<f32>,
    /// A model of `foolscap models list`, or a GGUF file [default: the starter model]
    #[arg(long, value_name = "MODEL")]
    pub model: Option<PathBuf>,
    #[command(flatten)]
    pub loading: Loading,
    /// Print one JSON object at the end instead of words as they come
    #[arg(long)]
    pub json: bool,
    /// Tell with each token the N likeliest that could have come, in the JSON
    #[arg(long, value_name = "N", requires = "json", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub probabilities: Option<u32>,
    #[command(flatten)]
    pub form: Form,
}

/// How the model is loaded; what is not named is as it is set for the model.
#[derive(Debug, Args)]
pub struct Loading {
    /// Threads to compute with [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub threads: Option<u32>,
    /// Where to compute: cpu, or gpu where this build knows one
    #[arg(long, value_name = "DEVICE", value_parser = ["cpu", "gpu"])]
    pub device: Option<String>,
    /// How many layers, at most, compute on the graphics card [default: as many as fit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub gpu_layers: Option<u32>,
    /// The form of keys and values: f16, or q8_0 for half the memory
    #[arg(long, value_name = "TYPE", value_parser = ["f16", "q8_0"])]
    pub kv_type: Option<String>,
}

/// The form that an answer must have; without one it is prose.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct Form {
    /// Answer in JSON that this JSON Schema (a file) accepts
    #[arg(long, value_name = "FILE")]
    pub json_schema: Option<PathBuf>,
    /// Answer with what this regular expression matches
    #[arg(long, value_name = "REGEX")]
    pub regex: Option<String>,
    /// Answer with a text of this grammar (a file in Lark's notation)
    #[arg(long, value_name = "FILE")]
    pub lark: Option<PathBuf>,
}

/// `foolscap continue`.
#[derive(Debug, Args)]
pub struct Continue {
    #[command(flatten)]
    pub common: Common,
    /// Where to go on: line and column from 1, or a number of characters [default: the end]
    #[arg(long, value_name = "LINE:COL")]
    pub at: Option<At>,
}

/// `foolscap brainstorm`.
#[derive(Debug, Args)]
pub struct Brainstorm {
    #[command(flatten)]
    pub common: Common,
    /// Where to go on: line and column from 1, or a number of characters [default: the end]
    #[arg(long, value_name = "LINE:COL")]
    pub at: Option<At>,
    /// What to keep in mind
    #[arg(long, default_value = "", value_name = "WORDS")]
    pub instruction: String,
    /// How many ideas
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=16))]
    pub candidates: Option<u32>,
}

/// `foolscap rewrite`.
#[derive(Debug, Args)]
pub struct Rewrite {
    #[command(flatten)]
    pub common: Common,
    /// The passage, in characters from 0 [default: all of the text]
    #[arg(long, value_name = "A..B")]
    pub select: Option<Span>,
    /// How to rewrite it: shorter, livelier, in the past tense …
    #[arg(long, value_name = "WORDS")]
    pub instruction: String,
}

/// `foolscap serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// A model of `foolscap models list`, or a GGUF file [default: the starter model]
    #[arg(long, value_name = "MODEL")]
    pub model: Option<PathBuf>,
    /// Where to listen; 0: any port that is free
    #[arg(long, value_name = "N", default_value_t = 8181)]
    pub port: u16,
    /// What requests have to bring [default: a fresh key]
    #[arg(long, value_name = "KEY", env = "FOOLSCAP_KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// Listen on this address of the machine: others that reach it can ask then, if they have the key
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
    #[command(flatten)]
    pub loading: Loading,
    /// Print the address and the key as JSON
    #[arg(long)]
    pub json: bool,
}

/// `foolscap inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// A GGUF file, or `starter`
    pub model: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print the token ids of this file (- for standard input) as a JSON list
    #[arg(long, value_name = "FILE", conflicts_with = "logits")]
    pub tokenize: Option<PathBuf>,
    /// With the tokens that the model wants before and after a whole text
    #[arg(long, requires = "tokenize")]
    pub whole: bool,
    /// Write the logits after each of these tokens as a NumPy array, f32 [positions, vocabulary]
    #[arg(long, num_args = 2, overrides_with = "logits", value_names = ["IDS", "OUT.npy"])]
    pub logits: Option<Vec<String>>,
}

/// `foolscap bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// A GGUF file, or `starter`
    pub model: PathBuf,
    /// Tokens to read
    #[arg(long, default_value_t = 512, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub prompt: u32,
    /// Tokens to draw
    #[arg(long, default_value_t = 64, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub generate: u32,
    /// Tokens that are there before
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub depth: u32,
    /// Also: so many candidates after one prompt, beside one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=16))]
    pub rows: Option<u64>,
    /// Also: the first token when asked again after the prompt's last word was changed
    #[arg(long)]
    pub edit: bool,
    /// Also: the same after everything was closed and opened
    #[arg(long)]
    pub reopen: bool,
    /// Also: rewriting a passage of N words of which a fifth changes
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "300",
          value_parser = clap::value_parser!(u64).range(10..=5000))]
    pub rewrite: Option<u64>,
    /// Also: what this machine can read from memory and multiply at most
    #[arg(long)]
    pub limits: bool,
    /// What another engine's benchmark has said, as JSON: tells the ratios
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// How often to measure; the medians are printed
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub runs: u64,
    #[command(flatten)]
    pub loading: Loading,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub(crate) fn temperature(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(t) if (0.0..=5.0).contains(&t) => Ok(t),
        _ => Err("a number from 0 to 5 is wanted".into()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }
}
