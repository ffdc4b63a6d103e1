//! `parlour openapi`: the published interface without a running server.

use crate::logging::say;

pub(crate) fn run() -> anyhow::Result<()> {
    say(&serde_json::to_string_pretty(&web::openapi_document())?);
    Ok(())
}
