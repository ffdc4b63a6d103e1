//! The rooms behind the door, wired as the program wires them: two shops, their staff, and a
//! database that can be made to fail.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::Router;
use dialogue::BuiltIn;
use gallery::Gallery;
use guard::gate;
use identity::{Identity, RelyingParty, Timeouts, guessing::Thresholds};
use inbox::Inbox;
use journey::{Journey, Library};
use knowledge::{Document, Knowledge, import::NoPages};
use ledger::Recorder;
use serde_json::{Value, json};
use sql::SqlDatabase;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{
    Database,
    passages::PassageKind,
    shops::{HostKind, ShopHostRow, ShopRow},
};
use tempfile::TempDir;
use terms::{Clock, ConversationId, MessageId, Rng, RoleName, ShopId, Untrusted};
use tokio::sync::Mutex;
use tower::ServiceExt as _;
use vault::Vault;
use web::{DemoShop, House, LedgerFacts, Settings};

use crate::{
    breakable::Breakable,
    client::{Answer, Asking, ORIGIN, ask, somewhere},
    goods,
    pictures::Album,
    sources::{HeldClock, MemoryCustody, SystemRng},
};

/// Origins of the first shop's pages.
pub(crate) const SHOP_ORIGINS: [&str; 2] =
    ["https://alder.example", "https://www.alder.example:8443"];
pub(crate) const DEMO_HOST: &str = "shop.alder.example";
/// What a failing database says; nobody outside may read it.
pub(crate) const INNER_TEXT: &str = "cannot connect to db7.internal as parlour_rw";

pub(crate) struct TestHouse {
    pub app: Router,
    pub database: Arc<Breakable>,
    pub journey: Journey,
    pub clock: Arc<HeldClock>,
    /// Whether what the ledger page asks for panics.
    pub panics: Arc<AtomicBool>,
    /// Where pictures are fetched from.
    pub album: Arc<Album>,
    pub shops: [ShopId; 2],
    /// Sign-in links' tokens: admin and agent of the first shop, admin of the second.
    pub links: [String; 3],
    watcher: Mutex<SqliteConnection>,
    /// Where the database is, for as long as it is used.
    directory: TempDir,
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub token: String,
    pub session: Value,
}

