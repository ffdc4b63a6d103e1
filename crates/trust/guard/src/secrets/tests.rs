//! The rules as data, and texts that are long or hostile; `tests/vectors/secrets.json` has the cases.

use super::*;

fn removed(text: &str) -> Vec<(&'static str, String)> {
    let view = View::of(text);
    let found = find(&view).into_iter();
    found
        .map(|one| (one.kind.as_str(), view.text(one.range).to_owned()))
        .collect()
}

#[test]
fn the_rules_are_read() {
    let rules = RULES.as_ref().unwrap();
    assert!(rules.rules.len() > 15);
    for kind in ["PASSWORD", "ONE_TIME_CODE", "API_KEY"] {
        let of_kind = rules.rules.iter().filter(|rule| rule.kind.as_str() == kind);
        assert!(of_kind.count() > 3, "{kind}");
    }
    for rule in &rules.rules {
        let pattern = rule.find.as_str();
        let unnamed = [
            "<password",
            "<value>",
            "<says>",
            "<about>",
            "<digits>",
            "<one_",
            "<this>",
        ];
        assert!(
            !unnamed.iter().any(|list| pattern.contains(list)),
            "{pattern}"
        );
        assert_eq!(rule.find.captures_len(), 2, "one value: {pattern}");
    }
}

#[test]
fn each_is_named_by_what_it_is() {
    assert_eq!(
        removed("password hunter2, otp 482-913, ghp_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"),
        [
            ("PASSWORD", "hunter2".to_owned()),
            ("ONE_TIME_CODE", "482-913".to_owned()),
            (
                "API_KEY",
                "ghp_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789".to_owned()
            ),
        ]
    );
}

#[test]
fn a_token_goes_to_its_end() {
    let token = "a1".repeat(2_000);
    let text = format!("bearer {token} and more");
    assert_eq!(removed(&text), [("API_KEY", token)]);
}

/// Every reading ends, also where a rule begins anew at each place.
#[test]
fn long_texts_are_read_in_their_length() {
    for piece in [
        "password ",
        "password: ",
        "password is ",
        "my password for ",
        "pw=",
        "token=",
        "bearer ",
        "otp ",
        "otp is the code from me ",
        "code ",
        "code 1",
        "1 ",
        "12",
        "123456 ",
        "eyJ",
        "eyJaaaaaaaa.",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN ",
        "sk-",
        "[code removed]",
        "[",
        "a://b:",
        "is my ",
        "passphrase: ",
        "my pin ",
        "api key ",
        "\"",
        "\n",
        "\u{1F511}",
        "x",
        "haslo to ",
        "mdp: ",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let view = View::of(&text);
        let found = find(&view);
        assert!(
            found
                .iter()
                .zip(found.iter().skip(1))
                .all(|(one, next)| one.range.end <= next.range.start),
            "in order: {piece}"
        );
    }
}
