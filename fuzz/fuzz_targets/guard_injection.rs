//! Any text has a score between 0 and 1000, the same one every time, and a flag that agrees with it.
#![no_main]

use guard::{INJECTION_THRESHOLD, injection};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let score = injection(&text);
    assert!(score.permille <= 1_000, "{score:?}");
    assert_eq!(score.flag, score.permille >= INJECTION_THRESHOLD);
    assert!(
        !score.flag || !score.reasons.is_empty(),
        "a flag without a reason"
    );
    let hidden: usize = score.hidden.iter().map(|one| one.characters).sum();
    assert!(
        hidden <= text.chars().count(),
        "more is hidden than there is"
    );
    assert_eq!(injection(&text), score, "read again it is another score");
});
