//! Runs of digits with little between them, and the words in front of them.

use core::ops::Range;

/// Digits that touch, and what stands between them and the next digits of the same cluster.
pub(crate) type Group = Range<usize>;

/// Groups of digits that only separators part. `folded` positions.
pub(crate) struct Cluster {
    pub(crate) groups: Vec<Group>,
}

/// Finds the clusters whose gaps consist of at most `longest_gap` characters that `separates`.
/// Linear: every byte is looked at once.
pub(crate) fn clusters(
    folded: &[u8],
    separates: fn(u8) -> bool,
    longest_gap: usize,
) -> Vec<Cluster> {
    let mut found: Vec<Cluster> = Vec::new();
    let mut open: Vec<Group> = Vec::new();
    let mut group_start = None;
    let mut gap = 0;
    for (position, byte) in folded.iter().copied().chain([0]).enumerate() {
        if byte.is_ascii_digit() {
            group_start = group_start.or(Some(position));
            gap = 0;
            continue;
        }
        if let Some(start) = group_start.take() {
            open.push(start..position);
        }
        gap += 1;
        if (!separates(byte) || gap > longest_gap) && !open.is_empty() {
            found.push(Cluster {
                groups: core::mem::take(&mut open),
            });
        }
    }
    found
}

/// The byte at a position; 0 outside.
pub(crate) fn byte(folded: &[u8], position: usize) -> u8 {
    folded.get(position).copied().unwrap_or_default()
}

/// The byte before a position; 0 at the start.
pub(crate) fn byte_before(folded: &[u8], position: usize) -> u8 {
    position
        .checked_sub(1)
        .map_or(0, |before| byte(folded, before))
}

/// The values of the digits in a stretch.
pub(crate) fn digits(folded: &[u8], range: Range<usize>) -> impl Iterator<Item = u8> + '_ {
    folded
        .get(range)
        .unwrap_or_default()
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .map(|byte| byte - b'0')
}

/// Words in front of `position` on the same line, nearest first, in lower case, at most `reach`
/// characters back.
pub(crate) fn words_before(folded: &[u8], position: usize, reach: usize) -> Vec<String> {
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
pub(crate) fn is_labelled(folded: &[u8], start: usize) -> bool {
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

    fn separates(byte: u8) -> bool {
        matches!(byte, b' ' | b'-')
    }

    #[test]
    fn groups_join_over_separators_only() {
        let text = b"a 12-34  5, 67";
        let found = clusters(text, separates, 2);
        let shown: Vec<String> = found
            .iter()
            .map(|cluster| format!("{:?}", cluster.groups))
            .collect();
        assert_eq!(shown, ["[2..4, 5..7, 9..10]", "[12..14]"]);
    }

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
