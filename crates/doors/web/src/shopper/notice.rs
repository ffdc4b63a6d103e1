//! What a shopper is told before her first message (AI Act Art. 50(1), GDPR Art. 13). The tables
//! come from the data map, so that the notice says what the code does.

use axum::{Json, extract::State};
use serde::Serialize;
use store::{places, shops::ShopRow};
use terms::{Category, DataMapEntry, LegalBasis, Purpose, RetentionClass};
use utoipa::ToSchema;

use crate::{
    extract::Ids,
    house::House,
    problem::{Problem, ProblemDetails},
};

pub(crate) const AI: &str = "You are talking to an AI assistant, not to a person. It answers from \
    the shop's own pages and can make mistakes. You can ask for a person at any time.";

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeView {
    shop: ShopName,
    /// That an AI answers.
    ai: &'static str,
    privacy: PrivacyView,
    /// Whether a person can be asked for.
    person_available: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShopName {
    handle: String,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PrivacyView {
    pub(crate) summary: String,
    controller: String,
    /// What is kept and why.
    purposes: Vec<String>,
    /// How long.
    retention: Vec<String>,
    rights: Vec<&'static str>,
}

/// The notice of a shop.
#[utoipa::path(get, path = "/v1/shops/{shop}/notice", tag = "shopper", operation_id = "notice",
    params(("shop" = String, Path, pattern = "^[a-z0-9-]{1,63}$")),
    responses((status = 200, body = NoticeView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn notice(
    State(house): State<House>,
    Ids(handle): Ids<String>,
) -> Result<Json<NoticeView>, Problem> {
    let shop = house
        .database
        .snapshot()
        .await?
        .shop_by_handle(&handle)
        .await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    Ok(Json(NoticeView {
        privacy: privacy(&shop),
        shop: ShopName {
            handle: shop.handle,
            name: shop.name,
        },
        ai: AI,
        person_available: true,
    }))
}

pub(crate) fn privacy(shop: &ShopRow) -> PrivacyView {
    let shoppers = || {
        places::ALL
            .iter()
            .filter(|entry| entry.category != Category::StaffIdentity)
    };
    let mut purposes: Vec<String> = shoppers().map(purpose).collect();
    purposes.dedup();
    let mut retention: Vec<String> = shoppers().map(kept).collect();
    retention.sort();
    retention.dedup();
    PrivacyView {
        summary: format!(
            "{} keeps what you write here to answer you, encrypted under a key of your own. Nothing is \
             stored before you send your first message, and card numbers never are.",
            shop.name
        ),
        controller: shop.name.clone(),
        purposes,
        retention,
        rights: vec![
            "You may ask what is known about you, and have it corrected, handed over or deleted.",
            "You may object to its use, and complain to your data protection authority.",
            "No decision about you is made by the assistant alone.",
        ],
    }
}

fn purpose(entry: &DataMapEntry) -> String {
    let what = match entry.category {
        Category::ContactDetail => "Your e-mail address",
        Category::Correspondence => "What is said in this chat",
        Category::AssistantContext => "What the assistant remembers of this chat",
        Category::StaffIdentity => "Names of staff",
        Category::CustomerProfile => "Your name, telephone number and addresses",
        Category::Financial => "Your means of payment, never a card's number",
        Category::Purchase => "What you buy, and where it goes",
    };
    let why = match entry.purpose {
        Purpose::AnswerTheShopper => "to answer you",
        Purpose::ProveAnAddress => "to prove that the address is yours",
        Purpose::RunTheService => "to run the service",
        Purpose::SellAndDeliver => "to sell and deliver what you order",
    };
    let basis = match entry.legal_basis {
        LegalBasis::Contract => "steps at your request, GDPR Art. 6(1)(b)",
        LegalBasis::LegalObligation => "a legal obligation, GDPR Art. 6(1)(c)",
        LegalBasis::LegitimateInterest => "a legitimate interest, GDPR Art. 6(1)(f)",
    };
    format!("{what}: {why} ({basis}).")
}

fn kept(entry: &DataMapEntry) -> String {
    match entry.retention {
        RetentionClass::Conversation => {
            "Conversations: as long as the shop needs them to answer you."
        }
        RetentionClass::Account => {
            "Your address, profile and means of payment: as long as you are known here."
        }
        RetentionClass::Statutory => "Orders: as long as tax law demands them.",
        RetentionClass::Transient => {
            "Codes and the mails that carry them, carts and proposals that wait for your answer: hours, at most as long as your session."
        }
    }
    .to_owned()
}
