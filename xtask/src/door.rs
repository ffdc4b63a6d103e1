//! The HTTP door in this process, wired as the program wires it: what a request costs without a network.

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use access::RoleName;
use anyhow::{Context, bail};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, header},
};
use commerce::document::Element;
use factors::testing::Authenticator;
use guard::gate;
use identity::{
    Identity, Scope,
    guessing::Thresholds,
    level::Address,
    passkeys::{Outcome, RegistrationResponse},
    testing::{ORIGIN, entry, sign_in_with_new_passkey},
};
use serde_json::{Value, json};
use shop::{Embedded, Import};
use sql::{SqlDatabase, Target};
use store::{Database, shops::ShopRow};
use terms::{ShopId, Untrusted};
use tower::ServiceExt as _;
use web::{House, LedgerFacts, Settings};

use crate::{made_up, wiring::Wiring};

pub(crate) const SHOP: &str = "bench";

pub(crate) struct Door {
    app: Router,
    pub(crate) database: Arc<SqlDatabase>,
    pub(crate) identity: Identity,
    pub(crate) shop: ShopId,
    embedded: Embedded,
    /// Each request comes from another network, so that no limit of one gets in the way.
    last_network: AtomicU32,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    /// Names of the headers, in their order.
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Answered {
    pub(crate) fn json(&self) -> anyhow::Result<Value> {
        serde_json::from_slice(&self.body).context("an answer is no JSON")
    }

    pub(crate) fn expect(self, status: u16) -> anyhow::Result<Value> {
        if self.status != status {
            let told = String::from_utf8_lossy(&self.body);
            bail!("expected {status}, got {}: {told}", self.status);
        }
        self.json()
    }
}

impl Door {
    /// A new installation with a shop of these members. What fails in it is never held: thousands of failures are
    /// what is measured.
    pub(crate) async fn open(
        target: Target,
        keys: &Path,
        elements: impl Iterator<Item = Element>,
    ) -> anyhow::Result<Self> {
        let mut wiring = Wiring::open(&target, keys).await?;
        // Before anything is made of it.
        wiring.identity = wiring.identity.noticing(Thresholds {
            failed_in_a_minute: u32::MAX,
            failed_lately: u32::MAX,
            failed_at_most: u32::MAX,
            asked_lately: u32::MAX,
            ..Thresholds::default()
        });
        let journey = wiring.journey();
        let Wiring {
            clock,
            rng,
            database,
            vault,
            identity,
            embedded,
            ..
        } = wiring;
        let database = Arc::new(database);
        let shop = ShopId::ordered(&*clock, &*rng);
        let mut tx = database.begin().await?;
        let row = ShopRow {
            id: shop,
            handle: SHOP.to_owned(),
            name: "Bench".to_owned(),
            content_version: 0,
            created_at: clock.now(),
        };
        tx.insert_shop(&row).await?;
        vault.create_shop_key(&mut *tx, shop).await?;
        let head = made_up::head()?;
        let mut import = Import::begin(&embedded, &identity, &mut *tx, shop, &head).await?;
        for element in elements {
            import.put(&mut *tx, element).await?;
        }
        tx.commit().await?;
        let shared: Arc<dyn Database> = database.clone();
        let house = House::new(
            shared,
            journey,
            clock,
            settings()?,
            Arc::new(|shop: &str| LedgerFacts {
                origin: format!("parlour/{shop}"),
                public_key: String::new(),
            }),
        );
        Ok(Self {
            app: web::router(house),
            database,
            identity,
            shop,
            embedded,
            last_network: AtomicU32::new(0),
        })
    }

    /// A request with a JSON body, from a network that nobody asked from before.
    pub(crate) fn request(
        &self,
        path: &str,
        token: Option<&str>,
        body: &Value,
    ) -> anyhow::Result<Request<Body>> {
        let number = self.last_network.fetch_add(1, Ordering::Relaxed);
        let [_, high, middle, low] = number.to_be_bytes();
        let from = SocketAddr::new(IpAddr::from([10, high, middle, low]), 40_000);
        let host = ORIGIN.trim_start_matches("http://");
        let body = body.to_string();
        let mut builder = Request::post(path)
            .header(header::HOST, host)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONTENT_LENGTH, body.len());
        if let Some(token) = token {
            builder = builder.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let mut request = builder.body(Body::from(body))?;
        request.extensions_mut().insert(ConnectInfo(from));
        Ok(request)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> anyhow::Result<Answered> {
        let response = match self.app.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let headers = parts.headers.keys().map(ToString::to_string).collect();
        Ok(Answered {
            status: parts.status.as_u16(),
            headers,
            body: to_bytes(body, usize::MAX).await?.to_vec(),
        })
    }

    pub(crate) async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        body: &Value,
        status: u16,
    ) -> anyhow::Result<Value> {
        let answered = self.send(self.request(path, token, body)?).await?;
        let expected = answered.expect(status);
        expected.with_context(|| format!("`{path}`"))
    }

