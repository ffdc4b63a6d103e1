//! Who may do what: every operation of the document tried by everybody, on things of the first
//! shop, and the answers compared with the agreed ones in `matrix.txt` (C25, D17). A change there
//! is a change of who may do what.

use core::time::Duration;
use std::fmt::Write as _;

use identity::roles::Position;
use serde_json::json;
use terms::{Clock as _, RoleName};

use crate::{
    client::ask,
    goods,
    house::{Signed, TestHouse},
    operations::{self, Filling, Operation},
};

const AGREED: &str = include_str!("matrix.txt");

/// Who tries. Things of shoppers are a guest's own; where a shopper tries, they are a shopper's.
pub(crate) const WHO: [&str; 18] = [
    "nobody",
    "guest",
    "other-guest",
    "shopper",
    "other-shopper",
    "other-shops-guest",
    "admin-by-link",
    "agent",
    "admin",
    "owner",
    "supervisor",
    "privacy_officer",
    "security_officer",
    "auditor",
    "developer",
    "packer",
    "other-shops-admin",
    "made-up",
];

/// Everybody else who works for the first shop: a role each, the last of the shop's own.
const OTHER_STAFF: [&str; 7] = [
    "owner",
    "supervisor",
    "privacy_officer",
    "security_officer",
    "auditor",
    "developer",
    "packer",
];

struct Everybody {
    /// Somebody who opened a sign-in link and has set up no passkey yet.
    by_link: Signed,
    agent: Signed,
    admin: Signed,
    other_shops_admin: Signed,
    /// By role.
    others: Vec<(&'static str, Signed)>,
}

/// The role of the shop's own: sees orders, and answers in what is assigned to her.
async fn compose_packer(house: &TestHouse, admin: &Signed) {
    let role = json!({
        "title": "Packer",
        "permissions": ["read_orders", "serve_orders", "read_queue", "read_conversation:assigned"],
        "version": 0,
    });
    let asking = ask("PUT", "/v1/staff/roles/packer").bearer(&admin.token);
    house.send(asking.json(&role)).await.expect(204);
}

async fn other_staff(house: &TestHouse) -> Vec<(&'static str, Signed)> {
    let mut others = Vec::new();
    for role in OTHER_STAFF {
        let position = Position {
            role: role.parse().unwrap(),
            // Who comes for a time gives nobody access for longer.
            access_ends: (role == "auditor")
                .then(|| house.clock.now().after(Duration::from_secs(30 * 24 * 3600))),
        };
        let (_, link) = house.employ(&position).await;
        others.push((role, house.come_in(&link).await));
    }
    others
}

#[tokio::test]
async fn everybody_tries_everything() {
    let house = TestHouse::holding_nothing().await;
    let admin = house.admin().await;
    compose_packer(&house, &admin).await;
    let mut everybody = Everybody {
        by_link: house.opened_link(0).await,
        agent: house.agent().await,
        admin,
        other_shops_admin: house.other_shops_admin().await,
        others: other_staff(&house).await,
    };
    let mut found = format!("{:<72}{}\n", "", WHO.join(" "));
    let mut number = 0;
    for operation in operations::all() {
        let mut line = format!("{:<72}", operation.name());
        for who in WHO {
            number += 1;
            // The newest mail is the one that is looked for.
            house.clock.advance_millis(1);
            let status = attempt(&house, &everybody, &operation, who, number).await;
            let _ = write!(line, "{status:<width$} ", width = who.len());
        }
        found.push_str(line.trim_end());
        found.push('\n');
        if matches!(
            operation.id.as_str(),
            "staff_sign_out" | "end_other_staff_sessions"
        ) {
            // Everybody has tried to sign out, and those who could are signed in no more.
            everybody = signed_in_again(&house).await;
        }
    }
    assert!(
        found == AGREED,
        "who may do what has changed; the matrix as it is now:\n{found}"
    );
}

async fn signed_in_again(house: &TestHouse) -> Everybody {
    Everybody {
        by_link: house.opened_link(0).await,
        agent: house.sign_in_anew(1).await,
        admin: house.sign_in_anew(0).await,
        other_shops_admin: house.sign_in_anew(2).await,
        others: other_staff(house).await,
    }
}

/// Tries one operation as one of them, on fresh things; says the status.
async fn attempt(
    house: &TestHouse,
    everybody: &Everybody,
    operation: &Operation,
    who: &str,
    number: u32,
) -> u16 {
    let owner = match who {
        "shopper" | "other-shopper" => {
            house
                .shopper("alder", &format!("mara.{number}@example.com"))
                .await
        }
        _ => house.guest("alder").await,
    };
    // What an operation needs is made for it, and nothing else: there are many of them.
    let asks = |part: &str| operation.path.contains(part);
    let (request, code) = if asks("{request}") {
        let address = format!("noor.{number}@example.com");
        house.code(&owner, &address).await
    } else {
        Default::default()
    };
    let shopper = match operation.id.as_str() {
        "read_shopper" => known_shopper(house, everybody, number).await,
        _ => crate::house::message_id(),
    };
    let mut filling = Filling {
        request,
        code,
        shopper,
        order: goods::number(&operation.id, who),
        colleague: everybody.agent.session["staff"]
            .as_str()
            .unwrap()
            .to_owned(),
        ..Filling::default()
    };
    if asks("{conversation}") {
        filling.conversation = house.conversation(&owner).await;
    }
    if asks("{proposal}") {
        filling.proposal = house.proposal(&owner).await;
    }
    if asks("{document}") {
        filling.document = house.document(&everybody.admin).await;
    }
    if asks("{staff}") {
        filling.staff = house.employ(&RoleName::AGENT.into()).await.0;
    }
    if asks("{role}") {
        filling.role = format!("role_{number}");
    }
    if operation.id == "remove_role" {
        let role = json!({ "title": "Packer", "permissions": ["read_orders"], "version": 0 });
        let path = format!("/v1/staff/roles/{}", filling.role);
        let asking = ask("PUT", &path).bearer(&everybody.admin.token);
        house.send(asking.json(&role)).await.expect(204);
    }
    if asks("{question}") {
        filling.question = house.unanswered(&owner, &everybody.admin).await;
    }
    if operation.id == "picture" {
        filling.picture = house.picture(&everybody.admin).await;
    }
    if operation.id == "reply" || operation.id == "hand_back" {
        take(house, &filling, take_over_by(everybody, who)).await;
    }
    let words = match operation.id.as_str() {
        "tag_conversation" | "remove_tag" => Some(("tags", json!({}))),
        "remove_reply" => Some(("saved_replies", json!({ "text": "Hello" }))),
        _ => None,
    };
    if let Some((kind, body)) = words {
        let path = format!("/v1/staff/{kind}/{}", filling.name);
        let asking = ask("PUT", &path).bearer(&everybody.admin.token);
        house.send(asking.json(&body)).await.expect(204);
    }
    let token = match who {
        "nobody" => None,
        "made-up" => Some("A".repeat(43)),
        "guest" | "shopper" => Some(owner.token),
        "other-guest" => Some(house.guest("alder").await.token),
        "other-shopper" => {
            let other = house
                .shopper("alder", &format!("iris.{number}@example.com"))
                .await;
            Some(other.token)
        }
        "other-shops-guest" => Some(house.guest("birch").await.token),
        "admin-by-link" => Some(everybody.by_link.token.clone()),
        "agent" => Some(everybody.agent.token.clone()),
        "admin" => Some(everybody.admin.token.clone()),
        "other-shops-admin" => Some(everybody.other_shops_admin.token.clone()),
        role => {
            let known = everybody.others.iter().find(|(other, _)| *other == role);
            let (_, signed) = known.unwrap_or_else(|| panic!("who is `{role}`?"));
            Some(signed.token.clone())
        }
    };
    let mut asking = operation.asking(&filling);
    if let Some(token) = token {
        asking = asking.bearer(&token);
    }
    let response = house.respond(asking).await;
    let status = response.status();
    assert!(!status.is_server_error(), "{} as {who}", operation.name());
    status.as_u16()
}

async fn known_shopper(house: &TestHouse, everybody: &Everybody, number: u32) -> String {
    let email = format!("page.{number}@example.com");
    house.shopper("alder", &email).await;
    let asking = ask("POST", "/v1/staff/shoppers/find").bearer(&everybody.admin.token);
    let answer = house.send(asking.json(&json!({ "email": email }))).await;
    let shopper = answer.expect(200).json()["shopper"].clone();
    shopper.as_str().unwrap().to_owned()
}

/// Whoever may reply has taken over before; for the others, an agent has.
fn take_over_by<'a>(everybody: &'a Everybody, who: &str) -> &'a Signed {
    match who {
        "admin" => &everybody.admin,
        "owner" | "supervisor" => {
            let known = everybody.others.iter().find(|(role, _)| *role == who);
            &known.unwrap().1
        }
        _ => &everybody.agent,
    }
}

