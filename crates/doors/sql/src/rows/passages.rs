//! Passages the assistant may quote.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    passages::{PassageKind, PassageRow, ReadPassages, WritePassages},
};
use terms::ShopId;

use super::each;
use crate::{
    unit::Unit,
    value::{Row, binds},
};

const PASSAGES: &str = "passages";
const SHOPS: &str = "shops";

fn passage(row: &Row) -> Result<PassageRow> {
    let mut fields = row.fields(PASSAGES);
    Ok(PassageRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        kind: fields.named(PassageKind::from_stored)?,
        source: fields.string()?,
        title: fields.string()?,
        text: fields.string()?,
        position: fields.integer()?,
    })
}

#[async_trait]
impl ReadPassages for Unit {
    async fn passages(&mut self, shop: ShopId) -> Result<Vec<PassageRow>> {
        let text = "SELECT shop, id, kind, source, title, text, position FROM passages \
                    WHERE shop = $1";
        let rows = self.all(PASSAGES, text, binds![shop]).await?;
        let mut passages = each(&rows, passage)?;
        // Sorted here: the order of text in a database depends on its locale.
        passages.sort_by(|one, other| {
            let key = |row: &PassageRow| (row.kind.as_str(), row.position, row.id);
            let (one_kind, one_position, one_id) = key(one);
            let (other_kind, other_position, other_id) = key(other);
            (one_kind, &one.source, one_position, one_id).cmp(&(
                other_kind,
                &other.source,
                other_position,
                other_id,
            ))
        });
        Ok(passages)
    }
}

#[async_trait]
impl WritePassages for Unit {
    async fn replace_passages(&mut self, shop: ShopId, rows: &[PassageRow]) -> Result<()> {
        // First, so that two replacements wait for each other, and a shop that is not there is
        // found before anything is written.
        let text = "UPDATE shops SET content_version = content_version + 1 WHERE id = $1";
        if self.change(SHOPS, text, binds![shop]).await? == 0 {
            return Err(StoreError::Missing { table: SHOPS });
        }
        self.change(
            PASSAGES,
            "DELETE FROM passages WHERE shop = $1",
            binds![shop],
        )
        .await?;
        for row in rows {
            self.insert(
                PASSAGES,
                "INSERT INTO passages (shop, id, kind, source, title, text, position) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
                binds![
                    shop,
                    row.id,
                    row.kind.as_str(),
                    row.source.as_str(),
                    row.title.as_str(),
                    row.text.as_str(),
                    row.position,
                ],
            )
            .await?;
        }
        Ok(())
    }
}
