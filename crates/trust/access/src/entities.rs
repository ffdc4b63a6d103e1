//! A question in Cedar's words: the request, and the entities it is about.
//!
//! Only what policies look at becomes an entity: who asks, with her role; the action, with its groups;
//! and what it is about. Names are made once for each shop's rules, ids once for each question.

use core::str::FromStr;
use std::collections::{BTreeSet, HashMap, HashSet};

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request,
    RestrictedExpression as Value, Schema,
};
use terms::{ShopId, StaffId, Timestamp};

use crate::{
    Action, Question, Resource, RoleName, RulesError, Who,
    question::{Client, Staff},
};

/// The types of the schema, and its actions with the groups they are in.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    shop: EntityTypeName,
    role: EntityTypeName,
    staff: EntityTypeName,
    client: EntityTypeName,
    actions: HashMap<Action, KnownAction>,
    /// What is asked about is one thing for each question, so it needs no id of its own.
    conversation: EntityUid,
    shopper: EntityUid,
    approval_request: EntityUid,
}

#[derive(Debug)]
struct KnownAction {
    uid: EntityUid,
    /// All groups it is in, also through another group.
    groups: HashSet<EntityUid>,
    entity: Entity,
}

/// A question that Cedar cannot be asked: nothing is decided, so nothing is allowed.
#[derive(Debug)]
pub(crate) struct NotAsked;

type Attributes = Vec<(String, Value)>;

impl Vocabulary {
    pub(crate) fn new(schema: &Schema) -> Result<Self, RulesError> {
        let known = schema.action_entities();
        let known = known.map_err(|error| RulesError::built_in(&error))?;
        let mut actions = HashMap::new();
        for action in Action::ALL.iter().copied() {
            let uid = uid(type_name("Parlour::Action")?, action.name());
            let groups = known.ancestors(&uid).into_iter().flatten().cloned();
            let groups: HashSet<EntityUid> = groups.collect();
            if known.get(&uid).is_none() {
                return Err(RulesError::BuiltIn {
                    problem: format!("the schema has no action `{action}`"),
                });
            }
            let entity = Entity::new_no_attrs(uid.clone(), groups.clone());
            let known = KnownAction {
                uid,
                groups,
                entity,
            };
            actions.insert(action, known);
        }
        Ok(Self {
            shop: type_name("Parlour::Shop")?,
            role: type_name("Parlour::Role")?,
            staff: type_name("Parlour::Staff")?,
            client: type_name("Parlour::Client")?,
            actions,
            conversation: uid(type_name("Parlour::Conversation")?, "asked_about"),
            shopper: uid(type_name("Parlour::Person")?, "asked_about"),
            approval_request: uid(type_name("Parlour::ApprovalRequest")?, "asked_about"),
        })
    }

    pub(crate) fn role(&self, role: &RoleName) -> EntityUid {
        uid(self.role.clone(), role.as_str())
    }

    pub(crate) fn action(&self, action: Action) -> Option<&EntityUid> {
        self.actions.get(&action).map(|known| &known.uid)
    }

    /// The name, if it is a role's.
    pub(crate) fn name_of_role(&self, role: &EntityUid) -> Option<String> {
        let is_role = *role.type_name() == self.role;
        is_role.then(|| role.id().unescaped().to_owned())
    }

    /// The actions that are one of these, or in one of these groups.
    pub(crate) fn actions_in(&self, named: &[EntityUid]) -> BTreeSet<Action> {
        let actions = self.actions.iter();
        let actions = actions.filter(|(_, known)| {
            named.contains(&known.uid) || known.groups.iter().any(|group| named.contains(group))
        });
        actions.map(|(action, _)| *action).collect()
    }

    fn shop(&self, shop: ShopId) -> EntityUid {
        uid(self.shop.clone(), shop)
    }

    fn staff(&self, staff: StaffId) -> EntityUid {
        uid(self.staff.clone(), staff)
    }

    /// The request, and what it needs to be answered.
    pub(crate) fn spell(&self, question: &Question<'_>) -> Result<(Request, Entities), NotAsked> {
        let action = self.actions.get(&question.action).ok_or(NotAsked)?;
        let shop = self.shop(question.who.shop());
        let (who, attributes) = match question.who {
            Who::Staff(staff) => (self.staff(staff.id), self.attributes_of_staff(staff, &shop)),
            Who::Client(client) => (
                uid(self.client.clone(), client.id),
                self.attributes_of_client(client, &shop),
            ),
        };
        let role = self.role(question.who.role());
        let principal = Entity::new_with_tags(who.clone(), attributes, [role], []);
        let mut entities = vec![principal.map_err(|_| NotAsked)?, action.entity.clone()];
        let about = self.about(question.about, &who, &mut entities)?;
        let context = self.circumstances(question)?;
        let request = Request::new(who, action.uid.clone(), about, context, None);
        let request = request.map_err(|_| NotAsked)?;
        let entities = Entities::from_entities(entities, None).map_err(|_| NotAsked)?;
        Ok((request, entities))
    }

