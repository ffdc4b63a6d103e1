//! How staff come in: by a link, with a passkey made in software.

use core::num::NonZeroU32;

use factors::testing::Authenticator;
use guard::gate;
use identity::roles::Position;
use serde_json::json;
use store::Database as _;
use terms::{RoleName, Untrusted};

use crate::{
    client::{ORIGIN, ask},
    house::{Signed, TestHouse, message_id, signed},
};

impl TestHouse {
    pub(crate) async fn admin(&self) -> Signed {
        self.sign_in(0).await
    }

    pub(crate) async fn agent(&self) -> Signed {
        self.sign_in(1).await
    }

    pub(crate) async fn other_shops_admin(&self) -> Signed {
        self.sign_in(2).await
    }

    /// The sign-in link's token, unused.
    pub(crate) fn link(&self, index: usize) -> &str {
        &self.links[index]
    }

    async fn sign_in(&self, index: usize) -> Signed {
        self.come_in(&self.links[index]).await
    }

    /// Opens a sign-in link, sets up a passkey, and is signed in by it.
    pub(crate) async fn come_in(&self, link: &str) -> Signed {
        self.come_in_with_passkey(link).await.0
    }

    /// As [`Web::come_in`], with the device that has the passkey.
    pub(crate) async fn come_in_with_passkey(&self, link: &str) -> (Signed, Authenticator) {
        let asking = ask("POST", "/v1/staff/sessions").json(&json!({ "token": link }));
        let opened = signed(self.send(asking).await.expect(201).json());
        let asking = ask("POST", "/v1/staff/passkeys/ceremonies").json(&json!({}));
        let begun = self.send(asking.bearer(&opened.token)).await.expect(201);
        let begun = begun.json();
        let mut device = Authenticator::new(ORIGIN).unwrap();
        let response = device.create(&begun["options"]).unwrap();
        let kept = json!({ "ceremony": begun["ceremony"], "response": response });
        let asking = ask("POST", "/v1/staff/passkeys").json(&kept);
        let kept = self.send(asking.bearer(&opened.token)).await.expect(201);
        (signed(kept.json()["session"].clone()), device)
    }

    /// Signs somebody in whose first link is used up.
    pub(crate) async fn sign_in_anew(&self, index: usize) -> Signed {
        let link = self.new_link(index).await;
        self.come_in(&link).await
    }

    /// The session that a sign-in link opens, before a passkey is set up.
    pub(crate) async fn opened_link(&self, index: usize) -> Signed {
        let link = self.new_link(index).await;
        let asking = ask("POST", "/v1/staff/sessions").json(&json!({ "token": link }));
        signed(self.send(asking).await.expect(201).json())
    }

    /// Adds somebody to the first shop: her id, and her sign-in link's token.
    pub(crate) async fn employ(&self, position: &Position) -> (String, String) {
        let name = gate::person_name(Untrusted::new("Noor Aziz".to_owned())).unwrap();
        let mut tx = self.database.inner.begin().await.unwrap();
        let identity = self.journey.identity();
        let invitation = identity
            .danger_add_staff_as_operator(&mut *tx, self.shops[0], &name, position)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let link = invitation.token.expose().to_owned();
        (invitation.staff.to_string(), link)
    }

    async fn new_link(&self, index: usize) -> String {
        let [alder, birch] = self.shops;
        let (shop, role) = match index {
            0 => (alder, RoleName::ADMIN),
            1 => (alder, RoleName::AGENT),
            _ => (birch, RoleName::ADMIN),
        };
        let mut tx = self.database.inner.begin().await.unwrap();
        let staff = tx.staff_of(shop).await.unwrap();
        let staff = staff.iter().find(|staff| staff.role == role).unwrap();
        let identity = self.journey.identity();
        let invitation = identity
            .danger_link_as_operator(&mut *tx, shop, staff.id)
            .await;
        tx.commit().await.unwrap();
        invitation.unwrap().token.expose().to_owned()
    }
}

/// C07: whoever uses up the codes and the sessions of a network keeps nobody there from signing in with a passkey;
/// passkeys have a bound of their own.
#[tokio::test]
async fn nobody_is_kept_from_her_passkey() {
    const NEIGHBOUR: &str = "203.0.113.7:443";
    let house = TestHouse::with(|settings| {
        settings.limits.sessions_per_minute = NonZeroU32::new(9).unwrap();
    })
    .await;
    let guest = house.guest("alder").await;
    let (_, mut device) = house.come_in_with_passkey(house.link(1)).await;
    // Sessions are opened, and codes given back, each for a request that never was, until no more are taken.
    let open = || {
        ask("POST", "/v1/shops/alder/sessions")
            .from(NEIGHBOUR)
            .json(&json!({}))
    };
    let mut opened = 0;
    while house.respond(open()).await.status().as_u16() != 429 {
        opened += 1;
        assert!(opened < 1_000, "sessions are bounded");
    }
    let wrong = || {
        let path = format!("/v1/session/codes/{}", message_id());
        let asking = ask("POST", &path).bearer(&guest.token).from(NEIGHBOUR);
        asking.json(&json!({ "code": "000000" }))
    };
    let mut tried = 0;
    while house.respond(wrong()).await.status().as_u16() != 429 {
        tried += 1;
        assert!(tried < 1_000, "codes are bounded");
    }
    let begin = || ask("POST", "/v1/staff/sign-in").from(NEIGHBOUR);
    let begun = house.send(begin().json(&json!({}))).await.expect(201);
    let begun = begun.json();
    let response = device.get(&begun["options"]).unwrap();
    let path = format!("/v1/staff/sign-in/{}", begun["ceremony"].as_str().unwrap());
    let finish = ask("POST", &path).from(NEIGHBOUR);
    let finish = finish.json(&json!({ "response": response }));
    house.send(finish).await.expect(201);

    let mut begun = 0;
    while house
        .respond(begin().json(&json!({})))
        .await
        .status()
        .as_u16()
        != 429
    {
        begun += 1;
        assert!(begun < 1_000, "ceremonies are bounded");
    }
}
