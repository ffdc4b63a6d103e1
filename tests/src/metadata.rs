//! What `cargo metadata --format-version 1` says, as far as the checks need it.

use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
    pub workspace_members: Vec<String>,
    pub workspace_root: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Package {
    pub id: String,
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where it comes from; `None` for a package of this workspace.
    pub source: Option<String>,
    pub manifest_path: String,
    pub dependencies: Vec<Dependency>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Dependency {
    pub name: String,
    /// `None` for a normal dependency, else `dev` or `build`.
    pub kind: Option<String>,
    pub features: Vec<String>,
    /// The folder, for a dependency inside the workspace.
    pub path: Option<String>,
}

impl Metadata {
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The packages of this workspace.
    pub fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }

    /// The folder of a package relative to the workspace, with `/` between names.
    #[must_use]
    pub fn folder(&self, package: &Package) -> String {
        let manifest = package.manifest_path.replace('\\', "/");
        let root = self.workspace_root.replace('\\', "/");
        let folder = manifest.strip_suffix("/Cargo.toml").unwrap_or(&manifest);
        let folder = folder.strip_prefix(&root).unwrap_or(folder);
        folder.trim_start_matches('/').to_owned()
    }
}
