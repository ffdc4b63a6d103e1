//! Dependencies are admitted, not collected: where they may come from, under which licences, which
//! are banned or pinned to one room, and which may be there in two versions.
//!
//! The rules are those of `deny.toml`, read from it, so that they hold on machines without
//! cargo-deny too. Advisories are not looked up here: their data cannot be had without a network.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::metadata::Metadata;

/// `deny.toml`, as far as it is checked here.
#[derive(Debug, Clone, Deserialize)]
pub struct Policy {
    pub licenses: Licences,
    pub bans: Bans,
    pub sources: Origins,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Licences {
    /// SPDX identifiers.
    pub allow: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Bans {
    pub deny: Vec<Ban>,
    /// Older versions that are there beside a newer one.
    pub skip: Vec<Skip>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Ban {
    #[serde(rename = "crate")]
    pub name: String,
    /// The only packages that may depend on it; none means that nobody may.
    #[serde(default)]
    pub wrappers: Vec<String>,
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Skip {
    /// `name@version`
    #[serde(rename = "crate")]
    pub package: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Origins {
    pub allow_registry: Vec<String>,
}

impl Policy {
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// Every package that the policy does not admit, and every rule that is stale.
#[must_use]
pub fn findings(policy: &Policy, metadata: &Metadata) -> Vec<String> {
    let mut found = Vec::new();
    for package in &metadata.packages {
        let name = format!("{}@{}", package.name, package.version);
        if let Some(source) = package
            .source
            .as_ref()
            .filter(|source| !comes_from(policy, source))
        {
            found.push(format!(
                "`{name}` comes from `{source}`: expected an allowed registry"
            ));
        }
        match &package.license {
            None => found.push(format!("`{name}` names no licence")),
            Some(expression) if allowed(expression, &policy.licenses.allow) => {}
            Some(expression) => {
                found.push(format!(
                    "`{name}` comes under `{expression}`, which is not admitted"
                ));
            }
        }
    }
    for ban in &policy.bans.deny {
        found.extend(ban_findings(ban, metadata));
    }
    found.extend(duplicate_findings(&policy.bans.skip, metadata));
    found
}

fn comes_from(policy: &Policy, source: &str) -> bool {
    let registry = source.strip_prefix("registry+").unwrap_or(source);
    policy
        .sources
        .allow_registry
        .iter()
        .any(|allowed| allowed == registry)
}

fn ban_findings(ban: &Ban, metadata: &Metadata) -> Vec<String> {
    if ban.wrappers.is_empty() {
        let banned = metadata
            .packages
            .iter()
            .filter(|package| package.name == ban.name);
        return banned
            .map(|package| {
                format!(
                    "`{}@{}` is banned: {}",
                    package.name, package.version, ban.reason
                )
            })
            .collect();
    }
    let users = metadata.packages.iter().filter(|package| {
        let mut dependencies = package.dependencies.iter();
        dependencies.any(|used| used.name == ban.name && used.kind.as_deref() != Some("dev"))
    });
    users
        .filter(|user| metadata.workspace_members.contains(&user.id))
        .filter(|user| !ban.wrappers.contains(&user.name))
        .map(|user| {
            let wrappers = ban.wrappers.join(", ");
            format!(
                "`{}` depends on `{}`, which is for {wrappers}: {}",
                user.name, ban.name, ban.reason
            )
        })
        .collect()
}

/// Packages in more than one version, but for the older ones that are named.
fn duplicate_findings(skips: &[Skip], metadata: &Metadata) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &metadata.packages {
        versions
            .entry(&package.name)
            .or_default()
            .insert(&package.version);
    }
    let named = |name: &str, version: &str| {
        skips
            .iter()
            .any(|skip| skip.package == format!("{name}@{version}"))
    };
    let mut found = Vec::new();
    for (name, versions) in &versions {
        let unnamed = versions
            .iter()
            .filter(|version| !named(name, version))
            .count();
        if versions.len() > 1 && unnamed > 1 {
            let list = versions.iter().copied().collect::<Vec<_>>().join(", ");
            found.push(format!("`{name}` is there in the versions {list}: agree on one, or name the older with its reason"));
        }
    }
    for Skip { package } in skips {
        let twice = package.split_once('@').is_some_and(|(name, version)| {
            versions
                .get(name)
                .is_some_and(|all| all.len() > 1 && all.contains(version))
        });
        if !twice {
            found.push(format!("`{package}` is named as a second version, but it is not there or is the only one: remove its line"));
        }
    }
    found
}

/// Whether an SPDX expression can be satisfied with the admitted licences. `/` is the old spelling
/// of `OR`.
#[must_use]
pub fn allowed(expression: &str, licences: &[String]) -> bool {
    let expression = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    let mut reader = Reader {
        words: &words,
        licences,
    };
    reader.any_of() == Some(true) && reader.words.is_empty()
}

/// Reads `a OR b`, `a AND b`, `a WITH e` and brackets; `AND` binds tighter (SPDX annex D). `None`
/// when the words are not an expression.
struct Reader<'words> {
    words: &'words [&'words str],
    licences: &'words [String],
}

impl<'words> Reader<'words> {
    fn any_of(&mut self) -> Option<bool> {
        let mut answer = self.all_of()?;
        while self.eat("OR") {
            answer |= self.all_of()?;
        }
        Some(answer)
    }

    fn all_of(&mut self) -> Option<bool> {
        let mut answer = self.one()?;
        while self.eat("AND") {
            answer &= self.one()?;
        }
        Some(answer)
    }

    fn one(&mut self) -> Option<bool> {
        if self.eat("(") {
            let answer = self.any_of()?;
            return self.eat(")").then_some(answer);
        }
        let licence = self.next()?;
        if self.eat("WITH") {
            let exception = self.next()?;
            return Some(self.admits(&format!("{licence} WITH {exception}")));
        }
        Some(self.admits(licence))
    }

    fn admits(&self, licence: &str) -> bool {
        self.licences.iter().any(|admitted| admitted == licence)
    }

    fn next(&mut self) -> Option<&'words str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn eat(&mut self, word: &str) -> bool {
        let eaten = self.words.first() == Some(&word);
        if eaten {
            self.next();
        }
        eaten
    }
}
