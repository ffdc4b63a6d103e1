//! Placeholders restored in a text that comes piece by piece.

use core::fmt;

use terms::Untrusted;

use super::{Kind, Pseudonyms};

/// Puts values back into a draft that is written piece by piece, for the owner of the pseudonyms.
///
/// INVARIANT: however a text is cut, what comes out in all is what [`Pseudonyms`] make of it in one
/// piece. It is a draft still: it passes `gate::outbound` like any other.
pub struct StreamingRestorer<'a> {
    pseudonyms: &'a Pseudonyms,
    /// What may be the beginning of a placeholder.
    held: String,
}

impl<'a> StreamingRestorer<'a> {
    #[must_use]
    pub const fn new(pseudonyms: &'a Pseudonyms) -> Self {
        Self {
            pseudonyms,
            held: String::new(),
        }
    }

    /// What can be given out with this piece.
    pub fn push(&mut self, piece: &Untrusted<String>) -> Untrusted<String> {
        self.held.push_str(&piece.clone().danger_into_raw());
        // A placeholder has no second bracket: only what begins with the last one can go on.
        let from = self.held.rfind('[').filter(|from| {
            let rest = self.held.get(*from..);
            rest.is_some_and(may_go_on)
        });
        let rest = self.held.split_off(from.unwrap_or(self.held.len()));
        let ready = core::mem::replace(&mut self.held, rest);
        Untrusted::new(self.pseudonyms.restored(&ready))
    }

    /// What was held back, once nothing comes any more.
    #[must_use]
    pub fn finish(self) -> Untrusted<String> {
        Untrusted::new(self.pseudonyms.restored(&self.held))
    }
}

impl fmt::Debug for StreamingRestorer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StreamingRestorer({} held)", self.held.len())
    }
}

/// Whether a text is a placeholder without its end, such as `[`, `[EMA` or `[EMAIL_1`.
fn may_go_on(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[') else {
        return false;
    };
    Kind::ALL.iter().any(|kind| {
        let name = kind.as_str();
        name.starts_with(inside)
            || inside.strip_prefix(name).is_some_and(|rest| {
                rest.strip_prefix('_').is_some_and(|number| {
                    number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit())
                })
            })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::finding::FindingKind;

    fn known() -> Pseudonyms {
        let mut known = Pseudonyms::default();
        for (kind, value) in [
            (FindingKind::EmailAddress, "mara@example.com"),
            (FindingKind::EmailAddress, "[PHONE_1]"),
            (FindingKind::PhoneNumber, "+43 660 1234567"),
            (FindingKind::Person, "Mara [EMAIL_"),
        ] {
            known.placeholder(kind, value);
        }
        known
    }

    fn streamed(pieces: &[String]) -> String {
        let known = known();
        let mut restorer = StreamingRestorer::new(&known);
        let mut out = String::new();
        for piece in pieces {
            out.push_str(
                &restorer
                    .push(&Untrusted::new(piece.clone()))
                    .danger_into_raw(),
            );
        }
        out.push_str(&restorer.finish().danger_into_raw());
        out
    }

    #[test]
    fn nothing_is_held_but_the_beginning_of_a_placeholder() {
        let known = known();
        for (piece, given) in [
            ("write to [EMAIL_1]", "write to mara@example.com"),
            ("write to [EMA", "write to "),
            ("a [note] and [", "a [note] and "),
            ("a [note", "a [note"),
            ("[EMAIL_12345", "[EMAIL_12345"),
            ("[EMAIL_9]", "[EMAIL_9]"),
        ] {
            let mut restorer = StreamingRestorer::new(&known);
            let out = restorer.push(&Untrusted::new(piece.to_owned()));
            assert_eq!(out.danger_into_raw(), given, "{piece}");
        }
    }

    proptest! {
        /// Cut anywhere, and with a cut inside of every placeholder, it is the same.
        #[test]
        fn any_cutting_gives_the_same(
            parts in prop::collection::vec(
                prop_oneof![
                    Just("[EMAIL_1]"), Just("[EMAIL_2]"), Just("[PHONE_1]"), Just("[PERSON_1]"),
                    Just("[PERSON_7]"), Just("[EMAIL]"), Just("["), Just("]"), Just("[EMAIL_"), Just("[["),
                    Just(" and "), Just("ü[BIRTH"), Just("1234567"), Just("_1]"),
                ],
                0..24,
            ),
            cuts in prop::collection::vec(0_usize..200, 0..24),
        ) {
            let text = parts.concat();
            let mut cuts: Vec<usize> = cuts
                .into_iter()
                .filter(|cut| *cut < text.len() && text.is_char_boundary(*cut))
                .collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let pieces: Vec<String> = cuts
                .windows(2)
                .map(|pair| text.get(pair[0]..pair[1]).unwrap().to_owned())
                .collect();
            let whole = known().restored(&text);
            prop_assert_eq!(streamed(&pieces), whole.clone());
            let one_by_one: Vec<String> = text.chars().map(String::from).collect();
            prop_assert_eq!(streamed(&one_by_one), whole);
        }
    }
}
