//! Foolscap's window as a writer meets it: typing, pressing keys, reading. It knows the page by its test ids
//! and roles and is the only part of the tests that does.

use std::time::Duration;

use serde_json::Value;

use super::machine::{self, Display, Home, Running};
use super::{eventually, evidence, write};

/// For what the page does by itself.
const SOON: Duration = Duration::from_secs(15);
/// How long what takes several such things may take.
const LATER: Duration = Duration::from_secs(90);
/// Ends all that moves by itself: a blinking caret is never still.
const HOLD_STILL: &str = "
    const style = document.createElement('style');
    style.textContent = '* { caret-color: transparent !important; animation: none !important; transition: none !important }';
    document.head.append(style);";
/// For what the model does, unoptimised parts and a busy processor included.
const MODEL: Duration = Duration::from_secs(120);

/// The document's text, without the words that are only offered; an empty line between paragraphs.
const TEXT: &str = "
    const page = document.querySelector('[data-testid=page] [role=textbox]').cloneNode(true);
    page.querySelectorAll('[data-testid=ghost]').forEach((ghost) => ghost.remove());
    return [...page.children].map((paragraph) => paragraph.textContent).join('\\n\\n').trim();";

/// The words offered on the page.
const GHOST: &str = "return document.querySelector('[data-testid=ghost]')?.textContent ?? ''";

/// Where the machine stands, and what a screen reader was told last.
const STATE: &str = "
    const status = document.querySelector('[data-testid=status]').dataset;
    const said = document.querySelector('[data-testid=said]').textContent;
    const notices = [...document.querySelectorAll('[role=alert]')].map((notice) => notice.textContent);
    return [status.modelState, status.actionState, said, notices.join(' ')];";

/// The candidates of a brainstorm.
const IDEAS: &str = "
    const ideas = document.querySelectorAll('[aria-label=Ideas] [role=option] p');
    return [...ideas].map((idea) => idea.textContent);";

/// An open window.
pub struct Desk {
    running: Running,
}

impl Desk {
    /// Opens Foolscap and waits until there is a page to write on and a model to ask.
    pub fn open(display: &Display, home: &Home) -> Desk {
        let running = Running::open(display, home).unwrap_or_else(|problem| panic!("{problem}"));
        let desk = Desk { running };
        desk.eventually("the page is open", SOON, || {
            let open = "return !!document.querySelector('[data-testid=page]:not([inert]) [role=textbox]')";
            desk.is_true(open, "no [data-testid=page] with a textbox, or it is inert")
        });
        desk.eventually("the model is ready", MODEL, || {
            let state = desk.state()?;
            if state.model == "ready" { Ok(()) } else { Err(format!("{state:?}")) }
        });
        desk
    }

    /// Puts the cursor at the end of the page, as with the mouse and Ctrl+End.
    pub fn go_to_end(&self) {
        self.did(self.running.session.click("[data-testid=page] [role=textbox] > :last-child"));
        self.press("Control+End");
    }

    /// Types a text, key by key.
    pub fn type_text(&self, text: &str) {
        let keys: Vec<(bool, char)> =
            text.chars().map(key_of).flat_map(|key| [(true, key), (false, key)]).collect();
        for some in keys.chunks(80) {
            self.did(self.running.session.keys(some));
        }
    }

    /// Presses one key, with those held that stand before it: `Control+Shift+Enter`.
    pub fn press(&self, chord: &str) {
        let keys: Vec<char> =
            chord.split('+').map(|name| key_named(name).unwrap_or_else(|| panic!("no key {name}"))).collect();
        let down = keys.iter().map(|key| (true, *key));
        let up = keys.iter().rev().map(|key| (false, *key));
        self.did(self.running.session.keys(&down.chain(up).collect::<Vec<_>>()));
    }

    /// Moves the mouse, which brings back what stands around the page.
    pub fn move_mouse(&self) {
        self.did(self.running.session.point(&[(700, 20), (710, 24), (720, 20)]));
    }

