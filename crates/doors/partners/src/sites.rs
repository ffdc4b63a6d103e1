//! Asking a site of the shop's own for one file: the one way in which pages and pictures are fetched.
//!
//! A server that fetches what somebody names can be made to fetch what only it can reach. So:
//!
//! - only hosts that the shop has registered (its own pages, and those that replies may link to): whoever
//!   steals a session at the desk, or writes into a catalogue, gets no way to call the rest of the world,
//!   or to be told by a call that it was made;
//! - `https` on its usual port, without a name or password;
//! - the name is resolved once, every address it has must be one of the open Internet, and the
//!   connection is made to those very addresses: a name that answers differently a moment later is not
//!   asked again. A registered host whose name points into the house is refused like any other;
//! - no redirect is followed: the answer says where it leads, and staff name that;
//! - a size and ten seconds at most.

use core::time::Duration;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::{Response, StatusCode, Url, header};

use crate::client::{self, said};

/// For everything: resolving, connecting, and reading to the end.
const WITHIN: Duration = Duration::from_secs(10);
const LONGEST_ADDRESS: usize = 2_000;

/// Why nothing was fetched, in a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refusal(pub(crate) String);

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// `page` or `picture`, for sentences.
    pub(crate) what: &'static str,
    /// What staff can do when it is not fetched, after a full stop; may be empty.
    pub(crate) instead: &'static str,
    pub(crate) accept: &'static str,
    /// The media types that are read; none for whatever comes.
    pub(crate) kinds: &'static [&'static str],
    /// What is said of another.
    pub(crate) other: &'static str,
    /// The largest answer, in bytes.
    pub(crate) largest: usize,
}

/// What came.
pub(crate) struct Came {
    /// The media type it was sent with, in lower case, without parameters.
    pub(crate) kind: String,
    pub(crate) body: Vec<u8>,
}

/// Asks over `https`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sites {
    /// Also plain `http` from this very machine, on any port, from hosts that are registered: for a demo,
    /// and for tests. INVARIANT: no configuration file leads here.
    pub(crate) loopback: bool,
}

impl Sites {
    /// Fetches what is at `address`, if its host is one of `hosts`.
    pub(crate) async fn fetch(
        self,
        address: &str,
        hosts: &[String],
        asked: Asked,
    ) -> Result<Came, Refusal> {
        let target = Target::of(address, hosts, self.loopback, asked)?;
        let whole = async {
            let response = self.answer(&target, asked).await?;
            found(&target, &response, asked)?;
            let kind = response.headers().get(header::CONTENT_TYPE);
            let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default().trim();
            let kind = kind.to_ascii_lowercase();
            if !asked.kinds.is_empty() && !asked.kinds.contains(&kind.as_str()) {
                return refuse(asked.other);
            }
            let body = read(&target, response, asked).await?;
            Ok(Came { kind, body })
        };
        match tokio::time::timeout(WITHIN, whole).await {
            Ok(came) => came,
            Err(_) => refuse(format!(
                "`{}` did not answer within {} seconds",
                target.host,
                WITHIN.as_secs()
            )),
        }
    }

    async fn answer(self, target: &Target, asked: Asked) -> Result<Response, Refusal> {
        let addresses = target.resolved().await?;
        for address in &addresses {
            let here = self.loopback && target.plain && address.ip().is_loopback();
            if !here && !is_public(address.ip()) {
                return refuse(format!(
                    "`{}` leads to an address that is not on the open Internet, so it is not fetched",
                    target.host
                ));
            }
        }
        let client = client::builder()
            .map_err(|error| Refusal(error.to_string()))?
            .timeout(WITHIN)
            // INVARIANT: the addresses that were looked at are the ones that are called.
            .resolve_to_addrs(&target.host, &addresses)
            .build()
            .map_err(|error| Refusal(format!("the HTTP client could not be made: {error}")))?;
        client
            .get(target.url.clone())
            .header(header::ACCEPT, asked.accept)
            .header(
                header::USER_AGENT,
                format!("Parlour ({} import)", asked.what),
            )
            .send()
            .await
            .map_err(|error| Refusal(format!("`{}` gave {}", target.host, said(&error))))
    }
}

/// Whether the answer is what was asked for, and not the way to something else.
fn found(target: &Target, response: &Response, asked: Asked) -> Result<(), Refusal> {
    let (status, what) = (response.status(), asked.what);
    if status.is_redirection() {
        let to = response.headers().get(header::LOCATION);
        let to = to.and_then(|to| target.url.join(to.to_str().ok()?).ok());
        return refuse(match to.as_ref().and_then(Url::host_str) {
            Some(host) => format!(
                "this {what} sends visitors on to another address on `{host}`: open it in a browser and name the address it ends at"
            ),
            None => format!("this {what} sends visitors on to another address"),
        });
    }
    if status != StatusCode::OK {
        return refuse(format!("`{}` answered {}", target.host, status.as_u16()));
    }
    Ok(())
}

