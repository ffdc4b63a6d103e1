//! Pictures of goods.

use terms::{Picture, PictureKind, PictureName, ShopId, Timestamp};

use super::{
    Stage,
    samples::{self, EVENING, NOON},
    verdict::{Verdict, missing, same},
};
use crate::pictures::{LARGEST, PictureCounts, PictureRow, ProductPictureRow};

const fn name(of: u8) -> PictureName {
    PictureName::new([of; 32], PictureKind::Jpeg)
}

const fn picture(card: u8, detail: u8) -> Picture {
    Picture {
        card: name(card),
        detail: name(detail),
    }
}

fn row(shop: ShopId, of: u8, used_at: Timestamp) -> PictureRow {
    PictureRow {
        shop,
        name: name(of),
        image: vec![of, 0, 255],
        used_at,
    }
}

fn shown(shop: ShopId, product: &str, picture: Option<Picture>) -> ProductPictureRow {
    ProductPictureRow {
        shop,
        product: product.to_owned(),
        source: "https://shop.example/a.jpg".to_owned(),
        picture,
        refused: picture.is_none().then(|| "no such host".to_owned()),
        tried_at: NOON,
    }
}

pub(super) async fn kept_once_for_a_shop(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let mut orphan = stage.database.begin().await?;
    let of_nobody = orphan.write_picture(&row(shop.id, 1, NOON)).await;
    missing("pictures", of_nobody)?;
    orphan.rollback().await?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    same("none yet", tx.picture(shop.id, name(1)).await?, None)?;
    tx.write_picture(&row(shop.id, 1, NOON)).await?;
    tx.write_picture(&row(shop.id, 1, EVENING)).await?;
    let largest = PictureRow {
        image: vec![7; LARGEST],
        ..row(shop.id, 2, NOON)
    };
    tx.write_picture(&largest).await?;
    let drawn = PictureRow {
        name: PictureName::new([1; 32], PictureKind::Svg),
        ..row(shop.id, 1, NOON)
    };
    tx.write_picture(&drawn).await?;
    same(
        "one",
        tx.picture(shop.id, name(1)).await?,
        Some(row(shop.id, 1, EVENING)),
    )?;
    same(
        "the largest",
        tx.picture(shop.id, name(2)).await?,
        Some(largest),
    )?;
    same(
        "its kind",
        tx.picture(shop.id, drawn.name).await?,
        Some(drawn),
    )?;
    same(
        "the other shop's",
        tx.picture(other.id, name(1)).await?,
        None,
    )
}

pub(super) async fn what_became_of_each(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    for of in [1, 2] {
        tx.write_picture(&row(shop.id, of, NOON)).await?;
    }
    tx.write_product_picture(&shown(shop.id, "mug", None))
        .await?;
    let mug = shown(shop.id, "mug", Some(picture(1, 2)));
    tx.write_product_picture(&mug).await?;
    let bowl = ProductPictureRow {
        refused: Some("gone".to_owned()),
        ..shown(shop.id, "bowl", Some(picture(2, 2)))
    };
    tx.write_product_picture(&bowl).await?;
    let cup = shown(shop.id, "cup", None);
    tx.write_product_picture(&cup).await?;
    let vase = shown(other.id, "vase", None);
    tx.write_product_picture(&vase).await?;

    let many: Vec<String> = (0..40).map(|number| format!("none-{number}")).collect();
    let asked = ["mug", "vase"].into_iter();
    let asked: Vec<&str> = asked
        .chain(many.iter().map(String::as_str))
        .chain(["cup"])
        .collect();
    let mut found = tx.product_pictures(shop.id, &asked).await?;
    found.sort_by(|one, two| one.product.cmp(&two.product));
    same("those asked for", found, vec![cup.clone(), mug])?;
    same(
        "none asked for",
        tx.product_pictures(shop.id, &[]).await?,
        vec![],
    )?;
    let refused = tx.refused_pictures(shop.id, 9).await?;
    same("refused", refused, vec![bowl.clone(), cup])?;
    let first = tx.refused_pictures(shop.id, 1).await?;
    same("the first", first, vec![bowl])?;
    let counts = PictureCounts {
        shown: 2,
        refused: 2,
    };
    same("counted", tx.picture_counts(shop.id).await?, counts)?;
    let none = samples::shop();
    same(
        "of none",
        tx.picture_counts(none.id).await?,
        PictureCounts::default(),
    )
}

pub(super) async fn shown_of_its_own_shop_alone(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    tx.write_picture(&row(other.id, 1, NOON)).await?;
    tx.commit().await?;
    let mut tx = stage.database.begin().await?;
    let anothers = shown(shop.id, "mug", Some(picture(1, 1)));
    missing(
        "product_pictures",
        tx.write_product_picture(&anothers).await,
    )?;
    tx.rollback().await?;
    let mut tx = stage.database.begin().await?;
    let own = shown(other.id, "mug", Some(picture(1, 1)));
    Ok(tx.write_product_picture(&own).await?)
}

pub(super) async fn tidied(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    for of in [1, 2, 3] {
        tx.write_picture(&row(shop.id, of, NOON)).await?;
    }
    tx.write_picture(&row(shop.id, 4, EVENING)).await?;
    tx.write_picture(&row(other.id, 3, NOON)).await?;
    tx.write_product_picture(&shown(shop.id, "mug", Some(picture(1, 2))))
        .await?;
    tx.tidy_pictures(shop.id, NOON, EVENING).await?;
    for (of, kept) in [(1, true), (2, true), (3, false), (4, true)] {
        let found = tx.picture(shop.id, name(of)).await?.is_some();
        same(&format!("picture {of}"), found, kept)?;
    }
    tx.tidy_pictures(shop.id, EVENING, NOON).await?;
    same(
        "marked",
        tx.picture(shop.id, name(2)).await?,
        Some(row(shop.id, 2, EVENING)),
    )?;
    same(
        "the other shop's",
        tx.picture(other.id, name(3)).await?,
        Some(row(other.id, 3, NOON)),
    )
}
