//! The address of the page on which a payment is made.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use terms::{Money, MovementId, Timestamp};

use super::{super::HostedPayment, Keys, LONGEST_ORDER, PAY_PATH, is_line, is_payable, joined};

/// Names of a link's fields, in the order in which they are written.
pub const LINK_FIELDS: [&str; 7] = ["m", "o", "a", "c", "r", "e", "s"];

const DOMAIN: &[u8] = b"parlour-demo-gateway/link/1";
const LONGEST_RETURN_URL: usize = 1024;

/// Why a link is not followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    #[error("the link is not complete")]
    Malformed,
    #[error("the link was changed: its signature is not the shop's")]
    WrongSignature,
    /// The signature is right, so what the link says may be used to lead back.
    #[error("the link has expired")]
    Expired(Box<HostedPayment>),
}

/// The page's address for this payment.
#[must_use]
pub fn payment_link(keys: &Keys, base: &str, payment: &HostedPayment) -> String {
    let mut link = format!("{base}{PAY_PATH}");
    for (index, (name, value)) in link_fields(keys, payment).iter().enumerate() {
        link.push(if index == 0 { '?' } else { '&' });
        link.push_str(name);
        link.push('=');
        percent_encode(value, &mut link);
    }
    link
}

/// The fields that the link and the page's form carry, the signature last.
#[must_use]
pub fn link_fields(keys: &Keys, payment: &HostedPayment) -> [(&'static str, String); 7] {
    let terms = [
        payment.movement.to_string(),
        payment.order.clone(),
        payment.amount.minor.to_string(),
        payment.amount.currency.to_string(),
        URL_SAFE_NO_PAD.encode(&payment.return_url),
        payment.expires_at.millis().to_string(),
    ];
    let tag = hmac::sign(&keys.link, &signed(&terms.each_ref().map(String::as_str)));
    let [m, o, a, c, r, e] = terms;
    let s = URL_SAFE_NO_PAD.encode(tag);
    [
        ("m", m),
        ("o", o),
        ("a", a),
        ("c", c),
        ("r", r),
        ("e", e),
        ("s", s),
    ]
}

/// Reads a link's fields: all of them and no other, each once. Signature first, then form, then
/// time.
pub fn read_link(
    keys: &Keys,
    fields: &[(String, String)],
    now: Timestamp,
) -> Result<HostedPayment, LinkRefused> {
    if fields.len() != LINK_FIELDS.len() {
        return Err(LinkRefused::Malformed);
    }
    let field = |wanted: &str| {
        let mut found = fields.iter().filter(|(name, _)| name == wanted);
        found
            .next()
            .map(|(_, value)| value.as_str())
            .ok_or(LinkRefused::Malformed)
    };
    let terms = [
        field("m")?,
        field("o")?,
        field("a")?,
        field("c")?,
        field("r")?,
        field("e")?,
    ];
    let signature = URL_SAFE_NO_PAD
        .decode(field("s")?)
        .map_err(|_| LinkRefused::WrongSignature)?;
    hmac::verify(&keys.link, &signed(&terms), &signature)
        .map_err(|_| LinkRefused::WrongSignature)?;
    let payment = payment(terms).ok_or(LinkRefused::Malformed)?;
    if payment.expires_at <= now {
        return Err(LinkRefused::Expired(Box::new(payment)));
    }
    Ok(payment)
}

fn signed(terms: &[&str; 6]) -> Vec<u8> {
    let [m, o, a, c, r, e] = terms.map(str::as_bytes);
    joined(&[DOMAIN, m, o, a, c, r, e])
}

/// What the shop signed may still not be what the gateway takes.
fn payment([m, o, a, c, r, e]: [&str; 6]) -> Option<HostedPayment> {
    let movement: MovementId = m.parse().ok()?;
    let minor: i64 = a.parse().ok()?;
    let millis: i64 = e.parse().ok()?;
    let return_url = String::from_utf8(URL_SAFE_NO_PAD.decode(r).ok()?).ok()?;
    let taken = movement.to_string() == m
        && minor.to_string() == a
        && millis.to_string() == e
        && is_payable(minor)
        && is_line(o, LONGEST_ORDER)
        && return_origin(&return_url).is_some();
    taken.then_some(HostedPayment {
        movement,
        order: o.to_owned(),
        amount: Money::new(minor, c.parse().ok()?),
        return_url,
        expires_at: Timestamp::from_millis(millis),
    })
}

/// The origin of a return address: `http` or `https`, a plain host and maybe a port. `None` for an
/// address that the gateway does not lead back to.
#[must_use]
pub fn return_origin(url: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte);
    if url.len() > LONGEST_RETURN_URL || !url.bytes().all(plain) {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    let (authority, _) = rest.split_once(['/', '?', '#']).unwrap_or((rest, ""));
    let (host, port) = match authority
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((address, "")) => (address, None),
        Some((address, rest)) => (address, Some(rest.strip_prefix(':')?)),
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let is_host = if authority.starts_with('[') {
        host.parse::<core::net::Ipv6Addr>().is_ok()
    } else {
        let named = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        !host.is_empty() && host.bytes().all(named)
    };
    let is_port = port.is_none_or(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
    });
    (matches!(scheme, "http" | "https") && is_host && is_port)
        .then(|| format!("{scheme}://{authority}"))
}

/// RFC 3986 section 2.1; only unreserved characters stand for themselves.
fn percent_encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                into.push(char::from(byte));
            }
            _ => into.push_str(&format!("%{byte:02X}")),
        }
    }
}
