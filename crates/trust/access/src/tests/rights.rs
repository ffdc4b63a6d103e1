//! What nobody may, and what everybody's rights end at: over all actions and roles.

use super::{NOW, role, rules};
use crate::{
    Action, BUILT_IN, BuiltIn, Client, Conversation, Kind, NEVER_COMPOSED, Options, Question,
    Resource, Role, RoleName, Rules, Staff, State, Who, made_up,
    matrix::{Cast, cases},
};

fn everything() -> Role {
    let mut named = std::collections::BTreeSet::new();
    let composable: Vec<_> = Role::composable().collect();
    let furthest = composable.into_iter().rev();
    let furthest = furthest.filter(|permission| named.insert(permission.action()));
    Role::new("everything".parse().unwrap(), "Everything", furthest).unwrap()
}

/// A rule that lets everybody do everything, to see what still holds.
const ANYTHING_GOES: &str = r#"
    @id("anything_goes") @because("a rule of this test lets everybody do everything")
    permit (principal, action, resource);
"#;

#[test]
fn another_shop_is_closed_to_everybody_for_everything() {
    let rules = Rules::with_more(Options::default(), &[ANYTHING_GOES]).unwrap();
    let rules = rules.with_roles(&[everything()]).unwrap();
    let cast = Cast::new();
    for case in cases(&cast, made_up::shop(2)) {
        // Whoever acts is known by her own session: there is no such person in another shop.
        if case.words.starts_with("herself") {
            continue;
        }
        for role in rules.roles() {
            for who in [cast.staff(role), cast.client(role)] {
                assert!(!rules.allows(&case.question(&who)), "{case:?} {role}");
            }
        }
        // It is this rule that closes it, and no role is named that would open it.
        let owner = cast.staff(&BuiltIn::Owner.into());
        let decision = rules.decide(&case.question(&owner));
        let mut because = decision.because().iter();
        assert!(
            because.any(|reason| reason.rule() == "own_shop_only"),
            "{case:?}: {decision}"
        );
        assert!(decision.allowed_for().is_empty(), "{case:?}: {decision}");
    }
}

#[test]
fn a_role_that_the_shop_does_not_have_may_nothing() {
    let before = rules()
        .with_roles(&[role("night_team", &["read_orders"])])
        .unwrap();
    let after = before
        .with_roles(&[role("evening_team", &["read_orders"])])
        .unwrap();
    let cast = Cast::new();
    let name: RoleName = "night_team".parse().unwrap();
    let orders = |rules: &Rules| {
        let who = cast.staff(&name);
        let about = Resource::Shop(cast.shop);
        rules.decide(&Question::new(&who, Action::ReadOrders, &about, NOW))
    };
    assert!(orders(&before).is_allowed());
    assert!(!orders(&after).is_allowed());
    for case in cases(&cast, cast.shop) {
        for who in [cast.staff(&name), cast.client(&name)] {
            assert!(!after.decide(&case.question(&who)).is_allowed(), "{case:?}");
        }
    }
    let told = orders(&after).to_string();
    assert!(told.contains("the shop has no role `night_team`"), "{told}");
    assert!(told.contains("ask an owner or an admin"), "{told}");
}

#[test]
fn an_auditor_reads_evidence_and_changes_nothing_whatever_else_is_permitted() {
    let rules = Rules::with_more(Options::default(), &[ANYTHING_GOES]).unwrap();
    let cast = Cast::new();
    let auditor = BuiltIn::Auditor.into();
    for case in cases(&cast, cast.shop) {
        let allowed = [cast.staff(&auditor), cast.client(&auditor)]
            .iter()
            .any(|who| rules.allows(&case.question(who)));
        match case.action.kind() {
            Kind::Changes | Kind::Reveals => assert!(!allowed, "{case:?}"),
            // The permitting rule was there: what is denied above is denied by the rule for auditors.
            Kind::Own | Kind::Reads => assert!(allowed, "{case:?}"),
        }
    }
    let built_in = self::rules();
    let auditor = cast.staff(&auditor);
    for action in Action::ALL.iter().copied() {
        let evidence = matches!(
            action,
            Action::OwnSession
                | Action::SetUpFactor
                | Action::OwnFactors
                | Action::OwnSessions
                | Action::ReadStaff
                | Action::ReadSessions
                | Action::ReadLedger
                | Action::ReadEvidence
                | Action::ReadPrivacy
                | Action::ReadSecurity
                | Action::ExplainAccess
        );
        assert_eq!(
            built_in.possible(&auditor, action, NOW).is_allowed(),
            evidence,
            "{action}"
        );
    }
}

