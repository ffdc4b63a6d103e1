//! What the words around a number say that it is.

use core::ops::Range;

use crate::{
    fold::LETTER,
    numbers::{byte, byte_before},
};

/// Whether a text has to do with cards or with paying. Words of instruction count as well: "use
/// this for my order".
pub(super) fn speaks_of_cards(text: &[u8]) -> bool {
    text.split(|byte| !byte.is_ascii_alphabetic())
        .filter(|word| (2..=24).contains(&word.len()))
        .any(|word| is_card_word(&lower(word)))
}

fn lower(word: &[u8]) -> String {
    word.iter()
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

fn is_card_word(word: &str) -> bool {
    ["cc", "mc", "pan", "exp", "pay", "paid"].contains(&word)
        || CARD_WORDS.iter().any(|stem| word.starts_with(stem))
        || ["karte", "kaart", "card"]
            .iter()
            .any(|end| word.ends_with(end))
}

/// How words about cards begin.
const CARD_WORDS: [&str; 44] = [
    "card",
    "credit",
    "debit",
    "visa",
    "mastercard",
    "maestro",
    "amex",
    "american",
    "discover",
    "diners",
    "jcb",
    "unionpay",
    "cvv",
    "cvc",
    "csc",
    "expir",
    "paying",
    "payment",
    "charge",
    "bill",
    "karte",
    "kredit",
    "bezahl",
    "zahl",
    "belast",
    "carte",
    "paiement",
    "payer",
    "tarjeta",
    "pago",
    "carta",
    "cartao",
    "kaart",
    "karta",
    "checkout",
    "use",
    "using",
    "nimm",
    "verwend",
    "benutz",
    "abbuch",
    "utilis",
    "gebruik",
    "uzyj",
];

/// Whether the number that starts there is called an order, a parcel or an article, directly in
/// front of it: "order no. 10023", "Tracking number is: 0034…", "EAN 40…". Narrower than what
/// keeps a number from being a telephone number: only names under which shops and carriers give
/// out numbers as long as a card's, and nothing but a few words of transition between.
pub(super) fn is_labelled(text: &[u8], start: usize) -> bool {
    let mut at = start;
    let mut filled = false;
    for _ in 0..4 {
        let mut stop = false;
        while matches!(
            byte_before(text, at),
            b' ' | b'\t' | b':' | b'#' | b'=' | b'-' | b'_' | b'(' | b'"' | b'\'' | b'.'
        ) && start - at < FARTHEST_LABEL
        {
            at -= 1;
            stop |= byte(text, at) == b'.';
        }
        let word = word_before(text, at);
        let name = lower(text.get(word.clone()).unwrap_or_default());
        if FILLERS.contains(&name.as_str()) {
            at = word.start;
            filled = true;
        } else {
            // A full stop that shortens no word ends a sentence.
            let shortened = filled && SHORTENED.contains(&name.as_str());
            let stop = stop && !shortened;
            return !stop && is_label(&name) && !is_instruction(text, word.start);
        }
    }
    false
}

/// Labels that are written with a full stop in front of "no.": "Art.-Nr. 40…"; alone they end a sentence as often.
const SHORTENED: [&str; 7] = ["art", "ord", "bestell", "prod", "mod", "cat", "kat"];

/// "Réf. 40…": too weak a name for what may be a card, enough for what a trade number's check digit speaks for.
pub(super) fn is_referred(text: &[u8], start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().iter().rev();
    let gap = before
        .take(3)
        .take_while(|byte| matches!(byte, b' ' | b'.' | b':'))
        .count();
    let word = word_before(text, start - gap);
    let name = lower(text.get(word).unwrap_or_default());
    gap > 0 && ["ref", "art", "rif"].contains(&name.as_str())
}

/// How far in front of a number its label may end.
const FARTHEST_LABEL: usize = 40;

fn is_label(word: &str) -> bool {
    LABELS.iter().any(|label| word.starts_with(label)) && !["ordered", "ordering"].contains(&word)
}

/// "to order 4242…" says what to do, not what the number is.
fn is_instruction(text: &[u8], label: usize) -> bool {
    let gap = text.get(..label).unwrap_or_default();
    let end = gap.len()
        - gap
            .iter()
            .rev()
            .take(4)
            .take_while(|byte| **byte == b' ')
            .count();
    let word = lower(text.get(word_before(text, end)).unwrap_or_default());
    ["to", "in", "zu", "zur"].contains(&word.as_str())
}

/// The word that ends at a position; its last 32 characters when it is longer.
pub(super) fn word_before(text: &[u8], end: usize) -> Range<usize> {
    let before = text.get(..end).unwrap_or_default().iter().rev();
    let length = before
        .take(32)
        .take_while(|byte| byte.is_ascii_alphabetic() || **byte == LETTER)
        .count();
    end - length..end
}

/// "SKU4111…": one word of two to five capital letters and the number, as articles are named;
/// "AB-5045…": with a hyphen only up to the twelve digits that hardly any card has.
pub(super) fn is_article(text: &[u8], range: &Range<usize>) -> bool {
    let hyphen = matches!(byte_before(text, range.start), b'-' | b'_');
    let word = word_before(text, range.start - usize::from(hyphen));
    let letters = text.get(word.clone()).unwrap_or_default();
    let before = byte_before(text, word.start);
    (2..=5).contains(&letters.len())
        && letters.iter().all(u8::is_ascii_uppercase)
        && !before.is_ascii_alphanumeric()
        && !FILLERS.contains(&lower(letters).as_str())
        && (!hyphen || range.len() <= 12)
}

/// Words between a label and its number.
const FILLERS: [&str; 24] = [
    "number", "no", "nr", "num", "id", "code", "is", "was", "my", "ist", "war", "lautet", "nummer",
    "numero", "est", "es", "ref", "n", "numer", "says", "di", "de", "h", "e",
];

/// How labels begin, in the languages the guard knows.
const LABELS: [&str; 62] = [
    "order",
    "art",
    "katalog",
    "tracking",
    "track",
    "trace",
    "parcel",
    "package",
    "packet",
    "shipment",
    "shipping",
    "consignment",
    "waybill",
    "invoice",
    "sku",
    "ean",
    "gtin",
    "upc",
    "isbn",
    "article",
    "product",
    "model",
    "serial",
    "rma",
    "bestel",
    "auftrag",
    "sendung",
    "paket",
    "rechnung",
    "artikel",
    "liefer",
    "retourennummer",
    "produkt",
    "commande",
    "suivi",
    "facture",
    "colis",
    "produit",
    "pedido",
    "seguimiento",
    "factura",
    "articulo",
    "producto",
    "ordine",
    "spedizione",
    "articolo",
    "prodotto",
    "encomenda",
    "rastreio",
    "rastreamento",
    "artigo",
    "produto",
    "zending",
    "pakket",
    "volgnummer",
    "zamowien",
    "przesylk",
    "paczk",
    "fedex",
    "dhl",
    "ups",
    "dpd",
];
