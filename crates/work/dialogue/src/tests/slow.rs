//! What a message may cost. A turn is worked out while its transaction is open, so one message that
//! takes seconds would hold up every other.

use super::*;
use crate::lexicon::work;

/// The longest message that the guard lets in.
const LONGEST: usize = 4_000;

fn filled_with(unit: &str) -> String {
    unit.chars().cycle().take(LONGEST).collect()
}

fn work_for(text: &str) -> u64 {
    work::of(|| {
        let _ = meaning(&State::default(), text);
    })
}

/// As many comparisons of words as the longest message may cost. A sentence of conjunctions once took
/// 250 times as long as others, since each of them was tried as a place to cut it.
const MOST_WORK: u64 = 400_000;

#[test]
fn no_message_costs_much_more_than_another_of_its_length() {
    let conjunctions = format!("{}x. ", "and ".repeat(79));
    for unit in [
        &conjunctions,
        "and ",
        "und ",
        "cancel and ",
        "a and a and a and a and a and a. ",
        "a. ",
        "a b, ",
        "canecllation retrun exchnage odrers ",
        "können wir das stronieren und dann umtuaschen? ",
        "bettwäschenleinenhemdseide ",
        "12345 ",
        "10115 Berlin, ",
        "[EMAIL_1",
        "a-1 ",
        "mug blue large linen shirt cotton and ",
    ] {
        let taken = work_for(&filled_with(unit));
        assert!(taken < MOST_WORK, "`{unit}` took {taken} comparisons");
    }
}
