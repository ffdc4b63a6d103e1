//! Public keys that are none, or that no passkey should have.

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use factors::webauthn::{CborError, PublicKey, PublicKeyError, WebauthnError, verify_registration};

use crate::authenticator::{
    Ceremony, EDDSA, ES256, Member, RS256, cbor, challenge, cose_of, ed25519_members,
    es256_members, from_hex, relying_party, rs256_members,
};

/// Refused as a key that was kept, and in a registration.
fn refused(name: &str, bytes: &[u8], error: PublicKeyError) {
    assert_eq!(PublicKey::from_bytes(bytes), Err(error), "{name}");
    let mut ceremony = Ceremony::registration(&ES256);
    ceremony.cose = bytes.to_vec();
    let response = ceremony.registration_response();
    let new = verify_registration(&relying_party(), &challenge(), &response);
    assert_eq!(new, Err(WebauthnError::PublicKey(error)), "{name}");
}

fn without(mut members: Vec<(i64, Member)>, label: i64) -> Vec<u8> {
    members.retain(|(other, _)| *other != label);
    cose_of(members)
}

fn with(mut members: Vec<(i64, Member)>, label: i64, value: Member) -> Vec<u8> {
    match members.iter_mut().find(|(other, _)| *other == label) {
        Some((_, old)) => *old = value,
        None => members.push((label, value)),
    }
    cose_of(members)
}

#[test]
fn of_another_shape() {
    use PublicKeyError::{
        Algorithm, Cbor, Curve, KeyType, Length, Member as Missing, UnknownMember,
    };
    let (number, bytes) = (Member::Integer, Member::Bytes);
    for (name, key, error) in [
        ("a list", vec![0x80], PublicKeyError::NotAMap),
        ("a number", vec![0x01], PublicKeyError::NotAMap),
        ("nothing in it", vec![0xa0], Missing("kty")),
        ("no algorithm", without(ES256.members(), 3), Missing("alg")),
        ("no curve", without(ES256.members(), -1), Missing("crv")),
        ("no x", without(ES256.members(), -2), Missing("x")),
        ("no y", without(ES256.members(), -3), Missing("y")),
        ("no modulus", without(RS256.members(), -1), Missing("n")),
        ("no exponent", without(RS256.members(), -2), Missing("e")),
        (
            "ES256 on a key of Ed25519",
            with(EDDSA.members(), 3, number(-7)),
            KeyType {
                key_type: 1,
                algorithm: -7,
            },
        ),
        (
            "EdDSA on a key of P-256",
            with(ES256.members(), 3, number(-8)),
            KeyType {
                key_type: 2,
                algorithm: -8,
            },
        ),
        (
            "RS256 on a key of P-256",
            with(ES256.members(), 3, number(-257)),
            KeyType {
                key_type: 2,
                algorithm: -257,
            },
        ),
        (
            "ES256 on a key of RSA",
            with(RS256.members(), 3, number(-7)),
            KeyType {
                key_type: 3,
                algorithm: -7,
            },
        ),
        (
            "ES384",
            with(ES256.members(), 3, number(-35)),
            Algorithm(-35),
        ),
        (
            "RS1",
            with(RS256.members(), 3, number(-65_535)),
            Algorithm(-65_535),
        ),
        ("a MAC", with(ES256.members(), 3, number(5)), Algorithm(5)),
        (
            "an algorithm in bytes",
            with(ES256.members(), 3, bytes(vec![7])),
            Missing("alg"),
        ),
        ("P-384", with(ES256.members(), -1, number(2)), Curve(2)),
        ("secp256k1", with(ES256.members(), -1, number(8)), Curve(8)),
        ("X25519", with(EDDSA.members(), -1, number(4)), Curve(4)),
        ("Ed448", with(EDDSA.members(), -1, number(7)), Curve(7)),
        (
            "a short x",
            with(ES256.members(), -2, bytes(vec![1; 31])),
            Length("x"),
        ),
        (
            "a long y",
            with(ES256.members(), -3, bytes(vec![1; 33])),
            Length("y"),
        ),
        (
            "an x of nothing",
            with(EDDSA.members(), -2, bytes(vec![])),
            Length("x"),
        ),
        (
            "a private key",
            with(ES256.members(), -4, bytes(vec![1; 32])),
            UnknownMember,
        ),
        (
            "a key id",
            with(EDDSA.members(), 2, bytes(vec![1])),
            UnknownMember,
        ),
        (
            "a y that Ed25519 does not have",
            with(EDDSA.members(), -3, bytes(vec![1; 32])),
            UnknownMember,
        ),
        (
            "a number for the modulus",
            with(RS256.members(), -1, number(35)),
            Missing("n"),
        ),
        (
            "a label twice",
            {
                let mut members = ES256.members();
                members.extend(EDDSA.members().into_iter().skip(3));
                cose_of(members)
            },
            Cbor(CborError::KeyTwice),
        ),
        (
            "a label in two bytes",
            {
                let mut key = ES256.cose();
                key.splice(1..2, [0x18, 0x01]);
                key
            },
            Cbor(CborError::NotShortest),
        ),
        (
            "a map without an end",
            {
                let mut key = ES256.cose();
                key[0] = 0xbf;
                key.push(0xff);
                key
            },
            Cbor(CborError::Indefinite),
        ),
    ] {
        refused(name, &key, error);
    }
    // A key that is kept has nothing behind it; in a registration, the data has.
    let key = [ES256.cose(), vec![0]].concat();
    let error = PublicKeyError::Cbor(CborError::Trailing);
    assert_eq!(PublicKey::from_bytes(&key), Err(error));
    assert_eq!(
        PublicKey::from_bytes(&[0; 601]),
        Err(PublicKeyError::Length("key"))
    );
    assert_eq!(
        PublicKey::from_bytes(&[]),
        Err(PublicKeyError::Cbor(CborError::Cut))
    );
}

