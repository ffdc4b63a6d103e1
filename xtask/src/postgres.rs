//! Databases of their own on a PostgreSQL server, made and dropped with its `psql`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

use crate::client::fresh_id;

/// A fresh database; dropped with this value.
#[derive(Debug)]
pub(crate) struct Fresh {
    server: String,
    name: String,
}

impl Fresh {
    /// Makes one on the server of `server`, the address of any database there.
    pub(crate) fn create(server: &str) -> anyhow::Result<Self> {
        let name = format!("parlour_bench_{}", fresh_id().simple());
        order(
            server,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )?;
        Ok(Self {
            server: server.to_owned(),
            name,
        })
    }

    /// `postgres://user@host:port/name`
    pub(crate) fn url(&self) -> anyhow::Result<String> {
        let (before, _) = self
            .server
            .rsplit_once('/')
            .context("expected `postgres://user@host:port/database`")?;
        Ok(format!("{before}/{}", self.name))
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = order(
            &self.server,
            &format!("DROP DATABASE {} WITH (FORCE)", self.name),
        );
    }
}

fn order(server: &str, text: &str) -> anyhow::Result<()> {
    let status = Command::new(psql())
        .args(["--quiet", "--no-psqlrc", "--command", text, server])
        .stdout(Stdio::null())
        .status()
        .context("`psql` is needed for a database of its own (Debian: postgresql-client)")?;
    if !status.success() {
        bail!("`psql` could not do `{text}`");
    }
    Ok(())
}

/// From the path, or from where Debian keeps it.
fn psql() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let kept = versions
        .flatten()
        .map(|entry| entry.path().join("bin/psql"));
    let newest = kept.filter(|path| path.exists()).max();
    newest.unwrap_or_else(|| Path::new("psql").to_owned())
}
