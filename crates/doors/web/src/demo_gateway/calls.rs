//! Calls of the shop: signed, timed, each movement once.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, Method, StatusCode, Uri, header},
};
use commerce::gateway::{
    PaymentResult,
    demo_wire::{
        Answer, IDEMPOTENCY_HEADER, Known, Request, SIGNATURE_HEADER, check_request, read_transfer,
    },
};
use terms::MovementId;

use super::{DemoGatewayServer, book::Transferred, choices::Telling};
use crate::problem::Problem;

/// `POST /api/transfers`
pub(super) async fn transfer(
    State(gateway): State<DemoGatewayServer>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Answer>, Problem> {
    let body = whole(body)?;
    let key = gateway.signed(&method, &uri, &headers, &body)?;
    let kind = headers.get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/json") {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "bad_argument",
            "the body is sent as `application/json`",
        ));
    }
    let transfer =
        read_transfer(&body).map_err(|error| Problem::bad_argument(error.to_string()))?;
    same_movement(key, transfer.movement)?;
    let book = gateway.book;
    let decided = tokio::task::spawn_blocking(move || book.transfer(transfer)).await;
    match decided
        .map_err(std::io::Error::other)
        .and_then(|decided| decided)
    {
        Ok(Transferred::Answered(answer)) => Ok(Json(answer)),
        Ok(Transferred::Conflict) => Err(Problem::new(
            StatusCode::CONFLICT,
            "conflict",
            "this `Idempotency-Key` was used before, for something else",
        )),
        Err(error) => Err(no_journal(&error)),
    }
}

/// `POST /api/payments/{movement}/ask-again`
pub(super) async fn ask_again(
    State(gateway): State<DemoGatewayServer>,
    Path(movement): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Known>, Problem> {
    let key = gateway.signed(&method, &uri, &headers, &whole(body)?)?;
    let movement = named(&movement)?;
    same_movement(key, movement)?;
    let event = gateway.book.decided(movement);
    if let Some(event) = &event {
        gateway.delivery.tell(event, Telling::AtOnce);
    }
    // A card that was declined paid nothing: the order it was for is not kept for it.
    let known = event.is_some_and(|event| matches!(event.result, PaymentResult::Paid { .. }));
    Ok(Json(Known { known }))
}

/// A decision that could not be written down was not made; whether it was half written shows when
/// the journal is read again.
pub(super) fn no_journal(error: &std::io::Error) -> Problem {
    tracing::error!(%error, "the demo gateway's journal cannot be written");
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "the gateway cannot write down what it decides: ask again with the same key",
    )
}

fn whole(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Problem> {
    body.map_err(|rejection| {
        Problem::new(rejection.status(), "bad_argument", rejection.body_text())
    })
}

fn named(movement: &str) -> Result<MovementId, Problem> {
    movement
        .parse()
        .map_err(|_| Problem::not_found("there is no such movement"))
}

fn same_movement(key: MovementId, movement: MovementId) -> Result<(), Problem> {
    if key == movement {
        return Ok(());
    }
    Err(Problem::bad_argument(
        "`Idempotency-Key` is not the movement that the call is about",
    ))
}

impl DemoGatewayServer {
    /// Checks who calls; the movement that the call is about, by its key.
    fn signed(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<MovementId, Problem> {
        let unsigned =
            |detail: String| Problem::new(StatusCode::UNAUTHORIZED, "not_signed", detail);
        let key = only(headers, IDEMPOTENCY_HEADER)
            .ok_or_else(|| unsigned("a call has one `Idempotency-Key`".to_owned()))?;
        let request = Request {
            method: method.as_str(),
            path: uri.path_and_query().map_or("", |path| path.as_str()),
            key,
            body,
        };
        let signature = only(headers, SIGNATURE_HEADER);
        check_request(&self.keys, signature, &request, self.clock.now())
            .map_err(|error| unsigned(error.to_string().replace("webhook", "call")))?;
        key.parse()
            .map_err(|_| Problem::bad_argument("`Idempotency-Key` is not the id of a movement"))
    }
}

/// A header that is there once.
fn only<'headers>(headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