#[test]
fn of_a_compressed_point() {
    let mut members: Vec<_> = [(1, 2), (3, -7), (-1, 1)]
        .map(|(label, number)| (cbor::integer(label), cbor::integer(number)))
        .into();
    members.push((cbor::integer(-2), cbor::bytes(&[1; 32])));
    members.push((cbor::integer(-3), vec![0xf5]));
    refused(
        "compressed",
        &cbor::map(&members),
        PublicKeyError::Member("y"),
    );
}

#[test]
fn off_the_curve() {
    let Some((_, Member::Bytes(x))) = ES256.members().into_iter().nth(3) else {
        panic!("x is the fourth");
    };
    let Some((_, Member::Bytes(mut y))) = ES256.members().into_iter().nth(4) else {
        panic!("y is the fifth");
    };
    y[31] ^= 1;
    // The prime of the field: a coordinate that is none.
    let mut prime = vec![0xff; 32];
    prime[4..20].fill(0);
    prime[7] = 1;
    for (name, x, y) in [
        ("next to it", x.clone(), y),
        (
            "the point at infinity, as some write it",
            vec![0; 32],
            vec![0; 32],
        ),
        ("x for y", x.clone(), x),
        ("beyond the field", prime, vec![1; 32]),
    ] {
        let key = cose_of(es256_members(&x, &y));
        refused(name, &key, PublicKeyError::OffCurve);
    }
}

fn small_order() -> Vec<[u8; 32]> {
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]
    .into_iter()
    .map(|point| from_hex(point).try_into().unwrap())
    .flat_map(|point: [u8; 32]| {
        let mut mirrored = point;
        mirrored[31] |= 0x80;
        [point, mirrored]
    })
    .collect()
}

/// Why they are refused: with the neutral element for a key, one signature fits every message, and
/// whoever registered it could say later that anybody might have agreed.
#[test]
fn of_small_order() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut forged = vec![0; 64];
    forged[0] = 1;
    for message in ["what I agreed to", "what I never agreed to"] {
        let key = UnparsedPublicKey::new(&ED25519, neutral);
        assert!(key.verify(message.as_bytes(), &forged).is_ok());
    }
    for point in small_order() {
        let key = cose_of(ed25519_members(&point));
        refused("small order", &key, PublicKeyError::SmallOrder);
    }
}

#[test]
fn of_weak_rsa() {
    const EXPONENT: [u8; 3] = [1, 0, 1];
    let Some((_, Member::Bytes(good))) = RS256.members().into_iter().nth(2) else {
        panic!("the modulus is the third");
    };
    let odd = |length: usize| {
        let mut modulus = vec![0xa5; length];
        modulus[length - 1] |= 1;
        modulus
    };
    let half = {
        let mut modulus = odd(256);
        modulus[0] = 0x7f;
        modulus
    };
    let mut even = good.clone();
    even[255] &= 0xfe;
    for (name, modulus, exponent, error) in [
        (
            "512 bits",
            odd(64),
            &EXPONENT[..],
            PublicKeyError::Modulus(512),
        ),
        (
            "1024 bits",
            odd(128),
            &EXPONENT,
            PublicKeyError::Modulus(1024),
        ),
        ("2047 bits", half, &EXPONENT, PublicKeyError::Modulus(2047)),
        ("no bits", vec![], &EXPONENT, PublicKeyError::Modulus(0)),
        (
            "4104 bits",
            odd(513),
            &EXPONENT,
            PublicKeyError::Modulus(4104),
        ),
        (
            "a zero in front",
            [vec![0], good.clone()].concat(),
            &EXPONENT,
            PublicKeyError::Modulus(2048),
        ),
        (
            "an even modulus",
            even,
            &EXPONENT,
            PublicKeyError::EvenModulus,
        ),
        ("three", good.clone(), &[3], PublicKeyError::Exponent),
        ("one", good.clone(), &[1], PublicKeyError::Exponent),
        ("no exponent", good.clone(), &[], PublicKeyError::Exponent),
        (
            "the exponent with a zero in front",
            good.clone(),
            &[0, 1, 0, 1],
            PublicKeyError::Exponent,
        ),
    ] {
        refused(name, &cose_of(rs256_members(&modulus, exponent)), error);
    }
    // The longest that is taken.
    let longest = cose_of(rs256_members(&odd(512), &EXPONENT));
    assert!(PublicKey::from_bytes(&longest).is_ok());
}