#[test]
fn access_for_a_time_ends_for_everybody_and_an_auditor_has_no_other() {
    let rules = rules();
    let cast = Cast::new();
    let about = Resource::Shop(cast.shop);
    for role in rules.roles() {
        for (ends, open) in [
            (NOW.millis() - 1, false),
            (NOW.millis(), false),
            (NOW.millis() + 1, true),
        ] {
            let Who::Staff(staff) = cast.staff(role) else {
                panic!("she is staff");
            };
            let access_ends = Some(terms::Timestamp::from_millis(ends));
            let who = Who::Staff(Staff {
                access_ends,
                ..staff
            });
            let decision = rules.decide(&Question::new(&who, Action::OwnSession, &about, NOW));
            assert_eq!(decision.is_allowed(), open, "{role} {ends}");
            let told = decision.to_string();
            assert!(open || told.contains("that time is over"), "{told}");
        }
        let Who::Staff(staff) = cast.staff(role) else {
            panic!("she is staff");
        };
        let who = Who::Staff(Staff {
            access_ends: None,
            ..staff
        });
        let decision = rules.decide(&Question::new(&who, Action::OwnSession, &about, NOW));
        let auditor = BuiltIn::of(role) == Some(BuiltIn::Auditor);
        assert_eq!(decision.is_allowed(), !auditor, "{role}");
    }
}

#[test]
fn without_a_second_factor_one_can_only_set_one_up() {
    let rules = rules();
    let cast = Cast::new();
    for case in cases(&cast, cast.shop) {
        for role in rules.roles() {
            let Who::Staff(staff) = cast.staff(role) else {
                panic!("she is staff");
            };
            let who = Who::Staff(Staff {
                second_factor: false,
                ..staff
            });
            let decision = rules.decide(&case.question(&who));
            assert_eq!(
                decision.is_allowed(),
                case.action.is_before_a_factor(),
                "{case:?} {role}"
            );
            assert!(
                decision.allowed_for().is_empty(),
                "no other role helps: {decision}"
            );
        }
    }
}

#[test]
fn a_composed_role_never_gets_what_guards_it() {
    let rules = rules().with_roles(&[everything()]).unwrap();
    let cast = Cast::new();
    let name: RoleName = "everything".parse().unwrap();
    let (staff, client) = (cast.staff(&name), cast.client(&name));
    for case in cases(&cast, cast.shop) {
        if NEVER_COMPOSED
            .iter()
            .any(|(never, _)| *never == case.action)
        {
            for who in [&staff, &client] {
                assert!(!rules.allows(&case.question(who)), "{case:?}");
            }
        }
    }
    // It does hold the rest, so that the above says something.
    for permission in Role::composable() {
        let decision = rules.possible(&staff, permission.action(), NOW);
        assert!(decision.is_allowed(), "{permission}: {decision}");
    }
}

#[test]
fn a_composed_role_reaches_exactly_what_its_permission_says() {
    let cast = Cast::new();
    let conversation = |state, assigned| {
        Resource::Conversation(Conversation {
            shop: cast.shop,
            state,
            closed: false,
            assigned,
        })
    };
    let things = [
        ("hers", conversation(State::Human, Some(cast.herself))),
        ("waiting", conversation(State::Waiting, None)),
        ("nobody's", conversation(State::Human, None)),
        (
            "another's",
            conversation(State::Human, Some(cast.colleague)),
        ),
        ("the assistant's", conversation(State::Assistant, None)),
    ];
    for (written, reached) in [
        ("read_conversation:assigned", vec!["hers"]),
        (
            "read_conversation:queue",
            vec!["hers", "waiting", "nobody's"],
        ),
        (
            "read_conversation:all",
            vec![
                "hers",
                "waiting",
                "nobody's",
                "another's",
                "the assistant's",
            ],
        ),
    ] {
        let rules = rules().with_roles(&[role("tested", &[written])]).unwrap();
        let who = cast.staff(&"tested".parse().unwrap());
        let found: Vec<&str> = things
            .iter()
            .filter(|(_, about)| {
                rules.allows(&Question::new(&who, Action::ReadConversation, about, NOW))
            })
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(found, reached, "{written}");
        let question = Question::new(&who, Action::WriteNote, &things[0].1, NOW);
        assert!(!rules.allows(&question), "only what it was given");
    }
}

