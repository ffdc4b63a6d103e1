//! A demo gateway that listens, the shop's client of it, and a shop that hears webhooks.

use std::{
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use commerce::gateway::{
    Direction, Event, Gateway, HostedPayment, NotBelieved, Transfer,
    demo_ports::{Courier, Journal, MemoryJournal},
    demo_wire::SIGNATURE_HEADER,
};
use partners::demo_gateway::{DemoGateway, HttpCourier};
use reqwest::{StatusCode, Url};
use terms::{Clock, Money, MovementId, Rng, Secret, Timestamp};
use tokio::sync::{Semaphore, mpsc};
use web::demo_gateway::{DemoGatewayServer, Pause};

/// 2026-11-22T09:30:00Z.
const START: i64 = 1_795_339_800_000;

pub(crate) fn secret() -> Secret<[u8; 32]> {
    Secret::new([7; 32])
}

pub(crate) struct HeldClock(AtomicI64);

impl HeldClock {
    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) struct SystemRng;

impl Rng for SystemRng {
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).unwrap();
    }
}

pub(crate) fn movement() -> MovementId {
    MovementId::random(&SystemRng)
}

pub(crate) fn dollars(minor: i64) -> Money {
    Money::new(minor, "USD".parse().unwrap())
}

/// Writes down how long it was asked to wait, and waits until the test lets it go on.
pub(crate) struct HeldPause {
    asked: mpsc::UnboundedSender<Duration>,
    places: Semaphore,
}

#[async_trait]
impl Pause for HeldPause {
    async fn pause(&self, span: Duration) {
        self.asked.send(span).unwrap();
        self.places.acquire().await.unwrap().forget();
    }
}

/// A webhook as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) signature: String,
    pub(crate) body: Vec<u8>,
}

/// What the shop answers to webhooks: the statuses in order, then 200.
type Answers = Arc<Mutex<Vec<u16>>>;

#[derive(Clone)]
struct Ear {
    heard: mpsc::UnboundedSender<Heard>,
    answers: Answers,
}

async fn hear(State(ear): State<Ear>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers[SIGNATURE_HEADER].to_str().unwrap().to_owned();
    let body = body.to_vec();
    ear.heard.send(Heard { signature, body }).unwrap();
    let mut answers = ear.answers.lock().unwrap();
    let status = if answers.is_empty() {
        200
    } else {
        answers.remove(0)
    };
    StatusCode::from_u16(status).unwrap()
}

