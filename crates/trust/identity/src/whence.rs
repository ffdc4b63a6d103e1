//! From where somebody signs in: a word for the device and the coarse network, enough for its owner to know
//! it again in a list, and for a sign-in from elsewhere to be noticed (ASVS 6.3.5; NIST SP 800-63B section 3.2).
//!
//! A network is cut to /24 or /48, so that no full address is ever kept.

use core::{net::IpAddr, time::Duration};

use serde::{Deserialize, Serialize};
use store::{Snapshot, Transaction, keys::Owner};
use terms::{Locale, Place, Sealed, SessionId, ShopId};
use vault::{Domain, Row, VaultError};

use crate::{Identity, IdentityError};

/// A device and network that was not seen for so long is a new one.
pub const FORGOTTEN_AFTER: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// Who was made known so lately comes for the first time.
const NEW: Duration = Duration::from_secs(24 * 60 * 60);

/// From where a request came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whence {
    /// Such as `Firefox · Linux`, in words of every language; never the browser's own text. `–` where it
    /// cannot be told.
    pub device: String,
    /// Such as `203.0.113.0/24` or `2001:db8:1::/48`.
    pub network: String,
}

/// From where, and in which language, somebody comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub whence: Whence,
    /// The language of the mails she is sent about it.
    pub locale: Locale,
}

/// What a sign-in from there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Familiar {
    /// The first of this owner: there is nothing to compare with.
    First,
    /// From there she came within the last 90 days.
    Known,
    /// Device and network were not seen for 90 days.
    Odd,
}

impl Whence {
    #[must_use]
    pub fn new(user_agent: &str, address: IpAddr) -> Self {
        Self {
            device: device_of(user_agent),
            network: network_of(address),
        }
    }
}

/// Brands and systems in the order in which they are looked for: a browser names those it descends from.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// What cannot be told.
const UNKNOWN: &str = "–";

fn device_of(user_agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => system.to_owned(),
        (None, None) => UNKNOWN.to_owned(),
    }
}

fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", core::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

impl Identity {
    /// From where a session was opened; `None` where that was not kept, or its owner was forgotten.
    pub(crate) async fn whence_of<P: Place>(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        session: SessionId,
        device: Option<&Sealed<P>>,
    ) -> Result<Option<Whence>, IdentityError> {
        let Some(device) = device else {
            return Ok(None);
        };
        let identity = [session.as_bytes().as_slice()];
        let bound = Row::new(shop, &identity);
        match self.vault.open_sealed(read, bound, device).await {
            Ok(text) => Ok(serde_json::from_slice(text.expose()).ok()),
            Err(VaultError::Forgotten(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Says whether the owner comes from where she came before, and remembers that she did.
    pub(crate) async fn see_whence(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
        whence: &Whence,
    ) -> Result<Familiar, IdentityError> {
        let parts: &[&[u8]] = &[
            owner.kind().as_bytes(),
            owner.uuid().as_bytes(),
            whence.device.as_bytes(),
            whence.network.as_bytes(),
        ];
        let mark = self
            .vault
            .keyed_hash(tx, shop, Domain::KnownDevice, parts)
            .await?;
        let now = self.clock.now();
        let seen = tx.devices_seen(shop, owner, &mark).await?;
        tx.see_device(shop, owner, &mark, now).await?;
        let lately = seen
            .this_one
            .is_some_and(|at| at.after(FORGOTTEN_AFTER) > now);
        // Whoever was here before and is remembered from nowhere was away for long: that is no first time.
        let made = match owner {
            Owner::Shopper(id) => tx.shopper(shop, id).await?.map(|row| row.created_at),
            Owner::Staff(id) => tx.staff(shop, id).await?.map(|row| row.created_at),
            _ => None,
        };
        let new = made.is_some_and(|made| made.after(NEW) > now);
        Ok(match (lately, seen.count) {
            (true, _) => Familiar::Known,
            (false, 0) if new => Familiar::First,
            (false, _) => Familiar::Odd,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_told_by_brand_and_system_alone() {
        for (agent, told) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                "Firefox · Linux",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            ("curl/8.5.0", "–"),
            ("<script>alert(1)</script>", "–"),
            ("", "–"),
        ] {
            assert_eq!(device_of(agent), told, "{agent}");
        }
    }

    #[test]
    fn a_network_is_coarse() {
        for (address, network) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ] {
            assert_eq!(network_of(address.parse().unwrap()), network);
        }
    }
}