    /// What is written on the page.
    pub fn text(&self) -> String {
        self.did(self.read(TEXT))
    }

    /// Waits until the page holds this text. White space does not count: words that are taken may bring
    /// paragraphs of their own.
    pub fn shows(&self, text: &str) {
        self.eventually("the page holds the text", SOON, || {
            let there = self.read(TEXT)?;
            if letters(&there) == letters(text) { Ok(()) } else { Err(format!("{there:?} and not {text:?}")) }
        });
    }

    /// Waits until everything is on disk.
    pub fn is_saved(&self) {
        let saved = "return !!document.querySelector('[data-testid=saved][data-saved=true]')";
        self.eventually("the text is saved", SOON, || self.is_true(saved, "data-saved is not true"));
    }

    /// Asks by this chord, and gives the words offered on the page when no more will come. A model may have
    /// nothing to say, and is then asked again.
    pub fn asks_by(&self, ask: impl Fn(&Desk)) -> String {
        self.is_answered(ask);
        self.eventually("words are offered on the page", SOON, || {
            let ghost = self.read(GHOST)?;
            if ghost.trim().is_empty() { Err("[data-testid=ghost] is empty".to_owned()) } else { Ok(ghost) }
        })
    }

    /// The same, for answers that need not stand on the page.
    pub fn is_answered(&self, ask: impl Fn(&Desk)) {
        for _ in 0..3 {
            let before = self.did(self.state()).said;
            ask(self);
            let state = self.eventually("the model has answered", MODEL, || {
                let state = self.state()?;
                let nothing =
                    state.action == "idle" && state.said != before && state.said.contains("Nothing came");
                if state.action == "pending" || nothing { Ok(state) } else { Err(format!("{state:?}")) }
            });
            if state.action == "pending" {
                return;
            }
        }
        self.fail("the model has something to say", "nothing, three times");
    }

    /// Waits until nothing is offered any more.
    pub fn offers_nothing(&self) {
        self.eventually("nothing is offered", SOON, || {
            let (ghost, state) = (self.read(GHOST)?, self.state()?);
            if ghost.is_empty() && state.action == "idle" {
                Ok(())
            } else {
                Err(format!("{ghost:?}, {state:?}"))
            }
        });
    }

    /// The candidates beside the page.
    pub fn ideas(&self) -> Vec<String> {
        let ideas = self.did(self.running.session.execute(IDEAS, &[]));
        ideas.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Waits until a field has the focus.
    pub fn has_focus(&self, selector: &str) {
        let script = format!("return !!document.activeElement?.matches('{selector}')");
        self.eventually(&format!("{selector} has the focus"), SOON, || {
            self.is_true(&script, "something else has it")
        });
    }

    /// Waits until this text is selected and the page knows it: it shows its menu beside it.
    pub fn has_selected(&self, text: &str) {
        let script = "return document.querySelector('[role=toolbar][aria-label=Selection]')
            ? getSelection().toString().trim() : 'no menu'";
        self.eventually("the text is selected", SOON, || {
            let selected = self.read(script)?;
            if selected == text { Ok(()) } else { Err(format!("{selected:?} and not {text:?}")) }
        });
    }

    /// Clicks the button that says this, as soon as there is one.
    pub fn clicks(&self, words: &str) {
        // What lies below an open view cannot be clicked.
        let script = format!(
            "const button = [...document.querySelectorAll('button:enabled')].find(
                (one) => !one.closest('[inert]') && one.textContent.trim().startsWith({}));
            button?.click();
            return !!button;",
            Value::from(words)
        );
        self.eventually(&format!("there is a button {words:?}"), SOON, || {
            self.is_true(&script, "there is none")
        });
    }

    /// Waits until the window says this somewhere.
    pub fn says(&self, words: &str) {
        let script = format!("return document.body.innerText.includes({})", Value::from(words));
        self.eventually(&format!("the window says {words:?}"), MODEL, || {
            self.is_true(&script, "it does not")
        });
    }

