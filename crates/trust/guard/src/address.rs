//! E-mail addresses, names and one-time codes that people type into forms.

use core::fmt;

use crate::{refused::Refused, view::is_hidden};

/// An e-mail address in a practical subset of RFC 5321: a dot-atom of ASCII characters and a
/// domain name with at least two labels.
///
/// The local part is ASCII on purpose: case mapping of other letters has joined two people's
/// addresses into one elsewhere ("ı" and "i", the Kelvin sign and "k").
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    address: String,
}

const LONGEST_ADDRESS: usize = 254;
const LONGEST_LOCAL_PART: usize = 64;

impl EmailAddress {
    pub(crate) fn parse(raw: &str) -> Result<Self, Refused> {
        let raw = raw.trim_matches(|character: char| character.is_ascii_whitespace());
        let (local, domain) = raw.rsplit_once('@').ok_or(Refused::NotAnAddress)?;
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| Refused::NotAnAddress)?;
        let address = format!("{local}@{domain}");
        let fits = local.len() <= LONGEST_LOCAL_PART && address.len() <= LONGEST_ADDRESS;
        if fits && is_dot_atom(local) && is_domain(&domain) {
            Ok(Self { address })
        } else {
            Err(Refused::NotAnAddress)
        }
    }

    /// The address to write to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The form under which it is looked up: entirely in lower case.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.address.to_ascii_lowercase()
    }

    /// What may be shown of it: `a•••@example.com`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.address.rsplit_once('@').unwrap_or_default();
        let first: String = local.chars().take(1).collect();
        format!("{first}•••@{domain}")
    }
}

fn is_dot_atom(local: &str) -> bool {
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    local
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(atom))
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top_level = domain.rsplit('.').next().unwrap_or_default();
    let named = top_level.len() >= 2 && top_level.bytes().any(|byte| byte.is_ascii_alphabetic());
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label) && named
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(..)")
    }
}

/// A person's name as staff enter it: one line, at most 80 characters, at least one letter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName {
    name: String,
}

const LONGEST_NAME: usize = 80;

impl PersonName {
    pub(crate) fn parse(raw: &str) -> Result<Self, Refused> {
        let name = raw.trim();
        let visible = name
            .chars()
            .all(|character| !is_hidden(character) && !character.is_control());
        let length = name.chars().count();
        if visible && (1..=LONGEST_NAME).contains(&length) && name.chars().any(char::is_alphabetic)
        {
            Ok(Self {
                name: name.to_owned(),
            })
        } else {
            Err(Refused::NotAName)
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(..)")
    }
}

/// Six ASCII digits, spaces aside.
pub(crate) fn six_digits(raw: &str) -> Result<String, Refused> {
    if raw.len() > 64 {
        return Err(Refused::NotACode);
    }
    let code: String = raw
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(code)
    } else {
        Err(Refused::NotACode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (typed, normal) in [
            (
                " Ada.Lovelace+shop@Example.COM ",
                "ada.lovelace+shop@example.com",
            ),
            ("o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
        ] {
            assert_eq!(EmailAddress::parse(typed).unwrap().normalised(), normal);
        }
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "a",
            "@example.com",
            "a@",
            "a@b",
            "a@b.1",
            "a b@example.com",
            "a@@example.com",
            ".a@example.com",
            "a..b@example.com",
            "a@-x.example",
            "a@example..com",
            "ı@example.com",
            "a\u{200B}@example.com",
            "a@exa mple.com",
            "\"a\"@example.com",
            "a@[127.0.0.1]",
            "a@example.com\nBcc: b@example.com",
            &long,
        ] {
            assert_eq!(
                EmailAddress::parse(bad),
                Err(Refused::NotAnAddress),
                "{bad}"
            );
        }
        let address = EmailAddress::parse("Ada@example.com").unwrap();
        assert_eq!(address.masked(), "A•••@example.com");
        assert_eq!(format!("{address:?}"), "EmailAddress(..)");
    }

    #[test]
    fn names_and_codes() {
        assert_eq!(
            PersonName::parse(" Zoë O’Neil ").unwrap().as_str(),
            "Zoë O’Neil"
        );
        for bad in ["", "  ", "12", "a\nb", "a\u{202E}b", &"x".repeat(81)] {
            assert_eq!(PersonName::parse(bad), Err(Refused::NotAName), "{bad}");
        }
        assert_eq!(six_digits(" 123 456 ").unwrap(), "123456");
        for bad in ["", "12345", "1234567", "１２３４５６", "12345a", "123-456"] {
            assert_eq!(six_digits(bad), Err(Refused::NotACode), "{bad}");
        }
    }
}
