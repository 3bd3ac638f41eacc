//! The library of manuscripts from the command line, in a library of its own.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    fn run<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_foolscap"))
            .args(words)
            .env("FOOLSCAP_LIBRARY", self.path("library.foolscap"))
            .output()
            .unwrap()
    }

    /// With something at standard input.
    fn fed(&self, words: &[&str], input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_foolscap"))
            .args(words)
            .env("FOOLSCAP_LIBRARY", self.path("library.foolscap"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Who needs no input may be gone by now.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// What is printed; it must have gone well.
    fn out<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Value {
        serde_json::from_str(&self.out(words)).unwrap()
    }

    /// What is said of what went wrong.
    fn refused<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> String {
        let output = self.run(words);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    }
}

const NOVEL: &str =
    "# One\n\nThe lamp was out. Ada swore.\n\n***\n\nIt was *very* late.\n\n# Two\n\nRain came.\n";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_novel_comes_in_is_found_and_goes_out_as_it_was() {
    let desk = Desk::new();
    let file = desk.write("Lamp.md", NOVEL);
    let ids = desk.out(&["import", text(&file), "--project", "The Lamp"]);
    let ids: Vec<&str> = ids.lines().collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    assert_eq!(desk.out(&["show", ids[1]]).trim(), "It was very late.");

    let outline = desk.json(&["list", "The Lamp", "--json"]);
    let titles: Vec<&str> =
        outline["items"].as_array().unwrap().iter().map(|i| i["title"].as_str().unwrap()).collect();
    assert_eq!((titles, &outline["project"]["words"]), (vec!["One", "Two"], &Value::from(12)));

    let found = desk.json(&["search", "ada", "lamp", "--json"]);
    assert_eq!(found[0]["scene"].to_string(), ids[0]);
    assert_eq!(desk.json(&["search", "nothing-like-it", "--json"]), Value::Array(Vec::new()));

    let out = desk.path("out.md");
    desk.out(&["export", "The Lamp", "--out", text(&out)]);
    let written = std::fs::read_to_string(&out).unwrap();
    for part in ["# One", "The lamp was out. Ada swore.", "It was *very* late.", "# Two", "Rain came."] {
        assert!(written.contains(part), "{part}: {written}");
    }
    for format in ["txt", "html", "docx", "epub", "pdf"] {
        let out = desk.path(&format!("out.{format}"));
        let told = desk.json(&["export", "The Lamp", "--out", text(&out), "--author", "A. Keeper", "--json"]);
        assert_eq!(told["words"], 12, "{format}");
        assert!(std::fs::metadata(&out).unwrap().len() > 0, "{format}");
    }
    let pdf = std::fs::read(desk.path("out.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.trim_ascii_end().ends_with(b"%%EOF"));
}

#[test]
fn a_book_is_never_written_over_the_library_and_says_what_it_leaves_out() {
    let desk = Desk::new();
    let file = desk.write("blog.md", "# Bread\n\nFlour.\n\n# Salt\n\n## The sea\n\nWater.\n");
    desk.out(&["import", text(&file), "--project", "Blog"]);
    let library = desk.path("library.foolscap");
    let told = desk.refused(&["export", "Blog", "--format", "md", "--out", text(&library)]);
    assert!(told.contains("never written over") && told.contains("choose another name"), "{told}");
    let out = desk.path("out.md");
    let told = desk.json(&["export", "Blog", "--out", text(&out), "--json"]);
    assert_eq!(
        (&told["left_out"][0]["what"], &told["left_out"][0]["count"]),
        (&"scene_title".into(), &1.into())
    );
    let told = desk.run(&["export", "Blog", "--out", text(&out)]).stderr;
    assert!(
        String::from_utf8(told)
            .unwrap()
            .contains("1 scene title: left out: ask for scene titles (--scene-titles)")
    );
}

#[test]
fn a_manuscript_has_its_author_s_address_and_typeface() {
    let desk = Desk::new();
    let file = desk.write("Lamp.md", NOVEL);
    desk.out(&["import", text(&file), "--project", "Lamp"]);
    let export = ["export", "Lamp", "--format", "docx", "--out", "-"];
    let typed = [
        "--manuscript",
        "--courier",
        "--contact",
        "1 Lamp Street\\nPenzance",
        "--contact",
        "ada@example.org",
    ];
    let docx = desk.run(&[&export[..], &typed].concat()).stdout;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let (page, styles) = (part("word/document.xml"), part("word/styles.xml"));
    for line in ["1 Lamp Street", "Penzance", "ada@example.org"] {
        assert!(page.contains(&format!(">{line}<")), "{line}: {page}");
    }
    assert!(styles.contains("Courier New"), "{styles}");
    assert!(desk.refused(&[&export[..], &["--courier"]].concat()).contains("--manuscript"));
}

#[test]
fn a_book_comes_and_goes_through_pipes() {
    let desk = Desk::new();
    let piped = |words: &[&str], input: &[u8]| {
        let output = desk.fed(words, input);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    };
    let ids = piped(&["import", "-", "--format", "md", "--project", "Lamp"], NOVEL.as_bytes());
    assert_eq!(String::from_utf8(ids.stdout).unwrap().lines().count(), 3);
    assert!(String::from_utf8(ids.stderr).unwrap().starts_with("standard input: 3 scenes"));
    piped(&["import", "-", "--format", "txt"], b"One line.");
    assert_eq!(desk.json(&["list", "Untitled", "--json"])["project"]["words"], 2);

    let text = desk.out(&["export", "Lamp", "--format", "md", "--out", "-"]);
    assert!(text.contains("# One\n") && text.contains("It was *very* late.\n"), "{text}");
    let docx = piped(&["export", "Lamp", "--format", "docx", "--out", "-"], b"");
    assert!(docx.stdout.starts_with(b"PK") && String::from_utf8_lossy(&docx.stderr).contains("12 words"));
    piped(&["import", "-", "--format", "docx", "--project", "Again"], &docx.stdout);
    assert_eq!(desk.out(&["export", "Again", "--format", "txt", "--out", "-"]), {
        desk.out(&["export", "Lamp", "--format", "txt", "--out", "-"]).replace("Lamp", "Again")
    });

    let refused = |words: &[&str]| {
        let output = desk.fed(words, b"PK\x03\x04 and nothing more");
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["import", "-"]).contains("--format"));
    assert!(refused(&["import", "-", "-", "--format", "md"]).contains("once"));
    assert!(refused(&["import", "-", "--format", "docx"]).contains("standard input"));
    assert!(refused(&["import", "Lamp.md", "--format", "md"]).contains("standard input"));
    assert!(refused(&["export", "Lamp", "--out", "-"]).contains("--format"));
    assert!(refused(&["export", "Lamp", "--out", "-", "--format", "folder"]).contains("folder"));
    assert!(refused(&["export", "Lamp", "--out", "-", "--format", "md", "--json"]).contains("--json"));
}

#[test]
fn a_folder_goes_out_with_what_is_beside_each_scene_and_comes_in_again() {
    let desk = Desk::new();
    let file =
        desk.write("Lamp.md", &format!("---\nsynopsis: Out.\nstatus: done\n---\n{}", "The lamp was out."));
    desk.out(&["import", text(&file), "--project", "The Lamp"]);
    let out = desk.path("Exported");
    desk.out(&["export", "The Lamp", "--format", "folder", "--out", text(&out)]);
    assert!(
        desk.refused(&["export", "The Lamp", "--format", "folder", "--out", text(&out)])
            .contains("new folder")
    );
    desk.out(&["import", text(&out), "--project", "Again"]);
    let again = desk.path("again");
    desk.out(&["export", "Again", "--format", "folder", "--out", text(&again)]);
    let read = |root: &Path| std::fs::read_to_string(root.join("1/1.md")).unwrap();
    assert_eq!(read(&again), read(&out));
    assert!(read(&out).contains("synopsis: \"Out.\"") && read(&out).contains("status: \"done\""));
}

#[test]
fn a_scrivener_project_and_rtf_come_in_and_are_told_of_before() {
    let desk = Desk::new();
    let root = desk.path("Gale.scriv");
    std::fs::create_dir_all(root.join("Files/Data/S-1")).unwrap();
    let binder = "<ScrivenerProject><Binder><BinderItem UUID='D' Type='DraftFolder'><Title>Draft</Title><Children>\
        <BinderItem UUID='C' Type='Folder'><Title>The Storm</Title><Children><BinderItem UUID='S-1' Type='Text'>\
        <Title>Low tide</Title></BinderItem></Children></BinderItem></Children></BinderItem>\
        <BinderItem UUID='R' Type='Text'><Title>Ships</Title></BinderItem></Binder></ScrivenerProject>";
    std::fs::write(root.join("Gale.scrivx"), binder).unwrap();
    std::fs::write(root.join("Files/Data/S-1/content.rtf"), "{\\rtf1 The {\\i sea} rose.}").unwrap();
    std::fs::write(root.join("Files/Data/S-1/synopsis.txt"), "It comes.").unwrap();
    let preview = desk.run(&["import", text(&root), "--preview"]);
    let (out, err) = (String::from_utf8(preview.stdout).unwrap(), String::from_utf8(preview.stderr).unwrap());
    assert_eq!(out, "Gale: 1 chapter, 1 scene, 3 words\n  The Storm (1 scene, 3 words)\n");
    assert!(err.contains("1 document outside the draft") && err.contains("Ships"), "{err}");
    let told = desk.json(&["import", text(&root), "--preview", "--json"]);
    assert_eq!(
        (&told["words"], &told["outline"][0]["chapters"][0]["title"]),
        (&Value::from(3), &Value::from("The Storm"))
    );
    assert!(!desk.path("library.foolscap").exists(), "nothing is stored for a preview");
    let id = desk.out(&["import", text(&root)]);
    assert_eq!(desk.out(&["show", id.trim()]).trim(), "The sea rose.");

    let (one, two) = (desk.write("b.rtf", "{\\rtf1 First.}"), desk.write("a.rtf", "{\\rtf1 Second.}"));
    let ids = desk.out(&["import", text(&one), text(&two), "--together"]);
    let texts: Vec<String> = ids.lines().map(|id| desk.out(&["show", id]).trim().to_owned()).collect();
    assert_eq!(texts, ["First.", "Second."]);
    let titles: Vec<Value> = desk.json(&["list", "b", "--json"])["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["title"].clone())
        .collect();
    assert_eq!(titles, ["b", "a"]);
}

#[test]
fn files_without_a_project_make_one_each_and_those_with_go_to_its_end() {
    let desk = Desk::new();
    let (a, b) = (desk.write("First.txt", "One word after another."), desk.write("Second.txt", "And more."));
    desk.out(&["import", text(&a), text(&b)]);
    let titles = |projects: &Value| -> Vec<String> {
        projects.as_array().unwrap().iter().map(|p| p["title"].as_str().unwrap().to_owned()).collect()
    };
    let mut found = titles(&desk.json(&["list", "--json"]));
    found.sort();
    assert_eq!(found, ["First", "Second"]);
    desk.out(&["import", text(&b), "--project", "First"]);
    assert_eq!(desk.json(&["list", "First", "--json"])["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_file_that_is_no_manuscript_is_named_and_leaves_nothing() {
    let desk = Desk::new();
    let bad = desk.write("bad.docx", "PK\u{3}\u{4} and nothing more");
    let told = desk.refused(&["import", text(&bad)]);
    assert!(told.contains("bad.docx"), "{told}");
    assert!(desk.refused(&["import", "no-such-file.md"]).contains("no-such-file.md"));
    assert_eq!(desk.json(&["list", "--json"]), Value::Array(Vec::new()));
}

#[test]
fn what_is_not_there_is_told_with_the_way_to_what_is() {
    let desk = Desk::new();
    assert!(desk.refused(&["list", "Nothing"]).contains("foolscap list"));
    assert!(desk.refused(&["show", "77"]).contains("77"));
    desk.out(&["new", "Twice"]);
    desk.out(&["new", "Twice"]);
    let told = desk.refused(&["list", "Twice"]);
    assert!(told.contains("#1") && told.contains("#2"), "{told}");
    desk.out(&["new", "1"]);
    assert!(desk.refused(&["list", "1"]).contains("#3 and #1"));
    assert!(desk.out(&["list", "#1"]).contains("Twice") && desk.out(&["list", "2"]).contains("Twice"));
    assert!(desk.refused(&["export", "1", "--out", text(&desk.path("page"))]).contains("--format"));
}

#[test]
fn lore_is_added_listed_and_put_away() {
    let desk = Desk::new();
    desk.out(&["new", "The Lamp"]);
    let ada = desk.json(&[
        "lore",
        "add",
        "The Lamp",
        "Ada",
        "--also",
        "the keeper",
        "--short",
        "keeps the light",
        "--json",
    ]);
    assert_eq!(desk.json(&["lore", "list", "The Lamp", "--json"])[0], ada);
    assert!(desk.out(&["lore", "list", "The Lamp"]).contains("Ada, the keeper: keeps the light"));
    desk.out(&["lore", "archive", &ada["id"].to_string()]);
    assert_eq!(desk.json(&["lore", "list", "The Lamp", "--json"]), Value::Array(Vec::new()));
    assert_eq!(desk.json(&["lore", "list", "The Lamp", "--archived", "--json"])[0], ada);
    let back = desk.json(&["lore", "unarchive", &ada["id"].to_string(), "--json"]);
    assert_eq!(back["unarchived"], ada["id"]);
    assert_eq!(desk.json(&["lore", "list", "The Lamp", "--json"])[0], ada);
}

#[test]
fn lore_says_where_it_holds_and_is_changed_field_by_field() {
    let desk = Desk::new();
    let file = desk.write("Lamp.md", NOVEL);
    desk.out(&["import", text(&file), "--project", "Lamp"]);
    let chapters: Vec<Value> = desk.json(&["list", "Lamp", "--json"])["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].clone())
        .collect();
    let rose = desk.json(&[
        "lore",
        "add",
        "Lamp",
        "Rose",
        "--match-case",
        "--from",
        "One",
        "--to",
        "Two",
        "--also",
        "the girl",
        "--long",
        "sixteen, proud",
        "--json",
    ]);
    assert_eq!((&rose["match_case"], &rose["kind"]), (&true.into(), &"person".into()));
    assert_eq!((&rose["from"], &rose["to"]), (&chapters[0], &chapters[1]));
    let id = rose["id"].to_string();
    let set = ["lore", "set", &id, "--name", "Rosa", "--told", "always", "--from", "", "--match-case=false"];
    desk.out(&set);
    let shown = desk.json(&["lore", "show", &id, "--json"]);
    assert_eq!((&shown["name"], &shown["told"]), (&"Rosa".into(), &"always".into()));
    assert_eq!((&shown["from"], &shown["to"]), (&Value::Null, &chapters[1]));
    assert_eq!((&shown["match_case"], &shown["aliases"][0]), (&false.into(), &"the girl".into()));
    let told = desk.out(&["lore", "show", &id]);
    for line in ["Rosa (person)", "  also   the girl", "  told   always", "  to     Two", "sixteen, proud"] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let number = chapters[0].to_string();
    assert_eq!(desk.json(&["lore", "set", &id, "--to", &number, "--json"])["to"], chapters[0]);
    assert!(desk.refused(&["lore", "set", &id, "--to", "Three"]).contains("One, Two"));
    assert!(desk.refused(&["lore", "set", &id, "--from", "Two", "--to", "One"]).contains("in their order"));
    assert!(desk.refused(&["lore", "set", &id, "--name", " "]).contains("needs a name"));
    assert!(desk.refused(&["lore", "show", "77"]).contains("77"));
}

#[test]
fn a_library_that_is_open_elsewhere_is_read_and_not_written() {
    let desk = Desk::new();
    desk.out(&["new", "The Lamp"]);
    let held = foolscap_app::Studio::open(&desk.path("library.foolscap")).unwrap();
    assert!(desk.out(&["list"]).contains("The Lamp"));
    let told = desk.refused(&["new", "Another"]);
    assert!(told.contains("in use"), "{told}");
    drop(held);
    desk.out(&["new", "Another"]);
}

#[test]
fn who_reads_keeps_nobody_from_writing_and_writers_wait_for_each_other() {
    let desk = Desk::new();
    desk.out(&["new", "The Lamp"]);
    let reader = foolscap_app::Studio::open_read_only(&desk.path("library.foolscap")).unwrap();
    std::thread::scope(|scope| {
        for title in ["One", "Two", "Three", "Four"] {
            scope.spawn(|| desk.out(&["new", title]));
            scope.spawn(|| desk.out(&["list"]));
        }
    });
    assert_eq!(reader.projects().unwrap().len(), 5);
}

#[test]
fn a_report_of_who_wrote_what_is_printed_and_written() {
    let desk = Desk::new();
    let file = desk.write("Lamp.md", NOVEL);
    desk.out(&["import", text(&file), "--project", "The Lamp"]);
    let printed = desk.out(&["report", "The Lamp"]);
    assert!(printed.starts_with("Who wrote what: The Lamp\n"), "{printed}");
    assert!(printed.lines().any(|line| line.starts_with("All ") && line.contains(" 12 ")), "{printed}");
    let out = desk.path("report.json");
    assert_eq!(desk.out(&["report", "The Lamp", "--json", "--out", text(&out)]).trim(), text(&out));
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!((&written["words"]["human"], &written["words"]["machine"]), (&12.into(), &0.into()));
    assert!(desk.refused(&["report", "No such"]).contains("No such"));
}

#[test]
fn misspelt_words_are_told_with_their_place_and_what_was_meant() {
    let desk = Desk::new();
    let file = desk.write("story.md", "# The lampp\n\nÄh, Zorgle’s 🕯 was recieved by Zorgle.\n");
    let told = desk.out(&["spell", text(&file), "--language", "en-GB"]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 4, "{told}");
    assert!(lines[0].starts_with("1:7  lampp  ") && lines[0].contains("lamp"), "{told}");
    let json = desk.json(&["spell", text(&file), "--language", "en", "--no-names", "--json"]);
    assert_eq!(json["language"], "en-US");
    let last = json["words"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["word"], &last["line"], &last["column"]), (&"recieved".into(), &3.into(), &20.into()));
    let (from, to) = (last["from"].as_u64().unwrap() as usize, last["to"].as_u64().unwrap() as usize);
    let read: String = std::fs::read_to_string(&file).unwrap().chars().skip(from).take(to - from).collect();
    assert_eq!(read, "recieved");
    assert_eq!(last["suggestions"][0], "received");
}

#[test]
fn a_scene_is_checked_with_what_its_project_knows() {
    let desk = Desk::new();
    let file = desk.write("Lamp.txt", "The frobble met Zorgle. Zorgle’s lamp was outt.");
    let scene = desk.out(&["import", text(&file), "--project", "Lamp"]).trim().to_owned();
    desk.out(&["lore", "add", "Lamp", "Zorgle"]);
    assert_eq!(
        desk.json(&["words", "Lamp", "--add", "frobble", "--add", "x", "--remove", "x", "--json"])[0],
        "frobble"
    );
    assert_eq!(desk.out(&["words", "Lamp"]), "frobble\n");
    let words = desk.json(&["spell", &scene, "--language", "en", "--json"])["words"].clone();
    assert_eq!((words.as_array().unwrap().len(), &words[0]["word"]), (1, &"outt".into()));
    let words =
        desk.json(&["spell", text(&file), "--project", "Lamp", "--language", "en", "--json"])["words"]
            .clone();
    assert_eq!(words.as_array().unwrap().len(), 1);
}

#[test]
fn languages_are_told_and_a_missing_one_with_the_place_for_it() {
    let desk = Desk::new();
    let all = desk.json(&["spell", "--languages", "--json"]);
    let tags: Vec<&str> =
        all["languages"].as_array().unwrap().iter().map(|l| l["tag"].as_str().unwrap()).collect();
    assert!(tags.contains(&"en-US") && tags.contains(&"en-GB"), "{tags:?}");
    let file = desk.write("story.txt", "jatlh");
    let told = desk.refused(&["spell", text(&file), "--language", "tlh"]);
    assert!(told.contains("tlh.dic") && told.contains("dictionaries"), "{told}");
    std::fs::create_dir(desk.path("dictionaries")).unwrap();
    desk.write("dictionaries/tlh.aff", "SET UTF-8\nTRY jatlh\n");
    desk.write("dictionaries/tlh.dic", "1\njatlh\n");
    assert_eq!(
        desk.json(&["spell", text(&file), "--language", "tlh", "--json"])["words"],
        Value::Array(Vec::new())
    );
    assert!(desk.out(&["spell", "--license"]).contains("SCOWL"));
    assert!(!desk.run(&["spell"]).status.success());
}

#[test]
fn the_library_goes_back_to_a_backup_and_forth() {
    let desk = Desk::new();
    desk.out(&["new", "First"]);
    let made = desk.json(&["backup", "make", "--json"]);
    desk.out(&["new", "Second"]);
    let held = foolscap_app::Studio::open(&desk.path("library.foolscap")).unwrap();
    assert!(desk.refused(&["backup", "restore", made["made_at"].as_str().unwrap()]).contains("in use"));
    desk.out(&["backup", "make"]);
    drop(held);
    assert_eq!(desk.json(&["backup", "list", "--json"]).as_array().unwrap().len(), 2);
    let replaced = desk.json(&["backup", "restore", made["file"].as_str().unwrap(), "--json"]);
    assert_eq!(desk.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    let before = desk.json(&["list", "--json", "--library", replaced["replaced"].as_str().unwrap()]);
    assert_eq!(before.as_array().unwrap().len(), 2);
    assert!(desk.refused(&["backup", "restore", "nothing"]).contains("no backup"));
}

#[test]
fn a_damaged_library_is_told_of_by_the_command_that_finds_it_and_by_the_window_after_it() {
    let desk = Desk::new();
    desk.out(&["new", "Kept"]);
    let made = desk.json(&["backup", "make", "--json"]);
    desk.out(&["new", "Lost"]);
    let library = desk.path("library.foolscap");
    let mut bytes = std::fs::read(&library).unwrap();
    bytes[4096..].fill(0xAA);
    std::fs::write(&library, bytes).unwrap();

    let listed = desk.run(&["list"]);
    let (out, err) = (String::from_utf8(listed.stdout).unwrap(), String::from_utf8(listed.stderr).unwrap());
    assert!(out.contains("Kept") && !out.contains("Lost"), "{out}");
    let backup = made["file"].as_str().unwrap();
    assert!(err.contains("was damaged (") && err.contains(".damaged-") && err.contains(backup), "{err}");
    assert!(desk.run(&["list"]).stderr.is_empty());

    let mut studio = foolscap_app::Studio::open(&library).unwrap();
    let recovery = studio.state().recovery.unwrap();
    assert_eq!(recovery.backup, backup);
    assert!(Path::new(&recovery.damaged.unwrap()).exists());
    studio.recovery_told().unwrap();
    assert_eq!(studio.state().recovery, None);
    drop(studio);

    std::fs::remove_file(&library).unwrap();
    let listed = desk.run(&["list"]);
    let err = String::from_utf8(listed.stderr).unwrap();
    assert!(err.contains("was not there") && !err.contains(".damaged-"), "{err}");
    assert!(String::from_utf8(listed.stdout).unwrap().contains("Kept"));
}

#[test]
fn as_many_backups_are_kept_as_the_library_says_unless_another_number_is_named() {
    let desk = Desk::new();
    desk.out(&["new", "First"]);
    let schedule = |keep| {
        let mut studio = foolscap_app::Studio::open(&desk.path("library.foolscap")).unwrap();
        studio.set_backup_schedule(foolscap_app::api::BackupSchedule { hours: 4, keep }).unwrap();
    };
    let made = || desk.json(&["backup", "list", "--json"]).as_array().unwrap().len();
    schedule(22);
    (0..23).for_each(|_| drop(desk.out(&["backup", "make"])));
    assert_eq!(made(), 22);
    schedule(3);
    desk.out(&["backup", "make"]);
    assert_eq!(made(), 3);
    desk.out(&["backup", "make", "--keep", "2"]);
    assert_eq!(made(), 2);
}
