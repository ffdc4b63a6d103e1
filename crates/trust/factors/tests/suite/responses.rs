//! The JSON around a response: strict in what it says, patient with what it adds.

use core::fmt::Debug;

use factors::webauthn::{AssertionResponse, RESPONSE_MAX, RegistrationResponse, WebauthnError};
use serde_json::{Value, json};

use crate::authenticator::{Ceremony, ES256, base64url};

fn registration(edit: impl FnOnce(&mut Value)) -> Result<(), WebauthnError> {
    let text = Ceremony::registration(&ES256).registration_json();
    let mut json = serde_json::from_str(&text).unwrap();
    edit(&mut json);
    RegistrationResponse::from_json(json.to_string().as_bytes()).map(|_| ())
}

fn assertion(edit: impl FnOnce(&mut Value)) -> Result<(), WebauthnError> {
    let text = Ceremony::assertion(&ES256).assertion_json();
    let mut json = serde_json::from_str(&text).unwrap();
    edit(&mut json);
    AssertionResponse::from_json(json.to_string().as_bytes()).map(|_| ())
}

/// It is no response, and the reason has these words.
fn refused<T: Debug>(result: Result<T, WebauthnError>, words: &str, name: &str) {
    match result {
        Err(WebauthnError::Response(reason)) => {
            assert!(reason.contains(words), "{name}: {reason}");
        }
        other => panic!("{name}: {other:?}"),
    }
}

const NOT_BASE64URL: &str = "not base64url without padding";

#[test]
fn bytes_have_one_spelling() {
    assert_eq!(registration(|_| ()), Ok(()));
    let id = base64url(&[0xc1; 32]);
    for (name, spelling) in [
        ("with padding", format!("{id}=")),
        ("with the letters of plain base64", id.replacen('w', "+", 1)),
        ("with a slash", id.replacen('w', "/", 1)),
        ("with a space", format!(" {id}")),
        ("with a line break", format!("{id}\n")),
        (
            "with bits behind its end",
            format!("{}F", &id.trim_end_matches('E')),
        ),
        ("with one letter too many", format!("{id}AA")),
        ("with another alphabet", id.replacen('w', "\u{2d0}", 1)),
    ] {
        for field in ["id", "rawId"] {
            let result = registration(|json| json[field] = spelling.clone().into());
            refused(result, NOT_BASE64URL, name);
            let result = assertion(|json| json[field] = spelling.clone().into());
            refused(result, NOT_BASE64URL, name);
        }
    }
    for field in [
        "clientDataJSON",
        "attestationObject",
        "authenticatorData",
        "publicKey",
    ] {
        let result = registration(|json| json["response"][field] = "AA==".into());
        refused(result, NOT_BASE64URL, field);
    }
    for field in [
        "clientDataJSON",
        "authenticatorData",
        "signature",
        "userHandle",
    ] {
        let result = assertion(|json| json["response"][field] = "AA==".into());
        refused(result, NOT_BASE64URL, field);
    }
}

#[test]
fn every_part_has_its_bound() {
    let long = |bytes: usize| base64url(&vec![0; bytes]);
    for (field, most) in [
        ("clientDataJSON", 4 * 1024),
        ("attestationObject", 16 * 1024),
        ("authenticatorData", 16 * 1024),
        ("publicKey", 1024),
    ] {
        assert_eq!(
            registration(|json| json["response"][field] = long(most).into()),
            Ok(())
        );
        let result = registration(|json| json["response"][field] = long(most + 1).into());
        refused(result, "too long", field);
    }
    for (field, most) in [
        ("clientDataJSON", 4 * 1024),
        ("authenticatorData", 4 * 1024),
        ("signature", 512),
        ("userHandle", 64),
    ] {
        assert_eq!(
            assertion(|json| json["response"][field] = long(most).into()),
            Ok(())
        );
        let result = assertion(|json| json["response"][field] = long(most + 1).into());
        refused(result, "too long", field);
    }
    let result = assertion(|json| json["rawId"] = long(1024).into());
    refused(result, "too long", "rawId");
    let result = assertion(|json| json["rawId"] = long(15).into());
    refused(result, "16 to 1023 bytes, not 15", "rawId");
    let result = assertion(|json| json["rawId"] = "".into());
    refused(result, "16 to 1023 bytes, not 0", "rawId");
    let result = assertion(|json| json["response"]["userHandle"] = "AAAA".into());
    refused(result, "16 to 64 bytes, not 3", "userHandle");

    let filler = "x".repeat(RESPONSE_MAX);
    let result = registration(|json| json["more"] = filler.clone().into());
    assert!(matches!(result, Err(WebauthnError::ResponseTooLong(length)) if length > RESPONSE_MAX));
    let result = assertion(|json| json["more"] = filler.into());
    assert!(matches!(result, Err(WebauthnError::ResponseTooLong(_))));
}

