//! What a message may cost. A turn is worked out while its transaction is open, so one message that
//! takes seconds would hold up every other.

use std::time::{Duration, Instant};

use super::*;

/// The longest message that the guard lets in.
const LONGEST: usize = 4_000;

fn filled_with(unit: &str) -> String {
    unit.chars().cycle().take(LONGEST).collect()
}

fn time_for(text: &str) -> Duration {
    let times = (0..3).map(|_| {
        let began = Instant::now();
        let _ = meaning(&State::default(), text);
        began.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Against words that mean nothing, on the same machine: a sentence of conjunctions once took 250 times
/// as long, since each of them was tried as a place to cut it.
#[test]
fn no_message_takes_much_longer_than_another_of_its_length() {
    let ordinary = time_for(&filled_with("qwzrtplk "));
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
        let taken = time_for(&filled_with(unit));
        assert!(
            taken < ordinary * 60,
            "`{unit}` took {taken:?}, meaningless words {ordinary:?}"
        );
    }
}