    /// So many sessions of guests: their tokens.
    pub(crate) async fn guests(&self, count: usize) -> anyhow::Result<Vec<String>> {
        let mut tx = self.database.begin().await?;
        let mut tokens = Vec::with_capacity(count);
        for _ in 0..count {
            let opened = self.identity.open_guest(&mut *tx, self.shop).await?;
            tokens.push(opened.token.expose().to_owned());
        }
        tx.commit().await?;
        Ok(tokens)
    }

    /// Makes this address known to the shop.
    pub(crate) async fn know(&self, addresses: impl Iterator<Item = String>) -> anyhow::Result<()> {
        let mut tx = self.database.begin().await?;
        for address in addresses {
            let address = gate::email_address(Untrusted::new(address))?;
            self.identity
                .shopper_of_unproved_address(&mut *tx, self.shop, &address)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// A device with a passkey of the customer with this id of the shop's own.
    pub(crate) async fn device_of(&self, customer: &str) -> anyhow::Result<Authenticator> {
        let mut tx = self.database.begin().await?;
        let shopper = self
            .embedded
            .shopper_by_own_id(&mut *tx, self.shop, customer)
            .await?;
        let shopper = shopper.with_context(|| format!("there is no customer `{customer}`"))?;
        let identity = &self.identity;
        let session = identity
            .danger_open_session_as_operator(&mut *tx, self.shop, shopper)
            .await?;
        let scope = Scope::new();
        let proof = identity
            .danger_shopper_as_operator(&scope, &mut *tx, self.shop, session)
            .await?
            .raise::<Address>()?;
        let begun = identity.begin_enrolment(&mut *tx, &proof).await?;
        let mut device = Authenticator::new(ORIGIN)?;
        let response = device.create(&begun.options)?;
        let response = RegistrationResponse::from_json(response.to_string().as_bytes())?;
        let kept = identity
            .finish_enrolment(&mut *tx, &proof, begun.id, &response, "Phone", &entry())
            .await?;
        tx.commit().await?;
        match kept {
            Outcome::Accepted(_) => Ok(device),
            Outcome::Refused(refusal) => bail!("the passkey was refused: {refusal}"),
        }
    }

    /// A member of staff: her token, and the device with her passkey.
    pub(crate) async fn member(&self) -> anyhow::Result<(String, Authenticator)> {
        let mut tx = self.database.begin().await?;
        let name = gate::person_name(Untrusted::new("Robin Reed".to_owned()))?;
        let role = RoleName::AGENT;
        let invited = self
            .identity
            .danger_add_staff_as_operator(&mut *tx, self.shop, &name, &role.into())
            .await?;
        let (signed_in, device) =
            sign_in_with_new_passkey(&self.identity, &mut *tx, &invited.token).await?;
        tx.commit().await?;
        Ok((signed_in.token.expose().to_owned(), device))
    }

    /// Signs in with a passkey, as the widget does: the new session's token.
    pub(crate) async fn sign_in(&self, device: &mut Authenticator) -> anyhow::Result<String> {
        let guest = self.guests(1).await?.pop().context("no guest")?;
        let begun = self
            .post("/v1/session/sign-in", Some(&guest), &json!({}), 201)
            .await?;
        let response = device.get(begun.get("options").context("no options")?)?;
        let ceremony = begun.get("ceremony").and_then(Value::as_str);
        let path = format!("/v1/session/sign-in/{}", ceremony.context("no ceremony")?);
        let signed_in = self
            .post(&path, Some(&guest), &json!({ "response": response }), 200)
            .await?;
        let token = signed_in.get("token").and_then(Value::as_str);
        Ok(token.context("no token")?.to_owned())
    }
}

fn settings() -> anyhow::Result<Settings> {
    let many = core::num::NonZeroU32::MAX;
    let limits = web::Limits {
        requests_per_minute: many,
        sessions_per_minute: many,
        messages_per_minute: many,
        ..web::Limits::default()
    };
    Ok(Settings {
        public_origin: ORIGIN.parse()?,
        demo_shop: None,
        mailbox: false,
        mail: true,
        trusted_proxies: Vec::new(),
        limits,
    })
}

impl core::fmt::Debug for Door {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Door({})", self.shop)
    }
}
