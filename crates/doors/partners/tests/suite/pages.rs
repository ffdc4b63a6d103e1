//! Fetching pages: what is refused before anything is called, and what a server may not do to us.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use knowledge::import::{Fetched, Media, NotFetched, Pages};
use partners::pages::WebPages;

/// A server that gives one answer to everybody and counts who came.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn answering(answer: impl Fn(&mut dyn Write) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.read(&mut [0; 4_096]);
                answer(&mut stream);
            }
        });
        Self { address, asked }
    }

    fn with(head: &'static str, body: &'static str) -> Self {
        Self::answering(move |stream| {
            let _ = write!(stream, "HTTP/1.1 {head}\r\nconnection: close\r\n\r\n{body}");
        })
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn fetch(&self, pages: WebPages, host: &str) -> Result<Fetched, NotFetched> {
        let authority = format!("{host}:{}", self.address.port());
        let hosts = [authority.clone()];
        pages
            .fetch(&format!("http://{authority}/page"), &hosts)
            .await
    }
}

fn all_hosts(address: &str) -> Vec<String> {
    let authority = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    vec![
        authority.to_owned(),
        host.to_owned(),
        "shop.example".to_owned(),
    ]
}

async fn refused(address: &str) -> String {
    let hosts = all_hosts(address);
    let answer = WebPages::new().fetch(address, &hosts).await;
    answer.unwrap_err().to_string()
}

/// Whatever is registered, a real installation never calls this machine or its neighbours.
#[tokio::test]
async fn addresses_inside_are_never_called() {
    let server = Server::with("200 OK\r\ncontent-type: text/html", "<p>inside");
    let port = server.address.port();
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("https://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        "https://127.0.0.1/".to_owned(),
        "https://127.1/".to_owned(),
        "https://2130706433/".to_owned(),
        "https://0x7f000001/".to_owned(),
        "https://017700000001/".to_owned(),
        "https://localhost/".to_owned(),
        "https://[::1]/".to_owned(),
        "https://[::ffff:7f00:1]/".to_owned(),
        "https://[::ffff:169.254.169.254]/".to_owned(),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://10.0.0.1/".to_owned(),
        "https://192.168.0.1/".to_owned(),
        "https://172.16.0.1/".to_owned(),
        "https://100.64.0.1/".to_owned(),
        "https://[fd00::1]/".to_owned(),
        "https://[fe80::1]/".to_owned(),
        "https://[64:ff9b::7f00:1]/".to_owned(),
        "https://0.0.0.0/".to_owned(),
    ] {
        // As the address parser writes it, so that the list of hosts is not what refuses it.
        let url = reqwest_like(&address);
        let hosts: Vec<String> = url.into_iter().chain(all_hosts(&address)).collect();
        let answer = WebPages::new().fetch(&address, &hosts).await;
        let sentence = answer.unwrap_err().to_string();
        assert!(
            !sentence.contains("is not a host of this shop"),
            "{address}: {sentence}"
        );
    }
    assert_eq!(server.asked(), 0, "somebody was called");
}

/// Numbers in other spellings, as a browser writes them.
fn reqwest_like(address: &str) -> Vec<String> {
    let here = [
        "127.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:7f00:1]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::7f00:1]",
    ];
    let port = address
        .rsplit_once(':')
        .and_then(|(_, port)| port.strip_suffix('/'));
    here.iter()
        .flat_map(|host| {
            [
                (*host).to_owned(),
                format!("{host}:{}", port.unwrap_or_default()),
            ]
        })
        .collect()
}

#[tokio::test]
async fn what_is_not_a_page_of_the_shop_is_refused_in_a_sentence() {
    for (address, because) in [
        ("", "is not a web address"),
        ("returns", "is not a web address"),
        ("//shop.example/", "is not a web address"),
        ("http://shop.example/", "only `https`"),
        ("ftp://shop.example/", "only `https`"),
        ("file:///etc/passwd", "only `https`"),
        ("javascript:alert(1)", "only `https`"),
        ("data:text/html,x", "only `https`"),
        ("https://user:secret@shop.example/", "name or a password"),
        ("https://user@shop.example/", "name or a password"),
        ("https://shop.example:8443/", "leave the port out"),
        ("https://shop.example:22/", "leave the port out"),
    ] {
        let sentence = refused(address).await;
        assert!(sentence.contains(because), "{address}: {sentence}");
        assert!(!sentence.contains("secret"), "{sentence}");
    }
    for address in [
        "https://evil.example/",
        "https://shop.example.evil.example/",
        "https://evil.example/?https://shop.example/",
        "https://evil.example/#shop.example",
        "https://www.shop.example/",
        "https://shop.example./",
    ] {
        let hosts = ["shop.example".to_owned()];
        let answer = WebPages::new().fetch(address, &hosts).await;
        let sentence = answer.unwrap_err().to_string();
        assert!(
            sentence.contains("is not a host of this shop"),
            "{address}: {sentence}"
        );
    }
    let long = format!("https://shop.example/{}", "x".repeat(2_000));
    assert!(refused(&long).await.contains("longer than 2000"));
}

