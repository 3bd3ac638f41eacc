//! Runs steps and keeps time. A step that takes minutes must say what it is doing, and one that fails must
//! leave the one line that runs it alone: nobody should have to read this program to repeat what it did.

use std::fmt::{self, Display, Write as _};
use std::io;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// Why a command of `cargo xtask` stopped.
#[derive(Debug)]
pub enum Failure {
    Step {
        step: String,
        status: ExitStatus,
        line: Box<Line>,
    },
    Start {
        step: String,
        error: io::Error,
        line: Box<Line>,
    },
    File {
        what: &'static str,
        path: String,
        error: io::Error,
    },
    /// Something the user has to do first; the message says what.
    Setup(String),
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Step { step, status, line } => {
                write!(f, "step `{step}` failed ({status}).\n  just that again: {line}")
            }
            Failure::Start { step, error, line } => {
                write!(
                    f,
                    "step `{step}` could not start `{}`: {error}.\n  just that again: {line}",
                    line.program
                )
            }
            Failure::File { what, path, error } => write!(f, "cannot {what} {path}: {error}"),
            Failure::Setup(message) => f.write_str(message),
        }
    }
}

/// A command line that can be run and be shown as one to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    program: String,
    arguments: Vec<String>,
    directory: Option<&'static str>,
    variables: Vec<(&'static str, String)>,
}

impl Line {
    pub fn new<A: Into<String>>(program: &str, arguments: impl IntoIterator<Item = A>) -> Self {
        let arguments = arguments.into_iter().map(Into::into).collect();
        Line { program: program.to_owned(), arguments, directory: None, variables: Vec::new() }
    }

    pub fn cargo<A: Into<String>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Line::new("cargo", arguments)
    }

    /// npm, in the page's folder.
    pub fn npm<A: Into<String>>(arguments: impl IntoIterator<Item = A>) -> Self {
        let mut line = Line::new(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
        line.directory = Some("ui");
        line
    }

    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some(directory) = self.directory {
            command.current_dir(directory);
        }
        command
    }
}

/// As it would be typed at the repository's root.
impl Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(directory) = self.directory {
            write!(f, "(cd {directory} && ")?;
        }
        for (name, value) in &self.variables {
            write!(f, "{name}={} ", quoted(value))?;
        }
        f.write_str(&quoted(&self.program))?;
        for argument in &self.arguments {
            write!(f, " {}", quoted(argument))?;
        }
        if self.directory.is_some() { f.write_char(')') } else { Ok(()) }
    }
}

/// A word as a POSIX shell wants it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,^+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The steps so far, in order, with what became of each.
#[derive(Default)]
pub struct Steps {
    rows: Vec<(String, Outcome)>,
}

enum Outcome {
    Done(Duration),
    Failed(Duration),
    Skipped(String),
}

impl Steps {
    /// Runs a command line; its output goes straight to the terminal.
    pub fn run(&mut self, step: &str, line: &Line) -> Result<(), Failure> {
        self.timed(step, &format!("{step}: {line}"), || {
            let (step, line) = (step.to_owned(), Box::new(line.clone()));
            match line.command().status() {
                Ok(status) if status.success() => Ok(()),
                Ok(status) => Err(Failure::Step { step, status, line }),
                Err(error) => Err(Failure::Start { step, error, line }),
            }
        })
    }

    /// Does a step that is more than one command line.
    pub fn work<T>(&mut self, step: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        self.timed(step, step, work)
    }

    /// Notes a step that is left out, and why.
    pub fn skip(&mut self, step: &str, why: &str) {
        println!("== {step}: skipped, {why}");
        self.rows.push((step.to_owned(), Outcome::Skipped(why.to_owned())));
    }

    fn timed<T>(
        &mut self,
        step: &str,
        doing: &str,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        println!("== {doing}");
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        let (word, outcome) =
            if result.is_ok() { ("done", Outcome::Done(took)) } else { ("FAILED", Outcome::Failed(took)) };
        println!("== {step}: {word} in {}", time(took));
        self.rows.push((step.to_owned(), outcome));
        result
    }

    /// Every step with its time, and the total.
    pub fn table(&self) -> String {
        let width =
            self.rows.iter().map(|(step, _)| step.chars().count()).max().unwrap_or(0).max("total".len());
        let mut table = String::from("\n");
        let mut total = Duration::ZERO;
        for (step, outcome) in &self.rows {
            let told = match outcome {
                Outcome::Done(took) => format!("{:>8}", time(*took)),
                Outcome::Failed(took) => format!("{:>8}  FAILED", time(*took)),
                Outcome::Skipped(why) => format!("{:>8}  {why}", "skipped"),
            };
            if let Outcome::Done(took) | Outcome::Failed(took) = outcome {
                total += *took;
            }
            table.push_str(&format!("{step:<width$}  {told}\n"));
        }
        table.push_str(&format!("{:<width$}  {:>8}\n", "total", time(total)));
        table
    }
}

/// A time as people say it: `0.4 s`, `12 min 5 s`.
fn time(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 59.95 {
        format!("{seconds:.1} s")
    } else {
        let whole = took.as_secs_f64().round() as u64;
        format!("{} min {} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shown_as_it_would_be_typed() {
        assert_eq!(Line::cargo(["fmt", "--all", "--check"]).to_string(), "cargo fmt --all --check");
        let line = Line::npm(["run", "test:browser"]).env("FOOLSCAP_CHROMIUM", "/opt/my browser/chrome");
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        assert_eq!(
            line.to_string(),
            format!("(cd ui && FOOLSCAP_CHROMIUM='/opt/my browser/chrome' {npm} run test:browser)")
        );
        assert_eq!(Line::new("echo", ["it's", ""]).to_string(), r"echo 'it'\''s' ''");
    }

    #[test]
    fn times_are_in_seconds_then_minutes() {
        assert_eq!(time(Duration::from_millis(420)), "0.4 s");
        assert_eq!(time(Duration::from_millis(59_960)), "1 min 0 s");
        assert_eq!(time(Duration::from_secs(725)), "12 min 5 s");
    }

    #[cfg(unix)]
    #[test]
    fn a_failed_step_is_named_with_the_line_that_repeats_it() {
        let mut steps = Steps::default();
        steps.run("fine", &Line::new("true", [""; 0])).unwrap();
        let failure = steps.run("page: types", &Line::new("false", ["x y"])).unwrap_err().to_string();
        assert!(failure.contains("step `page: types` failed (exit status: 1)"), "{failure}");
        assert!(failure.contains("just that again: false 'x y'"), "{failure}");
        steps.skip("licences", "cargo-deny is not installed");

        let table = steps.table();
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert!(rows[0].starts_with("fine         ") && rows[0].ends_with(" s"), "{table}");
        assert!(rows[1].ends_with("FAILED"), "{table}");
        assert!(rows[2].ends_with("skipped  cargo-deny is not installed"), "{table}");
        assert!(rows[3].starts_with("total"), "{table}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = Steps::default().run("x", &Line::new("no-such-program-here", [""; 0])).unwrap_err();
        assert!(failure.to_string().contains("could not start `no-such-program-here`"), "{failure}");
    }
}
