//! A scripted shopper as it is written down.

use std::{fs, path::Path};

use anyhow::Context;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    script: Vec<Script>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    pub(crate) name: String,
    /// Of the interface.
    pub(crate) language: String,
    #[serde(default)]
    pub(crate) held_out: bool,
    /// Whether she is signed in.
    #[serde(default)]
    pub(crate) customer: bool,
    /// Her means of payment: `card`, `paypal`, `gift_card:BALANCE`.
    #[serde(default = "usual_methods")]
    pub(crate) methods: Vec<String>,
    /// What she says, in order. `{label}` is an order's number; `@confirm` confirms the newest card.
    pub(crate) say: Vec<String>,
    /// What she taps when a quick reply has it in its label.
    #[serde(default)]
    pub(crate) choose: Vec<String>,
    #[serde(default)]
    pub(crate) order: Vec<Order>,
    #[serde(default)]
    pub(crate) expect: Expect,
}

fn usual_methods() -> Vec<String> {
    vec!["card".to_owned(), "paypal".to_owned()]
}

impl Script {
    /// Whether she confirms by herself, and not whatever is proposed.
    pub(crate) fn confirms_by_hand(&self) -> bool {
        self.say.iter().any(|line| line == CONFIRM)
    }
}

pub(crate) const CONFIRM: &str = "@confirm";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    pub(crate) label: String,
    pub(crate) status: String,
    pub(crate) days_ago: u64,
    /// Variant and quantity.
    pub(crate) lines: Vec<(String, i64)>,
    pub(crate) paid_with: String,
    #[serde(default)]
    pub(crate) tracking: Option<String>,
}

/// What is so at the end. What is not expected must not have happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) effects: Vec<Effect>,
    pub(crate) cart: Vec<(String, i64)>,
    pub(crate) discount: Option<String>,
    pub(crate) products: Vec<String>,
    pub(crate) not_products: Vec<String>,
    pub(crate) first_product: Option<String>,
    pub(crate) order: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) handover: Option<String>,
    pub(crate) says: Vec<String>,
    pub(crate) form: Option<String>,
    /// The assistant rightly says that it cannot be done.
    pub(crate) refused: bool,
}

/// A confirmed effect.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Effect {
    #[serde(rename = "do")]
    pub(crate) what: String,
    pub(crate) order: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) line1: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) into: Option<String>,
    pub(crate) lines: Option<Vec<String>>,
    pub(crate) to: Option<String>,
    pub(crate) shipping: Option<String>,
}

pub(crate) fn read(file: &Path) -> anyhow::Result<Vec<Script>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))?;
    let file: File = toml::from_str(&text)
        .with_context(|| format!("`{}` is no file of scripts", file.display()))?;
    Ok(file.script)
}
