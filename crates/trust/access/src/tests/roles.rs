//! Composed roles: what is taken, and what a refusal says.

use super::{role, rules};
use crate::{BUILT_IN, NEVER_COMPOSED, Permission, Role, RoleError, RoleName, RulesError};

#[test]
fn names_of_roles_are_plain() {
    let longest = "a".repeat(40);
    for good in ["night_team", "a", "team_2", longest.as_str()] {
        assert_eq!(good.parse::<RoleName>().unwrap().as_str(), good);
    }
    let too_long = "a".repeat(41);
    for bad in [
        "",
        "Night",
        "2nd",
        "_team",
        "night team",
        "team-2",
        "café",
        "a\"b",
        "a\n",
        too_long.as_str(),
    ] {
        let error = bad.parse::<RoleName>().unwrap_err().to_string();
        assert!(
            error.contains("lower-case") && error.contains("40"),
            "{error}"
        );
    }
}

#[test]
fn permissions_are_read_as_they_are_written() {
    for permission in Role::composable() {
        assert_eq!(permission.to_string().parse(), Ok(permission));
    }
    for (bad, said) in [
        ("fly", "`fly` is not an action: expected one of"),
        (
            "read_conversation",
            "`read_conversation` needs a reach: write one of `read_conversation:assigned`, `read_conversation:queue`, `read_conversation:all`",
        ),
        (
            "read_conversation:everything",
            "`everything` is not a reach of `read_conversation`: write one of",
        ),
        (
            "reply:all",
            "`all` is not a reach of `reply`: write one of `reply:assigned`",
        ),
        (
            "reveal_address:queue",
            "`queue` is not a reach of `reveal_address`: write one of `reveal_address:assigned`, `reveal_address:all`",
        ),
        (
            "read_orders:all",
            "`all` is not a reach of `read_orders`: write one of `read_orders`",
        ),
        ("read_orders:", "`` is not a reach of `read_orders`"),
    ] {
        let error = bad.parse::<Permission>().unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

fn composed(name: &str, title: &str, permissions: &[&str]) -> Result<Role, RoleError> {
    let permissions = permissions.iter().map(|written| written.parse().unwrap());
    Role::new(name.parse()?, title, permissions)
}

#[test]
fn a_role_that_cannot_be_is_refused_with_what_can() {
    for built_in in BUILT_IN.iter().copied() {
        let error = composed(built_in.name(), "Mine", &["read_orders"]).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("is built in and stays as it is: choose another name")
        );
    }
    for title in [
        "",
        " Night",
        "Night ",
        "Night\nteam",
        "Night\u{7}",
        &"n".repeat(61),
    ] {
        let error = composed("night", title, &["read_orders"])
            .unwrap_err()
            .to_string();
        assert!(error.contains("1 to 60 characters of one line"), "{error}");
    }
    let error = composed("night", "Night", &[]).unwrap_err().to_string();
    assert_eq!(
        error,
        "the role `night` may do nothing yet: give it one permission at least"
    );
    let twice = ["read_conversation:queue", "read_conversation:all"];
    let error = composed("night", "Night", &twice).unwrap_err().to_string();
    assert!(
        error.contains("names `read_conversation` more than once"),
        "{error}"
    );
    for (action, reason) in NEVER_COMPOSED {
        let error = composed("night", "Night", &["read_orders", action.name()]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the role `night` cannot hold `{action}`: {reason}")
        );
    }
}

#[test]
fn two_roles_of_one_name_are_refused() {
    let night = || role("night", &["read_orders"]);
    let refused = rules().with_roles(&[night(), night()]).unwrap_err();
    assert!(
        matches!(refused, RulesError::Role(RoleError::Twice { .. })),
        "{refused}"
    );
}

#[test]
fn a_stored_role_is_read_through_the_same_door() {
    let night = role("night", &["read_conversation:queue", "read_orders"]);
    let stored = serde_json::to_string(&night).unwrap();
    assert_eq!(
        stored,
        r#"{"name":"night","title":"A role of tests","permissions":["read_conversation:queue","read_orders"]}"#
    );
    assert_eq!(serde_json::from_str::<Role>(&stored).unwrap(), night);
    for (broken, said) in [
        (
            stored.replace("read_orders", "grant_owner"),
            "cannot hold `grant_owner`",
        ),
        (stored.replace("\"night\"", "\"owner\""), "is built in"),
        (
            stored.replace("\"night\"", "\"Night\""),
            "cannot be the name of a role",
        ),
        (stored.replace(":queue", ":everything"), "is not a reach"),
        (
            stored.replace(
                "\"title\"",
                "\"policy\":\"permit(principal, action, resource);\",\"title\"",
            ),
            "unknown field",
        ),
    ] {
        let error = serde_json::from_str::<Role>(&broken)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn many_roles_stand_beside_each_other() {
    let roles: Vec<Role> = (0..40)
        .map(|number| {
            role(
                &format!("team_{number}"),
                &["read_orders", "read_conversation:assigned"],
            )
        })
        .collect();
    let rules = rules().with_roles(&roles).unwrap();
    assert_eq!(rules.roles().len(), BUILT_IN.len() + 40);
    assert!(rules.policy_count() > 100);
}
