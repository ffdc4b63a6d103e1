//! Whatever bytes come: an error or a shop, never a panic, and no value in an error.

use super::*;

/// What becomes of a document on a bad day.
#[derive(Debug, Clone)]
enum Mutation {
    Replace(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Cut(prop::sample::Index),
    Twice(prop::sample::Index, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = || any::<prop::sample::Index>();
    let odd = prop::sample::select(vec![
        b"null".to_vec(),
        b"9".repeat(400),
        b"-0".to_vec(),
        b"1e999".to_vec(),
        b"[".repeat(3_000),
        b"{\"a\":".repeat(3_000),
        b"\xff\xfe".to_vec(),
        b"\xef\xbb\xbf".to_vec(),
        b"\\ud800".to_vec(),
        b"\\u0000".to_vec(),
        b"\0".to_vec(),
        b",\"id\":\"again\"".to_vec(),
        b"\"".to_vec(),
        b"}".to_vec(),
        b"]".to_vec(),
        b",".to_vec(),
    ]);
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        (at(), odd).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        (at(), 1..40_usize).prop_map(|(at, count)| Mutation::Remove(at, count)),
        at().prop_map(Mutation::Cut),
        (at(), 1..200_usize).prop_map(|(at, count)| Mutation::Twice(at, count)),
    ]
}

fn mutated(mut bytes: Vec<u8>, mutation: &Mutation) -> Vec<u8> {
    let place = |at: &prop::sample::Index| at.index(bytes.len().max(1)).min(bytes.len());
    match mutation {
        _ if bytes.is_empty() => {}
        Mutation::Replace(at, byte) => {
            let at = place(at);
            bytes[at] = *byte;
        }
        Mutation::Insert(at, inserted) => {
            let at = place(at);
            bytes.splice(at..at, inserted.iter().copied());
        }
        Mutation::Remove(at, count) => {
            let at = place(at);
            let end = (at + count).min(bytes.len());
            bytes.drain(at..end);
        }
        Mutation::Cut(at) => {
            let at = place(at);
            bytes.truncate(at);
        }
        Mutation::Twice(at, count) => {
            let at = place(at);
            let end = (at + count).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
    }
    bytes
}

/// Reads it in every way. What is taken in one way is taken in the others and can be written again.
fn stand_firm(bytes: &[u8]) -> Result<(), TestCaseError> {
    let known = read_head_from(bytes, "shop.json", &Progress::default());
    let skipped = read_document_from(bytes, "shop.json", &[], &Progress::default(), &mut |_| {
        panic!("nothing was asked for")
    });
    match (read(bytes), &known) {
        (Ok((summary, members)), Ok(known)) => {
            prop_assert_eq!(&summary, known);
            prop_assert_eq!(skipped.as_ref(), Ok(known));
            let mut again = elements(members);
            again.sort_by_key(Element::section);
            let (_, members) = read(written(&summary.head, &again).as_slice()).unwrap();
            prop_assert_eq!(elements(members), again);
        }
        (Err(error), Err(known)) => {
            prop_assert_eq!(&error, known);
            prop_assert!(!error.environment);
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
            let lines = u64::try_from(lines).unwrap() + 1;
            prop_assert!(
                error.line.is_some_and(|line| (1..=lines).contains(&line)),
                "{}",
                error
            );
            prop_assert!(
                !error.to_string().chars().any(char::is_control),
                "{:?}",
                error
            );
        }
        (read, known) => prop_assert!(false, "{:?} and {:?}", read, known),
    }
    Ok(())
}

proptest! {
    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        stand_firm(&bytes)?;
    }

    #[test]
    fn almost_json(text in "[\\[\\]{}:,\"a0-9.eE+\\\\ \n-]{0,80}") {
        stand_firm(text.as_bytes())?;
        stand_firm(format!("{{\"orders\":[{{\"id\":{text}").as_bytes())?;
    }

    #[test]
    fn documents_on_a_bad_day(
        (head, shop) in testing::shop(),
        mutations in prop::collection::vec(mutation(), 1..4),
    ) {
        let bytes = mutations.iter().fold(written(&head, &shop), mutated);
        stand_firm(&bytes)?;
    }

    /// Every personal text of a customer is put in the wrong place; no error repeats it.
    #[test]
    fn no_error_repeats_what_somebody_is_called(
        name in "[A-Z]{12,20}",
        before in "[a-z, `\"]{0,9}",
        field in prop::sample::select(vec![
            "addresses", "payment_methods", "id", "email", "given_name", "family_name", "phone",
        ]),
        shape in 0..6,
    ) {
        let name = format!("{before}{name}, expected {name}");
        let quoted = serde_json::to_string(&name).unwrap();
        let value = match shape {
            0 => quoted,
            1 => format!("[{quoted}]"),
            2 => format!("[[{quoted}]]"),
            3 => format!("[{{\"id\":{quoted},\"kind\":{quoted}}}]"),
            4 => format!("[{{\"id\":{quoted},\"default\":{quoted},\"balance\":{quoted}}}]"),
            _ => format!("\"\\u0000{}\"", "x".repeat(600)),
        };
        let text = format!("{{\"customers\":[{{\"{field}\":{value}}}]}}");
        let error = read(text.as_bytes()).unwrap_err().to_string();
        let loud: String = name.chars().filter(char::is_ascii_uppercase).take(12).collect();
        prop_assert!(!error.contains(&loud), "{}", error);
    }
}

#[test]
fn depth_is_refused_or_passed_over_but_never_fatal() {
    for open in ["[", "{\"a\":"] {
        let deep = open.repeat(200_000);
        for begin in ["", "{\"faqs\":", "{\"faqs\":[", "{\"tax\":", "{\"other\":"] {
            stand_firm(format!("{begin}{deep}").as_bytes()).unwrap();
        }
    }
}

/// As many names as a member can have are told apart in no more than their number of steps; else
/// this test would not end.
#[test]
fn a_hundred_thousand_options_are_too_many_for_nobody() {
    let options: Vec<String> = (0..100_000)
        .map(|number| format!("\"{number}\":\"\""))
        .collect();
    let options = options.join(",");
    let variant =
        format!("{{\"id\":\"v\",\"price\":1,\"available\":true,\"options\":{{{options}}}}}");
    let text =
        format!("{{\"products\":[{{\"id\":\"p\",\"title\":\"\",\"variants\":[{variant}]}}]}}");
    let error = read(text.as_bytes()).unwrap_err();
    assert_eq!(error.path, "products[0].variants[0].options");
}
