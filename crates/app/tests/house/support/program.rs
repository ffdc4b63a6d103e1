//! The binary: run to its end, or serving in the background.

use core::time::Duration;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, ErrorKind},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
};

use tempfile::TempDir;

use super::{
    chance::Chance,
    http::{Client, PATIENCE},
};

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_parlour");
const TEXTS: &str = include_str!("../../../../work/shop/sample/texts.json");

/// What a command did.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs a command to its end.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Done {
    let output = Command::new(BINARY)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A process in the background; killed when dropped.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    /// Its first line on standard output: it is ready.
    pub(crate) ready: String,
}

impl Process {
    /// Starts and waits until it says that it is ready; otherwise its exit status. What it says on
    /// standard error is appended to `log`.
    pub(crate) fn start<S: AsRef<std::ffi::OsStr>>(
        arguments: &[S],
        log: &Path,
    ) -> Result<Self, ExitStatus> {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut child = Command::new(BINARY)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut ready)
            .unwrap();
        if ready.is_empty() {
            return Err(child.wait().unwrap());
        }
        Ok(Self { child, ready })
    }

    /// SIGKILL: nothing of the program runs after it.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, as a service manager stops it; waits until it has ended. A process that does not
    /// end is one to be killed, and no success.
    pub(crate) fn stop(&mut self) -> ExitStatus {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(asked.unwrap().success());
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            sleep(Duration::from_millis(50));
        }
        self.kill();
        self.child.wait().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A directory with data and configurations, of which any number of nodes may be started.
#[derive(Debug)]
pub(crate) struct Site {
    directory: TempDir,
    settings: Settings,
}

/// What differs between the tests' configurations; the rest stands in [`Site::configure`].
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) storage: String,
    pub(crate) log_level: &'static str,
    /// The table `server.tls`, in one line; empty for plain HTTP.
    pub(crate) tls: &'static str,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            storage: "kind = \"sqlite\"".to_owned(),
            log_level: "info",
            tls: "",
        }
    }
}

impl Site {
    pub(crate) fn new(settings: Settings) -> Self {
        let site = Self {
            directory: TempDir::new().unwrap(),
            settings,
        };
        fs::create_dir(site.data()).unwrap();
        fs::write(site.path("texts.json"), TEXTS).unwrap();
        site
    }

    /// A site whose rows are kept by this PostgreSQL database.
    pub(crate) fn on_postgres(url: &str, log_level: &'static str) -> Self {
        let site = Self::new(Settings {
            storage: "kind = \"postgres\"\nurl_file = \"../postgres-url\"\nmax_connections = 12"
                .to_owned(),
            log_level,
            ..Settings::default()
        });
        write_private(&site.path("postgres-url"), url);
        site
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.data().join("parlour.sqlite")
    }

    /// Everything the nodes said on standard error.
    pub(crate) fn log(&self) -> PathBuf {
        self.path("log")
    }

    /// Writes the configuration of a node that will listen on a port that is free now.
    pub(crate) fn node(&self, name: &str) -> Node {
        let port = free_port();
        let config = self.path(&format!("{name}.toml"));
        fs::write(&config, self.configure(port)).unwrap();
        Node {
            config,
            data: self.data(),
            log: self.log(),
            port,
        }
    }

    fn configure(&self, port: u16) -> String {
        let Settings {
            storage,
            log_level,
            tls,
        } = &self.settings;
        let scheme = if tls.is_empty() { "http" } else { "https" };
        format!(
            "[server]\nlisten = \"127.0.0.1:{port}\"\npublic_origin = \"{scheme}://localhost:{port}\"\n\
             {tls}\n\
             [storage]\n{storage}\n\
             [shop]\nhandle = \"shop\"\nname = \"Alder & Ash\"\ncontent = \"../texts.json\"\n\
             [mail]\ndelivery = \"mailbox\"\n\
             [limits]\nrequests_per_minute = 1000000\nmessages_per_minute = 1000000\n\
             sessions_per_minute = 1000000\n\
             [log]\nlevel = \"{log_level}\"\n"
        )
    }
}

/// One node of a site.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    config: PathBuf,
    data: PathBuf,
    log: PathBuf,
    port: u16,
}

impl Node {
    /// Starts, when that is expected to fail: the exit code and what was said.
    pub(crate) fn refused(&self) -> Done {
        self.run(&["serve"])
    }

    pub(crate) fn start(&self) -> Process {
        let arguments = ["serve", "--config", self.config(), "--data", self.data()];
        Process::start(&arguments, &self.log).unwrap_or_else(|status| {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            panic!("the server ended at once ({status}):\n{log}")
        })
    }

    pub(crate) fn client(&self) -> Client {
        Client {
            at: SocketAddr::from(([127, 0, 0, 1], self.port)),
            host: format!("localhost:{}", self.port),
            token: None,
            patience: PATIENCE,
        }
    }

    /// Runs another command on the same installation.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        let mut all = arguments.to_vec();
        all.extend(["--config", self.config(), "--data", self.data()]);
        run(&all)
    }

    /// The ledger's verifier key.
    pub(crate) fn ledger_key(&self) -> String {
        let done = self.run(&["ledger", "key"]);
        assert_eq!(done.code, 0, "{}", done.err);
        done.out.trim().to_owned()
    }

    /// A one-time sign-in link's token of a new member of staff.
    pub(crate) fn add_staff(&self, name: &str, role: &str) -> String {
        let done = self.run(&["staff", "add", "--json", "--name", name, "--role", role]);
        assert_eq!(done.code, 0, "{}", done.err);
        let told: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        let link = told["sign_in_link"].as_str().unwrap();
        link.split_once('#').unwrap().1.to_owned()
    }

    pub(crate) fn config(&self) -> &str {
        self.config.to_str().unwrap()
    }

    pub(crate) fn data(&self) -> &str {
        self.data.to_str().unwrap()
    }
}

/// A port that nobody listens on, below those that outgoing connections are given: a server that
/// is started again finds it free.
pub(crate) fn free_port() -> u16 {
    let mut chance = Chance::unseeded();
    loop {
        let port = 20_000 + u16::try_from(chance.below(12_000)).unwrap();
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(_) => return port,
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// Writes a file that only its owner may read.
pub(crate) fn write_private(path: &Path, text: &str) {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut options = File::options();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    file.unwrap().write_all(text.as_bytes()).unwrap();
}
