//! The corpus of hostile strings that the browser journeys carry into every screen
//! (`tests/browser/corpus/`), here against what the gates give out: mails above all, since a mail is
//! read by programs that nobody of ours wrote.

use std::{fs, path::Path};

use terms::{Locale, Secret};

use super::{policy, text_part, untrusted};
use crate::gate::{self, *};

/// Every string of the files. ⟨HEX⟩ stands for a code point; lines that begin with `#:` are about the
/// group.
fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/browser/corpus");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let lines = fs::read_to_string(&file).unwrap();
        let before = texts.len();
        let strings = lines
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("#:"));
        texts.extend(strings.map(unfolded));
        assert!(texts.len() >= before + 10, "{}", file.display());
    }
    assert!(texts.len() >= 500, "{} strings", texts.len());
    assert!(texts.iter().any(|text| text.contains("\r\nBcc: ")));
    texts
}

fn unfolded(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('⟨') {
        text.push_str(before);
        let code = after.split_once('⟩').and_then(|(hex, after)| {
            let point = u32::from_str_radix(hex, 16).ok()?;
            Some((char::from_u32(point)?, after))
        });
        if let Some((character, after)) = code {
            text.push(character);
            rest = after;
        } else {
            text.push('⟨');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// The headers that a mail has when its subject is written into one as it is, and what its reader
/// makes of them: encoded words decoded, then read as lines.
fn headers_of(subject: &str) -> Vec<String> {
    let decoded = decoded(&format!("Subject: {subject}"));
    decoded
        .split([
            '\r', '\n', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}',
        ])
        .map(str::to_owned)
        .collect()
}

/// Encoded words (RFC 2047) of either encoding, read as generously as any reader would.
fn decoded(line: &str) -> String {
    let pattern = regex::Regex::new(r"=\?([^?]*)\?([qQbB])\?(.*?)\?=").unwrap();
    pattern
        .replace_all(line, |found: &regex::Captures<'_>| {
            let bytes = if found[2].eq_ignore_ascii_case("q") {
                quoted(&found[3])
            } else {
                base64(&found[3])
            };
            String::from_utf8_lossy(&bytes).into_owned()
        })
        .into_owned()
}

fn quoted(word: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = word.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let pair = after.get(..2).and_then(|pair| str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'=' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ if *first == b'_' => bytes.push(b' '),
            _ => bytes.push(*first),
        }
    }
    bytes
}

fn base64(word: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = word.bytes().filter_map(|byte| {
        let value = DIGITS.iter().position(|digit| *digit == byte)?;
        u32::try_from(value).ok()
    });
    let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::new());
    for value in values {
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.extend(u8::try_from(bits >> held & 0xFF));
        }
    }
    bytes
}

#[test]
fn the_reader_of_headers_sees_one_that_was_smuggled_in() {
    assert_eq!(headers_of("Mill\r\nBcc: x@evil.example").len(), 3);
    for encoded in [
        "=?utf-8?q?Mill=0D=0ABcc:_x@evil.example?=",
        "=?utf-8?b?TWlsbA0KQmNjOiBldmVyeW9uZUBldmlsLmV4YW1wbGU=?=",
    ] {
        let read = headers_of(encoded);
        assert!(
            read.iter().any(|line| line.starts_with("Bcc: ")),
            "{read:?}"
        );
    }
}

#[test]
fn no_string_of_the_corpus_becomes_a_header_or_a_part_of_a_mail() {
    let code = Secret::new("123456".to_owned());
    let (mut mails, texts) = (0, corpus());
    for text in &texts {
        let (shop_name, link) = (text.as_str(), text.as_str());
        let plain = MailTemplate::Answered {
            shop_name: "Mill",
            link: "https://mill.example/",
        };
        for language in ["en", "de", "fr", "es", "it", "pt", "nl", "pl"] {
            let locale: Locale = language.parse().unwrap();
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
                MailTemplate::Answered { shop_name, link },
            ] {
                let mail = gate::mail(template, &locale);
                assert_eq!(
                    headers_of(mail.subject()).len(),
                    1,
                    "{text:?}: {}",
                    mail.subject()
                );
                assert_eq!(
                    decoded(mail.subject()),
                    mail.subject(),
                    "{text:?} is decoded"
                );
                let hidden = |character: char| character.is_control() && character != '\n';
                assert!(!mail.text().contains(hidden), "{text:?}");
                // Every line begins with words of the template or with the space before a code or a
                // link: none is a boundary, the dot that ends a mail, or `From `.
                for line in mail.text().lines() {
                    let began = ["--", ".", "From ", ">From", "Content-", "begin "];
                    assert!(
                        !began.iter().any(|word| line.starts_with(word)),
                        "{text:?}: {line}"
                    );
                }
                if matches!(template, MailTemplate::Answered { .. }) {
                    let usual = gate::mail(plain, &locale);
                    let lines = mail.text().lines().count();
                    assert_eq!(lines, usual.text().lines().count(), "{text:?} adds a line");
                }
                mails += 1;
            }
        }
    }
    assert_eq!(mails, texts.len() * 24);
}

#[test]
fn no_string_of_the_corpus_is_taken_for_an_address_with_more_in_it() {
    for text in corpus() {
        for given in [
            text.clone(),
            format!("{text}@example.com"),
            format!("x@{text}"),
        ] {
            let Ok(address) = gate::email_address(untrusted(&given)) else {
                continue;
            };
            let written = address.as_str();
            assert!(
                written.is_ascii() && written.matches('@').count() == 1,
                "{given:?}"
            );
            let breaks = |byte: u8| byte.is_ascii_control() || b" ,;:<>()[]\\\"".contains(&byte);
            assert!(!written.bytes().any(breaks), "{given:?}: {written}");
        }
    }
}

#[test]
fn no_string_of_the_corpus_becomes_a_link_to_a_stranger() {
    let policy = policy();
    let foreign = |blocks: &[Block]| {
        let mut links = blocks.iter().filter_map(|block| match block {
            Block::Link { host, url, .. } => Some((host.clone(), url.clone())),
            _ => None,
        });
        links.find(|(host, url)| {
            let path = url.strip_prefix("https://shop.example");
            let leads_on = |path: &str| !path.is_empty() && !path.starts_with(['/', '?', '#']);
            host != "shop.example" || path.is_none_or(leads_on)
        })
    };
    for text in corpus() {
        let draft = gate::outbound(text_part(&text), &Pseudonyms::default(), &policy);
        assert_eq!(foreign(draft.blocks()), None, "{text:?}");
        if let Ok(reply) = gate::reply(untrusted(&text), &policy) {
            assert_eq!(foreign(reply.blocks()), None, "{text:?}");
        }
        // What she says herself is hers: it is never anything but one text.
        let mut pseudonyms = Pseudonyms::default();
        if let Ok(inbound) = gate::inbound(untrusted(&text), &mut pseudonyms) {
            let echoed = gate::echo(&inbound.admitted);
            assert!(matches!(echoed.blocks(), [Block::Text { .. }]), "{text:?}");
        }
    }
}
