//! The shop's front, ratings, and wishes to be answered by mail.

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, missing, same},
};
use crate::{
    conversations::ConversationRow,
    front::{AnswerWishRow, FrontRow, LogoKind, LogoRow, RatingRow},
    shops::ShopRow,
};

pub(super) async fn settings_follow_each_other(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let row = |shop: &ShopRow, version, body: &str| FrontRow {
        shop: shop.id,
        version,
        body: body.to_owned(),
        updated_at: NOON,
    };
    let mut orphan = stage.database.begin().await?;
    missing(
        "shop_fronts",
        orphan.write_front(&row(&shop, 1, "{}")).await,
    )?;
    orphan.rollback().await?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    same("none yet", tx.front(shop.id).await?, None)?;
    let of_nothing = tx.write_front(&row(&shop, 2, "second")).await;
    conflict("shop_fronts", of_nothing)?;
    tx.write_front(&row(&shop, 1, "first")).await?;
    conflict("shop_fronts", tx.write_front(&row(&shop, 1, "again")).await)?;
    tx.write_front(&row(&shop, 2, "second")).await?;
    conflict("shop_fronts", tx.write_front(&row(&shop, 2, "late")).await)?;
    conflict("shop_fronts", tx.write_front(&row(&shop, 4, "far")).await)?;
    let second = Some(row(&shop, 2, "second"));
    same("the settings", tx.front(shop.id).await?, second)?;
    same("the other's", tx.front(other.id).await?, None)
}

pub(super) async fn one_logo(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let row = |kind, image: &[u8]| LogoRow {
        shop: shop.id,
        kind,
        image: image.to_vec(),
        updated_at: NOON,
    };
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    same("none yet", tx.logo(shop.id).await?, None)?;
    tx.delete_logo(shop.id).await?;
    tx.write_logo(&row(LogoKind::Png, &[1, 2, 3])).await?;
    tx.write_logo(&row(LogoKind::WebP, &[0, 255])).await?;
    let newest = Some(row(LogoKind::WebP, &[0, 255]));
    same("the newest", tx.logo(shop.id).await?, newest)?;
    same("the other's", tx.logo(other.id).await?, None)?;
    tx.delete_logo(other.id).await?;
    tx.delete_logo(shop.id).await?;
    same("deleted", tx.logo(shop.id).await?, None)
}

pub(super) async fn one_rating(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let session = samples::guest(shop.id);
    let (one, two) = (
        samples::conversation(&session)?,
        samples::conversation(&session)?,
    );
    let row = |of: &ConversationRow, score, when| RatingRow {
        shop: shop.id,
        conversation: of.id,
        score,
        words: None,
        at: when,
    };
    let mut orphan = stage.database.begin().await?;
    missing("ratings", orphan.write_rating(&row(&one, 3, NOON)).await)?;
    orphan.rollback().await?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shopper_session(&session).await?;
    tx.insert_conversation(&one).await?;
    tx.insert_conversation(&two).await?;
    same("none yet", tx.rating(shop.id, one.id).await?, None)?;
    tx.write_rating(&row(&one, 1, at(5))).await?;
    let better = RatingRow {
        words: Some(samples::sealed()?),
        ..row(&one, 5, NOON)
    };
    tx.write_rating(&better).await?;
    tx.write_rating(&row(&two, 2, EVENING)).await?;
    same(
        "what she thinks now",
        tx.rating(shop.id, one.id).await?,
        Some(better),
    )?;
    let all = tx.ratings_since(shop.id, NOON).await?;
    same("by score", all, vec![(2, 1), (5, 1)])?;
    let evening = tx.ratings_since(shop.id, EVENING).await?;
    same("since the evening", evening, vec![(2, 1)])?;
    let stranger = tx.ratings_since(samples::shop_id(), at(0)).await?;
    same("another shop's", stranger, vec![])
}

pub(super) async fn one_wish(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let session = samples::guest(shop.id);
    let conversation = samples::conversation(&session)?;
    let row = |mailed_at| AnswerWishRow {
        shop: shop.id,
        conversation: conversation.id,
        asked_at: NOON,
        mailed_at,
    };
    let mut orphan = stage.database.begin().await?;
    missing("answer_wishes", orphan.write_answer_wish(&row(None)).await)?;
    orphan.rollback().await?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shopper_session(&session).await?;
    tx.insert_conversation(&conversation).await?;
    let found = tx.answer_wish(shop.id, conversation.id).await?;
    same("none yet", found, None)?;
    for mailed_at in [None, Some(EVENING), None] {
        tx.write_answer_wish(&row(mailed_at)).await?;
        let found = tx.answer_wish(shop.id, conversation.id).await?;
        same("as it stands", found, Some(row(mailed_at)))?;
    }
    let stranger = tx.answer_wish(samples::shop_id(), conversation.id).await?;
    same("another shop's", stranger, None)
}
