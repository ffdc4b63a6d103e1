//! `parlour guard inject`.

use guard::injection;
use serde::{Deserialize, Serialize};

use super::Thousandths;

#[derive(Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(super) struct Line {
    text: String,
}

terms::objects_only!(Line);

#[derive(Serialize)]
pub(super) struct Answer {
    score: Thousandths,
    flag: bool,
    reasons: Vec<&'static str>,
}

pub(super) fn scored(line: &Line) -> Answer {
    let found = injection(&line.text);
    Answer {
        score: Thousandths(found.permille),
        flag: found.flag,
        reasons: found
            .reasons
            .into_iter()
            .map(|reason| reason.as_str())
            .collect(),
    }
}
