//! What a shopper is told before her first message (AI Act Art. 50(1), GDPR Art. 13). The tables
//! come from the data map, so that the notice says what the code does.

use axum::{Json, extract::State, http::HeaderMap};
use serde::{Deserialize, Serialize};
use store::{places, shops::ShopRow};
use terms::{Category, DataMapEntry, Language, Presence};
use utoipa::{IntoParams, ToSchema};

use super::notice_words::{NoticeWords, words};
use crate::{
    extract::{Asked, Ids, at_most},
    house::House,
    languages,
    problem::{Problem, ProblemDetails},
    views::moment,
};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeView {
    shop: ShopName,
    /// The language of the texts.
    language: &'static str,
    /// That an AI answers.
    ai: &'static str,
    privacy: PrivacyView,
    /// Whether a person can be asked for.
    person_available: bool,
    people: PeopleThere,
}

/// Whether people are there just now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleThere {
    there: bool,
    /// When they are next, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    back_at: Option<String>,
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

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct InLanguage {
    /// A language tag such as `de` or `pt-BR`; without it, what the browser asks for.
    #[serde(default)]
    #[param(max_length = 35)]
    locale: Option<String>,
}

/// The notice of a shop.
#[utoipa::path(get, path = "/v1/shops/{shop}/notice", tag = "shopper", operation_id = "notice",
    params(("shop" = String, Path, pattern = "^[a-z0-9-]{1,63}$"), InLanguage),
    responses((status = 200, body = NoticeView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn notice(
    State(house): State<House>,
    Ids(handle): Ids<String>,
    Asked(wanted): Asked<InLanguage>,
    headers: HeaderMap,
) -> Result<Json<NoticeView>, Problem> {
    if let Some(tag) = &wanted.locale {
        at_most("locale", tag, 35)?;
    }
    let mut snapshot = house.database.snapshot().await?;
    let shop = snapshot.shop_by_handle(&handle).await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    let front = house.journey.inbox().front(&mut *snapshot, shop.id).await?;
    let front = front.front;
    let chosen = Language::of(&front.language).unwrap_or_default();
    let spoken = languages::spoken(wanted.locale.as_deref(), &headers, chosen);
    let people = match front.presence(house.clock.now()) {
        Presence::Open => PeopleThere {
            there: true,
            back_at: None,
        },
        Presence::Closed { until } => PeopleThere {
            there: false,
            back_at: until.map(moment),
        },
    };
    Ok(Json(NoticeView {
        privacy: privacy(&shop, spoken.language),
        shop: ShopName {
            handle: shop.handle,
            name: shop.name,
        },
        language: spoken.language.tag(),
        ai: words(spoken.language).ai,
        person_available: true,
        people,
    }))
}

pub(crate) fn privacy(shop: &ShopRow, language: Language) -> PrivacyView {
    let words = words(language);
    let mut retention: Vec<String> = shoppers()
        .map(|entry| words.kept(entry.retention).to_owned())
        .collect();
    retention.sort();
    retention.dedup();
    PrivacyView {
        summary: words.summary(&shop.name),
        controller: shop.name.clone(),
        purposes: purposes(words),
        retention,
        rights: words.rights.to_vec(),
    }
}

/// Where something of a shopper's is kept.
fn shoppers() -> impl Iterator<Item = &'static DataMapEntry> {
    places::ALL
        .iter()
        .filter(|entry| entry.category != Category::StaffIdentity)
}

/// Several places keep the same for the same reason: a reader is told once.
fn purposes(words: &NoticeWords) -> Vec<String> {
    let mut purposes: Vec<String> = Vec::new();
    for told in shoppers().map(|entry| purpose(entry, words)) {
        if !purposes.contains(&told) {
            purposes.push(told);
        }
    }
    purposes
}

fn purpose(entry: &DataMapEntry, words: &NoticeWords) -> String {
    let what = words.what(entry.category);
    let why = words.why(entry.purpose);
    let basis = words.basis(entry.legal_basis);
    format!("{what}: {why} ({basis}).")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_told_twice() {
        let told = purposes(words(Language::English));
        assert!(told.len() > 5);
        for (at, purpose) in told.iter().enumerate() {
            assert!(!told.get(..at).unwrap().contains(purpose), "{purpose}");
        }
    }
}
