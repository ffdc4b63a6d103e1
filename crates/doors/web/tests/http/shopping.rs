//! The shop over HTTP: what is recorded of a refusal, and what a lost answer is told again.

use serde_json::json;

use crate::{client::ask, house::TestHouse};

/// Reads are recorded whether they found anything or not: whoever tries numbers leaves a trace.
#[tokio::test]
async fn a_read_of_no_order_is_recorded_as_one_of_hers() {
    let house = TestHouse::open().await;
    let buyer = house.shopper("alder", "buyer@example.com").await;
    let read = async |order: &str| {
        let before = house.rows().await.entries;
        let call = ask("POST", "/v1/tools/get_order")
            .bearer(&buyer.token)
            .json(&json!({ "args": { "order": order } }));
        let answer = house.send(call).await;
        (answer, house.rows().await.entries - before)
    };
    let (found, entries) = read("read_order:agent").await;
    found.expect(200);
    assert_eq!(entries, 1);
    let (missing, entries) = read("NO-SUCH").await;
    missing.expect_problem(404, "not_found");
    assert_eq!(entries, 1);
}

/// The answer to a confirmation may be lost on its way: the same again tells what was done, and does
/// nothing.
#[tokio::test]
async fn a_confirmation_that_is_repeated_is_told_what_was_done() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let proposal = house.proposal(&guest).await;
    let confirm = |token: &str| {
        ask("POST", &format!("/v1/proposals/{proposal}/confirm"))
            .bearer(token)
            .json(&json!({}))
    };
    let first = house.send(confirm(&guest.token)).await.expect(200).json();
    assert!(
        first["order"].is_string() && first["payment"].is_object(),
        "{first}"
    );
    let rows = house.rows().await;
    let again = house.send(confirm(&guest.token)).await;
    assert_eq!(again.json()["outcome"], first);
    again.expect_problem(409, "already_confirmed");
    assert_eq!(house.rows().await.others, rows.others);
    // Nobody else is told.
    let stranger = house.guest("alder").await;
    let refused = house.send(confirm(&stranger.token)).await;
    assert!(refused.json().get("outcome").is_none());
    refused.expect_problem(404, "not_found");
}