impl TestHouse {
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// With settings changed; rates are generous unless they are what is changed.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::made(change, Thresholds::default()).await
    }

    /// Where a thousand codes in a second, and most of them never given back, are no reason to hold any: for walks
    /// in which everybody tries everything.
    pub(crate) async fn holding_nothing() -> Self {
        let thresholds = Thresholds {
            failed_in_a_minute: u32::MAX,
            failed_lately: u32::MAX,
            failed_at_most: u32::MAX,
            asked_lately: u32::MAX,
            ..Thresholds::default()
        };
        Self::made(|_| {}, thresholds).await
    }

    async fn made(change: impl FnOnce(&mut Settings), thresholds: Thresholds) -> Self {
        let (database, directory) = sql::testing::temporary().await.unwrap();
        let file = SqliteConnectOptions::new().filename(directory.path().join("parlour.db"));
        let watcher = SqliteConnection::connect_with(&file.read_only(true)).await;
        let watcher = watcher.unwrap();
        let database = Arc::new(Breakable::around(database));
        let held = Arc::new(HeldClock::new());
        let clock: Arc<dyn Clock> = held.clone();
        let rng: Arc<dyn Rng> = Arc::new(SystemRng);
        let vault = Vault::open(
            Arc::new(MemoryCustody::default()),
            Arc::clone(&clock),
            Arc::clone(&rng),
        );
        let vault = Arc::new(vault.unwrap());
        let recorder = Arc::new(Recorder::new(Arc::clone(&clock), Arc::clone(&rng)));
        let identity = Identity::new(
            Arc::clone(&vault),
            Arc::clone(&recorder),
            Arc::clone(&clock),
            Arc::clone(&rng),
            Timeouts::default(),
            relying_party(),
        )
        .noticing(thresholds);
        let embedded =
            shop::Embedded::new(Arc::clone(&vault), Arc::clone(&clock), Arc::clone(&rng));
        let commerce = commerce::tools::Commerce::new(
            Arc::new(embedded.clone()),
            None,
            Arc::clone(&vault),
            Arc::clone(&recorder),
            identity.clone(),
            Arc::clone(&clock),
            Arc::clone(&rng),
        );
        let album = Arc::new(Album::default());
        let gallery = Gallery::new(
            Arc::new(embedded.clone()),
            album.clone(),
            Arc::clone(&recorder),
            Arc::clone(&clock),
        );
        let library = Library::new(
            Arc::new(Knowledge::new()),
            recorder.clone(),
            clock.clone(),
            rng.clone(),
            Arc::new(NoPages),
        );
        let inbox = Inbox::new(
            Arc::clone(&vault),
            recorder,
            identity.clone(),
            Arc::clone(&clock),
            Arc::clone(&rng),
        );
        let journey = Journey::new(
            identity,
            inbox,
            library,
            Arc::new(BuiltIn),
            Arc::clone(&vault),
            commerce,
            gallery,
        );
        let making = Making {
            database: &database.inner,
            vault: &vault,
            journey: &journey,
            clock: &*clock,
            rng: &*rng,
        };
        let alder = making.shop("alder", "Alder & Ash", &SHOP_ORIGINS).await;
        let birch = making
            .shop("birch", "Birch", &["https://birch.example"])
            .await;
        let links = [
            making.staff(alder, "Robin Vale", RoleName::ADMIN).await,
            making.staff(alder, "Kim Lindgren", RoleName::AGENT).await,
            making.staff(birch, "Sascha Brandt", RoleName::ADMIN).await,
        ];
        for (shop, who) in [(alder, &crate::matrix::WHO[..]), (birch, &[])] {
            goods::fill(&database.inner, &embedded, journey.identity(), shop, who).await;
        }
        let panics = Arc::new(AtomicBool::new(false));
        let breaks = Arc::clone(&panics);
        let mut settings = settings();
        change(&mut settings);
        let house = House::new(
            database.clone(),
            journey.clone(),
            clock,
            settings,
            Arc::new(move |shop: &str| {
                assert!(!breaks.load(Ordering::SeqCst), "{INNER_TEXT}");
                LedgerFacts {
                    origin: format!("parlour/{shop}"),
                    public_key: format!("parlour/{shop}+00000000+AAAA"),
                }
            }),
        );
        Self {
            app: web::router(house),
            database,
            journey,
            clock: held,
            panics,
            album,
            shops: [alder, birch],
            links,
            watcher: Mutex::new(watcher),
            directory,
        }
    }

    pub(crate) async fn send(&self, asking: Asking) -> Answer {
        let response = self.respond(asking).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.to_vec(),
        }
    }

    /// The answer with its body unread: for streams.
    pub(crate) async fn respond(&self, asking: Asking) -> axum::response::Response {
        self.app.clone().oneshot(asking.request()).await.unwrap()
    }

    pub(crate) async fn guest(&self, shop: &str) -> Signed {
        let asking = ask("POST", &format!("/v1/shops/{shop}/sessions"));
        let answer = self.send(asking.json(&json!({}))).await.expect(201);
        signed(answer.json())
    }

    /// A guest who has proved this address.
    pub(crate) async fn shopper(&self, shop: &str, email: &str) -> Signed {
        let guest = self.guest(shop).await;
        let (request, code) = self.code(&guest, email).await;
        let answer = self
            .send(
                ask("POST", &format!("/v1/session/codes/{request}"))
                    .from(&somewhere())
                    .bearer(&guest.token)
                    .json(&json!({ "code": code })),
            )
            .await;
        signed(answer.expect(200).json())
    }

    /// Asks for a code and reads the mail: the request's id and the code.
    pub(crate) async fn code(&self, guest: &Signed, email: &str) -> (String, String) {
        let asking = ask("POST", "/v1/session/codes").from(&somewhere());
        let asking = asking.bearer(&guest.token);
        let asking = asking.json(&json!({ "email": email }));
        let requested = self.send(asking).await.expect(202).json();
        (
            requested["request"].as_str().unwrap().to_owned(),
            self.mailed_code(email).await,
        )
    }

    /// The code of the newest mail to this address.
    pub(crate) async fn mailed_code(&self, email: &str) -> String {
        let mut snapshot = self.database.inner.snapshot().await.unwrap();
        for shop in self.shops {
            let mails = self.journey.danger_demo_mailbox(&mut *snapshot, shop).await;
            if let Some(mail) = mails.unwrap().into_iter().find(|mail| mail.to == email) {
                let text = format!("{} {}", mail.subject, mail.text).replace(' ', "\n");
                let digits = text.split(|character: char| !character.is_ascii_digit());
                return digits
                    .filter(|word| word.len() == 6)
                    .map(str::to_owned)
                    .next()
                    .unwrap();
            }
        }
        panic!("no mail to `{email}`");
    }

    /// A proposal of hers: a cushion to buy.
    pub(crate) async fn proposal(&self, owner: &Signed) -> String {
        let call = |tool: &str, args: Value| {
            let asking = ask("POST", &format!("/v1/tools/{tool}")).from(&somewhere());
            asking.bearer(&owner.token).json(&json!({ "args": args }))
        };
        let cart = json!({ "variant": "cushion-red", "quantity": 1 });
        self.send(call("add_to_cart", cart)).await.expect(200);
        let checkout = json!({
            "contact": { "email": "vera@example.com", "given_name": "Vera", "family_name": "Holt" },
            "shipping_address": {
                "line1": "Elm Lane 2", "city": "Vienna", "postal_code": "1010", "country": "AT",
            },
        });
        let answer = self
            .send(call("checkout", checkout))
            .await
            .expect(200)
            .json();
        answer["proposal"]["id"].as_str().unwrap().to_owned()
    }

    /// Sends a message in a conversation, opened if it is new.
    pub(crate) async fn say(&self, who: &Signed, conversation: &str, text: &str) -> Value {
        let asking = ask(
            "PUT",
            &format!("/v1/conversations/{conversation}/messages/{}", message_id()),
        );
        let asking = asking.bearer(&who.token).json(&json!({ "text": text }));
        self.send(asking).await.expect(201).json()
    }

    /// A new conversation of this shopper with one message in it.
    pub(crate) async fn conversation(&self, who: &Signed) -> String {
        let id = conversation_id();
        self.say(who, &id, "How long do I have to send something back?")
            .await;
        id
    }
}