    fn attributes_of_staff(&self, staff: &Staff, shop: &EntityUid) -> Attributes {
        let mut attributes = vec![
            named("shop", Value::new_entity_uid(shop.clone())),
            named("second_factor", Value::new_bool(staff.second_factor)),
        ];
        attributes.extend(staff.access_ends.map(|ends| moment("access_ends", ends)));
        attributes
    }

    fn attributes_of_client(&self, client: &Client, shop: &EntityUid) -> Attributes {
        let scopes = client.scopes.iter();
        let scopes = scopes.map(|scope| Value::new_string(scope.name().to_owned()));
        let mut attributes = vec![
            named("shop", Value::new_entity_uid(shop.clone())),
            named("scopes", Value::new_set(scopes)),
        ];
        attributes.extend(client.access_ends.map(|ends| moment("access_ends", ends)));
        attributes
    }

    /// The name of what is asked about; its entity goes to the others.
    fn about(
        &self,
        about: &Resource,
        who: &EntityUid,
        entities: &mut Vec<Entity>,
    ) -> Result<EntityUid, NotAsked> {
        let mut attributes = Attributes::new();
        let mut parents = HashSet::new();
        let name = match about {
            // A shop is looked at by its name alone.
            Resource::Shop(shop) => return Ok(self.shop(*shop)),
            Resource::Conversation(conversation) => {
                let state = conversation.state.as_str().to_owned();
                attributes.push(named("state", Value::new_string(state)));
                attributes.push(named("closed", Value::new_bool(conversation.closed)));
                let assigned = conversation.assigned.map(|staff| self.staff_value(staff));
                attributes.extend(assigned.map(|staff| named("assigned", staff)));
                self.conversation.clone()
            }
            Resource::Shopper(shopper) => {
                let helpers = shopper.helped_by.iter();
                let helpers = helpers.map(|staff| self.staff_value(*staff));
                attributes.push(named("helped_by", Value::new_set(helpers)));
                self.shopper.clone()
            }
            Resource::Staff(colleague) => {
                let name = self.staff(colleague.id);
                // She herself stands among the entities already, as her session knows her.
                if name == *who {
                    return Ok(name);
                }
                parents.insert(self.role(&colleague.role));
                // Policies look at the shop and the role of a colleague only; the rest is there because
                // the schema says that staff have it.
                attributes.push(named("second_factor", Value::new_bool(false)));
                name
            }
            Resource::ApprovalRequest(request) => {
                let action = request.action.name().to_owned();
                attributes.push(named("action", Value::new_string(action)));
                attributes.push(named("asked_by", self.staff_value(request.asked_by)));
                let concerns = request.concerns.map(|staff| self.staff_value(staff));
                attributes.extend(concerns.map(|staff| named("concerns", staff)));
                self.approval_request.clone()
            }
        };
        let shop = Value::new_entity_uid(self.shop(about.shop()));
        attributes.push(named("shop", shop));
        let entity = Entity::new_with_tags(name.clone(), attributes, parents, []);
        entities.push(entity.map_err(|_| NotAsked)?);
        Ok(name)
    }

    fn circumstances(&self, question: &Question<'_>) -> Result<Context, NotAsked> {
        let action = question.action.name().to_owned();
        let mut pairs = vec![
            moment("now", question.now),
            named("action", Value::new_string(action)),
            named("asking", Value::new_bool(question.asking)),
        ];
        let approved_by = question.approved_by.map(|staff| self.staff_value(staff));
        pairs.extend(approved_by.map(|staff| named("approved_by", staff)));
        let hands_out = question.hands_out.map(|role| self.role(role));
        pairs.extend(hands_out.map(|role| named("hands_out", Value::new_entity_uid(role))));
        pairs.extend(question.glass_ends.map(|ends| moment("glass_ends", ends)));
        Context::from_pairs(pairs).map_err(|_| NotAsked)
    }

    fn staff_value(&self, staff: StaffId) -> Value {
        Value::new_entity_uid(self.staff(staff))
    }
}

fn type_name(name: &str) -> Result<EntityTypeName, RulesError> {
    EntityTypeName::from_str(name).map_err(|error| RulesError::built_in(&error))
}

fn uid(kind: EntityTypeName, id: impl ToString) -> EntityUid {
    EntityUid::from_type_name_and_id(kind, EntityId::new(id.to_string()))
}

fn named(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

fn moment(name: &str, moment: Timestamp) -> (String, Value) {
    named(name, Value::new_long(moment.millis()))
}
