//! Who asks: the domain that passkeys are bound to, and the origins that may use them.

use aws_lc_rs::digest::{SHA256, digest};
use thiserror::Error;

/// A relying party whose id and origins go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    name: String,
    origins: Vec<String>,
}

/// Why a relying party cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RelyingPartyError {
    #[error(
        "`{0}` cannot be a relying party's id: it is a domain name of two or more labels in lower \
         case, an international one in its form of letters and digits (`xn--…`), or `localhost`"
    )]
    Id(String),
    #[error("a relying party's name has 1 to {NAME_MAX} characters and no control character")]
    Name,
    #[error("a relying party has at least one origin, such as `https://{0}`")]
    NoOrigin(String),
    #[error(
        "`{0}` is not an origin as a browser writes it: `https://`, a host in lower case, a port only \
         if it is not 443, and nothing behind; `http://` is allowed for `localhost` alone"
    )]
    Origin(String),
    #[error(
        "the host of `{origin}` is neither `{id}` nor a subdomain of it: passkeys of `{id}` do not work there"
    )]
    OtherHost { origin: String, id: String },
}

const NAME_MAX: usize = 64;

impl RelyingParty {
    /// The domain `id`, a `name` that browsers may show, and the `origins` whose pages may ask. Whether
    /// a domain is one that somebody can register, the browser knows, which refuses others.
    pub fn new(id: String, name: String, origins: Vec<String>) -> Result<Self, RelyingPartyError> {
        if id != "localhost" && !is_domain(&id) {
            return Err(RelyingPartyError::Id(id));
        }
        let length = name.chars().count();
        if length == 0 || length > NAME_MAX || name.chars().any(char::is_control) {
            return Err(RelyingPartyError::Name);
        }
        if origins.is_empty() {
            return Err(RelyingPartyError::NoOrigin(id));
        }
        for origin in &origins {
            let Some(host) = host_of(origin) else {
                return Err(RelyingPartyError::Origin(origin.clone()));
            };
            if !is_within(host, &id) {
                let origin = origin.clone();
                return Err(RelyingPartyError::OtherHost { origin, id });
            }
        }
        Ok(Self { id, name, origins })
    }

    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[must_use]
    pub fn origins(&self) -> &[String] {
        &self.origins
    }

    /// What authenticators sign in place of the id.
    pub(super) fn id_hash(&self) -> [u8; 32] {
        sha256(self.id.as_bytes())
    }

    /// INVARIANT: origins are compared whole, byte by byte. No part of one is ever looked for in
    /// another.
    pub(super) fn expects(&self, origin: &str) -> bool {
        self.origins.iter().any(|known| known == origin)
    }
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    let digest = digest(&SHA256, bytes);
    for (to, from) in hash.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    hash
}

/// The host of an origin in its exact serialisation (RFC 6454 §6.2).
fn host_of(origin: &str) -> Option<&str> {
    let (rest, local) = match origin.strip_prefix("https://") {
        Some(rest) => (rest, false),
        None => (origin.strip_prefix("http://")?, true),
    };
    let host = match rest.split_once(':') {
        Some((host, port)) => {
            let number = port.parse::<u16>().ok()?;
            let default = if local { 80 } else { 443 };
            // Neither `+8443` nor `08443`, and never the port that goes without saying.
            if number == 0 || number == default || number.to_string() != port {
                return None;
            }
            host
        }
        None => rest,
    };
    (host == "localhost" || (!local && is_domain(host))).then_some(host)
}

fn is_within(host: &str, id: &str) -> bool {
    host == id
        || host
            .strip_suffix(id)
            .is_some_and(|before| before.ends_with('.'))
}

/// A domain name of two or more labels, in lower case. An address in numbers is none.
fn is_domain(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    // Browsers read a host whose last label is a number, also in hexadecimal, as an IPv4 address.
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    host.len() <= 253 && host.contains('.') && host.split('.').all(label) && !numeric
}
