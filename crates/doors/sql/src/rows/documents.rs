//! Documents that staff write, and marks on messages that found no answer.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    documents::{Audience, DocumentRow, Measured, ReadDocuments, WriteDocuments},
    passages::PassageKind,
    unanswered::{ReadUnanswered, UnansweredRow, WriteUnanswered},
};
use terms::{DocumentId, QuestionId, ShopId, Timestamp};

use super::each;
use crate::{
    unit::Unit,
    value::{Row, binds},
};

const DOCUMENTS: &str = "documents";
const UNANSWERED: &str = "unanswered";
const SHOPS: &str = "shops";

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, kind, title, body, audience, url, version, updated_at \
             FROM documents WHERE shop = $1 ",
            $rest
        )
    };
}

fn document(row: &Row) -> Result<DocumentRow> {
    let mut fields = row.fields(DOCUMENTS);
    Ok(DocumentRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        kind: fields.named(PassageKind::from_stored)?,
        title: fields.string()?,
        body: fields.string()?,
        audience: fields.named(Audience::from_stored)?,
        url: fields.optional_text()?.map(str::to_owned),
        version: fields.integer()?,
        updated_at: fields.time()?,
    })
}

fn mark(row: &Row) -> Result<UnansweredRow> {
    let mut fields = row.fields(UNANSWERED);
    Ok(UnansweredRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        conversation: fields.parsed()?,
        position: fields.integer()?,
        at: fields.time()?,
    })
}

/// Tells every index in memory that it is stale. Comes first, so that two writers of a shop wait for
/// each other, and a shop that is not there is found before anything is written.
async fn raise_version(unit: &mut Unit, shop: ShopId) -> Result<()> {
    let text = "UPDATE shops SET content_version = content_version + 1 WHERE id = $1";
    if unit.change(SHOPS, text, binds![shop]).await? == 0 {
        return Err(StoreError::Missing { table: SHOPS });
    }
    Ok(())
}

#[async_trait]
impl ReadDocuments for Unit {
    async fn documents(&mut self, shop: ShopId, reader: Audience) -> Result<Vec<DocumentRow>> {
        let rows = match reader {
            Audience::Everyone => {
                let everyone = Audience::Everyone.as_str();
                let text = select!("AND audience = $2 ORDER BY id");
                self.all(DOCUMENTS, text, binds![shop, everyone]).await?
            }
            Audience::Staff => {
                self.all(DOCUMENTS, select!("ORDER BY id"), binds![shop])
                    .await?
            }
        };
        each(&rows, document)
    }

    async fn document(&mut self, shop: ShopId, id: DocumentId) -> Result<Option<DocumentRow>> {
        let row = self
            .one(DOCUMENTS, select!("AND id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(document).transpose()
    }

    async fn documents_measured(&mut self, shop: ShopId) -> Result<Measured> {
        let text = "SELECT CAST(count(*) AS BIGINT), \
                    CAST(coalesce(sum(length(title) + length(body)), 0) AS BIGINT) \
                    FROM documents WHERE shop = $1";
        let row = self.one(DOCUMENTS, text, binds![shop]).await?;
        let row = row.ok_or(StoreError::Missing { table: DOCUMENTS })?;
        let mut fields = row.fields(DOCUMENTS);
        Ok(Measured {
            documents: fields.integer()?,
            characters: fields.integer()?,
        })
    }
}

#[async_trait]
impl WriteDocuments for Unit {
    async fn insert_document(&mut self, row: &DocumentRow) -> Result<()> {
        raise_version(self, row.shop).await?;
        self.insert(
            DOCUMENTS,
            "INSERT INTO documents \
             (shop, id, kind, title, body, audience, url, version, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.kind.as_str(),
                row.title.as_str(),
                row.body.as_str(),
                row.audience.as_str(),
                row.url.as_deref(),
                row.version,
                row.updated_at,
            ],
        )
        .await
    }

    async fn update_document(&mut self, row: &DocumentRow) -> Result<bool> {
        raise_version(self, row.shop).await?;
        let text = "UPDATE documents SET kind = $3, title = $4, body = $5, audience = $6, \
                    url = $7, version = $8, updated_at = $9 \
                    WHERE shop = $1 AND id = $2 AND version = $8 - 1";
        let rows = self
            .change(
                DOCUMENTS,
                text,
                binds![
                    row.shop,
                    row.id,
                    row.kind.as_str(),
                    row.title.as_str(),
                    row.body.as_str(),
                    row.audience.as_str(),
                    row.url.as_deref(),
                    row.version,
                    row.updated_at,
                ],
            )
            .await?;
        Ok(rows == 1)
    }

    async fn delete_document(
        &mut self,
        shop: ShopId,
        id: DocumentId,
        version: i64,
    ) -> Result<bool> {
        raise_version(self, shop).await?;
        let text = "DELETE FROM documents WHERE shop = $1 AND id = $2 AND version = $3";
        let rows = self
            .change(DOCUMENTS, text, binds![shop, id, version])
            .await?;
        Ok(rows == 1)
    }
}

#[async_trait]
impl ReadUnanswered for Unit {
    async fn unanswered(&mut self, shop: ShopId, limit: u32) -> Result<Vec<UnansweredRow>> {
        let text = "SELECT shop, id, conversation, position, at FROM unanswered \
                    WHERE shop = $1 ORDER BY at DESC, id DESC LIMIT $2";
        let rows = self.all(UNANSWERED, text, binds![shop, limit]).await?;
        each(&rows, mark)
    }
}

#[async_trait]
impl WriteUnanswered for Unit {
    async fn mark_unanswered(&mut self, row: &UnansweredRow) -> Result<()> {
        let text = "INSERT INTO unanswered (shop, id, conversation, position, at) \
                    VALUES ($1, $2, $3, $4, $5) \
                    ON CONFLICT (shop, conversation, position) DO NOTHING";
        self.change(
            UNANSWERED,
            text,
            binds![row.shop, row.id, row.conversation, row.position, row.at],
        )
        .await?;
        Ok(())
    }

    async fn unmark_unanswered(&mut self, shop: ShopId, id: QuestionId) -> Result<bool> {
        let text = "DELETE FROM unanswered WHERE shop = $1 AND id = $2";
        Ok(self.change(UNANSWERED, text, binds![shop, id]).await? == 1)
    }

    async fn sweep_unanswered(&mut self, before: Timestamp) -> Result<u64> {
        self.change(
            UNANSWERED,
            "DELETE FROM unanswered WHERE at < $1",
            binds![before],
        )
        .await
    }
}
