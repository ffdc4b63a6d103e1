//! `parlour guard link`.

use guard::ShopHosts;
use serde::{Deserialize, Serialize};

use super::Thousandths;

#[derive(Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(super) struct Line {
    url: String,
}

terms::objects_only!(Line);

#[derive(Serialize)]
pub(super) struct Answer {
    verdict: &'static str,
    score: Thousandths,
    reasons: Vec<&'static str>,
}

pub(super) fn judged(line: &Line, shop: &ShopHosts) -> Answer {
    let found = shop.verdict(&line.url);
    Answer {
        verdict: found.verdict.as_str(),
        score: Thousandths(found.permille),
        reasons: found
            .reasons
            .into_iter()
            .map(|reason| reason.as_str())
            .collect(),
    }
}
