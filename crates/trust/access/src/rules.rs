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

use crate::{
    Action, BUILT_IN, Reason, Role, RoleError, RoleName,
    compose::Forms,
    entities::Vocabulary,
    slices::{Scoped, Slices},
};

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
    built_in: Arc<BuiltInRules>,
    own: Arc<OwnRules>,
}

/// What is the same for all shops with the same options.
struct BuiltInRules {
    vocabulary: Vocabulary,
    validator: Validator,
    forms: Forms,
    policies: Vec<Scoped>,
    slices: Slices,
    told: HashMap<PolicyId, Reason>,
    authorizer: Authorizer,
}

/// What a shop's own roles add.
#[derive(Default)]
struct OwnRules {
    policies: Vec<Scoped>,
    slices: Slices,
    told: HashMap<PolicyId, Reason>,
    /// The built-in roles, then the shop's own.
    roles: Vec<RoleName>,
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("policies", &self.policy_count())
            .field("roles", &self.own.roles)
            .finish()
    }
}

impl Rules {
    /// Reads the built-in policies and validates them strictly, then adds those of the shop's roles.
    pub fn new(options: Options, roles: &[Role]) -> Result<Self, RulesError> {
        Self::with_more(options, &[])?.with_roles(roles)
    }

    /// The same built-in rules with these roles of a shop, in place of others. Only what the roles add
    /// is read and validated.
    pub fn with_roles(&self, roles: &[Role]) -> Result<Self, RulesError> {
        let built_in = &self.built_in;
        let mut names: BTreeSet<RoleName> = BTreeSet::new();
        let mut rules = Vec::new();
        for role in roles {
            if !names.insert(role.name().clone()) {
                let name = role.name().clone();
                return Err(RoleError::Twice { name }.into());
            }
            rules.extend(built_in.forms.compose(role, &built_in.vocabulary)?);
        }
        let (policies, told) = checked(rules, &built_in.validator, &built_in.vocabulary)?;
        let mut all = built_in.policies.clone();
        all.extend(policies.iter().cloned());
        let own = OwnRules {
            slices: Slices::cut(&all, &names)?,
            policies,
            told,
            roles: every_role(roles),
        };
        Ok(Self {
            built_in: Arc::clone(built_in),
            own: Arc::new(own),
        })
    }

    pub(crate) fn with_more(options: Options, more: &[&str]) -> Result<Self, RulesError> {
        let schema = Schema::from_cedarschema_str(SCHEMA);
        let (schema, _) = schema.map_err(|error| RulesError::built_in(&error))?;
        let vocabulary = Vocabulary::new(&schema)?;
        let validator = Validator::new(schema);
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
        let (policies, told) = checked(rules, &validator, &vocabulary)?;
        let roles = every_role(&[]);
        let built_in = BuiltInRules {
            slices: Slices::cut(&policies, &roles)?,
            vocabulary,
            validator,
            forms: Forms::read()?,
            policies,
            told,
            authorizer: Authorizer::new(),
        };
        let own = OwnRules {
            roles,
            ..OwnRules::default()
        };
        Ok(Self {
            built_in: Arc::new(built_in),
            own: Arc::new(own),
        })
    }

    /// The roles of this shop: those that are built in, then its own.
    #[must_use]
    pub fn roles(&self) -> &[RoleName] {
        &self.own.roles
    }

    /// How many policies there are.
    #[must_use]
    pub fn policy_count(&self) -> usize {
        self.built_in
            .policies
            .len()
            .saturating_add(self.own.policies.len())
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.built_in.vocabulary
    }

    /// What Cedar says to a question in its own words; `None` where no policies are kept for it, which
    /// cannot be.
    pub(crate) fn ask(
        &self,
        (role, action): (&RoleName, Action),
        request: &Request,
        entities: &Entities,
    ) -> Option<Response> {
        let built_in = &self.built_in;
        let own = self.own.slices.of_role(role, action);
        let slice = own.or_else(|| built_in.slices.of_role(role, action));
        let slice = slice.or_else(|| built_in.slices.of_nobody(action))?;
        Some(built_in.authorizer.is_authorized(request, slice, entities))
    }

    /// How a policy is told.
    pub(crate) fn told(&self, policy: &PolicyId) -> Option<&Reason> {
        let told = self.built_in.told.get(policy);
        told.or_else(|| self.own.told.get(policy))
    }

    /// Every policy, not cut to anybody.
    #[cfg(test)]
    pub(crate) fn whole(&self) -> PolicySet {
        let all = self.built_in.policies.iter().chain(&self.own.policies);
        PolicySet::from_policies(all.map(|scoped| scoped.policy.clone())).unwrap()
    }

    #[cfg(test)]
    pub(crate) fn schema(&self) -> &Schema {
        self.built_in.validator.schema()
    }
}

fn every_role(own: &[Role]) -> Vec<RoleName> {
    let built_in = BUILT_IN.iter().copied().map(RoleName::from);
    let own = own.iter().map(|role| role.name().clone());
    built_in.chain(own).collect()
}

/// Policies that the validator finds nothing wrong with, nor anything doubtful, and how they are told.
fn checked(
    rules: Vec<Rule>,
    validator: &Validator,
    vocabulary: &Vocabulary,
) -> Result<(Vec<Scoped>, HashMap<PolicyId, Reason>), RulesError> {
    let mut set = PolicySet::new();
    let mut policies = Vec::new();
    let mut told = HashMap::new();
    for Rule {
        policy,
        told: words,
    } in rules
    {
        let added = set.add(policy.clone());
        added.map_err(|error| RulesError::built_in(&error))?;
        told.insert(policy.id().clone(), words);
        policies.push(Scoped::new(policy, vocabulary));
    }
    let result = validator.validate(&set, ValidationMode::Strict);
    let errors = result.validation_errors().map(ToString::to_string);
    let warnings = result.validation_warnings().map(ToString::to_string);
    let problems: Vec<String> = errors.chain(warnings).collect();
    if problems.is_empty() {
        return Ok((policies, told));
    }
    Err(RulesError::BuiltIn {
        problem: problems.join("; "),
    })
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
