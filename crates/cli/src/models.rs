//! `foolscap models`: finding, getting and looking after models.

pub mod args;
mod doctor;
mod tell;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use foolscap_app::api::{FitVerdict, ModelHere};
use foolscap_app::bench::{Work, bench as measure};
use foolscap_app::{Cancel, Choice, Import, Models, Progress, Selected, Stage, data_folder, inspect, words};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::Failure;
use crate::args::Loading;
use crate::look::{describe, print};
use args::ModelsCommand;

/// The models of this user. Nobody is asked yet.
pub fn of(endpoints: &[String]) -> Models {
    Models::of(&data_folder(), endpoints)
}

/// The model that a name names: a path, a model of the list, or `starter`.
pub fn choose(name: &Path) -> Result<Choice, Failure> {
    Ok(of(&[]).choose(name)?)
}

/// The same with what is set for it, but for what is named here; none: the starter.
pub fn selected(name: Option<&Path>, loading: &Loading) -> Result<Selected, Failure> {
    let models = of(&[]);
    let choice = name.map(|name| models.choose(name)).transpose()?.unwrap_or_default();
    let mut selected = models.selected(choice);
    let named = [
        ("threads", loading.threads.map(|n| n.to_string())),
        ("device", loading.device.clone()),
        ("gpu_layers", loading.gpu_layers.map(|n| n.to_string())),
        ("kv_type", loading.kv_type.clone()),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            selected.settings.set(name, &value).map_err(|e| Failure::Usage(e.to_string()))?;
        }
    }
    Ok(selected)
}

/// `foolscap models …`.
pub fn run(command: &ModelsCommand) -> Result<(), Failure> {
    match command {
        ModelsCommand::List(json) => list(json.json),
        ModelsCommand::Search { words, hub: true, endpoint, json, .. } => {
            search_hub(&words.join(" "), &endpoint.endpoint, json.json)
        }
        ModelsCommand::Search { words, context, json, .. } => {
            let offers = of(&[]).offers(&words.join(" "), context.context)?;
            print(&if json.json {
                format!("{:#}", json!(offers))
            } else {
                tell::offers(&offers, context.context)
            })
        }
        ModelsCommand::Info { name, context, endpoint, json } => {
            info(name, context.context, &endpoint.endpoint, json.json)
        }
        ModelsCommand::Get { name, force, endpoint, json } => {
            get(name, *force, &endpoint.endpoint, json.json)
        }
        ModelsCommand::Import { paths, copy, form, json } => {
            import(paths, Import { copy: *copy, form: *form }, json.json)
        }
        ModelsCommand::Remove { name, yes } => remove(name, *yes),
        ModelsCommand::Verify { names } => verify(names),
        ModelsCommand::Bench { name, json } => bench(name, json.json),
        ModelsCommand::Set { name, settings, reset, json } => set(name, settings, *reset, json.json),
        ModelsCommand::Token { remove } => token(*remove),
        ModelsCommand::Measure(json) => {
            eprintln!("measuring for up to 20 seconds; leave the machine to it");
            let facts = of(&[]).measure()?;
            print(&if json.json { format!("{:#}", json!(facts)) } else { tell::machine(&facts) })
        }
        ModelsCommand::Doctor(json) => doctor::run(&of(&[]), json.json),
    }
}

fn list(json: bool) -> Result<(), Failure> {
    let models = of(&[]);
    let (here, found) = (models.here()?, models.found()?);
    if json {
        return print(&format!("{:#}", json!({ "here": here, "found": found })));
    }
    print(&tell::here(&here, &found))
}

fn search_hub(words: &str, endpoints: &[String], json: bool) -> Result<(), Failure> {
    let found = of(endpoints).search_hub(words)?;
    print(&if json { format!("{:#}", json!(found)) } else { tell::hub_models(&found) })
}

