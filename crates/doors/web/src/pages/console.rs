//! The console's pages. They carry no data of shoppers: the islands on them ask the API, which
//! demands its permits.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use identity::{
    Permit,
    actions::{
        Action, BookPayment, EditSavedReplies, EndSessions, ExplainAccess, InviteStaff,
        ManageRoles, ManageStaff, OwnSession, OwnSessions, PreviewFront, ReadConversation,
        ReadFront, ReadKnowledge, ReadLedger, ReadOrders, ReadOverview, ReadQueue, ReadSessions,
        ReadShoppers, ReadStaff, SearchConversations, ServeOrders,
    },
};
use serde::Deserialize;
use terms::{ConversationId, Language, ShopperId};

use super::{framed_page, page};
use crate::{
    assets,
    extract::{Named, Permitted},
    headers,
    house::House,
    problem::Problem,
};

/// What every page of the console shows around its content.
struct Around {
    shop_name: String,
    shop_handle: String,
    staff_name: String,
    role_title: String,
    may: May,
    css_integrity: &'static str,
    desk_css_integrity: &'static str,
    js_integrity: &'static str,
}

/// Which pages her role opens; the others are not offered to her.
struct May {
    overview: bool,
    inbox: bool,
    search: bool,
    shoppers: bool,
    orders: bool,
    knowledge: bool,
    staff: bool,
    front: bool,
    ledger: bool,
    /// Parts of the page about staff.
    invite: bool,
    manage: bool,
    roles: bool,
    explain: bool,
    sessions: bool,
    sign_out: bool,
    /// Steps of an order.
    serve: bool,
    book: bool,
}

impl May {
    fn of<A: Action>(permit: &Permit<A>) -> Self {
        Self {
            overview: permit.might(ReadOverview::WHAT),
            inbox: permit.might(ReadQueue::WHAT),
            search: permit.might(SearchConversations::WHAT),
            shoppers: permit.might(ReadShoppers::WHAT),
            orders: permit.might(ReadOrders::WHAT),
            knowledge: permit.might(ReadKnowledge::WHAT),
            staff: permit.might(ReadStaff::WHAT),
            front: permit.might(ReadFront::WHAT),
            ledger: permit.might(ReadLedger::WHAT),
            invite: permit.might(InviteStaff::WHAT),
            manage: permit.might(ManageStaff::WHAT),
            roles: permit.might(ManageRoles::WHAT),
            explain: permit.might(ExplainAccess::WHAT),
            sessions: permit.might(ReadSessions::WHAT),
            sign_out: permit.might(EndSessions::WHAT),
            serve: permit.might(ServeOrders::WHAT),
            book: permit.might(BookPayment::WHAT),
        }
    }

    /// The first page in the order of the menu; one's own sign-in is always there.
    const fn first(&self) -> &'static str {
        match self {
            Self { inbox: true, .. } => "/console/inbox",
            Self { search: true, .. } => "/console/search",
            Self { shoppers: true, .. } => "/console/shoppers",
            Self { orders: true, .. } => "/console/orders",
            Self {
                knowledge: true, ..
            } => "/console/knowledge",
            Self { staff: true, .. } => "/console/staff",
            Self { front: true, .. } => "/console/designer",
            Self { ledger: true, .. } => "/console/ledger",
            _ => "/console/account",
        }
    }
}

macro_rules! console_page {
    ($name:ident, $path:literal $(, $field:ident)?) => {
        #[derive(Template)]
        #[template(path = $path)]
        struct $name {
            page: &'static str,
            shop_name: String,
            shop_handle: String,
            staff_name: String,
            role_title: String,
            may: May,
            css_integrity: &'static str,
            desk_css_integrity: &'static str,
            js_integrity: &'static str,
            $($field: String,)?
        }

        impl $name {
            fn new(page: &'static str, around: Around $(, $field: String)?) -> Self {
                let Around { shop_name, shop_handle, staff_name, role_title, may, css_integrity, desk_css_integrity, js_integrity } = around;
                Self { page, shop_name, shop_handle, staff_name, role_title, may, css_integrity, desk_css_integrity, js_integrity $(, $field)? }
            }
        }
    };
}

console_page!(AccountPage, "account.html");
console_page!(OverviewPage, "overview.html");
console_page!(SearchPage, "search.html");
console_page!(ShoppersPage, "shoppers.html");
console_page!(RepliesPage, "replies.html");
console_page!(ShopperPage, "shopper.html", shopper);
console_page!(DesignPage, "design.html");
console_page!(InboxPage, "inbox.html");
console_page!(ConversationPage, "conversation.html", conversation);
console_page!(OrdersPage, "orders.html");
console_page!(OrderPage, "order.html", order);
console_page!(KnowledgePage, "knowledge.html");
console_page!(StaffPage, "staff.html");
console_page!(LedgerPage, "ledger.html");
console_page!(DesignerPage, "designer.html");
console_page!(SettingsPage, "settings.html");

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    /// A link was opened here, and no passkey made yet.
    sets_up: bool,
    css_integrity: &'static str,
    js_integrity: &'static str,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    title: &'static str,
    status: u16,
    detail: String,
    css_integrity: &'static str,
}

