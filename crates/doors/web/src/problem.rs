//! Errors as the outside sees them: RFC 9457 problem details with a stable `code`.
//!
//! INVARIANT: this is the one place that decides what the outside may know. What is not the
//! caller's fault is logged here once, under an id, and answered with that id and nothing else.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use commerce::{
    port::ShopError,
    refusal::{Code, Refusal},
    tools::CommerceError,
};
use gallery::GalleryError;
use guard::gate::Refused;
use identity::{IdentityError, gate::NeedsLevel};
use inbox::InboxError;
use journey::JourneyError;
use ledger::RecordError;
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;
use uuid::Uuid;
use vault::VaultError;

use crate::shopper::shop::OutcomeView;

/// A refusal or a failure.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    retry_after: Option<u64>,
    instance: Option<String>,
    outcome: Option<Box<OutcomeView>>,
}

/// RFC 9457 problem details (`application/problem+json`).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemDetails {
    /// A URI reference that names the kind of problem: `/problems#CODE`.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// The stable name of the problem.
    code: &'static str,
    /// What was refused, where, and what is allowed.
    detail: String,
    /// `urn:uuid:…` of the log line, when the fault is not the caller's.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// With `already_confirmed`: what the confirmation did, and the payment if it still waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Box<OutcomeView>>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            retry_after: None,
            instance: None,
            outcome: None,
        }
    }

    /// The same confirmation again. What it did then is told, for whoever never got the answer.
    pub(crate) fn already_confirmed(outcome: OutcomeView) -> Self {
        Self {
            outcome: Some(Box::new(outcome)),
            ..Refusal::new(
                Code::AlreadyConfirmed,
                "this was confirmed already: nothing was done again",
            )
            .into()
        }
    }

    pub(crate) fn bad_argument(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_argument", detail)
    }

    pub(crate) fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    pub(crate) fn needs_session() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "needs_session",
            "there is no session, or it has ended: open a new one",
        )
    }

    pub(crate) fn rate_limited(seconds: u64) -> Self {
        let detail = format!("too many requests: wait {seconds} seconds and try again");
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail);
        Self {
            retry_after: Some(seconds),
            ..problem
        }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) const fn code(&self) -> &'static str {
        self.code
    }

    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// Something broke on our side. The caller learns an id; the log has the rest.
    fn internal(status: StatusCode, code: &'static str, error: &dyn std::error::Error) -> Self {
        Self::ours(status, code, &chain(error))
    }

    /// As above, where no error says what it was.
    pub(crate) fn fault(what: &str) -> Self {
        Self::ours(StatusCode::INTERNAL_SERVER_ERROR, "internal", what)
    }

    /// The request was given up.
    pub(crate) fn too_slow() -> Self {
        let what = "the request took longer than `limits.request_seconds`";
        Self::ours(StatusCode::SERVICE_UNAVAILABLE, "unavailable", what)
    }

    fn ours(status: StatusCode, code: &'static str, error: &str) -> Self {
        let id = fault_id();
        tracing::error!(fault.id = %id, error, "a request failed");
        let detail = match status {
            StatusCode::SERVICE_UNAVAILABLE => {
                "a part of the service is not available: try again in a moment"
            }
            _ => "the service failed: try again, and name the instance when you report it",
        };
        Self {
            instance: Some(format!("urn:uuid:{id}")),
            ..Self::new(status, code, detail)
        }
    }
}

/// Fault ids only tie an answer to a log line.
#[expect(
    clippy::disallowed_methods,
    reason = "a fault id needs no reproducible randomness"
)]
fn fault_id() -> Uuid {
    Uuid::new_v4()
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemDetails {
            kind: format!("/problems#{}", self.code),
            title: self.status.canonical_reason().unwrap_or("error"),
            status: self.status.as_u16(),
            code: self.code,
            detail: self.detail,
            instance: self.instance,
            outcome: self.outcome,
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => {
                Self::internal(StatusCode::SERVICE_UNAVAILABLE, "unavailable", &error)
            }
            _ => Self::internal(StatusCode::INTERNAL_SERVER_ERROR, "internal", &error),
        }
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Store(error) => error.into(),
            VaultError::Record(error) => error.into(),
            VaultError::Custody(_) => {
                Self::internal(StatusCode::SERVICE_UNAVAILABLE, "unavailable", &error)
            }
            VaultError::Forgotten(_) => Self::new(
                StatusCode::GONE,
                "forgotten",
                "what was kept here has been erased",
            ),
            _ => Self::internal(StatusCode::INTERNAL_SERVER_ERROR, "internal", &error),
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Store(error) => error.into(),
            _ => Self::internal(StatusCode::INTERNAL_SERVER_ERROR, "internal", &error),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::new(StatusCode::BAD_REQUEST, refused.code(), refused.to_string())
    }
}

