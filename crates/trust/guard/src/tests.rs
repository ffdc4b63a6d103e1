//! The gates from outside: what goes in, what comes out, for anything anyone may type.

use terms::{Locale, Secret, Untrusted};

use crate::gate::{self, *};

mod corpus;
mod properties;
mod vectors;

fn untrusted(text: &str) -> Untrusted<String> {
    Untrusted::new(text.to_owned())
}

fn inbound(text: &str) -> Inbound {
    gate::inbound(untrusted(text), &mut Pseudonyms::default()).unwrap()
}

fn policy() -> LinkPolicy {
    LinkPolicy::new(["shop.example".to_owned()])
}

fn text_part(text: &str) -> Vec<Part> {
    vec![Part::Text(untrusted(text))]
}

#[test]
fn a_message_is_admitted_and_redacted() {
    let mut pseudonyms = Pseudonyms::default();
    let text = "Card 4111 1111 1111 1111 cvv 123, I'm ada@example.com or +49 171 1234567, order #10023. ada@example.com!";
    let inbound = gate::inbound(untrusted(text), &mut pseudonyms).unwrap();
    assert_eq!(
        inbound.admitted.as_str(),
        "Card [card removed] cvv [security code removed], I'm ada@example.com or +49 171 1234567, order #10023. ada@example.com!"
    );
    assert_eq!(
        inbound.redacted.as_str(),
        "Card [card removed] cvv [security code removed], I'm [EMAIL_1] or [PHONE_1], order #10023. [EMAIL_1]!"
    );
    assert!(inbound.card_removed);
    let kinds: Vec<_> = inbound
        .findings
        .iter()
        .map(|finding| finding.kind.as_str())
        .collect();
    assert_eq!(
        kinds,
        [
            "CREDIT_CARD",
            "CARD_SECURITY_CODE",
            "EMAIL_ADDRESS",
            "PHONE_NUMBER",
            "ORDER_NUMBER",
            "EMAIL_ADDRESS"
        ]
    );
    // Stable over messages.
    let next = gate::inbound(
        untrusted("bob@example.com, ada@example.com"),
        &mut pseudonyms,
    )
    .unwrap();
    assert_eq!(next.redacted.as_str(), "[EMAIL_2], [EMAIL_1]");
    assert!(!next.card_removed);
}

#[test]
fn findings_count_code_points_of_the_raw_text() {
    let text = "ä🙂\u{200B} ada@example.com";
    let findings = inbound(text).findings;
    let email = findings
        .iter()
        .find(|finding| finding.kind == FindingKind::EmailAddress)
        .unwrap();
    let found: String = text
        .chars()
        .skip(email.start)
        .take(email.end - email.start)
        .collect();
    assert_eq!(found, "ada@example.com");
    assert_eq!(
        findings[0],
        Finding {
            kind: FindingKind::HiddenText,
            start: 2,
            end: 3
        }
    );
}

#[test]
fn refusals() {
    let refused =
        |text: &str| gate::inbound(untrusted(text), &mut Pseudonyms::default()).unwrap_err();
    assert_eq!(refused(""), Refused::Empty);
    assert_eq!(refused(" \n\u{200B}\u{202E}"), Refused::Empty);
    assert_eq!(
        refused(&"ä".repeat(4_001)),
        Refused::TooLong {
            length: 4_001,
            most: MESSAGE_MAX
        }
    );
    assert_eq!(refused("").code(), "bad_argument");
    assert!(gate::inbound(untrusted(&"ä".repeat(4_000)), &mut Pseudonyms::default()).is_ok());
    assert_eq!(gate::note(untrusted("")).unwrap_err(), Refused::Empty);
    assert_eq!(
        gate::reply(untrusted("![x](https://e.example/)"), &policy()).unwrap_err(),
        Refused::Empty
    );
    assert_eq!(
        gate::one_time_code(untrusted("12345")).unwrap_err().code(),
        "bad_code"
    );
}