pub(crate) async fn sign_in(asked: Asked<OwnSessions>) -> Result<Response, Problem> {
    let sets_up = match asked {
        Ok(_) => return Ok(Redirect::to("/console").into_response()),
        Err(problem) => problem.code() == "needs_factor",
    };
    page(&SignInPage {
        sets_up,
        css_integrity: assets::console_integrity("console.css"),
        js_integrity: assets::console_integrity("console.js"),
    })
}

/// A permit for a page: without a session the visitor is led to the sign-in, without the right
/// she is told so.
type Asked<A> = Result<Permitted<A>, Problem>;

pub(crate) async fn inbox(State(house): State<House>, asked: Asked<ReadQueue>) -> Response {
    show(&house, "inbox", asked, InboxPage::new).await
}

/// Where the console begins: the overview, or the first page that her role opens.
pub(crate) async fn overview(State(house): State<House>, asked: Asked<OwnSessions>) -> Response {
    let may = asked.as_ref().map(|Permitted(permit)| May::of(permit));
    match may {
        Ok(may) if !may.overview => Redirect::to(may.first()).into_response(),
        _ => show(&house, "overview", asked, OverviewPage::new).await,
    }
}

/// What one signs in with, and from where one is signed in.
pub(crate) async fn account(State(house): State<House>, asked: Asked<OwnSessions>) -> Response {
    show(&house, "account", asked, AccountPage::new).await
}

pub(crate) async fn search(
    State(house): State<House>,
    asked: Asked<SearchConversations>,
) -> Response {
    show(&house, "search", asked, SearchPage::new).await
}

pub(crate) async fn replies(
    State(house): State<House>,
    asked: Asked<EditSavedReplies>,
) -> Response {
    show(&house, "replies", asked, RepliesPage::new).await
}

pub(crate) async fn shoppers(State(house): State<House>, asked: Asked<ReadShoppers>) -> Response {
    show(&house, "shoppers", asked, ShoppersPage::new).await
}

pub(crate) async fn shopper(
    State(house): State<House>,
    asked: Asked<ReadShoppers>,
    Path(shopper): Path<String>,
) -> Response {
    let Ok(shopper) = shopper.parse::<ShopperId>() else {
        return error_page(StatusCode::NOT_FOUND, "there is no such shopper");
    };
    let make = |page, around| ShopperPage::new(page, around, shopper.to_string());
    show(&house, "shopper", asked, make).await
}

/// The design system, drawn by the very style sheet it documents.
pub(crate) async fn design(State(house): State<House>, asked: Asked<OwnSession>) -> Response {
    show(&house, "design", asked, DesignPage::new).await
}

pub(crate) async fn orders(State(house): State<House>, asked: Asked<ReadOrders>) -> Response {
    show(&house, "orders", asked, OrdersPage::new).await
}

pub(crate) async fn order(
    State(house): State<House>,
    asked: Asked<ReadOrders>,
    Named(order): Named,
) -> Response {
    let make = |page, around| OrderPage::new(page, around, order);
    show(&house, "order", asked, make).await
}

pub(crate) async fn knowledge(State(house): State<House>, asked: Asked<ReadKnowledge>) -> Response {
    show(&house, "knowledge", asked, KnowledgePage::new).await
}

pub(crate) async fn staff(State(house): State<House>, asked: Asked<ReadStaff>) -> Response {
    show(&house, "staff", asked, StaffPage::new).await
}

pub(crate) async fn ledger(State(house): State<House>, asked: Asked<ReadLedger>) -> Response {
    show(&house, "ledger", asked, LedgerPage::new).await
}

pub(crate) async fn settings(State(house): State<House>, asked: Asked<ReadFront>) -> Response {
    show(&house, "settings", asked, SettingsPage::new).await
}

