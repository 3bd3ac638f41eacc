//! People, places, things and facts of a project, from the command line.

use foolscap_app::api::{ItemKind, LoreEntry, LoreKind, LoreText, LoreTold, OutlineItem};
use serde_json::json;

use super::args::{Lore, LoreCommand, LoreFields};
use super::{as_json, open, open_to_read, standard_input};
use crate::Failure;
use crate::look::print;

/// `foolscap lore`.
pub fn lore(c: &Lore) -> Result<(), Failure> {
    match &c.command {
        LoreCommand::List { project, archived, of } => {
            let studio = open_to_read(of)?;
            let project = studio.find(project)?.id;
            let all = if *archived { studio.archived_lore(project)? } else { studio.lore(project)? };
            if of.json { as_json(&all) } else { all.iter().try_for_each(|entry| print(&line(entry))) }
        }
        LoreCommand::Show { entry, of } => {
            let studio = open_to_read(of)?;
            let entry = studio.lore_entry(*entry)?;
            if of.json {
                return as_json(&entry);
            }
            show(&entry, &studio.outline(entry.project)?.items)
        }
        LoreCommand::Add { project, name, fields, of } => {
            let mut studio = open(of)?;
            let project = studio.find(project)?.id;
            let mut what = LoreText {
                kind: LoreKind::Person,
                name: name.clone(),
                aliases: Vec::new(),
                told: LoreTold::Named,
                match_case: false,
                short: String::new(),
                long: String::new(),
                from: None,
                to: None,
            };
            change(&mut what, fields, &studio.outline(project)?.items)?;
            let entry = studio.add_lore(project, &what)?;
            if of.json { as_json(&entry) } else { print(&line(&entry)) }
        }
        LoreCommand::Set { entry, name, fields, of } => {
            let mut studio = open(of)?;
            let LoreEntry { id, project, mut what } = studio.lore_entry(*entry)?;
            if let Some(name) = name {
                what.name.clone_from(name);
            }
            change(&mut what, fields, &studio.outline(project)?.items)?;
            let entry = studio.set_lore(id, &what)?;
            if of.json { as_json(&entry) } else { print(&line(&entry)) }
        }
        LoreCommand::Archive { entry, of } => {
            open(of)?.archive_lore(*entry, true)?;
            if of.json { as_json(&json!({ "archived": entry })) } else { Ok(()) }
        }
        LoreCommand::Unarchive { entry, of } => {
            open(of)?.archive_lore(*entry, false)?;
            if of.json { as_json(&json!({ "unarchived": entry })) } else { Ok(()) }
        }
    }
}

/// Puts what was typed in the place of what an entry says; the rest stays.
fn change(what: &mut LoreText, typed: &LoreFields, items: &[OutlineItem]) -> Result<(), Failure> {
    if let Some(kind) = &typed.kind {
        what.kind = match kind.as_str() {
            "place" => LoreKind::Place,
            "thing" => LoreKind::Thing,
            "fact" => LoreKind::Fact,
            _ => LoreKind::Person,
        };
    }
    if !typed.also.is_empty() {
        what.aliases = typed.also.iter().filter(|name| !name.trim().is_empty()).cloned().collect();
    }
    if let Some(told) = &typed.told {
        what.told = match told.as_str() {
            "always" => LoreTold::Always,
            "never" => LoreTold::Never,
            _ => LoreTold::Named,
        };
    }
    what.match_case = typed.match_case.unwrap_or(what.match_case);
    if let Some(short) = &typed.short {
        what.short.clone_from(short);
    }
    if let Some(long) = &typed.long {
        what.long = if long == "-" { standard_input()? } else { long.clone() };
    }
    if let Some(from) = &typed.from {
        what.from = chapter(items, from)?;
    }
    if let Some(to) = &typed.to {
        what.to = chapter(items, to)?;
    }
    if what.name.trim().is_empty() {
        return Err(Failure::Usage("an entry needs a name; say what it is called".into()));
    }
    let mut order = Vec::new();
    chapters(items, &mut order);
    let place = |id: u32| order.iter().position(|item| item.id == id);
    match (what.from.and_then(place), what.to.and_then(place)) {
        (Some(from), Some(to)) if to < from => Err(Failure::Usage(
            "the chapter it holds to stands before the one it holds from; give --from and --to in their order".into(),
        )),
        _ => Ok(()),
    }
}

/// A part or chapter by its title or number; none where nothing is named.
fn chapter(items: &[OutlineItem], named: &str) -> Result<Option<u32>, Failure> {
    if named.trim().is_empty() {
        return Ok(None);
    }
    let mut all = Vec::new();
    chapters(items, &mut all);
    let titled: Vec<&OutlineItem> = all.iter().copied().filter(|item| item.title == named.trim()).collect();
    let number: Option<u32> = named.trim().parse().ok();
    match (titled.as_slice(), all.iter().find(|item| Some(item.id) == number)) {
        ([one], _) | ([], Some(one)) => Ok(Some(one.id)),
        ([], None) => {
            let titles: Vec<&str> = all.iter().map(|item| item.title.as_str()).collect();
            let there = if titles.is_empty() { "none".to_owned() } else { titles.join(", ") };
            Err(Failure::Usage(format!("there is no part or chapter {named:?}; there is {there}")))
        }
        (several, _) => {
            let numbers: Vec<String> = several.iter().map(|item| item.id.to_string()).collect();
            let numbers = numbers.join(", ");
            Err(Failure::Usage(format!(
                "{named:?} is the title of several; name one by its number: {numbers}"
            )))
        }
    }
}

/// The parts and chapters of a tree, in their order.
fn chapters<'a>(items: &'a [OutlineItem], all: &mut Vec<&'a OutlineItem>) {
    for item in items.iter().filter(|item| item.kind != ItemKind::Scene) {
        all.push(item);
        chapters(&item.items, all);
    }
}

fn line(entry: &LoreEntry) -> String {
    let names = [std::slice::from_ref(&entry.what.name), &entry.what.aliases].concat().join(", ");
    let says = if entry.what.short.is_empty() { &entry.what.long } else { &entry.what.short };
    format!("{:>6}  {names}: {says}", entry.id)
}

fn show(entry: &LoreEntry, items: &[OutlineItem]) -> Result<(), Failure> {
    let LoreText { kind, name, aliases, told, match_case, short, long, from, to } = &entry.what;
    let mut all = Vec::new();
    chapters(items, &mut all);
    let title = |id: &u32| match all.iter().find(|item| item.id == *id) {
        Some(item) if !item.title.is_empty() => item.title.clone(),
        _ => id.to_string(),
    };
    let kind = match kind {
        LoreKind::Person => "person",
        LoreKind::Place => "place",
        LoreKind::Thing => "thing",
        LoreKind::Fact => "fact",
    };
    let told = match told {
        LoreTold::Named => "named",
        LoreTold::Always => "always",
        LoreTold::Never => "never",
    };
    print(&format!("{name} ({kind})"))?;
    let told = if *match_case { format!("{told}, as it is written") } else { told.to_owned() };
    let lines = [
        ("also", Some(aliases.join(", "))),
        ("told", Some(told)),
        ("from", from.as_ref().map(title)),
        ("to", to.as_ref().map(title)),
        ("short", Some(short.clone())),
    ];
    for (what, says) in lines {
        if let Some(says) = says.filter(|says| !says.is_empty()) {
            print(&format!("  {what:<7}{says}"))?;
        }
    }
    if long.is_empty() { Ok(()) } else { print(&format!("\n{long}")) }
}
