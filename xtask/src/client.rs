//! A small HTTP/1.1 client over one kept connection: enough to drive load without being the load.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::event_stream::{Decoder, Event};

/// One connection to the server.
pub(crate) struct Client {
    reader: BufReader<TcpStream>,
    host: String,
    token: Option<String>,
    /// The address that a proxy in front of the server names.
    from: Option<String>,
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
            from: None,
        })
    }

    /// Speaks from another network, as a proxy would say it: what one network may do is limited.
    pub(crate) fn in_network(mut self, address: String) -> Self {
        self.from = Some(address);
        self
    }

    /// Goes on over a new connection: the server closes those that nobody uses.
    pub(crate) fn reconnect(&mut self) -> anyhow::Result<()> {
        let other = Self::connect(&self.host)?;
        self.reader = other.reader;
        Ok(())
    }

    /// Opens a guest's session and speaks as it from now on.
    pub(crate) fn open_session(&mut self, shop: &str) -> anyhow::Result<()> {
        let opened = self.send("POST", &format!("/v1/shops/{shop}/sessions"), Some("{}"))?;
        self.hold(&opened)
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

    /// Proves the address of a mailed code, which the demo's mailbox shows, and speaks as its owner from
    /// now on.
    pub(crate) fn prove(&mut self, email: &str) -> anyhow::Result<()> {
        let asked = serde_json::json!({ "email": email }).to_string();
        let asked = self.send("POST", "/v1/session/codes", Some(&asked))?;
        let request = asked.get("request").and_then(Value::as_str);
        let request = request.context("the code has no request")?.to_owned();
        let mailbox = self.page("/demo/mailbox")?;
        let mail = mailbox
            .split("<article")
            .find(|mail| mail.contains(email))
            .context("no mail has come")?;
        let code = mail
            .split(|letter: char| !letter.is_ascii_digit())
            .find(|digits| digits.len() == 6)
            .context("the mail has no code")?;
        let given = serde_json::json!({ "code": code }).to_string();
        let opened = self.send(
            "POST",
            &format!("/v1/session/codes/{request}"),
            Some(&given),
        )?;
        self.hold(&opened)
    }

    fn hold(&mut self, opened: &Value) -> anyhow::Result<()> {
        let token = opened.get("token").and_then(Value::as_str);
        self.token = Some(token.context("the session has no token")?.to_owned());
        Ok(())
    }

    /// Opens the event stream of a conversation on a connection of its own, from a turn on.
    pub(crate) fn events(
        &self,
        conversation: uuid::Uuid,
        after: u64,
    ) -> anyhow::Result<EventStream> {
        let mut other = Self::connect(&self.host)?;
        other.token.clone_from(&self.token);
        other.from.clone_from(&self.from);
        let path = format!("/v1/conversations/{conversation}/events?after={after}");
        other.write("GET", &path, "")?;
        let status = other.read_head()?.0;
        if status != 200 {
            bail!("the event stream answered {status}");
        }
        let mut decoder = Decoder::default();
        decoder.push(other.reader.buffer());
        let stream = other.reader.into_inner();
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(EventStream { stream, decoder })
    }

    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> anyhow::Result<Value> {
        self.write(method, path, body.unwrap_or_default())?;
        Ok(serde_json::from_slice(&self.read_answer()?)?)
    }

    fn page(&mut self, path: &str) -> anyhow::Result<String> {
        self.write("GET", path, "")?;
        Ok(String::from_utf8(self.read_answer()?)?)
    }

    fn write(&mut self, method: &str, path: &str, body: &str) -> anyhow::Result<()> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            self.host,
            body.len()
        );
        if let Some(token) = &self.token {
            request.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        if let Some(from) = &self.from {
            request.push_str(&format!("X-Forwarded-For: {from}\r\n"));
        }
        request.push_str("\r\n");
        request.push_str(body);
        Ok(self.reader.get_mut().write_all(request.as_bytes())?)
    }

    /// The status of an answer, and the length of its body.
    fn read_head(&mut self) -> anyhow::Result<(u16, usize)> {
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
        Ok((status, length))
    }

    fn read_answer(&mut self) -> anyhow::Result<Vec<u8>> {
        let (status, length) = self.read_head()?;
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        if !(200..300).contains(&status) {
            bail!(
                "the server answered {status}: {}",
                String::from_utf8_lossy(&body)
            );
        }
        Ok(body)
    }
}

/// The events of a conversation, as the widget hears them.
pub(crate) struct EventStream {
    stream: TcpStream,
    decoder: Decoder,
}

impl EventStream {
    /// Waits for the next event.
    pub(crate) fn next(&mut self) -> anyhow::Result<Event> {
        let mut bytes = [0; 16_384];
        loop {
            if let Some(event) = self.decoder.next() {
                return Ok(event);
            }
            let count = self.stream.read(&mut bytes).context("no event came")?;
            let Some(bytes) = bytes.get(..count).filter(|bytes| !bytes.is_empty()) else {
                bail!("the event stream ended");
            };
            self.decoder.push(bytes);
        }
    }

    /// Waits for the next turn that the assistant wrote.
    pub(crate) fn reply(&mut self) -> anyhow::Result<()> {
        loop {
            let event = self.next()?;
            if event.name == "turn" && event.data.contains("\"author\":\"ai\"") {
                return Ok(());
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark needs no reproducible ids"
)]
pub(crate) fn fresh_id() -> uuid::Uuid {
    uuid::Uuid::new_v4()
}
