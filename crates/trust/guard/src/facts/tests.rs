use terms::Untrusted;

use crate::gate::{self, Known, Part, Pseudonyms};

pub(super) fn said(text: &str, known: &Known) -> String {
    let parts = vec![Part::Text(Untrusted::new(text.to_owned()))];
    let parts = gate::checked(parts, known, &Pseudonyms::default()).parts;
    let texts = parts.into_iter().map(|part| match part {
        Part::Text(text) => text.danger_into_raw(),
        _ => String::new(),
    });
    texts.collect()
}

fn known() -> Known {
    let mut known = Known::default();
    known.amount(129_900, "EUR");
    known.text(
        "Returns are free within 30 days of 12 May 2026. Delivery takes 3 to 5 working days.",
    );
    known.identifier("#10023");
    known.goods("Copper kettle", true);
    known.goods("Linen shirt", false);
    known
}

#[test]
fn what_is_known_is_said_in_any_notation() {
    let known = known();
    for text in [
        "It costs 1.299,00 €.",
        "It costs EUR 1299.",
        "It costs 1,299.00 euros.",
        "Es kostet 1 299,00 €.",
        "Das macht € 1.299,-.",
        "Ça coûte mille deux cent quatre-vingt-dix-neuf euros.",
        "You have 30 days.",
        "You have thirty days.",
        "Sie haben dreißig Tage.",
        "Kostenlose Rückgabe bis 12.05.2026.",
        "It was 2026-05-12.",
        "It was on May 12th.",
        "Am Dienstag, 12. Mai.",
        "Le 12 mai 2026.",
        "3–5 Werktage.",
        "De 3 a 5 días laborables.",
        "Order 10023 and #10023.",
        "The copper kettle is in stock.",
        "The linen shirt is sold out.",
        "Das Modell Linen shirt ist nicht auf Lager.",
        "Hello, what can I do for you?",
    ] {
        assert_eq!(said(text, &known), text);
    }
}

#[test]
fn what_is_not_known_is_cut() {
    let known = known();
    for text in [
        "It costs 1.298,00 €.",
        "It costs 1299 $.",
        "It costs **12**99 USD.",
        "You have 31 days.",
        "You have thirty-one days.",
        "3–5 Tage.",
        "3-6 Werktage.",
        "It was on May 13th.",
        "It was 2027-05-12.",
        "Am Mittwoch kommt es.",
        "Order 10024 is yours.",
        "The linen shirt is in stock.",
        "The copper kettle is sold out.",
        "You get a full refund.",
        "Der Versand ist kostenlos.",
        "It is 20 % off.",
        "It arrives tomorrow.",
        "I have cancelled your order.",
    ] {
        assert_eq!(said(text, &known), "", "{text}");
    }
    assert_eq!(
        said(
            "Good choice. It costs 5 €. Shall I add it?\n- 30 days\n- 40 days",
            &known
        ),
        "Good choice. Shall I add it?\n- 30 days"
    );
}

/// Numbers that no clock and no calendar has are numbers.
#[test]
fn no_number_is_too_large() {
    for text in [
        "10023Uhr",
        "10023h",
        "10023 pm",
        "99999:59",
        "99:99",
        "99.99.9999",
        "999999999999999 weeks",
        "999999999999999 years",
        "9999999999999999999999 €",
        "999999999999999.999 cents",
        "nine hundred thousand thousand thousand weeks",
    ] {
        assert_eq!(said(text, &Known::default()), "", "{text}");
    }
}

#[test]
fn what_she_said_is_hers() {
    let mut known = Known::default();
    known.said("is 49 € too much for order 10099?");
    for text in [
        "Is 49 € too much for you?",
        "You said 49 €.",
        "Here is what I found under 49 €:",
        "I find no order 10099.",
        "I don't know whether it costs 49 €.",
    ] {
        assert_eq!(said(text, &known), text);
    }
    for text in [
        "Yes, it costs 49 €.",
        "It costs 49 €, right?",
        "Order 10099 is on its way.",
        "It costs no more than 49 €.",
        "49 €.",
    ] {
        assert_eq!(said(text, &known), "", "{text}");
    }
}

mod canaries;
mod corpus;
mod voice;
