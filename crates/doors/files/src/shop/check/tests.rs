//! Each rule at its edges: a sound member with one value changed.

use commerce::document::{Element, Order, Section};
use serde_json::{Value, json};

use super::{element, tax};

/// A member of the list with everything in it that it can have.
fn sound(section: Section) -> Value {
    match section {
        Section::Products => json!({
            "id": "p", "title": "A shirt", "description": "Blue", "category": "shirts",
            "image_url": "https://shop.example/p.jpg", "options": ["color", "size"],
            "variants": [
                {"id": "v1", "sku": "S-1", "title": "L", "options": {"color": "blue", "size": "L"},
                 "price": 3500, "available": true, "stock": 12},
                {"id": "v2", "options": {"size": "M", "color": "blue"}, "price": 0, "available": false}
            ]
        }),
        Section::Discounts => {
            json!({"code": "10OFF", "kind": "percentage", "value": 10, "description": "10 % off"})
        }
        Section::Promotions => json!({"id": "f", "kind": "free_shipping", "min_subtotal": 1,
            "products": ["p", "q"], "description": "Free"}),
        Section::Shipping => {
            json!({"id": "s", "title": "Post", "price": 5, "country": "US", "level": "standard"})
        }
        Section::Policies => json!({"id": "r", "title": "Returns", "text": "Thirty days"}),
        Section::Faqs => json!({"id": "q", "question": "When?", "answer": "Now"}),
        Section::Customers => json!({
            "id": "c", "email": "mary@shop.example", "given_name": "Mary", "family_name": "",
            "phone": "+1 555", "addresses": [
                {"id": "a1", "line1": "1 Road", "line2": "Left", "city": "Town", "region": "IL",
                 "postal_code": "62704", "country": "US", "default": true},
                {"id": "a2", "line1": "2 Road", "city": "Town", "postal_code": "", "country": "Österreich"}
            ],
            "payment_methods": [
                {"id": "m1", "kind": "card", "brand": "Visa", "last4": "0000"},
                {"id": "m2", "kind": "paypal"},
                {"id": "m3", "kind": "gift_card", "balance": 5000}
            ]
        }),
        Section::Orders => json!({
            "id": "o", "customer": "c", "placed_at": "2026-11-22T09:30:00.125Z", "status": "pending",
            "shipping_address": {"line1": "1 Road", "city": "Town", "postal_code": "1", "country": "US"},
            "lines": [
                {"id": "l1", "product": "p", "variant": "v1", "title": "A shirt",
                 "options": {"color": "blue"}, "quantity": 1, "unit_price": 3500},
                {"id": "l2", "product": "p", "variant": "v2", "title": "A shirt", "quantity": 2,
                 "unit_price": 0}
            ],
            "adjustments": [{"kind": "discount", "title": "10OFF", "amount": -350}],
            "fulfilments": [{"id": "f1", "tracking": ["1Z"], "lines": ["l1"]}, {"id": "f2", "lines": ["l1"]}],
            "payments": [{"id": "y1", "kind": "payment", "method": "m1", "amount": 100},
                         {"id": "y2", "kind": "refund", "method": "m3", "amount": 100}]
        }),
    }
}

fn parsed(section: Section, value: Value) -> Element {
    fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
        serde_json::from_value(value).unwrap()
    }
    match section {
        Section::Products => Element::Product(of(value)),
        Section::Discounts => Element::Discount(of(value)),
        Section::Promotions => Element::Promotion(of(value)),
        Section::Shipping => Element::Shipping(of(value)),
        Section::Policies => Element::Policy(of(value)),
        Section::Faqs => Element::Faq(of(value)),
        Section::Customers => Element::Customer(of(value)),
        Section::Orders => Element::Order(of::<Box<Order>>(value)),
    }
}

/// The path at which a member is refused when the value there is another; empty when it is not.
fn refused(section: Section, changes: &[(&str, Value)]) -> String {
    let mut member = sound(section);
    for (path, value) in changes {
        let (parent, key) = path.rsplit_once('/').unwrap();
        match member.pointer_mut(parent).unwrap() {
            Value::Object(fields) => {
                fields.insert(key.to_owned(), value.clone());
            }
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
            other => panic!("{other}"),
        }
    }
    match element(&parsed(section, member)) {
        Ok(()) => String::new(),
        Err(refusal) => {
            assert!(!refusal.reason.is_empty());
            refusal.path
        }
    }
}

