//! The policies that a question has to do with: those whose scope fits its role and its action.
//!
//! Cedar looks at every policy of a set for every question, and a shop with many roles of its own has
//! many. Whether a scope fits a role and an action is known before anybody asks, so the sets are cut
//! beforehand. INVARIANT: what is left out of a slice could not have been satisfied, and could not have
//! failed: its scope alone rules it out. A test compares every slice with the whole.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cedar_policy::{ActionConstraint, Policy, PolicySet, PrincipalConstraint};

use crate::{Action, RoleName, RulesError, entities::Vocabulary};

/// A policy, and what its scope says of roles and actions.
#[derive(Debug, Clone)]
pub(crate) struct Scoped {
    pub(crate) policy: Policy,
    /// The one role it is for; `None` where the scope names none.
    role: Option<String>,
    /// The actions it is for; `None` for all of them.
    actions: Option<BTreeSet<Action>>,
}

impl Scoped {
    pub(crate) fn new(policy: Policy, vocabulary: &Vocabulary) -> Self {
        let role = match policy.principal_constraint() {
            PrincipalConstraint::In(role) | PrincipalConstraint::IsIn(_, role) => {
                vocabulary.name_of_role(&role)
            }
            _ => None,
        };
        let named = match policy.action_constraint() {
            ActionConstraint::Any => None,
            ActionConstraint::In(named) => Some(named),
            ActionConstraint::Eq(named) => Some(vec![named]),
        };
        let actions = named.map(|named| vocabulary.actions_in(&named));
        Self {
            policy,
            role,
            actions,
        }
    }

    fn is_for_role(&self, role: Option<&RoleName>) -> bool {
        let wanted = self.role.as_deref();
        wanted.is_none_or(|wanted| role.is_some_and(|role| role.as_str() == wanted))
    }

    fn is_for_action(&self, action: Action) -> bool {
        let actions = self.actions.as_ref();
        actions.is_none_or(|actions| actions.contains(&action))
    }
}

/// Policy sets by role and action.
#[derive(Debug, Default)]
pub(crate) struct Slices {
    of_roles: HashMap<RoleName, BTreeMap<Action, PolicySet>>,
    /// For roles that have nothing of their own, and for names that no role has.
    of_nobody: BTreeMap<Action, PolicySet>,
}

impl Slices {
    pub(crate) fn cut<'a>(
        policies: &[Scoped],
        roles: impl IntoIterator<Item = &'a RoleName>,
    ) -> Result<Self, RulesError> {
        let mut of_roles = HashMap::new();
        for role in roles {
            of_roles.insert(role.clone(), by_action(policies, Some(role))?);
        }
        let of_nobody = by_action(policies, None)?;
        Ok(Self {
            of_roles,
            of_nobody,
        })
    }

    /// What has to be looked at for a role of these; `None` where the role is not among them.
    pub(crate) fn of_role(&self, role: &RoleName, action: Action) -> Option<&PolicySet> {
        self.of_roles.get(role)?.get(&action)
    }

    pub(crate) fn of_nobody(&self, action: Action) -> Option<&PolicySet> {
        self.of_nobody.get(&action)
    }
}

fn by_action(
    policies: &[Scoped],
    role: Option<&RoleName>,
) -> Result<BTreeMap<Action, PolicySet>, RulesError> {
    let fitting: Vec<&Scoped> = policies
        .iter()
        .filter(|policy| policy.is_for_role(role))
        .collect();
    let mut sets = BTreeMap::new();
    for action in Action::ALL.iter().copied() {
        let policies = fitting.iter().filter(|policy| policy.is_for_action(action));
        let policies = policies.map(|scoped| scoped.policy.clone());
        let set = PolicySet::from_policies(policies);
        sets.insert(action, set.map_err(|error| RulesError::built_in(&error))?);
    }
    Ok(sets)
}