/// The designer, which holds the sample page in a frame.
pub(crate) async fn designer(State(house): State<House>, asked: Asked<ReadFront>) -> Response {
    let mut response = show(&house, "designer", asked, DesignerPage::new).await;
    let policy = headers::with_own_frames(&headers::page_policy("'none'"));
    if response.status().is_success() {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A page such as the shop's own, with the widget on it, for the designer.
#[derive(Template)]
#[template(path = "sample.html")]
struct SamplePage {
    shop_handle: String,
    shop_name: String,
    locale: &'static str,
    preview: String,
    draft: String,
    css_integrity: &'static str,
    loader_integrity: &'static str,
}

/// What is tried out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tried {
    preview: String,
    draft: String,
    locale: String,
}

pub(crate) async fn sample(
    State(house): State<House>,
    asked: Asked<PreviewFront>,
    crate::extract::Asked(tried): crate::extract::Asked<Tried>,
) -> Response {
    let permit = match asked {
        Ok(Permitted(permit)) => permit,
        Err(problem) => return refused(&problem),
    };
    let shown = async {
        let mut snapshot = house.database.snapshot().await?;
        let shop = snapshot.shop(permit.shop()).await?;
        let shop = shop.ok_or_else(Problem::needs_session)?;
        let page = SamplePage {
            shop_handle: shop.handle,
            shop_name: shop.name,
            locale: Language::of(&tried.locale).unwrap_or_default().tag(),
            preview: tried.preview,
            draft: tried.draft,
            css_integrity: assets::console_integrity("console.css"),
            loader_integrity: assets::widget_integrity("loader.js"),
        };
        let mut response = framed_page(&page, "'self'")?;
        let policy = headers::with_own_frames(&headers::page_policy("'self'"));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        Ok(response)
    };
    shown
        .await
        .unwrap_or_else(|problem: Problem| refused(&problem))
}

pub(crate) async fn conversation(
    State(house): State<House>,
    asked: Asked<ReadConversation>,
    Path(conversation): Path<String>,
) -> Response {
    let Ok(conversation) = conversation.parse::<ConversationId>() else {
        return error_page(StatusCode::NOT_FOUND, "there is no such conversation");
    };
    let make = |page, around| ConversationPage::new(page, around, conversation.to_string());
    show(&house, "conversation", asked, make).await
}

async fn show<A: Action, P: Template>(
    house: &House,
    name: &'static str,
    asked: Asked<A>,
    make: impl FnOnce(&'static str, Around) -> P,
) -> Response {
    let permit = match asked {
        Ok(Permitted(permit)) => permit,
        Err(problem) => return refused(&problem),
    };
    let rendered = match around(house, &permit).await {
        Ok(around) => page(&make(name, around)),
        Err(problem) => Err(problem),
    };
    rendered.unwrap_or_else(|problem| refused(&problem))
}

async fn around<A: Action>(house: &House, permit: &Permit<A>) -> Result<Around, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let name = identity
        .staff_name(&mut *snapshot, permit.shop(), permit.staff())
        .await?;
    let shop = snapshot
        .shop(permit.shop())
        .await?
        .ok_or_else(Problem::needs_session)?;
    let role_title = identity
        .role_title(&mut *snapshot, permit.shop(), permit.role())
        .await?;
    Ok(Around {
        shop_name: shop.name,
        shop_handle: shop.handle,
        staff_name: name.unwrap_or_default(),
        role_title,
        may: May::of(permit),
        css_integrity: assets::console_integrity("console.css"),
        desk_css_integrity: assets::console_integrity("desk.css"),
        js_integrity: assets::console_integrity("console.js"),
    })
}

fn refused(problem: &Problem) -> Response {
    // Whoever has opened a link and made no passkey yet goes on there, where it is made.
    if problem.status() == StatusCode::UNAUTHORIZED || problem.code() == "needs_factor" {
        return Redirect::to("/console/sign-in").into_response();
    }
    // Which right is missing is said in the API's words; who looks for a page wants to know whom to ask.
    let detail = match problem.status() {
        StatusCode::FORBIDDEN => "your role does not allow this page: ask an admin of the shop",
        _ => problem.detail(),
    };
    error_page(problem.status(), detail)
}

/// Errors begin in lower case and have no full stop: on a page of its own one is a sentence.
fn sentence(detail: &str) -> String {
    let mut letters = detail.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let end = (!detail.ends_with(['.', '?', '!'])).then_some('.');
    first.to_uppercase().chain(letters).chain(end).collect()
}

/// A page for what cannot be shown.
pub(crate) fn error_page(status: StatusCode, detail: &str) -> Response {
    let title = match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::FORBIDDEN => "Not allowed",
        _ => "Something went wrong",
    };
    let template = ErrorPage {
        title,
        status: status.as_u16(),
        detail: sentence(detail),
        css_integrity: assets::console_integrity("console.css"),
    };
    match page(&template) {
        Ok(mut response) => {
            *response.status_mut() = status;
            response
        }
        Err(problem) => problem.into_response(),
    }
}

pub(crate) async fn not_found() -> Response {
    error_page(
        StatusCode::NOT_FOUND,
        "there is no such page in the console",
    )
}
