//! International bank account numbers, ISO 13616-1: a country, two check digits, and an account of
//! the country's length, in any grouping.

use core::ops::Range;

use super::checks::mod_97;
use crate::{
    finding::FindingKind,
    numbers::{byte, byte_before},
    recognise::Recognised,
    scan::{Compact, Piece, Scan, is_word},
    vocabulary::{Topics, is_letter},
};

/// The separators that may stand between two characters of an IBAN.
const WIDEST_GAP: usize = 3;
const LONGEST: usize = 34;

/// The IBAN that starts in a piece or in the two letters before it.
pub(super) fn find(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    let folded = scan.folded;
    for start in starts(folded, piece) {
        let read = Compact::read(folded, start, LONGEST, WIDEST_GAP);
        if let Some(length) = valid(&read) {
            let end = read.ends.get(length - 1).copied()?;
            return Some(Recognised::new(FindingKind::IbanCode, start..end, 100));
        }
        let Some(&[a, b, c, d]) = read.text.first_chunk::<4>() else {
            continue;
        };
        let groups = account_in([a, b]).filter(|_| c.is_ascii_digit() && d.is_ascii_digit());
        let Some(end) = groups.and_then(|groups| read.end_of(folded, length_of(groups))) else {
            continue;
        };
        let named = piece.said.near.meets(Topics::IBAN.with(Topics::ACCOUNT));
        // Mistyped, and still somebody's account.
        if named {
            return Some(Recognised::new(FindingKind::IbanCode, start..end, 70));
        }
    }
    None
}

/// Whether a stretch of digits lies within an IBAN whose check digits hold: then they are no card.
pub(crate) fn covers(folded: &[u8], range: &Range<usize>) -> bool {
    let first = range.start.saturating_sub(FARTHEST_HEAD);
    (first..range.start).any(|start| {
        let opens = !is_letter(byte_before(folded, start));
        let head = folded.get(start..start + 2).unwrap_or_default();
        // "I T 6 0": a capital letter by itself.
        let head = match head {
            [letter, b' '] => core::slice::from_ref(letter),
            _ => head,
        };
        let glued = byte(folded, start + 2).is_ascii_digit();
        let country =
            |byte: &u8| byte.is_ascii_uppercase() || (glued && byte.is_ascii_alphabetic());
        if !opens || !head.iter().all(country) {
            return false;
        }
        let read = Compact::read(folded, start, LONGEST, WIDEST_GAP);
        valid(&read).is_some_and(|length| {
            read.ends
                .get(length - 1)
                .is_some_and(|end| *end >= range.end)
        })
    })
}

/// How far in front of digits the country may stand.
const FARTHEST_HEAD: usize = 24;

/// The length of the IBAN that a reading starts with, when its check digits hold.
fn valid(read: &Compact) -> Option<usize> {
    let &[a, b, c, d] = read.text.first_chunk::<4>()?;
    let groups = account_in([a, b]).filter(|_| c.is_ascii_digit() && d.is_ascii_digit())?;
    let length = length_of(groups);
    let (head, account) = read.first(length)?.split_at_checked(4)?;
    (is_shaped(account, groups) && mod_97(account.iter().chain(head).copied()) == 1)
        .then_some(length)
}