#[test]
fn every_member_is_of_its_type() {
    let others = [json!(null), json!(1), json!(true), json!([]), json!({})];
    for value in others
        .iter()
        .chain([&json!(["public-key"]), &json!("Public-Key")])
    {
        let result = registration(|json| json["type"] = value.clone());
        refused(result, "", "type");
    }
    for value in &others {
        for field in ["id", "rawId"] {
            refused(registration(|json| json[field] = value.clone()), "", field);
            refused(assertion(|json| json[field] = value.clone()), "", field);
        }
        for field in ["clientDataJSON", "attestationObject"] {
            let result = registration(|json| json["response"][field] = value.clone());
            refused(result, "", field);
        }
        for field in ["clientDataJSON", "authenticatorData", "signature"] {
            let result = assertion(|json| json["response"][field] = value.clone());
            refused(result, "", field);
        }
    }
    for value in [json!(1), json!("{}"), json!(null), json!([]), json!([{}])] {
        for field in ["response", "clientExtensionResults"] {
            refused(registration(|json| json[field] = value.clone()), "", field);
            refused(assertion(|json| json[field] = value.clone()), "", field);
        }
    }
    for value in [
        json!("internal"),
        json!([1]),
        json!([null]),
        json!(["Internal"]),
        json!([""]),
        json!(["a".repeat(33)]),
        json!(["usb\n"]),
    ] {
        let result = registration(|json| json["response"]["transports"] = value.clone());
        refused(result, "", "transports");
    }
    for (field, value) in [
        ("authenticatorAttachment", json!(1)),
        ("authenticatorAttachment", json!(["platform"])),
        ("clientExtensionResults", json!({"credProps": true})),
        (
            "clientExtensionResults",
            json!({"credProps": {"rk": "yes"}}),
        ),
    ] {
        refused(registration(|json| json[field] = value.clone()), "", field);
    }
    let result = registration(|json| json["response"]["publicKeyAlgorithm"] = "-7".into());
    refused(result, "", "publicKeyAlgorithm");
}

#[test]
fn what_must_be_there_is_there_once() {
    for field in ["id", "rawId", "type", "response", "clientExtensionResults"] {
        let missing = |json: &mut Value| drop(json.as_object_mut().unwrap().remove(field));
        refused(registration(missing), "missing field", field);
        refused(assertion(missing), "missing field", field);
    }
    for field in ["clientDataJSON", "attestationObject"] {
        let result =
            registration(|json| drop(json["response"].as_object_mut().unwrap().remove(field)));
        refused(result, "missing field", field);
    }
    for field in ["clientDataJSON", "authenticatorData", "signature"] {
        let result =
            assertion(|json| drop(json["response"].as_object_mut().unwrap().remove(field)));
        refused(result, "missing field", field);
    }
    let text = Ceremony::assertion(&ES256).assertion_json();
    let id = base64url(&[0xc1; 32]);
    for (name, twice) in [
        (
            "rawId",
            text.replacen('{', &format!(r#"{{"rawId":"{id}","#), 1),
        ),
        ("type", text.replacen('{', r#"{"type":"public-key","#, 1)),
        (
            "signature",
            text.replacen(r#""response":{"#, r#""response":{"signature":"AAAA","#, 1),
        ),
    ] {
        assert_ne!(text, twice);
        let result = AssertionResponse::from_json(twice.as_bytes());
        refused(result, "duplicate field", name);
    }
    // Missing is not wrong, where the standard lets it be.
    let patient = |json: &mut Value| {
        json["authenticatorAttachment"] = Value::Null;
        json["response"]["userHandle"] = Value::Null;
    };
    assert_eq!(assertion(patient), Ok(()));
}

#[test]
fn a_list_is_no_object_and_noise_no_response() {
    let text = Ceremony::assertion(&ES256).assertion_json();
    let json: Value = serde_json::from_str(&text).unwrap();
    let in_order = json!([
        json["id"],
        json["rawId"],
        json["type"],
        json["response"],
        null,
        {}
    ]);
    let listed = text.replace(
        &json["response"].to_string(),
        "[\"AAAA\",\"AAAA\",\"AAAA\",null]",
    );
    assert_ne!(listed, text);
    for (name, other) in [
        ("nothing", String::new()),
        ("null", "null".to_owned()),
        ("the values in order", in_order.to_string()),
        ("a response that is a list", listed),
        ("two responses", format!("{text}{text}")),
        ("a mark in front", format!("\u{feff}{text}")),
        ("cut off", text.strip_suffix('}').unwrap().to_owned()),
        ("a comma too many", text.replace(":{}", ":{},")),
        ("in one more object", format!(r#"{{"credential":{text}}}"#)),
        ("a text", json!(text).to_string()),
        ("deep", "[".repeat(60_000)),
    ] {
        refused(AssertionResponse::from_json(other.as_bytes()), "", name);
        refused(RegistrationResponse::from_json(other.as_bytes()), "", name);
    }
    refused(
        AssertionResponse::from_json(b"{\"id\":\"\xff\"}"),
        "",
        "not UTF-8",
    );
    // One is not the other.
    refused(
        RegistrationResponse::from_json(text.as_bytes()),
        "missing field",
        "assertion",
    );
    let text = Ceremony::registration(&ES256).registration_json();
    refused(
        AssertionResponse::from_json(text.as_bytes()),
        "missing field",
        "registration",
    );
}
