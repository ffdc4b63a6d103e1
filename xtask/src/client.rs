//! A small HTTP/1.1 client over one kept connection: enough to drive load without being the load.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use anyhow::{Context, bail};
use serde_json::Value;

/// One connection to the server.
pub(crate) struct Client {
    reader: BufReader<TcpStream>,
    host: String,
    token: Option<String>,
}

impl Client {
    pub(crate) fn connect(host: &str) -> anyhow::Result<Self> {
        let stream =
            TcpStream::connect(host).with_context(|| format!("no connection to `{host}`"))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            reader: BufReader::new(stream),
            host: host.to_owned(),
            token: None,
        })
    }

    /// Opens a guest's session and speaks as it from now on.
    pub(crate) fn open_session(&mut self, shop: &str) -> anyhow::Result<()> {
        let opened = self.send("POST", &format!("/v1/shops/{shop}/sessions"), Some("{}"))?;
        let token = opened
            .get("token")
            .and_then(Value::as_str)
            .context("the session has no token")?;
        self.token = Some(token.to_owned());
        Ok(())
    }

    /// Sends a message; the answer is durable when this returns.
    pub(crate) fn message(
        &mut self,
        conversation: uuid::Uuid,
        text: &str,
    ) -> anyhow::Result<Value> {
        let message = fresh_id();
        let path = format!("/v1/conversations/{conversation}/messages/{message}");
        self.send(
            "PUT",
            &path,
            Some(&serde_json::json!({ "text": text }).to_string()),
        )
    }

    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> anyhow::Result<Value> {
        let body = body.unwrap_or_default();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            self.host,
            body.len()
        );
        if let Some(token) = &self.token {
            request.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.reader.get_mut().write_all(request.as_bytes())?;
        self.read_answer()
    }

    fn read_answer(&mut self) -> anyhow::Result<Value> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        let status: u16 = line
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .context("no status line")?;
        let mut length = 0;
        loop {
            line.clear();
            self.reader.read_line(&mut line)?;
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        if !(200..300).contains(&status) {
            bail!(
                "the server answered {status}: {}",
                String::from_utf8_lossy(&body)
            );
        }
        Ok(serde_json::from_slice(&body)?)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark needs no reproducible ids"
)]
pub(crate) fn fresh_id() -> uuid::Uuid {
    uuid::Uuid::new_v4()
}
