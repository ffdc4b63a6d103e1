//! Any message of a shopper: let in without its cards, and what is let in passes again as it is.
#![no_main]

use guard::gate::{self, Pseudonyms};
use libfuzzer_sys::fuzz_target;
use terms::Untrusted;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    let mut pseudonyms = Pseudonyms::default();
    let raw = || Untrusted::new(text.to_owned());
    let result = gate::tool_result(raw(), &mut pseudonyms);
    // What was redacted is read again without harm.
    gate::tool_result(
        Untrusted::new(result.as_str().to_owned()),
        &mut Pseudonyms::default(),
    );
    let Ok(inbound) = gate::inbound(raw(), &mut pseudonyms) else {
        return;
    };
    let before = pseudonyms.len();
    let _ = gate::inbound(raw(), &mut pseudonyms);
    assert_eq!(
        pseudonyms.len(),
        before,
        "the same values, the same placeholders"
    );
    let length = text.chars().count();
    let mut last = 0;
    for finding in &inbound.findings {
        assert!(finding.start <= finding.end && finding.end <= length);
        assert!(finding.start >= last, "in order");
        last = finding.start;
    }
    let again = Untrusted::new(inbound.admitted.as_str().to_owned());
    if let Ok(again) = gate::inbound(again, &mut Pseudonyms::default()) {
        assert!(!again.card_removed, "a card was let in");
    }
    let kept = pseudonyms.to_bytes();
    let kept = Pseudonyms::from_bytes(&kept).expect("they are read back");
    assert_eq!(kept.len(), pseudonyms.len());
});
