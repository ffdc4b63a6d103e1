//! Which path leads to which handler, and the layers every request passes.
//!
//! Order, from outside in: headers on every answer, panics caught, size, rate, time, own pages
//! only, host, handler.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Request, State},
    http::{Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    assets,
    extract::{Asking, too_large},
    headers, hosts,
    house::House,
    openapi::{self, Api},
    operations, pages,
    problem::Problem,
    shopper, staff,
};

/// Every documented route.
pub(crate) fn api() -> OpenApiRouter<House> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(operations::healthz))
        .routes(routes!(operations::readyz))
        .routes(routes!(shopper::sessions::open))
        .routes(routes!(shopper::sessions::own, shopper::sessions::end))
        .routes(routes!(shopper::sessions::request_code))
        .routes(routes!(shopper::sessions::give_code))
        .routes(routes!(shopper::passkeys::begin_sign_in))
        .routes(routes!(shopper::passkeys::finish_sign_in))
        .routes(routes!(
            shopper::passkeys::passkeys,
            shopper::passkeys::keep_passkey
        ))
        .routes(routes!(shopper::passkeys::begin_passkey))
        .routes(routes!(
            shopper::passkeys::name_passkey,
            shopper::passkeys::remove_passkey
        ))
        .routes(routes!(
            shopper::passkeys::sessions,
            shopper::passkeys::end_others
        ))
        .routes(routes!(shopper::passkeys::end_one))
        .routes(routes!(shopper::passkeys::begin_step_up))
        .routes(routes!(
            shopper::recovery::ways_back,
            shopper::recovery::ask,
            shopper::recovery::stop
        ))
        .routes(routes!(shopper::recovery::make_codes))
        .routes(routes!(shopper::recovery::recover))
        .routes(routes!(shopper::language::choose))
        .routes(routes!(shopper::greeting::dismiss))
        .routes(routes!(shopper::notice::notice))
        .routes(routes!(shopper::conversations::list))
        .routes(routes!(shopper::conversations::send))
        .routes(routes!(shopper::conversations::turns))
        .routes(routes!(shopper::conversations::person))
        .routes(routes!(shopper::after::rate))
        .routes(routes!(shopper::after::wish_for_mail))
        .routes(routes!(shopper::events::events))
        .routes(routes!(shopper::shop::call))
        .routes(routes!(shopper::shop::request_step_up))
        .routes(routes!(shopper::shop::confirm))
        .routes(routes!(shopper::shop::webhook))
        .routes(routes!(shopper::pictures::picture))
        .routes(routes!(
            staff::sessions::sign_in,
            staff::entry::sessions,
            staff::entry::end_others
        ))
        .routes(routes!(staff::sessions::own, staff::sessions::end))
        .routes(routes!(staff::entry::begin))
        .routes(routes!(staff::entry::finish))
        .routes(routes!(staff::entry::passkeys, staff::entry::keep_passkey))
        .routes(routes!(staff::entry::begin_passkey))
        .routes(routes!(
            staff::entry::name_passkey,
            staff::entry::remove_passkey
        ))
        .routes(routes!(staff::entry::end_one))
        .routes(routes!(staff::conversations::queue))
        .routes(routes!(staff::conversations::read))
        .routes(routes!(staff::conversations::turns))
        .routes(routes!(staff::conversations::take))
        .routes(routes!(staff::conversations::reply))
        .routes(routes!(staff::conversations::hand_back))
        .routes(routes!(staff::conversations::note))
        .routes(routes!(staff::desk::words))
        .routes(routes!(staff::desk::colleagues))
        .routes(routes!(staff::desk::add_tag, staff::desk::remove_tag))
        .routes(routes!(staff::desk::save_reply, staff::desk::remove_reply))
        .routes(routes!(staff::desk::assign))
        .routes(routes!(staff::desk::close))
        .routes(routes!(staff::desk::reopen))
        .routes(routes!(staff::desk::tag))
        .routes(routes!(staff::desk::seen))
        .routes(routes!(staff::desk::suggestion))
        .routes(routes!(staff::finding::search))
        .routes(routes!(staff::shoppers::find))
        .routes(routes!(staff::shoppers::read))
        .routes(routes!(staff::overview::overview))
        .routes(routes!(staff::events::events))
        .routes(routes!(staff::people::list, staff::people::invite))
        .routes(routes!(staff::people::change_role))
        .routes(routes!(staff::people::disable))
        .routes(routes!(staff::people::explain))
        .routes(routes!(
            staff::people::sessions,
            staff::people::end_sessions
        ))
        .routes(routes!(staff::roles::list))
        .routes(routes!(staff::roles::save, staff::roles::remove))
        .routes(routes!(staff::orders::list))
        .routes(routes!(staff::orders::read))
        .routes(routes!(staff::orders::paid))
        .routes(routes!(staff::orders::process))
        .routes(routes!(staff::orders::ship))
        .routes(routes!(staff::orders::deliver))
        .routes(routes!(staff::orders::receive))
        .routes(routes!(staff::orders::give_up))
        .routes(routes!(staff::ledger::ledger))
        .routes(routes!(staff::knowledge::list))
        .routes(routes!(staff::knowledge::fetch))
        .routes(routes!(staff::questions::attempt))
        .routes(routes!(staff::questions::list))
        .routes(routes!(staff::questions::put_away))
        .routes(routes!(staff::ratings::ratings))
        .routes(routes!(staff::front::read, staff::front::change))
        .routes(routes!(staff::front::set_logo, staff::front::remove_logo))
        .routes(routes!(staff::front::make_preview))
        .routes(routes!(staff::pictures::standing, staff::pictures::fetch))
        .merge(long_texts())
}

