//! The shapes of passkeys and their ceremonies, for shoppers and staff alike.

use axum::http::StatusCode;
use guard::gate;
use identity::{
    entering::OwnSession,
    passkeys::{Ceremony, OwnPasskey, Refusal},
    whence::Whence,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::sessions::ProvedBy;
use terms::Untrusted;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{problem::Problem, views::moment};

/// What the browser is asked, and by which id it answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CeremonyView {
    ceremony: Uuid,
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3,
    /// sections 5.1.8 and 5.1.9): what `parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON` take.
    #[schema(value_type = Object)]
    options: Value,
    #[schema(format = "date-time")]
    expires_at: String,
}

impl From<Ceremony> for CeremonyView {
    fn from(ceremony: Ceremony) -> Self {
        Self {
            ceremony: *ceremony.id.as_uuid(),
            options: ceremony.options,
            expires_at: moment(ceremony.expires_at),
        }
    }
}

/// A ceremony begins with nothing: who she is, the passkey says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginCeremony {}

/// A passkey of one's own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeyView {
    passkey: Uuid,
    name: String,
    #[schema(format = "date-time")]
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    used_at: Option<String>,
    /// Kept by more than one device.
    synced: bool,
}

impl From<OwnPasskey> for PasskeyView {
    fn from(own: OwnPasskey) -> Self {
        Self {
            passkey: *own.id.as_uuid(),
            name: own.name,
            created_at: moment(own.created_at),
            used_at: own.used_at.map(moment),
            synced: own.backed_up,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeysView {
    passkeys: Vec<PasskeyView>,
}

impl From<Vec<OwnPasskey>> for PasskeysView {
    fn from(own: Vec<OwnPasskey>) -> Self {
        Self {
            passkeys: own.into_iter().map(PasskeyView::from).collect(),
        }
    }
}

/// Another name for a passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamePasskey {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
}

impl NamePasskey {
    pub(crate) fn name(self) -> Result<String, Problem> {
        Ok(gate::person_name(Untrusted::new(self.name))?
            .as_str()
            .to_owned())
    }
}

/// The name of a new passkey: the one that was given, or the device it was made on.
pub(crate) fn name_or_device(name: Option<String>, whence: &Whence) -> Result<String, Problem> {
    match name {
        Some(name) => NamePasskey { name }.name(),
        None => Ok(whence.device.clone()),
    }
}

/// Where one is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnSessionView {
    session: Uuid,
    /// Browser and system, such as `Firefox · Linux`.
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
    /// The network it came from, never the full address: a /24, or a /48.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = ProofName)]
    proved_by: Option<&'static str>,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    seen_at: String,
    /// The one that asks.
    this_one: bool,
}

/// By what somebody proved who she is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProofName {
    Link,
    MailedCode,
    Passkey,
    Recovery,
}

impl From<OwnSession> for OwnSessionView {
    fn from(own: OwnSession) -> Self {
        let (device, network) = own.whence.map_or((None, None), |whence| {
            (Some(whence.device), Some(whence.network))
        });
        Self {
            session: *own.id.as_uuid(),
            device,
            network,
            proved_by: own.by.map(ProvedBy::as_str),
            created_at: moment(own.created_at),
            seen_at: moment(own.seen_at),
            this_one: own.this_one,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnSessionsView {
    sessions: Vec<OwnSessionView>,
}

impl From<Vec<OwnSession>> for OwnSessionsView {
    fn from(own: Vec<OwnSession>) -> Self {
        Self {
            sessions: own.into_iter().map(OwnSessionView::from).collect(),
        }
    }
}

/// How many sessions ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndedView {
    #[schema(minimum = 0)]
    pub(crate) ended: u64,
}

/// The answer to a change of one's own passkey: nothing, or that there is none of this id.
pub(crate) fn found(known: bool) -> Result<StatusCode, Problem> {
    match known {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found("there is no passkey of this id")),
    }
}

/// The one answer to a ceremony that was refused, or the wait while so much fails that failures are held. Why is
/// for the log: whoever tries a passkey that is not hers learns nothing from it.
pub(crate) fn refused(refusal: &Refusal) -> Problem {
    if let Refusal::Held { seconds } = refusal {
        return Problem::rate_limited(*seconds);
    }
    tracing::info!(reason = %refusal, "a passkey was refused");
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "passkey_refused",
        "this passkey could not be used here: try again, or choose another way",
    )
}
