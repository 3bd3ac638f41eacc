//! Errors of the crates below, as the shells hear them.

use crate::api::{Problem, ProblemCode};

impl Problem {
    /// A problem of this kind.
    pub fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<foolscap_manuscript::Error> for Problem {
    fn from(e: foolscap_manuscript::Error) -> Self {
        use foolscap_manuscript::Error as E;
        let code = match e {
            E::Conflict { .. } => ProblemCode::Conflict,
            E::OpenedToRead { .. } => ProblemCode::ReadOnly,
            E::BadPattern { .. } | E::BadPlace { .. } | E::NotUndoable { .. } => ProblemCode::BadRequest,
            E::NoProject(_)
            | E::NoScene(_)
            | E::NoChapter(_)
            | E::NoLore(_)
            | E::NoStyleSample(_)
            | E::NoRevision(_)
            | E::NoRemark(_)
            | E::NoSuggestion { .. } => ProblemCode::NotFound,
            _ => ProblemCode::Library,
        };
        Self::new(code, e.to_string())
    }
}

impl From<foolscap_exchange::Error> for Problem {
    fn from(e: foolscap_exchange::Error) -> Self {
        use foolscap_exchange::Error as E;
        let code = if matches!(e, E::NotFound { .. }) { ProblemCode::NotFound } else { ProblemCode::File };
        Self::new(code, e.to_string())
    }
}

impl From<foolscap_engine::Error> for Problem {
    fn from(e: foolscap_engine::Error) -> Self {
        use foolscap_engine::Error as E;
        let code = match e {
            E::Open { .. } | E::Gguf { .. } | E::Memory { .. } | E::Unsupported(_) | E::Incomplete(_) => {
                ProblemCode::ModelUnusable
            }
            E::ContextFull { .. } => ProblemCode::TooLong,
            E::Invalid(_) | E::Grammar(_) => ProblemCode::BadRequest,
            _ => ProblemCode::Engine,
        };
        Self::new(code, e.to_string())
    }
}

impl From<foolscap_prompts::Error> for Problem {
    fn from(e: foolscap_prompts::Error) -> Self {
        use foolscap_prompts::Error as E;
        match e {
            E::Engine(e) => e.into(),
            E::TooLong { .. } => Self::new(ProblemCode::TooLong, e.to_string()),
            E::NoInstructions { .. } => Self::new(ProblemCode::NoInstructions, e.to_string()),
            E::Missing(_) | E::NoVariant { .. } => Self::new(ProblemCode::BadRequest, e.to_string()),
            _ => Self::new(ProblemCode::Engine, e.to_string()),
        }
    }
}

impl From<foolscap_models::hub::HubError> for Problem {
    fn from(e: foolscap_models::hub::HubError) -> Self {
        use foolscap_models::hub::HubError as E;
        let code = match e {
            E::Gated { .. } | E::Refused { .. } => ProblemCode::Gated,
            E::NotFound { .. } => ProblemCode::NotFound,
            E::Name(_) | E::Endpoint { .. } => ProblemCode::BadRequest,
            E::Room { .. } | E::Disk { .. } | E::Locked { .. } | E::NoModel { .. } => ProblemCode::Models,
            _ => ProblemCode::Hub,
        };
        Self::new(code, e.to_string())
    }
}

impl From<foolscap_models::endpoint::EndpointError> for Problem {
    fn from(e: foolscap_models::endpoint::EndpointError) -> Self {
        use foolscap_models::endpoint::EndpointError as E;
        let code = if matches!(e, E::Address(_)) { ProblemCode::BadRequest } else { ProblemCode::Hub };
        Self::new(code, e.to_string())
    }
}

impl From<foolscap_models::convert::ConvertError> for Problem {
    fn from(e: foolscap_models::convert::ConvertError) -> Self {
        use foolscap_models::convert::ConvertError as E;
        let code = match e {
            E::Disk { .. } | E::Room { .. } | E::Busy(_) => ProblemCode::Models,
            _ => ProblemCode::ModelUnusable,
        };
        Self::new(code, e.to_string())
    }
}

impl From<foolscap_models::shelf::ShelfError> for Problem {
    fn from(e: foolscap_models::shelf::ShelfError) -> Self {
        use foolscap_models::shelf::ShelfError as E;
        let code = if matches!(e, E::Unknown(_)) { ProblemCode::NotFound } else { ProblemCode::Models };
        Self::new(code, e.to_string())
    }
}

impl From<foolscap_models::token::TokenError> for Problem {
    fn from(e: foolscap_models::token::TokenError) -> Self {
        Self::new(ProblemCode::Models, e.to_string())
    }
}

impl From<foolscap_models::settings::SettingError> for Problem {
    fn from(e: foolscap_models::settings::SettingError) -> Self {
        Self::new(ProblemCode::BadRequest, e.to_string())
    }
}
