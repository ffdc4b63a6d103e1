//! The rules of one shop, and how they decide.

use core::{fmt, str::FromStr};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use cedar_policy::{
    Authorizer, Entities, Policy, PolicyId, PolicySet, Request, Response, Schema, ValidationMode,
    Validator,
};

use crate::{BUILT_IN, Reason, Role, RoleError, RoleName, compose::Forms, entities::Vocabulary};

const SCHEMA: &str = include_str!("../schema.cedarschema");

const POLICIES: [&str; 6] = [
    include_str!("../policies/boundaries.cedar"),
    include_str!("../policies/two_persons.cedar"),
    include_str!("../policies/clients.cedar"),
    include_str!("../policies/roles.cedar"),
    include_str!("../policies/conversations.cedar"),
    include_str!("../policies/shoppers.cedar"),
];

const AGENTS_WATCH_THE_ASSISTANT: &str =
    include_str!("../policies/agents_watch_the_assistant.cedar");

/// What a shop can choose about the built-in rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether agents may read and sort what the assistant is talking about. Without it they see what
    /// waits for a person and what is assigned to them.
    pub agents_watch_the_assistant: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            agents_watch_the_assistant: true,
        }
    }
}

/// Rules that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    #[error(transparent)]
    Role(#[from] RoleError),
    /// A defect of the program: its own policies do not agree with its own schema.
    #[error("the built-in rules are broken: {problem}")]
    BuiltIn { problem: String },
}

impl RulesError {
    pub(crate) fn built_in(error: &dyn fmt::Display) -> Self {
        Self::BuiltIn {
            problem: error.to_string(),
        }
    }
}

/// A policy, and how it is told: what its `@id` and `@because` say.
pub(crate) struct Rule {
    pub(crate) policy: Policy,
    pub(crate) told: Reason,
}

/// The rules of one shop: the built-in ones and those of its own roles. Cheap to clone; to be made anew
/// when a role or an option changes.
#[derive(Clone)]
pub struct Rules {
    inner: Arc<Inner>,
}

struct Inner {
    vocabulary: Vocabulary,
    policies: PolicySet,
    told: HashMap<PolicyId, Reason>,
    roles: Vec<RoleName>,
    authorizer: Authorizer,
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("policies", &self.inner.told.len())
            .field("roles", &self.inner.roles)
            .finish()
    }
}

impl Rules {
    /// Reads the built-in policies, adds those of the shop's roles, and validates all of them strictly.
    pub fn new(options: Options, roles: &[Role]) -> Result<Self, RulesError> {
        Self::with_more(options, roles, &[])
    }

    pub(crate) fn with_more(
        options: Options,
        roles: &[Role],
        more: &[&str],
    ) -> Result<Self, RulesError> {
        let (schema, _) =
            Schema::from_cedarschema_str(SCHEMA).map_err(|error| RulesError::built_in(&error))?;
        let vocabulary = Vocabulary::new(&schema)?;
        let watch = options
            .agents_watch_the_assistant
            .then_some(AGENTS_WATCH_THE_ASSISTANT);
        let mut rules = Vec::new();
        for text in POLICIES
            .into_iter()
            .chain(watch)
            .chain(more.iter().copied())
        {
            rules.extend(read(text)?);
        }
        let forms = Forms::read()?;
        let mut names: BTreeSet<RoleName> = BTreeSet::new();
        for role in roles {
            if !names.insert(role.name().clone()) {
                let name = role.name().clone();
                return Err(RoleError::Twice { name }.into());
            }
            rules.extend(forms.compose(role, &vocabulary)?);
        }
        let built_in = BUILT_IN.iter().copied().map(RoleName::from);
        let roles = built_in.chain(roles.iter().map(|role| role.name().clone()));
        let roles = roles.collect();
        let mut policies = PolicySet::new();
        let mut told = HashMap::new();
        for rule in rules {
            told.insert(rule.policy.id().clone(), rule.told);
            let added = policies.add(rule.policy);
            added.map_err(|error| RulesError::built_in(&error))?;
        }
        let problems = problems(schema, &policies);
        if !problems.is_empty() {
            return Err(RulesError::BuiltIn {
                problem: problems.join("; "),
            });
        }
        Ok(Self {
            inner: Arc::new(Inner {
                vocabulary,
                policies,
                told,
                roles,
                authorizer: Authorizer::new(),
            }),
        })
    }

    /// The roles of this shop: those that are built in, then its own.
    #[must_use]
    pub fn roles(&self) -> &[RoleName] {
        &self.inner.roles
    }

    /// How many policies there are.
    #[must_use]
    pub fn policy_count(&self) -> usize {
        self.inner.told.len()
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.inner.vocabulary
    }

    /// What Cedar says to a question in its own words.
    pub(crate) fn ask(&self, request: &Request, entities: &Entities) -> Response {
        let (authorizer, policies) = (&self.inner.authorizer, &self.inner.policies);
        authorizer.is_authorized(request, policies, entities)
    }

    /// How a policy is told.
    pub(crate) fn told(&self, policy: &PolicyId) -> Option<&Reason> {
        self.inner.told.get(policy)
    }

    #[cfg(test)]
    pub(crate) fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.inner.policies.policies()
    }
}

/// The policies of a file, each under the name that it gives itself.
fn read(text: &str) -> Result<Vec<Rule>, RulesError> {
    let policies = PolicySet::from_str(text).map_err(|error| RulesError::built_in(&error))?;
    let policies = policies.policies();
    let rules = policies.map(|policy| {
        let (Some(id), Some(words)) = (policy.annotation("id"), policy.annotation("because"))
        else {
            return Err(RulesError::BuiltIn {
                problem: format!("the policy `{}` has no `@id` or no `@because`", policy.id()),
            });
        };
        Ok(Rule {
            told: Reason::new(id, words),
            policy: policy.new_id(PolicyId::new(id)),
        })
    });
    rules.collect()
}

/// What the validator finds wrong, or only doubtful: neither is accepted.
fn problems(schema: Schema, policies: &PolicySet) -> Vec<String> {
    let result = Validator::new(schema).validate(policies, ValidationMode::Strict);
    let errors = result.validation_errors().map(ToString::to_string);
    let warnings = result.validation_warnings().map(ToString::to_string);
    errors.chain(warnings).collect()
}