/// How many rows there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows {
    /// Of the ledger.
    pub entries: i64,
    /// Of every other table.
    pub others: Vec<(String, i64)>,
}

impl TestHouse {
    /// Changes whenever anybody commits a change to the database.
    /// A document of the shop, in its first version.
    pub(crate) async fn document(&self, by: &Signed) -> String {
        let document = message_id();
        let path = format!("/v1/staff/knowledge/documents/{document}");
        let body = json!({
            "kind": "faq", "audience": "everyone", "title": "Is there parking?",
            "body": "Behind the mill.", "version": 0,
        });
        let asking = ask("PUT", &path).bearer(&by.token).json(&body);
        self.send(asking).await.expect(200);
        document
    }

    /// The name of a picture of the first shop's, fetched if it was not yet.
    pub(crate) async fn picture(&self, by: &Signed) -> String {
        let asking = ask("POST", "/v1/staff/pictures").bearer(&by.token);
        self.send(asking.json(&json!({}))).await.expect(200);
        let mut watcher = self.watcher.lock().await;
        sqlx::query_scalar("SELECT card FROM product_pictures WHERE card IS NOT NULL")
            .fetch_one(&mut *watcher)
            .await
            .unwrap()
    }

    /// A question that found no answer.
    pub(crate) async fn unanswered(&self, who: &Signed, by: &Signed) -> String {
        self.say(who, &conversation_id(), "who is the president of Peru?")
            .await;
        let asking = crate::client::get("/v1/staff/knowledge/questions").bearer(&by.token);
        let questions = self.send(asking).await.expect(200).json();
        questions["questions"][0]["question"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn version(&self) -> i64 {
        let mut watcher = self.watcher.lock().await;
        sqlx::query_scalar("PRAGMA data_version")
            .fetch_one(&mut *watcher)
            .await
            .unwrap()
    }

    /// The sealed words of all turns, as they lie in the database.
    pub(crate) async fn bodies(&self) -> Vec<Vec<u8>> {
        let mut watcher = self.watcher.lock().await;
        sqlx::query_scalar("SELECT body FROM turns")
            .fetch_all(&mut *watcher)
            .await
            .unwrap()
    }

    /// Every byte of the database's files.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.directory.path()).unwrap();
        files
            .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
            .collect()
    }

    pub(crate) async fn rows(&self) -> Rows {
        let mut watcher = self.watcher.lock().await;
        let tables: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
             AND name NOT LIKE '%migrations'",
        )
        .fetch_one(&mut *watcher)
        .await
        .unwrap();
        let mut others: Vec<(String, i64)> = sqlx::query_as(COUNTS)
            .fetch_all(&mut *watcher)
            .await
            .unwrap();
        assert_eq!(
            others.len(),
            usize::try_from(tables).unwrap(),
            "every table is counted"
        );
        let ledger = others.iter().position(|(name, _)| name == "ledger_entries");
        let (_, entries) = others.remove(ledger.unwrap());
        Rows { entries, others }
    }
}