impl From<NeedsLevel> for Problem {
    fn from(error: NeedsLevel) -> Self {
        Self::new(StatusCode::FORBIDDEN, "needs_level", error.to_string())
    }
}

impl From<identity::gate::Denied> for Problem {
    fn from(error: identity::gate::Denied) -> Self {
        let code = match error {
            identity::gate::Denied::Rule { .. } => "denied",
            identity::gate::Denied::NeedsFactor { .. } => "needs_factor",
        };
        Self::new(StatusCode::FORBIDDEN, code, error.to_string())
    }
}

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, error.to_string());
        match error {
            IdentityError::NeedsSession => Self::needs_session(),
            IdentityError::NeedsLevel(error) => error.into(),
            IdentityError::Denied(error) => error.into(),
            IdentityError::TooManyCodes { minutes } | IdentityError::TooManyTries { minutes } => {
                Self {
                    retry_after: Some(minutes.saturating_mul(60)),
                    ..Self::new(
                        StatusCode::TOO_MANY_REQUESTS,
                        "rate_limited",
                        error.to_string(),
                    )
                }
            }
            IdentityError::Held { seconds } => Self {
                retry_after: Some(seconds),
                ..Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "rate_limited",
                    error.to_string(),
                )
            },
            IdentityError::LinkSpent => Self::new(StatusCode::GONE, "expired", error.to_string()),
            IdentityError::NeedsFreshSignIn { .. } => Self::new(
                StatusCode::FORBIDDEN,
                "needs_fresh_sign_in",
                error.to_string(),
            ),
            IdentityError::LastFactor => conflict("last_factor"),
            IdentityError::HasPasskey => conflict("has_passkey"),
            IdentityError::NoPasskey => conflict("no_passkey"),
            IdentityError::TooManyPasskeys { .. } => conflict("too_many"),
            IdentityError::SignedInAlready => conflict("signed_in"),
            IdentityError::RecoveryWaits => conflict("recovery_waits"),
            IdentityError::TooManyRoles { .. } => conflict("too_many"),
            IdentityError::NoSuchRole { .. }
            | IdentityError::AuditorForEver
            | IdentityError::AccessInThePast
            | IdentityError::LongerThanOwn { .. } => Self::bad_argument(error.to_string()),
            IdentityError::NoSuchShop => Self::not_found(error.to_string()),
            IdentityError::Vault(error) => error.into(),
            IdentityError::Store(error) => error.into(),
            IdentityError::Record(error) => error.into(),
            IdentityError::Unreadable(_) | IdentityError::Rules(_) => {
                Self::internal(StatusCode::INTERNAL_SERVER_ERROR, "internal", &error)
            }
        }
    }
}

