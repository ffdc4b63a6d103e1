//! A snapshot reads: it has no way to write.

use store::{Snapshot, people::ShopperRow, people::WritePeople};

async fn misuse(snapshot: &mut dyn Snapshot, row: &ShopperRow) {
    let _ = snapshot.insert_shopper(row).await;
}

fn main() {}
