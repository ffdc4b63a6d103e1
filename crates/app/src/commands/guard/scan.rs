//! `parlour guard scan`.

use std::collections::{HashMap, VecDeque};

use guard::gate::{self, Pseudonyms};
use serde::{Deserialize, Serialize};
use terms::Untrusted;

use super::Hundredths;

/// Conversations whose placeholders are remembered: of more, those begun first are forgotten first.
const MOST_CONVERSATIONS: usize = 10_000;

#[derive(Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(super) struct Line {
    text: String,
    #[serde(default)]
    conversation: Option<String>,
}

terms::objects_only!(Line);

#[derive(Serialize)]
pub(super) struct Answer {
    findings: Vec<(usize, usize, &'static str, Hundredths)>,
    redacted: String,
}

#[derive(Default)]
pub(super) struct Scanner {
    conversations: HashMap<String, Pseudonyms>,
    begun: VecDeque<String>,
}

impl Scanner {
    pub(super) fn scan(&mut self, line: Line) -> Answer {
        let mut alone = Pseudonyms::default();
        let pseudonyms = match line.conversation {
            Some(conversation) => self.pseudonyms(conversation),
            None => &mut alone,
        };
        let scan = gate::scan(Untrusted::new(line.text), pseudonyms);
        let findings = scan.findings.into_iter();
        Answer {
            findings: findings
                .map(|(finding, certainty)| {
                    let kind = finding.kind.as_str();
                    (finding.start, finding.end, kind, Hundredths(certainty))
                })
                .collect(),
            redacted: scan.redacted.as_str().to_owned(),
        }
    }

    fn pseudonyms(&mut self, conversation: String) -> &mut Pseudonyms {
        if !self.conversations.contains_key(&conversation) {
            if self.begun.len() >= MOST_CONVERSATIONS
                && let Some(oldest) = self.begun.pop_front()
            {
                self.conversations.remove(&oldest);
            }
            self.begun.push_back(conversation.clone());
        }
        self.conversations.entry(conversation).or_default()
    }
}
