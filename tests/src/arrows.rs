//! The arrows between crates. They point down only, so that each layer can be read, tested and used without
//! what lies above it; a wrong arrow is reported by its two names and what is wrong with it.

use std::fmt;

use serde_json::Value;

/// Every crate of the house: its name, its layer (0 is the lowest) and the crates that it may use.
const HOUSE: [(&str, u8, &[&str]); 12] = [
    ("foolscap-engine", 0, &[]),
    ("foolscap-judging", 0, &[]),
    ("foolscap-spelling", 0, &[]),
    ("foolscap-workbench", 0, &[]),
    ("foolscap-prompts", 1, &["foolscap-engine"]),
    ("foolscap-manuscript", 1, &[]),
    ("foolscap-models", 1, &["foolscap-engine"]),
    ("foolscap-exchange", 2, &["foolscap-manuscript"]),
    (
        "foolscap-app",
        3,
        &[
            "foolscap-prompts",
            "foolscap-manuscript",
            "foolscap-exchange",
            "foolscap-models",
            "foolscap-spelling",
            "foolscap-judging",
            "foolscap-workbench",
            "foolscap-engine",
        ],
    ),
    ("foolscap-server", 4, &["foolscap-app"]),
    ("foolscap", 5, &["foolscap-app", "foolscap-server"]),
    ("foolscap-desktop", 5, &["foolscap-app"]),
];

/// May use anything and be used by nothing: they are no part of what is shipped.
const OUTSIDE: [&str; 2] = ["foolscap-tests", "xtask"];

/// One crate of the workspace uses another, whatever for: building and testing count too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The crate that depends.
    pub from: String,
    /// The crate that it depends on.
    pub to: String,
}

/// An arrow that the house does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    arrow: Arrow,
    why: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} depends on {}: {}", short(&self.arrow.from), short(&self.arrow.to), self.why)
    }
}

/// The arrows in the answer of `cargo metadata --no-deps --format-version 1`. Errs, saying what is missing,
/// when it is not such an answer.
pub fn arrows(metadata: &Value) -> Result<Vec<Arrow>, String> {
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let name =
        |of: &Value| of["name"].as_str().map(str::to_owned).ok_or("a package or dependency has no name");
    let members = packages.iter().map(name).collect::<Result<Vec<_>, _>>()?;
    let mut arrows = Vec::new();
    for (package, from) in packages.iter().zip(&members) {
        for dependency in
            package["dependencies"].as_array().ok_or(format!("{from} has no dependency list"))?
        {
            let to = name(dependency)?;
            // A crate's own tests are not shipped, and may use what the suites share.
            if dependency["kind"] == "dev" && OUTSIDE.contains(&to.as_str()) {
                continue;
            }
            let arrow = Arrow { from: from.clone(), to };
            if members.contains(&arrow.to) && !arrows.contains(&arrow) {
                arrows.push(arrow);
            }
        }
    }
    Ok(arrows)
}

/// The arrows that the house does not allow.
pub fn wrong(arrows: &[Arrow]) -> Vec<Wrong> {
    arrows.iter().filter_map(|arrow| Some(Wrong { arrow: arrow.clone(), why: objection(arrow)? })).collect()
}

fn objection(Arrow { from, to }: &Arrow) -> Option<String> {
    if OUTSIDE.contains(&from.as_str()) {
        return None;
    }
    if OUTSIDE.contains(&to.as_str()) {
        return Some("upward; nothing that is shipped may use it".to_owned());
    }
    let Some((layer, may_use)) = place(from) else {
        return Some(format!("{from} has no place in the house; give it one in tests/src/arrows.rs"));
    };
    let Some((below, _)) = place(to) else {
        return Some(format!("{to} has no place in the house; give it one in tests/src/arrows.rs"));
    };
    if may_use.contains(&to.as_str()) {
        return None;
    }
    let direction = match below.cmp(&layer) {
        std::cmp::Ordering::Greater => "upward",
        std::cmp::Ordering::Equal => "sideways",
        std::cmp::Ordering::Less => "past its neighbour",
    };
    let allowed: Vec<&str> = may_use.iter().map(|name| short(name)).collect();
    let allowed =
        if allowed.is_empty() { "no other crate".to_owned() } else { format!("only {}", allowed.join(", ")) };
    Some(format!("{direction}; {} may use {allowed}", short(from)))
}

fn place(name: &str) -> Option<(u8, &'static [&'static str])> {
    HOUSE.iter().find(|(house, ..)| *house == name).map(|(_, layer, may_use)| (*layer, *may_use))
}

/// The name as the design says it.
fn short(name: &str) -> &str {
    match name {
        "foolscap" => "cli",
        "foolscap-desktop" => "src-tauri",
        other => other.strip_prefix("foolscap-").unwrap_or(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(from: &str, to: &str) -> Vec<String> {
        wrong(&[Arrow { from: from.to_owned(), to: to.to_owned() }]).iter().map(Wrong::to_string).collect()
    }

    #[test]
    fn the_arrows_of_the_design_pass() {
        for (from, _, may_use) in HOUSE {
            for to in may_use {
                assert_eq!(told(from, to), [""; 0]);
            }
        }
        assert_eq!(told("foolscap-tests", "foolscap-engine"), [""; 0]);
    }

    #[test]
    fn a_wrong_arrow_is_reported_by_name_and_direction() {
        let sideways = "prompts depends on manuscript: sideways; prompts may use only engine";
        assert_eq!(told("foolscap-prompts", "foolscap-manuscript"), [sideways]);
        let upward = "engine depends on app: upward; engine may use no other crate";
        assert_eq!(told("foolscap-engine", "foolscap-app"), [upward]);
        let past = "cli depends on engine: past its neighbour; cli may use only app, server";
        assert_eq!(told("foolscap", "foolscap-engine"), [past]);
        let sideways = "src-tauri depends on cli: sideways; src-tauri may use only app";
        assert_eq!(told("foolscap-desktop", "foolscap"), [sideways]);
        assert!(told("foolscap-app", "xtask")[0].starts_with("app depends on xtask: upward"));
    }

    #[test]
    fn a_new_crate_must_be_given_its_place() {
        assert!(
            told("foolscap-cloud", "foolscap-engine")[0].contains("foolscap-cloud has no place in the house")
        );
        assert!(
            told("foolscap-engine", "foolscap-cloud")[0].contains("foolscap-cloud has no place in the house")
        );
    }

    #[test]
    fn arrows_for_building_and_testing_count_and_outer_crates_do_not() {
        let metadata = json!({ "packages": [
            { "name": "foolscap-engine", "dependencies": [
                { "name": "serde", "kind": null },
                { "name": "foolscap-manuscript", "kind": "dev" },
                { "name": "foolscap-manuscript", "kind": "build" },
                { "name": "foolscap-tests", "kind": "dev" },
            ] },
            { "name": "foolscap-manuscript", "dependencies": [] },
            { "name": "foolscap-tests", "dependencies": [] },
        ] });
        let told: Vec<String> = wrong(&arrows(&metadata).unwrap()).iter().map(Wrong::to_string).collect();
        assert_eq!(told, ["engine depends on manuscript: upward; engine may use no other crate"]);
        assert!(arrows(&json!({})).is_err());
    }
}
