//! Requests and their answers, in process.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::Value;

pub(crate) const HOST: &str = "chat.alder.example";
pub(crate) const ORIGIN: &str = "https://chat.alder.example";

/// A request in the making; without anything else it comes from no browser and has no session.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
    pub from: SocketAddr,
}

pub(crate) fn ask(method: &str, path: &str) -> Asking {
    Asking {
        method: Method::from_bytes(method.as_bytes()).unwrap(),
        path: path.to_owned(),
        headers: vec![("host".to_owned(), HOST.to_owned())],
        body: None,
        from: "198.51.100.7:40000".parse().unwrap(),
    }
}

/// An address nobody has asked from before, for walks that are longer than a rate allows.
pub(crate) fn somewhere() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let number = LAST.fetch_add(1, Ordering::Relaxed);
    let [_, high, middle, low] = number.to_be_bytes();
    format!("100.{}.{middle}.{low}:40000", 64 + high)
}

pub(crate) fn get(path: &str) -> Asking {
    ask("GET", path)
}

impl Asking {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn host(mut self, host: &str) -> Self {
        self.headers.retain(|(name, _)| name != "host");
        self.header("host", host)
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn shopper_cookie(self, token: &str) -> Self {
        self.header("cookie", &format!("__Host-parlour={token}"))
    }

    pub(crate) fn staff_cookie(self, token: &str) -> Self {
        self.header("cookie", &format!("__Host-parlour-staff={token}"))
    }

    /// As a page of Parlour's own sends it.
    pub(crate) fn own_page(self) -> Self {
        self.header("x-parlour", "1")
            .header("origin", ORIGIN)
            .header("sec-fetch-site", "same-origin")
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.header("content-type", kind)
    }

    pub(crate) fn from(mut self, address: &str) -> Self {
        self.from = address.parse().unwrap();
        self
    }

    pub(crate) fn request(self) -> Request<Body> {
        let mut builder = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            builder = builder.header(name, value);
        }
        let declared = self.body.as_ref().map(Vec::len);
        let mut request = builder
            .body(self.body.map_or_else(Body::empty, Body::from))
            .unwrap();
        if let Some(length) = declared {
            request
                .headers_mut()
                .insert(header::CONTENT_LENGTH, length.into());
        }
        request.extensions_mut().insert(ConnectInfo(self.from));
        request
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        core::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    /// A header that may be there once at most.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().map(|value| value.to_str().unwrap());
        assert!(values.next().is_none(), "`{name}` is there twice");
        value
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// A refusal of this status and code, in the form of RFC 9457.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Value {
        let answer = self.expect(status);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status, "{problem}");
        assert_eq!(problem["type"], format!("/problems#{code}"));
        assert!(problem["title"].is_string() && problem["detail"].is_string());
        problem
    }
}
