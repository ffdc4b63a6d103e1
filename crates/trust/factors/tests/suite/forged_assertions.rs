//! Assertions that are not what they should be, each with the reason for which it is refused.

use factors::webauthn::{
    Asserted, CborError, Challenge, RelyingParty, WebauthnError, verify_assertion, verify_mandate,
};

use crate::authenticator::{
    BACKED_UP, BACKUP_ELIGIBLE, Ceremony, ES256, HAS_CREDENTIAL, HAS_EXTENSIONS, Keys, OTHER_ES256,
    USER_PRESENT, USER_VERIFIED, base64url, cbor, challenge, every_kind, known, relying_party,
    sha256,
};

fn asserted(ceremony: &Ceremony) -> Result<Asserted, WebauthnError> {
    let response = ceremony.assertion_response();
    let known = known(ceremony.keys);
    verify_assertion(&relying_party(), &challenge(), &known, &response)
}

type Row = (&'static str, fn(&mut Ceremony), WebauthnError);

/// Each row changes one thing in what is otherwise taken; for each algorithm. What a mandate consists
/// of is refused as a mandate too.
fn refused(rows: &[Row]) {
    for keys in every_kind() {
        assert!(asserted(&Ceremony::assertion(keys)).is_ok());
        for (name, edit, error) in rows {
            let mut ceremony = Ceremony::assertion(keys);
            edit(&mut ceremony);
            let name = format!("{name}, {}", keys.algorithm());
            assert_eq!(asserted(&ceremony), Err(error.clone()), "{name}");
            let needs_a_memory = matches!(
                error,
                WebauthnError::UserHandleDiffers
                    | WebauthnError::EligibilityChanged
                    | WebauthnError::IdsDiffer
            );
            if !needs_a_memory {
                let (known, mandate) = (known(keys), ceremony.assertion_response().mandate());
                let agreed = verify_mandate(
                    &relying_party(),
                    &challenge(),
                    &known.credential_id,
                    &known.public_key,
                    &mandate,
                );
                assert_eq!(agreed, Err(error.clone()), "{name}, as a mandate");
            }
        }
    }
}

#[test]
fn around_the_signature() {
    const GET: WebauthnError = WebauthnError::WrongCeremony {
        expected: "webauthn.get",
    };
    refused(&[
        ("made, not used", |it| it.kind = "webauthn.create", GET),
        ("a payment", |it| it.kind = "payment.get", GET),
        (
            "another challenge",
            |it| it.challenge = base64url(&[0xa6; 32]),
            WebauthnError::ChallengeDiffers,
        ),
        (
            "the challenge twice over",
            |it| it.challenge = it.challenge.repeat(2),
            WebauthnError::ChallengeDiffers,
        ),
        (
            "another site",
            |it| it.origin = "https://evil.example".to_owned(),
            WebauthnError::OriginUnknown("https://evil.example".to_owned()),
        ),
        (
            "another site that begins as ours",
            |it| it.origin = "https://shop.example.evil.example".to_owned(),
            WebauthnError::OriginUnknown("https://shop.example.evil.example".to_owned()),
        ),
        (
            "in a frame",
            |it| it.members = r#","crossOrigin":true"#.to_owned(),
            WebauthnError::CrossOrigin,
        ),
        (
            "in a frame of another",
            |it| {
                it.members
                    .push_str(r#","topOrigin":"https://evil.example""#)
            },
            WebauthnError::TopOrigin,
        ),
        (
            "bound to a connection",
            |it| it.members = r#","tokenBinding":{"status":"present"}"#.to_owned(),
            WebauthnError::TokenBinding,
        ),
        (
            "not UTF-8",
            |it| it.client_data = Some(vec![b'{', 0xff, b'}']),
            WebauthnError::ClientDataNotUtf8,
        ),
        (
            "authenticator data of nothing",
            |it| it.authenticator_data = Some(vec![]),
            WebauthnError::AuthenticatorDataCut,
        ),
        (
            "authenticator data cut off",
            |it| it.authenticator_data = Some(it.authenticator_data()[..36].to_vec()),
            WebauthnError::AuthenticatorDataCut,
        ),
        (
            "a byte behind the end",
            |it| it.behind = vec![0],
            WebauthnError::AuthenticatorDataTrailing,
        ),
        (
            "a new credential",
            |it| it.flags |= HAS_CREDENTIAL,
            WebauthnError::UnexpectedCredential,
        ),
        (
            "extensions with a key twice",
            |it| {
                it.flags |= HAS_EXTENSIONS;
                let one = (cbor::text("a"), cbor::integer(1));
                it.extensions = cbor::map(&[one.clone(), one]);
            },
            WebauthnError::Extensions(CborError::KeyTwice),
        ),
        (
            "for another relying party",
            |it| it.relying_party_id = "evil.example",
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
        ("no flags", |it| it.flags = 0, WebauthnError::UserNotPresent),
        (
            "backed up, and never to be",
            |it| it.flags = USER_PRESENT | USER_VERIFIED | BACKED_UP,
            WebauthnError::BackedUpButNotEligible,
        ),
        (
            "no longer to be backed up",
            |it| it.flags &= !(BACKUP_ELIGIBLE | BACKED_UP),
            WebauthnError::EligibilityChanged,
        ),
        (
            "another account",
            |it| it.user_handle = Some(vec![0x0b; 32]),
            WebauthnError::UserHandleDiffers,
        ),
        (
            "the account, cut short",
            |it| it.user_handle = Some(vec![0x0a; 31]),
            WebauthnError::UserHandleDiffers,
        ),
        (
            "another credential",
            |it| it.outer_id = Some(vec![0xc2; 32]),
            WebauthnError::CredentialIdDiffers,
        ),
        (
            "one credential in `id`, another in `rawId`",
            |it| it.json = Some(|json| json["id"] = base64url(&[0xc2; 32]).into()),
            WebauthnError::IdsDiffer,
        ),
    ]);
}

#[test]
fn in_the_signature() {
    const WRONG: WebauthnError = WebauthnError::SignatureWrong;
    refused(&[
        ("of another", |it| it.signer = &OTHER_ES256, WRONG),
        ("none", |it| it.signature = Some(vec![]), WRONG),
        ("zeros", |it| it.signature = Some(vec![0; 64]), WRONG),
        (
            "r and s of zero, as ASN.1",
            |it| it.signature = Some(vec![0x30, 6, 2, 1, 0, 2, 1, 0]),
            WRONG,
        ),
        (
            "cut short",
            |it| {
                let mut signature = it.signature();
                signature.pop();
                it.signature = Some(signature);
            },
            WRONG,
        ),
        (
            "with a byte behind it",
            |it| {
                let mut signature = it.signature();
                signature.push(0);
                it.signature = Some(signature);
            },
            WRONG,
        ),
        (
            "of other client data",
            |it| {
                it.signature = Some(it.signature());
                it.members = r#","other":1"#.to_owned();
            },
            WRONG,
        ),
        (
            "of another count",
            |it| {
                it.signature = Some(it.signature());
                it.sign_count = 1;
            },
            WRONG,
        ),
        (
            "of the two parts the other way round",
            |it| {
                let message = [sha256(&it.client_data()), it.authenticator_data()].concat();
                it.signature = Some(it.keys.sign(&message));
            },
            WRONG,
        ),
        (
            "of the client data, not of its hash",
            |it| {
                let message = [it.authenticator_data(), it.client_data()].concat();
                it.signature = Some(it.keys.sign(&message));
            },
            WRONG,
        ),
        (
            "of the challenge alone",
            |it| it.signature = Some(it.keys.sign(challenge().as_bytes())),
            WRONG,
        ),
    ]);
}

#[test]
fn eligibility_does_not_come_later_either() {
    let mut known = known(&ES256);
    known.backup_eligible = false;
    let response = Ceremony::assertion(&ES256).assertion_response();
    let asserted = verify_assertion(&relying_party(), &challenge(), &known, &response);
    assert_eq!(asserted, Err(WebauthnError::EligibilityChanged));
}

#[test]
fn an_assertion_for_one_house_is_worth_nothing_in_another() {
    let origins = vec!["https://shop.example".to_owned()];
    let other = RelyingParty::new(
        "help.shop.example".to_owned(),
        "Help".to_owned(),
        vec!["https://help.shop.example".to_owned()],
    );
    let response = Ceremony::assertion(&ES256).assertion_response();
    let refused = verify_assertion(&other.unwrap(), &challenge(), &known(&ES256), &response);
    assert!(matches!(refused, Err(WebauthnError::OriginUnknown(_))));
    // Nor in one of which it has an origin, and not the id.
    let mut ceremony = Ceremony::assertion(&ES256);
    ceremony.relying_party_id = "example";
    let same = RelyingParty::new("shop.example".to_owned(), "Shop".to_owned(), origins).unwrap();
    let response = ceremony.assertion_response();
    let refused = verify_assertion(&same, &challenge(), &known(&ES256), &response);
    assert_eq!(refused, Err(WebauthnError::RelyingPartyDiffers));
}

#[test]
fn a_response_to_one_challenge_does_not_answer_another() {
    let response = Ceremony::assertion(&ES256).assertion_response();
    for byte in 0..32 {
        let mut other = *challenge().as_bytes();
        other[byte] ^= 1;
        let asserted = verify_assertion(
            &relying_party(),
            &Challenge::of(other),
            &known(&ES256),
            &response,
        );
        assert_eq!(asserted, Err(WebauthnError::ChallengeDiffers));
    }
}

/// The parts of an ASN.1 signature: two integers, each in 32 bytes.
fn r_and_s(signature: &[u8]) -> [Vec<u8>; 2] {
    let mut rest = &signature[2..];
    [(), ()].map(|()| {
        let length = usize::from(rest[1]);
        let number = &rest[2..2 + length];
        rest = &rest[2 + length..];
        let number = number.strip_prefix(&[0]).unwrap_or(number);
        [vec![0; 32 - number.len()], number.to_vec()].concat()
    })
}

fn asn1(number: &[u8]) -> Vec<u8> {
    let start = number.iter().position(|byte| *byte != 0).unwrap();
    let mut number = number[start..].to_vec();
    if number[0] & 0x80 != 0 {
        number.insert(0, 0);
    }
    [vec![2, u8::try_from(number.len()).unwrap()], number].concat()
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    let content = parts.concat();
    [vec![0x30, u8::try_from(content.len()).unwrap()], content].concat()
}

/// `minuend - subtrahend`, in big endian.
fn difference(minuend: &[u8], subtrahend: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut digits: Vec<u8> = minuend
        .iter()
        .zip(subtrahend)
        .rev()
        .map(|(of, off)| {
            let digit = 256 + i32::from(*of) - i32::from(*off) - borrow;
            borrow = i32::from(digit < 256);
            u8::try_from(digit % 256).unwrap()
        })
        .collect();
    digits.reverse();
    digits
}

/// Of an ES256 signature there are always two: with `s`, and with the order of the group minus `s`.
/// Authenticators make either, and the standard takes both.
#[test]
fn the_twin_of_a_signature_is_taken_and_no_other_spelling() {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63,
        0x25, 0x51,
    ];
    let mut ceremony = Ceremony::assertion(&ES256);
    let signature = ceremony.signature();
    let [r, s] = r_and_s(&signature);
    assert_eq!(sequence(&[asn1(&r), asn1(&s)]), signature);
    ceremony.signature = Some(sequence(&[asn1(&r), asn1(&difference(&ORDER, &s))]));
    assert!(asserted(&ceremony).is_ok());

    let long = |number: &[u8]| [vec![2, 34, 0, 0], number.to_vec()].concat();
    let mut twice = vec![0x30, 0x81];
    twice.extend(&signature[1..]);
    for (name, other) in [
        ("the two in a row", [r.clone(), s.clone()].concat()),
        ("the other order", sequence(&[asn1(&s), asn1(&r)])),
        ("zeros in front", sequence(&[long(&r), asn1(&s)])),
        ("a length in two bytes", twice),
        ("three numbers", sequence(&[asn1(&r), asn1(&s), asn1(&[1])])),
        ("one number", sequence(&[asn1(&r)])),
        ("s of the order", sequence(&[asn1(&r), asn1(&ORDER)])),
        ("r of zero", sequence(&[vec![2, 1, 0], asn1(&s)])),
    ] {
        ceremony.signature = Some(other);
        assert_eq!(
            asserted(&ceremony),
            Err(WebauthnError::SignatureWrong),
            "{name}"
        );
    }
}

/// Of an Ed25519 signature there would be more, if `s` were not looked at.
#[test]
fn an_ed25519_signature_has_no_twin() {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let keys: &'static Keys = &crate::authenticator::EDDSA;
    let mut ceremony = Ceremony::assertion(keys);
    let mut signature = ceremony.signature();
    ceremony.signature = Some(signature.clone());
    assert!(asserted(&ceremony).is_ok());
    let mut carry = 0;
    for (digit, add) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*digit) + u16::from(add) + carry;
        *digit = u8::try_from(sum % 256).unwrap();
        carry = sum / 256;
    }
    assert_eq!(carry, 0);
    ceremony.signature = Some(signature);
    assert_eq!(asserted(&ceremony), Err(WebauthnError::SignatureWrong));
}
