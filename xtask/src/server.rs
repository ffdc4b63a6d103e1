//! The server under measurement: started, watched through `/proc`, stopped.

use std::{
    fs,
    io::Write,
    net::{TcpListener, TcpStream},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use crate::{client::Client, process};

pub(crate) const SHOP: &str = "bench";

/// A configuration in a file, with limits that do not get in the way, and the address it listens on.
pub(crate) struct Configuration {
    pub(crate) file: PathBuf,
    host: String,
}

impl Configuration {
    /// `rest` goes on with the lines of the shop; tables of its own may follow.
    pub(crate) fn new(data: &Path, storage: &str, rest: &str) -> anyhow::Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let host = format!("localhost:{port}");
        let file = data.join("bench.toml");
        fs::write(
            &file,
            format!(
                "[server]\nlisten = \"{host}\"\npublic_origin = \"http://{host}\"\n{storage}\
                 [limits]\nrequests_per_minute = 100000000\nmessages_per_minute = 100000000\n\
                 sessions_per_minute = 100000000\n[log]\nlevel = \"warn\"\n\
                 [shop]\nhandle = \"{SHOP}\"\nname = \"Bench\"\n{rest}"
            ),
        )?;
        Ok(Self { file, host })
    }
}

pub(crate) struct Server {
    child: Child,
    pub(crate) host: String,
    /// From the start of the process to the first `/readyz` that says so.
    pub(crate) ready_after: Duration,
}

impl Server {
    /// Starts `parlour serve` on data in `data`, with the texts of the sample shop.
    /// `storage` are the lines of its configuration that say where the rows are.
    pub(crate) fn start(binary: &Path, data: &Path, storage: &str) -> anyhow::Result<Self> {
        let content =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/work/shop/sample/texts.json");
        let content = content
            .canonicalize()
            .context("the sample texts are missing")?;
        let content = format!("content = \"{}\"\n", content.display());
        Self::configured(binary, data, &Configuration::new(data, storage, &content)?)
    }

    /// Starts `parlour serve` as it is configured.
    pub(crate) fn configured(
        binary: &Path,
        data: &Path,
        configuration: &Configuration,
    ) -> anyhow::Result<Self> {
        let begun = Instant::now();
        let child = Command::new(binary)
            .arg("serve")
            .arg("--config")
            .arg(&configuration.file)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("`{}` cannot be started", binary.display()))?;
        let mut server = Self {
            child,
            host: configuration.host.clone(),
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
        process::cpu(&self.child.id().to_string())
    }

    /// The same to the nanosecond, of the threads that are there.
    pub(crate) fn cpu_of_threads(&self) -> anyhow::Result<Duration> {
        process::cpu_of_threads(&self.child.id().to_string())
    }

    /// Resident memory in KiB: now and at its peak.
    pub(crate) fn memory_kib(&self) -> anyhow::Result<(u64, u64)> {
        process::memory_kib(&self.child.id().to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn private_file(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    Ok(file.write_all(text.as_bytes())?)
}
