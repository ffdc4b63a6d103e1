//! What a decision says: why, and what to do next.

use super::{NOW, rules};
use crate::{
    Action, BuiltIn, Conversation, Decision, Question, Resource, RoleName, State,
    matrix::{Cast, cases},
};

fn role(role: BuiltIn) -> RoleName {
    role.into()
}

#[test]
fn every_decision_has_reasons_and_every_refusal_names_the_roles_that_might() {
    let (rules, cast) = (rules(), Cast::new());
    for case in cases(&cast, cast.shop) {
        for role in rules.roles() {
            let who = cast.staff(role);
            let decision = rules.decide(&case.question(&who));
            assert!(!decision.because().is_empty(), "{case:?} {role}");
            for reason in decision.because() {
                assert!(
                    !reason.rule().is_empty() && !reason.words().is_empty(),
                    "{reason:?}"
                );
            }
            let might: Vec<RoleName> = rules
                .roles()
                .iter()
                .filter(|other| *other != role && rules.allows(&case.question(&cast.staff(other))))
                .cloned()
                .collect();
            match &decision {
                Decision::Allowed { .. } => {}
                Decision::Denied { allowed_for, .. } => {
                    assert_eq!(*allowed_for, might, "{case:?} {role}")
                }
            }
            let by_default = decision.because()[0].rule() == "denied_by_default";
            let told = decision.to_string();
            if by_default {
                let words = format!("no rule lets the role `{role}` do `{}`", case.action);
                assert!(told.starts_with(&words), "{told}");
                assert!(!might.is_empty(), "somebody in the shop may: {case:?}");
            }
            for other in &might {
                assert!(
                    decision.is_allowed() || told.contains(&format!("`{other}`")),
                    "{told}"
                );
            }
        }
    }
}

#[test]
fn sentences_say_why_and_what_to_do() {
    let (rules, cast) = (rules(), Cast::new());
    let shop = Resource::Shop(cast.shop);
    let anothers = Resource::Conversation(Conversation {
        shop: cast.shop,
        state: State::Human,
        closed: false,
        assigned: Some(cast.colleague),
    });
    let agent = cast.staff(&role(BuiltIn::Agent));
    let told = |who, action, about| {
        rules
            .decide(&Question::new(who, action, about, NOW))
            .to_string()
    };
    assert_eq!(
        told(&agent, Action::ReadLedger, &shop),
        "no rule lets the role `agent` do `read_ledger`; the roles that may: `owner`, `admin`, \
         `privacy_officer`, `security_officer`, `auditor`"
    );
    assert_eq!(
        told(&agent, Action::ReadConversation, &anothers),
        "no rule lets the role `agent` do `read_conversation` with this conversation, only with others; \
         the roles that may: `owner`, `admin`, `supervisor`"
    );
    assert_eq!(
        told(&agent, Action::Reply, &anothers),
        "who answers a shopper has taken the conversation over: take it over first"
    );
    let owner = cast.staff(&role(BuiltIn::Owner));
    assert_eq!(
        told(&owner, Action::ExportBulk, &shop),
        "two persons must agree on this: ask for it, and let a colleague who may `approve` agree"
    );
    assert_eq!(
        told(&agent, Action::ReadOrders, &shop),
        "agents and supervisors help shoppers: the queue, orders, and the texts that the assistant answers from"
    );
}

#[test]
fn a_question_about_another_kind_of_thing_is_denied() {
    let (rules, cast) = (rules(), Cast::new());
    let owner = cast.staff(&role(BuiltIn::Owner));
    let about = Resource::Shop(cast.shop);
    let decision = rules.decide(&Question::new(
        &owner,
        Action::ReadConversation,
        &about,
        NOW,
    ));
    assert!(!decision.is_allowed());
    assert_eq!(
        decision.to_string(),
        "`read_conversation` is done to a conversation, and was asked about the shop"
    );
}

#[test]
fn what_might_be_done_to_something_is_known_before_it_is_known_to_what() {
    let (rules, cast) = (rules(), Cast::new());
    for (who, action, possible) in [
        (BuiltIn::Agent, Action::Reply, true),
        (BuiltIn::Agent, Action::RevealAddress, true),
        (BuiltIn::Developer, Action::ReadConversation, false),
        (BuiltIn::PrivacyOfficer, Action::Approve, true),
        (BuiltIn::SecurityOfficer, Action::Approve, true),
        (BuiltIn::Agent, Action::Approve, false),
        // A second person is asked for later, and the role is chosen in the form.
        (BuiltIn::Owner, Action::DestroyKeys, true),
        (BuiltIn::Admin, Action::InviteStaff, true),
        (BuiltIn::Developer, Action::AddClient, true),
    ] {
        let decision = rules.possible(&cast.staff(&role(who)), action, NOW);
        assert_eq!(
            decision.is_allowed(),
            possible,
            "{who:?} {action}: {decision}"
        );
    }
    // Nothing is possible that is allowed with nothing, and the other way round.
    for role in rules.roles() {
        let who = cast.staff(role);
        for action in Action::ALL.iter().copied() {
            let all = cases(&cast, cast.shop);
            // A broken glass is not there before it is broken.
            let mut ordinary = all
                .iter()
                .filter(|case| case.action == action && !case.words.contains("glass"));
            let somewhere = ordinary.any(|case| rules.allows(&case.question(&who)));
            let possible = rules.possible(&who, action, NOW).is_allowed();
            assert_eq!(possible, somewhere, "{role} {action}");
        }
    }
}
