//! The shop's front, ratings, and wishes to be answered by mail.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    front::{AnswerWishRow, FrontRow, LogoKind, LogoRow, RatingRow, ReadFront, WriteFront},
};
use terms::{ConversationId, ShopId, Timestamp};

use crate::{
    unit::Unit,
    value::{Row, binds},
};

const FRONTS: &str = "shop_fronts";
const LOGOS: &str = "shop_logos";
const RATINGS: &str = "ratings";
const WISHES: &str = "answer_wishes";

fn front(row: &Row) -> Result<FrontRow> {
    let mut fields = row.fields(FRONTS);
    Ok(FrontRow {
        shop: fields.parsed()?,
        version: fields.integer()?,
        body: fields.string()?,
        updated_at: fields.time()?,
    })
}

fn logo(row: &Row) -> Result<LogoRow> {
    let mut fields = row.fields(LOGOS);
    Ok(LogoRow {
        shop: fields.parsed()?,
        kind: fields.named(LogoKind::from_stored)?,
        image: fields.bytes()?,
        updated_at: fields.time()?,
    })
}

fn rating(row: &Row) -> Result<RatingRow> {
    let mut fields = row.fields(RATINGS);
    Ok(RatingRow {
        shop: fields.parsed()?,
        conversation: fields.parsed()?,
        score: fields.integer()?,
        words: fields.optional_sealed()?,
        at: fields.time()?,
    })
}

fn wish(row: &Row) -> Result<AnswerWishRow> {
    let mut fields = row.fields(WISHES);
    Ok(AnswerWishRow {
        shop: fields.parsed()?,
        conversation: fields.parsed()?,
        asked_at: fields.time()?,
        mailed_at: fields.optional_time()?,
    })
}

#[async_trait]
impl ReadFront for Unit {
    async fn front(&mut self, shop: ShopId) -> Result<Option<FrontRow>> {
        let text = "SELECT shop, version, body, updated_at FROM shop_fronts WHERE shop = $1";
        let row = self.one(FRONTS, text, binds![shop]).await?;
        row.as_ref().map(front).transpose()
    }

    async fn logo(&mut self, shop: ShopId) -> Result<Option<LogoRow>> {
        let text = "SELECT shop, kind, image, updated_at FROM shop_logos WHERE shop = $1";
        let row = self.one(LOGOS, text, binds![shop]).await?;
        row.as_ref().map(logo).transpose()
    }

    async fn rating(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
    ) -> Result<Option<RatingRow>> {
        let text = "SELECT shop, conversation, score, words, at FROM ratings \
                    WHERE shop = $1 AND conversation = $2";
        let row = self.one(RATINGS, text, binds![shop, conversation]).await?;
        row.as_ref().map(rating).transpose()
    }

    async fn ratings_since(&mut self, shop: ShopId, since: Timestamp) -> Result<Vec<(i64, i64)>> {
        let text = "SELECT score, count(*) FROM ratings WHERE shop = $1 AND at >= $2 \
                    GROUP BY score ORDER BY score";
        let rows = self.all(RATINGS, text, binds![shop, since]).await?;
        let counted = rows.iter().map(|row| {
            let mut fields = row.fields(RATINGS);
            Ok((fields.integer()?, fields.integer()?))
        });
        counted.collect()
    }

    async fn answer_wish(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
    ) -> Result<Option<AnswerWishRow>> {
        let text = "SELECT shop, conversation, asked_at, mailed_at FROM answer_wishes \
                    WHERE shop = $1 AND conversation = $2";
        let row = self.one(WISHES, text, binds![shop, conversation]).await?;
        row.as_ref().map(wish).transpose()
    }
}

#[async_trait]
impl WriteFront for Unit {
    async fn write_front(&mut self, row: &FrontRow) -> Result<()> {
        if row.version == 1 {
            let text = "INSERT INTO shop_fronts (shop, version, body, updated_at) \
                        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            let binds = binds![row.shop, row.version, row.body.as_str(), row.updated_at];
            return self.insert(FRONTS, text, binds).await;
        }
        let text = "UPDATE shop_fronts SET version = $2, body = $3, updated_at = $4 \
                    WHERE shop = $1 AND version = $2 - 1";
        let binds = binds![row.shop, row.version, row.body.as_str(), row.updated_at];
        match self.update(FRONTS, text, binds).await {
            Err(StoreError::Missing { table }) => Err(StoreError::Conflict { table }),
            written => written,
        }
    }

    async fn write_logo(&mut self, row: &LogoRow) -> Result<()> {
        let text = "INSERT INTO shop_logos (shop, kind, image, updated_at) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (shop) DO UPDATE SET kind = excluded.kind, \
                    image = excluded.image, updated_at = excluded.updated_at";
        let image = row.image.as_slice();
        let binds = binds![row.shop, row.kind.as_str(), image, row.updated_at];
        self.insert(LOGOS, text, binds).await
    }

    async fn delete_logo(&mut self, shop: ShopId) -> Result<()> {
        self.change(
            LOGOS,
            "DELETE FROM shop_logos WHERE shop = $1",
            binds![shop],
        )
        .await?;
        Ok(())
    }

    async fn write_rating(&mut self, row: &RatingRow) -> Result<()> {
        let text = "INSERT INTO ratings (shop, conversation, score, words, at) \
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shop, conversation) DO UPDATE SET \
                    score = excluded.score, words = excluded.words, at = excluded.at";
        let binds = binds![
            row.shop,
            row.conversation,
            row.score,
            row.words.as_ref(),
            row.at
        ];
        self.insert(RATINGS, text, binds).await
    }

    async fn write_answer_wish(&mut self, row: &AnswerWishRow) -> Result<()> {
        let text = "INSERT INTO answer_wishes (shop, conversation, asked_at, mailed_at) \
                    VALUES ($1, $2, $3, $4) ON CONFLICT (shop, conversation) DO UPDATE SET \
                    asked_at = excluded.asked_at, mailed_at = excluded.mailed_at";
        let binds = binds![row.shop, row.conversation, row.asked_at, row.mailed_at];
        self.insert(WISHES, text, binds).await
    }
}
