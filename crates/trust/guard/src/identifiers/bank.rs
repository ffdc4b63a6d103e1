//! Accounts of banks that are no IBAN: numbers and routing numbers named as such, and the BIC.

use super::checks::weighted;
use crate::{
    finding::FindingKind,
    recognise::Recognised,
    scan::{Compact, Piece, Scan, is_word},
    vocabulary::Topics,
};

const SHORTEST: usize = 6;
const LONGEST: usize = 17;

pub(super) fn account(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    let said = piece.said;
    let any = Topics::ACCOUNT
        .with(Topics::ROUTING)
        .with(Topics::SORT_CODE);
    if said.is_of_a_shop() || !said.near.meets(any) {
        return None;
    }
    let read = Compact::read(scan.folded, piece.start, LONGEST, 1);
    let length = (SHORTEST..=read.text.len()).rev().find(|length| {
        read.end_of(scan.folded, *length).is_some()
            && read
                .first(*length)
                .is_some_and(|text| text.iter().all(u8::is_ascii_digit))
    })?;
    let text = read.first(length)?;
    let end = read.end_of(scan.folded, length)?;
    let labelled = said.label.meets(any);
    let routing = said.near.meets(Topics::ROUTING) && is_routing(text);
    let sort_code = said.near.meets(Topics::SORT_CODE) && length == 6;
    // An account near its name, a routing number near an account
    let account = labelled
        || (said.near.meets(Topics::ACCOUNT) && length >= 8 && !said.label.meets(Topics::PHONE));
    (routing || sort_code || account)
        .then(|| Recognised::new(FindingKind::BankAccount, piece.start..end, 85))
}

/// The check digit of the American Bankers Association.
fn is_routing(text: &[u8]) -> bool {
    text.len() == 9 && weighted(text, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// Words that are a BIC (ISO 9362) behind "BIC" or "SWIFT"; they may have no digit.
pub(super) fn identifiers(scan: &Scan<'_>) -> Vec<Recognised> {
    let mut found: Vec<Recognised> = Vec::new();
    for mention in scan
        .mentions
        .iter()
        .filter(|mention| mention.topics.meets(Topics::BIC))
    {
        let rest = scan.folded.get(mention.end..).unwrap_or_default();
        let rest = rest.get(..rest.len().min(40)).unwrap_or_default();
        let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let mut position = mention.end;
        for word in line.split(|byte| !is_word(*byte)) {
            let range = position..position + word.len();
            position = range.end + 1;
            let free = found
                .last()
                .is_none_or(|last| last.range.end <= range.start);
            if free && is_bic(word) {
                found.push(Recognised::new(FindingKind::BankAccount, range, 85));
                break;
            }
        }
    }
    found
}

fn is_bic(word: &[u8]) -> bool {
    matches!(word.len(), 8 | 11)
        && word
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && word.iter().take(6).all(u8::is_ascii_uppercase)
        && word
            .get(4..6)
            .is_some_and(crate::web_addresses::is_top_level)
}

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::{found, kinds};

    #[test]
    fn accounts_beside_their_names() {
        for (text, numbers) in [
            (
                "routing number 021000021, account 1234567890",
                vec!["021000021", "1234567890"],
            ),
            (
                "Sort code: 12-34-56, account number: 12345678",
                vec!["12-34-56", "12345678"],
            ),
            (
                "Kontonummer 0532013000, BLZ 370 400 44",
                vec!["0532013000", "370 400 44"],
            ),
            ("BIC: COBADEFFXXX", vec!["COBADEFFXXX"]),
            ("SWIFT code DEUTDEFF", vec!["DEUTDEFF"]),
        ] {
            let expected: Vec<_> = numbers
                .into_iter()
                .map(|number| ("BANK_ACCOUNT", number))
                .collect();
            assert_eq!(found(text), expected, "{text}");
        }
        assert!(kinds("I cannot log in to my account since 2024").is_empty());
    }
}