#[tokio::test]
async fn a_demo_may_fetch_from_this_machine_what_is_registered() {
    let server = Server::with(
        "200 OK\r\ncontent-type: text/html; charset=utf-8",
        "<h1>Parking</h1>",
    );
    let pages = WebPages::with_this_machine();
    let fetched = server.fetch(pages, "127.0.0.1").await.unwrap();
    assert_eq!(fetched.media, Media::Html);
    assert_eq!(fetched.text, "<h1>Parking</h1>");
    assert!(server.fetch(pages, "localhost").await.is_ok());
    assert!(server.fetch(WebPages::new(), "127.0.0.1").await.is_err());
    let address = format!("http://127.0.0.1:{}/", server.address.port());
    let elsewhere = ["127.0.0.1:1".to_owned()];
    let answer = pages.fetch(&address, &elsewhere).await;
    assert!(
        answer
            .unwrap_err()
            .to_string()
            .contains("not a host of this shop")
    );
    assert_eq!(server.asked(), 2);
}

#[tokio::test]
async fn nobody_is_followed() {
    let inside = Server::with("200 OK\r\ncontent-type: text/html", "secret");
    let to = inside.address;
    let server = Server::answering(move |stream| {
        let _ = write!(
            stream,
            "HTTP/1.1 302 Found\r\nlocation: http://{to}/secret\r\nconnection: close\r\n\r\n"
        );
    });
    let answer = server
        .fetch(WebPages::with_this_machine(), "127.0.0.1")
        .await;
    let sentence = answer.unwrap_err().to_string();
    assert!(sentence.contains("sends visitors on"), "{sentence}");
    assert_eq!((server.asked(), inside.asked()), (1, 0));
}

#[tokio::test]
async fn only_texts_that_were_found_are_read() {
    let pages = WebPages::with_this_machine();
    for (head, because) in [
        ("200 OK\r\ncontent-type: application/pdf", "no page of text"),
        (
            "200 OK\r\ncontent-type: application/json",
            "no page of text",
        ),
        ("200 OK", "no page of text"),
        ("404 Not Found\r\ncontent-type: text/html", "answered 404"),
        ("500 No\r\ncontent-type: text/html", "answered 500"),
        ("204 No Content\r\ncontent-type: text/html", "answered 204"),
        ("nonsense", "gave"),
    ] {
        let answer = Server::with(head, "text").fetch(pages, "127.0.0.1").await;
        let sentence = answer.unwrap_err().to_string();
        assert!(sentence.contains(because), "{head}: {sentence}");
    }
    for (kind, media) in [
        ("text/markdown", Media::Markdown),
        ("text/plain;charset=utf-8", Media::Plain),
        ("Text/HTML", Media::Html),
    ] {
        let server = Server::answering(move |stream| {
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\nwords"
            );
        });
        let fetched = server.fetch(pages, "127.0.0.1").await.unwrap();
        assert_eq!(fetched.media, media);
    }
}

#[tokio::test]
async fn large_pages_are_given_up() {
    let pages = WebPages::with_this_machine();
    let declared = Server::with(
        "200 OK\r\ncontent-type: text/html\r\ncontent-length: 99999999",
        "x",
    );
    let endless = Server::answering(|stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n");
        while stream.write_all(&[b'x'; 65_536]).is_ok() {}
    });
    for server in [declared, endless] {
        let answer = server.fetch(pages, "127.0.0.1").await;
        assert!(
            answer
                .unwrap_err()
                .to_string()
                .contains("larger than 2 MiB")
        );
    }
}

/// A byte now and then keeps nobody waiting for ever.
#[tokio::test]
async fn slow_pages_are_given_up() {
    let server = Server::answering(|stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n");
        while stream.write_all(b"x").and_then(|()| stream.flush()).is_ok() {
            thread::sleep(Duration::from_millis(300));
        }
    });
    let begun = Instant::now();
    let answer = server
        .fetch(WebPages::with_this_machine(), "127.0.0.1")
        .await;
    assert!(answer.is_err());
    assert!(begun.elapsed() < Duration::from_secs(60), "it was given up");
}
