//! Pages that say why there is nothing to pay, and what every page has in common.

use std::sync::LazyLock;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use commerce::gateway::{HostedPayment, demo_wire::LinkRefused};
use terms::MovementId;

#[derive(Template)]
#[template(path = "gateway_message.html")]
struct MessagePage<'a> {
    css_integrity: &'a str,
    title: &'a str,
    detail: &'a str,
    back: Option<String>,
}

/// Why there is nothing to pay here.
pub(super) enum Refusal {
    Link(LinkRefused),
    AlreadyPaid(Box<HostedPayment>),
    Other,
    OtherSite,
    BadForm,
    TooLarge,
    NoJournal,
    NotFound,
}

impl From<LinkRefused> for Refusal {
    fn from(refused: LinkRefused) -> Self {
        Self::Link(refused)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, title, detail) = match &self {
            Self::Link(LinkRefused::Malformed) => (
                StatusCode::BAD_REQUEST,
                "This payment link is not complete",
                "Go back to the shop and open the link there again. Nothing was paid.",
            ),
            Self::Link(LinkRefused::WrongSignature) => (
                StatusCode::FORBIDDEN,
                "This payment link was changed",
                "It is not the link that the shop made, so it is not used. Go back to the shop and open the link there. Nothing was paid.",
            ),
            Self::Link(LinkRefused::Expired(_)) => (
                StatusCode::GONE,
                "This payment link has expired",
                "Go back to the shop and ask for a new one. Nothing was paid with this link.",
            ),
            Self::AlreadyPaid(_) => (
                StatusCode::CONFLICT,
                "This is already paid",
                "It was paid once and is not paid again. The shop knows, or will know in a moment.",
            ),
            Self::Other => (
                StatusCode::CONFLICT,
                "This payment link does not fit",
                "Its payment is known here with another order or amount. Go back to the shop. Nothing was paid.",
            ),
            Self::OtherSite => (
                StatusCode::FORBIDDEN,
                "This did not come from the payment page",
                "Open the payment link from the shop and pay on the page that it leads to. Nothing was paid.",
            ),
            Self::BadForm => (
                StatusCode::BAD_REQUEST,
                "Something is missing",
                "Open the payment link from the shop again, choose one method and one way for the webhook. Nothing was paid.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "That is too much",
                "The payment page sends far less. Nothing was paid.",
            ),
            Self::NoJournal => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The gateway cannot take payments now",
                "Try again in a moment. If you see that it is paid already, it is not paid twice.",
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "There is no such page",
                "The demo gateway has one page, and payment links lead to it.",
            ),
        };
        // Only a signed address is led back to.
        let back = match &self {
            Self::Link(LinkRefused::Expired(payment)) => Some(payment.return_url.clone()),
            Self::AlreadyPaid(payment) => {
                Some(with_movement(&payment.return_url, payment.movement))
            }
            _ => None,
        };
        let page = MessagePage {
            css_integrity: &STYLE_INTEGRITY,
            title,
            detail,
            back,
        };
        rendered(status, &page, None)
    }
}

pub(super) async fn not_found() -> Response {
    Refusal::NotFound.into_response()
}

pub(super) fn rendered(
    status: StatusCode,
    page: &impl Template,
    leads_to: Option<String>,
) -> Response {
    let mut response = match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the demo gateway could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    policy(&mut response, leads_to);
    response
}

/// Own style and nothing else. A form may lead to the shop's origin too: browsers hold the policy
/// against the redirect that follows the form.
pub(super) fn policy(response: &mut Response, leads_to: Option<String>) {
    let shop = leads_to
        .map(|origin| format!(" {origin}"))
        .unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{shop}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

const STYLE: &str = include_str!("../../templates/gateway.css");

pub(super) static STYLE_INTEGRITY: LazyLock<String> = LazyLock::new(|| {
    let digest = crate::digest::sha384(STYLE.as_bytes());
    format!("sha384-{}", STANDARD.encode(digest))
});

pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// Appends `movement=…` to the query of an address.
pub(super) fn with_movement(url: &str, movement: MovementId) -> String {
    let (address, fragment) = match url.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (url, None),
    };
    let joint = match address.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    let fragment = fragment
        .map(|fragment| format!("#{fragment}"))
        .unwrap_or_default();
    format!("{address}{joint}movement={movement}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_movement_is_appended_to_the_query() {
        let text = "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10";
        let movement: MovementId = text.parse().unwrap();
        for (url, start, end) in [
            ("http://a.example", "http://a.example?movement=", ""),
            ("http://a.example/p", "http://a.example/p?movement=", ""),
            ("http://a.example/p?", "http://a.example/p?movement=", ""),
            (
                "http://a.example/p?x=1",
                "http://a.example/p?x=1&movement=",
                "",
            ),
            (
                "http://a.example/p?x=1&",
                "http://a.example/p?x=1&movement=",
                "",
            ),
            (
                "http://a.example/p#f?g",
                "http://a.example/p?movement=",
                "#f?g",
            ),
            (
                "http://a.example/p?x#f",
                "http://a.example/p?x&movement=",
                "#f",
            ),
        ] {
            assert_eq!(
                with_movement(url, movement),
                format!("{start}{text}{end}"),
                "{url}"
            );
        }
    }
}