async fn take(house: &TestHouse, filling: &Filling, by: &Signed) {
    let path = format!("/v1/staff/conversations/{}/take", filling.conversation);
    let asking = ask("POST", &path).bearer(&by.token).json(&json!({}));
    house.send(asking).await.expect(200);
}

/// D17: what is another's is answered like what does not exist, to the letter.
#[tokio::test]
async fn anothers_is_like_nobodys() {
    let house = TestHouse::open().await;
    let owner = house.guest("alder").await;
    let admin = house.admin().await;
    let real = Filling {
        conversation: house.conversation(&owner).await,
        proposal: house.proposal(&owner).await,
        order: goods::number("process_order", "nobody"),
        document: house.document(&admin).await,
        question: house.unanswered(&owner, &admin).await,
        ..Filling::default()
    };
    let imagined = Filling::default();
    let others = [
        house.guest("alder").await,
        house.guest("birch").await,
        house.shopper("alder", "iris@example.com").await,
        house.other_shops_admin().await,
    ];
    let mut compared = 0;
    for operation in operations::all() {
        // A message to a conversation that does not exist opens it.
        let of_somebody = [
            "{conversation}",
            "{proposal}",
            "{order}",
            "{document}",
            "{question}",
        ];
        let named = of_somebody.iter().any(|part| operation.path.contains(part));
        if !named || operation.id == "send_message" {
            continue;
        }
        for other in &others {
            let theirs = operation.asking(&real).bearer(&other.token);
            let nobodys = operation.asking(&imagined).bearer(&other.token);
            let (theirs, nobodys) = (house.send(theirs).await, house.send(nobodys).await);
            assert_eq!(theirs.status, nobodys.status, "{}", operation.name());
            assert_eq!(theirs.body, nobodys.body, "{}", operation.name());
            assert!(theirs.status.is_client_error());
            compared += 1;
        }
    }
    assert!(compared >= 32, "{compared}");
}
