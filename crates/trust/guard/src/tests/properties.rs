//! What holds for anything anyone may type: no card is missed, no order number is masked, the way
//! back is exact, nothing hidden gets through, nothing panics.

use proptest::prelude::*;

use super::{inbound, policy, untrusted};
use crate::{
    fold::fold,
    gate::{self, *},
    view::{View, is_hidden},
};

/// A number an issuer may have given out, with its check digit.
fn card() -> impl Strategy<Value = String> {
    let issuers = [
        ("4", 16),
        ("4", 13),
        ("4", 19),
        ("51", 16),
        ("55", 16),
        ("2221", 16),
        ("2720", 16),
        ("34", 15),
        ("37", 15),
        ("6011", 16),
        ("65", 16),
        ("644", 16),
        ("36", 14),
        ("305", 14),
        ("3528", 16),
        ("3589", 16),
        ("62", 16),
        ("62", 19),
        ("5018", 12),
        ("6759", 18),
        ("6304", 13),
        ("2202", 16),
        ("9792", 16),
        ("5067", 16),
    ];
    (
        proptest::sample::select(issuers.to_vec()),
        proptest::collection::vec(0_u8..10, 19),
    )
        .prop_map(|((prefix, length), random)| {
            let mut number: Vec<u8> = prefix
                .bytes()
                .map(|byte| byte - b'0')
                .chain(random)
                .take(length - 1)
                .collect();
            let sum: u32 = number
                .iter()
                .rev()
                .enumerate()
                .map(|(index, digit)| {
                    let digit = u32::from(*digit);
                    if index % 2 == 0 {
                        digit * 2 / 10 + digit * 2 % 10
                    } else {
                        digit
                    }
                })
                .sum();
            number.push(u8::try_from((10 - sum % 10) % 10).unwrap());
            number
                .iter()
                .map(|digit| char::from(digit + b'0'))
                .collect()
        })
}

/// The ways a card is written.
#[derive(Debug, Clone)]
struct Disguise {
    groups: Vec<usize>,
    separator: &'static str,
    zero: char,
    invisible: &'static str,
    around: (&'static str, &'static str),
}

fn disguise() -> impl Strategy<Value = Disguise> {
    let groups = proptest::sample::select(vec![
        vec![19],
        vec![4, 4, 4, 4, 3],
        vec![4, 6, 5],
        vec![1],
        vec![3],
        vec![5],
        vec![8],
        vec![6, 4, 2],
        vec![4, 4, 8],
    ]);
    let separators = vec![
        " ",
        "-",
        ".",
        "/",
        "\u{A0}",
        "\u{2009}",
        "–",
        "  ",
        " - ",
        "_",
        ",",
        ", ",
        "\n",
        "\t",
        "·",
        "•",
        "|",
        "** **",
        "…",
        ">",
        "\n> ",
        "<br>",
        "</p>\n<p>",
        "&",
        "!",
        "{}",
        "%20",
        "%C2%A0",
        "&nbsp;",
        "&#160;",
        "🙂",
        "€",
        " · · · · · ",
    ];
    // Over letters only groups that are alike are read.
    let words = vec!["x", " x ", "X", " and ", " und ", "х", "一"];
    let alike = proptest::sample::select(vec![vec![1], vec![3], vec![4], vec![5], vec![8]]);
    let zeros = vec!['0', '０', '٠', '०', '𝟎', '𝟬'];
    let invisible = vec![
        "",
        "\u{200B}",
        "\u{2060}",
        "\u{FEFF}",
        "\u{AD}",
        "\u{E0020}",
        "\u{202E}",
        "\u{FE0F}",
    ];
    let around = vec![
        ("", ""),
        ("my card is ", ""),
        ("Card: ", "."),
        ("pay with ", " please"),
        ("(", ")"),
        ("hi! ", ", exp 12/27"),
        ("order #10023 ", ""),
        ("2 chairs, ", " cvv 123"),
        ("\"", "\""),
        ("is", " my number"),
        ("nr", ""),
        ("number", " thanks"),
        ("номер", ""),
        ("x", "x"),
        ("just in case: ", ""),
        ("#", ""),
        ("customer number ", ""),
        ("> ", ""),
        ("please use this for my order ", ""),
        ("my order ", " 12/27 123"),
        ("SKU", " exp 12/27"),
    ];
    let grouping = prop_oneof![
        4 => (groups, proptest::sample::select(separators)),
        1 => (alike, proptest::sample::select(words)),
    ];
    (
        grouping,
        proptest::sample::select(zeros),
        proptest::sample::select(invisible),
        proptest::sample::select(around),
    )
        .prop_map(|((groups, separator), zero, invisible, around)| Disguise {
            groups,
            separator,
            zero,
            invisible,
            around,
        })
}

