//! Models and machines as the shells hear of them.

use foolscap_engine::arch::Config;
use foolscap_engine::gguf::Header;
use foolscap_engine::{Gguf, KvType, LoadOptions, Model, Need};
use foolscap_models::catalog::{Entry, Kind, Recommended};
use foolscap_models::found::Held;
use foolscap_models::machine::{Machine, Rates};
use foolscap_models::settings::ModelSettings;
use foolscap_models::shelf::{Shelved, Source};
use foolscap_models::{Choice, STARTER, fit};

use super::{CONTEXT, names};
use crate::api::{FitFacts, FitVerdict, MachineFacts, ModelHere, ModelSetting, Nearest, Offer, Problem};
use crate::engine::{either, of_file};

pub(super) fn machine(machine: &Machine, rates: Option<Rates>, room: Option<u64>) -> MachineFacts {
    MachineFacts {
        processor: machine.processor.clone(),
        cores: machine.cores as u32,
        memory: machine.memory as f64,
        memory_free: machine.memory_free as f64,
        disk_free: room.map(|bytes| bytes as f64),
        memory_rate: rates.map(|rates| rates.memory),
        product_rate: rates.map(|rates| rates.products),
    }
}

/// What is to be fetched, and the room there is for it.
#[derive(Clone, Copy)]
struct Disk {
    fetch: u64,
    room: u64,
}

fn facts(
    need: impl Fn(usize) -> Need,
    context: u32,
    machine: &Machine,
    rates: Option<&Rates>,
    disk: Disk,
    about: bool,
) -> FitFacts {
    let told = fit::fit(&need(context as usize), machine, rates, disk.fetch, disk.room);
    let (needed, free) = told.memory;
    let verdict = match told.verdict {
        fit::Verdict::Fits => FitVerdict::Fits,
        fit::Verdict::Tight => FitVerdict::Tight,
        fit::Verdict::TooLarge => FitVerdict::TooLarge,
    };
    let is_memory = verdict == FitVerdict::TooLarge && !told.disk;
    let longest = is_memory.then(|| fit::longest_context(need, machine, context as usize)).flatten();
    FitFacts {
        verdict,
        disk: told.disk,
        context,
        needed: needed as f64,
        left: free as f64 - needed as f64,
        tokens_a_second: told.tokens_a_second,
        about,
        longest: longest.map(|context| context as u32),
    }
}

/// A model whose header was read, with so many tokens of context in this form.
pub(super) fn by_header(
    header: &Header,
    (context, keys): (u32, KvType),
    machine: &Machine,
    rates: Option<&Rates>,
    fetch: u64,
    room: Option<u64>,
) -> Result<FitFacts, Problem> {
    let config = Config::from_header(header)?;
    let context = context.min(config.context as u32);
    let options = LoadOptions { keys, ..LoadOptions::default() };
    let need = |context| Need::of(header, &config, context, &options);
    let disk = Disk { fetch, room: room.unwrap_or(u64::MAX) };
    Ok(facts(need, context, machine, rates, disk, false))
}

/// A model of which only the size is known.
pub(super) fn by_size(
    size: u64,
    context: u32,
    machine: &Machine,
    rates: Option<&Rates>,
    room: Option<u64>,
) -> FitFacts {
    let need = |context| fit::about(size, context);
    facts(need, context, machine, rates, Disk { fetch: size, room: room.unwrap_or(u64::MAX) }, true)
}

pub(super) fn offer(
    entry: &Entry,
    context: u32,
    machine: &Machine,
    rates: Option<&Rates>,
    room: Option<u64>,
    here: Option<&Shelved>,
    nearest: Option<Nearest>,
) -> Offer {
    let size = entry.about_bytes();
    let disk = Disk { fetch: if here.is_some() { 0 } else { size }, room: room.unwrap_or(u64::MAX) };
    let fit =
        facts(|context| fit::about(size, context), context.min(entry.context), machine, rates, disk, true);
    Offer {
        id: entry.id.clone(),
        name: entry.name.clone(),
        repo: entry.repo.clone(),
        file: entry.file.clone(),
        size: size as f64,
        quantization: quantization(&entry.file),
        licence: entry.licence.clone(),
        languages: entry.languages.clone(),
        good_at: entry.good_at.clone(),
        instruct: entry.kind == Kind::Instruct,
        context: entry.context,
        nearest: nearest.filter(|_| fit.verdict == FitVerdict::TooLarge),
        here: here.map(|model| model.id.clone()),
        fit,
    }
}

/// As the end of a file's name says: `Q4_K_M`.
fn quantization(file: &str) -> String {
    let stem = file.trim_end_matches(".gguf");
    let last = stem.rsplit(['-', '.']).next().unwrap_or(stem);
    let is_one = last.starts_with(['Q', 'q', 'I', 'i', 'F', 'f', 'B', 'b'])
        && last.contains(|c: char| c.is_ascii_digit());
    if is_one { last.to_uppercase() } else { String::new() }
}

