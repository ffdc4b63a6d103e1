//! The shop in the shopper's hands: tools, proposals and their confirmation, and the gateway's
//! webhook.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use commerce::{
    payments::{WebhookAnswer, WebhookError},
    proposals::{Confirmation, EffectLine, Outcome, PaymentDue, Proposal},
    tools::{Answer, CommerceError},
};
use guard::gate;
use identity::{
    Confirmed, Scope, Shopper, Verified,
    codes::CodeOutcome,
    level::{Guest, Session},
    passkeys::{self, AssertionResponse},
};
use journey::{
    JourneyError,
    pictures::{Pictures, pictures_of, products_in},
    tool::AnyTool,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Transaction;
use terms::{CeremonyId, CodeRequestId, Language, Locale, ProposalId, Untrusted};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ceremonies::refused,
    extract::{Asking, Body, Ids, Named, RawBody, ShopperToken},
    house::House,
    problem::{Problem, ProblemDetails},
    shopper::{
        pictures::{self, PictureView},
        sessions::CodeRequested,
    },
    views::moment,
};

/// The header of a gateway's webhook that carries its signature.
const SIGNATURE: &str = commerce::gateway::demo_wire::SIGNATURE_HEADER;

/// What a tool is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToolCall {
    /// The tool's arguments.
    #[serde(default)]
    #[schema(value_type = Object)]
    args: Value,
    /// The language that cards and labels are written in; English where it is not one of the
    /// interface's, or not given.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// What a tool answers: a result, or a proposal that waits to be confirmed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ToolView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    result: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<ProposalView>,
    /// The pictures of the products that the result tells of, by their ids. Beside the result: the tools
    /// answer as their reference says.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pictures: BTreeMap<String, PictureView>,
}

/// A proposal: what would be done, exactly.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalView {
    id: Uuid,
    tool: &'static str,
    title: String,
    effect: Vec<EffectView>,
    /// What it costs or, negative, gives back, in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<i64>,
    currency: String,
    /// The level that the confirmation demands.
    #[schema(value_type = ConfirmLevel)]
    level: &'static str,
    #[schema(format = "date-time")]
    expires_at: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConfirmLevel {
    Guest,
    Session,
    StepUp,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EffectView {
    text: String,
    /// Minor units; what the shopper gets back is negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
}

/// A confirmation. `code` is needed where the proposal's level is `step_up`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmProposal {
    #[serde(default)]
    code: Option<GivenCode>,
    #[serde(default)]
    passkey: Option<GivenAssertion>,
}

/// An assertion whose challenge is the hash of exactly this proposal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GivenAssertion {
    ceremony: Uuid,
    /// `AuthenticationResponseJSON`: what `PublicKeyCredential.toJSON()` gives.
    #[schema(value_type = Object)]
    response: AssertionResponse,
}

/// A code that was mailed for exactly this proposal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GivenCode {
    request: Uuid,
    /// Six digits.
    #[schema(pattern = "^[0-9]{6}$")]
    code: String,
}

/// In which language the code is mailed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestStepUp {
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutcomeView {
    proposal: Uuid,
    tool: &'static str,
    effect: Vec<EffectView>,
    /// The order's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    /// A payment to be made on the gateway's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<PaymentView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentView {
    /// Minor units.
    amount: i64,
    currency: String,
    /// The gateway's page; missing where the shop takes payments by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[schema(format = "date-time")]
    until: String,
}

impl From<EffectLine> for EffectView {
    fn from(line: EffectLine) -> Self {
        Self {
            text: line.text,
            amount: line.amount,
        }
    }
}

impl From<Proposal> for ProposalView {
    fn from(proposal: Proposal) -> Self {
        Self {
            id: *proposal.id.as_uuid(),
            tool: proposal.tool.as_str(),
            title: proposal.title,
            effect: proposal.effect.into_iter().map(EffectView::from).collect(),
            total: proposal.total,
            currency: proposal.currency.as_str().to_owned(),
            level: proposal.level.as_str(),
            expires_at: moment(proposal.expires_at),
        }
    }
}

impl From<PaymentDue> for PaymentView {
    fn from(due: PaymentDue) -> Self {
        Self {
            amount: due.amount.minor,
            currency: due.amount.currency.as_str().to_owned(),
            url: due.url,
            until: moment(due.until),
        }
    }
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        Self {
            proposal: *outcome.proposal.as_uuid(),
            tool: outcome.tool.as_str(),
            effect: outcome.effect.into_iter().map(EffectView::from).collect(),
            order: outcome.order,
            payment: outcome.payment.map(PaymentView::from),
        }
    }
}

