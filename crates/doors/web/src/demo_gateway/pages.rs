//! The page on which a shopper pays.

use askama::Template;
use axum::{
    extract::{
        Form, Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use commerce::gateway::{
    HostedPayment,
    demo_wire::{LINK_FIELDS, LinkRefused, read_link, return_origin},
};

use super::{
    DemoGatewayServer,
    book::{Standing, Tried},
    calls::no_journal,
    choices::{METHODS, Method, TELLINGS, Telling},
    messages::{Refusal, STYLE_INTEGRITY, policy, rendered, with_movement},
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

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

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
