//! The page on which a shopper pays, and the pages that say why she cannot.

use std::sync::LazyLock;

use askama::Template;
use axum::{
    extract::{
        Form, Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use commerce::gateway::{
    HostedPayment,
    demo_wire::{LINK_FIELDS, LinkRefused, read_link, return_origin},
};
use terms::MovementId;

use super::{
    DemoGatewayServer,
    book::{Standing, Tried},
    calls::no_journal,
    choices::{METHODS, Method, TELLINGS, Telling},
    own_origin,
};

type Fields = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "gateway_pay.html")]
struct PayPage<'a> {
    css_integrity: &'a str,
    order: &'a str,
    amount: String,
    declined: Option<String>,
    fields: &'a [(String, String)],
    methods: &'a [Method],
    tellings: &'a [(&'a str, &'a str, Telling)],
    back: &'a str,
}

#[derive(Template)]
#[template(path = "gateway_message.html")]
struct MessagePage<'a> {
    css_integrity: &'a str,
    title: &'a str,
    detail: &'a str,
    back: Option<String>,
}

/// `GET /pay`
pub(super) async fn show(
    State(gateway): State<DemoGatewayServer>,
    fields: Result<Query<Fields>, QueryRejection>,
) -> Response {
    let Ok(Query(fields)) = fields else {
        return Refusal::from(LinkRefused::Malformed).into_response();
    };
    match gateway.payable(&fields) {
        Ok((payment, declined)) => {
            let page = PayPage {
                css_integrity: &STYLE_INTEGRITY,
                order: &payment.order,
                amount: payment.amount.to_string(),
                declined,
                fields: &fields,
                methods: &METHODS,
                tellings: &TELLINGS,
                back: &payment.return_url,
            };
            rendered(StatusCode::OK, &page, return_origin(&payment.return_url))
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// `POST /pay`
///
/// A form of another site cannot send it: it needs the signed fields of the link, and the browser
/// says where it came from.
pub(super) async fn pay(
    State(gateway): State<DemoGatewayServer>,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    if !from_own_page(&headers) {
        return Refusal::OtherSite.into_response();
    }
    let fields = match form {
        Ok(Form(fields)) => fields,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Refusal::TooLarge.into_response();
        }
        Err(_) => return Refusal::BadForm.into_response(),
    };
    let (link, choices): (Fields, Fields) = fields
        .into_iter()
        .partition(|(name, _)| LINK_FIELDS.contains(&name.as_str()));
    let Some((method, telling)) = chosen(&choices) else {
        return Refusal::BadForm.into_response();
    };
    let payment = match gateway.payable(&link) {
        Ok((payment, _)) => payment,
        Err(refusal) => return refusal.into_response(),
    };
    match gateway.decide(payment.clone(), method, telling).await {
        Ok(Tried::Decided(_)) => lead_back(&payment),
        Ok(Tried::AlreadyPaid) => Refusal::AlreadyPaid(Box::new(payment)).into_response(),
        Ok(Tried::Other) => Refusal::Other.into_response(),
        Err(error) => {
            no_journal(&error);
            Refusal::NoJournal.into_response()
        }
    }
}

impl DemoGatewayServer {
    /// The payment of a link that can still be paid, and why the last try was declined.
    fn payable(
        &self,
        fields: &[(String, String)],
    ) -> Result<(HostedPayment, Option<String>), Refusal> {
        let read = read_link(&self.keys, fields, self.clock.now());
        let payment = match &read {
            Ok(payment) => payment,
            Err(LinkRefused::Expired(payment)) => payment,
            Err(refused) => return Err(refused.clone().into()),
        };
        // What was paid stays paid, also when its link has expired since.
        let declined = match self.book.standing(payment) {
            Standing::Open => None,
            Standing::Declined(reason) => Some(reason),
            Standing::Paid => return Err(Refusal::AlreadyPaid(Box::new(payment.clone()))),
            Standing::Other => return Err(Refusal::Other),
        };
        read.map(|payment| (payment, declined))
            .map_err(Refusal::from)
    }

    /// Decides and tells, also when the shopper has gone in the meantime.
    async fn decide(
        &self,
        payment: HostedPayment,
        method: Method,
        telling: Telling,
    ) -> std::io::Result<Tried> {
        let gateway = self.clone();
        let deciding = tokio::spawn(async move {
            let book = gateway.book;
            let tried = tokio::task::spawn_blocking(move || book.pay(&payment, method)).await;
            let tried = tried.map_err(std::io::Error::other)??;
            if let Tried::Decided(event) = &tried {
                gateway.delivery.tell(event, telling);
            }
            Ok(tried)
        });
        deciding.await.map_err(std::io::Error::other)?
    }
}

fn chosen(choices: &[(String, String)]) -> Option<(Method, Telling)> {
    match choices {
        [(one, method), (two, telling)] if one == "method" && two == "webhook" => {
            Some((Method::named(method)?, Telling::named(telling)?))
        }
        _ => None,
    }
}

/// Whether a browser says that a page of this origin sent it. Under the policy `no-referrer` the
/// origin of a form is `null`; then the browser must say so in its other way.
fn from_own_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let same_site = text("sec-fetch-site").map(|site| site == "same-origin");
    let own = own_origin(headers).map(|origin| origin.to_string());
    match (text(header::ORIGIN.as_str()), same_site) {
        (_, Some(false)) => false,
        (None | Some("null"), same_site) => same_site == Some(true),
        (Some(origin), _) => own.is_some_and(|own| own == origin),
    }
}

/// Back to the shop, which learns the outcome by webhook and not from the shopper's browser.
fn lead_back(payment: &HostedPayment) -> Response {
    let address = with_movement(&payment.return_url, payment.movement);
    let headers = [(header::LOCATION, address)];
    let mut response = (StatusCode::SEE_OTHER, headers).into_response();
    policy(&mut response, return_origin(&payment.return_url));
    response
}

/// Appends `movement=…` to the query of an address.
fn with_movement(url: &str, movement: MovementId) -> String {
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

/// Why there is nothing to pay here.
enum Refusal {
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

fn rendered(status: StatusCode, page: &impl Template, leads_to: Option<String>) -> Response {
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
fn policy(response: &mut Response, leads_to: Option<String>) {
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

static STYLE_INTEGRITY: LazyLock<String> = LazyLock::new(|| {
    let digest = crate::digest::sha384(STYLE.as_bytes());
    format!("sha384-{}", STANDARD.encode(digest))
});

pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
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

    #[test]
    fn only_a_page_of_this_origin_sends_the_form() {
        let own = "http://127.0.0.1:8081";
        for (origin, site, good) in [
            (Some(own), Some("same-origin"), true),
            (Some(own), None, true),
            (Some("null"), Some("same-origin"), true),
            (None, Some("same-origin"), true),
            (None, None, false),
            (Some("null"), None, false),
            (Some("null"), Some("cross-site"), false),
            (Some(own), Some("same-site"), false),
            (Some(own), Some("none"), false),
            (Some("http://127.0.0.1:8080"), None, false),
            (Some("https://127.0.0.1:8081"), None, false),
            (Some("http://localhost:8081"), None, false),
            (Some("http://evil.example"), Some("same-origin"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("127.0.0.1:8081"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            if let Some(site) = site {
                headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            }
            assert_eq!(from_own_page(&headers), good, "{origin:?} {site:?}");
        }
    }
}