fn as_path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        if part.parse::<usize>().is_ok() {
            path.push_str(&format!("[{part}]"));
        } else {
            path = super::super::error::joined(&path, part);
        }
    }
    path
}

#[test]
fn sound_members_pass() {
    for section in Section::ALL {
        assert_eq!(refused(section, &[]), "");
    }
}

const LARGEST: i64 = 9_007_199_254_740_991;

#[test]
fn ids_are_short_and_have_no_control_characters() {
    for (section, paths) in [
        (
            Section::Products,
            ["/id", "/variants/1/id", "/options/0"].as_slice(),
        ),
        (Section::Discounts, &["/code"]),
        (Section::Promotions, &["/id", "/products/1"]),
        (Section::Shipping, &["/id", "/level"]),
        (Section::Policies, &["/id"]),
        (Section::Faqs, &["/id"]),
        (
            Section::Customers,
            &["/id", "/addresses/1/id", "/payment_methods/2/id"],
        ),
        (
            Section::Orders,
            &[
                "/id",
                "/customer",
                "/lines/0/product",
                "/lines/0/variant",
                "/fulfilments/1/id",
                "/payments/0/id",
                "/payments/0/method",
            ],
        ),
    ] {
        for path in paths {
            for bad in ["", "a\nb", "\u{7f}", "\0", &"é".repeat(201)] {
                assert_eq!(
                    refused(section, &[(path, json!(bad))]),
                    as_path(path),
                    "{bad:?}"
                );
            }
            if !path.starts_with("/options") {
                let longest = "é".repeat(200);
                assert_eq!(refused(section, &[(path, json!(longest))]), "", "{path}");
            }
        }
    }
}

#[test]
fn texts_are_bounded() {
    let (line, text) = (500, 100_000);
    for (section, path, most) in [
        (Section::Products, "/title", line),
        (Section::Products, "/description", text),
        (Section::Products, "/category", line),
        (Section::Products, "/variants/0/sku", line),
        (Section::Products, "/variants/0/title", line),
        (Section::Discounts, "/description", text),
        (Section::Promotions, "/description", text),
        (Section::Shipping, "/title", line),
        (Section::Policies, "/title", line),
        (Section::Policies, "/text", text),
        (Section::Faqs, "/question", text),
        (Section::Faqs, "/answer", text),
        (Section::Customers, "/given_name", line),
        (Section::Customers, "/family_name", line),
        (Section::Customers, "/phone", line),
        (Section::Customers, "/addresses/0/line1", line),
        (Section::Customers, "/addresses/0/line2", line),
        (Section::Customers, "/addresses/0/city", line),
        (Section::Customers, "/addresses/0/region", line),
        (Section::Customers, "/addresses/0/postal_code", line),
        (Section::Customers, "/addresses/0/country", 60),
        (Section::Customers, "/payment_methods/0/brand", line),
        (Section::Orders, "/shipping_address/city", line),
        (Section::Orders, "/shipping_address/country", 60),
        (Section::Orders, "/lines/0/title", line),
        (Section::Orders, "/adjustments/0/title", line),
        (Section::Orders, "/fulfilments/0/tracking/0", line),
    ] {
        assert_eq!(
            refused(section, &[(path, json!("é".repeat(most)))]),
            "",
            "{path}"
        );
        for bad in ["é".repeat(most + 1), "a\0b".to_owned()] {
            assert_eq!(refused(section, &[(path, json!(bad))]), as_path(path));
        }
    }
    for path in ["/variants/0/options", "/lines/0/options"] {
        let section = if path.starts_with("/l") {
            Section::Orders
        } else {
            Section::Products
        };
        let options = json!({"color": "x".repeat(501), "size": "L"});
        assert_eq!(refused(section, &[(path, options)]), as_path(path));
    }
}

