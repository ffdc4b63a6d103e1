//! What the words in front of a number call it.

use crate::numbers::byte_before;

/// Words in front of `position` on the same line, nearest first, in lower case, at most `reach`
/// characters back.
pub(super) fn words_before(folded: &[u8], position: usize, reach: usize) -> Vec<String> {
    let window = folded
        .get(position.saturating_sub(reach)..position)
        .unwrap_or_default();
    let line = window
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    line.rsplit(|byte| !byte.is_ascii_alphabetic() && *byte != crate::fold::LETTER)
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.iter()
                .map(|byte| char::from(byte.to_ascii_lowercase()))
                .collect()
        })
        .collect()
}

/// Whether a number is called an order, a parcel, an article or the like right in front of it:
/// "order no. 10023", "#10023", "tracking: 00340…", "Bestellnummer 4711".
pub(super) fn is_labelled(folded: &[u8], start: usize) -> bool {
    is_labelled_within(folded, start, MOST_LISTED)
}

/// Numbers a label holds for: "orders 10022, 10023 and 10024".
const MOST_LISTED: u8 = 3;

fn is_labelled_within(folded: &[u8], start: usize, numbers: u8) -> bool {
    let mut near = start;
    while near > 0
        && matches!(
            byte_before(folded, near),
            b' ' | b'\t' | b'(' | b'"' | b'\''
        )
    {
        near -= 1;
    }
    if byte_before(folded, near) == b'#' {
        return true;
    }
    let window_start = start.saturating_sub(48);
    let window = folded.get(window_start..start).unwrap_or_default();
    // Digits between the label and the number belong to another number.
    let last_digit = window.iter().rposition(u8::is_ascii_digit);
    let from = last_digit.map_or(window_start, |last| window_start + last + 1);
    let words = words_before(folded, start, start - from);
    if let (Some(_), [word]) = (last_digit, words.as_slice())
        && CONNECTORS.contains(&word.as_str())
    {
        let digits = folded.get(window_start..from).unwrap_or_default();
        let number = digits
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        return numbers > 1 && is_labelled_within(folded, from - number, numbers - 1);
    }
    words
        .iter()
        .take(4)
        .find(|word| !FILLERS.contains(&word.as_str()))
        .is_some_and(|word| LABELS.iter().any(|label| word.starts_with(label)))
}

const CONNECTORS: [&str; 6] = ["and", "or", "und", "oder", "et", "y"];

/// Words that may stand between a label and its number.
const FILLERS: [&str; 22] = [
    "number", "no", "nr", "num", "id", "code", "is", "was", "the", "of", "ist", "war", "lautet",
    "nummer", "numero", "est", "es", "my", "ref", "with", "n", "numer",
];

/// How labels begin, in the languages the guard knows.
const LABELS: [&str; 50] = [
    "order",
    "tracking",
    "track",
    "parcel",
    "package",
    "packet",
    "shipment",
    "consignment",
    "waybill",
    "invoice",
    "receipt",
    "sku",
    "ean",
    "gtin",
    "upc",
    "isbn",
    "article",
    "item",
    "product",
    "model",
    "serial",
    "reference",
    "ticket",
    "booking",
    "confirmation",
    "rma",
    "customer",
    "batch",
    "voucher",
    "coupon",
    "bestell",
    "auftrag",
    "sendung",
    "paket",
    "rechnung",
    "artikel",
    "kunden",
    "liefer",
    "retoure",
    "commande",
    "suivi",
    "facture",
    "colis",
    "pedido",
    "seguimiento",
    "factura",
    "ordine",
    "spedizione",
    "encomenda",
    "zamowien",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for text in [
            "order 10023",
            "order no. 10023",
            "#10023",
            "Tracking number is: 10023",
            "Bestellnummer 10023",
            "my order # 10023",
            "orders 10022 and 10023",
        ] {
            let start = text.len() - 5;
            assert!(is_labelled(text.as_bytes(), start), "{text}");
        }
        for text in [
            "10023",
            "call me: 10023",
            "order 5 and call 10023",
            "order 5 10023",
        ] {
            let start = text.len() - 5;
            assert!(!is_labelled(text.as_bytes(), start), "{text}");
        }
    }
}