/// Calls a tool for the session's shopper. Reads answer, cart edits are done at once, everything
/// else answers with a proposal.
#[utoipa::path(post, path = "/v1/tools/{tool}", tag = "shopper", operation_id = "call_tool", security(("shopper" = [])),
    params(("tool" = String, Path, description = "the tool's name", pattern = "^[a-z_]{1,40}$")),
    request_body = ToolCall,
    responses((status = 200, body = ToolView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn call(
    State(house): State<House>,
    token: ShopperToken,
    Named(tool): Named,
    Body(asked): Body<ToolCall>,
) -> Result<Json<ToolView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.tool(proof.session())?;
    let tool = AnyTool::from_name(&tool).ok_or_else(|| {
        let names = AnyTool::names().join(", ");
        Problem::not_found(format!("there is no such tool: allowed are {names}"))
    })?;
    if let Some(what) = tool.look_up() {
        let mut snapshot = house.database.snapshot().await?;
        let result = house
            .journey
            .look_up(&mut *snapshot, &proof, what, asked.args)
            .await?;
        let shown = pictures_of(&mut *snapshot, proof.shop(), &products_in(&result)).await?;
        return Ok(Json(ToolView {
            result: Some(result),
            proposal: None,
            pictures: pictures::views(shown),
        }));
    }
    let mut tx = house.database.begin().await?;
    let language = Language::for_reader(&asked.locale.unwrap_or_default());
    let answer = house
        .journey
        .tool(&mut *tx, &proof, tool, asked.args, language)
        .await;
    let shown = match &answer {
        Ok(Answer::Result(result)) => {
            pictures_of(&mut *tx, proof.shop(), &products_in(result)).await?
        }
        _ => Pictures::new(),
    };
    // A refusal is durable too: that an order was asked for is recorded, whether there is one or not.
    if matches!(
        answer,
        Ok(_) | Err(JourneyError::Commerce(CommerceError::Refused(_)))
    ) {
        tx.commit().await?;
    }
    let answer = answer?;
    Ok(Json(match answer {
        Answer::Result(result) => ToolView {
            result: Some(result),
            proposal: None,
            pictures: pictures::views(shown),
        },
        Answer::Proposal(proposal) => ToolView {
            result: None,
            proposal: Some((*proposal).into()),
            pictures: BTreeMap::new(),
        },
    }))
}

/// Mails a code that confirms exactly this proposal, to the shopper's own address.
#[utoipa::path(post, path = "/v1/proposals/{proposal}/codes", tag = "shopper", operation_id = "request_step_up",
    security(("shopper" = [])), params(("proposal" = Uuid, Path)), request_body = RequestStepUp,
    responses((status = 202, body = CodeRequested),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn request_step_up(
    State(house): State<House>,
    Asking(asking): Asking,
    token: ShopperToken,
    Ids(proposal): Ids<ProposalId>,
    Body(wish): Body<RequestStepUp>,
) -> Result<(StatusCode, Json<CodeRequested>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.code(asking)?;
    let signed_in = proof.raise::<Session>()?;
    let mut tx = house.database.begin().await?;
    let commerce = house.journey.commerce();
    let hash = commerce.proposal_hash(&mut *tx, &proof, proposal).await?;
    if !house.settings.mail {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "mail_off",
            "this shop sends no mails, so this cannot be confirmed here: ask a person of the shop",
        ));
    }
    let sent = house
        .journey
        .identity()
        .request_step_up(&mut *tx, &signed_in, hash, &wish.locale.unwrap_or_default())
        .await?;
    tx.commit().await?;
    let sent = CodeRequested::new(sent.request, sent.expires_at);
    Ok((StatusCode::ACCEPTED, Json(sent)))
}

