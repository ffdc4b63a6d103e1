//! Registrations that are not what they should be, each with the reason for which it is refused.

use factors::webauthn::{
    CborError, CredentialId, NewPasskey, PublicKeyError, WebauthnError, verify_registration,
};

use crate::authenticator::{
    BACKED_UP, BACKUP_ELIGIBLE, Ceremony, EDDSA, ES256, HAS_CREDENTIAL, HAS_EXTENSIONS,
    OTHER_ES256, RS256, USER_PRESENT, USER_VERIFIED, base64url, cbor, challenge, relying_party,
};

fn registered(ceremony: &Ceremony) -> Result<NewPasskey, WebauthnError> {
    let response = ceremony.registration_response();
    verify_registration(&relying_party(), &challenge(), &response)
}

type Row = (&'static str, fn(&mut Ceremony), WebauthnError);

/// Each row changes one thing in what is otherwise taken.
fn refused(start: fn() -> Ceremony, rows: Vec<Row>) {
    assert!(registered(&start()).is_ok());
    for (name, edit, error) in rows {
        let mut ceremony = start();
        edit(&mut ceremony);
        assert_eq!(registered(&ceremony), Err(error), "{name}");
    }
}

#[test]
fn in_the_client_data() {
    const CREATE: WebauthnError = WebauthnError::WrongCeremony {
        expected: "webauthn.create",
    };
    let rows: Vec<Row> = vec![
        ("used, not made", |it| it.kind = "webauthn.get", CREATE),
        ("a payment", |it| it.kind = "payment.get", CREATE),
        ("in capitals", |it| it.kind = "WEBAUTHN.CREATE", CREATE),
        ("no ceremony", |it| it.kind = "", CREATE),
        (
            "another challenge",
            |it| it.challenge = base64url(&[0xa6; 32]),
            WebauthnError::ChallengeDiffers,
        ),
        (
            "the challenge of another length",
            |it| it.challenge = base64url(&[0xa7; 31]),
            WebauthnError::ChallengeDiffers,
        ),
        (
            "the challenge with padding",
            |it| it.challenge.push('='),
            WebauthnError::ChallengeDiffers,
        ),
        (
            "the challenge with bits behind its end",
            |it| {
                it.challenge.pop();
                it.challenge.push('d');
            },
            WebauthnError::ChallengeDiffers,
        ),
        (
            "no challenge",
            |it| it.challenge.clear(),
            WebauthnError::ChallengeDiffers,
        ),
        (
            "in a frame",
            |it| it.members = r#","crossOrigin":true"#.to_owned(),
            WebauthnError::CrossOrigin,
        ),
        (
            "in a frame of ours",
            |it| {
                it.members
                    .push_str(r#","topOrigin":"https://shop.example""#)
            },
            WebauthnError::TopOrigin,
        ),
        (
            "a top origin that says nothing",
            |it| it.members.push_str(r#","topOrigin":null"#),
            WebauthnError::TopOrigin,
        ),
        (
            "bound to a connection",
            |it| {
                let binding = r#","tokenBinding":{"status":"present","id":"AAAA"}"#;
                it.members.push_str(binding);
            },
            WebauthnError::TokenBinding,
        ),
        (
            "not UTF-8 where nobody looks",
            |it| {
                let mut data = it.client_data();
                data.pop();
                data.extend(b",\"more\":\"\xff\"}");
                it.client_data = Some(data);
            },
            WebauthnError::ClientDataNotUtf8,
        ),
    ];
    refused(|| Ceremony::registration(&ES256), rows);
}

#[test]
fn one_id_inside_and_outside() {
    let rows: Vec<Row> = vec![(
        "one credential in `id`, another in `rawId`",
        |it| it.json = Some(|json| json["id"] = base64url(&[0xc2; 32]).into()),
        WebauthnError::IdsDiffer,
    )];
    refused(|| Ceremony::registration(&ES256), rows);
}

#[test]
fn in_the_origin() {
    for origin in [
        "",
        "null",
        "http://shop.example",
        "https://shop.example/",
        "https://shop.example:443",
        "https://shop.example:8443",
        "https://shop.example.",
        "https://SHOP.example",
        "HTTPS://shop.example",
        " https://shop.example",
        "https://shop.example\\u0000",
        "https://shop.example#",
        "https://user@shop.example",
        "https://shop.example@evil.example",
        "https://shop.example.evil.example",
        "https://evilshop.example",
        "https://evil.example/https://shop.example",
        "https://evil.example?https://shop.example",
        "https://pay.shop.example",
        "https://shop.exampl",
        "https://xn--shp-fna.example",
        "https://sh\u{f6}p.example",
        "https://\u{455}hop.example",
        "https://shop\u{3002}example",
        "wss://shop.example",
        "android:apk-key-hash:2jmj7l5rSw0yVb_vlWAYkK_YBwk",
        "chrome-extension://shop.example",
    ] {
        for start in [Ceremony::registration, Ceremony::self_attested] {
            let mut ceremony = start(&ES256);
            ceremony.origin = origin.to_owned();
            let error = registered(&ceremony).unwrap_err();
            assert!(
                matches!(error, WebauthnError::OriginUnknown(_)),
                "{origin}: {error}"
            );
        }
    }
}

#[test]
fn in_the_json_of_the_client_data() {
    let whole = String::from_utf8(Ceremony::registration(&ES256).client_data()).unwrap();
    let with = |members: &str| whole.replacen('{', &format!("{{{members},"), 1);
    let challenge = base64url(&[0xa7; 32]);
    for data in [
        String::new(),
        "null".to_owned(),
        "not JSON".to_owned(),
        "{}".to_owned(),
        format!("\u{feff}{whole}"),
        format!("{whole}{whole}"),
        format!("{whole}\0"),
        format!("[{whole}]"),
        whole.replace("challenge", "Challenge"),
        whole.replace(r#""origin""#, r#""origins""#),
        whole.replace('"', "'"),
        // Which of the two would count?
        with(r#""challenge":"AAAA""#),
        with(&format!(r#""challenge":"{challenge}""#)),
        with(&format!(r#""\u0063hallenge":"{challenge}""#)),
        with(r#""type":"webauthn.get""#),
        with(r#""origin":"https://evil.example""#),
        with(r#""crossOrigin":false"#),
        // The values in the order in which some reader has its fields.
        format!(r#"["webauthn.create","{challenge}","https://shop.example",false,false,{{}}]"#),
        whole.replace("false", "null"),
        whole.replace("false", r#""false""#),
        whole.replace("false", "0"),
        whole.replace(r#""https://shop.example""#, r#"["https://shop.example"]"#),
        whole.replace(r#""webauthn.create""#, "null"),
        with(r#""tokenBinding":["present"]"#),
        with(r#""tokenBinding":{}"#),
        with(r#""tokenBinding":null"#),
    ] {
        let mut ceremony = Ceremony::registration(&ES256);
        ceremony.client_data = Some(data.clone().into_bytes());
        let error = registered(&ceremony).unwrap_err();
        assert!(
            matches!(error, WebauthnError::ClientData(_)),
            "{data}: {error}"
        );
    }
}

#[test]
fn in_the_authenticator_data() {
    let rows: Vec<Row> = vec![
        (
            "nothing",
            |it| it.authenticator_data = Some(vec![]),
            WebauthnError::AuthenticatorDataCut,
        ),
        (
            "cut before its end",
            |it| it.authenticator_data = Some(it.authenticator_data()[..36].to_vec()),
            WebauthnError::AuthenticatorDataCut,
        ),
        (
            "a credential that is announced and missing",
            |it| it.authenticator_data = Some(it.authenticator_data()[..37].to_vec()),
            WebauthnError::AuthenticatorDataCut,
        ),
        (
            "an id that is longer than the data",
            |it| {
                let mut data = it.authenticator_data();
                data[53] = 0xff;
                it.authenticator_data = Some(data);
            },
            WebauthnError::AuthenticatorDataCut,
        ),
        (
            "a byte behind the end",
            |it| it.behind = vec![0],
            WebauthnError::AuthenticatorDataTrailing,
        ),
        (
            "a second key behind the end",
            |it| it.behind = it.cose.clone(),
            WebauthnError::AuthenticatorDataTrailing,
        ),
        (
            "a credential that is not announced",
            |it| {
                let mut data = it.authenticator_data();
                data[32] &= !HAS_CREDENTIAL;
                it.authenticator_data = Some(data);
            },
            WebauthnError::AuthenticatorDataTrailing,
        ),
        (
            "no credential",
            |it| it.flags &= !HAS_CREDENTIAL,
            WebauthnError::NoCredential,
        ),
        (
            "extensions that are not announced",
            |it| it.extensions = cbor::map(&[]),
            WebauthnError::AuthenticatorDataTrailing,
        ),
        (
            "extensions that are announced and missing",
            |it| it.flags |= HAS_EXTENSIONS,
            WebauthnError::Extensions(CborError::Cut),
        ),
        (
            "extensions that are a number",
            |it| {
                it.flags |= HAS_EXTENSIONS;
                it.extensions = cbor::integer(1);
            },
            WebauthnError::ExtensionsNotAMap,
        ),
        (
            "extensions with a floating-point number",
            |it| {
                it.flags |= HAS_EXTENSIONS;
                it.extensions = cbor::map(&[(cbor::text("a"), vec![0xf9, 0x3c, 0x00])]);
            },
            WebauthnError::Extensions(CborError::Kind),
        ),
        (
            "bytes behind the extensions",
            |it| {
                it.flags |= HAS_EXTENSIONS;
                it.extensions = cbor::map(&[]);
                it.behind = cbor::map(&[]);
            },
            WebauthnError::AuthenticatorDataTrailing,
        ),
        (
            "for another relying party",
            |it| it.relying_party_id = "evil.example",
            WebauthnError::RelyingPartyDiffers,
        ),
        (
            "for the host in place of the domain",
            |it| it.relying_party_id = "help.shop.example",
            WebauthnError::RelyingPartyDiffers,
        ),
        (
            "nobody there",
            |it| it.flags &= !USER_PRESENT,
            WebauthnError::UserNotPresent,
        ),
        (
            "somebody there",
            |it| it.flags &= !USER_VERIFIED,
            WebauthnError::UserNotVerified,
        ),
        (
            "verified, and not there",
            |it| it.flags = HAS_CREDENTIAL | USER_VERIFIED,
            WebauthnError::UserNotPresent,
        ),
        (
            "backed up, and never to be",
            |it| it.flags = (it.flags | BACKED_UP) & !BACKUP_ELIGIBLE,
            WebauthnError::BackedUpButNotEligible,
        ),
        (
            "an id that can be guessed",
            |it| {
                it.credential_id = vec![1; 15];
                it.outer_id = Some(vec![1; 16]);
            },
            WebauthnError::CredentialIdLength(15),
        ),
        (
            "an id without end",
            |it| {
                it.credential_id = vec![1; CredentialId::MOST + 1];
                it.outer_id = Some(vec![1; 16]);
            },
            WebauthnError::CredentialIdLength(1024),
        ),
        (
            "no id",
            |it| {
                it.credential_id = vec![];
                it.outer_id = Some(vec![1; 16]);
            },
            WebauthnError::CredentialIdLength(0),
        ),
        (
            "another id around it",
            |it| it.outer_id = Some(vec![0xc2; 32]),
            WebauthnError::CredentialIdDiffers,
        ),
        (
            "the key cut off",
            |it| {
                it.cose.pop();
            },
            WebauthnError::PublicKey(PublicKeyError::Cbor(CborError::Cut)),
        ),
    ];
    refused(|| Ceremony::registration(&ES256), rows);
}

#[test]
fn in_the_attestation_object() {
    fn object(format: Vec<u8>, it: &Ceremony) -> Vec<u8> {
        cbor::map(&[
            (cbor::text("fmt"), format),
            (cbor::text("attStmt"), it.statement()),
            (
                cbor::text("authData"),
                cbor::bytes(&it.authenticator_data()),
            ),
        ])
    }
    let rows: Vec<Row> = vec![
        (
            "nothing",
            |it| it.attestation_object = Some(vec![]),
            WebauthnError::Attestation(CborError::Cut),
        ),
        (
            "a byte behind the end",
            |it| it.attestation_object = Some([it.attestation_object(), vec![0]].concat()),
            WebauthnError::Attestation(CborError::Trailing),
        ),
        (
            "cut off",
            |it| {
                let mut object = it.attestation_object();
                object.pop();
                it.attestation_object = Some(object);
            },
            WebauthnError::Attestation(CborError::Cut),
        ),
        (
            "a map without an end",
            |it| {
                let mut object = it.attestation_object();
                object[0] = 0xbf;
                object.push(0xff);
                it.attestation_object = Some(object);
            },
            WebauthnError::Attestation(CborError::Indefinite),
        ),
        (
            "the format twice",
            |it| {
                let mut object = it.attestation_object();
                object[0] += 1;
                object.extend([cbor::text("fmt"), cbor::text("none")].concat());
                it.attestation_object = Some(object);
            },
            WebauthnError::Attestation(CborError::KeyTwice),
        ),
        (
            "a length in more bytes than it needs",
            |it| {
                let plain = cbor::bytes(&it.authenticator_data());
                let mut object = object(cbor::text("none"), it);
                object.truncate(object.len() - plain.len());
                object.extend([0x59, 0x00, plain[1]]);
                object.extend(&plain[2..]);
                it.attestation_object = Some(object);
            },
            WebauthnError::Attestation(CborError::NotShortest),
        ),
        (
            "behind a tag",
            |it| {
                let tagged = [vec![0xd9, 0xd9, 0xf7], it.attestation_object()].concat();
                it.attestation_object = Some(tagged);
            },
            WebauthnError::Attestation(CborError::Kind),
        ),
        (
            "a list",
            |it| it.attestation_object = Some(vec![0x80]),
            WebauthnError::AttestationShape,
        ),
        (
            "a map of nothing",
            |it| it.attestation_object = Some(cbor::map(&[])),
            WebauthnError::AttestationShape,
        ),
        (
            "one member more",
            |it| {
                let mut object = it.attestation_object();
                object[0] += 1;
                object.extend([cbor::text("epAtt"), vec![0xf4]].concat());
                it.attestation_object = Some(object);
            },
            WebauthnError::AttestationShape,
        ),
        (
            "the numbers of the authenticator's own protocol",
            |it| {
                it.attestation_object = Some(cbor::map(&[
                    (cbor::integer(1), cbor::text("none")),
                    (cbor::integer(2), cbor::bytes(&it.authenticator_data())),
                    (cbor::integer(3), cbor::map(&[])),
                ]));
            },
            WebauthnError::AttestationShape,
        ),
        (
            "a format in bytes",
            |it| it.attestation_object = Some(object(cbor::bytes(b"none"), it)),
            WebauthnError::AttestationShape,
        ),
        (
            "a statement that is a list",
            |it| it.statement = Some(vec![0x80]),
            WebauthnError::AttestationShape,
        ),
        (
            "a statement of nothing that is not empty",
            |it| it.statement = Some(cbor::map(&[(cbor::text("alg"), cbor::integer(-7))])),
            WebauthnError::AttestationNotEmpty,
        ),
        (
            "a format of security keys",
            |it| it.format = "fido-u2f",
            WebauthnError::AttestationFormat("fido-u2f".to_owned()),
        ),
        (
            "a format in capitals",
            |it| it.format = "None",
            WebauthnError::AttestationFormat("None".to_owned()),
        ),
        (
            "a format that writes into logs",
            |it| it.format = "no\nne`",
            WebauthnError::AttestationFormat("no\u{fffd}ne\u{fffd}".to_owned()),
        ),
    ];
    refused(|| Ceremony::registration(&ES256), rows);
}

/// As [`refused`], for each algorithm.
fn refused_of_each(rows: &[Row]) {
    for keys in [&*ES256, &*EDDSA, &*RS256] {
        for (name, edit, error) in rows {
            let mut ceremony = Ceremony::self_attested(keys);
            edit(&mut ceremony);
            let result = registered(&ceremony);
            assert_eq!(result, Err(error.clone()), "{name}, {}", keys.algorithm());
        }
    }
}

#[test]
fn in_the_self_attestation() {
    fn statement(algorithm: i64, signature: &[u8]) -> Option<Vec<u8>> {
        Some(cbor::map(&[
            (cbor::text("alg"), cbor::integer(algorithm)),
            (cbor::text("sig"), cbor::bytes(signature)),
        ]))
    }
    fn with_certificate(it: &mut Ceremony) {
        let mut statement = it.statement();
        statement[0] += 1;
        statement.extend([cbor::text("x5c"), vec![0x80]].concat());
        it.statement = Some(statement);
    }
    refused_of_each(&[
        (
            "signed by another",
            |it| it.signer = &OTHER_ES256,
            WebauthnError::SelfAttestationSignature,
        ),
        (
            "not signed",
            |it| it.signature = Some(vec![]),
            WebauthnError::SelfAttestationSignature,
        ),
        (
            "a signature cut short",
            |it| {
                let mut signature = it.signature();
                signature.pop();
                it.signature = Some(signature);
            },
            WebauthnError::SelfAttestationSignature,
        ),
        (
            "a signature of the authenticator data alone",
            |it| it.signature = Some(it.keys.sign(&it.authenticator_data())),
            WebauthnError::SelfAttestationSignature,
        ),
        (
            "the algorithm of nobody",
            |it| it.statement = statement(-37, &it.signature()),
            WebauthnError::SelfAttestationAlgorithm,
        ),
        (
            "a certificate",
            with_certificate,
            WebauthnError::AttestationCertificate,
        ),
        (
            "no signature",
            |it| it.statement = Some(cbor::map(&[(cbor::text("alg"), cbor::integer(-7))])),
            WebauthnError::SelfAttestationShape,
        ),
        (
            "nothing",
            |it| it.statement = Some(cbor::map(&[])),
            WebauthnError::SelfAttestationShape,
        ),
        (
            "a signature in text",
            |it| {
                it.statement = Some(cbor::map(&[
                    (cbor::text("alg"), cbor::integer(it.keys.algorithm())),
                    (cbor::text("sig"), cbor::text("AAAA")),
                ]));
            },
            WebauthnError::SelfAttestationShape,
        ),
        (
            "one member more",
            |it| {
                let mut statement = it.statement();
                statement[0] += 1;
                statement.extend([cbor::text("ecdaaKeyId"), cbor::bytes(&[1])].concat());
                it.statement = Some(statement);
            },
            WebauthnError::SelfAttestationShape,
        ),
    ]);
}
