//! Pictures of goods at the desk: fetched a few at a time, and why some were not taken.

use axum::{Json, extract::State};
use gallery::{Cursor, Refused};
use identity::actions::FetchPictures;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    extract::{Body, Permitted, at_most},
    house::House,
    problem::{Problem, ProblemDetails},
    views::moment,
};

/// The longest end of a step: an id of a product, and where it stands.
const LONGEST_CURSOR: usize = 400;

/// How the shop's pictures stand.
#[derive(Serialize, ToSchema)]
pub(crate) struct PicturesView {
    /// Products of the catalogue.
    products: i64,
    /// Products that show a picture.
    shown: i64,
    /// Products for which the last try gave none, the first 500 of them below.
    refused: i64,
    refusals: Vec<RefusalView>,
}

/// A picture that was not taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct RefusalView {
    /// The product's own id.
    product: String,
    title: String,
    /// As the catalogue has it.
    address: String,
    /// What was wrong, in a sentence.
    reason: String,
    #[schema(format = "date-time")]
    at: String,
}

impl From<Refused> for RefusalView {
    fn from(refused: Refused) -> Self {
        Self {
            product: refused.product,
            title: refused.title,
            address: refused.address,
            reason: refused.reason,
            at: moment(refused.tried_at),
        }
    }
}

/// Which pictures are fetched next.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FetchPicturesWish {
    /// What the step before gave as `next`; nothing for the first.
    #[serde(default)]
    #[schema(max_length = 400)]
    after: Option<String>,
    /// Also those that are there already.
    #[serde(default)]
    again: bool,
}

/// What a step came to.
#[derive(Serialize, ToSchema)]
pub(crate) struct FetchedView {
    /// Where the next step begins; missing after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Pictures that were fetched.
    fetched: u32,
    /// Those that were there already.
    kept: u32,
    /// Products for which the catalogue names none.
    unnamed: u32,
    refused: Vec<RefusalView>,
}

/// How many products show a picture, and which do not although the catalogue names one.
#[utoipa::path(get, path = "/v1/staff/pictures", tag = "staff", operation_id = "pictures", security(("staff" = [])),
    responses((status = 200, body = PicturesView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn standing(
    State(house): State<House>,
    Permitted(permit): Permitted<FetchPictures>,
) -> Result<Json<PicturesView>, Problem> {
    let gallery = house.journey.gallery();
    let standing = gallery.standing(&*house.database, &permit).await?;
    Ok(Json(PicturesView {
        products: standing.products,
        shown: standing.counts.shown,
        refused: standing.counts.refused,
        refusals: standing
            .refused
            .into_iter()
            .map(RefusalView::from)
            .collect(),
    }))
}

/// Fetches the next few pictures that the catalogue names, from hosts of the shop's own alone.
#[utoipa::path(post, path = "/v1/staff/pictures", tag = "staff", operation_id = "fetch_pictures", security(("staff" = [])),
    request_body = FetchPicturesWish,
    responses((status = 200, body = FetchedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn fetch(
    State(house): State<House>,
    Permitted(permit): Permitted<FetchPictures>,
    Body(wish): Body<FetchPicturesWish>,
) -> Result<Json<FetchedView>, Problem> {
    let after = wish.after.as_deref();
    at_most("after", after.unwrap_or_default(), LONGEST_CURSOR)?;
    let after = after.map(|after| after.parse::<Cursor>()).transpose();
    let after = after.map_err(|error| Problem::bad_argument(format!("`after`: {error}")))?;
    let gallery = house.journey.gallery();
    let step = gallery
        .step(&*house.database, &permit, after, wish.again)
        .await?;
    Ok(Json(FetchedView {
        next: step.next.map(|next| next.to_string()),
        fetched: step.fetched,
        kept: step.kept,
        unnamed: step.unnamed,
        refused: step.refused.into_iter().map(RefusalView::from).collect(),
    }))
}
