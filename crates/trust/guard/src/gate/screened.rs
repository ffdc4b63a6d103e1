//! What of a text goes to whom: the recognisers' findings as cuts.

use crate::{
    finding::{Finding, FindingKind, Treatment},
    notices::Notice,
    pseudonyms::Pseudonyms,
    recognise::{self, Recognised},
    treatments::Treatments,
    view::{Cut, View},
};

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
        treatments: &Treatments,
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
            match treatments.of(kind) {
                Treatment::Dropped => {
                    screened.without_secrets.push(cut(kind.mark()));
                    screened.without_personal.push(cut(kind.mark()));
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

pub(super) fn without_secrets(view: &View) -> String {
    let cuts: Vec<Cut> = recognise::without_way_back(view)
        .into_iter()
        .map(|one| Cut {
            range: one.range,
            with: one.kind.mark().to_owned(),
        })
        .collect();
    view.replaced(&cuts)
}

#[cfg(test)]
mod tests {
    use terms::Untrusted;

    use crate::gate::{self, Part, Pseudonyms};

    #[test]
    fn a_planner_sees_a_placeholder_for_a_person_and_her_owner_reads_the_name() {
        let mut pseudonyms = Pseudonyms::default();
        let mut said = |text: &str| {
            let inbound = gate::inbound(Untrusted::new(text.to_owned()), &mut pseudonyms).unwrap();
            let kept = inbound.admitted.as_str().to_owned();
            (kept, inbound.redacted.as_str().to_owned())
        };
        let told = "Hi, my name is Rosalind Achterberg, where is my order #1001?";
        let (kept, seen) = said(told);
        assert_eq!(kept, told, "she and staff read what she wrote");
        assert_eq!(seen, "Hi, my name is [PERSON_1], where is my order #1001?");
        // The same person has the same placeholder, and goods keep their names.
        let (_, seen) =
            said("Dear team, Rosalind Achterberg again. Do you ship Chelsea boots to Austria?");
        assert_eq!(
            seen,
            "Dear team, [PERSON_1] again. Do you ship Chelsea boots to Austria?"
        );
        let drafted = vec![Part::Text(Untrusted::new(
            "Hello [PERSON_1], hello [PERSON_2].".to_owned(),
        ))];
        let cleared = gate::outbound(drafted, &pseudonyms, &gate::LinkPolicy::default());
        assert_eq!(
            cleared.plain_text(),
            "Hello Rosalind Achterberg, hello [PERSON_2]."
        );
    }
}
