//! Numbers of orders, parcels and articles: recognised so that nothing masks them, since the
//! planner looks them up.
//!
//! What is called so counts, in any format. What is not called anything counts when a carrier's or
//! a trader's published format and its check digit say so.

use core::ops::Range;

use crate::{
    finding::FindingKind,
    identifiers::checks::{number, value_of, weighted},
    numbers::{byte, byte_before},
    recognise::Recognised,
    scan::{Piece, Scan, is_word},
    vocabulary::{Topics, is_letter},
};

/// Numbers that are named, or that have a format of their own.
pub(crate) fn find(scan: &Scan<'_>) -> Vec<Recognised> {
    let mut found: Vec<Recognised> = Vec::new();
    let mut floor = 0;
    for (index, piece) in scan.pieces.iter().enumerate() {
        if piece.start < floor {
            continue;
        }
        let one = labelled(scan, index, piece, floor).or_else(|| formatted(scan, index, floor));
        if let Some(one) = one {
            floor = one.range.end;
            found.push(one);
        }
    }
    found
}

/// Numbers that have a check digit of parcels and articles and are nothing else.
pub(crate) fn unclaimed(scan: &Scan<'_>) -> Vec<Recognised> {
    scan.pieces
        .iter()
        .filter_map(|piece| {
            let range = piece.start..piece.end;
            let text = scan.folded.get(range.clone())?;
            let kind = checked(text)?;
            Some(Recognised::new(kind, range, 60))
        })
        .collect()
}

fn labelled(scan: &Scan<'_>, index: usize, piece: &Piece, floor: usize) -> Option<Recognised> {
    let label = piece.said.label;
    let hash = byte_before(scan.folded, piece.start) == b'#'
        && piece
            .start
            .checked_sub(2)
            .is_none_or(|far| byte(scan.folded, far) != b'&');
    let kind = if label.meets(Topics::TRACKING) {
        FindingKind::TrackingNumber
    } else if label.meets(Topics::ARTICLE) {
        FindingKind::ArticleNumber
    } else if label.meets(Topics::ORDER) || hash {
        FindingKind::OrderNumber
    } else {
        return None;
    };
    let range = extent(scan, index, floor);
    let text = scan.folded.get(range.clone())?;
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = text.iter().filter(|byte| is_letter(**byte)).count();
    // "order 2 pairs", "size 38"
    let long = digits >= 4 || (digits >= 2 && letters >= 2) || (hash && digits >= 3);
    long.then(|| Recognised::new(kind, range, 90))
}

const LONGEST: usize = 40;

/// A number with the letters and groups that belong to it: "ABC-2024/00123", "0034 0434 1610".
fn extent(scan: &Scan<'_>, index: usize, floor: usize) -> Range<usize> {
    let folded = scan.folded;
    let Some(piece) = scan.pieces.get(index) else {
        return 0..0;
    };
    let mut start = piece.start;
    if matches!(byte_before(folded, start), b'-' | b'_' | b'/' | b'.') {
        let letters = folded.get(floor..start - 1).unwrap_or_default();
        let count = letters
            .iter()
            .rev()
            .take(8)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        if count > 0 && !is_word(byte_before(folded, start - 1 - count)) {
            start -= 1 + count;
        }
    }
    let mut end = piece.end;
    for (last, next) in scan
        .pieces
        .iter()
        .skip(index)
        .zip(scan.pieces.iter().skip(index + 1))
    {
        let tight = matches!(
            folded.get(last.end..next.start),
            Some(b"-" | b"_" | b"/" | b".")
        );
        let blank = folded.get(last.end..next.start) == Some(b" ")
            && [last, next]
                .iter()
                .all(|piece| piece.digits >= 3 && piece.digits == piece.end - piece.start);
        if !(tight || blank) || next.end - start > LONGEST {
            break;
        }
        end = next.end;
    }
    // "4711-B", "4711-BLUE-XL"
    while matches!(byte(folded, end), b'-' | b'_') && end - start < LONGEST {
        let letters = folded.get(end + 1..).unwrap_or_default();
        let count = letters
            .iter()
            .take(8)
            .take_while(|byte| byte.is_ascii_uppercase())
            .count();
        if count == 0 || is_word(byte(folded, end + 1 + count)) {
            break;
        }
        end += 1 + count;
    }
    start..end
}