/// Routes that take whole documents.
fn long_texts() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(
            staff::knowledge::read,
            staff::knowledge::write,
            staff::knowledge::delete
        ))
        .routes(routes!(staff::knowledge::preview))
        .routes(routes!(staff::knowledge::import))
        .layer(DefaultBodyLimit::max(staff::knowledge::LONG_TEXT))
}

/// Parlour's own site.
fn parlour(house: &House) -> Router {
    let (api, document) = api().split_for_parts();
    let document = Arc::new(document);
    Router::new()
        .merge(api)
        .route("/openapi.json", get(openapi::serve).with_state(document))
        .route("/widget/v1/frame", get(pages::frame::frame))
        .route("/widget/v1/launch", get(pages::launch::launch))
        .route("/widget/v1/passkey", get(pages::passkey::passkey))
        .route("/widget/v1/theme/{shop}", get(pages::theme::style))
        .route("/widget/v1/logo/{shop}", get(pages::theme::logo))
        .route("/widget/v1/{name}", get(assets::widget))
        .route("/console", get(pages::console::overview))
        .route("/console/sign-in", get(pages::console::sign_in))
        .route("/console/account", get(pages::console::account))
        .route("/console/inbox", get(pages::console::inbox))
        .route(
            "/console/conversations/{conversation}",
            get(pages::console::conversation),
        )
        .route("/console/replies", get(pages::console::replies))
        .route("/console/search", get(pages::console::search))
        .route("/console/shoppers", get(pages::console::shoppers))
        .route("/console/shoppers/{shopper}", get(pages::console::shopper))
        .route("/console/design", get(pages::console::design))
        .route("/console/orders", get(pages::console::orders))
        .route("/console/orders/{order}", get(pages::console::order))
        .route("/console/knowledge", get(pages::console::knowledge))
        .route("/console/staff", get(pages::console::staff))
        .route("/console/designer", get(pages::console::designer))
        .route("/console/designer/sample", get(pages::console::sample))
        .route("/console/settings", get(pages::console::settings))
        .route("/console/ledger", get(pages::console::ledger))
        .route("/console/assets/{name}", get(assets::console))
        .route("/console/{*rest}", get(pages::console::not_found))
        .route("/pay/return", get(pages::payment::returned))
        .route("/demo/mailbox", get(pages::demo::mailbox))
        .route(hosts::REPORTS, axum::routing::post(operations::csp_report))
        .fallback(no_such_path)
        .method_not_allowed_fallback(wrong_method)
        .with_state(house.clone())
}

