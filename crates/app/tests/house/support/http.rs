//! A small HTTP/1.1 client (RFC 9112) and a reader of event streams (WHATWG HTML section 9.2), so
//! that the server is not tested with its own code.

use core::time::Duration;
use std::{
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
};

use serde_json::Value;

pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Where a server is asked, and as whom.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) at: SocketAddr,
    pub(crate) host: String,
    pub(crate) token: Option<String>,
    /// How long to wait for the next bytes.
    pub(crate) patience: Duration,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The request did not leave whole.
    NotSent,
    /// The request was sent whole, and its answer did not come whole: nobody knows whether it was
    /// carried out.
    Cut,
}

impl Client {
    /// The same server, asked by the holder of this token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let mut stream = self.connect().map_err(|_| Failure::NotSent)?;
        stream
            .write_all(&self.request(method, path, body, &[]))
            .map_err(|_| Failure::NotSent)?;
        read_answer(stream).map_err(|_| Failure::Cut)
    }

    /// Sends and demands the status.
    pub(crate) fn expect(
        &self,
        status: u16,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Value {
        let answer = self.send(method, path, body).unwrap();
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap_or(Value::Null)
    }

    /// Opens an event stream after the event with this id.
    pub(crate) fn events(&self, path: &str, last: Option<i64>) -> io::Result<Events> {
        let last = last.map(|id| format!("Last-Event-ID: {id}"));
        let headers: Vec<&str> = last.iter().map(String::as_str).collect();
        let mut stream = self.connect()?;
        stream.write_all(&self.request("GET", path, None, &headers))?;
        let mut reader = BufReader::new(stream);
        let (status, headers) = read_head(&mut reader)?;
        let kind = header(&headers, "content-type").unwrap_or_default();
        if status != 200 || !kind.starts_with("text/event-stream") {
            return Err(io::Error::other(format!("{status} {kind}")));
        }
        Ok(Events(BufReader::new(Chunked::new(reader))))
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect_timeout(&self.at, PATIENCE)?;
        stream.set_read_timeout(Some(self.patience))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// The bytes of a request.
    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        more: &[&str],
    ) -> Vec<u8> {
        let host = &self.host;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        if let Some(token) = &self.token {
            head += &format!("Authorization: Bearer {token}\r\n");
        }
        for line in more {
            head += &format!("{line}\r\n");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        if !body.is_empty() {
            head += "Content-Type: application/json\r\n";
        }
        format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Reads one whole answer; one that ends early is an error.
pub(crate) fn read_answer(stream: impl Read) -> io::Result<Answer> {
    let mut reader = BufReader::new(stream);
    let (status, headers) = read_head(&mut reader)?;
    let mut body = Vec::new();
    if header(&headers, "transfer-encoding").is_some() {
        Chunked::new(reader).read_to_end(&mut body)?;
    } else if let Some(length) = header(&headers, "content-length") {
        body = vec![0; length.parse().map_err(io::Error::other)?];
        reader.read_exact(&mut body)?;
    } else if status != 204 && status != 304 {
        reader.read_to_end(&mut body)?;
    }
    Ok(Answer { status, body })
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

fn read_line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    match line.strip_suffix('\n') {
        Some(whole) => Ok(whole.trim_end_matches('\r').to_owned()),
        None => Err(ErrorKind::UnexpectedEof.into()),
    }
}

type Head = (u16, Vec<(String, String)>);

fn read_head(reader: &mut impl BufRead) -> io::Result<Head> {
    let first = read_line(reader)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("`{first}` is no status line")))?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?;
        if line.is_empty() {
            return Ok((status, headers));
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| io::Error::other(format!("`{line}` is no header")))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// A body in chunks (RFC 9112 section 7.1). Its end before the last chunk is an error.
#[derive(Debug)]
struct Chunked<R> {
    reader: R,
    left: usize,
    begun: bool,
    over: bool,
}

impl<R: BufRead> Chunked<R> {
    const fn new(reader: R) -> Self {
        Self {
            reader,
            left: 0,
            begun: false,
            over: false,
        }
    }
}

impl<R: BufRead> Read for Chunked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.over || into.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            if self.begun {
                read_line(&mut self.reader)?;
            }
            self.begun = true;
            let line = read_line(&mut self.reader)?;
            let size = line.split(';').next().unwrap_or_default();
            self.left = usize::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
            if self.left == 0 {
                self.over = true;
                return Ok(0);
            }
        }
        let most = into.len().min(self.left);
        let count = self.reader.read(&mut into[..most])?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left -= count;
        Ok(count)
    }
}

/// An open event stream.
#[derive(Debug)]
pub(crate) struct Events(BufReader<Chunked<BufReader<TcpStream>>>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) kind: String,
    pub(crate) id: Option<i64>,
    pub(crate) data: String,
}

impl Events {
    /// The next event; an event whose last line did not arrive is none.
    pub(crate) fn next(&mut self) -> io::Result<Event> {
        let (mut kind, mut id, mut data) = (String::new(), None, None::<String>);
        loop {
            let line = read_line(&mut self.0)?;
            if line.is_empty() {
                match data {
                    Some(data) => return Ok(Event { kind, id, data }),
                    None => continue,
                }
            }
            let (field, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "event" => value.clone_into(&mut kind),
                "id" => id = Some(value.parse().map_err(io::Error::other)?),
                "data" => {
                    data = Some(match data {
                        Some(before) => format!("{before}\n{value}"),
                        None => value.to_owned(),
                    });
                }
                _ => {}
            }
        }
    }
}
