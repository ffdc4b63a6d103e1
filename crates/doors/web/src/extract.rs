//! What handlers ask for as arguments: bodies, ids, credentials, permits.
//!
//! A staff handler takes the `Permit` for what it does; axum cannot call it without one.

use core::{fmt, marker::PhantomData};
use std::net::{IpAddr, SocketAddr};

use axum::{
    Json,
    body::Bytes,
    extract::{
        ConnectInfo, FromRequest, FromRequestParts, Path, Query, RawPathParams, Request,
        rejection::{BytesRejection, FailedToBufferBody, JsonRejection},
    },
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use identity::{
    Permit, Scope, SessionToken, Shopper, Verified,
    actions::{Action, OwnSession},
    level::Guest,
    whence::Whence,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{
    cookies::{self, Holder},
    house::House,
    problem::Problem,
};

/// A JSON object of the expected shape; everything else is refused with where and why.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<House> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        match Json::<Object<T>>::from_request(request, house).await {
            Ok(Json(Object(body))) => Ok(Self(body)),
            Err(rejection) => Err(body_problem(&rejection)),
        }
    }
}

/// Read from an object alone. The reader that serde derives for a struct would also take a list,
/// its values for the fields in an order that no document states (`terms::shape`).
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }
        deserializer.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

fn body_problem(rejection: &JsonRejection) -> Problem {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "the body must be sent as `Content-Type: application/json`",
        ),
        JsonRejection::BytesRejection(rejection) => bytes_problem(rejection),
        other => {
            let mut text = other.body_text();
            if let Some(cause) = std::error::Error::source(other) {
                text = cause.to_string();
            }
            // The parser's text names field, place and what was expected, and sometimes the value.
            let text = terms::without_value(&text);
            Problem::bad_argument(format!("the body cannot be read: {text}"))
        }
    }
}

fn bytes_problem(rejection: &BytesRejection) -> Problem {
    match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => too_large(),
        _ => Problem::bad_argument("the body did not arrive whole"),
    }
}

/// A body as it came: bytes of a bounded number. What is signed, or is no JSON, is read so.
pub(crate) struct RawBody(pub(crate) Bytes);

impl FromRequest<House> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, house).await;
        bytes
            .map(Self)
            .map_err(|rejection| bytes_problem(&rejection))
    }
}

pub(crate) fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        "the body is larger than this server accepts",
    )
}

/// Path parameters: ids, in their one spelling, and a shop's handle.
pub(crate) struct Ids<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<House> for Ids<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let unreadable = || {
            Problem::bad_argument(
                "an id in the path cannot be read: expected a UUID such as `0191f7a2-9c3e-4d51-8a44-3f0e9b7c2d10`",
            )
        };
        let raw = RawPathParams::from_request_parts(parts, house).await;
        let raw = raw.map_err(|_| unreadable())?;
        let hyphenated = |id: &str| id.parse::<terms::EntryId>().is_ok();
        if !raw
            .iter()
            .all(|(name, value)| name == "shop" || hyphenated(value))
        {
            return Err(unreadable());
        }
        match Path::<T>::from_request_parts(parts, house).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(_) => Err(unreadable()),
        }
    }
}

/// A name in the path that the shop, or the contract, gave: an order's number, a tool.
pub(crate) struct Named(pub(crate) String);

/// The longest name that is looked at.
const LONGEST_NAME: usize = 200;

impl FromRequestParts<House> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let unreadable = || {
            Problem::bad_argument(format!(
                "a name in the path cannot be read: expected 1 to {LONGEST_NAME} characters of UTF-8, percent-encoded"
            ))
        };
        let Path(name) = Path::<String>::from_request_parts(parts, house)
            .await
            .map_err(|_| unreadable())?;
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
        if fits && !name.chars().any(char::is_control) {
            Ok(Self(name))
        } else {
            Err(unreadable())
        }
    }
}

/// A shop's handle, and the name of something of that shop.
pub(crate) struct NamedInShop {
    pub(crate) shop: String,
    pub(crate) name: String,
}

impl FromRequestParts<House> for NamedInShop {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let Path((shop, name)) = Path::<(String, String)>::from_request_parts(parts, house)
            .await
            .map_err(|_| {
                Problem::bad_argument(
                    "a name in the path cannot be read: expected UTF-8, percent-encoded",
                )
            })?;
        Ok(Self { shop, name })
    }
}

/// Query parameters; unknown ones are refused.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<House> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, house).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(error) => Err(Problem::bad_argument(error.body_text())),
        }
    }
}

/// A text of at most so many characters, as the document says it.
pub(crate) fn at_most(name: &str, text: &str, most: usize) -> Result<(), Problem> {
    if text.chars().count() > most {
        return Err(Problem::bad_argument(format!(
            "`{name}` must be at most {most} characters"
        )));
    }
    Ok(())
}

/// The last position a conversation can have: the largest whole number that every reader of JSON
/// keeps exactly, 2^53 - 1. The document says the same.
const LAST_POSITION: i64 = 9_007_199_254_740_991;

/// A position that turns are asked for after, or that was seen.
pub(crate) fn position(after: i64) -> Result<i64, Problem> {
    if (0..=LAST_POSITION).contains(&after) {
        Ok(after)
    } else {
        Err(Problem::bad_argument(
            "a position must be 0 to 9007199254740991",
        ))
    }
}

/// The network address that asks; behind a trusted proxy, the one the proxy names (D14).
pub(crate) struct Asking(pub(crate) IpAddr);

