//! `parlour init`: a commented configuration file.

use crate::{
    arguments::{Common, Init},
    config,
    logging::say,
};

pub(crate) fn run(common: &Common, init: &Init) -> anyhow::Result<()> {
    files::text::write_new(&init.config, config::TEMPLATE)?;
    let path = init.config.display();
    if common.json {
        say(&serde_json::json!({ "written": path.to_string() }).to_string());
    } else {
        say(&format!(
            "Wrote {path}: every key with its default and what it means.\n\
             Next: set `shop` and `server`, then run\n\
             \x20 parlour staff add --name \"Your Name\" --role admin --config {path}\n\
             \x20 parlour serve --config {path}"
        ));
    }
    Ok(())
}
