//! The server under measurement: started, watched through `/proc`, stopped.

use std::{
    fs,
    io::Write,
    net::{TcpListener, TcpStream},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use crate::client::Client;

pub(crate) const SHOP: &str = "bench";

/// Where the server keeps its rows.
pub(crate) enum Rows<'a> {
    Sqlite,
    Postgres(&'a str),
}

pub(crate) struct Server {
    child: Child,
    pub(crate) host: String,
    /// From the start of the process to the first `/readyz` that says so.
    pub(crate) ready_after: Duration,
}

impl Server {
    /// Starts `parlour serve` on data in `data`, with limits that do not get in the way.
    pub(crate) fn start(binary: &Path, data: &Path, rows: &Rows<'_>) -> anyhow::Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let host = format!("localhost:{port}");
        let config = data.join("bench.toml");
        let storage = match rows {
            Rows::Sqlite => "kind = \"sqlite\"",
            Rows::Postgres(url) => {
                private_file(&data.join("postgres-url"), url)?;
                "kind = \"postgres\""
            }
        };
        let content =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/work/shop/sample/texts.json");
        let content = content
            .canonicalize()
            .context("the sample texts are missing")?;
        fs::write(
            &config,
            format!(
                "[server]\nlisten = \"{host}\"\npublic_origin = \"http://{host}\"\n[storage]\n{storage}\n\
                 [shop]\nhandle = \"{SHOP}\"\nname = \"Bench\"\ncontent = \"{}\"\n\
                 [limits]\nrequests_per_minute = 100000000\nmessages_per_minute = 100000000\n\
                 sessions_per_minute = 100000000\n[log]\nlevel = \"warn\"\n",
                content.display()
            ),
        )?;
        let begun = Instant::now();
        let child = Command::new(binary)
            .arg("serve")
            .arg("--config")
            .arg(&config)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("`{}` cannot be started", binary.display()))?;
        let mut server = Self {
            child,
            host,
            ready_after: Duration::ZERO,
        };
        server.wait_until_ready(begun)?;
        Ok(server)
    }

    fn wait_until_ready(&mut self, begun: Instant) -> anyhow::Result<()> {
        while begun.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended at once: {status}");
            }
            if TcpStream::connect(&self.host).is_ok()
                && Client::connect(&self.host)?
                    .send("GET", "/readyz", None)
                    .is_ok()
            {
                self.ready_after = begun.elapsed();
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        bail!("the server was not ready within 30 s")
    }

    /// Processor time the process has used, user and system.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after_name = stat
            .rsplit_once(')')
            .context("unexpected /proc/PID/stat")?
            .1;
        let mut fields = after_name.split_whitespace().skip(11);
        let mut ticks = || {
            fields
                .next()
                .and_then(|field| field.parse::<u64>().ok())
                .context("unexpected /proc/PID/stat")
        };
        // The kernel counts in hundredths of a second (USER_HZ) on every Linux.
        Ok(Duration::from_millis(10 * (ticks()? + ticks()?)))
    }

    /// Resident memory in KiB: now and at its peak.
    pub(crate) fn memory_kib(&self) -> anyhow::Result<(u64, u64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse().ok()
        };
        Ok((
            field("VmRSS:").context("no VmRSS")?,
            field("VmHWM:").context("no VmHWM")?,
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn private_file(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    Ok(file.write_all(text.as_bytes())?)
}