/// An adjustment alone is an amount; with the lines and the others it is one still.
#[test]
fn an_order_comes_to_an_amount() {
    let path = "/adjustments/0/amount";
    for (amount, found) in [
        (-LARGEST, ""),
        (-LARGEST - 1, "adjustments[0].amount"),
        (LARGEST + 1, "adjustments[0].amount"),
        (LARGEST, "adjustments"),
    ] {
        let refusal = refused(Section::Orders, &[(path, json!(amount))]);
        assert_eq!(refusal, found, "{amount}");
    }
    let goods = [
        ("/lines/0/quantity", json!(1)),
        ("/lines/0/unit_price", json!(700)),
    ];
    for (amount, found) in [(LARGEST - 700, ""), (LARGEST - 699, "adjustments")] {
        let mut changes = goods.to_vec();
        changes.push((path, json!(amount)));
        assert_eq!(refused(Section::Orders, &changes), found, "{amount}");
    }
}

/// How a discount or a tax was reckoned stands with what it is, within what either may be.
#[test]
fn what_an_adjustment_was_reckoned_by_fits_its_kind() {
    let with =
        |adjustment: serde_json::Value| refused(Section::Orders, &[("/adjustments/0", adjustment)]);
    let reckoned = |kind: &str, value: i64| json!({"kind": "discount", "title": "X", "amount": -350, "discount": {"kind": kind, "value": value}});
    assert_eq!(with(reckoned("percentage", 100)), "");
    assert_eq!(
        with(reckoned("percentage", 101)),
        "adjustments[0].discount.value"
    );
    assert_eq!(with(reckoned("fixed", 101)), "");
    assert_eq!(with(reckoned("fixed", -1)), "adjustments[0].discount.value");
    let mut shipping = reckoned("fixed", 1);
    shipping["kind"] = json!("shipping");
    assert_eq!(with(shipping), "adjustments[0].discount");
    for (kind, rate, found) in [
        ("tax", 10_000, ""),
        ("tax", 10_001, "adjustments[0].rate"),
        ("tax", -1, "adjustments[0].rate"),
        ("discount", 1, "adjustments[0].rate"),
    ] {
        let adjustment = json!({"kind": kind, "title": "X", "amount": 1, "rate": rate});
        assert_eq!(with(adjustment), found, "{kind} {rate}");
    }
}

#[test]
fn numbers_are_bounded() {
    for (section, path, least, most) in [
        (Section::Products, "/variants/0/price", 0, LARGEST),
        (Section::Products, "/variants/0/stock", 0, LARGEST),
        (Section::Discounts, "/value", 0, 100),
        (Section::Promotions, "/min_subtotal", 0, LARGEST),
        (Section::Shipping, "/price", 0, LARGEST),
        (Section::Customers, "/payment_methods/2/balance", 0, LARGEST),
        (Section::Orders, "/lines/0/quantity", 1, 1_000_000),
        (Section::Orders, "/lines/0/unit_price", 0, LARGEST),
    ] {
        for good in [least, most] {
            assert_eq!(
                refused(section, &[(path, json!(good))]),
                "",
                "{path} {good}"
            );
        }
        for bad in [least - 1, most + 1, i64::MIN, i64::MAX] {
            assert_eq!(
                refused(section, &[(path, json!(bad))]),
                as_path(path),
                "{bad}"
            );
        }
    }
    let fixed = |value: i64| {
        let changes = [("/kind", json!("fixed")), ("/value", json!(value))];
        refused(Section::Discounts, &changes)
    };
    assert_eq!((fixed(LARGEST), fixed(101)), (String::new(), String::new()));
    assert_eq!(
        (fixed(LARGEST + 1), fixed(-1)),
        ("value".to_owned(), "value".to_owned())
    );
    for (rate, good) in [(0, true), (10_000, true), (-1, false), (10_001, false)] {
        let given = commerce::document::Tax {
            rate,
            included: true,
        };
        assert_eq!(tax(given).is_ok(), good, "{rate}");
    }
}