/// The sample shop's site: its pages and nothing of Parlour.
fn sample_shop(house: &House) -> Router {
    Router::new()
        .route("/", get(pages::demo::shop_home))
        .route("/shop", get(pages::demo::shop_home))
        .route("/shop/", get(pages::demo::shop))
        .route("/shop/shop.css", get(assets::shop_style))
        .route("/shop/icon.svg", get(assets::shop_icon))
        .route("/healthz", get(operations::healthz))
        .route("/readyz", get(operations::readyz))
        .fallback(no_such_path)
        .method_not_allowed_fallback(wrong_method)
        .with_state(house.clone())
}

/// Everything this node serves.
pub fn router(house: House) -> Router {
    let sites = Sites {
        parlour: parlour(&house),
        shop: sample_shop(&house),
        house: house.clone(),
    };
    Router::new()
        .fallback(by_host)
        .with_state(sites)
        .layer(middleware::from_fn_with_state(
            house.clone(),
            hosts::own_pages_only,
        ))
        .layer(middleware::from_fn_with_state(house.clone(), limits))
        .layer(DefaultBodyLimit::max(house.settings.limits.body_bytes))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(headers::secure))
}

/// The last resort. What the panic said may hold anything, so it is neither logged nor told.
fn panicked(_: Box<dyn core::any::Any + Send>) -> Response {
    Problem::fault("a handler panicked").into_response()
}

#[derive(Clone)]
struct Sites {
    parlour: Router,
    shop: Router,
    house: House,
}

/// One listener, several sites: the `Host` decides, and an unknown one gets nothing. A page that
/// re-binds its name to this address asks for a host that is not ours.
async fn by_host(State(sites): State<Sites>, request: Request) -> Response {
    let host = match hosts::host_of(&request) {
        Ok(host) => host,
        Err(problem) => return problem.into_response(),
    };
    let settings = &sites.house.settings;
    let is = |origin: &crate::addresses::Origin| host.as_deref() == Some(origin.host());
    let site = if is(&settings.public_origin) {
        sites.parlour
    } else if settings
        .demo_shop
        .as_ref()
        .is_some_and(|demo| is(&demo.origin))
    {
        sites.shop
    } else if matches!(request.uri().path(), "/healthz" | "/readyz") {
        sites.parlour
    } else {
        let detail = format!(
            "this server answers for `{}` only",
            settings.public_origin.host()
        );
        return Problem::new(StatusCode::MISDIRECTED_REQUEST, "wrong_host", detail).into_response();
    };
    match tower::ServiceExt::oneshot(site, request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Rate, declared size and time of a request.
async fn limits(State(house): State<House>, request: Request, next: Next) -> Response {
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let most = match staff::knowledge::takes_long_texts(request.uri().path()) {
        true => staff::knowledge::LONG_TEXT,
        false => house.settings.limits.body_bytes,
    };
    if declared.is_some_and(|length| length > most) {
        return too_large().into_response();
    }
    let (mut parts, body) = request.into_parts();
    match Asking::from_request_parts(&mut parts, &house).await {
        Ok(Asking(address)) => {
            let counted = match assets::are_at(parts.uri.path()) {
                true => house.gatekeeper.asset(address),
                false => house.gatekeeper.request(address),
            };
            if let Err(problem) = counted {
                return problem.into_response();
            }
        }
        Err(problem) => return problem.into_response(),
    }
    let request = Request::from_parts(parts, body);
    match tokio::time::timeout(house.settings.limits.request_time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::too_slow().into_response(),
    }
}

async fn no_such_path() -> Problem {
    Problem::not_found("there is no such path")
}

async fn wrong_method(method: Method) -> Problem {
    let detail = format!("`{method}` is not allowed here: see the `Allow` header");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}