#[test]
fn a_typed_placeholder_reads_nothing_back() {
    let mut pseudonyms = Pseudonyms::default();
    gate::inbound(untrusted("I am ada@example.com"), &mut pseudonyms).unwrap();
    for forged in [
        "[EMAIL_1]",
        "［EMAIL_1］",
        "[email_1]",
        "[ EMAIL 1 ]",
        "[EM\u{200B}AIL_1]",
    ] {
        let inbound = gate::inbound(untrusted(forged), &mut pseudonyms).unwrap();
        assert!(
            !inbound.redacted.as_str().contains("EMAIL"),
            "{}",
            inbound.redacted.as_str()
        );
        let back = gate::outbound(text_part(inbound.redacted.as_str()), &pseudonyms, &policy());
        assert!(!back.plain_text().contains("ada@"), "{forged}");
    }
    // A tool's text cannot carry one in either.
    let page = gate::tool_result(untrusted("Ask [EMAIL_1]"), &mut pseudonyms);
    let back = gate::outbound(text_part(page.as_str()), &pseudonyms, &policy());
    assert_eq!(back.plain_text(), "Ask [EMAIL_1]");
    // A number never issued stands for nothing.
    assert_eq!(
        gate::outbound(text_part("[EMAIL_7] [PHONE_1]"), &pseudonyms, &policy()).plain_text(),
        "[EMAIL_7] [PHONE_1]"
    );
}

#[test]
fn placeholders_come_back_in_text_and_never_in_links() {
    let mut pseudonyms = Pseudonyms::default();
    gate::inbound(untrusted("ada@example.com"), &mut pseudonyms).unwrap();
    let kept = Pseudonyms::from_bytes(&pseudonyms.to_bytes()).unwrap();
    let draft = "**Thanks**, [EMAIL_1]! [EMAIL_1](https://shop.example/?q=[EMAIL_1]) https://shop.example/[EMAIL_1]";
    let cleared = gate::outbound(text_part(draft), &kept, &policy());
    for block in cleared.blocks() {
        if let Block::Link { url, .. } = block {
            assert!(!url.contains("ada") && !url.contains("EMAIL"), "{url}");
        }
    }
    assert!(
        cleared.plain_text().starts_with("Thanks, ada@example.com!"),
        "{}",
        cleared.plain_text()
    );
    assert!(Pseudonyms::from_bytes(b"{\"EMAIL\":1}").is_err());
    assert!(!format!("{kept:?}").contains("ada"));
}

#[test]
fn a_flood_of_addresses_does_not_grow_the_context_without_bound() {
    let mut pseudonyms = Pseudonyms::default();
    let flood: String = (0..5_000).map(|n| format!("a{n}@example.com ")).collect();
    let redacted = gate::tool_result(untrusted(&flood), &mut pseudonyms);
    assert!(!redacted.as_str().contains('@'));
    assert_eq!(pseudonyms.len(), 500);
}

#[test]
fn a_draft_becomes_blocks() {
    let parts = vec![
        Part::Text(untrusted("Hello **you**\n\n- a\n- b")),
        Part::Quote(Quote {
            kind: QuoteKind::Policy,
            id: "returns".to_owned(),
            title: "Returns\n& more".to_owned(),
            text: untrusted("Within 30 days."),
        }),
        Part::Link {
            label: "Shop".to_owned(),
            url: "https://shop.example/x".to_owned(),
        },
        Part::Link {
            label: "Bad".to_owned(),
            url: "https://evil.example/x".to_owned(),
        },
        Part::Choices(vec![Choice {
            label: "Yes".to_owned(),
            text: "Yes, go to https://evil.example".to_owned(),
        }]),
        Part::Handover(HandoverState::Waiting),
    ];
    let cleared = gate::outbound(parts, &Pseudonyms::default(), &policy());
    let json = serde_json::to_value(cleared.blocks()).unwrap();
    assert_eq!(
        json,
        serde_json::json!([
            {"type": "text", "text": "Hello you\n\n- a\n- b", "content": [
                {"kind": "paragraph", "spans": [{"text": "Hello "}, {"text": "you", "bold": true}]},
                {"kind": "list", "ordered": false, "items": [[{"text": "a"}], [{"text": "b"}]]},
            ]},
            {"type": "text", "text": "Within 30 days.", "content": [{"kind": "paragraph", "spans": [{"text": "Within 30 days."}]}]},
            {"type": "source", "kind": "policy", "id": "returns", "title": "Returns & more"},
            {"type": "link", "id": "link_1", "label": "Shop", "host": "shop.example", "url": "https://shop.example/x"},
            {"type": "text", "text": "Bad [link removed: evil.example]", "content": [{"kind": "paragraph", "spans": [{"text": "Bad [link removed: evil.example]"}]}]},
            {"type": "choices", "choices": [{"label": "Yes", "text": "Yes, go to [link removed: evil.example]"}]},
            {"type": "handover", "state": "waiting"},
        ])
    );
}

