//! The program under test and connections to it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use tempfile::TempDir;

/// Long enough for any machine.
const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) struct Program {
    child: Child,
    address: SocketAddr,
    host: String,
    _data: TempDir,
}

impl Program {
    /// The demo on a port of its own, ready to answer.
    pub(crate) fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_parlour"))
            .args(["demo", "--json", "--listen", "localhost:0", "--data"])
            .arg(data.path().join("data"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut printed = BufReader::new(child.stdout.take().unwrap());
        printed.read_line(&mut line).unwrap();
        let (_, rest) = line
            .split_once("\"console\":\"http://")
            .unwrap_or_else(|| panic!("the program said `{line}`"));
        let host = rest.split('/').next().unwrap();
        let (_, port) = host.split_once(':').unwrap();
        Self {
            child,
            address: SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap())),
            host: format!("Host: {host}"),
            _data: data,
        }
    }

    pub(crate) fn connect(&self) -> Wire {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Wire(stream)
    }

    /// Sends each of these over a connection of its own and leaves it open; says what came back
    /// until the program closed it.
    pub(crate) fn say_each<T: AsRef<[u8]> + Sync>(&self, all: &[T]) -> Vec<String> {
        let listen = |bytes: &T| {
            let mut wire = self.connect();
            wire.send(bytes.as_ref());
            wire.rest()
        };
        thread::scope(|scope| {
            let talks: Vec<_> = all
                .iter()
                .map(|bytes| scope.spawn(move || listen(bytes)))
                .collect();
            talks.into_iter().map(|talk| talk.join().unwrap()).collect()
        })
    }

    pub(crate) fn say(&self, bytes: &str) -> String {
        self.say_each(&[bytes]).remove(0)
    }

    /// `Host: …`, as the program expects it.
    pub(crate) fn host(&self) -> String {
        self.host.clone()
    }

    /// It still answers a plain request.
    #[track_caller]
    pub(crate) fn assert_well(&mut self) {
        assert!(self.child.try_wait().unwrap().is_none(), "it has ended");
        let request = format!(
            "GET /healthz HTTP/1.1\r\n{}\r\nConnection: close\r\n\r\n",
            self.host()
        );
        let answers = answers(&self.say(&request));
        assert_eq!(answers, [200]);
    }

    /// Memory the program holds, in KiB; `None` where the system does not say.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Wire(TcpStream);

impl Wire {
    /// The other end may have closed already: then nothing is sent.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).is_ok()
    }

    pub(crate) const fn stream(&mut self) -> &mut TcpStream {
        &mut self.0
    }

    /// Everything until the other end closes.
    #[track_caller]
    pub(crate) fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        match self.0.read_to_end(&mut bytes) {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {}
            Err(error) => panic!("the connection stays open: {error}"),
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The statuses of all answers in what came back.
pub(crate) fn answers(text: &str) -> Vec<u16> {
    text.match_indices("HTTP/1.")
        .filter_map(|(at, _)| text.get(at + 9..at + 12)?.parse().ok())
        .collect()
}