impl FromRequestParts<House> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(address)| {
            address.ip()
        });
        Ok(Self(asking_address(
            peer,
            &parts.headers,
            &house.settings.trusted_proxies,
        )))
    }
}

/// From where a request comes, as coarse as it is kept.
pub(crate) struct ComingFrom(pub(crate) Whence);

impl FromRequestParts<House> for ComingFrom {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let Asking(address) = Asking::from_request_parts(parts, house).await?;
        let agent = parts.headers.get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        Ok(Self(Whence::new(agent.unwrap_or_default(), address)))
    }
}

/// Walks `X-Forwarded-For` from the right past the proxies that are trusted; the first other
/// address is the one that asks. An untrusted peer's header is not read at all.
pub(crate) fn asking_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    lines
        .join(",")
        .rsplit(',')
        .map_while(|address| forwarded(address.trim()))
        .find(|address| !trusted.contains(address))
        .unwrap_or(peer)
}

/// An address as proxies write it: alone, or with a port.
fn forwarded(text: &str) -> Option<IpAddr> {
    let alone = text.parse::<IpAddr>().ok();
    let address = alone.or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

/// What a shopper's request authenticates with.
pub(crate) struct ShopperToken {
    token: SessionToken,
    pub(crate) by_cookie: bool,
}

impl FromRequestParts<House> for ShopperToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _house: &House) -> Result<Self, Problem> {
        let (token, by_cookie) = credential(&parts.headers, Holder::Shopper)?;
        Ok(Self { token, by_cookie })
    }
}

impl ShopperToken {
    /// Who holds it, proved for this request.
    pub(crate) async fn prove<'scope>(
        &self,
        house: &House,
        scope: &'scope Scope,
    ) -> Result<Verified<'scope, Shopper, Guest>, Problem> {
        let identity = house.journey.identity();
        let proof = self.prove_unseen(house, scope).await?;
        if identity.shopper_seen_is_due(&proof) {
            let mut tx = house.database.begin().await?;
            identity.see_shopper(&mut *tx, &proof).await?;
            tx.commit().await?;
        }
        Ok(proof)
    }

    /// As [`ShopperToken::prove`], without counting as activity: an open stream keeps no session
    /// alive.
    pub(crate) async fn prove_unseen<'scope>(
        &self,
        house: &House,
        scope: &'scope Scope,
    ) -> Result<Verified<'scope, Shopper, Guest>, Problem> {
        let mut snapshot = house.database.snapshot().await?;
        Ok(house
            .journey
            .identity()
            .shopper(scope, &mut *snapshot, &self.token)
            .await?)
    }
}

/// The permit a staff handler demands.
pub(crate) struct Permitted<A: Action>(pub(crate) Permit<A>);

impl<A: Action> FromRequestParts<House> for Permitted<A> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let (token, _) = credential(&parts.headers, Holder::Staff)?;
        let scope = Scope::new();
        let identity = house.journey.identity();
        let mut snapshot = house.database.snapshot().await?;
        let proof = identity
            .staff_member(&scope, &mut *snapshot, &token)
            .await?;
        drop(snapshot);
        let own = proof.permit::<OwnSession>()?;
        if is_activity(parts) && identity.staff_seen_is_due(&proof) {
            let mut tx = house.database.begin().await?;
            identity.see_staff(&mut *tx, &own).await?;
            tx.commit().await?;
        }
        Ok(Self(proof.permit::<A>()?))
    }
}

/// Whether somebody did something. What a console page fetches by itself when something changed is
/// no sign of anybody in front of it, and must not keep an unattended desk signed in.
fn is_activity(parts: &Parts) -> bool {
    let navigates = parts
        .headers
        .get("sec-fetch-mode")
        .is_some_and(|mode| mode == "navigate");
    let by_bearer = parts.headers.contains_key(header::AUTHORIZATION);
    navigates || by_bearer || !parts.method.is_safe()
}

/// A bearer token, or else the holder's cookie. With a bearer the cookie is not looked at.
fn credential(headers: &HeaderMap, holder: Holder) -> Result<(SessionToken, bool), Problem> {
    match headers.get(header::AUTHORIZATION) {
        Some(value) => {
            let text = value.to_str().ok().and_then(|text| text.split_once(' '));
            let token = text.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            let token = token.and_then(|(_, token)| SessionToken::parse(token.trim()));
            Ok((token.ok_or_else(Problem::needs_session)?, false))
        }
        None => Ok((
            cookies::token(headers, holder).ok_or_else(Problem::needs_session)?,
            true,
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_for_is_believed_from_trusted_proxies_only() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let inner: IpAddr = "10.0.0.2".parse().unwrap();
        let stranger: IpAddr = "203.0.113.9".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.append(
            "x-forwarded-for",
            "198.51.100.7, 203.0.113.5".parse().unwrap(),
        );
        headers.append("x-forwarded-for", "10.0.0.2".parse().unwrap());
        let named: IpAddr = "203.0.113.5".parse().unwrap();
        assert_eq!(
            asking_address(stranger, &headers, &[proxy, inner]),
            stranger
        );
        assert_eq!(asking_address(proxy, &headers, &[proxy, inner]), named);
        assert_eq!(asking_address(proxy, &headers, &[proxy]), inner);
        assert_eq!(asking_address(proxy, &HeaderMap::new(), &[proxy]), proxy);
    }
}
