//! The published description of the API, made from the handlers themselves.

use axum::{Json, response::IntoResponse, response::Response};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parlour",
        description = "Chat API of Parlour. Errors are RFC 9457 problem details with a stable `code`. Ids are \
            UUIDs; times are RFC 3339 in UTC.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "shopper", description = "What a shop's visitor may do"),
        (name = "staff", description = "What staff may do"),
        (name = "operations", description = "Whether the service runs")
    ),
    modifiers(&Securities)
)]
pub(crate) struct Api;

struct Securities;

impl Modify for Securities {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_with(Default::default);
        for (name, description) in [
            ("shopper", "The token of a shopper's session"),
            ("staff", "The token of a staff session"),
        ] {
            let bearer = HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some(description));
            components.add_security_scheme(name, SecurityScheme::Http(bearer.build()));
        }
    }
}

/// The document, for whoever wants it without a running server.
#[must_use]
pub fn document() -> Document {
    crate::router::api().to_openapi()
}

pub(crate) async fn serve(document: axum::extract::State<std::sync::Arc<Document>>) -> Response {
    Json(&*document.0).into_response()
}