impl Disguise {
    fn wear(&self, number: &str) -> String {
        let mut text = self.around.0.to_owned();
        let mut sizes = self.groups.iter().cycle();
        let mut left = *sizes.next().unwrap();
        for digit in number.chars() {
            if left == 0 {
                text.push_str(self.separator);
                left = *sizes.next().unwrap();
            }
            let value = digit.to_digit(10).unwrap();
            text.push(char::from_u32(u32::from(self.zero) + value).unwrap());
            text.push_str(self.invisible);
            left -= 1;
        }
        text + self.around.1
    }
}

/// Every digit of a text, in ASCII, whatever stands between.
fn digits(text: &str) -> String {
    text.chars()
        .map(fold)
        .filter(u8::is_ascii_digit)
        .map(char::from)
        .collect()
}

/// Numbers that are not cards, as shops write them.
fn shop_number() -> impl Strategy<Value = String> {
    let long = proptest::string::string_regex("[0-9]{12,20}").unwrap();
    let short = proptest::string::string_regex("[1-9][0-9]{3,8}")
        .unwrap()
        .boxed();
    // Letters of which no "NO", "NR" or "VISA" can be made. With a hyphen, more digits than these
    // are taken for a card when an issuer and the check digit say so.
    let code =
        proptest::string::string_regex("[BDFGHJKLQSTWXZ]{2,4}([0-9]{6,16}|-[0-9]{6,12})").unwrap();
    let labels = vec![
        "order ",
        "order no. ",
        "Order #",
        "tracking number: ",
        "parcel ",
        "Bestellnummer ",
        "Sendungsnummer: ",
        "invoice ",
        "SKU ",
        "EAN: ",
        "my order number is ",
    ];
    prop_oneof![
        (proptest::sample::select(labels.clone()), long)
            .prop_map(|(label, number)| format!("{label}{number}")),
        (proptest::sample::select(labels), short.clone())
            .prop_map(|(label, number)| format!("where is {label}{number}?")),
        short.prop_map(|number| format!("#{number}")),
        code.prop_map(|code| format!("about {code}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_card_is_missed(number in card(), disguise in disguise()) {
        let text = disguise.wear(&number);
        let inbound = inbound(&text);
        prop_assert!(inbound.card_removed, "{text}");
        for kept in [inbound.admitted.as_str(), inbound.redacted.as_str()] {
            prop_assert!(!digits(kept).contains(&number), "{text}: {kept}");
            prop_assert!(kept.contains("[card removed]"), "{text}: {kept}");
        }
        let note = gate::note(untrusted(&text)).unwrap();
        prop_assert_eq!(note.as_str(), inbound.admitted.as_str());
    }

    #[test]
    fn no_card_with_digits_glued_to_it_is_missed(
        number in card(),
        before in "[0-9]{0,2}",
        after in "[0-9]{0,4}",
        separator in proptest::sample::select(vec![" ", "-", "\n> ", "x", "🙂"]),
    ) {
        prop_assume!(number.len() > 12 && before.len() + after.len() <= 5);
        // In a text about cards an unbroken run is enough.
        let glued = match (before.is_empty(), after.is_empty()) {
            (false, false) if before.len() + after.len() > 3 => format!("{number}{after}"),
            _ => format!("{before}{number}{after}"),
        };
        let mut texts = vec![format!("charge {glued} now"), format!("my visa is{glued}")];
        if number.len() == 16 {
            let groups: Vec<String> = number
                .as_bytes()
                .chunks(4)
                .map(|group| String::from_utf8(group.to_vec()).unwrap())
                .collect();
            texts.push(format!("{before}{}{after}", groups.join(separator)));
        }
        for text in texts {
            let inbound = inbound(&text);
            prop_assert!(inbound.card_removed, "{text}");
            prop_assert!(!digits(inbound.admitted.as_str()).contains(&number), "{text}");
        }
    }

    #[test]
    fn shop_numbers_stay(text in shop_number()) {
        let inbound = inbound(&text);
        prop_assert_eq!(inbound.admitted.as_str(), &text);
        prop_assert_eq!(inbound.redacted.as_str(), &text);
    }
}

/// Text with what the gates look for strewn in.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        any::<char>().prop_map(String::from),
        "[ -~]{0,12}",
        proptest::sample::select(vec![
            "ada@example.com",
            "bob.b+c@mail.example.co.uk",
            "+49 171 1234567",
            "(555) 123-4567",
            "[EMAIL_1]",
            "[PHONE_2]",
            "[TEXT_1]",
            "[email]",
            "4111 1111 1111 1111",
            "cvv 123",
            "\u{200B}",
            "\u{202E}",
            "\u{E0041}",
            "\u{1B}[31m",
            "**",
            "*",
            "- ",
            "\n",
            "\n\n",
            "[a](https://shop.example/x)",
            "![i](https://e.example/)",
            "https://evil.com/?q=",
            "<b>",
            "[",
            "]",
            " ",
            "order 10023",
            "١٢٣",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn anything_passes_or_is_refused(text in mixed()) {
        let mut pseudonyms = Pseudonyms::default();
        let Ok(inbound) = gate::inbound(untrusted(&text), &mut pseudonyms) else { return Ok(()) };
        let length = text.chars().count();
        for finding in &inbound.findings {
            prop_assert!(finding.start < finding.end && finding.end <= length);
        }
        for kept in [inbound.admitted.as_str(), inbound.redacted.as_str()] {
            prop_assert!(!kept.chars().any(is_hidden), "{kept:?}");
        }
        // Something was removed exactly when that is said.
        let removed = inbound.admitted.as_str() != View::of(&text).clean();
        let told = inbound.findings.iter().any(|finding| {
            finding.kind != FindingKind::HiddenText
                && finding.kind.treatment() == Treatment::Dropped
        });
        prop_assert_eq!(told, removed);
        prop_assert_eq!(!inbound.removed.is_empty(), removed);
        // The way back is exact.
        let kept = Pseudonyms::from_bytes(&pseudonyms.to_bytes()).unwrap();
        prop_assert_eq!(kept.restored(inbound.redacted.as_str()), inbound.admitted.as_str());
        // What was admitted once is admitted as it is.
        if let Ok(again) = gate::note(untrusted(inbound.admitted.as_str())) {
            prop_assert_eq!(again.as_str(), inbound.admitted.as_str());
        }
        let echoed = gate::echo(&inbound.admitted);
        let back = gate::stored(&echoed.to_stored(), &policy()).unwrap();
        prop_assert_eq!(back.blocks(), echoed.blocks());
    }

    #[test]
    fn whatever_is_drafted_leaves_clean(text in mixed(), label in any::<String>(), url in mixed()) {
        let mut pseudonyms = Pseudonyms::default();
        gate::tool_result(untrusted("ada@example.com +49 171 1234567"), &mut pseudonyms);
        let parts = vec![
            Part::Text(untrusted(&text)),
            Part::Link { label: label.clone(), url: url.clone() },
            Part::Choices(vec![Choice { label, text: url }]),
        ];
        let cleared = gate::outbound(parts, &pseudonyms, &policy());
        let json = serde_json::to_value(cleared.blocks()).unwrap();
        let mut texts = Vec::new();
        strings(&json, &mut texts);
        for text in texts {
            prop_assert!(!text.chars().any(is_hidden), "{text:?}");
            prop_assert!(!text.contains("evil.com/"), "{text:?}");
        }
        for block in cleared.blocks() {
            if let Block::Link { url, host, .. } = block {
                prop_assert_eq!(host, "shop.example");
                prop_assert!(url.starts_with("https://shop.example"));
            }
        }
        let back = gate::stored(&cleared.to_stored(), &policy()).unwrap();
        prop_assert_eq!(back.blocks(), cleared.blocks());
        let _ = gate::reply(untrusted(&text), &policy());
    }

    #[test]
    fn forms_take_anything(text in any::<String>()) {
        let _ = gate::email_address(untrusted(&text));
        let _ = gate::one_time_code(untrusted(&text));
        if let Ok(name) = gate::person_name(untrusted(&text)) {
            prop_assert!(!name.as_str().chars().any(is_hidden) && !name.as_str().contains('\n'));
        }
        let _ = gate::stored(text.as_bytes(), &policy());
        let _ = Pseudonyms::from_bytes(text.as_bytes());
    }

    #[test]
    fn an_address_stays_one(local in "[a-zA-Z0-9][a-zA-Z0-9.+_-]{0,20}[a-zA-Z0-9]", domain in "[a-z]{1,10}\\.(com|example|co\\.uk)") {
        let address = format!("{local}@{domain}");
        if let Ok(parsed) = gate::email_address(untrusted(&address)) {
            let normal = parsed.normalised();
            prop_assert_eq!(gate::email_address(untrusted(&normal)).unwrap().normalised(), normal);
            let first: String = local.chars().take(1).collect();
            prop_assert_eq!(parsed.masked(), format!("{first}•••@{domain}"));
            let inbound = inbound(&format!("I am {address} ok"));
            prop_assert_eq!(inbound.redacted.as_str(), "I am [EMAIL_1] ok");
        }
    }
}

fn strings(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => into.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|value| strings(value, into)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| strings(value, into)),
        _ => {}
    }
}
