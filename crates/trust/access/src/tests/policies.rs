//! The schema, the policies and the list of actions say the same.

use std::collections::BTreeSet;

use cedar_policy::{Context, Entities, EntityUid, PolicyId, Request, ValidationMode, Validator};

use super::{role, rules};
use crate::{
    Action, Kind, Options, Role, Rules, RulesError, Subject,
    matrix::{Cast, cases},
};

fn uid(text: &str) -> EntityUid {
    text.parse().unwrap()
}

fn action_uid(name: &str) -> EntityUid {
    uid(&format!("Parlour::Action::\"{name}\""))
}

#[test]
fn every_policy_is_valid_without_a_warning() {
    let everything = [role("everything", &furthest())];
    for agents_watch_the_assistant in [true, false] {
        let options = Options {
            agents_watch_the_assistant,
        };
        let rules = Rules::new(options, &everything).unwrap();
        let validator = Validator::new(rules.schema().clone());
        let result = validator.validate(&rules.whole(), ValidationMode::Strict);
        let errors: Vec<String> = result
            .validation_errors()
            .map(ToString::to_string)
            .collect();
        let warnings: Vec<String> = result
            .validation_warnings()
            .map(ToString::to_string)
            .collect();
        assert!(
            errors.is_empty() && warnings.is_empty(),
            "{errors:#?} {warnings:#?}"
        );
    }
}

/// Everything that a role may hold, as far as it reaches.
fn furthest() -> Vec<&'static str> {
    let mut named = BTreeSet::new();
    let mut all: Vec<String> = Vec::new();
    let composable: Vec<_> = Role::composable().collect();
    for permission in composable.iter().rev() {
        if named.insert(permission.action()) {
            all.push(permission.to_string());
        }
    }
    all.into_iter().map(|written| &*written.leak()).collect()
}

#[test]
fn a_policy_that_does_not_fit_the_schema_is_refused() {
    for (wrong, why) in [
        (
            r#"@id("x") @because("y") permit (principal in Parlour::Role::"agent", action == Parlour::Action::"fly", resource);"#,
            "fly",
        ),
        (
            r#"@id("x") @because("y") permit (principal, action == Parlour::Action::"read_orders", resource) when { resource.colour == "red" };"#,
            "colour",
        ),
        // Only a warning: it can never apply.
        (
            r#"@id("x") @because("y") permit (principal, action == Parlour::Action::"read_orders", resource is Parlour::Person);"#,
            "impossible",
        ),
        (
            r#"permit (principal, action == Parlour::Action::"read_orders", resource);"#,
            "no `@id` or no `@because`",
        ),
        (
            r#"@id("own_shop_only") @because("twice") permit (principal, action == Parlour::Action::"read_orders", resource);"#,
            "own_shop_only",
        ),
        ("permit (principal, action", "unexpected"),
    ] {
        let Err(RulesError::BuiltIn { problem }) = Rules::with_more(Options::default(), &[wrong])
        else {
            panic!("{wrong} was taken");
        };
        assert!(problem.contains(why), "{problem}");
    }
}

#[test]
fn every_policy_says_in_plain_words_what_it_does() {
    let rules = Rules::new(
        Options::default(),
        &[role("night", &["read_orders", "break_glass"])],
    );
    let rules = rules.unwrap();
    for policy in rules.whole().policies() {
        let reason = rules.told(policy.id()).unwrap();
        assert_eq!(
            reason.rule(),
            AsRef::<str>::as_ref(policy.id()),
            "the id is the one in the file"
        );
        assert!(reason.words().split(' ').count() >= 5, "{reason:?}");
        let first = reason.words().chars().next().unwrap();
        assert!(
            first.is_lowercase() && !reason.words().ends_with('.'),
            "{reason:?}"
        );
    }
}

#[test]
fn the_schema_and_the_list_of_actions_agree() {
    let rules = rules();
    let schema = rules.schema();
    let groups: BTreeSet<EntityUid> = schema.action_groups().cloned().collect();
    let in_schema: BTreeSet<EntityUid> = schema
        .actions()
        .filter(|action| !groups.contains(action))
        .cloned()
        .collect();
    let in_list: BTreeSet<EntityUid> = Action::ALL
        .iter()
        .map(|action| action_uid(action.name()))
        .collect();
    assert_eq!(in_schema, in_list);

    let entities = schema.action_entities().unwrap();
    for action in Action::ALL.iter().copied() {
        let uid = action_uid(action.name());
        let in_group = |group: &str| entities.is_ancestor_of(&action_uid(group), &uid);
        let kinds = ["own", "reads", "reveals", "changes"].map(in_group);
        let wanted = [Kind::Own, Kind::Reads, Kind::Reveals, Kind::Changes]
            .map(|kind| kind == action.kind());
        assert_eq!(kinds, wanted, "`{action}` stands in its one group");
        let subjects: Vec<String> = schema
            .resources_for_action(&uid)
            .unwrap()
            .map(ToString::to_string)
            .collect();
        let wanted = match action.subject() {
            Subject::Shop => "Parlour::Shop",
            Subject::Conversation => "Parlour::Conversation",
            Subject::Shopper => "Parlour::Person",
            Subject::Staff => "Parlour::Staff",
            Subject::ApprovalRequest => "Parlour::ApprovalRequest",
        };
        assert_eq!(subjects, [wanted], "`{action}`");
        let before = in_group("before_a_factor");
        assert_eq!(before, action.is_before_a_factor(), "`{action}`");
        let two = in_group("needs_two_persons");
        assert!(
            !two || action.is_approved(),
            "`{action}` is approved by somebody"
        );
    }
}

