//! A shop sets its terms on the command line, and the tools keep to them.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    database::{block_on, sqlite},
    program::{Done, run},
};

struct Shop {
    directory: TempDir,
}

impl Shop {
    /// A shop of one customer with four orders of 40.00 each.
    fn new() -> Self {
        let shop = Self {
            directory: TempDir::new().unwrap(),
        };
        let address = json!({ "line1": "1 Mill Lane", "city": "Leeds", "postal_code": "LS1", "country": "GB" });
        let order = |number: usize| {
            json!({
                "id": format!("O{number}"), "customer": "ada", "status": "pending", "shipping_address": address,
                "lines": [{ "id": "l1", "product": "p", "variant": "v", "title": "Lamp", "quantity": 1, "unit_price": 4_000 }],
                "payments": [{ "id": "p1", "kind": "payment", "method": "card", "amount": 4_000 }],
            })
        };
        let document = json!({
            "format": "parlour-shop/1", "currency": "USD",
            "products": [{ "id": "p", "title": "Lamp", "variants": [{ "id": "v", "price": 4_000, "available": true }] }],
            "customers": [{
                "id": "ada", "email": "ada@example.com", "given_name": "Ada", "family_name": "Moss",
                "payment_methods": [{ "id": "card", "kind": "card", "last4": "4242" }],
            }],
            "orders": (1..5).map(order).collect::<Vec<Value>>(),
        });
        let path = shop.write("shop.json", &document.to_string());
        let done = shop.run(&["shop", "import", "--format", "json", &path]);
        assert_eq!(done.code, 0, "{}", done.err);
        shop
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.directory.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Done {
        let data = self.directory.path().join("data");
        run(&[arguments, &["--data", data.to_str().unwrap()]].concat())
    }

    fn terms(&self, options: &[&str]) -> Value {
        let done = self.run(&[&["shop", "terms"], options].concat());
        assert_eq!(done.code, 0, "{}", done.err);
        serde_json::from_str(&done.out).unwrap()
    }

    /// Proposes to cancel an order.
    fn cancel(&self, order: &str, reason: &str) -> Value {
        self.call(&json!({
            "as": "ada", "tool": "cancel_order", "args": { "order": order, "reason": reason },
        }))
    }

    fn call(&self, line: &Value) -> Value {
        let script = self.write("calls.jsonl", &format!("{line}\n"));
        let done = self.run(&["tool", "run", "--script", &script]);
        assert_eq!(done.code, 0, "{}", done.err);
        serde_json::from_str(&done.out).unwrap()
    }

    /// What the ledger says of changed terms.
    fn recorded(&self) -> Vec<String> {
        let file = self.directory.path().join("data/parlour.sqlite");
        block_on(async {
            let mut connection = sqlite(&file).await;
            let rows = sqlx::query_scalar::<_, Vec<u8>>(
                "SELECT body FROM ledger_entries WHERE kind = 'shop.terms_changed' ORDER BY id",
            );
            let leaves = rows.fetch_all(&mut connection).await.unwrap();
            let texts = leaves.into_iter().map(String::from_utf8);
            texts.map(Result::unwrap).collect()
        })
    }
}

#[test]
fn terms_are_shown_and_changed_one_by_one() {
    let shop = Shop::new();
    let first = shop.terms(&[]);
    let told = json!({
        "shop": first["shop"], "currency": "USD", "tax": null, "refund_limit": 10_000,
        "cancel_reasons": ["no_longer_needed", "ordered_by_mistake"], "pay_within_minutes": 60,
    });
    assert_eq!(first, told);
    let limit = shop.terms(&["--refund-limit", "3999"]);
    assert_eq!(limit["refund_limit"], 3_999);
    assert_eq!(limit["cancel_reasons"], first["cancel_reasons"]);
    let rest = shop.terms(&["--cancel-reason", "too_late", "--pay-within", "120"]);
    assert_eq!(rest["cancel_reasons"], json!(["too_late"]));
    assert_eq!(rest["pay_within_minutes"], 120);
    assert_eq!(rest["refund_limit"], 3_999);
    assert_eq!(shop.terms(&[]), rest);
    // What is as it was is no change.
    assert_eq!(shop.terms(&["--pay-within", "120"]), rest);
    let recorded = shop.recorded();
    assert_eq!(recorded.len(), 2, "{recorded:?}");
    assert!(
        recorded[1].contains("\"refund_limit\":3999"),
        "{recorded:?}"
    );
    assert!(!recorded[1].contains("too_late"), "{recorded:?}");
}

#[test]
fn a_cancellation_takes_the_reasons_and_the_limit_of_now() {
    let shop = Shop::new();
    let open = shop.cancel("O1", "no_longer_needed");
    assert_eq!(open["proposal"]["level"], "session", "{open}");
    assert_eq!(shop.cancel("O2", "too_late")["code"], "bad_reason");
    shop.terms(&[
        "--cancel-reason",
        "too_late",
        "--cancel-reason",
        "found_cheaper",
    ]);
    assert_eq!(shop.cancel("O2", "no_longer_needed")["code"], "bad_reason");
    for reason in ["too_late", "found_cheaper"] {
        assert_eq!(shop.cancel("O2", reason)["ok"], true, "{reason}");
    }
    // What was proposed for a reason that is none any more is not done.
    let id = &open["proposal"]["id"];
    let late = shop.call(&json!({ "as": "ada", "confirm_proposal": id }));
    assert_eq!(late["code"], "expired", "{late}");
    for (limit, level) in [("4000", "session"), ("3999", "step_up"), ("0", "step_up")] {
        shop.terms(&["--refund-limit", limit]);
        let cancelled = shop.cancel("O3", "too_late");
        assert_eq!(cancelled["proposal"]["level"], level, "{limit}");
    }
}

#[test]
fn terms_that_are_not_allowed_change_nothing() {
    let shop = Shop::new();
    let before = shop.terms(&[]);
    for (bad, said) in [
        (
            &["--refund-limit", "-1"][..],
            "expected 0 to 9007199254740991",
        ),
        (
            &["--refund-limit", "9007199254740992"],
            "expected 0 to 9007199254740991",
        ),
        (
            &["--refund-limit", "5", "--pay-within", "4"],
            "expected 5 to 43200",
        ),
        (&["--pay-within", "43201"], "expected 5 to 43200"),
        (&["--cancel-reason", "Too Late"], "lower-case letters"),
        (&["--cancel-reason", ""], "lower-case letters"),
        (&["--cancel-reason", "not_paid"], "is taken"),
        (
            &["--cancel-reason", "a", "--cancel-reason", "a"],
            "given twice",
        ),
        (&["--refund-limit", "ten"], "--refund-limit"),
        (&["--shop", "nowhere", "--refund-limit", "5"], "--shop"),
    ] {
        let done = shop.run(&[&["shop", "terms"], bad].concat());
        assert_eq!(done.code, 2, "{bad:?}: {}", done.err);
        assert!(done.err.contains(said), "{bad:?}: {}", done.err);
        assert_eq!(done.out, "", "{bad:?}");
    }
    assert_eq!(shop.terms(&[]), before);
    assert!(shop.recorded().is_empty());
}