/// Where a country's two letters may stand: in the piece before its first digit, or as words of
/// one or two letters before the piece.
fn starts(folded: &[u8], piece: &Piece) -> impl Iterator<Item = usize> {
    let text = folded.get(piece.start..piece.end).unwrap_or_default();
    let letters = text
        .iter()
        .take_while(|byte| !byte.is_ascii_digit())
        .count();
    let inside = letters
        .checked_sub(2)
        .filter(|before| {
            // "IBANDE89…": glued to its name, or to nothing.
            let name = text.get(..*before).unwrap_or_default();
            name.is_empty() || name.to_ascii_lowercase().ends_with(b"iban") || text.len() >= 15
        })
        .map(|before| piece.start + before);
    // "D E 8 9 …", "DE 89 …", "DE-89…"
    let apart = (letters < 2)
        .then(|| {
            let mut start = piece.start;
            let mut missing = 2 - letters;
            for _ in 0..2 * (WIDEST_GAP + 1) {
                match byte_before(folded, start) {
                    byte if byte.is_ascii_alphabetic() && missing > 0 => missing -= 1,
                    b' ' | b'-' | b'.' | b':' if missing > 0 => {}
                    _ => break,
                }
                start -= 1;
            }
            // "no. 7368…" is Norway's only where somebody speaks of accounts.
            let written = folded.get(start..piece.start).unwrap_or_default();
            let plain = written
                .iter()
                .any(|byte| byte.is_ascii_lowercase() || *byte == b'.');
            let named = piece.said.near.meets(Topics::IBAN);
            (missing == 0 && !is_word(byte_before(folded, start)) && (named || !plain))
                .then_some(start)
        })
        .flatten();
    inside.into_iter().chain(apart)
}

/// Kinds of characters and how many of each, in order.
type Groups = &'static [(u8, usize)];

/// The groups of an account in a country.
fn account_in(country: [u8; 2]) -> Option<Groups> {
    ACCOUNTS
        .iter()
        .find(|(_, countries)| countries.as_chunks::<2>().0.contains(&country))
        .map(|(groups, _)| *groups)
}

/// The length of an IBAN with such an account.
fn length_of(groups: &[(u8, usize)]) -> usize {
    4 + groups.iter().map(|(_, count)| count).sum::<usize>()
}

fn is_shaped(account: &[u8], groups: &[(u8, usize)]) -> bool {
    let kinds = groups
        .iter()
        .flat_map(|(kind, count)| core::iter::repeat_n(*kind, *count));
    account.iter().zip(kinds).all(|(byte, kind)| match kind {
        b'a' => byte.is_ascii_uppercase(),
        b'n' => byte.is_ascii_digit(),
        _ => true,
    })
}

