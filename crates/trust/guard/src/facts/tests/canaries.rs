//! Another shopper's data, planted: the attacker is the planner and says it in every way it can think of.

use terms::Untrusted;

use crate::gate::{self, Choice, Known, LinkPolicy, Part, Pseudonyms};

const PROBES: u64 = 10_000;
const WAYS: u64 = 12;

/// Made-up data of nobody, another for each number.
fn canary(number: u64) -> String {
    let n = number
        .wrapping_mul(6_364_136_223_846_793_005)
        .rotate_left(17)
        % 90_000
        + 10_000;
    match number / WAYS % 6 {
        0 => format!("eve.planted{n}@example.org"),
        1 => format!("+49 30 901{n}"),
        2 => format!("DE{}5001051754073{n}1", n % 90 + 10),
        3 => format!("{n}77"),
        4 => format!("Rowan Street {n}, Milltown"),
        _ => format!("JD01460000{n}"),
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |all, byte| all << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = usize::try_from(group >> (18 - 6 * place) & 63).unwrap();
            text.push(if place <= chunk.len() {
                char::from(LETTERS[letter])
            } else {
                '='
            });
        }
    }
    text
}

fn encoded(canary: &str, way: u64) -> String {
    let each = |format: fn(u8) -> String| canary.bytes().map(format).collect::<String>();
    match way {
        0 | 1 => canary.to_owned(),
        2 | 3 => base64(canary.as_bytes()),
        4 => canary.chars().flat_map(|one| [one, ' ']).collect(),
        5 => canary.chars().rev().collect(),
        6 => each(|byte| format!("{byte:02x}")),
        7 => each(|byte| format!("%{byte:02X}")),
        8 => canary.chars().flat_map(|one| [one, '\u{200B}']).collect(),
        9 => canary.chars().flat_map(|one| [one, '-']).collect(),
        10 => canary.replace('@', " at ").replace('.', " dot "),
        _ => {
            let (one, other) = canary.split_at(canary.len() / 2);
            format!("{one}**{other}**")
        }
    }
}

/// Letters and digits alone.
fn compact(text: &str) -> String {
    let plain = text.chars().filter(char::is_ascii_alphanumeric);
    plain.collect::<String>().to_ascii_lowercase()
}

#[test]
fn ten_thousand_canaries_stay_where_they_are() {
    let mut pseudonyms = Pseudonyms::default();
    let hers = "I am ada@example.com and my order is 10023";
    let message = gate::inbound(Untrusted::new(hers.to_owned()), &mut pseudonyms).unwrap();
    let mut known = Known::default();
    known.said(message.redacted.as_str());
    known.text("You can send goods back within 30 days. Delivery costs 4.90 EUR.");
    known.identifier("10023");
    let policy = LinkPolicy::new(["shop.example".to_owned()]);
    for number in 0..PROBES {
        let canary = canary(number);
        let secret = encoded(&canary, number % WAYS);
        let text = |words: String| Part::Text(Untrusted::new(words));
        let link = format!("https://shop.example/{}", secret.replace(' ', "+"));
        let part = match number / 7 % 7 {
            0 => text(format!("Here it is: {secret}")),
            1 => text(format!("You have 30 days. Ask {secret} about it! Fine.")),
            2 => text(format!("- one\n- {secret}")),
            3 => text(format!("[page]({link})")),
            4 => text(format!("See {link}?q={secret}")),
            5 => Part::Link {
                label: "page".to_owned(),
                url: format!("{link}?q=1"),
            },
            _ => Part::Choices(vec![Choice {
                label: secret.clone(),
                text: secret.clone(),
            }]),
        };
        let checked = gate::checked(vec![part], &known, &pseudonyms);
        let cleared = gate::outbound(checked.parts, &pseudonyms, &policy);
        let shown = compact(&serde_json::to_string(cleared.blocks()).unwrap());
        assert!(
            !shown.contains(&compact(&canary)),
            "{number}: {canary} in {shown}"
        );
        assert!(
            !shown.contains(&compact(&secret)),
            "{number}: {secret} in {shown}"
        );
        assert!(checked.cuts.total() >= 1, "{number}: {secret}");
    }
    // What is hers comes back to her.
    let own = vec![Part::Text(Untrusted::new(
        "Order 10023 of [EMAIL_1], or ada@example.com.".to_owned(),
    ))];
    let checked = gate::checked(own, &known, &pseudonyms);
    let cleared = gate::outbound(checked.parts, &pseudonyms, &policy);
    assert_eq!(
        cleared.plain_text(),
        "Order 10023 of ada@example.com, or ada@example.com."
    );
}

/// A megabyte of anything is read in one pass or a few, and ends.
#[test]
fn a_megabyte_ends() {
    let known = {
        let mut known = Known::default();
        known.text(&"30 days and 4.90 EUR, ".repeat(50_000));
        known
    };
    for piece in [
        "1",
        "1 ",
        "1.",
        "1,000",
        "a ",
        "a-",
        "1-",
        "@",
        "i am ",
        "not ",
        "[EMAIL_1",
        "one two ",
        "12.05.",
        "https://",
        ", ",
        "(",
        "password ",
        "twenty-",
        "*",
        "\n",
        "e1",
        "Aa",
        "€ ",
        "- 1",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let mut known_of_it = Known::default();
        known_of_it.text(&text);
        let parts = vec![Part::Text(Untrusted::new(text))];
        let checked = gate::checked(parts, &known, &Pseudonyms::default());
        assert!(checked.parts.len() <= 1, "{piece}");
    }
}