#[test]
fn a_shop_can_do_without_agents_who_watch_the_assistant() {
    let options = Options {
        agents_watch_the_assistant: false,
    };
    let (with, without) = (rules(), Rules::new(options, &[]).unwrap());
    let cast = Cast::new();
    let agent = cast.staff(&BuiltIn::Agent.into());
    for case in cases(&cast, cast.shop) {
        let question = case.question(&agent);
        let watched = with.allows(&question) && !without.allows(&question);
        let of_the_assistant = matches!(case.words.as_str(), "the assistant's" | "closed");
        let sorted = matches!(
            case.action,
            Action::ReadConversation
                | Action::WriteNote
                | Action::TagConversation
                | Action::CloseConversation
        );
        assert_eq!(watched, of_the_assistant && sorted, "{case:?}");
        assert!(
            with.allows(&question) || !without.allows(&question),
            "nothing is won by it"
        );
    }
}

#[test]
fn an_api_client_keeps_to_its_scopes_and_never_stands_for_a_person() {
    let rules = rules();
    let cast = Cast::new();
    for case in cases(&cast, cast.shop) {
        for role in rules.roles() {
            let Who::Client(client) = cast.client(role) else {
                panic!("it is a client");
            };
            let without = client
                .scopes
                .iter()
                .copied()
                .filter(|scope| *scope != case.action);
            let who = Who::Client(Client {
                scopes: without.collect(),
                ..client
            });
            let decision = rules.decide(&case.question(&who));
            assert!(!decision.is_allowed(), "{case:?} {role}");
        }
    }
    for action in [
        Action::Reply,
        Action::TakeOver,
        Action::BreakGlass,
        Action::Approve,
        Action::ExportBulk,
        Action::InviteStaff,
        Action::ManageRoles,
    ] {
        for role in rules.roles() {
            let decision = rules.possible(&cast.client(role), action, NOW);
            let told = decision.to_string();
            assert!(
                !decision.is_allowed() && told.contains("API client"),
                "{action} {role}: {told}"
            );
        }
    }
    let agent = cast.client(&BuiltIn::Agent.into());
    let about = Resource::Shop(cast.shop);
    assert!(rules.allows(&Question::new(&agent, Action::ReadOrders, &about, NOW)));
}

#[test]
fn what_needs_two_persons_is_never_done_by_one() {
    let rules = rules();
    let cast = Cast::new();
    let mut possible = 0;
    for case in cases(&cast, cast.shop) {
        let alone = case.words.ends_with("alone") || case.words.ends_with("approved by herself");
        for role in BUILT_IN.iter().copied().map(RoleName::from) {
            let who = cast.staff(&role);
            if alone {
                assert!(!rules.allows(&case.question(&who)), "{case:?} {role}");
            }
            possible +=
                usize::from(case.words.ends_with("approved") && rules.allows(&case.question(&who)));
        }
    }
    assert!(possible > 0, "with a second person it is done");
}

#[test]
fn nobody_touches_her_own_role_or_approves_her_own_request() {
    let rules = Rules::with_more(Options::default(), &[ANYTHING_GOES]).unwrap();
    let cast = Cast::new();
    for case in cases(&cast, cast.shop) {
        let own = match case.action {
            Action::ManageStaff | Action::ChangeRole | Action::GrantOwner => {
                case.words.starts_with("herself")
            }
            Action::Approve => {
                case.words.contains("herself") || case.words.contains("she asked for")
            }
            _ => false,
        };
        if own {
            for role in rules.roles() {
                assert!(
                    !rules.allows(&case.question(&cast.staff(role))),
                    "{case:?} {role}"
                );
            }
        }
    }
}