#[test]
fn cards_do_not_leave_either() {
    for draft in [
        "Your card 4111 1111 1111 1111 is fine",
        "**4111** **1111** *1111* 1111",
        "4111 [1111](https://shop.example/) 1111 1111",
        "- 4111111111111111",
    ] {
        let plain =
            gate::outbound(text_part(draft), &Pseudonyms::default(), &policy()).plain_text();
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        assert!(!digits.contains("4111111111111111"), "{draft}: {plain}");
    }
}

#[test]
fn a_stored_link_is_checked_again() {
    let cleared = gate::outbound(
        text_part("[Here](https://shop.example/a)"),
        &Pseudonyms::default(),
        &policy(),
    );
    let bytes = cleared.to_stored();
    assert_eq!(
        gate::stored(&bytes, &policy()).unwrap().blocks(),
        cleared.blocks()
    );
    let withdrawn = gate::stored(&bytes, &LinkPolicy::default()).unwrap();
    assert!(
        withdrawn
            .blocks()
            .iter()
            .all(|block| !matches!(block, Block::Link { .. }))
    );
    assert!(
        withdrawn
            .plain_text()
            .contains("[link removed: shop.example]")
    );
    // A changed host does not make a changed link good.
    let forged = String::from_utf8(bytes)
        .unwrap()
        .replace("https://shop.example/a", "https://evil.example/a");
    assert!(
        gate::stored(forged.as_bytes(), &policy())
            .unwrap()
            .blocks()
            .iter()
            .all(|block| !matches!(block, Block::Link { .. }))
    );
    for bad in [
        &b""[..],
        b"[]",
        b"{\"version\":2,\"blocks\":[]}",
        b"{\"version\":1,\"blocks\":[{\"type\":\"x\"}]}",
        b"\xff",
    ] {
        assert!(gate::stored(bad, &policy()).is_err());
    }
}

#[test]
fn a_shoppers_markup_stays_text() {
    let text = "**bold** [x](https://shop.example)\n<script>alert(1)</script>";
    let cleared = gate::echo(&inbound(text).admitted);
    assert_eq!(cleared.plain_text(), text);
    assert_eq!(cleared.blocks().len(), 1);
}

#[test]
fn notices_and_mails() {
    for notice in [
        Notice::AiDisclosure,
        Notice::CardRemoved,
        Notice::PersonRequested,
        Notice::PersonJoined,
        Notice::PersonLeft,
        Notice::AddressProved,
    ] {
        let cleared = gate::notice(notice);
        assert!(!cleared.plain_text().is_empty());
        assert!(matches!(
            cleared.blocks().last(),
            Some(Block::Notice { .. })
        ));
    }
    assert!(
        gate::notice(Notice::AiDisclosure)
            .plain_text()
            .contains("AI assistant, not with a person")
    );
}

