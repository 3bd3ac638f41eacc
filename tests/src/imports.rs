//! The arrows inside the page. Only `host` speaks to Tauri, so that everything else runs in a browser against
//! a fake; the editor knows words and no machine; components reach the machine through stores.

use std::fmt;

/// Folders of `ui/src` with a rule: what else of the page each may import. Files beside the folders (`.`) may
/// import everything; a folder without a rule may be imported by all and import none of these.
const FOLDERS: [(&str, &[&str]); 6] = [
    ("host", &[]),
    ("editor", &[]),
    ("stores", &["host", "editor"]),
    ("commands", &["stores", "editor", "."]),
    ("components", &["commands", "stores", "editor", "."]),
    (".", &["commands", "components", "stores", "editor", "host"]),
];

/// An import that the page's house does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    file: String,
    import: String,
    why: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ui/src/{} imports {}: {}", self.file, self.import, self.why)
    }
}

/// One import or re-export.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Import {
    from: String,
    /// `import type`: gone before the page runs.
    types_only: bool,
}

/// The wrong imports of one file: its path under `ui/src` with `/` between names, and its source.
pub fn wrong(file: &str, source: &str) -> Vec<Wrong> {
    let objections = imports(source).into_iter().filter_map(|import| {
        let why = objection(file, &import)?;
        Some(Wrong { file: file.to_owned(), import: import.from, why })
    });
    objections.collect()
}

fn objection(file: &str, import: &Import) -> Option<String> {
    let folder = folder(file);
    if import.from.starts_with("@tauri-apps/") {
        return (folder != "host").then(|| "only host may speak to Tauri".to_owned());
    }
    // Tests put parts together that do not know each other.
    if file.contains(".test.") {
        return None;
    }
    let path = resolved(file, &import.from)?;
    let to = self::folder(&path);
    let (_, may_use) = FOLDERS.iter().find(|(name, _)| *name == folder).copied().unwrap_or((folder, &[]));
    let ruled = FOLDERS.iter().any(|(name, _)| *name == to);
    let draws = folder == "components" || folder == "commands";
    let only_types_of_the_contract = import.types_only && to == "host" && draws;
    if to == folder || !ruled || may_use.contains(&to) || only_types_of_the_contract {
        return None;
    }
    let named: Vec<&str> =
        may_use.iter().map(|name| if *name == "." { "files of src" } else { *name }).collect();
    let allowed =
        if named.is_empty() { "none of the others".to_owned() } else { format!("only {}", named.join(", ")) };
    let types = if to == "host" && folder == "components" { " (and types of host)" } else { "" };
    Some(format!("{folder} may import {allowed}{types}"))
}

/// The first folder of a path; `.` for a file that lies in none.
fn folder(path: &str) -> &str {
    path.split_once('/').map_or(".", |(folder, _)| folder)
}