#[test]
fn names_and_words_of_actions_are_their_own() {
    let names: BTreeSet<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    let words: BTreeSet<&str> = Action::ALL.iter().map(|action| action.words()).collect();
    assert_eq!(
        (names.len(), words.len()),
        (Action::ALL.len(), Action::ALL.len())
    );
    for action in Action::ALL.iter().copied() {
        assert_eq!(action.name().parse(), Ok(action));
        let objects = matches!(action.subject(), Subject::Conversation | Subject::Shopper);
        let chosen = !action.reaches().is_empty();
        assert_eq!(
            chosen,
            objects && action != Action::BreakGlass,
            "`{action}`"
        );
    }
    let error = "fly".parse::<Action>().unwrap_err().to_string();
    assert!(
        error.starts_with("`fly` is not an action: expected one of `own_session`, "),
        "{error}"
    );
}

#[test]
fn every_question_fits_the_schema() {
    let (rules, cast) = (rules(), Cast::new());
    for case in cases(&cast, cast.shop) {
        for who in rules
            .roles()
            .iter()
            .flat_map(|role| [cast.staff(role), cast.client(role)])
        {
            let question = case.question(&who);
            let (request, entities) = rules.vocabulary().spell(&question).unwrap();
            let again = Request::new(
                request.principal().unwrap().clone(),
                request.action().unwrap().clone(),
                request.resource().unwrap().clone(),
                request.context().cloned().unwrap_or_else(Context::empty),
                Some(rules.schema()),
            );
            assert!(again.is_ok(), "{case:?}: {again:?}");
            let others = entities
                .iter()
                .filter(|entity| entity.uid().type_name().basename() != "Action");
            let checked = Entities::from_entities(others.cloned(), Some(rules.schema()));
            assert!(checked.is_ok(), "{case:?}: {checked:?}");
        }
    }
}

/// What is cut away for speed decides nothing.
#[test]
fn a_slice_decides_what_the_whole_decides() {
    let mixed = role(
        "mixed",
        &[
            "read_conversation:queue",
            "reply:assigned",
            "reveal_contact:assigned",
            "break_glass",
        ],
    );
    let rules = Rules::new(
        Options::default(),
        &[role("everything", &furthest()), mixed],
    )
    .unwrap();
    let (whole, cast) = (rules.whole(), Cast::new());
    let authorizer = cedar_policy::Authorizer::new();
    let unknown = "left_behind".parse().unwrap();
    for case in cases(&cast, cast.shop) {
        for role in rules.roles().iter().chain([&unknown]) {
            for who in [cast.staff(role), cast.client(role)] {
                let (request, entities) = rules.vocabulary().spell(&case.question(&who)).unwrap();
                let of_whole = authorizer.is_authorized(&request, &whole, &entities);
                let of_slice = rules.ask((role, case.action), &request, &entities).unwrap();
                assert_eq!(of_whole.decision(), of_slice.decision(), "{case:?} {role}");
                let reasons = |response: &cedar_policy::Response| -> BTreeSet<PolicyId> {
                    response.diagnostics().reason().cloned().collect()
                };
                assert_eq!(reasons(&of_whole), reasons(&of_slice), "{case:?} {role}");
                assert_eq!(
                    of_whole.diagnostics().errors().count(),
                    0,
                    "{case:?} {role}"
                );
            }
        }
    }
}

#[test]
fn a_rule_that_fails_denies() {
    // Adding to the largest number there is fails, which the validator cannot see.
    let fails = r#"
        @id("fails") @because("a rule of this test that fails while it is evaluated")
        forbid (principal, action == Parlour::Action::"read_orders", resource)
        when { context.now + 9223372036854775807 > 0 };
    "#;
    let rules = Rules::with_more(Options::default(), &[fails]).unwrap();
    let cast = Cast::new();
    let owner = cast.staff(&crate::BuiltIn::Owner.into());
    let about = crate::Resource::Shop(cast.shop);
    let asked = |action| rules.decide(&crate::Question::new(&owner, action, &about, super::NOW));
    let denied = asked(Action::ReadOrders);
    assert!(!denied.is_allowed());
    assert_eq!(denied.because()[0].rule(), "rule_not_evaluated");
    assert!(
        asked(Action::ReadLedger).is_allowed(),
        "other actions are not touched"
    );
}
