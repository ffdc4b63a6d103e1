//! Documents that are refused, each with where and why, and without what they say.

use super::*;
use crate::shop::place::LARGEST_MEMBER;

fn refused(text: &str) -> String {
    read_head_from(text.as_bytes(), "shop.json", &Progress::default())
        .unwrap_err()
        .to_string()
}

/// A document around its lists.
fn with(lists: &str) -> String {
    format!("{{\"format\":\"parlour-shop/1\",\"currency\":\"USD\",\n{lists}}}")
}

#[test]
fn what_stands_at_the_top_is_known_and_stands_once() {
    let known = "`format`, `currency`, `tax`, `products`, `discounts`, `promotions`, `shipping`, \
                 `policies`, `faqs`, `customers`, `orders`";
    for (text, wanted) in [
        ("{}", "shop.json:1: format: is missing: expected `parlour-shop/1` (column 2)".to_owned()),
        (
            r#"{"format":"parlour-shop/1"}"#,
            "shop.json:1: currency: is missing: expected three capital letters (ISO 4217), such as \
             `USD` (column 27)"
                .to_owned(),
        ),
        (
            "{\"format\":\n\"parlour-shop/2\"}",
            "shop.json:2: format: expected `parlour-shop/1` (column 16)".to_owned(),
        ),
        (
            r#"{"format":1}"#,
            "shop.json:1: format: expected a text, found a whole number (column 12)".to_owned(),
        ),
        (
            r#"{"currency":"usd"}"#,
            "shop.json:1: currency: expected three capital letters (ISO 4217), such as `USD` \
             (column 17)"
                .to_owned(),
        ),
        (
            r#"{"currency":"USD","currency":"USD"}"#,
            "shop.json:1: currency: is given twice (column 28)".to_owned(),
        ),
        (
            r#"{"faqs":[],"faqs":[]}"#,
            "shop.json:1: faqs: is given twice (column 17)".to_owned(),
        ),
        (
            r#"{"produkte":[]}"#,
            format!("shop.json:1: unknown field `produkte`, expected one of {known} (column 11)"),
        ),
        (
            r#"{"faqs":{}}"#,
            "shop.json:1: faqs: expected a list, found an object (column 9)".to_owned(),
        ),
        (
            r#"{"faqs":null}"#,
            "shop.json:1: faqs: expected a list, found `null` (column 12)".to_owned(),
        ),
        (
            r#"{"tax":{"rate":10001,"included":true}}"#,
            "shop.json:1: tax.rate: expected 0 to 10000 (column 37)".to_owned(),
        ),
        (
            r#"{"tax":{"rate":"19 %","included":true}}"#,
            "shop.json:1: tax.rate: expected a whole number, found a text (column 21)".to_owned(),
        ),
        (
            "[]",
            "shop.json:1: expected an object with `format`, `currency` and the lists of a shop, \
             found a list (column 1)"
                .to_owned(),
        ),
        ("", "shop.json:1: EOF while parsing a value (column 0)".to_owned()),
        ("{\"faqs\":[", "shop.json:1: faqs: EOF while parsing a list (column 9)".to_owned()),
    ] {
        assert_eq!(refused(text), wanted, "{text}");
    }
    assert_eq!(
        refused(&format!("{}\n]", with("\"faqs\":[]"))),
        "shop.json:3: trailing characters (column 1)"
    );
}