#[test]
fn forms_are_kept() {
    let cases: &[(Section, &str, &[&str], &[&str])] = &[
        (
            Section::Products,
            "/image_url",
            &["http://a", "https://shop.example:8443/a.jpg?b=c#d"],
            &[
                "",
                "https://",
                "https:///a",
                "ftp://a",
                "javascript:alert(1)",
                "//a/b",
                "https://a b",
                "https://a\n",
                "HTTPS://a",
                "https://?a",
                "https://\\a",
                "data:image/png;base64,",
            ],
        ),
        (
            Section::Shipping,
            "/country",
            &["DE"],
            &["", "de", "DEU", "D", "D1", "Ä"],
        ),
        (
            Section::Customers,
            "/email",
            &[
                "a@b",
                "mary.o'neil+shop@mail.shop.example",
                "märy@shop.example",
            ],
            &["", "mary", "@shop.example", "mary@", "a@b@c", "a@b\n"],
        ),
        (
            Section::Customers,
            "/payment_methods/0/last4",
            &["0000", "1234"],
            &["", "123", "12345", "12a4", "٣٣", " 123", "4111111111111111"],
        ),
        (Section::Customers, "/addresses/0/country", &["X"], &[""]),
        (Section::Orders, "/shipping_address/country", &["X"], &[""]),
        (
            Section::Orders,
            "/placed_at",
            &["2026-11-22T09:30:00Z", "2026-11-22T10:30:00+01:00"],
            &["", "2026-11-22", "yesterday", "2026-02-30T00:00:00Z"],
        ),
    ];
    for (section, path, good, bad) in cases {
        for value in *good {
            assert_eq!(refused(*section, &[(path, json!(value))]), "", "{value:?}");
        }
        for value in *bad {
            assert_eq!(
                refused(*section, &[(path, json!(value))]),
                as_path(path),
                "{value:?}"
            );
        }
    }
    let longest = format!("{}@b", "a".repeat(252));
    assert_eq!(
        refused(Section::Customers, &[("/email", json!(longest))]),
        ""
    );
    let longer = format!("{}@b", "a".repeat(253));
    assert_eq!(
        refused(Section::Customers, &[("/email", json!(longer))]),
        "email"
    );
}

#[test]
fn nothing_is_given_twice_in_one_member() {
    for (section, path, other) in [
        (Section::Products, "/variants/1/id", "v1"),
        (Section::Products, "/options/1", "color"),
        (Section::Customers, "/addresses/1/id", "a1"),
        (Section::Customers, "/payment_methods/1/id", "m1"),
        (Section::Orders, "/lines/1/id", "l1"),
        (Section::Orders, "/fulfilments/1/id", "f1"),
        (Section::Orders, "/payments/1/id", "y1"),
    ] {
        assert_eq!(refused(section, &[(path, json!(other))]), as_path(path));
    }
}

#[test]
fn a_variant_has_exactly_its_products_options() {
    for options in [
        json!({}),
        json!({"color": "blue"}),
        json!({"color": "blue", "size": "L", "cut": "slim"}),
        json!({"color": "blue", "Size": "L"}),
    ] {
        let refused = refused(Section::Products, &[("/variants/1/options", options)]);
        assert_eq!(refused, "variants[1].options");
    }
    let none = [
        ("/options", json!([])),
        (
            "/variants",
            json!([{"id": "v", "price": 1, "available": true}]),
        ),
    ];
    assert_eq!(refused(Section::Products, &none), "");
}

#[test]
fn a_balance_is_a_gift_cards() {
    for (changes, path) in [
        (
            ("/payment_methods/0/balance", json!(1)),
            "payment_methods[0].balance",
        ),
        (
            ("/payment_methods/1/balance", json!(0)),
            "payment_methods[1].balance",
        ),
        (
            ("/payment_methods/2/balance", Value::Null),
            "payment_methods[2].balance",
        ),
    ] {
        assert_eq!(refused(Section::Customers, &[changes]), path);
    }
}

#[test]
fn a_cancelled_order_may_have_a_reason() {
    let status = ("/status", json!("cancelled"));
    let reason = |reason: &str| ("/cancel_reason", json!(reason));
    let order = |changes: &[(&str, Value)]| refused(Section::Orders, changes);
    assert_eq!(order(std::slice::from_ref(&status)), "");
    assert_eq!(order(&[status.clone(), reason(&"é".repeat(200))]), "");
    assert_eq!(order(&[status, reason(&"é".repeat(201))]), "cancel_reason");
    assert_eq!(order(&[reason("no_longer_needed")]), "cancel_reason");
}