pub(crate) fn refuse<T>(sentence: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(sentence.into()))
}

/// What may be asked for.
struct Target {
    url: Url,
    /// The name or address, without brackets.
    host: String,
    port: u16,
    /// Whether it is on this machine, over plain HTTP.
    plain: bool,
}

impl Target {
    fn of(address: &str, hosts: &[String], loopback: bool, asked: Asked) -> Result<Self, Refusal> {
        if address.len() > LONGEST_ADDRESS {
            return refuse(format!(
                "the address is longer than {LONGEST_ADDRESS} characters"
            ));
        }
        let Ok(url) = Url::parse(address.trim()) else {
            return refuse(
                "this is not a web address: expected one such as `https://shop.example/returns`",
            );
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("the address holds a name or a password: leave them out");
        }
        let written = url.host_str().unwrap_or_default();
        let host = written.trim_matches(['[', ']']).to_owned();
        let plain = loopback && url.scheme() == "http" && is_this_machine(&host);
        if url.scheme() != "https" && !plain {
            return refuse("only `https` addresses are fetched");
        }
        let Some(port) = url.port_or_known_default() else {
            return refuse("the address has no port that could be called");
        };
        if port != 443 && !plain {
            return refuse("only the usual port of `https` is called: leave the port out");
        }
        let authority = match url.port() {
            Some(port) => format!("{written}:{port}"),
            None => written.to_owned(),
        };
        let registered = hosts.iter().any(|registered| {
            let registered = registered.trim().to_ascii_lowercase();
            registered == authority || registered == written
        });
        if !registered {
            return refuse(format!(
                "`{host}` is not a host of this shop: pages and pictures are fetched from the shop's own sites and from the hosts it links to (`shop.origins` and `shop.link_hosts` in the configuration){}",
                asked.instead
            ));
        }
        Ok(Self {
            url,
            host,
            port,
            plain,
        })
    }

    async fn resolved(&self) -> Result<Vec<SocketAddr>, Refusal> {
        if let Ok(address) = self.host.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, self.port)]);
        }
        if self.plain {
            // INVARIANT: `localhost` is this machine, whatever a resolver says.
            let here = [
                IpAddr::from(Ipv4Addr::LOCALHOST),
                Ipv6Addr::LOCALHOST.into(),
            ];
            return Ok(here.map(|ip| SocketAddr::new(ip, self.port)).to_vec());
        }
        let found = tokio::net::lookup_host((self.host.as_str(), self.port)).await;
        let addresses: Vec<SocketAddr> = found.map(Iterator::collect).unwrap_or_default();
        if addresses.is_empty() {
            return refuse(format!("there is no host called `{}`", self.host));
        }
        Ok(addresses)
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// Whether an address is one of the open Internet: not this machine, not a private or a provider's
/// network, not one where a cloud tells a machine its secrets, and no other address in disguise.
/// The registries of IANA for special-purpose addresses (RFC 6890), with what came after.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || a == 127
        || (a == 100 && (64..=127).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..=31).contains(&b))
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 31 && c == 196)
        || (a == 192 && b == 52 && c == 193)
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 192 && b == 175 && c == 48)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        // Multicast, reserved, broadcast.
        || a >= 224
        // The metadata service of one cloud has an address that is public everywhere else.
        || address == Ipv4Addr::new(168, 63, 129, 16);
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // INVARIANT: only what is allotted to the open Internet (2000::/3), which leaves out loopback,
    // unspecified, mapped and compatible IPv4, NAT64, ULA, link-local, site-local and multicast.
    let [a, b, ..] = address.segments();
    let allotted = a & 0xe000 == 0x2000;
    // Teredo and the rest of 2001::/23, documentation, 6to4 (an IPv4 address in disguise).
    let special =
        (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    allotted && !special
}

async fn read(target: &Target, mut response: Response, asked: Asked) -> Result<Vec<u8>, Refusal> {
    let too_large = || {
        refuse(format!(
            "the {} is larger than {} MiB",
            asked.what,
            asked.largest / 1024 / 1024
        ))
    };
    let declared = response.content_length().unwrap_or_default();
    if usize::try_from(declared).is_ok_and(|declared| declared > asked.largest) {
        return too_large();
    }
    let mut body = Vec::new();
    loop {
        let part = response.chunk().await;
        let part =
            part.map_err(|error| Refusal(format!("`{}` gave {}", target.host, said(&error))))?;
        let Some(part) = part else { break };
        if body.len().saturating_add(part.len()) > asked.largest {
            return too_large();
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_open_internet_are_public() {
        for near in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "169.254.0.1",
            "172.16.0.1",
            "172.31.9.9",
            "192.0.0.1",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2001:20::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
            "4000::1",
        ] {
            assert!(!is_public(near.parse().unwrap()), "{near}");
        }
        for far in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001:800::200e",
            "2001:200::1",
            "2001:4860:4860::8888",
        ] {
            assert!(is_public(far.parse().unwrap()), "{far}");
        }
    }
}