const COUNTS: &str = "\
    SELECT 'shops', count(*) FROM shops \
    UNION ALL SELECT 'shop_hosts', count(*) FROM shop_hosts \
    UNION ALL SELECT 'shop_fronts', count(*) FROM shop_fronts \
    UNION ALL SELECT 'shop_logos', count(*) FROM shop_logos \
    UNION ALL SELECT 'ratings', count(*) FROM ratings \
    UNION ALL SELECT 'answer_wishes', count(*) FROM answer_wishes \
    UNION ALL SELECT 'shop_keys', count(*) FROM shop_keys \
    UNION ALL SELECT 'data_keys', count(*) FROM data_keys \
    UNION ALL SELECT 'shoppers', count(*) FROM shoppers \
    UNION ALL SELECT 'staff', count(*) FROM staff \
    UNION ALL SELECT 'roles', count(*) FROM roles \
    UNION ALL SELECT 'sign_in_links', count(*) FROM sign_in_links \
    UNION ALL SELECT 'shopper_sessions', count(*) FROM shopper_sessions \
    UNION ALL SELECT 'staff_sessions', count(*) FROM staff_sessions \
    UNION ALL SELECT 'code_requests', count(*) FROM code_requests \
    UNION ALL SELECT 'passkeys', count(*) FROM passkeys \
    UNION ALL SELECT 'ceremonies', count(*) FROM ceremonies \
    UNION ALL SELECT 'mandates', count(*) FROM mandates \
    UNION ALL SELECT 'recovery_codes', count(*) FROM recovery_codes \
    UNION ALL SELECT 'recovery_requests', count(*) FROM recovery_requests \
    UNION ALL SELECT 'known_devices', count(*) FROM known_devices \
    UNION ALL SELECT 'conversations', count(*) FROM conversations \
    UNION ALL SELECT 'turns', count(*) FROM turns \
    UNION ALL SELECT 'notes', count(*) FROM notes \
    UNION ALL SELECT 'tags', count(*) FROM tags \
    UNION ALL SELECT 'conversation_tags', count(*) FROM conversation_tags \
    UNION ALL SELECT 'pictures', count(*) FROM pictures \
    UNION ALL SELECT 'product_pictures', count(*) FROM product_pictures \
    UNION ALL SELECT 'saved_replies', count(*) FROM saved_replies \
    UNION ALL SELECT 'desk_reads', count(*) FROM desk_reads \
    UNION ALL SELECT 'person_requests', count(*) FROM person_requests \
    UNION ALL SELECT 'mails', count(*) FROM mails \
    UNION ALL SELECT 'passages', count(*) FROM passages \
    UNION ALL SELECT 'ledger_entries', count(*) FROM ledger_entries \
    UNION ALL SELECT 'ledger_heads', count(*) FROM ledger_heads \
    UNION ALL SELECT 'ledger_tiles', count(*) FROM ledger_tiles \
    UNION ALL SELECT 'ledger_checkpoints', count(*) FROM ledger_checkpoints \
    UNION ALL SELECT 'leases', count(*) FROM leases \
    UNION ALL SELECT 'limits', count(*) FROM limits \
    UNION ALL SELECT 'shop_terms', count(*) FROM shop_terms \
    UNION ALL SELECT 'shop_entries', count(*) FROM shop_entries \
    UNION ALL SELECT 'products', count(*) FROM products \
    UNION ALL SELECT 'variants', count(*) FROM variants \
    UNION ALL SELECT 'customers', count(*) FROM customers \
    UNION ALL SELECT 'payment_methods', count(*) FROM payment_methods \
    UNION ALL SELECT 'carts', count(*) FROM carts \
    UNION ALL SELECT 'proposals', count(*) FROM proposals \
    UNION ALL SELECT 'orders', count(*) FROM orders \
    UNION ALL SELECT 'movements', count(*) FROM movements \
    UNION ALL SELECT 'gateway_events', count(*) FROM gateway_events \
    UNION ALL SELECT 'documents', count(*) FROM documents \
    UNION ALL SELECT 'unanswered', count(*) FROM unanswered";

