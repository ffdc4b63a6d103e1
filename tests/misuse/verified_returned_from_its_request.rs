//! A proof ends with the request that minted it: it cannot be handed out.

use identity::{Identity, Scope, SessionToken, Shopper, Verified, level::Guest};

async fn misuse(
    identity: &Identity,
    snapshot: &mut dyn store::Snapshot,
    token: &SessionToken,
) -> Option<Verified<'static, Shopper, Guest>> {
    let scope = Scope::new();
    identity.shopper(&scope, snapshot, token).await.ok()
}

fn main() {}
