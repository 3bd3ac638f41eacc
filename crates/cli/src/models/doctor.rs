//! What a bug report needs. Nothing of what somebody writes is in it, and no names: folders below the user's own begin
//! with `~`, and of variables and tokens only whether there are any.

use std::path::Path;

use foolscap_app::{Models, data_folder, graphics};
use serde_json::json;

use super::tell;
use crate::Failure;
use crate::look::print;

/// Variables that change where models come from or how they are computed with.
const VARIABLES: &[&str] = &[
    "FOOLSCAP_LIBRARY",
    "HF_ENDPOINT",
    "HF_HUB_CACHE",
    "HF_HOME",
    "HF_TOKEN",
    "HTTPS_PROXY",
    "OLLAMA_MODELS",
];

pub fn run(models: &Models, json: bool) -> Result<(), Failure> {
    let machine = models.machine();
    let library = data_folder().join("library.foolscap");
    let size = std::fs::metadata(&library).map(|m| m.len()).ok();
    let set: Vec<&str> = VARIABLES.iter().copied().filter(|name| std::env::var_os(name).is_some()).collect();
    let (here, problem) = match models.here() {
        Ok(here) => (here, None),
        Err(problem) => (Vec::new(), Some(without_home(&problem.to_string()))),
    };
    let of_models: Vec<_> = here
        .iter()
        .map(|model| {
            json!({
                "id": without_home(&model.id),
                "source": model.source,
                "size": model.size,
                "path": model.path.as_deref().map(without_home),
                "problem": model.problem.as_deref().map(without_home),
            })
        })
        .collect();
    let all = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        "instructions": instructions(),
        "graphics": graphics(),
        "machine": machine,
        "data": without_home(&data_folder().display().to_string()),
        "library": size,
        "variables": set,
        "models": of_models,
        "problem": problem,
    });
    if json {
        return print(&format!("{all:#}"));
    }
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut lines = vec![
        ("foolscap", text(&all["version"])),
        ("system", text(&all["system"])),
        ("instructions", instructions().join(" ")),
        ("graphics", text(&all["graphics"])),
        ("data", text(&all["data"])),
        ("library", size.map_or("none".into(), |n| format!("{n} bytes"))),
        ("variables", if set.is_empty() { "none".into() } else { set.join(" ") }),
    ];
    lines.extend(problem.map(|problem| ("problem", problem)));
    let mut told = tell::lines(&lines) + "\n" + &tell::machine(&machine);
    for model in &of_models {
        let what = if model["problem"].is_null() { "good".to_owned() } else { text(&model["problem"]) };
        told += &format!("\nmodel         {} ({}): {what}", text(&model["id"]), text(&model["source"]));
    }
    print(&told)
}

/// What this processor knows of what the kernels use.
fn instructions() -> Vec<&'static str> {
    #[cfg(target_arch = "x86_64")]
    {
        let all = [
            ("avx2", is_x86_feature_detected!("avx2")),
            ("fma", is_x86_feature_detected!("fma")),
            ("f16c", is_x86_feature_detected!("f16c")),
            ("avx512f", is_x86_feature_detected!("avx512f")),
            ("avx512vnni", is_x86_feature_detected!("avx512vnni")),
        ];
        all.into_iter().filter(|(_, is_here)| *is_here).map(|(name, _)| name).collect()
    }
    #[cfg(not(target_arch = "x86_64"))]
    Vec::new()
}

fn without_home(text: &str) -> String {
    let home = std::env::home_dir().filter(|home| home.components().count() > 1);
    home.as_deref().and_then(Path::to_str).map_or_else(|| text.to_owned(), |home| text.replace(home, "~"))
}
