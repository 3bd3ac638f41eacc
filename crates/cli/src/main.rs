//! The command line: the same use cases as the window, for scripts and for machines without a display.
//! Words go to standard output as they come, figures and errors to standard error.

mod act;
mod answer;
mod args;
mod ask;
mod backup;
mod experiment;
mod library;
mod look;
mod models;
mod place;
mod plan;
mod prompts;
mod serve;
mod spell;
mod text;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Command};

/// Failures of the command line itself.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Problem(#[from] foolscap_app::api::Problem),
    #[error("cannot read {what}: {source}")]
    Read { what: String, source: io::Error },
    #[error("cannot write {what}: {source}")]
    Write { what: String, source: io::Error },
    #[error("{0}")]
    Server(#[from] foolscap_server::ServerError),
    #[error("{0}")]
    Usage(String),
    #[error("{count} {}", if *count == 1 { "contradiction" } else { "contradictions" })]
    Contradictions { count: usize },
    #[error("they differ")]
    Differs,
    #[error("{count} of {of} files cannot be used as prompts")]
    Wrong { count: usize, of: usize },
    #[error(
        "{count} of {of} answers failed; `foolscap experiment report --format jsonl` tells why, and the same command tries them again"
    )]
    Unanswered { count: usize, of: usize },
    #[error("below its threshold: {checks}")]
    Missed { checks: String },
    #[error("interrupted")]
    Interrupted,
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Contradictions { .. } => 3,
            Self::Interrupted => 130,
            _ => 1,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Continue(c) => act::go_on(&c),
        Command::Brainstorm(c) => act::brainstorm(&c),
        Command::Rewrite(c) => act::rewrite(&c),
        Command::Ask(c) => ask::ask(&c),
        Command::Inspect(c) => look::inspect(&c),
        Command::Bench(c) => look::bench(&c),
        Command::Models(c) => models::run(&c.command),
        Command::Serve(c) => serve::serve(&c),
        Command::New(c) => library::new(&c),
        Command::List(c) => library::list(&c),
        Command::Show(c) => library::show(&c),
        Command::Import(c) => library::import(&c),
        Command::Export(c) => library::export(&c),
        Command::Report(c) => library::report(&c),
        Command::Search(c) => library::search(&c),
        Command::Lore(c) => library::lore(&c),
        Command::Spell(c) => spell::spell(&c),
        Command::Words(c) => spell::words(&c),
        Command::Backup(c) => backup::backup(&c.command),
        Command::Prompts(c) => prompts::run(&c),
        Command::Experiment(c) => experiment::run(&c),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "foolscap", &mut io::stdout());
            Ok(())
        }
    };
    // A closed pipe (`| head`) is the reader's choice and no failure.
    let _ = io::stdout().flush();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Write { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            if !matches!(failure, Failure::Interrupted | Failure::Differs) {
                eprintln!("foolscap: {failure}");
            }
            ExitCode::from(failure.code())
        }
    }
}