    /// Waits until a model with this name is in use.
    pub fn uses(&self, name: &str) {
        let script = format!(
            "const status = document.querySelector('[data-testid=status]');
            return status.dataset.modelState === 'ready' && status.textContent.includes({})",
            Value::from(name)
        );
        self.eventually(&format!("{name} is in use"), MODEL, || self.is_true(&script, "it is not"));
    }

    /// Waits until a part of the window says this, in whatever case it is drawn.
    pub fn says_in(&self, selector: &str, words: &str) {
        let wanted = words.to_lowercase();
        self.eventually(&format!("{selector} says {words:?}"), SOON, || {
            let found = self.read(&words_of(selector))?;
            if found.to_lowercase().contains(&wanted) { Ok(()) } else { Err(format!("{found:?}")) }
        });
    }

    /// What a part of the window says; nothing where there is no such part.
    pub fn words_in(&self, selector: &str) -> String {
        self.did(self.read(&words_of(selector)))
    }

    /// The texts of all elements of a kind, in their order, once they are so many and others than `before`.
    pub fn texts(&self, selector: &str, count: usize, before: &[String]) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)";
        self.eventually(&format!("{selector} has {count} other texts"), SOON, || {
            let found = self.running.session.execute(script, &[selector.into()])?;
            let list = found.as_array().into_iter().flatten();
            let texts: Vec<String> = list.map(|one| one.as_str().unwrap_or_default().to_owned()).collect();
            if texts.len() == count && texts != before { Ok(texts) } else { Err(format!("{texts:?}")) }
        })
    }

    /// From now on counts the elements of a kind whenever the page changes, for [`Desk::most_counted`].
    pub fn counts(&self, selector: &str) {
        let script = "
            window.mostCounted = 0;
            const count = () =>
                (window.mostCounted = Math.max(window.mostCounted, document.querySelectorAll(arguments[0]).length));
            new MutationObserver(count).observe(document.body, {
                subtree: true, childList: true, characterData: true, attributes: true,
            });";
        self.did(self.running.session.execute(script, &[selector.into()]));
    }

    /// The most that there were of them at once.
    pub fn most_counted(&self) -> u64 {
        let most = self.did(self.running.session.execute("return window.mostCounted", &[]));
        most.as_u64().unwrap_or_default()
    }

    /// An attribute of all elements of a kind, in their order.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.getAttribute(arguments[1]) ?? '')";
        let found = self.did(self.running.session.execute(script, &[selector.into(), name.into()]));
        let list = found.as_array().into_iter().flatten();
        list.map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Says something in a field or a list of choices. WebKit draws such lists outside the page, where no key reaches them.
    pub fn fills(&self, selector: &str, value: &str) {
        let script = "
            const field = document.querySelector(arguments[0]);
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.did(self.running.session.execute(script, &[selector.into(), value.into()]));
    }

    /// Waits until a file is there, whole.
    pub fn has_file(&self, path: &str) {
        self.eventually(&format!("{path} is written"), SOON, || {
            if std::path::Path::new(path).is_file() { Ok(()) } else { Err("it is not there".to_owned()) }
        });
    }

    /// Asks, and kills the application while words come; an answer that was too quick is left, and asked for again.
    pub fn kills_it_while_it_writes(self, ask: impl Fn(&Desk)) {
        for _ in 0..5 {
            ask(&self);
            let state = self.eventually("the machine writes", MODEL, || {
                let state = self.state()?;
                if matches!(state.action.as_str(), "writing" | "pending") {
                    Ok(state)
                } else {
                    Err(format!("{state:?}"))
                }
            });
            if state.action == "writing" {
                return self.kill();
            }
            self.press("Escape");
        }
        self.fail("the machine is caught writing", "it was too quick, five times");
    }

    /// Runs a command from the list of commands.
    pub fn command(&self, title: &str) {
        self.press("Control+p");
        self.has_focus("dialog input");
        self.type_text(title);
        self.press("Enter");
    }

    /// Waits until the page is drawn in this theme.
    pub fn is_drawn_in(&self, theme: &str) {
        let script = format!(
            "return document.documentElement.dataset.theme === '{theme}' && document.fonts.status === 'loaded'"
        );
        self.eventually("the page is drawn in its theme", SOON, || self.is_true(&script, "not yet"));
    }

    /// Keeps what the window shows, once it shows the same twice (nothing moves any more).
    pub fn screenshot(&self, name: &str) {
        self.did(self.running.session.execute(HOLD_STILL, &[]));
        let mut last = Vec::new();
        // A machine with much else to do takes seconds for one shot.
        let shot = self.eventually("the window is still", LATER, || {
            let shot = self.running.session.screenshot()?;
            if shot == last {
                return Ok(shot);
            }
            last = shot;
            // Where it never is, the last two of these tell what moves.
            let before = evidence().join(format!("before-{name}"));
            write(&before, &last);
            Err(format!("it moves since {}", before.display()))
        });
        let folders = [Some(evidence()), std::env::var_os("FOOLSCAP_SCREENSHOTS").map(Into::into)];
        for folder in folders.into_iter().flatten() {
            write(&folder.join(name), &shot);
        }
    }

    /// Kills the application, which hears nothing of it, and ends the session.
    pub fn kill(self) {
        self.running.kill();
    }

    fn state(&self) -> Result<State, String> {
        let state = self.running.session.execute(STATE, &[])?;
        let part = |index: usize| state[index].as_str().unwrap_or_default().to_owned();
        Ok(State { model: part(0), action: part(1), said: part(2), notices: part(3) })
    }

    fn read(&self, script: &str) -> Result<String, String> {
        let found = self.running.session.execute(script, &[])?;
        found.as_str().map(str::to_owned).ok_or_else(|| format!("{found} is no text"))
    }

    fn is_true(&self, script: &str, otherwise: &str) -> Result<(), String> {
        let found = self.running.session.execute(script, &[])?;
        if found == Value::Bool(true) { Ok(()) } else { Err(otherwise.to_owned()) }
    }

    fn eventually<T>(&self, what: &str, within: Duration, look: impl FnMut() -> Result<T, String>) -> T {
        eventually(within, look).unwrap_or_else(|instead| self.fail(what, &instead))
    }

    fn did<T>(&self, outcome: Result<T, String>) -> T {
        outcome.unwrap_or_else(|problem| self.fail("the window does as it is told", &problem))
    }

    /// Ends the test, and leaves what the window shows, its page and its log in the target folder.
    fn fail(&self, what: &str, instead: &str) -> ! {
        let folder = evidence();
        let name = std::thread::current().name().unwrap_or("window").to_owned();
        if let Ok(shot) = self.running.session.screenshot() {
            write(&folder.join(format!("{name}.png")), &shot);
        }
        if let Ok(page) = self.read("return document.documentElement.outerHTML") {
            write(&folder.join(format!("{name}.html")), page.as_bytes());
        }
        let log = machine::tail(&self.running.log);
        panic!(
            "waited for: {what}\n  but found: {instead}\n  \
             {}/{name}.png and .html show the window; its log ends:\n{log}",
            folder.display()
        );
    }
}

/// What the page tells of the machine.
#[derive(Debug)]
struct State {
    model: String,
    action: String,
    said: String,
    /// Only shown, when a test fails.
    #[allow(dead_code, reason = "read by Debug")]
    notices: String,
}

fn words_of(selector: &str) -> String {
    format!("return document.querySelector({})?.innerText ?? ''", Value::from(selector))
}

/// The text without its white space.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The key of a character, as WebDriver numbers those without one.
fn key_of(character: char) -> char {
    if character == '\n' { '\u{e006}' } else { character }
}

fn key_named(name: &str) -> Option<char> {
    Some(match name {
        "Tab" => '\u{e004}',
        "Enter" => '\u{e006}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "End" => '\u{e010}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "ArrowUp" => '\u{e013}',
        "ArrowLeft" => '\u{e012}',
        "F2" => '\u{e032}',
        single => return single.chars().next().filter(|_| single.chars().count() == 1),
    })
}
