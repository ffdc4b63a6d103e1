//! The fields of a payment link, one a line as `name=value`: never followed as they come; signed by
//! the target, followed to what was signed or refused.
#![no_main]

use std::sync::LazyLock;

use commerce::gateway::{
    HostedPayment,
    demo_wire::{Keys, LinkRefused, link_fields, payment_link, read_link, return_origin},
};
use libfuzzer_sys::fuzz_target;
use terms::{Money, Secret, Timestamp};

static KEYS: LazyLock<Keys> =
    LazyLock::new(|| Keys::derive(&Secret::new([7; 32])).expect("keys can be derived"));

const BASE: &str = "https://pay.example";
const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    let fields: Vec<(String, String)> = text
        .split('\n')
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    match read_link(&KEYS, &fields, NOW) {
        Err(LinkRefused::Malformed | LinkRefused::WrongSignature) => {}
        read => panic!("nobody signed this: {read:?}"),
    }
    if let Some(payment) = payment(&fields) {
        signed(&payment);
    }
});

/// What the fields would say if the return address were in clear.
fn payment(fields: &[(String, String)]) -> Option<HostedPayment> {
    let field = |wanted: &str| {
        let mut found = fields.iter().filter(|(name, _)| name == wanted);
        found.next().map(|(_, value)| value.as_str())
    };
    Some(HostedPayment {
        movement: field("m")?.parse().ok()?,
        order: field("o")?.to_owned(),
        amount: Money::new(field("a")?.parse().ok()?, field("c")?.parse().ok()?),
        return_url: field("r")?.to_owned(),
        expires_at: Timestamp::from_millis(field("e")?.parse().ok()?),
    })
}

fn signed(payment: &HostedPayment) {
    let fields = link_fields(&KEYS, payment).map(|(name, value)| (name.to_owned(), value));
    match read_link(&KEYS, &fields, NOW) {
        Ok(read) => {
            assert_eq!(&read, payment);
            assert!(payment.expires_at > NOW, "it was over");
        }
        Err(LinkRefused::Expired(read)) => {
            assert_eq!(&*read, payment);
            assert!(payment.expires_at <= NOW, "it was not over");
        }
        Err(LinkRefused::Malformed) => return,
        Err(LinkRefused::WrongSignature) => panic!("the signature is the shop's"),
    }
    // What is followed leads back to an origin that is its beginning, and to no other host.
    let origin = return_origin(&payment.return_url).expect("it leads back somewhere");
    let rest = payment.return_url.strip_prefix(&origin).expect("its own");
    assert!(
        rest.is_empty() || rest.starts_with(['/', '?', '#']),
        "{rest}"
    );
    assert!(!origin.contains(['@', '\\', ' ']), "{origin}");
    let link = payment_link(&KEYS, BASE, payment);
    let query = link
        .strip_prefix("https://pay.example/pay?")
        .expect("its page");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%=&".contains(&byte);
    assert!(query.bytes().all(plain), "{link}");
    // One field changed, and it is another link.
    for index in 0..fields.len() {
        let mut changed = fields.clone();
        if let Some((_, value)) = changed.get_mut(index) {
            value.push('0');
        }
        assert_eq!(
            read_link(&KEYS, &changed, NOW),
            Err(LinkRefused::WrongSignature)
        );
    }
}
