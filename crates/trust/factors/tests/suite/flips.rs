//! What one wrong bit does, and what noise does: nothing.

use factors::webauthn::{
    Asserted, AssertionResponse, Mandate, NewPasskey, PublicKey, RegistrationResponse,
    WebauthnError, verify_assertion, verify_mandate, verify_registration,
};
use proptest::prelude::*;

use crate::authenticator::{Ceremony, ES256, Keys, challenge, every_kind, known, relying_party};

fn registered(ceremony: &Ceremony) -> Result<NewPasskey, WebauthnError> {
    let response = RegistrationResponse::from_json(ceremony.registration_json().as_bytes())?;
    verify_registration(&relying_party(), &challenge(), &response)
}

fn asserted(ceremony: &Ceremony) -> Result<Asserted, WebauthnError> {
    let response = AssertionResponse::from_json(ceremony.assertion_json().as_bytes())?;
    let known = known(ceremony.keys);
    verify_assertion(&relying_party(), &challenge(), &known, &response)
}

/// Every value with one bit turned over.
fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}

/// Every part is fixed, so that the signatures are made once.
fn fixed(mut ceremony: Ceremony) -> Ceremony {
    ceremony.signature = Some(ceremony.signature());
    ceremony.statement = Some(ceremony.statement());
    ceremony.attestation_object = Some(ceremony.attestation_object());
    ceremony.client_data = Some(ceremony.client_data());
    ceremony.authenticator_data = Some(ceremony.authenticator_data());
    ceremony
}

#[test]
fn no_bit_of_a_signed_registration_may_be_another() {
    for keys in every_kind() {
        let mut ceremony = fixed(Ceremony::self_attested(keys));
        assert!(registered(&ceremony).is_ok());
        let whole = ceremony.client_data();
        for flipped in flips(&whole) {
            ceremony.client_data = Some(flipped);
            assert!(registered(&ceremony).is_err());
        }
        ceremony.client_data = Some(whole);
        let whole = ceremony.attestation_object();
        for (bit, flipped) in flips(&whole).enumerate() {
            ceremony.attestation_object = Some(flipped);
            assert!(registered(&ceremony).is_err(), "bit {bit}");
        }
        ceremony.attestation_object = Some(whole);
        for flipped in flips(&ceremony.credential_id.clone()) {
            ceremony.outer_id = Some(flipped);
            assert!(registered(&ceremony).is_err());
        }
    }
}

