//! Ceremonies as they should be: each algorithm, from the options to the mandate.

use core::time::Duration;

use aws_lc_rs::rand;
use factors::webauthn::{
    Algorithm, Asserted, AssertionResponse, Challenge, CreationOptions, CredentialId, Descriptor,
    Hint, KnownPasskey, Mandate, PublicKey, RegistrationResponse, RequestOptions, Transport, User,
    UserHandle, WebauthnError, verify_assertion, verify_mandate, verify_registration,
};
use serde_json::json;

use crate::authenticator::{
    BACKED_UP, BACKUP_ELIGIBLE, CREDENTIAL_ID, Ceremony, ES256, HAS_CREDENTIAL, HAS_EXTENSIONS,
    OTHER_ES256, OWNER, USER_PRESENT, USER_VERIFIED, base64url, cbor, challenge, cose_of,
    every_kind, known, relying_party,
};

struct Random;

impl terms::Rng for Random {
    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes).unwrap();
    }
}

#[test]
fn a_passkey_of_each_algorithm_is_registered_used_and_agrees() {
    for keys in every_kind() {
        for ceremony in [Ceremony::registration(keys), Ceremony::self_attested(keys)] {
            let response = ceremony.registration_response();
            let new = verify_registration(&relying_party(), &challenge(), &response).unwrap();
            assert_eq!(new.credential_id.as_bytes(), CREDENTIAL_ID);
            assert_eq!(new.public_key.to_bytes(), keys.cose());
            assert_eq!(new.public_key.algorithm().identifier(), keys.algorithm());
            assert!(new.backup_eligible && new.backed_up);
            assert_eq!(new.sign_count, 0);
            let transports: Vec<&str> = new.transports.iter().map(Transport::as_str).collect();
            assert_eq!(transports, ["hybrid", "internal"]);
            assert_eq!(response.attachment(), Some("platform"));

            let known = KnownPasskey {
                credential_id: new.credential_id,
                owner: UserHandle::from_bytes(&OWNER).unwrap(),
                public_key: PublicKey::from_bytes(&new.public_key.to_bytes()).unwrap(),
                sign_count: new.sign_count,
                backup_eligible: new.backup_eligible,
            };
            let response = Ceremony::assertion(keys).assertion_response();
            assert_eq!(
                response.discovered(),
                Ok((&known.owner, &known.credential_id))
            );
            let asserted = verify_assertion(&relying_party(), &challenge(), &known, &response);
            let expected = Asserted {
                sign_count: 0,
                backed_up: true,
            };
            assert_eq!(asserted, Ok(expected), "{keys:?}");

            let kept = serde_json::to_string(&response.mandate()).unwrap();
            let mandate: Mandate = serde_json::from_str(&kept).unwrap();
            let agreed = verify_mandate(
                &relying_party(),
                &challenge(),
                mandate.credential_id(),
                &known.public_key,
                &mandate,
            );
            assert_eq!(agreed, Ok(()));
        }
    }
}

#[test]
fn hints_are_kept_once_each_and_not_without_end() {
    let mut ceremony = Ceremony::registration(&ES256);
    ceremony.json = Some(|json| {
        let many = (0..40).map(|index| format!("way-{}", index % 20));
        json["response"]["transports"] = many.collect::<Vec<_>>().into();
    });
    let response = ceremony.registration_response();
    let new = verify_registration(&relying_party(), &challenge(), &response).unwrap();
    assert_eq!(new.transports.len(), Transport::MOST);
    assert!(new.transports.is_sorted_by(|one, next| one < next));
}

#[test]
fn a_challenge_is_fresh_or_the_hash_of_what_is_agreed_to() {
    let (one, other) = (Challenge::fresh(&Random), Challenge::fresh(&Random));
    assert_ne!(one.as_bytes(), other.as_bytes());
    assert_eq!(Challenge::of([7; 32]).as_bytes(), &[7; 32]);
    assert_ne!(UserHandle::fresh(&Random), UserHandle::fresh(&Random));
}

