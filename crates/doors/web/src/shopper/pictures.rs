//! Pictures of goods, from this house's own host: whoever looks at them tells nobody else.
//!
//! A picture's name is the hash of its bytes, so an answer may be kept for ever; it is looked for in the
//! shop of the path alone, so no shop serves another's.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use journey::pictures::Pictures;
use serde::{Deserialize, Serialize};
use terms::{Picture, PictureKind, PictureName};
use utoipa::ToSchema;

use crate::{
    extract::NamedInShop,
    house::House,
    problem::{Problem, ProblemDetails},
};

/// A picture in two sizes. Each is a name: it is fetched from `/v1/shops/{shop}/pictures/{name}`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct PictureView {
    /// For a card or a line: 320 points on its longer side at most.
    #[schema(pattern = "^[0-9a-f]{64}\\.(jpg|svg)$")]
    card: String,
    /// For the page of one product: 960 points at most.
    #[schema(pattern = "^[0-9a-f]{64}\\.(jpg|svg)$")]
    detail: String,
}

impl From<Picture> for PictureView {
    fn from(picture: Picture) -> Self {
        Self {
            card: picture.card.to_string(),
            detail: picture.detail.to_string(),
        }
    }
}

/// The pictures of some products, by their ids.
pub(crate) fn views(pictures: Pictures) -> BTreeMap<String, PictureView> {
    let pictures = pictures.into_iter();
    pictures
        .map(|(product, picture)| (product, picture.into()))
        .collect()
}

/// A picture of a shop's goods. What has this name never changes.
#[utoipa::path(get, path = "/v1/shops/{shop}/pictures/{name}", tag = "shopper", operation_id = "picture",
    params(("shop" = String, Path, description = "the shop's handle", pattern = "^[a-z0-9-]{1,63}$"),
        ("name" = String, Path, description = "the picture's name", pattern = "^[0-9a-f]{64}\\.(jpg|svg)$")),
    responses((status = 200, description = "the picture", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 304, description = "it is known already"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn picture(
    State(house): State<House>,
    NamedInShop { shop, name }: NamedInShop,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let none = || Problem::not_found("there is no such picture");
    let name: PictureName = name.parse().map_err(|_| none())?;
    let mut snapshot = house.database.snapshot().await?;
    let shop = snapshot.shop_by_handle(&shop).await?.ok_or_else(none)?;
    let row = snapshot.picture(shop.id, name).await?.ok_or_else(none)?;
    drop(snapshot);
    let tag = HeaderValue::from_str(&format!("\"{name}\"")).ok();
    let known = asked.get(header::IF_NONE_MATCH) == tag.as_ref() && tag.is_some();
    let kind = match name.kind() {
        PictureKind::Jpeg => "image/jpeg",
        // INVARIANT: a drawing of our own. The policy of every answer, which allows nothing and keeps it
        // in a sandbox, holds for whoever opens it as a page.
        PictureKind::Svg => "image/svg+xml",
    };
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, kind)], row.image).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.extend(tag.map(|tag| (header::ETAG, tag)));
    Ok(response)
}
