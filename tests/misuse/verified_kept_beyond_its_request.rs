//! A proof borrows its request's scope: a task that goes on afterwards cannot take it along.

use identity::{Identity, Scope, SessionToken};

fn later<T: Send + 'static>(_: T) {}

async fn misuse(identity: &Identity, snapshot: &mut dyn store::Snapshot, token: &SessionToken) {
    let scope = Scope::new();
    if let Ok(proof) = identity.shopper(&scope, snapshot, token).await {
        later(proof);
    }
}

fn main() {}
