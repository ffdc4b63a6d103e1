//! The sample shop, and the same with one thing wrong.

use std::fs;

use commerce::document::{Element, Section};

use super::*;

const FILES: &[(&str, &str)] = &[
    (
        "products.csv",
        "id,title,price,image_url\n\
         roses,Bouquet of Red Roses,3500,https://example.com/roses.jpg\n\
         pot,\"Pot, \"\"ceramic\"\"\",1500,\n",
    ),
    ("inventory.csv", "product_id,quantity\nroses,1000\n"),
    (
        "discounts.csv",
        "code,type,value,description\n10OFF,percentage,10,10% Off\nFIXED500,fixed_amount,500,\n",
    ),
    (
        "promotions.csv",
        "id,type,min_subtotal,eligible_item_ids,description\n\
         promo_1,free_shipping,10000,,Free Shipping on orders over $100\n\
         promo_2,free_shipping,,\"[\"\"roses\"\"]\",Roses\n\
         promo_3,free_shipping,,[],\n",
    ),
    (
        "customers.csv",
        "id,name,email\ncust_1,John von Doe,john@example.com\ncust_2,Cher,cher@example.com\n",
    ),
    (
        "addresses.csv",
        "id,customer_id,street_address,city,state,postal_code,country\n\
         addr_1,cust_1,123 Main St,Springfield,IL,62704,US\n\
         addr_2,cust_1,456 Oak Ave,Metropolis,,10012,US\n",
    ),
    (
        "shipping_rates.csv",
        "id,country_code,service_level,price,title\n\
         std-ship,default,standard,500,Standard Shipping\n\
         exp-ship-us,US,express,1500,Express Shipping (US)\n",
    ),
    (
        "payment_instruments.csv",
        "id,type,brand,last_digits,token,handler_id\ninstr_1,card,Visa,0000,secret_token,mock\n",
    ),
    (
        "conformance_input.json",
        "{\"currency\": \"EUR\", \"items\": [{\"id\": \"roses\"}]}",
    ),
];

fn folder() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        fs::write(home.path().join(name), text).unwrap();
    }
    home
}

/// The error when in one file one thing is another, without the folder's own place.
fn refused(file: &str, from: &str, to: &str) -> String {
    let home = folder();
    let path = home.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let error = read_ucp_folder(home.path()).unwrap_err().to_string();
    error.replacen(&format!("{}/", home.path().display()), "", 1)
}

#[test]
fn the_sample_shop() {
    let home = folder();
    let shop = read_ucp_folder(home.path()).unwrap();
    assert_eq!(shop.head.currency.as_str(), "EUR");
    assert_eq!(shop.head.tax, None);
    assert_eq!(shop.counts.total(), 11);
    let sections: Vec<Section> = shop
        .elements
        .iter()
        .map(|one| one.element.section())
        .collect();
    assert!(sections.is_sorted());
    let mut places = shop.elements.iter().map(|one| {
        let file = one.file.rsplit('/').next().unwrap();
        (file, one.line)
    });
    assert_eq!(places.next(), Some(("products.csv", 2)));
    assert_eq!(places.next_back(), Some(("customers.csv", 3)));

    let json: Vec<serde_json::Value> = shop
        .elements
        .iter()
        .map(|one| match &one.element {
            Element::Product(one) => serde_json::to_value(one),
            Element::Discount(one) => serde_json::to_value(one),
            Element::Promotion(one) => serde_json::to_value(one),
            Element::Shipping(one) => serde_json::to_value(one),
            Element::Customer(one) => serde_json::to_value(one),
            other => panic!("{other:?}"),
        })
        .map(Result::unwrap)
        .collect();
    let wanted = serde_json::json!([
        {"id": "roses", "title": "Bouquet of Red Roses", "image_url": "https://example.com/roses.jpg",
         "options": [], "variants": [
            {"id": "roses", "options": {}, "price": 3500, "available": true, "stock": 1000}]},
        {"id": "pot", "title": "Pot, \"ceramic\"", "options": [], "variants": [
            {"id": "pot", "options": {}, "price": 1500, "available": true}]},
        {"code": "10OFF", "kind": "percentage", "value": 10, "description": "10% Off"},
        {"code": "FIXED500", "kind": "fixed", "value": 500},
        {"id": "promo_1", "kind": "free_shipping", "min_subtotal": 10000,
         "description": "Free Shipping on orders over $100"},
        {"id": "promo_2", "kind": "free_shipping", "products": ["roses"], "description": "Roses"},
        {"id": "promo_3", "kind": "free_shipping"},
        {"id": "std-ship", "title": "Standard Shipping", "price": 500, "level": "standard"},
        {"id": "exp-ship-us", "title": "Express Shipping (US)", "price": 1500, "country": "US",
         "level": "express"},
        {"id": "cust_1", "email": "john@example.com", "given_name": "John von", "family_name": "Doe",
         "addresses": [
            {"id": "addr_1", "line1": "123 Main St", "city": "Springfield", "region": "IL",
             "postal_code": "62704", "country": "US", "default": true},
            {"id": "addr_2", "line1": "456 Oak Ave", "city": "Metropolis", "postal_code": "10012",
             "country": "US"}],
         "payment_methods": []},
        {"id": "cust_2", "email": "cher@example.com", "given_name": "Cher", "family_name": "",
         "addresses": [], "payment_methods": []},
    ]);
    assert_eq!(serde_json::Value::from(json), wanted);
    let [warning] = shop.warnings.as_slice() else {
        panic!("{:?}", shop.warnings);
    };
    assert!(warning.contains("payment_instruments.csv` was checked and not imported"));
    assert!(!format!("{shop:?}").contains("secret_token"));
}

