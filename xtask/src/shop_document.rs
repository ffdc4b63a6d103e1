//! `cargo xtask shop-document`: a made-up shop in a file, and a script for `parlour tool run`.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use files::shop::DocumentWriter;
use serde_json::json;

use crate::made_up::{self, Sizes};

pub(crate) const EXAMPLES: &str = "Examples:
  cargo xtask shop-document --customers 500 --orders 1000 --out target/shop.json --script target/calls.jsonl
  cargo run -- shop import --format json --data target/made-up target/shop.json
  cargo run -- tool run --data target/made-up --script target/calls.jsonl";

#[derive(Debug, Args)]
pub(crate) struct ShopDocument {
    /// Products, each in three variants
    #[arg(long, default_value_t = 200)]
    products: u64,
    #[arg(long, default_value_t = 500)]
    customers: u64,
    #[arg(long, default_value_t = 1_000)]
    orders: u64,
    /// The document
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A script of tool calls for this shop: proposals confirmed at once, and as many reads
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Lines of the script
    #[arg(long, default_value_t = 1_000)]
    calls: u64,
}

pub(crate) fn run(wanted: &ShopDocument) -> anyhow::Result<()> {
    let sizes = Sizes {
        products: wanted.products.max(1),
        customers: wanted.customers.max(1),
        orders: wanted.orders,
        all_pending: false,
    };
    write_document(sizes, &wanted.out)?;
    if let Some(script) = &wanted.script {
        write_script(sizes, wanted.calls, script)?;
    }
    Ok(())
}

/// Writes the document, one member at a time.
pub(crate) fn write_document(sizes: Sizes, to: &Path) -> anyhow::Result<()> {
    let mut writer = DocumentWriter::new(create(to)?, &made_up::head()?)?;
    for element in made_up::elements(sizes) {
        writer.element(&element)?;
    }
    writer.finish()?;
    Ok(())
}

/// Writes as many calls: every second one a proposal that is confirmed at once, as long as there are
/// orders that allow one.
pub(crate) fn write_script(sizes: Sizes, calls: u64, to: &Path) -> anyhow::Result<()> {
    let mut out = create(to)?;
    let mut proposals = (0..sizes.orders)
        .map(|number| made_up::call(sizes, number))
        .filter(|call| call.proposes);
    for number in 0..calls {
        let proposal = (number % 2 == 0).then(|| proposals.next()).flatten();
        let call = proposal.unwrap_or_else(|| made_up::read(sizes, number / 2));
        let mut line = json!({
            "as": made_up::customer_id(call.customer), "tool": call.tool, "args": call.args,
        });
        if let (true, Some(fields)) = (call.proposes, line.as_object_mut()) {
            fields.insert("level".to_owned(), json!("step_up"));
            fields.insert("confirm".to_owned(), json!(true));
        }
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

pub(crate) fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let file =
        File::create(path).with_context(|| format!("`{}` cannot be written", path.display()))?;
    Ok(BufWriter::new(file))
}
