//! One TOML file. Every key has a default and a comment in the file that `parlour init` writes; an
//! unknown key, a wrong type or a value that is not allowed is refused with where it stands.

use core::{num::NonZeroU32, time::Duration};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs},
    path::{Path, PathBuf},
};

use guard::gate::Treatments;
use identity::{RelyingParty, Timeouts};
use serde::Deserialize;
use web::{Limits, addresses::Origin};

/// The file `parlour init` writes: every key with its default. A test holds it equal to the
/// defaults in code.
pub(crate) const TEMPLATE: &str = include_str!("parlour.toml");

#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("{file}: {message}")]
    Syntax { file: String, message: String },
    #[error("`{key} = {value}` is not allowed: {allowed}")]
    Value {
        key: &'static str,
        value: String,
        allowed: String,
    },
}

fn refuse(
    key: &'static str,
    value: impl core::fmt::Display,
    allowed: impl Into<String>,
) -> ConfigError {
    ConfigError::Value {
        key,
        value: format!("\"{value}\""),
        allowed: allowed.into(),
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) server: Server,
    pub(crate) storage: Storage,
    pub(crate) keys: Keys,
    pub(crate) shop: Shop,
    pub(crate) mail: Mail,
    pub(crate) payment: Payment,
    pub(crate) sessions: Sessions,
    pub(crate) limits: LimitSettings,
    pub(crate) log: LogSettings,
    /// Whether pages may be fetched from this very machine: the demo's own shop. No file says so.
    #[serde(skip)]
    pub(crate) fetch_here: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Server {
    pub(crate) listen: String,
    pub(crate) public_origin: String,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) tls: Tls,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "localhost:8080".to_owned(),
            public_origin: "http://localhost:8080".to_owned(),
            trusted_proxies: Vec::new(),
            tls: Tls::default(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Tls {
    pub(crate) mode: TlsMode,
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TlsMode {
    #[default]
    Off,
    Files,
    Development,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Storage {
    pub(crate) kind: StorageKind,
    pub(crate) file: PathBuf,
    pub(crate) url_file: PathBuf,
    pub(crate) max_connections: NonZeroU32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StorageKind {
    Sqlite,
    Postgres,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            kind: StorageKind::Sqlite,
            file: "parlour.sqlite".into(),
            url_file: "postgres-url".into(),
            max_connections: NonZeroU32::MIN.saturating_add(15),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Keys {
    pub(crate) directory: PathBuf,
    pub(crate) epoch_days: NonZeroU32,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            directory: "keys".into(),
            epoch_days: NonZeroU32::MIN.saturating_add(6),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Shop {
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) origins: Vec<String>,
    pub(crate) link_hosts: Vec<String>,
    pub(crate) hide_from_planner: Vec<String>,
    pub(crate) content: PathBuf,
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            handle: "shop".to_owned(),
            name: "My shop".to_owned(),
            origins: Vec::new(),
            link_hosts: Vec::new(),
            hide_from_planner: Vec::new(),
            content: PathBuf::new(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Mail {
    pub(crate) delivery: MailDelivery,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MailDelivery {
    #[default]
    Off,
    Mailbox,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Payment {
    pub(crate) gateway: GatewayKind,
    pub(crate) demo_listen: SocketAddr,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum GatewayKind {
    #[default]
    Off,
    Demo,
}

impl Default for Payment {
    fn default() -> Self {
        Self {
            gateway: GatewayKind::Off,
            demo_listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8081)),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Sessions {
    guest_days: NonZeroU32,
    shopper_hours: NonZeroU32,
    shopper_idle_minutes: NonZeroU32,
    staff_hours: NonZeroU32,
    staff_idle_minutes: NonZeroU32,
    sign_in_link_minutes: NonZeroU32,
}

impl Default for Sessions {
    fn default() -> Self {
        let count = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        Self {
            guest_days: count(7),
            shopper_hours: count(24),
            shopper_idle_minutes: count(60),
            staff_hours: count(12),
            staff_idle_minutes: count(15),
            sign_in_link_minutes: count(60),
        }
    }
}

impl Sessions {
    pub(crate) fn timeouts(&self) -> Timeouts {
        let minutes = |count: NonZeroU32| Duration::from_secs(u64::from(count.get()) * 60);
        Timeouts {
            guest: minutes(self.guest_days) * 24 * 60,
            shopper: minutes(self.shopper_hours) * 60,
            shopper_idle: minutes(self.shopper_idle_minutes),
            staff: minutes(self.staff_hours) * 60,
            staff_idle: minutes(self.staff_idle_minutes),
            sign_in_link: minutes(self.sign_in_link_minutes),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LimitSettings {
    requests_per_minute: NonZeroU32,
    messages_per_minute: NonZeroU32,
    sessions_per_minute: NonZeroU32,
    body_bytes: NonZeroU32,
    request_seconds: NonZeroU32,
    streams: NonZeroU32,
    connections: NonZeroU32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        let limits = Limits::default();
        let count = |count: usize| {
            u32::try_from(count)
                .ok()
                .and_then(NonZeroU32::new)
                .unwrap_or(NonZeroU32::MAX)
        };
        Self {
            requests_per_minute: limits.requests_per_minute,
            messages_per_minute: limits.messages_per_minute,
            sessions_per_minute: limits.sessions_per_minute,
            body_bytes: count(limits.body_bytes),
            request_seconds: NonZeroU32::MIN.saturating_add(29),
            streams: count(limits.streams),
            connections: count(limits.connections),
        }
    }
}

impl LimitSettings {
    pub(crate) fn limits(&self) -> Limits {
        let size = |count: NonZeroU32| usize::try_from(count.get()).unwrap_or(usize::MAX);
        Limits {
            requests_per_minute: self.requests_per_minute,
            messages_per_minute: self.messages_per_minute,
            sessions_per_minute: self.sessions_per_minute,
            body_bytes: size(self.body_bytes),
            request_time: Duration::from_secs(u64::from(self.request_seconds.get())),
            streams: size(self.streams),
            connections: size(self.connections),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LogSettings {
    pub(crate) format: LogFormat,
    pub(crate) level: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            level: "info".to_owned(),
        }
    }
}

/// Whether a shop's short name has the form it has in addresses.
pub(crate) fn is_handle(handle: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&handle.len()) && handle.bytes().all(fits)
}

impl Config {
    /// Reads and checks a file.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = files::text::read(path)?;
        Ok(Self::parse(&text, &path.display().to_string())?)
    }

    pub(crate) fn parse(text: &str, file: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| ConfigError::Syntax {
            file: file.to_owned(),
            message: error.to_string().trim_end().to_owned(),
        })?;
        config.check()?;
        Ok(config)
    }

    /// The same configuration, listening elsewhere.
    pub(crate) fn listening(mut self, listen: &str) -> Result<Self, ConfigError> {
        self.server.listen = listen.to_owned();
        self.check()?;
        Ok(self)
    }

    pub(crate) fn epoch(&self) -> Duration {
        Duration::from_secs(u64::from(self.keys.epoch_days.get()) * 24 * 3_600)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let origin = self.public_origin()?;
        let addresses = listen_addresses(&self.server.listen)?;
        let tls = self.server.tls.mode != TlsMode::Off;
        if !tls && !addresses.iter().all(|address| address.ip().is_loopback()) {
            return Err(refuse(
                "server.listen",
                &self.server.listen,
                "plain HTTP is served on loopback only (`localhost`, `127.0.0.1`, `[::1]`): set `server.tls.mode` \
                 to `files` or `development`, or listen on loopback behind a proxy that speaks TLS",
            ));
        }
        if tls && !origin.is_https() {
            return Err(refuse(
                "server.public_origin",
                &origin,
                "with TLS it begins with `https://`",
            ));
        }
        if self.payment.gateway == GatewayKind::Demo {
            let near = self.payment.demo_listen.ip().is_loopback();
            if !near || !origin.is_loopback() {
                return Err(refuse(
                    "payment.gateway",
                    "demo",
                    "the demo gateway moves no real money: it is for trying things out, with \
                     `server.public_origin` and `payment.demo_listen` on loopback",
                ));
            }
        }
        if self.server.tls.mode == TlsMode::Files {
            for (key, path) in [
                ("server.tls.certificate", &self.server.tls.certificate),
                ("server.tls.key", &self.server.tls.key),
            ] {
                if path.as_os_str().is_empty() {
                    return Err(refuse(
                        key,
                        "",
                        "with `server.tls.mode = \"files\"` it names a PEM file",
                    ));
                }
            }
        }
        self.check_mailbox(&origin, &addresses)?;
        self.check_shop()?;
        if tracing_subscriber::EnvFilter::try_new(&self.log.level).is_err() {
            return Err(refuse(
                "log.level",
                &self.log.level,
                "`error`, `warn`, `info`, `debug` or `trace`",
            ));
        }
        Ok(())
    }

    /// The mailbox shows mailed codes to everyone who reaches the server, so nobody else may: not by
    /// the network, and not through a proxy.
    fn check_mailbox(&self, origin: &Origin, addresses: &[SocketAddr]) -> Result<(), ConfigError> {
        let near = addresses.iter().all(|address| address.ip().is_loopback())
            && origin.is_loopback()
            && self.server.trusted_proxies.is_empty();
        if self.mail.delivery == MailDelivery::Off || near {
            return Ok(());
        }
        Err(refuse(
            "mail.delivery",
            "mailbox",
            "it is for trying things out on one machine: `server.listen` and `server.public_origin` must be \
             on loopback, and `server.trusted_proxies` empty",
        ))
    }

    fn check_shop(&self) -> Result<(), ConfigError> {
        let handle = &self.shop.handle;
        if !is_handle(handle) {
            return Err(refuse(
                "shop.handle",
                handle,
                "1 to 63 lower-case letters, digits and hyphens",
            ));
        }
        if self.shop.name.trim().is_empty() || self.shop.name.chars().count() > 80 {
            return Err(refuse("shop.name", &self.shop.name, "1 to 80 characters"));
        }
        for origin in &self.shop.origins {
            origin
                .parse::<Origin>()
                .map_err(|error| refuse("shop.origins", origin, error.to_string()))?;
        }
        for host in &self.shop.link_hosts {
            let fits = !host.is_empty()
                && host.bytes().all(|byte| {
                    byte.is_ascii_lowercase()
                        || byte.is_ascii_digit()
                        || matches!(byte, b'-' | b'.' | b':')
                });
            if !fits {
                return Err(refuse(
                    "shop.link_hosts",
                    host,
                    "a host name in lower case, such as `help.shop.example`",
                ));
            }
        }
        self.treatments().map(drop)
    }

    /// The guard's table as the shop has tightened it.
    pub(crate) fn treatments(&self) -> Result<Treatments, ConfigError> {
        let hidden = self.shop.hide_from_planner.iter().map(String::as_str);
        Treatments::hiding(hidden)
            .map_err(|error| refuse("shop.hide_from_planner", &error.name, error.to_string()))
    }

    /// The house as browsers and authenticators know it: passkeys are made for the host of the public origin.
    pub(crate) fn relying_party(&self) -> Result<RelyingParty, ConfigError> {
        let origin = self.public_origin()?;
        let host = origin.host();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        // What a browser shows beside a passkey; it takes so much, and no control characters.
        let shown = self.shop.name.chars().filter(|c| !c.is_control()).take(64);
        RelyingParty::new(name.to_owned(), shown.collect(), vec![origin.to_string()]).map_err(
            |error| {
                refuse(
                    "server.public_origin",
                    &self.server.public_origin,
                    error.to_string(),
                )
            },
        )
    }

    pub(crate) fn public_origin(&self) -> Result<Origin, ConfigError> {
        let origin = &self.server.public_origin;
        origin
            .parse()
            .map_err(|error: web::addresses::OriginError| {
                refuse("server.public_origin", origin, error.to_string())
            })
    }
}

/// The socket addresses of `HOST:PORT`. `localhost` is both loopback addresses, asked of nobody.
pub(crate) fn listen_addresses(listen: &str) -> Result<Vec<SocketAddr>, ConfigError> {
    let refuse = || {
        refuse(
            "server.listen",
            listen,
            "a host and a port, such as `localhost:8080` or `0.0.0.0:8443`",
        )
    };
    let (host, port) = listen.rsplit_once(':').ok_or_else(refuse)?;
    let port: u16 = port.parse().map_err(|_| refuse())?;
    if host.eq_ignore_ascii_case("localhost") {
        return Ok(vec![
            (Ipv4Addr::LOCALHOST, port).into(),
            (Ipv6Addr::LOCALHOST, port).into(),
        ]);
    }
    let addresses: Vec<SocketAddr> = listen.to_socket_addrs().map_err(|_| refuse())?.collect();
    if addresses.is_empty() {
        Err(refuse())
    } else {
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests;