/// A model by its file.
pub(super) fn here(
    choice: &Choice,
    set: &ModelSettings,
    machine: &Machine,
    rates: Option<&Rates>,
) -> ModelHere {
    let gguf = choice.open();
    let problem = gguf.as_ref().map_err(ToString::to_string).and_then(|gguf| {
        // What the engine does not run is told, with why.
        Model::check(gguf).map_err(|e| e.to_string())
    });
    let name = gguf.as_ref().ok().and_then(|gguf| gguf.metadata().text("general.name")).map(str::trim);
    let name = name.filter(|name| !name.is_empty()).map_or_else(|| choice.label(), str::to_owned);
    let context = (set.context.unwrap_or(CONTEXT), set.keys());
    let fit =
        gguf.as_ref().ok().and_then(|gguf| by_header(gguf.header(), context, machine, rates, 0, None).ok());
    let own = |gguf: &Gguf| gguf.metadata().text("tokenizer.chat_template").is_some();
    let follows = |gguf| set.style != Some(Kind::Base) && (set.template.is_some() || own(gguf));
    let instruct = gguf.as_ref().ok().map(follows);
    let (path, source) = match choice {
        Choice::Starter => (None, STARTER),
        Choice::File(path) => (Some(path.display().to_string()), "file"),
    };
    ModelHere {
        id: choice.id(),
        name,
        path,
        size: gguf.map_or(0.0, |gguf: Gguf| gguf.file_size() as f64),
        source: source.to_owned(),
        ours: false,
        entry: None,
        fit,
        instruct,
        measured: None,
        problem: problem.err(),
    }
}

/// A model of the list.
pub(super) fn shelved(model: &Shelved, machine: &Machine, rates: Option<&Rates>) -> ModelHere {
    let entry = names::entry_of(model);
    let facts = here(&Choice::File(model.path.clone()), &model.settings, machine, rates);
    // A catalogue's name is better than what stands in many files.
    let name = entry.map_or(facts.name, |entry| entry.name.clone());
    ModelHere {
        name,
        entry: entry.map(|entry| entry.id.clone()),
        measured: model.speed.map(|speed| speed.decode),
        instruct: facts.instruct,
        ..gone(model).with(facts.size, facts.fit, facts.problem)
    }
}

/// What can be said about a model without its file.
pub(super) fn gone(model: &Shelved) -> ModelHere {
    let source = match &model.source {
        Source::Hub { .. } => "hub",
        Source::File => "file",
        Source::Copy => "copy",
    };
    ModelHere {
        id: model.id.clone(),
        name: model.id.clone(),
        path: Some(model.path.display().to_string()),
        size: 0.0,
        source: source.to_owned(),
        ours: model.source != Source::File,
        entry: None,
        fit: None,
        instruct: None,
        measured: None,
        problem: None,
    }
}

impl ModelHere {
    fn with(self, size: f64, fit: Option<FitFacts>, problem: Option<String>) -> Self {
        Self { size, fit, problem, ..self }
    }
}

/// A model of another program. Its header is not read: there may be many, on slow disks.
pub(super) fn held(held: &Held) -> ModelHere {
    ModelHere {
        id: held.path.display().to_string(),
        name: held.name.clone(),
        path: Some(held.path.display().to_string()),
        size: held.size as f64,
        source: held.program.name().to_owned(),
        ours: false,
        entry: None,
        fit: None,
        instruct: None,
        measured: None,
        problem: None,
    }
}

/// What is set, and what holds where nothing is.
pub(super) fn settings(
    choice: &Choice,
    set: &ModelSettings,
    recommended: Recommended,
) -> Result<Vec<ModelSetting>, Problem> {
    let gguf = choice.open()?;
    let recommended = either(of_file(gguf.metadata()), recommended);
    let config = Config::from_header(gguf.header())?;
    let has_template = gguf.metadata().text("tokenizer.chat_template").is_some();
    let sampling = &set.sampling;
    let text = |value: Option<String>| value.unwrap_or_default();
    let of_prompt = |makers: Option<String>| {
        makers
            .map_or_else(|| "the prompt's".to_owned(), |number| format!("{number}, as its maker recommends"))
    };
    let style = |kind: Kind| match kind {
        Kind::Base => "base".to_owned(),
        Kind::Instruct => "instruct".to_owned(),
    };
    let all = [
        (
            "context",
            text(set.context.map(|n| n.to_string())),
            format!("{}, as memory allows", config.context),
        ),
        (
            "threads",
            text(set.threads.map(|n| n.to_string())),
            format!("{}, one a core that is worth it", foolscap_engine::usual_threads()),
        ),
        (
            "device",
            text(set.device.map(|device| device.name().to_owned())),
            match foolscap_engine::graphics::BUILT {
                true => "the graphics card, where there is one",
                false => "the processor: this build knows no card",
            }
            .to_owned(),
        ),
        (
            "gpu_layers",
            text(set.gpu_layers.map(|n| n.to_string())),
            format!("as many of {} as fit", config.layers.len()),
        ),
        ("kv_type", text(set.kv_type.clone()), "16 bits".to_owned()),
        (
            "temperature",
            text(sampling.temperature.map(|n| n.to_string())),
            of_prompt(recommended.temperature.map(|n| n.to_string())),
        ),
        (
            "top_p",
            text(sampling.top_p.map(|n| n.to_string())),
            of_prompt(recommended.top_p.map(|n| n.to_string())),
        ),
        (
            "top_k",
            text(sampling.top_k.map(|n| n.to_string())),
            of_prompt(recommended.top_k.map(|n| n.to_string())),
        ),
        (
            "min_p",
            text(sampling.min_p.map(|n| n.to_string())),
            of_prompt(recommended.min_p.map(|n| n.to_string())),
        ),
        (
            "template",
            text(set.template.clone()),
            if has_template { "the model's own" } else { "none" }.to_owned(),
        ),
        (
            "style",
            text(set.style.map(style)),
            match has_template {
                true => "as the model is: follows instructions",
                false => "as the model is: carries text on",
            }
            .to_owned(),
        ),
    ];
    let all = all.into_iter();
    Ok(all.map(|(name, value, default)| ModelSetting { name: name.to_owned(), value, default }).collect())
}
