//! Any draft of a planner, the first line being what tools answered: where nothing is known no number is
//! said, links lead to allowed hosts, and what is cleared is read back the same.
#![no_main]

use guard::gate::{self, Block, Choice, Known, LinkPolicy, Part, Pseudonyms};
use libfuzzer_sys::fuzz_target;
use terms::Untrusted;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    let (answered, draft) = text.split_once('\n').unwrap_or(("", text));
    let mut known = Known::default();
    known.text(answered);
    known.said(answered);
    let pseudonyms = Pseudonyms::default();
    let policy = LinkPolicy::new(["shop.example".to_owned()]);
    let parts = || {
        vec![
            Part::Text(Untrusted::new(draft.to_owned())),
            Part::Link {
                label: answered.to_owned(),
                url: draft.to_owned(),
            },
            Part::Choices(vec![Choice {
                label: draft.to_owned(),
                text: answered.to_owned(),
            }]),
        ]
    };
    let checked = gate::checked(parts(), &known, &pseudonyms);
    let cleared = gate::outbound(checked.parts, &pseudonyms, &policy);
    for block in cleared.blocks() {
        if let Block::Link { host, .. } = block {
            assert_eq!(host, "shop.example");
        }
    }
    let read = gate::stored(&cleared.to_stored(), &policy).expect("it is read back");
    assert_eq!(read.to_stored(), cleared.to_stored());
    let unknown = gate::checked(parts(), &Known::default(), &pseudonyms);
    let cleared = gate::outbound(unknown.parts, &pseudonyms, &policy);
    for block in cleared.blocks() {
        if let Block::Text { text, .. } = block {
            numberless(text);
        }
    }
});

/// Three digits in a row are said by nobody who knows nothing, but for the inside of a placeholder.
fn numberless(text: &str) {
    let mut outside = true;
    let mut digits = 0;
    for character in text.chars() {
        match character {
            '[' => outside = false,
            ']' | '\n' => outside = true,
            _ => {}
        }
        digits = if character.is_ascii_digit() && outside {
            digits + 1
        } else {
            0
        };
        assert!(digits < 3, "a number was said that nobody knows: {text}");
    }
}
