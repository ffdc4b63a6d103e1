//! Exit codes: 0 done · 1 refused or found something · 2 wrong use · 3 environment (port, disk,
//! permission) · 4 integrity.

use std::process::ExitCode;

/// Something that a command found or refused: no failure of the program.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refused(pub(crate) String);

/// The command line or the configuration is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct WrongUse(pub(crate) String);

/// Data or keys are not what they were.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Integrity(pub(crate) String);

/// Tells an error on standard error and turns it into the process's exit code.
pub(crate) fn code(done: anyhow::Result<()>) -> ExitCode {
    let Err(error) = done else {
        return ExitCode::SUCCESS;
    };
    crate::logging::complain(&format!("parlour: {error:#}"));
    ExitCode::from(match kind(&error) {
        Kind::Refused => 1,
        Kind::WrongUse => 2,
        Kind::Environment => 3,
        Kind::Integrity => 4,
    })
}

/// What a failure is, for whoever calls the program from a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Refused,
    WrongUse,
    Environment,
    Integrity,
}

fn kind(error: &anyhow::Error) -> Kind {
    for cause in error.chain() {
        if cause.is::<Refused>() {
            return Kind::Refused;
        }
        if let Some(files::FileError::Exists { .. }) = cause.downcast_ref::<files::FileError>() {
            return Kind::Refused;
        }
        if cause.is::<WrongUse>() || cause.is::<crate::config::ConfigError>() {
            return Kind::WrongUse;
        }
        if cause.is::<Integrity>() {
            return Kind::Integrity;
        }
        if let Some(vault) = cause.downcast_ref::<vault::VaultError>() {
            return match vault {
                vault::VaultError::Custody(_) | vault::VaultError::Store(_) => Kind::Environment,
                _ => Kind::Integrity,
            };
        }
        if let Some(store::StoreError::Corrupt { .. }) = cause.downcast_ref::<store::StoreError>() {
            return Kind::Integrity;
        }
    }
    Kind::Environment
}
