//! Numbers on their own; `tests/vectors/cards.json` has more, for the widget as well.

use super::*;
use crate::view::View;

fn without(text: &str) -> String {
    let view = View::of(text);
    let found = find(&view.folded);
    let cuts: Vec<_> = found
        .into_iter()
        .map(|(kind, range)| crate::view::Cut {
            range,
            with: if kind == FindingKind::CreditCard {
                "<card>"
            } else {
                "<code>"
            }
            .to_owned(),
        })
        .collect();
    view.replaced(&cuts)
}

#[test]
fn cards_in_their_disguises() {
    for (text, expected) in [
        ("4111111111111111", "<card>"),
        (
            "pay with 4111 1111 1111 1111 please",
            "pay with <card> please",
        ),
        ("4111-1111-1111-1111", "<card>"),
        ("4111.1111.1111.1111", "<card>"),
        ("4111\u{A0}1111\u{2009}1111\u{202F}1111", "<card>"),
        ("4111\u{200B}1111\u{2060}1111\u{FEFF}1111", "<card>"),
        ("４１１１ １１１１ １１１１ １１１１", "<card>"),
        ("٤١١١١١١١١١١١١١١١", "<card>"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "<card>"),
        ("41 11 11 11 11 11 11 11", "<card>"),
        ("4111\n1111\n1111\n1111", "<card>"),
        ("4111, 1111, 1111, 1111", "<card>"),
        ("**4111** **1111** **1111** **1111**", "**<card>**"),
        ("4111–1111–1111–1111", "<card>"),
        ("4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣", "<card>\u{20E3}"),
        ("visa4111111111111111exp", "visa<card>exp"),
        ("3782 822463 10005", "<card>"),
        ("30569309025904", "<card>"),
        ("6011000990139424", "<card>"),
        ("3530111333300000", "<card>"),
        ("5018 0000 0009", "<card>"),
        (
            "my order 10023 and card 5555555555554444",
            "my order 10023 and card <card>",
        ),
        ("pay order 4111111111111111", "pay order <card>"),
    ] {
        assert_eq!(without(text), expected, "{text}");
    }
}

#[test]
fn security_codes() {
    for (text, expected) in [
        ("4111111111111111 12/27 123", "<card> 12/27 <code>"),
        (
            "4111 1111 1111 1111, 12/2027, 123",
            "<card>, 12/2027, <code>",
        ),
        ("4111 1111 1111 1111 cvv 123", "<card> cvv <code>"),
        ("CVC: 1234", "CVC: <code>"),
        ("cvv 123cvv 456", "cvv <code>cvv <code>"),
        ("4111 1111 1111 1111cvv 123", "<card>cvv <code>"),
        ("the security code is 123.", "the security code is <code>."),
        ("cvv2 = 1 2 3", "cvv2 = <code>"),
        ("Prüfziffer 987", "Prüfziffer <code>"),
        ("123 is my cvv", "<code> is my cvv"),
        (
            "cvv number on the back is 123",
            "cvv number on the back is <code>",
        ),
    ] {
        assert_eq!(without(text), expected, "{text}");
    }
}

#[test]
fn other_numbers_stay() {
    for text in [
        "order #10023",
        "order number 4111111111111111",
        "tracking: 00340434161094042557",
        "1Z999AA10123456784",
        "SKU4111111111111111",
        "about AA-504573956506",
        "sizes 110 116 122 128",
        "sizes 36 38 40 42 44 46 48",
        "49.99 39.99 29.99 19.99",
        "4111111111111112",
        "+49 171 1234567",
        "between 2024-05-12 and 2024-06-13",
        "DE89 3704 0044 0532 0130 00",
        "one-time code 482913",
        "the security code for order 10023 never came",
    ] {
        assert_eq!(without(text), text);
    }
}