impl From<InboxError> for Problem {
    fn from(error: InboxError) -> Self {
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, error.to_string());
        match error {
            InboxError::NoSuchConversation => Self::not_found(error.to_string()),
            InboxError::TooManyConversations => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "rate_limited",
                error.to_string(),
            ),
            InboxError::OtherText => conflict("conflict"),
            InboxError::AlreadyTaken => conflict("already_taken"),
            InboxError::NotAssigned => conflict("not_assigned"),
            InboxError::NoSuchColleague | InboxError::BadName { .. } => {
                Self::bad_argument(error.to_string())
            }
            InboxError::NoSuchName(_) | InboxError::NoSuchShopper => {
                Self::not_found(error.to_string())
            }
            InboxError::TooManyNames { .. } | InboxError::TooManyNotes => conflict("too_many"),
            InboxError::Refused(refused) => refused.into(),
            InboxError::FrontChanged => conflict("conflict"),
            InboxError::NoScore => Self::bad_argument(error.to_string()),
            InboxError::NoAddress => {
                Self::new(StatusCode::FORBIDDEN, "needs_level", error.to_string())
            }
            InboxError::Front(error) => Self::bad_argument(error.to_string()),
            InboxError::Identity(error) => error.into(),
            InboxError::Vault(error) => error.into(),
            InboxError::Store(error) => error.into(),
            InboxError::Record(error) => error.into(),
            InboxError::Unreadable(_)
            | InboxError::NoteUnreadable
            | InboxError::FrontUnreadable
            | InboxError::OtherKey => {
                Self::internal(StatusCode::INTERNAL_SERVER_ERROR, "internal", &error)
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.code {
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::NeedsLevel => StatusCode::FORBIDDEN,
            Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Code::BadArgument | Code::EmptyList | Code::DuplicateLine | Code::BadReason => {
                StatusCode::BAD_REQUEST
            }
            Code::Expired => StatusCode::GONE,
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, refusal.code.as_str(), refusal.message)
    }
}

impl From<CommerceError> for Problem {
    fn from(error: CommerceError) -> Self {
        match error {
            CommerceError::Refused(refusal) => refusal.into(),
            CommerceError::Shop(ShopError::NoTerms) => {
                Self::not_found("this shop sells nothing here yet: its catalogue was not imported")
            }
            CommerceError::Shop(ShopError::Store(error)) | CommerceError::Store(error) => {
                error.into()
            }
            CommerceError::Shop(ShopError::Vault(error)) | CommerceError::Vault(error) => {
                error.into()
            }
            CommerceError::Shop(ShopError::Record(error)) | CommerceError::Record(error) => {
                error.into()
            }
            CommerceError::Identity(error) => error.into(),
            CommerceError::Shop(_) | CommerceError::Unreadable(_) => {
                Self::internal(StatusCode::INTERNAL_SERVER_ERROR, "internal", &error)
            }
        }
    }
}

impl From<GalleryError> for Problem {
    fn from(error: GalleryError) -> Self {
        match error {
            GalleryError::Shop(error) => CommerceError::from(error).into(),
            GalleryError::Store(error) => error.into(),
            GalleryError::Record(error) => error.into(),
        }
    }
}

impl From<JourneyError> for Problem {
    fn from(error: JourneyError) -> Self {
        match error {
            JourneyError::Refused(refused) => refused.into(),
            JourneyError::Inbox(error) => error.into(),
            JourneyError::Identity(error) => error.into(),
            JourneyError::Commerce(error) => error.into(),
            JourneyError::Vault(error) => error.into(),
            JourneyError::Store(error) => error.into(),
            JourneyError::Record(error) => error.into(),
            JourneyError::NotFetched(error) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not_fetched",
                error.to_string(),
            ),
            JourneyError::NoSuchDocument | JourneyError::NoSuchQuestion => {
                Self::not_found(error.to_string())
            }
            JourneyError::ChangedMeanwhile => {
                Self::new(StatusCode::CONFLICT, "changed_meanwhile", error.to_string())
            }
            JourneyError::TooManyDocuments(_) | JourneyError::TooMuchText(_) => {
                Self::new(StatusCode::CONFLICT, "too_many", error.to_string())
            }
            JourneyError::ContextUnreadable | JourneyError::MailUnreadable => {
                Self::internal(StatusCode::INTERNAL_SERVER_ERROR, "internal", &error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// The page of the tools says under which status each code comes.
    #[test]
    fn codes_have_the_status_of_their_page() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/tools.md");
        let page = fs::read_to_string(page).unwrap();
        for code in Code::ALL {
            let row = format!("| `{code}` | ");
            let row = page.lines().find_map(|line| line.strip_prefix(&row));
            let told = row.and_then(|row| row.split(' ').next());
            let problem = Problem::from(Refusal::new(*code, "no"));
            if told != Some("reserved") {
                assert_eq!(told, Some(problem.status.as_str()), "{code}");
            }
        }
    }
}