#[test]
fn names_are_parted_at_the_last_word() {
    for (name, given, family) in [
        ("Jane Doe", "Jane", "Doe"),
        (" Ludwig  van   Beethoven ", "Ludwig  van", "Beethoven"),
        ("Cher", "Cher", ""),
        ("", "", ""),
    ] {
        assert_eq!(parted(name), (given, family));
    }
}

#[test]
fn the_currency_is_dollars_unless_it_is_said() {
    let home = folder();
    let path = home.path().join("conformance_input.json");
    fs::write(&path, "{}").unwrap();
    let shop = read_ucp_folder(home.path()).unwrap();
    assert_eq!(shop.head.currency.as_str(), "USD");
    fs::remove_file(&path).unwrap();
    let shop = read_ucp_folder(home.path()).unwrap();
    assert_eq!(shop.head.currency.as_str(), "USD");
}

#[test]
fn faults_are_named_with_file_line_and_column() {
    for (file, from, to, wanted) in [
        (
            "products.csv",
            "3500",
            "35.00",
            "products.csv:2: price: expected a whole number, digits alone",
        ),
        (
            "products.csv",
            "3500",
            "-1",
            "products.csv:2: price: expected a whole number, digits alone",
        ),
        (
            "products.csv",
            "pot,",
            "roses,",
            "products.csv:3: id: is given twice",
        ),
        (
            "products.csv",
            "roses,",
            ",",
            "products.csv:2: id: expected 1 to 200 characters",
        ),
        (
            "products.csv",
            "https:",
            "ftp:",
            "products.csv:2: image_url: expected an address",
        ),
        (
            "products.csv",
            "image_url",
            "picture",
            "products.csv:1: picture: unknown column, expected `id`, `title`, `price`, `image_url`",
        ),
        (
            "products.csv",
            ",image_url",
            "",
            "products.csv:1: image_url: missing column, expected `id`, `title`, `price`, `image_url`",
        ),
        (
            "inventory.csv",
            "roses",
            "tulips",
            "inventory.csv:2: product_id: names no product of `products.csv`",
        ),
        (
            "inventory.csv",
            "roses,1000\n",
            "roses,1\nroses,2\n",
            "inventory.csv:3: product_id: is given twice",
        ),
        (
            "discounts.csv",
            "percentage",
            "percent",
            "discounts.csv:2: type: expected one of `percentage`, `fixed_amount`",
        ),
        (
            "discounts.csv",
            ",10,",
            ",101,",
            "discounts.csv:2: value: expected 0 to 100",
        ),
        (
            "promotions.csv",
            "free_shipping",
            "gift",
            "promotions.csv:2: type: expected one of `free_shipping`",
        ),
        (
            "promotions.csv",
            "\"\"roses\"\"]",
            "\"\"tulips\"\"]",
            "promotions.csv:3: eligible_item_ids: names a product",
        ),
        (
            "promotions.csv",
            "\"\"roses\"\"]",
            "roses]",
            "promotions.csv:3: eligible_item_ids: expected a JSON list",
        ),
        (
            "customers.csv",
            "john@",
            "john",
            "customers.csv:2: email: expected an e-mail address",
        ),
        (
            "customers.csv",
            "cust_2",
            "cust_1",
            "customers.csv:3: id: is given twice",
        ),
        (
            "customers.csv",
            ",cher@example.com",
            "",
            "customers.csv:3: expected 3 columns, found 2",
        ),
        (
            "addresses.csv",
            "addr_2,cust_1",
            "addr_2,cust_9",
            "addresses.csv:3: customer_id: names no customer of `customers.csv`",
        ),
        (
            "addresses.csv",
            "addr_2",
            "addr_1",
            "addresses.csv:3: id: is given twice for this customer",
        ),
        (
            "addresses.csv",
            "US",
            "",
            "addresses.csv:2: country: expected 1 to 60 characters",
        ),
        (
            "shipping_rates.csv",
            "US",
            "us",
            "shipping_rates.csv:3: country_code: expected two capital letters",
        ),
        (
            "payment_instruments.csv",
            "0000",
            "4111111111111111",
            "payment_instruments.csv:2: last_digits: expected exactly four digits",
        ),
        (
            "payment_instruments.csv",
            "token",
            "secret",
            "payment_instruments.csv:1: secret: unknown column",
        ),
        (
            "conformance_input.json",
            "EUR",
            "euro",
            "conformance_input.json: currency: expected three capital letters",
        ),
        (
            "conformance_input.json",
            "\"EUR\"",
            "7",
            "conformance_input.json:1: expected a text, found a whole number",
        ),
    ] {
        let error = refused(file, from, to);
        assert!(error.starts_with(wanted), "{error}");
        for value in ["john", "4111", "tulips", "Main St"] {
            assert!(!error.contains(value), "{error}");
        }
    }
}