/// Where a relative import leads, from `ui/src`; none for a package.
fn resolved(file: &str, import: &str) -> Option<String> {
    if !import.starts_with('.') {
        return None;
    }
    let mut path: Vec<&str> = file.split('/').collect();
    path.pop();
    for name in import.split('/') {
        match name {
            "." => {}
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    Some(path.join("/"))
}

/// The imports in a TypeScript or Svelte source. A scanner, no parser: it knows comments, strings and the four
/// forms `import … from "x"`, `export … from "x"`, `import "x"` and `import("x")`.
fn imports(source: &str) -> Vec<Import> {
    let tokens = tokens(source);
    let mut imports = Vec::new();
    let mut types_only = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = |back: usize| at.checked_sub(back).and_then(|i| tokens.get(i));
        let word_is =
            |token: Option<&Token>, word: &str| matches!(token, Some(Token::Word(found)) if found == word);
        match token {
            Token::Word(word) if word == "import" || word == "export" => {
                types_only = word_is(tokens.get(at + 1), "type") && !word_is(tokens.get(at + 2), "from");
            }
            Token::Text(text) => {
                let named = word_is(before(1), "from") || word_is(before(1), "import");
                let called = matches!(before(1), Some(Token::Sign('('))) && word_is(before(2), "import");
                if named || called {
                    imports.push(Import { from: text.clone(), types_only: types_only && !called });
                }
            }
            Token::Word(_) | Token::Sign(_) => {}
        }
    }
    imports
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if let Some(text) = text(rest, first) {
            tokens.push(Token::Text(text.to_owned()));
            text.len() + 2
        } else if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            end
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// What stands between quotes on one line at the start of `rest`; an apostrophe in Svelte's markup is none.
fn text(rest: &str, quote: char) -> Option<&str> {
    if quote != '"' && quote != '\'' {
        return None;
    }
    let inside = &rest[1..];
    let end = inside.find([quote, '\n'])?;
    inside[end..].starts_with(quote).then(|| &inside[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(file: &str, source: &str) -> Vec<String> {
        wrong(file, source).iter().map(Wrong::to_string).collect()
    }

    #[test]
    fn only_the_host_speaks_to_tauri() {
        let source = "import { invoke } from \"@tauri-apps/api/core\";";
        assert_eq!(told("host/tauri.ts", source), [""; 0]);
        let expected = "ui/src/stores/model.ts imports @tauri-apps/api/core: only host may speak to Tauri";
        assert_eq!(told("stores/model.ts", source), [expected]);
        assert_eq!(told("main.ts", "await import('@tauri-apps/api/app')").len(), 1);
        assert_eq!(told("editor/page.test.ts", source).len(), 1, "tests too");
        assert_eq!(
            told("App.svelte", "<script>\n  export * from '@tauri-apps/plugin-log';\n</script>").len(),
            1
        );
    }

    #[test]
    fn folders_import_downward_only() {
        assert_eq!(told("stores/model.ts", "import { problemOf } from '../host/host';"), [""; 0]);
        assert_eq!(told("components/Status.svelte", "import { model } from \"../stores/model\";"), [""; 0]);
        assert_eq!(told("components/a/Deep.svelte", "import x from './Near.svelte'"), [""; 0]);
        assert_eq!(told("App.svelte", "import { host } from './host/tauri'"), [""; 0]);
        assert_eq!(told("editor/page.ts", "import { EditorState } from 'prosemirror-state'"), [""; 0]);

        let expected = "ui/src/editor/page.ts imports ../host/host: editor may import none of the others";
        assert_eq!(told("editor/page.ts", "import type { Host } from '../host/host';"), [expected]);
        let expected =
            "ui/src/stores/model.ts imports ../components/App.svelte: stores may import only host, editor";
        assert_eq!(told("stores/model.ts", "import App from '../components/App.svelte';"), [expected]);
        assert_eq!(told("stores/desk.ts", "import { commands } from '../commands';").len(), 1);
        assert_eq!(told("components/A.svelte", "import { commands } from '../commands';"), [""; 0]);
        assert_eq!(told("style/x.ts", "import '../stores/model'").len(), 1, "what all may use, uses none");
    }

    #[test]
    fn components_know_the_contract_by_its_types_alone() {
        assert_eq!(told("components/A.svelte", "import type { Scene } from '../host/host';"), [""; 0]);
        let expected = "ui/src/components/A.svelte imports ../host/host: \
                        components may import only commands, stores, editor, files of src (and types of host)";
        assert_eq!(
            told("components/A.svelte", "import { type Scene, problemOf } from '../host/host';"),
            [expected]
        );
        assert_eq!(told("components/A.svelte", "type A = typeof import('../host/host');").len(), 1);
    }

    #[test]
    fn imports_are_found_over_lines_and_not_in_comments() {
        let source = "// import a from 'a'\n/* import 'b' */\nimport {\n  c,\n  d,\n} from \"c\";\nimport 'd';\n\
                      <p>It's from here, isn't it</p>\nconst from = 'e';\nexport type { F } from './f';";
        let found = imports(source);
        let names: Vec<&str> = found.iter().map(|import| import.from.as_str()).collect();
        assert_eq!(names, ["c", "d", "./f"]);
        assert!(found[2].types_only && !found[0].types_only);
    }
}
