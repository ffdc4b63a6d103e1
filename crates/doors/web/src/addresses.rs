//! Origins and hosts, compared as exact values.

use core::{fmt, str::FromStr};

/// A web origin (RFC 6454) in canonical form: `https://shop.example` or `http://localhost:8080`;
/// the scheme's default port is left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    scheme: Scheme,
    host: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scheme {
    Http,
    Https,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an origin: expected a scheme, a host and maybe a port, such as `https://shop.example` or `http://localhost:8080`, without a path"
)]
pub struct OriginError(String);

impl Origin {
    /// Host with port, as a `Host` header has it.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    #[must_use]
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::Https
    }
}

impl Origin {
    /// Whether only this machine can reach it by that name.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let name = self
            .host
            .rsplit_once(':')
            .map_or(self.host.as_str(), |(name, port)| {
                if port.bytes().all(|digit| digit.is_ascii_digit()) {
                    name
                } else {
                    &self.host
                }
            });
        let address = name.trim_start_matches('[').trim_end_matches(']');
        let by_number = address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
        name == "localhost" || by_number
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let refuse = || OriginError(text.chars().take(200).collect());
        let (scheme, rest) = text.split_once("://").ok_or_else(refuse)?;
        let (scheme, default_port) = match scheme {
            "http" => (Scheme::Http, "80"),
            "https" => (Scheme::Https, "443"),
            _ => return Err(refuse()),
        };
        let uri: axum::http::uri::Authority = rest.parse().map_err(|_| refuse())?;
        let plain = !rest.contains('@') && !uri.host().is_empty();
        let port = uri.port();
        // An authority with a colon and no readable port is `host:` or worse.
        let colon_is_port = port.is_some() || !rest.trim_start_matches(uri.host()).contains(':');
        if !plain || !colon_is_port {
            return Err(refuse());
        }
        let host = uri.host().to_ascii_lowercase();
        let host = match port {
            Some(port) if port.as_str() != default_port => format!("{host}:{}", port.as_str()),
            _ => host,
        };
        Ok(Self { scheme, host })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        write!(f, "{scheme}://{}", self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical() {
        for (given, canonical) in [
            ("https://Shop.Example", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(given.parse::<Origin>().unwrap().to_string(), canonical);
        }
    }

    #[test]
    fn loopback() {
        for near in [
            "http://localhost",
            "http://localhost:8080",
            "http://127.0.0.2:1",
            "http://[::1]:9",
        ] {
            assert!(near.parse::<Origin>().unwrap().is_loopback(), "{near}");
        }
        for far in [
            "https://localhost.example",
            "http://10.0.0.1:8080",
            "https://a.example:127",
        ] {
            assert!(!far.parse::<Origin>().unwrap().is_loopback(), "{far}");
        }
    }

    #[test]
    fn what_is_no_origin() {
        for bad in [
            "",
            "null",
            "shop.example",
            "https://",
            "https://a/b",
            "https://u@a",
            "ftp://a",
            "https://a:",
            "https://a b",
            "https://a?x",
        ] {
            assert!(bad.parse::<Origin>().is_err(), "{bad}");
        }
    }
}
