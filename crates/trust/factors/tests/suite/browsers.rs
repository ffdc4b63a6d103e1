//! What a real browser answered to the options of this room, kept as it came.

use std::collections::BTreeSet;

use factors::webauthn::{
    AssertionResponse, Challenge, KnownPasskey, RegistrationResponse, RelyingParty, UserHandle,
    verify_assertion, verify_mandate, verify_registration,
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Kept {
    responses: Vec<Response>,
}

#[derive(Deserialize)]
struct Response {
    name: String,
    registration: Value,
    assertion: Value,
}

#[test]
fn what_chromium_answers_is_taken() {
    let text = include_str!("../vectors/chromium_156.json");
    let kept: Kept = serde_json::from_str(text).unwrap();
    let origins = vec!["http://localhost:8123".to_owned()];
    let relying_party =
        RelyingParty::new("localhost".to_owned(), "Shop".to_owned(), origins).unwrap();
    let challenge = Challenge::of([0xa7; 32]);
    let mut algorithms = BTreeSet::new();
    assert_eq!(kept.responses.len(), 5);
    for Response {
        name,
        registration,
        assertion,
    } in kept.responses
    {
        let response = RegistrationResponse::from_json(registration.to_string().as_bytes());
        let response = response.unwrap();
        let new = verify_registration(&relying_party, &challenge, &response).unwrap();
        algorithms.insert(new.public_key.algorithm().identifier());
        assert_eq!((new.sign_count, new.discoverable), (1, Some(true)));
        let synced = name == "synced";
        assert_eq!((new.backup_eligible, new.backed_up), (synced, synced));
        let (transport, attachment) = match name.as_str() {
            "usb" => ("usb", "cross-platform"),
            _ => ("internal", "platform"),
        };
        assert_eq!(new.transports.len(), 1);
        assert_eq!(new.transports[0].as_str(), transport);
        assert_eq!(response.attachment(), Some(attachment));
        let aaguid = match name.as_str() {
            "usb" => "00000000-0000-0000-0000-000000000000",
            _ => "01020304-0506-0708-0102-030405060708",
        };
        assert_eq!(new.aaguid.to_string(), aaguid);

        let known = KnownPasskey {
            credential_id: new.credential_id,
            owner: UserHandle::from_bytes(&[0x0a; 32]).unwrap(),
            public_key: new.public_key,
            sign_count: new.sign_count,
            backup_eligible: new.backup_eligible,
        };
        let response = AssertionResponse::from_json(assertion.to_string().as_bytes()).unwrap();
        let (owner, credential_id) = response.discovered().unwrap();
        assert_eq!((owner, credential_id), (&known.owner, &known.credential_id));
        let asserted = verify_assertion(&relying_party, &challenge, &known, &response).unwrap();
        assert_eq!((asserted.sign_count, asserted.backed_up), (2, synced));
        let agreed = verify_mandate(
            &relying_party,
            &challenge,
            &known.credential_id,
            &known.public_key,
            &response.mandate(),
        );
        assert_eq!(agreed, Ok(()), "{name}");
    }
    assert_eq!(algorithms, BTreeSet::from([-257, -8, -7]));
}
