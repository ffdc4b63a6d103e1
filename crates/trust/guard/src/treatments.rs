//! The table of what becomes of each kind, as a shop has tightened it.

use std::collections::BTreeSet;

use crate::finding::{FindingKind, Treatment};

/// What becomes of each kind in what a shopper writes: [`FindingKind::treatment`], and what the shop hides from
/// planners beyond it.
///
/// INVARIANT: a shop can only tighten. Nothing that the table drops or replaces is ever kept, and numbers by which
/// orders, parcels and articles are found stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Treatments {
    hidden: BTreeSet<FindingKind>,
}

/// What a shop may hide: what a planner sees by the table, and could do without.
const CHOICES: [FindingKind; 7] = [
    FindingKind::Place,
    FindingKind::Organization,
    FindingKind::Url,
    FindingKind::Age,
    FindingKind::Title,
    FindingKind::Nrp,
    FindingKind::DateTime,
];

/// A name that is no kind a shop may hide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no kind that can be hidden: one of {}", choices())]
pub struct NotToBeHidden {
    pub name: String,
}

fn choices() -> String {
    CHOICES.map(FindingKind::as_str).join(", ")
}

impl Treatments {
    /// The table with more kinds hidden, by their stable names such as `LOCATION`.
    pub fn hiding<'name>(
        names: impl IntoIterator<Item = &'name str>,
    ) -> Result<Self, NotToBeHidden> {
        let mut hidden = BTreeSet::new();
        for name in names {
            let kind = CHOICES.into_iter().find(|kind| kind.as_str() == name);
            hidden.insert(kind.ok_or_else(|| NotToBeHidden {
                name: name.to_owned(),
            })?);
        }
        Ok(Self { hidden })
    }

    pub(crate) fn of(&self, kind: FindingKind) -> Treatment {
        if self.hidden.contains(&kind) {
            Treatment::Pseudonym
        } else {
            kind.treatment()
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::Untrusted;

    use super::*;
    use crate::gate::{self, Pseudonyms};

    #[test]
    fn a_shop_tightens_and_never_loosens() {
        let all = Treatments::hiding(CHOICES.map(FindingKind::as_str)).unwrap();
        for kind in FindingKind::ALL {
            match kind.treatment() {
                Treatment::Kept if CHOICES.contains(kind) => {
                    assert_eq!(all.of(*kind), Treatment::Pseudonym);
                }
                as_ever => assert_eq!(all.of(*kind), as_ever, "{kind:?}"),
            }
        }
        for name in ["PERSON", "CREDIT_CARD", "ORDER_NUMBER", "location", ""] {
            let refused = Treatments::hiding(["AGE", name]).unwrap_err();
            assert_eq!(refused.name, name);
            assert!(refused.to_string().contains("LOCATION, ORGANIZATION"));
        }
    }

    #[test]
    fn what_is_hidden_has_a_placeholder_of_its_kind_and_a_way_back() {
        let said = "Do you ship to Austria? My son is 5 years old.";
        let seen = |treatments: &Treatments| {
            let mut pseudonyms = Pseudonyms::default();
            let raw = Untrusted::new(said.to_owned());
            let inbound =
                gate::inbound_after(raw, &[], treatments, &Default::default(), &mut pseudonyms)
                    .unwrap();
            let redacted = inbound.redacted.as_str().to_owned();
            assert_eq!(pseudonyms.restored(&redacted), said);
            assert_eq!(inbound.admitted.as_str(), said);
            redacted
        };
        assert_eq!(seen(&Treatments::default()), said);
        let hidden = Treatments::hiding(["LOCATION"]).unwrap();
        assert_eq!(
            seen(&hidden),
            "Do you ship to [PLACE_1]? My son is 5 years old."
        );
        let hidden = Treatments::hiding(["LOCATION", "AGE"]).unwrap();
        let redacted = seen(&hidden);
        assert!(redacted.contains("[AGE_1]"), "{redacted}");
    }
}