/// Groups of letters (`a`), digits (`n`) and either (`c`) in an account, and the countries with such
/// accounts: the SWIFT registry, and what is in use beside it.
const ACCOUNTS: [(Groups, &[u8]); 57] = [
    (&[(b'n', 11)], b"NO"),
    (&[(b'n', 12)], b"BE"),
    (&[(b'a', 2), (b'n', 12)], b"FK"),
    (&[(b'a', 4), (b'n', 10)], b"NL"),
    (&[(b'n', 14)], b"DKFIFOGLSD"),
    (&[(b'n', 3), (b'c', 10), (b'n', 2)], b"MK"),
    (&[(b'n', 15)], b"SI"),
    (&[(b'n', 3), (b'c', 13)], b"KZLU"),
    (&[(b'n', 16)], b"ATBAEELTMNXK"),
    (&[(b'a', 4), (b'c', 13)], b"LV"),
    (&[(b'n', 5), (b'c', 12)], b"CHLI"),
    (&[(b'n', 17)], b"HR"),
    (&[(b'a', 2), (b'n', 16)], b"GE"),
    (&[(b'a', 4), (b'c', 14)], b"BH"),
    (&[(b'a', 4), (b'n', 6), (b'c', 8)], b"BG"),
    (&[(b'a', 4), (b'n', 14)], b"GBIE"),
    (&[(b'n', 18)], b"CRDEMERSVA"),
    (&[(b'a', 4), (b'c', 15)], b"GI"),
    (&[(b'a', 4), (b'n', 15)], b"IQ"),
    (&[(b'n', 3), (b'c', 16)], b"OM"),
    (&[(b'n', 19)], b"AEILSOTL"),
    (&[(b'a', 4), (b'c', 16)], b"PKRO"),
    (&[(b'a', 4), (b'n', 16)], b"VG"),
    (&[(b'c', 20)], b"MD"),
    (&[(b'n', 2), (b'c', 18)], b"SA"),
    (&[(b'n', 8), (b'c', 12)], b"AD"),
    (&[(b'n', 20)], b"CZESSESKTN"),
    (&[(b'c', 2), (b'n', 19)], b"GW"),
    (&[(b'n', 21)], b"AOCVLYMZPTST"),
    (&[(b'n', 6), (b'c', 16)], b"TR"),
    (&[(b'n', 22)], b"DZIRIS"),
    (&[(b'a', 1), (b'n', 10), (b'c', 12)], b"ITSM"),
    (&[(b'n', 7), (b'c', 16)], b"GR"),
    (&[(b'n', 10), (b'c', 11), (b'n', 2)], b"FRMC"),
    (&[(b'n', 23)], b"BICFCGCMDJGAGQKMMGMRTD"),
    (&[(b'a', 1), (b'c', 1), (b'n', 22)], b"CI"),
    (&[(b'a', 2), (b'n', 22)], b"NESNTG"),
    (&[(b'a', 4), (b'c', 20)], b"AZ"),
    (&[(b'a', 4), (b'n', 20)], b"HNNISV"),
    (&[(b'c', 2), (b'n', 22)], b"BFBJML"),
    (&[(b'c', 4), (b'n', 4), (b'c', 16)], b"BY"),
    (&[(b'c', 4), (b'n', 20)], b"DO"),
    (&[(b'c', 24)], b"GT"),
    (&[(b'n', 4), (b'c', 20)], b"LB"),
    (&[(b'n', 8), (b'c', 16)], b"ALCY"),
    (&[(b'n', 24)], b"HUMAPL"),
    (&[(b'a', 4), (b'c', 21)], b"PSQA"),
    (&[(b'n', 6), (b'c', 19)], b"UA"),
    (&[(b'n', 23), (b'a', 1), (b'c', 1)], b"BR"),
    (&[(b'n', 25)], b"EG"),
    (&[(b'a', 4), (b'c', 22)], b"KW"),
    (&[(b'a', 4), (b'n', 4), (b'c', 18)], b"JOYE"),
    (&[(b'a', 4), (b'n', 19), (b'a', 3)], b"MU"),
    (&[(b'a', 4), (b'n', 5), (b'c', 18)], b"MT"),
    (&[(b'a', 4), (b'n', 20), (b'a', 3)], b"SC"),
    (&[(b'a', 4), (b'c', 24)], b"LC"),
    (&[(b'n', 14), (b'c', 15)], b"RU"),
];

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::{found, kinds};

    #[test]
    fn in_any_grouping() {
        for text in [
            "DE89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
            "de89 3704 0044 0532 0130 00",
            "DE 89 37040044 0532013000",
            "D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0",
            "DE89-3704-0044-0532-0130-00",
            "DE89.3704.0044.0532.0130.00",
            "DE89 - 3704 - 0044 - 0532 - 0130 - 00",
            "GB82 WEST 1234 5698 7654 32",
            "NL91ABNA0417164300",
            "FR14 2004 1010 0505 0001 3M02 606",
            "MT84MALT011000012345MTLCAST001S",
            "NO9386011117947",
        ] {
            assert_eq!(found(text), [("IBAN_CODE", text)], "{text}");
        }
        assert_eq!(
            found("IBANDE89370400440532013000"),
            [("IBAN_CODE", "DE89370400440532013000")]
        );
        assert_eq!(
            found("iban:DE89370400440532013000, thanks"),
            [("IBAN_CODE", "DE89370400440532013000")]
        );
        // Its digits would be a card's.
        assert_eq!(
            found("GB43ABCD30564304432445"),
            [("IBAN_CODE", "GB43ABCD30564304432445")]
        );
        assert!(!kinds("order no. 7368964903526").contains(&"IBAN_CODE"));
        assert_eq!(kinds("my IBAN is DE88370400440532013000"), ["IBAN_CODE"]);
        assert!(
            kinds("article DE88370400440532013000").is_empty()
                || kinds("article DE88370400440532013000") == ["ARTICLE_NUMBER"]
        );
    }
}