#[test]
fn what_an_order_refers_to_inside_is_inside() {
    let order = |changes: &[(&str, Value)]| refused(Section::Orders, changes);
    assert_eq!(
        order(&[("/fulfilments/1/lines", json!(["l2", "l3"]))]),
        "fulfilments[1].lines[1]"
    );

    let returned = ("/servicing", json!("return_requested"));
    let back = |lines: Value| ("/return", json!({"lines": lines, "refund_to": "m1"}));
    assert_eq!(order(&[returned.clone(), back(json!(["l2", "l1"]))]), "");
    assert_eq!(
        order(&[returned.clone(), back(json!(["l2", "l3"]))]),
        "return.lines[1]"
    );
    assert_eq!(
        order(&[returned.clone(), back(json!(["l2", "l2"]))]),
        "return.lines[1]"
    );
    let nowhere = ("/return", json!({"lines": [], "refund_to": ""}));
    assert_eq!(order(&[returned, nowhere]), "return.refund_to");

    let exchanged = ("/servicing", json!("exchange_requested"));
    let change = |changes: Value, difference: i64| {
        let exchange =
            json!({"changes": changes, "payment_method": "m1", "difference": difference});
        ("/exchange", exchange)
    };
    let one = json!({"line": "l1", "variant": "v2"});
    let order = |changes, difference| order(&[exchanged.clone(), change(changes, difference)]);
    assert_eq!(order(json!([one]), -LARGEST), "");
    assert_eq!(order(json!([one]), -LARGEST - 1), "exchange.difference");
    assert_eq!(order(json!([one, one]), 0), "exchange.changes[1].line");
    assert_eq!(
        order(json!([{"line": "l3", "variant": "v"}]), 0),
        "exchange.changes[0].line"
    );
    assert_eq!(
        order(json!([{"line": "l1", "variant": ""}]), 0),
        "exchange.changes[0].variant"
    );
}

#[test]
fn a_request_and_what_it_asks_for_stand_together() {
    let order = |changes: &[(&str, Value)]| refused(Section::Orders, changes);
    let servicing = |state: &str| ("/servicing", json!(state));
    let back = ("/return", json!({"lines": ["l1"], "refund_to": "m1"}));
    let exchange = (
        "/exchange",
        json!({"changes": [], "payment_method": "m1", "difference": 0}),
    );
    assert_eq!(order(&[servicing("items_changed")]), "");
    assert_eq!(order(&[servicing("return_requested")]), "return");
    assert_eq!(order(&[servicing("exchange_requested")]), "exchange");
    assert_eq!(order(std::slice::from_ref(&back)), "return");
    assert_eq!(order(std::slice::from_ref(&exchange)), "exchange");
    assert_eq!(order(&[servicing("items_changed"), back.clone()]), "return");
    assert_eq!(
        order(&[
            servicing("exchange_requested"),
            back.clone(),
            exchange.clone()
        ]),
        "return"
    );
    assert_eq!(
        order(&[servicing("return_requested"), back, exchange]),
        "exchange"
    );
}

#[test]
fn money_adds_up() {
    let order = |changes: &[(&str, Value)]| refused(Section::Orders, changes);
    assert_eq!(order(&[("/payments/1/amount", json!(101))]), "payments");
    assert_eq!(order(&[("/payments/0/kind", json!("refund"))]), "payments");
    assert_eq!(
        order(&[("/payments/1/amount", json!(-1))]),
        "payments[1].amount"
    );
    let both = [
        ("/payments/0/amount", json!(LARGEST)),
        ("/payments/1/kind", json!("payment")),
    ];
    assert_eq!(order(&both), "payments");
    let lines = [
        ("/lines/0/unit_price", json!(LARGEST)),
        ("/lines/1/unit_price", json!(1)),
    ];
    assert_eq!(order(&lines), "lines");
}
