//! What comes after the words: how she rates a chat, and being told by mail that she was answered.

use axum::{Json, extract::State, http::StatusCode};
use guard::gate;
use identity::{Scope, Shopper, Verified, level::Guest};
use serde::{Deserialize, Serialize};
use store::{Snapshot, sessions::SessionLevel};
use terms::{ConversationId, Untrusted};
use utoipa::ToSchema;

use crate::{
    extract::{Body, Ids, ShopperToken},
    house::House,
    problem::{Problem, ProblemDetails},
};

/// What she thinks of a chat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GiveRating {
    /// 5 is best.
    #[schema(minimum = 1, maximum = 5)]
    score: i64,
    #[serde(default)]
    /// None where the text is empty.
    #[schema(max_length = 4000)]
    words: Option<String>,
}

/// A wish to be told by mail.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WishForMail {}

/// Where the mail goes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WishedView {
    /// The proved address, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// Rates a conversation; anew, what was thought before is gone.
#[utoipa::path(put, path = "/v1/conversations/{conversation}/rating", tag = "shopper", operation_id = "rate_conversation",
    security(("shopper" = [])), params(("conversation" = Uuid, Path)), request_body = GiveRating,
    responses((status = 204, description = "kept"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn rate(
    State(house): State<House>,
    token: ShopperToken,
    Ids(conversation): Ids<ConversationId>,
    Body(given): Body<GiveRating>,
) -> Result<StatusCode, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.message(proof.session())?;
    let words = given.words.filter(|words| !words.trim().is_empty());
    let words = words
        .map(|words| gate::note(Untrusted::new(words)))
        .transpose()?;
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    inbox
        .rate(&mut *tx, &proof, conversation, given.score, words.as_ref())
        .await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for a mail when a person has answered; it goes to the proved address.
#[utoipa::path(put, path = "/v1/conversations/{conversation}/answer-mail", tag = "shopper", operation_id = "wish_for_mail",
    security(("shopper" = [])), params(("conversation" = Uuid, Path)), request_body = WishForMail,
    responses((status = 200, body = WishedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn wish_for_mail(
    State(house): State<House>,
    token: ShopperToken,
    Ids(conversation): Ids<ConversationId>,
    Body(WishForMail {}): Body<WishForMail>,
) -> Result<Json<WishedView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.message(proof.session())?;
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    // Another's is answered first, so that nothing is learnt from the order of refusals.
    inbox.hers(&mut *tx, &proof, conversation).await?;
    if !house.settings.mail {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "mail_off",
            "this shop sends no mails",
        ));
    }
    inbox.wish_for_mail(&mut *tx, &proof, conversation).await?;
    let email = match proof.shopper() {
        Some(shopper) if proof.standing() > SessionLevel::Guest => {
            let identity = house.journey.identity();
            identity
                .address_of(&mut *tx, proof.shop(), shopper)
                .await?
                .map(|address| address.masked())
        }
        _ => None,
    };
    tx.commit().await?;
    Ok(Json(WishedView { email }))
}

/// She looks at the conversation again, by whatever way: an answer that comes when she has gone is told
/// anew.
pub(crate) async fn looks_again(
    house: &House,
    mut snapshot: Box<dyn Snapshot>,
    proof: &Verified<'_, Shopper, Guest>,
    conversation: ConversationId,
) -> Result<(), Problem> {
    let wish = snapshot.answer_wish(proof.shop(), conversation).await?;
    drop(snapshot);
    if wish.is_some_and(|wish| wish.mailed_at.is_some()) {
        let mut tx = house.database.begin().await?;
        let inbox = house.journey.inbox();
        inbox.came_back(&mut *tx, proof, conversation).await?;
        tx.commit().await?;
    }
    Ok(())
}
