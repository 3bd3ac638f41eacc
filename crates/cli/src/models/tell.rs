//! Models in words and columns.

use foolscap_app::api::{
    FitFacts, FitVerdict, HubFile, HubModel, Look, MachineFacts, ModelHere, ModelSetting, Offer,
};
use foolscap_app::words::bytes;

/// In one line: whether it fits, with the figures.
pub fn fit(fit: &FitFacts) -> String {
    let about = if fit.about { "about " } else { "" };
    let needs = format!("{about}{} of memory at {} tokens", bytes(fit.needed as u64), fit.context);
    let left = bytes(fit.left.abs() as u64);
    let verdict = match fit.verdict {
        FitVerdict::Fits => format!("yes: {needs}, {left} stay free"),
        FitVerdict::Tight => format!("tight: {needs}, which leaves {left}"),
        FitVerdict::TooLarge if fit.disk => format!("no: the disk has too little room ({needs})"),
        FitVerdict::TooLarge => format!("no: {needs}, {left} more than are free"),
    };
    let longest = fit.longest.map_or(String::new(), |n| format!("; {n} tokens would fit"));
    let speed = fit.tokens_a_second.map_or(String::new(), |n| format!("; {n:.0} tokens/s"));
    format!("{verdict}{longest}{speed}")
}

/// What was seen before a model is fetched: what it needs of memory and disk, and what would fit if it does not.
pub fn look(look: &Look) -> String {
    let files = if look.files > 1 { format!(" in {} files", look.files) } else { String::new() };
    let room = look.disk_free.map_or(String::new(), |n| format!(", of {} that are free", bytes(n as u64)));
    let nearest = look.nearest.as_ref().map_or(String::new(), |nearest| {
        format!("; the nearest that fits is {} (foolscap models get {})", nearest.title, nearest.name)
    });
    format!("{}; download {}{files}{room}{nearest}", fit(&look.fit), bytes(look.size as u64))
}

fn short(fit: &FitFacts) -> String {
    match fit.verdict {
        FitVerdict::Fits => "fits".into(),
        FitVerdict::Tight => format!("tight: leaves {}", bytes(fit.left.max(0.0) as u64)),
        FitVerdict::TooLarge if fit.disk => "no room on the disk".into(),
        FitVerdict::TooLarge => "will not fit".into(),
    }
}

pub fn offers(offers: &[Offer], context: u32) -> String {
    if offers.is_empty() {
        return "nothing in the catalogue has all these words; --hub searches everywhere".into();
    }
    let memory = format!("MEMORY AT {context}");
    let mut rows = vec![["NAME", "DOWNLOAD", &memory, "TOKENS/S", "FITS", "GOOD AT"].map(str::to_owned)];
    rows.extend(offers.iter().map(|offer| {
        let speed = offer.fit.tokens_a_second.map_or("–".into(), |n| format!("{n:.0}"));
        let fits = match (&offer.here, &offer.nearest) {
            (Some(_), _) => "here".into(),
            (None, Some(nearest)) => format!("{}; nearest: {}", short(&offer.fit), nearest.title),
            (None, None) => short(&offer.fit),
        };
        [
            offer.id.clone(),
            bytes(offer.size as u64),
            bytes(offer.fit.needed as u64),
            speed,
            fits,
            offer.good_at.clone(),
        ]
    }));
    columns(&rows)
}

pub fn offer(offer: &Offer) -> String {
    let kind = if offer.instruct { "follows instructions" } else { "carries text on" };
    let rows = [
        ("name", offer.name.clone()),
        ("file", format!("{}:{}", offer.repo, offer.file)),
        ("download", bytes(offer.size as u64)),
        ("licence", offer.licence.clone()),
        ("languages", offer.languages.clone()),
        ("good at", offer.good_at.clone()),
        ("kind", kind.to_owned()),
        ("context", format!("{} tokens", offer.context)),
        ("fits here", fit(&offer.fit)),
        ("here", offer.here.clone().unwrap_or_else(|| format!("no; foolscap models get {}", offer.id))),
    ];
    lines(&rows)
}

pub fn here(here: &[ModelHere], found: &[ModelHere]) -> String {
    let row = |model: &ModelHere| {
        let speed = model.measured.map_or(String::new(), |n| format!("{n:.0} tokens/s"));
        let state = model.problem.clone().or(model.fit.as_ref().map(short)).unwrap_or_default();
        [model.id.clone(), bytes(model.size as u64), model.source.clone(), state, speed]
    };
    let mut text = columns(&here.iter().map(row).collect::<Vec<_>>());
    if !found.is_empty() {
        let rows: Vec<_> = found
            .iter()
            .map(|model| {
                let path = model.path.clone().unwrap_or_default();
                [model.name.clone(), bytes(model.size as u64), model.source.clone(), path]
            })
            .collect();
        text += &format!(
            "\n\nFound on this machine (use them by their paths, or import them):\n{}",
            columns(&rows)
        );
    }
    text
}

pub fn hub_models(models: &[HubModel]) -> String {
    if models.is_empty() {
        return "the hub has no GGUF model with these words".into();
    }
    let row = |model: &HubModel| {
        let gated = if model.gated { "terms to agree to" } else { "" };
        [model.repo.clone(), format!("{} downloads", model.downloads), gated.to_owned()]
    };
    format!(
        "{}\n\n`foolscap models info owner/name` lists the files of one.",
        columns(&models.iter().map(row).collect::<Vec<_>>())
    )
}

pub fn hub_files(repo: &str, files: &[HubFile]) -> String {
    if files.is_empty() {
        return format!("{repo} has no GGUF file; look for one that has");
    }
    let row = |file: &HubFile| {
        let parts = if file.files > 1 { format!("{} files", file.files) } else { String::new() };
        let fits = file.problem.clone().unwrap_or_else(|| short(&file.fit));
        [file.name.clone(), bytes(file.size as u64), parts, fits]
    };
    columns(&files.iter().map(row).collect::<Vec<_>>())
}

pub fn settings(settings: &[ModelSetting]) -> String {
    let row = |s: &ModelSetting| {
        let first = s.value.lines().next().unwrap_or_default();
        let value = if first.is_empty() { format!("({})", s.default) } else { first.to_owned() };
        [s.name.clone(), value]
    };
    columns(&settings.iter().map(row).collect::<Vec<_>>())
}

pub fn machine(m: &MachineFacts) -> String {
    let rate = |rate: Option<f64>, unit: &str| {
        rate.map_or("not measured".to_owned(), |n| format!("{:.1} {unit}", n / 1e9))
    };
    lines(&[
        ("processor", m.processor.clone()),
        ("cores", m.cores.to_string()),
        ("memory", format!("{}, {} free", bytes(m.memory as u64), bytes(m.memory_free as u64))),
        ("disk", m.disk_free.map_or("unknown".into(), |n| format!("{} free", bytes(n as u64)))),
        ("reads", rate(m.memory_rate, "GB/s")),
        ("multiplies", rate(m.product_rate, "thousand million 8-bit numbers a second")),
    ])
}

pub fn lines(rows: &[(&str, String)]) -> String {
    rows.iter().map(|(name, value)| format!("{name:<14}{value}")).collect::<Vec<_>>().join("\n")
}

/// Rows with columns as wide as their widest; the last as it is.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |i: usize| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
