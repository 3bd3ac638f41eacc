//! What is said about models: which are here, which can be had, what fits, and how one arrives. Sizes are bytes.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Problem;

/// What this machine has and can do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct MachineFacts {
    pub processor: String,
    pub cores: u32,
    pub memory: f64,
    pub memory_free: f64,
    /// Free on the disk that models come to; none where the system does not tell.
    pub disk_free: Option<f64>,
    /// Read from memory in a second; none before it was measured.
    pub memory_rate: Option<f64>,
    /// Products of 8-bit numbers in a second.
    pub product_rate: Option<f64>,
}

/// How well a model fits this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FitVerdict {
    Fits,
    /// It runs, and leaves other programs little.
    Tight,
    TooLarge,
}

/// The verdict with its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct FitFacts {
    pub verdict: FitVerdict,
    /// Whether it is the disk that has too little, and not memory.
    pub disk: bool,
    /// Tokens that this is for.
    pub context: u32,
    /// Memory that is needed.
    pub needed: f64,
    /// Memory that would be left.
    pub left: f64,
    /// Drawn in a second, about; none where the machine was not measured.
    pub tokens_a_second: Option<f64>,
    /// By the model's size alone: its header was not seen.
    pub about: bool,
    /// The longest context that fits, where this one does not.
    pub longest: Option<u32>,
}

/// A model that is here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ModelHere {
    /// Names it in every request.
    pub id: String,
    pub name: String,
    /// The file; none for the starter.
    pub path: Option<String>,
    pub size: f64,
    /// Where it came from: `hub`, `file`, `copy`, `starter`, or another program's name.
    pub source: String,
    /// Whether Foolscap put it on the disk, and deletes it when it is removed.
    pub ours: bool,
    /// Entry of the catalogue that it is.
    pub entry: Option<String>,
    pub fit: Option<FitFacts>,
    /// Whether it is asked as one that follows instructions; none where its header was not read.
    pub instruct: Option<bool>,
    /// Tokens drawn in a second, where that was measured.
    pub measured: Option<f64>,
    /// Why it cannot be used; none when it can.
    pub problem: Option<String>,
}

/// A model of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Offer {
    pub id: String,
    pub name: String,
    pub repo: String,
    pub file: String,
    /// To be fetched, about where it is not known for certain.
    pub size: f64,
    pub quantization: String,
    pub licence: String,
    pub languages: String,
    pub good_at: String,
    /// Whether it follows instructions.
    pub instruct: bool,
    pub context: u32,
    pub fit: FitFacts,
    /// The largest offer before it that fits, where this one does not.
    pub nearest: Option<Nearest>,
    /// The model here that it is.
    pub here: Option<String>,
}

/// A repository that a search on the hub found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct HubModel {
    pub repo: String,
    pub downloads: f64,
    /// Whether its maker's terms have to be agreed to first.
    pub gated: bool,
}

/// A model of a repository, in one GGUF file or in several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct HubFile {
    /// `owner/name:path`: names it in a request to fetch it.
    pub name: String,
    /// Of several files, the first.
    pub path: String,
    pub files: u32,
    /// Of all files.
    pub size: f64,
    pub fit: FitFacts,
    /// Why it cannot be fetched; none when it can.
    pub problem: Option<String>,
}

/// A model that can be had in the place of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Nearest {
    /// Names it in a request to fetch it.
    pub name: String,
    pub title: String,
}

/// What is known of a model before it is fetched: its header was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Look {
    /// To be fetched, in so many files.
    pub size: f64,
    pub files: u32,
    pub fit: FitFacts,
    /// Free on the disk that it would come to; none where the system does not tell.
    pub disk_free: Option<f64>,
    /// The largest that fits, where this one does not.
    pub nearest: Option<Nearest>,
}

/// Where the hub is, and who asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct HubSettings {
    /// The hub and its mirrors in the order they are asked, as they were set; empty: the usual one.
    pub endpoints: Vec<String>,
    /// The usual one.
    pub usual: String,
    /// What the environment (`HF_ENDPOINT`) says; it goes before what is set.
    pub environment: Option<String>,
    pub token: Option<TokenPlace>,
}

/// Where the token for repositories with conditions is kept. The token itself is told to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TokenPlace {
    /// In `HF_TOKEN`.
    Environment,
    Keyring,
    /// In a file of the hub's own programs.
    HubFile,
}

/// Where an arrival stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ArrivalState {
    /// The hub is asked about it.
    Asking,
    /// What came before is read.
    Checking,
    Fetching,
    /// It did not come, and is asked for again after so many seconds.
    Waiting {
        why: String,
        seconds: u32,
    },
    /// It is given its place.
    Finishing,
    /// Its header was read and it does not fit: it comes only if it is asked for once more.
    Unfit,
    /// A folder of weights is made one GGUF. It cannot be paused, only dropped.
    Converting,
    /// The user paused it; what came is kept.
    Paused,
    Failed {
        problem: Problem,
    },
    /// It is here.
    Done {
        id: String,
    },
}

/// A model that is on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Arrival {
    /// What was asked for: an entry of the catalogue, `owner/name:file`, or the folder that is converted.
    pub name: String,
    /// What to call it on the page.
    pub title: String,
    #[serde(flatten)]
    pub state: ArrivalState,
    /// What its header says; none before it was read.
    pub look: Option<Look>,
    pub done: f64,
    /// 0 while it is not known.
    pub total: f64,
    /// Bytes in a second, lately.
    pub rate: Option<f64>,
    /// Seconds that are left, at this rate.
    pub left: Option<f64>,
}

/// Something that a model's file says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// A setting of a model, as text; empty where it follows from the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ModelSetting {
    pub name: String,
    pub value: String,
    /// What it is when nothing is set.
    pub default: String,
}
