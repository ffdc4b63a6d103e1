//! The shop's front at the desk: how the widget looks and what it says, its hours, going live.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::actions::{ChangeFront, PreviewFront, ReadFront};
use inbox::front::{Image, Settled};
use serde::{Deserialize, Serialize};
use store::{Snapshot, shops::HostKind};
use terms::ShopId;
use utoipa::ToSchema;

use crate::{
    assets,
    extract::{Body, Permitted, RawBody},
    house::House,
    pages::{frame::checked, preview},
    problem::{Problem, ProblemDetails},
    views::moment,
};

/// The front as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrontView {
    /// Send it back with a change; 0 where nothing was ever set.
    version: i64,
    #[schema(value_type = FrontSettings)]
    settings: serde_json::Value,
    /// Whether there is a logo.
    logo: bool,
    shop: ShopFacts,
}

/// What the settings stand on, set where the program is set up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShopFacts {
    handle: String,
    name: String,
    /// Origins whose pages may embed the widget.
    origins: Vec<String>,
    /// Hosts that replies may link to.
    link_hosts: Vec<String>,
    /// What the shop's pages need, ready to be copied.
    tag: String,
}

/// The settings of the front.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(crate) struct FrontSettings {
    state: GoingLiveName,
    /// The language where neither the page nor the browser names one that is spoken.
    #[schema(pattern = "^(en|de|fr|es|it|pt|nl|pl)$")]
    language: String,
    look: LookSettings,
    /// By language.
    #[serde(default)]
    texts: BTreeMap<String, TextSettings>,
    /// Without them, people may come at any time.
    #[serde(default)]
    hours: Option<HoursSettings>,
}

/// Who sees the widget.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub(crate) enum GoingLiveName {
    /// Staff, by a preview.
    Trial,
    /// Everybody.
    Live,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(crate) struct LookSettings {
    #[schema(pattern = "^#[0-9A-Fa-f]{6}$")]
    accent: String,
    /// Of text on the accent; white or black, whichever is read better, where it is left out.
    #[serde(default)]
    #[schema(pattern = "^#[0-9A-Fa-f]{6}$")]
    on_accent: Option<String>,
    /// Of corners, in pixels.
    #[schema(maximum = 28)]
    radius: u8,
    side: SideName,
    /// Distance from that side in pixels.
    #[schema(maximum = 200)]
    inset: u16,
    /// Distance from the foot of the page in pixels.
    #[schema(maximum = 300)]
    rise: u16,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub(crate) enum SideName {
    Left,
    Right,
}

/// What the shop says in one language; the widget's own words where it says nothing.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(crate) struct TextSettings {
    #[serde(default)]
    #[schema(max_length = 120)]
    greeting: Option<String>,
    #[serde(default)]
    #[schema(max_length = 40)]
    launcher: Option<String>,
    #[serde(default)]
    #[schema(max_length = 60)]
    welcome: Option<String>,
    #[serde(default)]
    #[schema(max_length = 160)]
    hint: Option<String>,
    #[serde(default)]
    #[schema(max_items = 6)]
    choices: Vec<ChoiceSettings>,
}

/// A quick choice.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(crate) struct ChoiceSettings {
    #[schema(min_length = 1, max_length = 40)]
    label: String,
    /// What is written when it is pressed.
    #[schema(min_length = 1, max_length = 200)]
    text: String,
}

/// When people are there.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(crate) struct HoursSettings {
    /// A name of the IANA list, such as `Europe/Berlin`.
    zone: String,
    /// Seven days, Monday first; each a list of intervals such as `["09:00", "17:30"]`.
    #[schema(value_type = Vec<Vec<Vec<String>>>, min_items = 7, max_items = 7)]
    week: Vec<Vec<(String, String)>>,
    /// Days on which nobody is there.
    #[serde(default)]
    #[schema(max_items = 100)]
    days_off: Vec<String>,
}

terms::objects!(
    FrontSettings,
    LookSettings,
    TextSettings,
    ChoiceSettings,
    HoursSettings,
);
terms::words!(GoingLiveName, SideName);

/// A change of the front.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedFront {
    /// The version that was read.
    #[schema(minimum = 0)]
    version: i64,
    settings: FrontSettings,
}

/// Shows the widget before it is live.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrialPreviewView {
    /// Goes behind the address of a page of the shop, after `#parlour-preview=`.
    token: String,
    #[schema(format = "date-time")]
    expires_at: String,
}

/// An empty object.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoWish {}