fn info(name: &str, context: u32, endpoints: &[String], json: bool) -> Result<(), Failure> {
    let models = of(endpoints);
    // A repository or a file of one, and not a file of this machine.
    let is_remote = name.contains('/') && !Path::new(name).exists();
    if is_remote && !name.contains(':') {
        let files = models.hub_files(name)?;
        return print(&if json { format!("{:#}", json!(files)) } else { tell::hub_files(name, &files) });
    }
    if !is_remote && let Ok(choice) = models.choose(Path::new(name)) {
        let facts = inspect::inspect(&choice)?;
        let here = models.here()?.into_iter().find(|model| model.id.eq_ignore_ascii_case(name));
        let settings = models.settings(name).unwrap_or_default();
        let fit = models.fit(&choice, context).ok();
        if json {
            let all = json!({ "model": here, "file": facts, "fit": fit, "settings": settings });
            return print(&format!("{all:#}"));
        }
        let fit = fit.as_ref().map(tell::fit);
        let fit = fit.map_or(String::new(), |fit| format!("\nfits here     {fit}"));
        return print(&format!("{}{fit}\n\n{}", describe(&facts), tell::settings(&settings)));
    }
    let offer = models.offers("", context)?.into_iter().find(|offer| offer.id.eq_ignore_ascii_case(name));
    // What the header says is better than what the size says; without a network there is only that.
    let exact = models.look(name, context);
    match (offer, exact) {
        (Some(mut offer), exact) => {
            let why = exact.map(|look| offer.fit = look.fit).err();
            let note = why.map(|why| format!("\n(by its size alone: {why})")).unwrap_or_default();
            print(&if json { format!("{:#}", json!(offer)) } else { tell::offer(&offer) + &note })
        }
        (None, Ok(look)) => {
            print(&if json { format!("{:#}", json!(look)) } else { format!("{name}: {}", tell::look(&look)) })
        }
        (None, Err(problem)) => Err(problem.into()),
    }
}

fn get(name: &str, force: bool, endpoints: &[String], json: bool) -> Result<(), Failure> {
    let models = of(endpoints);
    if !force {
        let look = models.look(name, foolscap_app::CONTEXT)?;
        match look.fit.verdict {
            FitVerdict::Fits => {}
            FitVerdict::Tight => eprintln!("{}", tell::look(&look)),
            FitVerdict::TooLarge => {
                return Err(Failure::Usage(format!(
                    "{name} does not fit: {}. With --force it is fetched anyway",
                    tell::look(&look)
                )));
            }
        }
    }
    let (cancel, bar) = (stop_on_interrupt(), bar());
    let got = models.get(name, &cancel, &mut |progress| show(&bar, progress));
    bar.finish_and_clear();
    let Some(model) = got? else {
        eprintln!("stopped; what came is kept, and `foolscap models get {name}` goes on with it");
        return Err(Failure::Interrupted);
    };
    if json {
        return print(&format!("{:#}", json!(model)));
    }
    print(&format!("{} is here. Try it: foolscap continue story.md --model {}", model.name, model.id))
}

fn import(paths: &[PathBuf], how: Import, json: bool) -> Result<(), Failure> {
    let (models, cancel, bar) = (of(&[]), stop_on_interrupt(), bar());
    let mut all = Vec::new();
    for path in paths {
        let taken = models.import(path, how, &cancel, &mut |at| {
            bar.set_length(at.total);
            bar.set_position(at.done);
            bar.set_message(at.what.to_owned());
        });
        all.extend(taken?);
    }
    bar.finish_and_clear();
    if cancel.is_cancelled() {
        return Err(Failure::Interrupted);
    }
    if json {
        return print(&format!("{:#}", json!(all)));
    }
    let told: Vec<String> =
        all.iter().map(|model: &ModelHere| format!("{:<32}{}", model.id, model.name)).collect();
    print(&told.join("\n"))
}

fn remove(name: &str, yes: bool) -> Result<(), Failure> {
    let models = of(&[]);
    let here = models.here()?.into_iter().find(|model| model.id.eq_ignore_ascii_case(name));
    if let Some(model) = here.filter(|model| model.ours && !yes) {
        if !io::stdin().is_terminal() {
            return Err(Failure::Usage(format!("{name} is deleted from the disk; say --yes")));
        }
        eprint!("Delete {} ({})? [y/N] ", model.name, words::bytes(model.size as u64));
        let mut answer = String::new();
        let read = io::stderr().flush().and_then(|()| io::stdin().read_line(&mut answer));
        read.map_err(|source| Failure::Read { what: "the answer".into(), source })?;
        if !answer.trim().eq_ignore_ascii_case("y") {
            return Err(Failure::Usage(format!("{name} stays")));
        }
    }
    let gone = models.remove(name)?;
    let path = gone.path.unwrap_or_default();
    print(&match gone.ours {
        true => format!("{name} is deleted"),
        false => format!("{name} is off the list; its file stays: {path}"),
    })
}

