//! What of a text goes to whom: the recognisers' findings as cuts.

use crate::{
    finding::{Finding, FindingKind, Treatment},
    notices::Notice,
    pseudonyms::Pseudonyms,
    recognise::{self, Recognised},
    view::{Cut, View},
};

/// What stands where a card number was, and where its security code was.
pub const CARD_MARK: &str = "[card removed]";
pub const SECURITY_CODE_MARK: &str = "[security code removed]";
/// What stands where a password, a one-time code or a key was.
pub const PASSWORD_MARK: &str = "[password removed]";
pub const CODE_MARK: &str = "[code removed]";
pub const KEY_MARK: &str = "[key removed]";
/// What stands where anything else without a way back was.
const REMOVED_MARK: &str = "[removed]";

/// What was recognised in a view, and what it becomes for whom.
pub(super) struct Screened {
    /// With how sure the recogniser is, in hundredths.
    pub(super) findings: Vec<(Finding, u8)>,
    /// Cuts that leave what may be kept, and what a planner may see.
    pub(super) without_secrets: Vec<Cut>,
    pub(super) without_personal: Vec<Cut>,
}

impl Screened {
    pub(super) fn of(
        view: &View,
        recognised: Vec<Recognised>,
        pseudonyms: &mut Pseudonyms,
    ) -> Self {
        let mut screened = Self {
            findings: Vec::new(),
            without_secrets: Vec::new(),
            without_personal: Vec::new(),
        };
        // What drops without a way back wins over what only gets another name.
        for Recognised {
            kind,
            range,
            certainty,
        } in recognised
        {
            screened
                .findings
                .push((view.finding(kind, &range), certainty));
            let cut = |with: &str| Cut {
                range: range.clone(),
                with: with.to_owned(),
            };
            match kind.treatment() {
                Treatment::Dropped => {
                    screened.without_secrets.push(cut(mark(kind)));
                    screened.without_personal.push(cut(mark(kind)));
                }
                Treatment::Pseudonym => {
                    let placeholder = pseudonyms.placeholder(kind, view.text(range.clone()));
                    screened.without_personal.push(cut(&placeholder));
                }
                Treatment::Kept => {}
            }
        }
        screened
            .findings
            .extend(view.hidden().map(|finding| (finding, 100)));
        screened
            .findings
            .sort_by_key(|(finding, _)| (finding.start, finding.end));
        screened
    }

    /// What the shopper is told about what was removed, each once.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let mut notices: Vec<Notice> = Vec::new();
        for (finding, _) in &self.findings {
            notices.extend(
                Notice::of_removed(finding.kind).filter(|notice| !notices.contains(notice)),
            );
        }
        notices
    }

    pub(super) fn removed(&self, kinds: &[FindingKind]) -> bool {
        self.findings
            .iter()
            .any(|(finding, _)| kinds.contains(&finding.kind))
    }
}

/// What takes the place of something that has no way back.
const fn mark(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::CreditCard => CARD_MARK,
        FindingKind::CardSecurityCode => SECURITY_CODE_MARK,
        FindingKind::Password => PASSWORD_MARK,
        FindingKind::OneTimeCode => CODE_MARK,
        FindingKind::ApiKey => KEY_MARK,
        _ => REMOVED_MARK,
    }
}

pub(super) fn without_secrets(view: &View) -> String {
    let cuts: Vec<Cut> = recognise::without_way_back(view)
        .into_iter()
        .map(|one| Cut {
            range: one.range,
            with: mark(one.kind).to_owned(),
        })
        .collect();
    view.replaced(&cuts)
}