/// How the widget is set up.
#[utoipa::path(get, path = "/v1/staff/front", tag = "staff", operation_id = "read_front", security(("staff" = [])),
    responses((status = 200, body = FrontView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn read(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadFront>,
) -> Result<Json<FrontView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let inbox = house.journey.inbox();
    let settled = inbox.read_front(&mut *snapshot, &permit).await?;
    view(&house, &mut *snapshot, permit.shop(), settled).await
}

/// Sets the widget up anew, as a whole; `conflict` when somebody else changed it meanwhile.
#[utoipa::path(put, path = "/v1/staff/front", tag = "staff", operation_id = "change_front", security(("staff" = [])),
    request_body = ChangedFront,
    responses((status = 200, body = FrontView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn change(
    State(house): State<House>,
    Permitted(permit): Permitted<ChangeFront>,
    Body(wish): Body<ChangedFront>,
) -> Result<Json<FrontView>, Problem> {
    let settings = serde_json::to_value(&wish.settings).and_then(serde_json::from_value);
    let front = settings.map_err(|error| {
        let reason = terms::without_value(&error.to_string());
        Problem::bad_argument(format!("`settings` cannot be read: {reason}"))
    })?;
    let front = checked(front)?;
    if !(0..i64::from(i32::MAX)).contains(&wish.version) {
        return Err(Problem::bad_argument(
            "`version` must be the one that was read",
        ));
    }
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    let settled = inbox
        .change_front(&mut *tx, &permit, wish.version, front)
        .await?;
    tx.commit().await?;
    let mut snapshot = house.database.snapshot().await?;
    view(&house, &mut *snapshot, permit.shop(), settled).await
}

/// Sets the logo: a PNG or WebP picture of at most 100 KiB, known by its bytes.
#[utoipa::path(put, path = "/v1/staff/front/logo", tag = "staff", operation_id = "set_logo", security(("staff" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204, description = "set"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn set_logo(
    State(house): State<House>,
    Permitted(permit): Permitted<ChangeFront>,
    headers: HeaderMap,
    RawBody(bytes): RawBody,
) -> Result<StatusCode, Problem> {
    let kind = headers.get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/octet-stream") {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "the picture must be sent as `Content-Type: application/octet-stream`",
        ));
    }
    let image = Image::read(&bytes).map_err(|error| Problem::bad_argument(error.to_string()))?;
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    inbox.change_logo(&mut *tx, &permit, Some(image)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the logo away.
#[utoipa::path(delete, path = "/v1/staff/front/logo", tag = "staff", operation_id = "remove_logo", security(("staff" = [])),
    responses((status = 204, description = "gone"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn remove_logo(
    State(house): State<House>,
    Permitted(permit): Permitted<ChangeFront>,
) -> Result<StatusCode, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    inbox.change_logo(&mut *tx, &permit, None).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a preview for yourself: for an hour, it shows the widget of a shop on trial.
#[utoipa::path(post, path = "/v1/staff/front/previews", tag = "staff", operation_id = "make_preview", security(("staff" = [])),
    request_body = NoWish,
    responses((status = 201, body = TrialPreviewView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn make_preview(
    State(house): State<House>,
    Permitted(permit): Permitted<PreviewFront>,
    Body(NoWish {}): Body<NoWish>,
) -> Result<(StatusCode, Json<TrialPreviewView>), Problem> {
    let mut tx = house.database.begin().await?;
    let token = house.journey.inbox().preview(&mut *tx, &permit).await?;
    tx.commit().await?;
    let view = TrialPreviewView {
        token: URL_SAFE_NO_PAD.encode(preview::written(&token)),
        expires_at: moment(token.until),
    };
    Ok((StatusCode::CREATED, Json(view)))
}

async fn view(
    house: &House,
    snapshot: &mut dyn Snapshot,
    shop: ShopId,
    settled: Settled,
) -> Result<Json<FrontView>, Problem> {
    let row = snapshot.shop(shop).await?;
    let row = row.ok_or_else(Problem::needs_session)?;
    let hosts = snapshot.shop_hosts(shop).await?;
    let of_kind = |kind| {
        let hosts = hosts.iter().filter(move |host| host.kind == kind);
        hosts.map(|host| host.value.clone()).collect::<Vec<_>>()
    };
    let settings = serde_json::to_value(&settled.front);
    let settings = settings.map_err(|_| Problem::fault("settings could not be written"))?;
    let origin = &house.settings.public_origin;
    let integrity = assets::widget_integrity("loader.js");
    Ok(Json(FrontView {
        version: settled.version,
        settings,
        logo: snapshot.logo(shop).await?.is_some(),
        shop: ShopFacts {
            origins: of_kind(HostKind::Frame),
            link_hosts: of_kind(HostKind::Link),
            tag: format!(
                "<script src=\"{origin}/widget/v1/loader.js\" integrity=\"{integrity}\" \
                 crossorigin=\"anonymous\" data-shop=\"{}\" async></script>",
                row.handle
            ),
            handle: row.handle,
            name: row.name,
        },
    }))
}
