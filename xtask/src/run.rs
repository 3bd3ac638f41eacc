//! `cargo xtask run`: from a clone to Foolscap at work. With a display it opens the window; without one it
//! does the same job in the terminal, where nothing of the window's packages is needed.

use std::ffi::OsStr;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::packages;
use crate::page;
use crate::setup;
use crate::steps::{Failure, Line, Steps};

/// Where Foolscap shows itself.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Window,
    /// With the reason.
    Terminal(&'static str),
}

pub fn run(steps: &mut Steps, terminal: bool) -> Result<(), Failure> {
    let displays = ["DISPLAY", "WAYLAND_DISPLAY"].map(std::env::var_os);
    match place(terminal, cfg!(target_os = "linux"), displays.each_ref().map(Option::as_deref)) {
        Place::Window => window(steps),
        Place::Terminal(why) => {
            println!("{why}: Foolscap works in the terminal.");
            in_the_terminal(steps)
        }
    }
}

fn place(terminal: bool, linux: bool, displays: [Option<&OsStr>; 2]) -> Place {
    let any = displays.into_iter().flatten().any(|display| !display.is_empty());
    match (terminal, linux, any) {
        (true, _, _) => Place::Terminal("--terminal was given"),
        (false, true, false) => {
            Place::Terminal("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")
        }
        (false, _, _) => Place::Window,
    }
}

fn window(steps: &mut Steps) -> Result<(), Failure> {
    steps.work("set-up: system packages", || setup::system(packages::WINDOW))?;
    steps.work("set-up: Node", setup::node)?;
    page::install(steps)?;
    page::build(steps)?;
    steps.run("build", &Line::cargo(["build", "--package", "foolscap-desktop"]))?;
    let program =
        crate::target().join("debug").join(format!("foolscap-desktop{}", std::env::consts::EXE_SUFFIX));
    steps.run("Foolscap", &Line::new(&program.to_string_lossy(), [""; 0]))
}

fn in_the_terminal(steps: &mut Steps) -> Result<(), Failure> {
    steps.work("set-up: system packages", || setup::system(packages::TERMINAL))?;
    steps.run("build", &Line::cargo(["build", "--package", "foolscap"]))?;
    let program = crate::target().join("debug").join(format!("foolscap{}", std::env::consts::EXE_SUFFIX));
    let program = program.to_string_lossy();

    let sample = sample(Path::new("samples"))?;
    let name = sample.to_string_lossy().into_owned();
    let story = fs::read_to_string(&sample).map_err(|error| Failure::File {
        what: "read",
        path: name.clone(),
        error,
    })?;
    let selected = last_sentence(&story);
    let sentence: String = story.chars().skip(selected.start).take(selected.len()).collect();
    let range = format!("{}..{}", selected.start, selected.end);
    let livelier = ["rewrite", &name, "--select", &range, "--instruction", "livelier"];

    println!("\nThe story is {name}; it ends: {sentence}");
    let shown: [(&str, &str, &[&str]); 3] = [
        ("continue", "carries the story on from where it ends", &["continue", &name]),
        ("brainstorm", "offers several ways it could go", &["brainstorm", &name]),
        ("rewrite", "puts its last sentence into livelier words", &livelier),
    ];
    for (action, does, words) in shown {
        println!("\n-- {action}: {does}");
        steps.run(action, &Line::new(&program, words.iter().copied()))?;
    }
    println!(
        "\nWith a file of your own: {program} continue FILE; every command explains itself with --help."
    );
    Ok(())
}

/// The first story of the samples, by name.
fn sample(folder: &Path) -> Result<PathBuf, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::File {
        what: "read",
        path: folder.display().to_string(),
        error,
    })?;
    let paths = entries.flatten().map(|entry| entry.path());
    let story = |path: &PathBuf| {
        let named = |name: &str| path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case(name));
        path.extension().is_some_and(|kind| kind == "md" || kind == "txt") && !named("readme")
    };
    paths.filter(story).min().ok_or_else(|| {
        Failure::Setup(format!(
            "there is no story (*.md or *.txt) in {}: restore it with git",
            folder.display()
        ))
    })
}

/// Where the last sentence lies, in characters, without the white space around it.
fn last_sentence(text: &str) -> Range<usize> {
    let characters: Vec<char> = text.chars().collect();
    let end = characters.iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1);
    let starts_here = |at: &usize| {
        let (before, here) = (&characters[..*at], characters[*at]);
        let after_stop =
            before.iter().rev().skip_while(|c| "\"'”’)".contains(**c)).take(1).any(|c| ".!?…".contains(*c));
        here == '\n' || (here == ' ' && after_stop)
    };
    let start = (1..end).rev().find(starts_here).map_or(0, |space| space + 1);
    let leading = characters[start..end].iter().take_while(|c| c.is_whitespace()).count();
    start + leading..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_opens_where_there_is_a_display() {
        let (none, x, empty) = (None, Some(OsStr::new(":0")), Some(OsStr::new("")));
        assert_eq!(place(false, true, [x, none]), Place::Window);
        assert_eq!(place(false, true, [none, x]), Place::Window);
        assert_eq!(
            place(false, false, [none, none]),
            Place::Window,
            "only Linux tells displays by variables"
        );
        assert!(
            matches!(place(false, true, [none, empty]), Place::Terminal(why) if why.contains("no display"))
        );
        assert!(matches!(place(true, true, [x, x]), Place::Terminal(why) if why.contains("--terminal")));
    }

    #[test]
    fn the_last_sentence_is_found_in_characters() {
        let picked = |text: &str| {
            text.chars().skip(last_sentence(text).start).take(last_sentence(text).len()).collect::<String>()
        };
        assert_eq!(picked("It rained. Édith waited – long.\n"), "Édith waited – long.");
        assert_eq!(picked("“Who is it?” She did not answer"), "She did not answer");
        assert_eq!(picked("# A title\n\nOnly one sentence.\n\n"), "Only one sentence.");
        assert_eq!(picked("One"), "One");
        assert_eq!(picked(" \n"), "");
    }

    #[test]
    fn the_first_story_by_name_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        assert!(sample(folder.path()).unwrap_err().to_string().contains("no story"));
        for name in ["README.md", "b.md", "a.txt", "0.json"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        assert_eq!(sample(folder.path()).unwrap().file_name().unwrap(), "a.txt");
    }
}