#[test]
fn a_count_that_counts_goes_up() {
    let mut known = known(&ES256);
    let mut ceremony = Ceremony::assertion(&ES256);
    for (before, given, goes_up) in [
        (0, 0, true),
        (0, 1, true),
        (7, 8, true),
        (7, u32::MAX, true),
        (7, 7, false),
        (7, 6, false),
        (7, 0, false),
        (u32::MAX, u32::MAX, false),
    ] {
        known.sign_count = before;
        ceremony.sign_count = given;
        let response = ceremony.assertion_response();
        let asserted = verify_assertion(&relying_party(), &challenge(), &known, &response);
        let expected = if goes_up {
            Ok(given)
        } else {
            Err(WebauthnError::CountWentBack { given, before })
        };
        assert_eq!(asserted.map(|asserted| asserted.sign_count), expected);
    }
}

#[test]
fn what_the_standard_lets_be_different_is_taken() {
    let registrations: [fn(&mut Ceremony); 10] = [
        |it| it.origin = "https://help.shop.example".to_owned(),
        // A passkey that stays where it was made.
        |it| it.flags &= !(BACKUP_ELIGIBLE | BACKED_UP),
        |it| it.flags &= !BACKED_UP,
        // Flags of standards to come.
        |it| it.flags |= (1 << 1) | (1 << 5),
        |it| {
            it.members
                .push_str(r#","other_keys_can_be_added_here":{"a":[1,2.5e3,null]}"#)
        },
        |it| {
            it.members
                .push_str(r#","tokenBinding":{"status":"supported"}"#)
        },
        // Passed over without going down into it.
        |it| {
            let deep = format!(r#","deep":{}{}"#, "[".repeat(1_000), "]".repeat(1_000));
            it.members.push_str(&deep);
        },
        |it| it.members.clear(),
        |it| {
            it.flags |= HAS_EXTENSIONS;
            it.extensions = cbor::map(&[(cbor::text("credProtect"), cbor::integer(2))]);
        },
        |it| {
            it.json = Some(|json| {
                json["authenticatorAttachment"] = "hovering".into();
                json["clientExtensionResults"] = json!({"credProps": {"rk": true}, "more": 1});
                json["added"] = json!({"by": "a browser"});
                json["response"]["added"] = 1.into();
                let response = json["response"].as_object_mut().unwrap();
                for optional in ["transports", "publicKey", "publicKeyAlgorithm"] {
                    response.remove(optional);
                }
                response.remove("authenticatorData");
            });
        },
    ];
    for (index, edit) in registrations.into_iter().enumerate() {
        let mut ceremony = Ceremony::self_attested(&ES256);
        edit(&mut ceremony);
        let response = ceremony.registration_response();
        let new = verify_registration(&relying_party(), &challenge(), &response);
        assert!(new.is_ok(), "{index}: {new:?}");
        if index == 9 {
            assert_eq!(new.unwrap().discoverable, Some(true));
            assert_eq!(response.attachment(), None);
        }
    }
    let assertions: [fn(&mut Ceremony); 3] = [
        |it| it.user_handle = None,
        |it| it.flags &= !BACKED_UP,
        |it| {
            it.flags |= HAS_EXTENSIONS;
            it.extensions = cbor::map(&[(cbor::text("hmac-secret"), cbor::bytes(&[1; 32]))]);
        },
    ];
    for (index, edit) in assertions.into_iter().enumerate() {
        let mut ceremony = Ceremony::assertion(&ES256);
        edit(&mut ceremony);
        let response = ceremony.assertion_response();
        let asserted = verify_assertion(&relying_party(), &challenge(), &known(&ES256), &response);
        assert!(asserted.is_ok(), "{index}: {asserted:?}");
    }
}

#[test]
fn who_was_asked_as_anybody_must_name_the_account() {
    let mut ceremony = Ceremony::assertion(&ES256);
    ceremony.user_handle = None;
    assert_eq!(
        ceremony.assertion_response().discovered(),
        Err(WebauthnError::NoUserHandle)
    );
}

#[test]
fn a_mandate_holds_for_what_was_agreed_to_and_for_nothing_else() {
    let response = Ceremony::assertion(&ES256).assertion_response();
    let (known, mandate) = (known(&ES256), response.mandate());
    let verify = |challenge: &Challenge, id: &CredentialId, key: &PublicKey, mandate: &Mandate| {
        verify_mandate(&relying_party(), challenge, id, key, mandate)
    };
    let (id, key) = (&known.credential_id, &known.public_key);
    assert_eq!(verify(&challenge(), id, key, &mandate), Ok(()));
    assert_eq!(
        verify(&Challenge::of([0xa8; 32]), id, key, &mandate),
        Err(WebauthnError::ChallengeDiffers)
    );
    let other_id = CredentialId::from_bytes(&[9; 16]).unwrap();
    assert_eq!(
        verify(&challenge(), &other_id, key, &mandate),
        Err(WebauthnError::CredentialIdDiffers)
    );
    let other_key = PublicKey::from_bytes(&OTHER_ES256.cose()).unwrap();
    assert_eq!(
        verify(&challenge(), id, &other_key, &mandate),
        Err(WebauthnError::SignatureWrong)
    );
    // Kept part by part it is the same, and too long a part is none.
    let parts = |signature: Vec<u8>| {
        Mandate::from_parts(
            id.clone(),
            mandate.authenticator_data().to_vec(),
            mandate.client_data_json().to_vec(),
            signature,
        )
    };
    assert_eq!(parts(mandate.signature().to_vec()), Ok(mandate.clone()));
    assert_eq!(parts(vec![0; 513]), Err(WebauthnError::MandateTooLong));
    // A registration is no mandate.
    let mut made = Ceremony::registration(&ES256);
    made.kind = "webauthn.get";
    let made = Mandate::from_parts(
        id.clone(),
        made.authenticator_data(),
        made.client_data(),
        made.signature(),
    );
    assert_eq!(
        verify(&challenge(), id, key, &made.unwrap()),
        Err(WebauthnError::UnexpectedCredential)
    );
}

#[test]
fn a_mandate_is_read_strictly() {
    let mandate = Ceremony::assertion(&ES256).assertion_response().mandate();
    let written = serde_json::to_value(&mandate).unwrap();
    let read = |value: serde_json::Value| serde_json::from_value::<Mandate>(value);
    assert_eq!(read(written.clone()).unwrap(), mandate);
    let edits: [fn(&mut serde_json::Value); 5] = [
        |json| json["signature"] = "AA==".into(),
        |json| json["more"] = 1.into(),
        |json| json["credential_id"] = "AAAA".into(),
        |json| json["client_data_json"] = "A".repeat(5_463).into(),
        |json| *json = json!([json["credential_id"].clone(), "", "", ""]),
    ];
    for edit in edits {
        let mut json = written.clone();
        edit(&mut json);
        assert!(read(json.clone()).is_err(), "{json}");
    }
}

#[test]
fn the_options_are_what_a_browser_reads() {
    let relying_party = relying_party();
    let user = User {
        handle: UserHandle::from_bytes(&OWNER).unwrap(),
        name: "ada@example.org".to_owned(),
        display_name: "Ada".to_owned(),
    };
    let known = [
        Descriptor {
            credential_id: CredentialId::from_bytes(&CREDENTIAL_ID).unwrap(),
            transports: vec![Transport::parse("internal").unwrap()],
        },
        Descriptor {
            credential_id: CredentialId::from_bytes(&[2; 16]).unwrap(),
            transports: vec![],
        },
    ];
    let credentials = json!([
        {"type": "public-key", "id": base64url(&CREDENTIAL_ID), "transports": ["internal"]},
        {"type": "public-key", "id": base64url(&[2; 16])},
    ]);
    let (hints, timeout) = ([Hint::ClientDevice, Hint::Hybrid], Duration::from_secs(300));
    let creation =
        CreationOptions::new(&relying_party, &user, &challenge(), &known, &hints, timeout);
    assert_eq!(
        serde_json::to_value(creation).unwrap(),
        json!({
            "rp": {"id": "shop.example", "name": "Shop"},
            "user": {"id": base64url(&OWNER), "name": "ada@example.org", "displayName": "Ada"},
            "challenge": base64url(&[0xa7; 32]),
            "pubKeyCredParams": [
                {"type": "public-key", "alg": -8},
                {"type": "public-key", "alg": -7},
                {"type": "public-key", "alg": -257},
            ],
            "timeout": 300_000,
            "excludeCredentials": credentials,
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": true,
                "userVerification": "required",
            },
            "hints": ["client-device", "hybrid"],
            "attestation": "none",
            "extensions": {"credProps": true},
        })
    );
    let request = RequestOptions::new(&relying_party, &challenge(), &known, &[], timeout);
    let expected = json!({
        "challenge": base64url(&[0xa7; 32]),
        "timeout": 300_000,
        "rpId": "shop.example",
        "allowCredentials": credentials,
        "userVerification": "required",
        "hints": [],
    });
    assert_eq!(serde_json::to_value(request).unwrap(), expected);
    let hints = [Hint::SecurityKey];
    let anybody = RequestOptions::new(&relying_party, &challenge(), &[], &hints, Duration::MAX);
    let anybody = serde_json::to_value(anybody).unwrap();
    assert_eq!(anybody["allowCredentials"], json!([]));
    assert_eq!(anybody["hints"], json!(["security-key"]));
    assert_eq!(anybody["timeout"], json!(u32::MAX));
}

#[test]
fn a_key_is_kept_in_the_bytes_in_which_it_came() {
    for (keys, algorithm) in
        every_kind()
            .into_iter()
            .zip([Algorithm::Es256, Algorithm::EdDsa, Algorithm::Rs256])
    {
        // The order of members is none of ours to choose.
        let mut members = keys.members();
        members.reverse();
        let bytes = cose_of(members);
        let key = PublicKey::from_bytes(&bytes).unwrap();
        assert_eq!((key.to_bytes(), key.algorithm()), (bytes, algorithm));
        assert!(key.signed(b"message", &keys.sign(b"message")));
        assert!(!key.signed(b"another", &keys.sign(b"message")));
    }
}

#[test]
fn nothing_is_shown_of_what_was_sent() {
    let text = Ceremony::registration(&ES256).registration_json();
    let response = RegistrationResponse::from_json(text.as_bytes()).unwrap();
    let shown = format!("{response:?}");
    assert!(!shown.contains(&base64url(b"what nobody reads")), "{shown}");
    let broken = text.replace("public-key", "\u{1b}secret");
    let error = RegistrationResponse::from_json(broken.as_bytes()).unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    let text = Ceremony::assertion(&ES256).assertion_json();
    assert!(AssertionResponse::from_json(text.as_bytes()).is_ok());
    let mut odd = Ceremony::assertion(&ES256);
    odd.origin = format!(r"https://`\u001b[31m{}", "a".repeat(2_000));
    let response = odd.assertion_response();
    let error = verify_assertion(&relying_party(), &challenge(), &known(&ES256), &response);
    let error = error.unwrap_err().to_string();
    assert!(error.len() < 200 && !error.contains('\u{1b}'), "{error}");
    assert!(matches!(error.matches('`').count(), 2));
}

#[test]
fn flags_are_where_the_standard_has_them() {
    let data = Ceremony::assertion(&ES256).authenticator_data();
    assert_eq!(data.len(), 37);
    let flags = USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE | BACKED_UP;
    assert_eq!(data[32], flags);
    assert_eq!(flags | HAS_CREDENTIAL, 0b0101_1101);
}
