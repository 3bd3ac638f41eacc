//! What can be wrong with a prompt or with what is put into it.

/// The result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Every failure of this crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A prompt file that cannot be read.
    #[error("the prompt {name} cannot be read{}: {reason}", at(*line))]
    Unreadable {
        /// The prompt's name or file.
        name: String,
        /// Line of the file, from 1; none: it concerns the whole.
        line: Option<usize>,
        /// What is wrong, and where.
        reason: String,
    },
    /// A prompt whose template fails.
    #[error("the prompt {name} fails{}: {reason}", at(*line))]
    Template {
        /// The prompt's name and section.
        name: String,
        /// Line of the file, from 1; none: it is not known.
        line: Option<usize>,
        /// What the template engine says.
        reason: String,
    },
    /// A variant that a prompt does not offer.
    #[error("{prompt} has no variant {variant:?}; {}", match known.as_str() {
        "" => "it has none at all".to_owned(),
        known => format!("there are {known}"),
    })]
    NoVariant {
        /// The prompt's name.
        prompt: String,
        /// What was asked for.
        variant: String,
        /// Those that there are.
        known: String,
    },
    /// What only a model that follows instructions can do was asked of one that carries texts on.
    #[error(
        "{prompt} needs a model that follows instructions, and this one only carries texts on; choose another model for it"
    )]
    NoInstructions {
        /// The prompt's name.
        prompt: String,
    },
    /// An answer that is not in the form it was asked for.
    #[error(
        "the model's answer is not in the form it was asked for ({reason}); ask again, or choose another model"
    )]
    Answer {
        /// What is wrong with it.
        reason: String,
    },
    /// What must go in whole does not fit.
    #[error("{what} takes {tokens} tokens, and the model has room for {room}; {way_out}")]
    TooLong {
        /// What it is.
        what: &'static str,
        /// Its tokens.
        tokens: usize,
        /// The room there is.
        room: usize,
        /// What to do.
        way_out: &'static str,
    },
    /// Something the action needs is missing.
    #[error("{0}")]
    Missing(std::borrow::Cow<'static, str>),
    /// The engine's template or tokenizer failed.
    #[error(transparent)]
    Engine(#[from] foolscap_engine::Error),
}

impl Error {
    /// The line of the prompt's file that is wrong, from 1.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Unreadable { line, .. } | Self::Template { line, .. } => *line,
            _ => None,
        }
    }
}

fn at(line: Option<usize>) -> String {
    line.map(|line| format!(" at line {line}")).unwrap_or_default()
}
