//! A handler that forgot its check has nothing to pass on.

use identity::Identity;

async fn misuse(identity: &Identity, snapshot: &mut dyn store::Snapshot) {
    let _ = identity.colleagues(snapshot).await;
}

fn main() {}