fn verify(names: &[String]) -> Result<(), Failure> {
    let (models, cancel, bar) = (of(&[]), stop_on_interrupt(), bar());
    let here = models.here()?.into_iter().filter(|model| model.path.is_some());
    let all: Vec<ModelHere> = here.filter(|model| names.is_empty() || names.contains(&model.id)).collect();
    let unknown = names.iter().find(|name| !all.iter().any(|model| model.id == **name));
    if let Some(name) = unknown {
        return Err(Failure::Usage(format!(
            "there is no model {name:?} here; `foolscap models list` tells which there are"
        )));
    }
    let mut worst = None;
    for model in all {
        bar.set_length(model.size as u64);
        bar.set_message(model.id.clone());
        let said = models.verify(&model.id, &cancel, &mut |done| bar.set_position(done));
        let line = match said {
            Ok(Some(words)) => words,
            Ok(None) => return Err(Failure::Interrupted),
            Err(problem) => {
                let words = problem.to_string();
                worst = Some(problem);
                words
            }
        };
        bar.suspend(|| print(&format!("{:<24}{line}", model.id)))?;
    }
    bar.finish_and_clear();
    worst.map_or(Ok(()), |problem| Err(problem.into()))
}

fn bench(name: &str, json: bool) -> Result<(), Failure> {
    let models = of(&[]);
    let choice = models.choose(Path::new(name))?;
    let work = Work { prompt: 256, generate: 64, runs: 3, ..Work::default() };
    let m = measure(&models.selected(choice.clone()), &work)?;
    models.keep_measured(&choice, &m)?;
    if json {
        return print(&format!("{:#}", json!(m)));
    }
    print(&format!(
        "{name}: reads {:.0} and draws {:.1} tokens a second, loads in {:.1} s",
        m.prefill_tok_s, m.decode_tok_s, m.load_s
    ))
}

fn set(name: &str, pairs: &[String], reset: bool, json: bool) -> Result<(), Failure> {
    let models = of(&[]);
    if reset {
        models.reset(name)?;
    }
    for pair in pairs {
        let Some((setting, value)) = pair.split_once('=') else {
            let all: Vec<&str> = Models::setting_names().collect();
            return Err(Failure::Usage(format!(
                "{pair:?} sets nothing; write name=value, of {}",
                all.join(", ")
            )));
        };
        models.set(name, setting, value)?;
    }
    let settings = models.settings(name)?;
    print(&if json { format!("{:#}", json!(settings)) } else { tell::settings(&settings) })
}

fn token(remove: bool) -> Result<(), Failure> {
    if remove {
        Models::set_token(None)?;
        return print("the token is forgotten");
    }
    let read = |source| Failure::Read { what: "the token".into(), source };
    let text = match io::stdin().is_terminal() {
        true => {
            rpassword::prompt_password("Token (from the hub's Settings, Access Tokens): ").map_err(read)?
        }
        false => io::read_to_string(io::stdin()).map_err(read)?,
    };
    Models::set_token(Some(&text))?;
    print("the token is kept in the system's keyring")
}

/// Raised by Ctrl-C.
fn stop_on_interrupt() -> Cancel {
    let cancel = Cancel::new();
    let raised = cancel.clone();
    // Where the system knows no such key, the program ends as it always does.
    let _ = ctrlc::set_handler(move || raised.cancel());
    cancel
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template(
        "{msg:24!} {bar:32} {decimal_bytes} of {decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left",
    );
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, progress: &Progress) {
    bar.set_length(progress.total);
    bar.set_position(progress.done);
    bar.set_message(match &progress.stage {
        Stage::Asking => "asking the hub".to_owned(),
        Stage::Checking => "reading what came".to_owned(),
        Stage::Fetching => "fetching".to_owned(),
        Stage::Waiting { why, seconds } => {
            bar.suspend(|| eprintln!("{why}; again in {seconds} s"));
            "waiting".to_owned()
        }
        Stage::Finishing => "finishing".to_owned(),
    });
}
