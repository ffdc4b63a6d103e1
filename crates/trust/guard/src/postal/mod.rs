//! Addresses that can be posted to: streets with their numbers, boxes, postcodes with their towns.
//!
//! The tagger of [`crate::naming`] proposes where an address is; this room adds what has a form of
//! its own ([`forms`]), drops what cannot be an address, and cuts one that stands in lines of its own
//! into those lines, so that a country in it stays readable.

use core::ops::Range;

use crate::{
    finding::{FindingKind, Recognised},
    naming::{
        lists::Marks,
        tokens::{Form, Token},
    },
};

mod forms;

/// How sure a form is.
const CERTAIN: u8 = 95;

/// How sure the tagger must be of words and numbers of which none is that of a street.
const ENOUGH_WITHOUT_STREET: u8 = 49;

/// What was tagged and what has the form of an address, in order and not overlapping.
pub(crate) fn settled(tokens: &[Token], tagged: Vec<Recognised>) -> Vec<Recognised> {
    let formed = forms::find(tokens);
    let mut found: Vec<Recognised> = Vec::with_capacity(tagged.len() + formed.len());
    let mut formed = formed.into_iter().peekable();
    let mut tagged = tagged.into_iter().peekable();
    let mut open: Option<Recognised> = None;
    loop {
        let form_is_next = match (formed.peek(), tagged.peek()) {
            (Some(form), Some(tag)) => form.start <= tag.range.start,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => break,
        };
        let next = if form_is_next {
            formed
                .next()
                .map(|range| Recognised::new(FindingKind::StreetAddress, range, CERTAIN))
        } else {
            tagged.next()
        };
        let Some(next) = next else { break };
        open = Some(match open.take() {
            Some(last) if next.range.start < last.range.end => united(last, next),
            Some(last) => {
                found.push(last);
                next
            }
            None => next,
        });
    }
    found.extend(open);
    let mut settled = Vec::with_capacity(found.len());
    for one in found {
        if one.kind == FindingKind::StreetAddress {
            add_address(tokens, one, &mut settled);
        } else {
            settled.push(one);
        }
    }
    settled
}

/// Of two that overlap: an address takes in the other.
fn united(first: Recognised, second: Recognised) -> Recognised {
    let kind =
        if first.kind == FindingKind::StreetAddress || second.kind == FindingKind::StreetAddress {
            FindingKind::StreetAddress
        } else {
            first.kind
        };
    let range = first.range.start..first.range.end.max(second.range.end);
    Recognised::new(kind, range, first.certainty.max(second.certainty))
}

/// The tokens of a stretch.
fn inside<'text>(tokens: &'text [Token], range: &Range<usize>) -> (usize, &'text [Token]) {
    let first = tokens.partition_point(|token| token.start < range.start);
    let end = tokens.partition_point(|token| token.start < range.end);
    (first, tokens.get(first..end).unwrap_or_default())
}

fn add_address(tokens: &[Token], one: Recognised, into: &mut Vec<Recognised>) {
    let (first, within) = inside(tokens, &one.range);
    // "Lyon 69003": digits right behind a town are its postcode.
    let behind_place = into.last().is_some_and(|last| {
        last.kind == FindingKind::Place && last.range.end + 2 >= one.range.start
    });
    if !can_be_address(tokens, first, within, behind_place, one.certainty) {
        return;
    }
    let has_lines = within.iter().any(|token| token.form == Form::Break);
    if !has_lines || !begins_line(tokens, first) || forms::is_military(tokens, first) {
        if let [first, .., last] = trimmed(within) {
            into.push(Recognised::new(
                one.kind,
                first.start..last.end,
                one.certainty,
            ));
        } else {
            into.push(one);
        }
        return;
    }
    for line in within.split(|token| token.form == Form::Break) {
        add_line(trimmed(line), one.certainty, into);
    }
}

