//! How a shop's rules decide, and how a refusal is explained.

use cedar_policy::{Decision as Verdict, PolicyId};
use terms::{StaffId, Timestamp};

use crate::{
    Action, ApprovalRequest, BuiltIn, Client, Colleague, Conversation, Decision, Question, Reason,
    Resource, RoleName, Rules, Shopper, Staff, State, Subject, Who, made_up,
};

/// The id of the reason where no rule permits it.
pub const BY_DEFAULT: &str = "denied_by_default";

/// What came of a question, before a refusal is explained.
enum Weighed {
    Allowed(Vec<Reason>),
    /// Without reasons where no rule permits it.
    Denied(Vec<Reason>),
}

impl Rules {
    /// May she do this, and why?
    pub fn decide(&self, question: &Question<'_>) -> Decision {
        let because = match self.weigh(question) {
            Weighed::Allowed(because) => return Decision::Allowed { because },
            Weighed::Denied(because) if because.is_empty() => vec![self.unpermitted(question)],
            Weighed::Denied(because) => because,
        };
        let others = self.roles().iter();
        let others = others.filter(|role| *role != question.who.role());
        let allowed_for = others
            .filter(|role| self.would_be_allowed_with(question, role))
            .cloned()
            .collect();
        Decision::Denied {
            because,
            allowed_for,
        }
    }

    /// Whether she may, without the reasons: for lists that show only what she may see.
    #[must_use]
    pub fn allows(&self, question: &Question<'_>) -> bool {
        matches!(self.weigh(question), Weighed::Allowed(_))
    }

    /// Whether she might do this to anything at all, before it is known to what: for what a screen
    /// offers, and for turning somebody away before anything is read. The deed needs a question about
    /// the thing itself.
    pub fn possible(&self, who: &Who, action: Action, now: Timestamp) -> Decision {
        let mut first = None;
        for about in favourable(who, action) {
            let question = Question::new(who, action, &about, now).asking();
            if self.allows(&question) {
                return self.decide(&question);
            }
            first.get_or_insert(about);
        }
        let Some(about) = first else {
            return Decision::Denied {
                because: vec![defect("nothing_to_ask_about")],
                allowed_for: Vec::new(),
            };
        };
        self.decide(&Question::new(who, action, &about, now).asking())
    }

    fn weigh(&self, question: &Question<'_>) -> Weighed {
        let (action, about) = (question.action, question.about.subject());
        if action.subject() != about {
            let (right, wrong) = (action.subject().words(), about.words());
            let words = format!("`{action}` is done to {right}, and was asked about {wrong}");
            return Weighed::Denied(vec![Reason::new("another_kind_of_thing", words)]);
        }
        let Ok((request, entities)) = self.vocabulary().spell(question) else {
            return Weighed::Denied(vec![defect("question_not_put")]);
        };
        let asked = (question.who.role(), action);
        let Some(response) = self.ask(asked, &request, &entities) else {
            return Weighed::Denied(vec![defect("question_not_put")]);
        };
        let diagnostics = response.diagnostics();
        // Cedar leaves out a rule that fails. One that forbids must not be lost like that.
        if diagnostics.errors().next().is_some() {
            return Weighed::Denied(vec![defect("rule_not_evaluated")]);
        }
        let told = |policy: &PolicyId| self.told(policy).cloned();
        let mut because: Vec<Reason> = diagnostics.reason().filter_map(told).collect();
        because.sort_by(|one, other| one.rule().cmp(other.rule()));
        match response.decision() {
            Verdict::Allow => Weighed::Allowed(because),
            Verdict::Deny => Weighed::Denied(because),
        }
    }

    /// In one word, for the matrix.
    pub(crate) fn answer(&self, question: &Question<'_>) -> &'static str {
        match self.weigh(question) {
            Weighed::Allowed(_) => "yes",
            Weighed::Denied(because) if because.is_empty() => "no",
            Weighed::Denied(_) => "never",
        }
    }

    /// Whether the same person might, if she had this role and all else were the same.
    fn would_be_allowed_with(&self, question: &Question<'_>, role: &RoleName) -> bool {
        // Who is made an auditor is told until when.
        let ends = |ends: Option<Timestamp>| match BuiltIn::of(role) {
            Some(BuiltIn::Auditor) => ends.or(Some(Timestamp::from_millis(i64::MAX))),
            _ => ends,
        };
        let who = match question.who {
            Who::Staff(staff) => Who::Staff(Staff {
                role: role.clone(),
                access_ends: ends(staff.access_ends),
                ..*staff
            }),
            Who::Client(client) => Who::Client(Client {
                role: role.clone(),
                access_ends: ends(client.access_ends),
                scopes: client.scopes.clone(),
                ..*client
            }),
        };
        let question = Question {
            who: &who,
            ..*question
        };
        self.allows(&question)
    }

    /// Why nothing permits it.
    fn unpermitted(&self, question: &Question<'_>) -> Reason {
        let (role, action) = (question.who.role(), question.action);
        if !self.roles().contains(role) {
            let words = format!(
                "the shop has no role `{role}`, so nothing is permitted: ask an owner or an admin for another role"
            );
            return Reason::new("no_such_role", words);
        }
        let elsewhere = favourable(question.who, action).any(|about| {
            let question = Question {
                about: &about,
                ..*question
            };
            self.allows(&question)
        });
        let with = match (elsewhere, action.subject()) {
            (true, Subject::Conversation) => " with this conversation, only with others",
            (true, Subject::Shopper) => " for this shopper, only for others",
            (true, _) => " here, only elsewhere",
            (false, _) => "",
        };
        let words = format!("no rule lets the role `{role}` do `{action}`{with}");
        Reason::new(BY_DEFAULT, words)
    }
}

/// Something that is not decided is denied.
fn defect(rule: &'static str) -> Reason {
    Reason::new(
        rule,
        "this could not be decided, so it is denied: it is a defect of the program, please report it",
    )
}

/// Things of her own shop that the action may be done to, the most likely ones first.
fn favourable(who: &Who, action: Action) -> impl Iterator<Item = Resource> {
    let shop = who.shop();
    let somebody: StaffId = made_up::staff(0);
    let herself = match who {
        Who::Staff(staff) => Some(staff.id),
        Who::Client(_) => None,
    };
    let things: Vec<Resource> = match action.subject() {
        Subject::Shop => vec![Resource::Shop(shop)],
        Subject::Conversation => {
            let hers = herself.map(|staff| (State::Human, Some(staff)));
            let others = [
                (State::Waiting, None),
                (State::Assistant, None),
                (State::Human, Some(somebody)),
            ];
            let all = hers.into_iter().chain(others);
            let all = all.map(|(state, assigned)| {
                Resource::Conversation(Conversation {
                    shop,
                    state,
                    closed: false,
                    assigned,
                })
            });
            all.collect()
        }
        Subject::Shopper => {
            let helpers = [herself.into_iter().collect(), Vec::new()];
            let all = helpers.map(|helped_by| Resource::Shopper(Shopper { shop, helped_by }));
            all.into()
        }
        Subject::Staff => vec![Resource::Staff(Colleague {
            shop,
            id: somebody,
            role: BuiltIn::Agent.into(),
        })],
        Subject::ApprovalRequest => {
            let actions = Action::ALL.iter().copied();
            let requests = actions.filter(|action| action.is_approved()).map(|action| {
                Resource::ApprovalRequest(ApprovalRequest {
                    shop,
                    action,
                    asked_by: somebody,
                    concerns: None,
                })
            });
            requests.collect()
        }
    };
    things.into_iter()
}
