//! Passwords, one-time codes, API keys and tokens told in a chat.
//!
//! Keys have shapes of their own. A password or a code has none: it is known by the words around
//! it, in every language the guard knows, and by what it looks like itself. Both are data,
//! `secrets/rules.json`, and the widget's pass in the browser reads the same rules and is held to
//! the same list of cases, `tests/vectors/secrets.json`.
//!
//! INVARIANT: a text without its secrets has no secret any more: the marks that take their place are
//! never taken for one.

mod rules;
mod values;

#[cfg(test)]
mod tests;

use core::ops::Range;

use self::rules::{End, RULES, Rule};
use crate::{recognise::Recognised, view::View};

/// Passwords, one-time codes and keys, in order, not overlapping.
pub(crate) fn find(view: &View) -> Vec<Recognised> {
    let Some(rules) = RULES.as_ref() else {
        return Vec::new();
    };
    let unmarked = without_marks(&view.folded, &rules.marks);
    let text = unmarked.as_deref().unwrap_or(&view.folded);
    let mut found: Vec<Recognised> = Vec::new();
    for rule in rules.for_text(text) {
        for range in read(text, rule, rules) {
            found.push(Recognised::new(rule.kind, range, rule.certainty()));
        }
    }
    joined(found)
}

/// What one rule finds. What is refused is read again from its second character: "my password is
/// password: hunter2". Linear, since a match that can be refused has a greatest length.
fn read(text: &[u8], rule: &Rule, rules: &rules::Rules) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut captures = rule.find.capture_locations();
    while from <= text.len()
        && let Some(whole) = rule.find.captures_read_at(&mut captures, text, from)
    {
        let value = captures.get(1).map(|(start, end)| start..end);
        let accepted = value.and_then(|value| rules.accepted(text, rule, &whole.range(), value));
        match accepted {
            Some(range) => {
                // What stands in front of a value may be the value of the next match.
                from = match rule.value {
                    End::First => whole.end(),
                    End::Last => range.end.max(whole.start() + 1),
                };
                found.push(range);
            }
            None => from = whole.start() + 1,
        }
    }
    found
}

/// The text with line breaks in place of the marks, where there are any.
fn without_marks(folded: &[u8], marks: &[String]) -> Option<Vec<u8>> {
    let mut without: Option<Vec<u8>> = None;
    for (start, _) in folded.iter().enumerate().filter(|(_, byte)| **byte == b'[') {
        let rest = folded.get(start..).unwrap_or_default();
        let Some(mark) = marks.iter().find(|mark| rest.starts_with(mark.as_bytes())) else {
            continue;
        };
        let text = without.get_or_insert_with(|| folded.to_vec());
        if let Some(stretch) = text.get_mut(start..start + mark.len()) {
            stretch.fill(b'\n');
        }
    }
    without
}

/// In order, those that overlap as one: a key is more than a code, and a code more than a password.
fn joined(mut found: Vec<Recognised>) -> Vec<Recognised> {
    found.sort_by_key(|one| (one.range.start, core::cmp::Reverse(one.range.end)));
    let mut kept: Vec<Recognised> = Vec::with_capacity(found.len());
    for one in found {
        match kept.last_mut() {
            Some(last) if one.range.start < last.range.end => {
                last.range.end = last.range.end.max(one.range.end);
                last.kind = last.kind.max(one.kind);
            }
            _ => kept.push(one),
        }
    }
    kept
}