/// Whether there is what an address needs: a number beside words, or the word of a street.
fn can_be_address(
    tokens: &[Token],
    first: usize,
    within: &[Token],
    behind_place: bool,
    certainty: u8,
) -> bool {
    let street = Marks::STREET_WORD
        .with(Marks::STREET_ENDING)
        .with(Marks::UNIT);
    let has_number = within
        .iter()
        .any(|token| matches!(token.form, Form::Number | Form::Code));
    let words = within.iter().filter(|token| token.is_word()).count();
    if words > 0 {
        let has_street = within.iter().any(|token| token.marks.any(street));
        return has_street || has_number && certainty >= ENOUGH_WITHOUT_STREET;
    }
    if forms::is_british_postcode(tokens, first) {
        return true;
    }
    // Digits alone are a postcode where a word beside them says so.
    let one = match within {
        [one] => one.length(),
        [_, mark, _] if mark.form == Form::Mark => 9,
        [_, _] => 6,
        _ => return false,
    };
    (4..=9).contains(&one) && (behind_place || forms::is_named_postcode(tokens, first))
        || one == 3 && forms::is_named_postcode(tokens, first)
}

/// Whether nothing but marks stands in front of it on its line.
fn begins_line(tokens: &[Token], first: usize) -> bool {
    tokens
        .get(..first)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(4)
        .find(|token| token.form != Form::Mark)
        .is_none_or(|token| token.form == Form::Break)
}

fn trimmed(mut line: &[Token]) -> &[Token] {
    while let [first, rest @ ..] = line
        && first.form == Form::Mark
    {
        line = rest;
    }
    while let [rest @ .., last] = line
        && last.form == Form::Mark
        && last.hash != u64::from(b'.')
    {
        line = rest;
    }
    line
}

/// A line of an address: a country stays readable, the rest does not.
fn add_line(line: &[Token], certainty: u8, into: &mut Vec<Recognised>) {
    let (Some(first), Some(last)) = (line.first(), line.last()) else {
        return;
    };
    let words = line.iter().take_while(|token| token.is_word()).count();
    let (country, rest) = line.split_at_checked(words).unwrap_or_default();
    let is_country = !country.is_empty()
        && country
            .iter()
            .all(|token| token.phrase.with(token.marks).any(Marks::COUNTRY));
    let whole =
        |from: &Token, to: &Token, kind| Recognised::new(kind, from.start..to.end, certainty);
    match (is_country, country.last(), rest.first()) {
        (true, Some(_), None) => into.push(whole(first, last, FindingKind::Place)),
        (true, Some(end), Some(code)) if code.form != Form::Mark => {
            into.push(whole(first, end, FindingKind::Place));
            into.push(whole(code, last, FindingKind::StreetAddress));
        }
        _ => into.push(whole(first, last, FindingKind::StreetAddress)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{naming, view::View};

    fn addresses(text: &str) -> Vec<String> {
        let view = View::of(text);
        naming::find(&view)
            .into_iter()
            .filter(|one| one.kind == FindingKind::StreetAddress)
            .map(|one| view.text(one.range).to_owned())
            .collect()
    }

    #[test]
    fn forms_need_no_tagger() {
        for (text, address) in [
            ("box: P.O. Box 1234", "P.O. Box 1234"),
            ("Postfach 12 34 56", "Postfach 12 34 56"),
            (
                "PSC 1234, Box 5678\nAPO AE 09012",
                "PSC 1234, Box 5678\nAPO AE 09012",
            ),
            ("it is 221b Baker Street", "221b Baker Street"),
            ("Wackernagelstraße 12a", "Wackernagelstraße 12a"),
            ("SW1A 2AA", "SW1A 2AA"),
            ("my zip code is 62704", "62704"),
        ] {
            assert_eq!(addresses(text), [address], "{text}");
        }
    }

    #[test]
    fn numbers_are_no_address() {
        for text in [
            "Order 62704 is late",
            "2 shirts, 3 trousers",
            "call 62704",
            "EU 42, UK 8",
        ] {
            assert_eq!(addresses(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_country_in_an_address_of_lines_stays_readable() {
        let text =
            "Rosalind Achterberg\n\n12 Wackernagelstraat 7\n Suite 4\n Zwolle\n Netherlands 80110";
        let found = addresses(text);
        assert!(found.iter().any(|line| line == "80110"), "{found:?}");
        assert!(
            !found.iter().any(|line| line.contains("Netherlands")),
            "{found:?}"
        );
    }
}