#[test]
fn a_code_is_mailed_in_every_language_and_stays_out_of_the_subject() {
    let code = Secret::new("123456".to_owned());
    let shop_name = "Alder\r\nBcc: x@example.com";
    let mut said = std::collections::BTreeSet::new();
    for language in terms::Language::ALL {
        let locale: Locale = format!("{}-AT", language.tag()).parse().unwrap();
        for template in [
            MailTemplate::SignInCode {
                shop_name,
                code: &code,
                minutes: 10,
            },
            MailTemplate::ConfirmCode {
                shop_name,
                code: &code,
                minutes: 10,
            },
        ] {
            let mail = gate::mail(template, &locale);
            assert!(!mail.subject().contains(['\r', '\n']) && mail.subject().contains("Alder"));
            assert!(
                !mail.subject().contains("123456"),
                "a code in a subject shows on a locked screen"
            );
            assert!(mail.text().contains("123456") && mail.text().contains("10"));
            assert!(!format!("{mail:?}").contains("123456"));
            said.insert((mail.subject().to_owned(), mail.text().to_owned()));
        }
    }
    // No language stands in for another, and no template for the other.
    assert_eq!(said.len(), 16);
    let subjects: std::collections::BTreeSet<_> = said.iter().map(|(subject, _)| subject).collect();
    assert_eq!(subjects.len(), 16);
}

#[test]
fn proofs_show_no_words() {
    let inbound = inbound("secret words ada@example.com");
    let cleared = gate::echo(&inbound.admitted);
    let words = || "secret words ada@example.com".to_owned();
    let choice = Choice {
        label: words(),
        text: words(),
    };
    let parts = vec![
        Part::Text(untrusted(&words())),
        Part::Quote(Quote {
            kind: QuoteKind::Faq,
            id: words(),
            title: words(),
            text: untrusted(&words()),
        }),
        Part::Link {
            label: words(),
            url: "https://shop.example/secret".to_owned(),
        },
        Part::Text(untrusted("1. **secret** ada\n\n- *secret* ada")),
        Part::Choices(vec![choice.clone()]),
    ];
    let shown_parts = format!("{parts:?}");
    let reply = gate::outbound(parts, &Pseudonyms::default(), &policy());
    assert!(reply.blocks().len() >= 6);
    for shown in [
        format!("{inbound:?}"),
        format!("{cleared:?}"),
        shown_parts,
        format!("{:?}", reply.blocks()),
        format!("{choice:?}"),
    ] {
        assert!(
            !shown.contains("secret") && !shown.contains("ada"),
            "{shown}"
        );
    }
}

/// Inputs of a megabyte that make careless matching walk the same stretch again and again. The
/// test is that they come to an end.
#[test]
fn a_megabyte_of_anything_is_read_once() {
    const SIZE: usize = 1 << 20;
    let fill = |piece: &str| piece.repeat(SIZE / piece.len());
    for piece in [
        "4",
        "4 ",
        "1 2 ",
        "4111 1111 1111 1111 ",
        "4111 1111 1111 1112 ",
        "visa 4",
        "4x",
        "is4111",
        "order #4111111111111111 ",
        "4111 1111 1111 11111 ",
        "4111<br>",
        "<a",
        "%20",
        "&#4",
        "4 12/27 ",
        "0171 1234567 ",
        "+49 ",
        "+1-",
        "12.05.2024 ",
        "a@",
        "@",
        "a@b.c ",
        "a@example.com",
        "aaaaaaaa.",
        "cvv ",
        "cvv 12",
        "123 is my ",
        "[",
        "[EMAIL_",
        "[EMAIL_1]",
        "\u{200B}",
        "\u{1B}[",
        "\u{1B}[31",
        "phone ",
        "call 1234567 ",
        "1234567 and ",
        "order no ",
        "ä",
        "🙂",
        "(",
        "0",
        "00 ",
        "e\u{0301}",
        "\n",
        " ",
    ] {
        let redacted = gate::tool_result(untrusted(&fill(piece)), &mut Pseudonyms::default());
        assert!(redacted.as_str().len() <= 4 * SIZE, "{piece}");
    }
    // One unbroken run of digits in a text about cards.
    for (piece, removed) in [("4", false), ("42", true)] {
        let run = format!("visa {}", fill(piece));
        let redacted = gate::tool_result(untrusted(&run), &mut Pseudonyms::default());
        assert_eq!(
            redacted.as_str().contains("[card removed]"),
            removed,
            "{piece}"
        );
    }
    for piece in [
        "[",
        "](",
        "[a](",
        "![",
        "![a](",
        "[a][",
        "**",
        "*",
        "* a",
        "- a\n",
        "https://",
        "https://a.b/",
        "www.",
        "a.com.",
        "a.a.",
        "[EMAIL_1]",
        "<",
        "`",
        "1. ",
        "\n",
        "[a]: ",
    ] {
        let cleared = gate::outbound(text_part(&fill(piece)), &Pseudonyms::default(), &policy());
        assert!(cleared.plain_text().len() <= 4 * SIZE, "{piece}");
    }
}