pub(crate) fn conversation_id() -> String {
    ConversationId::random(&SystemRng).to_string()
}

pub(crate) fn message_id() -> String {
    MessageId::random(&SystemRng).to_string()
}

pub(crate) fn signed(session: Value) -> Signed {
    Signed {
        token: session["token"].as_str().unwrap().to_owned(),
        session,
    }
}

fn relying_party() -> RelyingParty {
    let host = ORIGIN.strip_prefix("https://").unwrap().to_owned();
    RelyingParty::new(host, "Alder".to_owned(), vec![ORIGIN.to_owned()]).unwrap()
}

fn settings() -> Settings {
    let mut limits = web::Limits::default();
    let many = core::num::NonZeroU32::new(1_000_000).unwrap();
    limits.requests_per_minute = many;
    limits.sessions_per_minute = many;
    limits.messages_per_minute = many;
    Settings {
        public_origin: ORIGIN.parse().unwrap(),
        demo_shop: Some(DemoShop {
            origin: format!("https://{DEMO_HOST}").parse().unwrap(),
            handle: "alder".to_owned(),
        }),
        mailbox: true,
        mail: true,
        trusted_proxies: vec!["10.0.0.1".parse().unwrap()],
        limits,
    }
}

struct Making<'a> {
    database: &'a SqlDatabase,
    vault: &'a Vault,
    journey: &'a Journey,
    clock: &'a dyn Clock,
    rng: &'a dyn Rng,
}

impl Making<'_> {
    async fn shop(&self, handle: &str, name: &str, origins: &[&str]) -> ShopId {
        let row = ShopRow {
            id: ShopId::ordered(self.clock, self.rng),
            handle: handle.to_owned(),
            name: name.to_owned(),
            content_version: 0,
            created_at: self.clock.now(),
        };
        let frames = origins.iter().map(|origin| (HostKind::Frame, *origin));
        let hosts: Vec<ShopHostRow> = frames
            .chain([(HostKind::Link, "help.alder.example")])
            .map(|(kind, value)| ShopHostRow {
                shop: row.id,
                kind,
                value: value.to_owned(),
            })
            .collect();
        let returns = Document {
            kind: PassageKind::Policy,
            id: "returns".to_owned(),
            title: "Returns".to_owned(),
            text: "You may send back what you bought within 30 days.".to_owned(),
        };
        let mut tx = self.database.begin().await.unwrap();
        tx.insert_shop(&row).await.unwrap();
        self.vault.create_shop_key(&mut *tx, row.id).await.unwrap();
        tx.replace_shop_hosts(row.id, &hosts).await.unwrap();
        knowledge::publish(&mut *tx, row.id, self.rng, self.clock, &[returns])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        row.id
    }

    async fn staff(&self, shop: ShopId, name: &str, role: RoleName) -> String {
        let name = gate::person_name(Untrusted::new(name.to_owned())).unwrap();
        let mut tx = self.database.begin().await.unwrap();
        let invitation = self
            .journey
            .identity()
            .danger_add_staff_as_operator(&mut *tx, shop, &name, &role.into())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        invitation.token.expose().to_owned()
    }
}
