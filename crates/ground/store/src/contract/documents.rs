//! Documents that staff write, and marks on messages that found no answer.

use super::{
    Stage,
    concurrency::{eight, one_won},
    household::Household,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, missing, same},
};
use crate::{
    documents::{Audience, DocumentRow},
    passages::PassageKind,
    unanswered::UnansweredRow,
};

pub(super) async fn versions(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let first = samples::document(shop.id, Audience::Everyone);
    let mut tx = stage.database.begin().await?;
    missing("shops", tx.insert_document(&first).await)?;
    tx.insert_shop(&shop).await?;
    tx.insert_document(&first).await?;
    conflict("documents", tx.insert_document(&first).await)?;
    let second = DocumentRow {
        kind: PassageKind::Faq,
        title: "Another title".to_owned(),
        body: "Another text.".to_owned(),
        audience: Audience::Staff,
        url: None,
        version: 2,
        updated_at: EVENING,
        ..first.clone()
    };
    same("changed", tx.update_document(&second).await?, true)?;
    let late = DocumentRow {
        title: "Who comes late".to_owned(),
        ..second.clone()
    };
    same("late", tx.update_document(&late).await?, false)?;
    let found = tx.document(shop.id, first.id).await?;
    same("as changed", found, Some(second.clone()))?;
    let found = tx.documents(shop.id, Audience::Everyone).await?;
    same("not for everyone any more", found, vec![])?;
    let gone = tx.delete_document(shop.id, first.id, 1).await?;
    same("another version is not deleted", gone, false)?;
    let gone = tx.delete_document(shop.id, first.id, 2).await?;
    same("deleted", gone, true)?;
    let gone = tx.delete_document(shop.id, first.id, 2).await?;
    same("deleted again", gone, false)?;
    let third = DocumentRow {
        version: 3,
        ..second
    };
    same("what is gone", tx.update_document(&third).await?, false)
}

pub(super) async fn beside_imports(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let document = samples::document(shop.id, Audience::Staff);
    let passage = samples::passage(shop.id, PassageKind::Faq, "only", 0);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_document(&document).await?;
    let version = tx.shop(shop.id).await?.map(|row| row.content_version);
    same("raised", version, Some(shop.content_version + 1))?;
    tx.replace_passages(shop.id, core::slice::from_ref(&passage))
        .await?;
    let found = tx.documents(shop.id, Audience::Staff).await?;
    same("after an import", found, vec![document.clone()])?;
    let changed = DocumentRow {
        version: 2,
        ..document
    };
    same("changed", tx.update_document(&changed).await?, true)?;
    let found = tx.passages(shop.id).await?;
    same("the import after a change", found, vec![passage])?;
    let version = tx.shop(shop.id).await?.map(|row| row.content_version);
    same("raised", version, Some(shop.content_version + 3))?;
    tx.delete_document(shop.id, changed.id, 2).await?;
    let version = tx.shop(shop.id).await?.map(|row| row.content_version);
    same("raised", version, Some(shop.content_version + 4))
}

pub(super) async fn one_changes(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let document = samples::document(shop.id, Audience::Everyone);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_document(&document).await?;
    tx.commit().await?;
    let won = eight(&stage, |database| {
        let row = DocumentRow {
            version: 2,
            ..document.clone()
        };
        async move {
            let mut tx = database.begin().await?;
            let won = tx.update_document(&row).await?;
            tx.commit().await?;
            Ok(won)
        }
    });
    one_won(&won.await?)
}

pub(super) async fn marks(stage: Stage) -> Verdict {
    let house = Household::new()?;
    house.store(&stage).await?;
    let shop = house.id();
    let mut tx = stage.database.begin().await?;
    let again = UnansweredRow {
        id: samples::question_id(),
        ..house.unanswered.clone()
    };
    tx.mark_unanswered(&again).await?;
    let marks = vec![house.unanswered.clone()];
    same("marked once", tx.unanswered(shop, 9).await?, marks.clone())?;
    let answered = house.turns.last().map(samples::unanswered);
    let second = answered.map(|row| UnansweredRow {
        at: at(NOON.millis() + 1),
        ..row
    });
    let Some(second) = second else {
        return super::verdict::fail("the household has turns");
    };
    tx.mark_unanswered(&second).await?;
    let both = vec![second.clone(), house.unanswered.clone()];
    same("newest first", tx.unanswered(shop, 9).await?, both)?;
    same(
        "the newest",
        tx.unanswered(shop, 1).await?,
        vec![second.clone()],
    )?;
    same(
        "unmarked",
        tx.unmark_unanswered(shop, second.id).await?,
        true,
    )?;
    same("again", tx.unmark_unanswered(shop, second.id).await?, false)?;
    same("one is left", tx.unanswered(shop, 9).await?, marks)?;
    let early = UnansweredRow {
        at: at(5),
        ..second
    };
    tx.mark_unanswered(&early).await?;
    same("swept", tx.sweep_unanswered(at(6)).await?, 1)?;
    same("swept again", tx.sweep_unanswered(at(6)).await?, 0)
}