/// Formats that say whose they are.
fn formatted(scan: &Scan<'_>, index: usize, floor: usize) -> Option<Recognised> {
    let folded = scan.folded;
    let piece = scan.pieces.get(index)?;
    let text = folded.get(piece.start..piece.end)?;
    if is_parcel(&text.to_ascii_uppercase()) {
        return Some(Recognised::new(
            FindingKind::TrackingNumber,
            piece.start..piece.end,
            95,
        ));
    }
    // "VV 0898 4015 9 SE"
    if let Some(start) = piece.start.checked_sub(3)
        && byte(folded, start + 2) == b' '
        && !is_word(byte_before(folded, start))
    {
        let read = crate::scan::Compact::read(folded, start, 13, 1);
        if let Some(end) = read.end_of(folded, 13)
            && postal(&read.text)
        {
            return Some(Recognised::new(FindingKind::TrackingNumber, start..end, 95));
        }
    }
    // "1Z 999 AA1 01 2345 6784"
    if text.eq_ignore_ascii_case(b"1Z") {
        let read = crate::scan::Compact::read(folded, piece.start, 18, 1);
        let end = read.end_of(folded, 18)?;
        return is_parcel(&read.text)
            .then(|| Recognised::new(FindingKind::TrackingNumber, piece.start..end, 95));
    }
    if let Some(one) = grouped(scan, index) {
        return Some(one);
    }
    let range = extent(scan, index, floor);
    let whole = folded.get(range.clone())?;
    if is_marketplace_order(whole) {
        return Some(Recognised::new(FindingKind::OrderNumber, range, 90));
    }
    // "ORD-2024-0012", "SKU-4711-B": capital letters, a dash, digits
    let letters = whole
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    let dashed = (2..=6).contains(&letters)
        && range.start < piece.start
        && matches!(whole.get(letters), Some(b'-' | b'_' | b'/'));
    let digits = whole.iter().filter(|byte| byte.is_ascii_digit()).count();
    (dashed && digits >= 3).then(|| Recognised::new(FindingKind::OrderNumber, range, 60))
}

/// Groups of digits as labels print them, parted by one and the same mark.
fn grouped(scan: &Scan<'_>, index: usize) -> Option<Recognised> {
    const MOST: usize = 7;
    let folded = scan.folded;
    let first = scan.pieces.get(index)?;
    if is_word(byte_before(folded, first.start)) || byte_before(folded, first.start) == b'+' {
        return None;
    }
    let mark = [byte(folded, first.end)];
    let (mut lengths, mut text) = (Vec::with_capacity(MOST), Vec::with_capacity(28));
    let mut end = first.start;
    for piece in scan.pieces.iter().skip(index).take(MOST) {
        let follows = lengths.is_empty() || folded.get(end..piece.start) == Some(&mark);
        if !follows || piece.digits != piece.end - piece.start {
            break;
        }
        lengths.push(piece.digits);
        text.extend_from_slice(folded.get(piece.start..piece.end)?);
        end = piece.end;
    }
    let after = scan.pieces.get(index + lengths.len());
    let goes_on = after.is_some_and(|next| folded.get(end..next.start) == Some(&mark));
    if is_word(byte(folded, end)) || goes_on {
        return None;
    }
    let kind = printed(mark, &lengths, &text)?;
    Some(Recognised::new(kind, first.start..end, 90))
}

/// Whose a number is by how it is printed, and by its check digit where it has one.
pub(crate) fn printed(mark: [u8; 1], lengths: &[usize], text: &[u8]) -> Option<FindingKind> {
    let kind = match (mark[0], lengths) {
        // A serial shipping container code, as DHL prints it
        (b' ', [4, 4, 4, 4, 4]) if text.starts_with(b"00") && trade(text) => {
            FindingKind::TrackingNumber
        }
        // United States Postal Service, Intelligent Mail package barcode
        (b' ', [4, 4, 4, 4, 4, 2]) if text.starts_with(b"9") && trade(text) => {
            FindingKind::TrackingNumber
        }
        // DPD; no telephone has fourteen digits with a trunk prefix
        (b' ', [4, 4, 4, 2]) if matches!(text, [b'0', b'1'..=b'9', ..] | [b'1', ..]) => {
            FindingKind::TrackingNumber
        }
        // EAN-13 and UPC-A, as printed below the bars
        (b' ', [1, 6, 6] | [1, 5, 5, 1]) if trade(text) => FindingKind::ArticleNumber,
        // eBay
        (b'-', [2, 5, 5]) => FindingKind::OrderNumber,
        _ => return None,
    };
    Some(kind)
}