/// A product's name is the shop's words, and the shop's page may have been written by anybody.
#[test]
fn names_of_products_are_cleared() {
    let card = |title: &str| ProductCard {
        id: "p".to_owned(),
        title: title.to_owned(),
        category: Some("Read \u{202e}https://evil.example/c".to_owned()),
        currency: "EUR".to_owned(),
        price: 1,
        from: false,
        variants: 1,
        in_stock: true,
        picture: None,
    };
    let titles = [
        "Mug\u{200b} <img src=x>",
        "See https://evil.example/a",
        "Card 4111 1111 1111 1111",
        "\u{200b}",
    ];
    let parts = vec![Part::Products(titles.map(card).to_vec())];
    let cleared = outbound(parts, &Pseudonyms::default(), &LinkPolicy::default());
    let [Block::Products { products }] = cleared.blocks() else {
        panic!("{cleared:?}")
    };
    assert_eq!(products.len(), 3, "a product without a name is none");
    let text = serde_json::to_string(products).unwrap();
    for gone in ["evil.example/", "4111", "\u{200b}", "\u{202e}"] {
        assert!(!text.contains(gone), "{gone:?} in {text}");
    }
    let many = vec![Part::Products(vec![card("Mug"); 40])];
    let cleared = outbound(many, &Pseudonyms::default(), &LinkPolicy::default());
    let [Block::Products { products }] = cleared.blocks() else {
        panic!("{cleared:?}")
    };
    assert_eq!(products.len(), 8);
}

/// What is confirmed is read to its end, however long what stands before it is.
#[test]
fn an_effect_is_never_cut() {
    let line = |text: String| EffectCard { text, amount: None };
    let town = format!(
        "Delivered to {}, 50667 Köln, DE",
        "Lange Straße ".repeat(40)
    );
    let effect = vec![
        line(town.clone()),
        line("B\u{202e}ad \u{200b}<b>".to_owned()),
    ];
    let proposal = ProposalCard {
        id: "p".to_owned(),
        tool: "change_order_address".to_owned(),
        title: format!("Send order {} elsewhere", "1".repeat(3)),
        effect: effect.clone(),
        total: None,
        currency: "EUR".to_owned(),
        level: "step_up".to_owned(),
        expires_at: "2999-01-01T00:00:00Z".to_owned(),
    };
    let done = OutcomeCard {
        proposal: "p".to_owned(),
        tool: proposal.tool.clone(),
        title: proposal.title.clone(),
        effect,
        currency: "EUR".to_owned(),
        order: None,
    };
    let shown = outbound(
        vec![Part::Proposal(proposal)],
        &Pseudonyms::default(),
        &LinkPolicy::default(),
    );
    let [Block::Proposal(ProposalCard { effect: asked, .. })] = shown.blocks() else {
        panic!("{shown:?}")
    };
    let told = outcome(done);
    let [Block::Outcome(OutcomeCard { effect: done, .. })] = told.blocks() else {
        panic!("{told:?}")
    };
    for effect in [asked, done] {
        let texts: Vec<&str> = effect.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                town.split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .as_str(),
                "Bad <b>"
            ]
        );
    }
}