/// Confirms a proposal: it is done as it was shown, or not at all. Once.
#[utoipa::path(post, path = "/v1/proposals/{proposal}/confirm", tag = "shopper", operation_id = "confirm_proposal",
    security(("shopper" = [])), params(("proposal" = Uuid, Path)), request_body = ConfirmProposal,
    responses((status = 200, body = OutcomeView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn confirm(
    State(house): State<House>,
    Asking(asking): Asking,
    token: ShopperToken,
    Ids(proposal): Ids<ProposalId>,
    Body(given): Body<ConfirmProposal>,
) -> Result<Json<OutcomeView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.tool(proof.session())?;
    house.gatekeeper.confirmation(asking)?;
    let mut tx = house.database.begin().await?;
    let step_up = match (given.passkey, given.code) {
        (Some(given), _) => {
            house.gatekeeper.ceremony(asking)?;
            Some(stepped_up_by_passkey(&house, &mut *tx, &proof, proposal, given).await?)
        }
        (None, Some(given)) => {
            house.gatekeeper.code(asking)?;
            Some(stepped_up(&house, &mut *tx, &proof, proposal, given).await?)
        }
        (None, None) => None,
    };
    let step_up = match step_up.transpose() {
        Ok(confirmed) => confirmed,
        Err(problem) => {
            // A wrong code is counted, and a ceremony spent.
            tx.commit().await?;
            return Err(problem);
        }
    };
    let confirmation = house
        .journey
        .confirm(&mut *tx, &proof, proposal, step_up)
        .await?;
    // In every case: a proposal that has expired stays so.
    tx.commit().await?;
    match confirmation {
        Confirmation::Done(outcome) => Ok(Json((*outcome).into())),
        Confirmation::Refused(refusal) => Err(refusal.into()),
        Confirmation::Already(outcome) => Err(Problem::already_confirmed((*outcome).into())),
    }
}

async fn stepped_up_by_passkey<'scope>(
    house: &House,
    tx: &mut dyn Transaction,
    proof: &Verified<'scope, Shopper, Guest>,
    proposal: ProposalId,
    given: GivenAssertion,
) -> Result<Result<Confirmed<'scope>, Problem>, Problem> {
    let signed_in = proof.raise::<Session>()?;
    let commerce = house.journey.commerce();
    let hash = commerce.proposal_hash(tx, proof, proposal).await?;
    let identity = house.journey.identity();
    let ceremony = CeremonyId::from_uuid(given.ceremony);
    let outcome = identity
        .step_up_by_passkey(tx, &signed_in, ceremony, &given.response, hash)
        .await?;
    Ok(match outcome {
        passkeys::Outcome::Accepted(step_up) => step_up.confirm(&hash).map_err(|error| {
            Problem::new(StatusCode::CONFLICT, "passkey_refused", error.to_string())
        }),
        passkeys::Outcome::Refused(refusal) => Err(refused(&refusal)),
    })
}

async fn stepped_up<'scope>(
    house: &House,
    tx: &mut dyn Transaction,
    proof: &Verified<'scope, Shopper, Guest>,
    proposal: ProposalId,
    given: GivenCode,
) -> Result<Result<Confirmed<'scope>, Problem>, Problem> {
    let signed_in = proof.raise::<Session>()?;
    let commerce = house.journey.commerce();
    let hash = commerce.proposal_hash(tx, proof, proposal).await?;
    let code = gate::one_time_code(Untrusted::new(given.code))?;
    let request = CodeRequestId::from_uuid(given.request);
    let identity = house.journey.identity();
    Ok(
        match identity
            .step_up(tx, &signed_in, request, &code, hash)
            .await?
        {
            CodeOutcome::Accepted(step_up) => step_up
                .confirm(&hash)
                .map_err(|error| Problem::new(StatusCode::CONFLICT, "bad_code", error.to_string())),
            CodeOutcome::Wrong { left } => Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_code",
                format!("the code is wrong: {left} attempts are left"),
            )),
            CodeOutcome::Expired => Err(Problem::new(
                StatusCode::GONE,
                "expired",
                "this code was used, has expired or had too many attempts: ask for a new one",
            )),
        },
    )
}

/// A payment gateway tells what became of a payment. The signature is over the raw bytes.
#[utoipa::path(post, path = "/v1/shops/{shop}/payments/webhook", tag = "operations", operation_id = "payment_webhook",
    params(("shop" = String, Path, description = "the shop's handle", pattern = "^[a-z0-9-]{1,63}$"),
        ("Parlour-Gateway-Signature" = Option<String>, Header, description = "`t=UNIX_SECONDS,v1=HEX`")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204, description = "taken, now or before"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn webhook(
    State(house): State<House>,
    Named(handle): Named,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Result<StatusCode, Problem> {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    // Several headers of one name could be read one way here and another way by a proxy.
    let signature = signature.filter(|_| headers.get_all(SIGNATURE).iter().count() == 1);
    let shop = house
        .database
        .snapshot()
        .await?
        .shop_by_handle(&handle)
        .await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    let commerce = house.journey.commerce();
    match commerce
        .webhook(&*house.database, shop.id, signature, &body)
        .await
    {
        Ok(WebhookAnswer::Done | WebhookAnswer::Repeated) => Ok(StatusCode::NO_CONTENT),
        Ok(WebhookAnswer::Mismatch) => Err(Problem::new(
            StatusCode::CONFLICT,
            "mismatch",
            "the payment is not the one this shop waits for: nothing was booked",
        )),
        Err(WebhookError::NotBelieved(reason)) => {
            tracing::warn!(%reason, "a webhook was not believed");
            Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "not_believed",
                reason.to_string(),
            ))
        }
        Err(WebhookError::NoGateway) => Err(Problem::new(
            StatusCode::CONFLICT,
            "no_gateway",
            "no payment gateway is set up here",
        )),
        Err(WebhookError::Commerce(error)) => Err(error.into()),
    }
}