#[test]
fn a_file_that_is_missing_is_named() {
    for (file, _) in FILES.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let home = folder();
        fs::remove_file(home.path().join(file)).unwrap();
        let error = read_ucp_folder(home.path()).unwrap_err().to_string();
        assert!(
            error.ends_with(&format!("{file}: is missing in the folder")),
            "{error}"
        );
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let home = folder();
    let file = fs::File::create(home.path().join("customers.csv")).unwrap();
    file.set_len(64 * 1024 * 1024 + 1).unwrap();
    let error = read_ucp_folder(home.path()).unwrap_err().to_string();
    assert!(
        error.ends_with("customers.csv: is larger than 67108864 bytes"),
        "{error}"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_folder_is_too_odd(
        number in 0..FILES.len(),
        at in proptest::prelude::any::<proptest::sample::Index>(),
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..20),
    ) {
        let home = folder();
        let (name, text) = FILES[number];
        let mut text = text.as_bytes().to_vec();
        let at = at.index(text.len());
        text.splice(at..(at + 3).min(text.len()), bytes);
        fs::write(home.path().join(name), text).unwrap();
        if let Ok(shop) = read_ucp_folder(home.path()) {
            for one in &shop.elements {
                proptest::prop_assert_eq!(check::element(&one.element), Ok(()));
            }
        }
    }
}

#[test]
fn files_in_memory_are_the_same_shop() {
    let held: Vec<(&str, &[u8])> = FILES
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let shop = read_ucp_files(&held).unwrap();
    assert_eq!(
        shop.counts,
        read_ucp_folder(folder().path()).unwrap().counts
    );
    let missing = read_ucp_files(&held[1..]).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "products.csv: is missing in the folder"
    );
}
