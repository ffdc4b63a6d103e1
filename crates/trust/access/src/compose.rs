//! The policies of a composed role: the forms in `policies/composed`, with its name and its actions
//! put in as values. No text of a policy is ever assembled.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{EntityUid, Policy, PolicyId, Template};
use serde_json::{Value, json};

use crate::{
    Action, Kind, Reason, Role, RulesError, entities::Vocabulary, role::Form, rules::Rule,
};

const FORMS: [(Form, &str); 5] = [
    (
        Form::Whole,
        include_str!("../policies/composed/whole.cedar"),
    ),
    (
        Form::Assigned,
        include_str!("../policies/composed/assigned.cedar"),
    ),
    (
        Form::Queue,
        include_str!("../policies/composed/queue.cedar"),
    ),
    (
        Form::Helped,
        include_str!("../policies/composed/helped.cedar"),
    ),
    (
        Form::Glass,
        include_str!("../policies/composed/glass.cedar"),
    ),
];

/// The forms, read once.
pub(crate) struct Forms(BTreeMap<Form, Value>);

impl Forms {
    pub(crate) fn read() -> Result<Self, RulesError> {
        let mut forms = BTreeMap::new();
        for (form, text) in FORMS {
            let template = Template::parse(None, text);
            let template = template.map_err(|error| RulesError::built_in(&error))?;
            let read = template.to_json();
            forms.insert(form, read.map_err(|error| RulesError::built_in(&error))?);
        }
        Ok(Self(forms))
    }

    /// The policies of a role, one for each form that it needs.
    pub(crate) fn compose(
        &self,
        role: &Role,
        vocabulary: &Vocabulary,
    ) -> Result<Vec<Rule>, RulesError> {
        let mut actions: BTreeMap<Form, BTreeSet<Action>> = BTreeMap::new();
        // Whoever has a role sees to her own sign-in.
        let own = Action::ALL.iter().copied();
        let own = own.filter(|action| action.kind() == Kind::Own);
        actions.insert(Form::Whole, own.collect());
        for permission in role.permissions() {
            actions
                .entry(permission.form())
                .or_default()
                .insert(permission.action());
        }
        let breaks_the_glass =
            |permission: &crate::Permission| permission.action() == Action::BreakGlass;
        if role.permissions().iter().any(breaks_the_glass) {
            actions.insert(
                Form::Glass,
                BTreeSet::from([
                    Action::ReadConversation,
                    Action::RevealAddress,
                    Action::RevealContact,
                ]),
            );
        }
        let rules = actions.into_iter();
        let rules = rules.map(|(form, actions)| self.rule(role, form, &actions, vocabulary));
        rules.collect()
    }

    fn rule(
        &self,
        role: &Role,
        form: Form,
        actions: &BTreeSet<Action>,
        vocabulary: &Vocabulary,
    ) -> Result<Rule, RulesError> {
        let actions = actions.iter().map(|action| vocabulary.action(*action));
        let actions: Vec<Value> = actions.flatten().map(entity).collect();
        let mut written = self.0.get(&form).cloned().unwrap_or_default();
        if let Some(parts) = written.as_object_mut() {
            let principal = json!({ "op": "in", "entity": entity(&vocabulary.role(role.name())) });
            parts.insert("principal".to_owned(), principal);
            parts.insert(
                "action".to_owned(),
                json!({ "op": "in", "entities": actions }),
            );
        }
        let (kind, words) = match form {
            Form::Whole => ("whole", "was given this"),
            Form::Assigned => (
                "assigned",
                "was given this for conversations that are assigned to her who holds it",
            ),
            Form::Queue => (
                "queue",
                "was given this for conversations that wait, or are assigned to her who holds it",
            ),
            Form::Helped => (
                "helped",
                "was given this for shoppers whose conversation is assigned to her who holds it",
            ),
            Form::Glass => (
                "glass",
                "may read what the glass was broken for, until that time is over",
            ),
        };
        let id = format!("composed.{}.{kind}", role.name());
        let policy = Policy::from_json(Some(PolicyId::new(&id)), written);
        let policy = policy.map_err(|error| RulesError::built_in(&error))?;
        let words = format!("the shop's own role `{}` {words}", role.name());
        Ok(Rule {
            policy,
            told: Reason::new(id, words),
        })
    }
}

fn entity(uid: &EntityUid) -> Value {
    json!({ "type": uid.type_name().to_string(), "id": uid.id().unescaped() })
}