/// Without an attestation there is no signature; what this ceremony is for still cannot be changed.
#[test]
fn no_bit_that_says_what_a_registration_is_for_may_be_another() {
    let mut ceremony = fixed(Ceremony::registration(&ES256));
    assert!(registered(&ceremony).is_ok());
    let whole = ceremony.client_data();
    let told = String::from_utf8(whole.clone()).unwrap();
    let told = told.find(r#","crossOrigin""#).unwrap();
    for flipped in flips(&whole[..told]) {
        ceremony.client_data = Some([&flipped, &whole[told..]].concat());
        assert!(registered(&ceremony).is_err());
    }
    ceremony.client_data = Some(whole);
    let whole = ceremony.attestation_object();
    // The names in the object, the format, the relying party, and the flags of the user.
    let told = whole.len() - ceremony.authenticator_data().len() + 32;
    for flipped in flips(&whole[..told]) {
        ceremony.attestation_object = Some([&flipped, &whole[told..]].concat());
        assert!(registered(&ceremony).is_err());
    }
    let credential = registered(&Ceremony::registration(&ES256)).unwrap();
    for flipped in flips(&whole) {
        ceremony.attestation_object = Some(flipped);
        if let Ok(new) = registered(&ceremony) {
            assert_eq!(new.credential_id, credential.credential_id);
        }
    }
}

#[test]
fn no_bit_of_an_assertion_may_be_another() {
    for keys in every_kind() {
        let mut ceremony = fixed(Ceremony::assertion(keys));
        assert!(asserted(&ceremony).is_ok());
        for part in [0, 1, 2, 3, 4] {
            let whole = part_of(&mut ceremony, part).clone().unwrap();
            for (bit, flipped) in flips(&whole).enumerate() {
                *part_of(&mut ceremony, part) = Some(flipped);
                assert!(asserted(&ceremony).is_err(), "bit {bit} of part {part}");
            }
            *part_of(&mut ceremony, part) = Some(whole);
        }
        assert!(asserted(&ceremony).is_ok());
    }
}

fn part_of(ceremony: &mut Ceremony, part: usize) -> &mut Option<Vec<u8>> {
    ceremony
        .outer_id
        .get_or_insert_with(|| ceremony.credential_id.clone());
    match part {
        0 => &mut ceremony.client_data,
        1 => &mut ceremony.authenticator_data,
        2 => &mut ceremony.signature,
        3 => &mut ceremony.user_handle,
        _ => &mut ceremony.outer_id,
    }
}

#[test]
fn no_bit_of_a_mandate_may_be_another() {
    for keys in every_kind() {
        let ceremony = Ceremony::assertion(keys);
        let mandate = ceremony.assertion_response().mandate();
        let known = known(keys);
        let holds = |key: &PublicKey, mandate: &Mandate| {
            let id = &known.credential_id;
            verify_mandate(&relying_party(), &challenge(), id, key, mandate).is_ok()
        };
        assert!(holds(&known.public_key, &mandate));
        let parts = [
            mandate.authenticator_data(),
            mandate.client_data_json(),
            mandate.signature(),
        ];
        for part in 0..3 {
            for flipped in flips(parts[part]) {
                let mut parts = parts.map(<[u8]>::to_vec);
                parts[part] = flipped;
                let [data, client_data, signature] = parts;
                let id = mandate.credential_id().clone();
                let other = Mandate::from_parts(id, data, client_data, signature).unwrap();
                assert!(!holds(&known.public_key, &other));
            }
        }
        // Nor of the key that it is held against.
        for flipped in flips(&keys.cose()) {
            if let Ok(key) = PublicKey::from_bytes(&flipped) {
                assert!(!holds(&key, &mandate));
            }
        }
    }
}

#[test]
fn no_bit_of_the_text_changes_what_is_read() {
    let ceremony = fixed(Ceremony::assertion(&ES256));
    let expected = asserted(&ceremony).unwrap();
    for flipped in flips(ceremony.assertion_json().as_bytes()) {
        if let Ok(response) = AssertionResponse::from_json(&flipped) {
            let read = verify_assertion(&relying_party(), &challenge(), &known(&ES256), &response);
            if let Ok(read) = read {
                assert_eq!(read, expected);
            }
        }
    }
}

#[test]
fn no_part_may_be_cut_short() {
    for keys in every_kind() {
        let mut ceremony = fixed(Ceremony::self_attested(keys));
        let whole = ceremony.attestation_object();
        for length in 0..whole.len() {
            ceremony.attestation_object = Some(whole[..length].to_vec());
            assert!(registered(&ceremony).is_err());
        }
        // Also when its own signature is over what is left.
        let whole = Ceremony::self_attested(keys).authenticator_data();
        for length in 0..whole.len() {
            let mut ceremony = Ceremony::registration(keys);
            ceremony.authenticator_data = Some(whole[..length].to_vec());
            assert!(registered(&ceremony).is_err());
        }
        let mut ceremony = fixed(Ceremony::assertion(keys));
        for part in [0, 1, 2] {
            let whole = part_of(&mut ceremony, part).clone().unwrap();
            for length in 0..whole.len() {
                *part_of(&mut ceremony, part) = Some(whole[..length].to_vec());
                assert!(asserted(&ceremony).is_err());
            }
            *part_of(&mut ceremony, part) = Some(whole);
        }
    }
}

fn noise(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

/// A valid part with a piece of noise somewhere in it.
fn spliced(whole: &[u8], at: usize, cut: usize, noise: &[u8]) -> Vec<u8> {
    let at = at % (whole.len() + 1);
    let cut = cut % (whole.len() - at + 1);
    [&whole[..at], noise, &whole[at + cut..]].concat()
}

fn pick(index: usize) -> &'static Keys {
    every_kind()[index % 3]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn noise_is_no_response(bytes in noise(512), text in ".{0,200}") {
        for bytes in [&bytes[..], text.as_bytes()] {
            prop_assert!(RegistrationResponse::from_json(bytes).is_err());
            prop_assert!(AssertionResponse::from_json(bytes).is_err());
            prop_assert!(PublicKey::from_bytes(bytes).is_err());
        }
    }

    #[test]
    fn noise_is_no_part(client_data in noise(300), object in noise(500), index in 0..3_usize) {
        let mut ceremony = Ceremony::registration(pick(index));
        ceremony.attestation_object = Some(object.clone());
        prop_assert!(registered(&ceremony).is_err());
        ceremony.attestation_object = None;
        ceremony.authenticator_data = Some(object.clone());
        prop_assert!(registered(&ceremony).is_err());
        ceremony.authenticator_data = None;
        ceremony.client_data = Some(client_data.clone());
        prop_assert!(registered(&ceremony).is_err());
        // Signed as it is, by the right key.
        let mut ceremony = Ceremony::assertion(pick(index));
        ceremony.authenticator_data = Some(object);
        prop_assert!(asserted(&ceremony).is_err());
        ceremony.authenticator_data = None;
        ceremony.client_data = Some(client_data);
        prop_assert!(asserted(&ceremony).is_err());
    }

    #[test]
    fn noise_in_a_part_is_refused(
        at in any::<usize>(),
        cut in 0..40_usize,
        bytes in noise(40),
        index in 0..3_usize,
    ) {
        let ceremony = fixed(Ceremony::self_attested(pick(index)));
        let whole = ceremony.attestation_object();
        let object = spliced(&whole, at, cut, &bytes);
        prop_assume!(object != whole);
        let ceremony = Ceremony { attestation_object: Some(object), ..ceremony };
        prop_assert!(registered(&ceremony).is_err());
    }
}