/// "302-1234567-1234567".
fn is_marketplace_order(text: &[u8]) -> bool {
    text.len() == 19
        && text.iter().enumerate().all(|(index, byte)| match index {
            3 | 11 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Carriers' formats with letters.
fn is_parcel(text: &[u8]) -> bool {
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    match text {
        [b'1', b'Z', rest @ ..] if rest.len() == 16 => ups(rest),
        [b'T', b'B', b'A', rest @ ..] => rest.len() == 12 && digits == 12, // Amazon
        [b'J', b'J', b'D', rest @ ..] => (15..=20).contains(&rest.len()),  // DHL
        [b'J', b'V', b'G', b'L', rest @ ..] => (14..=20).contains(&rest.len()),
        [b'H', rest @ ..] if rest.len() == 19 => digits == 19, // Hermes
        _ => postal(text),
    }
}

/// The check digit of United Parcel Service: letters count as one to nine, in turn.
fn ups(rest: &[u8]) -> bool {
    let Some((check, body)) = rest.split_last() else {
        return false;
    };
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(index, byte)| {
            let value = match byte {
                b'A'..=b'Z' => u32::from((byte - b'A' + 2) % 10),
                _ => value_of(*byte),
            };
            value * if index % 2 == 0 { 1 } else { 2 }
        })
        .sum();
    check.is_ascii_digit() && (10 - sum % 10) % 10 == value_of(*check)
}

/// S10 of the Universal Postal Union: service, eight digits, check digit, country.
fn postal(text: &[u8]) -> bool {
    let (Some(service), Some(body), Some(country)) =
        (text.get(..2), text.get(2..11), text.get(11..))
    else {
        return false;
    };
    let letters = service.iter().chain(country).all(u8::is_ascii_uppercase);
    if !letters || country.len() != 2 || !body.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let check = match 11 - weighted(body, &[8, 6, 4, 2, 3, 5, 9, 7]) % 11 {
        10 => 0,
        11 => 5,
        check => check,
    };
    body.last().map(|byte| value_of(*byte)) == Some(check)
}

/// What the digits alone say: parcels and articles by length and check digit.
fn checked(text: &[u8]) -> Option<FindingKind> {
    let digits = text.iter().all(u8::is_ascii_digit);
    let kind = match text.len() {
        18 | 20 | 22 if digits && trade(text) => FindingKind::TrackingNumber, // SSCC, USPS
        12 if digits && (express(text) || trade(text)) => FindingKind::TrackingNumber,
        13 if digits && trade(text) => FindingKind::ArticleNumber, // EAN, ISBN
        14 if digits && trade(text) => FindingKind::ArticleNumber,
        8 if digits && trade(text) => FindingKind::ArticleNumber,
        10 if digits && number(text).checked_rem(7).is_some() && dhl(text) => {
            FindingKind::TrackingNumber
        }
        15 if digits && trade(text) => FindingKind::TrackingNumber, // FedEx Ground
        10 if book(text) => FindingKind::ArticleNumber,
        _ => return None,
    };
    Some(kind)
}

/// The check digit of GS1: three and one, from the right.
fn trade(text: &[u8]) -> bool {
    let sum: u32 = text
        .iter()
        .rev()
        .enumerate()
        .map(|(index, byte)| value_of(*byte) * if index % 2 == 0 { 1 } else { 3 })
        .sum();
    sum.is_multiple_of(10) && number(text) != 0
}

/// Whether a stretch is the number of goods in trade, of twelve to fourteen digits without a gap.
pub(crate) fn is_trade_number(text: &[u8], range: &Range<usize>) -> bool {
    let number = text.get(range.clone()).unwrap_or_default();
    (12..=14).contains(&number.len()) && number.iter().all(u8::is_ascii_digit) && trade(number)
}

/// Whether digits are the end of a parcel number whose letters say whose it is and whose check digit is right:
/// the twelve of "1ZL6FX570223140866".
pub(crate) fn is_in_a_parcel_number(text: &[u8], range: &Range<usize>) -> bool {
    let glued = text.get(..range.start).unwrap_or_default().iter().rev();
    let letters = glued
        .take(18)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let whole = text
        .get(range.start - letters..range.end)
        .unwrap_or_default()
        .to_ascii_uppercase();
    let alone = !byte(text, range.end).is_ascii_alphanumeric();
    matches!(whole.as_slice(), [b'1', b'Z', rest @ ..] if alone && rest.len() == 16 && ups(rest))
}

/// FedEx Express, twelve digits.
fn express(text: &[u8]) -> bool {
    let sum = weighted(text, &[3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]);
    text.last().map(|byte| value_of(*byte)) == Some(sum % 11 % 10)
}

/// DHL Express: the tenth digit is what is left of the nine by seven.
fn dhl(text: &[u8]) -> bool {
    let body = number(text.get(..9).unwrap_or_default());
    text.last().map(|byte| u64::from(value_of(*byte))) == Some(body % 7)
}

/// ISBN of ten.
fn book(text: &[u8]) -> bool {
    let Some((check, body)) = text.split_last() else {
        return false;
    };
    let last = match check {
        b'X' | b'x' => 10,
        b'0'..=b'9' => value_of(*check),
        _ => return false,
    };
    body.iter().all(u8::is_ascii_digit)
        && (weighted(body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) + last).is_multiple_of(11)
}

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::{found, kinds};

    #[test]
    fn named_numbers() {
        for (text, kind, number) in [
            ("order 1002345", "ORDER_NUMBER", "1002345"),
            ("Where is #10023?", "ORDER_NUMBER", "10023"),
            (
                "Bestellnummer: AB-2024-00123",
                "ORDER_NUMBER",
                "AB-2024-00123",
            ),
            ("my order ABC-12345", "ORDER_NUMBER", "ABC-12345"),
            (
                "tracking 0034 0434 1610 9404 2557",
                "TRACKING_NUMBER",
                "0034 0434 1610 9404 2557",
            ),
            (
                "numéro de suivi 6A12345678901",
                "TRACKING_NUMBER",
                "6A12345678901",
            ),
            ("SKU 4711-BLUE-XL", "ARTICLE_NUMBER", "4711-BLUE-XL"),
            ("EAN 4006381333931", "ARTICLE_NUMBER", "4006381333931"),
            ("order 555-123-4567", "ORDER_NUMBER", "555-123-4567"),
            ("pedido 0612345678", "ORDER_NUMBER", "0612345678"),
        ] {
            assert_eq!(found(text), [(kind, number)], "{text}");
        }
        assert!(kinds("I ordered 2 pairs in size 38").is_empty());
    }

    #[test]
    fn formats_of_carriers_and_traders() {
        for (text, kind) in [
            ("1Z999AA10123456784", "TRACKING_NUMBER"),
            ("1Z 999 AA1 01 2345 6784", "TRACKING_NUMBER"),
            ("RR123456785DE", "TRACKING_NUMBER"),
            ("TBA123456789012", "TRACKING_NUMBER"),
            ("302-1234567-1234567", "ORDER_NUMBER"),
            ("ORD-2024-0012", "ORDER_NUMBER"),
            ("4006381333931", "ARTICLE_NUMBER"),
            ("4 006381 333931", "ARTICLE_NUMBER"),
            ("0034 0434 1610 9404 2557", "TRACKING_NUMBER"),
            ("0150 5422 1086 97", "TRACKING_NUMBER"),
            ("06-11990-23367", "ORDER_NUMBER"),
        ] {
            assert_eq!(found(text), [(kind, text)], "{text}");
        }
        assert!(kinds("1Z999AA10123456785").is_empty());
    }
}