pub(crate) struct World {
    pub(crate) clock: Arc<HeldClock>,
    pub(crate) gateway: Arc<DemoGateway>,
    pub(crate) base: String,
    pub(crate) webhooks: mpsc::UnboundedReceiver<Heard>,
    pub(crate) answers: Answers,
    pub(crate) pauses: mpsc::UnboundedReceiver<Duration>,
    pause: Arc<HeldPause>,
    /// A browser: it follows no redirect by itself, so that the test sees it.
    pub(crate) browser: reqwest::Client,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Arc::new(MemoryJournal::default())).await
    }

    /// A gateway over this journal, as after a restart.
    pub(crate) async fn with(journal: Arc<dyn Journal>) -> Self {
        let (heard, webhooks) = mpsc::unbounded_channel();
        let answers = Answers::default();
        let ear = Ear {
            heard,
            answers: Arc::clone(&answers),
        };
        let shop = listen(
            Router::new()
                .route("/webhooks/demo", post(hear))
                .with_state(ear),
        );
        let clock = Arc::new(HeldClock(AtomicI64::new(START)));
        let (asked, pauses) = mpsc::unbounded_channel();
        let pause = Arc::new(HeldPause {
            asked,
            places: Semaphore::new(0),
        });
        let courier: Arc<dyn Courier> = Arc::new(HttpCourier::new().unwrap());
        let url = format!("{shop}/webhooks/demo");
        let held: Arc<dyn Clock> = Arc::<HeldClock>::clone(&clock);
        let server = DemoGatewayServer::new(
            &secret(),
            Arc::clone(&held),
            Arc::new(SystemRng),
            journal,
            courier,
            url,
        );
        let server = server.unwrap().with_pause(Arc::<HeldPause>::clone(&pause));
        let base = listen(server.router());
        let gateway = Arc::new(DemoGateway::new(&base, &secret(), held).unwrap());
        Self {
            clock,
            gateway,
            base,
            webhooks,
            answers,
            pauses,
            pause,
            browser: browser(),
        }
    }

    pub(crate) fn payment(&self, minor: i64) -> HostedPayment {
        HostedPayment {
            movement: movement(),
            order: "#W2378156".to_owned(),
            amount: dollars(minor),
            return_url: "http://127.0.0.1:8080/shop/?thanks=1".to_owned(),
            expires_at: self.clock.now().after(Duration::from_secs(1800)),
        }
    }

    pub(crate) fn link(&self, payment: &HostedPayment) -> Url {
        self.gateway.payment_link(payment).parse().unwrap()
    }

    pub(crate) async fn open(&self, link: Url) -> Page {
        let sent = self.browser.get(link).send().await;
        Page::of(sent.unwrap()).await
    }

    /// Opens the link and sends its form, as a browser does.
    pub(crate) async fn pay(&self, payment: &HostedPayment, method: &str, webhook: &str) -> Page {
        self.send(&form(&self.link(payment), method, webhook)).await
    }

    pub(crate) async fn send(&self, form: &[(String, String)]) -> Page {
        let request = self.form(form).header("origin", &self.base);
        Page::of(request.send().await.unwrap()).await
    }

    pub(crate) fn form(&self, form: &[(String, String)]) -> reqwest::RequestBuilder {
        let mut body = Url::parse("http://form/").unwrap();
        body.query_pairs_mut().extend_pairs(form);
        let kind = "application/x-www-form-urlencoded";
        let request = self.browser.post(format!("{}/pay", self.base));
        let body = body.query().unwrap_or_default().to_owned();
        request.header("content-type", kind).body(body)
    }

    /// Lets the gateway go on after as many pauses.
    pub(crate) fn go_on(&self, pauses: usize) {
        self.pause.places.add_permits(pauses);
    }

    pub(crate) async fn webhook(&mut self) -> Event {
        let heard = self.heard().await;
        self.believe(&heard).unwrap()
    }

    /// The next webhook, as it came in.
    pub(crate) async fn heard(&mut self) -> Heard {
        soon(self.webhooks.recv()).await
    }

    /// How long the gateway waits now.
    pub(crate) async fn paused(&mut self) -> Duration {
        soon(self.pauses.recv()).await
    }

    pub(crate) fn believe(&self, heard: &Heard) -> Result<Event, NotBelieved> {
        let now = self.clock.now();
        self.gateway
            .read_webhook(Some(&heard.signature), &heard.body, now)
    }

    pub(crate) fn transfer(&self, direction: Direction, minor: i64) -> Transfer {
        Transfer {
            movement: movement(),
            direction,
            amount: dollars(minor),
            token: "tok_visa_4242".to_owned(),
            original: None,
        }
    }
}

/// What comes in any case; a test that waits for it in vain ends, and says so.
pub(crate) async fn soon<T>(coming: impl Future<Output = Option<T>>) -> T {
    let came = tokio::time::timeout(PATIENCE, coming).await;
    came.expect("it should have come long ago").unwrap()
}

const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) fn browser() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy();
    builder
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// The fields of a link, and the choices made on its page.
pub(crate) fn form(link: &Url, method: &str, webhook: &str) -> Vec<(String, String)> {
    let mut form: Vec<(String, String)> = link.query_pairs().into_owned().collect();
    form.push(("method".to_owned(), method.to_owned()));
    form.push(("webhook".to_owned(), webhook.to_owned()));
    form
}

/// What the gateway answered a browser.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Page {
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await.unwrap(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// Serves on a free port; where.
pub(crate) fn listen(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}