/// However well a list's values fit the fields' order, and an object a word.
#[test]
fn a_list_is_no_object() {
    let order = |inner: &str| {
        format!(r#""orders":[{{"id":"o","customer":"c","status":"pending",{inner}}}]"#)
    };
    let address = r#""shipping_address":{"line1":"1","city":"C","postal_code":"P","country":"DE"}"#;
    let customer = |inner: &str| {
        format!(
            r#""customers":[{{"id":"c","email":"a@example.com","given_name":"A","family_name":"B",{inner}}}]"#
        )
    };
    let object = "expected an object, found a list";
    for (lists, wanted) in [
        (
            r#""policies":[["p","T","text"]]"#.to_owned(),
            format!("policies[0]: {object}"),
        ),
        (
            r#""faqs":[["f","Q","A"]]"#.to_owned(),
            format!("faqs[0]: {object}"),
        ),
        (
            r#""discounts":[["TEN","fixed",100,null]]"#.to_owned(),
            format!("discounts[0]: {object}"),
        ),
        (
            r#""promotions":[["p","free_shipping",null,null,null]]"#.to_owned(),
            format!("promotions[0]: {object}"),
        ),
        (
            r#""shipping":[["s","Standard",100,null,"standard"]]"#.to_owned(),
            format!("shipping[0]: {object}"),
        ),
        (
            r#""products":[{"id":"p","title":"T","variants":[["v",null,null,{},1,true,1]]}]"#
                .to_owned(),
            format!("products[0].variants[0]: {object}"),
        ),
        (
            customer(r#""addresses":[["a","1",null,"C",null,"P","DE",true]]"#),
            format!("customers[0].addresses[0]: {object}"),
        ),
        (
            customer(r#""payment_methods":[["m","card","Visa","4242",null]]"#),
            format!("customers[0].payment_methods[0]: {object}"),
        ),
        (
            order(r#""shipping_address":["1",null,"C",null,"P","DE"]"#),
            format!("orders[0].shipping_address: {object}"),
        ),
        (
            order(&format!(
                r#"{address},"lines":[["l","p","v","T",{{}},1,100]]"#
            )),
            format!("orders[0].lines[0]: {object}"),
        ),
        (
            order(&format!(
                r#"{address},"payments":[["y","payment","m",100]]"#
            )),
            format!("orders[0].payments[0]: {object}"),
        ),
        (
            order(&format!(
                r#"{address},"exchange":{{"changes":[["l","v"]],"payment_method":"m","difference":0}}"#
            )),
            format!("orders[0].exchange.changes[0]: {object}"),
        ),
        (r#""tax":[1900,true]"#.to_owned(), format!("tax: {object}")),
        (
            r#""discounts":[{"code":"TEN","kind":{"fixed":null},"value":1}]"#.to_owned(),
            "discounts[0].kind: expected a text, found an object".to_owned(),
        ),
    ] {
        let refused = refused(&with(&lists));
        let wanted = format!("shop.json:2: {wanted} (column ");
        assert!(refused.starts_with(&wanted), "{refused} is not {wanted}");
    }
}

#[test]
fn a_fault_is_named_with_its_line_and_path() {
    let order = serde_json::to_string(&match testing::order(7) {
        Element::Order(order) => order,
        other => panic!("{other:?}"),
    })
    .unwrap();
    for (from, to, wanted) in [
        (
            "\"quantity\":1",
            "\"quantity\":\"Mary\"",
            "orders[1].lines[0].quantity: expected a whole number, found a text",
        ),
        (
            "\"quantity\":1",
            "\"quantity\":1e3",
            "orders[1].lines[0].quantity: expected a whole number, found a number with a fraction",
        ),
        (
            "\"quantity\":1",
            "\"quantity\":99999999999999999999999999",
            "orders[1].lines[0].quantity: expected a whole number, found a number",
        ),
        (
            "\"quantity\":1",
            "\"quantity\":9223372036854775808",
            "orders[1].lines[0].quantity: expected a whole number, found one out of range",
        ),
        (
            "\"quantity\":1",
            "\"quantity\":0",
            "orders[1].lines[0].quantity: expected 1 to 1000000",
        ),
        (
            "\"quantity\":1",
            "\"quantity\":1,\"quantity\":1",
            "orders[1].lines[0]: duplicate field `quantity`",
        ),
        (
            "\"quantity\":1",
            "\"quantity\":1,\"Mary\\u0007\":1",
            "orders[1].lines[0].?: unknown field `Mary\u{fffd}`, expected one of `id`, `product`",
        ),
        (
            "\"quantity\":1,",
            "",
            "orders[1].lines[0]: missing field `quantity`",
        ),
        (
            "\"delivered\"",
            "\"Mary\"",
            "orders[1].status: expected one of `pending`, `processed`, `shipped`, `delivered`, `cancelled`",
        ),
        (
            "\"kind\":\"payment\"",
            "\"kind\":\"Mary, expected her\"",
            "orders[1].payments[0].kind: expected `payment` or `refund`",
        ),
        (
            "\"US\"",
            "null",
            "orders[1].shipping_address.country: expected a text, found `null`",
        ),
        (
            "{\"id\":\"order-7\"",
            "{\"id\":\"\\ud800\"",
            "orders[1].id: ",
        ),
    ] {
        assert!(order.contains(from), "{from}");
        let other = order.replacen(from, to, 1);
        let text = with(&format!("\"orders\":[{order},\n\n{other}]"));
        let error = refused(&text);
        assert!(
            error.starts_with(&format!("shop.json:4: {wanted}")),
            "{error}"
        );
        assert!(
            !error.contains("Mary") || error.contains("unknown field"),
            "{error}"
        );
        // What is not handed out is not looked into, as long as it is JSON.
        let skipped = read_document_from(
            text.as_bytes(),
            "shop.json",
            &[Section::Faqs],
            &Progress::default(),
            &mut |_| Ok(()),
        );
        assert!(skipped.is_ok(), "{to}");
    }
}

#[test]
fn a_member_that_is_too_large_is_not_held_in_memory() {
    /// A text without an end.
    struct Text(Option<&'static [u8]>);
    impl Read for Text {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            match self.0.take() {
                Some(mut begin) => begin.read(out),
                None => std::io::repeat(b'a').read(out),
            }
        }
    }
    for (begin, path) in [
        (b"{\"faqs\":[{\"id\":\"".as_slice(), "faqs[0].id"),
        (b"{\"faqs\":[{\"".as_slice(), "faqs[0].?"),
        (b"{\"tax\":{\"rate\":\"".as_slice(), "tax.rate"),
        (b"{\"currency\":\"".as_slice(), "currency"),
        (b"{\"".as_slice(), ""),
    ] {
        let progress = Progress::default();
        let error = read_head_from(Text(Some(begin)), "shop.json", &progress).unwrap_err();
        assert_eq!(
            error.reason,
            format!("takes more than {LARGEST_MEMBER} bytes"),
            "{error}"
        );
        assert_eq!(error.path, path);
        assert!(!error.environment);
        assert!(progress.read() < 2 * LARGEST_MEMBER);
    }
}

#[test]
fn a_file_that_cannot_be_read_on_is_no_fault_of_the_document() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let text = b"{\"faqs\":[\n".as_slice().chain(Broken);
    let error = read_head_from(text, "shop.json", &Progress::default()).unwrap_err();
    assert!(error.environment);
    assert_eq!(
        error.to_string(),
        "shop.json:2: faqs: cannot be read: the disk is gone (column 0)"
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let text = format!("\u{feff}{}", with("\"faqs\":[]"));
    let (summary, _) = read(text.as_bytes()).unwrap();
    assert_eq!(summary.counts.total(), 0);
    assert!(read(format!("\u{feff}{text}").as_bytes()).is_err());
}
